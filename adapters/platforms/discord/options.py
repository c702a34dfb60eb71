"""What a server decides about a subscription on Discord, as the strings that are kept with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from adapters.platforms.discord.permissions import FORUM, FORUMS, NEWS, TEXT
from bot.errors import ConfigError

Placement = Literal["thread", "forum", "day"]
Answers = Literal["mentions", "questions", "all"]
Kind = Literal["text", "forum", "news"]
Episodes = Literal["no", "yes"]
PLACEMENTS: Final[tuple[Placement, ...]] = get_args(Placement)
ANSWERS: Final[tuple[Answers, ...]] = get_args(Answers)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
EPISODES: Final[tuple[Episodes, ...]] = get_args(Episodes)
KINDS_BY_TYPE: Final[Mapping[int, Kind]] = {TEXT: "text", NEWS: "news", **dict.fromkeys(FORUMS, "forum")}
"""Kinds of channels that can have editions, by Discord's numbers."""
OFFERED_TYPES: Final = (TEXT, NEWS, FORUM)
"""Those of the kinds that are offered at the first run."""
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "placement": PLACEMENTS,
    "answers": ANSWERS,
    "kind": KINDS,
    "episodes": EPISODES,
}
_IDS: Final = ("role", "host", "guild")
_SNOWFLAKE = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Options:
    """How editions look in a place, and who set it up."""

    placement: Placement = "thread"
    """`day`: one thread a day holds all its editions; `forum`: a post each, the only way in a forum."""
    role: str | None = None
    """Id of the one role that a card may mention."""
    answers: Answers = "questions"
    host: str | None = None
    """User id of who set it up."""
    kind: Kind = "text"
    guild: str | None = None
    episodes: Episodes = "no"
    """`yes`: overviews of what the shows publish come, too."""

    @classmethod
    def read(cls, options: Mapping[str, str] | Iterable[tuple[str, str]]) -> "Options":
        """What is kept with a subscription; names we do not know belong to somebody else.

        Raises:
            ConfigError: every mistake.
        """
        found = {name: value for name, value in dict(options).items() if value}
        mistakes = [*_not_among(found), *_no_ids(found)]
        kind = found.get("kind", "text")
        placement = found.get("placement", "forum" if kind == "forum" else "thread")
        if not mistakes and (placement == "forum") != (kind == "forum"):
            where = "a forum takes editions as posts only" if kind == "forum" else "only a forum has posts"
            mistakes.append(f"placement: {placement} does not go with this channel; {where}")
        if mistakes:
            raise ConfigError(mistakes)
        return cls(
            cast("Placement", placement),
            found.get("role"),
            cast("Answers", found.get("answers", "questions")),
            found.get("host"),
            cast("Kind", kind),
            found.get("guild"),
            cast("Episodes", found.get("episodes", "no")),
        )

    @classmethod
    def read_or_usual(cls, options: Mapping[str, str] | Iterable[tuple[str, str]]) -> "Options":
        """The same; as usual where it cannot be read: an edition must come all the same."""
        try:
            return cls.read(options)
        except ConfigError:
            return cls()

    def written(self) -> dict[str, str]:
        """What to keep with a subscription; what is as usual is left out."""
        usual: Placement = "forum" if self.kind == "forum" else "thread"
        pairs = {
            "placement": self.placement if self.placement != usual else None,
            "role": self.role,
            "answers": self.answers if self.answers != "questions" else None,
            "host": self.host,
            "kind": self.kind if self.kind != "text" else None,
            "guild": self.guild,
            "episodes": self.episodes if self.episodes != "no" else None,
        }
        return {name: value for name, value in pairs.items() if value}


def _not_among(found: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {found[name]!r} is not one of {', '.join(choices)}"
        for name, choices in _CHOICES.items()
        if name in found and found[name] not in choices
    ]


def _no_ids(found: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {found[name]!r} is no id of Discord's, which is a number"
        for name in _IDS
        if name in found and not (found[name].isascii() and _SNOWFLAKE.fullmatch(found[name]))
    ]

"""What a workspace decides about a subscription on Slack, as the strings that are kept with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from bot.errors import ConfigError

Answers = Literal["mentions", "questions", "all"]
Kind = Literal["public", "private", "direct"]
Episodes = Literal["no", "yes"]
ANSWERS: Final[tuple[Answers, ...]] = get_args(Answers)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
EPISODES: Final[tuple[Episodes, ...]] = get_args(Episodes)
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"answers": ANSWERS, "kind": KINDS, "episodes": EPISODES}
_PERSON: Final = re.compile(r"[A-Z0-9]{1,32}/[A-Z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Options:
    """How the bot answers in a place, and who set it up."""

    answers: Answers = "questions"
    host: str | None = None
    """`T1/U1` of who set it up."""
    kind: Kind = "public"
    episodes: Episodes = "no"
    """`yes`: overviews of what the shows publish come, too."""

    @classmethod
    def read(cls, options: Mapping[str, str] | Iterable[tuple[str, str]]) -> "Options":
        """What is kept with a subscription; names we do not know belong to somebody else.

        Raises:
            ConfigError: every mistake.
        """
        found = {name: value for name, value in dict(options).items() if value}
        mistakes = [
            f"{name}: {found[name]!r} is not one of {', '.join(choices)}"
            for name, choices in _CHOICES.items()
            if name in found and found[name] not in choices
        ]
        if "host" in found and not _PERSON.fullmatch(found["host"]):
            mistakes.append(f"host: {found['host']!r} is no person of Slack's, such as T123/U456")
        if mistakes:
            raise ConfigError(mistakes)
        return cls(
            cast("Answers", found.get("answers", "questions")),
            found.get("host"),
            cast("Kind", found.get("kind", "public")),
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
        pairs = {
            "answers": self.answers if self.answers != "questions" else None,
            "host": self.host,
            "kind": self.kind if self.kind != "public" else None,
            "episodes": self.episodes if self.episodes != "no" else None,
        }
        return {name: value for name, value in pairs.items() if value}

"""What stands after `/brief`, read: Slack knows no options and no sub-commands, so people write as they like.

Pure. A word of any of our languages is understood in all of them: people do not always type in the language of their
client. Whatever is no command is `unknown`, and never a failure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bot.domain.conversation.words import MOST_CHARACTERS, parse
from bot.ports.phrases import Phrases

VERBS: Final = (
    "now",
    "ask",
    "search",
    "episode",
    "shows",
    "episodes",
    "status",
    "help",
    "setup",
    "subscribe",
    "settings",
    "pause",
    "resume",
    "unsubscribe",
    "preview",
    "doctor",
    "sources",
    "privacy",
)
DEEDS: Final = ("list", "add", "remove", "test", "propose", "import")
"""What can be done with sources."""
SOME: Final = re.compile(r"(?P<number>\d{1,4})(?P<unit>[^\W\d_]{1,8})?")
_MARK: Final = re.compile(r"<(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_LONGEST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for by `/brief`."""

    verb: str
    """One of `VERBS`; `main` where nothing was typed, `unknown` where it means nothing to us."""
    rest: str = ""
    """Topic, question, words to look for, address or name of an episode, of a show; of `unknown`, its first word."""
    deed: str = ""
    """Of `sources`, one of `DEEDS`."""
    hours: float | None = None
    """Of `now`."""
    days: int | None = None
    """Of `pause`."""
    language: str | None = None
    """Of `now`: a tag."""


Spellings = Mapping[str, str]
"""A word, in lower case, to what it means."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word that is understood."""

    verbs: Spellings
    deeds: Spellings
    units: Mapping[str, int]
    """A unit of time to how many hours it has."""
    typed: Mapping[str, tuple[str, ...]]
    """`Phrases.words()`, of all languages together."""


def lexicon(languages: Iterable[Phrases], typed: Mapping[str, tuple[str, ...]]) -> Lexicon:
    """The words of all languages; `typed` are those of a conversation, which mean the same here."""
    verbs: dict[str, str] = {}
    deeds: dict[str, str] = {}
    units: dict[str, int] = {}
    for phrases in languages:
        verbs |= {folded(phrases.say(f"cmd-{verb}")): verb for verb in VERBS}
        deeds |= {folded(phrases.say(f"cmd-sources-{deed}")): deed for deed in DEEDS}
        for key, hours in (("slack-brief-hours", 1), ("slack-brief-days", 24)):
            units |= {folded(unit): hours for unit in phrases.say(key).split(",")}
    for key in ("help", "pause", "sources"):
        verbs |= {folded(word): key for word in typed.get(key, ()) if " " not in word and folded(word) not in verbs}
    return Lexicon(
        {**verbs, **{verb: verb for verb in VERBS}}, {**deeds, **{deed: deed for deed in DEEDS}}, units, typed
    )


def wish(text: str, known: Lexicon) -> Wish:
    """What somebody asks for. Never raises, whatever the text."""
    first, _, rest = plainly(text).partition(" ")
    rest = rest.strip()
    if not first:
        return Wish("main")
    verb = known.verbs.get(folded(first.lstrip("/")))
    if verb is None:
        return Wish("unknown", first[:_LONGEST_SHOWN])
    if verb == "now":
        return _now(rest, known)
    if verb == "pause":
        return _pause(rest, known)
    return _sources(rest, known) if verb == "sources" else Wish(verb, rest)


def plainly(text: str) -> str:
    """What was typed, on one line: marks of Slack's as what they stand for, nothing escaped."""
    bare = _MARK.sub(lambda mark: mark["what"] if "://" in mark["what"] else mark["label"] or mark["what"], text)
    bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(bare.split())


@lru_cache(maxsize=1024)
def folded(word: str) -> str:
    """A word as it is compared."""
    return word.strip().casefold().replace("ё", "е")


def _now(rest: str, known: Lexicon) -> Wish:
    """`agents 24h in german`: time and language stand at the end, in any order; the rest is the topic."""
    tokens, found = rest.split(), Wish("now")
    while tokens:
        tokens, more = _one_off(tokens, found, known)
        if more == found:
            break
        found = more
    return replace(found, rest=" ".join(tokens))


def _one_off(tokens: Sequence[str], found: Wish, known: Lexicon) -> tuple[list[str], Wish]:
    """The tokens without a time or a language at their end, and the wish with it."""
    if found.hours is None:
        for length in (1, 2):
            hours = _hours(tokens[-length:], known) if len(tokens) >= length else None
            if hours is not None:
                return list(tokens[:-length]), replace(found, hours=hours)
    if found.language is None:
        for length in (3, 2, 1):
            said = " ".join(tokens[-length:])
            command = parse(said, known.typed) if len(said) <= MOST_CHARACTERS else None
            if len(tokens) >= length and command is not None and command.kind == "translate":
                return list(tokens[:-length]), replace(found, language=command.argument)
    return list(tokens), found


def _hours(tokens: Sequence[str], known: Lexicon) -> float | None:
    """Hours of `24h`, `3d` or `24 hours`."""
    match = SOME.fullmatch(folded("".join(tokens)))
    unit = known.units.get(match["unit"] or "") if match else None
    return float(int(match["number"]) * unit) if match and unit else None


def _pause(rest: str, known: Lexicon) -> Wish:
    """`3d`, `2 days`, `5`: whole days; hours become the days they begin."""
    match = SOME.fullmatch(folded(rest.replace(" ", "")))
    if match is None or (match["unit"] and match["unit"] not in known.units):
        return Wish("pause", rest)
    number = int(match["number"])
    hours = number * known.units.get(match["unit"] or "", 24)
    return Wish("pause", days=-(-hours // 24)) if hours else Wish("pause", rest)


def _sources(rest: str, known: Lexicon) -> Wish:
    first, _, about = rest.partition(" ")
    if not first:
        return Wish("sources", deed="list")
    deed = known.deeds.get(folded(first))
    return Wish("unknown", first[:_LONGEST_SHOWN]) if deed is None else Wish("sources", about.strip(), deed)

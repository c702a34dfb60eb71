"""A show within a show: the mark that it puts before its titles, and what a screen reader says for it."""

import re
import unicodedata

from bot.domain.episode import Series
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.presentable import presentable
from bot.domain.episodes.naming.proper import looks_like_person
from bot.domain.text.visible import visible

_PICTURE = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[\u00a9\u00ae\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)*)"
)
_MARK = re.compile(rf"\s*({_PICTURE}{{1,3}}|\[([^\[\]]{{2,40}})\])\s*")
_PREFIX = re.compile(r"([^:—–|]{2,40}?)\s*(?::|\s[—–|]|\s-)\s+\S")
_SERIES = re.compile(
    r"\b(?:pod|podcast|talks?|series|edition|minutes?|special|corner|bites?|shorts?|preview|live|club|"
    r"hour|files|diaries"
    r"|sessions?|spotlight|deep dives?|science|news|выпуск|спецвыпуск|серия|беседы)\b",
    re.IGNORECASE,
)


def series(facts: EpisodeFacts) -> Series | None:
    """The series that a title's mark stands for: an emoji or a tag in square brackets before everything else.

    The tag is its own name. An emoji's name is the show's own where the title goes on with it before a colon or, if it
    is called a series, before a dash; else what Unicode calls the sign.
    """
    title = visible(facts.title[:500])
    found = _MARK.match(title)
    if found is None or found.end() >= len(title):
        return None
    if found[2] is not None:
        name = presentable(found[2])
        return Series(name, found[1]) if name is not None else None
    name = _own_name(title[found.end() :], facts) or _sign(found[1])
    return Series(name, found[1]) if name else None


def _own_name(rest: str, facts: EpisodeFacts) -> str | None:
    prefix = _PREFIX.match(rest)
    name = presentable(prefix[1]) if prefix is not None else None
    if prefix is None or name is None or len(name.split()) > 4 or looks_like_person(name):
        return None
    if any(name.lower() == person.name.lower() for person in facts.people):
        return None
    said = (
        _SERIES.search(name)
        or name.lower() in (facts.show or "").lower()
        or f"{name.lower()} series" in facts.notes.lower()
    )
    return name if said else None


def _sign(mark: str) -> str:
    """What Unicode calls the first character of a mark, in plain words."""
    if "\U0001f1e6" <= mark[0] <= "\U0001f1ff":
        return "flag " + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in mark[:2])
    return re.sub(r"\s+(?:sign|symbol)$", "", unicodedata.name(mark[0], "").lower())

"""Who says it, and who does what to whom: a claim under another's name, two names that changed places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.checks.clauses import stem
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.names import Word, capitals, words
from bot.domain.checks.opposites import IRREGULAR
from bot.domain.text.words import is_stopped

_SAYS = (
    r"(?:says?|said|saying|writes?|wrote|argues?|argued|claims?|claimed|warns?|warned|thinks?|believes?|insists?|insisted|"
    r"adds?|added|notes?|noted|tells?|told|calls?|called|announces?|announced|denies|denied|predicts?|predicted|"
    r"сказал\w*|говорит|пишет|заявил\w*|считает|утверждает|sagt|sagte|schreibt|meint)"
)
_CAPITAL = r"[^\W\d_a-zа-яёäöüß](?:\.(?:[^\W\d_]\.)*|[\w’'-]*)"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:de|van|von|bin|al|of|the)\s)?{_CAPITAL}){{0,4}}"
_SPEAKS = re.compile(rf"(?P<name>{_NAME})(?:,[^,.“”]{{1,60}},)?\s(?:also\s|has\s|had\s|would\s)?{_SAYS}\b")
_SPOKEN = re.compile(rf"\b{_SAYS}\s(?P<name>{_NAME})")
_ACCORDING = re.compile(rf"\b(?:[Aa]ccording\sto|по\sсловам|По\sсловам|laut)\s(?:the\s)?(?P<name>{_NAME})")
_PRONOUN = re.compile(
    rf"\b(?:he|she|they|it|we|I|who|он|она|они|er|sie)\s(?:also\s|has\s|had\s|have\s)?{_SAYS}\b", re.IGNORECASE
)
_SYMMETRIC = vocabulary(
    """
    meet talk speak join agre disagre differ fight merg marri debat play match competi compet partner work negoti
    resembl clash discuss cooper collabor side say and vs versus between
    """
)
"""Stems of verbs whose two sides may change places."""
_LISTING = frozenset(["and", "or", "und", "oder", "и", "или"])
_BETWEEN = 5
"""Words between two names that one clause has at most."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A name in another's place."""

    name: str
    theirs: str
    """Who stands there in the passages, or how they put it."""


def misattributed(sentence: str, passages: Sequence[str], authors: Sequence[str]) -> Misplaced | None:
    """Somebody whom a sentence lets say something, where the passages let only others speak.

    An author of a cited item may always speak; so may whom a passage lets speak, or who is near a pronoun that does.
    """
    speaking = speakers(sentence)
    if not speaking:
        return None
    theirs = [name for passage in passages for name in speakers(passage)]
    if not theirs or any(_PRONOUN.search(passage) for passage in passages):
        return None
    free = {key for name in (*theirs, *authors) for key in _keys(name)}
    named = frozenset[str]().union(*map(capitals, passages))
    for name in speaking:
        keys = _keys(name)
        if keys and keys[-1] in named and not free & set(keys):
            return Misplaced(name, theirs[0])
    return None


def swapped(sentence: str, passages: Sequence[str]) -> Misplaced | None:
    """Two names that a sentence has on the other sides of the same verb than its passages."""
    mine = _links(sentence)
    if not mine:
        return None
    theirs = [link for passage in passages for link in _links(passage)]
    for link in mine:
        turned = [t for t in theirs if t.one == link.other and t.other == link.one and t.passive == link.passive]
        same = [t for t in theirs if t.one == link.one and t.other == link.other]
        shared = next((t for t in turned if t.stems & link.stems and not t.stems & link.stems & _SYMMETRIC), None)
        if shared and not any(t.stems & link.stems for t in same):
            return Misplaced(link.written, shared.written)
    return None


@lru_cache(maxsize=4096)
def speakers(text: str) -> tuple[str, ...]:
    """Names that a text lets speak."""
    found = [match["name"] for pattern in (_SPEAKS, _SPOKEN, _ACCORDING) for match in pattern.finditer(text)]
    return tuple(name for name in dict.fromkeys(found) if _keys(name))


@dataclass(frozen=True, slots=True)
class _Link:
    one: str
    other: str
    stems: frozenset[str]
    passive: bool
    written: str


@lru_cache(maxsize=4096)
def _links(text: str) -> tuple[_Link, ...]:
    found = words(text)
    names = list(_names(found))
    links = []
    for (first, last), (begin, end) in pairwise(names):
        between = found[last + 1 : begin]
        if not 0 < len(between) <= _BETWEEN or re.search(r"[.!?;:]\s", text[found[last].end : found[begin].start]):
            continue
        stems = frozenset(stem(word.key, "en") for word in between if not is_stopped(word.key))
        passive = any(word.key in {"by", "von"} for word in between)
        linking = text[found[last].end : found[begin].start]
        if stems and "," not in linking and _has_verb(between) and not any(w.key in _LISTING for w in between):
            written = text[found[first].start : found[end].end]
            links.append(_Link(found[last].key, found[end].key, stems, passive, written))
    return tuple(links)


def _has_verb(between: Sequence[Word]) -> bool:
    """Whether the first word between two names that carries something looks like a verb."""
    first = next((word for word in between if not is_stopped(word.key)), None)
    return first is not None and first.text[0].islower() and (first.key in IRREGULAR or first.key.endswith(("ed", "s")))


def _names(found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and last word of each run of capitalised words that may be a name."""
    start = None
    for at, word in enumerate(found):
        capital = word.text[0].isupper() and not is_stopped(word.key)
        if capital and start is not None and word.joined:
            continue
        if start is not None:
            yield start, at - 1
        start = at if capital else None
    if start is not None:
        yield start, len(found) - 1


def _keys(name: str) -> list[str]:
    return [word.key for word in words(name) if not is_stopped(word.key)]

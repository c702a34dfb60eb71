"""Where a long stretch of talk may be cut: at the ends of sentences, else at pauses, commas, any space.

The stretch is one line. Sentences are looked for in windows, because a talk of hours may come without a single break.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.episodes.settling.timing import spoken_words
from bot.domain.text.sentences import sentences

_WINDOW = 1_500
"""Characters looked at together."""
_COMMA = re.compile(r"[,;:–—]\s")
_SPACE = re.compile(r"\s")
_LEAST_SHARE = 0.4
"""Of the most words: an earlier comma or pause makes too short a piece."""
_LONG_WORD = 12
"""Characters of a word on the average at most."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a piece may be."""

    words: int
    enough: int
    """With so many words a piece ends at the next end of a sentence."""


def pieces(text: str, bounds: Bounds, breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Spans of a line that cover all of its words: whole sentences together up to the bounds, longer ones cut.

    `breaks` are offsets at which somebody paused: a sentence that is cut is cut there, if it can be. They rise, and the
    character before each is white space.
    """
    found: list[tuple[int, int]] = []
    begun, words = -1, 0
    last = 0
    for start, end in _sentences(text):
        for first, stop in _short(text, start, end, bounds, breaks):
            count = spoken_words(text[first:stop])
            if begun >= 0 and (words + count > bounds.words or words >= bounds.enough):
                found.append((begun, last))
                begun, words = -1, 0
            begun = first if begun < 0 else begun
            words += count
            last = stop
    if begun >= 0:
        found.append((begun, last))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; the last one of a window is looked at again with what follows it."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        window = text[at : at + _WINDOW]
        spans = sentences(window)
        rest = at + len(window) < len(text)
        if not spans:
            at += len(window)
            continue
        if rest and len(spans) > 1:
            found.extend((at + start, at + end) for start, end in spans[:-1])
            at += spans[-1][0]
        elif rest:
            space = window.rfind(" ", spans[-1][0])
            stop = space if space > 0 else len(window)
            found.append((at + spans[-1][0], at + len(window[:stop].rstrip())))
            at += stop
        else:
            found.extend((at + start, at + end) for start, end in spans)
            break
    return found


def _short(text: str, start: int, end: int, bounds: Bounds, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """A sentence, or the parts of one that is too long."""
    if spoken_words(text[start:end]) <= bounds.words:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    while spoken_words(text[start:end]) > bounds.words:
        cut = _cut(text, start, end, bounds.words, breaks)
        parts.append((start, start + len(text[start:cut].rstrip())))
        start = cut + (len(text[cut:end]) - len(text[cut:end].lstrip()))
    parts.append((start, end))
    return parts


def _cut(text: str, start: int, end: int, words: int, breaks: Sequence[int]) -> int:
    """Where the first part of a sentence ends: at the last pause or comma that leaves a fair piece, else any space."""
    stop = _after_words(text, start, end, words)
    least = start + int((stop - start) * _LEAST_SHARE)
    place = bisect_right(breaks, stop)
    if place and breaks[place - 1] > least:
        return breaks[place - 1]
    for pattern in (_COMMA, _SPACE):
        found = [match.end() for match in pattern.finditer(text, least, stop)]
        if found:
            return found[-1]
    return stop


def _after_words(text: str, start: int, end: int, words: int) -> int:
    """The offset after so many words, or after as many characters as they have at most."""
    stretch = text[start:end]
    spaceless = spoken_words(stretch) > len(stretch.split())
    limit = min(end, start + words * (2 if spaceless else _LONG_WORD))
    at = start
    for number, space in enumerate(_SPACE.finditer(text, start, limit), 1):
        at = space.end()
        if number == words:
            return at
    return limit

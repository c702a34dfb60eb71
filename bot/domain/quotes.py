"""Whether words in quotation marks are in a passage, and where a text has quotation marks.

A quotation is `exact` when its characters are a substring of the passage. It is `normalised` when it is one after this
ladder, applied to both sides: Unicode composed (NFC), invisible characters removed, white space folded; hyphens,
typographic quotation marks and the ellipsis made plain, inner quotation marks all single, long dashes one kind and
evenly spaced; the first letter of the quotation in either case. A full stop or comma before the closing mark may be the
sentence's own, so a quotation is also tried without it. Nothing else is forgiven: a match starts and ends at a word
border, and a border never cuts a contraction (`don|'t`), a compound (`non|-free`), a number (`1|,000`, `97|%`) or
its sign.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.edition import QuoteStatus

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_PLAIN = _INVISIBLE | str.maketrans(
    dict.fromkeys('“”„‟‘’‚‛«»‹›"′″`´「」『』', "'")
    | dict.fromkeys("‐‑‒−", "-")
    | dict.fromkeys("―⸺", "—")
    | {"…": "..."}
)
_GUILLEMET_GAP = re.compile(r"(?<=[«‹])\s+|\s+(?=[»›])")
_SPACE = re.compile(r"\s+")
_RANGE = re.compile(r"(?<=\w)–(?=\w)")
_LONG_DASH = re.compile(r"\s*(?:—|–|--+)\s*|\s+-\s+")
_APOSTROPHES = frozenset("'’")
_HYPHENS = frozenset("-‐‑")
_SIGNS = frozenset("-−")
_PREFIXES = frozenset("$€£¥₽#@")
_MARK = re.compile(r"[“”„\"«»‘'「」『』]")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "”": "”", "「": "」", "『": "』"}
_NOT_OPENING = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|round|n)\b", re.IGNORECASE)
_LONGEST_SINGLE = 300
"""Characters looked ahead for the end of a single-quoted span; an apostrophe has none."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span inside quotation marks: `start` and `end` include the marks, `text` does not."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=16_384)  # an edition is checked several times while it is made, always by the same passages
def status(quote: str, passage: str) -> QuoteStatus | None:
    """How a quotation stands to a passage: `exact`, `normalised`, or None when its words are not in it."""
    tries = _tries(quote.strip())
    if any(_stands(words, passage) for words in tries):
        return "exact"
    plain = _plain(passage)
    return "normalised" if any(_stands(w, plain) for words in tries for w in _cased(_fold(words))) else None


def quotations(text: str) -> list[Quoted]:
    """The outermost spans of a text inside quotation marks, in order; marks inside them belong to them.

    A mark that opens and never closes reaches to the end, one that closes and never opened reaches from the start:
    sentences are cut out of longer quotations.
    """
    found: list[Quoted] = []
    past = 0
    for match in _MARK.finditer(text):
        if match.start() < past:
            continue
        span = _span(text, match.start(), past)
        past = span.end if span else past
        if span and re.search(r"\w", span.text):
            found.append(span)
    return found


def spoken(quote: str, passage: str) -> bool:
    """Whether the words stand inside the passage's own quotation marks."""
    return any(status(quote, inner.text) for inner in quotations(passage))


@lru_cache(maxsize=8192)
def without_quotations(text: str) -> str:
    """A text with its quoted spans blanked out by a mark that no name or number crosses."""
    pieces: list[str] = []
    past = 0
    for span in quotations(text):
        pieces += [text[past : span.start], "“”"]
        past = span.end
    return "".join([*pieces, text[past:]])


def _tries(quote: str) -> list[str]:
    """The quotation as it stands, and without a closing stop that may be the sentence's own."""
    if not re.search(r"\w", quote):
        return []
    shorter = quote.rstrip(".,")
    return [quote] if shorter == quote or quote.endswith("..") else [quote, shorter]


def _cased(words: str) -> Iterator[str]:
    yield words
    at = next((i for i, letter in enumerate(words) if letter.isalnum()), 0)
    yield words[:at] + words[at].swapcase() + words[at + 1 :]


def _fold(text: str) -> str:
    text = _SPACE.sub(" ", _GUILLEMET_GAP.sub("", unicodedata.normalize("NFC", text)))
    return _LONG_DASH.sub(" — ", _RANGE.sub("-", text.translate(_PLAIN))).strip()


_plain = lru_cache(maxsize=4096)(_fold)


def _stands(words: str, passage: str) -> bool:
    """Whether the words are in the passage between two word borders."""
    at = passage.find(words)
    while at >= 0:
        if _is_border(passage, at) and _is_border(passage, at + len(words)):
            return True
        at = passage.find(words, at + 1)
    return False


def _is_border(text: str, at: int) -> bool:
    """Whether a cut between `text[at - 1]` and `text[at]` leaves words and numbers whole."""
    if at in {0, len(text)}:
        return True
    left, right = text[at - 1], text[at]
    if _is_word(left) and _is_word(right):
        return False
    if left in _PREFIXES and _is_word(right):
        return False
    if right == "%" and left.isdigit():
        return False
    if left in _SIGNS and right.isdigit() and (at == 1 or text[at - 2].isspace()):
        return False
    return not (_joins(text, at) or _joins(text, at - 1))


def _joins(text: str, at: int) -> bool:
    """Whether the character there holds two parts of one word or number together."""
    if not 0 < at < len(text) - 1:
        return False
    before, mark, after = text[at - 1], text[at], text[at + 1]
    if not (_is_word(before) and _is_word(after)):
        return False
    if mark in ",:":
        return before.isdigit() and after.isdigit()
    return mark in _APOSTROPHES or mark in _HYPHENS or mark in "._/&"


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M")


def _span(text: str, at: int, past: int) -> Quoted | None:
    mark = text[at]
    if mark in "'‘":
        return _single_span(text, at)
    opens = _may_open(text, at)
    if mark == '"':
        if at and text[at - 1].isdigit() and not opens:
            return None
        end = text.find('"', at + 1)
        return _quoted(text, at, end) if end > 0 else (_quoted(text, at, len(text)) if opens else None)
    if mark in "”»」』" and not (mark in "”»" and opens and text.find(_CLOSERS[mark], at + 1) > 0):
        return Quoted(past, at + 1, text[past:at].strip())
    ends = [end for closer in _CLOSERS[mark] if (end := text.find(closer, at + 1)) > 0]
    return _quoted(text, at, min(ends, default=len(text)))


def _single_span(text: str, at: int) -> Quoted | None:
    """A span in single marks; an apostrophe opens none, and a mark before a letter closes none."""
    if not _may_open(text, at) or _NOT_OPENING.match(text, at + 1):
        return None
    for end in range(at + 2, min(len(text), at + _LONGEST_SINGLE)):
        if text[end] in _APOSTROPHES and not text[end - 1].isspace() and not (_is_word(text[end + 1 : end + 2] or " ")):
            return _quoted(text, at, end)
    return None


def _may_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        not (before and _is_word(before))
        and before not in {".", ",", "!", "?", "%"}
        and bool(after)
        and not after.isspace()
    )


def _quoted(text: str, at: int, end: int) -> Quoted:
    return Quoted(at, min(end + 1, len(text)), text[at + 1 : end].strip())

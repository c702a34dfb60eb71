"""What a text asserts of which words: what it denies, what it leaves open, which words stand around each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.opposites import DENYING, HEDGES, IRREGULAR, NEGATORS, NO_DENIAL, SCOPE_ENDS, SIDES
from bot.domain.text.stopwords import STOP_WORDS
from bot.domain.text.words import language
from bot.domain.text.words import stem as words_stem

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?;:,()\[\]“”«»\"…—–|/]")
_NOT_SHORT = re.compile(r"^(.+)n['’]t$")
_FULL = {"wo": "will", "ca": "can", "sha": "shall"}
_FUNCTION = vocabulary(
    """
    a an the this that these those it its he she they we you i him her them us me his their our my your who whom whose
    which what there here to of in on at by as from into onto upon with about for and or nor so than then thus also too
    very is are was were be been being am do does did have has had having will shall would can could may might must
    should ever even still just only such s t re ve ll d m
    """
)
_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non)(?=\w{4})")
_NO_PREFIX = vocabulary("inform invest increas discov display discount intent input instal includ interest")
_VERBATIM = 0.8
"""Share of a sentence's words in their order from which it is a passage nearly verbatim."""
_LEAST_VERBATIM = 5
_MOST_COMPARED = 200
_LONGEST_WORD = 40
_TONGUES = ("en", "ru", "de")
_WINDOW = 6
"""Words that carry something, on each side, by which two places are compared."""
_GOVERNED = 3
"""Such words that a denial reaches."""
_FIRST_PERSON = frozenset(["i", "we", "you", "я", "мы", "ich", "wir"])
_NEAR = 4
_ONLY_BEFORE = {"yet": "to", "rather": "than", "instead": "of"}
"""Words that deny only before another."""
_REACH = 9
"""Words of any kind it may reach across."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word that carries something."""

    text: str
    stem: str
    around: frozenset[str]
    """Stems near it."""
    asked: bool
    """It stands in a question."""
    next: str
    """The stem after it."""
    last: str
    """The stem before it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A denial or a hedge: its word, and the tokens it governs, nearest first."""

    word: str
    governed: tuple[int, ...]
    strict: bool
    """It denies and nothing else, as `not` does."""
    at: int
    """How many tokens stand before it."""
    own: bool
    """Whoever speaks denies it of themselves: `I do not know`."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A text as far as it asserts something."""

    tongue: str
    tokens: tuple[Token, ...]
    denials: tuple[Mark, ...]
    hedges: tuple[Mark, ...]
    words: frozenset[str]
    order: tuple[str, ...]
    """Every word in order."""
    places: dict[str, tuple[int, ...]]
    """Stem -> tokens."""
    roots: dict[str, str]
    """What remains of a stem without a prefix that denies -> the stem."""
    polar: dict[int, tuple[tuple[int, bool], ...]]
    """Pair of opposites -> its tokens with their effective side: a denied word stands for its opposite."""


@lru_cache(maxsize=8192)
def clauses(text: str) -> Clauses | None:
    """Read a text (made plain before); None in a language whose words of denial are not known."""
    pieces = list(pieces_of(text))
    words = [piece for piece in pieces if piece[0].isalnum()]
    tongue = language(words)
    if tongue not in _TONGUES or not words:
        return None
    numbers, raw = _numbered(pieces, tongue)
    tokens = _tokens(raw, pieces)
    denials = tuple(_marks(pieces, numbers, NEGATORS | DENYING, both=tongue == "de"))
    hedges = tuple(_marks(pieces, numbers, HEDGES))
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        places.setdefault(token.stem, []).append(at)
    found = {stemmed: tuple(at) for stemmed, at in places.items()}
    return Clauses(
        tongue, tokens, denials, hedges, frozenset(words), tuple(words), found,
        dict(_roots(tokens, tongue)), _polar(tokens, denials),
    )  # fmt: skip


def exchanges(mine: Clauses, read: Clauses) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """What a text that takes over another nearly verbatim has for what stands there, and whether it is cut at an end.

    Empty where the two are not nearly verbatim.
    """
    least = min(len(mine.order), len(read.order))
    if least < _LEAST_VERBATIM or len(mine.words & read.words) < _VERBATIM * len(mine.words):
        return []
    codes = SequenceMatcher(
        None, mine.order[:_MOST_COMPARED], read.order[:_MOST_COMPARED], autojunk=False
    ).get_opcodes()
    if sum(b - a for kind, a, b, _, _ in codes if kind == "equal") < _VERBATIM * len(mine.order):
        return []
    return [
        (mine.order[a:b], read.order[c:d], a == 0 or b == len(mine.order))
        for kind, a, b, c, d in codes
        if kind != "equal"
    ]


def nearness(one: Token, other: Token) -> int:
    """How many stems stand around both."""
    return len(one.around & other.around)


def stem(word: str, tongue: str) -> str:
    """What the forms of a word have in common."""
    return words_stem(IRREGULAR.get(word, word), tongue) if len(word) <= _LONGEST_WORD else word


def pieces_of(text: str) -> Iterator[str]:
    """Lower-case words and marks; `isn't` is `is` and `n't`."""
    for match in _TOKEN.finditer(text.lower()):
        piece = match.group()
        if short := _NOT_SHORT.match(piece):
            yield from (_FULL.get(short[1], short[1]), "n't")
        elif piece == "cannot":
            yield from ("can", "not")
        else:
            yield piece.removesuffix("'s").removesuffix("’s")


def _numbered(pieces: Sequence[str], tongue: str) -> tuple[list[int | None], list[tuple[str, str, int]]]:
    """For each piece the number of its token, and the tokens as (word, stem, piece)."""
    light = _FUNCTION if tongue == "en" else STOP_WORDS[tongue] - SIDES.keys()
    numbers: list[int | None] = []
    found: list[tuple[str, str, int]] = []
    for at, piece in enumerate(pieces):
        carries = piece[0].isalnum() and piece not in light and piece not in NEGATORS
        numbers.append(len(found) if carries else None)
        if carries:
            found.append((piece, stem(piece, tongue), at))
    return numbers, found


def _tokens(raw: Sequence[tuple[str, str, int]], pieces: Sequence[str]) -> tuple[Token, ...]:
    asked = _asked(pieces)
    stems = [stemmed for _, stemmed, _ in raw]
    return tuple(
        Token(
            word,
            stemmed,
            frozenset(stems[max(0, at - _WINDOW) : at] + stems[at + 1 : at + 1 + _WINDOW]) - {stemmed},
            asked[piece],
            stems[at + 1] if at + 1 < len(stems) else "",
            stems[at - 1] if at else "",
        )
        for at, (word, stemmed, piece) in enumerate(raw)
    )


def _asked(pieces: Sequence[str]) -> list[bool]:
    """For each piece whether its sentence ends with a question mark."""
    found = [False] * len(pieces)
    question = False
    for at in range(len(pieces) - 1, -1, -1):
        if pieces[at] in ".!?…":
            question = pieces[at] == "?"
        found[at] = question
    return found


def _marks(
    pieces: Sequence[str], numbers: Sequence[int | None], of: frozenset[str], *, both: bool = False
) -> Iterator[Mark]:
    """The denials (or hedges) of a text with what they govern."""
    before = 0
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if numbers[at] is not None:
            before = numbers[at] or 0
        if piece not in of or following in NO_DENIAL.get(piece, ()) or _ONLY_BEFORE.get(piece, following) != following:
            continue
        governed = _reached(pieces, numbers, range(at + 1, min(len(pieces), at + 1 + _REACH)))
        if both:
            governed += _reached(pieces, numbers, range(at - 1, max(-1, at - 1 - _REACH), -1))
        if governed:
            own = bool(_FIRST_PERSON & set(pieces[max(0, at - _NEAR) : at]))
            yield Mark(piece, tuple(governed), piece in NEGATORS, before, own)


def _reached(pieces: Sequence[str], numbers: Sequence[int | None], places: range) -> list[int]:
    governed: list[int] = []
    for place in places:
        number = numbers[place]
        if not pieces[place][0].isalnum() and pieces[place][0] not in "“”\"'/":
            break
        if pieces[place] in SCOPE_ENDS:
            break
        if number is not None:
            governed.append(number)
        if len(governed) == _GOVERNED:
            break
    return governed


def _roots(tokens: Sequence[Token], tongue: str) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.stem not in _NO_PREFIX and (match := _PREFIX.match(token.text)):
            yield stem(token.text[match.end() :], tongue), token.stem


def _polar(tokens: Sequence[Token], denials: Sequence[Mark]) -> dict[int, tuple[tuple[int, bool], ...]]:
    """Words with opposites, under each pair they belong to; one that is denied stands for the other side.

    Farther off a denial may mean the word or another: there the word stands for both sides.
    """
    nearest = {mark.governed[0] for mark in denials}
    farther = {at for mark in denials for at in mark.governed[1:]} - nearest
    found: dict[int, list[tuple[int, bool]]] = {}
    for at, token in enumerate(tokens):
        for pair, side in sorted(SIDES.get(token.text, ())):
            found.setdefault(pair, []).append((at, side != (at in nearest)))
            if at in farther:
                found[pair].append((at, not side))
    return {pair: tuple(places) for pair, places in found.items()}

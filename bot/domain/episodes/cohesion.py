"""How much of what is said goes on being spoken of: the lexical signs that a talk turns to something else.

Four families, all of content stems: likeness of the words before and after a place in windows of several sizes, and how
deep that dips (TextTiling, Hearst 1997); words that are taken up or dropped there (lexical chains, Morris & Hirst
1991); how many chains lead across it; and how much of an utterance was said just before. Windows are counted in stems,
not in utterances, so that caption lines and long turns are alike. One pass for each window: linear in the words.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.stopwords import ALWAYS_STOPPED, STOP_WORDS
from bot.domain.text.words import language, stem, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WINDOWS = (20, 50, 100, 200)
"""Content stems on either side; 100 are about 300 spoken words."""
NEAR = (15, 40)
"""Content stems in which words are looked for that are taken up or dropped."""
_BLOCK = 40
"""Stems that are one document when it is asked how rare a stem is in this talk."""
_COMMON = 0.55
"""What a stem weighs that is common everywhere, against others as rare in this talk."""
_CHAIN = 250
"""A stem that comes again within so many stems is still spoken of."""
_LINK = 80
"""A chain leads across a place where a stem comes again within so many."""
_OWN, _BEFORE = 25, 40
"""Stems of an utterance, and those before it, that are compared."""


def content(texts: Sequence[str], tongue: str | None = None) -> list[list[str]]:
    """Content stems of each text, all in one language: the one named, where we can stem it, else the likeliest."""
    spoken = [tokens(text) for text in texts]
    if tongue not in STOP_WORDS:
        words = [word for said in spoken for word in said]
        tongue = language(words[len(words) // 4 :])
    stopped = STOP_WORDS[tongue] | ALWAYS_STOPPED
    return [
        [stem(word, tongue) for word in said if word not in stopped and (len(word) > 1 or word.isdigit())]
        for said in spoken
    ]


def cohesion(spoken: Sequence[Sequence[str]]) -> "dict[str, NDArray[np.float64]]":
    """Signs at the start of each utterance, by name; larger means that something else begins. Not yet of one scale."""
    import numpy as np

    stems = [one for said in spoken for one in said]
    starts = [0, *accumulate(len(said) for said in spoken)][:-1]
    weights = _weights(stems)
    signs: dict[str, NDArray[np.float64]] = {}
    for size in WINDOWS:
        likeness = np.array(_likeness(stems, weights, starts, size))
        signs[f"apart_{size}"] = -likeness
        signs[f"depth_{size}"] = np.array(depths(likeness.tolist()))
    taken, dropped, fresh, links = _chains(stems, weights)
    places = np.array(starts, dtype=int)
    for near in NEAR:
        ahead, back = np.minimum(places + near, len(stems)), np.maximum(places - near, 0)
        signs[f"taken_{near}"] = (taken[ahead] - taken[places]) - (taken[places] - taken[back])
        signs[f"dropped_{near}"] = (dropped[places] - dropped[back]) - (dropped[ahead] - dropped[places])
        signs[f"fresh_{near}"] = (fresh[ahead] - fresh[places]) / np.maximum(1, ahead - places)
    signs["loose"] = -links[places]
    signs["loose_depth"] = np.array(depths(links[places].tolist()))
    signs["repeated"] = np.array(_repeated(spoken, stems, starts, weights))
    return signs


def depths(values: Sequence[float]) -> list[float]:
    """How far one climbs to the next peak on the left and on the right of each value, together (Hearst 1997)."""
    left, right = _peaks(values), _peaks(values[::-1])[::-1]
    return [a + b - 2 * value for a, b, value in zip(left, right, values, strict=True)]


def _peaks(values: Sequence[float]) -> list[float]:
    peaks: list[float] = []
    for index, value in enumerate(values):
        peaks.append(peaks[-1] if index and values[index - 1] >= value else value)
    return peaks


def _weights(stems: Sequence[str]) -> dict[str, float]:
    """How much each stem tells of a subject: its rarity among blocks of this talk (BM25's); once only is nothing."""
    counts = Counter(stems)
    held: Counter[str] = Counter()
    for first in range(0, len(stems), _BLOCK):
        held.update(set(stems[first : first + _BLOCK]))
    blocks = max(1, math.ceil(len(stems) / _BLOCK))
    return {
        one: 0.0
        if count < 2
        else math.log1p((blocks - held[one] + 0.5) / (held[one] + 0.5)) * (_COMMON if one in COMMON_STEMS else 1.0)
        for one, count in counts.items()
    }


def _likeness(stems: Sequence[str], weights: Mapping[str, float], places: Sequence[int], size: int) -> list[float]:
    """Cosine between the `size` stems before and after each place; places rise."""
    numbers = {one: number for number, one in enumerate(weights)}
    squares = [weight * weight for weight in weights.values()]
    flow = [numbers[one] for one in stems]
    window = _Windows(squares, flow[:size])
    found: list[float] = []
    at = 0
    for place in places:
        while at < place:
            window.shift(
                flow[at],
                gone=flow[at - size] if at >= size else None,
                come=flow[at + size] if at + size < len(flow) else None,
            )
            at += 1
        found.append(window.cosine())
    return found


class _Windows:
    """The counts before and after a place, with their product and lengths kept as the place moves on."""

    __slots__ = ("_after", "_after_length", "_before", "_before_length", "_product", "_squares")

    def __init__(self, squares: Sequence[float], after: Sequence[int]) -> None:
        self._squares = squares
        self._before = [0] * len(squares)
        self._after = [0] * len(squares)
        self._product = self._before_length = self._after_length = 0.0
        for number in after:
            self._enter(number)

    def _enter(self, number: int) -> None:
        square = self._squares[number]
        self._after_length += square * (2 * self._after[number] + 1)
        self._after[number] += 1
        self._product += square * self._before[number]

    def shift(self, passed: int, *, gone: int | None, come: int | None) -> None:
        """Move past one stem: it leaves the window ahead for that behind; one falls out there, one comes in here."""
        before, after, square = self._before, self._after, self._squares[passed]
        self._after_length -= square * (2 * after[passed] - 1)
        after[passed] -= 1
        self._product -= square * before[passed]
        self._before_length += square * (2 * before[passed] + 1)
        before[passed] += 1
        self._product += square * after[passed]
        if gone is not None:
            square = self._squares[gone]
            self._before_length -= square * (2 * before[gone] - 1)
            before[gone] -= 1
            self._product -= square * after[gone]
        if come is not None:
            self._enter(come)

    def cosine(self) -> float:
        """0 where a side is empty."""
        length = self._before_length * self._after_length
        return self._product / math.sqrt(length) if self._before_length > 1e-9 and self._after_length > 1e-9 else 0.0


def _chains(
    stems: Sequence[str], weights: Mapping[str, float]
) -> "tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]":
    """Summed up to each place: weight of chains taken up, dropped, of stems quite new; and of the links across it."""
    import numpy as np

    count = len(stems)
    taken, dropped, fresh, links = (np.zeros(count + 2) for _ in range(4))
    met: dict[str, list[int]] = {}
    for place, one in enumerate(stems):
        if weights[one] > 0:
            met.setdefault(one, []).append(place)
    for one, places in met.items():
        weight = weights[one]
        fresh[places[0] + 1] += weight
        for earlier, place, later in zip([-_CHAIN, *places], places, [*places[1:], count + _CHAIN], strict=False):
            if place - earlier > _CHAIN > later - place:
                taken[place + 1] += weight
            elif later - place > _CHAIN > place - earlier:
                dropped[place + 1] += weight
            if later - place <= _LINK:
                links[place + 1] += weight
                links[later + 1] -= weight
    return taken.cumsum(), dropped.cumsum(), fresh.cumsum(), links.cumsum()


def _repeated(
    spoken: Sequence[Sequence[str]], stems: Sequence[str], starts: Sequence[int], weights: Mapping[str, float]
) -> list[float]:
    """The share, by weight, of the first stems of an utterance that were said just before; a half where none tell."""
    shares: list[float] = []
    for said, start in zip(spoken, starts, strict=True):
        before = set(stems[max(0, start - _BEFORE) : start])
        own = dict.fromkeys(said[:_OWN])
        whole = sum(weights[one] for one in own)
        shares.append(sum(weights[one] for one in own if one in before) / whole if whole > 0 else 0.5)
    return shares

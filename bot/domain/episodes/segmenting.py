"""Where a talk turns to something else: signs at each utterance, weighed, and the likeliest set of places.

The weights are learned (`boundary_weights`, logistic regression) from talks whose speakers are known; a set chosen by
hand stands beside them, and where speakers are not known the mean of both is taken. Signs are measured against the rest
of the same talk, so that a lively conversation and a lecture are read alike. How likely places are all together is then
set by how many chapters people make of so many words, and by what the signs say. A dynamic programme picks the places
that most probably lie within one utterance of a human's: the same place is not paid twice.
"""

import math
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.domain.episodes.boundary_weights import CHOSEN, LEARNED, Weights
from bot.domain.episodes.cohesion import cohesion, content
from bot.domain.episodes.cues import cues, tongue_of
from bot.domain.episodes.turns import pauses, turns, with_neighbours
from bot.domain.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_WORDS: Final = 40
"""Of a chapter."""
_USUAL_COUNT, _USUAL_WORDS, _GROWTH = 10.0, 7000.0, 0.55
"""People make ten chapters of 7,000 words, and 1.46 times as many of twice as much (117 episodes of 13 shows)."""
_USUAL_SHARE = 0.8
"""How much the usual number weighs against the number that the signs alone make likely."""
_WORTH = 0.35
"""A place is taken if it is more probable than this that a chapter begins within one utterance of it."""
_FEWEST, _MOST = 0.7, 1.6
"""Times the number that is likely: more and fewer are not taken, whatever the signs."""
_RATHER = 3.0
"""A place next to the one found is taken instead if it is so many times as probable by itself."""
_PLAIN = frozenset({"place", "beginning", "ending", "pause", "repeated"})
"""Signs that have one scale in all talks."""
_HALVINGS = 16
_AT_MOST = 0.6
"""Beginnings for each utterance, all together."""


def signs(transcript: Transcript, hosts: Collection[str] = ()) -> "dict[str, NDArray[np.float64]]":
    """All signs at the start of each utterance, by name; each but a few has mean 0 and deviation 1 in this talk."""
    import numpy as np

    said = transcript.utterances
    texts = [one.text for one in said]
    tongue = tongue_of(texts, transcript.language)
    shown = with_neighbours({**turns(said, hosts), **cues(texts, tongue)})
    shown |= cohesion(content(texts, tongue))
    shown["pause"] = pauses(said) if transcript.times == "given" else np.zeros(len(said))
    return {name: values if name in _PLAIN else _standard(values) for name, values in shown.items()}


def probabilities(
    shown: "Mapping[str, NDArray[np.float64]]", words: Sequence[int], weights: Weights = LEARNED
) -> list[float]:
    """How likely a chapter begins at each utterance, as the signs and the usual number have it; 0 at the first one."""
    import numpy as np

    odds = np.full(len(words), weights.bias)
    for name, weight in weights.signs.items():
        odds += weight * shown[name]
    likely = odds[1:]
    usual = _USUAL_COUNT * (sum(words) / _USUAL_WORDS) ** _GROWTH
    count = usual**_USUAL_SHARE * max(float(_likely(likely).sum()), 0.5) ** (1 - _USUAL_SHARE)
    return [0.0, *_shifted(likely, min(count, _AT_MOST * len(words))).tolist()]


def fitting(transcript: Transcript) -> Weights:
    """The weights to read a transcript with: the learned ones need speakers."""
    return LEARNED if len(transcript.speakers) > 1 else LEARNED.mean(CHOSEN)


def places(likely: Sequence[float], words: Sequence[int]) -> list[int]:
    """Indexes of utterances at which chapters begin, rising, without the first: as many as are found to be worth it."""
    field = _Field.of(likely, words)
    found = _best(field, _WORTH)
    if len(found) < _FEWEST * field.count:
        found = _as_many(field, math.ceil(_FEWEST * field.count))
    elif len(found) > _MOST * field.count:
        found = _as_many(field, math.floor(_MOST * field.count))
    return _settled(found, field.likely)


def boundaries(transcript: Transcript, hosts: Collection[str] = ()) -> list[int]:
    """Indexes of the utterances at which chapters begin, rising, without the first; `hosts` are labels of speakers."""
    words = [len(said.text.split()) for said in transcript.utterances]
    return places(probabilities(signs(transcript, hosts), words, fitting(transcript)), words)


def _standard(values: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    deviation = float(values.std())
    result: NDArray[np.float64] = (values - values.mean()) / deviation if deviation > 1e-9 else np.zeros_like(values)
    return result


def _likely(odds: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return result


def _shifted(odds: "NDArray[np.float64]", count: float) -> "NDArray[np.float64]":
    """Probabilities that sum up to `count`, from log-odds all moved by the same."""
    low, high = -15.0, 15.0
    for _ in range(2 * _HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _likely(odds + middle).sum() < count else (low, middle)
    return _likely(odds + low)


@dataclass(frozen=True, slots=True)
class _Field:
    """What the choice of places goes by."""

    likely: Sequence[float]
    """Of each utterance; 0 where a chapter would be too short for the beginning or the end of the talk."""
    near: Sequence[float]
    """That a chapter begins there or next to it."""
    latest: Sequence[int]
    """The last place before it at which another chapter may begin, for this one to follow it."""
    count: float
    """Of beginnings, as it is likely."""

    @classmethod
    def of(cls, likely: Sequence[float], words: Sequence[int]) -> "_Field":
        """Of the probabilities, and the words of each utterance."""
        begun = [0, *accumulate(words)]
        held = [one if begun[at] >= LEAST_WORDS <= begun[-1] - begun[at] else 0.0 for at, one in enumerate(likely)]
        return cls(
            likely=held,
            near=[a + b + c for a, b, c in zip([0.0, *held], held, [*held[1:], 0.0], strict=False)],
            latest=[bisect_right(begun, passed - LEAST_WORDS) - 1 for passed in begun[:-1]],
            count=sum(held),
        )


def _best(field: _Field, worth: float) -> list[int]:
    """The places with the greatest sum of what they gain: the probability of a beginning within one utterance, less
    `worth`; where two lie two apart, the utterance between them counts once. A chapter has at least LEAST_WORDS.
    """
    size = len(field.likely)
    gains, back = [0.0] * size, [0] * size
    peak = [0] * size  # the place up to here with which the best set ends; 0 is none
    for index in range(1, size):
        gain, latest = field.near[index] - worth, field.latest[index]
        peak[index] = peak[index - 1]
        if latest < 0 or gain <= 0:
            gains[index] = -math.inf
            continue
        far = peak[max(0, min(latest, index - 3))]
        gains[index], back[index] = gains[far] + gain, far
        beside = index - 2
        if 0 < beside <= latest and gains[beside] + gain - field.likely[index - 1] > gains[index]:
            gains[index], back[index] = gains[beside] + gain - field.likely[index - 1], beside
        if gains[index] > gains[peak[index - 1]]:
            peak[index] = index
    found: list[int] = []
    at = peak[-1]
    while at:
        found.append(at)
        at = back[at]
    return found[::-1]


def _as_many(field: _Field, count: int) -> list[int]:
    """The best places, as near to `count` as what they are worth allows."""
    low, high = 0.0, 1.0
    nearest: list[int] = []
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = _best(field, middle)
        nearest = min(nearest, found, key=lambda places: abs(len(places) - count))
        if len(nearest) == count:
            break
        low, high = (middle, high) if len(found) > count else (low, middle)
    return nearest


def _settled(found: Sequence[int], likely: Sequence[float]) -> list[int]:
    """Each place, or the one next to it that is much likelier by itself."""
    settled: dict[int, None] = {}
    for place in found:
        beside = max(range(max(1, place - 1), min(len(likely), place + 2)), key=lambda index: (likely[index], -index))
        settled[beside if likely[beside] > _RATHER * likely[place] else place] = None
    return sorted(settled)

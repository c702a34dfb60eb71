"""How well found boundaries agree with a human's: the measures of the literature on text segmentation.

A boundary is the index of the first unit of a segment; the start of the text is none. `size` is the number of units.
Predicting nothing scores well on Pk where chapters are long, so no measure is printed without the others.
"""

import random
from collections.abc import Sequence
from statistics import fmean

_NEAR = 2
"""Fournier's n_t: a boundary one unit off is a near miss, worth half; one further off is a miss and an addition."""


def matched(gold: Sequence[float], found: Sequence[float], slack: float) -> int:
    """How many pairs lie at most `slack` apart, each boundary in one pair at most: the most there can be.

    Both are in order; then taking the earliest partner that is left is optimal.
    """
    pairs = left = right = 0
    while left < len(gold) and right < len(found):
        distance = found[right] - gold[left]
        if abs(distance) <= slack:
            pairs += 1
        left += distance >= -slack
        right += distance <= slack
    return pairs


def f1(gold: Sequence[float], found: Sequence[float], slack: float) -> float:
    """F1 of one-to-one matches within `slack`; 1 where both are empty."""
    if not gold and not found:
        return 1.0
    return 2 * matched(gold, found, slack) / (len(gold) + len(found))


def window(gold: Sequence[int], size: int) -> int:
    """Half the mean length of the human's segments, at least 1 (Beeferman et al. 1999)."""
    return max(1, round(size / (2 * (len(gold) + 1))))


def pk(gold: Sequence[int], found: Sequence[int], size: int) -> float:
    """Pk (Beeferman, Berger & Lafferty 1999): how often two units k apart are wrongly held to be in one segment."""
    differences = _in_windows(gold, found, size)
    return fmean((ours > 0) != (theirs > 0) for theirs, ours in differences) if differences else 0.0


def window_diff(gold: Sequence[int], found: Sequence[int], size: int) -> float:
    """WindowDiff (Pevzner & Hearst 2002): how often the numbers of boundaries in a window of k differ."""
    differences = _in_windows(gold, found, size)
    return fmean(ours != theirs for theirs, ours in differences) if differences else 0.0


def _in_windows(gold: Sequence[int], found: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Boundaries between unit i and unit i + k, the human's and the found ones, for every i."""
    k = window(gold, size)
    theirs, ours = _up_to(gold, size), _up_to(found, size)
    return [(theirs[i + k] - theirs[i], ours[i + k] - ours[i]) for i in range(size - k)]


def _up_to(boundaries: Sequence[int], size: int) -> list[int]:
    """How many boundaries there are at each unit or before it."""
    marks = [0] * size
    for boundary in boundaries:
        marks[boundary] = 1
    for index in range(1, size):
        marks[index] += marks[index - 1]
    return marks


def boundary_similarity(gold: Sequence[int], found: Sequence[int]) -> float:
    """B (Fournier 2013): 1 less the weighted edits over edits and matches, near misses within one unit at half."""
    theirs, ours = set(gold), set(found)
    exact = theirs & ours
    theirs, ours = theirs - exact, ours - exact
    near = matched(sorted(theirs), sorted(ours), _NEAR - 1)
    additions = len(theirs) + len(ours) - 2 * near
    whole = additions + near + len(exact)
    return 1 - (additions + near / _NEAR) / whole if whole else 1.0


def interval(values: Sequence[float], rounds: int = 1000) -> tuple[float, float, float]:
    """Mean, and the ends of its 95 % bootstrap interval over the values, one an episode."""
    drawn = random.Random(7)
    means = sorted(fmean(drawn.choices(values, k=len(values))) for _ in range(rounds))
    return fmean(values), means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]

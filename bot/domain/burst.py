"""How far a count is above its usual rate, and how sure that is.

The count of a window is compared with the counts of earlier windows of the same length by the predictive
distribution of a Gamma-Poisson model: a negative binomial whose spread holds both what we do not know about the
rate and how unevenly things come (over-dispersion). What comes in bursts has heavier tails still, so a burst must
also beat the records of the time before by a margin: on labelled streams of mentions that is what tells a burst
from a lively day. Of many subjects tested at once, Benjamini & Hochberg (1995) say which to believe.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_ITEMS = 3
FEWEST_VOICES = 2
DAYS_NEEDED = 7.0
"""Days of history below which nothing is usual yet."""
_PRIOR = 0.5
"""Items seen before anything was counted (Jeffreys), so that a first mention is not infinitely unusual."""
_RECORD, _MARGIN, _TIMES_MIDDLE = 3, 1.5, 3.0
"""A burst is half above the third-highest count before it, and three times the median."""
_DAILY = 14
"""Windows of history from which on only those of the same hours of the day are compared."""


@dataclass(frozen=True, slots=True)
class Burst:
    """A count beside its usual one. All null without enough history, the multiple also without enough items."""

    usual: float | None
    """Items a window of this length usually holds; 0 when none was counted before, and then there is no multiple."""
    multiple: float | None
    """The count divided by the usual one; null when the count does not stand out."""
    p: float | None
    """Chance of a count this high if nothing had changed."""


def burst(count: int, voices: int, earlier: Sequence[int], *, hours: float) -> Burst:
    """The burst of a count.

    `earlier` are counts of the windows before this one, of the same length of `hours`, newest first, without gaps.
    """
    if hours <= 0 or len(earlier) * hours < DAYS_NEEDED * 24:
        return Burst(None, None, None)
    if not any(earlier):
        return Burst(0.0, None, None)
    compared = _same_hours(earlier, hours)
    usual = (sum(compared) + _PRIOR) / len(compared)
    if count < FEWEST_ITEMS or voices < FEWEST_VOICES or not stands_out(count, compared):
        return Burst(usual, None, None)
    return Burst(usual, count / usual, tail(count, usual, spread(compared), len(compared)))


def _same_hours(earlier: Sequence[int], hours: float) -> Sequence[int]:
    """The windows of the same hours of the day, if a day is a whole number of windows and there are enough of them."""
    if hours >= 24 or 24 % hours:
        return earlier
    a_day = int(24 / hours)
    daily = earlier[a_day - 1 :: a_day]
    return daily if len(daily) >= _DAILY else earlier


def stands_out(count: float, earlier: Sequence[float]) -> bool:
    """Whether a count beats the third-highest of the counts before by half and their median three times over."""
    ordered = sorted(earlier)
    record = ordered[-min(_RECORD, len(ordered))] if ordered else 0.0
    middle = ordered[len(ordered) // 2] if ordered else 0.0
    return count >= _MARGIN * record and count >= _TIMES_MIDDLE * middle


def spread(counts: Sequence[float]) -> float:
    """Variance of counts divided by their mean, at least 1 (Poisson)."""
    if len(counts) < 2:
        return 1.0
    mean = sum(counts) / len(counts)
    if mean <= 0:
        return 1.0
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return max(1.0, variance / mean)


def tail(count: float, usual: float, dispersion: float, windows: int) -> float:
    """P(N >= count) for a negative binomial with mean `usual`, whose variance is `usual` times the over-dispersion and
    the doubt about a mean taken from so many windows.
    """
    from scipy.special import betainc

    if count <= 0:
        return 1.0
    factor = max(1.0 + 1e-9, dispersion * (1.0 + 1.0 / max(1, windows)))
    size = usual / (factor - 1.0)
    chance = float(betainc(count, size, 1.0 - 1.0 / factor))
    return min(1.0, max(0.0, chance)) if math.isfinite(chance) else 1.0


def believable(chances: Sequence[float], *, rate: float = 0.01) -> list[bool]:
    """Which of several tests to believe so that at most `rate` of the believed ones are false (Benjamini-Hochberg)."""
    ordered = sorted(range(len(chances)), key=lambda index: (chances[index], index))
    passed = 0
    for rank, index in enumerate(ordered, start=1):
        if chances[index] <= rate * rank / len(chances):
            passed = rank
    believed = set(ordered[:passed])
    return [index in believed for index in range(len(chances))]

"""Times that step back, end before they start or overlap: how many there are, and what is put right."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.durations import duration as time_of
from bot.domain.transcript import LONGEST_SECONDS, Cue

_LEAST_IN_ORDER = 0.8
_SWAPPED = 3
"""Places by which a piece may be off to be put where its time says; farther off, its time is wrong."""
_GROSS = 10.0
"""Seconds by which a piece must run into the next one to be out of order: captions that roll overlap by a few."""
_OVERLAPPING = 0.05
"""Seconds of overlap that nobody would mend."""
_BEYOND = 60.0
"""Seconds after the end of the recording that a cut or a fade explains."""
_MOST_BEYOND = 0.2
_FEW = 0.01
_HOUR = 3600


def ordered(cues: Sequence[Cue], duration: float | None) -> tuple[list[Cue], list[str]]:
    """The same pieces with starts that never step back and ends that are none before them, and what was wrong.

    Pieces that are a few places off move to where their times say; other times that cannot be right are forgotten, to
    be reckoned from their neighbours.

    Raises:
        ValueError: less than 80 % of the times are in order; much lies beyond twelve hours or the recording's end.
    """
    cues = [_possible(cue) for cue in cues]
    known = [index for index, cue in enumerate(cues) if cue.start is not None]
    if not known:
        return cues, []
    rising = _longest_rising([cues[index].start or 0.0 for index in known])
    in_order = {known[place] for place in rising}
    back = [index for index in known if index not in in_order]
    backward = [index for index in known if _ends_before(cues[index])]
    faulty = {*back, *backward, *_gross_overlaps(cues, known)}
    share = 1 - len(faulty) / len(known)
    if share < _LEAST_IN_ORDER:
        raise ValueError(f"Only {share:.0%} of the transcript's times are in order; at least 80% must be.")
    notes = [
        _counted(len(back), "stepped back"),
        _counted(len(backward), "ended before it started", "ended before they started"),
    ]
    cues = [replace(cue, end=None) if _ends_before(cue) else cue for cue in cues]
    cues = _moved(cues, in_order, back)
    cues, late = _within(cues, duration)
    cues, overlaps = _apart(cues)
    return cues, [note for note in (*notes, *late, _counted(overlaps, "overlapped the next one")) if note]


def _counted(count: int, said: str, many: str | None = None) -> str:
    if not count:
        return ""
    return f"{count} {'time' if count == 1 else 'times'} {said if count == 1 or many is None else many}."


def _possible(cue: Cue) -> Cue:
    """Without times that are no times."""
    start = cue.start if cue.start is not None and math.isfinite(cue.start) and cue.start >= 0 else None
    end = cue.end if start is not None and cue.end is not None and math.isfinite(cue.end) else None
    return cue if (start, end) == (cue.start, cue.end) else replace(cue, start=start, end=end)


def _ends_before(cue: Cue) -> bool:
    return cue.start is not None and cue.end is not None and cue.end < cue.start


def _gross_overlaps(cues: Sequence[Cue], known: Sequence[int]) -> list[int]:
    """Pieces that run far into the next one, which does not step back."""
    found = []
    for index, following in pairwise(known):
        start, end, then = cues[index].start or 0.0, cues[index].end, cues[following].start or 0.0
        if end is not None and start <= then and end > then + _GROSS:
            found.append(index)
    return found


def _longest_rising(values: Sequence[float]) -> list[int]:
    """Indexes of a longest run of values that never fall (Fredman 1975: patience sorting, n log n)."""
    tops: list[float] = []
    places: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        pile = bisect_right(tops, value)
        before.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            places.append(index)
        else:
            tops[pile], places[pile] = value, index
    run: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def _moved(cues: list[Cue], in_order: set[int], back: Sequence[int]) -> list[Cue]:
    """Pieces out of order put where their times say, if that is near, else without their times."""
    if not back:
        return cues
    steady = sorted(in_order)
    starts = [cues[index].start or 0.0 for index in steady]
    keys = [float(index) for index in range(len(cues))]
    for index in back:
        place = bisect_right(starts, cues[index].start or 0.0)
        target = steady[place - 1] if place else -1
        if abs(target - index) <= _SWAPPED:
            keys[index] = target + 0.5
        else:
            cues[index] = replace(cues[index], start=None, end=None)
    order = sorted(range(len(cues)), key=lambda index: (keys[index], cues[index].start or 0.0, index))
    return _rising([cues[index] for index in order])


def _rising(cues: list[Cue]) -> list[Cue]:
    """Without the times that still step back."""
    latest = 0.0
    kept = []
    for cue in cues:
        wrong = cue.start is not None and cue.start < latest
        kept.append(replace(cue, start=None, end=None) if wrong else cue)
        latest = latest if wrong or cue.start is None else cue.start
    return kept


def _within(cues: list[Cue], duration: float | None) -> tuple[list[Cue], list[str]]:
    """Without the few times beyond twelve hours or the end of the recording."""
    starts = [cue.start for cue in cues if cue.start is not None]
    endless = sum(start > LONGEST_SECONDS for start in starts)
    if endless > _FEW * len(starts) or (endless and endless == len(starts)):
        raise ValueError(
            f"The transcript is of a stream of {max(starts) / _HOUR:.0f} hours; at most 12 hours are read."
        )
    limit = float(LONGEST_SECONDS)
    late = 0
    if duration is not None and duration > 0:
        late = sum(start > duration + _BEYOND for start in starts) - sum(
            start > max(limit, duration) for start in starts
        )
        if late > _MOST_BEYOND * len(starts):
            raise ValueError(
                f"The transcript runs to {time_of(max(starts))}, the recording to {time_of(duration)} only: "
                "it must be the transcript of another one."
            )
        limit = min(limit, duration + _BEYOND)
    cues = [replace(cue, start=None, end=None) if cue.start is not None and cue.start > limit else cue for cue in cues]
    cues = [replace(cue, end=None) if cue.end is not None and cue.end > limit else cue for cue in cues]
    notes = [
        _counted(endless, "lay beyond twelve hours"),
        _counted(max(late, 0), "lay beyond the end of the recording"),
    ]
    return cues, notes


def _apart(cues: list[Cue]) -> tuple[list[Cue], int]:
    """Each piece ends where the next one with a time begins, at the latest; how many did not."""
    following: float | None = None
    overlaps = 0
    for index in range(len(cues) - 1, -1, -1):
        cue = cues[index]
        if cue.end is not None and following is not None and cue.end > following:
            overlaps += cue.end > following + _OVERLAPPING
            cues[index] = replace(cue, end=following)
        following = cue.start if cue.start is not None else following
    return cues, overlaps

"""Bursts in streams of mentions: labelled windows hit and false episodes, beside the N-times-the-median rule."""

import csv
import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.burst import spread, stands_out, tail
from tests.bench.row import Row

_WEEK = 7 * 24
_WARM_UP = 2 * 24
"""Hours at the start of a series in which nothing is usual yet."""
_QUIET_HOURS = 24
"""Hours without an alarm that end an episode."""
Rule = Callable[[Sequence[float], int], bool]
"""Whether hour `index` of hourly counts is an alarm, from what came before it."""


def measure(data: Path) -> Iterator[Row]:
    """The curve of ours beside the naive rule."""
    series, windows = _series(data / "mention-bursts")
    days = sum(len(counts) for counts, _ in series.values()) / 24
    total = sum(len(w) for w in windows.values())
    naive = {n: _scored(series, windows, _times_median(n)) for n in (3, 5, 10)}
    beside = "; ".join(f"{n}x median {hit}/{total}, {false} false" for n, (hit, false, _) in naive.items())
    for exponent in (1, 2, 3, 4, 6):
        hit, false, delay = _scored(series, windows, predictive(10.0**-exponent))
        yield Row(
            f"mention bursts over {days:.0f} series-days, p < 1e-{exponent}",
            f"{hit}/{total} hit, {false} false, median delay {delay} h",
            beside if exponent == 1 else "",
            ">= 14 hit, at most half the false ones of 5x" if exponent == 2 else "",
        )


def predictive(level: float) -> Rule:
    """The arithmetic of `burst` on a stream.

    A negative-binomial tail over the hours around the same hour of the days of the last week, and a count that stands
    out of the last two weeks.
    """

    def alarm(counts: Sequence[float], index: int) -> bool:
        if index < _WARM_UP or not stands_out(counts[index], counts[max(0, index - 2 * _WEEK) : index - 1]):
            return False
        near = [index - 24 * day + shift for day in range(1, 8) for shift in (-1, 0, 1)]
        past = [counts[hour] for hour in near if hour >= 0]
        usual = (sum(past) + 0.5) / len(past)
        return tail(counts[index], usual, spread(past), len(past)) < level

    return alarm


def _times_median(times: float) -> Rule:
    def alarm(counts: Sequence[float], index: int) -> bool:
        return index >= _WARM_UP and counts[index] > times * max(
            1.0, statistics.median(counts[max(0, index - _WEEK) : index])
        )

    return alarm


def _series(folder: Path) -> tuple[dict[str, tuple[list[float], datetime]], dict[str, list[tuple[datetime, datetime]]]]:
    labels = json.loads((folder / "labels.json").read_text())
    series, windows = {}, {}
    for path in sorted(folder.glob("*.csv")):
        hours: dict[datetime, float] = defaultdict(float)
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                moment = datetime.fromisoformat(row["timestamp"])
                hours[moment.replace(minute=0, second=0)] += float(row["value"])
        first, last = min(hours), max(hours)
        length = int((last - first) / timedelta(hours=1)) + 1
        series[path.name] = ([hours.get(first + timedelta(hours=h), 0.0) for h in range(length)], first)
        windows[path.name] = [
            (datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in labels[path.name]["windows"]
        ]
    return series, windows


def _scored(
    series: dict[str, tuple[list[float], datetime]], windows: dict[str, list[tuple[datetime, datetime]]], rule: Rule
) -> tuple[int, int, float]:
    """Windows hit, false episodes, median hours from a window's start to its first alarm."""
    hits = false = 0
    delays = []
    for name, (counts, first) in series.items():
        alarms = [first + timedelta(hours=h) for h in range(len(counts)) if rule(counts, h)]
        for start, end in windows[name]:
            inside = [a for a in alarms if start - timedelta(hours=1) <= a <= end]
            hits += bool(inside)
            if inside:
                delays.append((inside[0] - start) / timedelta(hours=1))
        outside = [a for a in alarms if not any(s - timedelta(hours=1) <= a <= e for s, e in windows[name])]
        false += sum(1 for i, a in enumerate(outside) if i == 0 or a - outside[i - 1] > timedelta(hours=_QUIET_HOURS))
    return hits, false, round(statistics.median(delays), 1) if delays else float("nan")

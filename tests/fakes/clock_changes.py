"""Every way in which clocks change in 2026 and 2027, from the tz database that is installed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_START, _END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A zone's offset changes from `before` to `after` at an instant."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def skips(self) -> bool:
        """Whether clocks go forward."""
        return self.after > self.before

    def local_times(self) -> dict[str, time]:
        """Four local times around it: of what is skipped or comes twice, the first minute and the middle; the minutes
        just before and just after.
        """
        walls = [(self.at + offset).replace(tzinfo=None) for offset in (self.before, self.after)]
        first, end = min(walls), max(walls)
        middle = (first + (end - first) / 2).replace(second=0)
        places = {"just before": first - _MINUTE, "first": first, "middle": middle, "just after": end}
        return {name: wall.time() for name, wall in places.items()}


def changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """When a zone's offset changes in the two years."""
    found = []
    day = _START
    while day < _END:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            before, after = day, day + _DAY
            while after - before > _SECOND:
                middle = before + (after - before) // 2 // _SECOND * _SECOND
                if _offset(zone, middle) == _offset(zone, day):
                    before = middle
                else:
                    after = middle
            found.append(Change(after, _offset(zone, before), _offset(zone, after)))
        day += _DAY
    return tuple(found)


@cache
def rule_sets() -> dict[str, tuple[Change, ...]]:
    """Of all zones with the same changes the first by name, and those changes; zones without any are left out."""
    first: dict[tuple[Change, ...], str] = {}
    for name in sorted(available_timezones()):
        if found := changes(ZoneInfo(name)):
            first.setdefault(found, name)
    return {name: found for found, name in first.items()}


def cases() -> Iterator[tuple[str, Change, str, time]]:
    """A zone of each rule set, each change of it, and each local time around that, with its name."""
    for name, found in rule_sets().items():
        for change in found:
            for place, local in change.local_times().items():
                yield name, change, place, local


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()

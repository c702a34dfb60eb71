"""When an edition is due: pure arithmetic on local time.

A schedule is kept as a zone's name, local times and weekdays, never as instants: an instant that was computed last
month is wrong after a zone changed its rules. Cron libraries double or miss slots where clocks change, so none is used.
A slot is due once on each local date:

- A local time that is skipped (clocks go forward over it) is due as far after the last instant before the gap as it
  stands after it: 02:30 in a gap from 02:00 to 03:00 becomes 03:30.
- A local time that comes twice (clocks go back) is due the first time.
- A local date that does not exist (a zone crossed the date line) has no slots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

SlotName = Literal["am", "pm"]
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NOON = time(12)
_FARTHEST = 16
"""Days looked ahead or back for a neighbour: a weekday comes again in seven, or in 14 where its date is missing."""


@dataclass(frozen=True, slots=True, order=True)
class Schedule:
    """Local times of a zone, on some weekdays."""

    zone: str
    """An IANA name, such as `Europe/Berlin`."""
    days: tuple[int, ...] = EVERY_DAY
    """Weekdays in order, Monday 0; at least one."""
    slots: tuple[tuple[SlotName, time], ...] = (("am", time(7)), ("pm", time(18)))
    """Each slot once, with its local time to the minute; at least one, in order of time."""

    def __str__(self) -> str:
        """One line that `parse_schedule` reads: `Europe/Berlin mon,tue am=07:00 pm=18:00`."""
        days = ",".join(DAY_NAMES[day] for day in self.days)
        return " ".join((self.zone, days, *(f"{name}={at:%H:%M}" for name, at in self.slots)))


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One slot on one local date."""

    at: datetime
    """The instant, aware, in UTC."""
    date: date
    slot: SlotName


def parse_schedule(text: str) -> Schedule:
    """A schedule from its line.

    Raises:
        ValueError: it is none.
    """
    zone, days, *slots = text.split(" ")
    pairs: list[tuple[SlotName, time]] = []
    for slot in slots:
        name, _, at = slot.partition("=")
        if name not in {"am", "pm"}:
            raise ValueError(f"{name!r} is no slot")
        pairs.append(("am" if name == "am" else "pm", time.fromisoformat(at)))
    schedule = Schedule(zone, tuple(DAY_NAMES.index(day) for day in days.split(",")), tuple(pairs))
    if not pairs or len(dict(pairs)) < len(pairs) or str(schedule) != text:
        raise ValueError(f"{text!r} is no schedule")
    return schedule


def instant_of(day: date, at: time, zone: tzinfo) -> datetime | None:
    """The instant at which a local time is due on a local date; None where the zone has no such date."""
    noon = datetime.combine(day, _NOON, zone)
    if noon.astimezone(UTC).astimezone(zone).date() != day:
        return None
    # Without a fold, a local time that comes twice is the first of the two, and a skipped one counts by the offset
    # that was in force before the gap: both are what we want.
    return datetime.combine(day, at, zone).astimezone(UTC)


def dues(schedule: Schedule, zone: tzinfo, after: datetime, until: datetime) -> Iterator[Due]:
    """Every slot that is due in (after, until], in order of time. `zone` is the schedule's, by the rules of now."""
    day = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date() + timedelta(days=1)
    found: list[Due] = []
    while day <= last:
        if day.weekday() in schedule.days:
            for slot, at in schedule.slots:
                instant = instant_of(day, at, zone)
                if instant is not None and after < instant <= until:
                    found.append(Due(instant, day, slot))
        day += timedelta(days=1)
    yield from sorted(found)


def next_due(schedule: Schedule, zone: tzinfo, after: datetime) -> Due:
    """The first slot that is due strictly after an instant."""
    return next(iter(dues(schedule, zone, after, after + timedelta(days=_FARTHEST))))


def previous_due(schedule: Schedule, zone: tzinfo, before: datetime) -> Due:
    """The last slot that is due strictly before an instant."""
    start = before - timedelta(days=_FARTHEST)
    return max(due for due in dues(schedule, zone, start, before) if due.at < before)

"""Schedules as people write them: read, checked, and what is worth knowing about them told in words.

The command line, the operator's file of desks and the platforms all say the same of the same mistake.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.timetable import DAY_NAMES, Schedule, instant_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_DAY = 3
_LOCAL_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_LONGEST_NAME = 60
"""Characters of a wrong name that a message shows."""
_NEAR = 80.0
"""Likeness, of 100, from which a name is worth suggesting."""
_AS_NEAR = 5.0
_MOST_NEAR = 3
_NOTED = timedelta(days=2 * 366)
"""How far ahead skipped hours are looked for."""


def days_from(text: str) -> tuple[int, ...]:
    """Weekdays in order, Monday 0, from names and ranges: `mon-fri`, `mon,wed,fri`, `fri-mon`.

    Numbers are not taken: half of the world begins the week on Sunday, and programs count from 0 or from 1.

    Raises:
        ValueError: something in it is no weekday.
    """
    chosen: set[int] = set()
    wrong: list[str] = []
    for part in text.split(","):
        first, *others = (_weekday(name) for name in part.split("-", 1))
        last = others[0] if others else first
        if first is None or last is None:
            wrong.append(_quoted(part.strip()))
        else:
            chosen.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    if wrong:
        are = "is no weekday" if len(wrong) == 1 else "are no weekdays"
        raise ValueError(f"{', '.join(wrong)} {are}; write names such as mon-fri or mon,wed,fri")
    return tuple(sorted(chosen))


def _weekday(name: str) -> int | None:
    """A weekday by its English name or at least the first three letters of it."""
    name = name.strip().casefold()
    matches = [number for number, full in enumerate(_WEEKDAYS) if len(name) >= _SHORTEST_DAY and full.startswith(name)]
    return matches[0] if matches else None


def local_time_from(text: str) -> time:
    """A time of day to the minute, `07:30`, as a clock on the wall shows it.

    Raises:
        ValueError: it is none.
    """
    found = _LOCAL_TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 60)
    if hour >= 24 or minute >= 60:
        raise ValueError(f"{_quoted(text)} is no time of day; write one such as 07:30 or 18:00")
    return time(hour, minute)


def days_in_words(days: Iterable[int]) -> str:
    """Weekdays as people write them, and as `days_from` reads them: `mon-fri`, `mon,wed,fri`, `fri-mon`."""
    chosen = sorted(set(days))
    gaps = [day for day in chosen if (day - 1) % 7 not in chosen]
    if len(chosen) > 2 and len(gaps) <= 1:
        first = gaps[0] if gaps else 0
        return f"{DAY_NAMES[first]}-{DAY_NAMES[(first + len(chosen) - 1) % 7]}"
    return ",".join(DAY_NAMES[day] for day in chosen)


def zone_named(name: str, *, fresh: bool = False) -> tzinfo | None:
    """The time zone of a name; None where there is none. `fresh`: by the rules of now, read again."""
    try:
        return ZoneInfo.no_cache(name) if fresh else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def unknown_zone(name: str) -> str:
    """What to say of a name that no time zone has."""
    near = _near_zones(name)
    hint = f"near it: {', '.join(near)}" if near else "write one such as Europe/Berlin"
    return f"{_quoted(name)} is no time zone; {hint}"


def _near_zones(name: str) -> list[str]:
    """Zones that may have been meant, the nearest first: by the whole name, or by the city alone."""
    from rapidfuzz import fuzz

    typed = name[:_LONGEST_NAME].casefold().replace(" ", "_")
    scored = [
        (max(fuzz.ratio(typed, whole), fuzz.ratio(typed, whole.rpartition("/")[2])), zone)
        for zone, whole in _zone_names()
    ]
    best = max((score for score, _ in scored), default=0.0)
    near = [(-score, zone) for score, zone in scored if score >= max(_NEAR, best - _AS_NEAR)]
    return [zone for _, zone in sorted(near)][:_MOST_NEAR]


@cache
def _zone_names() -> list[tuple[str, str]]:
    # Etc/GMT+2 is two hours *behind* Greenwich: nobody who types GMT+2 means it, or GMT+0.
    return sorted((zone, zone.casefold()) for zone in available_timezones() if "GMT" not in zone)


def mistakes_of(schedule: Schedule, zone: tzinfo | None) -> list[str]:
    """Everything that is wrong with a schedule, in words; `zone` is the one it names, None where there is none."""
    return [
        *([] if zone else [unknown_zone(schedule.zone)]),
        *_wrong_days(schedule.days),
        *_wrong_slots(schedule),
    ]


def _wrong_days(days: tuple[int, ...]) -> Iterator[str]:
    if not days:
        yield "no weekday is chosen; write names such as mon-fri"
    if any(day not in range(7) for day in days) or list(days) != sorted(set(days)):
        yield "weekdays are 0 (Monday) to 6, in order, each once"


def _wrong_slots(schedule: Schedule) -> Iterator[str]:
    if not schedule.slots:
        yield "am and pm are both off; leave one of them, or pause or unsubscribe"
    for name, at in schedule.slots:
        if at.replace(second=0, microsecond=0, tzinfo=None) != at:
            yield f"{name} {at} is not a time of day to the minute; write one such as 07:30"
    slots = dict(schedule.slots)
    if tuple(name for name, _ in schedule.slots) not in {(), ("am",), ("pm",), ("am", "pm")}:
        yield "slots are am and pm, in order, each at most once"
    elif len(slots) == 2 and slots["am"] >= slots["pm"]:
        yield f"am {slots['am']:%H:%M} is not before pm {slots['pm']:%H:%M}; change one of them or switch it off"


def notes_of(schedule: Schedule, zone: tzinfo, today: date) -> list[str]:
    """Dates in the next two years on which a slot's local time does not exist, and when it will be instead.

    `on 2027-03-28 02:30 does not exist in Europe/Berlin: it will be 03:30`. These are no mistakes: nothing is lost.
    """
    dates = (today + timedelta(days=ahead) for ahead in range(_NOTED.days))
    notes = (
        _note(day, at, zone, schedule.zone)
        for day in dates
        if day.weekday() in schedule.days
        for _, at in schedule.slots
    )
    return list(dict.fromkeys(note for note in notes if note))


def _note(day: date, at: time, zone: tzinfo, name: str) -> str | None:
    instant = instant_of(day, at, zone)
    if instant is None:
        return f"{day} does not exist in {name}: there is no edition of that date"
    local = instant.astimezone(zone).replace(tzinfo=None)
    if local == datetime.combine(day, at):
        return None
    instead = f"{local:%H:%M}" if local.date() == day else f"{local:%H:%M} on {local.date()}"
    return f"on {day} {at:%H:%M} does not exist in {name}: it will be {instead}"


def local_midnight(day: date, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which a local date begins; of a date that does not exist, the one at which it would."""
    return instant_of(day, time(), zone) or datetime.combine(day, time(), zone).astimezone(UTC)


def _quoted(text: str) -> str:
    """A wrong word as it was typed, shortened, its control characters shown."""
    return repr(text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]} and so on")

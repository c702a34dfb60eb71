"""How subscriptions are printed: one in full, several in a table, each with when its next edition comes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from adapters.catalog import PLATFORMS
from adapters.cli.output import Format, Part, Table, show
from bot.domain.place import Place
from bot.domain.schedules import days_in_words, notes_of, zone_named
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.timetable import DAY_NAMES, EVERY_DAY, Due, Schedule

if TYPE_CHECKING:
    from bot.bootstrap import Application

_SLOTS = {"am": "morning", "pm": "evening"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A subscription and what is to be said of it."""

    own: Subscription
    due: Due | None
    """The slot it gets next."""
    paused: bool
    warnings: tuple[str, ...] = ()
    """Why nothing comes."""
    notes: tuple[str, ...] = ()
    """Dates on which it comes at another time."""

    @property
    def zone(self) -> tzinfo:
        """Its time zone; UTC where this machine does not know it."""
        return zone_named(self.own.schedule.zone) or UTC


async def look(parts: "Application", *subscriptions: Subscription) -> list[Seen]:
    """Subscriptions as they stand now."""
    now = parts.clock.now()
    upcoming = await parts.subscribe.upcoming(subscriptions)
    return [_seen(own, upcoming[own.id], now, parts.desks) for own in subscriptions]


def _seen(own: Subscription, due: Due | None, now: datetime, desks: Collection[str]) -> Seen:
    name = own.schedule.zone
    zone = zone_named(name)
    platform = own.place.platform
    wrong = [
        *([] if platform in PLATFORMS else [f"This version does not post to {platform} yet: nothing comes."]),
        *([] if zone else [f"The time zone {name} is not known on this machine: nothing comes until it is changed."]),
        *([] if own.desk in desks else [f"The desk {own.desk} is no more: nothing comes."]),
    ]
    notes = notes_of(own.schedule, zone, (due.at if due else now).astimezone(zone).date()) if zone else []
    return Seen(own, due, own.paused_at(now), tuple(wrong), tuple(notes))


def print_one(said: str, seen: Seen, form: Format, *, with_notes: bool = False) -> None:
    """A sentence, one subscription in full, and with notes what is worth knowing about its times."""
    rows = [
        ("id", seen.own.id),
        ("place", place_in_words(seen.own.place)),
        ("desk", seen.own.desk),
        ("times", _times(seen.own.schedule)),
        ("days", _days(seen.own.schedule)),
        ("zone", seen.own.schedule.zone),
        ("language", seen.own.language),
        *((f"option {name}", value) for name, value in seen.own.options),
        *([("paused", _paused(seen))] if seen.paused else []),
        ("next edition", _next(seen)),
    ]
    parts: list[Part] = [said, Table(("setting", "value"), tuple(rows))]
    said_too = [*seen.warnings, *(f"Note: {note}." for note in seen.notes if with_notes)]
    if said_too:
        parts.append("\n".join(said_too))
    show(parts, data_of(seen), form)


def print_all(subscriptions: list[Seen], form: Format) -> None:
    """All subscriptions in a table; without one, how to make the first."""
    data = {"subscriptions": [data_of(seen) for seen in subscriptions]}
    if not subscriptions:
        show(["Nothing is subscribed yet. To bring the editions to this terminal: counterpoint subscribe"], data, form)
        return
    rows = tuple(
        (seen.own.id, place_in_words(seen.own.place), seen.own.desk, f"{in_words(seen.own)}; {_coming(seen)}")
        for seen in subscriptions
    )
    warnings = [f"{seen.own.id}: {warning}" for seen in subscriptions for warning in seen.warnings]
    parts: list[Part] = [Table(("id", "place", "desk", "editions"), rows)]
    show([*parts, *(["\n".join(warnings)] if warnings else [])], data, form)


def in_words(own: Subscription) -> str:
    """When and how its editions come: `mon-fri 07:00 and 18:00 Europe/Berlin, in en`."""
    times = " and ".join(f"{at:%H:%M}" for _, at in own.schedule.slots)
    return f"{_days(own.schedule)} {times} {own.schedule.zone}, in {own.language}"


def place_in_words(place: Place) -> str:
    """A place as people write it: `discord:1234`."""
    return f"{place.platform}:{place.id}{f' in thread {place.thread}' if place.thread else ''}"


def instant_in_words(at: datetime, zone: tzinfo, name: str) -> str:
    """An instant on the clock of a zone, and in UTC: `Mon 23 Nov 2026, 07:00 Europe/Berlin (06:00 UTC)`."""
    local, universal = at.astimezone(zone), at.astimezone(UTC)
    said = f"{local:%a} {local.day} {local:%b %Y, %H:%M} {name}"
    if name == "UTC":
        return said
    day = "" if local.date() == universal.date() else f"{universal.day} {universal:%b}, "
    return f"{said} ({day}{universal:%H:%M} UTC)"


def pause_in_words(seen: Seen) -> str:
    """Until when it is paused."""
    until = seen.own.paused_until
    if until is None or until == FOR_GOOD:
        return "until it is resumed"
    return f"until {instant_in_words(until, seen.zone, seen.own.schedule.zone)}"


def data_of(seen: Seen) -> dict[str, Any]:
    """A subscription as data for programs: instants in UTC, times of day as on the wall of its zone."""
    own, until = seen.own, seen.own.paused_until
    pause = {"until": None if until in {None, FOR_GOOD} else _iso(until), "reason": own.pause_reason}
    return {
        "id": own.id,
        "tenant": own.tenant,
        "place": {"platform": own.place.platform, "id": own.place.id, "thread": own.place.thread},
        "desk": own.desk,
        "schedule": {
            "zone": own.schedule.zone,
            "days": [DAY_NAMES[day] for day in own.schedule.days],
            **{name: _time(own.schedule, name) for name in _SLOTS},
        },
        "language": own.language,
        "options": dict(own.options),
        "since": _iso(own.since),
        "paused": pause if seen.paused else None,
        "next": None
        if seen.due is None
        else {
            "slot": seen.due.slot,
            "date": seen.due.date.isoformat(),
            "at": _iso(seen.due.at),
            "local": seen.due.at.astimezone(seen.zone).isoformat(),
        },
        "warnings": list(seen.warnings),
        "notes": list(seen.notes),
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _time(schedule: Schedule, slot: str) -> str | None:
    return next((f"{at:%H:%M}" for name, at in schedule.slots if name == slot), None)


def _times(schedule: Schedule) -> str:
    return ", ".join(f"{name} {_time(schedule, name) or 'off'}" for name in _SLOTS)


def _days(schedule: Schedule) -> str:
    return "every day" if schedule.days == EVERY_DAY else days_in_words(schedule.days)


def _paused(seen: Seen) -> str:
    return f"{pause_in_words(seen)}{f': {seen.own.pause_reason}' if seen.own.pause_reason else ''}"


def _next(seen: Seen) -> str:
    if seen.due is None:
        return "none while it is paused" if seen.paused else "none"
    return f"{_SLOTS[seen.due.slot]}, {instant_in_words(seen.due.at, seen.zone, seen.own.schedule.zone)}"


def _coming(seen: Seen) -> str:
    coming = "" if seen.due is None else f"next {instant_in_words(seen.due.at, seen.zone, seen.own.schedule.zone)}"
    paused = f"paused {_paused(seen)}" if seen.paused else ""
    return "; ".join(part for part in (paused, coming) if part) or "nothing comes"

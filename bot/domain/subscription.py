"""Which place receives which desk's editions, and when."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from bot.domain.place import Place
from bot.domain.timetable import Schedule, SlotName

FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)
"""Paused until somebody resumes it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place that receives a desk's editions, in its own zone, slots and language."""

    id: str
    tenant: str
    """The server or workspace it belongs to, such as `discord:1234`; `console` for the terminal."""
    place: Place
    desk: str
    schedule: Schedule
    language: str
    since: datetime
    """When it was made: nothing due before is owed to it."""
    options: tuple[tuple[str, str], ...] = ()
    """What the platform's adapter understands, such as a role to mention; sorted by name, each once."""
    paused_until: datetime | None = None
    """Slots due before this instant are skipped; `FOR_GOOD` until somebody resumes it."""
    pause_reason: str | None = None

    def paused_at(self, instant: datetime) -> bool:
        """Whether a slot due at this instant is skipped."""
        return self.paused_until is not None and instant < self.paused_until


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; what is None stays as it is."""

    zone: str | None = None
    days: tuple[int, ...] | None = None
    am: time | Literal["off"] | None = None
    pm: time | Literal["off"] | None = None
    language: str | None = None
    options: Mapping[str, str] | None = None
    """The options to set; one set to nothing is taken away."""

    def applied(self, schedule: Schedule) -> Schedule:
        """The schedule as it is to be; it may have mistakes."""
        slots: list[tuple[SlotName, time]] = []
        before = dict(schedule.slots)
        wanted: tuple[tuple[SlotName, time | Literal["off"] | None], ...] = (("am", self.am), ("pm", self.pm))
        for name, at in wanted:
            chosen = before.get(name) if at is None else at
            if chosen is not None and chosen != "off":
                slots.append((name, chosen))
        days = schedule.days if self.days is None else self.days
        return Schedule(self.zone or schedule.zone, days, tuple(slots))


def subscription_id(place: Place, desk: str) -> str:
    """12 hex digits that stand for a desk in a place, whose id names its tenant where it is unique in one only:
    subscribing twice is one subscription.
    """
    parts = (place.platform, place.id, place.thread or "", desk)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

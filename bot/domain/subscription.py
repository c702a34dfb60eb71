"""Which place receives which desk's editions, and when."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.place import Place
from bot.domain.timetable import Schedule

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


def subscription_id(place: Place, desk: str) -> str:
    """12 hex digits that stand for a desk in a place: subscribing twice is one subscription."""
    parts = (place.platform, place.id, place.thread or "", desk)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

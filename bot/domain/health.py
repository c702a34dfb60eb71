"""How a source is doing, in words for the person who runs the bot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """The state of a source after a gather."""

    OK = "ok"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    DOWN = "down"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between gathers."""

    key: str
    cursor: str | None = None
    """Opaque JSON owned by the source adapter."""
    state: Health = Health.OK
    reason: str | None = None
    """Why it is down, moved or silent, in words."""
    since: datetime | None = None
    """Since when it is down; null while it answers."""
    first_gathered: datetime | None = None
    last_gathered: datetime | None = None
    retry_at: datetime | None = None
    """Not to be asked again before this."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One line of `counterpoint gather`."""

    thinker: str
    type: str
    address: str
    state: Health
    items_seen: int
    items_new: int
    reason: str | None
    since: datetime | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class GatherReport:
    """What `counterpoint gather` did."""

    sources: tuple[SourceReport, ...]
    items_new: int

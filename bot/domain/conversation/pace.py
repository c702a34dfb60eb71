"""How often one person may ask, so that one cannot use up the bot for all."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_MOST_PEOPLE = 10_000
"""People remembered; whoever was silent longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """Answers one person gets within a minute and within a day; both at least 1."""

    minute: int = 12
    day: int = 200


@dataclass(frozen=True, slots=True)
class Spent:
    """A limit that is reached."""

    span: Literal["minute", "day"]
    most: int
    until: datetime
    told: bool
    """They were told already: once is kind, each time is noise."""


@dataclass(slots=True)
class _Asker:
    times: deque[datetime] = field(default_factory=deque)
    told_until: datetime | None = None


class Pace:
    """Counts answers by person, in memory: a restart forgives everyone."""

    def __init__(self, limits: PaceLimits) -> None:
        self._limits = limits
        self._askers: OrderedDict[str, _Asker] = OrderedDict()

    def ask(self, person: str, now: datetime) -> Spent | None:
        """Count one question; what is spent when it is one too many (it then counts for nothing)."""
        asker = self._askers.setdefault(person, _Asker())
        self._askers.move_to_end(person)
        if len(self._askers) > _MOST_PEOPLE:
            self._askers.popitem(last=False)
        while asker.times and asker.times[0] <= now - _DAY:
            asker.times.popleft()
        spent = self._spent(asker, now)
        if spent is None:
            asker.times.append(now)
            asker.told_until = None
        else:
            asker.told_until = spent.until
        return spent

    def _spent(self, asker: _Asker, now: datetime) -> Spent | None:
        told = asker.told_until is not None and asker.told_until > now
        if len(asker.times) >= self._limits.day:
            return Spent("day", self._limits.day, asker.times[-self._limits.day] + _DAY, told)
        recent = [time for time in asker.times if time > now - _MINUTE]
        if len(recent) >= self._limits.minute:
            return Spent("minute", self._limits.minute, recent[-self._limits.minute] + _MINUTE, told)
        return None

"""How long a task that failed is held back: one second, then twice as long each time, five minutes at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports.work import Kind

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)
"""A failure is forgotten after this long without another."""
_MOST_DOUBLINGS = 16

Name = tuple[Kind, str]
"""What makes a task the same task: its kind and key."""


@dataclass(frozen=True, slots=True)
class _Setback:
    times: int
    at: datetime

    @property
    def hold(self) -> timedelta:
        """How long the task is held back from the failure on."""
        # Doubling has an end: a task may fail for years.
        return min(FIRST * (1 << min(self.times - 1, _MOST_DOUBLINGS)), LONGEST)


class Setbacks:
    """What failed lately, the newest failure last."""

    def __init__(self) -> None:
        self._of: dict[Name, _Setback] = {}

    def failed(self, name: Name, now: datetime) -> None:
        """Note a failure."""
        before = self._of.pop(name, None)
        self._of[name] = _Setback(before.times + 1 if before else 1, now)
        while self._old(oldest := next(iter(self._of)), now):
            del self._of[oldest]

    def succeeded(self, name: Name) -> None:
        """Forget the failures of a task."""
        self._of.pop(name, None)

    def hold(self, name: Name, now: datetime) -> timedelta:
        """How much longer a task is held back; nothing for one that may begin.

        Never longer than the failure calls for: a clock that was put back must not hold a task for hours.
        """
        if name not in self._of:
            return timedelta()
        setback = self._of[name]
        return max(timedelta(), min(setback.at + setback.hold - now, setback.hold))

    def _old(self, name: Name, now: datetime) -> bool:
        return now - self._of[name].at > FORGOTTEN

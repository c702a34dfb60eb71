"""A few values that are remembered for a while: what Slack said of places and people."""

from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.ports.clock import Clock

T = TypeVar("T")


class Fresh(Generic[T]):
    """At most `most` values, the oldest forgotten first, each believed for `lasts`."""

    def __init__(self, clock: Clock, *, lasts: timedelta, most: int) -> None:
        self._clock = clock
        self._lasts = lasts
        self._most = most
        self._kept: dict[str, tuple[datetime, T]] = {}

    def get(self, name: str) -> T | None:
        """What is remembered under a name and is fresh."""
        at, value = self._kept.get(name, (None, None))
        return value if at is not None and timedelta() <= self._clock.now() - at < self._lasts else None

    def stale(self, name: str) -> T | None:
        """The same, however old it is: better than nothing while Slack does not answer."""
        return self._kept.get(name, (None, None))[1]

    def put(self, name: str, value: T) -> T:
        """Remember it from now on; gives it back."""
        self._kept.pop(name, None)
        while len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[name] = (self._clock.now(), value)
        return value

    def forget(self, name: str) -> None:
        """It is not so any more."""
        self._kept.pop(name, None)

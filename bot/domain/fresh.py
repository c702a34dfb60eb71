"""What was looked up is remembered for a while, so that many who ask the same cost little more than one."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Tells(Protocol):
    """Knows the time (the port `Clock`)."""

    def now(self) -> datetime:
        """The present instant."""
        ...


class Fresh(Generic[T]):
    """At most `most` values, the oldest forgotten first, each believed for `lasts`."""

    def __init__(self, clock: Tells, *, lasts: timedelta, most: int) -> None:
        self._clock = clock
        self._lasts = lasts
        self._most = most
        self._kept: dict[Hashable, tuple[datetime, T]] = {}

    def get(self, name: Hashable) -> T | None:
        """What is remembered under a name and is fresh."""
        at, value = self._kept.get(name, (None, None))
        return value if at is not None and timedelta() <= self._clock.now() - at < self._lasts else None

    def stale(self, name: Hashable) -> T | None:
        """The same, however old it is: better than nothing while nobody answers."""
        return self._kept.get(name, (None, None))[1]

    def put(self, name: Hashable, value: T) -> T:
        """Remember it from now on; gives it back."""
        self._kept.pop(name, None)
        while len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[name] = (self._clock.now(), value)
        return value

    def forget(self, name: Hashable) -> None:
        """It is not so any more."""
        self._kept.pop(name, None)

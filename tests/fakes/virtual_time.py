"""An event loop on which waiting takes no time, and a clock on the wall beside it that a test can put anywhere."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
DAWN = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


class _Leaping(selectors.DefaultSelector):
    """Does not wait until something happens: lets the time pass at once."""

    seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready, after as long as there is nothing else to do."""
        if timeout is None:
            raise RuntimeError("nothing will ever happen again")
        self.seconds += max(0.0, timeout)
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose seconds pass when there is nothing to do."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)
        # A timer is ready that is so near: after months, a second's floating-point number has no room for less.
        self._clock_resolution = 1e-6

    def time(self) -> float:
        """Seconds since it began."""
        return self._leaping.seconds

    def timers(self) -> int:
        """How many still wait to ring."""
        waiting: list[asyncio.TimerHandle] = getattr(self, "_scheduled")  # noqa: B009  # unknown to the types
        return sum(not handle.cancelled() for handle in waiting)

    def block(self, duration: timedelta) -> None:
        """Let time pass while nothing runs: somebody computes on the loop's thread."""
        self._leaping.seconds += duration.total_seconds()


class Wall:
    """The machine's clock: shows the loop's time, from `DAWN` on, until somebody puts it forward or back."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self.put_by = timedelta()

    def now(self, zone: tzinfo | None = UTC) -> datetime:
        """What it shows."""
        return (DAWN + timedelta(seconds=self._loop.time()) + self.put_by).astimezone(zone)


def run_virtually(monkeypatch: pytest.MonkeyPatch, story: Callable[[VirtualLoop, Wall], Coroutine[Any, Any, T]]) -> T:
    """Run what `story` makes of the loop and the wall; APScheduler looks at this wall."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        wall = Wall(loop)

        class Shown(datetime):
            now = wall.now  # type: ignore[assignment]  # a method bound to the wall

        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Shown)
        return runner.run(story(loop, wall))

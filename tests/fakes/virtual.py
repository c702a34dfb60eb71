"""Time that passes only while everybody waits: hours of pacing in seconds, to the microsecond the same every time.

For code that waits by asyncio alone. What is done in threads or over sockets takes no virtual time at all, or waits
for what is never sent: use it with what lives in memory.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):
    """Instead of waiting for a while, lets the while be over."""

    def __init__(self) -> None:
        super().__init__()
        self.instant = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0 if timeout is not None else None)
        if not ready and timeout:
            self.instant += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own, which begins at 0."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds that have passed."""
        return self._jumping.instant


class VirtualClock:
    """The time of the running virtual loop."""

    still = False

    def __init__(self, start: datetime = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)) -> None:
        self._start = start

    def now(self) -> datetime:
        """The present instant."""
        return self._start + timedelta(seconds=asyncio.get_running_loop().time())

    async def sleep(self, duration: timedelta) -> None:
        """Wait; nothing to wait for (zero or less) still lets others run once."""
        await asyncio.sleep(max(0.0, duration.total_seconds()))


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this to its end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)

"""A clock on the time of a virtual loop, and tests that run on one: waiting takes no time, and order is kept."""

import asyncio
import functools
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from tests.fakes.virtual_time import VirtualLoop

P = ParamSpec("P")
T = TypeVar("T")


class LoopClock:
    """A running clock that shows `origin` when its loop begins."""

    still = False

    def __init__(self, origin: datetime = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)) -> None:
        self.origin = origin

    def now(self) -> datetime:
        """The virtual instant."""
        return self.origin + timedelta(seconds=asyncio.get_running_loop().time())

    async def sleep(self, duration: timedelta) -> None:
        """Wait, in no time."""
        await asyncio.sleep(max(0.0, duration.total_seconds()))


def in_virtual_time(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def virtually(test: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """A test that runs in virtual time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return in_virtual_time(test(*args, **kwargs))

    return run

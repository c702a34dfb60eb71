"""Ways to wait: for some work side by side, for one thing to its very end, for whatever is done by a deadline."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.ports.clock import Clock

T = TypeVar("T")
_GLANCE = timedelta(seconds=30)
"""How often the clock is looked at again: it may have been put right meanwhile."""


async def side_by_side(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    """What all of it gives, in its order; the rest is ended when one of it fails, or nobody waits any more."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        await _end(tasks)


async def surely(work: Coroutine[Any, Any, T]) -> T:
    """The result of work that is done to its end, also if who waits for it is cancelled."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


async def in_time(tasks: Sequence["asyncio.Task[Any]"], clock: Clock, deadline: datetime | None) -> None:
    """Until all are done or the deadline is there; none of them runs on after it, and what they raised is with them.

    Without a deadline, and on a clock that stands still, there is no end to the time.
    """
    done = asyncio.gather(*tasks, return_exceptions=True)
    over = asyncio.create_task(_passing(clock, deadline))
    try:
        await asyncio.wait((done, over), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _end([*tasks, over])


async def _passing(clock: Clock, deadline: datetime | None) -> None:
    if deadline is None or clock.still:
        await asyncio.Event().wait()
    else:
        while (left := deadline - clock.now()) > timedelta():
            await clock.sleep(min(left, _GLANCE))


async def _end(tasks: Sequence["asyncio.Task[Any]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

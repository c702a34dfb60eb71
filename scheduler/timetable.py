"""What wakes the tick: APScheduler for the instants it asks for, and a sweep that no clock decides.

APScheduler only rings a bell: it holds one date job, replaced after every tick, so that no rule of its own (misfires,
repeats, clock changes) can lose or double anything. It sleeps by the machine's clock of the moment, and a clock that is
put back would leave it asleep for as long; so the sweep counts seconds by itself, and after each of them everything is
looked at and set anew.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports.events import Events
from bot.ports.timetable import Tick
from scheduler.failures import in_words

SWEEP = timedelta(seconds=10)
_JOB = "wake"


class Wakes:
    """The timetable of a process that runs."""

    def __init__(self, events: Events, sweep: timedelta = SWEEP) -> None:
        """Prepare; nothing runs yet. `sweep` is the longest time between two ticks."""
        self._events = events
        self._sweep = sweep.total_seconds()

    async def run(self, tick: Tick) -> None:
        """Call `tick` at once, at each instant it asks for and at every sweep, until cancelled; never two at a time.

        A wake while a tick runs leads to one more tick right after it. A tick that raises is reported, and the next one
        comes with the sweep. An instant is rung for once: a tick that asks for it again, because it could not do what
        was due, waits for the sweep. Cancelling cancels a tick that runs.
        """
        bell = _Bell()
        try:
            while True:
                bell.silence()
                bell.set(await self._ticked(tick))
                await bell.heard(self._sweep)
        finally:
            await bell.close()

    async def _ticked(self, tick: Tick) -> datetime | None:
        try:
            return await tick()
        except asyncio.CancelledError as error:
            if _cancelled():
                raise
            failure: BaseException = error  # something the tick waited for was cancelled, not we
        except Exception as error:  # noqa: BLE001  # the supervisor: whatever broke, the next tick looks at everything anew
            failure = error
        self._events.warn("tick_failed", error=in_words(failure))
        return None


class _Bell:
    """Rings at one instant; APScheduler's home."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._last: datetime | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # By default a job that is more than a second late is dropped without a word.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.start()

    def silence(self) -> None:
        """Forget that it rang."""
        self._rung.clear()

    def set(self, instant: datetime | None) -> None:
        """Ring at this instant and at no other; at none for None, or if it has rung for this one already."""
        if instant is None or instant == self._last:
            if self._scheduler.get_job(_JOB) is not None:
                self._scheduler.remove_job(_JOB)
            return
        self._scheduler.add_job(self._ring, "date", run_date=instant, args=(instant,), id=_JOB, replace_existing=True)

    async def heard(self, most: float) -> None:
        """Wait until it rings, `most` seconds at most."""
        try:
            async with asyncio.timeout(most):
                await self._rung.wait()
        except TimeoutError:
            return

    async def close(self) -> None:
        """Never ring again."""
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it ends in the next turn of the loop

    async def _ring(self, instant: datetime) -> None:
        self._last = instant
        self._rung.set()


def _cancelled() -> bool:
    """Whether somebody cancelled the task we are in."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0

"""The work is done in this process: the default, and all that one machine needs.

Nothing of it is kept: what is to be done stands in the store, and the timetable puts it again after a crash.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.work import Do, Kind, Task
from scheduler.failures import in_words
from scheduler.work.setbacks import Name, Setbacks
from scheduler.work.waiting import Waiting

AT_ONCE: Mapping[Kind, int] = MappingProxyType({"gather": 16, "build": 4, "deliver": 128, "announce": 1})
"""How many tasks of each kind are done at the same time; no kind waits for another."""


class Here:
    """Work on the event loop of this process."""

    def __init__(self, clock: Clock, events: Events, at_once: Mapping[Kind, int] = AT_ONCE) -> None:
        """Prepare; nothing is done before `run`. Kinds that `at_once` does not name keep their usual number."""
        self._clock = clock
        self._events = events
        self._at_once: dict[Kind, int] = {**AT_ONCE, **at_once}
        self._waiting = Waiting(self._at_once)
        self._setbacks = Setbacks()
        self._known: set[Name] = set()
        """Tasks that wait, are held back or run."""
        self._running: dict[Kind, int] = dict.fromkeys(self._at_once, 0)
        # Dictionaries for sets: what is cancelled at the end is cancelled in the order in which it began.
        self._under_way: dict[asyncio.Task[None], None] = {}
        self._held_back: dict[asyncio.Task[None], None] = {}
        self._do: Do | None = None
        self._stopping = False
        self._over = asyncio.Event()

    async def put(self, task: Task) -> None:
        """Have a task done soon; one that waits or runs already is the same task. After `stop` nothing is taken.

        One that has failed waits until it may begin again; others pass it meanwhile.
        """
        name = (task.kind, task.key)
        if self._stopping or name in self._known:
            return
        self._known.add(name)
        hold = self._setbacks.hold(name, self._clock.now())
        if hold:
            held = asyncio.create_task(self._hold_back(task, hold), name=f"held back: {task.kind} {task.key}")
            self._held_back[held] = None
            held.add_done_callback(self._held_back.pop)
        else:
            self._admit(task)

    async def run(self, do: Do) -> None:
        """Do tasks until `stop`; cancelled, it cancels them and waits for their end."""
        self._do = do
        try:
            for kind in self._at_once:
                self._begin(kind)
            await self._over.wait()
        finally:
            await self._end(timedelta())

    async def stop(self, patience: timedelta) -> None:
        """Begin nothing more; wait for what is under way, and cancel what is not done after `patience`."""
        await self._end(patience)
        self._over.set()

    async def _end(self, patience: timedelta) -> None:
        self._stopping = True
        for held in self._held_back:
            held.cancel()
        if self._under_way and patience:
            await asyncio.wait(self._under_way, timeout=patience.total_seconds())
        left = [*self._under_way, *self._held_back]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    async def _hold_back(self, task: Task, hold: timedelta) -> None:
        # A length of time, not an instant: a clock that jumps changes nothing.
        await self._clock.sleep(hold)
        self._admit(task)

    def _admit(self, task: Task) -> None:
        self._waiting.put(task)
        self._begin(task.kind)

    def _begin(self, kind: Kind) -> None:
        """Begin as many tasks of a kind as may run."""
        while self._do and not self._stopping and self._running[kind] < self._at_once[kind]:
            task = self._waiting.take(kind)
            if task is None:
                return
            self._running[kind] += 1
            doing = asyncio.create_task(_done(self._do, task), name=f"{task.kind} {task.key}")
            self._under_way[doing] = None
            doing.add_done_callback(partial(self._ended, task))

    def _ended(self, task: Task, doing: asyncio.Task[None]) -> None:
        """See how a task ended, and begin those that waited for it."""
        del self._under_way[doing]
        self._running[task.kind] -= 1
        name = (task.kind, task.key)
        self._known.discard(name)
        self._waiting.release(task.lock)
        # A task that is cancelled while we are not stopping waited for something that was cancelled: it has failed.
        error = asyncio.CancelledError() if doing.cancelled() else doing.exception()
        if error is None:
            self._setbacks.succeeded(name)
        elif not (self._stopping and doing.cancelled()):
            self._setbacks.failed(name, self._clock.now())
            self._events.warn("task_failed", kind=task.kind, key=task.key, error=in_words(error))
        for kind in self._at_once:
            self._begin(kind)


async def _done(do: Do, task: Task) -> None:
    await do(task)

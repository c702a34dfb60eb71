"""What runs beside the timetable: work that only remembers, events that are kept, a timetable of one tick."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.ports.events import Fact
from bot.ports.timetable import Tick
from bot.ports.work import Do, Task


class KeptEvents:
    """Every event that was told, in order; `seen` is called after each."""

    def __init__(self, seen: Callable[[], object] | None = None) -> None:
        self._seen = seen
        self.told: list[tuple[str, dict[str, Fact]]] = []
        self.warned: list[tuple[str, dict[str, Fact]]] = []

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Keep it."""
        self.told.append((event, facts))
        self._show()

    def warn(self, event: str, /, **facts: Fact) -> None:
        """Keep it."""
        self.warned.append((event, facts))
        self._show()

    def names(self) -> list[str]:
        """The names of all, warnings last."""
        return [name for name, _ in (*self.told, *self.warned)]

    def _show(self) -> None:
        if self._seen is not None:
            self._seen()


class WaitingWork:
    """Work that is put and stays there until a test does it."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.stopped: timedelta | None = None
        self._stop = asyncio.Event()

    async def put(self, task: Task) -> None:
        """Remember a task once."""
        if task not in self.tasks:
            self.tasks.append(task)

    async def run(self, do: Do) -> None:
        """Do what is there, then wait for the stop."""
        for task in list(self.tasks):
            await do(task)
        await self._stop.wait()

    async def stop(self, patience: timedelta) -> None:
        """End `run`."""
        self.stopped = patience
        self._stop.set()

    def keys(self, kind: str) -> list[str]:
        """The keys of the tasks of a kind, in order."""
        return [task.key for task in self.tasks if task.kind == kind]


class OneTick:
    """A timetable that ticks once and then waits."""

    async def run(self, tick: Tick) -> None:
        """Tick, and wait to be cancelled."""
        await tick()
        await asyncio.Event().wait()

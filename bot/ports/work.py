"""Who does the work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

Kind = Literal["gather", "build", "deliver", "announce"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: it says what, the store knows how far it is. Doing it twice does no harm."""

    kind: Kind
    key: str
    """A source's key (also of what announces its episodes), a build's, a posting's."""
    lock: str
    """Tasks with the same lock are not done at the same time: a source, a build, a place."""


Do = Callable[[Task], Awaitable[None]]


class Work(Protocol):
    """Carries tasks to whoever does them. A job engine can stand behind it: nothing else of the core knows of tasks."""

    async def put(self, task: Task) -> None:
        """Have a task done soon, at least once. One that waits or runs already is the same task, and is not added."""
        ...

    async def run(self, do: Do) -> None:
        """Do tasks until `stop`, several at a time, in the order they were put except where a lock is taken.

        A task that raises is reported and forgotten: the timetable puts it again if it is still to be done, and one
        that failed is held back for a while, longer each time.
        """
        ...

    async def stop(self, patience: timedelta) -> None:
        """Take no new task; wait for those under way, and cancel what is not done after `patience`."""
        ...

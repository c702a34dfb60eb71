"""What many ask at the same moment is looked up once: a crowd in one thread costs little more than one person there."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """Shares work that is under way; nothing is remembered once it is done."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[T]] = {}

    async def __call__(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of `work` for this key, or of the same work that somebody else waits for already.

        Whatever it raises, all who wait are raised. Who is cancelled stops waiting; the work goes on for the others.
        """
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(work())
            task.add_done_callback(lambda done: self._over(key, done))
        return await asyncio.shield(task)

    def _over(self, key: Hashable, task: "asyncio.Task[T]") -> None:
        del self._under_way[key]
        if not task.cancelled():
            task.exception()  # seen: it may be that nobody waits any more

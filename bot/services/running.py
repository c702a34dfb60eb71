"""Answers that are being worked on: the asker sees that work goes on, and may stop it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar

from bot.domain.place import Inbound

T = TypeVar("T")
Stopping = Literal["stopped", "nothing", "not_yours"]


class StoppedByAsker(Exception):
    """Whoever asked does not want the answer any more."""


@dataclass(frozen=True, slots=True)
class _Answering:
    inbound: Inbound
    task: "asyncio.Task[Any]"


class Running:
    """Keeps the tasks of this process by the message they answer."""

    def __init__(self) -> None:
        self._answering: dict[tuple[str, str], _Answering] = {}

    async def finish(
        self,
        inbound: Inbound,
        work: Coroutine[Any, Any, T],
        *,
        patience: timedelta,
        progress: Callable[[], Awaitable[None]],
    ) -> T:
        """The result of some work for `inbound`; `progress` is called once if it takes longer than `patience`.

        Raises:
            StoppedByAsker: `stop` was called for it.
        """
        key = (inbound.place.platform, inbound.id)
        task = asyncio.create_task(work)
        self._answering[key] = _Answering(inbound, task)
        try:
            done, _ = await asyncio.wait({task}, timeout=patience.total_seconds())
            if not done:
                await progress()
                await asyncio.wait({task})
        finally:
            self._answering.pop(key, None)
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        if task.cancelled():
            raise StoppedByAsker
        return task.result()

    def stop(self, by: Inbound) -> Stopping:
        """Stop the answer to the message `by.about`, or else the last one that the same person waits for there."""
        answering = self._meant(by)
        if answering is None:
            return "nothing"
        if answering.inbound.author != by.author and not by.manages:
            return "not_yours"
        answering.task.cancel()
        return "stopped"

    def _meant(self, by: Inbound) -> _Answering | None:
        if by.about is not None:
            return self._answering.get((by.place.platform, by.about))
        own = [a for a in self._answering.values() if (a.inbound.author, a.inbound.place) == (by.author, by.place)]
        return own[-1] if own else None

"""Shows an answer while it grows: the newest of it, at most once a second, and never two at the same time.

The model is not kept waiting for a platform that is slow, and what is being shown is shown to its end before the answer
takes its place.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.reply import Reply
from bot.ports.clock import Clock

_APART = timedelta(seconds=1)

Show = Callable[[Reply], Awaitable[None]]
"""Shows as much of an answer as there is."""


class Growth:
    """One answer that grows."""

    def __init__(self, show: Show, clock: Clock) -> None:
        """`show` raises nothing."""
        self._show = show
        self._clock = clock
        self._showing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._shown: Reply | None = None
        self.latest: Reply | None = None
        """As much as there is of it."""

    async def told(self, reply: Reply) -> None:
        """There is more of it."""
        self.latest = reply
        if self._task is None:
            self._task = asyncio.create_task(self._go_on())

    async def end(self) -> None:
        """Show no more; what is on its way is waited for."""
        task, self._task = self._task, None
        if task is None:
            return
        async with self._showing:
            task.cancel()
        await asyncio.wait({task})

    async def _go_on(self) -> None:
        while self.latest is not self._shown:
            async with self._showing:
                self._shown = self.latest
                if self._shown is not None:
                    await self._show(self._shown)
            await self._clock.sleep(_APART)
        self._task = None

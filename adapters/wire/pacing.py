"""Manners towards servers: one request at a time to a host, a pause between two, and a limit on all together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ports.clock import Clock


@dataclass(slots=True)
class _Lane:
    """The queue in front of one host."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    left: datetime | None = None
    """When the last request was over."""


class Lanes:
    """One lane a host, `gap` from the end of a request to the start of the next, `most` requests in all lanes."""

    def __init__(self, clock: Clock, *, gap: timedelta, most: int) -> None:
        self._clock = clock
        self._gap = gap
        self._lanes: dict[str, _Lane] = {}
        self._all = asyncio.Semaphore(most)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host`, and hold it for the length of the block. Whoever is cancelled leaves the queue."""
        lane = self._lanes.setdefault(host, _Lane())
        lane.users += 1
        try:
            async with lane.turn:
                await self._pause(lane)
                async with self._all:
                    try:
                        yield
                    finally:
                        lane.left = self._clock.now()
        finally:
            lane.users -= 1
            self._forget()

    async def _pause(self, lane: _Lane) -> None:
        if lane.left is not None:
            # A wall clock that was set back must not keep us waiting for longer than the gap.
            wait = min(lane.left + self._gap - self._clock.now(), self._gap)
            if wait > timedelta():
                await self._clock.sleep(wait)

    def _forget(self) -> None:
        """Drop lanes that no longer hold anyone back, now and then, so that a long life meets many hosts."""
        if len(self._lanes) < 1000:
            return
        now = self._clock.now()
        self._lanes = {
            host: lane
            for host, lane in self._lanes.items()
            if lane.users or (lane.left is not None and lane.left + self._gap > now)
        }

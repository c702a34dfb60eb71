"""Whose turn it is to post to a channel: Slack takes about one message a second and channel.

Those who wait for a channel get their turn in the order they came. A channel is forgotten when nobody waits for it and
its second is over, so that thousands of channels cost nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.ports.clock import Clock

PAUSE: Final = timedelta(seconds=1)
"""Between the end of one post to a channel and the beginning of the next."""
_MOST: Final = 500
"""Channels that are remembered before it is looked which of them can be forgotten."""


@dataclass(slots=True)
class _Channel:
    free: datetime
    waiting: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """One queue a channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._channels: dict[str, _Channel] = {}

    def __len__(self) -> int:
        """How many channels are remembered."""
        return len(self._channels)

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for one's turn, and have it for the length of the block."""
        one = self._channels.get(channel) or self._begin(channel)
        one.waiting += 1
        try:
            async with one.lock:
                # At most a pause, also where somebody has set the machine's clock back.
                wait = min(one.free - self._clock.now(), PAUSE)
                if wait > timedelta():
                    await self._clock.sleep(wait)
                try:
                    yield
                finally:
                    one.free = self._clock.now() + PAUSE
        finally:
            one.waiting -= 1

    def _begin(self, channel: str) -> _Channel:
        now = self._clock.now()
        if len(self._channels) >= _MOST:
            kept = self._channels.items()
            self._channels = {name: one for name, one in kept if one.waiting or one.free > now}
        return self._channels.setdefault(channel, _Channel(now))

"""A platform, called no faster than it allows, and for no longer than we are ready to wait.

Waiting comes in two parts. `turn` waits for as long as the limits ask, before a lease is taken. `gate` is passed right
before the call: what piled up behind a slow database does not leave in a burst. Whoever asks first is served first.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeVar

from bot.domain.message import Message
from bot.domain.place import Place
from bot.domain.rhythm import Spacing
from bot.errors import PlatformUnavailable
from bot.ports.clock import Clock
from bot.ports.platform import Absent, Platform, Ref, Unsure, Withdrawn

_MOST_LANES = 1000
"""Places remembered before those that hold nobody back are forgotten."""

T = TypeVar("T")


@dataclass(slots=True)
class _Lane:
    """A queue and the gap between those who leave it."""

    spacing: Spacing
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)


class Paced:
    """One platform for all deliveries of this process. Other processes are not counted: 429s slow them all down."""

    def __init__(self, platform: Platform, clock: Clock, patience: timedelta) -> None:
        self._platform = platform
        self._clock = clock
        self._patience = patience.total_seconds()
        gap = timedelta(seconds=1 / platform.limits.posts_a_second)
        self._turns = _Lane(Spacing(gap))
        self._gate = _Lane(Spacing(gap))
        self._places: dict[str, _Lane] = {}

    @property
    def leads(self) -> frozenset[Literal["card", "story"]]:
        """What can lead to stories that are posted after it."""
        return self._platform.limits.leads

    async def turn(self, place: Place) -> None:
        """Wait until a call for this place may be made."""
        lane = self._lane(place)
        async with lane.queue:
            await self._wait(lane)
            async with self._turns.queue:
                await self._wait(self._turns)
            lane.spacing.note(self._clock.now())

    async def gate(self) -> None:
        """Wait for the moment to make the call that `turn` allowed."""
        async with self._gate.queue:
            await self._wait(self._gate)

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """As `Platform.find`; no answer in time is `PlatformUnavailable` too."""
        return await self._call(place, self._platform.find(place, key=key))

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """As `Platform.post`; no answer in time is `PlatformUnavailable` too."""
        return await self._call(place, self._platform.post(place, message, key=key))

    async def revise(self, ref: Ref, message: Message) -> None:
        """As `Platform.revise`; no answer in time is `PlatformUnavailable` too."""
        await self._call(ref.place, self._platform.revise(ref, message))

    async def _call(self, place: Place, call: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._patience) as limit:
                return await call
        except TimeoutError as error:
            if limit.expired():
                raise PlatformUnavailable(f"no answer within {self._patience:g} s") from error
            raise
        finally:
            # The pause counts from the end of a call: a slow one and a quick one after it do not arrive together.
            self._lane(place).spacing.note(self._clock.now())

    async def _wait(self, lane: _Lane) -> None:
        wait = lane.spacing.wait(self._clock.now())
        if wait:
            await self._clock.sleep(wait)
        lane.spacing.note(self._clock.now())

    def _lane(self, place: Place) -> _Lane:
        if place.id not in self._places:
            self._forget()
        return self._places.setdefault(place.id, _Lane(Spacing(self._platform.limits.pause)))

    def _forget(self) -> None:
        """Drop lanes that hold nobody back, now and then: a long life meets many places."""
        if len(self._places) < _MOST_LANES:
            return
        now = self._clock.now()
        busy = {id_: lane for id_, lane in self._places.items() if lane.queue.locked() or lane.spacing.wait(now)}
        self._places = busy

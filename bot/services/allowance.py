"""How much of what costs something a person, and a place, gets in a day."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.domain.conversation.wording import Wording
from bot.domain.visitor import Visitor
from bot.errors import LimitReached, OverBudget
from bot.ports.clock import Clock
from bot.ports.store import Store

Kind = Literal["now", "question", "proposal", "episode"]
"""Editions on demand, questions that a model answers, proposals of sources, new overviews of episodes."""
USUAL: Mapping[str, int] = {"now": 3, "question": 10, "place": 100, "proposal": 3, "episode": 10}
"""A day (UTC): of one person; `place` is questions in one place, by everybody."""
_WORDS: Mapping[str, tuple[str, str]] = {
    "now": ("edition on demand", "editions on demand"),
    "question": ("model question", "model questions"),
    "place": ("model question in this place", "model questions in this place"),
    "proposal": ("proposal", "proposals"),
    "episode": ("new overview of an episode", "new overviews of episodes"),
}


class Allowance:
    """Counts in the store, so all processes count together, and a restart gives nothing back."""

    def __init__(self, store: Store, clock: Clock, limits: Mapping[str, int]) -> None:
        """Prepare; nothing is read yet. `limits` says what is not as usual, by the names of `USUAL`."""
        self._store = store
        self._clock = clock
        self._limits = {**USUAL, **limits}

    async def spend(self, visitor: Visitor, kind: Kind) -> date:
        """Count one; the day (UTC) it counts for, which `give_back` wants.

        Raises:
            LimitReached: this person, or this place, has had them all; nothing was counted.
            StoreError: the database failed.
        """
        now = self._clock.now()
        day = now.astimezone(UTC).date()
        async with self._store.unit() as unit:
            for who, limit in self._counted(visitor, kind):
                most = self._limits[limit]
                if await unit.usage.spend(who, visitor.tenant, kind, day, most) is None:
                    raise _reached(limit, most, day)
            await unit.commit()
        return day

    async def give_back(self, visitor: Visitor, kind: Kind, day: date) -> None:
        """What failed does not count.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            for who, _ in self._counted(visitor, kind):
                await unit.usage.give_back(who, kind, day)
            await unit.commit()

    @asynccontextmanager
    async def counted(self, visitor: Visitor, kind: Kind) -> AsyncIterator[None]:
        """Count one for what happens inside, unless it fails or is cancelled.

        Raises:
            LimitReached, StoreError: as `spend`.
        """
        day = await self.spend(visitor, kind)
        succeeded = False
        try:
            yield
            succeeded = True
        finally:
            if not succeeded:
                await self.give_back(visitor, kind, day)

    @staticmethod
    def _counted(visitor: Visitor, kind: Kind) -> list[tuple[str, str]]:
        """Who it counts for, each with the name of the limit."""
        own = (visitor.who, str(kind))
        return [own, (f"{visitor.tenant}/{visitor.place.id}", "place")] if kind == "question" else [own]


def spent(error: LimitReached | OverBudget, wording: Wording, now: datetime) -> str:
    """What a model does not write because it was used up, and until when, in words for who asked."""
    if isinstance(error, OverBudget):
        return wording.say("spent-tokens", time=wording.moment(_end_of(now.astimezone(UTC).date())))
    if not error.most:
        return wording.say("spent-none")
    key = "spent-place" if error.of == "place" else "spent"
    return wording.say(key, n=error.most, time=wording.moment(error.until))


def _end_of(day: date) -> datetime:
    """When counts of a day (UTC) begin anew."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _reached(limit: str, most: int, day: date) -> LimitReached:
    until = _end_of(day)
    one, many = _WORDS[limit]
    had = f"{most} {one if most == 1 else many}" if most else f"no {many}"
    return LimitReached(f"A day has {had}. The next one begins at {until:%H:%M} UTC.", most=most, until=until, of=limit)

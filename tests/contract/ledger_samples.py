"""A store with a clock that tests may set, opened twice as two processes would; postings to keep in it; single steps.

Each step is a unit of its own, committed.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adapters.storage.database import SqlStore
from adapters.storage.memory import MemoryStore
from adapters.storage.sql import build
from bot.domain.ledger import Delivery, Posting, State
from bot.domain.place import Place
from bot.ports.store import Store

DUE = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = 2 * MINUTE
NAMES = ("card", "story-1", "story-2", "question")


class StandingClock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.instant = DUE

    def now(self) -> datetime:
        return self.instant


@dataclass(frozen=True, slots=True)
class Opened:
    """One database, as two processes have it open."""

    one: Store
    other: Store
    clock: StandingClock

    def jump(self, by: timedelta) -> None:
        """Let the database's clock jump."""
        self.clock.instant += by
        for store in (self.one, self.other):
            if isinstance(store, SqlStore):
                store.clock_offset += by

    async def close(self) -> None:
        await self.one.close()
        await self.other.close()


def in_memory() -> Opened:
    clock = StandingClock()
    store = MemoryStore(clock.now)
    return Opened(store, store, clock)


def at_address(url: str) -> Opened:
    return Opened(build(url), build(url), StandingClock())


def a_posting(name: str = "one/2026-03-09/am", **changes: Any) -> Posting:
    subscription, _, _ = name.partition("/")
    posting = Posting(
        key=name,
        subscription=subscription,
        tenant="discord:1",
        place=Place("discord", "17", None),
        desk="default",
        slot="am",
        date=date(2026, 3, 9),
        due=DUE,
        language="en",
        state=State.COMPOSED,
        edition="default-20260309-am-0badcafe",
        window_end=DUE,
    )
    return replace(posting, **changes)


async def keep_posting(store: Store, posting: Posting) -> None:
    """Put a posting of any state there, as no use case would."""
    async with store.unit() as unit:
        assert await unit.threads.open(posting)
        await unit.commit()


def parts_of(posting: Posting | str, names: tuple[str, ...] = NAMES) -> list[Delivery]:
    key = posting if isinstance(posting, str) else posting.key
    return [Delivery(key, name, number, f"{number:064x}") for number, name in enumerate(names)]


POSTING = a_posting()


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[Opened]:
    """An empty database, open twice."""
    kind = request.param
    found = in_memory() if kind == "memory" else at_address(request.getfixturevalue(f"{kind}_url"))
    try:
        yield found
    finally:
        await found.close()


async def begin(
    store: Store, posting: str = POSTING.key, parts: Sequence[Delivery] = tuple(parts_of(POSTING))
) -> list[Delivery]:
    async with store.unit() as unit:
        found = await unit.ledger.begin(posting, parts)
        await unit.commit()
    return found


async def part(store: Store, name: str = "card", posting: str = POSTING.key) -> Delivery:
    return next(delivery for delivery in await begin(store, posting, ()) if delivery.part == name)


async def take(store: Store, delivery: Delivery, lease: timedelta = LEASE) -> Delivery | None:
    async with store.unit() as unit:
        claimed = await unit.ledger.take(delivery, lease)
        await unit.commit()
    return claimed


async def settle(store: Store, delivery: Delivery, *, at: datetime = DUE) -> bool:
    async with store.unit() as unit:
        kept = await unit.ledger.settle(delivery, at=at)
        await unit.commit()
    return kept


async def posting_states(store: Store) -> dict[State, int]:
    async with store.unit() as unit:
        return dict((await unit.records.counts()).postings)

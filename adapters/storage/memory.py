"""A store that forgets when the process ends: for the demonstration, dry runs and tests.

It keeps the promises of the database: a unit's writes are its own until it commits, one unit writes at a time.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from adapters.storage.memory_claims import MemoryClaims
from adapters.storage.memory_contents import Contents
from adapters.storage.memory_episodes import MemoryEpisodes
from adapters.storage.memory_grants import MemoryGrants
from adapters.storage.memory_ledger import MemoryLeases, MemoryLedger, MemoryRecords, MemoryResults
from adapters.storage.memory_postings import MemoryBuilds, MemoryPostings, MemorySubscriptions
from adapters.storage.memory_servers import MemoryFollows, MemoryTenants, MemoryUsage
from adapters.storage.memory_threads import MemoryThreads
from adapters.storage.rows import aware, aware_or_none, renewed
from adapters.wire.clock import SystemClock
from adapters.wire.contract import from_json, to_json
from bot.domain.edition import Edition, Window
from bot.domain.health import SourceState
from bot.domain.item import Item
from bot.errors import StoreError
from bot.ports.store import EditionKey


class MemoryStore:
    """Everything in this process. `now` is what a database's own clock is elsewhere: leases run on it."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self.contents = Contents()
        self.writing = asyncio.Lock()
        self.now = now or SystemClock().now
        self._closed = False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator["MemoryUnit"]:
        """Begin a piece of work.

        Raises:
            StoreError: the store is closed.
        """
        if self._closed:
            raise StoreError("The store was closed by this process.")
        unit = MemoryUnit(self)
        try:
            yield unit
        finally:
            unit.end()

    async def close(self) -> None:
        """Forget everything."""
        self._closed = True
        self.contents = Contents()


class MemoryUnit:
    """One piece of work: reads go to what is committed until the first write takes a copy."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._own: Contents | None = None
        self._turn = asyncio.Lock()  # tasks of one unit take turns
        self._ended = False
        self.items = MemoryItems(self)
        self.sources = MemorySources(self)
        self.editions = MemoryEditions(self)
        self.inbounds = MemoryInbounds(self)
        self.results = MemoryResults(self)
        self.subscriptions = MemorySubscriptions(self)
        self.postings = MemoryPostings(self)
        self.builds = MemoryBuilds(self)
        self.ledger = MemoryLedger(self)
        self.leases = MemoryLeases(self)
        self.records = MemoryRecords(self)
        self.threads = MemoryThreads(self)
        self.tenants = MemoryTenants(self)
        self.follows = MemoryFollows(self)
        self.usage = MemoryUsage(self)
        self.grants = MemoryGrants(self)
        self.claims = MemoryClaims(self)
        self.episodes = MemoryEpisodes(self)

    async def commit(self) -> None:
        """Make it last; what follows is undone unless it is committed too."""
        self.reading()
        if self._own is not None:
            self._store.contents = self._own
            self._release()

    def end(self) -> None:
        """Undo what was not committed."""
        self._ended = True
        if self._own is not None:
            self._release()

    def now(self) -> datetime:
        """The store's clock."""
        return self._store.now()

    def reading(self) -> Contents:
        """What this unit sees.

        Raises:
            StoreError: the unit has ended.
        """
        if self._ended:
            raise StoreError("This unit has ended; begin another one.")
        return self._own or self._store.contents

    async def writing(self) -> Contents:
        """What this unit may change, once it is its turn.

        Raises:
            StoreError: the unit has ended.
        """
        async with self._turn:
            if self._own is None:
                await self._store.writing.acquire()
                self._own = self._store.contents.copy()
                if self._ended:  # while this waited
                    self._release()
            return self.reading()

    def _release(self) -> None:
        self._own = None
        self._store.writing.release()


class MemoryItems:
    """Everything that was published and read."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def add(self, items: Sequence[Item]) -> int:
        """Keep items; returns how many are new."""
        values = [
            replace(item, published=aware_or_none(item.published), first_seen=aware(item.first_seen)) for item in items
        ]
        kept = (await self._unit.writing()).items
        before = len(kept)
        for item in values:
            first = kept.get((item.id, item.source), item)
            kept[item.id, item.source] = renewed(first, item)
        return len(kept) - before

    async def within(self, sources: Collection[str], window: Window) -> list[Item]:
        """Items of these source keys in the window that are not backlog; by (at, id, source)."""
        wanted = frozenset(sources)
        kept = self._unit.reading().items.values()
        lying = [item for item in kept if item.source in wanted and not item.backlog and window.holds(item.at)]
        return sorted(lying, key=lambda item: (item.at, item.id, item.source))

    async def get(self, ids: Collection[str]) -> list[Item]:
        """Items by id, from any source; by (id, source)."""
        wanted = frozenset(ids)
        kept = self._unit.reading().items
        return [kept[identity] for identity in sorted(kept) if identity[0] in wanted]


class MemorySources:
    """What is remembered of each source."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def get(self, keys: Collection[str]) -> Mapping[str, SourceState]:
        """States by source key; unknown keys are missing."""
        kept = self._unit.reading().sources
        return {key: kept[key] for key in keys if key in kept}

    async def put(self, state: SourceState) -> None:
        """Keep or replace a state."""
        value = replace(
            state,
            since=aware_or_none(state.since),
            first_gathered=aware_or_none(state.first_gathered),
            last_gathered=aware_or_none(state.last_gathered),
            retry_at=aware_or_none(state.retry_at),
        )
        (await self._unit.writing()).sources[state.key] = value


class MemoryEditions:
    """Everything that was composed."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def add(self, key: EditionKey, edition: Edition) -> None:
        """Keep an edition.

        Raises:
            StoreError: its key or its id is kept already.
        """
        value = from_json(Edition, to_json(edition))  # a copy, and proof that it can be kept
        kept = await self._unit.writing()
        if edition.id in kept.editions or key in kept.keys:
            raise StoreError(f"The edition {edition.id}, or another one under its key, is kept already.")
        kept.editions[edition.id] = value
        kept.keys[key] = edition.id

    async def get(self, edition: str) -> Edition | None:
        """By id; `latest` is the one whose window ends last (then by id)."""
        kept = self._unit.reading().editions
        if edition == "latest":
            return max(kept.values(), key=_recency, default=None)
        return kept.get(edition)

    async def by_key(self, key: EditionKey) -> Edition | None:
        """The edition composed under this key."""
        kept = self._unit.reading()
        return kept.editions.get(kept.keys.get(key, ""))

    async def before(self, desk: str, instant: datetime, *, most: int) -> list[Edition]:
        """Editions of a desk, `now` ones left out, whose window ended at or before `instant`; newest first."""
        latest = aware(instant)
        ended = [
            edition
            for edition in self._unit.reading().editions.values()
            if edition.desk == desk and edition.slot != "now" and edition.window.end <= latest
        ]
        return sorted(ended, key=_recency, reverse=True)[:most]


def _recency(edition: Edition) -> tuple[datetime, str]:
    return edition.window.end, edition.id


class MemoryInbounds:
    """Which inbound messages were answered."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def claim(self, platform: str, message: str, *, at: datetime) -> bool:
        """True for the first caller with this message id, False ever after."""
        instant = aware(at)
        kept = (await self._unit.writing()).inbounds
        if (platform, message) in kept:
            return False
        kept[platform, message] = instant
        return True

    async def forget(self, platform: str, begins: str) -> int:
        """Delete those whose id begins so; how many."""
        kept = (await self._unit.writing()).inbounds
        gone = [key for key in kept if key[0] == platform and key[1].startswith(begins)]
        for key in gone:
            del kept[key]
        return len(gone)

"""A place that is owed an edition: a store with everything the delivery of it needs, and processes that deliver it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from adapters.storage.memory import MemoryStore
from bot.domain.edition import Edition
from bot.domain.ledger import BuildKey, Delivery, Posting
from bot.domain.place import Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import Due, Schedule
from bot.errors import StoreUnavailable
from bot.ports.platform import Platform
from bot.ports.store import EditionKey, Store, Unit
from bot.services.delivery.deliver import Deliver, DeliverRules
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.platform import NAME, MemoryPlatform
from tests.fakes.talk import DESK, NOON, sample

DUE = NOON
DAILY = Schedule("UTC", slots=(("am", time(12)),))
STORIES = 2
PARTS = ["card", "story-1", "story-2", "question"]


def short(edition: Edition, stories: int = STORIES) -> Edition:
    """An edition with the first of its stories only."""
    return replace(edition, stories=edition.stories[:stories])


async def owe(store: Store, *places: Place, due: datetime = DUE, edition: Edition | None = None) -> list[str]:
    """Subscribe places, plan a slot and compose it; the keys of its postings."""
    edition = edition or short(sample())
    slot = Due(due, due.date(), "am")
    subscriptions = [
        Subscription(
            subscription_id(place, DESK), place.platform, place, DESK, DAILY, "en", since=due - timedelta(days=9)
        )
        for place in places
    ]
    build = BuildKey(DESK, due, "en", "am", due.date())
    key = EditionKey(DESK, "roster", edition.window, "am", "en", "selected", topic=edition.id)
    async with store.unit() as unit:
        for subscription in subscriptions:
            await unit.subscriptions.put(subscription)
        await unit.postings.plan(DAILY, slot)
        await unit.editions.add(key, edition)
        begun = await unit.builds.start(build, edition.window.end, edition.window.start)
        await unit.builds.finish(replace(begun, edition=edition.id, seconds=1.0))
        await unit.commit()
    return [f"{subscription.id}/{due.date()}/am" for subscription in subscriptions]


@dataclass
class Bench:
    """One place, one edition due at the clock's first instant, one process after the other."""

    store: MemoryStore
    clock: FakeClock
    platform: MemoryPlatform
    events: KeptEvents
    key: str
    deliver: Deliver
    rules: DeliverRules = field(default_factory=DeliverRules)

    @classmethod
    async def make(
        cls, *, edition: Edition | None = None, rules: DeliverRules | None = None, after: timedelta = timedelta()
    ) -> "Bench":
        """A process that has been watching for an hour; the clock stands `after` the time the edition is due."""
        clock = FakeClock(DUE + after)
        store = MemoryStore(now=clock.now)
        platform = MemoryPlatform(clock)
        (key,) = await owe(store, Place(NAME, "c1"), edition=edition)
        bench = cls(store, clock, platform, KeptEvents(), key, None, rules or DeliverRules())  # type: ignore[arg-type]
        bench.deliver = bench.process(started=DUE - timedelta(hours=1))
        return bench

    def process(
        self,
        *,
        started: datetime | None = None,
        platforms: Mapping[str, Platform] | None = None,
        store: Store | None = None,
    ) -> Deliver:
        """Another process on the same database, started now if nothing else is said."""
        return Deliver(
            store=store or self.store,
            clock=self.clock,
            platforms={NAME: self.platform} if platforms is None else platforms,
            events=self.events,
            started=started or self.clock.now(),
            rules=self.rules,
        )

    async def __call__(self, after: timedelta = timedelta()) -> list[str]:
        """Let time pass, deliver, and say what people see."""
        self.clock.advance(after)
        await self.deliver(self.key)
        return self.platform.parts()

    async def posting(self) -> Posting:
        """The posting as it is kept."""
        async with self.store.unit() as unit:
            return (await unit.postings.find(keys=[self.key]))[0]

    async def rows(self) -> dict[str, Delivery]:
        """The deliveries as they are kept, by part."""
        async with self.store.unit() as unit:
            return {row.part: row for row in await unit.ledger.begin(self.key, ())}

    def told(self, name: str) -> list[dict[str, object]]:
        """The facts of every event of this name, told or warned."""
        return [dict(facts) for event, facts in (*self.events.told, *self.events.warned) if event == name]


class FlakyStore:
    """A store whose units fail when a test says so: before they begin, or after they were kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.before: int | None = None
        """So many units go well before one cannot be begun."""
        self.after: int | None = None
        """So many units go well before one is kept, and nobody hears of it."""

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Begin a piece of work."""
        self.before = self._count(self.before)
        async with self._store.unit() as unit:
            yield unit
        self.after = self._count(self.after)

    async def close(self) -> None:
        """Close the store behind it."""
        await self._store.close()

    def _count(self, left: int | None) -> int | None:
        if left == 0:
            self.before = self.after = None
            raise StoreUnavailable("connection lost")
        return None if left is None else left - 1

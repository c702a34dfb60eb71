"""What a bot has done, written into a store through the ports only: for tests of what is told of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.ledger import BuildKey, Delivery, State
from bot.domain.place import Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import Due, Schedule, SlotName
from bot.ports.store import Store

LEASE = timedelta(minutes=1)


def a_subscription(name: str, since: datetime, **changes: object) -> Subscription:
    """A place `discord:<name>` under the default desk, at 07:00 and 18:00 in Berlin."""
    place = Place("discord", name)
    schedule = Schedule("Europe/Berlin")
    made = Subscription(subscription_id(place, "default"), "discord:77", place, "default", schedule, "en", since)
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class History:
    """Writes into a store; each method is one step, committed."""

    store: Store

    async def subscribe(self, *subscriptions: Subscription) -> None:
        """Keep these."""
        async with self.store.unit() as unit:
            for subscription in subscriptions:
                await unit.subscriptions.put(subscription)
            await unit.commit()

    async def plan(self, due: Due, *, missed: str | None = None, schedule: Schedule | None = None) -> None:
        """A slot of everybody under a schedule."""
        async with self.store.unit() as unit:
            await unit.postings.plan(schedule or Schedule("Europe/Berlin"), due, missed=missed)
            await unit.commit()

    async def compose(self, due: Due, *, edition: str, seconds: float) -> None:
        """What was planned for it is composed now."""
        key = BuildKey("default", due.at, "en", due.slot, due.date)
        async with self.store.unit() as unit:
            build = await unit.builds.start(key, due.at, due.at - timedelta(hours=12))
            await unit.builds.finish(replace(build, edition=edition, seconds=seconds))
            await unit.commit()

    async def send(self, subscription: Subscription, due: Due, *, at: datetime, late: bool = False) -> None:
        """Its card stands since then, and it is done."""
        await self._settle(subscription, due, at=at, state=State.SENT, late=late, reason=None)

    async def park(self, subscription: Subscription, due: Due, *, reason: str) -> None:
        """Its card was given up."""
        await self._settle(subscription, due, at=due.at, state=State.PARKED, late=False, reason=reason)

    async def run(self, process: str) -> None:
        """A process shows that it is there."""
        async with self.store.unit() as unit:
            await unit.leases.take(f"process:{process}", process, LEASE)
            await unit.commit()

    async def _settle(
        self, subscription: Subscription, due: Due, *, at: datetime, state: State, late: bool, reason: str | None
    ) -> None:
        key = f"{subscription.id}/{due.date.isoformat()}/{due.slot}"
        async with self.store.unit() as unit:
            (card,) = await unit.ledger.begin(key, [Delivery(key, "card", 0, "0" * 64)])
            taken = await unit.ledger.take(card, LEASE)
            assert taken is not None
            assert await unit.ledger.settle(replace(taken, state=state, message="m1", reason=reason), at=at)
            (posting,) = await unit.postings.find(keys=[key])
            assert await unit.postings.put(replace(posting, state=state, late=late, reason=reason))
            await unit.commit()


def a_due(at: datetime, slot: SlotName = "am") -> Due:
    """A slot at an instant."""
    return Due(at, at.date(), slot)

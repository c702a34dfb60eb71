"""Tell the person who runs the bot how it is doing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.domain.desk import Desks, OpenDesk, owners
from bot.domain.health import Health
from bot.domain.lead import lead
from bot.domain.ledger import Posting
from bot.domain.report import (
    DeskReport,
    Figures,
    LastEdition,
    NextEdition,
    Pause,
    Report,
    SourceTrouble,
    Spend,
    SubscriptionReport,
    is_chosen,
    is_expected,
    lateness,
    trouble,
)
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.timetable import Due
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit
from bot.services.upcoming import upcoming

DAYS = 7
"""Over how many days lateness and spend are told."""
MOST_TROUBLED = 20
_MOST_RECENT = 1000
"""Parked or skipped, looked through."""
_PROCESS = "process:"
_NEVER = "never"
_MOST_EDITIONS = 200
"""Of a desk, read for what they cost."""


class Overview:
    """Reads the store; changes nothing."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        desks: Mapping[str, OpenDesk],
        zones: Callable[[str], tzinfo | None],
    ) -> None:
        """Prepare; nothing is read yet. `zones` gives a zone by the rules of now, None for one that is not known."""
        self._store = store
        self._clock = clock
        self._desks = Desks.of(desks)
        self._zones = zones

    async def __call__(self) -> Report:
        """Everything there is to tell; as `report`."""
        return await self.report()

    async def report(self, tenant: str | None = None) -> Report:
        """Everything there is to tell; of a tenant, its subscriptions with what is wrong with them, and the desks and
        sources that it could read.

        Raises:
            StoreError: the database failed.
        """
        now = self._clock.now()
        since = now - timedelta(days=DAYS)
        async with self._store.unit() as unit:
            latest = await unit.editions.get("latest")
            self._desks.learn(await unit.follows.find())
            desks = self._desks if tenant is None else self._desks.read_by(tenant)
            found = await unit.records.troubled(most=_MOST_RECENT)
            troubled = [posting for posting in found if tenant in {None, posting.tenant}]
            return Report(
                at=now,
                figures=await self._figures(unit),
                latest=latest.id if latest else None,
                processes=tuple(name.removeprefix(_PROCESS) for name in await unit.leases.held(_PROCESS)),
                subscriptions=await self._subscriptions(unit, now, tenant),
                sources_down=await _down(unit, desks),
                troubled=tuple(trouble(p) for p in troubled if not is_chosen(p))[:MOST_TROUBLED],
                unexpected=_unexpected(troubled, since),
                desks=await _builds(unit, desks),
                lateness=lateness(await unit.records.lateness(since), days=DAYS),
                spend=await _spend(unit, desks, since, now),
            )

    async def figures(self) -> Figures:
        """The counts alone: cheap enough to be asked for every few seconds.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return await self._figures(unit)

    async def _figures(self, unit: Unit) -> Figures:
        counts = await unit.records.counts()
        keys = sorted(self._desks.owners())
        states = await unit.sources.get(keys)
        sources = Counter(states[key].state.value if key in states else _NEVER for key in keys)
        return Figures(
            postings={state.value: number for state, number in sorted(counts.postings.items())},
            deliveries={state.value: number for state, number in sorted(counts.deliveries.items())},
            sources=dict(sorted(sources.items())),
            subscriptions=counts.subscriptions,
            paused=counts.paused,
            items=counts.items,
            editions=counts.editions,
        )

    async def _subscriptions(self, unit: Unit, now: datetime, tenant: str | None) -> tuple[SubscriptionReport, ...]:
        found = await unit.subscriptions.find(tenant=tenant)
        last = await unit.records.last([subscription.id for subscription in found])
        due = await upcoming(unit, found, self._zones, now)
        return tuple(self._subscription(own, last.get(own.id), due[own.id], now) for own in found)

    def _subscription(
        self, subscription: Subscription, last: Posting | None, due: Due | None, now: datetime
    ) -> SubscriptionReport:
        problem = self._problem(subscription)
        return SubscriptionReport(
            id=subscription.id,
            tenant=subscription.tenant,
            place=subscription.place,
            desk=subscription.desk,
            language=subscription.language,
            schedule=str(subscription.schedule),
            last=LastEdition(last.edition, last.due, last.late) if last else None,
            next=None if problem else self._next(subscription, due),
            paused=_pause(subscription) if subscription.paused_at(now) else None,
            problem=problem,
        )

    def _problem(self, subscription: Subscription) -> str | None:
        if subscription.desk not in self._desks:
            return f"there is no desk {subscription.desk!r}"
        if self._zones(subscription.schedule.zone) is None:
            return f"the time zone {subscription.schedule.zone!r} is not known here"
        return None

    def _next(self, subscription: Subscription, due: Due | None) -> NextEdition | None:
        zone = self._zones(subscription.schedule.zone)
        return NextEdition(due.at, due.at.astimezone(zone), due.slot) if zone and due else None


async def _down(unit: Unit, desks: Mapping[str, OpenDesk]) -> tuple[SourceTrouble, ...]:
    read = owners(desks.values())
    states = await unit.sources.get(sorted(read))
    return tuple(
        SourceTrouble(thinker.name, key, states[key].reason, states[key].since)
        for key, (thinker, _) in read.items()
        if key in states and states[key].state is Health.DOWN
    )


async def _builds(unit: Unit, desks: Mapping[str, OpenDesk]) -> tuple[DeskReport, ...]:
    found = [(desk, await unit.builds.lasted(desk)) for desk in desks]
    return tuple(DeskReport(desk, tuple(seconds), lead(seconds).total_seconds()) for desk, seconds in found)


async def _spend(unit: Unit, desks: Mapping[str, OpenDesk], since: datetime, now: datetime) -> Spend:
    cards = [
        edition.card
        for desk in desks
        for edition in await unit.editions.before(desk, now, most=_MOST_EDITIONS)
        if edition.window.end > since
    ]
    return Spend(
        days=DAYS,
        editions=len(cards),
        tokens_in=sum(card.tokens["in"] for card in cards),
        tokens_out=sum(card.tokens["out"] for card in cards),
        tokens_cached=sum(card.tokens["cached"] for card in cards),
        cost=sum(card.cost for card in cards),
    )


def _pause(subscription: Subscription) -> Pause:
    until = subscription.paused_until
    return Pause(None if until == FOR_GOOD else until, subscription.pause_reason)


def _unexpected(troubled: Sequence[Posting], since: datetime) -> dict[str, int]:
    states = [
        posting.state.value
        for posting in troubled
        if posting.due >= since and not is_expected(posting.state.value, posting.reason)
    ]
    return dict(sorted(Counter(states).items()))

"""Tell the person who runs the bot how it is doing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.domain.desk import OpenDesk
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
        self._desks = desks
        self._zones = zones
        self._owners = {
            key: thinker.name for desk in desks.values() for key, thinker in desk.roster.owners().items()
        }  # fmt: skip

    async def __call__(self) -> Report:
        """Everything there is to tell.

        Raises:
            StoreError: the database failed.
        """
        now = self._clock.now()
        since = now - timedelta(days=DAYS)
        async with self._store.unit() as unit:
            latest = await unit.editions.get("latest")
            troubled = await unit.records.troubled(most=_MOST_RECENT)
            return Report(
                at=now,
                figures=await self._figures(unit),
                latest=latest.id if latest else None,
                processes=tuple(name.removeprefix(_PROCESS) for name in await unit.leases.held(_PROCESS)),
                subscriptions=await self._subscriptions(unit, now),
                sources_down=await self._down(unit),
                troubled=tuple(trouble(p) for p in troubled if not is_chosen(p))[:MOST_TROUBLED],
                unexpected=_unexpected(troubled, since),
                desks=await self._builds(unit),
                lateness=lateness(await unit.records.lateness(since), days=DAYS),
                spend=await self._spend(unit, since, now),
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
        states = await unit.sources.get(sorted(self._owners))
        sources = Counter(states[key].state.value if key in states else _NEVER for key in self._owners)
        return Figures(
            postings={state.value: number for state, number in sorted(counts.postings.items())},
            deliveries={state.value: number for state, number in sorted(counts.deliveries.items())},
            sources=dict(sorted(sources.items())),
            subscriptions=counts.subscriptions,
            paused=counts.paused,
            items=counts.items,
            editions=counts.editions,
        )

    async def _subscriptions(self, unit: Unit, now: datetime) -> tuple[SubscriptionReport, ...]:
        found = await unit.subscriptions.find()
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

    async def _down(self, unit: Unit) -> tuple[SourceTrouble, ...]:
        states = await unit.sources.get(sorted(self._owners))
        return tuple(
            SourceTrouble(self._owners[key], key, states[key].reason, states[key].since)
            for key in self._owners
            if key in states and states[key].state is Health.DOWN
        )

    async def _builds(self, unit: Unit) -> tuple[DeskReport, ...]:
        found = [(desk, await unit.builds.lasted(desk)) for desk in self._desks]
        return tuple(DeskReport(desk, tuple(seconds), lead(seconds).total_seconds()) for desk, seconds in found)

    async def _spend(self, unit: Unit, since: datetime, now: datetime) -> Spend:
        cards = [
            edition.card
            for desk in self._desks
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

"""Compose the editions of the timetable ahead of their time.

What goes out at a slot is what is ready at the slot. A build that began before its slot has until then: stories the
writer is not done with are selected sentences, and the card says so. So the card is there on time, whatever the writer
does, and two minutes after the slot nothing is unfinished. One that begins at or after its slot, because nothing ran
before, is late anyway and has two minutes from its own beginning. How early builds begin follows from how long they
take (`bot.domain.lead`), so that few are cut short.

The window of an edition ends where it was gathered: everything published by then was seen, and what is published later
is the next one's. It begins where the edition before it ended, also over slots that were skipped, up to 72 hours or one
slot, whichever is longer. Where there is none that recent, it begins at the slot before this one, less the longest time
by which that one could have been early.

A build can be killed at any point and taken up again by whoever comes: its window is frozen by its first start, sources
that were asked a moment ago are not asked again, the edition is the one kept under its key, what was written is kept by
its content, and the places become composed together.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from bot.domain.desk import OpenDesk
from bot.domain.edition import Edition, Window
from bot.domain.health import GatherReport, SourceState
from bot.domain.ledger import Build as BuildRow
from bot.domain.ledger import BuildKey
from bot.domain.roster import Roster
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule, next_due, previous_due
from bot.errors import CounterpointError, NotFoundError, StoreError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.store import Store, Unit
from bot.services.brief import Brief, Request

AHEAD = timedelta(hours=2)
"""How long before its slot a build may begin."""
FRESH = timedelta(minutes=10)
"""A source that answered this recently is not asked again."""
PATIENCE = timedelta(minutes=2)
"""How long a build that began late waits for the writer."""
HANDOVER = timedelta(seconds=5)
"""How long before the slot the writer stops: checked and kept by the slot, the card goes out with its bell."""
LEASE = timedelta(minutes=2)
"""How long a build that was killed keeps others from taking it up."""
_RENEWED = LEASE / 4
_FARTHEST = timedelta(hours=72)
"""How far back an edition reaches for what skipped slots have not told."""
_USUAL = timedelta(hours=12)
"""Between two slots of which nobody knows."""
_MOMENT = timedelta(microseconds=1)
Zones = Callable[[str], tzinfo | None]
"""A zone by its name, by the rules of now."""


class Gathers(Protocol):
    """What a build needs of `bot.services.gather.Gather`."""

    async def __call__(self, roster: Roster, *, fresh: timedelta | None = None) -> GatherReport:
        """Ask every source that did not answer within `fresh`."""
        ...


class Build:
    """Gathers, composes and hands the edition to every place that waits for it."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        gather: Gathers,
        brief: Brief,
        desks: Mapping[str, OpenDesk],
        events: Events,
        holder: str,
        zones: Zones = zone_named,
    ) -> None:
        """Prepare; nothing is read yet. `holder` names this process; `zones` gives a zone by the rules of now."""
        self._store = store
        self._clock = clock
        self._gather = gather
        self._brief = brief
        self._desks = desks
        self._events = events
        self._holder = holder
        self._zones = zones

    async def __call__(self, key: str) -> None:
        """Do the build of this name (`str` of its key), if places wait for it and nobody else is at it.

        Raises:
            CoresError, StoreError: it failed; the places still wait, and the reason is kept with the build.
            NotFoundError: its desk is not there.
        """
        async with self._lease(f"build:{key}") as is_mine:
            found = await self._waiting(key) if is_mine else None
            if found is None:
                return
            self._events.tell("build_started", build=key)
            try:
                await self._build(found)
            except CounterpointError as error:
                self._events.warn("build_failed", build=key, reason=str(error))
                raise

    async def _waiting(self, key: str) -> BuildKey | None:
        async with self._store.unit() as unit:
            waiting = await unit.builds.waiting(self._clock.now() + AHEAD)
        return next((found for found in waiting if str(found) == key), None)

    async def _build(self, key: BuildKey) -> None:
        desk = self._desks.get(key.desk)
        if desk is None:
            raise NotFoundError(f"There is no desk {key.desk!r}.")
        began = self._clock.now()
        await self._gather(desk.roster, fresh=FRESH)
        build, comes_next = await self._begin(key, desk.roster, began)
        try:
            edition = await self._brief(_request(build, desk, began, comes_next))
        except CounterpointError as error:
            await self._finish(replace(build, reason=str(error)))
            raise
        lasted = None if self._clock.still else (self._clock.now() - began).total_seconds()
        # An edition that was there already says nothing of how long it takes to make one.
        seconds = build.seconds if build.edition else lasted
        places = await self._finish(replace(build, edition=edition.id, seconds=seconds, reason=None))
        self._tell_done(build, edition, lasted, places)

    async def _begin(self, key: BuildKey, roster: Roster, began: datetime) -> tuple[BuildRow, datetime | None]:
        """The build with its window, frozen now if it has none; and when the next edition comes."""
        sources = [spec.key for thinker in roster.thinkers for spec in thinker.sources]
        async with self._store.unit() as unit:
            states = await unit.sources.get(sources)
            end = _seen_by(states.values(), began, self._clock.now())
            served = _served(await unit.subscriptions.find(), key, self._zones)
            build = await unit.builds.start(key, end, await self._reach(unit, key, end, served))
            await unit.commit()
        return build, _comes_next(key, {schedule for schedule, _ in served.values()}, self._zones)

    async def _reach(
        self, unit: Unit, key: BuildKey, end: datetime, served: Mapping[str, tuple[Schedule, datetime]]
    ) -> datetime:
        """How far back the window may begin: where the edition before it ended, if that is not too long ago."""
        slot = min((before for _, before in served.values()), default=key.due - _USUAL) - AHEAD - FRESH
        farthest = min(slot, end - _FARTHEST)
        last = (await unit.records.last(list(served))).values()
        told = [posting.window_end for posting in last if posting.window_end is not None]
        return farthest if told and max(told) >= farthest else slot

    async def _finish(self, build: BuildRow) -> int:
        async with self._store.unit() as unit:
            places = await unit.builds.finish(build)
            await unit.commit()
        return places

    def _tell_done(self, build: BuildRow, edition: Edition, lasted: float | None, places: int) -> None:
        self._events.tell(
            "build_done",
            build=str(build.key),
            edition=edition.id,
            stories=len(edition.stories),
            items=edition.card.items_read,
            writer=edition.card.writer,
            seconds=lasted,
            places=places,
            tokens_in=edition.card.tokens["in"],
            tokens_out=edition.card.tokens["out"],
            tokens_cached=edition.card.tokens["cached"],
            cost=edition.card.cost,
        )

    @asynccontextmanager
    async def _lease(self, name: str) -> AsyncIterator[bool]:
        """Whether this is ours to do; if so, it is until the end of the block."""
        if not await self._take(name):
            yield False
            return
        renewing = asyncio.create_task(self._renew(name))
        try:
            yield True
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            async with self._store.unit() as unit:
                await unit.leases.free(name, self._holder)
                await unit.commit()

    async def _renew(self, name: str) -> None:
        """Keep a lease. Should it be lost all the same, two do the work, and the first edition counts for both."""
        while not self._clock.still:
            await self._clock.sleep(_RENEWED)
            try:
                await self._take(name)
            except StoreError:
                continue

    async def _take(self, name: str) -> bool:
        async with self._store.unit() as unit:
            taken = await unit.leases.take(name, self._holder, LEASE)
            await unit.commit()
        return taken


def _request(build: BuildRow, desk: OpenDesk, began: datetime, comes_next: datetime | None) -> Request:
    key = build.key
    return Request(
        roster=desk.roster,
        slot=key.slot,
        language=key.language,
        desk=desk.desk,
        window=Window(build.window_start, build.window_end),
        date=key.date,
        deadline=key.due - HANDOVER if began < key.due else began + PATIENCE,
        next_due=comes_next,
    )


def _served(subscriptions: Iterable[Subscription], key: BuildKey, zones: Zones) -> dict[str, tuple[Schedule, datetime]]:
    """Who waits for an edition, by subscription: the schedule, and the instant of its slot before this one."""
    found: dict[str, tuple[Schedule, datetime]] = {}
    instants: dict[Schedule, datetime | None] = {}
    for subscription in subscriptions:
        if _is_served(subscription, key):
            schedule = subscription.schedule
            if schedule not in instants:
                instants[schedule] = _slot_before(schedule, key, zones)
            instant = instants[schedule]
            if instant is not None:
                found[subscription.id] = (schedule, instant)
    return found


def _slot_before(schedule: Schedule, key: BuildKey, zones: Zones) -> datetime | None:
    """The instant of the slot before this one; None for a schedule that does not have this one."""
    zone = zones(schedule.zone)
    slot = next_due(schedule, zone, key.due - _MOMENT) if zone else None
    if zone is None or slot is None or (slot.at, slot.date, slot.slot) != (key.due, key.date, key.slot):
        return None
    return previous_due(schedule, zone, key.due).at


def _comes_next(key: BuildKey, schedules: Collection[Schedule], zones: Zones) -> datetime | None:
    """When the next edition comes to those who wait for this one; None where they disagree about that: an edition that
    says when must be right at every place.
    """
    known = ((schedule, zones(schedule.zone)) for schedule in schedules)
    instants = {next_due(schedule, zone, key.due).at for schedule, zone in known if zone is not None}
    return instants.pop() if len(instants) == 1 else None


def _is_served(subscription: Subscription, key: BuildKey) -> bool:
    mine = (subscription.desk, subscription.language) == (key.desk, key.language)
    return mine and subscription.since <= key.due and not subscription.paused_at(key.due)


def _seen_by(states: Iterable[SourceState], began: datetime, now: datetime) -> datetime:
    """The instant up to which everything that sources published was seen: the earliest of their recent answers.

    What is published after a source was asked, and before the window's end, would be in no window.
    """
    answers = [state.last_gathered for state in states if state.last_gathered is not None]
    return min((at for at in answers if began - FRESH < at <= now), default=began)

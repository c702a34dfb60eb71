"""Keep the timetable: see what is owed, what is due, and have it done.

Every tick looks at everything anew: what the schedules say by the zone rules of now, what the store says was planned,
composed and posted. A wake only makes it look at the right moment. So a tick that came late, twice or not at all
changes when something happens, never whether or how often. What is done is put to `Work`; doing it twice does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.domain.desk import Desks, OpenDesk
from bot.domain.lead import lead
from bot.domain.reasons import NOT_RUNNING
from bot.domain.timetable import Due, Schedule, dues
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.store import Store
from bot.ports.work import Task, Work
from bot.services.variants import refresh

PROCESS = "process:"
"""Leases by which processes know of each other."""
_ALIVE = timedelta(seconds=60)
_MOST_POSTINGS = 2000
"""Put to work at a time; the sweep finds the others while these are done."""
_PURGED_EVERY = timedelta(hours=1)

Purge = Callable[[datetime], Awaitable[int]]
"""Deletes what is kept of servers that left long enough before an instant; how many servers."""


@dataclass(frozen=True, slots=True)
class KeepRules:
    """How far a tick looks."""

    catch_up: timedelta = timedelta(hours=3)
    """How long after its time an edition is still published."""
    back: timedelta = timedelta(days=7)
    """How far back slots are noted as missed when the bot comes back."""
    ahead: timedelta = timedelta(hours=1)
    """How far ahead slots are planned: the longest lead of a build."""
    gather_every: timedelta = timedelta(hours=1)
    """How often a source is asked between builds, so that nothing scrolls out of its feed unseen."""
    remember: timedelta = timedelta(days=90)
    """How long settled rows are kept."""
    counted: timedelta = timedelta(days=7)
    """How long it is kept who used how much: limits ask for today only, people what was kept of them."""
    claimed: timedelta = timedelta(days=180)
    """How long claims are kept: as far back as editions look for who said otherwise."""


class Keep:
    """One tick after the other; the only state it keeps is until when it has looked."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        work: Work,
        desks: Mapping[str, OpenDesk],
        zones: Callable[[str], tzinfo | None],
        events: Events,
        holder: str,
        rules: KeepRules | None = None,
        purge: Purge | None = None,
    ) -> None:
        """Prepare; nothing is read yet. `zones` gives a zone by the rules of now, None for one that is not known;
        `purge` is called about once an hour.
        """
        self._store = store
        self._clock = clock
        self._work = work
        self._desks = Desks.of(desks)
        self._zones = zones
        self._events = events
        self._holder = holder
        self._rules = rules or KeepRules()
        self._looked: datetime | None = None
        self._asked: dict[str, datetime] = {}
        self._purge = purge
        self._tidied: datetime | None = None
        self._purged: datetime | None = None
        self._said: set[str] = set()

    async def __call__(self) -> datetime | None:
        """Look once; returns the next instant at which something becomes due, if one is near.

        Raises:
            StoreError: the database failed; the next tick looks again.
        """
        now = self._clock.now()
        await self._show_presence()
        await refresh(self._store, self._desks)
        due = await self._plan(now)
        builds = await self._put_builds(now)
        await self._put_deliveries(now)
        await self._put_gathering(now)
        await self._tidy(now)
        self._looked = now
        return min((at for at in (*due, *builds) if at > now), default=None)

    async def _show_presence(self) -> None:
        name = f"{PROCESS}{self._holder}"
        async with self._store.unit() as unit:
            await unit.leases.take(name, self._holder, _ALIVE)
            await unit.commit()
            others = [other for other in await unit.leases.held(PROCESS) if other != name]
        for other in others:
            self._say_once("another_process", process=other.removeprefix(PROCESS))

    async def _plan(self, now: datetime) -> list[datetime]:
        """See that every slot near now has its postings, and that none is published too late; the instants seen."""
        rules = self._rules
        start = min(self._looked or now - rules.back, now) - rules.catch_up
        seen: list[datetime] = []
        async with self._store.unit() as unit:
            schedules = await unit.subscriptions.schedules()
        for schedule in schedules:
            zone = self._zones(schedule.zone)
            if zone is None:
                self._say_once("unknown_zone", zone=schedule.zone)
                continue
            slots = list(dues(schedule, zone, start, now + rules.ahead))
            last = max((due.at for due in slots if due.at <= now), default=now)
            for due in slots:
                # What may still be published is the last slot that was due, if it is not too old, and those to come.
                missed = due.at < max(last, now - rules.catch_up)
                await self._plan_one(schedule, due, missed=missed)
            seen += [due.at for due in slots]
            await asyncio.sleep(0)
        async with self._store.unit() as unit:
            skipped = await unit.postings.expire(now, catch_up=rules.catch_up)
            await unit.commit()
        for posting in skipped:
            self._events.warn("skipped", posting=posting.key, tenant=posting.tenant, reason=posting.reason)
        return seen

    async def _plan_one(self, schedule: Schedule, due: Due, *, missed: bool) -> None:
        async with self._store.unit() as unit:
            new = await unit.postings.plan(schedule, due, missed=NOT_RUNNING if missed else None)
            await unit.commit()
        if new:
            say = self._events.warn if missed else self._events.tell
            name = "missed" if missed else "planned"
            say(name, slot=due.slot, date=due.date.isoformat(), due=due.at.isoformat(), places=new)

    async def _put_builds(self, now: datetime) -> list[datetime]:
        """Put builds whose time has come to work; the instants at which others begin."""
        starts: list[datetime] = []
        async with self._store.unit() as unit:
            waiting = await unit.builds.waiting(now + self._rules.ahead)
            leads = {desk: lead(await unit.builds.lasted(desk)) for desk in sorted({key.desk for key in waiting})}
        for key in waiting:
            start = key.due - leads[key.desk]
            if key.desk not in self._desks:
                self._say_once("unknown_desk", desk=key.desk)
            elif start <= now:
                await self._work.put(Task("build", str(key), lock=str(key)))
            else:
                starts.append(start)
        return starts

    async def _put_deliveries(self, now: datetime) -> None:
        async with self._store.unit() as unit:
            postings = await unit.postings.find(due_by=now, most=_MOST_POSTINGS)
        for posting in postings:
            await self._work.put(Task("deliver", posting.key, lock=f"{posting.place.platform}:{posting.place.id}"))

    async def _put_gathering(self, now: datetime) -> None:
        """Ask each source once in a while; what a build has asked just now is not asked again."""
        keys = [
            key
            for key in self._desks.owners()
            if now - self._asked.get(key, now - self._rules.gather_every) >= self._rules.gather_every
        ]
        if not keys:
            return
        async with self._store.unit() as unit:
            states = await unit.sources.get(keys)
        for key in keys:
            last = states[key].last_gathered if key in states else None
            if last is None or now - last >= self._rules.gather_every:
                await self._work.put(Task("gather", key, lock=key))
                self._asked[key] = now
            else:
                self._asked[key] = last

    async def _tidy(self, now: datetime) -> None:
        """Once a day, delete what is old; once an hour, what is kept of servers that left."""
        if self._purge is not None and (self._purged is None or now - self._purged >= _PURGED_EVERY):
            gone = await self._purge(now)
            self._purged = now
            if gone:
                self._events.tell("purged", servers=gone)
        if self._tidied is not None and now - self._tidied < timedelta(days=1):
            return
        async with self._store.unit() as unit:
            await unit.ledger.forget(now - self._rules.remember)
            await unit.usage.forget(before=(now - self._rules.counted).date())
            await unit.claims.forget(now - self._rules.claimed)
            await unit.commit()
        self._tidied = now

    def _say_once(self, event: str, **facts: str) -> None:
        said = " ".join((event, *facts.values()))
        if said not in self._said:
            self._said.add(said)
            self._events.warn(event, **facts)

"""Editions composed ahead of their time: once, in adjacent windows, at the slot whatever the writer does."""

import asyncio
import pickle
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from typing import ClassVar, TypeVar, cast

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from bot.domain.compose import draft
from bot.domain.desk import DEFAULT_DESK, OpenDesk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Story, Window
from bot.domain.health import GatherReport
from bot.domain.item import Found, ItemKind
from bot.domain.lead import lead
from bot.domain.ledger import Build as BuildRow
from bot.domain.ledger import BuildKey, Posting, State
from bot.domain.place import Place
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import Due, Schedule, SlotName, dues
from bot.errors import CoresError, NotFoundError, SourceUnavailable
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.source import Batch, Source
from bot.services.brief import Brief
from bot.services.build import LEASE, Build
from bot.services.gather import Gather
from bot.services.write import Write
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.loop_clock import LoopClock, in_virtual_time, virtually
from tests.fakes.plant import Plant
from tests.fakes.source import FakeSource, batch
from tests.fakes.writer import NAME, FakeWriter
from tests.unit.writing_samples import PRESS, press

T = TypeVar("T")
DUMP = partial(to_json, indent=None)
"""As the program does it."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
TWICE = Schedule("UTC")
"""07:00 and 18:00 each day."""
WEEK = Window(MONDAY - 7 * DAY, MONDAY + 14 * DAY)


class Here:
    """Calls in this process, and remembers what was composed: the same commission gives the same edition."""

    drafted: ClassVar[dict[bytes, Drafted]] = {}

    def __init__(self) -> None:
        self.calls = 0
        self.fails = 0

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """The result; the first `fails` calls raise."""
        self.calls += 1
        if self.fails:
            self.fails -= 1
            raise CoresError("the worker process died")
        if function is not cast("object", draft):
            return function(*args)
        key = pickle.dumps(args[0])
        if key not in self.drafted:
            self.drafted[key] = cast("Drafted", function(*args))
        return cast("T", self.drafted[key])

    async def close(self) -> None:
        """Nothing to close."""


class Wire:
    """A source on which something is published every ten minutes, dated or not; slow or down when a test says so."""

    def __init__(self, clock: LoopClock, name: str, *, dated: bool = True, since: datetime = MONDAY - 2 * DAY) -> None:
        self.clock, self.name, self.dated, self.since = clock, name, dated, since
        self.seconds = 0.0
        self.down = False
        self.asked: list[datetime] = []

    def published(self, by: datetime) -> list[tuple[str, datetime]]:
        """Names and instants of everything up to an instant."""
        many = max(0, (by - self.since) // (10 * MINUTE) + 1)
        return [(f"{self.name}{n}", self.since + n * 10 * MINUTE) for n in range(many)]

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
        """What is there at this moment, newest first, at most two hours of it."""
        self.asked.append(self.clock.now())
        found = self.published(self.clock.now())[-12:]
        await self.clock.sleep(timedelta(seconds=self.seconds))
        if self.down:
            raise SourceUnavailable("server error 503")
        return Batch(tuple(self._entry(name, at) for name, at in reversed(found)), None)

    def _entry(self, name: str, at: datetime) -> Found:
        link = f"https://wire.example/{name}"
        return Found(link, link, name, "Short.", ItemKind.ARTICLE, at if self.dated else None)


class Bench:
    """A desk, places that wait for it, and a process that builds; the store survives the process."""

    def __init__(
        self,
        clock: Clock,
        sources: Iterable[tuple[str, Source]] = (),
        *,
        roster: Roster | None = None,
        store: MemoryStore | None = None,
        writer: FakeWriter | None = None,
        holder: str = "one",
        cores: Cores | None = None,
    ) -> None:
        self.clock, self.events = clock, KeptEvents()
        self.store = store or MemoryStore(now=clock.now)
        self.cores = cores or Here()
        self.writer = writer
        known = dict(sources)
        people = (Thinker(a, a, ThinkerKind.PERSON, (SourceSpec(SourceType.FEED, a),)) for a in known)
        self.desks = {"default": OpenDesk(DEFAULT_DESK, roster or Roster(tuple(people)), TWICE, "en")}
        self.gather = Gather(
            store=self.store,
            clock=clock,
            open_source=lambda spec: known.get(spec.address),
            why_silent=lambda _: "needs a key",
            holder=holder,
        )
        self.build = Build(
            store=self.store,
            clock=clock,
            gather=self.gather,
            brief=self._brief(),
            desks=self.desks,
            events=self.events,
            holder=holder,
        )

    def _brief(self) -> Brief:
        write = None
        if self.writer is not None:
            write = Write(
                store=self.store, clock=self.clock, cores=self.cores, writer=self.writer, dump=DUMP, load=from_json
            )
        return Brief(
            store=self.store,
            clock=self.clock,
            cores=self.cores,
            catalogue=FluentCatalogue(),
            is_silent=lambda _: False,
            dump=DUMP,
            load=lambda text: from_json(Drafted, text),
            write=write,
        )

    async def subscribe(self, name: str = "a", schedule: Schedule = TWICE, **facts: object) -> str:
        """A place that has waited since long ago."""
        place = Place("remote", name)
        made = Subscription(subscription_id(place, "default"), "t", place, "default", schedule, "en", MONDAY - 30 * DAY)
        async with self.store.unit() as unit:
            await unit.subscriptions.put(replace(made, **facts))  # type: ignore[arg-type]  # fields of it
            await unit.commit()
        return made.id

    async def plan(self, due: Due, schedule: Schedule = TWICE, *, missed: str | None = None) -> None:
        """See that the places have their posting."""
        async with self.store.unit() as unit:
            await unit.postings.plan(schedule, due, missed=missed)
            await unit.commit()

    async def keys(self) -> list[BuildKey]:
        """What waits."""
        async with self.store.unit() as unit:
            return await unit.builds.waiting(self.clock.now() + 2 * HOUR)

    async def until(self, instant: datetime) -> None:
        """Let the time pass."""
        await self.clock.sleep(instant - self.clock.now())

    async def made(self, due: Due, *, early: timedelta = 10 * MINUTE, schedule: Schedule = TWICE) -> BuildRow:
        """Build everything for a slot, and post it."""
        await self.plan(due, schedule)
        await self.until(due.at - early)
        for key in await self.keys():
            await self.build(str(key))
        await self.post()
        return self.rows()[-1]

    async def post(self) -> None:
        """Everything composed is sent."""
        async with self.store.unit() as unit:
            for posting in self.postings(State.COMPOSED):
                await unit.postings.put(replace(posting, state=State.SENT))
            await unit.commit()

    def postings(self, state: State) -> list[Posting]:
        """Those in a state, by key."""
        return sorted((p for p in self.store.contents.postings.values() if p.state is state), key=lambda p: p.key)

    def rows(self) -> list[BuildRow]:
        """Every build that was begun, by due instant."""
        return sorted(self.store.contents.builds.values(), key=lambda build: (build.key.due, build.key.language))

    def editions(self) -> list[Edition]:
        """Every edition, by the end of its window."""
        return sorted(self.store.contents.editions.values(), key=lambda edition: edition.window.end)


def slots(schedule: Schedule = TWICE, window: Window = WEEK) -> list[Due]:
    """The slots of a schedule in three weeks."""
    zone = zone_named(schedule.zone)
    assert zone is not None
    return list(dues(schedule, zone, window.start, window.end))


def slot(day: int, name: str) -> Due:
    """A slot of that day of March 2026."""
    return next(due for due in slots() if (due.date.day, due.slot) == (day, name))


def windows(bench: Bench) -> list[Window]:
    return [Window(row.window_start, row.window_end) for row in bench.rows()]


# ---------------------------------------------------------------- what it does


@virtually
async def test_a_build_composes_for_every_place_that_waits() -> None:
    """One edition for two places; it tells when it begins and when it is done, with its figures."""
    bench = Bench(clock := LoopClock(MONDAY + 6 * HOUR), [("a", Wire(LoopClock(MONDAY), "a"))])
    await bench.subscribe("a")
    await bench.subscribe("b")
    row = await bench.made(slot(9, "am"))
    edition = bench.editions()[0]
    assert row.edition == edition.id
    assert (edition.slot, edition.date, edition.language) == ("am", date(2026, 3, 9), "en")
    assert [posting.edition for posting in bench.postings(State.SENT)] == [edition.id] * 2
    key = "default/20260309T070000Z/2026-03-09/am/en"
    done = {"edition": edition.id, "stories": 0, "items": edition.card.items_read, "writer": "selected"}
    spent = {"tokens_in": 0, "tokens_out": 0, "tokens_cached": 0, "cost": 0.0}
    assert bench.events.told == [
        ("build_started", {"build": key}),
        ("build_done", {"build": key, **done, "seconds": row.seconds, "places": 2, **spent}),
    ]
    assert edition.card.items_read > 0
    assert clock.now() == MONDAY + 7 * HOUR - 10 * MINUTE
    async with bench.store.unit() as unit:
        assert await unit.leases.held("") == []


NEVER_ALIKE = Schedule("UTC", slots=(("am", time(7)), ("pm", time(19))))
WORKDAYS = Schedule("UTC", days=(0, 1, 2, 3, 4))


@pytest.mark.parametrize(
    ("schedules", "name", "comes"),
    [
        ([TWICE], "am", datetime(2026, 3, 9, 18, tzinfo=UTC)),
        ([TWICE, TWICE], "pm", datetime(2026, 3, 10, 7, tzinfo=UTC)),
        ([TWICE, WORKDAYS], "am", datetime(2026, 3, 9, 18, tzinfo=UTC)),
        ([TWICE, NEVER_ALIKE], "am", None),
    ],
    ids=["in the evening", "in the morning", "all the same", "they disagree"],
)
def test_an_edition_knows_when_the_next_one_comes(
    schedules: list[Schedule], name: SlotName, comes: datetime | None
) -> None:
    """To those who wait for this one; where that is not the same for all, nobody is told a time."""

    async def story() -> None:
        bench = Bench(LoopClock(MONDAY + 6 * HOUR))
        for number, schedule in enumerate(schedules):
            await bench.subscribe(str(number), schedule)
        due = slot(9, name)
        for schedule in dict.fromkeys(schedules):
            await bench.plan(due, schedule)
        await bench.until(due.at - 10 * MINUTE)
        for key in await bench.keys():
            await bench.build(str(key))
        drafted = await bench._brief().drafted(bench.editions()[0].id)
        assert drafted is not None
        assert drafted.next_due == comes

    in_virtual_time(story())


@virtually
async def test_what_nobody_waits_for_is_not_built() -> None:
    """Composed already, never planned, no such name, or further ahead than two hours."""
    bench = Bench(LoopClock(MONDAY + 6 * HOUR))
    await bench.subscribe()
    await bench.plan(slot(9, "pm"))
    for key in ("default/20260309T180000Z/2026-03-09/pm/en", "nonsense"):
        await bench.build(key)
    assert bench.events.names() == []
    await bench.made(slot(9, "am"))
    await bench.build("default/20260309T070000Z/2026-03-09/am/en")
    assert bench.events.names() == ["build_started", "build_done"]


@virtually
async def test_what_somebody_else_is_building_is_left_to_them() -> None:
    """While they work their lease is renewed; when they are gone, it ends."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    wire = Wire(clock, "a")
    wire.seconds = 55.0
    writer = FakeWriter(clock=clock, seconds=lambda _: 900.0)
    one = Bench(clock, [("a", wire)], writer=writer, roster=Roster(PRESS))
    await stocked(one.store)
    other = Bench(clock, [("a", wire)], store=one.store, holder="two", roster=Roster(PRESS))
    await one.subscribe()
    await one.plan(slot(9, "am"))
    (key,) = await one.keys()
    working = asyncio.create_task(one.build(str(key)))
    for _ in range(10):
        await clock.sleep(MINUTE)
        await other.build(str(key))
    assert other.events.names() == []
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await other.build(str(key))
    assert other.events.names() == ["build_started", "build_done"]


@virtually
async def test_a_build_whose_process_was_killed_is_taken_up_when_its_lease_ends() -> None:
    """Two minutes later, not before."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    bench = Bench(clock)
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    (key,) = await bench.keys()
    async with bench.store.unit() as unit:
        await unit.leases.take(f"build:{key}", "killed", LEASE)
        await unit.commit()
    await clock.sleep(LEASE - MINUTE)
    await bench.build(str(key))
    assert bench.rows() == []
    await clock.sleep(MINUTE)
    await bench.build(str(key))
    assert bench.rows()[0].edition is not None


@virtually
async def test_a_database_that_fails_a_moment_does_not_lose_the_lease() -> None:
    """It is renewed at the next turn."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    bench = Bench(clock, writer=FakeWriter(clock=clock, seconds=lambda _: 300.0), roster=Roster(PRESS))
    await stocked(bench.store)
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    (key,) = await bench.keys()
    working = asyncio.create_task(bench.build(str(key)))
    await clock.sleep(timedelta(seconds=20))
    bench.store._closed = True
    await clock.sleep(timedelta(seconds=20))
    bench.store._closed = False
    await clock.sleep(LEASE)
    async with bench.store.unit() as unit:
        assert not await unit.leases.take(f"build:{key}", "two", LEASE)
    await working
    assert bench.rows()[0].edition is not None


@virtually
async def test_every_source_down_is_no_failure() -> None:
    """What is there is composed, and the card names who was down."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    wire = Wire(clock, "a")
    wire.down = True
    bench = Bench(clock, [("a", wire)])
    await bench.subscribe()
    await bench.made(slot(9, "am"))
    assert [down.thinker for down in bench.editions()[0].card.sources_down] == ["a"]
    assert bench.events.warned == []


@virtually
async def test_a_build_that_fails_keeps_its_reason_and_is_tried_again() -> None:
    """The places wait; each failure is said; the third try has the window of the first."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    bench = Bench(clock, cores=(cores := Here()))
    cores.fails = 2
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    (key,) = await bench.keys()
    for _ in range(2):
        with pytest.raises(CoresError):
            await bench.build(str(key))
        assert (bench.rows()[0].edition, bench.rows()[0].reason) == (None, "the worker process died")
        assert len(bench.postings(State.PLANNED)) == 1
        await clock.sleep(30 * MINUTE)
    await bench.build(str(key))
    row = bench.rows()[0]
    assert (row.window_end, row.reason) == (MONDAY + 6 * HOUR, None)
    assert bench.events.warned == [("build_failed", {"build": str(key), "reason": "the worker process died"})] * 2
    assert len(bench.postings(State.COMPOSED)) == 1


@virtually
async def test_a_desk_that_is_gone_is_said() -> None:
    """Nothing is begun for it."""
    bench = Bench(LoopClock(MONDAY + 6 * HOUR))
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    del bench.desks["default"]
    with pytest.raises(NotFoundError):
        await bench.build("default/20260309T070000Z/2026-03-09/am/en")
    assert bench.events.warned[0][1]["reason"] == "There is no desk 'default'."
    assert bench.rows() == []


@virtually
async def test_a_place_that_joins_after_the_build_gets_the_same_edition() -> None:
    """At once, and how long builds take is not what that took."""
    clock = LoopClock(MONDAY + 6 * HOUR)
    wire = Wire(clock, "a")
    wire.seconds = 40.0
    bench = Bench(clock, [("a", wire)])
    await bench.subscribe("a")
    row = await bench.made(slot(9, "am"))
    await bench.subscribe("b")
    again = await bench.made(slot(9, "am"), early=5 * MINUTE)
    assert (again.edition, again.seconds) == (row.edition, 40.0)
    assert len(bench.editions()) == 1
    assert len(bench.postings(State.SENT)) == 2


async def test_on_a_clock_that_stands_still_nobody_knows_how_long_it_took() -> None:
    """And nothing waits."""
    clock = FakeClock(MONDAY + 6 * HOUR + 50 * MINUTE, still=True)
    bench = Bench(clock, [("a", FakeSource(batch("one", published=MONDAY)))])
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    await bench.build(str((await bench.keys())[0]))
    assert (bench.rows()[0].seconds, bench.events.told[-1][1]["seconds"]) == (None, None)
    assert bench.editions()[0].card.items_read == 1


# ---------------------------------------------------------------- windows


@virtually
async def test_windows_are_adjacent_whatever_happens_to_a_slot() -> None:
    """One late, one skipped, one in time, with slow sources: every item, dated or not, falls into exactly one."""
    clock = LoopClock(MONDAY - 7 * HOUR)
    wires = [Wire(clock, "dated"), Wire(clock, "undated", dated=False)]
    wires[0].seconds, wires[1].seconds = 25.0, 50.0
    bench = Bench(clock, [(wire.name, cast("Source", wire)) for wire in wires])
    await bench.subscribe()

    async def hourly() -> None:
        while True:
            await bench.gather(bench.desks["default"].roster)
            await clock.sleep(HOUR - timedelta(seconds=50))

    await bench.made(slot(8, "pm"))
    await bench.until(MONDAY - 5 * HOUR - 8 * MINUTE)
    gathering = asyncio.create_task(hourly())
    await bench.made(slot(9, "am"), early=-2 * HOUR)
    await bench.plan(slot(9, "pm"), missed="missed: the bot was not running")
    await bench.made(slot(10, "am"), early=3 * MINUTE)
    await bench.made(slot(10, "pm"))
    gathering.cancel()
    told = windows(bench)
    assert len(told) == 4
    assert all(one.end == other.start for one, other in pairwise(told))
    assert told[1].end == MONDAY + 8 * HOUR + 52 * MINUTE
    async with bench.store.unit() as unit:
        items = await unit.items.within([f"feed:{wire.name}" for wire in wires], Window(told[0].end, told[-1].end))
    assert sum(edition.card.items_read for edition in bench.editions()[1:]) == len(items)
    assert all(sum(window.holds(item.at) for window in told) == 1 for item in items)
    published = [name for wire in wires for name, at in wire.published(told[-1].end) if at > told[0].end]
    assert len(published) > 500
    assert sorted(item.title for item in items) == sorted(published)


@virtually
async def test_the_first_window_begins_at_the_slot_before() -> None:
    """Less the longest time by which that one could have been early."""
    bench = Bench(LoopClock(MONDAY))
    await bench.subscribe()
    row = await bench.made(slot(9, "am"))
    assert row.window_start == slot(8, "pm").at - 130 * MINUTE
    assert row.window_end == slot(9, "am").at - 10 * MINUTE


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        (Schedule("UTC", slots=(("am", time(7)),)), 24),
        (Schedule("UTC", days=(0,), slots=(("am", time(7)),)), 168),
        (Schedule("UTC", days=(0, 1, 2, 3, 4)), 61),
    ],
)
def test_windows_reach_back_one_slot_however_far_that_is(schedule: Schedule, hours: int) -> None:
    """A day, a week, a weekend: from edition to edition nothing is left out."""

    @virtually
    async def run() -> None:
        bench = Bench(LoopClock(MONDAY - 7 * DAY))
        await bench.subscribe(schedule=schedule)
        for due in slots(schedule, Window(MONDAY - 6 * DAY, MONDAY + 8 * DAY)):
            await bench.made(due, schedule=schedule, early=20 * MINUTE)
        told = windows(bench)
        assert all(one.end == other.start for one, other in pairwise(told))
        assert max(window.end - window.start for window in told[1:]) == timedelta(hours=hours)

    run()


@virtually
async def test_after_a_long_silence_the_window_does_not_reach_back_for_ever() -> None:
    """Skipped slots of three days are caught up; after longer it is one slot again."""
    bench = Bench(LoopClock(MONDAY - 5 * DAY))
    await bench.subscribe()
    first = await bench.made(slot(5, "am"))
    within = await bench.made(slot(8, "am"))
    assert within.window_start == first.window_end
    after = await bench.made(slot(11, "pm"))
    assert after.window_start == slot(11, "am").at - 130 * MINUTE


@virtually
async def test_an_edition_that_was_composed_and_not_posted_ended_its_window_all_the_same() -> None:
    """The next one goes on from there."""
    bench = Bench(LoopClock(MONDAY))
    await bench.subscribe()
    await bench.plan(slot(9, "am"))
    await bench.until(slot(9, "am").at - 40 * MINUTE)
    await bench.build(str((await bench.keys())[0]))
    second = await bench.made(slot(9, "pm"))
    assert second.window_start == slot(9, "am").at - 40 * MINUTE


@virtually
async def test_other_desks_languages_paused_places_and_unknown_zones_do_not_count() -> None:
    """The reach is that of the places served; without any that is known, twelve hours."""
    bench = Bench(LoopClock(MONDAY))
    await bench.subscribe("paused", Schedule("UTC", slots=(("am", time(7)),)), paused_until=MONDAY + DAY)
    await bench.subscribe("other", Schedule("UTC", slots=(("am", time(7)),)), language="ru")
    await bench.subscribe("gone", replace(TWICE, zone="Nowhere/Gone"))
    await bench.subscribe("twice")
    await bench.plan(slot(9, "am"))
    await bench.until(slot(9, "am").at - 10 * MINUTE)
    (key,) = await bench.keys()
    await bench.build(str(key))
    assert bench.rows()[0].window_start == slot(8, "pm").at - 130 * MINUTE


@virtually
async def test_a_slot_that_is_no_longer_in_any_schedule_looks_back_twelve_hours() -> None:
    """What is owed is owed."""
    odd = Due(MONDAY + 8 * HOUR, date(2026, 3, 9), "am")
    bench = Bench(LoopClock(MONDAY))
    await bench.subscribe()
    await bench.plan(odd)
    await bench.until(odd.at - 10 * MINUTE)
    await bench.build(str((await bench.keys())[0]))
    assert bench.rows()[0].window_start == odd.at - 12 * HOUR - 130 * MINUTE


@virtually
async def test_two_languages_of_an_instant_ask_the_sources_once_and_share_the_window() -> None:
    """One after the other or side by side; what is published between the two is in neither window."""
    clock = LoopClock(MONDAY)
    wire = Wire(clock, "a")
    wire.seconds = 30.0
    bench = Bench(clock, [("a", wire)])
    await bench.subscribe("a")
    await bench.subscribe("b", language="ru")
    await bench.plan(slot(9, "am"))
    await bench.until(slot(9, "am").at - 10 * MINUTE)
    one, other = await bench.keys()
    await asyncio.gather(bench.build(str(one)), bench.build(str(other)))
    assert len(wire.asked) == 1
    assert windows(bench)[0] == windows(bench)[1]
    await bench.post()
    await bench.plan(slot(9, "pm"))
    await bench.until(slot(9, "pm").at - 10 * MINUTE)
    one, other = await bench.keys()
    await bench.build(str(one))
    await clock.sleep(4 * MINUTE)
    await bench.build(str(other))
    assert len(wire.asked) == 2
    assert windows(bench)[2] == windows(bench)[3] == Window(windows(bench)[0].end, slot(9, "pm").at - 10 * MINUTE)
    assert {edition.language for edition in bench.editions()} == {"en", "ru"}


# ---------------------------------------------------------------- killed and taken up again


async def stocked(store: MemoryStore) -> None:
    """Three stories in the hours before Monday's morning edition."""
    ahead = MONDAY + 5 * HOUR - datetime(2026, 3, 5, 12, tzinfo=UTC)
    async with store.unit() as unit:
        await unit.items.add([replace(i, published=i.at + ahead) for i in press()])
        await unit.commit()


def survivor(store: MemoryStore) -> Callable[[LoopClock], MemoryStore]:
    """What a process finds that starts after a kill: all that was committed, on another clock."""
    contents = store.contents

    def found(clock: LoopClock) -> MemoryStore:
        after = MemoryStore(now=clock.now)
        after.contents = contents.copy()
        return after

    return found


@pytest.mark.parametrize("seed", range(8))
def test_killed_at_random_points_a_build_pays_for_nothing_twice(seed: int) -> None:
    """Up to five kills: what the writer finished is never asked for again, and the edition is that of an unkilled run.

    A kill leaves what was committed and the leases of the dead; the next process comes up some minutes later.
    """
    chance = random.Random(seed)
    done: dict[str, int] = {}

    async def life(store: MemoryStore | None, at: datetime, kill_after: float | None, holder: str) -> Bench:
        clock = LoopClock(at)
        writer = FakeWriter(clock=clock, at_once=1, seconds=lambda story: 20.0 + 30 * story.number)
        wire = Wire(clock, "a", since=MONDAY + DAY)
        wire.seconds = 15.0
        found = None if store is None else survivor(store)(clock)
        bench = Bench(clock, [("a", wire)], store=found, writer=writer, holder=holder, roster=Roster(PRESS))
        if store is None:
            await stocked(bench.store)
            await bench.subscribe()
            await bench.plan(slot(9, "am"))
        building = asyncio.create_task(bench.build("default/20260309T070000Z/2026-03-09/am/en"))
        if kill_after is None:
            await building
            return bench
        await clock.sleep(timedelta(seconds=kill_after))
        for title, times in writer.done.items():
            done[title] = done.get(title, 0) + times
        left = survivor(bench.store)(clock)  # the instant of the kill: what follows happens to nobody
        building.cancel()
        await asyncio.gather(building, return_exceptions=True)
        bench.store = left
        return bench

    at, store = MONDAY + 6 * HOUR + 20 * MINUTE, None
    for number in range(chance.randint(1, 5)):
        kill_after = chance.uniform(0, 300)
        bench = in_virtual_time(life(store, at, kill_after, f"p{number}"))
        store, at = bench.store, at + timedelta(seconds=kill_after + chance.uniform(125, 180))
    last = in_virtual_time(life(store, at, None, "last"))
    assert last.writer is not None
    for title, times in last.writer.done.items():
        done[title] = done.get(title, 0) + times
    whole = in_virtual_time(life(None, MONDAY + 6 * HOUR + 20 * MINUTE, None, "whole"))
    (one,), (other,) = last.editions(), whole.editions()
    assert done == dict.fromkeys([story.title for story in other.stories], 1)
    assert content(one) == content(other)
    assert len(last.postings(State.COMPOSED)) == 1


def content(edition: Edition) -> str:
    """What people read of it: without how long it took, and without the id and window that the instant gives it."""
    card = replace(edition.card, seconds=None)
    window = Window(MONDAY, MONDAY)
    return to_json(replace(edition, card=card, window=window)).replace(edition.id, "")


# ---------------------------------------------------------------- at the slot


@virtually
async def test_at_the_slot_what_is_written_goes_out_and_the_rest_is_selected() -> None:
    """A writer that never finishes costs no minute."""
    clock = LoopClock(MONDAY)
    writer = FakeWriter(clock=clock, at_once=1, seconds=lambda story: 60.0 if story.number == 1 else 10_000.0)
    bench = Bench(clock, writer=writer, roster=Roster(PRESS))
    await stocked(bench.store)
    await bench.subscribe()
    due = slot(9, "am")
    await bench.made(due)
    assert due.at - timedelta(seconds=10) <= clock.now() <= due.at
    card = bench.editions()[0].card
    assert card.writer == NAME
    assert "2 of 3 stories are selected sentences: the writer was not done in time." in card.notes


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=40)])
def test_a_build_that_begins_late_waits_two_minutes_for_the_writer(late: timedelta) -> None:
    """After the bot was away; stories that fit into two minutes are written."""

    @virtually
    async def run() -> None:
        clock = LoopClock(MONDAY)
        writer = FakeWriter(clock=clock, at_once=1, seconds=lambda story: 50.0)
        bench = Bench(clock, writer=writer, roster=Roster(PRESS))
        await stocked(bench.store)
        await bench.subscribe()
        due = slot(9, "am")
        await bench.made(due, early=-late)
        assert clock.now() == due.at + late + 2 * MINUTE
        assert writer.done.total() == 2

    run()


async def simulated(chance: random.Random, *, at_once: int, tokens: float, many: int) -> tuple[list[float], int]:
    """Seconds from slot to edition of so many slots, and how many of them were written whole.

    A server of ten tokens a second, give or take; stories of `tokens`, give or take; sources and composing take
    random times; once in a while the server is four times slower, or hangs.
    """
    clock = LoopClock(MONDAY - 6 * DAY)

    def speed() -> float:
        return 10 * chance.uniform(0.8, 1.1) / (4 if chance.random() < 0.01 else 1)

    def seconds(_: Story) -> float:
        return 1e9 if chance.random() < 0.002 else max(60.0, chance.gauss(tokens, tokens / 5)) / speed()

    class Slow:
        async def __call__(self, roster: Roster, *, fresh: timedelta | None = None) -> GatherReport:
            await clock.sleep(timedelta(seconds=chance.uniform(5, 90)))
            return GatherReport((), 0)

    writer = FakeWriter(clock=clock, seconds=seconds, at_once=at_once)
    bench = Bench(clock, writer=writer, cores=Plant(clock, lambda: chance.uniform(2, 40)))
    build = Build(
        store=bench.store,
        clock=clock,
        gather=Slow(),
        brief=bench._brief(),
        desks=bench.desks,
        events=bench.events,
        holder="one",
    )
    await bench.subscribe()
    late: list[float] = []
    for due in slots(window=Window(MONDAY - 5 * DAY, MONDAY + 365 * DAY))[:many]:
        await bench.plan(due)
        async with bench.store.unit() as unit:
            lasted = await unit.builds.lasted("default")
            await unit.ledger.forget(due.at - 5 * DAY)
            await unit.commit()
        await bench.until(due.at - lead(lasted))
        await build(str((await bench.keys())[0]))
        late.append((clock.now() - due.at).total_seconds())
        await bench.post()
    whole = sum(not edition.card.notes for edition in bench.editions())
    return late, whole


@pytest.mark.parametrize(
    ("at_once", "tokens", "slots", "whole"),
    [(5, 450.0, 320, 0.95), (1, 450.0, 320, 0.95), (1, 3000.0, 60, 0.90), (1, 9000.0, 30, 0.0)],
    ids=["side by side", "one at a time", "long stories", "more than an hour"],
)
def test_with_ten_tokens_a_second_the_edition_is_there_at_its_slot(
    at_once: int, tokens: float, slots: int, whole: float
) -> None:
    """Whatever the writer; and as good as always written whole where an hour is enough."""
    late, written = in_virtual_time(simulated(random.Random(7), at_once=at_once, tokens=tokens, many=slots))
    assert len(late) == slots
    assert sum(seconds <= 0 for seconds in late) / len(late) >= 0.99
    assert max(late) <= 30
    assert written / len(late) >= whole

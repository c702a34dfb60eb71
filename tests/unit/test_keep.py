"""The tick: what is owed is planned, what is due is put to work, what is too old is skipped and said."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.claim import Claim
from bot.domain.desk import DEFAULT_DESK, OpenDesk
from bot.domain.ledger import State
from bot.domain.place import Place
from bot.domain.reasons import NOT_RUNNING
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.subscription import FOR_GOOD, Subscription, subscription_id
from bot.domain.timetable import Schedule
from bot.services.brief import REMEMBERED
from bot.services.keep import Keep, KeepRules
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents, WaitingWork

SIX = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
"""A Monday, an hour before the morning edition in UTC."""
MORNINGS = Schedule("UTC", slots=(("am", time(7)),))
BOTH = Schedule("UTC")
FEED = SourceSpec(SourceType.FEED, "https://example.org/feed")
ROSTER = Roster((Thinker("ada", "Ada", ThinkerKind.PERSON, (FEED,)),))


class Bench:
    """A timetable on a store in memory, with a clock that a test sets."""

    def __init__(self, now: datetime = SIX, *, holder: str = "one", store: MemoryStore | None = None) -> None:
        self.clock = FakeClock(now)
        self.store = store or MemoryStore(now=self.clock.now)
        self.work = WaitingWork()
        self.events = KeptEvents()
        self.desks = {"default": OpenDesk(DEFAULT_DESK, ROSTER, BOTH, "en")}
        self.keep = self.fresh(holder)

    def fresh(self, holder: str = "one") -> Keep:
        """The same after a restart."""
        return Keep(
            store=self.store,
            clock=self.clock,
            work=self.work,
            desks=self.desks,
            zones=zone,
            events=self.events,
            holder=holder,
            rules=KeepRules(),
        )

    async def subscribe(self, name: str = "a", schedule: Schedule = MORNINGS, **more) -> str:
        """A place that wants editions since a week ago."""
        place = Place("remote", name)
        since = self.clock.now() - timedelta(days=30)
        made = Subscription(subscription_id(place, "default"), "t", place, "default", schedule, "en", since, **more)
        async with self.store.unit() as unit:
            await unit.subscriptions.put(made)
            await unit.commit()
        return made.id

    async def posting(self, key: str):
        """A posting as it is kept."""
        async with self.store.unit() as unit:
            found = await unit.postings.find(keys=[key])
        return found[0] if found else None

    async def composed(self, key: str) -> None:
        """Somebody built the edition of a posting."""
        async with self.store.unit() as unit:
            for waiting in await unit.builds.waiting(self.clock.now() + timedelta(hours=2)):
                end = self.clock.now()
                build = await unit.builds.start(waiting, end, end - timedelta(hours=12))
                await unit.builds.finish(type(build)(build.key, build.window_start, build.window_end, "e", 60.0))
            await unit.commit()
        assert (await self.posting(key)).state is State.COMPOSED


def zone(name: str):
    """The zones there are."""
    return ZoneInfo(name) if name != "Nowhere/Gone" else None


async def test_a_slot_is_planned_an_hour_ahead_and_its_build_begins_ten_minutes_before():
    """The first build of a desk gets ten minutes; the tick says when it wants to be woken."""
    bench = Bench()
    who = await bench.subscribe()
    wake = await bench.keep()
    assert (await bench.posting(f"{who}/2026-03-09/am")).state is State.PLANNED
    assert bench.work.keys("build") == []
    assert wake == SIX + timedelta(minutes=50)
    bench.clock.advance(timedelta(minutes=50))
    wake = await bench.keep()
    assert bench.work.keys("build") == ["default/20260309T070000Z/2026-03-09/am/en"]
    assert wake == SIX + timedelta(hours=1)


async def test_what_is_composed_is_delivered_at_its_instant_and_not_before():
    """Built ahead, held until the slot."""
    bench = Bench(SIX + timedelta(minutes=55))
    who = await bench.subscribe()
    key = f"{who}/2026-03-09/am"
    await bench.keep()
    await bench.composed(key)
    await bench.keep()
    assert bench.work.keys("deliver") == []
    bench.clock.advance(timedelta(minutes=5))
    await bench.keep()
    assert bench.work.keys("deliver") == [key]


async def test_places_that_are_due_together_share_a_build_and_other_languages_have_their_own():
    """One build for a desk, an instant and a language."""
    bench = Bench(SIX + timedelta(minutes=55))
    for name in ("a", "b"):
        await bench.subscribe(name)
    place = Place("remote", "c")
    since = SIX - timedelta(days=1)
    async with bench.store.unit() as unit:
        await unit.subscriptions.put(Subscription("c" * 12, "t", place, "default", MORNINGS, "ru", since))
        await unit.commit()
    await bench.keep()
    assert sorted(bench.work.keys("build")) == [
        "default/20260309T070000Z/2026-03-09/am/en",
        "default/20260309T070000Z/2026-03-09/am/ru",
    ]


async def test_a_slot_that_was_missed_by_two_hours_is_still_built():
    """Inside the catch-up window it is published once."""
    bench = Bench(SIX + timedelta(hours=3))
    who = await bench.subscribe()
    await bench.keep()
    assert (await bench.posting(f"{who}/2026-03-09/am")).state is State.PLANNED
    assert len(bench.work.keys("build")) == 1


async def test_a_slot_that_was_missed_by_four_hours_is_skipped_and_said():
    """Outside of the window there is a row, a reason and a warning, and nothing else."""
    bench = Bench(SIX + timedelta(hours=5))
    who = await bench.subscribe()
    await bench.keep()
    posting = await bench.posting(f"{who}/2026-03-09/am")
    assert (posting.state, posting.reason) == (State.SKIPPED, NOT_RUNNING)
    assert bench.work.keys("build") == []
    assert "missed" in bench.events.names()


async def test_of_two_slots_that_were_missed_only_the_later_one_is_published():
    """Never more than one old edition in a place."""
    bench = Bench(datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    schedule = Schedule("UTC", slots=(("am", time(7)), ("pm", time(9))))
    who = await bench.subscribe(schedule=schedule)
    await bench.keep()
    assert (await bench.posting(f"{who}/2026-03-09/am")).state is State.SKIPPED
    assert (await bench.posting(f"{who}/2026-03-09/pm")).state is State.PLANNED
    assert bench.work.keys("build") == ["default/20260309T090000Z/2026-03-09/pm/en"]
    told = len(bench.events.names())
    await bench.keep()
    assert len(bench.events.names()) == told


async def test_a_week_away_leaves_a_row_for_each_slot_that_was_missed():
    """Status can say what is missing; older than a week is not counted up."""
    bench = Bench(datetime(2026, 3, 9, 12, 0, tzinfo=UTC))
    who = await bench.subscribe()
    await bench.keep()
    keys = [f"{who}/2026-03-{day:02}/am" for day in range(1, 10)]
    async with bench.store.unit() as unit:
        rows = {posting.key: posting.state for posting in await unit.postings.find(keys=keys)}
    assert rows == dict.fromkeys(keys[2:], State.SKIPPED)


@pytest.mark.parametrize("times", [2, 5])
async def test_ticks_may_come_as_often_as_they_like(times):
    """The same slot is planned and put once, also after a restart and by another process."""
    bench = Bench(SIX + timedelta(minutes=55))
    who = await bench.subscribe()
    for _ in range(times):
        await bench.keep()
        await bench.fresh("two")()
    async with bench.store.unit() as unit:
        assert len(await unit.postings.find(keys=[f"{who}/2026-03-09/am"])) == 1
        assert (await unit.records.counts()).postings == {State.PLANNED: 1, State.SKIPPED: 7}
    assert len(bench.work.keys("build")) == 1


async def test_a_clock_that_jumps_ahead_and_back_costs_nothing():
    """What a wrong clock skipped is planned again when it is put right."""
    bench = Bench(SIX)
    who = await bench.subscribe()
    await bench.keep()
    bench.clock.instant = SIX + timedelta(hours=30)
    await bench.keep()
    tomorrow = f"{who}/2026-03-10/am"
    assert (await bench.posting(tomorrow)).state is State.SKIPPED
    bench.clock.instant = SIX + timedelta(hours=24)
    await bench.keep()
    assert (await bench.posting(tomorrow)).state is State.PLANNED


async def test_a_pause_that_ends_before_the_slot_brings_the_edition_after_all():
    """Planned an hour ahead and skipped; resumed in time, it comes."""
    bench = Bench()
    who = await bench.subscribe(paused_until=FOR_GOOD)
    key = f"{who}/2026-03-09/am"
    await bench.keep()
    assert (await bench.posting(key)).state is State.SKIPPED
    await bench.subscribe()
    await bench.keep()
    assert (await bench.posting(key)).state is State.PLANNED


async def test_another_process_is_noticed_once():
    """Two started by mistake double nothing, and one of them says so."""
    bench = Bench()
    await bench.keep()
    other = bench.fresh("two")
    await other()
    await other()
    assert [facts for name, facts in bench.events.warned if name == "another_process"] == [{"process": "one"}]


async def test_a_zone_that_is_gone_and_a_desk_that_is_gone_are_said_once():
    """The others go on."""
    bench = Bench(SIX + timedelta(minutes=55))
    await bench.subscribe("a", Schedule("Nowhere/Gone", slots=(("am", time(7)),)))
    await bench.subscribe("b")
    del bench.desks["default"]
    await bench.keep()
    await bench.keep()
    assert [name for name, _ in bench.events.warned if name.startswith("unknown")] == ["unknown_zone", "unknown_desk"]
    assert bench.work.keys("build") == []


async def test_each_source_is_asked_once_an_hour():
    """So that nothing scrolls out of a feed unseen between two editions."""
    bench = Bench()
    await bench.keep()
    assert bench.work.keys("gather") == [FEED.key]
    bench.work.tasks.clear()
    bench.clock.advance(timedelta(minutes=59))
    await bench.keep()
    assert bench.work.keys("gather") == []
    bench.clock.advance(timedelta(minutes=1))
    await bench.keep()
    assert bench.work.keys("gather") == [FEED.key]


async def test_what_was_claimed_is_forgotten_after_half_a_year():
    """With the other old things, once a day."""
    bench = Bench()
    rules = KeepRules()
    edge = bench.clock.now() - rules.claimed
    ages = {"old": edge - timedelta(seconds=1), "at the edge": edge, "new": bench.clock.now()}
    claims = [Claim(name, "ada", FEED.key, name, "", "Gulls never drift.", at) for name, at in ages.items()]
    async with bench.store.unit() as unit:
        await unit.claims.add(claims)
        await unit.commit()
    await bench.keep()
    assert sorted(bench.store.contents.claims) == ["at the edge", "new"]
    assert rules.claimed == REMEMBERED

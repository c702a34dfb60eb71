"""Who wants what where and when: made, changed, paused and ended by the people of a place, and by nobody else."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore
from bot.domain.desk import DEFAULT_DESK, Desk, OpenDesk
from bot.domain.ledger import Build, Posting, State
from bot.domain.place import Place
from bot.domain.roster import Roster
from bot.domain.schedules import zone_named
from bot.domain.subscription import FOR_GOOD, Change, Subscription
from bot.domain.timetable import Due, Schedule, dues
from bot.errors import ConfigError, NotFoundError
from bot.services.now import Now
from bot.services.subscribe import Subscribe
from tests.fakes.clock import FakeClock
from tests.fakes.readings import NOON
from tests.unit.test_brief_service import brief, kept
from tests.unit.writing_samples import PRESS, dam

BERLIN = Schedule("Europe/Berlin", (0, 1, 2, 3, 4), (("am", time(7)), ("pm", time(18))))
HARBOUR = OpenDesk(Desk("harbour", "Harbour", "Ships.", "Ida", "Per"), Roster(PRESS), BERLIN, "ru")
DESKS = {"default": OpenDesk(DEFAULT_DESK, Roster(PRESS), Schedule("UTC"), "en"), "harbour": HARBOUR}
ROOM = Place("slack", "C1")
EVENING = datetime(2026, 3, 5, 18, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


class Bench:
    """The service on a store in memory, with a clock that a test sets; noon of a Thursday to begin with."""

    def __init__(self, desks: Mapping[str, OpenDesk] = DESKS) -> None:
        self.clock = FakeClock(NOON)
        self.store = MemoryStore(now=self.clock.now)
        self.subscribe = Subscribe(
            store=self.store,
            clock=self.clock,
            desks=desks,
            now=Now(brief=brief(self.store, self.clock), clock=self.clock),
            zones=zone_named,
        )

    async def made(self, **wanted) -> Subscription:
        """A subscription of a room."""
        return await self.subscribe.subscribe(ROOM, tenant="slack:T1", **wanted)

    async def planned(self, schedule: Schedule, back: timedelta = timedelta(days=7, hours=3)) -> list[Due]:
        """Have the slots around now planned as the timetable does; those that were new."""
        zone = zone_named(schedule.zone)
        assert zone is not None
        now, found = self.clock.now(), []
        for due in dues(schedule, zone, now - back, now + timedelta(hours=1)):
            async with self.store.unit() as unit:
                if await unit.postings.plan(schedule, due):
                    found.append(due)
                await unit.commit()
        return found

    async def posting(self, own: Subscription, day: date, slot: str) -> Posting | None:
        """What is owed for a slot."""
        async with self.store.unit() as unit:
            found = await unit.postings.find(keys=[f"{own.id}/{day}/{slot}"])
        return found[0] if found else None

    async def next(self, own: Subscription) -> datetime | None:
        """When its next edition comes."""
        due = (await self.subscribe.upcoming([own]))[own.id]
        return due.at if due else None


@pytest.fixture
def bench() -> Bench:
    """A service with two desks and no subscription."""
    return Bench()


async def mistakes(asked) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        await asked
    return list(caught.value.mistakes)


# ---------------------------------------------------------------- subscribing


async def test_a_place_gets_what_its_desk_has(bench: Bench) -> None:
    """Its schedule and language, from now on."""
    own = await bench.made(desk="harbour")
    assert (own.schedule, own.language, own.since, own.options) == (BERLIN, "ru", NOON, ())
    assert await bench.subscribe.list() == [own]


async def test_a_place_gets_what_it_asks_for(bench: Bench) -> None:
    """Options are sorted; one without a value is none."""
    wanted = Schedule("Asia/Kolkata", (5,), (("am", time(9, 15)),))
    own = await bench.made(schedule=wanted, language="de", options={"role": "7", "audio": "no", "none": ""})
    assert (own.schedule, own.language, own.options) == (wanted, "de", (("audio", "no"), ("role", "7")))


async def test_subscribing_again_replaces_the_settings(bench: Bench) -> None:
    """One desk in one place is one subscription; another desk or a thread is another."""
    first = await bench.made(schedule=BERLIN, language="de", options={"role": "7"})
    await bench.subscribe.pause(first.id, until=None)
    bench.clock.advance(timedelta(minutes=5))
    again = await bench.made(language="ru")
    assert again.id == first.id
    assert (again.schedule, again.language, again.options, again.paused_until) == (Schedule("UTC"), "ru", (), None)
    await bench.made(desk="harbour")
    await bench.subscribe.subscribe(replace(ROOM, thread="9"), tenant="slack:T1")
    assert len(await bench.subscribe.list("slack:T1")) == 3


async def test_every_mistake_is_told_at_once(bench: Bench) -> None:
    """And nothing is kept."""
    bad = Schedule("Europe/Berlim", (), (("am", time(19)), ("pm", time(18))))
    asked = bench.subscribe.subscribe(
        Place("Slack", "C 1"),
        tenant="slack:T1",
        desk="harbor",
        schedule=bad,
        language="12",
        options={f"{n}": "x" for n in range(20)} | {"role": "x" * 201},
    )
    assert await mistakes(asked) == [
        "a place or its server is not a name without spaces, of at most 200 characters",
        "there is no desk 'harbor'; did you mean harbour?",
        "'Europe/Berlim' is no time zone; near it: Europe/Berlin",
        "no weekday is chosen; write names such as mon-fri",
        "am 19:00 is not before pm 18:00; change one of them or switch it off",
        "'12' is no language tag; write one such as en or ru",
        "there are 21 options; at most 20",
        "an option is longer than 200 characters or cannot be printed",
    ]
    assert await bench.subscribe.list() == []


@pytest.mark.parametrize(
    "place",
    [Place("slack", ""), Place("slack", "a\nb"), Place("", "a"), Place("slack", "a" * 201), Place("s", "a", "")],
)
async def test_a_place_that_no_platform_has_is_refused(bench: Bench, place: Place) -> None:
    """Names come from outside."""
    (said,) = await mistakes(bench.subscribe.subscribe(place, tenant="t"))
    assert "not a name" in said


async def test_an_unknown_desk_is_told_with_those_there_are(bench: Bench) -> None:
    """Unless one is near."""
    assert await mistakes(bench.made(desk="zzz")) == ["there is no desk 'zzz'; known: default, harbour"]


# ---------------------------------------------------------------- settings


async def test_what_is_not_given_stays(bench: Bench) -> None:
    """Each setting can be changed alone."""
    own = await bench.made(schedule=BERLIN, language="de", options={"role": "7", "audio": "no"})
    for change, expected in [
        (Change(), own),
        (Change(zone="Europe/Paris"), replace(own, schedule=replace(BERLIN, zone="Europe/Paris"))),
        (Change(days=(6,)), replace(own, schedule=replace(BERLIN, days=(6,)))),
        (Change(am="off"), replace(own, schedule=replace(BERLIN, slots=BERLIN.slots[1:]))),
        (Change(pm=time(20)), replace(own, schedule=replace(BERLIN, slots=(BERLIN.slots[0], ("pm", time(20)))))),
        (Change(language="ru"), replace(own, language="ru")),
        (Change(options={"role": "", "new": "1"}), replace(own, options=(("audio", "no"), ("new", "1")))),
    ]:
        fresh = Bench()
        await fresh.made(schedule=BERLIN, language="de", options={"role": "7", "audio": "no"})
        assert replace(await fresh.subscribe.settings(own.id, change), since=own.since) == expected


async def test_a_slot_switched_off_can_be_switched_on_again(bench: Bench) -> None:
    """With a time of its own."""
    own = await bench.made(schedule=replace(BERLIN, slots=BERLIN.slots[1:]))
    changed = await bench.subscribe.settings(own.id, Change(am=time(6, 30)))
    assert changed.schedule.slots == (("am", time(6, 30)), ("pm", time(18)))


async def test_a_change_with_a_mistake_changes_nothing(bench: Bench) -> None:
    """All mistakes at once here, too."""
    own = await bench.made()
    wrong = Change(zone="Nowhere", days=(), am="off", pm="off", language="!")
    assert len(await mistakes(bench.subscribe.settings(own.id, wrong))) == 4
    assert await bench.subscribe.list() == [own]


async def test_a_new_slot_that_lies_before_now_is_not_owed_today(bench: Bench) -> None:
    """Who adds a morning edition at noon does not get one that is five hours late."""
    evenings = replace(BERLIN, slots=BERLIN.slots[1:])
    own = await bench.made(schedule=evenings)
    bench.clock.advance(timedelta(days=4))
    assert len(await bench.planned(evenings)) == 2
    changed = await bench.subscribe.settings(own.id, Change(am=time(7)))
    assert changed.since == bench.clock.now()
    assert await bench.planned(changed.schedule) == []
    assert await bench.next(changed) == datetime(2026, 3, 9, 17, tzinfo=UTC)


async def test_what_was_owed_stays_owed_when_other_things_change(bench: Bench) -> None:
    """The bot was down at seven; a new language and a later evening do not lose the morning edition."""
    own = await bench.made(schedule=BERLIN)
    bench.clock.instant = datetime(2026, 3, 6, 7, tzinfo=UTC)
    changed = await bench.subscribe.settings(own.id, Change(pm=time(20), language="ru"))
    assert changed.since == own.since
    assert Due(datetime(2026, 3, 6, 6, tzinfo=UTC), date(2026, 3, 6), "am") in await bench.planned(changed.schedule)


SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"]),
    st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found))),
    st.sets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=2).map(
        lambda times: tuple(zip(("am", "pm"), sorted(times), strict=False))
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SCHEDULES, st.integers(1, 5 * 24 * 60)), min_size=2, max_size=4))
def test_no_change_makes_anything_owed_that_was_not_promised(changes: list[tuple[Schedule, int]]) -> None:
    """After each change, whatever is new in the past had been due under the schedule that held then."""

    async def run() -> None:
        bench = Bench()
        own = await bench.made(schedule=changes[0][0])
        for (before, minutes), (after, _) in pairwise(changes):
            bench.clock.advance(timedelta(minutes=minutes))
            promised = {
                (due.date, due.slot) for due in dues(before, _zone(before), own.since - MOMENT, bench.clock.now())
            }
            own = await bench.made(schedule=after)
            new = [due for due in await bench.planned(after) if due.at < bench.clock.now()]
            assert {(due.date, due.slot) for due in new} <= promised

    asyncio.run(run())


def _zone(schedule: Schedule):
    found = zone_named(schedule.zone)
    assert found is not None
    return found


async def test_a_schedule_in_a_zone_that_is_no_more_can_be_mended(bench: Bench) -> None:
    """It gets nothing until then, and nothing of the time before."""
    own = await bench.made()
    async with bench.store.unit() as unit:
        await unit.subscriptions.put(replace(own, schedule=replace(own.schedule, zone="Europe/Atlantis")))
        await unit.commit()
    (lost,) = await bench.subscribe.list()
    assert await bench.next(lost) is None
    assert await mistakes(bench.subscribe.preview(own.id)) == [
        "'Europe/Atlantis' is no time zone; write one such as Europe/Berlin"
    ]
    await bench.subscribe.pause(own.id, until=None)
    bench.clock.advance(timedelta(days=1))
    mended = await bench.subscribe.settings(own.id, Change(zone="UTC"))
    assert mended.since == bench.clock.now()


# ---------------------------------------------------------------- pausing


async def test_a_pause_skips_until_its_end(bench: Bench) -> None:
    """The first slot at or after it is the next; until somebody resumes it, there is none."""
    own = await bench.made()
    paused = await bench.subscribe.pause(own.id, until=EVENING + timedelta(days=2), reason=" winter \n sleep ")
    assert (paused.paused_until, paused.pause_reason) == (EVENING + timedelta(days=2), "winter sleep")
    assert await bench.next(paused) == EVENING + timedelta(days=2)
    paused = await bench.subscribe.pause(own.id, until=None)
    assert (paused.paused_until, paused.pause_reason) == (FOR_GOOD, None)
    assert await bench.next(paused) is None


async def test_a_pause_has_an_end_that_can_come(bench: Bench) -> None:
    """And a reason that can be printed."""
    own = await bench.made()
    assert await mistakes(bench.subscribe.pause(own.id, until=NOON, reason="x" * 201)) == [
        "2026-03-05 12:00 UTC is over already; a pause ends later than now",
        "the reason is longer than 200 characters or cannot be printed",
    ]
    (said,) = await mistakes(bench.subscribe.pause(own.id, until=NOON + timedelta(days=4000)))
    assert "ten years" in said
    assert (await bench.subscribe.list())[0].paused_until is None


async def test_nothing_of_a_pause_is_owed_after_it(bench: Bench) -> None:
    """Also where the bot was not running meanwhile, so that nobody noted what was skipped."""
    own = await bench.made()
    await bench.subscribe.pause(own.id, until=None)
    bench.clock.advance(timedelta(days=2))
    resumed = await bench.subscribe.resume(own.id)
    assert (resumed.paused_until, resumed.pause_reason, resumed.since) == (None, None, bench.clock.now())
    assert await bench.planned(resumed.schedule) == []
    assert await bench.next(resumed) == EVENING + timedelta(days=2)


async def test_what_came_due_after_the_end_of_a_pause_stays_owed(bench: Bench) -> None:
    """Who resumes it later than it ended loses nothing."""
    own = await bench.made()
    await bench.subscribe.pause(own.id, until=EVENING)
    bench.clock.instant = EVENING + timedelta(hours=1)
    resumed = await bench.subscribe.resume(own.id)
    assert [due.at for due in await bench.planned(resumed.schedule)] == [EVENING]


async def test_resuming_what_is_not_paused_changes_nothing(bench: Bench) -> None:
    """It owes what it owed."""
    own = await bench.made()
    bench.clock.advance(timedelta(days=1))
    assert await bench.subscribe.resume(own.id) == own


async def test_a_pause_holds_back_what_is_composed_already(bench: Bench) -> None:
    """Not yet due, it is not yet posted; what is due goes its way."""
    own = await bench.made()
    bench.clock.instant = EVENING - timedelta(minutes=5)
    await bench.planned(own.schedule, back=timedelta())
    async with bench.store.unit() as unit:
        (key,) = await unit.builds.waiting(EVENING)
        build = await unit.builds.start(key, NOON, NOON - timedelta(hours=12))
        assert await unit.builds.finish(Build(key, build.window_start, build.window_end, edition="e")) == 1
        await unit.commit()
    await bench.subscribe.pause(own.id, until=EVENING, reason="quiet")
    waiting = await bench.posting(own, EVENING.date(), "pm")
    assert waiting is not None
    assert waiting.state is State.COMPOSED
    await bench.subscribe.pause(own.id, until=EVENING + timedelta(hours=1), reason="quiet")
    held = await bench.posting(own, EVENING.date(), "pm")
    assert held is not None
    assert (held.state, held.reason) == (State.SKIPPED, "paused: quiet")


# ---------------------------------------------------------------- what comes


async def test_a_slot_that_was_settled_is_not_announced_again(bench: Bench) -> None:
    """The evening edition came at six; moved to eight, the next one is that of the morning."""
    own = await bench.made()
    bench.clock.instant = EVENING + timedelta(minutes=5)
    (due,) = await bench.planned(own.schedule, back=timedelta(minutes=10))
    sent = await bench.posting(own, due.date, due.slot)
    assert sent is not None
    async with bench.store.unit() as unit:
        assert await unit.postings.put(replace(sent, state=State.SENT))
        await unit.commit()
    moved = await bench.subscribe.settings(own.id, Change(pm=time(20)))
    assert await bench.next(moved) == datetime(2026, 3, 6, 7, tzinfo=UTC)


async def test_a_weekly_slot_is_found(bench: Bench) -> None:
    """However far away."""
    own = await bench.made(schedule=Schedule("UTC", (3,), (("am", time(11, 59)),)))
    assert await bench.next(own) == NOON + timedelta(days=7, minutes=-1)


async def test_many_subscriptions_are_looked_up_at_once(bench: Bench) -> None:
    """More than a database takes at a time."""
    for number in range(200):
        await bench.subscribe.subscribe(Place("slack", f"C{number}"), tenant="t")
    found = await bench.subscribe.upcoming(await bench.subscribe.list())
    assert len(found) == 200
    assert {due.at for due in found.values() if due} == {EVENING}


async def test_a_preview_marks_nothing(bench: Bench) -> None:
    """It is an edition on demand of its desk, in its language, over the time that its next edition looks back on."""
    await kept(bench.store, dam())
    own = await bench.made(desk="harbour")
    edition = await bench.subscribe.preview(own.id)
    assert (edition.desk, edition.slot, edition.language) == ("harbour", "now", "ru")
    assert edition.window.end == NOON
    assert edition.window.end - edition.window.start == timedelta(hours=11)
    assert await bench.posting(own, NOON.date(), "pm") is None
    async with bench.store.unit() as unit:
        assert await unit.editions.before("harbour", NOON, most=5) == []


async def test_a_preview_of_a_desk_that_is_no_more_says_so(bench: Bench) -> None:
    """The operator took it out of the file."""
    own = await bench.made(desk="harbour")
    other = Bench({"default": DESKS["default"]})
    async with other.store.unit() as unit:
        await unit.subscriptions.put(own)
        await unit.commit()
    with pytest.raises(NotFoundError, match="no desk 'harbour'; known: default"):
        await other.subscribe.preview(own.id)


async def test_an_ended_subscription_is_gone(bench: Bench) -> None:
    """What was planned for it is skipped."""
    own = await bench.made()
    bench.clock.instant = EVENING - timedelta(minutes=5)
    await bench.planned(own.schedule, back=timedelta())
    await bench.subscribe.unsubscribe(own.id)
    assert await bench.subscribe.list() == []
    left = await bench.posting(own, EVENING.date(), "pm")
    assert left is None or left.state is State.SKIPPED


# ---------------------------------------------------------------- tenants


async def test_another_tenants_subscription_is_as_good_as_none(bench: Bench) -> None:
    """The same words, whatever is asked, and nothing happens."""
    own = await bench.made()
    ask = bench.subscribe
    for name, tenant in ((own.id, "slack:T2"), ("0" * 12, "slack:T1")):
        for asked in (
            ask.settings(name, Change(language="ru"), tenant=tenant),
            ask.pause(name, until=None, tenant=tenant),
            ask.resume(name, tenant=tenant),
            ask.preview(name, tenant=tenant),
            ask.unsubscribe(name, tenant=tenant),
        ):
            with pytest.raises(NotFoundError) as caught:
                await asked
            assert str(caught.value) == f"There is no subscription {name!r}."
    assert await ask.list("slack:T2") == []
    assert await ask.list("slack:T1") == await ask.list() == [own]


async def test_a_tenant_changes_its_own(bench: Bench) -> None:
    """As the operator could."""
    own = await bench.made()
    assert (await bench.subscribe.settings(own.id, Change(language="ru"), tenant="slack:T1")).language == "ru"
    await bench.subscribe.unsubscribe(own.id, tenant="slack:T1")
    assert await bench.subscribe.list() == []


async def test_nobody_takes_over_a_place_of_another_tenant(bench: Bench) -> None:
    """Its subscription stays as it is."""
    own = await bench.made()
    with pytest.raises(NotFoundError, match="no place slack:C1"):
        await bench.subscribe.subscribe(ROOM, tenant="slack:T2", language="ru")
    assert await bench.subscribe.list() == [own]

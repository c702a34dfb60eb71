"""Gathering: every source for itself, nothing lost, nothing twice."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.edition import Window
from bot.domain.health import GatherReport, Health, SourceReport, SourceState
from bot.domain.item import Item
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import SourceMalformed, SourceRefused, SourceUnavailable, StoreError
from bot.ports.source import Batch, Source
from bot.services.gather import Gather
from tests.fakes.clock import FakeClock
from tests.fakes.loop_clock import LoopClock, virtually
from tests.fakes.source import FakeSource, MuteSource, batch, entry

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DOWN = SourceUnavailable("server error 503")


def roster(*addresses: str, type_: SourceType = SourceType.FEED) -> Roster:
    """One person for each address."""
    people = (
        Thinker(a, a.title(), ThinkerKind.PERSON, sources=(SourceSpec(type_, a),)) for a in addresses
    )  # fmt: skip
    return Roster(tuple(people))


class Bench:
    """A gather over scripted sources, an empty store and a clock that tests move."""

    def __init__(
        self,
        many: Mapping[str, Source] | None = None,
        *,
        still: bool = False,
        patience: timedelta = HOUR,
        at_once: int = 32,
        **few: Source,
    ) -> None:
        sources = {**(many or {}), **few}
        self.store = MemoryStore()
        self.clock = FakeClock(NOW, still=still)
        self.heard: list[SourceReport] = []
        self.hears = asyncio.Event()
        self.gather = Gather(
            store=self.store,
            clock=self.clock,
            open_source=lambda spec: sources.get(spec.address),
            why_silent=lambda kind: f"needs a key for {kind}",
            patience=patience,
            at_once=at_once,
            progress=self.hear,
        )
        self.roster = roster(*sources)

    def hear(self, report: SourceReport) -> None:
        self.heard.append(report)
        self.hears.set()

    async def __call__(self, after: timedelta = timedelta()) -> GatherReport:
        self.clock.advance(after)
        return await self.gather(self.roster)

    async def state(self, address: str) -> SourceState:
        async with self.store.unit() as unit:
            return (await unit.sources.get([f"feed:{address}"]))[f"feed:{address}"]

    async def items(self, *addresses: str) -> list[Item]:
        window = Window(NOW - timedelta(days=10_000), NOW + timedelta(days=10_000))
        async with self.store.unit() as unit:
            return await unit.items.within([f"feed:{a}" for a in addresses], window)


async def test_a_first_gather_keeps_everything_a_source_reports() -> None:
    """However old: what an edition looks at is its window's business. The cursor is kept with the items."""
    old = entry("old", published=datetime(2011, 5, 1, tzinfo=UTC))
    bench = Bench(a=FakeSource(Batch((entry("new", published=NOW - HOUR), old), "c1")))
    report = await bench()
    assert report.items_new == 2
    assert [item.guid for item in await bench.items("a")] == ["old", "new"]
    assert await bench.state("a") == SourceState(
        "feed:a", cursor="c1", state=Health.OK, first_gathered=NOW, last_gathered=NOW
    )
    line = report.sources[0]
    assert (line.thinker, line.type, line.address, line.state) == ("A", "feed", "a", Health.OK)
    assert (line.items_seen, line.items_new, line.reason, line.since) == (2, 2, None, None)


async def test_a_source_is_asked_with_the_cursor_it_gave_last() -> None:
    """None at first; after a failure still the last good one; the instant is the gather's."""
    source = FakeSource(batch("one", cursor="c1"), DOWN, batch("two", cursor="c2"), batch("three", cursor="c3"))
    bench = Bench(a=source)
    for _ in range(4):
        await bench(HOUR)
    assert source.cursors == [None, "c1", "c1", "c2"]
    assert source.instants == [NOW + n * HOUR for n in (1, 2, 3, 4)]


async def test_entries_that_come_again_are_not_new() -> None:
    """And keep the time they were first seen."""
    bench = Bench(a=FakeSource(batch("one"), batch("two", "one")))
    await bench()
    report = await bench(HOUR)
    assert (report.sources[0].items_seen, report.sources[0].items_new) == (2, 1)
    assert [(i.guid, i.first_seen) for i in await bench.items("a")] == [("two", NOW + HOUR)]


async def test_undated_entries_are_backlog_on_the_first_answer_only() -> None:
    """A source that was down at first has its first gather when it answers."""
    bench = Bench(a=FakeSource(DOWN, batch("old"), batch("new", "old")))
    await bench()
    await bench(HOUR)
    assert await bench.items("a") == []
    await bench(HOUR)
    assert [item.guid for item in await bench.items("a")] == ["new"]


async def test_with_the_clock_set_back_later_entries_keep_their_dates() -> None:
    """They are later, not wrong; seconds are unknown."""
    bench = Bench(still=True, a=FakeSource(batch("later", published=NOW + 48 * HOUR)))
    report = await bench()
    assert [item.published for item in await bench.items("a")] == [NOW + 48 * HOUR]
    assert report.sources[0].seconds is None


async def test_a_running_clock_measures_each_source() -> None:
    """Seconds a source took, by the clock."""
    clock = FakeClock(NOW)

    class Slow:
        async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
            clock.advance(timedelta(seconds=4))
            return batch("one")

    gather = Gather(store=MemoryStore(), clock=clock, open_source=lambda _: Slow(), why_silent=str)
    assert (await gather(roster("a"))).sources[0].seconds == 4


async def test_the_same_item_from_two_sources_is_kept_under_both() -> None:
    """One id, two voices that carry it."""
    dated = batch("one", published=NOW - HOUR)
    bench = Bench(a=FakeSource(dated), b=FakeSource(dated))
    report = await bench()
    items = await bench.items("a", "b")
    assert report.items_new == 2
    assert [item.source for item in items] == ["feed:a", "feed:b"]
    assert items[0].id == items[1].id


async def test_at_most_a_thousand_entries_of_one_source() -> None:
    """The newest; the loop is free in between."""
    many = batch(*(f"n{n}" for n in range(1_100)), published=NOW - HOUR)
    report = await Bench(a=FakeSource(many))()
    assert report.items_new == 1_000


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SourceUnavailable("server error 503"), "server error 503"),
        (SourceRefused("404 not found"), "404 not found"),
        (SourceMalformed("no feed:\n  <html>\x07"), "no feed: <html>"),
        (KeyError("wrong\nkey"), "unexpected KeyError: 'wrong\\nkey'"),
        (RuntimeError(), "unexpected RuntimeError"),
        (TimeoutError("its own"), "unexpected TimeoutError: its own"),
        (RecursionError("x" * 900), ("unexpected RecursionError: " + "x" * 900)[:300]),
    ],
)
async def test_whatever_goes_wrong_stays_in_its_source(error: Exception, reason: str) -> None:
    """The reason stands in the report, on one line, without a traceback; the others are read."""
    bench = Bench(a=FakeSource(error), b=FakeSource(batch("one")))
    report = await bench()
    assert [(r.state, r.reason, r.since, r.items_new) for r in report.sources] == [
        (Health.DOWN, reason, NOW, 0),
        (Health.OK, None, None, 1),
    ]
    assert (await bench.state("a")).first_gathered is None


async def test_a_source_that_cannot_even_be_opened_is_down() -> None:
    """Opening is inside the supervision too."""

    def broken(_: SourceSpec) -> Source:
        raise ValueError("no such folder")

    gather = Gather(store=MemoryStore(), clock=FakeClock(NOW), open_source=broken, why_silent=str)
    report = await gather(roster("a"))
    assert report.sources[0].reason == "unexpected ValueError: no such folder"


async def test_down_since_the_first_failure_until_it_answers() -> None:
    """The first failure keeps its date; an answer wipes it and keeps the history."""
    bench = Bench(a=FakeSource(batch("one", cursor="c1"), DOWN, SourceRefused("403"), batch("two", cursor="c2")))
    await bench()
    await bench(HOUR)
    assert (await bench.state("a")).since == NOW + HOUR
    report = await bench(HOUR)
    assert (report.sources[0].since, report.sources[0].reason) == (NOW + HOUR, "403")
    report = await bench(HOUR)
    assert (report.sources[0].state, report.sources[0].since, report.sources[0].reason) == (Health.OK, None, None)
    state = await bench.state("a")
    assert (state.first_gathered, state.last_gathered, state.retry_at) == (NOW, NOW + 3 * HOUR, None)


async def test_a_failing_source_is_left_alone_for_longer_and_longer() -> None:
    """The next gather tries again; then waits grow with the time it has been down, up to a day."""
    source = FakeSource(DOWN)
    bench = Bench(a=source)
    asked = []
    for hour in range(24 * 5):
        before = len(source.cursors)
        report = await bench(HOUR if hour else timedelta())
        if len(source.cursors) > before:
            asked.append(hour)
        else:
            assert report.sources[0].state is Health.DOWN
            assert report.sources[0].reason is not None
            assert report.sources[0].reason.startswith("server error 503; waiting until 2026-11-2")
    assert asked == [0, 1, 2, 4, 8, 16, 31, 53, 75, 97, 119]


async def test_a_gather_every_morning_asks_a_dead_source_every_morning() -> None:
    """A wait of a day must not skip the gather that begins a little early the next day."""
    source = FakeSource(DOWN)
    bench = Bench(a=source)
    for day in range(6):
        await bench(24 * HOUR - timedelta(minutes=day))
    assert len(source.cursors) == 6


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(days=3_000_000), timedelta(days=7)),
        (timedelta(seconds=-5), None),
        (None, None),
    ],
)
async def test_a_wait_the_server_asks_for_is_kept(asked: timedelta | None, waits: timedelta | None) -> None:
    """Already after the first failure, and at most a week; until then it is not asked and its state stays."""
    source = FakeSource(SourceUnavailable("429", retry_after=asked), batch("one"))
    bench = Bench(a=source)
    await bench()
    state = await bench.state("a")
    assert state.retry_at == (NOW + waits if waits else None)
    if waits:
        report = await bench(waits - timedelta(seconds=1))
        assert (report.sources[0].state, report.sources[0].since) == (Health.DOWN, NOW)
        assert await bench.state("a") == state
        await bench(timedelta(seconds=1))
        assert len(source.cursors) == 2


async def test_a_wait_does_not_reach_back_before_the_failure() -> None:
    """With the clock set back to before the failure, the source is asked."""
    source = FakeSource(SourceUnavailable("429", retry_after=HOUR), batch("one"))
    bench = Bench(a=source)
    await bench()
    await bench(timedelta(days=-30))
    assert len(source.cursors) == 2


async def test_unchanged_and_moved_are_states_of_a_source_that_answers() -> None:
    """A move is told with the new address; the roster is the operator's to edit."""
    moved = replace(batch("one"), moved_to="https://new.example/feed")
    bench = Bench(a=FakeSource(batch(cursor="c"), Batch((), "c", unchanged=True), moved, batch("two")))
    reports = [(await bench(HOUR)).sources[0] for _ in range(4)]
    assert [r.state for r in reports] == [Health.OK, Health.UNCHANGED, Health.MOVED, Health.OK]
    assert reports[2].reason == "moved for good to https://new.example/feed; the roster has the old address"
    assert reports[2].items_new == 1
    assert reports[3].reason is None


async def test_a_type_without_adapter_or_key_is_silent() -> None:
    """Silent is not down; the reason says what it needs; nothing is forgotten."""
    bench = Bench()
    bench.roster = roster("someone", type_=SourceType.X)
    for _ in range(2):
        line = (await bench(HOUR)).sources[0]
        assert (line.state, line.reason, line.since) == (Health.SILENT, "needs a key for x", None)


async def test_a_source_that_lost_its_key_goes_from_down_to_silent() -> None:
    """Its cursor stays for the day the key comes back."""
    sources: dict[str, Source] = {"a": FakeSource(batch("one", cursor="c1"), DOWN)}
    store, clock = MemoryStore(), FakeClock(NOW)
    gather = Gather(
        store=store, clock=clock, open_source=lambda spec: sources.get(spec.address), why_silent=lambda _: "needs a key"
    )
    await gather(roster("a"))
    await gather(roster("a"))
    sources.clear()
    await gather(roster("a"))
    async with store.unit() as unit:
        state = (await unit.sources.get(["feed:a"]))["feed:a"]
    assert state == SourceState(
        "feed:a", cursor="c1", state=Health.SILENT, reason="needs a key", first_gathered=NOW, last_gathered=NOW
    )


async def test_patience_ends() -> None:
    """A source that does not answer is cancelled, reported down, and keeps its cursor."""
    mute = MuteSource()
    bench = Bench(patience=timedelta(milliseconds=20), a=mute)
    async with bench.store.unit() as unit:
        await unit.sources.put(SourceState("feed:a", cursor="c1", first_gathered=NOW - HOUR))
        await unit.commit()
    report = await bench()
    assert [(r.state, r.reason) for r in report.sources] == [(Health.DOWN, "no answer within 0.02 s")]
    assert mute.cancelled
    assert (await bench.state("a")).cursor == "c1"


async def test_the_report_follows_the_roster_whoever_answers_first() -> None:
    """Progress is heard in the order of answers."""
    gate = asyncio.Event()

    class Last:
        async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
            await gate.wait()
            return batch("late")

    class First:
        async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
            gate.set()
            return batch("early")

    bench = Bench(a=Last(), b=First())
    report = await bench()
    assert [r.address for r in report.sources] == ["a", "b"]
    assert sorted(r.address for r in bench.heard) == ["a", "b"]


async def test_no_more_sources_at_once_than_allowed() -> None:
    """And all of them in the end."""
    running, most = 0, 0

    class Counted:
        async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
            nonlocal running, most
            running += 1
            most = max(most, running)
            for _ in range(3):
                await asyncio.sleep(0)
            running -= 1
            return batch("one")

    bench = Bench({f"s{n}": Counted() for n in range(20)}, at_once=4)
    report = await bench()
    assert most == 4
    assert [r.state for r in report.sources] == [Health.OK] * 20


async def test_a_gather_cut_off_keeps_what_was_committed_and_nothing_by_half() -> None:
    """The next one goes on from there."""
    mute = MuteSource()
    bench = Bench(a=FakeSource(batch("one", cursor="c1", published=NOW)), b=mute)
    task = asyncio.create_task(bench())
    await mute.asked.wait()
    await bench.hears.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert mute.cancelled
    assert (await bench.state("a")).cursor == "c1"
    assert [item.guid for item in await bench.items("a", "b")] == ["one"]
    async with bench.store.unit() as unit:
        assert "feed:b" not in await unit.sources.get(["feed:b"])


async def test_a_failing_database_ends_the_gather() -> None:
    """It is no source's fault: the error comes out as it is, and other work is cancelled."""
    mute = MuteSource()
    bench = Bench(a=mute)

    class Closing:
        async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
            await mute.asked.wait()
            await bench.store.close()
            return batch("one")

    def open_source(spec: SourceSpec) -> Source:
        return mute if spec.address == "a" else Closing()

    gather = Gather(store=bench.store, clock=bench.clock, open_source=open_source, why_silent=str)
    with pytest.raises(StoreError, match="closed"):
        await gather(roster("a", "b"))
    assert mute.cancelled


async def test_an_empty_roster_gathers_nothing() -> None:
    """And says so."""
    assert await Bench()() == GatherReport((), 0)


async def test_hundreds_of_sources_with_many_broken_ones() -> None:
    """Every good source is read."""
    good = {f"s{n}": FakeSource(batch(f"i{n}", published=NOW - HOUR)) for n in range(300)}
    bad = {f"s{n}": FakeSource(ValueError("broken")) for n in range(0, 300, 3)}
    report = await Bench({**good, **bad})()
    assert report.items_new == 200
    assert [r.state for r in report.sources].count(Health.DOWN) == 100


async def test_a_source_that_answered_just_now_is_not_asked_again() -> None:
    """It is reported as it is known; at the border, and without asking for freshness, it is asked."""
    source = FakeSource(replace(batch("one", cursor="c1"), moved_to="https://new.example/feed"), batch("two"))
    bench = Bench(a=source)
    first = (await bench()).sources[0]
    bench.clock.advance(timedelta(minutes=9, seconds=59))
    known = (await bench.gather(bench.roster, fresh=timedelta(minutes=10))).sources[0]
    assert known == replace(first, items_seen=0, items_new=0, seconds=None)
    assert known.state is Health.MOVED
    assert bench.heard[-1] == known
    bench.clock.advance(timedelta(seconds=1))
    await bench.gather(bench.roster, fresh=timedelta(minutes=10))
    assert len(source.cursors) == 2
    await bench()
    assert len(source.cursors) == 3


async def test_a_source_that_never_answered_or_answers_from_the_future_is_not_fresh() -> None:
    """A failure is no answer, and with the clock set back nobody knows."""
    source = FakeSource(DOWN, batch("one"))
    bench = Bench(a=source)
    for ahead in (0, 1, -30):
        bench.clock.instant = NOW + ahead * timedelta(minutes=1)
        await bench.gather(bench.roster, fresh=timedelta(minutes=10))
    assert len(source.cursors) == 3


async def test_one_source_alone() -> None:
    """As the work of an hour asks for it: the others are not touched, and its state is the one that is kept."""
    one, other = FakeSource(batch("one", cursor="c1"), batch("two", "one")), FakeSource(batch("three"))
    bench = Bench(a=one, b=other)
    thinker = bench.roster.thinkers[0]
    report = await bench.gather.one(thinker, thinker.sources[0])
    assert (report.thinker, report.state, report.items_new) == ("A", Health.OK, 1)
    assert (await bench.gather.one(thinker, thinker.sources[0])).items_new == 1
    assert (await bench.gather.one(thinker, thinker.sources[0], fresh=HOUR)).items_seen == 0
    assert one.cursors == [None, "c1"]
    assert other.cursors == []


class Talking:
    """Takes ten seconds to answer; notices when it is asked while it still talks."""

    def __init__(self, clock: LoopClock) -> None:
        self.clock = clock
        self.asked = 0
        self.at_once = 0
        self.most = 0

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
        self.asked += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.clock.sleep(timedelta(seconds=10))
        self.at_once -= 1
        return batch(f"n{self.asked}", published=now - HOUR)


def held(store: MemoryStore, clock: LoopClock, source: Source, holder: str) -> Gather:
    return Gather(store=store, clock=clock, open_source=lambda _: source, why_silent=str, holder=holder)


@virtually
async def test_two_gathers_do_not_ask_a_source_at_once() -> None:
    """Of one process or of two; who comes second waits and finds what the first one kept."""
    clock = LoopClock()
    store, source = MemoryStore(now=clock.now), Talking(clock)
    one, other = held(store, clock, source, "one"), held(store, clock, source, "two")
    tenth = timedelta(minutes=10)
    reports = await asyncio.gather(*(gather(roster("a"), fresh=tenth) for gather in (one, one, other)))
    assert source.asked == 1
    assert sorted(report.items_new for report in reports) == [0, 0, 1]
    assert all(report.sources[0].state is Health.OK for report in reports)
    thinker = roster("a").thinkers[0]
    await asyncio.gather(*(gather.one(thinker, thinker.sources[0]) for gather in (one, one, other)))
    assert (source.asked, source.most) == (4, 1)
    async with store.unit() as unit:
        assert await unit.leases.held("") == []


@virtually
async def test_a_source_that_a_killed_process_was_asking_is_asked_when_its_lease_ends() -> None:
    """A little after the longest time it could have taken."""
    clock = LoopClock()
    store, source = MemoryStore(now=clock.now), Talking(clock)
    async with store.unit() as unit:
        await unit.leases.take("gather:feed:a", "killed/0", timedelta(seconds=75))
        await unit.commit()
    began = clock.now()
    await held(store, clock, source, "two")(roster("a"))
    assert source.asked == 1
    assert timedelta(seconds=85) <= clock.now() - began <= timedelta(seconds=87)


@virtually
async def test_a_gather_that_is_cut_off_gives_its_sources_back() -> None:
    """At once, for whoever comes next."""
    clock = LoopClock()
    store, source = MemoryStore(now=clock.now), Talking(clock)
    task = asyncio.create_task(held(store, clock, source, "one")(roster("a")))
    await clock.sleep(timedelta(seconds=5))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with store.unit() as unit:
        assert await unit.leases.held("") == []


async def test_what_a_source_published_while_it_was_down_counts_from_when_it_came() -> None:
    """Editions went out without it; what it publishes while it answers counts from its own date."""
    later = NOW + 5 * HOUR
    source = FakeSource(
        batch("one", cursor="c1", published=NOW - HOUR),
        DOWN,
        batch("two", cursor="c2", published=later),
        batch("three", cursor="c3", published=NOW + 7 * HOUR),
    )
    bench = Bench(a=source)
    for _ in range(4):
        await bench()
        bench.clock.advance(3 * HOUR)
    assert {item.guid: item.late for item in await bench.items("a")} == {"one": False, "two": True, "three": False}

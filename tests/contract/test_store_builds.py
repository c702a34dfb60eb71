"""What every store promises of builds: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from adapters.storage import schema
from adapters.storage.database import SqlStore
from bot.domain.ledger import Build, State
from bot.domain.subscription import FOR_GOOD
from bot.errors import StoreCorrupt
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import Opened, at_address, keep_posting
from tests.contract.timetable_samples import (
    AM,
    DAY,
    HOUR,
    MADE,
    PM,
    TICK,
    TWICE,
    a_due,
    a_subscription,
    change,
    compose,
    its_build,
    its_posting,
    plan,
    state_of,
    subscribe,
    the_posting,
)

opened = ledger_samples.opened
store = timetable_samples.store


async def test_planned_postings_wait_for_builds(store: Store) -> None:
    """Each build once, by due instant; what is due later, composed or settled waits for none."""
    await subscribe(
        store,
        a_subscription(),
        a_subscription("two"),
        a_subscription("desk", desk="else"),
        a_subscription("language", language="de"),
        a_subscription("paused", language="ru", paused_until=FOR_GOOD),
    )
    for due in (PM, AM, a_due(day=date(2026, 3, 10))):
        await plan(store, due)
    keys = [its_build(due, **its) for due in (AM, PM) for its in ({"language": "de"}, {}, {"desk": "else"})]
    async with store.unit() as unit:
        assert await unit.builds.waiting(PM.at) == keys
        assert await unit.builds.waiting(PM.at - TICK) == keys[:3]
        assert await unit.builds.waiting(AM.at - TICK) == []
    await compose(store, its_build())
    async with store.unit() as unit:
        assert await unit.builds.waiting(AM.at) == [keys[0], keys[2]]


async def test_a_build_that_was_started_keeps_its_window(store: Store) -> None:
    """Killed and taken up again, it finds what it composed; other keys are other builds."""
    async with store.unit() as unit:
        first = await unit.builds.start(its_build(), AM.at - HOUR, AM.at - 13 * HOUR)
        assert first == Build(its_build(), AM.at - 13 * HOUR, AM.at - HOUR)
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.builds.start(its_build(), AM.at, AM.at - HOUR) == first
        others = [its_build(language="ru"), its_build(desk="else"), its_build(PM), its_build(date=date(2026, 3, 8))]
        for key in others:
            assert await unit.builds.start(key, AM.at, AM.at - HOUR) == Build(key, AM.at - HOUR, AM.at)


async def test_of_two_who_start_a_build_at_once_one_sets_the_window(opened: Opened) -> None:
    """The other takes it over."""

    async def start(store: Store, end: datetime) -> Build:
        async with store.unit() as unit:
            build = await unit.builds.start(its_build(), end, end - HOUR)
            await unit.commit()
        return build

    await plan(opened.other)
    stores = (opened.one, opened.other) * 4
    builds = await asyncio.gather(*(start(store, AM.at + number * TICK) for number, store in enumerate(stores)))
    assert len(set(builds)) == 1


async def test_a_window_begins_where_the_last_edition_of_its_places_ended(store: Store) -> None:
    """The newest of any of them, if that was before the end and not before `start` (hours, by the build's end). Each
    case is a desk with two places; what other places had does not count.
    """
    cases = [((-12,), -12), ((-24,), -24), ((-30,), -24), ((-12, -14), -12), ((-14, -12), -12)]
    cases += [((-12, 0), -24), ((0,), -24), ((1,), -24), ((), -24)]
    for number, (ended, _) in enumerate(cases):
        for each in range(2):
            place = a_subscription(f"{number}-{each}", desk=f"{number}")
            await keep_posting(store, its_posting(place))
            day = DAY - timedelta(days=each + 1)
            for older in range(2 if each < len(ended) else 0):
                end = AM.at + (ended[each] - 6 * older) * HOUR
                sent = its_posting(place, a_due(day=day - older * timedelta(days=9)), state=State.SENT, window_end=end)
                await keep_posting(store, sent)
        stranger = a_subscription(f"stranger to {number}", desk=f"{number}")
        await keep_posting(store, its_posting(stranger, PM, state=State.SENT, window_end=AM.at - HOUR))
    async with store.unit() as unit:
        for number, (_, begins) in enumerate(cases):
            build = await unit.builds.start(its_build(desk=f"{number}"), AM.at, AM.at - 24 * HOUR)
            assert (number, build.window_start, build.window_end) == (number, AM.at + begins * HOUR, AM.at)


async def test_what_no_place_has_seen_is_told_by_the_next_edition(store: Store) -> None:
    """A posting that was skipped does not move the window; a composed, begun, sent or parked one does."""
    for state in State:
        place = a_subscription(state, desk=state)
        await keep_posting(store, its_posting(place))
        before = its_posting(place, a_due(day=date(2026, 3, 8)), state=state, window_end=AM.at - 12 * HOUR)
        await keep_posting(store, before)
    async with store.unit() as unit:
        begun = {}
        for state in State:
            build = await unit.builds.start(its_build(desk=state), AM.at, AM.at - 24 * HOUR)
            begun[state] = (build.window_start - AM.at) / HOUR
    untold = {State.SKIPPED, State.PLANNED}
    assert begun == {state: -24 if state in untold else -12 for state in State}


async def test_finishing_with_an_edition_composes_its_planned_postings(store: Store) -> None:
    """Of this desk, instant, language, slot and date; each once, and nothing that is settled."""
    same = [a_subscription("one"), a_subscription("two"), a_subscription("parked")]
    await subscribe(store, *same, a_subscription("ru", language="ru"), a_subscription("desk", desk="else"))
    for due in (AM, PM):
        await plan(store, due)
    await change(store, "parked/2026-03-09/am", state=State.PARKED)
    yesterday = its_posting(a_subscription("yesterday"), date=date(2026, 3, 8))
    afternoon = its_posting(a_subscription("afternoon"), slot="pm")
    for other in (yesterday, afternoon):
        await keep_posting(store, replace(other, key=other.subscription))
    assert [await compose(store, its_build()), await compose(store, its_build())] == [2, 0]
    composed: dict[str, Any] = {"state": State.COMPOSED, "edition": "edition-1", "window_end": AM.at}
    for subscription in same[:2]:
        found = await the_posting(store, f"{subscription.id}/2026-03-09/am")
        assert found == its_posting(subscription, **composed)
    assert await state_of(store, "parked/2026-03-09/am") == (State.PARKED, None)
    keys = ["one/2026-03-09/pm", "ru/2026-03-09/am", "desk/2026-03-09/am", "yesterday", "afternoon"]
    assert [await state_of(store, key) for key in keys] == [(State.PLANNED, None)] * 5


async def test_a_place_that_joins_after_a_build_gets_its_edition(store: Store) -> None:
    """The build is known with its edition; finishing it again composes the new posting with it."""
    await subscribe(store, a_subscription())
    await plan(store)
    await compose(store, its_build(), end=AM.at - HOUR)
    await subscribe(store, a_subscription("late"))
    await plan(store)
    async with store.unit() as unit:
        assert await unit.builds.waiting(AM.at) == [its_build()]
        build = await unit.builds.start(its_build(), AM.at + HOUR, AM.at)
        assert (build.edition, build.seconds, build.window_end) == ("edition-1", 2.5, AM.at - HOUR)
        assert await unit.builds.finish(build) == 1
        await unit.commit()
    found = await the_posting(store, "late/2026-03-09/am")
    assert found is not None
    assert (found.state, found.edition, found.window_end) == (State.COMPOSED, "edition-1", AM.at - HOUR)


async def test_how_a_build_ended_is_kept(store: Store) -> None:
    """Without an edition nothing is composed; who fails after another has composed it changes nothing."""
    await subscribe(store, a_subscription())
    await plan(store)

    async def finish(**changes: Any) -> tuple[int, Build]:
        async with store.unit() as unit:
            build = await unit.builds.start(its_build(), AM.at, AM.at - HOUR)
            # The window is the one it started with.
            new = await unit.builds.finish(replace(build, window_start=MADE, **changes))
            await unit.commit()
        async with store.unit() as unit:
            return new, await unit.builds.start(its_build(), AM.at, AM.at - HOUR)

    empty = Build(its_build(), AM.at - HOUR, AM.at)
    assert await finish(reason="nothing could be read") == (0, replace(empty, reason="nothing could be read"))
    assert await finish(reason="again", seconds=7.0) == (0, replace(empty, reason="again", seconds=7.0))
    done = replace(empty, edition="edition-1", seconds=2.5, reason=None)
    assert await finish(edition="edition-1", seconds=2.5, reason=None) == (1, done)
    assert await finish(edition=None, seconds=9.0, reason="came late") == (0, done)


async def test_a_finished_build_that_was_not_started_is_kept(store: Store) -> None:
    """Its row may have been deleted meanwhile."""
    build = Build(its_build(), AM.at - HOUR, AM.at, "edition-1", 4.0)
    async with store.unit() as unit:
        assert await unit.builds.finish(build) == 0
        assert await unit.builds.start(its_build(), PM.at, AM.at) == build


async def test_how_long_builds_took_is_told_newest_first(store: Store) -> None:
    """Of this desk, at most so many, those that are known."""
    async with store.unit() as unit:
        for number in range(14):
            key = its_build(a_due(day=date(2026, 3, 1 + number)))
            seconds = None if number == 13 else float(number)
            await unit.builds.finish(Build(key, MADE, key.due, None, seconds))
        await unit.builds.finish(Build(its_build(desk="else"), MADE, AM.at, "edition-1", 99.0))
        assert await unit.builds.lasted("default") == [float(number) for number in range(12, 2, -1)]
        assert await unit.builds.lasted("default", 2) == [12.0, 11.0]
        assert await unit.builds.lasted("unknown") == []


DAMAGE = [
    ("subscriptions", "schedule", "UTC"),
    ("subscriptions", "schedule", "UTC mon noon=12:00"),
    ("subscriptions", "options", "[]"),
    ("subscriptions", "options", '{"a": 1}'),
    ("subscriptions", "options", "{"),
    ("postings", "slot", "noon"),
    ("postings", "date", "9 March"),
    ("postings", "state", "forgotten"),
    ("builds", "slot", "noon"),
    ("builds", "date", "2026-02-30"),
]


async def test_what_was_never_written_is_reported_as_damage(database_url: str) -> None:
    """Not passed on as if it meant something."""
    opened = at_address(database_url)
    store = opened.one
    assert isinstance(store, SqlStore)
    await subscribe(store, a_subscription())
    await plan(store)
    await compose(store, its_build())
    for table, column, value in DAMAGE:
        async with store.writer() as connection, store.unit() as unit:
            await connection.execute(update(schema.metadata.tables[table]).values({column: value}))
            await connection.commit()
            reads: dict[str, Callable[[], Awaitable[object]]] = {
                "subscriptions": unit.subscriptions.find,
                "postings": partial(unit.postings.find, keys=["one/2026-03-09/am"]),
                "builds": partial(unit.builds.start, its_build(), AM.at, AM.at - HOUR),
            }
            with pytest.raises(StoreCorrupt):
                await reads[table]()
        await repair(store, table)
    await opened.close()


async def repair(store: SqlStore, table: str) -> None:
    """As it was kept at first."""
    right = {"subscriptions": {"schedule": str(TWICE), "options": "{}"}, "builds": {"slot": "am", "date": str(DAY)}}
    right["postings"] = {"slot": "am", "date": str(DAY), "state": "composed"}
    async with store.writer() as connection:
        await connection.execute(update(schema.metadata.tables[table]).values(right[table]))
        await connection.commit()

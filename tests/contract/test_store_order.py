"""Whatever happens in whatever order: a posting is owed once and settled for good, in every store alike."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore
from bot.domain.ledger import SETTLED, Posting, State
from bot.ports.store import Store, Unit
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import parts_of
from tests.contract.timetable_samples import (
    CATCH_UP,
    DAY,
    EARLIER,
    HOUR,
    MADE,
    PM,
    TWICE,
    a_due,
    a_subscription,
)

opened = ledger_samples.opened
store = timetable_samples.store


NAMES = ("a", "b")
DUES = [a_due(slot, day) for day in (DAY, date(2026, 3, 10)) for slot in ("am", "pm")]
EVERY_KEY = [f"{name}/{due.date}/{due.slot}" for name in NAMES for due in DUES]
SUBSCRIPTIONS = st.builds(
    a_subscription,
    st.sampled_from(NAMES),
    schedule=st.sampled_from([TWICE, EARLIER]),
    language=st.sampled_from(["en", "ru"]),
    since=st.sampled_from([MADE, PM.at]),
    paused_until=st.sampled_from([None, None, PM.at]),
)
INSTANTS = st.sampled_from([due.at + offset for due in DUES for offset in (-HOUR, HOUR, 4 * HOUR)])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), SUBSCRIPTIONS),
        st.tuples(
            st.just("plan"),
            st.sampled_from([TWICE, EARLIER]),
            st.sampled_from(DUES),
            st.sampled_from([None, "missed: x"]),
        ),
        st.tuples(st.just("expire"), INSTANTS),
        st.tuples(st.just("drop"), st.sampled_from(NAMES)),
        st.tuples(st.just("compose"), INSTANTS),
        st.tuples(st.just("begin"), st.sampled_from(EVERY_KEY)),
        st.tuples(st.just("settle"), st.sampled_from(EVERY_KEY), st.sampled_from(sorted(SETTLED))),
    ),
    min_size=4,
    max_size=25,
)


async def take_step(unit: Unit, step: tuple[Any, ...]) -> Any:
    match step:
        case ("put", subscription):
            return await unit.subscriptions.put(subscription)
        case ("plan", schedule, due, missed):
            moved = replace(due, at=due.at - HOUR) if schedule == EARLIER and due.slot == "pm" else due
            return await unit.postings.plan(schedule, moved, missed=missed)
        case ("expire", now):
            return await unit.postings.expire(now, catch_up=CATCH_UP)
        case ("drop", name):
            return await unit.subscriptions.drop(name)
        case ("compose", now):
            builds = [await unit.builds.start(key, now, now - 12 * HOUR) for key in await unit.builds.waiting(now)]
            return builds, [await unit.builds.finish(replace(build, edition=str(build.key))) for build in builds]
        case ("begin", key):
            composed = [posting for posting in await unit.postings.find(keys=[key]) if posting.state is State.COMPOSED]
            parts = await unit.ledger.begin(key, parts_of(key)) if composed else []
            return len(parts) and await unit.ledger.take(parts[0], HOUR) is not None
        case ("settle", key, state):
            found = await unit.postings.find(keys=[key])
            return [await unit.postings.put(replace(posting, state=state)) for posting in found]
    raise AssertionError(step)


def see_that_nothing_is_revived(step: tuple[Any, ...], before: list[Posting], after: list[Posting]) -> None:
    now = {posting.key: posting for posting in after}
    assert len(now) == len(after)
    for posting in before:
        if posting.state in SETTLED and now.get(posting.key) != posting:
            assert step[0] == "plan"
            assert step[3] is None
            assert (posting.state, (posting.reason or "")[:6]) == (State.SKIPPED, "missed")
            assert now[posting.key].state is State.PLANNED
        if posting.state is State.INTENT:
            there = now.get(posting.key)
            assert there is not None
            assert there == posting or step[0] == "settle"


@given(steps=STEPS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_no_order_of_things_doubles_or_revives_a_posting(store: Store, steps: list[tuple[Any, ...]]) -> None:
    """At most one posting a key, settled for good except as missed, begun until settled; and every store agrees."""
    async with store.unit() as unit, MemoryStore().unit() as model:  # neither commits: nothing is left for the next
        before: list[Posting] = []
        for step in steps:
            assert await take_step(unit, step) == await take_step(model, step)
            after = await unit.postings.find(keys=EVERY_KEY)
            assert after == await model.postings.find(keys=EVERY_KEY)
            see_that_nothing_is_revived(step, before, after)
            assert await unit.postings.find(due_by=PM.at) == await model.postings.find(due_by=PM.at)
            before = after

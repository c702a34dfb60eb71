"""What every store promises of postings: in memory, on SQLite and on PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from adapters.storage import schema
from adapters.storage.database import SqlStore
from adapters.storage.memory import MemoryStore
from bot.domain.ledger import SETTLED, State
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import Opened, keep_posting, parts_of
from tests.contract.timetable_samples import (
    AM,
    CATCH_UP,
    EARLIER,
    HOUR,
    MADE,
    PM,
    TICK,
    TWICE,
    WORKDAYS,
    a_due,
    a_subscription,
    attempt,
    change,
    compose,
    expire,
    its_build,
    its_posting,
    plan,
    state_of,
    subscribe,
    the_posting,
)

opened = ledger_samples.opened
store = timetable_samples.store


async def test_a_slot_is_planned_once_for_everything_under_its_schedule(store: Store) -> None:
    """A posting as the subscription says; planning again finds nothing new, a later place is added."""
    one = a_subscription(place=Place("slack", "C1", "1712.0001"), language="ru", desk="else")
    two = a_subscription("two", tenant="slack:9")
    await subscribe(store, one, two, a_subscription("elsewhere", schedule=WORKDAYS))
    assert [await plan(store), await plan(store), await plan(store)] == [2, 0, 0]
    await subscribe(store, a_subscription("three"))
    assert [await plan(store), await plan(store)] == [1, 0]
    assert await the_posting(store, "one/2026-03-09/am") == its_posting(one)
    assert await the_posting(store, "two/2026-03-09/am") == its_posting(two)
    assert await the_posting(store, "elsewhere/2026-03-09/am") is None
    assert await plan(store, PM) == 3


async def test_nothing_due_before_a_subscription_was_made_is_owed_to_it(store: Store) -> None:
    """At the instant it is."""
    await subscribe(store, a_subscription("at", since=AM.at), a_subscription("after", since=AM.at + TICK))
    assert await plan(store) == 1
    assert await the_posting(store, "after/2026-03-09/am") is None


async def test_a_paused_subscription_is_skipped_with_words(store: Store) -> None:
    """Slots due before the end of the pause; with its reason, or that an administrator did it. Resuming changes no
    slot that was skipped.
    """
    paused = a_subscription("paused", paused_until=PM.at, pause_reason="the place is gone")
    await subscribe(store, paused, a_subscription("admin", paused_until=FOR_GOOD))
    await subscribe(store, a_subscription("unsaid", paused_until=PM.at, pause_reason=""))
    assert [await plan(store), await plan(store, PM)] == [3, 3]
    by_whom = State.SKIPPED, "paused: by an administrator"
    assert await state_of(store, "paused/2026-03-09/am") == (State.SKIPPED, "paused: the place is gone")
    assert await state_of(store, "paused/2026-03-09/pm") == (State.PLANNED, None)
    assert await state_of(store, "admin/2026-03-09/am") == await state_of(store, "admin/2026-03-09/pm") == by_whom
    assert await state_of(store, "unsaid/2026-03-09/am") == by_whom
    await subscribe(store, replace(paused, paused_until=None, pause_reason=None))
    assert await plan(store) == 1
    assert await state_of(store, "paused/2026-03-09/am") == (State.PLANNED, None)


async def test_a_missed_slot_is_skipped_with_the_words_given(store: Store) -> None:
    """A paused one says that it was paused: that stays true if the clock was wrong."""
    await subscribe(store, a_subscription(), a_subscription("paused", paused_until=FOR_GOOD))
    assert [await plan(store, missed="missed: off"), await plan(store, missed="missed: other words")] == [2, 0]
    assert await state_of(store, "one/2026-03-09/am") == (State.SKIPPED, "missed: off")
    assert await state_of(store, "paused/2026-03-09/am") == (State.SKIPPED, "paused: by an administrator")


async def test_a_slot_skipped_as_missed_is_planned_again_when_it_is_not(store: Store) -> None:
    """A clock that was wrong was put right: the posting is as new, also where it was composed before, and as the
    subscription has it now.
    """
    await subscribe(store, a_subscription(), a_subscription("paused"), a_subscription("dropped"))
    await plan(store)
    await compose(store, its_build())
    await change(store, "one/2026-03-09/am", tries=2, late=True, retry_at=PM.at)
    async with store.unit() as unit:
        await unit.ledger.begin("one/2026-03-09/am", parts_of("one/2026-03-09/am"))
        await unit.commit()
    assert len(await expire(store, AM.at + CATCH_UP + TICK)) == 3
    assert await plan(store, missed="missed: off") == 0
    moved = a_subscription(place=Place("slack", "C1"), language="ru")
    await subscribe(store, moved, a_subscription("paused", paused_until=FOR_GOOD))
    async with store.unit() as unit:
        await unit.subscriptions.drop("dropped")
        await unit.commit()
    assert [await plan(store), await plan(store)] == [1, 0]
    assert await the_posting(store, "one/2026-03-09/am") == its_posting(moved)
    for name in ("paused", "dropped"):
        state, reason = await state_of(store, f"{name}/2026-03-09/am") or (None, None)
        assert state is State.SKIPPED
        assert (reason or "").startswith("missed: it was due")
    async with store.unit() as unit:
        assert await unit.ledger.begin("one/2026-03-09/am", []) == []  # composed for another place: not frozen any more


async def test_a_posting_that_is_there_is_left_as_it_is(store: Store) -> None:
    """In every state but one, and whatever the reason."""
    reasons = (None, "unsubscribed", "missed: off")
    pairs = [(state, reason) for state in State if state is not State.SKIPPED for reason in reasons]
    there = [
        its_posting(a_subscription(f"{number:02}"), state=state, reason=reason, tries=1, edition="edition-1")
        for number, (state, reason) in enumerate(pairs)
    ]
    await subscribe(store, *(a_subscription(posting.subscription) for posting in there))
    for posting in there:
        await keep_posting(store, posting)
    assert [await plan(store), await plan(store, missed="missed: off")] == [0, 0]
    async with store.unit() as unit:
        assert await unit.postings.find(keys=[posting.key for posting in there]) == there


@pytest.mark.parametrize("reason", ["missed: off", "paused: a while", "unsubscribed"])
async def test_a_skipped_slot_comes_again_unless_its_place_has_had_a_later_one(store: Store, reason: str) -> None:
    """An old edition never follows a newer one; one that is only planned is no edition yet."""
    await subscribe(store, a_subscription())
    await keep_posting(store, its_posting(a_subscription(), state=State.SKIPPED, reason=reason))
    await plan(store, PM)
    assert await plan(store) == 1
    await change(store, "one/2026-03-09/am", state=State.SKIPPED, reason=reason)
    await change(store, "one/2026-03-09/pm", state=State.COMPOSED)
    assert await plan(store) == 0
    assert await state_of(store, "one/2026-03-09/am") == (State.SKIPPED, reason)


async def test_a_posting_of_which_something_was_attempted_is_never_planned_again(store: Store) -> None:
    """Its message may be there: a second one would double it."""
    await subscribe(store, a_subscription())
    await plan(store)
    await compose(store, its_build())
    await attempt(store, "one/2026-03-09/am", until=State.COMPOSED)
    await change(store, "one/2026-03-09/am", state=State.SKIPPED, reason="missed: by hand")
    assert await plan(store) == 0
    assert await state_of(store, "one/2026-03-09/am") == (State.SKIPPED, "missed: by hand")


async def test_planning_or_expiring_nothing_takes_no_turn_to_write(opened: Opened) -> None:
    """Every tick looks at every slot: it does not wait for whoever writes."""
    store = opened.one
    await subscribe(store, a_subscription())
    await plan(store)
    async with store.unit() as writer:
        await writer.subscriptions.put(a_subscription("two"))
        async with asyncio.timeout(20):
            assert await plan(opened.other) == 0
            assert await plan(opened.other, AM, WORKDAYS) == 0
            assert await expire(opened.other, AM.at) == []


async def test_processes_that_plan_at_once_plan_each_slot_once(opened: Opened) -> None:
    """Twenty units of two stores on one database: no error, no posting twice, and each is new for one of them."""
    await subscribe(opened.one, *(a_subscription(f"{number:02}") for number in range(40)))
    await plan(opened.other, PM)
    plans = (plan(store, due) for store in (opened.one, opened.other) * 5 for due in (AM, a_due(day=date(2026, 3, 10))))
    assert sum(await asyncio.gather(*plans)) == 80
    async with opened.one.unit() as unit:
        found = await unit.postings.find(keys=[f"{number:02}/2026-03-09/am" for number in range(40)])
    assert [posting.key[:2] for posting in found] == [f"{number:02}" for number in range(40)]


async def many_subscriptions(store: Store, number: int) -> None:
    """Written at once where there is a database: this is about planning."""
    if isinstance(store, MemoryStore):
        store.contents.subscriptions |= {f"{each:05}": a_subscription(f"{each:05}") for each in range(number)}
        return
    assert isinstance(store, SqlStore)
    await store.migrate()
    place = {"tenant": "discord:1", "platform": "discord", "place": "1", "thread": None, "desk": "default"}
    row = {**place, "schedule": str(TWICE), "language": "en", "since": MADE, "options": "{}"}
    async with store.writer() as connection:
        await connection.execute(schema.subscriptions.insert(), [{**row, "id": f"{each:05}"} for each in range(number)])
        await connection.commit()


async def test_ten_thousand_places_are_planned_in_one_go(store: Store) -> None:
    """And composed, found and expired."""
    await many_subscriptions(store, 10_000)
    assert [await plan(store), await plan(store)] == [10_000, 0]
    assert await compose(store, its_build()) == 10_000
    async with store.unit() as unit:
        found = await unit.postings.find(due_by=AM.at, most=1500)
    assert [posting.subscription for posting in found] == [f"{number:05}" for number in range(1500)]
    assert len(await expire(store, AM.at + 2 * CATCH_UP)) == 10_000


async def test_what_was_due_too_long_ago_is_skipped_with_words(store: Store) -> None:
    """Before `now - catch_up`, planned or composed; who is told gets what is kept."""
    await subscribe(store, a_subscription(), a_subscription("composed", language="ru"))
    await plan(store)
    await compose(store, its_build(language="ru"))
    assert await expire(store, AM.at + CATCH_UP) == []
    skipped = await expire(store, AM.at + CATCH_UP + TICK)
    assert [(posting.subscription, posting.state, posting.edition) for posting in skipped] == [
        ("composed", State.SKIPPED, "edition-1"),
        ("one", State.SKIPPED, None),
    ]
    assert skipped == [await the_posting(store, posting.key) for posting in skipped]
    words = "missed: it was due at 2026-03-09 07:00 UTC and could only be published more than 3 h later"
    assert {posting.reason for posting in skipped} == {words}
    assert await expire(store, AM.at + CATCH_UP + TICK) == []


async def test_the_words_name_how_long_is_too_long(store: Store) -> None:
    """As it was given."""
    hours = timedelta(hours=1)
    for span, words in (
        (0 * hours, "0 min"),
        (0.75 * hours, "45 min"),
        (1.5 * hours, "1 h 30 min"),
        (48 * hours, "48 h"),
    ):
        await keep_posting(store, its_posting(a_subscription(words)))
        (skipped,) = await expire(store, AM.at + span + TICK, span)
        assert (skipped.reason or "").endswith(f"could only be published more than {words} later")


async def test_an_edition_that_a_later_one_has_overtaken_is_skipped(store: Store) -> None:
    """When the later one is due, in whatever state; not before, and never for another place."""
    day_long = timedelta(days=1)
    await subscribe(store, a_subscription(), a_subscription("other", schedule=EARLIER))
    for due in (AM, PM):
        await plan(store, due)
    await plan(store, AM, EARLIER)
    await change(store, "one/2026-03-09/pm", state=State.SENT)
    assert await expire(store, PM.at - TICK, day_long) == []
    (skipped,) = await expire(store, PM.at, day_long)
    assert (skipped.key, skipped.reason) == (
        "one/2026-03-09/am",
        "missed: a later edition was due before it could be published",
    )
    assert await state_of(store, "one/2026-03-09/pm") == (State.SENT, None)
    assert await state_of(store, "other/2026-03-09/am") == (State.PLANNED, None)


async def test_what_is_begun_or_settled_does_not_expire(store: Store) -> None:
    """Something of it may be there already; only its own delivery ends it."""
    names = ["begun", "tried", "parked", "sent"]
    await subscribe(store, *(a_subscription(name) for name in names))
    await plan(store)
    await compose(store, its_build())
    await attempt(store, "begun/2026-03-09/am")
    await attempt(store, "tried/2026-03-09/am", until=State.COMPOSED)
    await change(store, "tried/2026-03-09/am", state=State.COMPOSED)
    await change(store, "parked/2026-03-09/am", state=State.PARKED)
    await change(store, "sent/2026-03-09/am", state=State.SENT)
    assert await expire(store, AM.at + timedelta(days=9)) == []


async def due_now(store: Store, by: datetime = AM.at, most: int = 1000) -> list[str]:
    async with store.unit() as unit:
        return [posting.key for posting in await unit.postings.find(due_by=by, most=most)]


async def test_postings_are_found_by_key(store: Store) -> None:
    """Each once, by key; what is not there is missing."""
    await subscribe(store, a_subscription("b"), a_subscription("a"))
    await plan(store)
    keys = ["b/2026-03-09/am", "unknown", "a/2026-03-09/am", "b/2026-03-09/am"]
    async with store.unit() as unit:
        assert [posting.key[0] for posting in await unit.postings.find(keys=keys, most=1)] == ["a", "b"]
        assert await unit.postings.find(keys=[]) == []
        assert await unit.postings.find() == []


async def test_what_is_composed_or_begun_is_to_be_delivered(store: Store) -> None:
    """Nothing else."""
    for state in State:
        await keep_posting(store, its_posting(a_subscription(state), state=state))
    assert await due_now(store) == ["composed/2026-03-09/am", "intent/2026-03-09/am"]


async def test_nothing_is_delivered_before_its_time_or_while_it_is_held_back(store: Store) -> None:
    """At the instant it is."""
    await keep_posting(store, its_posting(a_subscription(), state=State.COMPOSED))
    held = its_posting(a_subscription("two"), state=State.INTENT, retry_at=AM.at + HOUR)
    await keep_posting(store, held)
    assert await due_now(store, AM.at - TICK) == []
    assert await due_now(store, AM.at + HOUR - TICK) == ["one/2026-03-09/am"]
    assert await due_now(store, AM.at + HOUR) == ["one/2026-03-09/am", "two/2026-03-09/am"]


async def test_tenants_take_turns(store: Store) -> None:
    """The oldest of each, then the second of each: a big tenant does not keep a small one waiting."""
    for number in range(6):
        big = a_subscription(f"big-{number}", tenant="discord:big")
        await keep_posting(store, its_posting(big, state=State.COMPOSED, due=AM.at + number * TICK))
    small = a_subscription("small", tenant="discord:small")
    await keep_posting(store, its_posting(small, state=State.COMPOSED, due=AM.at + HOUR))
    await keep_posting(store, its_posting(small, PM, state=State.INTENT, due=AM.at + HOUR + TICK))
    middle = a_subscription("middle", tenant="slack:big")
    await keep_posting(store, its_posting(middle, state=State.COMPOSED, due=AM.at + 3 * TICK))
    found = [key.split("/")[0] for key in await due_now(store, PM.at)]
    assert found == ["big-0", "middle", "small", "big-1", "small", "big-2", "big-3", "big-4", "big-5"]
    assert [key.split("/")[0] for key in await due_now(store, PM.at, most=4)] == found[:4]
    assert await due_now(store, PM.at, most=0) == []


async def test_a_posting_is_replaced_in_what_delivering_changes(store: Store) -> None:
    """State, late mark, reason, tries and `retry_at`; what is owed to whom stays."""
    await subscribe(store, a_subscription())
    await plan(store)
    await compose(store, its_build())
    kept = await the_posting(store, "one/2026-03-09/am")
    assert kept is not None
    changed = replace(kept, state=State.INTENT, late=True, reason="it answered 503", tries=3, retry_at=PM.at)
    other = replace(changed, place=Place("slack", "C9"), desk="else", edition="other", due=PM.at, language="ru")
    async with store.unit() as unit:
        assert await unit.postings.put(other)
        await unit.commit()
    assert await the_posting(store, kept.key) == changed
    assert await change(store, kept.key, late=False, reason=None, tries=0, retry_at=None)
    assert await the_posting(store, kept.key) == replace(kept, state=State.INTENT)


async def test_a_settled_posting_does_not_change(store: Store) -> None:
    """Nor does one that is not there come into being."""
    settled = [its_posting(a_subscription(state), state=state, reason="as it ended") for state in sorted(SETTLED)]
    for posting in settled:
        await keep_posting(store, posting)
    async with store.unit() as unit:
        for posting in (*settled, its_posting(a_subscription("new"))):
            assert not await unit.postings.put(replace(posting, state=State.INTENT, reason=None, tries=9))
        await unit.commit()
        assert await unit.postings.find(keys=["new/2026-03-09/am", *(posting.key for posting in settled)]) == settled

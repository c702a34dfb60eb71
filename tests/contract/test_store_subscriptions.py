"""What every store promises of subscriptions: in memory, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.domain.ledger import Build, State
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD
from bot.domain.timetable import Due
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import parts_of
from tests.contract.timetable_samples import (
    AM,
    CATCH_UP,
    DAY,
    EARLIER,
    HOUR,
    KOLKATA,
    PM,
    TWICE,
    WORKDAYS,
    a_due,
    a_subscription,
    attempt,
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


async def test_a_subscription_comes_back_as_it_was_kept(store: Store) -> None:
    """Every field, with absent ones, and again when it is replaced."""
    bare = a_subscription()
    full = replace(
        bare,
        place=Place("slack", "C1", "1712.0001"),
        schedule=WORKDAYS,
        options=(("mention", "@näher 🦉"), ("mode", "")),
        paused_until=FOR_GOOD,
        pause_reason="the place is gone",
    )
    for subscription in (bare, full, bare):
        await subscribe(store, subscription)
        async with store.unit() as unit:
            assert await unit.subscriptions.find() == [subscription]


async def test_instants_come_back_in_utc(store: Store) -> None:
    """What was given in another zone is the same instant, told in UTC; without a zone it is a mistake."""
    there = AM.at.astimezone(KOLKATA)
    await subscribe(store, a_subscription(since=there, paused_until=there))
    await plan(store, PM)
    await compose(store, its_build(PM, due=PM.at.astimezone(KOLKATA)), end=PM.at.astimezone(KOLKATA))
    await change(store, "one/2026-03-09/pm", retry_at=there)
    async with store.unit() as unit:
        (subscription,) = await unit.subscriptions.find()
        (posting,) = await unit.postings.find(keys=["one/2026-03-09/pm"])
        build = await unit.builds.start(its_build(PM), PM.at, AM.at)
    told = [subscription.since, subscription.paused_until, posting.due, posting.window_end, posting.retry_at]
    told += [build.key.due, build.window_start, build.window_end]
    assert [instant and instant.utcoffset() for instant in told] == [timedelta(0)] * len(told)
    assert (subscription.since, posting.retry_at, posting.window_end) == (AM.at, AM.at, PM.at)


async def test_an_instant_without_a_zone_is_a_mistake(store: Store) -> None:
    """It is refused, never read as somebody's local time."""
    naive = AM.at.replace(tzinfo=None)
    async with store.unit() as unit:
        uses = [
            unit.subscriptions.put(a_subscription(since=naive)),
            unit.postings.plan(TWICE, replace(AM, at=naive)),
            unit.postings.expire(naive, catch_up=CATCH_UP),
            unit.postings.find(due_by=naive),
            unit.postings.put(its_posting(a_subscription(), retry_at=naive)),
            unit.builds.waiting(naive),
            unit.builds.start(its_build(), naive, naive),
            unit.builds.finish(Build(its_build(), naive, naive)),
        ]
        for use in uses:
            with pytest.raises(ValueError, match="no time zone"):
                await use


async def test_subscriptions_are_found_by_id_and_tenant_in_order(store: Store) -> None:
    """By (tenant, id); of these ids, of this tenant, of both, or all."""
    wanted = [("b", "slack:1"), ("a", "slack:1"), ("c", "discord:1"), ("d", "discord:1")]
    await subscribe(store, *(a_subscription(name, tenant=tenant) for name, tenant in wanted))

    async def found(ids: list[str] | None = None, *, tenant: str | None = None) -> str:
        async with store.unit() as unit:
            return "".join(each.id for each in await unit.subscriptions.find(ids, tenant=tenant))

    assert await found() == "cdab"
    assert await found(["b", "c", "unknown", "b"]) == "cb"
    assert await found(tenant="slack:1") == "ab"
    assert await found(["b", "c"], tenant="slack:1") == "b"
    assert await found([]) == ""
    assert await found(tenant="slack:2") == ""


async def test_schedules_in_use_are_told_once_in_order(store: Store) -> None:
    """However many places share one."""
    async with store.unit() as unit:
        assert await unit.subscriptions.schedules() == []
    shared = [TWICE, WORKDAYS, TWICE, EARLIER, WORKDAYS]
    await subscribe(store, *(a_subscription(f"{number}", schedule=each) for number, each in enumerate(shared)))
    async with store.unit() as unit:
        assert await unit.subscriptions.schedules() == sorted([WORKDAYS, EARLIER, TWICE])


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({}, "am pm"),
    ({"options": (("a", "b"),)}, "am pm"),
    ({"schedule": EARLIER}, "am"),
    ({"schedule": replace(TWICE, slots=(("pm", time(18)),))}, "pm"),
    ({"schedule": replace(TWICE, days=(1, 2))}, ""),
    ({"schedule": replace(TWICE, days=(0,))}, "am pm"),
    ({"schedule": replace(TWICE, zone="Europe/Berlin")}, ""),
    ({"desk": "else"}, ""),
    ({"place": Place("discord", "another")}, ""),
    ({"place": Place("slack", "channel")}, ""),
    ({"place": Place("discord", "channel", "thread")}, ""),
    ({"language": "ru"}, ""),
    ({"tenant": "discord:2"}, ""),
    ({"paused_until": PM.at}, "pm"),
]


async def test_a_changed_subscription_drops_planned_postings_that_do_not_fit(store: Store) -> None:
    """Those of a slot that is due at another instant or not at all, for another place, desk or language, or paused.
    Those of other subscriptions stay.
    """
    place = Place("discord", "channel")
    subscriptions = {f"{number:02}": a_subscription(f"{number:02}", place=place) for number in range(len(CHANGES))}
    await subscribe(store, *subscriptions.values(), a_subscription("other", place=place))
    for due in (AM, PM):
        assert await plan(store, due) == len(CHANGES) + 1
    changed = [replace(was, **changes) for was, (changes, _) in zip(subscriptions.values(), CHANGES, strict=True)]
    await subscribe(store, *changed)
    expected = [*(kept for _, kept in CHANGES), "am pm"]
    for name, kept in zip((*subscriptions, "other"), expected, strict=True):
        async with store.unit() as unit:
            found = await unit.postings.find(keys=[f"{name}/2026-03-09/{slot}" for slot in ("am", "pm")])
        assert (name, " ".join(posting.slot for posting in found)) == (name, kept)


async def test_what_was_dropped_is_planned_anew_as_it_is_owed_now(store: Store) -> None:
    """For the new place, at the new instant."""
    await subscribe(store, a_subscription())
    await plan(store, PM)
    changed = a_subscription(schedule=EARLIER, place=Place("slack", "C1", "2"), language="ru", tenant="slack:1")
    await subscribe(store, changed)
    assert await plan(store, PM) == 0
    new = Due(PM.at - HOUR, DAY, "pm")
    assert await plan(store, new, EARLIER) == 1
    assert await the_posting(store, "one/2026-03-09/pm") == its_posting(changed, new)


async def test_a_changed_subscription_keeps_what_is_composed_or_settled(store: Store) -> None:
    """Only what is still planned is dropped."""
    await subscribe(store, a_subscription())
    for due in (AM, PM):
        await plan(store, due)
    await compose(store, its_build())
    await change(store, "one/2026-03-09/pm", state=State.PARKED, reason="unsure")
    await subscribe(store, a_subscription(schedule=WORKDAYS, language="ru", place=Place("slack", "C1")))
    assert await state_of(store, "one/2026-03-09/am") == (State.COMPOSED, None)
    assert await state_of(store, "one/2026-03-09/pm") == (State.PARKED, "unsure")


async def test_unsubscribing_skips_what_is_not_begun(store: Store) -> None:
    """Planned and composed ones, also with frozen parts; begun ones go on, settled ones stay."""
    days = {
        name: DAY + timedelta(days=number) for number, name in enumerate(["planned", "composed", "frozen", "begun"])
    }
    days |= {"tried": DAY - timedelta(days=1), "sent": DAY - timedelta(days=2)}
    await subscribe(store, a_subscription(), a_subscription("other"))
    for name, day in days.items():
        await plan(store, a_due(day=day))
        if name != "planned":
            await compose(store, its_build(a_due(day=day)))
    key = {name: f"one/{day}/am" for name, day in days.items()}
    async with store.unit() as unit:
        await unit.ledger.begin(key["frozen"], parts_of(key["frozen"]))
        await unit.commit()
    await attempt(store, key["begun"])
    await attempt(store, key["tried"], until=State.COMPOSED)
    await change(store, key["tried"], state=State.COMPOSED)
    await change(store, key["sent"], state=State.SENT)
    async with store.unit() as unit:
        assert await unit.subscriptions.drop("one")
        assert await unit.subscriptions.find(["one"]) == []
        assert not await unit.subscriptions.drop("one")
        assert not await unit.subscriptions.drop("unknown")
        await unit.commit()
    skipped = State.SKIPPED, "unsubscribed"
    expected: dict[str, tuple[State, str | None]] = {"planned": skipped, "composed": skipped, "frozen": skipped}
    expected |= {"begun": (State.INTENT, None), "tried": (State.COMPOSED, None), "sent": (State.SENT, None)}
    assert {name: await state_of(store, key[name]) for name in days} == expected
    assert await state_of(store, "other/2026-03-09/am") == (State.PLANNED, None)
    assert await plan(store, a_due(day=DAY + timedelta(days=9))) == 1


async def test_two_tenants_with_equal_places_do_not_touch_each_other(store: Store) -> None:
    """The same channel id in two workspaces: each has its own subscription, postings, and end."""
    place = Place("slack", "C1", "1712.0001")
    ours = a_subscription("ours", tenant="slack:1", place=place)
    theirs = a_subscription("theirs", tenant="slack:2", place=place)
    await subscribe(store, ours, theirs)
    assert await plan(store) == 2
    async with store.unit() as unit:
        assert await unit.subscriptions.find(tenant="slack:1") == [ours]
        await unit.subscriptions.drop("ours")
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.subscriptions.find() == [theirs]
        assert await unit.postings.find(keys=["theirs/2026-03-09/am"]) == [its_posting(theirs)]

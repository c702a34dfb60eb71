"""Subscriptions with what is owed to them, and a step or two with each on any store."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from bot.domain.ledger import BuildKey, Posting, State
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.domain.timetable import Due, Schedule, SlotName
from bot.ports.store import Store
from tests.contract.ledger_samples import Opened, parts_of

DAY = date(2026, 3, 9)
MADE = datetime(2026, 3, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
CATCH_UP = timedelta(hours=3)
TWICE = Schedule("UTC")
EARLIER = Schedule("UTC", slots=(("am", time(7)), ("pm", time(17))))
WORKDAYS = Schedule("Europe/Berlin", days=(0, 1, 2, 3, 4))
KOLKATA = timezone(timedelta(hours=5, minutes=30))


def a_due(slot: SlotName = "am", day: date = DAY) -> Due:
    at = time(7) if slot == "am" else time(18)
    return Due(datetime.combine(day, at, UTC), day, slot)


AM, PM = a_due(), a_due("pm")


def a_subscription(name: str = "one", **changes: Any) -> Subscription:
    made = Subscription(
        id=name,
        tenant="discord:1",
        place=Place("discord", f"channel {name}"),
        desk="default",
        schedule=TWICE,
        language="en",
        since=MADE,
    )
    return replace(made, **changes)


def its_posting(subscription: Subscription, due: Due = AM, /, **changes: Any) -> Posting:
    owed = Posting(
        key=f"{subscription.id}/{due.date}/{due.slot}",
        subscription=subscription.id,
        tenant=subscription.tenant,
        place=subscription.place,
        desk=subscription.desk,
        slot=due.slot,
        date=due.date,
        due=due.at,
        language=subscription.language,
    )
    return replace(owed, **changes)


def its_build(due: Due = AM, /, **changes: Any) -> BuildKey:
    return replace(BuildKey("default", due.at, "en", due.slot, due.date), **changes)


@pytest.fixture
def store(opened: Opened) -> Store:
    """An empty store."""
    return opened.one


async def subscribe(store: Store, *subscriptions: Subscription) -> None:
    async with store.unit() as unit:
        for subscription in subscriptions:
            await unit.subscriptions.put(subscription)
        await unit.commit()


async def plan(store: Store, due: Due = AM, schedule: Schedule = TWICE, *, missed: str | None = None) -> int:
    async with store.unit() as unit:
        new = await unit.postings.plan(schedule, due, missed=missed)
        await unit.commit()
    return new


async def expire(store: Store, now: datetime, catch_up: timedelta = CATCH_UP) -> list[Posting]:
    async with store.unit() as unit:
        skipped = await unit.postings.expire(now, catch_up=catch_up)
        await unit.commit()
    return skipped


async def the_posting(store: Store, key: str) -> Posting | None:
    async with store.unit() as unit:
        return next(iter(await unit.postings.find(keys=[key])), None)


async def state_of(store: Store, key: str) -> tuple[State, str | None] | None:
    posting = await the_posting(store, key)
    return None if posting is None else (posting.state, posting.reason)


async def compose(store: Store, key: BuildKey, *, end: datetime | None = None, edition: str = "edition-1") -> int:
    async with store.unit() as unit:
        build = await unit.builds.start(key, end or key.due, (end or key.due) - timedelta(hours=12))
        composed = await unit.builds.finish(replace(build, edition=edition, seconds=2.5))
        await unit.commit()
    return composed


async def attempt(store: Store, key: str, *, until: State = State.INTENT) -> None:
    """Let the first part of a posting be tried, so that it is begun."""
    async with store.unit() as unit:
        card, *_ = await unit.ledger.begin(key, parts_of(key))
        taken = await unit.ledger.take(card, HOUR)
        assert taken is not None
        if until is not State.INTENT:
            assert await unit.ledger.settle(replace(taken, state=until), at=MADE)
        await unit.commit()


async def change(store: Store, key: str, **changes: Any) -> bool:
    posting = await the_posting(store, key)
    assert posting is not None
    async with store.unit() as unit:
        done = await unit.postings.put(replace(posting, **changes))
        await unit.commit()
    return done

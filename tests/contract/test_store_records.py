"""What every store promises of its figures and of forgetting: in memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.item import Item, ItemKind
from bot.domain.ledger import Build, BuildKey, State
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.timetable import Schedule
from bot.ports.store import EditionKey
from tests.contract import ledger_samples
from tests.contract.conftest import an_edition
from tests.contract.ledger_samples import (
    DUE,
    LEASE,
    MINUTE,
    NAMES,
    Opened,
    a_posting,
    begin,
    keep_posting,
    part,
    parts_of,
    posting_states,
    settle,
    take,
)

POSTING = ledger_samples.POSTING
opened = ledger_samples.opened


async def test_counts_tell_how_many_rows_there_are(opened: Opened) -> None:
    """By state; states without rows are missing; paused is who is paused now."""
    async with opened.one.unit() as unit:
        nothing = await unit.records.counts()
        assert (nothing.postings, nothing.deliveries) == ({}, {})
        assert (nothing.subscriptions, nothing.paused, nothing.items, nothing.editions) == (0, 0, 0, 0)
    await keep_posting(opened.one, POSTING)
    await keep_posting(opened.one, a_posting("two/2026-03-09/am"))
    await keep_posting(opened.one, a_posting("six/2026-03-09/am", state=State.PLANNED))
    await begin(opened.one)
    held = await take(opened.one, await part(opened.one))
    assert held is not None
    assert await settle(opened.one, replace(held, state=State.SENT))
    assert await take(opened.one, await part(opened.one, "story-1"))
    async with opened.other.unit() as unit:
        counts = await unit.records.counts()
    assert counts.postings == {State.COMPOSED: 1, State.INTENT: 1, State.PLANNED: 1}
    assert counts.deliveries == {State.COMPOSED: 2, State.INTENT: 1, State.SENT: 1}


async def test_counts_of_items_and_editions_are_plain(opened: Opened) -> None:
    """How many are kept."""
    item = Item("0" * 16, "feed:a", "guid", None, "Title", "Words.", ItemKind.ARTICLE, None, DUE, backlog=False)
    edition = an_edition()
    key = EditionKey("default", "a" * 64, edition.window, "am", "en", "extractive")
    async with opened.one.unit() as unit:
        await unit.items.add([item, replace(item, source="feed:b"), replace(item, id="1" * 16)])
        await unit.editions.add(key, edition)
        counts = await unit.records.counts()
    assert (counts.items, counts.editions) == (3, 1)


async def test_counts_tell_who_is_paused_now(opened: Opened) -> None:
    """On the store's clock: a pause that ended is none."""
    async with opened.one.unit() as unit:
        for number, until in enumerate((None, FOR_GOOD, datetime(1999, 1, 1, tzinfo=UTC))):
            await unit.subscriptions.put(a_subscription(str(number), until))
        await unit.commit()
    async with opened.other.unit() as unit:
        counts = await unit.records.counts()
    assert (counts.subscriptions, counts.paused) == (3, 1)


def a_subscription(name: str, paused_until: datetime | None) -> Subscription:
    place = Place("discord", name)
    return Subscription(name, "discord:1", place, "default", Schedule("UTC"), "en", DUE, paused_until=paused_until)


async def test_trouble_is_shown_newest_first(opened: Opened) -> None:
    """Parked and skipped postings, whole, at most so many; equals in the order of their keys."""
    day = timedelta(days=1)
    parked = a_posting("a/2026-03-09/am", state=State.PARKED, reason="closed", tries=2, retry_at=DUE, late=True)
    skipped = a_posting("a/2026-03-10/am", state=State.SKIPPED, due=DUE + day, edition=None, window_end=None)
    threaded = a_posting("b/2026-03-09/am", state=State.PARKED, place=Place("slack", "C1", "17.5"))
    others = [a_posting(f"{state}/2026-03-11/am", state=state, due=DUE + 2 * day) for state in State]
    fine = [posting for posting in others if posting.state not in {State.PARKED, State.SKIPPED}]
    for posting in (parked, skipped, threaded, *fine):
        await keep_posting(opened.one, posting)
    async with opened.other.unit() as unit:
        assert await unit.records.troubled(most=9) == [skipped, threaded, parked]
        assert await unit.records.troubled(most=1) == [skipped]
        assert await unit.records.troubled(most=0) == []


async def test_the_last_sent_posting_of_each_is_found(opened: Opened) -> None:
    """Not one that is open, parked or skipped; who never got any is missing."""
    hour = timedelta(hours=1)
    for number, state in enumerate((State.SENT, State.SENT, State.PARKED, State.SKIPPED, State.INTENT, State.PLANNED)):
        for name in ("a", "b"):
            key = f"{name}/2026-03-0{number + 1}/am"
            await keep_posting(opened.one, a_posting(key, state=state, due=DUE + number * hour))
    await keep_posting(opened.one, a_posting("c/2026-03-01/am", state=State.PARKED))
    many = [f"nobody-{number}" for number in range(1500)]
    async with opened.other.unit() as unit:
        found = await unit.records.last(["a", "c", *many])
        assert {name: (posting.key, posting.due) for name, posting in found.items()} == {
            "a": ("a/2026-03-02/am", DUE + hour)
        }
        assert set(await unit.records.last(["a", "b"])) == {"a", "b"}
        assert await unit.records.last([]) == {}


async def test_lateness_is_from_due_to_card(opened: Opened) -> None:
    """In seconds, in order of size, of postings due since then; other parts and what was not sent do not count."""
    late = {"a": 12.5, "b": 0.25, "c": 3600.0, "old": 5.0}
    for name, seconds in late.items():
        posting = a_posting(f"{name}/2026-03-09/am", due=DUE - MINUTE if name == "old" else DUE)
        await keep_posting(opened.one, posting)
        await begin(opened.one, posting.key, parts_of(posting))
        for which, more in (("card", 0), ("story-1", 99)):
            held = await take(opened.one, await part(opened.one, which, posting.key))
            assert held is not None
            at = posting.due + timedelta(seconds=seconds + more)
            state = State.PARKED if name == "c" and which == "card" else State.SENT
            assert await settle(opened.one, replace(held, state=state), at=at)
    async with opened.other.unit() as unit:
        assert await unit.records.lateness(DUE) == [0.25, 12.5]
        assert await unit.records.lateness(DUE - MINUTE) == [0.25, 5.0, 12.5]
        assert await unit.records.lateness(DUE + timedelta(microseconds=1)) == []


async def test_forgetting_leaves_what_is_open_or_young(opened: Opened) -> None:
    """Settled postings due before then go with their deliveries; those due at that instant stay."""
    tick = timedelta(microseconds=1)
    old = [a_posting(f"old-{state}/2026-03-09/am", state=state, due=DUE - tick) for state in State]
    young = [a_posting(f"young-{state}/2026-03-09/am", state=state) for state in State]
    for posting in (*old, *young):
        await keep_posting(opened.one, posting)
        await begin(opened.one, posting.key, parts_of(posting))
    async with opened.one.unit() as unit:
        await unit.ledger.forget(DUE)
        await unit.commit()
    gone = {State.SENT, State.PARKED, State.SKIPPED}
    assert await posting_states(opened.other) == {state: 1 if state in gone else 2 for state in State}
    for posting in (*old, *young):
        forgotten = posting in old and posting.state in gone
        assert len(await begin(opened.other, posting.key, ())) == (0 if forgotten else len(NAMES))


async def test_old_results_and_ended_leases_are_forgotten(opened: Opened) -> None:
    """A lease only when it ended on the database's clock too."""
    async with opened.one.unit() as unit:
        for name, at in (("old", DUE - MINUTE), ("young", DUE)):
            await unit.results.put(name, name, at=at)
        await unit.leases.take("ended", "one", LEASE)
        await unit.leases.take("held", "one", 9 * LEASE)
        await unit.commit()
    opened.jump(LEASE + MINUTE)
    async with opened.other.unit() as unit:
        await unit.ledger.forget(DUE)
        assert [await unit.results.get(name) for name in ("old", "young")] == [None, "young"]
        await unit.ledger.forget(FOR_GOOD)
        assert await unit.results.get("young") is None
        assert await unit.leases.held("") == ["held"]
        assert not await unit.leases.take("held", "other", LEASE)


async def test_a_build_that_is_waited_for_is_not_forgotten(opened: Opened) -> None:
    """Others go when they were due before then, finished or not."""
    before = DUE - MINUTE
    waits = a_posting("a/2026-03-09/am", state=State.PLANNED, due=before, edition=None, window_end=None)
    await keep_posting(opened.one, waits)
    await keep_posting(opened.one, a_posting("b/2026-03-09/am", state=State.SENT, due=before, desk="done"))

    def key(desk: str = "default", language: str = "en", due: datetime = before) -> BuildKey:
        return BuildKey(desk, due, language, "am", waits.date)

    keys = [key(), key("done"), key(language="ru"), key("done", due=DUE)]
    window = (DUE - timedelta(hours=12), DUE - timedelta(hours=24))

    async def kept(unit_end: datetime) -> list[bool]:
        async with opened.other.unit() as unit:
            builds: list[Build] = [await unit.builds.start(each, unit_end, window[1]) for each in keys]
        return [build.window_end == window[0] for build in builds]

    async with opened.one.unit() as unit:
        for each in keys:
            await unit.builds.start(each, *window)
        await unit.commit()
    assert await kept(DUE) == [True] * 4
    async with opened.one.unit() as unit:
        await unit.ledger.forget(DUE)
        await unit.commit()
    assert await kept(DUE) == [True, False, False, True]


async def test_forgetting_is_undone_with_its_unit(opened: Opened) -> None:
    """Like every write."""
    await keep_posting(opened.one, a_posting(state=State.SENT))
    async with opened.one.unit() as unit:
        await unit.ledger.forget(FOR_GOOD)
    assert await posting_states(opened.one) == {State.SENT: 1}


async def test_an_instant_without_a_zone_is_a_mistake(opened: Opened) -> None:
    """It is refused, never read as somebody's local time."""
    naive = DUE.replace(tzinfo=None)
    async with opened.one.unit() as unit:
        with pytest.raises(ValueError, match="no time zone"):
            await unit.records.lateness(naive)
        with pytest.raises(ValueError, match="no time zone"):
            await unit.ledger.forget(naive)

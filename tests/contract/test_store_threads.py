"""What every store promises of what stands where: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.ledger import Posting, State
from bot.domain.place import Place
from bot.domain.reasons import MISSED
from bot.ports.store import Standing, Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import DUE, LEASE, MINUTE, Opened, a_posting, keep_posting, parts_of
from tests.contract.timetable_samples import (
    AM,
    CATCH_UP,
    KOLKATA,
    PM,
    TICK,
    a_subscription,
    attempt,
    compose,
    expire,
    its_build,
    plan,
    state_of,
    subscribe,
    the_posting,
)

opened = ledger_samples.opened
store = timetable_samples.store

HERE = Place("discord", "17")
EDITION = "default-20260309-am-0badcafe"


def asked_for(key: str, **changes: object) -> Posting:
    """A posting that somebody asked for."""
    return a_posting(key, **{"subscription": "", **changes})


async def opens(store: Store, posting: Posting) -> bool:
    async with store.unit() as unit:
        new = await unit.threads.open(posting)
        await unit.commit()
    return new


async def send(
    store: Store,
    posting: Posting,
    names: Sequence[str] = ("card", "story-1"),
    *,
    thread: str | None = "t1",
    at: datetime = DUE,
    state: State = State.SENT,
) -> None:
    """Let the parts of a posting be settled, a minute apart; the message of `card` is called `<posting>/card`."""
    await opens(store, posting)
    async with store.unit() as unit:
        for number, part in enumerate(await unit.ledger.begin(posting.key, parts_of(posting, tuple(names)))):
            taken = await unit.ledger.take(part, LEASE)
            assert taken is not None
            told = replace(taken, state=state, message=f"{posting.key}/{part.part}", thread=thread)
            assert await unit.ledger.settle(told, at=at + number * MINUTE)
        await unit.commit()


async def edition_at(store: Store, place: Place, message: str | None = None) -> str | None:
    async with store.unit() as unit:
        return await unit.threads.edition_at(place, message)


async def standing(
    store: Store, edition: str = EDITION, platform: str = "discord", place: str = "17"
) -> list[Standing]:
    async with store.unit() as unit:
        return await unit.threads.standing(edition, platform, place)


async def test_a_posting_that_nobody_planned_is_kept_once(store: Store) -> None:
    """Every field, with absent ones; of the same key again, the first stays."""
    full = asked_for(
        "asked",
        place=Place("discord", "17", "99"),
        slot="pm",
        language="ru",
        late=True,
        reason="because",
        tries=2,
        retry_at=DUE + MINUTE,
    )
    bare = asked_for("bare", edition=None, window_end=None)
    for posting in (full, bare):
        assert await opens(store, posting)
        assert await the_posting(store, posting.key) == posting
    assert not await opens(store, replace(full, place=HERE, language="en"))
    assert await the_posting(store, "asked") == full


async def test_instants_of_an_opened_posting_come_back_in_utc(store: Store) -> None:
    """Whatever zone they were given in; without one it is refused."""
    there = DUE.astimezone(KOLKATA)
    assert await opens(store, asked_for("asked", due=there, window_end=there, retry_at=there))
    found = await the_posting(store, "asked")
    assert found is not None
    assert [found.due, found.window_end, found.retry_at] == [DUE] * 3
    assert found.due.utcoffset() == timedelta(0)
    async with store.unit() as unit:
        with pytest.raises(ValueError, match="no time zone"):
            await unit.threads.open(asked_for("naive", due=DUE.replace(tzinfo=None)))


async def test_of_many_who_open_a_posting_at_once_one_does(opened: Opened) -> None:
    """A press that reaches two processes is one posting; nothing of an uncommitted unit is kept."""
    async with opened.one.unit() as unit:
        assert await unit.threads.open(asked_for("asked"))
    opening = (
        opens(store, asked_for("asked", language=f"l{n}")) for n, store in enumerate([opened.one, opened.other] * 5)
    )
    assert sum(await asyncio.gather(*opening)) == 1


async def test_what_was_asked_for_is_delivered_in_turn(store: Store) -> None:
    """Like what is owed: due now, the tenants in turns."""
    await subscribe(store, *(a_subscription(name) for name in ("one", "two")))
    await plan(store)
    await compose(store, its_build())
    await opens(store, asked_for("late", due=AM.at + TICK))
    await opens(store, asked_for("else", tenant="discord:@5", due=AM.at + 2 * TICK))
    async with store.unit() as unit:
        found = [posting.key for posting in await unit.postings.find(due_by=AM.at + MINUTE)]
        assert found == ["one/2026-03-09/am", "else", "two/2026-03-09/am", "late"]
        held = replace(asked_for("late"), retry_at=PM.at, tries=1, late=True)
        assert await unit.postings.put(held)
        found = [posting.key for posting in await unit.postings.find(due_by=AM.at + MINUTE, most=3)]
        assert found == ["one/2026-03-09/am", "else", "two/2026-03-09/am"]


async def test_nothing_overtakes_what_was_asked_for(store: Store) -> None:
    """Two that were asked for have nothing to do with each other, nor with what is owed to the place."""
    for name, minutes in (("first", 0), ("second", 1), ("third", 2)):
        await opens(store, asked_for(name, due=DUE + minutes * MINUTE))
    await keep_posting(store, a_posting("one/2026-03-09/am", due=DUE + 3 * MINUTE))
    assert await expire(store, DUE + 4 * MINUTE) == []
    await keep_posting(store, a_posting("one/2026-03-09/pm", due=DUE + 4 * MINUTE, slot="pm"))
    assert [posting.key for posting in await expire(store, DUE + 4 * MINUTE)] == ["one/2026-03-09/am"]
    assert {await state_of(store, name) for name in ("first", "second", "third")} == {(State.COMPOSED, None)}


async def test_what_was_asked_for_too_long_ago_is_skipped(store: Store) -> None:
    """Nobody waits for it any more; what is begun is not."""
    for name, by in (("old", timedelta(0)), ("begun", timedelta(0)), ("young", MINUTE)):
        await opens(store, asked_for(name, due=DUE + by))
    await attempt(store, "begun")
    (skipped,) = await expire(store, DUE + CATCH_UP + TICK)
    assert (skipped.key, (skipped.reason or "")[: len(MISSED)]) == ("old", MISSED)
    assert await state_of(store, "young") == (State.COMPOSED, None)
    assert await state_of(store, "begun") == (State.INTENT, None)


async def test_what_was_asked_for_changes_nothing_of_what_is_owed(store: Store) -> None:
    """Neither planning, windows, the last of a subscription nor its end take it into account."""
    await subscribe(store, a_subscription())
    await opens(store, asked_for("asked", window_end=AM.at - MINUTE, place=a_subscription().place))
    await send(store, asked_for("sent", window_end=AM.at - MINUTE, state=State.COMPOSED))
    assert await plan(store) == 1
    async with store.unit() as unit:
        build = await unit.builds.start(its_build(), AM.at, AM.at - timedelta(hours=12))
        assert build.window_start == AM.at - timedelta(hours=12)
        assert await unit.builds.waiting(PM.at) == [its_build()]
        assert await unit.builds.finish(replace(build, edition="planned")) == 1
        assert await unit.records.last(["one"]) == {}
        assert await unit.subscriptions.drop("one")
        await unit.commit()
    assert await state_of(store, "asked") == (State.COMPOSED, None)
    assert (await the_posting(store, "asked") or a_posting()).edition == EDITION


async def test_figures_count_what_was_asked_for(store: Store) -> None:
    """By state, in trouble, late by what passed since it was asked for; forgotten like the rest."""
    await send(store, asked_for("sent"), at=DUE + timedelta(seconds=4))
    await keep_posting(store, asked_for("parked", state=State.PARKED))
    async with store.unit() as unit:
        assert (await unit.records.counts()).postings == {State.INTENT: 1, State.PARKED: 1}
        assert [posting.key for posting in await unit.records.troubled(most=9)] == ["parked"]
        assert await unit.records.lateness(DUE) == [4.0]
        assert await unit.postings.put(replace(asked_for("sent"), state=State.SENT))
        await unit.ledger.forget(DUE + TICK)
        assert (await unit.records.counts()).postings == {}
        assert await unit.threads.edition_at(HERE) is None


async def test_messages_of_an_edition_are_found_where_they_stand(store: Store) -> None:
    """By number; a card with the thread it opened. Not what is not sent, of another edition, place or platform."""
    one = a_posting("one/2026-03-09/am")
    await send(store, one, ("card", "story-1", "story-2"))
    await send(store, a_posting("two/2026-03-09/am", edition="other"), thread="t2")
    await send(store, a_posting("six/2026-03-09/am", place=Place("discord", "18")), thread="t3")
    await send(store, a_posting("ten/2026-03-09/am", place=Place("slack", "17")), thread="t4")
    await send(store, a_posting("bad/2026-03-09/am"), ("card",), state=State.PARKED)
    await keep_posting(store, a_posting("new/2026-03-09/am"))
    there = Place("discord", "17", "t1")
    assert await standing(store) == [
        Standing(part, there, f"{one.key}/{part}", EDITION) for part in ("card", "story-1", "story-2")
    ]
    assert [each.place for each in await standing(store, "other")] == [Place("discord", "17", "t2")] * 2
    assert [each.place for each in await standing(store, EDITION, "slack")] == [Place("slack", "17", "t4")] * 2
    assert await standing(store, EDITION, "discord", "19") == []
    assert await standing(store, "none") == []


async def test_an_edition_that_stands_twice_is_found_twice(store: Store) -> None:
    """By number, the older first: it was asked for again beside the timetable."""
    await send(store, asked_for("again"), at=DUE + timedelta(hours=1), thread="t2")
    await send(store, a_posting("one/2026-03-09/am"))
    assert [(each.part, each.place.thread) for each in await standing(store)] == [
        ("card", "t1"),
        ("card", "t2"),
        ("story-1", "t1"),
        ("story-1", "t2"),
    ]


async def test_a_message_without_a_thread_of_its_own_stands_in_its_postings(store: Store) -> None:
    """As where the place is a thread; a direct message has none."""
    await send(store, a_posting("one/2026-03-09/am", place=Place("slack", "C1", "17.5")), ("card",), thread=None)
    await send(store, asked_for("direct", place=Place("discord", "@5")), ("card",), thread=None)
    (in_thread,) = await standing(store, EDITION, "slack", "C1")
    (direct,) = await standing(store, EDITION, "discord", "@5")
    assert (in_thread.place, direct.place) == (Place("slack", "C1", "17.5"), Place("discord", "@5"))


async def test_a_message_of_ours_names_its_edition(store: Store) -> None:
    """Before the thread and the place it is in; at its own place only."""
    await send(store, a_posting("one/2026-03-09/am"))
    await send(store, a_posting("one/2026-03-09/pm", edition="evening"), at=DUE + timedelta(hours=11))
    inside = replace(HERE, thread="t1")
    assert await edition_at(store, HERE) == await edition_at(store, inside) == "evening"
    for part in ("card", "story-1"):
        assert await edition_at(store, inside, f"one/2026-03-09/am/{part}") == EDITION
        assert await edition_at(store, Place("discord", "elsewhere"), f"one/2026-03-09/am/{part}") is None
        assert await edition_at(store, Place("slack", "17"), f"one/2026-03-09/am/{part}") is None
    assert await edition_at(store, inside, "somebody else's") == "evening"


async def test_the_same_ids_at_two_places_are_two_messages(store: Store) -> None:
    """Slack counts messages and threads in each channel by itself: the same instant is a message in each."""
    there, thread = ("T1/C1", "T1/C2", "@T1/U1"), "1773042000.000100"
    for number, channel in enumerate(there):
        posting = asked_for(f"p{number}", place=Place("slack", channel), edition=f"of {channel}")
        await opens(store, posting)
        async with store.unit() as unit:
            (card,) = await unit.ledger.begin(posting.key, parts_of(posting, ("card",)))
            taken = await unit.ledger.take(card, LEASE)
            assert taken is not None
            told = replace(taken, state=State.SENT, message=thread, thread=thread)
            assert await unit.ledger.settle(told, at=DUE + number * MINUTE)
            await unit.commit()
    for channel in there:
        at = Place("slack", channel)
        assert await edition_at(store, at) == f"of {channel}"
        assert await edition_at(store, at, thread) == f"of {channel}"
        assert await edition_at(store, replace(at, thread=thread)) == f"of {channel}"
        assert await edition_at(store, replace(at, thread=thread), "1773042000.999999") == f"of {channel}"
    for elsewhere in ("T2/C1", "C1", "T1/U1"):
        assert await edition_at(store, Place("slack", elsewhere, thread), thread) is None


async def test_a_thread_is_about_the_newest_edition_sent_in_it(store: Store) -> None:
    """As a thread of the day: by when it was sent, not by when it was due. Without one of ours, about none."""
    thread = replace(HERE, thread="day")
    await send(store, a_posting("one/2026-03-09/am", due=PM.at), thread="day", at=DUE)
    assert await edition_at(store, thread) == EDITION
    await send(store, a_posting("one/2026-03-09/pm", edition="evening", due=AM.at), thread="day", at=DUE + MINUTE)
    assert await edition_at(store, thread) == "evening"
    await send(store, asked_for("else", edition="other"), thread="t9", at=PM.at)
    await send(store, a_posting("bad", edition="parked"), thread="day", at=PM.at, state=State.PARKED)
    assert await edition_at(store, thread) == "evening"
    assert await edition_at(store, replace(HERE, thread="t8")) is None
    assert await edition_at(store, Place("slack", "17", "day")) is None


async def test_a_place_is_about_the_newest_card_sent_to_it(store: Store) -> None:
    """Whatever threads were opened; a thread's late story does not bring an old edition back."""
    await send(store, a_posting("one/2026-03-09/am"), ("card", "story-1", "story-2"), at=DUE)
    await send(store, a_posting("one/2026-03-09/pm", edition="evening"), ("card",), thread="t2", at=DUE + TICK)
    assert await edition_at(store, HERE) == "evening"
    await keep_posting(store, a_posting("one/2026-03-10/am", edition="planned", date=date(2026, 3, 10)))
    await send(store, a_posting("two/2026-03-09/am", edition="other", place=Place("discord", "18")), at=PM.at)
    assert await edition_at(store, HERE) == "evening"
    assert await edition_at(store, Place("discord", "19")) is None
    assert await edition_at(store, Place("discord", "@17")) is None


async def test_of_editions_sent_at_the_same_instant_one_is_always_the_newest(store: Store) -> None:
    """The later by its posting's key."""
    for name in ("b", "c", "a"):
        await send(store, a_posting(f"{name}/2026-03-09/am", edition=name), ("card",))
    assert await edition_at(store, HERE) == await edition_at(store, replace(HERE, thread="t1")) == "c"

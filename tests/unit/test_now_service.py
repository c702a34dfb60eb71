"""Editions on demand: at once, the same for fifteen minutes, never in the way of the scheduled ones."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.memory import MemoryStore
from adapters.wire.cores import InProcess
from bot.domain.desk import DEFAULT_DESK
from bot.domain.roster import Roster
from bot.services.brief import Request
from bot.services.now import KEPT, Now
from tests.fakes.clock import FakeClock
from tests.fakes.readings import NOON
from tests.fakes.writer import NAME, FakeWriter
from tests.unit.test_brief_service import brief, count, kept
from tests.unit.writing_samples import PRESS, dam, kit, press

ASKED = Request(Roster(PRESS), hours=24)


def now(store: MemoryStore, clock: FakeClock) -> Now:
    return Now(brief=brief(store, clock), clock=clock)


async def test_the_same_question_gets_the_same_edition_for_fifteen_minutes() -> None:
    """And not a second longer."""
    store, clock = await kept(MemoryStore(), dam()), FakeClock(NOON)
    ask = now(store, clock)
    first = await ask(ASKED)
    await kept(store, kit())
    clock.advance(KEPT - timedelta(seconds=1))
    assert await ask(ASKED) is first
    clock.advance(timedelta(seconds=1))
    later = await ask(ASKED)
    assert later.window.end == NOON + KEPT
    assert later.card.items_read == len([*dam(), *kit()])
    assert timedelta(minutes=15) == KEPT


async def test_what_many_ask_at_the_same_moment_is_composed_once() -> None:
    """Two hundred people do not wait for two hundred editions."""
    store, clock = await kept(MemoryStore(), dam()), FakeClock(NOON)
    ask = Now(brief=brief(store, clock, cores=InProcess()), clock=clock)
    first, *others = await asyncio.gather(*(ask(ASKED) for _ in range(20)))
    assert all(one is first for one in others)
    assert await count(store) == 1


async def test_what_was_asked_again_is_not_kept_longer_for_it() -> None:
    """The fifteen minutes count from when it was composed."""
    clock = FakeClock(NOON)
    ask = now(await kept(MemoryStore(), dam()), clock)
    await ask(ASKED)
    for _ in range(3):
        clock.advance(KEPT / 3)
        last = await ask(ASKED)
    assert last.window.end == NOON + KEPT


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, topic="Osero dam"),
        replace(ASKED, hours=12),
        replace(ASKED, language="ru"),
        replace(ASKED, roster=Roster(PRESS[:-1])),
        replace(ASKED, desk=replace(DEFAULT_DESK, id="harbour")),
    ],
)
async def test_another_question_gets_its_own_edition(other: Request) -> None:
    """Another topic, time, language, roster or desk is another question."""
    clock = FakeClock(NOON)
    store = await kept(MemoryStore(), press())
    ask = now(store, clock)
    first, second = await ask(ASKED), await ask(other)
    assert first.id != second.id
    assert (await ask(ASKED), await ask(other)) == (first, second)
    assert await count(store) == 2


async def test_nothing_is_told_by_it() -> None:
    """The scheduled edition has the same stories, as new."""
    clock = FakeClock(NOON)
    store = await kept(MemoryStore(), press())
    asked = await now(store, clock)(ASKED)
    clock.advance(timedelta(hours=1))
    scheduled = await brief(store, clock)(replace(ASKED, slot="am", hours=25))
    assert asked.slot == "now"
    assert [story.title for story in scheduled.stories] == [story.title for story in asked.stories]
    assert {story.state for story in scheduled.stories} == {"new"}


async def test_an_edition_on_demand_is_none_of_the_scheduled_whatever_is_asked() -> None:
    """A request with another slot is answered as one on demand."""
    edition = await now(await kept(MemoryStore(), dam()), FakeClock(NOON))(replace(ASKED, slot="am"))
    assert edition.slot == "now"


async def test_a_topic_without_items_gets_the_nearest_ones() -> None:
    """Named in a note."""
    edition = await now(await kept(MemoryStore(), press()), FakeClock(NOON))(replace(ASKED, topic="lighthouses"))
    assert edition.stories == ()
    assert "Nearest topics with items:" in edition.card.notes[0]


async def test_only_so_many_are_kept() -> None:
    """Of 257 questions within the quarter of an hour the first is composed again, the last one is not."""
    clock = FakeClock(NOON)
    ask = now(MemoryStore(), clock)
    for hours in range(1, 258):
        await ask(replace(ASKED, hours=hours))
    clock.advance(timedelta(minutes=1))
    assert (await ask(replace(ASKED, hours=257))).window.end == NOON
    assert (await ask(replace(ASKED, hours=1))).window.end == NOON + timedelta(minutes=1)


async def test_where_a_model_writes_the_same_window_is_told_in_its_words() -> None:
    """Asked again within the fifteen minutes, the written one comes at once."""
    store, clock = await kept(MemoryStore(), dam()), FakeClock(NOON)
    ask = Now(brief=brief(store, clock), clock=clock, written=brief(store, clock, FakeWriter()))
    assert ask.writes
    selected = await ask(ASKED)
    clock.advance(timedelta(seconds=2))
    written = await ask.written(ASKED, selected)
    assert written is not None
    assert written.window == selected.window
    assert (selected.card.writer, written.card.writer) == ("selected", NAME)
    assert await ask(ASKED) is written


async def test_without_a_model_nothing_is_written() -> None:
    """Nor where there is no story to be told."""
    clock = FakeClock(NOON)
    store = await kept(MemoryStore(), dam())
    alone = now(store, clock)
    assert not alone.writes
    assert await alone.written(ASKED, await alone(ASKED)) is None
    empty = Now(brief=brief(MemoryStore(), clock), clock=clock, written=brief(MemoryStore(), clock, FakeWriter()))
    assert await empty.written(ASKED, await empty(ASKED)) is None

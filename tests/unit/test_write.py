"""Having stories written: side by side, each paid for once, none beyond the time there is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from bot.domain.edition import Edition, Story
from bot.errors import StoreError
from bot.ports.clock import Clock
from bot.services.write import Write
from tests.fakes.clock import FakeClock
from tests.fakes.loop_clock import LoopClock, virtually
from tests.fakes.talk import sample
from tests.fakes.writer import NAME, FakeWriter, failing, retold

EDITION = sample()
TITLES = [story.title for story in EDITION.stories]
MINUTE = timedelta(minutes=1)


def write(
    writer: FakeWriter,
    store: MemoryStore,
    clock: Clock,
    load: Callable[[str], Story] = lambda text: from_json(Story, text),
) -> Write:
    return Write(store=store, clock=clock, writer=writer, dump=to_json, load=load)


def everything(edition: Edition = EDITION) -> dict[str, Story]:
    return {story.id: retold(story) for story in edition.stories}


@virtually
async def test_all_stories_are_written_side_by_side() -> None:
    """Five stories of 45 seconds take 45 seconds; the name is what the card says."""
    clock = LoopClock()
    began = clock.now()
    service = write(FakeWriter(clock=clock), MemoryStore(), clock)
    written = await service(EDITION)
    assert written.stories == everything()
    assert (written.writer, written.unfinished, service.name) == (NAME, 0, NAME)
    assert clock.now() - began == timedelta(seconds=45)


@virtually
async def test_at_the_deadline_what_is_not_done_is_cancelled() -> None:
    """What is done counts; a server that takes one at a time has done two in 100 seconds."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, at_once=1)
    deadline = clock.now() + timedelta(seconds=100)
    written = await write(writer, MemoryStore(), clock)(EDITION, deadline)
    assert clock.now() == deadline
    assert len(written.stories) == 2
    assert written.unfinished == 3
    assert writer.cancelled.total() == 3


@virtually
async def test_a_writer_that_never_answers_ends_with_the_deadline() -> None:
    """The others are kept."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, hangs=frozenset(TITLES[:1]))
    written = await write(writer, MemoryStore(), clock)(EDITION, clock.now() + 10 * MINUTE)
    assert written.unfinished == 1
    assert EDITION.stories[0].id not in written.stories


@virtually
async def test_after_the_deadline_only_what_is_kept_counts() -> None:
    """Nothing is asked any more; what was written before is found."""
    clock, store = LoopClock(), MemoryStore()
    await write(FakeWriter(clock=clock, at_once=1), store, clock)(EDITION, clock.now() + timedelta(seconds=100))
    late = FakeWriter(clock=clock)
    written = await write(late, store, clock)(EDITION, clock.now() - MINUTE)
    assert (len(written.stories), written.unfinished, late.asked.total()) == (2, 3, 0)


@virtually
async def test_the_deadline_is_one_of_the_clock() -> None:
    """Put forward while the writer is at it, the clock ends it at its next glance."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, seconds=lambda _: 3600.0)
    asking = asyncio.create_task(write(writer, MemoryStore(), clock)(EDITION, clock.now() + 40 * MINUTE))
    await clock.sleep(5 * MINUTE)
    clock.origin += 60 * MINUTE
    before = asyncio.get_running_loop().time()
    assert (await asking).unfinished == 5
    assert asyncio.get_running_loop().time() - before <= 30


async def test_on_a_clock_that_stands_still_nothing_is_late() -> None:
    """The writer has all the time there is, however long ago the deadline was."""
    clock = FakeClock(still=True)
    written = await write(FakeWriter(clock=clock), MemoryStore(), clock)(EDITION, clock.now() - MINUTE)
    assert written.unfinished == 0
    assert written.stories == everything()


async def test_a_story_the_writer_does_not_manage_is_left_out() -> None:
    """It is not unfinished, it failed; it is asked again the next time, the others are not."""
    clock, store = FakeClock(), MemoryStore()
    writer = FakeWriter(fails=failing(TITLES[2]))
    written = await write(writer, store, clock)(EDITION)
    assert written.unfinished == 0
    assert written.stories.keys() == everything().keys() - {EDITION.stories[2].id}
    again = FakeWriter()
    assert (await write(again, store, clock)(EDITION)).stories == everything()
    assert again.asked == {TITLES[2]: 1}


async def test_what_was_written_is_not_asked_for_again() -> None:
    """Whoever asks; also where the story has another number in another edition."""
    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(EDITION)
    moved = replace(
        EDITION,
        id="harbour-20261120-pm-00000000",
        stories=tuple(
            replace(s, id=f"harbour-20261120-pm-00000000/{9 - s.number}", number=9 - s.number, connects_to=())
            for s in EDITION.stories
        ),
    )
    again = FakeWriter()
    assert len((await write(again, store, clock)(moved)).stories) == 5
    assert again.asked.total() == 0


@pytest.mark.parametrize("change", ["language", "passage", "words", "writer"])
async def test_anything_else_that_is_asked_is_asked(change: str) -> None:
    """Another language, another word in a cited passage or in the story, another writer."""
    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(EDITION)
    story, citation = EDITION.stories[0], EDITION.citations[0]
    passages = (replace(citation.passages[0], text="Other words."), *citation.passages[1:])
    other = {
        "language": replace(EDITION, language="ru"),
        "passage": replace(EDITION, citations=(replace(citation, passages=passages), *EDITION.citations[1:])),
        "words": replace(EDITION, stories=(replace(story, title="Other"), *EDITION.stories[1:])),
        "writer": EDITION,
    }[change]
    again = FakeWriter(name="written by tide-2, checked" if change == "writer" else NAME)
    await write(again, store, clock)(other)
    assert again.asked.total() == (5 if change in {"language", "writer"} else 1)


async def test_what_cannot_be_read_any_more_is_written_again() -> None:
    """Kept by another version of this program."""

    def refuse(text: str) -> Story:
        raise ValueError("another shape")

    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(EDITION)
    again = FakeWriter()
    assert (await write(again, store, clock, load=refuse)(EDITION)).stories == everything()
    assert again.asked.total() == 5


@virtually
async def test_cut_off_at_any_moment_what_was_answered_is_kept() -> None:
    """Also where the answer has just come: the writer is asked for each story once in the end."""
    store, clock = MemoryStore(), LoopClock()
    writer = FakeWriter(clock=clock, seconds=lambda story: 10.0 * story.number)
    for seconds in (0.0, 10.0, 5.0, 10.0, 20.0, 29.999, 40.0):
        task = asyncio.create_task(write(writer, store, clock)(EDITION))
        await clock.sleep(timedelta(seconds=seconds))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await write(writer, store, clock)(EDITION)
    assert writer.done == dict.fromkeys(TITLES, 1)


@virtually
async def test_cut_off_while_the_answer_is_being_kept_it_is_kept() -> None:
    """It was paid for; the cancellation waits for the database, however busy it is."""
    store, clock = MemoryStore(), LoopClock()
    writer = FakeWriter(clock=clock)
    task = asyncio.create_task(write(writer, store, clock)(EDITION))
    await clock.sleep(timedelta(seconds=44))
    async with store.unit() as unit:
        await unit.results.put("other", "x", at=clock.now())  # the database is busy
        await clock.sleep(timedelta(seconds=2))
        task.cancel()
        await clock.sleep(timedelta(seconds=1))
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert len(store.contents.results) == 5


async def test_a_failing_database_is_told() -> None:
    """It is no failure of the writer's."""
    store = MemoryStore()

    class Closing(FakeWriter):
        async def story(self, edition: Edition, story: Story) -> Story:
            await store.close()
            return story

    with pytest.raises(StoreError):
        await write(Closing(), store, FakeClock())(EDITION)


async def test_an_edition_without_stories_asks_nobody() -> None:
    """There is nothing to write."""
    writer = FakeWriter()
    written = await write(writer, MemoryStore(), FakeClock())(replace(EDITION, stories=()))
    assert (written.stories, written.unfinished, writer.asked.total()) == ({}, 0, 0)

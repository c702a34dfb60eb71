"""Having an edition written: side by side, each part paid for once, none beyond the time there is."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.domain.checks import check
from bot.domain.compose import draft
from bot.domain.desk import Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.prose.pieces import DialoguePiece, FramePiece, StoryPiece
from bot.domain.tokens import Used
from bot.errors import StoreError, WriterError
from bot.ports.clock import Clock
from bot.ports.writer import Choice
from bot.services.results import Load
from bot.services.write import Write
from tests.fakes.clock import FakeClock
from tests.fakes.drafts import draft_of
from tests.fakes.loop_clock import LoopClock, virtually
from tests.fakes.plant import Plant
from tests.fakes.talk import sample
from tests.fakes.writer import NAME, TOOK, FakeSitting, FakeWriter, failing
from tests.unit.writing_samples import commission, press

EDITION = sample()
DRAFT = draft_of(EDITION)
TITLES = [story.title for story in EDITION.stories]
MINUTE = timedelta(minutes=1)
SAY = FluentCatalogue().speak("en").say
DESK = replace(DRAFT.desk, id="harbour", rubric="What ferries cost.")


def write(writer: FakeWriter, store: MemoryStore, clock: Clock, load: Load = from_json) -> Write:
    cores = Plant(clock, lambda: 0.0)
    return Write(store=store, clock=clock, cores=cores, writer=writer, dump=to_json, load=load)


def written(edition: Edition) -> list[str]:
    """Titles of the stories that are in the writer's words."""
    return [s.title for s in edition.stories if all(part.text.startswith("As it reads: ") for part in s.body)]


def late(edition: Edition) -> int:
    """How many stories the writer was not done with."""
    return int(edition.card.notes[-1]) if edition.card.notes else 0


def spent(edition: Edition) -> tuple[int, int]:
    return edition.card.tokens["in"], edition.card.tokens["out"]


@virtually
async def test_all_parts_are_written_side_by_side() -> None:
    """Five stories of 45 seconds, then frame and dialogue of 30 take 75 seconds; the card says who and for how much."""
    clock = LoopClock()
    began = clock.now()
    service = write(FakeWriter(clock=clock, rest=30), MemoryStore(), clock)
    edition = await service(DRAFT, SAY)
    assert written(edition) == TITLES
    assert edition.title == f"{EDITION.title}, framed"
    assert edition.dialogue
    assert (edition.card.writer, late(edition), service.name) == (NAME, 0, NAME)
    assert spent(edition) == (7 * TOOK.taken, 7 * TOOK.given)
    assert clock.now() - began == timedelta(seconds=75)


@virtually
async def test_at_the_deadline_what_is_not_done_is_cancelled() -> None:
    """What is done counts; a server that takes one at a time has done two in 100 seconds. Nothing else is begun."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, at_once=1)
    deadline = clock.now() + timedelta(seconds=100)
    edition = await write(writer, MemoryStore(), clock)(DRAFT, SAY, deadline)
    assert clock.now() == deadline
    assert len(written(edition)) == 2
    assert late(edition) == 3
    assert writer.cancelled.total() == 3
    assert not writer.around


@virtually
async def test_a_writer_that_never_answers_ends_with_the_deadline() -> None:
    """The others are kept."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, hangs=frozenset(TITLES[:1]))
    edition = await write(writer, MemoryStore(), clock)(DRAFT, SAY, clock.now() + 10 * MINUTE)
    assert (late(edition), written(edition)) == (1, TITLES[1:])


@virtually
async def test_a_dialogue_that_is_late_leaves_the_stories_alone() -> None:
    """They are written, and the edition is there at its deadline."""
    clock = LoopClock()
    deadline = clock.now() + 2 * MINUTE
    edition = await write(FakeWriter(clock=clock, rest=600), MemoryStore(), clock)(DRAFT, SAY, deadline)
    assert clock.now() == deadline
    assert (written(edition), edition.title, edition.dialogue) == (TITLES, EDITION.title, ())


@virtually
async def test_with_no_time_left_nothing_more_is_begun() -> None:
    """Seconds before the deadline frame and dialogue would be paid for, and cut off."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, rest=30)
    edition = await write(writer, MemoryStore(), clock)(DRAFT, SAY, clock.now() + timedelta(seconds=50))
    assert (written(edition), writer.around.total()) == (TITLES, 0)


@virtually
async def test_after_the_deadline_only_what_is_kept_counts() -> None:
    """Nothing is asked any more; what was written before is found."""
    clock, store = LoopClock(), MemoryStore()
    await write(FakeWriter(clock=clock, at_once=1), store, clock)(DRAFT, SAY, clock.now() + timedelta(seconds=100))
    second = FakeWriter(clock=clock)
    edition = await write(second, store, clock)(DRAFT, SAY, clock.now() - MINUTE)
    assert (len(written(edition)), late(edition), second.asked.total()) == (2, 3, 0)


@virtually
async def test_after_the_deadline_an_edition_that_was_written_whole_is_whole() -> None:
    """Frame and dialogue are kept, too; and the card shows what making it cost once."""
    clock, store = LoopClock(), MemoryStore()
    first = await write(FakeWriter(clock=clock), store, clock)(DRAFT, SAY)
    second = FakeWriter(clock=clock)
    again = await write(second, store, clock)(DRAFT, SAY, clock.now() - MINUTE)
    assert again == first
    assert (second.asked.total(), second.around.total()) == (0, 0)
    assert second.begun == [((), TOOK + TOOK + TOOK + TOOK + TOOK)]


@virtually
async def test_the_deadline_is_one_of_the_clock() -> None:
    """Put forward while the writer is at it, the clock ends it at its next glance."""
    clock = LoopClock()
    writer = FakeWriter(clock=clock, seconds=lambda _: 3600.0)
    asking = asyncio.create_task(write(writer, MemoryStore(), clock)(DRAFT, SAY, clock.now() + 40 * MINUTE))
    await clock.sleep(5 * MINUTE)
    clock.origin += 60 * MINUTE
    before = asyncio.get_running_loop().time()
    assert late(await asking) == 5
    assert asyncio.get_running_loop().time() - before <= 30


async def test_on_a_clock_that_stands_still_nothing_is_late() -> None:
    """The writer has all the time there is, however long ago the deadline was."""
    clock = FakeClock(still=True)
    edition = await write(FakeWriter(clock=clock), MemoryStore(), clock)(DRAFT, SAY, clock.now() - MINUTE)
    assert (late(edition), written(edition)) == (0, TITLES)
    assert edition.dialogue


async def test_a_story_the_writer_does_not_manage_stays_selected() -> None:
    """It is not unfinished, it failed; it is asked again the next time, the others are not. What it took counts."""
    clock, store = FakeClock(), MemoryStore()
    writer = FakeWriter(fails=failing(TITLES[2]))
    edition = await write(writer, store, clock)(DRAFT, SAY)
    assert (late(edition), written(edition)) == (0, [*TITLES[:2], *TITLES[3:]])
    assert edition.dialogue
    assert spent(edition) == (7 * TOOK.taken, 7 * TOOK.given)
    again = FakeWriter()
    assert written(await write(again, store, clock)(DRAFT, SAY)) == TITLES
    assert again.asked == {TITLES[2]: 1}


async def test_a_frame_or_a_dialogue_that_is_not_managed_costs_only_itself() -> None:
    """The other one stands, and is kept."""
    clock, store = FakeClock(), MemoryStore()
    edition = await write(FakeWriter(fails=failing("frame")), store, clock)(DRAFT, SAY)
    assert (edition.title, bool(edition.dialogue), written(edition)) == (EDITION.title, True, TITLES)
    again = FakeWriter()
    assert (await write(again, store, clock)(DRAFT, SAY)).title == f"{EDITION.title}, framed"
    assert again.around == {"frame": 1}


async def test_where_no_story_is_written_nothing_else_is_begun() -> None:
    """A writer that manages none of five stories is not asked for a dialogue on them."""
    writer = FakeWriter(fails=failing(*TITLES))
    edition = await write(writer, MemoryStore(), FakeClock())(DRAFT, SAY)
    assert (written(edition), writer.around.total(), edition.card.writer) == ([], 0, "selected")
    assert spent(edition) == (5 * TOOK.taken, 5 * TOOK.given)


async def test_what_was_written_is_not_asked_for_again() -> None:
    """Whoever asks; also where the story has another number in another edition."""
    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(DRAFT, SAY)
    moved = replace(
        EDITION,
        id="harbour-20261120-pm-00000000",
        stories=tuple(
            replace(s, id=f"harbour-20261120-pm-00000000/{9 - s.number}", number=9 - s.number, connects_to=())
            for s in EDITION.stories
        ),
    )
    again = FakeWriter()
    assert written(await write(again, store, clock)(draft_of(moved), SAY)) == TITLES
    assert again.asked.total() == 0


@pytest.mark.parametrize("change", ["language", "passage", "words", "writer", "rubric", "host"])
async def test_anything_else_that_is_asked_is_asked(change: str) -> None:
    """Another language, another word in a cited passage or in the story, another writer, another desk."""
    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(DRAFT, SAY)
    story, citation = EDITION.stories[0], EDITION.citations[0]
    passages = (replace(citation.passages[0], text="Other words."), *citation.passages[1:])
    other = {
        "language": draft_of(replace(EDITION, language="ru")),
        "passage": draft_of(replace(EDITION, citations=(replace(citation, passages=passages), *EDITION.citations[1:]))),
        "words": draft_of(replace(EDITION, stories=(replace(story, title="Other"), *EDITION.stories[1:]))),
        "writer": DRAFT,
        "rubric": replace(DRAFT, desk=replace(DRAFT.desk, rubric="Prices.")),
        "host": replace(DRAFT, desk=replace(DRAFT.desk, quoter="Ida")),
    }[change]
    again = FakeWriter(name="written by tide-2, checked" if change == "writer" else NAME)
    await write(again, store, clock)(other, SAY)
    assert again.asked.total() == (1 if change in {"passage", "words"} else 5)
    assert again.around == {"frame": 1, "dialogue": 1}


async def test_what_cannot_be_read_any_more_is_written_again() -> None:
    """Kept by another version of this program."""

    def refuse(kind: type, text: str):
        raise ValueError("another shape")

    clock, store = FakeClock(), MemoryStore()
    await write(FakeWriter(), store, clock)(DRAFT, SAY)
    again = FakeWriter()
    assert written(await write(again, store, clock, load=refuse)(DRAFT, SAY)) == TITLES
    assert again.asked.total() == 5


@virtually
async def test_cut_off_at_any_moment_what_was_answered_is_kept() -> None:
    """Also where the answer has just come: the writer is asked for each part once in the end."""
    store, clock = MemoryStore(), LoopClock()
    writer = FakeWriter(clock=clock, seconds=lambda story: 10.0 * story.number, rest=5)
    for seconds in (0.0, 10.0, 5.0, 10.0, 20.0, 29.999, 40.0, 52.0):
        task = asyncio.create_task(write(writer, store, clock)(DRAFT, SAY))
        await clock.sleep(timedelta(seconds=seconds))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    edition = await write(writer, store, clock)(DRAFT, SAY)
    assert writer.done == dict.fromkeys(TITLES, 1)
    assert spent(edition) == (7 * TOOK.taken, 7 * TOOK.given)


@virtually
async def test_cut_off_while_the_answer_is_being_kept_it_is_kept() -> None:
    """It was paid for; the cancellation waits for the database, however busy it is."""
    store, clock = MemoryStore(), LoopClock()
    writer = FakeWriter(clock=clock)
    task = asyncio.create_task(write(writer, store, clock)(DRAFT, SAY))
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
        def begin(self, drafted: Drafted, *args, **facts) -> FakeSitting:
            sitting = super().begin(drafted, *args, **facts)

            async def story(number: int) -> StoryPiece:
                await store.close()
                return StoryPiece(drafted.edition.stories[0])

            sitting.story = story  # type: ignore[method-assign]  # it breaks here
            return sitting

    with pytest.raises(StoreError):
        await write(Closing(), store, FakeClock())(DRAFT, SAY)


async def test_an_edition_without_stories_asks_nobody() -> None:
    """There is nothing to write."""
    writer = FakeWriter()
    edition = await write(writer, MemoryStore(), FakeClock())(draft_of(replace(EDITION, stories=())), SAY)
    assert (late(edition), writer.asked.total(), writer.around.total()) == (0, 0, 0)


async def test_the_whole_of_it_stands() -> None:
    """Three stories of a made-up press, retold: the checks find nothing, and the card is filled."""
    clock = FakeClock()
    drafted = draft(commission(press()), SAY)
    service = Write(
        store=MemoryStore(), clock=clock, cores=InProcess(), writer=FakeWriter(), dump=to_json, load=from_json
    )
    edition = await service(drafted, SAY)
    assert check(edition).ok
    assert len(written(edition)) == len(drafted.edition.stories) == 3
    assert (edition.card.writer, spent(edition)) == (NAME, (5 * TOOK.taken, 5 * TOOK.given))


@pytest.mark.parametrize("kind", [StoryPiece, FramePiece, DialoguePiece])
async def test_every_piece_can_be_kept(kind) -> None:
    """As text, and back."""
    sitting = FakeWriter().begin(DRAFT, SAY, stories=(), before=Used())
    parts = [await sitting.story(1), await sitting.frame(EDITION), await sitting.dialogue(EDITION)]
    (piece,) = [part for part in parts if isinstance(part, kind)]
    assert from_json(kind, to_json(piece)) == piece


# ---------------------------------------------------------------- the desk


async def test_a_desk_with_a_rubric_chooses() -> None:
    """Once for the same candidates; what it took is in the card of the next edition of the desk, and of no other."""
    store, writer = MemoryStore(), FakeWriter(order=(3, 1))
    service = write(writer, store, FakeClock())
    assert await service.choose(DESK, ["a", "b", "c"]) == (3, 1)
    other = await service(DRAFT, SAY)
    edition = await service(replace(DRAFT, desk=DESK), SAY)
    assert (spent(other)[0], spent(edition)[0]) == (7 * TOOK.taken, 8 * TOOK.taken)
    assert writer.begun[-1][1] == TOOK
    assert await write(writer, store, FakeClock()).choose(DESK, ["a", "b", "c"]) == (3, 1)
    assert writer.around["choice"] == 1
    await service.choose(DESK, ["a", "b", "d"])
    await service.choose(replace(DESK, audience="Crews."), ["a", "b", "c"])
    assert writer.around["choice"] == 3


@pytest.mark.parametrize("desk", [DESK, DRAFT.desk])
async def test_nothing_is_chosen_without_a_rubric_or_candidates_or_an_answer(desk: Desk) -> None:
    """Then the order of the evidence stands."""
    writer = FakeWriter(order=(1,), fails={"choice": WriterError("no")})
    service = write(writer, MemoryStore(), FakeClock())
    assert await service.choose(desk, ["a", "b"]) is None
    assert await service.choose(desk, []) is None
    assert writer.around["choice"] == (1 if desk.rubric else 0)


async def test_a_choice_can_be_kept() -> None:
    """As text, and back."""
    assert from_json(Choice, to_json(Choice((2, 1), TOOK))) == Choice((2, 1), TOOK)


def test_a_mark_is_of_all_that_decides_the_words() -> None:
    """The writer, and what it is told of the desk."""
    service = write(FakeWriter(), MemoryStore(), FakeClock())
    other = write(FakeWriter(name="written by tide-2, checked"), MemoryStore(), FakeClock())
    marks = [service.mark(DESK), service.mark(replace(DESK, rubric="Prices.")), other.mark(DESK)]
    assert len(set(marks)) == 3
    assert service.mark(DESK) == service.mark(replace(DESK))

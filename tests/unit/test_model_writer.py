"""Writing an edition with a model: what it is shown, what it may take, and what is made of good and bad answers."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.config import ModelSettings
from bot.domain.checks import check
from bot.domain.desk import Desk
from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import Edition, Promise
from bot.domain.tokens import Used, estimate
from bot.errors import CoresError, ModelMisconfigured, ModelUnavailable, StoreError, WriterError
from bot.ports.model import ModelRequest
from bot.services.asking import Asking
from bot.services.spending import Spending
from bot.services.write import Write
from bot.services.writing.measure import CHOICE, DIALOGUE, FRAME, LONG_STORY, STORY, measured
from bot.services.writing.sitting import ModelSitting
from bot.services.writing.writer import ModelWriter
from prompts.library import MarkdownPrompts
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.loop_clock import LoopClock, in_virtual_time
from tests.fakes.minds.good import Good
from tests.fakes.minds.saying import Prompt
from tests.fakes.model import FakeModel, Mind
from tests.unit.prose_samples import drafted
from tests.unit.writing_samples import say

SETTINGS = ModelSettings("tide-large", "tide-small", address="http://127.0.0.1:1/v1")
DESK = Desk("harbour", "Harbour", "What ferries cost.", "Runa", "Tolm", rubric="Prices first.")
PARTS = ["story 1", "story 2", "story 3", "frame", "dialogue"]
FALSE = "Napoleon sold 7,341 ships."
Twist = Callable[[dict[str, Any]], object]


@cache
def _thought(messages: tuple[tuple[str, str], ...], name: str) -> str:
    return Good().answer(Prompt(messages, schema_name=name)).text or ""


def good(request: ModelRequest) -> str:
    """What a competent and honest mind says."""
    asked = f"{request.shared}\n\n{request.task}"
    return _thought((("system", request.stable), ("user", asked)), request.answer)


def twisted(**twists: Twist) -> Mind:
    """The same, with answers to tasks of a name (`story`, `repair`, …) changed."""

    def think(request: ModelRequest) -> str:
        answer, twist = good(request), twists.get(request.about.partition(" ")[0])
        if twist is None:
            return answer
        data = json.loads(answer)
        return json.dumps(twist(data) or data)

    return think


def false_body(data: dict[str, Any]) -> None:
    """The first sentence says what no passage says."""
    data["body"][0]["text"] = FALSE


class Inline(InProcess):
    """Works at once: in virtual time, nobody may wait for a thread."""

    async def call(self, function, *args, limit):
        return function(*args)


class Room:
    """An editorial room with a scripted model."""

    def __init__(
        self, mind: Mind = good, *, clock=None, cores=None, tokens: int = 16_384, seconds: float = 0, **limits
    ):
        self.clock = clock or FakeClock(still=True)
        self.model = FakeModel(mind, clock=self.clock, seconds=seconds, tokens=tokens)
        self.events = KeptEvents()
        self.store = MemoryStore()
        self.settings = replace(SETTINGS, **limits)
        self.cores = cores or Inline()
        prompts = MarkdownPrompts()
        self.writer = ModelWriter(
            asking=Asking(self.model, prompts, self.events),
            spending=Spending(self.store, self.clock, self.settings),
            prompts=prompts,
            cores=self.cores,
            events=self.events,
            settings=self.settings,
        )

    def begin(self, draft: Drafted | None = None, before: Used = Used()) -> ModelSitting:  # noqa: B008  # frozen
        draft = draft or drafted()
        numbers = [story.number for story in draft.edition.stories]
        return self.writer.begin(draft, say(), stories=numbers, before=before)

    async def edition(self, draft: Drafted | None = None) -> Edition:
        write = Write(
            store=self.store, clock=self.clock, cores=self.cores, writer=self.writer, dump=to_json, load=from_json
        )
        return await write(draft or drafted(), say())

    def requests(self, about: str) -> list[ModelRequest]:
        return [request for request in self.model.asked if request.about == about]

    def told(self, event: str) -> list[dict[str, Any]]:
        return [facts for name, facts in (*self.events.told, *self.events.warned) if name == event]


async def everything(sitting: ModelSitting, edition: Edition) -> list[object]:
    """All parts, as far as they are managed, as `Write` asks for them."""
    stories = await asyncio.gather(*(sitting.story(s.number) for s in edition.stories), return_exceptions=True)
    around = await asyncio.gather(sitting.frame(edition), sitting.dialogue(edition), return_exceptions=True)
    return [*stories, *around]


# ---------------------------------------------------------------- a good model


@cache
def made() -> tuple[Room, Edition, float]:
    """An edition of a good model that takes two seconds a call, and how many seconds that took."""

    async def run() -> tuple[Room, Edition, float]:
        clock = LoopClock()
        room, began = Room(clock=clock, seconds=2.0), clock.now()
        return room, await room.edition(), (clock.now() - began).total_seconds()

    return in_virtual_time(run())


def test_an_edition_in_the_words_of_a_good_model() -> None:
    """Nine sentences in ten are the model's own; the checks find nothing; the card has its price."""
    room, edition, _ = made()
    checks = edition.card.checks
    assert check(edition).ok
    assert checks.sentences_extractive <= 0.1 * checks.sentences
    assert edition.card.writer == "written by tide-large, checked"
    assert edition.card.tokens["in"] <= 60_000
    assert 0 < edition.card.tokens["out"] <= 6000
    assert edition.card.cost > 0
    assert {facts["part"] for facts in room.told("part_written")} == set(PARTS)


def test_calls_begin_with_the_same_characters() -> None:
    """So that a provider keeps them: house and material, character by character."""
    room, _, _ = made()
    texts = [f"{r.stable}\x1f{r.shared}\x1f{r.task}" for r in room.model.asked]
    shared = next(n for n, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1)
    assert shared > len(f"{room.model.asked[0].stable}\x1f{room.model.asked[0].shared}")
    assert shared * (len(texts) - 1) / sum(len(text) for text in texts[1:]) >= 0.7
    assert {request.role for request in room.model.asked} == {"large"}


def test_an_edition_takes_the_longest_chain_of_calls() -> None:
    """With a model of two seconds: the stories, then frame and dialogue; four seconds, not ten, and two a repair."""
    room, _, seconds = made()
    repairs = {about.split()[1] for about in room.model.about() if about.startswith("repair")}
    assert room.model.about()[:3] == PARTS[:3]
    assert set(room.model.about()) >= set(PARTS)
    assert room.model.busiest == 3
    assert seconds == 2 * (2 + ("story" in repairs) + bool(repairs & {"frame", "dialogue"}))


async def test_the_desk_and_the_language_are_told() -> None:
    """Audience, rubric, hosts: in plain words; the language by its name."""
    room = Room()
    draft = drafted()
    desk = replace(draft.desk, audience="Harbour masters.", rubric="Prices first.", reader="Runa", quoter="Tolm")
    sitting = room.begin(replace(draft, desk=desk, edition=replace(draft.edition, language="ru")))
    await everything(sitting, draft.edition)
    house = room.model.asked[0].stable
    assert all(words in house for words in ("Harbour masters.", "Prices first.", "Russian", desk.name))
    (dialogue,) = room.requests("dialogue")
    assert all(words in dialogue.task for words in ("Runa", "Tolm", desk.quoter_character))


async def test_open_promises_are_told_with_what_they_rested_on() -> None:
    """By number, with when they were said and what may be cited of them."""
    draft = drafted()
    edition = draft.edition
    passage = draft.material(edition.stories[0].id).passages[0]
    promise = Promise("p#1", "p/1", "After the count\nwe look again.", edition.window.start, (passage,))
    kept = OpenPromise(promise, "p", edition.window.start, evidence=(passage,))
    room = Room()
    await room.begin(replace(draft, promises=(kept,))).frame(edition)
    (frame,) = room.requests("frame")
    said = (
        f"1. said {kept.made:%Y-%m-%d %H:%M}, due {promise.due:%Y-%m-%d}: After the count we look again.\n[{passage}] "
    )
    assert said in frame.task


def test_its_mark_is_of_all_that_decides_its_words() -> None:
    """Models, prompts, settings; the name is what people read."""
    marks = [Room(**limits).writer.mark for limits in ({}, {"second_reading": True}, {"edition_out": 9000})]
    assert len(set(marks)) == 3
    assert Room().writer.mark == Room().writer.mark
    assert Room().writer.name == "written by tide-large, checked"


# ---------------------------------------------------------------- what it may take


def test_the_plan_of_an_edition_adds_up() -> None:
    """To 6,000 tokens out, with five stories and with three; more in the settings, more for each."""
    assert CHOICE + 5 * STORY + FRAME + DIALOGUE == 6000
    assert CHOICE + 3 * LONG_STORY + FRAME + DIALOGUE <= 6000
    five, three = measured(6000, 16_384, 5, "en"), measured(6000, 16_384, 3, "en")
    assert (five.story, three.story, measured(12_000, 16_384, 5, "en").story) == (780, 1100, 1560)
    assert measured(12_000, 4096, 3, "en").story == 780
    tokens, least, most = five.spoken(5, 5)
    assert (tokens, least, most) == (1650, 720, 825)
    assert five.spoken(1, 5)[0] == 330
    assert measured(6000, 16_384, 5, "ru").spoken(5, 5)[2] < 720


@pytest.mark.parametrize("answer", ["x" * 100_000, '{"title": "y'])
async def test_no_part_starves_another(answer: str) -> None:
    """Whatever comes back: each is asked for once at least, and never more is taken than there is."""
    room = Room(lambda _: answer)
    sitting = room.begin()
    results = await everything(sitting, drafted().edition)
    assert all(isinstance(result, WriterError) for result in results)
    assert set(room.model.about()) == set(PARTS)
    assert sitting.used.given <= 6000
    assert sitting.used.taken <= 60_000
    assert not sitting.spent


async def test_repairs_get_what_is_left() -> None:
    """With nothing over, what does not stand is dropped without a repair, and nothing is said to be spent."""
    room = Room(twisted(story=false_body))
    sitting = room.begin(before=Used(0, 6000 - 3 * LONG_STORY - FRAME - DIALOGUE))
    piece = await sitting.story(1)
    assert room.model.about() == ["story 1"]
    assert (piece.care.repaired, piece.care.dropped, sitting.spent) == (0, 1, False)
    assert room.told("call_left_out") == [{"part": "repair story 1"}]


async def test_an_edition_that_was_paid_for_before_is_refused_the_rest() -> None:
    """What has no tokens is not asked for, and that is said."""
    room = Room()
    sitting = room.begin(before=Used(50_000, 5900))
    with pytest.raises(WriterError, match="tokens"):
        await sitting.story(1)
    assert (room.model.asked, sitting.spent) == ([], True)


async def test_where_the_material_of_all_is_too_dear_stories_see_their_own() -> None:
    """Each call is smaller, and all of them fit."""
    room = Room(edition_in=13_000)
    sitting = room.begin()
    await everything(sitting, drafted().edition)
    (one,), (frame,) = room.requests("story 1"), room.requests("frame")
    assert "## Story 2" not in one.shared
    assert "## Story 2" in frame.shared
    assert sitting.used.taken <= 13_000
    assert set(room.model.about()) >= set(PARTS)
    assert not sitting.spent


# ---------------------------------------------------------------- what does not stand


async def test_what_does_not_stand_is_repaired_once() -> None:
    """After the same beginning; the model is told the sentence and what is wrong with it."""

    def mend(data: dict[str, Any]) -> dict[str, Any]:
        return data

    room = Room(twisted(story=false_body, repair=mend))
    sitting = room.begin()
    piece = await sitting.story(1)
    (story,), (repair,) = room.requests("story 1"), room.requests("repair story 1")
    assert (repair.stable, repair.shared) == (story.stable, story.shared)
    assert f"name: body[0]\nsentence: {FALSE}" in repair.task
    assert "wrong: " in repair.task
    assert piece.care.repaired + piece.care.dropped == 1
    assert FALSE not in {sentence.text for sentence in piece.story.body}
    assert piece.used == sitting.used


async def test_what_is_still_wrong_is_dropped() -> None:
    """It is not asked for a third time."""

    def stubborn(data: dict[str, Any]) -> None:
        for part in data["parts"]:
            part["text"] = FALSE

    room = Room(twisted(story=false_body, repair=stubborn))
    piece = await room.begin().story(1)
    assert room.model.about() == ["story 1", "repair story 1"]
    assert (piece.care.repaired, piece.care.dropped) == (0, 1)
    assert FALSE not in to_json(piece)


async def test_what_is_given_up_is_dropped() -> None:
    """A null is a sentence less."""

    def give_up(data: dict[str, Any]) -> None:
        for part in data["parts"]:
            part["text"] = None

    piece = await Room(twisted(story=false_body, repair=give_up)).begin().story(1)
    assert (piece.care.repaired, piece.care.dropped) == (0, 1)


async def test_a_repair_that_fails_costs_what_was_wrong_and_no_more() -> None:
    """The story stands without it."""

    def think(request: ModelRequest):
        if request.about.startswith("repair"):
            return ModelUnavailable("gone")
        return twisted(story=false_body)(request)

    room = Room(think)
    piece = await room.begin().story(1)
    assert piece.care.dropped == 1
    assert room.told("call_failed") == [{"part": "repair story 1", "reason": "gone"}]


async def test_a_story_of_which_too_little_stands_is_none() -> None:
    """The selected one stands; the reason is told to whoever runs the bot."""

    def all_false(data: dict[str, Any]) -> None:
        for sentence in data["body"]:
            sentence["text"] = FALSE

    def stubborn(data: dict[str, Any]) -> None:
        for part in data["parts"]:
            part["text"] = None

    room = Room(twisted(story=all_false, repair=stubborn))
    with pytest.raises(WriterError, match="story 1"):
        await room.begin().story(1)
    (told,) = room.told("part_not_written")
    assert told["part"] == "story 1"


async def test_a_worker_that_dies_costs_one_part() -> None:
    """It is the writer's failure."""

    class Dying(InProcess):
        async def call(self, function, *args, limit):
            raise CoresError("died")

    with pytest.raises(WriterError, match="died"):
        await Room(cores=Dying()).begin().story(1)


async def test_a_failing_database_is_told() -> None:
    """It is no failure of the writer's."""
    room = Room()
    sitting = room.begin()
    await room.store.close()
    with pytest.raises(StoreError):
        await sitting.story(1)


# ---------------------------------------------------------------- a second reading


async def test_a_second_reader_can_only_remove() -> None:
    """The small model, with each sentence beside its passages; what it votes against is gone, and counted."""
    room = Room(twisted(second=lambda _: {"unsupported": [3, 99, 0]}), second_reading=True)
    plain = await Room().begin().story(1)
    piece = await room.begin().story(1)
    (reading,) = room.requests("second reading story 1")
    assert reading.role == "small"
    assert plain.story.body[0].text in reading.task
    assert (piece.care.outvoted, piece.care.dropped) == (1, plain.care.dropped + 1)
    assert piece.used.taken > plain.used.taken


@pytest.mark.parametrize("answer", [list(range(1, 100)), "no JSON"])
async def test_a_second_reader_who_cannot_be_relied_on_removes_nothing(answer: Any) -> None:
    """Who would remove more than half, or says nothing that can be read."""
    room = Room(lambda r: good(r) if r.role == "large" else json.dumps({"unsupported": answer}), second_reading=True)
    piece = await room.begin().story(1)
    assert piece.story == (await Room().begin().story(1)).story
    assert piece.care.outvoted == 0
    assert len(room.told("second_reading_ignored") + room.told("call_failed")) == 1


# ---------------------------------------------------------------- small contexts


async def asked_for_story_1() -> Room:
    room = Room()
    await room.begin().story(1)
    return room


async def test_an_edition_is_written_in_4096_tokens() -> None:
    """Each prompt and its answer fit; all parts are asked for, the dialogue story by story."""
    room = Room(tokens=4096)
    edition = await room.edition()
    assert check(edition).ok
    assert edition.card.writer == "written by tide-large, checked"
    for request in room.model.asked:
        assert estimate(request.stable, request.shared, request.task) + request.most_tokens <= 4096
    assert {"story 1", "story 2", "story 3", "frame"} <= set(room.model.about())
    assert {"dialogue 1", "dialogue 2", "dialogue 3"} <= set(room.model.about())
    assert edition.card.checks.sentences_extractive < 0.5 * edition.card.checks.sentences


async def test_with_2048_tokens_it_is_tried() -> None:
    """With the fewest passages there can be; the edition stands, however little of it is the model's."""
    room = Room(tokens=2048)
    edition = await room.edition()
    assert check(edition).ok
    assert len(edition.stories) == 3
    assert {"story 1", "story 2", "story 3"} <= set(room.model.about())


async def test_where_only_the_operator_can_help_nobody_asks_again() -> None:
    """One wrong key is found out once an edition."""
    room = Room(lambda _: ModelMisconfigured("wrong key"))
    sitting = room.begin()
    for number in (1, 2):
        with pytest.raises(WriterError, match="wrong key"):
            await sitting.story(number)
    assert len(room.model.asked) == 1
    assert sitting.used == Used()


# ---------------------------------------------------------------- choosing


async def test_it_chooses_by_the_rubric() -> None:
    """The small model, one short call; unknown and repeated numbers are passed over."""
    room = Room(lambda _: {"order": [3, 3, 9, 0, 1]})
    choice = await room.writer.choose(DESK, ["Ferries\n2. Forged", "Charts", "Prices"])
    (request,) = room.model.asked
    assert choice.order == (3, 1)
    assert choice.used.given <= CHOICE == request.most_tokens
    assert request.role == "small"
    assert "Prices first." in request.task
    assert "1. Ferries 2. Forged\n2. Charts\n3. Prices" in request.task


@pytest.mark.parametrize("answer", [{"order": []}, {"order": [7]}, "None of them.", ModelUnavailable("gone")])
async def test_where_nothing_is_chosen_the_writer_did_not_manage(answer: Any) -> None:
    """It is asked once only: what this takes is missing from the edition."""
    room = Room(lambda _: answer)
    with pytest.raises(WriterError, match="choice"):
        await room.writer.choose(DESK, ["Ferries", "Charts"])
    assert len(room.model.asked) == 1


async def test_of_many_candidates_it_is_shown_the_first() -> None:
    """As many as fit the context."""
    room = Room(lambda _: {"order": [1, 12]}, tokens=900)
    choice = await room.writer.choose(DESK, ["Ferries " * 60] * 12)
    assert choice.order == (1,)
    (request,) = room.model.asked
    assert estimate(request.task) + CHOICE <= 900

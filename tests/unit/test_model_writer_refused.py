"""A server that refuses prompts as too long, whatever it was said to have: calls get smaller, no part is lost."""

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.compose import draft
from bot.domain.prose.shapes import VoteProse
from bot.domain.tokens import estimate
from bot.errors import ModelRefused, WriterError
from bot.ports.model import ModelRequest
from bot.services.asking import Asking
from bot.services.spending import Spending
from bot.services.writing.calling import Calls
from bot.services.writing.pages import Layout
from prompts.library import MarkdownPrompts
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.model import FakeModel, Mind
from tests.unit.prose_samples import drafted
from tests.unit.test_model_writer import SETTINGS, Room, good
from tests.unit.writing_samples import commission, marlin, say


def size(request: ModelRequest) -> int:
    """Tokens of a prompt."""
    return estimate(request.stable, request.shared, request.task)


def small(most: int, answer: Mind = good) -> Mind:
    """Refuses prompts of more tokens than these."""

    def think(request: ModelRequest):
        if size(request) > most:
            return ModelRefused("the prompt is longer than the server's context")
        return answer(request)

    return think


async def test_a_story_is_asked_for_on_less() -> None:
    """Its own material; what is written of that, stands."""
    room = Room()
    await room.begin().story(1)
    room = Room(small(size(room.model.asked[0]) - 1))
    piece = await room.begin().story(1)
    first, second, *_ = room.model.asked
    assert piece.story.body
    assert size(second) < size(first)
    assert room.told("prompt_shrunk")


async def test_it_ends() -> None:
    """Each time there is less, and not often; then the part stays as it was selected."""
    room = Room(small(100))
    with pytest.raises(WriterError, match="context"):
        await room.begin().story(1)
    sizes = [size(request) for request in room.model.asked]
    assert 2 <= len(sizes) <= 3
    assert sizes == sorted(set(sizes), reverse=True)


@pytest.mark.parametrize(("keeps", "asked"), [(9_000, [8]), (5_000, [8, 3]), (1_500, [8, 3, 1]), (500, [8, 3, 1])])
async def test_it_is_halved_twice(keeps: int, asked: list[int]) -> None:
    """Of layouts with 8,000 tokens and less; the third is the last that is tried."""
    events, clock = KeptEvents(), FakeClock(still=True)
    model = FakeModel(small(keeps, lambda _: {"unsupported": []}), clock=clock)
    calls = Calls(Asking(model, MarkdownPrompts(), events), Spending(MemoryStore(), clock, SETTINGS).edition(), events)

    def make(layout: Layout) -> ModelRequest:
        return ModelRequest("large", "", "", "tide " * 720 * (layout.most or 0), 100, about=str(layout.most))

    layouts = [Layout((1,), thousands) for thousands in (8, 6, 3, 2, 1, 0)]
    try:
        *_, layout = await calls.answer("tides", make, VoteProse, layouts)
    except ModelRefused:
        assert keeps < 1_000
    else:
        assert layout.most == asked[-1]
    assert model.about() == [str(thousands) for thousands in asked]
    assert len(events.warned) == len(asked) - 1


async def test_a_dialogue_is_asked_for_story_by_story() -> None:
    """And is whole: each story is told."""
    room = Room()
    await room.begin().dialogue(drafted().edition)
    room = Room(small(size(room.model.asked[0]) - 1))
    await room.begin().dialogue(drafted().edition)
    assert room.told("prompt_shrunk")
    assert room.model.about()[:4] == ["dialogue", "dialogue 1", "dialogue 2", "dialogue 3"]
    assert room.told("part_written")


async def test_a_dialogue_on_one_story_is_asked_for_on_less_of_it() -> None:
    """There is nothing to tell story by story. Of so little, this mind does not make enough."""
    matter = draft(commission(marlin()), say())
    room = Room()
    await room.begin(matter).dialogue(matter.edition)
    room = Room(small(size(room.model.asked[0]) - 1))
    with pytest.raises(WriterError, match="stand"):
        await room.begin(matter).dialogue(matter.edition)
    first, second = room.requests("dialogue")
    assert size(second) < size(first)
    with pytest.raises(WriterError, match="context"):
        await Room(small(100)).begin(matter).dialogue(matter.edition)

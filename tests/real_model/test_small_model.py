"""A real small model writes a whole edition and answers: however badly it does, what comes out is valid.

None of these tests may depend on how fast the machine is: what is late stays as it was selected.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.models.openai.doctor import examine
from adapters.wire.clock import SystemClock
from bot.domain.checks import check
from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.item import Item
from bot.services.discuss import Discuss
from tests.fakes.speaking import answering
from tests.real_model.newsroom import Newsroom, model_settings, opened
from tests.real_model.serving import NAME, is_there, served
from tests.unit.test_answering import NELL
from tests.unit.test_discuss import keep
from tests.unit.writing_samples import commission, dam, marlin, say

pytestmark = [
    pytest.mark.real_model,
    pytest.mark.skipif(not is_there(), reason="the lock of models is not installed"),
    pytest.mark.timeout(150),
]
CONTEXT = 4_096
"""The least in which an edition is written: calls are small, and quick."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of one server for most tests."""
    with served(CONTEXT) as address:
        yield address


def drafted_of(*items: Item) -> Drafted:
    """What is selected of them."""
    return draft(commission(items), say())


def is_whole(edition: Edition, drafted: Drafted) -> bool:
    """Whether nothing that was selected is missing, and every check holds; its faults, where they do not."""
    verdict = check(edition)
    assert verdict.ok, verdict.faults
    return [story.id for story in edition.stories] == [story.id for story in drafted.edition.stories]


def show(room: Newsroom, edition: Edition, drafted: Drafted, capsys: pytest.CaptureFixture[str]) -> None:
    """Print what came of it, also where all is well."""
    with capsys.disabled():
        print(room.report(edition, drafted))  # noqa: T201


async def test_a_whole_edition_is_valid(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two stories, a conflict and an event, within 1,700 tokens out: both are asked for, and both are there."""
    drafted = drafted_of(*marlin(), *dam())
    async with opened(address, context=CONTEXT, edition_out=1_700) as room:
        edition = await room.write(drafted, within=timedelta(seconds=80))
    show(room, edition, drafted, capsys)
    assert is_whole(edition, drafted)
    assert 0 < edition.card.tokens["out"] <= 1_700
    assert (room.own_sentences(edition, drafted)[0] > 0) == edition.card.writer.startswith("written by ")


async def test_around_stories_that_stand_the_edition_is_valid(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Frame and dialogue of an edition whose stories were told before somebody was cut off."""
    drafted = drafted_of(*marlin())
    async with opened(address, context=CONTEXT) as room:
        await room.tell_stories(drafted)
        edition = await room.write(drafted, within=timedelta(seconds=80))
    show(room, edition, drafted, capsys)
    assert is_whole(edition, drafted)
    assert edition.card.writer.startswith("written by ")
    assert {facts["about"] for name, facts in room.events.told if name == "model_called"} <= {
        *("frame", "dialogue"),
        *("repair frame", "repair dialogue"),
    }


async def test_a_server_with_less_context_than_is_set_is_asked_with_less(capsys: pytest.CaptureFixture[str]) -> None:
    """It keeps 1,600 tokens and refuses what is longer: the story is asked for once more on fewer passages."""
    drafted = drafted_of(*marlin())
    with served(1_600) as address:
        async with opened(address, context=CONTEXT, edition_out=800) as room:
            edition = await room.write(drafted, within=timedelta(seconds=50))
    show(room, edition, drafted, capsys)
    assert is_whole(edition, drafted)
    refused = [facts["error"] for name, facts in room.events.warned if name == "model_failed"]
    assert refused[:1] == ["ModelRefused"]
    assert "prompt_shrunk" in room.events.names()
    assert [facts["about"] for name, facts in room.events.told if name == "model_called"][:1] == ["story 1"]


async def test_the_doctor_finds_the_model(address: str) -> None:
    """It is there, it answers, it is held to a form, and what it can do is told."""
    findings = {finding.what: finding for finding in await examine(model_settings(address, context=CONTEXT))}
    assert not [finding for finding in findings.values() if finding.verdict in {"wrong", "failed"}]
    assert findings["models"].value == NAME
    assert findings[f"{NAME}: answers in a form"].value == "yes, by json_schema"
    assert findings[f"{NAME}: streams"].value == "yes"


async def test_a_question_in_a_thread_is_answered(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With sentences that stand, or with original passages and a line on why: whoever asks gets an answer."""
    edition = drafted_of(*marlin(), *dam()).edition
    clock = SystemClock()
    async with opened(address, context=CONTEXT) as room:
        await keep(room.store, edition)
        answers = answering(room.model, room.store, clock, events=room.events, settings=room.settings)
        reply = await Discuss(room.store, FluentCatalogue(), answering=answers).reply(
            edition.id, "How many hospitals have stopped paying for Marlin?", language="en", asker=NELL
        )
    with capsys.disabled():
        print(f"\nanswered by {reply.writer or 'passages'}: {[line.text for line in reply.text]} ({reply.note})")  # noqa: T201
    assert reply.kind == "answer"
    assert any(line.evidence for line in reply.text)
    assert {"model_called", "model_failed"} & set(room.events.names())
    assert reply.writer or reply.note

"""A whole edition by a real small model: however badly it writes, what comes out is valid."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from adapters.models.openai.doctor import examine
from adapters.models.openai.gateway import build
from adapters.storage.memory import MemoryStore
from adapters.wire.clock import SystemClock
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.config import ModelSettings
from bot.domain.checks import check
from bot.domain.checks.parts import walk
from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.services.asking import Asking
from bot.services.spending import Spending
from bot.services.write import Write
from bot.services.writing.writer import ModelWriter
from prompts.library import MarkdownPrompts
from tests.fakes.crew import KeptEvents
from tests.real_model.serving import CONTEXT, NAME, is_there, served
from tests.unit.writing_samples import commission, marlin, press, say

pytestmark = [
    pytest.mark.real_model,
    pytest.mark.skipif(not is_there(), reason="the lock of models is not installed"),
    pytest.mark.timeout(1_200),
]


@pytest.fixture(scope="module")
def settings() -> Iterator[ModelSettings]:
    """Of one server for all tests."""
    with served() as address:
        yield ModelSettings(NAME, NAME, address=address, context=CONTEXT, timeout=timedelta(minutes=5), at_once=1)


@pytest.fixture(scope="module")
def drafted() -> Drafted:
    """Three stories of the invented press."""
    return draft(commission(press()), say())


async def written(drafted: Drafted, settings: ModelSettings, events: KeptEvents) -> Edition:
    """The edition as the bot has it written."""
    clock, store, prompts, cores = SystemClock(), MemoryStore(), MarkdownPrompts(), InProcess()
    model = build(settings, clock=clock, events=events)
    try:
        writer = ModelWriter(
            asking=Asking(model, prompts, events),
            spending=Spending(store, clock, settings),
            prompts=prompts,
            cores=cores,
            events=events,
            settings=settings,
        )
        write = Write(store=store, clock=clock, cores=cores, writer=writer, dump=to_json, load=from_json)
        return await write(drafted, say())
    finally:
        await model.close()


def own_sentences(edition: Edition, drafted: Drafted) -> tuple[int, int]:
    """How many texts with evidence are not those that were selected, and how many there are."""
    selected = {(part.kind, part.text) for part in walk(drafted.edition)}
    cited = [part for part in walk(edition) if part.evidence]
    return sum((part.kind, part.text) not in selected for part in cited), len(cited)


async def test_a_whole_edition_is_valid(
    drafted: Drafted, settings: ModelSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every story is there, every check holds; how much of it the model wrote is printed."""
    events = KeptEvents()
    edition = await written(drafted, settings, events)
    verdict = check(edition)
    assert verdict.ok, verdict.faults
    assert [story.id for story in edition.stories] == [story.id for story in drafted.edition.stories]
    assert edition.card.tokens["in"] > 0
    own, whole = own_sentences(edition, drafted)
    with capsys.disabled():
        print(f"\n{edition.card.writer}: {own} of {whole} sentences are the model's; {edition.card.tokens}")  # noqa: T201
    assert (own > 0) == edition.card.writer.startswith("written by ")


async def test_an_edition_with_a_short_context_is_valid() -> None:
    """4,096 tokens, and the server refuses what is longer; one story."""
    drafted = draft(commission(marlin()), say())
    with served(context=4_096) as address:
        settings = ModelSettings(NAME, NAME, address=address, context=4_096, timeout=timedelta(minutes=5), at_once=1)
        edition = await written(drafted, settings, KeptEvents())
    assert check(edition).ok
    assert len(edition.stories) == len(drafted.edition.stories)


async def test_the_doctor_finds_the_model(settings: ModelSettings) -> None:
    """It is there, it answers, and what it can do is told."""
    findings = await examine(settings)
    assert findings
    assert not [finding for finding in findings if finding.verdict == "wrong"]
    assert any(NAME in finding.what for finding in findings)

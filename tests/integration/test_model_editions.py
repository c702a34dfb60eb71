"""Whole editions through the client of models and a server of scripted minds: good, lying, obedient, forgetful."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.models.openai.gateway import build
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.domain.checks import check
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.parts import walk
from bot.domain.edition import Edition
from bot.services.asking import Asking
from bot.services.spending import Spending
from bot.services.write import Write
from bot.services.writing.writer import ModelWriter
from prompts.library import MarkdownPrompts
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.minds import Broken, Forgetful, Good, Liar, LlamaCpp, Mind, MindServer, Traitor
from tests.unit.prose_samples import drafted
from tests.unit.writing_samples import say

CAUGHT = vocabulary("number added_number date person quote mutated_quote unknown_id other_id in_the_mouth disagreement")
"""Lies of which not one may get out; how many of the others do is measured by the bench."""


@dataclass
class Press:
    """An edition that was written, and the server that was asked."""

    edition: Edition
    server: MindServer
    events: KeptEvents


@asynccontextmanager
async def pressed(mind: Mind, *, said: int | None = None, **options: Any) -> AsyncIterator[Press]:
    """An edition of the invented press, written by a mind; its server is `said` to have other context than it has."""
    async with MindServer(mind, **options) as server:
        clock, events, store, prompts = FakeClock(still=True), KeptEvents(), MemoryStore(), MarkdownPrompts()
        settings = server.settings() if said is None else server.settings(context=said)
        model = build(settings, clock=clock, events=events)
        writer = ModelWriter(
            asking=Asking(model, prompts, events),
            spending=Spending(store, clock, settings),
            prompts=prompts,
            cores=InProcess(),
            events=events,
            settings=settings,
        )
        write = Write(store=store, clock=clock, cores=InProcess(), writer=writer, dump=to_json, load=from_json)
        try:
            yield Press(await write(drafted(), say()), server, events)
        finally:
            await model.close()


def told(edition: Edition) -> set[tuple[str, frozenset[str]]]:
    """Every text with the words it rests on."""
    passages = edition.passages()
    return {(part.text, frozenset(passages[i][1].text for i in part.evidence)) for part in walk(edition)}


async def test_a_good_mind_writes_the_edition() -> None:
    """Nine published sentences in ten are its own; the card counts what the server counted."""
    async with pressed(Good()) as press:
        edition, calls = press.edition, press.server.calls
    checks = edition.card.checks
    assert check(edition).ok
    assert checks.sentences_extractive <= 0.1 * checks.sentences
    assert edition.card.tokens["in"] == sum(call.prompt_tokens for call in calls)
    assert edition.card.tokens["out"] == sum(call.completion_tokens for call in calls)
    assert edition.card.tokens["cached"] == sum(call.cached_tokens for call in calls)
    assert {call.task for call in calls} >= {"story 1", "story 2", "story 3", "frame", "dialogue"}


async def test_of_a_liar_nothing_unsupported_is_published() -> None:
    """Numbers, names, quotations, ids: what it twisted is nowhere in the edition on the evidence it gave."""
    liar = Liar()
    async with pressed(liar) as press:
        edition = press.edition
    assert len(liar.lies) > 20
    assert check(edition).ok
    assert len(edition.stories) == len(drafted().edition.stories)
    published = [lie for lie in liar.lies if (lie.text, lie.cites) in told(edition)]
    assert [lie for lie in published if lie.kind in CAUGHT] == []


@pytest.mark.parametrize(
    ("mind", "options"),
    [
        (Traitor(), {}),
        (Forgetful(1500), {}),
        (Good(), {"like": LlamaCpp(), "context": 4096}),
        (Broken("fences"), {}),
        (Broken("missing_fields"), {}),
    ],
    ids=["traitor", "forgetful", "small context", "fences", "missing fields"],
)
async def test_whatever_the_mind_the_edition_is_whole(mind: Mind, options: dict[str, Any]) -> None:
    """Every check passes, no story is lost, and never more is taken than there is."""
    async with pressed(mind, **options) as press:
        edition = press.edition
    assert check(edition).ok
    assert len(edition.stories) == len(drafted().edition.stories)
    assert edition.card.tokens["in"] <= 60_000
    assert edition.card.tokens["out"] <= 6000


async def test_a_server_that_has_less_context_than_is_set_costs_no_part() -> None:
    """It refuses the dialogue in words of its own; that is asked for story by story, and is the model's."""
    async with pressed(Good(), like=LlamaCpp(), context=4_096, said=16_384) as press:
        edition, events = press.edition, press.events
    assert check(edition).ok
    assert edition.card.checks.sentences_extractive <= 0.1 * edition.card.checks.sentences
    assert [facts["part"] for name, facts in events.warned if name == "prompt_shrunk"] == ["dialogue"]
    assert "part_not_written" not in events.names()

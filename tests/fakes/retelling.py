"""Overviews written by a mind: through the client of models, and a server on this machine."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from adapters.models.openai.gateway import build
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.domain.episode import Episode
from bot.domain.transcript import Transcript
from bot.ports.clock import Clock
from bot.ports.model import LanguageModel
from bot.services.asking import Asking
from bot.services.retelling import Retelling
from bot.services.spending import Limits, Spending
from prompts.library import MarkdownPrompts
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.minds import Call, Mind, MindServer
from tests.fakes.readings import NOON

PROMPTS = MarkdownPrompts()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A written overview, and what was asked for it."""

    episode: Episode
    calls: Sequence[Call]
    events: KeptEvents


def retelling_of(
    model: LanguageModel, store: MemoryStore, clock: Clock, events: KeptEvents, limits: Limits
) -> Retelling:
    """The service over a model."""
    return Retelling(
        asking=Asking(model, PROMPTS, events),
        prompts=PROMPTS,
        spending=Spending(store, clock, limits),
        store=store,
        clock=clock,
        cores=InProcess(),
        events=events,
        dump=to_json,
        load=from_json,
    )


async def rewritten(
    mind: Mind,
    selected: Episode,
    transcript: Transcript,
    *,
    clock: Clock | None = None,
    settings: dict[str, Any] | None = None,
    **options: Any,
) -> Rewritten:
    """An overview that was selected, written by a mind."""
    clock = clock or FakeClock(NOON, still=True)
    events, store = KeptEvents(), MemoryStore(now=clock.now)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(MindServer(mind, **options))
        chosen = server.settings(**(settings or {}))
        model = build(chosen, clock=clock, events=events)
        stack.push_async_callback(model.close)
        retelling = retelling_of(model, store, clock, events, chosen)
        made = await retelling(selected, transcript, selected.card.language)
        return Rewritten(made, tuple(server.calls), events)

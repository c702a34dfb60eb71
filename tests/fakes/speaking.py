"""A model that says what a test has it say, and a bot that has it answer questions."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from adapters.storage.memory import MemoryStore
from bot.config import ModelSettings
from bot.domain.desk import OpenDesk
from bot.domain.tokens import Used, estimate
from bot.ports.clock import Clock
from bot.ports.model import Delta, Ended, LanguageModel, ModelRequest, Role
from bot.services.allowance import Allowance
from bot.services.answering import Answering
from bot.services.asking import Asking
from bot.services.spending import Spending
from prompts.library import MarkdownPrompts
from tests.fakes.crew import KeptEvents

MODEL = "quill-7b"
PROMPTS = MarkdownPrompts()


@dataclass
class SpokenModel:
    """Says its lines; one after the other, as `held` is released, where a test holds them."""

    lines: Sequence[str] = ()
    error: Exception | None = None
    """Raised after the lines."""
    tokens: int = 16_384
    requests: list[ModelRequest] = field(default_factory=list)
    held: asyncio.Semaphore | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it was asked."""
    closed: int = 0
    """Calls that ended, however they did."""

    def name(self, role: Role) -> str:
        """One for both."""
        del role
        return MODEL

    def context(self, role: Role) -> int:
        """As a test says."""
        del role
        return self.tokens

    async def stream(self, request: ModelRequest) -> AsyncIterator[Delta | Ended]:
        """The lines, in pieces that end anywhere."""
        self.requests.append(request)
        self.begun.set()
        text = "\n".join(self.lines)
        try:
            for line in self.lines:
                if self.held is not None:
                    await self.held.acquire()
                half = len(line) // 2
                yield Delta(line[:half])
                yield Delta(f"{line[half:]}\n")
            if self.error is not None:
                raise self.error
            taken = estimate(request.stable, request.task)
            yield Ended("stop", Used(taken, estimate(text)), MODEL)
        finally:
            self.closed += 1

    async def close(self) -> None:
        """Nothing is open."""


def answering(
    model: LanguageModel,
    store: MemoryStore,
    clock: Clock,
    *,
    events: KeptEvents | None = None,
    limits: dict[str, int] | None = None,
    settings: ModelSettings | None = None,
    desks: Mapping[str, OpenDesk] | None = None,
) -> Answering:
    """Questions go to this model."""
    events = events or KeptEvents()
    return Answering(
        asking=Asking(model, PROMPTS, events),
        spending=Spending(store, clock, settings or ModelSettings(MODEL, MODEL)),
        allowance=Allowance(store, clock, limits or {}),
        prompts=PROMPTS,
        clock=clock,
        events=events,
        model=MODEL,
        desks=desks or {},
    )

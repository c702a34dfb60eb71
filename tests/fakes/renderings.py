"""A translator in memory: `tests.fakes.minds.translating` as answers to our prompts, with slips on demand."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from bot.config import ModelSettings
from bot.ports.clock import Clock
from bot.ports.model import Ended, LanguageModel, ModelRequest
from bot.services.allowance import Allowance
from bot.services.asking import Asking
from bot.services.results import Load
from bot.services.spending import Spending
from bot.services.translating import Translating
from bot.services.translations import Translations
from prompts.library import MarkdownPrompts
from tests.fakes.crew import KeptEvents
from tests.fakes.minds.translating import translated

PROMPTS = MarkdownPrompts()
_PART = re.compile(r"^([a-z_]+(?:\[\d+\]|\.[a-z]+)?): (.+)$", re.MULTILINE)
_INTO = re.compile(r"into (\w+), under")
_TAGS = {"Russian": "ru", "German": "de"}


@dataclass
class Translator:
    """The mind of a `FakeModel`."""

    slips: Mapping[str, str] = field(default_factory=dict)
    """What it says of originals that hold a text, the first time they are translated."""
    stubborn: bool = False
    """It says it the second time, too."""
    errors: Mapping[str, Exception] = field(default_factory=dict)
    """Raised by calls about these."""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it was asked."""

    def __call__(self, request: ModelRequest) -> "str | dict[str, Any] | Exception | Ended":
        """Every part, word for word."""
        self.begun.set()
        if request.about in self.errors:
            return self.errors[request.about]
        language = _INTO.search(request.task)
        assert language is not None
        shown = request.task.partition("<outside-")[2]
        again = "again" in request.task and not self.stubborn
        parts = [
            {"where": where, "text": self._said(text, _TAGS.get(language[1], "en"), again=again)}
            for where, text in _PART.findall(shown)
        ]
        return {"parts": parts}

    def _said(self, text: str, language: str, *, again: bool) -> str:
        slip = next((said for held, said in self.slips.items() if held in text and not again), None)
        return translated(text, language) if slip is None else slip


def translating(
    model: LanguageModel,
    store: MemoryStore,
    clock: Clock,
    *,
    events: KeptEvents | None = None,
    limits: dict[str, int] | None = None,
    settings: ModelSettings | None = None,
    load: Load = from_json,
) -> Translating:
    """Translations come from this model."""
    events = events or KeptEvents()
    translations = Translations(
        asking=Asking(model, PROMPTS, events),
        prompts=PROMPTS,
        store=store,
        clock=clock,
        events=events,
        dump=lambda value: to_json(value, indent=None),
        load=load,
    )
    spending = Spending(store, clock, settings or ModelSettings("tide-large", "tide-small"))
    return Translating(translations, spending=spending, allowance=Allowance(store, clock, limits or {}), clock=clock)

"""An edition that a real model writes, and what is told of it: words, tokens, seconds, answers that were no good."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.models.openai.gateway import build
from adapters.storage.memory import MemoryStore
from adapters.wire.clock import SystemClock
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.config import ModelSettings
from bot.domain.checks.parts import walk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.tokens import Used
from bot.ports.model import LanguageModel
from bot.ports.writer import Writer
from bot.services.asking import Asking
from bot.services.spending import Spending
from bot.services.write import Write
from bot.services.writing.writer import ModelWriter
from prompts.library import MarkdownPrompts
from tests.fakes.crew import KeptEvents
from tests.fakes.writer import FakeWriter
from tests.real_model.serving import NAME
from tests.unit.writing_samples import say


@dataclass
class Newsroom:
    """One model at work; nothing of it is paid for or measured by anybody else."""

    settings: ModelSettings
    model: LanguageModel
    events: KeptEvents
    clock: SystemClock = field(default_factory=SystemClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    seconds: float = 0.0
    """Of what was written last."""
    others: set[tuple[str, str]] = field(default_factory=set)
    """Kinds and texts that the model did not write."""

    async def write(self, drafted: Drafted, within: timedelta) -> Edition:
        """The edition as the bot has it written; what is late stays as it was selected."""
        began = self.clock.now()
        edition = await self._write(self._writer())(drafted, say(), deadline=began + within)
        self.seconds = (self.clock.now() - began).total_seconds()
        return edition

    async def tell_stories(self, drafted: Drafted) -> None:
        """Keep all stories as told already, as somebody does who is cut off before frame and dialogue."""
        told = FakeWriter(name=self._writer().mark, frames=False, took=Used())
        self.others = texts_of(await self._write(told)(drafted, say()))
        assert len(told.done) == len(drafted.edition.stories)

    def own_sentences(self, edition: Edition, drafted: Drafted) -> tuple[int, int]:
        """How many texts with evidence are the model's, and how many there are."""
        cited = texts_of(edition)
        return len(cited - texts_of(drafted.edition) - self.others), len(cited)

    def report(self, edition: Edition, drafted: Drafted) -> str:
        """What came of it, in a few lines."""
        own, whole = self.own_sentences(edition, drafted)
        card, facts = edition.card, self._facts()
        lines = (
            f"\n{card.writer}: {own} of {whole} cited texts are the model's own, in {self.seconds:.0f} s",
            f"tokens {dict(card.tokens)}",
            f"answers {facts['answers']}: late {facts['late']}, cut {facts['cut']}, unreadable {facts['unreadable']}",
            f"calls failed {facts['failed']}, prompts shrunk {facts['shrunk']}, parts that stood {facts['stood']}",
            f"sentences repaired {card.checks.sentences_repaired}, dropped {card.checks.sentences_dropped}",
            f"not written: {'; '.join(self._not_written()) or 'nothing'}",
            *(("stories were told before, by somebody else",) if self.others else ()),
            *card.notes,
        )
        return "\n  ".join(lines)

    def _facts(self) -> Counter[str]:
        names = {
            "model_called": "answers",
            "model_failed": "failed",
            "answer_unreadable": "unreadable",
            "prompt_shrunk": "shrunk",
            "part_written": "stood",
        }
        counts = Counter(names[name] for name in self.events.names() if name in names)
        finishes = Counter(facts.get("finish") for _, facts in self.events.told)
        counts["cut"], counts["late"] = finishes["length"], finishes["closed"]
        return counts

    def _not_written(self) -> list[str]:
        told = (facts for name, facts in self.events.warned if name == "part_not_written")
        return [f"{facts['part']} ({facts['reason']})" for facts in told]

    def _writer(self) -> ModelWriter:
        prompts = MarkdownPrompts()
        return ModelWriter(
            asking=Asking(self.model, prompts, self.events),
            spending=Spending(self.store, self.clock, self.settings),
            prompts=prompts,
            cores=InProcess(),
            events=self.events,
            settings=self.settings,
        )

    def _write(self, writer: Writer) -> Write:
        return Write(store=self.store, clock=self.clock, cores=InProcess(), writer=writer, dump=to_json, load=from_json)


@asynccontextmanager
async def opened(address: str, *, context: int, edition_out: int = 6_000) -> AsyncIterator[Newsroom]:
    """A newsroom with the model at this address, asked one thing at a time."""
    settings = model_settings(address, context=context, edition_out=edition_out)
    events = KeptEvents()
    room = Newsroom(settings, build(settings, clock=SystemClock(), events=events), events)
    try:
        yield room
    finally:
        await room.model.close()


def model_settings(address: str, *, context: int, edition_out: int = 6_000) -> ModelSettings:
    """The model at this address, asked one thing at a time."""
    return ModelSettings(
        NAME,
        NAME,
        address=address,
        context=context,
        timeout=timedelta(seconds=100),
        at_once=1,
        edition_out=edition_out,
    )


def texts_of(edition: Edition) -> set[tuple[str, str]]:
    """Kinds and texts of everything that cites."""
    return {(part.kind, part.text) for part in walk(edition) if part.evidence}

"""What the services of an application stand on: clock, database, network, worker processes, models, ears and pens.

Parts are made when they are first asked for, so that a command pays only for what it uses. `bot.bootstrap` builds the
services on them.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.domain.health import SourceReport
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.events import Events, Fact
from bot.ports.phrases import Catalogue
from bot.ports.store import Store

if TYPE_CHECKING:
    from adapters.wire.http import Web
    from bot.ports.model import LanguageModel
    from bot.ports.prompts import PromptLibrary
    from bot.ports.recordings import Pictures, Recordings, Transcriber
    from bot.services.asking import Asking
    from bot.services.spending import Spending
    from bot.services.write import Write

PARSERS = 2
"""Worker processes that parse what comes from outside."""
PARSER_MEMORY = 200 * 1024 * 1024
"""Bytes that parsing may take."""

CUTTER_MEMORY = 1024 * 1024 * 1024
"""Bytes that cutting a recording may take."""
COMPOSER_MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes that composing may take: 50,000 items take one."""

Progress = Callable[[SourceReport], None]


class Unheard:
    """Nobody listens."""

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Nothing."""

    def warn(self, event: str, /, **facts: Fact) -> None:
        """Nothing."""


class Ground:
    """What the services stand on; whatever of it was made has to be closed."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: datetime | None,
        roster_folder: Path,
        progress: Progress,
        store: Store | None,
        serves: bool,
        events: Events,
    ) -> None:
        self.settings = settings
        self.events = events
        """Where is told what happens; a bot that runs has a journal for it."""
        self._now = now
        self._roster_folder = roster_folder
        self._progress = progress
        self._given_store = store
        self._serves = serves

    @cached_property
    def clock(self) -> Clock:
        """The machine's clock, or one that stands at the instant that was asked for."""
        from adapters.wire.clock import StillClock, SystemClock

        return SystemClock() if self._now is None else StillClock(self._now)

    @cached_property
    def store(self) -> Store:
        """The database, opened by its first use."""
        from adapters.storage.sql import build

        return self._given_store or build(self.settings.database_url)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The interface languages."""
        from adapters.locale.catalogue import FluentCatalogue

        return FluentCatalogue()

    @cached_property
    def web(self) -> "Web":
        """The way to the network."""
        from adapters.wire.clock import SystemClock
        from adapters.wire.http import Web

        # Pauses between requests are real, also where the edition's clock stands still.
        return Web(clock=SystemClock(), contact=self.settings.contact, allow=self.settings.allow)

    @cached_property
    def public_web(self) -> "Web":
        """The way to the network for people who are not the operator: to public addresses only."""
        from adapters.wire.clock import SystemClock
        from adapters.wire.http import Web

        return Web(clock=SystemClock(), contact=self.settings.contact)

    @cached_property
    def parsers(self) -> Cores:
        """Worker processes for what comes from outside; they start with the first file."""
        from adapters.wire.cores import WorkerPool

        return WorkerPool(PARSERS, memory_bytes=PARSER_MEMORY)

    @cached_property
    def cores(self) -> Cores:
        """Where editions are composed: in this process if it does nothing else meanwhile, else in one of its own."""
        from adapters.wire.cores import InProcess, WorkerPool

        return WorkerPool(1, memory_bytes=COMPOSER_MEMORY) if self._serves else InProcess()

    @cached_property
    def recordings(self) -> "Recordings":
        """Finds episodes; for people who are not the operator, at public addresses only."""
        from adapters.episodes.finding import Finding
        from adapters.episodes.youtube import YouTubeCaptions

        web = self.public_web if self._serves else self.web
        return Finding(web, self.parsers, YouTubeCaptions())

    @cached_property
    def transcriber(self) -> "Transcriber | None":
        """Hears what nobody wrote down; None without a model for it."""
        chosen = self.settings.speech
        if chosen is None:
            return None
        from adapters.speech.transcribers import build

        return build(chosen, web=self.public_web if self._serves else self.web, cores=self.cutters)

    @cached_property
    def cutters(self) -> Cores:
        """Where recordings are cut into pieces: minutes, in which nobody else should have to wait."""
        from adapters.wire.cores import WorkerPool

        return WorkerPool(1, memory_bytes=CUTTER_MEMORY)

    @cached_property
    def pictures(self) -> "Pictures":
        """Draws, where files are parsed: the process that composes is busy for longer."""
        from adapters.pictures.drawing import Drawing

        return Drawing(self.parsers)

    async def close(self) -> None:
        """Close what was made: network, workers, database."""
        made = vars(self)
        for name in ("model", "transcriber", "web", "public_web", "parsers", "cutters", "cores", "store"):
            if made.get(name) is not None:
                await made[name].close()


class WritingRoom(Ground):
    """What a language model needs, where one is set."""

    @cached_property
    def model(self) -> "LanguageModel | None":
        """The way to the model; None without one."""
        chosen = self.settings.writer
        if chosen is None:
            return None
        # Its library takes most of a second: without a model nothing of it is loaded.
        from adapters.models.openai.gateway import build
        from adapters.wire.clock import SystemClock

        # Pauses between tries are real, also where the edition's clock stands still.
        return build(chosen, clock=SystemClock(), events=self.events)

    @cached_property
    def prompts(self) -> "PromptLibrary":
        """What models are told."""
        from prompts.library import MarkdownPrompts

        return MarkdownPrompts()

    @cached_property
    def spending(self) -> "Spending":
        """What models may take."""
        from adapters.wire.clock import SystemClock
        from bot.config import ModelSettings
        from bot.services.spending import Spending

        return Spending(self.store, SystemClock(), self.settings.writer or ModelSettings("", ""))

    @cached_property
    def asking(self) -> "Asking | None":
        """Questions to the model; None without one."""
        if self.model is None:
            return None
        from bot.services.asking import Asking

        return Asking(self.model, self.prompts, self.events)

    @cached_property
    def write(self) -> "Write | None":
        """Has the model phrase what was selected; None without one."""
        chosen = self.settings.writer
        if self.asking is None or chosen is None:
            return None
        from adapters.wire.contract import from_json, to_json
        from bot.services.write import Write
        from bot.services.writing.writer import ModelWriter

        writer = ModelWriter(
            asking=self.asking,
            spending=self.spending,
            prompts=self.prompts,
            cores=self.cores,
            events=self.events,
            settings=chosen,
        )
        dump = partial(to_json, indent=None)
        return Write(store=self.store, clock=self.clock, cores=self.cores, writer=writer, dump=dump, load=from_json)

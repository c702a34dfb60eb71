"""The composition root: settings and the catalogue of adapters become one running application.

The only file of the core that sees everything. Parts are made when they are first asked for, so that a command pays
only for what it uses, and everything that was made is closed.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.domain.health import SourceReport
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.phrases import Catalogue
from bot.ports.store import Store

if TYPE_CHECKING:
    from adapters.wire.http import Web
    from bot.services.brief import Brief
    from bot.services.discuss import Discuss
    from bot.services.gather import Gather
    from bot.services.inbox import Inbox, Report
    from bot.services.now import Now

PARSERS = 2
"""Worker processes that parse what comes from outside."""
PARSER_MEMORY = 200 * 1024 * 1024
"""Bytes that parsing may take."""

Progress = Callable[[SourceReport], None]


class Application:
    """The parts of a running Counterpoint. Use it through `application`, which closes it."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: datetime | None,
        roster_folder: Path,
        progress: Progress,
        store: Store | None,
    ) -> None:
        self.settings = settings
        self._now = now
        self._roster_folder = roster_folder
        self._progress = progress
        self._given_store = store

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
    def parsers(self) -> Cores:
        """Worker processes for what comes from outside; they start with the first file."""
        from adapters.wire.cores import WorkerPool

        return WorkerPool(PARSERS, memory_bytes=PARSER_MEMORY)

    @cached_property
    def cores(self) -> Cores:
        """Where editions are composed: in this process, which does nothing else meanwhile."""
        from adapters.wire.cores import InProcess

        return InProcess()

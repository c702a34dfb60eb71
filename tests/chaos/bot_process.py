"""The whole bot as a process, as `counterpoint run` starts it, with the remote platform as the one it serves.

`python -m tests.chaos.bot_process '{"database": …}'` runs it alone; scenarios fork it from a warm process.
"""

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

from adapters.cli.choices import choose
from adapters.cli.running import stop_on_signals
from bot.bootstrap import Application, application
from bot.domain.ledger import State
from bot.ports.platform import Limits
from bot.services.delivery.deliver import DeliverRules
from bot.serving import serving
from tests.chaos.worker import hurry
from tests.fakes.remote.client import NAME, RemotePlatform

ROSTER = Path(__file__).parents[2] / "adapters" / "roster" / "sample" / "roster.toml"
_OPEN = (State.PLANNED, State.COMPOSED, State.INTENT)
_LOOK = 0.3


@dataclass(frozen=True, slots=True)
class BotSettings:
    """What such a bot is told."""

    database: str
    address: str
    folder: str
    """Its home, and where its journal is kept."""
    nonce: bool = False
    a_second: float = 100.0
    lease: float | None = None
    """Seconds; None: as the bot has it."""
    ends: bool = True
    """It ends when nothing is open."""

    @property
    def journal(self) -> Path:
        """What it writes to standard error."""
        return Path(self.folder) / "journal.jsonl"


def work(settings: BotSettings) -> None:
    """Serve until a signal comes, or nothing is left to do."""
    with settings.journal.open("ab") as journal:
        os.dup2(journal.fileno(), sys.stderr.fileno())
    os.environ.update(
        DATABASE_URL=settings.database,
        HOME=settings.folder,
        XDG_DATA_HOME=settings.folder,
        COUNTERPOINT_LISTEN="off",
    )
    os.chdir(settings.folder)
    hurry()
    asyncio.run(_serve(settings))


async def _serve(settings: BotSettings) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    chosen, roster = choose(ROSTER)
    chosen = replace(chosen, roster=ROSTER)  # its sources are files: nothing leaves this machine
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(application(chosen, roster_folder=roster.folder, serves=True))
        limits = Limits(4000, 20, posts_a_second=settings.a_second)
        remote = RemotePlatform(settings.address, parts.catalogue, parts.clock, nonce=settings.nonce, limits=limits)
        stack.push_async_callback(remote.close)
        lease = None if settings.lease is None else timedelta(seconds=settings.lease)
        rules = None if lease is None else DeliverRules(lease=lease, patience=lease / 3)
        serve = await stack.enter_async_context(serving(parts, lambda _: {NAME: remote}, rules=rules))
        ending = asyncio.create_task(_end(parts, stop)) if settings.ends else None
        await serve(stop)
        if ending is not None:
            ending.cancel()


async def _end(parts: Application, stop: asyncio.Event) -> None:
    """Stop once nothing is open any more."""
    while not stop.is_set():
        await asyncio.sleep(_LOOK)
        async with parts.store.unit() as unit:
            counts = await unit.records.counts()
        if not any(counts.postings.get(state) for state in _OPEN):
            stop.set()


def command(settings: BotSettings) -> tuple[str, ...]:
    """How to start it as a program of its own."""
    return (sys.executable, "-m", "tests.chaos.bot_process", json.dumps(asdict(settings)))


if __name__ == "__main__":
    work(BotSettings(**json.loads(sys.argv[1])))

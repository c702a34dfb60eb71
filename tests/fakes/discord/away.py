"""A Discord in a process of its own, seen from here: it outlives every client that is killed."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[3]


@dataclass(slots=True)
class Away:
    """Steers it; see `control` for what there is."""

    port: int
    session: aiohttp.ClientSession

    @property
    def _base(self) -> str:
        return f"http://127.0.0.1:{self.port}/control"

    async def do(self, name: str, /, **given: Any) -> dict[str, Any]:
        """`POST /control/<name>`.

        Raises:
            RuntimeError: it could not be done.
        """
        async with self.session.post(f"{self._base}/{name}", json=given) as answer:
            said: dict[str, Any] = await answer.json()
        if answer.status != 200:
            raise RuntimeError(said["error"])
        return said

    async def look(self, name: str, /, **asked: str) -> Any:
        """`GET /control/<name>`: JSON, or for `seen` the text."""
        async with self.session.get(f"{self._base}/{name}", params=asked) as answer:
            return await (answer.text() if name == "seen" else answer.json())


@asynccontextmanager
async def discord_away(journal: Path | None = None) -> AsyncIterator[Away]:
    """Start one, for the length of the block."""
    more = ["--journal", str(journal)] if journal else []
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.discord", *more), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), 30)).decode().split()
        async with aiohttp.ClientSession() as session:
            yield Away(int(first[1]), session)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()

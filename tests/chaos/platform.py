"""The platform's own process: it may die, and is then started again at the same port with what it had accepted."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.remote.faults import Fault
from tests.fakes.remote.remote import Post, Rules, accepted


@dataclass(slots=True)
class RemoteProcess:
    """A platform that always comes back."""

    log: Path
    rules: Rules
    rates: Mapping[Fault, float]
    seed: int
    closed: Mapping[str, int]
    port: int = 0
    deaths: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    _before: Counter[str] = field(default_factory=Counter)
    _process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def posts(self) -> list[Post]:
        """Everything it has accepted, in order."""
        return accepted(self.log)

    async def start(self) -> None:
        """Start it, or start it again."""
        rules = [f"--{name.replace('_', '-')}={json.dumps(value)}" for name, value in asdict(self.rules).items()]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.remote.server", f"--port={self.port}", f"--log={self.log}"),
            *(f"--seed={self.seed + self.deaths}", f"--rates={json.dumps(self.rates)}", *rules),
            *(f"--closed={json.dumps(self.closed)}", "--tied"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        self.port = json.loads(await process.stdout.readline())["port"]
        self._process = process
        self._before = self.faults.copy()

    async def keep_up(self) -> None:
        """Start it again whenever it died, until cancelled."""
        while True:
            assert self._process is not None
            await self._process.wait()
            self.deaths += 1
            await self.start()

    async def stop(self) -> None:
        """End it."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def order(self, **orders: object) -> dict[str, Any]:
        """Change it; tells how it fares. A platform that is dead just now is asked again."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.put(f"{self.address}/orders", json=orders) as response:
                        told: dict[str, Any] = await response.json()
                        self.faults = self._before + Counter(told["injected"])
                        return told
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)


@asynccontextmanager
async def remote_process(
    folder: Path,
    *,
    rules: Rules,
    rates: Mapping[Fault, float],
    seed: int,
    closed: Mapping[str, int] | None = None,
) -> AsyncIterator[RemoteProcess]:
    """A platform that is there until the end of the block."""
    remote = RemoteProcess(folder / "accepted.jsonl", rules, rates, seed, closed or {})
    await remote.start()
    upkeep = asyncio.create_task(remote.keep_up())
    try:
        yield remote
    finally:
        upkeep.cancel()
        await asyncio.wait({upkeep})
        await remote.stop()

"""The resident memory of the bot that serves thousands of places, after it has worked for a while."""

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from adapters.storage.sql import build
from tests.chaos.bot_process import BotSettings, command
from tests.chaos.ground import Cell, Ground
from tests.chaos.owing import away, now, owe, subscribe
from tests.chaos.platform import remote_process
from tests.chaos.tally import Tally
from tests.fakes.remote.remote import Rules

MOST_MEGABYTES = 250.0


def cells() -> Sequence[Cell]:
    """One."""
    return [Cell("memory", _run)]


async def _run(ground: Ground) -> Tally:
    places = ground.of(quick=500, normal=10000, full=10000)
    home = ground.folder / "home"
    home.mkdir()
    store = build(ground.sqlite())
    due = now()
    owed = await owe(store, places // 10, parts=4, due=due, schedule=away(due), desks=("harbour",))
    await subscribe(store, places - owed.postings, "quiet", due=None)
    await store.close()
    tally = Tally(ground.name, places)
    async with remote_process(ground.folder, rules=Rules(), rates={}, seed=ground.seed) as remote:
        settings = BotSettings(ground.sqlite(), remote.address, str(home), ends=False)
        process = await asyncio.create_subprocess_exec(*command(settings))
        most = await _watched(process.pid, seconds=ground.of(quick=6, normal=45, full=120))
        process.send_signal(signal.SIGTERM)
        if await process.wait() != 0:
            tally.breach(f"it ended with {process.returncode}")
        posted = (await remote.order())["accepted"]
    tally.notes = f"at most {most:.0f} MB resident with {places} subscriptions, {posted} messages posted meanwhile"
    if most > MOST_MEGABYTES:
        tally.breach(f"{most:.0f} MB")
    if not posted:
        tally.breach("it posted nothing: the figure proves nothing")
    return tally


async def _watched(process: int, *, seconds: int) -> float:
    """The most megabytes that a process and its children held, looked at twice a second."""
    most = 0.0
    for _ in range(2 * seconds):
        await asyncio.sleep(0.5)
        most = max(most, _resident(process))
    return most


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float(os.sysconf("SC_PAGE_SIZE"))

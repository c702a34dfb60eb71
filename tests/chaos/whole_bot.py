"""The whole bot, killed and told to stop: its database stays sound, what was posted is known, it leaves politely."""

import asyncio
import json
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta

from adapters.storage.sql import build
from bot.domain.ledger import Delivery, State
from tests.chaos.bot_process import BotSettings, work
from tests.chaos.delivery import harassed_too, judged
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan, started
from tests.chaos.owing import DESKS, Owed, account_of, away, now, owe, subscribe
from tests.chaos.platform import RemoteProcess, remote_process
from tests.chaos.tally import Tally
from tests.fakes.remote.faults import Fault, spread
from tests.fakes.remote.remote import Rules

MOST_SECONDS = 25.0
"""For an end after SIGTERM: below the thirty that are usual before a process is killed."""
_GRACE = 1.0
_BUILT = 3
"""Places whose edition the bot itself has to compose, from the sample roster."""
_BEGUN = frozenset({"intent", "sent", "parked"})


def cells() -> Sequence[Cell]:
    """Kills, and polite requests to stop."""
    return [Cell("bot: killed", _kill), Cell("bot: told to stop", _tell)]


async def _kill(ground: Ground) -> Tally:
    kills = ground.of(quick=4, normal=60, full=500)
    # A kill leaves everything under way to its lease: with that of the bot, a minute, nothing else would be waited for.
    lease = ground.of(quick=4, normal=6, full=6)
    owed, settings = await _owe(ground, ground.of(quick=30, normal=200, full=1250), lease)
    async with remote_process(ground.folder, rules=Rules(), rates=_rates(ground), seed=ground.seed) as remote:
        told = replace(settings, address=remote.address, a_second=200.0)
        tally = Tally(ground.name)
        audit = Audit(tally, ground, remote)
        plan = Plan(kills, owed.messages, most_seconds=3600.0)
        harassed = await Harassment(work, [told], remote, plan, ground.chance, buried=audit)()
        await remote.order()
    found = await _judged(ground, owed, remote, tally)
    harassed_too(found, harassed, kills)
    if harassed.crashes:
        found.breach(_last_words(settings))
    found.notes = f"{audit.times} audits of what a kill left{found.notes and ', '}{found.notes}"
    return found


def _rates(ground: Ground) -> dict[Fault, float]:
    # What failed is tried again at the next sweep, seconds later: a short run has no time for many of them.
    return {} if ground.size == "quick" else spread(0.05)


def _builds(ground: Ground) -> bool:
    # A build that is killed is begun again when its lease has run out.
    return ground.size != "quick"


async def _owe(ground: Ground, postings: int, lease: int = 0) -> tuple[Owed, BotSettings]:
    home = ground.folder / "home"
    home.mkdir()
    store = build(ground.sqlite())
    due = now()
    owed = await owe(store, postings, due=due, schedule=away(due))
    if _builds(ground):
        await subscribe(store, _BUILT, "default", due=due + timedelta(seconds=2))
    await store.close()
    return owed, BotSettings(ground.sqlite(), "", str(home), lease=lease or None)


def _last_words(settings: BotSettings) -> str:
    """What it said before it ended badly."""
    said = [line for line in settings.journal.read_text().splitlines() if not line.startswith("{")]
    return " / ".join(said[-3:])


async def _judged(ground: Ground, owed: Owed, remote: RemoteProcess, before: Tally) -> Tally:
    store = build(ground.sqlite())
    account = await account_of(store)
    await store.close()
    tally = judged(ground.name, owed, account, remote, readback=True)
    if before.breaches:
        tally.breaches = f"{before.breaches}; {tally.breaches}".removesuffix("; ")
    built = [posting for posting in account.postings.values() if posting.desk not in DESKS]
    if len(built) != _BUILT * _builds(ground) or any(posting.state is not State.SENT for posting in built):
        tally.breach(f"what the bot had to compose itself became {built}")
    return tally


@dataclass(slots=True)
class Audit:
    """Looks at the database that a kill left behind, before the next process opens it."""

    tally: Tally
    ground: Ground
    remote: RemoteProcess
    times: int = 0

    def __call__(self) -> None:
        """See that it is sound and knows everything that was posted."""
        self.times += 1
        with closing(sqlite3.connect(self.ground.folder / "counterpoint.db")) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            rows = connection.execute("SELECT posting, part, state FROM deliveries").fetchall()
        if found != "ok" or broken:
            self.tally.breach(f"after kill {self.times}: {found} {broken}")
        states = {Delivery(posting, part, 0, "").key: state for posting, part, state in rows}
        unknown = [post.key for post in self.remote.posts if states.get(post.key) not in _BEGUN]
        if unknown:
            self.tally.breach(f"after kill {self.times} the ledger does not know {len(unknown)} posted messages")


async def _tell(ground: Ground) -> Tally:
    times = ground.of(quick=2, normal=30, full=200)
    owed, settings = await _owe(ground, ground.of(quick=10, normal=150, full=1000))
    rates = _rates(ground) | {Fault.SLOW: 0.01}
    rules = Rules(slow_seconds=ground.of(quick=1, normal=3, full=3) * 1.0)
    tally = Tally(ground.name)
    ends = Ends()
    async with remote_process(ground.folder, rules=rules, rates=rates, seed=ground.seed) as remote:
        told = replace(settings, address=remote.address, a_second=max(20.0, owed.messages / times), ends=False)
        for _ in range(times):
            await ends.watch(told, ground, tally)
        harassed = await Harassment(work, [replace(told, ends=True)], remote, Plan(0, 0), ground.chance)()
        await remote.order()
    found = await _judged(ground, owed, remote, tally)
    harassed_too(found, harassed, 0)
    found.notes = f"{times} times told to stop, at most {max(ends.seconds):.1f} s, {ends.early} before it was up"
    return found


@dataclass(slots=True)
class Ends:
    """How the bot ended each time."""

    seconds: list[float] = field(default_factory=list)
    early: int = 0

    async def watch(self, settings: BotSettings, ground: Ground, tally: Tally) -> None:
        """Start it, tell it to stop after a random time, see how it ends."""
        before = settings.journal.stat().st_size if settings.journal.exists() else 0
        process = started(work, settings)
        await asyncio.sleep(ground.chance.uniform(0.0, ground.of(quick=1, normal=3, full=3)))
        told = time.monotonic()
        process.terminate()
        claims = None
        while process.exitcode is None and time.monotonic() - told < MOST_SECONDS + 5:
            await asyncio.sleep(0.02)
            if claims is None and time.monotonic() - told > _GRACE:
                claims = _claims(ground)
        self.seconds.append(time.monotonic() - told)
        if process.exitcode == -signal.SIGTERM and not _was_up(settings, before):
            self.early += 1  # the signal came before anything was begun
        elif process.exitcode != 0:
            tally.breach(f"it ended with {process.exitcode} after {self.seconds[-1]:.1f} s")
            process.kill()
        if self.seconds[-1] > MOST_SECONDS:
            tally.breach(f"it took {self.seconds[-1]:.1f} s to end")
        if claims is not None and _claims(ground) != claims:
            tally.breach("it claimed messages after it was told to stop")


def _was_up(settings: BotSettings, before: int) -> bool:
    with settings.journal.open("rb") as journal:
        journal.seek(before)
        return any(json.loads(line).get("event") == "platform_up" for line in journal if line.startswith(b"{"))


def _claims(ground: Ground) -> int:
    with closing(sqlite3.connect(ground.folder / "counterpoint.db")) as connection:
        (claims,) = connection.execute("SELECT coalesce(sum(attempt), 0) FROM deliveries").fetchone()
    return int(claims)

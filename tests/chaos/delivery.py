"""Many posts, many kills, many faults: each message is there once, in order, and the ledger says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Literal

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.domain.ledger import State
from bot.domain.message import part_name, thread_of
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassed, Harassment, Plan
from tests.chaos.judge import judge
from tests.chaos.owing import DESKS, Account, Owed, Owing, account_of, edition_of, now, owe
from tests.chaos.platform import RemoteProcess, remote_process
from tests.chaos.tally import Tally
from tests.chaos.worker import WorkerSettings, work
from tests.fakes.remote.client import RemotePlatform
from tests.fakes.remote.faults import AFTER, Fault, spread
from tests.fakes.remote.remote import Post, Rules

_ENOUGH = 0.9
_FEW = 10
"""Of fewer kills than this one is enough: a short run may end before the next one comes."""
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Kind:
    """A database and a platform."""

    database: Literal["sqlite", "postgres"]
    nonce: bool
    window: float
    readback: bool = True
    workers: int = 1
    share: float = 1.0
    """Of the messages and kills of a whole cell."""
    only_after: bool = False
    """Every fault leaves it open whether the message was taken, and there are more of them."""
    late: bool = False
    """The platform accepts some messages when nobody waits for them any more, but before they are looked for."""
    dies: bool = False
    """The platform's own process dies now and then."""


KINDS = {
    "SQLite, nonce and read-back": Kind("sqlite", nonce=True, window=60.0),
    "SQLite, read-back only": Kind("sqlite", nonce=False, window=0.0),
    "SQLite, nonce window over": Kind("sqlite", nonce=True, window=0.05, share=0.2),
    "SQLite, nothing to look with": Kind("sqlite", nonce=False, window=0.0, readback=False, share=0.2),
    "SQLite, accepted then failed": Kind("sqlite", nonce=False, window=0.0, share=0.2, only_after=True),
    "SQLite, accepted late": Kind("sqlite", nonce=False, window=0.0, share=0.2, late=True),
    "SQLite, the platform dies": Kind("sqlite", nonce=False, window=0.0, share=0.2, dies=True),
    "PostgreSQL, nonce and read-back": Kind("postgres", nonce=True, window=60.0, workers=3),
    "PostgreSQL, read-back only": Kind("postgres", nonce=False, window=0.0, workers=2),
}


def cells() -> Sequence[Cell]:
    """One for each kind."""
    return [Cell(f"delivery: {name}", partial(_run, kind=kind)) for name, kind in KINDS.items()]


async def _run(ground: Ground, *, kind: Kind) -> Tally:
    postings = max(12, round(ground.of(quick=20, normal=400, full=1250) * kind.share / 2) * 2)
    kills = max(2, round(ground.of(quick=4, normal=65, full=210) * kind.share))
    lease = ground.of(quick=2, normal=3, full=3)
    url = ground.sqlite() if kind.database == "sqlite" else await ground.postgres()
    store = build(url)
    due = now()
    owed = await owe(store, postings, due=due)
    # What was due before a process started is looked for by every attempt. The ledger has to manage without that.
    settings = WorkerSettings(url, "", due - LONG_AGO, kind.nonce, kind.readback, lease=lease, patience=lease / 3)
    settings = replace(settings, hurries=not kind.late)
    closed = {f"p{n}": status for n, status in ((3, 403), (5, 404))}
    rules = Rules(nonce_seconds=kind.window, slow_seconds=lease / 2, late_seconds=lease * 0.6)
    seed = ground.chance.randrange(2**31)
    async with remote_process(ground.folder, rules=rules, rates=_rates(kind), seed=seed, closed=closed) as remote:
        plan = Plan(
            kills, owed.messages, freezes=_freezes(ground, kind), freeze_seconds=lease * 1.5, trap_seconds=lease * 2
        )
        pointed = replace(settings, address=remote.address)
        harassed = await Harassment(work, [pointed] * kind.workers, remote, plan, ground.chance)()
        await remote.order()
    tally = judged(ground.name, owed, await account_of(store), remote, kind.readback)
    await store.close()
    return harassed_too(tally, harassed, kills)


def _rates(kind: Kind) -> dict[Fault, float]:
    if kind.only_after:
        return spread(0.25, AFTER)
    rare = {Fault.DIE: 0.005} if kind.dies else {Fault.LATE: 0.04} if kind.late else {}
    return spread(0.02 if kind.late else 0.1) | rare


def _freezes(ground: Ground, kind: Kind) -> int:
    return ground.of(quick=1, normal=5, full=15) if kind.workers > 1 else 0


def harassed_too(tally: Tally, harassed: Harassed, kills: int) -> Tally:
    """Add what was done to the workers, and see that it was enough."""
    tally.kills = harassed.kills
    tally.notes = f"{harassed.freezes} frozen, {harassed.traps} attacks before an answer{tally.notes}"
    if harassed.crashes:
        tally.breach(f"workers ended with {harassed.crashes}")
    if harassed.late:
        tally.breach("it did not come to an end in time")
    elif harassed.kills < (_ENOUGH * kills if kills >= _FEW else min(kills, 1)):
        tally.breach(f"only {harassed.kills} of {kills} kills")
    return tally


def judged(name: str, owed: Owed, account: Account, remote: RemoteProcess, readback: bool) -> Tally:
    """Compare the platform's list with the ledger."""
    posts = remote.posts
    tally = Tally(name, owed.messages, faults=remote.faults.total())
    wanted = {key: [part.key for part in parts if part.state is State.SENT] for key, parts in account.parts.items()}
    findings = judge(wanted, posts)
    tally.lost, tally.double, tally.disorder = findings.lost, findings.double, findings.disorder
    tally.demand_nothing_lost()
    _see_states(tally, account, readback)
    _see_messages(tally, owed, account, posts)
    known = sum(posting.desk in DESKS for posting in account.postings.values())
    if known != owed.postings:
        tally.breach(f"{known} of {owed.postings} postings")
    if remote.deaths:
        tally.notes = f", the platform died {remote.deaths} times"
    return tally


def _see_states(tally: Tally, account: Account, readback: bool) -> None:
    """Everything is settled; what is not sent has a reason, and nothing was parked without need."""
    for posting in account.postings.values():
        parts = account.parts[posting.key]
        held = [part for part in parts if part.state is State.PARKED]
        closed = posting.place in {"p3", "p5"}
        if posting.state is State.PARKED and posting.reason and closed:
            tally.parked += 1
        elif posting.state is State.PARKED and posting.reason and not readback and held:
            tally.parked += len(held)
            if not all(part.doubtful for part in held):
                tally.breach(f"{posting.key} is parked although it is not doubtful")
        elif posting.state is not State.SENT or any(part.state is not State.SENT for part in parts):
            tally.breach(f"{posting.key} is {posting.state}: {posting.reason}")


def _see_messages(tally: Tally, owed: Owed, account: Account, posts: Sequence[Post]) -> None:
    """Every accepted message is known to the ledger under its id, in its thread, with its frozen text."""
    parts = {part.key: part for rows in account.parts.values() for part in rows}
    texts = _texts(owed)
    for post in posts:
        part = parts.get(post.key)
        if part is None:
            tally.breach(f"the platform has {post.id}, which the ledger does not know")
        elif part.state is State.SENT and (part.message, part.thread) != (post.id, post.thread):
            tally.breach(f"{part.posting}/{part.part} is {post.id} in {post.thread}, the ledger says {part.message}")
        elif part.state not in {State.SENT, State.PARKED}:
            tally.breach(f"{part.posting}/{part.part} was accepted and is {part.state}")
        elif post.text != texts.get(_named(account.postings[part.posting], part.part), post.text):
            tally.breach(f"{part.posting}/{part.part} is not what was composed")


def _named(posting: Owing, part: str) -> tuple[str, str, bool]:
    return posting.desk, part, posting.late


def _texts(owed: Owed) -> dict[tuple[str, str, bool], str]:
    platform = RemotePlatform("", FluentCatalogue(), SystemClock())
    found = {}
    for desk in DESKS:
        for late in (False, True):
            for part in thread_of(edition_of(desk, owed.due, owed.parts), late=owed.due if late else None):
                found[desk, part_name(part), late] = platform.shown(part)
    return found

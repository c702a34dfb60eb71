"""Backups under load, and an old one put back: what the ledger forgot is not posted again."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from adapters.storage.sql import build
from bot.domain.ledger import State
from bot.domain.reasons import RESTORED
from tests.chaos.delivery import LONG_AGO
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan
from tests.chaos.owing import Account, account_of, now, owe
from tests.chaos.platform import RemoteProcess, remote_process
from tests.chaos.tally import Tally
from tests.chaos.worker import WorkerSettings, work
from tests.fakes.remote.faults import spread
from tests.fakes.remote.remote import Post, Rules


def cells() -> Sequence[Cell]:
    """Backups, and an old one put back at two moments."""
    return [Cell("restore: backups under load", _back_up), Cell("restore: an old backup", _restore)]


async def _back_up(ground: Ground) -> Tally:
    """Every backup is whole, and agrees with what the platform had accepted by then."""
    wanted = ground.of(quick=3, normal=25, full=50)
    store = build(ground.sqlite())
    due = now()
    owed = await owe(store, ground.of(quick=16, normal=300, full=700), due=due)
    tally = Tally(ground.name, wanted)
    async with remote_process(ground.folder, rules=Rules(), rates=spread(0.05), seed=ground.seed) as remote:
        settings = WorkerSettings(ground.sqlite(), remote.address, due - LONG_AGO, nonce=False)
        posting = asyncio.create_task(Harassment(work, [settings], remote, Plan(0, owed.messages), ground.chance)())
        taken = []
        for number in range(wanted):
            await _until(remote, owed.messages * number // (wanted + 1), posting)
            taken.append(ground.folder / f"backup-{number}.db")
            await store.backup(taken[-1])
        await posting
        tally.faults = remote.faults.total()
    await store.close()
    posts = remote.posts
    shares = [await _audit(tally, path, posts) for path in taken]
    tally.notes = f"{min(shares):.0%} to {max(shares):.0%} of the messages were in the backups"
    return tally


async def _until(remote: RemoteProcess, accepted: int, posting: "asyncio.Task[object]") -> None:
    while not posting.done() and (await remote.order())["accepted"] < accepted:
        await asyncio.wait({posting}, timeout=0.02)


async def _audit(tally: Tally, path: Path, posts: Sequence[Post]) -> float:
    """See that a backup is sound, and that nothing it says is wrong; the share of messages it knows as sent."""
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if found != "ok" or broken:
        tally.breach(f"{path.name}: {found} {broken}")
    store = build(f"sqlite:///{path}")
    account = await account_of(store)
    await store.close()
    known = {post.id: post for post in posts}
    sent = [part for parts in account.parts.values() for part in parts if part.state is State.SENT]
    for part in sent:
        post = known.get(part.message or "")
        if post is None or (post.key, post.thread) != (part.key, part.thread):
            tally.breach(f"{path.name}: {part.posting}/{part.part} was sent as {part.message}, the platform has {post}")
    for posting in account.postings.values():
        parts = account.parts[posting.key]
        if posting.state is State.SENT and not (parts and all(part.state is State.SENT for part in parts)):
            tally.breach(f"{path.name}: {posting.key} is sent, its parts are not")
    return len(sent) / max(len(posts), 1)


async def _restore(ground: Ground) -> Tally:
    """Go on after a backup, put the old database back, begin again."""
    postings = ground.of(quick=24, normal=300, full=1000)
    path = ground.folder / "counterpoint.db"
    store = build(ground.sqlite())
    due = now()
    owed = await owe(store, postings, due=due)
    tally = Tally(ground.name, owed.messages)
    async with remote_process(ground.folder, rules=Rules(), rates=spread(0.05), seed=ground.seed) as remote:
        settings = WorkerSettings(ground.sqlite(), remote.address, None, nonce=False)
        first = asyncio.create_task(Harassment(work, [settings], remote, Plan(0, owed.messages), ground.chance)())
        await _until(remote, round(owed.messages * 0.3), first)
        backup = ground.folder / "backup.db"
        await store.backup(backup)
        await _until(remote, round(owed.messages * 0.7), first)
        first.cancel()  # the worker is killed
        with suppress(asyncio.CancelledError):
            await first
        await store.close()
        _put_back(backup, path)
        harassed = await Harassment(work, [settings], remote, Plan(0, owed.messages), ground.chance)()
        await remote.order()
        tally.faults = remote.faults.total()
    store = build(ground.sqlite())
    _judge(tally, await account_of(store), remote.posts, owed.parts)
    await store.close()
    tally.kills = 1
    if harassed.crashes or harassed.late:
        tally.breach(f"the worker did not come to its end: {harassed}")
    return tally


def _put_back(backup: Path, path: Path) -> None:
    for companion in ("", "-wal", "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    backup.rename(path)


def _judge(tally: Tally, account: Account, posts: Sequence[Post], parts: int) -> None:
    times = Counter(post.key for post in posts)
    tally.double = sum(count - 1 for count in times.values())
    if tally.double:
        tally.breach(f"{tally.double} doubled")
    restored = unfinished = 0
    for posting in account.postings.values():
        rows = account.parts[posting.key]
        there = sum(row.key in times for row in rows)
        if posting.state is State.SKIPPED and posting.reason == RESTORED:
            restored += 1
            unfinished += there < parts
        elif posting.state is not State.SENT or there < parts:
            tally.lost += 1
            tally.breach(f"{posting.key} is {posting.state} with {there} of {parts} messages: {posting.reason}")
    tally.notes = f"{restored} left alone because their card was there, {unfinished} of them half posted"
    if not restored:
        tally.breach("the backup was not older than what was posted: the test proves nothing")

"""Servers and their limits where a disk, another process or much data gets in the way."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from adapters.storage.database import SqlStore
from adapters.storage.sql import build
from bot.domain.kept import Used
from bot.domain.ledger import State
from bot.domain.place import Place
from bot.errors import StoreError, StoreUnavailable
from tests.contract.ledger_samples import DUE, POSTING, begin, keep_posting, part, settle, take

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 9)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A database file."""
    opened = build(f"sqlite:///{tmp_path}/counterpoint.db")
    yield opened
    await opened.close()


SPEND_ALL = """
import asyncio, sys
from datetime import date
from adapters.storage.sql import build

async def main():
    store = build(sys.argv[1])
    await store.migrate()
    print("ready", flush=True)
    sys.stdin.readline()
    left = 0
    while left is not None:
        async with store.unit() as unit:
            left = await unit.usage.spend("discord:5", "discord:1", "now", date(2026, 3, 9), 60)
            await unit.commit()
        if left is not None:
            print(left, flush=True)
    await store.close()

asyncio.run(main())
"""


def told_to_processes_that_spend_at_once(url: str, number: int) -> list[int]:
    """What they were told is left, each time, until there was nothing."""
    command = [sys.executable, "-c", SPEND_ALL, url]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(number)
    ]
    told: list[str] = []
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            told += process.communicate(timeout=60)[0].split()
    finally:
        for process in processes:
            process.kill()
            process.communicate(timeout=30)
    return [int(left) for left in told]


async def test_processes_that_spend_at_once_spend_no_more_than_there_is(store: SqlStore) -> None:
    """Each number that is left was told to one of them."""
    told = told_to_processes_that_spend_at_once(f"sqlite:///{store.where}", 3)
    assert sorted(told) == list(range(60))
    async with store.unit() as unit:
        assert await unit.usage.find("discord:5") == [Used("discord:5", "discord:1", "now", TODAY, 60)]


async def test_a_count_that_finds_no_room_is_not_spent(store: SqlStore) -> None:
    """The person is told that it failed, and has as many left as before."""
    async with store.unit() as unit:
        assert await unit.usage.spend("discord:5", "discord:1", "now", TODAY, 3) == 2
        await unit.commit()
    async with store.reader() as connection:  # the pool hands this connection to the next unit
        await connection.exec_driver_sql("PRAGMA query_only=ON")
    async with store.unit() as unit:
        with pytest.raises(StoreUnavailable, match="cannot be used now"):
            await unit.usage.spend("discord:5", "discord:1", "now", TODAY, 3)
    async with store.reader() as connection:
        await connection.exec_driver_sql("PRAGMA query_only=OFF")
    async with store.unit() as unit:
        assert await unit.usage.spend("discord:5", "discord:1", "now", TODAY, 3) == 1


async def test_erasing_that_fails_in_between_erases_nothing(store: SqlStore) -> None:
    """No messages without their posting, no server without its subscriptions."""
    await keep_posting(store, POSTING)
    await begin(store)
    async with store.unit() as unit:
        await unit.tenants.arrive(POSTING.tenant, at=DUE)
        await unit.commit()
    async with store.writer() as connection:
        await connection.exec_driver_sql(
            "CREATE TRIGGER stop BEFORE DELETE ON tenants BEGIN SELECT RAISE(ABORT, 'it was stopped'); END"
        )
        await connection.commit()

    async def erase() -> None:
        async with store.unit() as unit:
            await unit.tenants.erase(POSTING.tenant)
            await unit.commit()

    with pytest.raises(StoreError, match="it was stopped"):
        await erase()
    async with store.unit() as unit:
        assert await unit.postings.find(keys=[POSTING.key]) == [POSTING]
        assert await unit.tenants.present("discord") == [POSTING.tenant]
    assert len(await begin(store, POSTING.key, ())) == 4


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Everything that is sent to a database meanwhile, with its variables."""
    told: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, variables: object, *_: object) -> None:
        told.append((statement, variables))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield told
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(
    ("place", "message", "index"),
    [
        (Place("discord", "17"), "m1", "deliveries_message (message=?"),
        (Place("discord", "17", "t1"), None, "deliveries_thread (thread=?"),
        (Place("discord", "17"), None, "postings_place (place=?"),
    ],
)
async def test_where_something_was_said_is_looked_up_by_index(
    store: SqlStore, place: Place, message: str | None, index: str
) -> None:
    """At every message that people write: however much was posted, no table is read whole."""
    await keep_posting(store, POSTING)
    await begin(store)
    held = await take(store, await part(store))
    assert held is not None
    assert await settle(store, replace(held, state=State.SENT, message="m1", thread="t1"))
    with statements() as told:
        async with store.unit() as unit:
            assert await unit.threads.edition_at(place, message) == POSTING.edition
            assert len(await unit.threads.standing(POSTING.edition or "", "discord", "17")) == 1
    plans = []
    async with store.reader() as connection:
        for statement, variables in told:
            found = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", variables)).mappings()
            plans.append("; ".join(str(row["detail"]) for row in found))
    asked, standing = plans
    assert index in asked
    assert "postings_place (place=? AND edition=?)" in standing
    assert "SCAN" not in asked + standing

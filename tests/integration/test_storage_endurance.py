"""What the database keeps when a process, a task or another writer gets in the way."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.storage.database import SqlStore
from adapters.storage.sql import build
from bot.domain.health import SourceState
from bot.errors import StoreError, StoreUnavailable

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


WRITE_UNTIL_KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from adapters.storage.sql import build
from bot.domain.health import SourceState

async def main():
    store = build(sys.argv[1])
    number = int(sys.argv[2])
    while True:
        async with store.unit() as unit:
            for part in range(5):
                assert await unit.inbounds.claim("console", f"{number}.{part}", at=datetime(2026, 3, 9, tzinfo=UTC))
            await unit.sources.put(SourceState("count", cursor=str(number)))
            await unit.commit()
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""


def acknowledged_before_the_kill(url: str, begin: int, kill_after: int) -> int:
    """Let a process write, kill it without warning, and return the last unit it had told us of."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, url, str(begin)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(kill_after)]
    process.kill()
    told += process.stdout.readlines()
    process.stdout.close()
    process.wait(timeout=30)
    return int([line for line in told if line.endswith("\n")][-1])


async def test_a_killed_process_loses_nothing_it_had_committed(tmp_path: Path) -> None:
    """After each kill: the file is sound, every acknowledged unit is there, and each one whole."""
    path = tmp_path / "counterpoint.db"
    begin = 0
    for kill_after in (1, 7, 23, 60):
        acknowledged = acknowledged_before_the_kill(f"sqlite:///{path}", begin, kill_after)
        store = build(f"sqlite:///{path}")
        async with store.unit() as unit:
            last = int((await unit.sources.get(["count"]))["count"].cursor or -1)
        await store.close()
        assert last >= acknowledged >= begin + kill_after - 1
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM inbounds").fetchone() == (5 * (last + 1),)
        begin = last + 1


USE_AND_CLOSE = """
import asyncio, sys, threading
from adapters.storage.sql import build
from bot.domain.health import SourceState

async def one(store, number):
    async with store.unit() as unit:
        await unit.sources.get(["a"])
        await unit.sources.put(SourceState(str(number)))
        await unit.commit()

async def main():
    store = build(sys.argv[1])
    await asyncio.gather(*(one(store, number) for number in range(20)))
    await store.close()

asyncio.run(main())
print([thread.name for thread in threading.enumerate()])
"""


def test_a_process_that_closed_its_store_ends(tmp_path: Path) -> None:
    """No connection's thread is left to hold it."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USE_AND_CLOSE, f"sqlite:///{tmp_path}/counterpoint.db"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "['MainThread']\n", "")


def connection_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "_connection_worker" in thread.name}


async def test_closing_ends_every_thread(tmp_path: Path) -> None:
    """Also after units that were cancelled or failed."""
    before = connection_threads()
    store = build(f"sqlite:///{tmp_path}/counterpoint.db")

    async def writes(number: int) -> None:
        async with store.unit() as unit:
            await unit.sources.put(SourceState(str(number)))
            await unit.commit()

    tasks = [asyncio.create_task(writes(number)) for number in range(12)]
    for steps, task in enumerate(tasks):
        for _ in range(steps * 20):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await store.close()
    for thread in connection_threads() - before:
        thread.join(timeout=30)  # it says that the connection is closed just before it ends
    assert connection_threads() == before
    assert names_in(tmp_path) == ["counterpoint.db", "home"]  # the log was folded in


@pytest.fixture
async def hasty(tmp_path: Path) -> SqlStore:
    """A store that waits for nobody."""
    opened = build(f"sqlite:///{tmp_path}/counterpoint.db", patience=timedelta(0))
    await opened.migrate()
    return opened


async def test_a_unit_that_waits_too_long_for_another_says_so(hasty: SqlStore) -> None:
    """Such as one begun inside of another: an error with a sentence, not a stand-still."""
    async with hasty.unit() as outer:
        await outer.sources.put(SourceState("a"))
        async with hasty.unit() as inner:
            with pytest.raises(StoreUnavailable, match="another unit"):
                await inner.sources.put(SourceState("a", cursor="inner"))
        await outer.commit()
    async with hasty.unit() as unit:
        assert await unit.sources.get(["a"]) == {"a": SourceState("a")}
    await hasty.close()


async def test_another_process_that_writes_too_long_is_told_of(hasty: SqlStore, tmp_path: Path) -> None:
    """Reading goes on meanwhile, and writing when the other one is done."""
    with closing(sqlite3.connect(tmp_path / "counterpoint.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with hasty.unit() as unit:
            with pytest.raises(StoreUnavailable, match="database is locked"):
                await unit.sources.put(SourceState("a"))
            assert await unit.sources.get(["a"]) == {}
            other.execute("ROLLBACK")
            await unit.sources.put(SourceState("a"))
            await unit.commit()
    async with hasty.unit() as unit:
        assert await unit.sources.get(["a"]) == {"a": SourceState("a")}
    await hasty.close()


async def test_a_unit_whose_write_was_cancelled_cannot_be_committed(hasty: SqlStore) -> None:
    """Whoever catches the cancellation and commits must not keep an unknown part."""
    async with hasty.unit() as unit:
        await unit.sources.put(SourceState("a"))
        task = asyncio.create_task(unit.sources.put(SourceState("b")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(StoreError, match="cancelled"):
            await unit.commit()
    async with hasty.unit() as unit:
        assert await unit.sources.get("ab") == {}
    await hasty.close()


async def test_a_task_may_be_cancelled_again_while_it_gives_back(hasty: SqlStore) -> None:
    """However impatient the caller: nothing is kept, and nothing stays locked."""

    async def writes() -> None:
        async with hasty.unit() as unit:
            await unit.sources.put(SourceState("a"))
            await unit.commit()

    task = asyncio.create_task(writes())
    await asyncio.sleep(0)
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    async with hasty.unit() as unit:
        assert await unit.sources.get("a") == {}
        await unit.sources.put(SourceState("a"))
    await hasty.close()


async def test_a_commit_that_has_begun_comes_to_its_end(hasty: SqlStore) -> None:
    """Its task is cancelled afterwards: the cancellation is not swallowed, and the outcome is not in doubt."""
    async with hasty.unit() as unit:
        await unit.sources.put(SourceState("a"))
        task = asyncio.create_task(unit.commit())
        for _ in range(3):
            await asyncio.sleep(0)
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await unit.sources.get("a") == {"a": SourceState("a")}
    async with hasty.unit() as unit:
        assert await unit.sources.get("a") == {"a": SourceState("a")}
    await hasty.close()


async def test_a_full_disk_is_told_of_and_loses_nothing(hasty: SqlStore) -> None:
    """What was committed stays; writing resumes when there is room."""
    async with hasty.unit() as unit:
        await unit.sources.put(SourceState("a"))
        await unit.commit()
    async with hasty.reader() as connection:  # the pool hands this connection to the next unit
        await connection.exec_driver_sql("PRAGMA max_page_count=1")
    async with hasty.unit() as unit:
        with pytest.raises(StoreUnavailable, match="full"):
            await unit.sources.put(SourceState("b", reason="x" * 100_000))
        with pytest.raises(StoreError, match="nothing of it is kept"):
            await unit.commit()
    async with hasty.reader() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    async with hasty.unit() as unit:
        assert await unit.sources.get("ab") == {"a": SourceState("a")}
        await unit.sources.put(SourceState("b", reason="x" * 100_000))
        await unit.commit()
    await hasty.close()

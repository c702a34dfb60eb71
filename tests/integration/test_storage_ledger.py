"""The delivery ledger where a disk, a clock or a backup gets in the way."""

import asyncio
import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from adapters.storage import file, schema
from adapters.storage.database import SqlStore
from adapters.storage.failure import translated
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.domain.ledger import Delivery, State
from bot.errors import StoreCorrupt, StoreError, StoreUnavailable
from bot.ports.store import Unit
from tests.contract import conftest as databases
from tests.contract.ledger_samples import DUE, LEASE, POSTING, begin, keep_posting, part, posting_states, settle, take

ROOT = Path(__file__).parents[2]
database_url = databases.database_url
postgres_server = databases.postgres_server
migrated_postgres = databases.migrated_postgres
postgres_url = databases.postgres_url
sqlite_url = databases.sqlite_url
migrated_sqlite = databases.migrated_sqlite


@pytest.fixture
async def begun(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A database file with a composed posting whose parts are there."""
    store = build(f"sqlite:///{tmp_path}/counterpoint.db")
    await keep_posting(store, POSTING)
    await begin(store)
    yield store
    await store.close()


@contextmanager
def no_room_on_the_disk(store: SqlStore) -> Iterator[None]:
    """No file of this process may become larger than the database's log is now: its next commit finds no room."""
    log = Path(f"{store.where}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def refused(store: SqlStore, use: Callable[[Unit], Awaitable[object]]) -> StoreUnavailable:
    """What the caller is told when this cannot be kept."""

    async def keep() -> None:
        async with store.unit() as unit:
            await use(unit)
            await unit.commit()

    with pytest.raises(StoreUnavailable) as refusal:
        await keep()
    return refusal.value


async def test_a_claim_that_finds_no_room_is_none(begun: SqlStore) -> None:
    """The caller is told before it asks the platform; the part is as it was, and is claimed when there is room."""
    card = await part(begun)
    with no_room_on_the_disk(begun):
        told = await refused(begun, lambda unit: unit.ledger.take(card, LEASE))
    assert str(told).startswith(f"The database {begun.where} cannot be used now")
    assert await part(begun) == card
    assert await posting_states(begun) == {State.COMPOSED: 1}
    assert await take(begun, card) is not None


async def test_a_result_that_finds_no_room_leaves_an_intent(begun: SqlStore) -> None:
    """So whoever comes next looks first; the same attempt may still be settled when there is room."""
    held = await take(begun, await part(begun))
    assert held is not None
    sent = replace(held, state=State.SENT, message="m1")
    with no_room_on_the_disk(begun):
        await refused(begun, lambda unit: unit.ledger.settle(sent, at=DUE))
        await refused(begun, lambda unit: unit.ledger.settle(replace(sent, reason="x" * 100_000), at=DUE))
    assert await part(begun) == replace(held, doubtful=True)
    assert await settle(begun, sent)
    assert await part(begun) == replace(sent, sent_at=DUE)
    with closing(sqlite3.connect(begun.where)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_database_that_may_not_be_written_is_told_of(begun: SqlStore) -> None:
    """Reading goes on."""
    card = await part(begun)
    async with begun.reader() as connection:  # the pool hands this connection to the next unit
        await connection.exec_driver_sql("PRAGMA query_only=ON")
    assert "readonly" in str(await refused(begun, lambda unit: unit.ledger.take(card, LEASE)))
    assert await part(begun) == card


@pytest.mark.parametrize("change", ["state = 'sonnet'", "sent_at = 'yesterday'", "digest = X'FFFE', state = X'FFFE'"])
async def test_a_row_that_was_never_written_is_damage(begun: SqlStore, change: str) -> None:
    """It is reported, not posted."""
    async with begun.writer() as connection:
        await connection.exec_driver_sql(f"UPDATE deliveries SET {change} WHERE part = 'card'")
        await connection.commit()
    with pytest.raises(StoreCorrupt, match=r"counterpoint\.db is damaged"):
        await begin(begun)


async def test_damage_met_while_running_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim on torn pages is an error with the file's name."""
    monkeypatch.setattr(file, "LARGEST_CHECKED", 0)
    path = tmp_path / "counterpoint.db"
    store = build(f"sqlite:///{path}")
    await keep_posting(store, POSTING)
    (card, *_) = await begin(store)
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'deliveries' ORDER BY rootpage"
        ).fetchall()
    content = bytearray(path.read_bytes())
    for (page,) in pages:
        content[(page - 1) * 4096 : (page - 1) * 4096 + 12] = b"\xff" * 12
    path.write_bytes(content)
    again = build(f"sqlite:///{path}")
    with pytest.raises(StoreCorrupt, match=r"counterpoint\.db is damaged"):
        await take(again, card)
    await again.close()


@pytest.mark.parametrize("offset", [0, 3600, -86_400.5, 86_400 * 400])
async def test_leases_run_on_the_databases_clock(database_url: str, offset: float) -> None:
    """It is this machine's, in the form that instants are kept in; what tests add to it is added."""
    store = build(database_url)
    store.clock_offset = timedelta(seconds=offset)
    clock = SystemClock()
    async with store.unit() as unit:
        before = clock.now()
        await unit.leases.take("a", "one", LEASE)
        after = clock.now()
        await unit.commit()
    async with store.reader() as connection:
        until: datetime = (await connection.execute(select(schema.leases.c.until))).scalar_one()
        as_kept = (await connection.exec_driver_sql("SELECT until FROM leases")).scalar_one()
    tick = timedelta(milliseconds=1)
    assert before - tick <= until - LEASE - store.clock_offset <= after + tick
    if database_url.startswith("sqlite"):
        assert (len(as_kept), as_kept[10], as_kept[-4:]) == (27, "T", "000Z")
    await store.close()


async def test_a_moment_compares_with_instants(database_url: str) -> None:
    """Leases that others wrote to the microsecond are compared in order of time, on both sides of now."""
    store = build(database_url)
    await store.migrate()
    now = SystemClock().now()
    second = timedelta(seconds=30)
    rows = [
        {"name": name, "holder": "one", "until": now + by}
        for name, by in (("later", second), ("ended", -second), ("year", timedelta(days=366)))
    ]
    async with store.writer() as connection:
        await connection.execute(insert(schema.leases), rows)
        await connection.commit()
    async with store.unit() as unit:
        assert await unit.leases.held("") == ["later", "year"]
    await store.close()


SEND_UNTIL_KILLED = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from adapters.storage.sql import build
from bot.domain.ledger import Delivery, State

PARTS = ("card", "story-1", "question")

async def main():
    store = build(sys.argv[1])
    number = 0
    while True:
        key = f"{number}/2026-03-09/am"
        async with store.unit() as unit:
            parts = [Delivery(key, name, place, "0" * 64) for place, name in enumerate(PARTS)]
            parts = await unit.ledger.begin(key, parts)
            await unit.commit()
        for part in parts:
            async with store.unit() as unit:
                held = await unit.ledger.take(part, timedelta(minutes=2))
                await unit.commit()
            async with store.unit() as unit:
                sent = replace(held, state=State.SENT, message=part.key)
                assert await unit.ledger.settle(sent, at=datetime(2026, 3, 9, tzinfo=UTC))
                await unit.commit()
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""


def faults_in(path: Path) -> list[tuple[object, ...]]:
    """Postings of a ledger that no order of these steps could have left behind."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(
            """
            SELECT posting, group_concat(state) FROM (SELECT * FROM deliveries ORDER BY posting, number)
            GROUP BY posting
            HAVING count(*) <> 3
                OR sum(state = 'intent') > 1
                OR sum(state = 'sent' AND (message IS NULL OR sent_at IS NULL OR attempt <> 1)) > 0
                OR sum(state = 'intent' AND (message IS NOT NULL OR lease_until IS NULL)) > 0
                OR max(CASE WHEN state = 'sent' THEN number ELSE -1 END) + 1 <> sum(state = 'sent')
            """
        ).fetchall()


def test_a_backup_made_while_another_process_sends_is_sound(tmp_path: Path) -> None:
    """It holds what was acknowledged before it began, and each part as it was between two units; it can be used."""
    source = tmp_path / "counterpoint.db"
    process = subprocess.Popen(
        [sys.executable, "-c", SEND_UNTIL_KILLED, f"sqlite:///{source}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        for number in range(6):
            acknowledged = int(process.stdout.readline())
            copy = tmp_path / f"copy-{number}.db"
            asyncio.run(build(f"sqlite:///{source}").backup(copy))
            assert faults_in(copy) == []
            with closing(sqlite3.connect(copy)) as connection:
                sent = connection.execute("SELECT count(*) FROM deliveries WHERE state = 'sent'").fetchone()
            assert sent[0] >= 3 * (acknowledged + 1)
    finally:
        process.kill()
        process.communicate(timeout=30)
    assert faults_in(source) == []
    assert 1 <= asyncio.run(takes_up(copy)) <= 1 + 3  # its own, and those of the one posting that was open


async def takes_up(path: Path) -> int:
    """How many parts a restored ledger lets a process claim, once every lease ran out."""
    store = build(f"sqlite:///{path}")
    store.clock_offset = LEASE
    await begin(store, "next", [Delivery("next", "card", 0, "0" * 64)])
    async with store.reader() as connection:
        wanted = select(schema.deliveries.c.posting, schema.deliveries.c.part)
        open_parts = (await connection.execute(wanted.where(schema.deliveries.c.state != State.SENT.value))).all()
    claims = [await take(store, await part(store, name, posting)) for posting, name in open_parts]
    await store.close()
    assert all(claim is not None for claim in claims)
    return len(claims)


async def test_a_ledger_in_another_programs_hands_is_told_of(tmp_path: Path) -> None:
    """Whoever holds the file for longer than our patience: a sentence, and the part is as it was."""
    store = build(f"sqlite:///{tmp_path}/counterpoint.db", patience=timedelta(0))
    await keep_posting(store, POSTING)
    (card, *_) = await begin(store)
    with closing(sqlite3.connect(store.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in str(await refused(store, lambda unit: unit.ledger.take(card, LEASE)))
        assert await part(store) == card
    assert await take(store, card) is not None
    await store.close()


@pytest.mark.postgres
async def test_a_claim_whose_server_goes_away_is_none(postgres_url: str) -> None:
    """Between the claim and its commit: the caller is told, and the part is as it was."""
    store = build(postgres_url)
    await keep_posting(store, POSTING)
    (card, *_) = await begin(store)
    async with store.unit() as unit:
        assert await unit.ledger.take(card, LEASE) is not None
        async with store.reader() as connection:
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(StoreError):
            await unit.commit()
    assert await part(store) == card
    assert await take(store, card) is not None
    await store.close()


@pytest.mark.postgres
async def test_units_that_wait_for_each_other_are_told_apart(postgres_url: str) -> None:
    """The server ends one of two that hold what the other wants; it says so as something that may work later."""
    store = build(postgres_url)
    await keep_posting(store, POSTING)
    await begin(store)
    lock = "SELECT 1 FROM deliveries WHERE part = '{}' FOR UPDATE"
    met = asyncio.Barrier(2)

    async def holds(first: str, second: str) -> type[StoreError] | None:
        try:
            with translated(store.where):
                async with store.reader() as connection:
                    await connection.exec_driver_sql(lock.format(first))
                    await met.wait()
                    await connection.exec_driver_sql(lock.format(second))
        except StoreError as error:
            return type(error)
        return None

    outcomes = await asyncio.gather(holds("card", "story-1"), holds("story-1", "card"))
    assert sorted(outcomes, key=str) == [StoreUnavailable, None]
    await store.close()

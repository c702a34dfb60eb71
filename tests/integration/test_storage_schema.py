"""The schema: migrations arrive where the tables are declared, and copies are whole."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from adapters import storage
from adapters.storage import database, migration
from adapters.storage.database import SqlStore
from adapters.storage.failure import translated
from adapters.storage.schema import REVISION, VERSION_TABLE, metadata
from adapters.storage.sql import build
from bot.domain.claim import Claim
from bot.domain.edition import Window
from bot.domain.grant import Grant
from bot.domain.health import SourceState
from bot.domain.ledger import Delivery, State
from bot.errors import StoreCorrupt, StoreError, StoreTooNew, StoreUnavailable
from bot.ports.store import EditionKey
from tests.contract import conftest as databases
from tests.contract.ledger_samples import POSTING, begin, keep_posting, part, settle, take

database_url = databases.database_url
postgres_server = databases.postgres_server
postgres_url = databases.new_postgres_url
sqlite_url = databases.new_sqlite_url


def copies_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "copy" in path.name]


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True, "version_table": VERSION_TABLE}
    found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


async def test_migrations_arrive_at_the_declared_tables(database_url: str) -> None:
    """Alembic finds no difference, on either database."""
    store = build(database_url)
    await store.migrate()
    async with store.reader() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(migration.revision) == REVISION
    assert await store.revision() == REVISION
    await store.close()


def test_the_newest_migration_is_the_declared_revision() -> None:
    """One line of revisions, and its end is what the code expects."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__path__[0]) / "migrations"))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


async def test_an_interrupted_migration_leaves_nothing(database_url: str) -> None:
    """The tables and their revision come together or not at all; the next start finishes."""
    store = build(database_url)
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).parent.mkdir()
    async with store.writer() as connection:
        await connection.run_sync(migration.upgrade, "it")
        assert await connection.run_sync(lambda c: inspect(c).has_table("inbounds"))
    assert await store.revision() is None
    assert await store.migrate() == REVISION
    await store.close()


@contextmanager
def a_release(revision: str, folder: Path) -> Iterator[None]:
    """Code that knows the schema up to a revision only."""
    newer = f"000[{int(revision) + 1}-9]*"
    migrations = shutil.copytree(
        Path(storage.__path__[0]) / "migrations",
        folder / revision,
        ignore=shutil.ignore_patterns(newer, "__pycache__"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migration, "_FOLDER", migrations)
        patch.setattr(migration, "REVISION", revision)
        patch.setattr(database, "REVISION", revision)
        yield


async def kept_by_the_first_release(url: str, folder: Path) -> SqlStore:
    """A database as the first release left it, still open in its process."""
    store = build(url)
    edition = databases.an_edition()
    key = EditionKey("default", "a" * 64, edition.window, "am", "en", "extractive")
    with a_release("0001", folder):
        assert await store.migrate() == "0001"
        async with store.unit() as unit:
            await unit.sources.put(SourceState("a"))
            await unit.editions.add(key, edition)
            await unit.inbounds.claim("discord", "1", at=databases.MORNING)
            await unit.commit()
    return store


async def test_a_database_of_the_first_release_is_brought_up_to_date(database_url: str, tmp_path: Path) -> None:
    """What it kept is there, the new tables are as declared, and the ledger works."""
    await (await kept_by_the_first_release(database_url, tmp_path)).close()
    store = build(database_url)
    assert await store.revision() == "0001"
    async with store.unit() as unit:
        assert await unit.sources.get("a") == {"a": SourceState("a")}
        assert await unit.editions.get("latest") == databases.an_edition()
        assert not await unit.inbounds.claim("discord", "1", at=databases.MORNING)
        (card,) = await unit.ledger.begin("a", [Delivery("a", "card", 0, "0" * 64)])
        assert await unit.ledger.take(card, timedelta(minutes=2)) is not None
    assert await store.revision() == REVISION
    async with store.reader() as connection:
        assert await connection.run_sync(differences) == []
    await store.close()


async def test_what_an_earlier_release_posted_is_found_after_an_update(database_url: str, tmp_path: Path) -> None:
    """The ledger of 0002 stays as it is, and the messages it knows name their edition."""
    old = build(database_url)
    with a_release("0002", tmp_path):
        assert await old.migrate() == "0002"
        await keep_posting(old, POSTING)
        await begin(old)
        held = await take(old, await part(old))
        assert held is not None
        assert await settle(old, replace(held, state=State.SENT, message="m1", thread="t1"))
        kept = [*await begin(old, POSTING.key, ())]
        await old.close()
    new = build(database_url)
    async with new.unit() as unit:
        assert await unit.threads.edition_at(POSTING.place, "m1") == POSTING.edition
        assert await unit.threads.edition_at(replace(POSTING.place, thread="t1")) == POSTING.edition
        assert [*await unit.tenants.present("discord"), *await unit.follows.find()] == []
        assert await unit.tenants.arrive(POSTING.tenant, at=databases.MORNING)
        assert await unit.usage.spend("discord:5", POSTING.tenant, "now", POSTING.date, 3) == 2
    assert await begin(new, POSTING.key, ()) == kept
    async with new.reader() as connection:
        assert await connection.run_sync(differences) == []
    await new.close()


async def test_a_database_of_the_release_before_slack_takes_grants(database_url: str, tmp_path: Path) -> None:
    """What servers had set up is there, and the new table is as declared."""
    old = build(database_url)
    with a_release("0003", tmp_path):
        assert await old.migrate() == "0003"
        await keep_posting(old, POSTING)
        async with old.unit() as unit:
            assert await unit.tenants.arrive(POSTING.tenant, at=databases.MORNING)
            await unit.commit()
        await old.close()
    new = build(database_url)
    granted = Grant("slack/team/T1", POSTING.tenant, "v0:secret", databases.MORNING)
    async with new.unit() as unit:
        assert [*await unit.grants.find(), *await unit.tenants.present("discord")] == [POSTING.tenant]
        await unit.grants.put(granted)
        await unit.commit()
        assert await unit.grants.find(tenant=POSTING.tenant) == [granted]
        assert await unit.postings.find(keys=[POSTING.key]) == [POSTING]
    async with new.reader() as connection:
        assert await connection.run_sync(differences) == []
    await new.close()


async def test_a_database_of_the_release_before_models_takes_claims(database_url: str, tmp_path: Path) -> None:
    """What workspaces granted is there, and the new table is as declared."""
    old = build(database_url)
    granted = Grant("slack/team/T1", POSTING.tenant, "v0:secret", databases.MORNING)
    with a_release("0004", tmp_path):
        assert await old.migrate() == "0004"
        async with old.unit() as unit:
            await unit.grants.put(granted)
            await unit.commit()
        await old.close()
    new = build(database_url)
    claim = Claim("a" * 16, "ada", "feed:a", "b" * 16, "", "Gulls never drift.", databases.MORNING)
    window = Window(databases.MORNING - timedelta(days=1), databases.MORNING)
    async with new.unit() as unit:
        assert await unit.claims.said(["feed:a"], window, most=9) == []
        assert await unit.claims.add([claim]) == 1
        await unit.commit()
        assert await unit.claims.said(["feed:a"], window, most=9) == [claim]
        assert await unit.grants.find() == [granted]
    async with new.reader() as connection:
        assert await connection.run_sync(differences) == []
    await new.close()


async def test_an_interrupted_update_leaves_the_first_release_as_it_was(database_url: str, tmp_path: Path) -> None:
    """All of the new tables come or none; the next start finishes."""
    await (await kept_by_the_first_release(database_url, tmp_path)).close()
    store = build(database_url)
    async with store.writer() as connection:
        await connection.run_sync(migration.upgrade, "it")
        assert await connection.run_sync(lambda c: inspect(c).has_table("deliveries"))
    assert await store.revision() == "0001"
    async with store.reader() as connection:
        assert not await connection.run_sync(lambda c: inspect(c).has_table("deliveries"))
    assert await store.migrate() == REVISION
    await store.close()


async def test_the_first_release_does_not_open_a_newer_schema(database_url: str, tmp_path: Path) -> None:
    """It says so and changes nothing. One that has it open already goes on: its tables are as they were."""
    running = await kept_by_the_first_release(database_url, tmp_path)
    new = build(database_url)
    assert await new.migrate() == REVISION
    with a_release("0001", tmp_path / "again"):
        old = build(database_url)
        with pytest.raises(StoreTooNew, match=rf"its schema is {REVISION}, this one knows up to 0001"):
            await old.migrate()
        await old.close()
        async with running.unit() as unit:
            await unit.sources.put(SourceState("b"))
            await unit.commit()
    async with new.unit() as unit:
        assert await unit.sources.get("ab") == {"a": SourceState("a"), "b": SourceState("b")}
    assert await new.revision() == REVISION
    await running.close()
    await new.close()


async def test_stores_that_open_an_empty_database_at_once_all_work(database_url: str) -> None:
    """As several workers do on their first start."""
    stores = [build(database_url) for _ in range(4)]
    await asyncio.gather(*(store.migrate() for store in stores))
    for store in stores:
        await store.close()


@pytest.mark.postgres
async def test_a_unit_that_failed_on_the_server_cannot_be_committed(postgres_url: str) -> None:
    """The server would answer that commit with a silent rollback."""
    store = build(postgres_url)
    async with store.unit() as unit:
        await unit.sources.put(SourceState("a"))
        async with store.reader() as connection:
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(StoreUnavailable):
            await unit.sources.put(SourceState("b"))
        with pytest.raises(StoreError, match="nothing of it is kept"):
            await unit.commit()
    async with store.unit() as unit:
        assert await unit.sources.get("ab") == {}
        await unit.sources.put(SourceState("a"))
        await unit.commit()
    await store.close()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("state", "error"), [("XX001", StoreCorrupt), ("53100", StoreUnavailable), ("22012", StoreError)]
)
async def test_what_a_server_reports_comes_in_our_words(postgres_url: str, state: str, error: type[StoreError]) -> None:
    """Damaged data, a full disk, anything else: by its SQLSTATE."""
    store = build(postgres_url)
    with pytest.raises(StoreError, match="the server's words") as caught, translated(store.where):
        async with store.reader() as connection:
            await connection.exec_driver_sql(
                f"DO $$ BEGIN RAISE EXCEPTION 'the server''s words' USING ERRCODE = '{state}'; END $$"
            )
    assert type(caught.value) is error
    await store.close()


@pytest.mark.postgres
async def test_a_database_that_does_not_exist_is_told_of(postgres_url: str) -> None:
    """On a server we make no databases: that is the operator's."""
    store = build(postgres_url.replace("/test_", "/absent_"))
    with pytest.raises(StoreUnavailable, match="absent_"):
        await store.migrate()
    await store.close()


@pytest.mark.postgres
async def test_a_servers_database_is_copied_with_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    """The sentence names them."""
    store = build(postgres_url)
    with pytest.raises(StoreError, match="pg_dump"):
        await store.backup(tmp_path / "copy.db")
    await store.close()


async def test_a_copy_holds_what_was_committed(tmp_path: Path) -> None:
    """Made while a unit writes; it opens as a database of its own."""
    store = build(f"sqlite:///{tmp_path}/counterpoint.db")
    copy = tmp_path / "copy.db"
    async with store.unit() as unit:
        await unit.sources.put(SourceState("a"))
        await unit.commit()
        await unit.sources.put(SourceState("b"))
        await store.backup(copy)
        await unit.commit()
    with pytest.raises(StoreError, match="exists already"):
        await store.backup(copy)
    await store.close()
    assert copies_in(tmp_path) == ["copy.db"]
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    restored = build(f"sqlite:///{copy}")
    async with restored.unit() as unit:
        assert await unit.sources.get("ab") == {"a": SourceState("a")}
    await restored.close()


async def test_a_damaged_database_is_not_copied(tmp_path: Path) -> None:
    """A backup that cannot be restored is worse than none."""
    path = tmp_path / "counterpoint.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreCorrupt):
        await build(f"sqlite:///{path}").backup(tmp_path / "copy.db")
    assert copies_in(tmp_path) == []


async def test_there_is_no_copy_of_nothing(tmp_path: Path) -> None:
    """No empty file that looks like a backup; no folder made by guessing."""
    store = build(f"sqlite:///{tmp_path}/counterpoint.db")
    with pytest.raises(StoreError, match="no database"):
        await store.backup(tmp_path / "copy.db")
    await store.migrate()
    with pytest.raises(StoreUnavailable):
        await store.backup(tmp_path / "absent" / "copy.db")
    await store.close()
    assert copies_in(tmp_path) == []

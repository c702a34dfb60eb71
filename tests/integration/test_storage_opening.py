"""What happens when a database is opened: made, recognised, refused, never replaced."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from adapters.storage import file
from adapters.storage.database import SqlUnit
from adapters.storage.schema import REVISION
from adapters.storage.sql import build
from bot.domain.edition import Window
from bot.domain.health import SourceState
from bot.domain.item import Item, ItemKind
from bot.errors import ConfigError, StoreCorrupt, StoreError, StoreTooNew, StoreUnavailable

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
DAY = Window(NOON - timedelta(hours=24), NOON)
ITEMS = [
    Item(
        id=f"{number:016x}",
        source="feed:https://example.org/feed.xml",
        guid=str(number),
        url=None,
        title=f"Title {number}",
        text="Words of a text that is long enough to fill some pages. " * 9,
        kind=ItemKind.ARTICLE,
        published=None,
        first_seen=NOON - timedelta(seconds=number),
        backlog=False,
    )
    for number in range(300)
]


def in_a_unit(path: Path, use: Callable[[SqlUnit], Awaitable[T]]) -> T:
    """Open the database, do one piece of work, and close it."""

    async def opened() -> T:
        store = build(f"sqlite:///{path}")
        try:
            async with store.unit() as unit:
                result = await use(unit)
                await unit.commit()
                return result
        finally:
            await store.close()

    return asyncio.run(opened())


def open_and_read(path: Path) -> list[Item]:
    return in_a_unit(path, lambda unit: unit.items.within(["feed:https://example.org/feed.xml"], DAY))


def revision(path: Path) -> str | None:
    async def asked() -> str | None:
        store = build(f"sqlite:///{path}")
        try:
            return await store.revision()
        finally:
            await store.close()

    return asyncio.run(asked())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with three hundred items."""
    path = tmp_path / "counterpoint.db"
    in_a_unit(path, lambda unit: unit.items.add(ITEMS))
    return path


def run(code: str, *arguments: str) -> str:
    """What a Python process of its own prints."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout


async def test_building_a_store_touches_nothing(tmp_path: Path) -> None:
    """The folder and the file come with the first unit."""
    path = tmp_path / "a new" / "folder%20with #odd?characters" / "counterpoint.db"
    store = build(f"sqlite:///{str(path).replace('?', '%3F').replace('#', '%23').replace('%20', '%2520')}")
    assert await store.revision() is None
    assert not path.parent.exists()
    async with store.unit():
        assert path.exists()
    assert await store.revision() == await store.migrate() == REVISION
    await store.close()


def test_an_empty_file_is_an_empty_database(tmp_path: Path) -> None:
    """As `touch` or a mounted volume leaves it."""
    path = tmp_path / "counterpoint.db"
    path.touch()
    assert open_and_read(path) == []


async def test_connections_are_durable_and_check_references(path: Path) -> None:
    """Write-ahead log, a commit survives a power cut, foreign keys count."""
    store = build(f"sqlite:///{path}")
    await store.migrate()
    async with store.reader() as connection:
        found = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    await store.close()
    assert found == ["wal", 2, 1, 30_000]


def cut(content: bytearray) -> None:
    del content[len(content) // 2 :]


def overwrite(at: int, length: int) -> Callable[[bytearray], None]:
    def damage(content: bytearray) -> None:
        content[at : at + length] = b"\xff" * length

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        overwrite(0, 16),
        overwrite(100, 8),
        overwrite(4096, 8),
        overwrite(10 * 4096, 4096),
        lambda content: overwrite(len(content) // 2 // 4096 * 4096, 12)(content),
        cut,
        lambda content: content.__setitem__(slice(None), b"This is a letter, not a database. " * 200),
    ],
    ids=["signature", "schema page", "second page", "whole page", "middle page", "cut", "a text"],
)
def test_a_damaged_file_is_refused_and_left_alone(path: Path, damage: Callable[[bytearray], None]) -> None:
    """The sentence names the file; not a byte of it changes, and nothing takes its place."""
    content = bytearray(path.read_bytes())
    damage(content)
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreCorrupt) as refusal:
            open_and_read(path)
        assert str(path) in str(refusal.value)
        assert "Nothing was changed" in str(refusal.value)
        assert path.read_bytes() == content


def test_wherever_bytes_flip_nothing_is_lost_in_silence(path: Path) -> None:
    """Sixty places: either the database says that it is damaged, or every item is there."""
    sound = path.read_bytes()
    outcomes = []
    for number in range(60):
        content = bytearray(sound)
        at = number * (len(sound) - 8) // 59
        content[at : at + 8] = bytes(byte ^ 0x5A for byte in content[at : at + 8])
        path.write_bytes(content)
        try:
            outcomes.append(len(open_and_read(path)))
        except StoreCorrupt:
            outcomes.append(-1)
    assert set(outcomes) <= {-1, len(ITEMS)}
    assert -1 in outcomes


def test_damage_in_a_large_file_is_met_when_it_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files too large to look through at the start still never give an answer that was not written."""
    monkeypatch.setattr(file, "LARGEST_CHECKED", 0)
    content = bytearray(path.read_bytes())
    for page in range(5, len(content) // 4096):
        overwrite(page * 4096, 12)(content)
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match="is damaged"):
        open_and_read(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE items SET kind = 'sonnet'",
        "UPDATE items SET first_seen = 'yesterday'",
        "UPDATE items SET links = X'00'",
        "UPDATE items SET first_seen = X'FFFE'",
        "UPDATE items SET title = CAST(X'FFFE' AS TEXT)",
    ],
)
def test_a_row_that_was_never_written_is_damage(path: Path, change: str) -> None:
    """What cannot be read back is reported as such, with the file's name."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(StoreCorrupt, match=r"counterpoint\.db is damaged"):
        open_and_read(path)


def test_a_document_that_breaks_the_contract_is_damage(path: Path) -> None:
    """An edition is read whole or not at all."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO editions VALUES ('one', '', 'd', 'am', '2026-03-08', '2026-03-09', '', '', '', '', '')"
        )
        connection.commit()
    with pytest.raises(StoreCorrupt, match=r"counterpoint\.db is damaged"):
        in_a_unit(path, lambda unit: unit.editions.get("latest"))


def test_a_newer_database_is_refused(path: Path) -> None:
    """With both revisions in the sentence; an update of Counterpoint reads it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE counterpoint_revision SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match=rf"9999.* {REVISION}"):
        open_and_read(path)
    assert path.read_bytes() == before
    assert revision(path) == "9999"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """Its tables are not ours to stand among."""
    path = tmp_path / "counterpoint.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="another program"):
        open_and_read(path)
    assert path.read_bytes() == before


def test_a_missing_table_is_an_error_of_the_database(path: Path) -> None:
    """The database's own words, in our error."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE items")
    with pytest.raises(StoreError, match="no such table"):
        open_and_read(path)


@pytest.mark.parametrize("place", ["/proc/nowhere/counterpoint.db", "{file}/counterpoint.db", "{folder}"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    """A folder that cannot be made, a file where a folder should be, a folder where the file should be."""
    taken = tmp_path / "taken"
    taken.touch()
    path = Path(place.format(file=taken, folder=tmp_path))
    with pytest.raises(StoreUnavailable) as refusal:
        open_and_read(path)
    assert str(path) in str(refusal.value)


async def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    """Host and database help the operator; the password stays out of logs."""
    store = build("postgres://someone:secret@127.0.0.1:1/counterpoint?sslmode=disable")
    for asking in (store.migrate, store.revision):
        with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1/counterpoint") as refusal:
            await asking()
        assert "secret" not in str(refusal.value)
    await store.close()


@pytest.mark.parametrize(
    "address",
    ["", "counterpoint.db", "mysql://u:secret@host/name", "sqlite://", "sqlite:///:memory:", "postgresql://h:secret/x"],
)
def test_an_address_that_cannot_be_used_is_a_mistake_in_the_settings(address: str) -> None:
    """Told before anything is opened, under the setting's name, without what may be a password."""
    with pytest.raises(ConfigError, match="DATABASE_URL") as refusal:
        build(address)
    assert "secret" not in str(refusal.value)


async def test_stores_that_open_an_empty_database_at_once_all_work(tmp_path: Path) -> None:
    """One creates it, the others wait; twelve rounds of four."""
    for number in range(12):
        stores = [build(f"sqlite:///{tmp_path}/{number}.db") for _ in range(4)]
        await asyncio.gather(*(store.migrate() for store in stores))
        for which, store in enumerate(stores):
            async with store.unit() as unit:
                await unit.sources.put(SourceState(str(which)))
                await unit.commit()
        async with stores[0].unit() as unit:
            assert len(await unit.sources.get("0123")) == 4
        for store in stores:
            await store.close()


OPEN_AT_A_SIGN = """
import asyncio, sys
from adapters.storage.sql import build
from bot.domain.health import SourceState
import adapters.storage.database, alembic.command

async def main():
    store = build(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    async with store.unit() as unit:
        await unit.sources.put(SourceState(sys.argv[2]))
        await unit.commit()
    await store.close()

asyncio.run(main())
"""


def test_processes_that_open_an_empty_database_at_once_all_work(tmp_path: Path) -> None:
    """Three processes wait for one sign, then each creates, migrates and writes."""
    path = tmp_path / "counterpoint.db"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AT_A_SIGN, f"sqlite:///{path}", str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in processes] == ["", "", ""]
    assert set(in_a_unit(path, lambda unit: unit.sources.get("012"))) == {"0", "1", "2"}


def test_the_door_is_light() -> None:
    """The command line may import it without loading the database libraries."""
    code = "import sys, adapters.storage.sql as _\nprint([n for n in ('sqlalchemy', 'alembic') if n in sys.modules])"
    assert run(code) == "[]\n"


def test_a_current_database_opens_without_alembic(path: Path) -> None:
    """Loading it takes longer than the question whether it is needed."""
    code = (
        "import asyncio, sys\nfrom adapters.storage.sql import build\nstore = build(sys.argv[1])\n"
        "async def main():\n    print(await store.migrate())\n    await store.close()\n"
        "asyncio.run(main())\nprint('alembic' in sys.modules)"
    )
    assert run(code, f"sqlite:///{path}") == f"{REVISION}\nFalse\n"


def test_a_file_that_others_keep_reading_cannot_be_prepared(tmp_path: Path) -> None:
    """The switch to the write-ahead log needs the file alone for a moment: whoever is in the way is waited for."""
    path = tmp_path / "counterpoint.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE counterpoint_revision (version_num TEXT)")
        other.execute("BEGIN")
        other.execute("SELECT * FROM counterpoint_revision").fetchall()
        with pytest.raises(StoreUnavailable, match="database is locked"):
            file.prepare(path, timedelta(0))
        other.execute("ROLLBACK")
        file.prepare(path, timedelta(0))
    with closing(sqlite3.connect(path)) as later:
        assert later.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_missing_driver_is_a_mistake_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(ConfigError, match=r"counterpoint\[postgres\]"):
        build("postgresql://localhost/counterpoint")

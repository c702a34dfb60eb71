"""The store on SQLAlchemy: opening, migrating, units, closing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.event import listen
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.storage import file, migration
from adapters.storage.builds import SqlBuilds
from adapters.storage.claims import SqlClaims
from adapters.storage.episodes import SqlEpisodes
from adapters.storage.failure import translated, unavailable
from adapters.storage.grants import SqlGrants
from adapters.storage.ledger import SqlLeases, SqlLedger, SqlResults
from adapters.storage.postings import SqlPostings
from adapters.storage.records import SqlRecords
from adapters.storage.repositories import SqlEditions, SqlInbounds, SqlItems, SqlSources
from adapters.storage.schema import REVISION
from adapters.storage.servers import SqlFollows, SqlTenants, SqlUsage
from adapters.storage.subscriptions import SqlSubscriptions
from adapters.storage.threads import SqlThreads
from adapters.storage.transaction import Transaction, completed
from bot.errors import StoreError

_WRITER_LOCK = 0x434F554E5445
"""The advisory lock that stands for writing on PostgreSQL: any number that is ours."""
_ANSWER_SECONDS = 60
"""A server that has not answered a statement for this long is taken for gone."""


class SqlUnit:
    """One piece of work on the database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.items = SqlItems(transaction)
        self.sources = SqlSources(transaction)
        self.editions = SqlEditions(transaction)
        self.inbounds = SqlInbounds(transaction)
        self.results = SqlResults(transaction)
        self.subscriptions = SqlSubscriptions(transaction)
        self.postings = SqlPostings(transaction)
        self.builds = SqlBuilds(transaction)
        self.ledger = SqlLedger(transaction)
        self.leases = SqlLeases(transaction)
        self.records = SqlRecords(transaction)
        self.threads = SqlThreads(transaction)
        self.tenants = SqlTenants(transaction)
        self.follows = SqlFollows(transaction)
        self.usage = SqlUsage(transaction)
        self.grants = SqlGrants(transaction)
        self.claims = SqlClaims(transaction)
        self.episodes = SqlEpisodes(transaction)

    async def commit(self) -> None:
        """Make it last; what follows is undone unless it is committed too.

        Raises:
            StoreError: a write of this unit failed before, or this does; nothing of it is kept.
        """
        await self._transaction.commit()


class SqlStore:
    """The database at an address. One event loop uses it; several processes may."""

    def __init__(self, address: URL, *, patience: timedelta) -> None:
        self.where = address.database or "" if _is_file(address) else address.render_as_string(hide_password=True)
        self.dialect = address.get_backend_name()
        self.clock_offset = timedelta()
        self._path = Path(address.database or "") if _is_file(address) else None
        self._patience = patience
        self._engine = _engine(address, patience)
        self._writing = asyncio.Lock()
        self._opening = asyncio.Lock()
        self._open = False
        self._closed = False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        """Begin a piece of work; the first one creates or migrates the database.

        Reads see what is committed by then and the unit's own writes. The first write waits for the writing of others.

        Raises:
            StoreUnavailable, StoreCorrupt, StoreTooNew: on entering, with a sentence for the operator.
        """
        await self.migrate()
        transaction = Transaction(self)
        try:
            yield SqlUnit(transaction)
        finally:
            await transaction.end()

    async def close(self) -> None:
        """Give back everything, after the last unit has ended."""
        self._closed = True
        await completed(self._engine.dispose())

    async def migrate(self) -> str:
        """Create the database or bring its schema to the newest revision, once; returns that revision.

        Raises:
            StoreUnavailable, StoreCorrupt, StoreTooNew: with a sentence for the operator.
        """
        if self._closed:
            raise StoreError(f"The database {self.where} was closed by this process.")
        async with self._opening:
            if not self._open:
                await completed(self._bring_up_to_date())
                self._open = True
        return REVISION

    async def revision(self) -> str | None:
        """The schema revision found, without creating or changing anything; null where there is no schema.

        Raises:
            StoreUnavailable, StoreCorrupt: with a sentence for the operator.
        """
        if self._path is not None:
            await asyncio.to_thread(file.examine, self._path)
            if not self._path.exists():
                return None
        return await completed(self._found())

    async def backup(self, target: Path) -> None:
        """Copy an SQLite database that may be in use to a new file.

        Raises:
            StoreError: the database is a server's (use its own tools), or the target exists already.
        """
        if self._path is None:
            raise StoreError(f"The database {self.where} is a server's: back it up with pg_dump.")
        await asyncio.to_thread(file.copy, self._path, target)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read from; each statement sees what is committed by then."""
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The right to write, of which there is one in the process: who waits for it holds no connection.

        Raises:
            StoreUnavailable: another unit went on writing for longer than our patience.
        """
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._writing.acquire()
        except TimeoutError as error:
            raise unavailable(self.where, "another unit of this process does not end its writing") from error
        try:
            yield
        finally:
            self._writing.release()

    @asynccontextmanager
    async def writer(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that keeps other processes from writing; undone unless it is committed."""
        async with self._engine.connect() as connection:
            if self._path is not None:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _WRITER_LOCK})
            yield connection

    async def _found(self) -> str | None:
        with translated(self.where):
            async with self.reader() as connection:
                return await connection.run_sync(migration.revision)

    async def _bring_up_to_date(self) -> None:
        if self._path is not None:
            await asyncio.to_thread(file.prepare, self._path, self._patience)
        with translated(self.where):
            async with self.reader() as connection:
                if await connection.run_sync(migration.revision) == REVISION:
                    return
            async with self.writer() as connection:
                await connection.run_sync(migration.upgrade, self.where)
                await connection.commit()


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _engine(address: URL, patience: timedelta) -> AsyncEngine:
    seconds = patience.total_seconds()
    if not _is_file(address):
        settings = {"lock_timeout": str(max(1, round(seconds * 1000))), "application_name": "counterpoint"}
        wanted = {"command_timeout": _ANSWER_SECONDS, "server_settings": settings}
        return create_async_engine(address, connect_args=wanted, pool_pre_ping=True, hide_parameters=True)
    # No isolation level: the driver begins nothing by itself, `writer` does.
    engine = create_async_engine(
        address, connect_args={"timeout": seconds, "isolation_level": None}, hide_parameters=True
    )
    listen(engine.sync_engine, "connect", _make_durable)
    return engine


def _make_durable(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # a commit survives a power cut
    cursor.close()

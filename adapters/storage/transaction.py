"""How one unit holds the database.

A read borrows a connection for as long as it takes, so units that wait hold nothing. The first write takes the
writer's turn and a connection of its own, and keeps both until the unit commits or ends: no two tasks ever share a
connection, and a unit that is waited for can always go on.

Whatever runs on a connection runs to its end, and a cancellation goes on afterwards: cancelling a call does not stop
a statement that SQLite's thread has begun, and would leave its transaction open.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.dialect import moment
from adapters.storage.failure import corrupt, translated
from bot.errors import StoreError

T = TypeVar("T")


async def completed(work: Awaitable[T]) -> T:
    """Let work come to its end even if its task is cancelled meanwhile; the cancellation goes on afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # seen, so that nobody is told of it later
        raise cancelled
    return task.result()


class Connections(Protocol):
    """Where a transaction gets its connections."""

    where: str
    """The database in words, without its password."""
    dialect: str
    """`sqlite` or `postgresql`."""
    clock_offset: timedelta
    """What is added to the database's clock: nothing, except in tests that let days pass."""

    def reader(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection to read from."""
        ...

    def turn(self) -> AbstractAsyncContextManager[None]:
        """The right to write, of which there is one in the process."""
        ...

    def writer(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a transaction that writes."""
        ...


class Transaction:
    """The reads and writes of one unit, one at a time."""

    def __init__(self, connections: Connections) -> None:
        self.dialect = connections.dialect
        self._connections = connections
        self._each = asyncio.Lock()  # tasks of one unit take turns
        self._held = AsyncExitStack()
        self._connection: AsyncConnection | None = None
        self._failed = False
        self._ended = False

    def moment(self, by: timedelta = timedelta()) -> ColumnElement[datetime]:
        """The present instant on the database's clock and `by`, for a statement of this unit."""
        return moment(self.dialect, self._connections.clock_offset + by)

    async def read(self, statements: Iterable[Select[Any]], value: Callable[[RowMapping], T]) -> list[T]:
        """A value for each row of these statements, of what is committed and this unit's own writes.

        Raises:
            StoreCorrupt: what was read was never written.
            StoreError: as `translated`.
        """
        async with self._each:
            self._see_that_it_lasts()
            try:
                with translated(self._connections.where):
                    return await completed(self._read(statements, value))
            except (ValueError, TypeError) as error:
                raise corrupt(self._connections.where, str(error)) from error

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do what writes in the unit's transaction; the first write waits for its turn.

        Raises:
            StoreError: as `translated`.
        """
        async with self._each:
            self._see_that_it_lasts()
            with translated(self._connections.where):
                connection = self._connection or await self._begin()
                self._failed = True  # until it went well: PostgreSQL answers a commit after a failure with a rollback
                result = await completed(work(connection))
                self._failed = False
                return result

    async def commit(self) -> None:
        """Make the writes last; what follows is a new transaction.

        Raises:
            StoreError: a write failed or was cancelled before, or this fails; nothing since the last commit is kept.
        """
        async with self._each:
            self._see_that_it_lasts()
            if self._failed:
                raise StoreError("A write of this unit failed or was cancelled; nothing of it is kept.")
            if self._connection is not None:
                with translated(self._connections.where):
                    await completed(self._conclude(self._connection))

    async def end(self) -> None:
        """Give everything back, whatever happens to the task; what was not committed is undone."""
        self._ended = True
        await completed(self._give_back())

    def _see_that_it_lasts(self) -> None:
        if self._ended:
            raise StoreError("This unit has ended; begin another one.")

    async def _read(self, statements: Iterable[Select[Any]], value: Callable[[RowMapping], T]) -> list[T]:
        async with AsyncExitStack() as stack:
            connection = self._connection
            if connection is None:
                connection = await stack.enter_async_context(self._connections.reader())
            return [value(row) for one in statements for row in (await connection.execute(one)).mappings()]

    async def _begin(self) -> AsyncConnection:
        try:
            await self._held.enter_async_context(self._connections.turn())
            connection = await completed(self._held.enter_async_context(self._connections.writer()))
            self._connection = connection
        finally:
            if self._connection is None:
                await completed(self._held.aclose())
        return connection

    async def _conclude(self, connection: AsyncConnection) -> None:
        try:
            await connection.commit()
        finally:
            await self._release()

    async def _give_back(self) -> None:
        async with self._each:
            with translated(self._connections.where):
                await self._release()

    async def _release(self) -> None:
        self._connection = None
        await self._held.aclose()

"""What the databases report, in the words of our error tree."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import StoreCorrupt, StoreError, StoreUnavailable

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
_DAMAGED_CLASS = "XX"
_NOT_NOW_CLASSES = ("08", "28", "3D", "40", "42501", "53", "55", "57", "58")
"""SQLSTATE: connection, sign-in, no such database, rolled back, no permission, resources, locks, shutdown, system."""


def corrupt(where: str, detail: str) -> StoreCorrupt:
    """The sentence for a damaged database."""
    return StoreCorrupt(
        f"The database {where} is damaged ({detail}). Nothing was changed or created in its place. "
        "Restore a backup, or move it away to begin with an empty one."
    )


def unavailable(where: str, detail: str) -> StoreUnavailable:
    """The sentence for a database that cannot be opened or reached."""
    return StoreUnavailable(f"The database {where} cannot be used now: {detail}")


def from_sqlite(error: BaseException, where: str) -> StoreError | None:
    """An error of the sqlite3 module by its result code; null if it is of another kind."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes are refinements in the higher bits
    if code in _DAMAGED or "decode to UTF-8" in str(error):
        return corrupt(where, str(error))
    return unavailable(where, str(error)) if code in _NOT_NOW else None


def _from_server(error: BaseException, where: str) -> StoreError | None:
    state = getattr(error, "sqlstate", None) or ""
    if state.startswith(_DAMAGED_CLASS):
        return corrupt(where, str(error))
    return unavailable(where, str(error)) if state.startswith(_NOT_NOW_CLASSES) else None


def _failure(error: SQLAlchemyError, where: str) -> StoreError:
    if not isinstance(error, DBAPIError) or error.orig is None:
        return unavailable(where, str(error))  # the pool gave up waiting
    found = from_sqlite(error.orig, where) or _from_server(error.orig, where)
    if found is not None:
        return found
    if error.connection_invalidated:
        return unavailable(where, str(error.orig))
    return StoreError(f"The database {where} refused: {error.orig}")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Let only our errors out.

    Raises:
        StoreCorrupt, StoreUnavailable, StoreError: by what the database reported.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise _failure(error, where) from error
    except OSError as error:
        raise unavailable(where, str(error) or type(error).__name__) from error

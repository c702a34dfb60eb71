"""The SQLite file, before SQLAlchemy touches it and when it is copied.

A damaged file must not be opened for writing: even closing such a connection may move pages. So it is first read
through a connection that cannot write.
"""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from adapters.storage.failure import corrupt, from_sqlite, unavailable
from adapters.storage.schema import VERSION_TABLE
from bot.errors import StoreCorrupt, StoreError

LARGEST_CHECKED = 256 * 2**20
"""Bytes up to which tables and indexes are compared when the file is opened (about a quarter of a second); in a larger
file damage is met when it is read."""
_ATTEMPTS = 20


def examine(path: Path) -> None:
    """See that a file, if there is one, is a sound database of ours.

    Raises:
        StoreCorrupt: it is damaged, not a database, or another program's.
        StoreUnavailable: it cannot be read.
    """
    if not _has_content(path):
        return
    try:
        with closing(_reading(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            small = path.stat().st_size <= LARGEST_CHECKED
            findings = connection.execute("PRAGMA integrity_check(1)").fetchone() if small else ("ok",)
    except sqlite3.Error as error:
        raise _refusal(error, path) from error
    if findings[0] != "ok":
        raise corrupt(str(path), str(findings[0]))
    if tables and VERSION_TABLE not in tables:
        raise StoreCorrupt(f"The database {path} belongs to another program; nothing was changed. Name another file.")


def prepare(path: Path, patience: timedelta) -> None:
    """Make the folder and, where it is missing, the file, and switch it to write-ahead logging, which it keeps.

    Raises:
        StoreCorrupt, StoreUnavailable: as `examine`; the folder or the file cannot be written.
    """
    examine(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=patience.total_seconds(), isolation_level=None)) as connection:
            _log_ahead(connection)
    except sqlite3.Error as error:
        raise _refusal(error, path) from error
    except OSError as error:
        raise unavailable(str(path), str(error)) from error


def copy(path: Path, target: Path) -> None:
    """Copy a database that is in use, as it stands between two transactions; the copy appears when it is whole.

    Raises:
        StoreError: there is nothing to copy, or something stands at the target.
        StoreCorrupt, StoreUnavailable: the database or the copy is damaged, or cannot be read or written.
    """
    examine(path)
    if not _has_content(path):
        raise StoreError(f"There is no database at {path} to back up.")
    if target.exists():
        raise StoreError(f"{target} exists already; a backup never replaces a file.")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        with closing(_reading(path)) as source, closing(sqlite3.connect(partial)) as destination:
            source.backup(destination)
            destination.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        examine(partial)
        partial.rename(target)
    except sqlite3.Error as error:
        raise _refusal(error, path) from error
    except OSError as error:
        raise unavailable(str(target), str(error)) from error


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unavailable(str(path), str(error)) from error


def _log_ahead(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for this switch when two processes make it at once. Waiting for an exclusive transaction
    # lets the other one finish; the switch is then a question with the answer "already".
    for _ in range(_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _refusal(error: sqlite3.Error, path: Path) -> StoreError:
    return from_sqlite(error, str(path)) or unavailable(str(path), str(error))

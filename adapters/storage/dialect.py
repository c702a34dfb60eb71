"""Where the two databases are spoken to differently: their own clock, and inserting what may be there already."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Interval, Table, func, literal
from sqlalchemy.dialects import postgresql, sqlite

from adapters.storage.schema import Instant

Insert = sqlite.Insert | postgresql.Insert

_SQLITE_FORM = "%Y-%m-%dT%H:%M:%f000Z"
"""As `Instant` keeps it. SQLite's clock ticks in milliseconds; filled up, so that text order is time order."""


def insert(dialect: str, table: Table) -> Insert:
    """An insert that may say what to do about rows that are there."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def moment(dialect: str, by: timedelta) -> ColumnElement[datetime]:
    """The present instant on the database's clock and `by`, as `Instant` keeps it.

    Leases run on this clock: processes on several machines disagree about the time, and a machine's clock may jump, but
    the database they share has one. This is the only expression that asks for it.
    """
    if dialect == "sqlite":
        return func.strftime(_SQLITE_FORM, "now", f"{by.total_seconds():+.3f} seconds", type_=Instant())
    return func.clock_timestamp(type_=Instant()) + literal(by, Interval())

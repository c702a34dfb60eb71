"""The door to the database: an address becomes a store, with every mistake in the address told at once."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import URL

    from adapters.storage.database import SqlStore

PATIENCE = timedelta(seconds=30)
"""How long a unit waits for another one's writing before it gives up with a sentence."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def build(url: str, *, patience: timedelta = PATIENCE) -> "SqlStore":
    """A store at a database address; nothing is opened or created until its first unit.

    `sqlite:///counterpoint.db` (three slashes: relative, four: absolute) or `postgresql://user@host/name`.

    Raises:
        ConfigError: the address cannot be used, or its driver is not installed.
    """
    from adapters.storage.database import SqlStore

    address = _address(url)
    try:
        return SqlStore(address, patience=patience)
    except ModuleNotFoundError as error:
        raise ConfigError(
            [f"DATABASE_URL: {error.name} is not installed; install counterpoint[postgres] to use PostgreSQL"]
        ) from error


def _address(url: str) -> "URL":
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # the text may hold a password: it is not repeated
        raise ConfigError(
            ["DATABASE_URL: this is not a database address, such as sqlite:///counterpoint.db"]
        ) from error
    if address.drivername not in _DRIVERS:
        raise ConfigError([f"DATABASE_URL: {address.drivername!r} is not served; use sqlite or postgresql"])
    address = address.set(drivername=_DRIVERS[address.drivername])
    if address.get_backend_name() == "sqlite":
        if (address.database or ":memory:").startswith((":memory:", "file:")):
            raise ConfigError(["DATABASE_URL: name a file, such as sqlite:///counterpoint.db"])
        return address
    mode = address.query.get("sslmode")  # libpq's word, which hosting services write into the address
    return address if mode is None else address.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})

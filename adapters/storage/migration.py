"""Bring the schema to the revision this code works with, all of it or nothing of it.

Alembic is imported only when there is something to do: a start with a current schema costs one query.
"""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from adapters.storage.schema import REVISION, VERSION_TABLE
from bot.errors import StoreTooNew

_FOLDER = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The schema revision of a database; null for one that has none of our tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    number: str | None = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    return number


def upgrade(connection: Connection, where: str) -> None:
    """Run what is missing. The caller has begun a transaction that keeps others out, and commits it.

    Raises:
        StoreTooNew: the schema is at a revision this code does not know.
    """
    found = revision(connection)  # looked at again: another process may have been quicker
    if found == REVISION:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreTooNew(
            f"A newer Counterpoint wrote the database {where}: its schema is {found}, this one knows up to {REVISION}. "
            "Update Counterpoint, or restore a backup. Nothing was changed."
        )
    command.upgrade(config, "head")

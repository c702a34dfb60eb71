"""What workers are forked from: everything they import, imported once, so that hundreds of them start quickly.

Nothing of a run is kept here: no connection, no thread, no event loop.
"""

import aiosqlite
import alembic.autogenerate
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.dialects.sqlite.aiosqlite

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage import database
from bot.domain.layout import lay_out
from bot.domain.message import thread_of
from tests.chaos import bot_process, naive_worker, worker
from tests.fakes.talk import sample

__all__ = ["aiosqlite", "alembic", "bot_process", "database", "naive_worker", "sqlalchemy", "worker"]

_PHRASES = FluentCatalogue().speak("en")
_SHOWN = [lay_out(part, _PHRASES) for part in thread_of(sample())]

"""The store's repositories in SQL, a statement or a few for each method."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Executable, Row, Select, and_, delete, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage import rows, schema
from adapters.storage.dialect import Insert, insert
from adapters.storage.portions import keys_in_portions, portions
from adapters.storage.postings import changed
from adapters.storage.transaction import Transaction
from bot.domain.edition import Edition, Window
from bot.domain.health import SourceState
from bot.domain.item import Item
from bot.errors import StoreError
from bot.ports.store import EditionKey

ITEMS_A_STATEMENT = 450
"""Two variables each, of which old SQLite allows 999; and few enough that a cancelled `add` ends soon."""


async def _written(connection: AsyncConnection, *, statement: Executable, row: dict[str, Any]) -> Row[Any] | None:
    result = await connection.execute(statement, row)
    return result.first() if result.returns_rows else None


class SqlItems:
    """Everything that was published and read."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, items: Sequence[Item]) -> int:
        """Keep items; returns how many are new."""
        values = [rows.item_row(item) for item in _without_repeats(items)]
        renewing = _renewing(insert(self._transaction.dialect, schema.items))
        new = 0
        for some in portions(values, ITEMS_A_STATEMENT):
            new += await self._transaction.write(partial(_add_items, renewing=renewing, values=some))
        return new

    async def within(self, sources: Collection[str], window: Window) -> list[Item]:
        """Items of these source keys in the window that are not backlog; by (at, id, source)."""
        table = schema.items.c
        start, end = rows.aware(window.start), rows.aware(window.end)
        lying = select(schema.items).where(table.at > start, table.at <= end, table.backlog.is_(False))
        wanted = [lying.where(table.source.in_(some)) for some in keys_in_portions(sources)]
        return sorted(await self._transaction.read(wanted, rows.item), key=lambda item: (item.at, *_identity(item)))

    async def get(self, ids: Collection[str]) -> list[Item]:
        """Items by id, from any source; by (id, source)."""
        wanted = [select(schema.items).where(schema.items.c.id.in_(some)) for some in keys_in_portions(ids)]
        return sorted(await self._transaction.read(wanted, rows.item), key=_identity)


def _identity(item: Item) -> tuple[str, str]:
    return item.id, item.source


def _without_repeats(items: Sequence[Item]) -> list[Item]:
    kept: dict[tuple[str, str], Item] = {}
    for item in items:
        first = kept.get(_identity(item), item)
        kept[_identity(item)] = rows.renewed(first, item)
    return list(kept.values())


def _renewing(adding: Insert) -> Insert:
    table = schema.items.c
    renewed = {name: adding.excluded[name] for name in rows.RENEWED}
    # Feeds repeat themselves on every gather: what did not change is not written again.
    changed = or_(*(table[name].is_distinct_from(value) for name, value in renewed.items()))
    return adding.on_conflict_do_update(index_elements=[table.id, table.source], set_=renewed, where=changed)


async def _add_items(connection: AsyncConnection, *, renewing: Insert, values: Sequence[dict[str, Any]]) -> int:
    identity = tuple_(schema.items.c.id, schema.items.c.source)
    known = select(schema.items.c.id).where(identity.in_([(row["id"], row["source"]) for row in values]))
    already = len((await connection.execute(known)).all())
    await connection.execute(renewing, values)
    return len(values) - already


class SqlSources:
    """What is remembered of each source."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, keys: Collection[str]) -> Mapping[str, SourceState]:
        """States by source key; unknown keys are missing."""
        wanted = [select(schema.sources).where(schema.sources.c.key.in_(some)) for some in keys_in_portions(keys)]
        return {state.key: state for state in await self._transaction.read(wanted, rows.state)}

    async def put(self, state: SourceState) -> None:
        """Keep or replace a state."""
        row = rows.state_row(state)
        adding = insert(self._transaction.dialect, schema.sources)
        renewed = {name: adding.excluded[name] for name in row if name != "key"}
        replacing = adding.on_conflict_do_update(index_elements=[schema.sources.c.key], set_=renewed)
        await self._transaction.write(partial(_written, statement=replacing, row=row))


class SqlEditions:
    """Everything that was composed."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, key: EditionKey, edition: Edition) -> None:
        """Keep an edition.

        Raises:
            StoreError: its key or its id is kept already.
        """
        table = schema.editions
        adding = insert(self._transaction.dialect, table).on_conflict_do_nothing().returning(table.c.id)
        row = rows.edition_row(key, edition)
        if await self._transaction.write(partial(_written, statement=adding, row=row)) is None:
            raise StoreError(f"The edition {edition.id}, or another one under its key, is kept already.")

    async def get(self, edition: str) -> Edition | None:
        """By id; `latest` is the one whose window ends last (then by id)."""
        table = schema.editions.c
        wanted = select(table.document)
        if edition == "latest":
            wanted = wanted.order_by(table.window_end.desc(), table.id.desc()).limit(1)
        else:
            wanted = wanted.where(table.id == edition)
        return next(iter(await self._read(wanted)), None)

    async def by_key(self, key: EditionKey) -> Edition | None:
        """The edition composed under this key."""
        table = schema.editions.c
        return next(iter(await self._read(select(table.document).where(table.key == rows.key_digest(key)))), None)

    async def before(self, desk: str, instant: datetime, *, most: int) -> list[Edition]:
        """Editions of a desk, `now` ones left out, whose window ended at or before `instant`; newest first."""
        table = schema.editions.c
        wanted = (
            select(table.document)
            .where(table.desk == desk, table.window_end <= rows.aware(instant), table.slot != "now")
            .order_by(table.window_end.desc(), table.id.desc())
            .limit(most)
        )
        return await self._read(wanted)

    async def _read(self, wanted: Select[tuple[str]]) -> list[Edition]:
        return await self._transaction.read([wanted], rows.edition)


class SqlInbounds:
    """Which inbound messages were answered."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def claim(self, platform: str, message: str, *, at: datetime) -> bool:
        """True for the first caller with this message id, False ever after."""
        table = schema.inbounds
        claiming = insert(self._transaction.dialect, table).on_conflict_do_nothing().returning(table.c.message)
        row = {"platform": platform, "message": message, "at": rows.aware(at)}
        return await self._transaction.write(partial(_written, statement=claiming, row=row)) is not None

    async def forget(self, platform: str, begins: str) -> int:
        """Delete those whose id begins so; how many."""
        table = schema.inbounds.c
        own = and_(table.platform == platform, func.substr(table.message, 1, len(begins)) == begins)
        return await self._transaction.write(partial(changed, statements=[delete(schema.inbounds).where(own)]))

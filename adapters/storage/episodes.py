"""Overviews of what others have recorded, in SQL."""

from collections.abc import Collection, Mapping
from functools import partial

from sqlalchemy import or_, select

from adapters.storage import rows, schema
from adapters.storage.dialect import insert
from adapters.storage.portions import keys_in_portions
from adapters.storage.postings import changed
from adapters.storage.transaction import Transaction
from bot.domain.item import RECORDED, Item
from bot.domain.show import newest_first
from bot.ports.store import KeptEpisode


class SqlEpisodes:
    """Overviews of what others have recorded."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, kept: KeptEpisode) -> None:
        """Keep or replace, by the episode's id."""
        table = schema.episodes
        row = rows.episode_row(kept)
        adding = insert(self._transaction.dialect, table).values(row)
        renewing = {name: adding.excluded[name] for name in row if name != "id"}
        replacing = adding.on_conflict_do_update(index_elements=[table.c.id], set_=renewing)
        await self._transaction.write(partial(changed, statements=[replacing]))

    async def get(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, KeptEpisode]:
        """Those of these ids, by id, that are anybody's or this tenant's."""
        table = schema.episodes.c
        theirs = or_(table.tenant.is_(None), table.tenant == tenant)
        wanted = [select(schema.episodes).where(table.id.in_(some), theirs) for some in keys_in_portions(ids)]
        return {kept.episode.id: kept for kept in await self._transaction.read(wanted, rows.episode)}

    async def of(self, sources: Collection[str], *, most: int = 1000) -> list[Item]:
        """Items of these source keys that are episodes or videos, each id once, newest first (by `at`, then id)."""
        table = schema.items.c
        kinds = [kind.value for kind in RECORDED]
        newest = select(schema.items).where(table.kind.in_(kinds)).order_by(table.at.desc(), table.id).limit(most)
        wanted = [newest.where(table.source.in_(some)) for some in keys_in_portions(sources)]
        return newest_first(await self._transaction.read(wanted, rows.item))[:most]

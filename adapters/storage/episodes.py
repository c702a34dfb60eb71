"""Overviews of what others have recorded, in SQL."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from sqlalchemy import ColumnElement, and_, or_, select

from adapters.storage import rows, schema
from adapters.storage.dialect import insert
from adapters.storage.portions import keys_in_portions
from adapters.storage.postings import changed
from adapters.storage.transaction import Transaction
from bot.domain.item import RECORDED, Item
from bot.domain.show import newest_first
from bot.ports.episodes import KeptEpisode


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
        wanted = [select(schema.episodes).where(own) for own in _theirs(ids, tenant)]
        return {kept.episode.id: kept for kept in await self._transaction.read(wanted, rows.episode)}

    async def which(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, bool]:
        """The same, but only whether each has a transcript."""
        table = schema.episodes.c
        written = table.transcript.is_not(None).label("written")
        wanted = [select(table.id, written).where(own) for own in _theirs(ids, tenant)]
        return dict(await self._transaction.read(wanted, lambda row: (str(row["id"]), bool(row["written"]))))

    async def of(self, sources: Collection[str], *, most: int = 1000) -> list[Item]:
        """Items of these source keys that are episodes or videos, each id once, newest first (by `at`, then id)."""
        table = schema.items.c
        kinds = [kind.value for kind in RECORDED]
        newest = select(schema.items).where(table.kind.in_(kinds)).order_by(table.at.desc(), table.id).limit(most)
        wanted = [newest.where(table.source.in_(some)) for some in keys_in_portions(sources)]
        return newest_first(await self._transaction.read(wanted, rows.item))[:most]


def _theirs(ids: Collection[str], tenant: str | None) -> Iterator[ColumnElement[bool]]:
    """Conditions, a portion of the ids each: what is anybody's or this tenant's."""
    table = schema.episodes.c
    for some in keys_in_portions(ids):
        yield and_(table.id.in_(some), or_(table.tenant.is_(None), table.tenant == tenant))

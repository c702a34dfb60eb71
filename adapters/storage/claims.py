"""What thinkers asserted, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select

from adapters.storage import schema
from adapters.storage.dialect import insert
from adapters.storage.portions import keys_in_portions, portions
from adapters.storage.postings import changed
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.claim import Claim, newest_first
from bot.domain.edition import Window

_A_STATEMENT = 100
"""Nine variables each, of which old SQLite allows 999."""
_claims = schema.claims.c


class SqlClaims:
    """What thinkers asserted."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, claims: Sequence[Claim]) -> int:
        """Keep claims; one that is kept already stays as it is. How many are new."""
        rows = [_row(claim) for claim in {claim.id: claim for claim in reversed(claims)}.values()]
        adding = insert(self._transaction.dialect, schema.claims)
        new = 0
        for some in portions(rows, _A_STATEMENT):
            keeping = adding.values(some).on_conflict_do_nothing(index_elements=[_claims.id])
            new += await self._transaction.write(partial(changed, statements=[keeping]))
        return new

    async def said(self, sources: Collection[str], window: Window, *, most: int) -> list[Claim]:
        """Claims that these source keys published in the window, newest first, at most `most`."""
        start, end = aware(window.start), aware(window.end)
        lying = select(schema.claims).where(_claims.at > start, _claims.at <= end)
        newest = lying.order_by(_claims.at.desc(), _claims.id).limit(most)
        wanted = [newest.where(_claims.source.in_(some)) for some in keys_in_portions(sources)]
        return newest_first(await self._transaction.read(wanted, _claim))[:most]

    async def forget(self, before: datetime) -> int:
        """Delete what was published before this; how many."""
        dropping = delete(schema.claims).where(_claims.at < aware(before))
        return await self._transaction.write(partial(changed, statements=[dropping]))


def _row(claim: Claim) -> dict[str, Any]:
    return {**asdict(claim), "at": aware(claim.at)}


def _claim(row: Mapping[Any, Any]) -> Claim:
    return Claim(**row)

"""What admins of workspaces granted us, in SQL. What a row holds is sealed by the adapter that wrote it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select

from adapters.storage import schema
from adapters.storage.dialect import insert
from adapters.storage.postings import changed
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.grant import Grant

_grants = schema.grants.c


class SqlGrants:
    """What admins of workspaces granted us."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, grant: Grant) -> None:
        """Keep or replace, by key."""
        row = {"key": grant.key, "tenant": grant.tenant, "sealed": grant.sealed, "at": aware(grant.at)}
        adding = insert(self._transaction.dialect, schema.grants).values(row)
        renewed = {name: adding.excluded[name] for name in row if name != "key"}
        replacing = adding.on_conflict_do_update(index_elements=[_grants.key], set_=renewed)
        await self._transaction.write(partial(changed, statements=[replacing]))

    async def get(self, key: str) -> Grant | None:
        """What is kept under this key."""
        found = await self._transaction.read([select(schema.grants).where(_grants.key == key)], _grant)
        return found[0] if found else None

    async def drop(self, key: str) -> bool:
        """Delete one; False if there is none."""
        dropping = delete(schema.grants).where(_grants.key == key)
        return await self._transaction.write(partial(changed, statements=[dropping])) > 0

    async def find(self, prefix: str = "", *, tenant: str | None = None) -> list[Grant]:
        """Those whose key begins so, of a tenant, or all; by key."""
        wanted = select(schema.grants).order_by(_grants.key)
        if prefix:
            # Not LIKE: SQLite's knows no case.
            wanted = wanted.where(func.substr(_grants.key, 1, len(prefix)) == prefix)
        if tenant is not None:
            wanted = wanted.where(_grants.tenant == tenant)
        return await self._transaction.read([wanted], _grant)


def _grant(row: Mapping[Any, Any]) -> Grant:
    return Grant(**row)

"""Where we are, what is read there and how much is used, in SQL."""

from datetime import date, datetime
from functools import partial

from sqlalchemy import ColumnElement, Delete, RowMapping, and_, delete, func, null, or_, select, update

from adapters.storage import schema, server_rows
from adapters.storage.dialect import insert
from adapters.storage.ledger import first
from adapters.storage.postings import changed
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.follow import Follow
from bot.domain.kept import Used

_tenants = schema.tenants.c
_follows = schema.follows.c
_usage = schema.usage.c


class SqlTenants:
    """Servers and workspaces that we are, or were, in."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def arrive(self, tenant: str, *, at: datetime) -> bool:
        """We are in it; True if it is new, or had been left."""
        adding = insert(self._transaction.dialect, schema.tenants).values(tenant=tenant, arrived=aware(at))
        arriving = adding.on_conflict_do_update(
            index_elements=[_tenants.tenant],
            set_={"arrived": adding.excluded.arrived, "left": null()},
            where=_tenants.left.is_not(None),
        ).returning(_tenants.tenant)
        return await self._transaction.write(partial(first, statement=arriving)) is not None

    async def leave(self, tenant: str, *, at: datetime) -> None:
        """We were removed; nothing if it left before or was never here."""
        leaving = update(schema.tenants).where(_tenants.tenant == tenant, _tenants.left.is_(None))
        await self._transaction.write(partial(changed, statements=[leaving.values(left=aware(at))]))

    async def present(self, platform: str, *, left_by: datetime | None = None) -> list[str]:
        """Tenants of a platform that we are in; with `left_by`, those that left at or before this instant. In order."""
        begins = f"{platform}:"
        of_platform = _begins(_tenants.tenant, begins)
        asked = _tenants.left.is_(None) if left_by is None else _tenants.left <= aware(left_by)
        wanted = select(_tenants.tenant).where(of_platform, asked).order_by(_tenants.tenant)
        return await self._transaction.read([wanted], _tenant)

    async def erase(self, tenant: str) -> None:
        """Delete every row of it: subscriptions, postings with their deliveries, follows, counts, grants, episodes,
        itself; and what has its name in its key: messages that were answered, what was shared.
        """
        its_postings = select(schema.postings.c.key).where(schema.postings.c.tenant == tenant)
        its_rows = (
            schema.postings,
            schema.subscriptions,
            schema.follows,
            schema.usage,
            schema.grants,
            schema.episodes,
            schema.tenants,
        )
        erasing = [
            delete(schema.deliveries).where(schema.deliveries.c.posting.in_(its_postings)),
            *(delete(table).where(table.c.tenant == tenant) for table in its_rows),
            *_named_after(tenant),
        ]
        await self._transaction.write(partial(changed, statements=erasing))


def _named_after(tenant: str) -> list[Delete]:
    """Deletes what has no tenant but keys that begin with the name of one, as on platforms where ids have it in them.

    A name ends with the slash: `T1/` is not the beginning of `T12/`.
    """
    platform, _, name = tenant.partition(":")
    inbounds, results = schema.inbounds.c, schema.results.c
    shares = (f"share/{platform}/{name}/", f"share/{platform}/@{name}/")
    return [
        delete(schema.inbounds).where(inbounds.platform == platform, _begins(inbounds.message, f"{name}/")),
        delete(schema.results).where(or_(*(_begins(results.key, one) for one in shares))),
    ]


def _begins(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    # Not LIKE: SQLite's knows no case, and names may hold its signs.
    return func.substr(column, 1, len(words)) == words


def _tenant(row: RowMapping) -> str:
    return str(row["tenant"])


class SqlFollows:
    """What tenants read besides, or instead of, a desk's roster."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, follow: Follow) -> None:
        """Keep or replace, by (tenant, id)."""
        row = server_rows.follow_row(follow)
        adding = insert(self._transaction.dialect, schema.follows).values(row)
        renewed = {name: adding.excluded[name] for name in row if name not in {"tenant", "id"}}
        replacing = adding.on_conflict_do_update(index_elements=[_follows.tenant, _follows.id], set_=renewed)
        await self._transaction.write(partial(changed, statements=[replacing]))

    async def drop(self, tenant: str, thinker: str) -> bool:
        """Delete one; False if there is none."""
        dropping = delete(schema.follows).where(_follows.tenant == tenant, _follows.id == thinker)
        return await self._transaction.write(partial(changed, statements=[dropping])) > 0

    async def find(self, tenant: str | None = None, *, by: str | None = None) -> list[Follow]:
        """Those of a tenant, of a person, or all; by (tenant, id)."""
        wanted = select(schema.follows).order_by(_follows.tenant, _follows.id)
        if tenant is not None:
            wanted = wanted.where(_follows.tenant == tenant)
        if by is not None:
            wanted = wanted.where(_follows.by == by)
        return await self._transaction.read([wanted], server_rows.follow)

    async def forget(self, by: str) -> int:
        """Take a person's name off what they added, and delete what they proposed; returns how many rows changed."""
        proposed = delete(schema.follows).where(_follows.by == by, _follows.state == "proposed")
        others = update(schema.follows).where(_follows.by == by).values(by="")
        rows = [await self._transaction.write(partial(changed, statements=[one])) for one in (proposed, others)]
        return sum(rows)


class SqlUsage:
    """What limits are counted by."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def spend(self, who: str, tenant: str, kind: str, day: date, most: int, amount: int = 1) -> int | None:
        """Count `amount` more; how many are left after it, or None (nothing is counted) if too few were.

        One statement that compares and counts: of several who want the last one, the database lets one through.
        """
        if amount > most:
            return None
        row = {"who": who, "kind": kind, "day": day.isoformat(), "tenant": tenant, "count": amount}
        counting = (
            insert(self._transaction.dialect, schema.usage)
            .values(row)
            .on_conflict_do_update(
                index_elements=[_usage.who, _usage.kind, _usage.day],
                set_={"count": _usage["count"] + amount},
                where=_usage["count"] <= most - amount,
            )
            .returning(_usage["count"])
        )
        counted = await self._transaction.write(partial(first, statement=counting))
        return None if counted is None else most - int(counted["count"])

    async def give_back(self, who: str, kind: str, day: date, amount: int = 1) -> None:
        """What failed, or was less than was counted, does not count; of what was never counted, nothing."""
        its_row = and_(_usage.who == who, _usage.kind == kind, _usage.day == day.isoformat())
        ending = delete(schema.usage).where(its_row, _usage["count"] <= amount)
        taking = update(schema.usage).where(its_row).values(count=_usage["count"] - amount)
        await self._transaction.write(partial(changed, statements=[ending, taking]))

    async def find(self, who: str) -> list[Used]:
        """What is counted of somebody; by (day, kind)."""
        wanted = select(schema.usage).where(_usage.who == who).order_by(_usage.day, _usage.kind)
        return await self._transaction.read([wanted], server_rows.used)

    async def forget(self, who: str | None = None, *, before: date | None = None) -> int:
        """Delete the counts of somebody, or all from before a day, or of somebody from before a day; how many rows."""
        asked = [
            *([] if who is None else [_usage.who == who]),
            *([] if before is None else [_usage.day < before.isoformat()]),
        ]
        if not asked:
            return 0
        return await self._transaction.write(partial(changed, statements=[delete(schema.usage).where(*asked)]))

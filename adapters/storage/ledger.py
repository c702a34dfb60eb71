"""The delivery ledger, leases and results of stages in SQL.

Every claim is one statement that compares and sets: of several who try, the database lets one through. Leases are
reckoned in the same statement on the database's clock, so that nobody's own clock counts.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Executable, RowMapping, and_, case, delete, exists, func, null, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage import ledger_rows, schema
from adapters.storage.dialect import Insert, insert
from adapters.storage.forgetting import forget
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.ledger import Delivery, State

_GIVEN_UP = (State.SKIPPED.value, State.PARKED.value)


async def first(connection: AsyncConnection, *, statement: Executable) -> RowMapping | None:
    """Do this; returns the first row that it gives, if it gives any."""
    return (await connection.execute(statement)).mappings().first()


async def _done(connection: AsyncConnection, *, statement: Executable) -> None:
    await connection.execute(statement)


class SqlResults:
    """What a stage made of something, by the content it was made of: never paid for twice."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, key: str) -> str | None:
        """What was kept under this key."""
        table = schema.results.c
        found = await self._transaction.read([select(table.value).where(table.key == key)], _value)
        return next(iter(found), None)

    async def put(self, key: str, value: str, *, at: datetime) -> None:
        """Keep it; what is kept under this key already stays."""
        row = {"key": key, "value": value, "at": aware(at)}
        keeping = insert(self._transaction.dialect, schema.results).values(row).on_conflict_do_nothing()
        await self._transaction.write(partial(_done, statement=keeping))


def _value(row: RowMapping) -> str:
    return str(row["value"])


class SqlLedger:
    """The messages of postings. Leases run on the database's clock."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def begin(self, posting: str, parts: Sequence[Delivery]) -> list[Delivery]:
        """The deliveries of a posting, by number; `parts` are kept if there are none yet, in state `composed`."""
        table = schema.deliveries
        wanted = select(table).where(table.c.posting == posting).order_by(table.c.number, table.c.part)
        found = await self._transaction.read([wanted], ledger_rows.delivery)
        if found or not parts:
            return found
        adding = insert(self._transaction.dialect, table)
        values = [ledger_rows.composed_row(posting, part) for part in parts]
        await self._transaction.write(partial(_begin, posting=posting, adding=adding, values=values))
        return await self._transaction.read([wanted], ledger_rows.delivery)

    async def take(self, delivery: Delivery, lease: timedelta) -> Delivery | None:
        """Claim a part: from `composed`, or from an `intent` whose lease ran out; its attempt is still the one given.

        The result has `doubtful` as it was before the claim. None: somebody else holds it, or its posting was skipped
        or parked meanwhile.
        """
        table = schema.deliveries
        ran_out = or_(table.c.lease_until.is_(None), table.c.lease_until <= self._transaction.moment())
        begun = table.c.state == State.INTENT.value
        owed = schema.postings.c.key == table.c.posting
        claiming = (
            update(table)
            .where(
                *_attempt(delivery),
                or_(table.c.state == State.COMPOSED.value, and_(begun, ran_out)),
                ~exists().where(owed, schema.postings.c.state.in_(_GIVEN_UP)),
            )
            .values(
                state=State.INTENT.value,
                attempt=table.c.attempt + 1,
                # An intent is doubtful by itself (`ledger_rows.delivery`); its row keeps what was so before.
                doubtful=case((begun, true()), else_=table.c.doubtful),
                lease_until=self._transaction.moment(lease),
            )
            .returning(*(table.c[name] for name in ledger_rows.COLUMNS))
        )
        row = await self._transaction.write(partial(_take, claiming=claiming, posting=delivery.posting))
        return None if row is None else ledger_rows.claimed(row)

    async def settle(self, delivery: Delivery, *, at: datetime) -> bool:
        """Write what became of an attempt, if the part is still an `intent` of it; False for who comes late.

        `at` becomes `sent_at` of a part that was sent. State `composed` gives it back; state `intent` keeps it
        doubtful, as every intent is, and lets the lease end now.
        """
        table = schema.deliveries
        settling = (
            update(table)
            .where(*_attempt(delivery), table.c.state == State.INTENT.value)
            .values(
                state=delivery.state.value,
                message=delivery.message,
                thread=delivery.thread,
                reason=delivery.reason,
                doubtful=delivery.doubtful,
                lease_until=null(),
                sent_at=aware(at) if delivery.state is State.SENT else null(),
            )
            .returning(table.c.part)
        )
        return await self._transaction.write(partial(first, statement=settling)) is not None

    async def forget(self, before: datetime) -> None:
        """Delete what is settled and was due before this, with its deliveries; builds, results, leases, inbounds and
        counts as old.
        """
        now = self._transaction.moment()
        await self._transaction.write(partial(forget, before=aware(before), now=now))


def _attempt(delivery: Delivery) -> tuple[Any, ...]:
    table = schema.deliveries.c
    return table.posting == delivery.posting, table.part == delivery.part, table.attempt == delivery.attempt


async def _begin(
    connection: AsyncConnection, *, posting: str, adding: Insert, values: Sequence[dict[str, Any]]
) -> None:
    # Looked at again: another process may have been quicker while this one waited for its turn to write.
    table = schema.deliveries.c
    if (await connection.execute(select(table.part).where(table.posting == posting).limit(1))).first() is None:
        await connection.execute(adding, values)


async def _take(connection: AsyncConnection, *, claiming: Executable, posting: str) -> RowMapping | None:
    row = await first(connection, statement=claiming)
    if row is not None and row["number"] == 0:  # the others follow it
        table = schema.postings.c
        composed = update(schema.postings).where(table.key == posting, table.state == State.COMPOSED.value)
        await connection.execute(composed.values(state=State.INTENT.value))
    return row


class SqlLeases:
    """Who may do something now, of several processes. On the database's clock."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def take(self, name: str, holder: str, lease: timedelta) -> bool:
        """Claim or renew; False if somebody else holds it."""
        table = schema.leases.c
        adding = insert(self._transaction.dialect, schema.leases).values(
            name=name, holder=holder, until=self._transaction.moment(lease)
        )
        claiming = adding.on_conflict_do_update(
            index_elements=[table.name],
            set_={"holder": adding.excluded.holder, "until": adding.excluded.until},
            where=or_(table.holder == adding.excluded.holder, table.until <= self._transaction.moment()),
        ).returning(table.name)
        return await self._transaction.write(partial(first, statement=claiming)) is not None

    async def free(self, name: str, holder: str) -> None:
        """Give it back, if it is held."""
        table = schema.leases.c
        freeing = delete(schema.leases).where(table.name == name, table.holder == holder)
        await self._transaction.write(partial(_done, statement=freeing))

    async def held(self, prefix: str) -> list[str]:
        """Names that begin so and are held now, in order."""
        table = schema.leases.c
        # Not LIKE: SQLite's knows no case.
        begins = func.substr(table.name, 1, len(prefix)) == prefix
        wanted = select(table.name).where(begins, table.until > self._transaction.moment()).order_by(table.name)
        return await self._transaction.read([wanted], _name)


def _name(row: RowMapping) -> str:
    return str(row["name"])

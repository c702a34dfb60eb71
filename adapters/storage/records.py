"""What status and metrics tell, counted by the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, Table, func, select

from adapters.storage import schema, timetable_rows
from adapters.storage.portions import keys_in_portions
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.ledger import CARD, Posting, State
from bot.ports.store import Counts

_TROUBLED = (State.PARKED.value, State.SKIPPED.value)
_BEGUN = (State.INTENT.value, State.SENT.value, *_TROUBLED)
"""States of a posting whose card may have been sent; naming them lets the database use its index."""


class SqlRecords:
    """What status and metrics tell."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def counts(self) -> Counts:
        """How many rows there are, by state; states without rows are missing."""
        subscriptions = schema.subscriptions
        return Counts(
            postings=await self._by_state(schema.postings),
            deliveries=await self._by_state(schema.deliveries),
            subscriptions=await self._number(subscriptions),
            paused=await self._number(subscriptions, subscriptions.c.paused_until > self._transaction.moment()),
            items=await self._number(schema.items),
            editions=await self._number(schema.editions),
        )

    async def troubled(self, *, most: int) -> list[Posting]:
        """Postings that were parked or skipped, newest due first."""
        table = schema.postings.c
        wanted = select(schema.postings).where(table.state.in_(_TROUBLED)).order_by(table.due.desc(), table.key.desc())
        return await self._transaction.read([wanted.limit(most)], timetable_rows.posting)

    async def last(self, subscriptions: Collection[str]) -> Mapping[str, Posting]:
        """The newest sent posting of each, by subscription."""
        wanted = [_newest_sent(some) for some in keys_in_portions(subscriptions)]
        found = await self._transaction.read(wanted, timetable_rows.posting)
        return {posting.subscription: posting for posting in found}

    async def lateness(self, since: datetime) -> list[float]:
        """Seconds from due to card, of postings due since then, in order of size."""
        owed, card = schema.postings.c, schema.deliveries.c
        wanted = (
            select(owed.due, card.sent_at)
            .join(schema.deliveries, card.posting == owed.key)
            .where(owed.state.in_(_BEGUN), owed.due >= aware(since), card.part == CARD, card.sent_at.is_not(None))
        )
        return sorted(await self._transaction.read([wanted], _seconds))

    async def _by_state(self, table: Table) -> dict[State, int]:
        counted = select(table.c.state, func.count().label("number")).group_by(table.c.state)
        return dict(await self._transaction.read([counted], _state_and_number))

    async def _number(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        counted = select(func.count().label("number")).select_from(table).where(*conditions)
        (number,) = await self._transaction.read([counted], _number)
        return number


def _newest_sent(subscriptions: Sequence[str]) -> Select[tuple[object, ...]]:
    table = schema.postings.c
    place = func.row_number().over(partition_by=table.subscription, order_by=(table.due.desc(), table.key.desc()))
    sent = (
        select(schema.postings, place.label("place_in_time"))
        .where(table.subscription.in_(subscriptions), table.state == State.SENT.value)
        .subquery()
    )
    return select(sent).where(sent.c.place_in_time == 1)


def _seconds(row: RowMapping) -> float:
    seconds: float = (row["sent_at"] - row["due"]).total_seconds()
    return seconds


def _state_and_number(row: RowMapping) -> tuple[State, int]:
    return State(row["state"]), int(row["number"])


def _number(row: RowMapping) -> int:
    return int(row["number"])

"""What is owed to places, in SQL.

A slot can be due in thousands of places at once, and every tick looks at it: a read finds out first whether there is
anything to do, so that what is in order is never written; what is not is put right by one statement for all of them.

Conditions that ask for a row of another table do it by a scalar subquery. A database may turn an EXISTS into a join
that reads the other table whole; a scalar subquery stays a look-up by key, however much the tables have grown.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    Integer,
    RowMapping,
    Select,
    String,
    and_,
    case,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage import schema, timetable_rows
from adapters.storage.dialect import insert
from adapters.storage.owing import COMPOSED_ONCE, NO_SUBSCRIPTION, UNTOUCHED, too_late
from adapters.storage.portions import keys_in_portions
from adapters.storage.rows import aware, aware_or_none
from adapters.storage.transaction import Transaction
from bot.domain.ledger import SETTLED, Posting, State, posting_key
from bot.domain.reasons import NOBODY_SAID_WHY, OVERTAKEN, PAUSED
from bot.domain.timetable import Due, Schedule

_postings = schema.postings.c
_subscriptions = schema.subscriptions.c
_deliveries = schema.deliveries.c


def values_of(states: Collection[State]) -> list[str]:
    """States as rows hold them, in order."""
    return sorted(state.value for state in states)


def is_untouched() -> ColumnElement[bool]:
    """Whether nothing of a posting was begun."""
    return and_(_postings.state.in_(values_of(UNTOUCHED)), ~_was_attempted())


def _was_attempted() -> ColumnElement[bool]:
    attempts = select(func.max(_deliveries.attempt)).where(_deliveries.posting == _postings.key)
    return func.coalesce(attempts.correlate(schema.postings).scalar_subquery(), 0) > 0


async def changed(connection: AsyncConnection, *, statements: Sequence[Executable]) -> int:
    """Do these one after the other; returns how many rows the last one changed."""
    rows = 0
    for statement in statements:
        result = await connection.execute(statement, execution_options={"preserve_rowcount": True})
        rows = result.rowcount
    return rows


async def _keys(connection: AsyncConnection, *, statement: Executable) -> list[str]:
    return list((await connection.execute(statement)).scalars())


class SqlPostings:
    """What is owed to places."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def plan(self, schedule: Schedule, due: Due, *, missed: str | None = None) -> int:
        """See that everything under this schedule has its posting for a slot; returns how many are new or made anew."""
        slot = _Slot(schedule, due, missed)
        if not await self._transaction.read([slot.lacking().limit(1)], bool):
            return 0
        statements = [*slot.making_way(), slot.filling(self._transaction.dialect)]
        return await self._transaction.write(partial(changed, statements=statements))

    async def expire(self, now: datetime, *, catch_up: timedelta) -> list[Posting]:
        """Skip what is too old to be published; returns those it skipped, by (due, key)."""
        instant = aware(now)
        oldest = instant - catch_up
        overtaken = and_(_postings.subscription != NO_SUBSCRIPTION, _postings.due < _newest_due(instant))
        expired = and_(_postings.due < instant, is_untouched(), or_(_postings.due < oldest, overtaken))
        skipped: list[str] = []
        for due in await self._transaction.read([select(_postings.due).distinct().where(expired)], _due):
            reason = too_late(due, catch_up) if due < oldest else OVERTAKEN
            skipping = update(schema.postings).where(_postings.due == due, expired)
            statement = skipping.values(state=State.SKIPPED.value, reason=reason).returning(_postings.key)
            skipped += await self._transaction.write(partial(_keys, statement=statement))
        return sorted(await self.find(keys=skipped), key=lambda posting: (posting.due, posting.key))

    async def find(
        self, *, keys: Collection[str] | None = None, due_by: datetime | None = None, most: int = 1000
    ) -> list[Posting]:
        """Those of these keys, by key; or those to deliver, in turns between tenants, at most `most`."""
        if keys is not None:
            wanted = select(schema.postings).order_by(_postings.key)
            portions = [wanted.where(_postings.key.in_(some)) for some in keys_in_portions(keys)]
            return await self._transaction.read(portions, timetable_rows.posting)
        if due_by is None:
            return []
        return await self._transaction.read([_to_deliver(aware(due_by), most)], timetable_rows.posting)

    async def put(self, posting: Posting) -> bool:
        """Replace a posting's state, late mark, reason, tries and `retry_at`; False if it is settled or not there."""
        replacing = (
            update(schema.postings)
            .where(_postings.key == posting.key, _postings.state.not_in(values_of(SETTLED)))
            .values(
                state=posting.state.value,
                late=posting.late,
                reason=posting.reason,
                tries=posting.tries,
                retry_at=aware_or_none(posting.retry_at),
            )
        )
        return await self._transaction.write(partial(changed, statements=[replacing])) > 0


def _due(row: RowMapping) -> datetime:
    due: datetime = row["due"]
    return due


def _newest_due(now: datetime) -> ColumnElement[datetime]:
    """When the newest posting of the same subscription was due."""
    other = schema.postings.alias().c
    newest = select(func.max(other.due)).where(other.subscription == _postings.subscription, other.due <= now)
    return newest.correlate(schema.postings).scalar_subquery()


def _to_deliver(by: datetime, most: int) -> Select[Any]:
    """In turns: the first of each tenant before the second of any."""
    of_tenant = func.row_number().over(partition_by=_postings.tenant, order_by=(_postings.due, _postings.key))
    turns = (
        select(schema.postings, of_tenant.label("turn"))
        .where(
            _postings.state.in_(values_of({State.COMPOSED, State.INTENT})),
            _postings.due <= by,
            or_(_postings.retry_at.is_(None), _postings.retry_at <= by),
        )
        .subquery()
    )
    return select(turns).order_by(turns.c.turn, turns.c.due, turns.c.key).limit(most)


class _Slot:
    """The statements that give every subscription under a schedule its posting for one slot."""

    def __init__(self, schedule: Schedule, due: Due, missed: str | None) -> None:
        self._due = due
        self._at = aware(due.at)
        self._missed = missed
        self._key = _subscriptions.id.concat(posting_key("", due))
        self._owed = and_(_subscriptions.schedule == str(schedule), _subscriptions.since <= self._at)
        self._paused = and_(_subscriptions.paused_until.is_not(None), _subscriptions.paused_until > self._at)

    def lacking(self) -> Select[Any]:
        """The subscriptions whose posting is not there, or was skipped and may come now."""
        return select(_subscriptions.id).where(self._owed, self._lacks(if_absent=True))

    def making_way(self) -> list[Executable]:
        """Delete postings that are to be made anew, and what was frozen of them: nothing of it was attempted."""
        again = select(self._key).where(self._owed, self._lacks(if_absent=False))
        return [
            delete(schema.deliveries).where(_deliveries.posting.in_(again)),
            delete(schema.postings).where(_postings.key.in_(again)),
        ]

    def filling(self, dialect: str) -> Executable:
        """Insert what is not there."""
        columns: dict[str, ColumnElement[Any]] = {
            "key": self._key,
            "subscription": _subscriptions.id,
            "tenant": _subscriptions.tenant,
            "platform": _subscriptions.platform,
            "place": _subscriptions.place,
            "thread": _subscriptions.thread,
            "desk": _subscriptions.desk,
            "slot": literal(self._due.slot, schema.Words),
            "date": literal(self._due.date.isoformat(), schema.Words),
            "due": literal(self._at, schema.Instant),
            "language": _subscriptions.language,
            "state": self._state(),
            "late": literal(value=False, type_=Boolean),
            "reason": self._reason(),
            "tries": literal(0, Integer),
        }
        source = select(*columns.values()).where(self._owed)
        return insert(dialect, schema.postings).from_select(list(columns), source).on_conflict_do_nothing()

    def _lacks(self, *, if_absent: bool) -> ColumnElement[bool]:
        is_again = false() if self._missed is not None else and_(~self._paused, _may_come_again())
        found = select(case((is_again, 1), else_=0)).where(_postings.key == self._key)
        return func.coalesce(found.correlate(schema.subscriptions).scalar_subquery(), int(if_absent)) == 1

    def _state(self) -> ColumnElement[str]:
        otherwise = State.PLANNED if self._missed is None else State.SKIPPED
        return case((self._paused, State.SKIPPED.value), else_=otherwise.value)

    def _reason(self) -> ColumnElement[str | None]:
        given = func.coalesce(func.nullif(_subscriptions.pause_reason, ""), NOBODY_SAID_WHY)
        words = literal(PAUSED, String).concat(given)
        return case((self._paused, words), else_=literal(self._missed, schema.Words))


def _may_come_again() -> ColumnElement[bool]:
    """Whether a posting was skipped, nothing of it attempted, and its place has had no later edition."""
    other = schema.postings.alias().c
    of_place = and_(other.subscription == _postings.subscription, other.state.in_(values_of(COMPOSED_ONCE)))
    newest = select(func.max(other.due)).where(of_place).correlate(schema.postings).scalar_subquery()
    in_order = func.coalesce(newest, _postings.due) <= _postings.due
    return and_(_postings.state == State.SKIPPED.value, ~_was_attempted(), in_order)

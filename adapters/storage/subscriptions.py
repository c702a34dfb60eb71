"""Which place receives which desk, in SQL."""

from collections.abc import Collection
from functools import partial

from sqlalchemy import delete, or_, select, update
from sqlalchemy.engine import RowMapping

from adapters.storage import schema, timetable_rows
from adapters.storage.dialect import insert
from adapters.storage.owing import still_fits
from adapters.storage.portions import keys_in_portions
from adapters.storage.postings import changed, is_untouched
from adapters.storage.transaction import Transaction
from bot.domain.ledger import State
from bot.domain.reasons import UNSUBSCRIBED
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule

_subscriptions = schema.subscriptions.c
_postings = schema.postings.c


class SqlSubscriptions:
    """Which place receives which desk."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, subscription: Subscription) -> None:
        """Keep or replace, by id; planned postings that no longer fit it are dropped."""
        row = timetable_rows.subscription_row(subscription)
        adding = insert(self._transaction.dialect, schema.subscriptions).values(row)
        renewed = {name: adding.excluded[name] for name in row if name != "id"}
        replacing = adding.on_conflict_do_update(index_elements=[_subscriptions.id], set_=renewed)
        # This takes the turn to write: nobody plans between what is read next and what is written then.
        planned = (_postings.subscription == subscription.id, _postings.state == State.PLANNED.value)
        elsewhere = or_(
            *(_postings[name] != row[name] for name in ("tenant", "platform", "place", "desk", "language")),
            _postings.thread.is_distinct_from(row["thread"]),
            *([] if row["paused_until"] is None else [_postings.due < row["paused_until"]]),
        )
        await self._transaction.write(partial(changed, statements=[delete(schema.postings).where(*planned, elsewhere)]))
        untimely = await self._untimely(subscription)
        dropping = [
            delete(schema.postings).where(*planned, _postings.key.in_(some)) for some in keys_in_portions(untimely)
        ]
        await self._transaction.write(partial(changed, statements=[*dropping, replacing]))

    async def _untimely(self, subscription: Subscription) -> list[str]:
        """Keys of planned postings that the subscription, with its new schedule, is not owed at that instant."""
        kept = select(_subscriptions.schedule).where(_subscriptions.id == subscription.id)
        before: Schedule | None = next(iter(await self._transaction.read([kept], timetable_rows.schedule)), None)

        def untimely(row: RowMapping) -> str | None:
            day, slot = timetable_rows.local_date(row), timetable_rows.slot(row)
            return None if still_fits(before, subscription.schedule, day, slot) else str(row["key"])

        planned = select(_postings.key, _postings.date, _postings.slot).where(
            _postings.subscription == subscription.id, _postings.state == State.PLANNED.value
        )
        return [key for key in await self._transaction.read([planned], untimely) if key is not None]

    async def drop(self, subscription: str) -> bool:
        """End it: what is planned or composed for it, and not begun, is skipped. False if there is none of this id."""
        ending = delete(schema.subscriptions).where(_subscriptions.id == subscription)
        if not await self._transaction.write(partial(changed, statements=[ending])):
            return False
        skipping = update(schema.postings).where(_postings.subscription == subscription, is_untouched())
        skipped = skipping.values(state=State.SKIPPED.value, reason=UNSUBSCRIBED)
        await self._transaction.write(partial(changed, statements=[skipped]))
        return True

    async def find(self, ids: Collection[str] | None = None, *, tenant: str | None = None) -> list[Subscription]:
        """Those of these ids, of this tenant, or all; by (tenant, id)."""
        wanted = select(schema.subscriptions)
        if tenant is not None:
            wanted = wanted.where(_subscriptions.tenant == tenant)
        portions = [()] if ids is None else keys_in_portions(ids)
        statements = [wanted.where(_subscriptions.id.in_(some)) if some else wanted for some in portions]
        found = await self._transaction.read(statements, timetable_rows.subscription)
        return sorted(found, key=lambda subscription: (subscription.tenant, subscription.id))

    async def schedules(self) -> list[Schedule]:
        """The schedules in use, each once, in order."""
        wanted = select(_subscriptions.schedule).distinct()
        return sorted(await self._transaction.read([wanted], timetable_rows.schedule))

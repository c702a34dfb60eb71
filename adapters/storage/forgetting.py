"""What is deleted when it is old: rows that nothing leads out of any more."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.schema import builds, deliveries, inbounds, leases, postings, results, usage
from bot.domain.ledger import SETTLED, State

_SETTLED = tuple(sorted(state.value for state in SETTLED))


async def forget(connection: AsyncConnection, *, before: datetime, now: ColumnElement[datetime]) -> None:
    """Delete what was settled and due before this: never an open posting, nor a build that one waits for.

    Results and inbounds go by their own instant, counts by their day; leases when they ended before this and before
    `now`, the database's instant. An inbound message that is delivered again so late would be answered again.
    """
    old = and_(postings.c.state.in_(_SETTLED), postings.c.due < before)
    await connection.execute(delete(deliveries).where(deliveries.c.posting.in_(select(postings.c.key).where(old))))
    await connection.execute(delete(postings).where(old))
    waiting = exists().where(
        postings.c.state == State.PLANNED.value,
        postings.c.due == builds.c.due,
        postings.c.desk == builds.c.desk,
        postings.c.language == builds.c.language,
    )
    await connection.execute(delete(builds).where(builds.c.due < before, ~waiting))
    await connection.execute(delete(results).where(results.c.at < before))
    await connection.execute(delete(inbounds).where(inbounds.c.at < before))
    await connection.execute(delete(usage).where(usage.c.day < before.date().isoformat()))
    await connection.execute(delete(leases).where(leases.c.until < before, leases.c.until < now))

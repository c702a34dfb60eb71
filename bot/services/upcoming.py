"""What comes next, as settings and status tell it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import islice

from bot.domain.ledger import SETTLED, posting_key
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.timetable import Due, dues
from bot.ports.store import Unit

_AHEAD = timedelta(days=25)
"""A weekly slot comes three times in it, also where a date is missing."""
_CANDIDATES = 3
_MOST_KEYS = 500
_INSTANT = timedelta(microseconds=1)


async def upcoming(
    unit: Unit, subscriptions: Sequence[Subscription], zones: Callable[[str], tzinfo | None], now: datetime
) -> dict[str, Due | None]:
    """The slot that each gets next, by subscription; None where its zone is not known or somebody has to resume it.

    A slot that was settled already (published before its time was changed, skipped) is passed over; one that is due
    when a pause ends is published.

    Raises:
        StoreError: the database failed.
    """
    ahead = {own.id: _ahead(own, zones(own.schedule.zone), now) for own in subscriptions}
    keys = [posting_key(own, due) for own, found in ahead.items() for due in found]
    settled: set[str] = set()
    for start in range(0, len(keys), _MOST_KEYS):
        postings = await unit.postings.find(keys=keys[start : start + _MOST_KEYS])
        settled.update(posting.key for posting in postings if posting.state in SETTLED)
    return {
        own: next((due for due in found if posting_key(own, due) not in settled), None) for own, found in ahead.items()
    }


def _ahead(own: Subscription, zone: tzinfo | None, now: datetime) -> list[Due]:
    """The first slots that are due after now and after its pause."""
    if zone is None or own.paused_until == FOR_GOOD:
        return []
    start = max(now, own.paused_until - _INSTANT) if own.paused_until else now
    return [*islice(dues(own.schedule, zone, start, start + _AHEAD), _CANDIDATES)]

"""What every store decides alike on postings: which planned ones still fit, and in which words one is skipped."""

from datetime import date, datetime, timedelta

from bot.domain.edition import Slot
from bot.domain.ledger import State
from bot.domain.reasons import MISSED, why_paused
from bot.domain.subscription import Subscription
from bot.domain.timetable import Due, Schedule

UNTOUCHED = frozenset({State.PLANNED, State.COMPOSED})
"""States of a posting of which nothing was attempted, as long as the ledger says the same."""
COMPOSED_ONCE = frozenset({State.COMPOSED, State.INTENT, State.SENT, State.PARKED})
"""States of a posting whose edition a place has seen or will see. A skipped one leaves its news to the next."""

NO_SUBSCRIPTION = ""
"""Of a posting that somebody asked for beside the timetable: nothing overtakes it."""


def why_skipped(subscription: Subscription, due: Due, missed: str | None) -> str | None:
    """Why a slot is not to be published; None where it is. A pause goes before what was missed: it stays true."""
    if subscription.paused_at(due.at):
        return why_paused(subscription)
    return missed


def too_late(due: datetime, catch_up: timedelta) -> str:
    """The words for a slot that could only be published more than `catch_up` after its time."""
    at, span = f"{due:%Y-%m-%d %H:%M} UTC", _span(catch_up)
    return f"{MISSED}: it was due at {at} and could only be published more than {span} later"


def _span(duration: timedelta) -> str:
    hours, minutes = divmod(int(duration.total_seconds()) // 60, 60)
    return f"{hours} h" if hours and not minutes else f"{hours} h {minutes} min" if hours else f"{minutes} min"


def still_fits(before: Schedule | None, after: Schedule, day: date, slot: Slot) -> bool:
    """Whether a slot that was planned under one schedule is due at the same instant under the other.

    Zones are compared by name: no zone data is needed, and two names of one zone only make a posting anew.
    """
    if before is None or before.zone != after.zone or day.weekday() not in after.days:
        return False
    times = dict(after.slots)
    return slot != "now" and slot in times and times[slot] == dict(before.slots).get(slot)

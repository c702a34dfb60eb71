"""How long before its slot an edition is begun."""

import math
from collections.abc import Sequence
from datetime import timedelta

UNKNOWN = timedelta(minutes=10)
"""Of a desk that has built nothing yet."""
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(minutes=60)
"""News an hour old is the price of the slowest writer; beyond that, sentences are selected instead."""
_LOOKED_AT = 10
_MARGIN = 1.5
_PERCENTILE = 0.95


def lead(lasted: Sequence[float]) -> timedelta:
    """One and a half times the 95th percentile (nearest rank) of the last ten builds.

    `lasted` is in seconds, newest first. Ten minutes with none; at least one, at most sixty. A build that its slot cut
    short has lasted about as long as its lead, so the next one gets half as much again until it is done in time or the
    hour is reached.
    """
    if not lasted:
        return UNKNOWN
    recent = sorted(lasted[:_LOOKED_AT])
    slow = recent[math.ceil(_PERCENTILE * len(recent)) - 1]
    seconds = min(max(slow * _MARGIN, SHORTEST.total_seconds()), LONGEST.total_seconds())
    return timedelta(seconds=seconds)

"""How long to wait: between two calls to a platform, and after one that did not go well. Pure arithmetic.

Waits are spread by the posting's key: a thousand places that failed together do not come back together.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

_AFTER_SILENCE = tuple(timedelta(seconds=s) for s in (2, 8, 30, 120, 300))
"""After each failure in a row of a platform that does not answer; the last one from then on."""
_AFTER_CLOSED = tuple(timedelta(seconds=s) for s in (60, 300))
_SPREAD = 0.25
"""Share of a wait that is added at most."""


def wait_after_silence(failures: int, key: str) -> timedelta:
    """How long to leave a posting alone after so many failures in a row (1, 2 …) of a platform without an answer."""
    return _spread(_step(_AFTER_SILENCE, failures), f"{key}/{failures}")


def wait_after_closed(failures: int, key: str) -> timedelta:
    """The same where the place was closed: it is asked again after a minute, then after five."""
    return _spread(_step(_AFTER_CLOSED, failures), f"{key}/{failures}")


def _step(waits: tuple[timedelta, ...], failures: int) -> timedelta:
    return waits[min(failures, len(waits)) - 1]


def _spread(wait: timedelta, seed: str) -> timedelta:
    share = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 2**32
    return wait * (1 + _SPREAD * share)


@dataclass(slots=True)
class Spacing:
    """Keeps calls apart: never two within `gap`, so that there is no burst to save up for."""

    gap: timedelta
    free: datetime | None = None
    """When the next call may be made; None: now."""

    def wait(self, now: datetime) -> timedelta:
        """How long the next call has to wait; nothing to wait for is zero.

        A clock that was set back keeps nobody waiting for longer than the gap.
        """
        if self.free is None:
            return timedelta()
        return max(timedelta(), min(self.free - now, self.gap))

    def note(self, now: datetime) -> None:
        """A call is made now."""
        self.free = now + self.gap

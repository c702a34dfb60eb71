"""How often one may ask: tiers by method and workspace, one message a second and channel, and the small history."""

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MINUTE = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute."""
SMALL = ("conversations.history", "conversations.replies")
"""What applications that are sold outside the Marketplace get once a minute, 15 messages each."""
SMALL_MESSAGES = 15


@dataclass(frozen=True, slots=True)
class Pace:
    """Calls a minute by tier; messages a second in one channel. None: as many as one likes."""

    tiers: Mapping[int, int] | None = None
    a_second: int | None = None


REAL = Pace(TIERS, 1)
"""About what Slack allows."""
GENEROUS = Pace()
"""Nothing to wait for."""


@dataclass(slots=True)
class Buckets:
    """Counts calls in sliding windows. `now` gives seconds, of the world's clock."""

    now: Callable[[], float]
    pace: Pace = GENEROUS
    history: str = "full"
    _calls: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)

    def take(self, method: str, tier: int | None, team: str, channel: str | None) -> int | None:
        """One call; the whole seconds to wait where it is one too many. Tier None: one a second and channel."""
        if self.history == "small" and method in SMALL:
            return self._count((method, team), 1, MINUTE)
        if tier is None:
            return self._count((method, team, channel or ""), self.pace.a_second, 1.0)
        return self._count((method, team), (self.pace.tiers or {}).get(tier), MINUTE)

    def _count(self, key: tuple[str, ...], limit: int | None, seconds: float) -> int | None:
        if limit is None:
            return None
        calls, now = self._calls.setdefault(key, deque()), self.now()
        while calls and now - calls[0] >= seconds:
            calls.popleft()
        if len(calls) >= limit:
            return max(1, math.ceil(seconds - (now - calls[0])))
        calls.append(now)
        return None

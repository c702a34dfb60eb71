"""How often one may ask: buckets a route and place, one for all, and the ban for those who do not listen."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

INVALID_WINDOW = 600.0
GLOBAL_A_SECOND = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """Requests and seconds by `METHOD template`, such as `POST /channels/{}/messages`; `other` for the rest."""

    routes: Mapping[str, tuple[int, float]]
    other: tuple[int, float]
    a_second: int


REAL = Pace(
    {
        "POST /channels/{}/messages": (5, 5.0),
        "PATCH /channels/{}/messages/{}": (5, 5.0),
        "DELETE /channels/{}/messages/{}": (5, 1.0),
        "GET /channels/{}/messages": (5, 5.0),
        "POST /channels/{}/threads": (10, 10.0),
        "POST /channels/{}/messages/{}/threads": (10, 10.0),
        "PATCH /channels/{}": (5, 15.0),
    },
    (30, 5.0),
    GLOBAL_A_SECOND,
)
"""About what Discord allows."""
GENEROUS = Pace({}, (10_000, 1.0), 1_000_000)
"""Headers, and nothing to wait for."""


@dataclass(slots=True)
class Verdict:
    """Whether a request may pass; the headers to answer with; for how long not."""

    headers: dict[str, str]
    retry_after: float | None = None
    scope: str = ""


@dataclass(slots=True)
class Buckets:
    """Counts requests in fixed windows. `now` gives seconds."""

    pace: Pace = GENEROUS
    now: Callable[[], float] = time.monotonic
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict)
    _second: deque[float] = field(default_factory=deque)
    _invalid: deque[float] = field(default_factory=deque)

    def take(self, route: str, major: str, *, counts_globally: bool) -> Verdict:
        """One request for a route; `major` is the channel, server or webhook it is about."""
        limit, length = self.pace.routes.get(route, self.pace.other)
        key, now = f"{route}:{major}", self.now()
        began, used = self._windows.get(key, (now, 0))
        if now - began >= length:
            began, used = now, 0
        left = began + length - now
        if counts_globally and (wait := self._too_many_a_second(now)):
            return Verdict({"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, wait, "global")
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - used - 1)),
            "X-RateLimit-Reset": f"{now + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": sha256(route.encode()).hexdigest()[:32],
        }
        if used >= limit:
            return Verdict(headers | {"X-RateLimit-Scope": "user"}, left, "user")
        self._windows[key] = (began, used + 1)
        return Verdict(headers)

    def _too_many_a_second(self, now: float) -> float | None:
        while self._second and now - self._second[0] >= 1.0:
            self._second.popleft()
        if len(self._second) >= self.pace.a_second:
            return max(0.001, 1.0 - (now - self._second[0]))
        self._second.append(now)
        return None

    def note(self, status: int) -> None:
        """Count an answer that says: you should have known."""
        if status in {401, 403, 429}:
            self._invalid.append(self.now())

    @property
    def invalid(self) -> int:
        """Such answers in the last ten minutes."""
        while self._invalid and self.now() - self._invalid[0] >= INVALID_WINDOW:
            self._invalid.popleft()
        return len(self._invalid)

"""What discord.py remembers of rate limits is thrown away once it says nothing any more.

Each interaction has a bucket of its own, used once or twice. The library keeps all of them for five minutes and, from
256 on, looks through all of them whenever a new one comes: a busy hour would cost memory, and time before each
acknowledgement.
"""

from discord.http import HTTPClient, Ratelimit

_EVERY = 500
"""Interactions between two looks."""


class Buckets:
    """Those of a client."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._left = _EVERY

    def used(self) -> None:
        """An interaction was acknowledged: its bucket is not needed again."""
        self._left -= 1
        if self._left > 0:
            return
        self._left = _EVERY
        buckets = self._http._buckets  # the library offers no other way to them
        for key in [key for key, bucket in buckets.items() if _says_nothing(bucket)]:
            del buckets[key]


def _says_nothing(bucket: Ratelimit) -> bool:
    """Whether a new one would say the same: nobody uses it, and what Discord said of it is over."""
    return not bucket.outgoing and not bucket._pending_requests and (bucket.expires is None or bucket.is_expired())

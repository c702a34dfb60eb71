"""Where a thinker publishes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.item import Found


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch found."""

    found: tuple[Found, ...]
    """Newest first, at most 1,000, each guid once."""
    cursor: str | None
    """Opaque JSON to hand in next time; at most 4,000 characters."""
    unchanged: bool = False
    """The source said that nothing changed; `found` is empty."""
    moved_to: str | None = None
    """The source has moved for good; the new address."""
    title: str | None = None
    """What the source calls itself."""


class Source(Protocol):
    """One place to read. Adapters keep no state between calls: it is all in the cursor."""

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
        """Read what is there.

        `cursor` is None the first time, then what the last successful fetch returned. Entries may be reported again and
        again (at least once); the caller knows them by guid and link. `now` (aware UTC) is for ages, never for dating.

        Raises:
            SourceUnavailable: no answer, a server error or a rate limit; `retry_after` when the server named one.
            SourceRefused: an address we do not fetch, or 401, 403, 404, 410.
            SourceMalformed: the bytes cannot be read as what the source promises.
        """
        ...

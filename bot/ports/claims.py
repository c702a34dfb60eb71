"""The ledger of claims: the part of the store that outlives its editions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.claim import Claim
from bot.domain.edition import Window


class ClaimLedger(Protocol):
    """What thinkers asserted in the stories of editions, over the weeks. No claim belongs to anybody who reads."""

    async def add(self, claims: Sequence[Claim]) -> int:
        """Keep claims; one of an id that is kept already stays as it is. How many are new."""
        ...

    async def said(self, sources: Collection[str], window: Window, *, most: int) -> list[Claim]:
        """Claims that these source keys published in the window, newest first (then by id), at most `most`: whoever
        reads no other sources learns of no other claims.
        """
        ...

    async def forget(self, before: datetime) -> int:
        """Delete what was published before this; how many."""
        ...

"""What thinkers asserted, in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.storage.memory_contents import Turn
from adapters.storage.rows import aware
from bot.domain.claim import Claim, newest_first
from bot.domain.edition import Window


class MemoryClaims:
    """What thinkers asserted."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def add(self, claims: Sequence[Claim]) -> int:
        """Keep claims; one that is kept already stays as it is. How many are new."""
        values = [replace(claim, at=aware(claim.at)) for claim in claims]
        kept = (await self._unit.writing()).claims
        before = len(kept)
        for claim in values:
            kept.setdefault(claim.id, claim)
        return len(kept) - before

    async def said(self, sources: Collection[str], window: Window, *, most: int) -> list[Claim]:
        """Claims that these source keys published in the window, newest first, at most `most`."""
        wanted = frozenset(sources)
        kept = self._unit.reading().claims.values()
        return newest_first([one for one in kept if one.source in wanted and window.holds(one.at)])[:most]

    async def forget(self, before: datetime) -> int:
        """Delete what was published before this; how many."""
        instant = aware(before)
        kept = (await self._unit.writing()).claims
        gone = [identity for identity, claim in kept.items() if claim.at < instant]
        for identity in gone:
            del kept[identity]
        return len(gone)

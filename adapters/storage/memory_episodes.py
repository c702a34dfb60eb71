"""Overviews of what others have recorded, in memory."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from adapters.storage.memory_contents import Turn
from adapters.storage.rows import aware
from bot.domain.item import RECORDED, Item
from bot.domain.show import newest_first
from bot.ports.episodes import KeptEpisode


class MemoryEpisodes:
    """Overviews of what others have recorded."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def put(self, kept: KeptEpisode) -> None:
        """Keep or replace, by the episode's id."""
        value = replace(kept, made=aware(kept.made))
        (await self._unit.writing()).episodes[kept.episode.id] = value

    async def get(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, KeptEpisode]:
        """Those of these ids, by id, that are anybody's or this tenant's."""
        kept = self._unit.reading().episodes
        found = {one: kept[one] for one in ids if one in kept}
        return {one: each for one, each in found.items() if each.tenant is None or each.tenant == tenant}

    async def which(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, bool]:
        """The same, but only whether each has a transcript."""
        return {one: kept.transcript is not None for one, kept in (await self.get(ids, tenant=tenant)).items()}

    async def of(self, sources: Collection[str], *, most: int = 1000) -> list[Item]:
        """Items of these source keys that are episodes or videos, each id once, newest first (by `at`, then id)."""
        wanted = frozenset(sources)
        kept = self._unit.reading().items.values()
        return newest_first(item for item in kept if item.source in wanted and item.kind in RECORDED)[:most]

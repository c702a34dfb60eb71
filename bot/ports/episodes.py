"""Overviews of episodes as a store keeps them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.episode import Episode
from bot.domain.item import Item
from bot.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class KeptEpisode:
    """An overview with all that its discussion needs."""

    episode: Episode
    transcript: Transcript | None
    made: datetime
    rules: int
    """The version of the rules that found its chapters: their numbers may mean others under other rules."""
    tenant: str | None = None
    """Whose it is, where somebody gave us the file; None: anybody's."""
    source: str | None = None
    """`SourceSpec.key` of the show's source, where it is on a roster."""


class Episodes(Protocol):
    """Overviews of what others have recorded."""

    async def put(self, kept: KeptEpisode) -> None:
        """Keep or replace, by the episode's id."""
        ...

    async def get(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, KeptEpisode]:
        """Those of these ids, by id, that are anybody's or this tenant's."""
        ...

    async def which(self, ids: Collection[str], *, tenant: str | None = None) -> Mapping[str, bool]:
        """The same, but only whether each has a transcript."""
        ...

    async def of(self, sources: Collection[str], *, most: int = 1000) -> list[Item]:
        """Items of these source keys that are episodes or videos, each id once, newest first (by `at`, then id)."""
        ...

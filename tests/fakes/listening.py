"""Overviews without a net: what is behind a link, a name or a file is what a test has put there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.episode import Episode
from bot.domain.place import Place
from bot.domain.show import Listed, Listened, Show
from bot.domain.visitor import Visitor
from bot.errors import NotFoundError
from bot.ports.episodes import KeptEpisode
from bot.ports.recordings import Upload
from bot.ports.store import Store


@dataclass
class MemoryListening:
    """Keeps in the store what it gives, as the service does."""

    store: Store
    behind: dict[str, KeptEpisode] = field(default_factory=dict)
    """By link, name, or name of a file."""
    stages: tuple[Listened, ...] = ()
    """What is waited for before each overview."""
    asked: list[str | Upload] = field(default_factory=list)
    published: list[tuple[str, Place, str]] = field(default_factory=list)
    """Episode, place, tenant."""

    async def overview(
        self, visitor: Visitor, wanted: str | Upload, *, told: Callable[[Listened], Awaitable[None]] | None = None
    ) -> Episode:
        """What was put there."""
        del visitor
        self.asked.append(wanted)
        found = self.behind.get(wanted.name if isinstance(wanted, Upload) else wanted)
        if found is None:
            raise NotFoundError("No episode has this name.")
        if told is not None:
            for stage in self.stages:
                await told(stage)
        await self.keep(found)
        return found.episode

    async def keep(self, kept: KeptEpisode) -> None:
        """An overview that was made before."""
        async with self.store.unit() as unit:
            await unit.episodes.put(kept)
            await unit.commit()

    async def publish(self, episode: str, place: Place, *, tenant: str) -> bool:
        """Note it; nothing is posted."""
        if await self.episode(episode, tenant=tenant) is None:
            raise NotFoundError("It is not kept.")
        wanted = (episode, place, tenant)
        first = wanted not in self.published
        self.published += [wanted] if first else []
        return first

    async def episode(self, episode: str, *, tenant: str | None = None) -> Episode | None:
        """A kept overview."""
        async with self.store.unit() as unit:
            found = (await unit.episodes.get([episode], tenant=tenant)).get(episode)
        return found.episode if found else None


@dataclass
class MemoryShows:
    """Shows that a test has put there."""

    listed: dict[str, tuple[Show, tuple[Listed, ...]]] = field(default_factory=dict)
    """By id."""

    async def shows(self, tenant: str | None) -> list[Show]:
        """In the order they were put there."""
        del tenant
        return [show for show, _ in self.listed.values()]

    async def episodes(self, tenant: str | None, show: str) -> tuple[Show, tuple[Listed, ...]]:
        """By id or name."""
        del tenant
        for key, (one, found) in self.listed.items():
            if show in {key, one.name}:
                return one, found
        raise NotFoundError("No show of this name is read.")

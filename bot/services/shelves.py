"""What is talked about, ready to be asked: an edition, and earlier ones of the same desk; an episode."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.retrieval import Shelf
from bot.domain.desk import DEFAULT_DESK, is_variant
from bot.domain.edition import Edition
from bot.domain.message import is_episode
from bot.errors import NotFoundError
from bot.ports.episodes import KeptEpisode
from bot.ports.store import Store
from bot.services.together import Together

LATEST = "latest"
"""Stands for the newest edition."""
MOST_OLDER = 14
"""Earlier editions that a question is taken to: a week of mornings and evenings."""
MOST_SHELVES = 64
"""Editions kept ready to be asked, a few hundred kilobytes each."""
MOST_EPISODES = 16
"""Episodes kept so: some megabytes each."""
_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class Shelves:
    """Keeps those that were asked last."""

    def __init__(self, store: Store, most: int = MOST_SHELVES) -> None:
        self._store = store
        self._most = most
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._episodes: OrderedDict[str, EpisodeShelf] = OrderedDict()
        self._together = Together[Shelf]()

    async def of(self, publication: str, *, tenant: str | None = None) -> Shelf:
        """An edition or an episode by its id; `latest` is the newest edition that is not of a server's own sources.

        `tenant` is where it is asked for: an episode of a file that somebody gave us is only theirs.

        Raises:
            NotFoundError: nothing is kept under this id.
            StoreError: the database failed.
        """
        if is_episode(publication):
            return await self._together((publication, tenant), lambda: self._of_episode(publication, tenant))
        return await self._together((publication, None), lambda: self._of(publication))

    async def older(self, shelf: Shelf) -> list[Shelf]:
        """Earlier editions of the same desk, the newest first; an episode has none.

        Raises:
            StoreError: the database failed.
        """
        edition = shelf.edition
        if shelf.publication is not edition:
            return []
        async with self._store.unit() as unit:
            found = await unit.editions.before(edition.desk, edition.window.end, most=MOST_OLDER + 1)
        return await self._ready_all([e for e in found if e.id != edition.id][:MOST_OLDER])

    async def latest(self, desks: Sequence[str]) -> list[Shelf]:
        """The latest of some desks, the newest first.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            found = [e for desk in desks for e in await unit.editions.before(desk, _EVER, most=MOST_OLDER)]
        newest = sorted(found, key=lambda edition: (edition.window.end, edition.id), reverse=True)
        return await self._ready_all(newest[:MOST_OLDER])

    async def _of(self, edition_id: str) -> Shelf:
        async with self._store.unit() as unit:
            edition = await unit.editions.get(edition_id)
            if edition is not None and edition_id == LATEST and is_variant(edition.desk):
                # Who asks from nowhere in particular is not told what another server reads.
                of_all = await unit.editions.before(DEFAULT_DESK.id, edition.window.end, most=1)
                edition = next(iter(of_all), None)
        if edition is None:
            raise NotFoundError(f"no edition is kept under {edition_id}")
        return self._ready(edition)

    async def _of_episode(self, episode: str, tenant: str | None) -> Shelf:
        async with self._store.unit() as unit:
            kept = (await unit.episodes.get([episode], tenant=tenant)).get(episode)
        if kept is None:
            raise NotFoundError(f"no episode is kept under {episode}")
        shelf = self._episodes.get(episode)
        # An episode changes under its id when it is composed again.
        if shelf is None or shelf.episode != kept.episode or shelf.transcript != kept.transcript:
            # That takes a fifth of a second for twelve hours of talk: others get their turn meanwhile.
            shelf = self._episodes[episode] = await asyncio.to_thread(_on_a_shelf, kept)
        self._episodes.move_to_end(episode)
        if len(self._episodes) > MOST_EPISODES:
            self._episodes.popitem(last=False)
        return shelf

    async def _ready_all(self, editions: Sequence[Edition]) -> list[Shelf]:
        shelves: list[Shelf] = []
        for earlier in editions:
            shelves.append(self._ready(earlier))
            # Each takes some 10 ms of work when it is new: others get their turn in between.
            await asyncio.sleep(0)
        return shelves

    def _ready(self, edition: Edition) -> Shelf:
        shelf = self._shelves.get(edition.id)
        # An edition changes under its id when its audio arrives.
        if shelf is None or shelf.edition != edition:
            shelf = self._shelves[edition.id] = Shelf(edition)
        self._shelves.move_to_end(edition.id)
        if len(self._shelves) > self._most:
            self._shelves.popitem(last=False)
        return shelf


def _on_a_shelf(kept: KeptEpisode) -> EpisodeShelf:
    return EpisodeShelf(kept.episode, kept.transcript, kept.made)

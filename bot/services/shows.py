"""The shows that are read, and their episodes by name."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from rapidfuzz import fuzz, process, utils

from bot.domain.desk import Desks
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.item import Item
from bot.domain.recording import Recording
from bot.domain.roster import SourceType, Thinker
from bot.domain.show import Listed, Show
from bot.domain.sites import video_of
from bot.errors import NotFoundError
from bot.ports.store import Store

T = TypeVar("T")
HEARD: Final = frozenset({SourceType.PODCAST, SourceType.YOUTUBE})
"""Types of sources whose items can be heard."""
_MOST: Final = 5_000
"""Episodes that are looked through."""
_NEAR: Final = 80.0
"""A name that is meant: of 100."""
_NAMED: Final = 3
_LONGEST_NAME: Final = 300


def is_address(text: str) -> bool:
    """Whether somebody typed an address, and no name."""
    said = text.strip()
    return bool(said) and " " not in said and (said.startswith(("http://", "https://")) or "." in said.rstrip("."))


class ShowRoom:
    """Shows and episodes, from what was gathered."""

    def __init__(self, store: Store, desks: Desks) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._desks = desks

    async def shows(self, tenant: str | None) -> Sequence[Show]:
        """All podcasts and channels that are read; the one with the newest episode first.

        Raises:
            StoreError: the database failed.
        """
        read = self._read(tenant)
        items, kept = await self._gathered({key for keys in read.values() for key in keys}, tenant)
        found = [_show(thinker, keys, items, kept) for thinker, keys in read.items()]
        return sorted(found, key=lambda show: (-(show.latest.timestamp() if show.latest else 0), show.name))

    async def episodes(self, tenant: str | None, show: str) -> tuple[Show, Sequence[Listed]]:
        """A show by id or name, and what is known of its episodes, newest first.

        Raises:
            NotFoundError: no show of this name is read; the nearest are named.
            StoreError: the database failed.
        """
        read = self._read(tenant)
        thinker = _called(show, {**{one.name: one for one in read}, **{one.id: one for one in read}}, "show")
        items, kept = await self._gathered(read[thinker], tenant)
        return _show(thinker, read[thinker], items, kept), [_listed(item, kept) for item in items]

    async def called(self, tenant: str | None, name: str) -> tuple[Item, str]:
        """The newest episode of this name, or whose name is near to it, and the key of its source.

        Raises:
            NotFoundError: none is; the nearest are named.
            StoreError: the database failed.
        """
        items, _ = await self._gathered({key for keys in self._read(tenant).values() for key in keys}, tenant)
        titled: dict[str, Item] = {}
        for item in items:
            if item.url is not None:
                titled.setdefault(item.title, item)
        found = _called(name, titled, "episode")
        return found, found.source

    async def known(self, tenant: str | None, identity: str) -> tuple[Item | None, str | None]:
        """What was gathered under this id, if a show that is read published it.

        Raises:
            StoreError: the database failed.
        """
        keys = {key for keys in self._read(tenant).values() for key in keys}
        async with self._store.unit() as unit:
            found = next((item for item in await unit.items.get([identity]) if item.source in keys), None)
        return found, found.source if found else None

    def is_everybodys(self, source: str) -> bool:
        """Whether the operator reads this source; else a server has added it for itself."""
        return any(source in keys for keys in self._read(None).values())

    def facts(self, item: Item) -> EpisodeFacts:
        """What a feed has said of an episode."""
        recording = item.recording or Recording()
        owner = self._desks.owners().get(item.source)
        return EpisodeFacts(
            id=item.id,
            title=item.title,
            url=item.url,
            show=recording.show or (owner[0].name if owner else None),
            published=item.published,
            duration=recording.duration,
            language=recording.language,
            notes=item.text,
            people=recording.people,
            links=tuple(EpisodeLink(link, link) for link in item.links),
            transcripts=recording.transcripts,
            media=item.media,
            video=video_of(item.url or ""),
        )

    def _read(self, tenant: str | None) -> dict[Thinker, frozenset[str]]:
        """Everybody who publishes what can be heard, with the keys of those sources."""
        desks = self._desks.read_by(tenant) if tenant else self._desks.named
        found: dict[str, tuple[Thinker, frozenset[str]]] = {}
        for opened in desks.values():
            for thinker in opened.roster.thinkers:
                keys = frozenset(source.key for source in thinker.sources if source.type in HEARD)
                if keys:
                    # Desks may read different sources of one person.
                    first, before = found.get(thinker.id, (thinker, frozenset()))
                    found[thinker.id] = (first, before | keys)
        return dict(found.values())

    async def _gathered(
        self, keys: frozenset[str] | set[str], tenant: str | None
    ) -> tuple[list[Item], Mapping[str, bool]]:
        async with self._store.unit() as unit:
            items = await unit.episodes.of(sorted(keys), most=_MOST)
            return items, await unit.episodes.which([item.id for item in items], tenant=tenant)


def _called(name: str, known: Mapping[str, T], what: str) -> T:
    """What is called so, or nearly so.

    Raises:
        NotFoundError: nothing is; the nearest are named.
    """
    asked = " ".join(name.split())[:_LONGEST_NAME]
    near = process.extract(asked, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=_NAMED)
    # A short title may stand in a long name by chance; a part of a long title is how people name it.
    if near and near[0][1] >= _NEAR and len(near[0][0]) * 2 >= len(asked):
        return known[near[0][0]]
    others = "; ".join(title for title, *_ in near) or "none is known yet"
    raise NotFoundError(f"No {what} is called “{asked}”. The nearest: {others}.")


def _show(thinker: Thinker, keys: frozenset[str], items: Sequence[Item], kept: Mapping[str, bool]) -> Show:
    own = [item for item in items if item.source in keys]
    languages = [item.recording.language for item in own if item.recording and item.recording.language]
    return Show(
        thinker.id,
        thinker.name,
        max(sorted(set(languages)), key=languages.count, default=None),
        len(own),
        own[0].at if own else None,
        sum(_has_transcript(item, kept) for item in own),
    )


def _listed(item: Item, kept: Mapping[str, bool]) -> Listed:
    duration = item.recording.duration if item.recording else None
    has = _has_transcript(item, kept)
    return Listed(item.id, item.title, item.url, item.published, duration, has, item.id in kept)


def _has_transcript(item: Item, kept: Mapping[str, bool]) -> bool:
    published = bool(item.recording and item.recording.transcripts)
    return published or kept.get(item.id, False)

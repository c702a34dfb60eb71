"""Take up a posting: freeze its content if nobody has, or find it as it was frozen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.content import part_digest, publication_digest
from bot.domain.ledger import Delivery, Posting, State
from bot.domain.message import Part, Publication, is_episode, part_name, thread_of
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit
from bot.services.delivery.attempt import Sending
from bot.services.delivery.paced import Paced
from bot.services.delivery.trace import Trace

_GONE = "its edition is not kept any more"
_GONE_EPISODE = "its episode is not kept any more"
_MOST_KEPT = 8
"""Editions and episodes kept at hand: many places receive the same one at the same time."""

_Content = Mapping[str, tuple[Part, str]]


class Opening:
    """Loads what there is to send."""

    def __init__(
        self, store: Store, clock: Clock, platforms: Mapping[str, Paced], trace: Trace, late_after: timedelta
    ) -> None:
        self._store = store
        self._clock = clock
        self._platforms = platforms
        self._trace = trace
        self._late_after = late_after
        self._kept: dict[str, tuple[Publication, str]] = {}
        self._unknown: set[str] = set()

    async def __call__(self, key: str) -> Sending | None:
        """What there is to send of a posting; begun now, if nobody has. None: nothing, or not now, or not here."""
        async with self._store.unit() as unit:
            # The rows first: if there are any, whether they are late is kept in the posting since then.
            rows = await unit.ledger.begin(key, ())
            posting = next(iter(await unit.postings.find(keys=[key])), None)
            if posting is None or not self._is_to_send(posting):
                return None
            kept = await self._publication(unit, posting)
            if kept is None:
                await self._park(unit, posting)
                return None
            if not rows:
                posting = replace(posting, late=posting.late or self._is_late(posting))
            content = _content(posting, *kept)
            if not rows:
                rows = await _begin(unit, posting, content)
        platform = self._platforms[posting.place.platform]
        return Sending(posting, platform, content, {row.part: row for row in rows}) if rows else None

    def _is_late(self, posting: Posting) -> bool:
        # Who had an edition posted waits for it: only what a timetable promised can be late.
        return bool(posting.subscription) and self._clock.now() > posting.due + self._late_after

    def _is_to_send(self, posting: Posting) -> bool:
        now = self._clock.now()
        if posting.state not in {State.COMPOSED, State.INTENT} or now < max(posting.due, posting.retry_at or now):
            return False
        platform = posting.place.platform
        if platform not in self._platforms and platform not in self._unknown:
            self._unknown.add(platform)
            self._trace.unknown(posting)
        return platform in self._platforms

    async def _publication(self, unit: Unit, posting: Posting) -> tuple[Publication, str] | None:
        """An edition or an episode, and its digest; a kept edition never changes."""
        publication = posting.edition
        if publication is None or publication in self._kept:
            return self._kept.get(publication or "")
        found = await _load(unit, publication, posting.tenant)
        if found is None:
            return None
        kept = (found, publication_digest(found))
        if is_episode(publication):
            # It changes under its id when it is composed again: what was begun of the old one is then parked.
            return kept
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[publication] = kept
        return kept

    async def _park(self, unit: Unit, posting: Posting) -> None:
        """Park what has no content."""
        gone = _GONE_EPISODE if is_episode(posting.edition or "") else _GONE
        parked = replace(posting, state=State.PARKED, reason=gone)
        if await unit.postings.put(parked):
            await unit.commit()
            self._trace.parked(parked)


async def _load(unit: Unit, publication: str, tenant: str) -> Publication | None:
    """What is posted; what was made of a file, only for those who gave it."""
    if not is_episode(publication):
        return await unit.editions.get(publication)
    kept = (await unit.episodes.get([publication], tenant=tenant)).get(publication)
    return None if kept is None else kept.episode


def _content(posting: Posting, publication: Publication, digest: str) -> _Content:
    """The frozen messages by the name of their part, in order, each with its digest."""
    parts = thread_of(publication, late=posting.due if posting.late else None)
    return {part_name(part): (part, part_digest(digest, part)) for part in parts}


async def _begin(unit: Unit, posting: Posting, content: _Content) -> list[Delivery]:
    """Freeze the content. Empty if somebody else has done so at this very moment, otherwise than we would."""
    wanted = [Delivery(posting.key, name, number, digest) for number, (name, (_, digest)) in enumerate(content.items())]
    rows = await unit.ledger.begin(posting.key, wanted)
    if [(row.part, row.digest) for row in rows] != [(row.part, row.digest) for row in wanted]:
        return []
    if posting.late and not await unit.postings.put(posting):
        return []
    await unit.commit()
    return rows

"""Take up a posting: freeze its content if nobody has, or find it as it was frozen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.content import edition_digest, part_digest
from bot.domain.edition import Edition
from bot.domain.ledger import Delivery, Posting, State
from bot.domain.message import Part, part_name, thread_of
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit
from bot.services.delivery.attempt import Sending
from bot.services.delivery.paced import Paced
from bot.services.delivery.trace import Trace

_GONE = "its edition is not kept any more"
_MOST_EDITIONS = 8
"""Editions kept at hand: many places receive the same one at the same time."""

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
        self._editions: dict[str, tuple[Edition, str]] = {}
        self._unknown: set[str] = set()

    async def __call__(self, key: str) -> Sending | None:
        """What there is to send of a posting; begun now, if nobody has. None: nothing, or not now, or not here."""
        async with self._store.unit() as unit:
            # The rows first: if there are any, whether they are late is kept in the posting since then.
            rows = await unit.ledger.begin(key, ())
            posting = next(iter(await unit.postings.find(keys=[key])), None)
            if posting is None or not self._is_to_send(posting):
                return None
            kept = await self._edition(unit, posting.edition)
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

    async def _edition(self, unit: Unit, edition: str | None) -> tuple[Edition, str] | None:
        """An edition and its digest; a kept one never changes."""
        if edition is None or edition in self._editions:
            return self._editions.get(edition or "")
        found = await unit.editions.get(edition)
        if found is None:
            return None
        while len(self._editions) >= _MOST_EDITIONS:
            del self._editions[next(iter(self._editions))]
        self._editions[edition] = (found, edition_digest(found))
        return self._editions[edition]

    async def _park(self, unit: Unit, posting: Posting) -> None:
        """Park what has no content."""
        parked = replace(posting, state=State.PARKED, reason=_GONE)
        if await unit.postings.put(parked):
            await unit.commit()
            self._trace.parked(parked)


def _content(posting: Posting, edition: Edition, digest: str) -> _Content:
    """The frozen messages by the name of their part, in order, each with its digest."""
    parts = thread_of(edition, late=posting.due if posting.late else None)
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

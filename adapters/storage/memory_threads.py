"""Which edition's messages stand where, in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from adapters.storage.memory_contents import Contents, Turn
from adapters.storage.rows import aware, aware_or_none
from bot.domain.ledger import CARD, Delivery, Posting, State
from bot.domain.place import Place
from bot.ports.store import Standing

_NEVER = datetime.min.replace(tzinfo=UTC)


class MemoryThreads:
    """Which edition's messages stand where; and what was asked for beside the timetable."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def open(self, posting: Posting) -> bool:
        """Keep a posting that no timetable plans; False if one of this key is there already."""
        value = replace(
            posting,
            due=aware(posting.due),
            window_end=aware_or_none(posting.window_end),
            retry_at=aware_or_none(posting.retry_at),
        )
        kept = (await self._unit.writing()).postings
        return kept.setdefault(posting.key, value) is value

    async def standing(self, edition: str, platform: str, place: str) -> list[Standing]:
        """The sent messages of an edition at a place (all its threads), by number."""
        found = [
            (delivery, replace(at, thread=delivery.thread or at.thread), delivery.message)
            for named, at, delivery in _sent(self._unit.reading())
            if (named, at.platform, at.id) == (edition, platform, place)
        ]
        found.sort(key=lambda each: (each[0].number, *_recency(each[0])))
        return [Standing(delivery.part, at, told, edition) for delivery, at, told in found if told is not None]

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """The edition of a message of ours at this place, else the newest sent in this thread of it, else (a place
        without a thread) the newest card sent to it.
        """
        newest: dict[bool, tuple[tuple[datetime, str], str]] = {}
        for edition, at, delivery in _sent(self._unit.reading()):
            is_it = message is not None and delivery.message == message
            is_there = delivery.part == CARD if place.thread is None else delivery.thread == place.thread
            if (at.platform, at.id) == (place.platform, place.id) and (is_it or is_there):
                told = _recency(delivery), edition
                newest[is_it] = max(told, newest.get(is_it, told))
        _, found = newest.get(True, newest.get(False, (None, None)))
        return found


def _sent(kept: Contents) -> Iterator[tuple[str, Place, Delivery]]:
    """Every sent message of an edition, with the place it was owed to."""
    for posting in kept.postings.values():
        for leased in kept.deliveries.get(posting.key, {}).values():
            if leased.delivery.state is State.SENT and posting.edition is not None:
                yield posting.edition, posting.place, leased.delivery


def _recency(delivery: Delivery) -> tuple[datetime, str]:
    return delivery.sent_at or _NEVER, delivery.posting

"""Which edition's messages stand where, in SQL."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, func, select

from adapters.storage import schema, timetable_rows
from adapters.storage.dialect import insert
from adapters.storage.postings import changed
from adapters.storage.transaction import Transaction
from bot.domain.ledger import CARD, Posting
from bot.domain.place import Place
from bot.ports.store import Standing

_postings = schema.postings.c
_deliveries = schema.deliveries.c


class SqlThreads:
    """Which edition's messages stand where; and what was asked for beside the timetable."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def open(self, posting: Posting) -> bool:
        """Keep a posting that no timetable plans; False if one of this key is there already."""
        adding = insert(self._transaction.dialect, schema.postings).values(timetable_rows.posting_row(posting))
        return await self._transaction.write(partial(changed, statements=[adding.on_conflict_do_nothing()])) > 0

    async def standing(self, edition: str, platform: str, place: str) -> list[Standing]:
        """The sent messages of an edition at a place (all its threads), by number."""
        thread = func.coalesce(_deliveries.thread, _postings.thread).label("thread")
        columns = _deliveries.part, _postings.platform, _postings.place, thread, _deliveries.message, _postings.edition
        found = _sent(*columns).where(
            _postings.edition == edition,
            _postings.platform == platform,
            _postings.place == place,
            _deliveries.message.is_not(None),
        )
        in_order = found.order_by(_deliveries.number, _deliveries.sent_at, _deliveries.posting)
        return await self._transaction.read([in_order], timetable_rows.standing)

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """The edition of a message of ours at this place, else the newest sent in this thread of it, else (a place
        without a thread) the newest card sent to it.
        """
        ways: list[ColumnElement[bool]] = []
        if message is not None:
            ways.append(_deliveries.message == message)
        if place.thread is not None:
            ways.append(_deliveries.thread == place.thread)
        else:
            ways.append(_deliveries.part == CARD)
        newest = _deliveries.sent_at.desc(), _deliveries.posting.desc()
        for way in ways:
            # A message and a thread of Slack have an id in their channel only.
            there = _postings.platform == place.platform, _postings.place == place.id
            wanted = _sent(_postings.edition).where(*there, way)
            found = await self._transaction.read([wanted.order_by(*newest).limit(1)], _edition)
            if found:
                return found[0]
        return None


def _sent(*columns: ColumnElement[Any]) -> Select[Any]:
    """Of every sent message of an edition.

    What was sent is known by its instant (`SqlLedger.settle`): asked for its state, SQLite would go through all that
    was ever sent.
    """
    of_posting = _deliveries.posting == _postings.key
    joined = select(*columns).join_from(schema.deliveries, schema.postings, of_posting)
    return joined.where(_deliveries.sent_at.is_not(None), _postings.edition.is_not(None))


def _edition(row: RowMapping) -> str:
    return str(row["edition"])

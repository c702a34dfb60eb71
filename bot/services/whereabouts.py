"""Which edition a message, a thread or a channel is about, and where its parts stand.

What people write in a busy thread is asked about message by message: what was found there is remembered.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.edition import Edition
from bot.domain.fresh import Fresh
from bot.domain.place import Place
from bot.ports.clock import Clock
from bot.ports.store import Standing, Store
from bot.services.together import Together

_STRANGE, _OURS = timedelta(minutes=5), timedelta(minutes=1)
"""How long a thread is known to be none of ours, and which edition it is about: a thread of a day gets a second one."""
_MOST = 10_000
"""Threads that are remembered, of each kind."""


class Whereabouts:
    """Looks into the ledger, once for all who ask the same at the same moment; remembers threads for some minutes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._ids = Together[str | None]()
        self._editions = Together[Edition | None]()
        self._ours = Fresh[str](clock, lasts=_OURS, most=_MOST)
        self._strange = Fresh[bool](clock, lasts=_STRANGE, most=_MOST)

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """Id of the edition that a message, thread or place is about; None where nothing of ours stands.

        A thread is known to be none of ours for five minutes, and to be about an edition for one. A place without a
        thread is looked up every time: who turns to us there has just seen what came.

        Raises:
            StoreError: the database failed.
        """
        where = (place, message)

        async def found() -> str | None:
            async with self._store.unit() as unit:
                return await unit.threads.edition_at(place, message)

        if place.thread is None:
            return await self._ids(where, found)
        known = self._ours.get(where)
        if known is not None or self._strange.get(where):
            return known
        edition = await self._ids(where, found)
        if edition is None:
            self._strange.put(where, value=True)
            return None
        return self._ours.put(where, edition)

    async def standing(self, edition: str, place: Place) -> Sequence[Standing]:
        """The messages of an edition at a place, in all its threads, by number.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return await unit.threads.standing(edition, place.platform, place.id)

    async def edition(self, edition: str) -> Edition | None:
        """A kept edition; `latest` is the newest.

        Raises:
            StoreError: the database failed.
        """

        async def found() -> Edition | None:
            async with self._store.unit() as unit:
                return await unit.editions.get(edition)

        return await self._editions(edition, found)

    async def shared(self, look_up: str, place: Place, ref: str | None = None) -> str | None:
        """The message that shows this look-up in this place to all, if one does; `ref` becomes it, if first.

        Of two who share at the same time, both are given the same message. It is forgotten with what is older than the
        ledger remembers.

        Raises:
            StoreError: the database failed.
        """
        key = f"share/{place.platform}/{place.id}/{place.thread or '-'}/{look_up}"

        async def found() -> str | None:
            async with self._store.unit() as unit:
                if ref is not None:
                    await unit.results.put(key, ref, at=self._clock.now())
                    await unit.commit()
                return await unit.results.get(key)

        return await self._ids((key, ref), found)

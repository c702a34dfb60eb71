"""Which edition a message, a thread or a channel is about, and where its parts stand."""

from collections.abc import Sequence

from bot.domain.edition import Edition
from bot.domain.place import Place
from bot.ports.clock import Clock
from bot.ports.store import Standing, Store
from bot.services.together import Together


class Whereabouts:
    """Looks into the ledger, once for all who ask the same at the same moment; remembers nothing itself."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._ids = Together[str | None]()
        self._editions = Together[Edition | None]()

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """Id of the edition that a message, thread or place is about; None where nothing of ours stands.

        Raises:
            StoreError: the database failed.
        """

        async def found() -> str | None:
            async with self._store.unit() as unit:
                return await unit.threads.edition_at(place, message)

        return await self._ids((place, message), found)

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

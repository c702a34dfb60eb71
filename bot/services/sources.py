"""What a server reads: the desk's roster, without whom it left out, with whom it added.

What a server changes are rows, its own and nobody else's. The first of them moves its subscriptions to a variant of
their desk (`bot.services.variants`).
"""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.desk import OpenDesk
from bot.domain.follow import Follow, Followed, Tried
from bot.domain.health import Health, SourceState
from bot.domain.reading_list import overview
from bot.domain.roster import Roster, SourceType, Thinker
from bot.domain.visitor import Visitor
from bot.errors import NotFoundError
from bot.ports.clock import Clock
from bot.ports.finder import Finder
from bot.ports.store import Store
from bot.services.reading_changes import ReadingChanges, addresses, allowed, short


class Sources:
    """Shows what a server reads, and lets those who manage it change that."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        desks: Mapping[str, OpenDesk],
        finder: Finder,
        why_silent: Callable[[SourceType], str | None],
    ) -> None:
        """Prepare; nothing is read yet. `why_silent` says what a type needs before it can be read, None if nothing."""
        self._store = store
        self._clock = clock
        self._changes = ReadingChanges(store, clock, desks)
        self._finder = finder
        self._why_silent = why_silent

    async def sources(self, tenant: str) -> Sequence[Followed]:
        """Everything on the roster of the default desk and every change of the tenant to it; by name.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            shown = overview(await self._changes.reading(unit, tenant))
            keys = {source.key for *_, thinker in shown if thinker for source in thinker.sources}
            states = await unit.sources.get(sorted(keys))
        return [
            Followed(own, name, addresses(thinker), state, self._trouble(thinker, states))
            for own, name, state, thinker in shown
        ]

    async def add(self, visitor: Visitor, address: str, *, name: str | None = None) -> Followed:
        """Read this address (a page, a feed, an account) from now on. Whom the server left out comes back, by
        an address of theirs, by id or by name.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            ConfigError: it is no address we know, it is read already, or there are 200 already.
            SourceError: nothing to read was found there.
            StoreError: the database failed.
        """
        allowed(visitor)
        back = await self._bring_back(visitor, address)
        if back is not None:
            return back
        seen = await self._finder.find(address)
        async with self._changes.changing(visitor) as changing:
            thinker = self._finder.thinker(seen, changing.reading.names(), name=name)
            return await self._changes.enlist(changing, visitor, thinker, renamed=name is not None)

    async def remove(self, visitor: Visitor, thinker: str) -> Followed:
        """Do not read this thinker any more, by id or name. Whom the server had added is forgotten.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            NotFoundError: nobody of that name is read.
            StoreError: the database failed.
        """
        allowed(visitor)
        async with self._changes.changing(visitor) as changing:
            added = changing.reading.row_called(thinker, "added")
            if added is not None:
                await changing.unit.follows.drop(visitor.tenant, added.id)
                return Followed(added.id, added.name, addresses(added.thinker), "added")
            known = changing.reading.roster_called(thinker)
            if known is None:
                raise NotFoundError(f"Nobody who is read is called {short(thinker)}.")
            now = self._clock.now()
            row = Follow(visitor.tenant, known.id, "left_out", known.name, None, visitor.who, now)
            await changing.unit.follows.put(row)
            return Followed(row.id, row.name, addresses(known), "left_out")

    async def test(self, address: str) -> Tried:
        """Read an address once and keep nothing.

        Raises:
            ConfigError: it is no address we know.
            SourceError: nothing to read was found there.
        """
        seen = await self._finder.find(address)
        name = self._finder.thinker(seen, Roster(())).name
        return Tried(name, seen.address, seen.items, seen.newest, seen.titles)

    async def _bring_back(self, visitor: Visitor, called: str) -> Followed | None:
        """Read somebody again who was left out and is called so: not everybody has an address that can be read."""
        async with self._changes.changing(visitor) as changing:
            row = changing.reading.row_called(called, "left_out")
            if row is None:
                return None
            await changing.unit.follows.drop(visitor.tenant, row.id)
            return Followed(row.id, row.name, addresses(changing.reading.every.get(row.id)), "roster")

    def _trouble(self, thinker: Thinker | None, states: Mapping[str, SourceState]) -> str | None:
        """Why none of somebody's sources can be read; None if one can, or nobody knows yet."""
        if thinker is None or not thinker.sources:
            return "has no source"
        reasons: list[str] = []
        for source in thinker.sources:
            silent, state = self._why_silent(source.type), states.get(source.key)
            if silent is None and (state is None or state.state is not Health.DOWN):
                return None
            reasons.append(silent or (state.reason if state and state.reason else "is down"))
        return reasons[0]

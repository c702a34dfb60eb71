"""What members of a server would like to be read, and lists of feeds: a proposal is a row that changes nothing yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.desk import OpenDesk
from bot.domain.follow import Follow
from bot.domain.reading_list import against_proposing
from bot.domain.visitor import Visitor
from bot.errors import ConfigError, NotFoundError
from bot.ports.clock import Clock
from bot.ports.finder import Finder
from bot.ports.store import Store
from bot.services.allowance import Allowance
from bot.services.reading_changes import ReadingChanges, allowed, short, tell


class Proposals:
    """Members propose, those who manage the server decide; a list they add at once."""

    def __init__(
        self, *, store: Store, clock: Clock, desks: Mapping[str, OpenDesk], finder: Finder, allowance: Allowance
    ) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._clock = clock
        self._changes = ReadingChanges(store, clock, desks)
        self._finder = finder
        self._allowance = allowance

    async def propose(self, visitor: Visitor, address: str) -> Follow:
        """Keep a proposal for those who manage the server; at most 3 a day and person.

        A wrong address does not count; one at which nothing was found does, because it was asked.

        Raises:
            LimitReached: this person has made today's.
            ConfigError: it is no address we know, it is read or proposed already, or 200 are waiting.
            SourceError: nothing to read was found there.
            StoreError: the database failed.
        """
        day = await self._allowance.spend(visitor, "proposal")
        try:
            seen = await self._finder.find(address)
            async with self._changes.changing(visitor) as changing:
                thinker = self._finder.thinker(seen, changing.reading.names())
                tell(against_proposing(changing.reading, thinker))
                return await self._changes.keep(changing, visitor, "proposed", thinker)
        except ConfigError:
            await self._allowance.give_back(visitor, "proposal", day)
            raise

    async def decide(self, visitor: Visitor, thinker: str, *, accept: bool) -> Follow:
        """Add what was proposed, or drop it; the row as it was decided.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            NotFoundError: there is no such proposal.
            ConfigError: it is to be added and is read already, or there are 200 already; it goes on waiting.
            StoreError: the database failed.
        """
        allowed(visitor)
        async with self._changes.changing(visitor) as changing:
            row = changing.reading.row_called(thinker, "proposed")
            if row is None or row.thinker is None:
                raise NotFoundError(f"Nobody called {short(thinker)} is proposed.")
            await changing.unit.follows.drop(visitor.tenant, row.id)
            changing.reading.drop(row.id)
            if not accept:
                return row
            await self._changes.enlist(changing, visitor, row.thinker)
            return replace(row, state="added", by=visitor.who, at=self._clock.now())

    async def take_list(self, visitor: Visitor, opml: bytes) -> tuple[int, Sequence[str]]:
        """Add every feed of a list; how many were new, and a sentence on everything left out. Nothing is fetched yet.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            ConfigError: the file is no OPML, or too large.
            StoreError: the database failed.
        """
        allowed(visitor)
        async with self._store.unit() as unit:
            names = (await self._changes.reading(unit, visitor.tenant)).names()
        listed = await self._finder.listed(opml, names)
        notes, new = list(listed.notes), 0
        async with self._changes.changing(visitor) as changing:
            for thinker in listed.thinkers:
                try:
                    await self._changes.enlist(changing, visitor, thinker)
                    new += 1
                except ConfigError as error:
                    notes.append(f'"{thinker.name}": left out, {error}')
        return new, notes

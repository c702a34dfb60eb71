"""Changing what a server reads: rows, and the desk its subscriptions stand at, in one piece of work."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.desk import DEFAULT_DESK, Desks, OpenDesk
from bot.domain.follow import Follow, Followed
from bot.domain.reading_list import ReadingList, against_adding
from bot.domain.roster import Thinker
from bot.domain.visitor import Visitor
from bot.errors import ConfigError, NotAllowedError
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit
from bot.services.variants import settle


@dataclass(frozen=True, slots=True)
class Changing:
    """A piece of work on what a server reads."""

    unit: Unit
    reading: ReadingList


class ReadingChanges:
    """What sources and proposals share."""

    def __init__(self, store: Store, clock: Clock, desks: Mapping[str, OpenDesk]) -> None:
        self._store = store
        self._clock = clock
        self._desks = Desks.of(desks)

    async def reading(self, unit: Unit, tenant: str) -> ReadingList:
        """What a tenant reads and has changed, as this unit sees it."""
        rosters = [opened.roster for opened in self._desks.named.values()]
        first = self._desks.named[DEFAULT_DESK.id].roster
        return ReadingList([first, *rosters], await unit.follows.find(tenant))

    @asynccontextmanager
    async def changing(self, visitor: Visitor) -> AsyncIterator[Changing]:
        """Change what the visitor's server reads: kept at the end of the block, and at work from then on."""
        async with self._store.unit() as unit:
            yield Changing(unit, await self.reading(unit, visitor.tenant))
            follows = await settle(unit, self._desks, visitor.tenant)
            await unit.commit()
        self._desks.learn(follows, visitor.tenant)

    async def enlist(
        self, changing: Changing, visitor: Visitor, thinker: Thinker, *, renamed: bool = False
    ) -> Followed:
        """Have a thinker read: whom the server left out as before, who was proposed under that name unless `renamed`,
        anybody else as a row of its own.

        Raises:
            ConfigError: they are read already, or there are 200 sources already.
        """
        back = changing.reading.left_out_with(thinker)
        if back is not None:
            await changing.unit.follows.drop(visitor.tenant, back.id)
            changing.reading.drop(back.id)
            return Followed(back.id, back.name, addresses(back), "roster")
        tell(against_adding(changing.reading, thinker))
        waiting = changing.reading.proposed_with(thinker)
        if waiting is not None and waiting.thinker is not None:
            thinker = replace(waiting.thinker, name=thinker.name if renamed else waiting.name)
        row = await self.keep(changing, visitor, "added", thinker)
        return Followed(row.id, row.name, addresses(thinker), "added")

    async def keep(
        self, changing: Changing, visitor: Visitor, state: Literal["added", "proposed"], thinker: Thinker
    ) -> Follow:
        """Keep a row of the visitor's."""
        row = Follow(visitor.tenant, thinker.id, state, thinker.name, thinker, visitor.who, self._clock.now())
        await changing.unit.follows.put(row)
        changing.reading.keep(row)
        return row


def allowed(visitor: Visitor) -> None:
    """Go on only for who manages the server.

    Raises:
        NotAllowedError: the visitor does not.
    """
    if not visitor.manages:
        raise NotAllowedError("Only those who manage the server can change what is read.")


def tell(mistakes: Sequence[str]) -> None:
    """Go on only where nothing is wrong.

    Raises:
        ConfigError: every mistake.
    """
    if mistakes:
        raise ConfigError(mistakes)


def addresses(thinker: Thinker | None) -> tuple[str, ...]:
    """Where somebody publishes."""
    return tuple(source.address for source in thinker.sources) if thinker else ()


def short(name: str) -> str:
    """What somebody typed, in quotation marks, as it can be said back to them."""
    return repr(" ".join(name.split())[:100])

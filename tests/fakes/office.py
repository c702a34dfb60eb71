"""The whole office on a store in memory: every service behind `bot.ports.office`, wired as the bot wires them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.catalog import silent_reason
from adapters.locale.catalogue import FluentCatalogue
from adapters.roster.finder import RosterFinder
from adapters.storage.memory import MemoryStore
from adapters.wire.cores import InProcess
from bot.domain.desk import DEFAULT_DESK, Desk, Desks, OpenDesk
from bot.domain.edition import Edition
from bot.domain.place import Place
from bot.domain.roster import Roster
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule
from bot.domain.visitor import Visitor
from bot.errors import SourceMalformed
from bot.ports.finder import Sighting
from bot.ports.office import Office
from bot.ports.store import EditionKey
from bot.services.allowance import Allowance
from bot.services.discuss import Discuss
from bot.services.now import Now
from bot.services.on_demand import OnDemand
from bot.services.overview import Overview
from bot.services.privacy import Privacy
from bot.services.proposals import Proposals
from bot.services.sources import Sources
from bot.services.subscribe import Subscribe
from bot.services.tenancy import Tenancy
from bot.services.whereabouts import Whereabouts
from tests.fakes.clock import FakeClock
from tests.fakes.listening import MemoryListening, MemoryShows
from tests.fakes.readings import NOON
from tests.fakes.recordings import MemoryPictures
from tests.fakes.writer import FakeWriter
from tests.unit.test_brief_service import brief
from tests.unit.writing_samples import PRESS

HARBOUR = OpenDesk(
    Desk("harbour", "Harbour", "Ships.", "Ida", "Per"), Roster(PRESS[:3]), Schedule("Europe/Berlin"), "ru"
)
DESKS = {"default": OpenDesk(DEFAULT_DESK, Roster(PRESS), Schedule("UTC"), "en"), "harbour": HARBOUR}
TENANT, OTHER = "discord:77", "discord:88"
ROOM = Place("discord", "4711")
ADMIN = Visitor("discord", "1", TENANT, ROOM, "en-US", manages=True)
MEMBER = replace(ADMIN, person="2", manages=False)


def sighting(address: str, title: str | None = "Ada Lovelace") -> Sighting:
    """A feed with one item."""
    return Sighting(address, title, 1, datetime(2026, 3, 1, tzinfo=UTC), ("On engines",))


class Bench:
    """An office, with a clock that a test sets, and a net of feeds that a test fills."""

    def __init__(
        self,
        desks: Mapping[str, OpenDesk] = DESKS,
        *,
        limits: Mapping[str, int] | None = None,
        store: MemoryStore | None = None,
        compose: Any = None,
        writer: FakeWriter | None = None,
    ) -> None:
        self.clock = FakeClock(NOON)
        self.store = store or MemoryStore(now=self.clock.now)
        self.net: dict[str, Sighting] = {}
        self.asked: list[str] = []
        self.desks = Desks(desks)
        self.allowance = Allowance(self.store, self.clock, limits or {})
        self.finder = RosterFinder(self._search, InProcess())
        written = brief(self.store, self.clock, writer) if writer else None
        self.now = Now(brief=compose or brief(self.store, self.clock), clock=self.clock, written=written)
        self.subscribe = Subscribe(store=self.store, clock=self.clock, desks=self.desks, now=self.now, zones=zone_named)
        self.tenancy = Tenancy(self.store, self.clock, platforms=["discord"], grace=timedelta(days=7))
        self.listening = MemoryListening(self.store)
        self.shows = MemoryShows()
        self.pictures = MemoryPictures()
        self.office = self._office()

    def anew(self) -> Office:
        """The office again, of the parts as they are now."""
        self.office = self._office()
        return self.office

    def _office(self) -> Office:
        """That each service is what its port asks for is checked by the types of these fields."""
        sources = Sources(
            store=self.store,
            clock=self.clock,
            desks=self.desks,
            finder=self.finder,
            why_silent=silent_reason,
        )
        proposals = Proposals(
            store=self.store, clock=self.clock, desks=self.desks, finder=self.finder, allowance=self.allowance
        )
        return Office(
            subscribing=self.subscribe,
            pausing=self.subscribe,
            on_demand=OnDemand(
                store=self.store,
                clock=self.clock,
                desks=self.desks,
                now=self.now,
                subscribe=self.subscribe,
                discuss=Discuss(self.store, FluentCatalogue()),
                allowance=self.allowance,
                zones=zone_named,
            ),
            reporting=Overview(self.store, self.clock, self.desks, zone_named),
            following=sources,
            proposing=proposals,
            privacy=Privacy(self.store),
            tenancy=self.tenancy,
            whereabouts=Whereabouts(self.store, self.clock),
            listening=self.listening,
            shows=self.shows,
            pictures=self.pictures,
            desks=self.desks,
        )

    async def _search(self, address: str) -> Sighting:
        self.asked.append(address)
        if address not in self.net:
            raise SourceMalformed(f"no feed was found at {address}")
        return self.net[address]

    def publishes(self, address: str, title: str | None = "Ada Lovelace") -> str:
        """A feed that can be found; its address."""
        self.net[address] = sighting(address, title)
        return address

    async def made(self, place: Place = ROOM, *, tenant: str = TENANT, **wanted) -> Subscription:
        """A subscription."""
        return await self.office.subscribing.subscribe(place, tenant=tenant, **wanted)

    async def kept(self, *editions: Edition) -> None:
        """Editions that were composed."""
        async with self.store.unit() as unit:
            for edition in editions:
                key = EditionKey(edition.desk, edition.id, edition.window, edition.slot, "en", "selected")
                await unit.editions.add(key, edition)
            await unit.commit()

    async def subscription(self, subscription: str) -> Subscription:
        """A subscription as it is kept."""
        async with self.store.unit() as unit:
            return (await unit.subscriptions.find([subscription]))[0]

"""The composition root: settings and the catalogue of adapters become one running application.

The only file of the core that sees everything. Parts are made when they are first asked for, so that a command pays
only for what it uses, and everything that was made is closed.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.foundation import Progress, Unheard, WritingRoom
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.store import Store

if TYPE_CHECKING:
    from adapters.wire.http import Web
    from bot.domain.desk import Desks
    from bot.domain.roster import SourceSpec
    from bot.domain.subscription import Subscription
    from bot.ports.finder import Finder
    from bot.ports.office import Office
    from bot.ports.source import Source
    from bot.services.allowance import Allowance
    from bot.services.announce import Announce
    from bot.services.answering import Answering
    from bot.services.brief import Brief
    from bot.services.discuss import Discuss
    from bot.services.gather import Gather
    from bot.services.inbox import Inbox, Report
    from bot.services.listening import Listening
    from bot.services.now import Now
    from bot.services.on_demand import OnDemand
    from bot.services.overview import Overview
    from bot.services.retelling import Retelling
    from bot.services.shows import ShowRoom
    from bot.services.subscribe import Subscribe
    from bot.services.tenancy import Tenancy
    from bot.services.translating import Translating
    from bot.services.write import Write


class Application(WritingRoom):
    """A running Counterpoint: its services. Use it through `application`, which closes it."""

    @cached_property
    def gather(self) -> "Gather":
        """Reads what is new."""
        from adapters.catalog import open_source, silent_reason
        from adapters.wire.deps import SourceDeps
        from adapters.wire.process import process_name
        from bot.services.gather import Gather

        deps = SourceDeps(web=self.web, cores=self.parsers, base=self._roster_folder)
        strangers = SourceDeps(web=self.public_web, cores=self.parsers, base=self._roster_folder)

        def opened(spec: "SourceSpec") -> "Source | None":
            # What the people of a server have added may lead to public addresses only, whatever the operator allows.
            theirs = self._serves and spec.key not in self._own_sources
            return open_source(spec, strangers if theirs else deps)

        return Gather(
            store=self.store,
            clock=self.clock,
            open_source=opened,
            why_silent=lambda kind: silent_reason(kind) or "",
            progress=self._progress,
            # Commands ask whatever they are told to; processes that run side by side ask a source one at a time.
            holder=process_name() if self._serves else None,
        )

    @cached_property
    def brief(self) -> "Brief":
        """Composes editions."""
        return self.brief_at(self.clock)

    def brief_at(self, clock: Clock) -> "Brief":
        """The same by another clock, on the same store."""
        return self._brief(clock, self.write)

    def _brief(self, clock: Clock, write: "Write | None") -> "Brief":
        from adapters.catalog import silent_reason
        from adapters.wire.contract import from_json, to_json
        from bot.domain.drafted import Drafted
        from bot.services.brief import Brief

        return Brief(
            dump=partial(to_json, indent=None),
            load=partial(from_json, Drafted),
            store=self.store,
            clock=clock,
            cores=self.cores,
            catalogue=self.catalogue,
            is_silent=lambda kind: silent_reason(kind) is not None,
            write=write,
        )

    @cached_property
    def now(self) -> "Now":
        """Editions on demand."""
        from bot.services.now import Now

        written = None if self.write is None else self.brief
        return Now(brief=self._brief(self.clock, None), clock=self.clock, written=written)

    @cached_property
    def finder(self) -> "Finder":
        """From what the operator has to a thinker."""
        return self._finder(self.web)

    def _finder(self, web: "Web") -> "Finder":
        from adapters.roster.finder import RosterFinder
        from adapters.sources.discovery import discover

        return RosterFinder(lambda address: discover(address, web, self.parsers), self.parsers)

    @cached_property
    def _own_sources(self) -> frozenset[str]:
        """Keys of what the operator reads."""
        rosters = (opened.roster for opened in self.desks.named.values())
        return frozenset(key for roster in rosters for key in roster.owners())

    @cached_property
    def desks(self) -> "Desks":
        """The desks, by id: the operator's, and what servers make of them."""
        from adapters.roster import desks, reading
        from bot.domain.desk import Desks

        path = self.settings.roster
        roster = reading.load(reading.DEFAULT, tier=1) if path is None else reading.load(path)
        zone, language = self.settings.zone, self.settings.language
        return Desks(desks.load(self.settings.desks, roster, zone, language, folder=self._roster_folder))

    @cached_property
    def subscribe(self) -> "Subscribe":
        """Which place receives which desk, and when."""
        from bot.domain.schedules import zone_named
        from bot.services.subscribe import Subscribe

        return Subscribe(store=self.store, clock=self.clock, desks=self.desks, now=self.now, zones=zone_named)

    @cached_property
    def overview(self) -> "Overview":
        """How everything is doing."""
        from bot.domain.schedules import zone_named
        from bot.services.overview import Overview

        return Overview(self.store, self.clock, self.desks, zone_named)

    @cached_property
    def discuss(self) -> "Discuss":
        """Answers under an edition."""
        from bot.services.discuss import Discuss

        return Discuss(self.store, self.catalogue, answering=self.answering, translating=self.translating)

    @cached_property
    def translating(self) -> "Translating | None":
        """Editions in the language of who reads them; None without a model."""
        from adapters.wire.contract import from_json, to_json
        from bot.services.translating import Translating
        from bot.services.translations import Translations

        if self.asking is None:
            return None
        translations = Translations(
            asking=self.asking,
            prompts=self.prompts,
            store=self.store,
            clock=self.clock,
            events=self.events,
            dump=partial(to_json, indent=None),
            load=from_json,
        )
        return Translating(translations, spending=self.spending, allowance=self.allowance, clock=self.clock)

    @cached_property
    def answering(self) -> "Answering | None":
        """Answers in a model's words; None without one."""
        from bot.services.answering import Answering

        if self.asking is None:
            return None
        return Answering(
            asking=self.asking,
            spending=self.spending,
            allowance=self.allowance,
            prompts=self.prompts,
            clock=self.clock,
            events=self.events,
            model=self.asking.name("large"),
            desks=self.desks,
        )

    @cached_property
    def on_demand(self) -> "OnDemand":
        """Editions that somebody asks for."""
        from bot.domain.schedules import zone_named
        from bot.services.on_demand import OnDemand

        return OnDemand(
            store=self.store,
            clock=self.clock,
            desks=self.desks,
            now=self.now,
            subscribe=self.subscribe,
            discuss=self.discuss,
            allowance=self.allowance,
            zones=zone_named,
        )

    @cached_property
    def allowance(self) -> "Allowance":
        """How often somebody has something."""
        from bot.services.allowance import Allowance

        return Allowance(self.store, self.clock, self.settings.limits)

    @cached_property
    def listening(self) -> "Listening":
        """Overviews of podcasts and videos."""
        from bot.services.listening import Listening

        return Listening(
            store=self.store,
            clock=self.clock,
            cores=self.cores,
            catalogue=self.catalogue,
            recordings=self.recordings,
            transcriber=self.transcriber,
            shows=self.shows,
            desks=self.desks,
            allowance=self.allowance,
            events=self.events,
            language=self.settings.language,
            retelling=self.retelling,
        )

    @cached_property
    def retelling(self) -> "Retelling | None":
        """Has the model phrase what was selected of an episode; None without one."""
        from adapters.wire.contract import from_json, to_json
        from bot.services.retelling import Retelling

        if self.asking is None:
            return None
        return Retelling(
            asking=self.asking,
            prompts=self.prompts,
            spending=self.spending,
            store=self.store,
            clock=self.clock,
            cores=self.cores,
            events=self.events,
            dump=partial(to_json, indent=None),
            load=from_json,
        )

    @cached_property
    def announce(self) -> "Announce":
        """Posts overviews of what followed shows publish."""
        from bot.services.announce import Announce

        return Announce(
            store=self.store, clock=self.clock, desks=self.desks, listening=self.listening, events=self.events
        )

    @cached_property
    def shows(self) -> "ShowRoom":
        """The shows that are read."""
        from bot.services.shows import ShowRoom

        return ShowRoom(self.store, self.desks)

    @cached_property
    def tenancy(self) -> "Tenancy":
        """Servers that come and go."""
        from adapters.catalog import PLATFORMS
        from bot.services.tenancy import Tenancy

        return Tenancy(self.store, self.clock, platforms=PLATFORMS, grace=self.settings.grace)

    @cached_property
    def office(self) -> "Office":
        """What the commands of a platform ask of the core."""
        from adapters.catalog import silent_reason
        from bot.ports.office import Office
        from bot.services.privacy import Privacy
        from bot.services.proposals import Proposals
        from bot.services.sources import Sources
        from bot.services.whereabouts import Whereabouts

        finder = self._finder(self.public_web)
        sources = Sources(store=self.store, clock=self.clock, desks=self.desks, finder=finder, why_silent=silent_reason)
        proposals = Proposals(
            store=self.store, clock=self.clock, desks=self.desks, finder=finder, allowance=self.allowance
        )
        return Office(
            subscribing=self.subscribe,
            pausing=self.subscribe,
            on_demand=self.on_demand,
            reporting=self.overview,
            following=sources,
            proposing=proposals,
            privacy=Privacy(self.store, also=self.discuss.forget),
            tenancy=self.tenancy,
            whereabouts=Whereabouts(self.store, self.clock),
            listening=self.listening,
            shows=self.shows,
            pictures=self.pictures,
            desks=self.desks,
        )

    def inbox(self, clock: Clock, report: "Report") -> "Inbox":
        """What a platform hands its messages to."""
        from bot.domain.transcript import MOST_BYTES
        from bot.services.inbox import Inbox
        from bot.services.listened import Overviews

        async def pause(subscription: "Subscription") -> None:
            await self.subscribe.pause(subscription.id, until=None, tenant=subscription.tenant)

        async def fetch(address: str) -> bytes:
            return (await self.public_web.get(address, most_bytes=MOST_BYTES)).body

        return Inbox(
            self.store,
            self.discuss,
            self.catalogue,
            clock,
            report=report,
            pause=pause,
            listen=Overviews(self.listening, self.catalogue, fetch),
        )


@asynccontextmanager
async def application(
    settings: Settings,
    *,
    now: datetime | None = None,
    roster_folder: Path,
    progress: Progress = lambda _: None,
    store: Store | None = None,
    serves: bool = False,
    events: Events | None = None,
) -> AsyncIterator[Application]:
    """A running application, closed at the end whatever happens.

    `now` makes the clock stand still; `roster_folder` is what the paths of file sources are relative to; `store`
    takes the place of the database; `serves` is for a process that has to answer while it composes; `events` hears what
    happens.
    """
    parts = Application(
        settings,
        now=now,
        roster_folder=roster_folder,
        progress=progress,
        store=store,
        serves=serves,
        events=events or Unheard(),
    )
    try:
        yield parts
    finally:
        await parts.close()

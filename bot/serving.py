"""The composition root of a bot that runs: what `bot.bootstrap` makes, side by side, watched.

Apart from it, because one-shot commands need none of this.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from adapters.watch.everyone import Everyone
from adapters.watch.journal import Journal
from adapters.watch.metrics import Metrics
from adapters.watch.pages import Watched, pages
from adapters.wire.process import process_name
from bot.bootstrap import Application
from bot.domain.desk import Desks
from bot.domain.schedules import zone_named
from bot.errors import StoreError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.platform import Platform
from bot.ports.work import Task, Work
from bot.services.build import Build
from bot.services.delivery.deliver import Deliver, DeliverRules
from bot.services.keep import PROCESS, Keep, KeepRules
from bot.services.pulse import Pulse
from bot.services.serve import Crew, Duty, Serve
from bot.services.shows import HEARD
from bot.services.tell_host import TellHost
from scheduler.timetable import Wakes
from scheduler.work.here import Here

SHORTEST_GIVE_UP = timedelta(minutes=15)
"""How long a platform that does not answer is asked again at least, also where nothing is caught up."""


OpenPlatforms = Callable[[Events], Mapping[str, Platform]]


@dataclass(frozen=True, slots=True)
class _Tools:
    """What all parts of a running bot share."""

    clock: Clock
    events: Events
    holder: str
    """The name of this process."""
    pulse: Pulse


@asynccontextmanager
async def serving(
    parts: Application, platforms: OpenPlatforms, *, rules: DeliverRules | None = None
) -> AsyncIterator[Serve]:
    """A bot that is ready to run, with its pages; closed at the end. `rules` of delivery follow the settings.

    `platforms` opens those to run on, given where to tell what happens.

    Raises:
        ConfigError: the address of the pages is in use, or no address.
        StoreError: the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        holder = process_name()
        journal = Journal(
            sys.stderr,
            terminal=sys.stderr.isatty(),
            clock=parts.clock,
            secrets=[urlsplit(parts.settings.database_url).password or "", *parts.settings.secrets],
            context={"process": holder},
        )
        stack.enter_context(journal.libraries())
        metrics = Metrics()
        pulse = Pulse(asyncio.get_running_loop().time)
        tools = _Tools(parts.clock, Everyone(journal, metrics), holder, pulse)
        parts.events = tools.events
        rules = rules or DeliverRules(give_up=max(parts.settings.catch_up, SHORTEST_GIVE_UP))
        serve = _serve(parts, platforms(tools.events), tools, rules)
        await parts.overview.figures()  # better no bot than one without its database
        if parts.answering is not None:
            await parts.answering.prepare()
        if parts.settings.listen is not None:
            watched = Watched(pulse.ages, lambda: serve.up, parts.overview.figures, metrics)
            address = await stack.enter_async_context(pages(parts.settings.listen, watched))
            tools.events.tell("pages_up", address=address)
        try:
            yield serve
        finally:
            with suppress(StoreError):  # nothing is lost: others wait until the lease has run out
                await _sign_off(parts, holder)


def _serve(parts: Application, platforms: Mapping[str, Platform], tools: _Tools, rules: DeliverRules) -> Serve:
    deliver = Deliver(
        store=parts.store,
        clock=tools.clock,
        platforms=platforms,
        events=tools.events,
        started=tools.clock.now(),
        rules=rules,
        on_closed=TellHost(platforms, parts.catalogue, tools.events),
    )
    work = Here(tools.clock, tools.events)
    crew = Crew(
        platforms=platforms,
        timetable=Wakes(tools.events),
        work=work,
        tick=_keep(parts, work, tools),
        duties={
            "gather": _gather_one(parts, work),
            "build": _build(parts, tools),
            "deliver": deliver,
            "announce": parts.announce,
        },
        inbox=parts.inbox(tools.clock, lambda identity, error: _report(tools.events, identity, error)),
    )
    return Serve(crew, clock=tools.clock, events=tools.events, pulse=tools.pulse, hand_back=deliver.stop)


def _keep(parts: Application, work: Work, tools: _Tools) -> Keep:
    return Keep(
        store=parts.store,
        clock=tools.clock,
        work=work,
        desks=parts.desks,
        zones=lambda name: zone_named(name, fresh=True),
        events=tools.events,
        holder=tools.holder,
        rules=KeepRules(catch_up=parts.settings.catch_up),
        purge=parts.tenancy.purge,
    )


def _build(parts: Application, tools: _Tools) -> Build:
    return Build(
        store=parts.store,
        clock=tools.clock,
        gather=parts.gather,
        brief=parts.brief,
        desks=parts.desks,
        events=tools.events,
        holder=tools.holder,
        zones=zone_named,
    )


def _gather_one(parts: Application, work: Work) -> Duty:
    """Asks a source by its key; of a show, what is new may be announced then."""
    desks = Desks.of(parts.desks)

    async def gather(key: str) -> None:
        owners = desks.owners()
        if key in owners:
            thinker, spec = owners[key]
            await parts.gather.one(thinker, spec)
            if spec.type in HEARD:
                await work.put(Task("announce", key, f"announce {key}"))

    return gather


def _report(events: Events, identity: str, error: BaseException) -> None:
    events.warn("answer_failed", id=identity, error=f"{type(error).__name__}: {error}")


async def _sign_off(parts: Application, holder: str) -> None:
    async with parts.store.unit() as unit:
        await unit.leases.free(f"{PROCESS}{holder}", holder)
        await unit.commit()

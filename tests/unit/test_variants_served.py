"""Desks that servers changed, as the running bot serves them: planned, gathered, reported, and cleared away."""

from dataclasses import replace
from datetime import datetime, timedelta

from adapters.storage.memory import MemoryStore
from bot.domain.desk import variant_id
from bot.domain.health import Health, SourceState
from bot.domain.ledger import Posting, State
from bot.domain.schedules import zone_named
from bot.ports.work import Task
from bot.services.keep import Keep
from bot.services.overview import Overview
from tests.fakes.crew import KeptEvents, WaitingWork
from tests.fakes.office import ADMIN, DESKS, OTHER, ROOM, TENANT, Bench

FEED = "https://ada.example/feed"
OWN = variant_id("default", TENANT)
HOUR = timedelta(hours=1)


class Running:
    """A process that keeps the timetable of an office's store, apart from who changes it."""

    def __init__(self, bench: Bench, purge=None) -> None:
        self.work, self.events = WaitingWork(), KeptEvents()
        self.keep = Keep(
            store=bench.store,
            clock=bench.clock,
            work=self.work,
            desks=DESKS,
            zones=zone_named,
            events=self.events,
            holder="two",
            purge=purge,
        )


async def test_a_tick_learns_what_another_process_changed() -> None:
    """An added source is gathered, and the next slot of the server is the variant's."""
    bench = Bench()
    own = await bench.made()
    running = Running(bench)
    bench.clock.advance(5 * HOUR + timedelta(minutes=30))
    await running.keep()
    key = f"{own.id}/2026-03-05/pm"
    assert bench.store.contents.postings[key].desk == "default"
    bench.publishes(FEED)
    await bench.office.following.add(ADMIN, FEED)
    await running.keep()
    assert bench.store.contents.postings[key].desk == OWN
    assert f"feed:{FEED}" in running.work.keys("gather")
    bench.clock.advance(HOUR / 2)
    await running.keep()
    assert [name.partition("/")[0] for name in running.work.keys("build")] == [OWN]
    assert "unknown_desk" not in running.events.names()


async def test_the_rows_of_servers_that_left_are_cleared_away_once_an_hour() -> None:
    """By the tick, and said; counts are kept for a week."""
    bench = Bench()
    asked: list[datetime] = []

    async def purge(now) -> int:
        asked.append(now)
        return await bench.tenancy.purge(now)

    running = Running(bench, purge)
    await bench.made()
    await bench.allowance.spend(replace(ADMIN, tenant=OTHER), "now")
    await bench.tenancy.left(TENANT)
    for _ in range(4):
        await running.keep()
        bench.clock.advance(HOUR / 2)
    assert len(asked) == 2
    assert bench.store.contents.usage
    bench.clock.advance(8 * 24 * HOUR)
    await running.keep()
    assert ("purged", {"servers": 1}) in running.events.told
    assert not bench.store.contents.subscriptions
    assert not bench.store.contents.usage
    await running.keep()
    assert running.events.names().count("purged") == 1


async def test_a_variant_is_a_desk_to_whoever_tells_how_it_is_doing() -> None:
    """Also in a process that has learned nothing yet; a server is told of its own only."""
    bench = Bench()
    bench.publishes(FEED)
    mine = await bench.made()
    theirs = await bench.made(replace(ROOM, id="8"), tenant=OTHER)
    await bench.office.following.add(ADMIN, FEED)
    async with bench.store.unit() as unit:
        await unit.sources.put(SourceState(f"feed:{FEED}", None, Health.DOWN, "404", bench.clock.now()))
        for own in (mine, theirs):
            await unit.threads.open(_parked(bench, own.tenant, own.id))
        await unit.commit()
    fresh = Overview(bench.store, bench.clock, DESKS, zone_named)
    everything = await fresh()
    assert [own.problem for own in everything.subscriptions] == [None, None]
    assert [desk.desk for desk in everything.desks] == ["default", "harbour", OWN, variant_id("harbour", TENANT)]
    assert [(down.thinker, down.reason) for down in everything.sources_down] == [("Ada Lovelace", "404")]
    assert len(everything.troubled) == 2
    assert everything.figures.sources["down"] == 1
    told = await bench.office.reporting.report(OTHER)
    assert [own.id for own in told.subscriptions] == [theirs.id]
    assert [desk.desk for desk in told.desks] == ["default", "harbour"]
    assert told.sources_down == ()
    assert [trouble.posting for trouble in told.troubled] == [f"{theirs.id}/parked"]
    ours = await bench.office.reporting.report(TENANT)
    assert [down.source for down in ours.sources_down] == [f"feed:{FEED}"]
    assert OWN in [desk.desk for desk in ours.desks]


def _parked(bench: Bench, tenant: str, subscription: str) -> Posting:
    now = bench.clock.now()
    return Posting(
        key=f"{subscription}/parked",
        subscription=subscription,
        tenant=tenant,
        place=ROOM,
        desk="default",
        slot="am",
        date=now.date(),
        due=now,
        language="en",
        state=State.PARKED,
        reason="refused: too long",
    )


async def test_an_office_without_changes_costs_a_tick_nothing() -> None:
    """No task, no write."""
    bench = Bench(store=MemoryStore())
    running = Running(bench)
    await running.keep()
    assert {task.kind for task in running.work.tasks} == {"gather"}
    assert all(isinstance(task, Task) for task in running.work.tasks)
    assert not bench.store.contents.follows

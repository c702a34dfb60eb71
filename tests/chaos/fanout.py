"""Thousands of places at the same minute: as fast as the platform allows, no faster, in order. In virtual time."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from adapters.storage.memory import MemoryStore
from bot.domain.ledger import State
from bot.ports.platform import Limits
from bot.ports.work import Task
from bot.services.delivery.deliver import Deliver, DeliverRules
from scheduler.work.here import Here
from tests.chaos.ground import Cell, Ground
from tests.chaos.judge import judge
from tests.chaos.owing import owe
from tests.chaos.tally import Tally
from tests.chaos.worker import Journal
from tests.fakes.loop_clock import LoopClock, in_virtual_time
from tests.fakes.remote.client import NAME
from tests.fakes.remote.direct import DirectPlatform
from tests.fakes.remote.faults import Fault, Faults
from tests.fakes.remote.remote import Post, Remote, Rules

A_SECOND = 50.0
PAUSE = 1.0
"""Seconds between two posts to one place."""
SWEEP = timedelta(seconds=10)
_DUE = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
_LEAST_SHARE = 0.98
_MOST_REFUSED = 0.001
_MOST_INVALID = 1000
"""Refused requests in ten minutes: a tenth of what a platform bans for."""
_TRIES = 3
_SPAN = 30.0
"""Seconds from which on the rate counts."""
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class Kind:
    """How much is posted where."""

    parts: int
    busy: float = 0.0
    """The share of requests that the platform refuses although we were slow enough."""
    dead: float = 0.0
    """The share of places that are closed."""
    share: float = 1.0


KINDS = {
    "2 messages each": Kind(parts=2),
    "6 messages each": Kind(parts=6, share=0.3),
    "5 % refused": Kind(parts=6, busy=0.05, share=0.2),
    "2 % dead places": Kind(parts=2, dead=0.02, share=0.5),
}


def cells() -> Sequence[Cell]:
    """One for each kind."""
    return [Cell(f"fanout: {name}", partial(_run, kind=kind)) for name, kind in KINDS.items()]


async def _run(ground: Ground, *, kind: Kind) -> Tally:
    places = max(60, round(ground.of(quick=300, normal=3000, full=10000) * kind.share))
    return await asyncio.to_thread(in_virtual_time, _fan_out(ground, kind, places))


async def _fan_out(ground: Ground, kind: Kind, places: int) -> Tally:
    clock, loop = LoopClock(_DUE), asyncio.get_running_loop()
    store = MemoryStore(clock.now)
    owed = await owe(store, places, parts=kind.parts, due=_DUE, desks=("harbour",))
    dead = {f"p{n}": (403, 404)[n % 2] for n in ground.chance.sample(range(places), round(places * kind.dead))}
    remote = Remote(Rules(a_second=A_SECOND, pause=PAUSE, retry_after=1.0), loop.time, closed=dict(dead))
    faults = Faults({Fault.BUSY: kind.busy}, ground.seed)
    limits = Limits(4000, 20, posts_a_second=A_SECOND, pause=timedelta(seconds=PAUSE))
    platform = DirectPlatform(remote, limits, faults, chance=random.Random(ground.seed))
    events = Journal(None)
    rules = DeliverRules()
    deliver = Deliver(
        store=store, clock=clock, platforms={NAME: platform}, events=events, started=clock.now(), rules=rules
    )
    await _work_off(store, clock, deliver, Here(clock, events))
    tally = Tally(ground.name, owed.messages, faults=faults.injected.total() + len(dead))
    _judge(tally, store, list(remote.posts.values()), dead)
    _see_pace(tally, remote, kind, faults, loop.time())
    return tally


async def _work_off(store: MemoryStore, clock: LoopClock, deliver: Deliver, work: Here) -> None:
    """What the bot's tick does for deliveries, until nothing is open."""

    async def do(task: Task) -> None:
        await deliver(task.key)

    working = asyncio.create_task(work.run(do))
    while any(posting.state in {State.COMPOSED, State.INTENT} for posting in store.contents.postings.values()):
        async with store.unit() as unit:
            due = await unit.postings.find(due_by=clock.now(), most=2000)
        for posting in due:
            await work.put(Task("deliver", posting.key, lock=f"{posting.place.platform}:{posting.place.id}"))
        await clock.sleep(SWEEP)
    await work.stop(timedelta(seconds=20))
    await working


def _judge(tally: Tally, store: MemoryStore, posts: Sequence[Post], dead: dict[str, int]) -> None:
    wanted: dict[str, list[str]] = {}
    for posting in store.contents.postings.values():
        rows = sorted(store.contents.deliveries.get(posting.key, {}).values(), key=lambda row: row.delivery.number)
        if posting.place.id in dead:
            tally.parked += posting.state is State.PARKED
        else:
            wanted[posting.key] = [row.delivery.key for row in rows]
            tally.lost += posting.state is not State.SENT
    findings = judge(wanted, posts)
    tally.lost, tally.double, tally.disorder = tally.lost + findings.lost, findings.double, findings.disorder
    tally.demand_nothing_lost()
    if tally.parked != len(dead):
        tally.breach(f"{tally.parked} of {len(dead)} dead places were parked")


def _see_pace(tally: Tally, remote: Remote, kind: Kind, faults: Faults, seconds: float) -> None:
    """Almost as fast as the limits allow, and almost never faster."""
    share, span = _share_of_rate(list(remote.posts.values()), kind)
    refused = sum(status == 429 for _, status in remote.refused)
    tally.notes = f"{share:.1%} of {A_SECOND:.0f}/s over {span:.0f} s, {refused} refused"
    if faults.injected:
        tally.notes += f", {faults.injected.total()} injected"
    if share < _LEAST_SHARE and span > _SPAN:
        tally.breach(f"only {share:.1%} of the rate")
    if refused > _MOST_REFUSED * remote.asked:
        tally.breach(f"{refused} of {remote.asked} requests were too fast")
    if remote.most_refused() >= _MOST_INVALID:
        tally.breach(f"{remote.most_refused()} refused requests within ten minutes")
    if remote.turned_away:
        most = max(remote.turned_away.values())
        tally.notes += f", {most} tries of a dead place, over after {seconds:.0f} s"
        if most != _TRIES:
            tally.breach(f"a dead place was tried {most} times")


def _share_of_rate(posts: Sequence[Post], kind: Kind) -> tuple[float, float]:
    """The share of the possible rate, and seconds, until most is posted: the last threads end by themselves."""
    there = posts[: round(len(posts) * _MOST)]
    span = there[-1].at - there[0].at
    return (len(there) - 1) / (1 - kind.busy) / A_SECOND / span, span

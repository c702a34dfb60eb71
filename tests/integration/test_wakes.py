"""The timetable wakes, whatever clocks and loops do. On a loop whose time is virtual: no test waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from adapters.wire.clock import SystemClock
from bot.errors import StoreUnavailable
from scheduler.timetable import Wakes
from tests.fakes.crew import KeptEvents
from tests.fakes.virtual_time import DAWN, VirtualLoop, Wall, run_virtually

NEVER = timedelta(days=1000)
"""A sweep that comes too late to help."""
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

Tick = Callable[[], Awaitable[datetime | None]]


class Stage:
    """A loop, a wall and a timetable on them; `for_` runs it for a while."""

    def __init__(self, loop: VirtualLoop, wall: Wall) -> None:
        self.loop = loop
        self.wall = wall
        self.events = KeptEvents()
        self.ticks: list[datetime] = []
        """What the wall showed at each tick."""

    def noted(self, tick: Tick) -> Tick:
        async def note() -> datetime | None:
            self.ticks.append(self.wall.now())
            return await tick()

        return note

    async def for_(self, duration: timedelta, tick: Tick, *, sweep: timedelta = NEVER) -> None:
        task = asyncio.create_task(Wakes(self.events, sweep).run(self.noted(tick)))
        await asyncio.sleep(duration.total_seconds())
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    def after(self, *instants: datetime) -> list[timedelta]:
        return [instant - DAWN for instant in instants or self.ticks]


@pytest.fixture
def play(monkeypatch):
    """Run a story on a stage of its own."""

    def call(story: Callable[[Stage], Awaitable[None]]) -> Stage:
        async def telling(loop: VirtualLoop, wall: Wall) -> Stage:
            stage = Stage(loop, wall)
            await story(stage)
            return stage

        return run_virtually(monkeypatch, telling)

    return call


def asking(*instants: datetime | None) -> Tick:
    """A tick that asks for these instants, one after the other, and then for none."""
    left = list(instants)

    async def tick() -> datetime | None:
        return left.pop(0) if left else None

    return tick


# ---------------------------------------------------------------- when it wakes


def test_it_ticks_at_once_and_at_each_instant_it_is_asked_for(play):
    """To the moment, also far ahead; and not again when nothing is asked for."""
    instants = [DAWN + SECOND, DAWN + HOUR, DAWN + 400 * DAY]
    stage = play(lambda stage: stage.for_(500 * DAY, asking(*instants)))
    assert stage.ticks == [DAWN, *instants]


def test_it_ticks_at_every_sweep(play):
    """Whatever was asked for."""
    stage = play(lambda stage: stage.for_(MINUTE, asking(None, DAWN + HOUR), sweep=10 * SECOND))
    assert stage.after() == [SECOND * n for n in (0, 10, 20, 30, 40, 50)]


def test_the_newest_instant_replaces_the_one_before(play):
    """Sooner or later or none: only the last answer counts."""
    instants = (DAWN + 25 * SECOND, DAWN + 12 * SECOND, None, DAWN + 39 * SECOND)
    stage = play(lambda stage: stage.for_(MINUTE, asking(*instants), sweep=10 * SECOND))
    assert stage.after() == [SECOND * n for n in (0, 10, 12, 22, 32, 42, 52)]
    stage = play(lambda stage: stage.for_(30 * SECOND, asking(None, None, None, DAWN + 27 * SECOND), sweep=8 * SECOND))
    assert stage.after() == [SECOND * n for n in (0, 8, 16, 24, 27)]


def test_an_instant_that_has_passed_is_woken_for_at_once_but_only_once(play):
    """A tick that cannot do what is due, and asks again for the same instant, does not run hot: the sweep comes."""
    past = DAWN - HOUR

    async def tick() -> datetime | None:
        return past

    stage = play(lambda stage: stage.for_(35 * SECOND, tick, sweep=10 * SECOND))
    assert stage.after() == [SECOND * n for n in (0, 0, 10, 20, 30)]


def test_ticks_do_not_overlap_and_a_wake_during_one_leads_to_one_more(play):
    """However often it rang meanwhile; the one more begins when the tick ends, and then the sweep counts anew."""
    running = 0
    spans: list[tuple[timedelta, timedelta]] = []

    async def story(stage: Stage) -> None:
        async def tick() -> datetime | None:
            nonlocal running
            running += 1
            begun = stage.wall.now()
            assert running == 1
            # The second tick is a sweep's; while it lasts, the instant that the first asked for comes.
            await asyncio.sleep(25 if len(spans) == 1 else 0)
            spans.append((begun - DAWN, stage.wall.now() - DAWN))
            running -= 1
            return DAWN + 14 * SECOND if len(spans) == 1 else None

        await stage.for_(MINUTE, tick, sweep=10 * SECOND)

    play(story)
    seconds = [(begin / SECOND, end / SECOND) for begin, end in spans]
    assert seconds == [(0, 0), (10, 35), (35, 35), (45, 45), (55, 55)]


# ---------------------------------------------------------------- what breaks


def test_a_tick_that_raises_is_reported_and_the_next_one_comes(play):
    """With words, and the line of what nobody foresaw; never with a path of the machine."""

    async def story(stage: Stage) -> None:
        async def tick() -> datetime | None:
            match len(stage.ticks):
                case 1:
                    raise StoreUnavailable("the database does not answer")
                case 2:
                    raise ZeroDivisionError("by nothing")
                case 3:
                    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    gone.cancel()
                    await gone
            return None

        await stage.for_(45 * SECOND, tick, sweep=10 * SECOND)

    stage = play(story)
    assert len(stage.ticks) == 5
    told = [str(facts["error"]) for _, facts in stage.events.warned]
    assert stage.events.names() == ["tick_failed"] * 3
    assert told[0] == "StoreUnavailable: the database does not answer"
    assert told[1].startswith("ZeroDivisionError: by nothing (test_wakes.py:")
    assert told[2].startswith("asyncio.exceptions.CancelledError")
    assert not any("/" in words for words in told)


def test_after_a_failure_no_older_instant_rings(play):
    """What to wake for is not known then: the sweep asks again."""

    async def story(stage: Stage) -> None:
        async def tick() -> datetime | None:
            if len(stage.ticks) == 2:
                raise StoreUnavailable("no")
            return DAWN + 15 * SECOND if len(stage.ticks) == 1 else None

        await stage.for_(25 * SECOND, tick, sweep=10 * SECOND)

    assert play(story).after() == [SECOND * n for n in (0, 10, 20)]


def test_cancelled_while_it_waits_it_leaves_nothing_behind(play):
    """No task, no timer, no further tick."""

    async def story(stage: Stage) -> None:
        await stage.for_(MINUTE, asking(DAWN + HOUR), sweep=7 * SECOND)
        ticks = len(stage.ticks)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert stage.loop.timers() == 0
        await asyncio.sleep(2 * 3600)
        assert len(stage.ticks) == ticks

    assert play(story).events.names() == []


def test_cancelled_during_a_tick_it_cancels_the_tick_and_waits_for_its_end(play):
    """The tick can put in order what it holds."""
    said = []

    async def story(stage: Stage) -> None:
        async def tick() -> datetime | None:
            try:
                await asyncio.sleep(3600)
            finally:
                await asyncio.sleep(5)
                said.append("in order")
            return None

        await stage.for_(MINUTE, tick)
        assert said == ["in order"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    assert play(story).events.names() == []


# ---------------------------------------------------------------- clocks that jump, loops that are blocked


JUMPS = {
    "a year forward": 365 * DAY,
    "an hour forward": HOUR,
    "a second forward": SECOND,
    "a second back": -SECOND,
    "an hour back": -HOUR,
    "to 1970": datetime(1970, 1, 2, tzinfo=UTC) - DAWN,
    "to after 2038": datetime(2038, 1, 20, tzinfo=UTC) - DAWN,
}


class Slots:
    """Five slots ten minutes apart; when the wall first showed each, and when a tick first saw it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.all = [DAWN + 10 * MINUTE * n for n in range(1, 6)]
        self.shown: dict[datetime, float] = {}
        self.seen: dict[datetime, float] = {}

    async def tick(self) -> datetime | None:
        self._note(self.seen)  # what is done is noted once, as the ledger does
        return next((slot for slot in self.all if slot > self.stage.wall.now()), None)

    async def look(self) -> None:
        while True:
            self._note(self.shown)
            await asyncio.sleep(2)

    def _note(self, when: dict[datetime, float]) -> None:
        for slot in self.all:
            if slot <= self.stage.wall.now():
                when.setdefault(slot, self.stage.loop.time())


@pytest.mark.parametrize("seconds", [0, 3, 595, 599, 600, 601, 605, 1000, 1199, 1201])
@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_wall_clock_that_jumps_loses_and_doubles_nothing(play, jump, seconds):
    """Seventy jumps: every slot that the clock has shown or passed is seen within a sweep, each once."""
    slots: list[Slots] = []

    async def put(stage: Stage) -> None:
        await asyncio.sleep(seconds)
        stage.wall.put_by = jump

    async def story(stage: Stage) -> None:
        slots.append(Slots(stage))
        beside = [asyncio.create_task(slots[0].look()), asyncio.create_task(put(stage))]
        await stage.for_(35 * MINUTE, slots[0].tick, sweep=20 * SECOND)
        beside[0].cancel()

    stage = play(story)
    shown, seen = slots[0].shown, slots[0].seen
    assert set(seen) == set(shown)
    assert all(seen[slot] - shown[slot] <= 20 for slot in seen)
    assert len(stage.ticks) >= 105
    assert stage.events.names() == []


def test_a_loop_that_is_blocked_over_a_thousand_slots_loses_none(play):
    """Also without any sweep: the bell rings late rather than never, which is not what APScheduler does by itself."""
    slots = [DAWN + 7 * SECOND * n for n in range(1, 1001)]
    done: list[datetime] = []
    latest = timedelta()

    async def story(stage: Stage) -> None:
        async def tick() -> datetime | None:
            nonlocal latest
            now = stage.wall.now()
            due = [slot for slot in slots[len(done) :] if slot <= now]
            latest = max([latest, *(now - slot for slot in due)])
            done.extend(due)
            return slots[len(done)] if len(done) < len(slots) else None

        async def compute() -> None:
            while True:
                await asyncio.sleep(97)
                stage.loop.block(MINUTE)

        hog = asyncio.create_task(compute())
        await stage.for_(3 * HOUR, tick)
        hog.cancel()

    play(story)
    assert done == slots
    assert MINUTE - 7 * SECOND <= latest <= MINUTE


# ---------------------------------------------------------------- on the real clock


async def test_on_the_machines_clock_it_wakes_at_the_instants_too():
    """Never before them."""
    clock, done = SystemClock(), asyncio.Event()
    asked: list[datetime] = []

    async def tick() -> datetime | None:
        if asked:
            assert clock.now() >= asked[-1]
        if len(asked) == 3:
            done.set()
            return None
        asked.append(clock.now() + timedelta(milliseconds=5))
        return asked[-1]

    events = KeptEvents()
    task = asyncio.create_task(Wakes(events).run(tick))
    await done.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert events.names() == []

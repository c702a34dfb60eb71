"""Whoever carries tasks to be done keeps the Work port's promises; one implementation so far."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from bot.errors import StoreUnavailable
from bot.ports.work import Kind, Task, Work
from scheduler.work.here import Here
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents

AMPLE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)

Maker = Callable[[FakeClock, KeptEvents, Mapping[Kind, int]], Work]
MAKERS: dict[str, Maker] = {"here": Here}


def task(key: str, lock: str = "", kind: Kind = "deliver") -> Task:
    return Task(kind, key, lock or key)


class Hands:
    """Do tasks as a test says: at once, or held until it lets go; some fail."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.cancelled: list[str] = []
        self.under_way: list[Task] = []
        self.held: dict[str, asyncio.Event] = {}
        self.failing: dict[str, BaseException] = {}
        self.most: Counter[str] = Counter()
        self._moved = asyncio.Event()

    def hold(self, *keys: str) -> None:
        self.held.update({key: asyncio.Event() for key in keys})

    async def let_go(self, *keys: str) -> None:
        for key in keys:
            self.held.pop(key).set()
        await settle()

    async def do(self, task: Task) -> None:
        assert task.lock not in {other.lock for other in self.under_way}
        self.begun.append(task.key)
        self.under_way.append(task)
        running = Counter(other.kind for other in self.under_way)
        self.most[task.kind] = max(self.most[task.kind], running[task.kind])
        try:
            await self._do(task.key)
        except asyncio.CancelledError:
            self.cancelled.append(task.key)
            raise
        finally:
            self.under_way.remove(task)
        self.done.append(task.key)
        self._moved.set()

    async def finished(self, number: int) -> None:
        while len(self.done) < number:
            self._moved.clear()
            await self._moved.wait()

    async def _do(self, key: str) -> None:
        if key in self.held:
            await self.held[key].wait()
        if key in self.failing:
            raise self.failing[key]


class Shop:
    """Work that runs, with what is around it."""

    def __init__(self, make: Maker) -> None:
        self.clock = FakeClock()
        self.events = KeptEvents()
        self.hands = Hands()
        self._make = make

    def make(self, **at_once: int) -> Work:
        kinds: tuple[Kind, ...] = ("gather", "build", "deliver")
        return self._make(self.clock, self.events, {kind: at_once[kind] for kind in kinds if kind in at_once})

    @asynccontextmanager
    async def open(self, **at_once: int) -> AsyncIterator[Work]:
        work = self.make(**at_once)
        running = asyncio.create_task(work.run(self.hands.do))
        await settle()
        try:
            yield work
        finally:
            await work.stop(timedelta())
            await running


@pytest.fixture(params=MAKERS)
def shop(request) -> Shop:
    return Shop(MAKERS[request.param])


async def settle() -> None:
    """Let everybody run a little."""
    for _ in range(30):
        await asyncio.sleep(0)


async def put(work: Work, *tasks: Task) -> None:
    for one in tasks:
        await work.put(one)
    await settle()


# ---------------------------------------------------------------- what is done


async def test_what_is_put_is_done(shop):
    """Before `run` began or after."""
    hands = shop.hands
    work = shop.make()
    await put(work, task("early"))
    assert hands.begun == []
    running = asyncio.create_task(work.run(hands.do))
    await settle()
    await put(work, task("late"))
    assert hands.done == ["early", "late"]
    await work.stop(AMPLE)
    await running
    assert shop.events.names() == []


async def test_a_task_that_waits_or_runs_is_not_added(shop):
    """The same kind and key; once it was done it may come again. The same key of another kind is another task."""
    hands = shop.hands
    hands.hold("a", "b")
    async with shop.open() as work:
        await put(work, task("a", "lock"), task("b", "lock"))
        await put(work, task("a", "lock"), task("b", "lock"), task("a", "another lock"), task("a", "c", "gather"))
        assert hands.begun == ["a", "a"]
        await hands.let_go("a", "b")
        assert hands.done == ["a", "a", "b"]
        await put(work, task("a", "lock"))
        assert hands.done == ["a", "a", "b", "a"]


async def test_tasks_with_one_lock_are_done_one_after_the_other(shop):
    """In the order they were put, whatever else goes on; also when they are of different kinds."""
    hands = shop.hands
    hands.hold("1", "2", "3")
    async with shop.open() as work:
        await put(work, task("1", "place"), task("2", "place"), task("3", "place", "gather"), task("other"))
        assert hands.begun == ["1", "other"]
        await hands.let_go("1")
        assert len(hands.under_way) == 1
        await hands.let_go("2", "3")
        assert sorted(hands.done) == ["1", "2", "3", "other"]


async def test_tasks_of_a_kind_are_begun_in_the_order_they_were_put(shop):
    """Except that a task waits for its lock, while later ones pass; when the lock is free, it is first."""
    hands = shop.hands
    hands.hold("1", "3")
    async with shop.open(deliver=2) as work:
        await put(work, task("1", "a"), task("2", "a"), task("3", "b"), task("4", "b"), task("5", "c"), task("6", "a"))
        assert hands.begun == ["1", "3"]
        await hands.let_go("1")
        assert hands.begun == ["1", "3", "2", "5", "6"]
        await hands.let_go("3")
        assert hands.begun == ["1", "3", "2", "5", "6", "4"]


async def test_each_kind_has_its_own_limit(shop):
    """A kind that is full lets the others work; no kind is done more than its number at once."""
    hands = shop.hands
    builds = [task(f"build {n}", kind="build") for n in range(3)]
    sources = [task(f"source {n}", kind="gather") for n in range(9)]
    hands.hold("posting 0", *(one.key for one in (*builds, *sources)))
    async with shop.open(gather=4, build=1, deliver=2) as work:
        await put(work, *builds, *sources, *(task(f"posting {n}") for n in range(50)))
        await hands.finished(49)
        assert hands.done == [f"posting {n}" for n in range(1, 50)]
        await hands.let_go("posting 0", *(one.key for one in (*builds, *sources)))
        assert len(hands.done) == 3 + 9 + 50
    assert hands.most == {"build": 1, "gather": 4, "deliver": 2}


async def test_a_hundred_thousand_tasks_behind_one_lock_are_in_nobodys_way(shop):
    """Putting another costs no look at those that wait: this test would not end in time."""
    hands = shop.hands
    hands.hold("slow")
    async with shop.open(deliver=2) as work:
        await work.put(task("slow", "place"))
        for n in range(100_000):
            await work.put(task(f"{n}", "place"))
        for n in range(1000):
            await work.put(task(f"free {n}"))
        await hands.finished(1000)
        assert hands.done == [f"free {n}" for n in range(1000)]
        await hands.let_go("slow")
        await hands.finished(1100)
        assert hands.done[1000:1003] == ["slow", "0", "1"]


# ---------------------------------------------------------------- what fails


async def test_a_task_that_fails_is_reported_and_the_others_go_on(shop):
    """Whatever it raised; its lock is free again."""
    hands = shop.hands
    hands.failing = {
        "ours": StoreUnavailable("the database is away"),
        "a fault": KeyError("x"),
        "cancelled": asyncio.CancelledError(),
    }
    async with shop.open() as work:
        await put(work, *(task(key, "lock") for key in ("ours", "a fault", "cancelled", "good")))
        assert hands.done == ["good"]
    told = {str(facts["key"]): str(facts["error"]) for _, facts in shop.events.warned}
    assert shop.events.names() == ["task_failed"] * 3
    assert {facts["kind"] for _, facts in shop.events.warned} == {"deliver"}
    assert told["ours"] == "StoreUnavailable: the database is away"
    assert told["a fault"].startswith("KeyError: 'x' (test_work.py:")
    assert "CancelledError" in told["cancelled"]


async def test_a_task_that_failed_is_held_back_longer_each_time(shop):
    """One second, two, four, up to five minutes; a success lets it begin at once."""
    hands = shop.hands
    hands.failing["a"] = StoreUnavailable("no")
    async with shop.open() as work:
        for _ in range(12):
            await put(work, task("a"))
        assert len(hands.begun) == 12
        assert [hold / SECOND for hold in shop.clock.slept] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
        hands.failing.clear()
        await put(work, task("a"))
        assert hands.done == ["a"]
        shop.clock.slept.clear()
        await put(work, task("a"))
        assert hands.done == ["a", "a"]
        assert shop.clock.slept == []
        hands.failing["a"] = StoreUnavailable("no")
        await put(work, task("a"))
        await put(work, task("a"))
        assert shop.clock.slept == [SECOND]


async def test_the_time_since_the_failure_counts(shop):
    """Who comes again later than that waits no more; a clock that was put back holds nobody for hours."""
    hands = shop.hands
    hands.failing["a"] = StoreUnavailable("no")
    async with shop.open() as work:
        await put(work, task("a"))
        shop.clock.advance(SECOND / 4)
        await put(work, task("a"))
        assert shop.clock.slept == [SECOND * 3 / 4]
        shop.clock.advance(SECOND * 2)
        await put(work, task("a"))
        assert len(shop.clock.slept) == 1
        shop.clock.advance(timedelta(days=-400))
        await put(work, task("a"))
        assert shop.clock.slept[1:] == [SECOND * 4]


async def test_a_failure_is_forgotten_after_an_hour(shop):
    """The next one is a first one; nothing grows with every key that ever failed."""
    hands = shop.hands
    hands.failing = {"a": StoreUnavailable("no"), "b": StoreUnavailable("no")}
    async with shop.open() as work:
        for _ in range(4):
            await put(work, task("a"))
        shop.clock.advance(timedelta(hours=2))
        shop.clock.slept.clear()
        await put(work, task("b"))
        await put(work, task("a"))
        await put(work, task("a"))
        assert shop.clock.slept == [SECOND]


class Patient(FakeClock):
    """A clock on which nobody wakes up until the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.wake = asyncio.Event()

    async def sleep(self, duration: timedelta) -> None:
        self.slept.append(duration)
        await self.wake.wait()


async def test_others_pass_a_task_that_is_held_back(shop):
    """Also those with its lock; it is not added a second time meanwhile."""
    shop.clock = clock = Patient()
    hands = shop.hands
    hands.failing["a"] = StoreUnavailable("no")
    async with shop.open(deliver=1) as work:
        await put(work, task("a", "place"))
        hands.failing.clear()
        await put(work, task("a", "place"), task("b", "place"), task("c"), task("a", "place"))
        assert hands.done == ["b", "c"]
        assert clock.slept == [SECOND]
        clock.wake.set()
        await settle()
        assert hands.done == ["b", "c", "a"]


# ---------------------------------------------------------------- the end


async def test_stop_waits_for_what_is_under_way_and_begins_nothing_more(shop):
    """Then `run` returns. What is put later is not taken."""
    hands = shop.hands
    hands.hold("a")
    work = shop.make(deliver=1)
    running = asyncio.create_task(work.run(hands.do))
    await put(work, task("a"), task("b"))
    stopping = asyncio.create_task(work.stop(AMPLE))
    await settle()
    await put(work, task("c"))
    assert not stopping.done()
    assert not running.done()
    await hands.let_go("a")
    await stopping
    await running
    assert (hands.begun, hands.done, hands.cancelled) == (["a"], ["a"], [])
    await work.stop(AMPLE)
    assert shop.events.names() == []


async def test_stop_cancels_what_is_not_done_in_time(shop):
    """It may put in order what it holds; being cancelled so is no failure. Who was held back is dropped."""
    shop.clock = Patient()
    hands = shop.hands
    hands.hold("a", "b")
    hands.failing["f"] = StoreUnavailable("no")
    work = shop.make()
    running = asyncio.create_task(work.run(hands.do))
    await put(work, task("a"), task("b"), task("f"))
    await put(work, task("f"))
    await work.put(task("c"))
    await work.stop(timedelta(milliseconds=5))
    await running
    assert hands.cancelled == ["a", "b"]
    assert hands.done == ["c"]
    assert shop.events.names() == ["task_failed"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_stop_before_run_lets_run_return(shop):
    """Nothing is begun then."""
    work = shop.make()
    await put(work, task("a"))
    await work.stop(AMPLE)
    await work.run(shop.hands.do)
    assert shop.hands.begun == []


async def test_a_run_that_is_cancelled_cancels_its_tasks(shop):
    """And waits for their end."""
    hands = shop.hands
    hands.hold("a")
    work = shop.make()
    running = asyncio.create_task(work.run(hands.do))
    await put(work, task("a"))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert hands.cancelled == ["a"]
    assert asyncio.all_tasks() == {asyncio.current_task()}

"""Pacing: as often as a platform allows, first come first served, and no longer than we are ready to wait."""

import asyncio
import heapq
from collections.abc import Awaitable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.message import Notice
from bot.domain.place import Place
from bot.errors import PlatformUnavailable
from bot.ports.platform import Limits
from bot.services.delivery.paced import Paced
from tests.fakes.platform import NAME, Does, MemoryPlatform
from tests.fakes.talk import NOON

SECOND = timedelta(seconds=1)


class TurningClock:
    """Time passes only when everybody waits: to the moment the first of them waits for."""

    still = False

    def __init__(self) -> None:
        self.instant = NOON
        self.sleepers: list[tuple[datetime, int, asyncio.Event]] = []
        self.order = 0

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, duration: timedelta) -> None:
        self.order += 1
        woken = asyncio.Event()
        heapq.heappush(self.sleepers, (self.instant + duration, self.order, woken))
        await woken.wait()

    async def turn(self, *work: Awaitable[object]) -> None:
        """Let time pass until all of this is done."""
        tasks = [asyncio.ensure_future(each) for each in work]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self.sleepers:
                until, _, woken = heapq.heappop(self.sleepers)
                self.instant = max(until, self.instant)
                woken.set()
        for task in tasks:
            task.result()


class Lines:
    """A platform with limits, paced."""

    def __init__(self, *, a_second: float = 1000.0, pause: timedelta = timedelta(), takes: timedelta = timedelta()):
        self.clock = TurningClock()
        self.takes = takes
        limits = Limits(4000, 20, posts_a_second=a_second, pause=pause)
        self.platform = MemoryPlatform(self.clock, limits=limits, threads=False)
        self.platform.during = lambda _: setattr(self.clock, "instant", self.clock.instant + self.takes)
        self.paced = Paced(self.platform, self.clock, timedelta(seconds=20))

    async def post(self, place: str, name: str) -> None:
        """Wait for a turn, and post."""
        where = Place(NAME, place)
        await self.paced.turn(where)
        await self.paced.gate()
        await self.paced.post(where, Notice(name), key=name)

    def times(self, place: str | None = None) -> list[float]:
        """Seconds at which calls arrived."""
        calls = [call for call in self.platform.calls if place in {None, call.place.id}]
        return [(call.at - NOON).total_seconds() for call in calls]

    def names(self) -> list[str]:
        """The keys of what was posted, in order."""
        return [call.key for call in self.platform.calls]


async def test_all_places_together_keep_to_the_rate_and_use_it() -> None:
    """10 a second: 25 posts to as many places take 2.4 s, and no second holds more than ten."""
    lines = Lines(a_second=10)
    await lines.clock.turn(*(lines.post(f"c{n}", f"{n}") for n in range(25)))
    times = lines.times()
    assert times[-1] == pytest.approx(2.4)
    for start in times:
        assert sum(start <= at < start + 0.999 for at in times) <= 10


async def test_one_place_keeps_its_pause_and_does_not_slow_down_others() -> None:
    """A second between two posts to a channel; the other channel's come in between."""
    lines = Lines(a_second=100, pause=SECOND)
    await lines.clock.turn(*(lines.post("busy", f"b{n}") for n in range(4)), lines.post("quiet", "q"))
    assert lines.times("busy") == pytest.approx([0, 1, 2, 3], abs=0.05)
    assert lines.times("quiet")[0] < 0.1


async def test_a_place_whose_post_waited_for_the_others_still_keeps_its_pause() -> None:
    """The pause counts from when its turn came, not from when it asked."""
    lines = Lines(a_second=10, pause=SECOND)
    granted: list[datetime] = []

    async def turn(place: str) -> None:
        await lines.paced.turn(Place(NAME, place))
        if place == "last":
            granted.append(lines.clock.now())

    await lines.clock.turn(*(turn(f"c{n}") for n in range(20)), turn("last"), turn("last"))
    assert (granted[0] - NOON).total_seconds() == pytest.approx(2)
    assert granted[1] - granted[0] >= SECOND


async def test_threads_of_a_channel_share_its_pause() -> None:
    """Platforms count a channel, not its threads."""
    lines = Lines(pause=SECOND)
    places = [Place(NAME, "c1"), Place(NAME, "c1", "t1"), Place(NAME, "c1", "t2")]
    await lines.clock.turn(*(lines.paced.turn(place) for place in places))
    assert (lines.clock.now() - NOON).total_seconds() == pytest.approx(2, abs=0.01)


async def test_the_pause_counts_from_the_end_of_a_call() -> None:
    """A slow call and a quick one after it do not arrive together."""
    lines = Lines(pause=SECOND, takes=5 * SECOND)
    await lines.clock.turn(lines.post("c1", "1"))
    await lines.clock.turn(lines.post("c1", "2"))
    assert lines.times("c1") == pytest.approx([0, 6], abs=0.01)


async def test_who_asks_first_is_served_first() -> None:
    """Over all places, and in one."""
    for places in (["c1"] * 6, [f"c{n}" for n in range(6)]):
        lines = Lines(a_second=10, pause=SECOND)
        await lines.clock.turn(*(lines.post(place, f"{n}") for n, place in enumerate(places)))
        assert lines.names() == [f"{n}" for n in range(6)]


async def test_reading_back_counts_too() -> None:
    """A platform counts requests."""
    lines = Lines(pause=SECOND)
    place = Place(NAME, "c1")

    async def look() -> None:
        await lines.paced.turn(place)
        await lines.paced.gate()
        await lines.paced.find(place, key="1")

    await lines.clock.turn(look(), lines.post("c1", "1"), look())
    assert lines.times("c1") == pytest.approx([0, 1, 2], abs=0.01)


async def test_what_piled_up_after_its_turn_does_not_leave_in_a_burst() -> None:
    """A slow database between turn and call: the rate holds where it counts, at the call."""
    lines = Lines(a_second=10)
    places = [Place(NAME, f"c{n}") for n in range(10)]
    await lines.clock.turn(*(lines.paced.turn(place) for place in places))

    async def leave(place: Place) -> None:
        await lines.paced.gate()
        await lines.paced.post(place, Notice("x"), key=place.id)

    await lines.clock.turn(*(leave(place) for place in places))
    times = lines.times()
    assert all(later - earlier >= 0.0999 for earlier, later in pairwise(times))


async def test_somebody_who_leaves_the_queue_holds_nobody_back() -> None:
    """Cancelled while waiting."""
    lines = Lines(pause=SECOND)
    await lines.clock.turn(lines.post("c1", "1"))
    waiting = asyncio.create_task(lines.post("c1", "2"))
    for _ in range(5):
        await asyncio.sleep(0)
    waiting.cancel()
    await lines.clock.turn(lines.post("c1", "3"))
    assert lines.names() == ["1", "3"]
    assert lines.times()[-1] <= 2.01


async def test_a_call_that_takes_too_long_may_have_been_taken() -> None:
    """Our patience is the platform's silence."""
    lines = Lines()
    lines.platform.will(Does.ACCEPT_AND_HANG)
    paced = Paced(lines.platform, lines.clock, timedelta(milliseconds=5))
    with pytest.raises(PlatformUnavailable, match=r"no answer within 0\.005 s"):
        await paced.post(Place(NAME, "c1"), Notice("x"), key="1")


async def test_a_long_life_meets_many_places_and_forgets_those_that_hold_nobody_back() -> None:
    """A thousand at most, and those that somebody waits for."""
    lines = Lines(a_second=1e6, pause=SECOND)
    await lines.clock.turn(*(lines.post(f"c{n}", f"{n}") for n in range(1000)))
    lines.clock.instant += 5 * SECOND
    await lines.clock.turn(lines.post("c1", "again"))
    await lines.clock.turn(lines.post("new", "new"))
    assert set(lines.paced._places) == {"c1", "new"}
    await lines.clock.turn(lines.post("c1", "once more"))
    assert lines.times("c1")[-1] - lines.times("c1")[-2] >= 1

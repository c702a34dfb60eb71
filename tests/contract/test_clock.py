"""Every clock keeps the Clock port's promises."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from adapters.wire.clock import StillClock, SystemClock
from bot.ports.clock import Clock
from tests.fakes.clock import FakeClock

INSTANT = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))

CLOCKS: dict[str, Callable[[], Clock]] = {
    "system": SystemClock,
    "still": lambda: StillClock(INSTANT),
    "fake": lambda: FakeClock(INSTANT),
    "fake, still": lambda: FakeClock(INSTANT, still=True),
}


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> Clock:
    return CLOCKS[request.param]()


def test_instants_are_aware_and_in_utc(clock: Clock) -> None:
    """`now` has an offset, and it is zero, whatever the clock was made from."""
    assert clock.now().utcoffset() == timedelta()


@pytest.mark.parametrize("seconds", [0, -1, 0.001])
async def test_sleeping_lets_others_run(clock: Clock, seconds: float) -> None:
    """Even an empty wait gives way once, so that a loop of waits cannot starve the rest."""
    ran: list[str] = []

    async def other() -> None:
        ran.append("other")

    task = asyncio.create_task(other())
    await clock.sleep(timedelta(seconds=seconds))
    assert ran == ["other"]
    await task


async def test_sleeping_can_be_cancelled(clock: Clock) -> None:
    """A cancelled sleeper stops with CancelledError."""
    sleeper = asyncio.create_task(clock.sleep(timedelta(hours=1)))
    sleeper.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeper


async def test_time_does_not_run_backwards(clock: Clock) -> None:
    """After a sleep it is not earlier, and on a clock that stands still it is not later."""
    before = clock.now()
    await clock.sleep(timedelta(microseconds=1))
    assert clock.now() >= before
    if clock.still:
        assert clock.now() == before


@pytest.mark.parametrize("make", [StillClock, FakeClock])
def test_an_instant_without_offset_is_refused(make: Callable[[datetime], Clock]) -> None:
    """Nobody can say when a naive instant is."""
    with pytest.raises(ValueError, match="offset"):
        make(datetime(2026, 11, 21, 9, 30))


def test_a_still_clock_shows_its_instant() -> None:
    """It gives the instant it was made with, in UTC."""
    assert StillClock(INSTANT).now() == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


async def test_the_fake_clock_moves_by_what_was_slept() -> None:
    """Tests see the durations, and the time they add up to."""
    clock = FakeClock(INSTANT)
    await clock.sleep(timedelta(seconds=90))
    assert clock.now() == INSTANT + timedelta(seconds=90)
    assert clock.slept == [timedelta(seconds=90)]

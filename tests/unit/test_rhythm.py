"""Waits between calls and after failures."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rhythm import Spacing, wait_after_closed, wait_after_silence

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_waits_grow_to_five_minutes_and_stay_there() -> None:
    """2 s, 8 s, 30 s, 2 min, 5 min, and up to a quarter more."""
    for failures, least in enumerate((2, 8, 30, 120, 300, 300, 300), 1):
        assert least <= wait_after_silence(failures, "a").total_seconds() <= least * 1.25
    for failures, least in enumerate((60, 300, 300), 1):
        assert least <= wait_after_closed(failures, "a").total_seconds() <= least * 1.25


def test_places_that_failed_together_do_not_come_back_together() -> None:
    """But each of them always after the same wait."""
    waits = [wait_after_silence(5, f"place-{n}") for n in range(1000)]
    assert waits == [wait_after_silence(5, f"place-{n}") for n in range(1000)]
    by_tenth = [sum(300 + 7.5 * n <= wait.total_seconds() < 307.5 + 7.5 * n for wait in waits) for n in range(10)]
    assert all(60 <= share <= 140 for share in by_tenth)
    assert sum(by_tenth) == 1000


def test_the_first_call_need_not_wait() -> None:
    """Nothing is known of one before it."""
    assert Spacing(SECOND).wait(START) == timedelta()


def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_longer_than_the_gap() -> None:
    """An hour or a year back: one gap."""
    spacing = Spacing(SECOND)
    spacing.note(START)
    assert spacing.wait(START - timedelta(days=365)) == SECOND


@given(st.lists(st.integers(0, 3000), min_size=2, max_size=30))
def test_calls_that_wait_as_told_are_never_closer_than_the_gap(pauses) -> None:
    """However they come; and nobody waits for longer than the gap."""
    spacing, now, calls = Spacing(SECOND), START, []
    for pause in pauses:
        now += timedelta(milliseconds=pause)
        wait = spacing.wait(now)
        assert timedelta() <= wait <= SECOND
        now += wait
        spacing.note(now)
        calls.append(now)
    assert all(later - earlier >= SECOND for earlier, later in pairwise(calls))

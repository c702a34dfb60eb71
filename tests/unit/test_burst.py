"""Bursts and their arithmetic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.burst import Burst, believable, burst, spread, stands_out, tail


def test_nothing_is_usual_before_a_week() -> None:
    """Thirteen half days are too few, fourteen are enough."""
    assert burst(9, 4, [0] * 13, hours=12).usual is None
    assert burst(9, 4, [1] + [0] * 13, hours=12).usual == pytest.approx(1.5 / 14)
    assert burst(9, 4, [0] * 14, hours=0).usual is None


def test_what_was_never_counted_has_no_multiple() -> None:
    """Nothing times something is no arithmetic."""
    assert burst(9, 4, [0] * 20, hours=12) == Burst(0.0, None, None)


@pytest.mark.parametrize(("count", "voices"), [(2, 2), (9, 1)])
def test_three_items_of_two_voices_are_the_least(count: int, voices: int) -> None:
    """Below that the usual rate is known, the multiple is not given."""
    found = burst(count, voices, [0] * 20, hours=12)
    assert found.usual is not None
    assert (found.multiple, found.p) == (None, None)


def test_the_multiple_is_the_count_by_the_usual() -> None:
    """With the chance that it means nothing."""
    found = burst(8, 3, [1, 0, 1, 1, 0, 0, 1] * 2, hours=24)
    assert found.usual is not None
    assert found.multiple == pytest.approx(8 / found.usual)
    assert found.p is not None
    assert found.p < 0.001


def test_a_lively_subject_needs_more_than_its_records() -> None:
    """A count that was reached several times is no burst."""
    assert burst(8, 4, [0, 7, 0, 8, 0, 0, 9, 0], hours=24).multiple is None
    assert stands_out(3, [])
    assert not stands_out(4, [3, 3, 3])


def test_the_same_hours_of_the_day_are_compared() -> None:
    """Mornings with mornings, once there are enough of them."""
    mornings_busy = [0, 10] * 14
    found = burst(12, 4, mornings_busy, hours=12)
    assert found.usual == pytest.approx((140 + 0.5) / 14)


def test_uneven_counts_make_a_burst_less_sure() -> None:
    """Over-dispersion widens the tail."""
    assert spread([3, 3, 3]) == 1.0
    assert spread([4]) == 1.0
    assert spread([0, 0]) == 1.0
    assert spread([0, 9, 0]) > 5
    assert tail(9, 3, 6, 10) > tail(9, 3, 1, 10)


@given(st.integers(0, 60), st.floats(0.05, 30), st.floats(1, 9), st.integers(1, 60))
def test_a_tail_is_a_chance_and_falls_with_the_count(count: int, usual: float, dispersion: float, windows: int) -> None:
    """P(N >= k) decreases in k and is certain for 0."""
    here, further = tail(count, usual, dispersion, windows), tail(count + 1, usual, dispersion, windows)
    assert 0 <= further <= here + 1e-12 <= 1 + 1e-9
    assert tail(0, usual, dispersion, windows) == 1


def test_a_tail_agrees_with_the_geometric_case() -> None:
    """Mean 1 and factor 2 give P(N >= k) = 2^-k."""
    assert math.isclose(tail(3, 1.0, 1.0, 1), 0.125)


def test_many_tests_need_stronger_evidence() -> None:
    """One chance in two hundred convinces alone, not among a hundred."""
    assert believable([0.005]) == [True]
    assert believable([0.005] + [0.9] * 99) == [False] * 100
    assert believable([0.009, 0.0001, 0.5], rate=0.05) == [True, True, False]
    assert believable([]) == []

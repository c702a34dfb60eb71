"""The measures of segmentation, on cases small enough to reckon by hand."""

import pytest

from tests.bench.boundaries import boundary_similarity, f1, interval, matched, pk, window, window_diff


def test_a_found_boundary_pays_for_one_of_the_human_only() -> None:
    """Two of the human around one of ours are one match."""
    assert matched([4, 6], [5], 1) == 1
    assert f1([4, 6], [5], 1) == pytest.approx(2 / 3)


def test_the_most_pairs_are_found() -> None:
    """Taking the nearest partner first would leave 6 and 4 alone."""
    assert matched([5, 6], [4, 5], 1) == 2
    assert matched([1, 10, 20], [3, 9, 40], 1) == 1


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    """And one of the two alone is worth nothing."""
    assert f1([], [], 1) == 1
    assert f1([3], [], 1) == 0
    assert boundary_similarity([], []) == 1
    assert boundary_similarity([], [3]) == 0


def test_the_window_is_half_the_mean_segment() -> None:
    """Ten units in two segments: 2.5, rounded; never 0."""
    assert window([5], 12) == 3
    assert window([1, 2], 3) == 1


def test_agreement_costs_nothing() -> None:
    """Both windowed measures are errors."""
    assert pk([4, 8], [4, 8], 12) == 0
    assert window_diff([4, 8], [4, 8], 12) == 0


def test_no_boundary_errs_in_each_window_that_spans_one() -> None:
    """k is 3: of nine windows over twelve units, the boundary at 6 lies in three."""
    assert pk([6], [], 12) == pytest.approx(3 / 9)
    assert window_diff([6], [], 12) == pytest.approx(3 / 9)


def test_window_diff_sees_the_surplus_that_pk_overlooks() -> None:
    """Two found where the human has one, within a window: Pk minds the ends only (Pevzner & Hearst 2002)."""
    assert pk([6], [6, 7], 12) == pytest.approx(1 / 9)
    assert window_diff([6], [6, 7], 12) == pytest.approx(3 / 9)


def test_near_misses_count_half_in_boundary_similarity() -> None:
    """One exact, one a unit off, one missed: 1 - (1 + 1/2) / 3."""
    assert boundary_similarity([2, 6, 11], [2, 7]) == pytest.approx(0.5)
    assert boundary_similarity([2], [4]) == 0


def test_a_text_of_one_unit_has_no_windows() -> None:
    """There is nothing to err about."""
    assert pk([], [], 1) == 0
    assert window_diff([], [], 1) == 0


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    """A bootstrap with a seed of its own."""
    mean, low, high = interval([0.0, 1.0, 0.5, 0.75])
    assert low < mean < high
    assert interval([0.0, 1.0, 0.5, 0.75]) == (mean, low, high)

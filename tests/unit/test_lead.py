"""How early a build begins, from how long the last ones took."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.lead import LONGEST, SHORTEST, UNKNOWN, lead

SECONDS = st.floats(min_value=0, max_value=1e7)


@pytest.mark.parametrize(
    ("lasted", "expected"),
    [
        ([], timedelta(minutes=10)),
        ([100.0], timedelta(seconds=150)),
        ([100.0, 400.0], timedelta(minutes=10)),
        ([3.0] * 10, timedelta(minutes=1)),
        ([100_000.0], timedelta(minutes=60)),
        ([float("inf")], timedelta(minutes=60)),
        ([100.0] * 9 + [200.0], timedelta(seconds=300)),
        ([100.0] * 10 + [2000.0], timedelta(seconds=150)),
    ],
)
def test_half_as_much_again_as_the_slowest_twentieth_of_the_last_ten(lasted: list[float], expected: timedelta) -> None:
    """Of ten, the nearest rank to 95 % is the slowest; the eleventh is forgotten."""
    assert lead(lasted) == expected


@settings(max_examples=60)
@given(st.lists(SECONDS, max_size=30))
def test_between_a_minute_and_an_hour(lasted: list[float]) -> None:
    """Whatever was measured."""
    assert SHORTEST <= lead(lasted) <= LONGEST
    assert lead([]) == UNKNOWN


@settings(max_examples=60)
@given(st.lists(SECONDS, min_size=1, max_size=10), SECONDS)
def test_a_slower_build_never_shortens_it(lasted: list[float], slower: float) -> None:
    """Replacing any of the last ten by a slower one gives at least as much time."""
    for place, seconds in enumerate(lasted):
        changed = [*lasted[:place], max(seconds, slower), *lasted[place + 1 :]]
        assert lead(changed) >= lead(lasted)


def test_a_build_that_its_slot_cuts_short_gets_more_time_until_it_is_enough() -> None:
    """Four slots lead from ten minutes to more than thirty."""
    needed, lasted = 31 * 60.0, list[float]()
    for _ in range(4):
        lasted.insert(0, min(needed, lead(lasted).total_seconds()))
    assert lead(lasted) > timedelta(seconds=needed)

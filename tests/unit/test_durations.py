"""Durations are printed and read in one way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.durations import duration, read_duration


@pytest.mark.parametrize(
    ("seconds", "printed"),
    [
        (0, "0:00"),
        (9.99, "0:09"),
        (65, "1:05"),
        (444, "7:24"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (36061, "10:01:01"),
        (-3, "0:00"),
    ],
)
def test_a_duration_is_minutes_and_seconds_and_from_an_hour_on_has_hours(seconds: float, printed: str) -> None:
    """`m:ss`, `h:mm:ss`; parts of a second are cut."""
    assert duration(seconds) == printed


@settings(max_examples=100)
@given(st.integers(min_value=0, max_value=359_999))
def test_what_is_printed_can_be_typed(seconds: int) -> None:
    """Reading takes back what printing gave."""
    assert read_duration(duration(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "12", "1:2:3:4", "a:bc", "12:75", "1:00:99", "12:40 pm"])
def test_what_is_no_duration_is_none(text: str) -> None:
    """Seconds end at 59, and nothing stands beside them."""
    assert read_duration(text) is None

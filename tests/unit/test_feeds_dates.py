"""Dates of feeds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.wire.feeds.dates import EARLIEST, instant

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-09T12:00:00Z", "2026-03-09T12:00:00.000Z", "2026-03-09T13:00:00+01:00", "2026-03-09T07:00:00-0500",
        "2026-03-09 12:00:00", "2026-03-09T12:00Z", "2026-3-9 12:00", "2026/03/09 12:00:00", "20260309T120000Z",
        "Mon, 09 Mar 2026 12:00:00 GMT", "Mon, 09 Mar 2026 12:00:00 +0000", "Mon, 9 Mar 2026 13:00:00 +0100",
        "Monday, 9 March 2026 12:00", "09 Mar 26 12:00 UT", "Mon, 09 Mar 2026 08:00:00 EDT", "09 Mar 2026 07:00 EST",
        "Mon, 09 Mar 2026 12:00:00 (UTC)", "Mon, 09 Mar 2026 12:00:00 GMT+0000", "Mon Mar  9 12:00:00 2026",
        "Mon Mar 9 12:00:00 UTC 2026", "March 9, 2026 12:00 PM", "Mar 9th, 2026 at 12:00pm", "9. März 2026 12:00",
        "lun, 09 mars 2026 12:00:00 +0000", "9 de marzo de 2026 12:00", "пн, 09 мар 2026 15:00:00 MSK",
        "Mon, 09 Mar 2026 07:00:00 -0500", "Mon, 09-Mar-2026 12:00:00 GMT",
        "\n  Mon, 09 Mar 2026\n 12:00:00 GMT ", "9 Mar 2026 21:00 JST",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    """One instant in many spellings, aware and in UTC."""
    assert instant(text) == NOON


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-09", 9),
        ("20260309", 9),
        ("2026-03", 1),
        ("9 March 2026", 9),
        ("March 9, 2026", 9),
        ("Mar 8 24:00:00 2026", 9),
    ],
)
def test_a_day_without_time_begins_at_midnight(text: str, day: int) -> None:
    """Missing parts are the first of their kind; 24:00 is the next day."""
    assert instant(text) == datetime(2026, 3, day, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0000-00-00T00:00:00Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "32 Mar 2026",
     "9 Foo 2026", "2026-13-01", "Mon, 09 Mar 0026 12:00:00 GMT", "9999999999", "9 Mar 2026 12:61:00 GMT", "1" * 5000,
     "0001-01-01T00:00:00+14:00"],
)  # fmt: skip
def test_what_cannot_be_told_is_no_date(text: str) -> None:
    """A wrong date is worse than none; before 1990 it is a default of broken software."""
    assert instant(text) is None


def test_a_leap_second_is_the_second_before_it() -> None:
    """Written as 60, in the standard's form too."""
    assert instant("Mon, 09 Mar 2026 11:59:60 GMT") == instant("2026-03-09T11:59:59Z")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.datetimes().map(str), st.from_regex(r"\d{1,4}[-/ ]\w{1,9}[-/ ]\d{1,4}( \d\d?:\d\d)?")
    )
)
def test_any_text_is_a_sane_date_or_none(text: str) -> None:
    """Never an error, never a naive or an absurd instant."""
    when = instant(text)
    assert when is None or (when.tzinfo is UTC and when >= EARLIEST)

"""Schedules as people write them are read alike everywhere, and what clock changes do to them is told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.languages import is_language_tag, no_language
from bot.domain.schedules import (
    days_from,
    days_in_words,
    local_midnight,
    local_time_from,
    mistakes_of,
    notes_of,
    unknown_zone,
    zone_named,
)
from bot.domain.timetable import Schedule, instant_of

AUTUMN = date(2026, 11, 21)
SOME_DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("mon,wed,fri", (0, 2, 4)),
        ("fri-mon", (0, 4, 5, 6)),
        ("sun", (6,)),
        ("Tuesday, thurs", (1, 3)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
        ("sat-fri", (0, 1, 2, 3, 4, 5, 6)),
        ("mon-mon", (0,)),
        ("fri-sat,sat-sun", (4, 5, 6)),
    ],
)
def test_weekdays_are_names_and_ranges(text, days):
    """A range may go round the end of the week; a day named twice is one day."""
    assert days_from(text) == days


@pytest.mark.parametrize("text", ["1-5", "", "mon-", "-", "mo", "mon-fri-sun", "monday-funday", "mon,,tue", "täglich"])
def test_what_is_no_weekday_is_refused(text):
    """Numbers too: nobody knows on which day a week begins."""
    with pytest.raises(ValueError, match="weekday"):
        days_from(text)


@given(SOME_DAYS)
def test_weekdays_are_told_as_they_are_read(days):
    """What is printed can be typed."""
    assert days_from(days_in_words(days)) == days


def test_weekdays_are_told_in_few_words():
    """Neighbours as a range, two as two."""
    told = [days_in_words(days) for days in ((0, 1, 2, 3, 4), (0, 4, 5, 6), (5, 6), (0, 2, 4), tuple(range(7)))]
    assert told == ["mon-fri", "fri-mon", "sat,sun", "mon,wed,fri", "mon-sun"]


@given(TIMES)
def test_a_time_of_day_is_read_to_the_minute(at):
    """With or without a zero before the hour."""
    assert local_time_from(f"{at:%H:%M}") == local_time_from(f" {at.hour}:{at:%M} ") == at


@pytest.mark.parametrize("text", ["24:00", "7", "7:5", "12:60", "07:30:10", "7.30", "٧:30", "", "noon"])
def test_what_is_no_time_of_day_is_refused(text):
    """And said with an example."""
    with pytest.raises(ValueError, match="write one such as 07:30"):
        local_time_from(text)


@pytest.mark.parametrize("name", ["Mars/Phobos", "Europe", "../../etc/passwd", "/etc/passwd", "a\0b", "", "x" * 300])
def test_what_is_no_zone_is_none(name):
    """Neither a folder nor a path nor a name too long for one brings anything down."""
    assert zone_named(name) is None
    assert len(unknown_zone(name)) < 200


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Europe/Berlim", "near it: Europe/Berlin"),
        ("berlin", "near it: Europe/Berlin"),
        ("New York", "near it: America/New_York"),
        ("GMT+2", "write one such as Europe/Berlin"),
        ("Nowhere at all", "write one such as Europe/Berlin"),
    ],
)
def test_a_wrong_zone_is_told_with_those_near_it(typed, near):
    """By the city alone, too; never the Etc zones, whose signs are the other way round."""
    assert unknown_zone(typed) == f"{typed!r} is no time zone; {near}"


def test_every_mistake_of_a_schedule_is_told():
    """At once, each in words."""
    bad = Schedule("Nowhere", (9, 1), (("am", time(7, 0, 1)), ("am", time(6))))
    assert mistakes_of(bad, None) == [
        "'Nowhere' is no time zone; write one such as Europe/Berlin",
        "weekdays are 0 (Monday) to 6, in order, each once",
        "am 07:00:01 is not a time of day to the minute; write one such as 07:30",
        "slots are am and pm, in order, each at most once",
    ]
    assert mistakes_of(Schedule("UTC", (), ()), UTC) == [
        "no weekday is chosen; write names such as mon-fri",
        "am and pm are both off; leave one of them, or pause or unsubscribe",
    ]
    for pm in (time(7), time(6)):
        (said,) = mistakes_of(Schedule("UTC", slots=(("am", time(7)), ("pm", pm))), UTC)
        assert said.startswith(f"am 07:00 is not before pm {pm:%H:%M}")


def test_a_good_schedule_has_no_mistakes():
    """One slot is enough, also late in the morning."""
    assert mistakes_of(Schedule("UTC"), UTC) == []
    assert mistakes_of(Schedule("UTC", (6,), (("am", time(13)),)), UTC) == []
    assert mistakes_of(Schedule("UTC", (6,), (("pm", time(0)),)), UTC) == []


def noted(zone: str, at: time, today: date = AUTUMN, days: tuple[int, ...] = tuple(range(7))) -> list[str]:
    found = zone_named(zone)
    assert found is not None
    return notes_of(Schedule(zone, days, (("am", at),)), found, today)


def test_a_skipped_hour_is_told_before_it_comes():
    """With the time it will be instead; only on days that are chosen."""
    assert noted("Europe/Berlin", time(2, 30)) == [
        "on 2027-03-28 02:30 does not exist in Europe/Berlin: it will be 03:30",
        "on 2028-03-26 02:30 does not exist in Europe/Berlin: it will be 03:30",
    ]
    assert noted("Europe/Berlin", time(2, 30), days=(0, 1, 2, 3, 4, 5)) == []
    assert noted("Europe/Berlin", time(3)) == []


def test_an_hour_skipped_over_midnight_names_the_other_date():
    """Scoresbysund puts its clocks forward from eleven in the evening to midnight."""
    said = noted("America/Scoresbysund", time(23, 30))
    assert said[0] == "on 2027-03-27 23:30 does not exist in America/Scoresbysund: it will be 00:30 on 2027-03-28"


def test_a_date_that_does_not_exist_is_told_once():
    """Samoa went over the date line; a pause until that date ends where it would have begun."""
    apia = zone_named("Pacific/Apia")
    assert apia is not None
    missing = date(2011, 12, 30)
    said = notes_of(Schedule("Pacific/Apia"), apia, date(2011, 12, 1))
    assert said == ["2011-12-30 does not exist in Pacific/Apia: there is no edition of that date"]
    assert local_midnight(missing, apia) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert local_midnight(AUTUMN, apia) == datetime(2026, 11, 20, 11, tzinfo=UTC)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "UTC"]), TIMES)
def test_exactly_the_skipped_times_are_told(name, at):
    """On every other date the clock on the wall shows what was asked for."""
    zone = zone_named(name)
    assert zone is not None
    told = {line.split()[1] for line in noted(name, at)}
    for ahead in range(2 * 366):
        day = AUTUMN + timedelta(days=ahead)
        instant = instant_of(day, at, zone)
        assert instant is not None
        assert (instant.astimezone(zone).time() != at) == (day.isoformat() in told)


@pytest.mark.parametrize("tag", ["en", "ru", "pt-BR", "zh_Hant", "sr-Latn-RS", "haw"])
def test_a_language_tag_is_known_by_its_shape(tag):
    """With - or _."""
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "e", "12", "english", "en-", "en us", "en-waytoolong9", "ру", "en\n", "a" * 99])
def test_what_is_no_language_tag_is_told(tag):
    """Shortened, so that nobody's screen is filled."""
    assert not is_language_tag(tag)
    assert len(no_language(tag)) < 130

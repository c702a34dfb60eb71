"""`counterpoint timetable` shows when a slot is due, also where clocks change."""

import json
from datetime import date, datetime, timedelta

import pytest

from adapters.cli.app import run


@pytest.fixture
def timetable(capsys):
    """Run the command: its exit code, what it printed as data, what it printed beside it."""

    def call(*arguments: str, zone: str = "Europe/Berlin", at: str = "02:30") -> tuple[int, str, str]:
        code = run(["timetable", "--zone", zone, "--at", at, *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def between(start: str, end: str, form: str = "json") -> list[str]:
    return ["--from", start, "--to", end, "--format", form]


def dues(printed: tuple[int, str, str]) -> list[str]:
    code, out, err = printed
    assert (code, err) == (0, "")
    return [one["due"] for one in json.loads(out)]


def test_programs_get_one_due_a_local_date_with_its_offset(timetable):
    """In order, through both changes of a year."""
    code, out, err = timetable(*between("2026-01-01", "2026-12-31"))
    assert (code, err) == (0, "")
    listed = json.loads(out)
    assert all(list(one) == ["date", "due"] for one in listed)
    assert [one["date"] for one in listed] == [(date(2026, 1, 1) + timedelta(n)).isoformat() for n in range(365)]
    due = {one["date"]: one["due"] for one in listed}
    assert due["2026-01-01"] == "2026-01-01T02:30:00+01:00"
    assert due["2026-03-29"] == "2026-03-29T03:30:00+02:00"
    assert due["2026-10-25"] == "2026-10-25T02:30:00+02:00"
    assert all(datetime.fromisoformat(at).utcoffset() is not None for at in due.values())


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_people_see_where_a_clock_change_moves_it(timetable, form, monkeypatch):
    """Weekday, local time, UTC, and a word on the days of the change only."""
    monkeypatch.setenv("COLUMNS", "160")
    _, spring, _ = timetable(*between("2026-03-28", "2026-03-30", form))
    lines = [line for line in spring.splitlines() if "2026-03" in line]
    assert len(lines) == 3
    assert all(part in lines[1] for part in ("2026-03-29", "Sun", "03:30", "2026-03-29 01:30"))
    assert "02:30 does not exist on this date: 03:30 instead" in lines[1]
    assert "exist" not in lines[0] + lines[2]
    _, autumn, _ = timetable(*between("2026-10-24", "2026-10-26", form))
    lines = [line for line in autumn.splitlines() if "2026-10" in line]
    assert [line.count("02:30 comes twice: the first") for line in lines] == [0, 1, 0]
    assert "2026-10-25 00:30" in lines[1]


def test_weekdays_are_chosen_by_name(timetable):
    """A range may go over the end of the week."""
    found = dues(timetable("--days", "fri-mon", *between("2026-06-01", "2026-06-07"), at="07:00"))
    assert [datetime.fromisoformat(at).weekday() for at in found] == [0, 4, 5, 6]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-06-01", "2026-06-01", [1]),
        ("2026-06-01T07:00", "2026-06-02T07:00", [1]),
        ("2026-06-01T07:01", "2026-06-02T07:01", [2]),
        ("2026-06-01T05:00:00Z", "2026-06-02T05:00:00Z", [1]),
        ("2026-06-01T05:00:01Z", "2026-06-02T07:00:01+02:00", [2]),
        ("2026-06-01T07:00", "2026-06-01T07:00", []),
        ("2026-06-01T08:00", "2026-06-02", [2]),
    ],
)
def test_the_beginning_counts_and_the_end_does_not(timetable, start, end, days):
    """Given as an instant, as local time, or as a date, whose end is that of the day."""
    found = dues(timetable(*between(start, end), at="07:00"))
    assert [datetime.fromisoformat(at).day for at in found] == days


def test_a_day_begins_where_its_midnight_is_skipped(timetable):
    """In Cairo clocks go from 23:59 to 01:00; what is due at midnight is due then, on that date."""
    found = dues(timetable(*between("2026-04-24", "2026-04-24"), zone="Africa/Cairo", at="00:00"))
    assert found == ["2026-04-24T01:00:00+03:00"]


def test_a_date_that_does_not_exist_is_left_out(timetable):
    """Also as the beginning or the end."""
    found = dues(timetable(*between("2011-12-30", "2011-12-31"), zone="Pacific/Apia", at="07:00"))
    assert found == ["2011-12-31T07:00:00+14:00"]
    assert dues(timetable(*between("2011-12-29", "2011-12-30"), zone="Pacific/Apia", at="07:00")) == [
        "2011-12-29T07:00:00-10:00"
    ]
    assert dues(timetable(*between("2011-12-30", "2011-12-30"), zone="Pacific/Apia", at="07:00")) == []


def test_nothing_due_is_said(timetable):
    """And is no mistake."""
    code, out, _ = timetable("--days", "mon", *between("2026-06-02", "2026-06-05", "text"))
    assert code == 0
    assert out == "02:30 in Europe/Berlin on Mon: due never.\n"
    _, out, _ = timetable("--days", "tue", *between("2026-06-02", "2026-06-05", "text"))
    assert "due once." in out


def test_an_old_offset_with_seconds_is_shown(timetable):
    """Monrovia was 44 minutes and 30 seconds behind until 1972."""
    _, out, _ = timetable(*between("1972-01-03", "1972-01-03", "text"), zone="Africa/Monrovia")
    assert "1972-01-03 03:14:30" in out


def test_ten_years_are_the_most(timetable):
    """A long list, and no longer."""
    assert len(dues(timetable(*between("2020-01-01", "2029-12-31")))) == 3653
    code, out, err = timetable(*between("2020-01-01", "2030-02-01"))
    assert (code, out) == (2, "")
    assert "more than 10 years" in err


def test_all_mistakes_are_told_at_once(timetable):
    """With the option each belongs to."""
    code, out, err = timetable("--days", "1-5", *between("2026-06-02", "2026-06-01T00:00"), zone="Mars", at="25:00")
    assert (code, out) == (2, "")
    assert [line.split(" ")[0] for line in err.splitlines()] == ["--zone:", "--at:", "--days:", "--from"]
    code, _, err = timetable("--days", "", *between("soon", "0001-01-01"))
    assert code == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["--days", "--from", "--to"]


def test_what_is_needed_is_asked_for_at_once(timetable):
    """All four, by name."""
    code, out, err = timetable(zone="", at="")
    assert (code, out) == (2, "")
    assert err.splitlines() == [f"{option} is needed" for option in ("--zone", "--at", "--from", "--to")]

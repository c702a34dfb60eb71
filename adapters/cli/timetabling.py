"""`counterpoint timetable`: when a slot is due, day by day, also where clocks change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, TypeVar

import typer

from adapters.cli.choices import Mistakes, days, local_time, zone
from adapters.cli.output import Format, FormatOption, Part, Table, show
from bot.domain.timetable import DAY_NAMES, Due, Schedule, dues, instant_of
from bot.errors import ConfigError

T = TypeVar("T")
MOST_YEARS = 10
_YEARS = range(1900, 2200)
_MIDNIGHT = time()
_SHORTEST = timedelta(microseconds=1)
_WHEN = "a date, a local time (2026-03-05T18:00) or an instant (2026-03-05T18:00:00Z)"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A slot, and the span from `start` on and before `end` in which it is looked for."""

    schedule: Schedule
    rules: tzinfo
    at: time
    start: datetime
    end: datetime


def timetable(
    zone_name: Annotated[str, typer.Option("--zone", metavar="ZONE", help="A time zone such as Europe/Berlin.")] = "",
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="The local time of the slot.")] = "",
    weekdays: Annotated[str, typer.Option("--days", metavar="DAYS", help="Weekdays, by name.")] = "mon-sun",
    start: Annotated[str, typer.Option("--from", metavar="WHEN", help=f"Where to begin: {_WHEN}.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="WHEN", help="Where to end; the whole of that date.")] = "",
    form: FormatOption = Format.TEXT,
) -> None:
    """Show when a slot is due, day by day.

    Once on each local date, also where clocks change. Needs --zone, --at, --from and --to.
    """
    asked = _read(zone_name, at, weekdays, start, end)
    # An interval of dues has its end and not its beginning; the one asked for is the other way round.
    found = list(dues(asked.schedule, asked.rules, asked.start - _SHORTEST, asked.end - _SHORTEST))
    data = [{"date": due.date.isoformat(), "due": due.at.astimezone(asked.rules).isoformat()} for due in found]
    show(_parts(asked, found), data, form)


def _read(zone_name: str, at: str, weekdays: str, start: str, end: str) -> _Asked:
    """What was asked for.

    Raises:
        ConfigError: every mistake.
    """
    from zoneinfo import ZoneInfo

    mistakes = Mistakes()

    def needed(option: str, text: str, read: Callable[[str], T]) -> T | None:
        if text:
            return mistakes.given(text, read)
        mistakes.found.append(f"{option} is needed")
        return None

    name = needed("--zone", zone_name, zone)
    rules = ZoneInfo(name) if name else UTC
    moment = needed("--at", at, local_time)
    chosen = mistakes.attempt(lambda: days(weekdays))
    first = needed("--from", start, lambda text: _instant(text, "--from", rules))
    last = needed("--to", end, lambda text: _instant(text, "--to", rules))
    if first and last:
        mistakes.found.extend(_span_mistakes(first, last))
    mistakes.tell()
    if name is None or moment is None or chosen is None or first is None or last is None:
        raise ConfigError(["the command cannot be read"])
    return _Asked(Schedule(name, chosen, (("am", moment),)), rules, moment, first, last)


def _instant(text: str, option: str, rules: tzinfo) -> datetime:
    """An instant from a date, a local time or an instant; of a date its beginning, or its end for `--to`.

    Raises:
        ConfigError: it is none, or too far away for anybody to know the rules of a zone.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError([f"{option}: {text!r} is no time; write {_WHEN}"]) from error
    if at.year not in _YEARS:
        raise ConfigError([f"{option}: {text!r} is not between {_YEARS[0]} and {_YEARS[-1]}"])
    if not _bare(text):
        return (at if at.tzinfo else at.replace(tzinfo=rules)).astimezone(UTC)
    day = at.date() + timedelta(days=1) if option == "--to" else at.date()
    while (begins := instant_of(day, _MIDNIGHT, rules)) is None:
        day += timedelta(days=1)
    return begins


def _bare(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _span_mistakes(start: datetime, end: datetime) -> list[str]:
    if start > end:
        return ["--from is after --to"]
    if end - start > timedelta(days=MOST_YEARS * 366):
        return [f"--from and --to are more than {MOST_YEARS} years apart"]
    return []


def _parts(asked: _Asked, found: list[Due]) -> list[Part]:
    schedule = asked.schedule
    names = ", ".join(DAY_NAMES[day].capitalize() for day in schedule.days)
    times = {0: "never", 1: "once"}.get(len(found), f"{len(found)} times")
    said = f"{asked.at:%H:%M} in {schedule.zone} on {names}: due {times}."
    if not found:
        return [said]
    return [said, Table(("date", "day", "local", "UTC", ""), tuple(_row(asked, due) for due in found))]


def _row(asked: _Asked, due: Due) -> tuple[str, ...]:
    local = due.at.astimezone(asked.rules)
    day = DAY_NAMES[due.date.weekday()].capitalize()
    return (due.date.isoformat(), day, _shown(local), _shown(due.at), _moved(asked, due, local))


def _shown(at: datetime) -> str:
    """To the minute; with seconds where a zone's old offset had some."""
    return at.replace(tzinfo=None).isoformat(" ", "seconds" if at.second else "minutes")


def _moved(asked: _Asked, due: Due, local: datetime) -> str:
    """Words for a day on which a clock change touches the slot."""
    meant = datetime.combine(due.date, asked.at)
    if local.replace(tzinfo=None, fold=0) != meant:
        return f"{asked.at:%H:%M} does not exist on this date: {local:%H:%M} instead"
    first, second = (meant.replace(tzinfo=asked.rules, fold=fold).utcoffset() for fold in (0, 1))
    return "" if first == second else f"{asked.at:%H:%M} comes twice: the first"

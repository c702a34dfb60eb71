"""What is chosen on the command line: options of several commands, read so that all mistakes are told at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.config import Settings, load
from bot.domain.roster import Roster
from bot.errors import ConfigError

T = TypeVar("T")

RosterOption = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="The roster to read. Default: yours, else the shipped one, tier 1."),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="TAG", help="Language of labels and dates, such as en or ru.")
]


@dataclass(slots=True)
class Mistakes:
    """Collects what is wrong with the settings and the command, so that a person hears all of it at once."""

    found: list[str] = field(default_factory=list)

    def attempt(self, choose: Callable[[], T]) -> T | None:
        """The result of `choose`, or None when it raised a ConfigError, whose mistakes are kept."""
        try:
            return choose()
        except ConfigError as error:
            self.found.extend(error.mistakes)
            return None

    def given(self, value: str | None, read: Callable[[str], T]) -> T | None:
        """What `read` makes of an option that was given; None for one that was not, or was wrong."""
        return None if value is None else self.attempt(lambda: read(value))

    def tell(self) -> None:
        """Raise what was found.

        Raises:
            ConfigError: there was at least one mistake.
        """
        if self.found:
            raise ConfigError(self.found)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A roster and where it comes from."""

    roster: Roster
    path: Path
    shipped: bool
    """Whether it is the one that came with the program, tier 1."""

    @property
    def folder(self) -> Path:
        """What the paths of its file sources are relative to."""
        return self.path.absolute().parent


def choose_roster(settings: Settings, path: Path | None) -> Chosen:
    """The roster named on the command line, else the operator's, else the first tier of the shipped one.

    Raises:
        RosterError: it cannot be read or has mistakes; all of them are named with the file.
    """
    from adapters.roster.reading import DEFAULT
    from adapters.roster.reading import load as read_roster

    path = path or settings.roster
    if path is None:
        return Chosen(read_roster(DEFAULT, tier=1), DEFAULT, shipped=True)
    return Chosen(read_roster(path), path, shipped=False)


def choose(path: Path | None, *others: Callable[[], object]) -> tuple[Settings, Chosen]:
    """Settings and roster, with the mistakes of `others` told in the same breath.

    Raises:
        ConfigError: every mistake.
    """
    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    blank = settings or Settings("", path, Path(), None, "en", "UTC", ())
    chosen = mistakes.attempt(lambda: choose_roster(blank, path)) if settings or path else None
    for other in others:
        mistakes.attempt(other)
    mistakes.tell()
    if settings is None or chosen is None:
        raise ConfigError(["the settings or the roster cannot be read"])
    return settings, chosen


def instant(text: str, option: str = "--now") -> datetime:
    """An instant as ISO 8601 with offset.

    Raises:
        ConfigError: it is none, or has no offset, so nobody can say when it is.
    """
    example = "write it such as 2026-03-05T18:00:00Z"
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError([f"{option}: {text!r} is no instant; {example}"]) from error
    if at.tzinfo is None:
        raise ConfigError([f"{option}: {text!r} has no offset, so nobody can say when it is; {example}"])
    return at


def zone(name: str, option: str = "--zone") -> str:
    """The name of a time zone that exists.

    Raises:
        ConfigError: there is none of this name.
    """
    from bot.domain.schedules import unknown_zone, zone_named

    if zone_named(name) is None:
        raise ConfigError([f"{option}: {unknown_zone(name)}"])
    return name


def language(tag: str, option: str = "--language") -> str:
    """A language tag.

    Raises:
        ConfigError: it does not look like one.
    """
    from bot.domain.languages import is_language_tag, no_language

    if not is_language_tag(tag):
        raise ConfigError([f"{option}: {no_language(tag)}"])
    return tag


def days(text: str, option: str = "--days") -> tuple[int, ...]:
    """Weekdays in order, Monday 0, from names and ranges: `mon-fri`, `mon,wed,fri`, `fri-mon`. Numbers are not taken.

    Raises:
        ConfigError: something in it is no weekday.
    """
    from bot.domain.schedules import days_from

    return _read(days_from, text, option)


def local_time(text: str, option: str = "--at") -> time:
    """A time of day to the minute, `07:30`, as a clock on the wall shows it.

    Raises:
        ConfigError: it is none.
    """
    from bot.domain.schedules import local_time_from

    return _read(local_time_from, text, option)


def _read(parse: Callable[[str], T], text: str, option: str) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigError([f"{option}: {error}"]) from error

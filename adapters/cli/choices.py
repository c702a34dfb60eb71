"""What is chosen on the command line: options of several commands, read so that all mistakes are told at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
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
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError([f"{option}: {name!r} is no time zone; write one such as Europe/Berlin"]) from error
    return name


def language(tag: str, option: str = "--language") -> str:
    """A language tag.

    Raises:
        ConfigError: it does not look like one.
    """
    parts = tag.replace("_", "-").split("-")
    if (
        not (parts[0].isascii() and parts[0].isalpha() and 2 <= len(parts[0]) <= 3 and tag.isprintable())
        or len(tag) > 35
    ):
        raise ConfigError([f"{option}: {tag!r} is no language tag; write one such as en or ru"])
    return tag

"""A desk: one editorial configuration."""

from dataclasses import dataclass

from bot.domain.roster import Roster
from bot.domain.timetable import Schedule


@dataclass(frozen=True, slots=True)
class Desk:
    """Its name, what it says of itself, and its two hosts."""

    id: str
    name: str
    tagline: str
    reader: str
    """The host who names the source and frames."""
    quoter: str
    """The host who reads the cited words."""


DEFAULT_DESK = Desk(
    id="default",
    name="Counterpoint",
    tagline="What they argue about, and what each of them said.",
    reader="Nora",
    quoter="Elias",
)


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk at work: the roster it reads, and what a place gets that asks for nothing else."""

    desk: Desk
    roster: Roster
    schedule: Schedule
    language: str

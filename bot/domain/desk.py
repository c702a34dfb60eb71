"""A desk: one editorial configuration."""

from dataclasses import dataclass


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

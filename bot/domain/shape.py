"""The shape of a thought: what the picture of an episode shows, before anybody draws it.

One row a chapter on a time line, split by who speaks; under it one lane for each of the most named people and things.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ShapeSpeaker:
    """Somebody in the legend."""

    name: str
    """As short as can be told apart: a last name."""
    side: Literal["guest", "host"]
    share: int
    """Percent of all words."""


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A chapter, or several short neighbours."""

    label: str
    """`5  Why anchor lamps need a hand`."""
    start: float
    end: float
    words: tuple[int, ...]
    """Of each speaker, in the order of the legend; empty where speakers are not known."""


@dataclass(frozen=True, slots=True)
class ShapeLane:
    """Somebody or something named, one tick a mention."""

    name: str
    count: str
    """`36 mentions`, in the words of the interface."""
    times: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything in the picture, as text and numbers."""

    title: str
    subtitle: str
    """`Long Watch 88 · 37:17 · 11 chapters`."""
    duration: float
    speakers: tuple[ShapeSpeaker, ...]
    """Guests first, then hosts; empty where none are known, or where there is only one."""
    rows: tuple[ShapeRow, ...]
    lanes: tuple[ShapeLane, ...]
    """At most four."""
    lanes_label: str
    """`Named in the talk, one tick a mention`."""
    alt: str
    """What a screen reader says: its finding, at most 250 characters."""

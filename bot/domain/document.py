"""A message as every platform shows it: blocks of runs, in reading order, without any platform's markup.

`bot.domain.layout` makes documents; a platform only turns them into its own payload, measures and splits
them. So order, labels and hierarchy are decided once, and read as plain text a message loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.reply import Action


@dataclass(frozen=True, slots=True)
class Run:
    """Some text of one style. Platforms escape it; none of it is markup."""

    text: str
    style: Literal["plain", "bold", "italic", "code"] = "plain"
    url: str | None = None
    """Where it leads, if it is a link; `story:3` is the message of story 3, wherever that will stand."""
    at: datetime | None = None
    """An instant: `text` prints it in UTC, a platform may print it in the reader's zone."""
    grain: Literal["minute", "day", "distance"] = "minute"
    """How exactly an instant is meant; a distance is told from now: "in two hours"."""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The one heading of a message; level 1 for card and story, 2 for smaller parts."""

    runs: Runs
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Small:
    """Facts about the message: where we are, signal, counts, sources. Never a claim by a person."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Sources:
    """The sites of the numbers used in a message, each run a link; small."""

    label: str
    links: Runs


@dataclass(frozen=True, slots=True)
class Points:
    """A list; numbered where the numbers are names (the stories of a card)."""

    points: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in a frame, and whose they are."""

    words: Runs
    whose: Runs
    original: Runs = ()
    """Of a translation, what it translates."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cited item in a list of them."""

    title: Runs
    facts: Runs
    """Who, what, where, when; small."""
    words: Runs = ()
    """The passage used, in quotation marks, with its status."""


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Actions:
    """What to press or type next."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One line to choose."""

    label: str
    value: str
    """What follows the command, such as `3`."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Lines to choose from; where there is nothing to press, the words that do the same are typed."""

    key: str
    """Key of its placeholder in the interface catalogue."""
    command: str
    """The typed word: the chosen value follows it."""
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; what matters in it stands in the text, too."""

    file: str
    """`shape.png`: who sends the message brings the bytes under this name, or leaves the picture out."""
    alt: str
    """At most 250 characters: its finding, not its form."""


Block = Picture | Heading | Paragraph | Small | Sources | Points | Quotation | Entry | Divider | Menu | Actions
Document = tuple[Block, ...]

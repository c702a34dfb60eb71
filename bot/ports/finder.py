"""Who publishes at an address, and who is on a list of feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.roster import Roster, Thinker


@dataclass(frozen=True, slots=True)
class Sighting:
    """A feed that was found, and read once. Its words are untrusted."""

    address: str
    title: str | None
    """What it calls itself."""
    items: int
    newest: datetime | None
    """When its newest item was published; aware."""
    titles: tuple[str, ...]
    """Of the newest three."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Who a list named, and a sentence on everything of it that was left out."""

    thinkers: tuple[Thinker, ...]
    notes: Sequence[str]


class Finder(Protocol):
    """From what a person has to a thinker."""

    async def find(self, address: str) -> Sighting:
        """The feed at an address, behind the page there, or of the account whose page it is.

        Raises:
            ConfigError: it is no web address.
            SourceError: it cannot be fetched, or there is no feed; in words.
        """
        ...

    def thinker(self, seen: Sighting, beside: Roster, *, name: str | None = None) -> Thinker:
        """Who publishes there; id and name (on one line, at most 200 characters) are new beside those of `beside`.

        Raises:
            ConfigError: `beside` has this source already.
        """
        ...

    async def listed(self, opml: bytes, beside: Roster) -> Listed:
        """Everybody on a list who is new beside `beside`. Sources are never files.

        Raises:
            ConfigError: it is no OPML, too large, or takes too long to read.
        """
        ...

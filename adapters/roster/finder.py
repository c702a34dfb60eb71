"""From an address or a list to thinkers: one way for the command line and for people in chat.

Looking for feeds belongs to the sources, naming to the roster. They do not know each other: the search is handed in.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from adapters.roster.opml import Imported, enlisted, import_opml
from bot.domain.identity import canonical_link
from bot.domain.roster import Roster, Thinker
from bot.errors import ConfigError, CoresError, RosterError
from bot.ports.cores import Cores
from bot.ports.finder import Listed, Sighting

Search = Callable[[str], Awaitable[Sighting]]
"""`adapters.sources.discovery.discover` with its network."""
LIMIT = timedelta(seconds=10)
"""For reading a list, away from the event loop."""


class RosterFinder:
    """Finds feeds, and names thinkers as an imported list does."""

    def __init__(self, search: Search, cores: Cores) -> None:
        self._search = search
        self._cores = cores

    async def find(self, address: str) -> Sighting:
        """The feed at an address, behind the page there, or of the account whose page it is.

        Raises:
            ConfigError: it is no web address.
            SourceError: it cannot be fetched, or there is no feed; in words.
        """
        link = address.strip()
        link = link if "://" in link else f"https://{link}"
        if canonical_link(link) is None or len(link.split()) > 1:
            raise ConfigError([f"{address.strip()[:200]!r} is no web address; write one such as https://example.org/"])
        return await self._search(link)

    def thinker(self, seen: Sighting, beside: Roster, *, name: str | None = None) -> Thinker:
        """Who publishes there; id and name (on one line, at most 200 characters) are new beside those of `beside`.

        Raises:
            ConfigError: `beside` has this source already, or its address cannot be kept.
        """
        found = enlisted(seen.address, name or seen.title or "", beside)
        if not found.thinkers:
            raise ConfigError(found.notes)
        return found.thinkers[0]

    async def listed(self, opml: bytes, beside: Roster) -> Listed:
        """Everybody on a list who is new beside `beside`. Sources are never files.

        Raises:
            ConfigError: it is no OPML, too large, or takes too long to read.
        """
        try:
            found = await self._cores.call(_imported, opml, beside, limit=LIMIT)
        except CoresError as error:
            raise ConfigError(["this list takes too much time or memory to read"]) from error
        if not isinstance(found, Imported):
            raise ConfigError(found)
        return Listed(found.thinkers, found.notes)


def _imported(opml: bytes, beside: Roster) -> Imported | tuple[str, ...]:
    """What a list holds, or its mistakes; picklable."""
    try:
        return import_opml(opml, beside)
    except RosterError as error:
        return error.mistakes

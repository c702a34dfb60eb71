"""From an address or a list to thinkers: what is no address, no list, or too much is said in words."""

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import quoteattr

import pytest

from adapters.roster.finder import LIMIT, RosterFinder
from adapters.sources.discovery import examine
from adapters.wire.cores import InProcess
from bot.domain.roster import Roster, SourceType, ThinkerKind
from bot.errors import ConfigError, CoresError
from bot.ports.finder import Finder, Sighting
from tests.fakes.office import sighting


async def never(address: str) -> Sighting:
    raise AssertionError(address)


async def echo(address: str) -> Sighting:
    return sighting(address)


FINDER: Finder = RosterFinder(never, InProcess())


class Exhausted:
    """A worker that gives up."""

    limit: timedelta | None = None

    async def call(self, function, *args, limit):
        self.limit = limit
        raise CoresError

    async def close(self) -> None:
        """Nothing to stop."""


@pytest.mark.parametrize("address", ["", " ", "a b.example", "gopher://a.example", "javascript:alert(1)", "@name"])
async def test_what_is_no_web_address_is_not_asked(address) -> None:
    """The mistake is named."""
    with pytest.raises(ConfigError, match="no web address"):
        await FINDER.find(address)


async def test_an_address_may_come_without_its_scheme() -> None:
    """As people type it."""
    assert (await RosterFinder(echo, InProcess()).find(" a.example/blog ")).address == "https://a.example/blog"


def test_a_thinker_is_named_by_who_asks_else_by_the_feed_else_by_the_host() -> None:
    """Marks that would break a list do no harm."""
    beside = Roster(())
    assert FINDER.thinker(sighting("https://a.example/feed", 'A & "B" <c>'), beside).name == 'A & "B" <c>'
    assert FINDER.thinker(sighting("https://a.example/feed"), beside, name="Mine").name == "Mine"
    nameless = FINDER.thinker(sighting("https://www.a.example/feed", None), beside)
    assert (nameless.id, nameless.name, nameless.kind) == ("a-example", "a.example", ThinkerKind.PERSON)
    github = FINDER.thinker(sighting("https://github.com/ada.atom"), beside)
    assert (github.sources[0].type, github.sources[0].address) == (SourceType.GITHUB, "ada")


def test_a_source_that_is_there_already_is_no_new_thinker() -> None:
    """The note says so."""
    known = FINDER.thinker(sighting("https://a.example/feed"), Roster(()))
    with pytest.raises(ConfigError, match="listed already"):
        FINDER.thinker(sighting("https://a.example/feed"), Roster((known,)))


async def test_a_list_is_read_away_from_the_event_loop_within_a_limit() -> None:
    """One that takes too long is refused, as is what is no list."""
    worker = Exhausted()
    with pytest.raises(ConfigError, match="too much time"):
        await RosterFinder(never, worker).listed(b"<opml/>", Roster(()))
    assert worker.limit == LIMIT
    with pytest.raises(ConfigError, match="OPML"):
        await FINDER.listed(b"not a list", Roster(()))
    outline = f"<outline text={quoteattr('Eve')} xmlUrl='https://eve.example/feed'/>"
    listed = await FINDER.listed(f"<opml><body>{outline}</body></opml>".encode(), Roster(()))
    assert [thinker.name for thinker in listed.thinkers] == ["Eve"]


def test_what_was_found_is_shown_as_far_as_a_person_wants_to_know() -> None:
    """How many there are, when the newest came, three titles, cut where they are long."""
    items = "".join(
        f"<item><title>{'Tale ' * 60 if n == 9 else f'Note {n}'}</title><link>https://a.example/{n}</link>"
        f"<pubDate>Mon, 0{n} Mar 2026 10:00:00 GMT</pubDate></item>"
        for n in range(1, 10)
    )
    seen = examine(f"<rss><channel><title>Ada</title>{items}</channel></rss>".encode(), "", None, "https://a.example/")
    found = seen.seen_at("https://a.example/feed")
    assert (found.title, found.items, found.newest) == ("Ada", 9, datetime(2026, 3, 9, 10, tzinfo=UTC))
    assert found.titles[1:] == ("Note 8", "Note 7")
    assert len(found.titles[0]) == 200
    assert not examine(b"<html><body>none</body></html>", "text/html", None, "").feed

"""Readings in our own words, for tests of stories, arguments and the writer."""

from datetime import UTC, datetime, timedelta

from bot.domain.identity import admit
from bot.domain.item import Found, Item, ItemKind
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import SourceSpec, SourceType, Thinker, ThinkerKind

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def thinker(name: str, kind: ThinkerKind = ThinkerKind.PERSON) -> Thinker:
    """A thinker with one feed."""
    slug = name.lower().replace(" ", "-")
    return Thinker(slug, name, kind, (SourceSpec(SourceType.FEED, f"https://{slug}.example/feed.xml"),))


def item(
    who: Thinker,
    text: str,
    *,
    title: str = "",
    hours: float = 0,
    kind: ItemKind = ItemKind.ARTICLE,
    links: tuple[str, ...] = (),
    slug: str | None = None,
) -> Item:
    """One item of a thinker, `hours` before noon of 5 March 2026."""
    at = NOON - timedelta(hours=hours)
    link = f"https://{who.id}.example/{slug or abs(hash_of(title + text))}"
    found = Found(link, link, title, text, kind, at, links=links)
    return admit(found, source=who.sources[0].key, now=NOON + timedelta(hours=1), first_gather=False)


def hash_of(text: str) -> int:
    """A number that depends on the text only."""
    return sum((place + 1) * ord(character) for place, character in enumerate(text))


def reading(name: str, text: str, **facts: object) -> Reading:
    """One item of a person, read."""
    who = thinker(name)
    return read(item(who, text, **facts), who)  # type: ignore[arg-type]  # keyword facts of `item`

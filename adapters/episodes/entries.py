"""An entry of a feed as an episode, and which entry is meant."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from adapters.episodes.directories import is_sound
from adapters.episodes.shownotes import LONGEST_TITLE, MOST, chapters_in, links_in
from adapters.wire.feeds.dates import instant
from adapters.wire.feeds.entries import Entries, Entry, about, finished, newest
from adapters.wire.feeds.recorded import moment
from adapters.wire.markup import MOST_MARKUP, absolute, line
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import EpisodeFacts, PublishedChapter
from bot.domain.identity import canonical_link
from bot.domain.item import Found, ItemKind, Recording, item_id
from bot.domain.recording import NamedPerson
from bot.domain.sites import video_of

NAMED = 3
"""Episodes of a feed of many that are named."""
MOST_NOTES = 30_000
_MOST_LINKS = 60
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the entry that is meant can be known; what is empty says nothing."""

    names: tuple[str, ...] = ()
    """Guids, pages, sound files."""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An episode in a feed of many."""

    title: str
    address: str
    """What to ask for."""


@dataclass(frozen=True, slots=True)
class FeedSaid:
    """What a feed says."""

    title: str
    episodes: int
    """Entries with something to hear."""
    newest: tuple[Listed, ...]
    chosen: EpisodeFacts | None
    """The entry that was wanted; the only one there is."""
    chapters: str | None = None
    """Address of its file of chapters."""


def read_entries(source: Entries, url: str, wanted: Wanted) -> FeedSaid:
    """Of a feed at `url`, the entry that is wanted, and what else there is. Pure."""
    feed = about(source)
    heard = [entry for entry, _ in newest(source.entries) if _is_heard(entry)]
    shared = _shared(source.entries)
    chosen = _chosen(source.entries, wanted, shared)
    if chosen is None and len(heard) == 1 and not (wanted.names or wanted.titles):
        chosen = heard[0]
    listed = tuple(Listed(_title(entry), _address(entry, shared, url)) for entry in heard[:NAMED])
    if chosen is None:
        return FeedSaid(feed.show or url, len(heard), listed, None)
    found = finished(chosen, instant(chosen.date), ItemKind.EPISODE, None, feed)
    recording = found.recording or feed
    own = canonical_link(found.link) if found.link else None
    facts = _facts(found, recording, chosen, own if own not in shared else None, url)
    return FeedSaid(feed.show or url, len(heard), listed, facts, recording.chapters)


def _shared(entries: Sequence[Entry]) -> frozenset[str]:
    """Addresses that more than one entry has for its page: that of the show, mostly. They tell nothing apart."""
    links = (canonical_link(absolute(entry.base, entry.link) or "") for entry in entries if entry.link)
    return frozenset(link for link, count in Counter(links).items() if link and count > 1)


def _is_heard(entry: Entry) -> bool:
    return bool(entry.media) or "youtube.com/" in entry.link


def _title(entry: Entry) -> str:
    return line(entry.title)[:LONGEST_TITLE] or line(entry.guid)[:LONGEST_TITLE]


def _address(entry: Entry, shared: frozenset[str], url: str) -> str:
    """Its page; where it has none of its own, the feed and its id."""
    page = absolute(entry.base, entry.link) if entry.link else None
    return page if page and canonical_link(page) not in shared else f"{url}#{' '.join(entry.guid.split())[:500]}"


def _chosen(entries: Sequence[Entry], wanted: Wanted, shared: frozenset[str]) -> Entry | None:
    """By id or address first, then by a title that only one of them has."""
    names = {form for name in wanted.names if canonical_link(name) not in shared for form in _forms(name)}
    for entry in entries if names else ():
        link, media = absolute(entry.base, entry.link) or "", absolute(entry.base, entry.media) or ""
        if names & {form for name in (entry.guid, link, media) if name for form in _forms(name)}:
            return entry
    titles = [_words(line(entry.title)) for entry in entries] if wanted.titles else []
    tests: tuple[Callable[[str, str], bool], ...] = (str.__eq__, _within)
    for test in tests:
        for title in filter(None, map(_words, wanted.titles)):
            found = [each for each, own in zip(entries, titles, strict=True) if own and test(own, title)]
            if len(found) == 1:
                return found[0]
    return None


def _within(own: str, title: str) -> bool:
    """A page's title is often the episode's with the show's before or behind it."""
    return len(own.split()) >= _FEWEST_WORDS and f" {own} " in f" {title} "


def _forms(name: str) -> set[str]:
    """An id as it is; an address in its canonical form, and without parameters: counting services add their own."""
    name = " ".join(name.split())
    link = canonical_link(name)
    if link is None:
        return {name} if name else set()
    bare = link.partition("?")[0].rstrip("/").removeprefix("https://").removeprefix("http://")
    host, _, path = bare.partition("/")
    # Of a page, parameters may be all that tells it from others; of a file they only count.
    return {name, link, *([f"//{host.removeprefix('www.')}/{path}"] if "?" not in link or is_sound(link) else [])}


def _words(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _facts(found: Found, recording: Recording, entry: Entry, link: str | None, url: str) -> EpisodeFacts:
    """`link` is its own page, if it has one, `url` the feed's address."""
    notes = found.text[:MOST_NOTES]
    people = recording.people
    if found.author and found.author != recording.show and found.author not in {person.name for person in people}:
        people = (*people, NamedPerson(found.author, "author"))
    # Without a page its sound file is what it is known by, as the same file comes in many feeds.
    page = link or (canonical_link(found.media) if found.media else None)
    return EpisodeFacts(
        item_id(page or f"{canonical_link(url)} {found.guid}"),
        found.title or found.guid,
        url=page,
        show=recording.show,
        published=found.published,
        duration=recording.duration,
        language=recording.language,
        notes=notes,
        people=people,
        links=_links(entry, found, notes),
        chapters=_listed(entry, recording.duration) or chapters_in(notes, recording.duration),
        transcripts=recording.transcripts,
        media=found.media,
        video=video_of(link) if link else None,
    )


def _listed(entry: Entry, duration: float | None) -> tuple[PublishedChapter, ...]:
    """The chapters that the feed itself lists (Podlove Simple Chapters)."""
    chapters: dict[float, PublishedChapter] = {}
    for start, written in entry.recorded.listed[:MOST] if entry.recorded else ():
        at, title = moment(start), line(written)[:LONGEST_TITLE]
        if at is not None and title and (duration is None or at < duration):
            chapters[at] = PublishedChapter(at, title)
    return tuple(chapters[at] for at in sorted(chapters))


def _links(entry: Entry, found: Found, notes: str) -> tuple[EpisodeLink, ...]:
    """Links by the words that carry them, with the times of the lines they stand in."""
    titles: dict[str, str] = {}
    for body in entry.bodies:
        if "<a" in body.lower():
            for node in LexborHTMLParser(body[:MOST_MARKUP]).css("a[href]")[:500]:
                address = absolute(entry.base, node.attributes.get("href") or "")
                if address and (title := " ".join(node.text(deep=True).split())[:LONGEST_TITLE]):
                    titles.setdefault(address, title)
    plain = links_in(notes, found.links)
    named = (EpisodeLink(titles.get(link.url, link.title), link.url, link.at) for link in plain)
    return tuple(named)[:_MOST_LINKS]

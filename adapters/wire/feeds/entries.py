"""Entries as every format gives them, and how they become what a source reports."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from adapters.wire.feeds.dates import instant
from adapters.wire.feeds.recorded import Recorded, recording, tag, whole
from adapters.wire.markup import Page, absolute, line, prose, without_trailer
from bot.domain.item import MAX_TEXT, MAX_TITLE, RECORDED, Found, ItemKind
from bot.domain.recording import NamedPerson, Recording

MOST_ENTRIES = 1_000
"""Entries kept of one feed."""
_LONGEST_NAME = 200
_LONGEST_GUID = 1_000
_ADDRESS_NAME = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)|([^<>@]+?)\s*<[^<>]*@[^<>]*>")


@dataclass(slots=True)
class Entry:
    """One entry, its texts still with their markup."""

    guid: str = ""
    link: str = ""
    title: str = ""
    bodies: list[str] = field(default_factory=list)
    """The texts it brings, the full content before summaries."""
    date: str = ""
    author: str = ""
    media: str = ""
    base: str = ""
    """What its relative links are relative to."""
    recorded: Recorded | None = None
    """What it says of its sound file or video; None where it says nothing."""


@dataclass(slots=True)
class Entries:
    """What one file holds."""

    title: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    people: list[NamedPerson] = field(default_factory=list)
    """Who speaks in all of them."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read."""

    title: str | None
    found: tuple[Found, ...]
    """Newest first, at most 1,000, each guid once."""
    language: str | None
    salvaged: bool
    """The fast parser could not read it, the patient one did."""


def newest(entries: Iterable[Entry]) -> list[tuple[Entry, datetime | None]]:
    """The newest 1,000 entries with their dates, newest first; those without a date follow in the feed's order."""
    dated = [(entry, instant(entry.date) if entry.date else None) for entry in entries]
    dated.sort(key=_age)
    return dated[:MOST_ENTRIES]


def _age(dated: tuple[Entry, datetime | None]) -> float:
    return -dated[1].timestamp() if dated[1] else 0.0


def about(source: Entries) -> Recording:
    """What a feed says of all its recordings."""
    return whole(_title(source), source.language, source.people)


def finished(
    entry: Entry, published: datetime | None, kind: ItemKind, page: Page | None = None, feed: Recording | None = None
) -> Found:
    """The entry without markup, within the sizes an item may have.

    All entries of a feed are read on one `page`; `feed` is what it says `about` all its recordings, and without it
    nothing is said of one.
    """
    text, links = _body(entry, page)
    link = absolute(entry.base, entry.link) if entry.link else None
    title = line(entry.title, page)[:MAX_TITLE]
    media = absolute(entry.base, entry.media) if entry.media else None
    return Found(
        guid=_guid(entry, link, title, text),
        link=link,
        title=title,
        text=text,
        kind=kind,
        published=published,
        author=author_name(entry.author) if entry.author else None,
        links=links,
        media=media,
        recording=recording(entry.recorded, entry.base, feed) if feed and (media or kind in RECORDED) else None,
    )


def assembled(source: Entries, reported: Iterable[Found], *, salvaged: bool) -> Feed:
    """A feed of what its entries became; a guid that comes again is left out."""
    unique: dict[str, Found] = {}
    for each in reported:
        unique.setdefault(each.guid, each)
    return Feed(
        title=_title(source) or None,
        found=tuple(unique.values()),
        language=tag(source.language),
        salvaged=salvaged,
    )


def _title(source: Entries) -> str:
    return line(source.title)[:MAX_TITLE]


def author_name(text: str) -> str | None:
    """The name in an author line; never an address."""
    name = line(text)
    if "@" in name:
        match = _ADDRESS_NAME.search(name)
        name = (match[1] or match[2]).strip(" \"'") if match else ""
    return name[:_LONGEST_NAME] or None


def _body(entry: Entry, page: Page | None) -> tuple[str, tuple[str, ...]]:
    """The longest text that says anything."""
    for body in entry.bodies if len(entry.bodies) < 2 else sorted(entry.bodies, key=len, reverse=True):
        said = prose(body, base=entry.base, page=page)
        if said.text:
            return without_trailer(said.text[:MAX_TEXT].rstrip()), said.links
    return "", ()


def _guid(entry: Entry, link: str | None, title: str, text: str) -> str:
    guid = " ".join(entry.guid.split()) or link
    if not guid or len(guid) > _LONGEST_GUID or not guid.isprintable():
        return hashlib.sha256((guid or f"{title}\n{text}").encode("utf-8", "replace")).hexdigest()
    return guid

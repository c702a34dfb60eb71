"""What an entry says of its sound file or video: how long it is, who speaks, where it is written down.

Tags of the podcast namespace, of iTunes and of Media RSS; every value as distrusted as the rest of a feed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from adapters.wire.markup import absolute, line
from bot.domain.recording import NamedPerson, Recording, TranscriptLink

LONGEST = 100 * 3600
"""Seconds; what claims to be longer is a broadcast without end, or wrong."""
MOST_TRANSCRIPTS = 12
MOST_PEOPLE = 30
_LONGEST_NAME = 100
_LONGEST_WORD = 60
_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,]\d{1,9})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(slots=True)
class Recorded:
    """As it is written in an entry."""

    duration: str = ""
    chapters: str = ""
    language: str = ""
    listed: list[tuple[str, str]] = field(default_factory=list)
    """Chapters that the feed itself lists: start and title."""
    transcripts: list[TranscriptLink] = field(default_factory=list)
    people: list[NamedPerson] = field(default_factory=list)


def tag(text: str) -> str | None:
    """A language tag, its parts joined by hyphens; None for what is none."""
    text = text.strip()
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else None


def moment(text: str) -> float | None:
    """The seconds that `3723`, `62:03` or `1:02:03` names, with or without a fraction, which is dropped."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    at = float(hours * 3600 + minutes * 60 + rest)
    return at if at <= LONGEST else None


def seconds(text: str) -> float | None:
    """The length that a text names, in the spellings of a moment; None for zero and for junk."""
    return moment(text) or None


def whole(title: str, language: str, people: Iterable[NamedPerson]) -> Recording:
    """What a feed says of all its recordings."""
    return Recording(people=_people(people), language=tag(language), show=title or None)


def recording(recorded: Recorded | None, base: str, feed: Recording) -> Recording:
    """What is known of one recording: its own, else what its feed says of all."""
    if recorded is None:
        return feed
    return Recording(
        duration=seconds(recorded.duration),
        transcripts=_transcripts(recorded.transcripts, base),
        chapters=absolute(base, recorded.chapters) if recorded.chapters else None,
        people=_people(recorded.people) or feed.people,
        language=tag(recorded.language) or feed.language,
        show=feed.show,
    )


def named(name: str, role: str | None) -> NamedPerson:
    """Somebody as `podcast:person` has them: without a role they are a host, as its specification says."""
    return NamedPerson(name, role or "host")


def _transcripts(links: list[TranscriptLink], base: str) -> tuple[TranscriptLink, ...]:
    known: dict[str, TranscriptLink] = {}
    for link in links[: MOST_TRANSCRIPTS * 2]:
        if link.url.strip() and (address := absolute(base, link.url)):
            kind = link.type.partition(";")[0].strip().lower()[:_LONGEST_WORD]
            known.setdefault(address, TranscriptLink(address, kind, tag(link.language or "")))
    return tuple(known.values())[:MOST_TRANSCRIPTS]


def _people(people: Iterable[NamedPerson]) -> tuple[NamedPerson, ...]:
    known: dict[str, NamedPerson] = {}
    for person in people:
        name = line(person.name)
        if name and len(name) <= _LONGEST_NAME and "@" not in name:
            known.setdefault(name, NamedPerson(name, line(person.role).lower()[:_LONGEST_WORD]))
        if len(known) == MOST_PEOPLE:
            break
    return tuple(known.values())

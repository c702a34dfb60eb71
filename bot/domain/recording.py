"""What a feed says about something that can be heard, besides its words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranscriptLink:
    """A transcript that is said to exist."""

    url: str
    type: str = ""
    """Media type as the publisher names it, such as `text/vtt`."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom the publisher names, as `podcast:person` or an author field does."""

    name: str
    role: str = ""
    """In lower case, as given: `host`, `guest`, …; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a feed says about an episode besides its words."""

    duration: float | None = None
    """Seconds."""
    transcripts: tuple[TranscriptLink, ...] = ()
    chapters: str | None = None
    """Address of a file of chapters (`podcast:chapters`)."""
    people: tuple[NamedPerson, ...] = ()
    language: str | None = None
    show: str | None = None
    """What the feed calls itself."""

"""What a publisher says about an episode, before anything of it is heard."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.episode import EpisodeLink
from bot.domain.recording import NamedPerson, TranscriptLink


@dataclass(frozen=True, slots=True)
class PublishedChapter:
    """A chapter as its publisher gives it: a start and a title."""

    start: float
    title: str
    end: float | None = None


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """Everything known of an episode but its words. All of it is untrusted, without markup, and capped."""

    id: str
    title: str
    url: str | None = None
    """The canonical page; None for a bare file."""
    show: str | None = None
    published: datetime | None = None
    duration: float | None = None
    language: str | None = None
    """As the feed or page says."""
    notes: str = ""
    """Show notes or description: paragraphs, one line each."""
    people: tuple[NamedPerson, ...] = ()
    links: tuple[EpisodeLink, ...] = ()
    chapters: tuple[PublishedChapter, ...] = ()
    transcripts: tuple[TranscriptLink, ...] = ()
    media: str | None = None
    """Address of the sound or video file."""
    video: str | None = None
    """Its id at YouTube, whose captions may be asked for."""

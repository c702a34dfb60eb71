"""A file of words and what becomes of it: which of several is tried first, and one read and settled in a worker."""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.episodes.formats import Read, read_cues
from adapters.wire.markup import line
from bot.domain.episodes.facts import PublishedChapter
from bot.domain.episodes.settling import settle
from bot.domain.item import MAX_TITLE
from bot.domain.languages import primary
from bot.domain.recording import TranscriptLink
from bot.domain.transcript import Origin, Transcript

_TIMED = ("vtt", "srt", "subrip", "json")


@dataclass(frozen=True, slots=True)
class Written:
    """A file of words, and what is known of it beside."""

    data: bytes
    origin: Origin
    type: str = ""
    """As somebody called it, a media type."""
    name: str = ""
    language: str | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a file of words says of the whole."""

    format: str
    title: str
    language: str | None
    duration: float | None
    chapters: tuple[PublishedChapter, ...]


def by_worth(links: Iterable[TranscriptLink], language: str | None) -> list[TranscriptLink]:
    """Those in the language of the episode first; of these what has times, then pages, then text. Else as given."""

    def rank(link: TranscriptLink) -> tuple[bool, int]:
        foreign = bool(language) and primary(link.language or "") not in ("", primary(language or ""))
        said = f"{link.type} {link.url.partition('?')[0].rpartition('.')[2]}".lower()
        return foreign, 0 if any(kind in said for kind in _TIMED) else 1 if "htm" in said else 2

    return sorted(links, key=rank)


def settled(written: Written, duration: float | None) -> tuple[Told, Transcript]:
    """Read a file and make a transcript of it. Pure and picklable.

    Raises:
        ValueError: a sentence that says what is wrong with it.
    """
    read: Read = read_cues(written.data, type=written.type, name=written.name)
    language = read.language or written.language
    transcript = settle(
        list(read.cues),
        origin=written.origin,
        language=language,
        duration=duration or read.duration,
        automatic=written.automatic or read.automatic,
    )
    title = line(read.title or "")[:MAX_TITLE]
    return Told(read.format, title, language, read.duration, read.chapters), transcript

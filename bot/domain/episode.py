"""An episode of somebody else's podcast, or a video, exactly as `counterpoint episode --format json` prints it.

Its overview, its chapters and what it says of people and things follow from its transcript (where there is none: from
what its publisher wrote about it, said so). All times are seconds from its start. Its id is that of the item: the first
16 hex digits of the SHA-256 of its canonical link.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from bot.domain.edition import QuoteStatus
from bot.domain.transcript import Origin, Times

Role = Literal["host", "guest", "named"]
ChapterKind = Literal["clip", "intro", "topic", "ad", "outro"]
ChapterOrigin = Literal["publisher", "transcript"]
EntityType = Literal["person", "organization", "software", "concept", "place", "work"]

MOST_QUOTES = 3
"""Of a chapter."""
OVERVIEW_WORDS = (60, 130)


@dataclass(frozen=True, slots=True)
class Series:
    """A show within a show, and the sign it puts before its titles."""

    name: str
    mark: str
    """Such as an emoji; `name` is what a screen reader says for it."""


@dataclass(frozen=True, slots=True)
class EpisodePerson:
    """Somebody who speaks, or is spoken of by name."""

    name: str
    role: Role
    org: str | None = None
    as_heard: bool = False
    """Only a machine's hearing gives the spelling."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about the episode, and where in it that is said."""

    text: str
    at: tuple[float, ...] = ()
    """None where it is about the episode as a whole."""


@dataclass(frozen=True, slots=True)
class EpisodeLink:
    """What the publisher links to."""

    title: str
    url: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class EpisodeQuote:
    """What was said, byte for byte."""

    at: float
    """Where its utterance starts; reckoned by its characters where the utterance is long."""
    text: str
    speaker: str | None
    status: QuoteStatus
    """`exact`; `translated` with the original beside it."""
    original: str | None = None
    clip_of: float | None = None
    """Of a clip at the opening: where it is said in the talk itself."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a chapter somebody speaks."""

    speaker: str
    words: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled, timed part."""

    number: int
    kind: ChapterKind
    start: float
    end: float
    title: str
    summary: str
    """The sentences of `told`, one after the other."""
    quotes: tuple[EpisodeQuote, ...]
    origin: ChapterOrigin
    """Whose it is: then its title is theirs too."""
    told: tuple[Told, ...] = ()
    shares: tuple[Share, ...] = ()
    """Most words first; empty where no speakers are known."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is named, with the words around it."""

    at: float
    text: str
    """Verbatim."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something the episode speaks of."""

    name: str
    type: EntityType
    description: str
    """What the episode itself says of it; empty where it says nothing that would stand alone."""
    mentions: tuple[Mention, ...]
    """The first few, in order."""
    times: tuple[float, ...] = ()
    """All of them."""
    as_heard: bool = False
    """Only a machine's hearing gives the spelling."""


@dataclass(frozen=True, slots=True)
class EpisodeCard:
    """How the overview was made."""

    transcript: Origin | None
    """None: there is no transcript, and this is from what the publisher wrote about it."""
    times: Times
    language: str
    """Of the overview and of all words of ours; quotations stay in the language of the talk."""
    writer: str
    """`selected` or `written by <model>, checked`."""
    quotes: int = 0
    quotes_exact: int = 0
    sentences: int = 0
    sentences_dropped: int = 0
    notes: tuple[str, ...] = ()
    """What was repaired or is missing, in the words of the interface."""
    repairs: tuple[str, ...] = ()
    """What was wrong with the transcript, one by one, in English."""


@dataclass(frozen=True, slots=True)
class Episode:
    """All of it."""

    id: str
    show: str | None
    series: Series | None
    title: str
    url: str | None
    """The page about it; None for a bare file."""
    published: datetime | None
    duration: float | None
    language: str
    """The tag of the language it is spoken in; `und` where that cannot be told."""
    people: tuple[EpisodePerson, ...]
    overview: str
    """The sentences of `told`, one after the other."""
    links: tuple[EpisodeLink, ...]
    chapters: tuple[Chapter, ...]
    entities: tuple[Entity, ...]
    card: EpisodeCard
    told: tuple[Told, ...] = ()
    media: str | None = None
    """The sound or video itself."""

    def chapter(self, number: int) -> Chapter | None:
        """The chapter of this number."""
        return next((one for one in self.chapters if one.number == number), None)

    def at(self, seconds: float) -> Chapter | None:
        """The chapter in which this moment lies."""
        return next((one for one in self.chapters if one.start <= seconds < one.end), None)

    def listen(self, seconds: float | None = None) -> str | None:
        """Where to hear it from this moment on; without one, the page."""
        if self.url is None or seconds is None:
            return self.url
        return player_link(self.url, seconds)


def player_link(url: str, seconds: float) -> str:
    """The address of a page with a moment: `t=123s` where YouTube is, else the fragment `t=123` (Media Fragments)."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    plain, _, _ = url.partition("#")
    if host in {"youtube.com", "m.youtube.com", "youtu.be"}:
        return f"{plain}{'&' if '?' in plain else '?'}t={int(seconds)}s"
    return f"{plain}#t={int(seconds)}"

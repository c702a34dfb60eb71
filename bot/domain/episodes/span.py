"""A chapter before it has words: which utterances it spans, and what kind of part it is."""

from dataclasses import dataclass

from bot.domain.episode import ChapterKind, ChapterOrigin


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of the talk that is put before it, to make people listen."""

    first: int
    last: int
    """Indexes of its utterances at the opening, both included."""
    at: float
    """Where the same is said in the talk itself, in seconds."""


@dataclass(frozen=True, slots=True)
class Span:
    """Utterances `first` to `last`, both included; spans follow each other and leave no utterance out."""

    first: int
    last: int
    start: float
    end: float
    kind: ChapterKind
    origin: ChapterOrigin
    title: str | None = None
    """The publisher's own."""
    clip: Clip | None = None

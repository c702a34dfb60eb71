"""Shows as people see them listed: podcasts and channels on the roster, and their episodes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Listened = Literal["finding", "reading", "hearing", "composing", "writing"]
"""What an overview is waiting for: the episode, its transcript, our own hearing of it, the chapters, a model."""


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast or a channel that is read."""

    id: str
    """Of the thinker."""
    name: str
    language: str | None
    episodes: int
    """That we know of."""
    latest: datetime | None
    transcripts: int
    """Episodes with a transcript: published, or kept by us."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One episode of a show."""

    id: str
    title: str
    url: str | None
    published: datetime | None
    duration: float | None
    transcript: bool
    overview: bool
    """An overview of it is kept: it comes at once."""

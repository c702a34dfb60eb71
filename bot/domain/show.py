"""Shows as people see them listed: podcasts and channels on the roster, and their episodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.item import Item

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


def newest_first(items: Iterable[Item]) -> list[Item]:
    """Items by their instant, the newest first, each id once."""
    kept: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: (item.id, item.source)):
        kept.setdefault(item.id, item)
    return sorted(kept.values(), key=lambda item: (-item.at.timestamp(), item.id))

"""Items: one thing published, kept with its original words, link, author and time.

An item's identity is its canonical link (of its feed id where it has none), so the same article from a feed and
from its mirror is one item.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.recording import Recording

__all__ = ["ACTS", "MAX_TEXT", "MAX_TITLE", "RECORDED", "Found", "Item", "ItemKind", "Recording", "Spoken", "item_id"]

MAX_TITLE = 500
"""Characters kept of a title."""
MAX_TEXT = 100_000
"""Characters kept of a text."""


class ItemKind(StrEnum):
    """What sort of thing was published."""

    POST = "post"
    ARTICLE = "article"
    STAR = "star"
    RELEASE = "release"
    PUSH = "push"
    REPOST = "repost"
    VIDEO = "video"
    EPISODE = "episode"


ACTS = frozenset({ItemKind.STAR, ItemKind.RELEASE, ItemKind.PUSH, ItemKind.REPOST})
"""Kinds that are acts, not claims: they never hold a position or a pull quote."""

RECORDED = frozenset({ItemKind.VIDEO, ItemKind.EPISODE})
"""Kinds that can be heard."""


@dataclass(frozen=True, slots=True)
class Found:
    """One entry as a source reports it: text without markup, times aware, nothing decided yet."""

    guid: str
    link: str | None
    title: str
    text: str
    kind: ItemKind
    published: datetime | None = None
    author: str | None = None
    """Who the entry itself names as its author, if anyone."""
    links: tuple[str, ...] = ()
    """http(s) addresses the text links to, in order."""
    media: str | None = None
    """Address of an enclosed audio or video file."""
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of an episode, and when they are said."""

    at: float
    """Seconds."""
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing published, as it is stored. (`id`, `source`) is unique."""

    id: str
    source: str
    """`SourceSpec.key` of the source that reported it."""
    guid: str
    url: str | None
    """Canonical http(s) link; an item without one cannot be cited."""
    title: str
    text: str
    kind: ItemKind
    published: datetime | None
    first_seen: datetime
    """When a gather first saw it."""
    backlog: bool
    """It has no date of its own and came with its source's first gather: it stays out of editions."""
    author: str | None = None
    links: tuple[str, ...] = ()
    media: str | None = None
    recording: Recording | None = None
    """What else is known, where it is an episode or a video."""
    spoken: tuple[Spoken, ...] = ()
    """Of an episode that has an overview, what was said in it: part of its text. Never stored."""
    late: bool = False
    """It was not there when its source was last looked at, though dated before: that window is closed."""

    @property
    def at(self) -> datetime:
        """The instant it counts under: published, else first seen; first seen also where it came late. Aware UTC."""
        return self.first_seen if self.published is None or self.late else self.published

    def said_at(self, sentence: str) -> float | None:
        """When a sentence of its text is said in it, if it is."""
        return next((each.at for each in self.spoken if sentence in each.text), None)


def item_id(identity: str) -> str:
    """The first 16 hex digits of the SHA-256 of a canonical link (of a feed id where there is none)."""
    return hashlib.sha256(identity.encode()).hexdigest()[:16]

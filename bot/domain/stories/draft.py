"""What finding stories returns: drafts that a writer turns into stories, and what was not chosen."""

from dataclasses import dataclass

from bot.domain.edition import State
from bot.domain.reading import Reading


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """One subject of an edition: its readings, what binds them, and its signal."""

    topic: str
    """A label for people, from the material, at most 40 characters."""
    readings: tuple[Reading, ...]
    """The best of each voice first, most central first; at least one, repetitions left out."""
    echoes: tuple[Reading, ...]
    """Copies, reposts and other items of the same origin as one of the readings."""
    origins: int
    """Independent origins."""
    voices: int
    """Distinct thinkers; who only repeats another is no further voice."""
    items: int
    """Items, those of one origin counted once."""
    shared: tuple[str, ...]
    """Names and phrases that bind it, as people write them, strongest first."""
    usual: float | None
    burst: float | None
    p: float | None
    score: float
    """A share of the best story's, 0 to 1."""
    state: State
    continues: str | None
    """Id of the earlier story this one updates."""
    fresh: frozenset[str]
    """Ids of items that no earlier edition cited and that repeat none it cited."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A group that did not become a story, and why."""

    topic: str
    items: tuple[str, ...]
    reason: str
    """`told`, `one voice` or `weaker`."""


@dataclass(frozen=True, slots=True)
class FoundStories:
    """The stories of a window."""

    stories: tuple[StoryDraft, ...]
    """Best first, at most as many as asked for."""
    duplicates: int
    """Items that repeat another of the window."""
    quiet: tuple[Quiet, ...]
    topics: tuple[tuple[str, int], ...]
    """Every topic of the window with its items, most items first."""

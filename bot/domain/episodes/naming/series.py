"""A show within a show."""

from bot.domain.episode import Series
from bot.domain.episodes.facts import EpisodeFacts


def series(facts: EpisodeFacts) -> Series | None:
    """The mark before a title, and what it is called."""
    del facts
    return None

"""What an episode speaks of."""

from collections.abc import Sequence

from bot.domain.episode import Chapter, Entity
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.transcript import Transcript


def entities(
    transcript: Transcript, facts: EpisodeFacts, cast: Cast, chapters: Sequence[Chapter]
) -> tuple[Entity, ...]:
    """What is spoken of most."""
    del transcript, facts, cast, chapters
    return ()

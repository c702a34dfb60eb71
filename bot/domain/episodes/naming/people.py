"""Who speaks."""

from collections.abc import Sequence

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.transcript import Transcript


def people(facts: EpisodeFacts, transcript: Transcript | None, known: Sequence[str]) -> Cast:
    """Who speaks, and who is spoken of."""
    del facts, known
    return Cast(names={label: label for label in transcript.speakers} if transcript else {})

"""Who speaks in an episode, and who is spoken of: the result of looking at labels, notes and talk together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.episode import EpisodePerson


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an episode."""

    people: tuple[EpisodePerson, ...] = ()
    """Hosts first, then guests, then those spoken of, most named first."""
    names: Mapping[str, str] = field(default_factory=dict)
    """From each speaker label of the transcript to the name that people read."""

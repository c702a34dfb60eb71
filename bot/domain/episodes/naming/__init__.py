"""Who speaks, and what an episode speaks of: rules, counts and small lists of general facts, no model."""

from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.entities import entities
from bot.domain.episodes.naming.people import people
from bot.domain.episodes.naming.series import series

__all__ = ["Cast", "entities", "people", "series"]

"""The pictures that messages show, drawn once for all places; where one is missing, its message says the same in words.

What is drawn is remembered by all that the picture shows, language included: an overview that was written anew under
the same id is drawn anew.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, Protocol

from bot.domain.episode import Episode
from bot.domain.episodes.drawing import has_shape, shape_of
from bot.domain.layout.episode import SHAPE
from bot.domain.message import EpisodeOverview, Message
from bot.domain.shape import Shape
from bot.errors import CoresError
from bot.ports.events import Events
from bot.ports.phrases import Phrases
from bot.ports.recordings import Pictures

_MOST: Final = 32
"""Pictures that are remembered, of at most 80 KB each."""
NONE_DRAWN: Final[Mapping[str, bytes]] = {}
"""A message without pictures."""


class Draws(Protocol):
    """Of the office, what draws."""

    @property
    def pictures(self) -> Pictures:
        """Draws."""
        ...


class Illustrations:
    """Draws for messages, one picture at a time."""

    def __init__(self, office: Draws, events: Events) -> None:
        self._office = office
        self._events = events
        self._drawn: OrderedDict[Shape, bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def of(self, message: Message, phrases: Phrases) -> Mapping[str, bytes]:
        """The bytes of a message's pictures, by the name of the file; none where they could not be drawn."""
        if not isinstance(message, EpisodeOverview) or not has_shape(message.episode):
            return NONE_DRAWN
        drawn = await self._shape(message.episode, phrases)
        return NONE_DRAWN if drawn is None else {SHAPE: drawn}

    async def _shape(self, episode: Episode, phrases: Phrases) -> bytes | None:
        shape = shape_of(episode, phrases.say)
        async with self._one_at_a_time:
            drawn = self._drawn.get(shape)
            if drawn is None:
                try:
                    drawn = await self._office.pictures.shape(shape)
                except CoresError as error:
                    self._events.warn("picture_not_drawn", episode=episode.id, reason=str(error)[:200])
                    return None
            self._drawn[shape] = drawn
            self._drawn.move_to_end(shape)
            if len(self._drawn) > _MOST:
                self._drawn.popitem(last=False)
            return drawn

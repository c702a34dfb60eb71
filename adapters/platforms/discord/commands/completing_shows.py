"""What is offered while somebody types an episode or a show."""

from typing import Any, Final

import discord

from adapters.platforms.discord.commands.completing import LONGEST, Choices, Completing, Pair
from bot.domain.show import Listed
from bot.domain.visitor import Visitor
from bot.ports.phrases import Phrases

_SHOWS: Final = 5
"""Of how many shows the newest episodes are offered."""
_EPISODES: Final = 5
"""Of each."""


class CompletingShows(Completing):
    """Offers shows and their episodes, too."""

    async def episode(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """The newest episodes of the shows that are read."""
        return await self._offered(interaction, typed, self._newest)

    async def show(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """The shows that are read."""
        return await self._offered(interaction, typed, self._shows)

    async def _newest(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        del phrases
        shows = await self._kit.office.shows.shows(visitor.tenant)
        pairs: list[Pair] = []
        for show in shows[:_SHOWS]:
            _, found = await self._kit.office.shows.episodes(visitor.tenant, show.id)
            pairs += [(f"{show.name}: {one.title}", _named(one)) for one in found[:_EPISODES]]
        return pairs

    async def _shows(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        del phrases
        return [(show.name, show.id) for show in await self._kit.office.shows.shows(visitor.tenant)]


def _named(one: Listed) -> str:
    """What an episode is asked for by."""
    return one.url if one.url and len(one.url) <= LONGEST else one.title[:LONGEST]

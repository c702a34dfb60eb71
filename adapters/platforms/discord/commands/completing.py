"""What is offered while somebody types an option: at most 25 lines, each at most 100 characters, within three seconds.

When something cannot be looked up, nothing is offered: what is typed counts anyhow.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import discord
from discord import app_commands

from adapters.platforms.discord.forms.zones import complete, face
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.talk.whence import visitor_of
from bot.domain.layout.timetables import LANGUAGES, language_named
from bot.domain.visitor import Visitor
from bot.errors import CounterpointError
from bot.ports.phrases import Phrases

MOST = 25
LONGEST = 100
Pair = tuple[str, str]
"""What is shown, and what it stands for."""
Choices = list[app_commands.Choice[str]]


class Completing:
    """Offers editions, thinkers, zones, desks and languages."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def edition(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """The latest editions of the place and its server."""
        return await self._offered(interaction, typed, self._editions)

    async def thinker(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """Whom the server reads."""
        return await self._offered(interaction, typed, self._thinkers)

    async def desk(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """The desks of this bot."""
        return await self._offered(interaction, typed, self._desks)

    async def language(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """Languages of editions."""
        return await self._offered(interaction, typed, self._languages)

    async def zone(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        """Zones by what their clock shows: the common ones first, others by city."""
        locale, guild = interaction.locale.value, interaction.guild_locale
        phrases = self._kit.catalogue.speak(locale)
        now = self._kit.clock.now()
        zones = complete(typed, locale, guild.value if guild else None, self._kit.catalogue)
        return _choices((face(zone, now, phrases).label, zone) for zone in zones)

    async def _offered(
        self,
        interaction: discord.Interaction[Any],
        typed: str,
        find: Callable[[Visitor, Phrases], Awaitable[list[Pair]]],
    ) -> Choices:
        visitor = visitor_of(interaction)
        wanted = typed.strip().casefold()
        try:
            found = await find(visitor, self._kit.catalogue.speak(visitor.language))
        except CounterpointError as error:
            self._kit.events.tell("nothing_offered", platform="discord", reason=type(error).__name__)
            return []
        return _choices(pair for pair in found if wanted in f"{pair[0]} {pair[1]}".casefold())

    async def _editions(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        office = self._kit.office
        report = await office.reporting.report(visitor.tenant)
        newest = sorted((one.last for one in report.subscriptions if one.last), key=lambda last: last.due, reverse=True)
        ids = [await office.whereabouts.edition_at(visitor.place), *(last.edition for last in newest), "latest"]
        found = [await office.whereabouts.edition(one) for one in list(dict.fromkeys(ids))[:MOST] if one]
        kept = {one.id: one for one in found if one is not None}
        return [(f"{one.date} {phrases.say(f'slot-{one.slot}')} · {one.title}", key) for key, one in kept.items()]

    async def _thinkers(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        del phrases
        found = await self._kit.office.following.sources(visitor.tenant)
        return [(one.name, one.id) for one in found if one.state in {"roster", "added"}]

    async def _desks(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        del visitor, phrases
        return [(opened.desk.name, key) for key, opened in self._kit.office.desks.named.items()]

    async def _languages(self, visitor: Visitor, phrases: Phrases) -> list[Pair]:
        del visitor
        return [(language_named(tag, phrases), tag) for tag in LANGUAGES]


def _choices(pairs: Iterable[Pair]) -> Choices:
    made: Choices = []
    for label, value in pairs:
        if len(made) < MOST and len(value) <= LONGEST:
            shown = " ".join(label.split())
            made.append(app_commands.Choice(name=shown[:LONGEST] or value, value=value))
    return made

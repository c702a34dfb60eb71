"""Discord as a platform: it is connected to, listened to, posted to.

Posting needs the REST side only, so it works before and beside the gateway; it logs in when it is first needed. Each
connection is made anew with everything that belongs to it, and ended as a whole.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import discord

from adapters.platforms.discord.client import PORTAL, Client, Listening, log_in
from adapters.platforms.discord.errors import TOKEN_REFUSED, status_of, translated
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.posting.finding import Finder, stampable
from adapters.platforms.discord.posting.places import Places
from adapters.platforms.discord.posting.poster import Poster
from adapters.platforms.discord.wiring import equipped
from bot.domain.message import Message
from bot.domain.place import Place
from bot.errors import ConfigError, PlaceClosed, PlatformBusy, PlatformError, PlatformUnavailable
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.office import Office
from bot.ports.phrases import Catalogue
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure, Withdrawn

LIMITS: Final = Limits(
    characters=3600, parts=36, posts_a_second=45, pause=timedelta(seconds=1), leads=frozenset({"story"})
)
"""Below Discord's own: 4,000 characters, 40 components, 50 requests a second, 5 messages in 5 s to a channel."""
_BAD_TOKEN: Final = "DISCORD_TOKEN: Discord refuses it; copy the bot's token from the developer portal, page Bot"  # noqa: S105  # words, no secret
_TOKEN_CODE: Final = 4004


Equip = Callable[[Client, Kit, Inbox], Listening]


@dataclass(frozen=True, slots=True)
class _Line:
    """A connection and what uses it."""

    client: Client
    kit: Kit
    poster: Poster
    finder: Finder


class DiscordPlatform:
    """The servers that have invited us. `token` is the bot's; it is in no message and in no error."""

    def __init__(
        self,
        token: str,
        *,
        office: Office,
        catalogue: Catalogue,
        clock: Clock,
        events: Events,
        reads_all: bool,
        equip: Equip | None = None,
    ) -> None:
        """Prepare; nothing is connected yet. `reads_all` asks for the Message Content intent.

        `equip` makes what listens; without one, what this package has.
        """
        self._token = token
        self._office = office
        self._catalogue = catalogue
        self._clock = clock
        self._events = events
        self._reads_all = reads_all
        self._equip = equip or equipped
        self._line: _Line | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def limits(self) -> Limits:
        """What one message may hold, and how often one may post."""
        return LIMITS

    # ------------------------------------------------------------ listening

    async def run(self, inbox: Inbox) -> None:
        """Connect and listen until cancelled.

        Raises:
            ConfigError: the token is refused, or an intent that we cannot do without.
            PlatformUnavailable: Discord cannot be reached, or ended the connection for good.
        """
        try:
            while True:
                try:
                    await self._listen(inbox)
                except discord.PrivilegedIntentsRequired as error:
                    await self._go_without(error)
        finally:
            await self.close()

    async def close(self) -> None:
        """End the connection, if there is one. Only who posts without `run` has to call it."""
        line, self._line = self._line, None
        if line is not None:
            await line.client.end()

    async def _listen(self, inbox: Inbox) -> None:
        try:
            line = await self._connected()
            listening = self._equip(line.client, line.kit, inbox)
            line.client.listen_with(line.kit, listening)
            self._warn_of_endpoint(line.client)
            with translated():
                await line.client.connect()
        except discord.LoginFailure as error:
            raise ConfigError([_BAD_TOKEN]) from error
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_CODE:
                raise ConfigError([_BAD_TOKEN]) from error
            raise PlatformUnavailable(f"the gateway ended the connection: {error.code}") from error
        except discord.GatewayNotFound as error:
            raise PlatformUnavailable("there is no gateway") from error
        raise PlatformUnavailable("the gateway ended the connection")

    async def _go_without(self, error: discord.PrivilegedIntentsRequired) -> None:
        """The portal does not let us read everything: mentions, replies to us, buttons and commands remain."""
        line = self._line
        if line is None or not line.client.intents.message_content:
            raise ConfigError(["DISCORD_TOKEN: Discord refuses an intent that this bot does not ask for"]) from error
        self._events.warn(
            "discord_intent_missing",
            intent="Message Content",
            page=f"{PORTAL}/{line.client.application_id}/bot",
            remedy="switch it on under Privileged Gateway Intents, or unset COUNTERPOINT_DISCORD_CONTENT",
        )
        self._reads_all = False
        await self.close()

    def _warn_of_endpoint(self, client: Client) -> None:
        application = client.application
        if application is not None and application.interactions_endpoint_url is not None:
            self._events.warn(
                "discord_presses_go_elsewhere",
                page=f"{PORTAL}/{application.id}/information",
                remedy="empty the Interactions Endpoint URL, or no button and no command reaches this bot",
            )

    # ------------------------------------------------------------ posting

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once; see the port."""
        async with self._posting() as line:
            return await line.poster.post(place, message, key=stampable(key))

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message of ours; see the port."""
        async with self._posting() as line:
            await line.poster.revise(ref, message)

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Read a place back; see the port."""
        async with self._posting() as line:
            return await line.finder.find(place, key=stampable(key))

    @asynccontextmanager
    async def _posting(self) -> AsyncIterator[_Line]:
        try:
            line = await self._connected()
        except discord.LoginFailure as error:
            self._events.warn("discord_token_refused")
            raise PlaceClosed(_BAD_TOKEN) from error
        except PlatformError as error:
            # Nothing was posted: we did not even come to it.
            raise PlatformBusy(f"no login: {error}") from error
        try:
            yield line
        except PlaceClosed as error:
            if status_of(error) == TOKEN_REFUSED:
                self._events.warn("discord_token_refused")
            raise

    async def _connected(self) -> _Line:
        async with self._one_at_a_time:
            if self._line is None or self._line.client.is_closed():
                client = Client(reads_all=self._reads_all)
                await log_in(client, self._token)
                self._line = self._made(client)
            return self._line

    def _made(self, client: Client) -> _Line:
        kit = Kit(
            rest=client.rest,
            office=self._office,
            catalogue=self._catalogue,
            clock=self._clock,
            events=self._events,
            me=client.me,
            reads_all=self._reads_all,
        )
        places = Places(kit)
        return _Line(client, kit, Poster(kit, places, later=client.later), Finder(kit, places))

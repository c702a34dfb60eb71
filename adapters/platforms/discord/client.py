"""The connection to Discord's gateway: what it is told becomes calls of what listens, each in a task of its own.

discord.py keeps the connection, resumes it, and spreads it over shards. Its caches stay almost empty: we keep neither
messages nor members. A handler that fails is told to the operator and ends nothing else.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, ParamSpec, Protocol

import discord

from adapters.platforms.discord.errors import translated
from adapters.platforms.discord.kit import PLATFORM, Kit, tenant_of
from adapters.platforms.discord.posting.requests import Request
from adapters.platforms.discord.rest import Rest, watched
from bot.errors import CounterpointError, PlatformUnavailable

PORTAL: Final = "https://discord.com/developers/applications"
"""Where the token of a bot is, and where its intents are switched on."""
_LONGEST_WAIT: Final = 30.0
"""Seconds that a rate limit may make a request wait; beyond, it is given back as busy."""
_SETTLED: Final = 0.5
"""Seconds without news of a server after which a start is complete; the servers are known by name before."""
_PATIENCE: Final = 1.0
"""Seconds that handlers get to end by themselves."""
_CLOSING: Final = 5.0
"""Seconds that Discord gets to answer that the connection ends."""
_NEW: Final = timedelta(days=1)
_PRESSES: Final = frozenset({discord.InteractionType.component, discord.InteractionType.modal_submit})


class Ears(Protocol):
    """What listens to people."""

    async def heard(self, message: discord.Message) -> None:
        """Somebody wrote something where we can read."""
        ...

    @property
    def pressed(self) -> Callable[[discord.Interaction[Any]], Coroutine[Any, Any, None]]:
        """Somebody pressed a button, chose an option or sent a form."""
        ...


P = ParamSpec("P")
Greet = Callable[[discord.Guild, Kit], Coroutine[Any, Any, None]]
"""Says hello in a server that we have just come to."""


@dataclass(frozen=True, slots=True)
class Listening:
    """What a connection is given to listen with."""

    ears: Ears
    greet: Greet
    begin: Callable[[], Coroutine[Any, Any, None]]
    """Done once the connection is being made: the commands are registered."""


def intents(*, reads_all: bool) -> discord.Intents:
    """What we want to be told: servers, and messages in them and to us; what they say, only with the privilege."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.message_content = reads_all
    return wanted


class _Working(discord.AutoShardedClient):
    """A client whose handlers are tasks that are known, and whose failures are told."""

    def __init__(self, *, reads_all: bool) -> None:
        # Nobody speaks here: that the libraries for voice are missing is nothing to warn of.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=intents(reads_all=reads_all),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_SETTLED,
            max_ratelimit_timeout=_LONGEST_WAIT,
            http_trace=watched(),
        )
        self.rest = Rest(self)
        self._kit: Kit | None = None
        self._listening: Listening | None = None
        self._handlers_at_work: set[asyncio.Task[Any]] = set()

    def me(self) -> int:
        """Our user id; 0 before the login."""
        return 0 if self.user is None else self.user.id

    def later(self, request: Request) -> None:
        """Make a request in a task of its own; nothing depends on it."""
        self.dispatch("later", request)

    def in_task(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Do something beside everything else; it may fail."""
        self._schedule_event(work, name)

    async def end(self) -> None:
        """Close the connection: handlers at work get a moment to finish, and the gateway one to agree."""
        self._listening = None
        others = self._handlers_at_work - {asyncio.current_task()}
        if others:
            _, late = await asyncio.wait(others, timeout=_PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            async with asyncio.timeout(_CLOSING):
                await self.close()
        except TimeoutError:
            await self.http.close()

    async def on_later(self, request: Request) -> None:
        """Make a request that nothing depends on."""
        try:
            await self.rest.request(
                request.method, request.path, request.payload, pictures=request.pictures, **request.ids
            )
        except CounterpointError as error:
            if self._kit is not None:
                self._kit.events.tell("discord_left_out", route=request.route, error=str(error))

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """A handler failed; the library calls this in its `except` block."""
        del args, kwargs
        error = sys.exc_info()[1]
        if self._kit is not None:
            words = str(error)[:200] if isinstance(error, CounterpointError) else ""
            self._kit.events.warn("discord_handler_failed", handler=event_method, error=_named(error), reason=words)

    def _schedule_event(
        self, coro: Callable[P, Coroutine[Any, Any, Any]], event_name: str, *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Task[Any]:
        # So that none is left behind when the connection ends.
        task = super()._schedule_event(coro, event_name, *args, **kwargs)
        self._handlers_at_work.add(task)
        task.add_done_callback(self._handlers_at_work.discard)
        return task


class Client(_Working):
    """Hands on what happens. Its REST side works from `login` on; it listens once it was given ears."""

    def listen_with(self, kit: Kit, listening: Listening) -> None:
        """From now on, what happens is handed on."""
        self._kit, self._listening = kit, listening
        self.in_task(listening.begin, "begin")

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        if self._listening is not None and message.author.id != self.me():
            await self._listening.ears.heard(message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Somebody pressed something; commands are the command tree's."""
        if self._listening is not None and interaction.type in _PRESSES:
            await self._listening.ears.pressed(interaction)

    async def on_ready(self) -> None:
        """The connection stands, and all servers are known by name, also those that are down."""
        if self._kit is None:
            return
        for guild in self.guilds:
            if _is_new(guild, self._kit):
                await self.on_guild_join(guild)  # before `seen`, which takes in the others without a word
        tenants = [tenant_of(guild.id, "") for guild in self.guilds]
        await self._kit.office.tenancy.seen(PLATFORM, tenants)
        self._kit.events.tell("discord_ready", servers=len(self.guilds), shards=self.shard_count)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Somebody added us to a server."""
        if self._kit is None or self._listening is None:
            return
        if await self._kit.office.tenancy.arrived(tenant_of(guild.id, "")):
            self._kit.events.tell("discord_invited", server=str(guild.id))
            self.in_task(partial(self._listening.greet, guild, self._kit), "greet")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were removed from a server, or it was deleted. A server that is down is another event."""
        if self._kit is not None and not guild.unavailable:
            await self._kit.office.tenancy.left(tenant_of(guild.id, ""))
            self._kit.events.tell("discord_removed", server=str(guild.id))


async def log_in(client: Client, token: str) -> None:
    """Make the REST side of a client work.

    Raises:
        discord.LoginFailure: there is no such token (any more).
        PlatformError: Discord could not be asked.
    """
    async with AsyncExitStack() as failing:
        failing.push_async_callback(client.end)
        try:
            with translated():
                await client.login(token)
        except (KeyError, TypeError, ValueError) as error:
            raise PlatformUnavailable("an answer that is no account") from error
        failing.pop_all()


def _is_new(guild: discord.Guild, kit: Kit) -> bool:
    """Whether we came to a server so recently that it may be greeted, though nobody was awake when we came."""
    me = None if guild.unavailable else guild.me
    joined = me.joined_at if me else None
    return joined is not None and timedelta() <= kit.clock.now() - joined <= _NEW


def _named(error: BaseException | None) -> str:
    cause = error.__cause__ if error is not None else None
    return type(error).__name__ + (f" from {type(cause).__name__}" if cause else "")

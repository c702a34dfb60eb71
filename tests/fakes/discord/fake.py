"""The running Discord: its world, its gateway, its REST interface, and people."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import discord
from aiohttp import web

from bot.ports.clock import Clock
from tests.fakes.discord import posting, seen, shapes, threads
from tests.fakes.discord.aim import aimed_at
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.people import Person
from tests.fakes.discord.permissions import ASKED, NOTHING, Permission
from tests.fakes.discord.ratelimits import Buckets, Pace
from tests.fakes.discord.server import install
from tests.fakes.discord.wire import Request, Wire
from tests.fakes.discord.world import Channel, Guild, Kind, Message, Role, User, World

_LARGEST = 64 * 1024 * 1024
HURRY = 0.01
"""Share of discord.py's own waits in tests; with the `REAL` pace it has to be 1.0."""


@dataclass(slots=True)
class FakeDiscord:
    """Everything a test needs; see the package's docstring."""

    world: World
    gateway: Gateway
    wire: Wire
    port: int = 0

    # ------------------------------------------------------------ parts

    @property
    def faults(self) -> Faults:
        """What goes wrong with requests."""
        return self.wire.faults

    @property
    def requests(self) -> list[Request]:
        """Every request, in order of its answer."""
        return self.wire.requests

    @property
    def pace(self) -> Pace:
        """How often one may ask."""
        return self.wire.buckets.pace

    @pace.setter
    def pace(self, pace: Pace) -> None:
        self.wire.buckets = Buckets(pace)

    def calls(self, route: str) -> list[Request]:
        """The requests to a route, such as `POST /channels/{}/messages`."""
        return [one for one in self.requests if one.route == route]

    # ------------------------------------------------------------ servers and people

    def add_guild(self, name: str, *, locale: str = "en-US") -> Guild:
        """A server; the bot is not in it."""
        return self.world.add_guild(name, locale=locale)

    def add_channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT, *, tags: Iterable[str] = ()) -> Channel:
        """A channel; clients are told where the bot is there already."""
        channel = self.world.add_channel(guild, name, kind, tags=tags)
        self.world.emit("CHANNEL_CREATE", guild.id, shapes.channel(self.world, channel))
        return channel

    def person(
        self, name: str, guild: Guild | None = None, permissions: Permission = NOTHING, *, locale: str = "en-US"
    ) -> Person:
        """Somebody; in a server with these permissions beside everybody's."""
        user = self.world.add_user(name, locale=locale)
        if guild is not None:
            roles = [self.world.add_role(guild, f"{name}'s", permissions).id] if permissions else []
            self.world.add_member(guild, user, roles)
        return Person(self, user, guild)

    def role(self, guild: Guild, name: str, *, mentionable: bool = True) -> Role:
        """A role that nobody has."""
        role = self.world.add_role(guild, name, mentionable=mentionable)
        told = {"guild_id": guild.id, "role": shapes.role(role, len(guild.roles))}
        self.world.emit("GUILD_ROLE_CREATE", guild.id, told)
        return role

    def invite(self, guild: Guild, permissions: Permission = ASKED) -> None:
        """The bot joins a server, with a role of its own."""
        role = self.world.add_role(guild, self.world.me.name, permissions)
        role.managed_by = self.world.me.id
        self.world.add_member(guild, self.world.me, [role.id])
        self.world.emit("GUILD_CREATE", guild.id, shapes.guild(self.world, guild, joined=True))

    def remove(self, guild: Guild) -> None:
        """Somebody throws the bot out."""
        del guild.members[self.world.me.id]
        for key in [r.id for r in guild.roles.values() if r.managed_by == self.world.me.id]:
            del guild.roles[key]
        self.world.emit("GUILD_DELETE", guild.id, {"id": guild.id})

    def outage(self, guild: Guild, *, over: bool = False) -> None:
        """A server is not to be reached for a while; `over`: it is again."""
        guild.available = over
        if over:
            self.world.emit("GUILD_CREATE", guild.id, shapes.guild(self.world, guild))
        else:
            self.world.emit("GUILD_DELETE", guild.id, {"id": guild.id, "unavailable": True})

    def allow(self, guild: Guild, permissions: Permission) -> None:
        """The bot's role in a server has exactly these permissions from now on."""
        for role in guild.roles.values():
            if role.managed_by == self.world.me.id:
                role.permissions = permissions
                told = {"guild_id": guild.id, "role": shapes.role(role, 1)}
                self.world.emit("GUILD_ROLE_UPDATE", guild.id, told)

    def overwrite(
        self, channel: Channel, target: str, *, allow: Permission = NOTHING, deny: Permission = NOTHING
    ) -> None:
        """What a channel allows and denies a role or a person; the server's id is everybody."""
        channel.overwrites[target] = (allow, deny)
        self.world.emit("CHANNEL_UPDATE", channel.guild, shapes.channel(self.world, channel))

    def archive(self, thread: Channel | str, *, locked: bool = False) -> None:
        """A thread is archived, by time or by a moderator."""
        found = self.channel(thread)
        found.archived, found.locked = True, locked
        self.world.emit("THREAD_UPDATE", found.guild, shapes.channel(self.world, found))

    def delete(self, one: Channel | Message) -> None:
        """Somebody deletes a channel, a thread or a message."""
        if isinstance(one, Message):
            posting.take_away(self.world, one)
        else:
            threads.vanish(self.world, one)

    def dm(self, person: Person) -> Channel:
        """The direct messages between the bot and somebody."""
        return self.world.dm_with(person.user)

    # ------------------------------------------------------------ looking

    def channel(self, channel: Channel | str) -> Channel:
        """A channel or thread by its id."""
        return channel if isinstance(channel, Channel) else self.world.channels[channel]

    def messages(self, channel: Channel | str) -> list[Message]:
        """What stands there, oldest first; without system lines and what one person sees."""
        return [m for m in self.world.history(self.channel(channel)) if m.kind not in {18, 21}]

    def thread(self, message: Message | str) -> Channel:
        """The thread that began with a message."""
        return self.world.channels[message if isinstance(message, str) else message.id]

    def seen(self, channel: Channel | str, by: Person | User) -> str:
        """The channel with its threads as a person sees it, in plain text."""
        return seen.channel(self.world, self.channel(channel), by.id)

    def picture(self, channel: Channel | str, by: Person | User) -> str:
        """The same as an HTML page, drawn by the product."""
        from tests.fakes.discord.picture import picture

        return picture(self.world, self.channel(channel), by.user if isinstance(by, Person) else by)

    def say_as_bot(self, channel: Channel | str, payload: Mapping[str, Any]) -> Message:
        """The bot's message without a client: for tests of what people do."""
        return posting.post(self.world, self.channel(channel).id, payload)

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        """A file that somebody sent, as Discord's own file server would give it."""
        found = self.world.upload(request.match_info["file"])
        return web.Response(status=404) if found is None else web.Response(body=found.content)

    # ------------------------------------------------------------ clients

    @asynccontextmanager
    async def running(self, client: discord.Client, *, hurry: float = HURRY) -> AsyncIterator[None]:
        """The client is aimed here, logged in and connected for the length of the block."""
        with aimed_at(self.port, hurry=hurry):
            task = asyncio.create_task(client.start(self.world.token))
            try:
                await self._connected(task)
                yield
            finally:
                await client.close()
                task.cancel()
                with suppress(asyncio.CancelledError, discord.DiscordException, aiohttp.ClientError):
                    await task

    async def _connected(self, task: "asyncio.Task[None]") -> None:
        """Wait for READY on every shard; a client that fails before raises here."""
        ready = asyncio.create_task(self.world.until(lambda: len(self.gateway.live) >= self.world.portal.shards))
        await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            task.result()
        await ready


class Steering(Protocol):
    """Adds ways to steer a fake from another process."""

    def install(self, app: web.Application) -> None:
        """Enter its routes."""
        ...


@asynccontextmanager
async def discord_server(
    clock: Clock | None = None,
    *,
    world: World | None = None,
    port: int = 0,
    control: Callable[[FakeDiscord], Steering] | None = None,
) -> AsyncIterator[FakeDiscord]:
    """A Discord for the length of the block; with `world` one that goes on from where another ended."""
    world = world or World(clock)
    world.listeners.clear()
    fake = FakeDiscord(world, Gateway(world), Wire(world))
    app = web.Application(client_max_size=_LARGEST)
    install(app, fake.wire.handle)
    app.router.add_get("/gw", fake.gateway.connect)
    app.router.add_get("/gw/", fake.gateway.connect)
    app.router.add_get("/attachments/{channel}/{file}/{name}", fake.attachment)
    if control is not None:
        control(fake).install(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    fake.port = runner.addresses[0][1]
    world.cdn = f"http://127.0.0.1:{fake.port}/attachments"
    try:
        yield fake
    finally:
        await fake.gateway.drop(code=1001)
        await runner.cleanup()

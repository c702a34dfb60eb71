"""A client of discord.py, as it is shipped, beside the local Discord."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.fakes.clock import FakeClock
from tests.fakes.discord import (
    ASKED,
    Channel,
    FakeDiscord,
    Guild,
    Permission,
    Person,
    World,
    discord_server,
)
from tests.fakes.discord.world import CV2

Json = dict[str, Any]
POST = "/channels/{channel}/messages"
WANTED = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Ear(discord.AutoShardedClient):
    """A client that keeps what it hears."""

    def __init__(self, intents: discord.Intents = WANTED) -> None:
        super().__init__(intents=intents, max_messages=None, max_ratelimit_timeout=30, guild_ready_timeout=0.02)
        self.world: World | None = None
        self.heard: list[discord.Message] = []
        self.pressed: list[discord.Interaction[Any]] = []
        self.news: list[str] = []

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        self.touch()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.pressed.append(interaction)
        self.touch()

    def touch(self) -> None:
        """Wake a test that waits in `world.until`."""
        if self.world is not None:
            self.world.touch()

    async def on_socket_event_type(self, name: str) -> None:
        self.news.append(name)

    async def ask(self, method: Any, path: str, body: Any = None, **ids: Any) -> Any:
        return await self.http.request(Route(method, path, **ids), **({} if body is None else {"json": body}))

    async def post(self, channel: Channel | str, payload: Mapping[str, Any]) -> Any:
        return await self.ask("POST", POST, payload, channel=channel if isinstance(channel, str) else channel.id)


@dataclass
class Stage:
    """A server with one channel, one reader, and a client that is connected."""

    fake: FakeDiscord
    clock: FakeClock
    guild: Guild
    channel: Channel
    mira: Person
    client: Ear = field(default_factory=Ear)

    async def settled(self, count: int = 1) -> None:
        """Wait until the client has heard so many messages of others."""
        await self.fake.world.until(lambda: len(self.from_others()) >= count)

    def from_others(self) -> list[str]:
        return [m.content for m in self.client.heard if m.author.id != int(self.fake.world.me.id)]


@asynccontextmanager
async def staged(*, intents: discord.Intents = WANTED, permissions: Permission = ASKED) -> AsyncIterator[Stage]:
    clock = FakeClock()
    async with discord_server(clock) as fake:
        guild = fake.add_guild("Harbour")
        stage = Stage(fake, clock, guild, fake.add_channel(guild, "keepers"), fake.person("Mira", guild), Ear(intents))
        fake.invite(guild, permissions)
        stage.client.world = fake.world
        async with fake.running(stage.client):
            await stage.client.wait_until_ready()
            yield stage


def text(words: str) -> Json:
    return {"type": 10, "content": words}


def card(words: str = "# Edition", *names: str) -> Json:
    buttons = [{"type": 2, "style": 2, "label": f"Press {n}", "custom_id": n} for n in names or ("b1:src:x",)]
    return {"flags": CV2, "components": [text(words), {"type": 1, "components": buttons}]}


async def opened(stage: Stage, name: str = "Edition") -> str:
    """A thread on a card."""
    posted = await stage.client.post(stage.channel, card())
    path = "/channels/{channel}/messages/{message}/threads"
    thread = await stage.client.ask("POST", path, {"name": name}, channel=stage.channel.id, message=posted["id"])
    return str(thread["id"])


def code_of(refused: pytest.ExceptionInfo[discord.HTTPException]) -> tuple[int, int]:
    return refused.value.status, refused.value.code

"""A Slack platform and the Slack it speaks to, for tests of the connection and of posting."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.arrival import Called, Halted, Opened, Pressed, Said, Sent, Typed
from adapters.platforms.slack.client import Listening
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.platforms.slack.kit import Json, Kit
from adapters.storage.memory import MemoryStore
from bot.config import SlackSettings
from bot.domain.desk import Desks
from bot.domain.ledger import Delivery
from bot.domain.message import thread_of
from bot.domain.place import Inbound, Place
from bot.errors import (
    StoreError,
)
from bot.ports.office import Office
from bot.ports.platform import Inbox, Ref, ReplyHandle
from bot.ports.store import Standing, Store
from bot.services.tenancy import Tenancy
from tests.fakes.clock import FakeClock
from tests.fakes.recordings import MemoryPictures
from tests.fakes.slack import Channel, FakeSlack, Person, Team, slack_server
from tests.fakes.talk import sample

POST = "chat.postMessage"
EDITION = sample()
CARD, STORY, *_, QUESTION = thread_of(EDITION)
PHRASES = FluentCatalogue().speak("en")


def key(part: str, posting: str = "abc/2026-11-20/am") -> str:
    """A key as the ledger gives it."""
    return Delivery(posting, part, 0, digest="").key


class Told:
    """What the operator is told."""

    def __init__(self, touch: Callable[[], None]) -> None:
        self._touch = touch
        self.warned: list[tuple[str, dict[str, Any]]] = []
        self.names: list[str] = []

    def tell(self, event: str, /, **facts: Any) -> None:
        self.names.append(event)
        self._touch()

    def warn(self, event: str, /, **facts: Any) -> None:
        self.warned.append((event, facts))
        self._touch()

    @property
    def warnings(self) -> list[str]:
        return [event for event, _ in self.warned]


class Heard:
    """What reaches the ears, and who is greeted."""

    def __init__(self, touch: Callable[[], None]) -> None:
        self._touch = touch
        self.all: list[Any] = []
        self.greeted: list[tuple[str, str]] = []
        self.verdicts: Json | None = None
        self.fails = False
        self.held: asyncio.Event | None = None
        self.kit: Kit | None = None

    def equip(self, kit: Kit, inbox: Inbox) -> Listening:
        self.kit = kit
        return Listening(self, self.greet)

    def of(self, kind: type) -> list[Any]:
        return [one for one in self.all if isinstance(one, kind)]

    async def _hear(self, what: object) -> None:
        self.all.append(what)
        self._touch()
        if self.fails:
            raise RuntimeError("the ears are full")
        if self.held is not None:
            await self.held.wait()

    async def said(self, said: Said) -> None:
        await self._hear(said)

    async def pressed(self, pressed: Pressed) -> None:
        await self._hear(pressed)

    def verdict(self, sent: Sent) -> Json | None:
        return self.verdicts

    async def sent(self, sent: Sent) -> None:
        await self._hear(sent)

    def choices(self, action: str, typed: str) -> Sequence[Json]:
        return [{"text": {"type": "plain_text", "text": f"{action} {typed}"}, "value": "1"}]

    async def typed(self, typed: Typed) -> None:
        await self._hear(typed)

    async def called(self, called: Called) -> None:
        await self._hear(called)

    async def opened(self, opened: Opened) -> None:
        await self._hear(opened)

    async def halted(self, halted: Halted) -> None:
        await self._hear(halted)

    async def greet(self, team: str, user: str, kit: Kit) -> None:
        self.greeted.append((team, user))
        self._touch()


class Knowing:
    """Whereabouts that a test fills in."""

    def __init__(self) -> None:
        self.stands: list[Standing] = []
        self.broken = False

    async def standing(self, edition: str, place: Place) -> list[Standing]:
        if self.broken:
            raise StoreError("no database")
        return self.stands


@dataclass
class Stage:
    """A platform, and the Slack it speaks to."""

    fake: FakeSlack
    team: Team
    channel: Channel
    mira: Person
    platform: SlackPlatform
    store: Store
    clock: FakeClock
    told: Told
    heard: Heard
    knowing: Knowing

    @property
    def place(self) -> Place:
        return Place("slack", f"{self.team.id}/{self.channel.id}")

    @property
    def settings(self) -> SlackSettings:
        return SlackSettings(
            bot_token=self.team.bot_token,
            app_token=self.fake.app.app_token,
            signing_secret=self.fake.app.signing_secret,
            api=self.fake.api,
        )

    def other(self, settings: SlackSettings | None = None, **more: Any) -> SlackPlatform:
        """Another process for the same bot."""
        absent: Any = None
        tenancy = Tenancy(self.store, self.clock, platforms=["slack"])
        knowing: Any = self.knowing
        return SlackPlatform(
            settings or self.settings,
            office=Office(
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                tenancy,
                knowing,
                absent,
                absent,
                MemoryPictures(),
                Desks({}),
            ),
            catalogue=FluentCatalogue(),
            clock=self.clock,
            events=self.told,
            equip=self.heard.equip,
            **more,
        )

    async def post_card(self) -> Ref:
        return await self.platform.post(self.place, CARD, key=key("card"))

    def card_of(self, ref: Ref) -> Any:
        return self.fake.world.messages[self.channel.id, ref.id]

    @asynccontextmanager
    async def running(self, platform: SlackPlatform | None = None) -> AsyncIterator[None]:
        """The platform listens for the length of the block."""
        before = self.told.names.count("slack_listens")
        task = asyncio.create_task((platform or self.platform).run(nobody))
        try:
            await self.fake.world.until(lambda: task.done() or self.told.names.count("slack_listens") > before)
            assert not task.done(), task
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def nobody(inbound: Inbound, handle: ReplyHandle) -> None:
    """Nobody listens."""


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A workspace with a channel, the bot in it, and a platform that is not connected yet."""
    clock = FakeClock()
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(slack_server(clock))
        team = fake.add_team("Harbour")
        channel = fake.add_channel(team, "keepers")
        mira = fake.person("Mira", team, admin=True)
        fake.install(team, by=mira)
        fake.join(channel)
        touch = fake.world.touch
        made = Stage(
            fake,
            team,
            channel,
            mira,
            cast("Any", None),
            MemoryStore(),
            clock,
            Told(touch),
            Heard(touch),
            Knowing(),
        )
        made.platform = made.other()
        stack.push_async_callback(made.platform.close)
        yield made

"""What every platform promises: posting, finding, revising, listening, answering."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import PLACE, ConsolePlatform
from adapters.platforms.discord.gateway import DiscordPlatform
from adapters.platforms.slack.client import Listening
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.listening import Ears
from adapters.wire.clock import StillClock
from bot.config import SlackSettings
from bot.domain.desk import Desks
from bot.domain.edition import Edition, Sentence
from bot.domain.message import Answer, EditionCard, Notice, thread_of
from bot.domain.place import Inbound, Place
from bot.domain.reply import Reply
from bot.domain.subscription import Subscription
from bot.ports.office import Office
from bot.ports.platform import Inbox, Platform, Ref, ReplyHandle
from bot.ports.store import Standing
from tests.fakes import slack as slack_fake
from tests.fakes.crew import KeptEvents
from tests.fakes.discord import FakeDiscord, Person, aimed_at, discord_server
from tests.fakes.episodes import episode
from tests.fakes.recordings import MemoryPictures
from tests.fakes.remote.client import RemotePlatform
from tests.fakes.remote.remote import Remote
from tests.fakes.remote.server import Server, serving
from tests.fakes.talk import NOON, sample


@dataclass
class Stage:
    """A platform with a place on it, what people type there, and what is seen there."""

    platform: Platform
    place: Place
    look: Callable[[], str]

    @property
    def seen(self) -> str:
        """Everything shown so far."""
        return self.look()


Open = Callable[..., Awaitable[Stage]]


def typing(lines: Sequence[str]) -> Callable[[], Awaitable[str | None]]:
    """Somebody who types these lines and then ends the input."""
    left = iter(lines)

    async def read() -> str | None:
        return next(left, None)

    return read


def console(lines: Sequence[str] = (), language: str = "en") -> Stage:
    """The terminal."""
    screen = StringIO()
    shown = Console(file=screen, width=100)
    edition = sample().id
    platform = ConsolePlatform(shown, FluentCatalogue(), StillClock(NOON), language, typing(lines), edition)
    return Stage(platform, PLACE, screen.getvalue)


async def remote(stack: AsyncExitStack, lines: Sequence[str] = ()) -> Stage:
    """The platform over HTTP that delivery is tested against."""
    edition = sample().id
    said = [{"place": "p1", "text": line, "edition": edition} for line in lines]
    server = Server(Remote(), said=said, hung_up=True)
    port = await stack.enter_async_context(serving(server))
    platform = RemotePlatform(f"http://127.0.0.1:{port}", FluentCatalogue(), StillClock(NOON))
    stack.push_async_callback(platform.close)
    posts = server.remote.posts
    return Stage(platform, Place("remote", "p1"), lambda: "\n\n".join(post.text for post in posts.values()))


class Knowing:
    """Everything is about the one edition."""

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        return sample().id

    async def standing(self, edition: str, place: Place) -> list[Standing]:
        return []

    async def edition(self, edition: str) -> Edition | None:
        return sample()

    async def shared(self, look_up: str, place: Place, ref: str | None = None) -> str | None:
        return None


class Nothing:
    """Nobody has subscribed anything, and no server is new."""

    async def list(self, tenant: str | None = None) -> list[Subscription]:
        return []

    async def seen(self, platform: str, tenants: Collection[str]) -> None:
        pass

    async def arrived(self, tenant: str) -> bool:
        return False


class Talked(DiscordPlatform):
    """Discord with somebody who writes these lines and then leaves."""

    lines: Sequence[str]
    person: Person
    fake: FakeDiscord
    heard: int = 0

    async def run(self, inbox: Inbox) -> None:
        async def counted(inbound: Inbound, handle: ReplyHandle) -> None:
            await inbox(inbound, handle)
            self.heard += 1
            self.fake.world.touch()

        task = asyncio.create_task(super().run(counted))
        await self.fake.world.until(lambda: task.done() or self.fake.gateway.live)
        for line in filter(str.strip, self.lines):  # its client sends nothing blank
            before = self.heard
            await self.person.say(self.fake.world.dm_with(self.person.user), line)
            await self.fake.world.until(lambda: self.heard > before)  # noqa: B023
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def discord(stack: AsyncExitStack, lines: Sequence[str] = ()) -> Stage:
    """A server with one channel, and a person who writes to us."""
    clock = StillClock(NOON)
    fake = await stack.enter_async_context(discord_server(clock))
    stack.enter_context(aimed_at(fake.port, hurry=0.01))
    guild = fake.add_guild("Harbour")
    channel = fake.add_channel(guild, "keepers")
    fake.invite(guild)
    absent: Any = None
    nothing: Any = Nothing()
    office = Office(
        nothing,
        absent,
        absent,
        absent,
        absent,
        absent,
        absent,
        nothing,
        Knowing(),
        absent,
        absent,
        MemoryPictures(),
        Desks({}),
    )
    platform = Talked(
        fake.world.token, office=office, catalogue=FluentCatalogue(), clock=clock, events=KeptEvents(), reads_all=False
    )
    platform.lines, platform.fake, platform.person = lines, fake, fake.person("Mira", guild)
    stack.push_async_callback(platform.close)

    def look() -> str:
        channels = (channel, *fake.world.threads_of(channel), fake.world.dm_with(platform.person.user))
        seen = "\n".join(fake.seen(one, platform.person) for one in channels)
        return re.sub(r"\[(\[\d+\])\]\(\S+?\)", r"\1", seen)  # a number is shown without its address

    return Stage(platform, Place("discord", channel.id), look)


class Written(SlackPlatform):
    """Slack with somebody who writes these lines to us and then leaves."""

    lines: Sequence[str]
    person: slack_fake.Person
    fake: slack_fake.FakeSlack
    heard: int = 0

    async def run(self, inbox: Inbox) -> None:
        async def counted(inbound: Inbound, handle: ReplyHandle) -> None:
            await inbox(inbound, handle)
            self.heard += 1
            self.fake.world.touch()

        task = asyncio.create_task(super().run(counted))
        await self.fake.world.until(lambda: task.done() or self.fake.sockets.live)
        for line in filter(str.strip, self.lines):  # its client sends nothing blank
            before = self.heard
            await self.person.direct(line, until="heard")
            await self.fake.world.until(lambda: self.heard > before)  # noqa: B023
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def ears_only(kit: Kit, inbox: Inbox) -> Listening:
    """What listens to what people write; nobody sets anything up here."""
    nobody: Any = None
    return Listening(Ears(kit, inbox, nobody), nobody)


async def slack(stack: AsyncExitStack, lines: Sequence[str] = ()) -> Stage:
    """A workspace with one channel, and a person who writes to us."""
    clock = StillClock(NOON)
    fake = await stack.enter_async_context(slack_fake.slack_server(clock))
    team = fake.add_team("Harbour")
    channel = fake.add_channel(team, "keepers")
    fake.install(team)
    fake.join(channel)
    absent: Any = None
    nothing: Any = Nothing()
    platform = Written(
        SlackSettings(bot_token=team.bot_token, app_token=fake.app_token, api=fake.api),
        office=Office(
            nothing,
            absent,
            absent,
            absent,
            absent,
            absent,
            absent,
            nothing,
            Knowing(),
            absent,
            absent,
            MemoryPictures(),
            Desks({}),
        ),
        catalogue=FluentCatalogue(),
        clock=clock,
        events=KeptEvents(),
        equip=ears_only,
    )
    platform.lines, platform.fake, platform.person = lines, fake, fake.person("Mira", team)
    stack.push_async_callback(platform.close)

    def look() -> str:
        threads = {message.thread for message in fake.world.messages.values()}
        places: list[Any] = [channel, fake.direct(platform.person), *sorted(threads, key=str)]
        return "\n".join(fake.seen(one, platform.person) for one in places)

    return Stage(platform, Place("slack", f"{team.id}/{channel.id}"), look)


OPENED = {"remote": remote, "discord": discord, "slack": slack}


@pytest.fixture(params=["console", *OPENED])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Open]:
    """Every platform."""
    async with AsyncExitStack() as stack:

        async def begin(lines: Sequence[str] = ()) -> Stage:
            return console(lines) if request.param == "console" else await OPENED[request.param](stack, lines)

        yield begin


async def test_a_message_is_absent_until_it_is_posted_and_found_afterwards(stage):
    """The ledger asks before it ever posts again."""
    there = await stage()
    assert await there.platform.find(there.place, key="a/1") == "absent"
    ref = await there.platform.post(there.place, EditionCard(sample()), key="a/1")
    assert isinstance(ref, Ref)
    assert await there.platform.find(there.place, key="a/1") == ref
    assert await there.platform.find(there.place, key="a/2") == "absent"


async def test_an_overview_is_a_card_and_its_contents_follow_it(stage):
    """Posted and found as an edition is, wherever that is; also without its picture, which an edition has not."""
    there = await stage()
    card, contents = thread_of(episode())
    ref = await there.platform.post(there.place, card, key="e/1")
    below = await there.platform.post(ref.place, contents, key="e/2")
    assert below.place == ref.place
    assert await there.platform.find(there.place, key="e/1") == ref
    assert await there.platform.find(ref.place, key="e/2") == below
    assert "Nine hundred thermometers" in there.seen
    assert "A thermometer that nobody reads" in there.seen


async def test_what_follows_a_card_is_posted_and_found_where_the_card_says(stage):
    """The reference of a card names the thread that it opened."""
    there = await stage()
    card = await there.platform.post(there.place, EditionCard(sample()), key="a/1")
    part = thread_of(sample())[1]
    ref = await there.platform.post(card.place, part, key="a/2")
    assert ref.place == card.place
    assert await there.platform.find(card.place, key="a/2") == ref


async def test_each_part_of_a_thread_is_shown(stage):
    """Card, stories, question: what is posted can be read."""
    there = await stage()
    edition = sample()
    for number, part in enumerate(thread_of(edition)):
        await there.platform.post(there.place, part, key=f"{number}")
    for story in edition.stories:
        assert story.title in there.seen


async def test_a_revised_message_shows_its_new_content(stage):
    """A progress message becomes the answer."""
    there = await stage()
    ref = await there.platform.post(there.place, Notice("Reading."), key="1")
    await there.platform.revise(ref, Notice("Done reading."))
    assert "Done reading." in there.seen


async def test_each_line_reaches_the_inbox_once_and_blank_ones_do_not(stage):
    """Ids differ, the edition is known, and the clock gives the time."""
    heard: list[Inbound] = []

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        heard.append(inbound)

    there = await stage(["sources 1", "   ", "why?"])
    await there.platform.run(inbox)
    assert [inbound.text for inbound in heard] == ["sources 1", "why?"]
    assert len({inbound.id for inbound in heard}) == 2
    assert {inbound.edition for inbound in heard} == {sample().id}
    # Slack counts what is written in one instant in millionths of a second.
    assert all(timedelta() <= inbound.at - NOON < timedelta(milliseconds=1) for inbound in heard)


async def test_an_answer_through_the_handle_is_seen(stage):
    """Whoever asked sees the answer, in the language it was given in."""
    there = await stage(["list"])

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        reply = Reply("list", (Sentence("Пять сюжетов.", ("1.1",)),), sample().citations)
        await handle.answer(Answer(reply, "ru"), private=True)

    await there.platform.run(inbox)
    assert "Пять сюжетов. [1]" in there.seen
    assert re.search("[А-Я][а-я ]+:", there.seen)


@pytest.mark.parametrize("word", ["quit", "Exit ", "выход"])
async def test_somebody_can_leave_the_console(word):
    """What comes after is not heard."""
    heard: list[str] = []

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        heard.append(inbound.text)

    await console(["help", word, "list"]).platform.run(inbox)
    assert heard == ["help"]


def test_the_console_has_room_for_an_edition():
    """A terminal scrolls: nothing has to be split."""
    limits = console().platform.limits
    assert limits.characters > 100_000
    assert limits.parts > 100

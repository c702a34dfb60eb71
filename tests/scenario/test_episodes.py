"""An episode, from its feed to the last question in its thread: real parts, over servers on this machine.

A podcast is read; somebody asks for its overview; others read chapters, ask, hand in a transcript of their own, come
back after a restart. On Discord and on Slack, and in a terminal.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from adapters.cli.app import run
from adapters.platforms.discord.gateway import DiscordPlatform
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.http import Web
from bot.bootstrap import Application, application
from bot.config import Settings, SlackSettings
from bot.ports.events import Events
from bot.ports.platform import Platform
from bot.serving import serving
from scheduler.timetable import Wakes
from tests.fakes.discord import (
    Channel,
    FakeDiscord,
    Guild,
    Message,
    Outcome,
    Permission,
    Person,
    aimed_at,
    discord_server,
    seen,
)
from tests.fakes.slack import Message as SlackMessage
from tests.fakes.slack import slack_server
from tests.fakes.slack.people_watching import came
from tests.fakes.web_server import Script, WebServer, answer, web_server
from tests.unit.episode_samples import CHAPTERS, russian, sample

FACTS, SPOKEN = sample()
TITLES = ("Before the bell", "Tobin at the stairs", "Why bells crack", "A word about ladders", "Weld or silence",
          "Who decides", "Goodbye")  # fmt: skip
SHOW = "Ringing Hours"
PNG = b"\x89PNG"
PATIENCE = 30.0
_LOOK = 0.05


# ---------------------------------------------------------------- what the show publishes


def stamp(seconds: float) -> str:
    """As WebVTT writes it."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{round(seconds % 1 * 1000):03}"


def vtt(conversation=SPOKEN) -> bytes:
    """A conversation as its publisher would write it down."""
    cues = (f"{stamp(u.start)} --> {stamp(u.end)}\n<v {u.speaker}>{u.text}" for u in conversation.utterances)
    return "\n\n".join(["WEBVTT", *cues]).encode()


def published(web: WebServer) -> Mapping[str, Script]:
    """A feed with one episode, its page, its transcript and its chapters."""
    starts = [SPOKEN.utterances[first].start for first, *_ in CHAPTERS]
    chapters = [{"startTime": at, "title": title} for at, title in zip(starts, TITLES, strict=True)]
    feed = (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        f' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>{SHOW}</title>'
        f"<link>{web.url('/')}</link><language>en</language><item><guid isPermaLink='false'>bells-41</guid>"
        f"<title>{FACTS.title}</title><link>{web.url('/41')}</link>"
        f"<pubDate>{format_datetime(datetime.now(UTC) - timedelta(minutes=5))}</pubDate>"
        f'<enclosure url="{web.url("/41.mp3")}" type="audio/mpeg"/>'
        f"<itunes:duration>{round(SPOKEN.utterances[-1].end)}</itunes:duration>"
        '<podcast:transcript url="/41.vtt" type="text/vtt"/><podcast:chapters url="/41.json"/>'
        "<podcast:person role='host'>Nora Quell</podcast:person>"
        "<podcast:person role='guest'>Tobin Harrow</podcast:person>"
        f"<description>{FACTS.notes}</description></item></channel></rss>"
    )
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>{FACTS.title}</html>'
    return {
        "/feed": answer(feed.encode(), headers={"Content-Type": "application/rss+xml"}),
        "/41": answer(page.encode(), headers={"Content-Type": "text/html"}),
        "/41.vtt": answer(vtt(), headers={"Content-Type": "text/vtt"}),
        "/41.json": answer(json.dumps({"version": "1.2.0", "chapters": chapters}).encode()),
    }


@dataclass
class Studio:
    """A show on the web, and a bot that reads it."""

    web: WebServer
    folder: Path

    @property
    def link(self) -> str:
        """Of the episode."""
        return self.web.url("/41")

    def settings(self, **more: object) -> Settings:
        """Of an operator who reads one podcast."""
        roster = self.folder / "roster.toml"
        roster.write_text(
            'schema_version = 1\n[[thinkers]]\nid = "ringing-hours"\nkind = "podcast"\nwhy = "Old sound, explained"\n'
            f'name = "{SHOW}"\n'
            f'sources = [{{ type = "podcast", url = "{self.web.url("/feed")}" }}]\n'
        )
        allow = (f"127.0.0.1:{self.web.port}",)
        plain = Settings(f"sqlite:///{self.folder}/bot.db", roster, self.folder, None, "en", "UTC", allow)
        return replace(plain, **more)  # type: ignore[arg-type]

    @asynccontextmanager
    async def awake(
        self, settings: Settings, platforms: Callable[[Application, Events], Mapping[str, Platform]], *ports: int
    ) -> AsyncIterator[Application]:
        """The bot runs for the length of the block, and has read its show."""
        stop = asyncio.Event()
        async with application(settings, roster_folder=self.folder, serves=True) as parts:
            # What stands on this machine is public here.
            allow = [f"127.0.0.1:{port}" for port in (self.web.port, *ports)]
            parts.public_web = Web(clock=SystemClock(), allow=allow, gap=timedelta(milliseconds=10))
            # Worker processes are tried elsewhere; here they would only have to start.
            parts.parsers = parts.cores = InProcess()
            async with serving(parts, lambda events: platforms(parts, events)) as serve:
                running = asyncio.create_task(serve(stop))
                try:
                    await self._read(parts, running)
                    yield parts
                finally:
                    stop.set()
                    await running

    async def _read(self, parts: Application, running: "asyncio.Task[None]") -> None:
        async with asyncio.timeout(PATIENCE):
            while not (await parts.shows.shows(None))[0].episodes:
                assert not running.done()
                await asyncio.sleep(_LOOK)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is looked for all the time, so that nobody waits here."""
    monkeypatch.setattr("bot.serving.Wakes", partial(Wakes, sweep=timedelta(seconds=0.2)))


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A show on a local web."""
    async with web_server() as web:
        web.pages |= published(web)
        yield Studio(web, tmp_path)


# ---------------------------------------------------------------- Discord


@dataclass
class OnDiscord:
    """A server and its people."""

    studio: Studio
    fake: FakeDiscord
    guild: Guild
    channel: Channel
    nell: Person

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[Application]:
        """The bot is on this Discord."""

        def platforms(parts: Application, events: Events) -> Mapping[str, Platform]:
            opened = DiscordPlatform(
                self.fake.world.token,
                office=parts.office,
                catalogue=parts.catalogue,
                clock=parts.clock,
                events=events,
                reads_all=False,
            )
            return {"discord": opened}

        settings = self.studio.settings(discord_token=self.fake.world.token)
        with aimed_at(self.fake.port, hurry=0.01):
            async with self.studio.awake(settings, platforms, self.fake.port) as parts:
                await self.fake.world.until(lambda: self.fake.gateway.live)
                yield parts

    async def asked(self, words: str) -> str:
        """Typed in the thread, to the bot; what it answers."""
        return await self.told(self.thread, words)

    async def told(self, where: Channel, words: str, **more: bytes) -> str:
        """Said to the bot; what it answers."""
        said = await self.nell.say(where, words, mentions=[self.fake.world.me], attachments=more)
        return "\n".join(seen.body(await self.nell.answer_to(said)))

    async def shown(self, outcome: Outcome, words: str) -> str:
        """What somebody sees once these words are there."""

        def there() -> str | None:
            text = self.nell.look(outcome.interaction).text
            return text if words in text else None

        return await self.fake.world.until(there, seconds=PATIENCE) or ""

    async def stands(self) -> None:
        """Until the overview stands, with its contents in its thread."""
        await self.fake.world.until(lambda: self.posted, seconds=PATIENCE)

    @property
    def card(self) -> Message:
        """The first overview in the channel."""
        return self.ours(self.channel)[0]

    @property
    def thread(self) -> Channel:
        """Below it."""
        return self.fake.thread(self.card)

    @property
    def posted(self) -> bool:
        """Whether the contents stand in the thread."""
        return any(one.id in self.fake.world.channels and self.ours(self.thread) for one in self.ours(self.channel))

    def ours(self, channel: Channel) -> list[Message]:
        """What the bot has said."""
        return [one for one in self.fake.messages(channel) if one.author == self.fake.world.me.id]


def server(studio: Studio, fake: FakeDiscord, name: str) -> OnDiscord:
    """A server that has invited the bot."""
    guild = fake.add_guild(name)
    channel = fake.add_channel(guild, "talks")
    fake.person("Mira", guild, Permission.MANAGE_GUILD)
    nell = fake.person("Nell", guild)
    nell.patience = PATIENCE
    fake.invite(guild)
    return OnDiscord(studio, fake, guild, channel, nell)


async def test_an_episode_on_discord(studio: Studio) -> None:
    """Found by name, posted once, read by chapters, asked about, in two servers, before and after a restart."""
    async with discord_server() as fake:
        here, there = server(studio, fake, "Harbour"), server(studio, fake, "Lighthouse")
        async with here.awake():
            await _found(here)
            await _posted(here)
            await _read(here)
            await _asked(here)
            await _given(here)
            requests = len(studio.web.asked)
            await _in_another_server(there, studio.link)
            assert len(studio.web.asked) == requests
        card = here.card
        async with here.awake():
            seen_now = await here.nell.choose(card, "Read a chapter", "6")
            assert "in the thread now" in await here.shown(seen_now, "in the thread")
            assert "Who decides" in await here.asked("глава 6")
            assert "Goodbye" in await there.asked("chapter 7")
        assert here.card.id == card.id


async def _found(here: OnDiscord) -> None:
    """The show and its episode are listed, with what is known of them."""
    listed = await here.nell.command("brief shows", channel=here.channel)
    assert "1 episode · 1 transcript" in await here.shown(listed, SHOW)
    listed = await here.nell.command("brief episodes", channel=here.channel, show=SHOW)
    assert f"{stamp(SPOKEN.utterances[-1].end)[4:8].lstrip('0')} · transcript" in await here.shown(listed, FACTS.title)


async def _posted(here: OnDiscord) -> None:
    """By name and by link it is one overview, with a picture, a thread, and the chapters of its publisher in it."""
    asked = await here.nell.command("brief episode", channel=here.channel, episode="why bells crack")
    await here.shown(asked, "The overview appears in")
    await here.stands()
    again = await here.nell.command("brief episode", channel=here.channel, episode=here.studio.link)
    await here.shown(again, "already, or on its way")
    card = "\n".join(seen.body(here.card))
    assert "Nora Quell with Tobin Harrow" in card
    assert "quotes exact" in card
    assert [upload.content[:4] for upload in here.card.uploads] == [PNG]
    (contents,) = here.ours(here.thread)
    lines = "\n".join(seen.body(contents))
    assert all(title in lines for title in TITLES if "ladders" not in title)
    assert f"{here.studio.link}#t=136" in lines


async def _read(here: OnDiscord) -> None:
    """A chapter is for all, once; who chooses it again is led to it."""
    chosen = await here.nell.choose(here.card, "Read a chapter", "2")
    await here.shown(chosen, "in the thread now")
    (_, chapter) = here.ours(here.thread)
    assert "chapter 2 of 7" in "\n".join(seen.body(chapter))
    again = await here.nell.choose(here.card, "Read a chapter", "2")
    assert chapter.id in await here.shown(again, "in the thread already")
    assert len(here.ours(here.thread)) == 2


async def _asked(here: OnDiscord) -> None:
    """Everything that can be typed, and a question: from the transcript, with times that lead to the moment."""
    around = await here.asked("chapter 0:40")
    assert "Why bells crack" in around
    assert "Said around 0:40" in around
    assert "A cracked bell is honest" in await here.asked("quote")
    assert "Tobin Harrow: guest" in await here.asked("who is Tobin Harrow")
    assert "Saint Oda" in await here.asked("people")
    answered = await here.asked("What did Tobin say about museums?")
    assert f"I have never met a village that voted for silence.” [4:21]({here.studio.link}#t=261)" in answered
    refused = await here.asked("transcript")
    assert "stays with the publisher" in refused
    assert len(refused.split()) < len(SPOKEN.utterances) * 4
    assert "What was said stays in its own language" in await here.asked("in Russian")
    assert here.ours(here.channel) == [here.card]


async def _given(here: OnDiscord) -> None:
    """A link to the bot is led to what stands; a transcript of one's own becomes an overview of one's own."""
    assert "stands in this channel already" in await here.told(here.channel, here.studio.link)
    await here.told(here.channel, "", **{"ice.vtt": vtt(russian()[1])})
    own: list[str] = []

    def stands() -> bool:
        own[:] = ["\n".join(seen.body(one)) for one in here.ours(here.channel) if "## ice" in seen.body(one)]
        return bool(own)

    await here.fake.world.until(stands, seconds=PATIENCE)
    assert "Вера Лозовая with Глеб Ремизов" in own[0]
    assert "From the transcript that was uploaded." in own[0]


async def _in_another_server(there: OnDiscord, link: str) -> None:
    """What is kept is posted there, too, and nothing is asked of the publisher."""
    await there.nell.command("brief episode", channel=there.channel, episode=link)
    await there.stands()
    assert "Why bells crack" in await there.asked("chapter 3")


# ---------------------------------------------------------------- Slack


async def test_an_episode_on_slack(studio: Studio) -> None:
    """The same in a workspace: a link, a card with its picture, chapters for all, questions, a restart."""
    async with slack_server() as fake:
        fake.world.limits.looks = 0
        team = fake.add_team("Harbour")
        channel = fake.add_channel(team, "talks")
        fake.install(team, by=fake.person("Mira", team, admin=True))
        fake.join(channel)
        nell = fake.person("Nell", team)
        nell.patience = PATIENCE
        slack = SlackSettings(bot_token=team.bot_token, app_token=fake.app_token, api=fake.api)

        def platforms(parts: Application, events: Events) -> Mapping[str, Platform]:
            opened = SlackPlatform(
                slack, office=parts.office, catalogue=parts.catalogue, clock=parts.clock, events=events
            )
            return {"slack": opened}

        async def posted() -> SlackMessage:
            """The card, once its contents follow it."""

            def stands() -> Any:
                ours = [one for one in fake.messages(channel) if fake.world.mine(one)]
                return ours[0] if ours and fake.replies(ours[0]) else None

            return cast("SlackMessage", await came(fake.world, stands, seconds=PATIENCE, what="a card", who=nell.user))

        async def asked(words: str) -> str:
            return (await nell.say(channel, f"@Counterpoint {words}", thread=card)).text

        async with studio.awake(studio.settings(slack=slack), platforms, urlsplit(fake.api).port or 0):
            await fake.world.until(lambda: fake.sockets.live, seconds=PATIENCE)
            await nell.command(f"/brief episode {studio.link}", channel)
            card = await posted()
            assert "quotes exact" in fake.seen(card, nell)
            assert "[picture] Time line of the episode" in fake.seen(card, nell)
            (contents,) = fake.replies(card)
            assert f"[2:16]({studio.link}#t=136)" in str(contents.blocks)
            chosen = await nell.choose(card, "Read a chapter", "2. Tobin at the stairs")
            assert "chapter 2 of 7" in chosen.text
            (_, chapter) = fake.replies(card)
            assert "Tobin at the stairs" in str(chapter.blocks)
            assert "never met a village that voted for silence" in await asked("What did Tobin say about museums?")
            assert "stays with the publisher" in await asked("transcript")
        async with studio.awake(studio.settings(slack=slack), platforms):
            await fake.world.until(lambda: fake.sockets.live, seconds=PATIENCE)
            assert "Tobin Harrow: guest" in await asked("who is Tobin Harrow")
            again = await nell.choose(card, "Read a chapter", "2. Tobin at the stairs")
            while "in the thread already" not in again.text:
                again = await nell.more(again)


# ---------------------------------------------------------------- a terminal


def test_an_episode_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A transcript becomes an overview, and what is kept can be asked as in its thread."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    (tmp_path / "bells.vtt").write_bytes(vtt())
    assert run(["episode", "bells.vtt", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert run(["ask", made["id"], "chapter 2"]) == 0
    assert "chapter 2 of 5 · 0:08 to 0:30" in capsys.readouterr().out
    assert run(["ask", made["id"], "What did Tobin say about museums?"]) == 0
    assert "voted for silence.” (4:21)" in " ".join(capsys.readouterr().out.split())
    assert run(["ask", made["id"], "transcript 3"]) == 0
    assert SPOKEN.utterances[-1].text in " ".join(capsys.readouterr().out.split())

"""Platforms as a story needs them: a bot that is a process, and a person in front of it. One class a platform."""

import asyncio
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from tests.fakes.discord import Channel, FakeDiscord, Guild, Message, Outcome, Permission, Person, seen

SAMPLE = Path(__file__).parents[2] / "adapters" / "roster" / "sample" / "roster.toml"
PATIENCE = 60.0
"""Seconds that anything may take here: several processes share two cores."""
_SOURCES = 12
"""Of the sample that can be read."""
_LOOK = 0.05


class Stage(Protocol):
    """What happens in the story, in the platform's own gestures. Everything returns what the person then reads."""

    remembers: bool
    """What was posted is still there after a crash, so that the rest can follow it; a terminal is another one then."""

    async def install(self, at: datetime) -> str:
        """Start the bot and bring it where it is to be; how it introduces itself."""
        ...

    async def set_up(self) -> tuple[str, int]:
        """Have editions brought here, at seven and at six in Tokyo; the preview, and how many actions it took."""
        ...

    async def restart(self, at: datetime, *, upgraded: bool = False) -> None:
        """End the bot politely and start it again at another instant, perhaps as a later version."""
        ...

    async def edition(self) -> list[str]:
        """The messages of the first edition that arrives here, in order, card first."""
        ...

    async def look_up(self, what: str, story: int) -> str:
        """`sources` or `counter` of a story of that edition, by button where there are buttons."""
        ...

    async def write(self, words: str) -> str:
        """Write something under that edition."""
        ...

    async def ask(self, question: str) -> str:
        """Ask the bot by its name, under that edition."""
        ...

    async def another(self, topic: str, hours: int) -> str:
        """Ask for an edition now; what is shown."""
        ...

    async def publish_and_kill(self) -> None:
        """Have it posted here, and kill the bot in the middle of it."""
        ...

    async def published(self, at: datetime) -> list[str]:
        """Start it again: all messages of that posting, once all are there, in order."""
        ...

    async def close(self) -> None:
        """The end."""
        ...


@dataclass(slots=True)
class Bot:
    """The process, with a database of its own."""

    folder: Path
    discord: str = "-"
    """Port of the Discord it runs on."""
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def settings(self) -> dict[str, str]:
        """Its environment."""
        # What these processes run is measured elsewhere; under coverage each takes twice as long to start.
        own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        return {
            **own,
            "DATABASE_URL": f"sqlite:///{self.folder}/bot.db",
            "COUNTERPOINT_ROSTER": str(SAMPLE),
            "COUNTERPOINT_LISTEN": "off",
            **self.environment,
        }

    def start(self, at: datetime, *flags: str, terminal: int | None = None) -> None:
        """Start it at an instant; with `terminal`, in front of one."""
        self.starts += 1
        end = subprocess.DEVNULL if terminal is None else terminal
        with self._journal.open("w") as journal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.scenario.bot_at", at.isoformat(), self.discord, "run", *flags],
                env=self.settings(),
                stdin=end,
                stdout=end,
                stderr=journal,
            )

    async def command(self, at: datetime, *words: str) -> str:
        """What a command of the program prints, at an instant, on the same database."""
        made = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.scenario.bot_at", at.isoformat(), "-", *words),
            env=self.settings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = await made.communicate()
        assert made.returncode == 0, err.decode()
        return out.decode()

    def kill(self) -> None:
        """At once, with no time for anything."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Politely; it has to end well."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(self.process.wait, PATIENCE) == 0, self.said()

    async def dead(self) -> None:
        """Until it was killed."""
        assert self.process is not None
        assert await asyncio.to_thread(self.process.wait, PATIENCE) == -signal.SIGKILL, self.said()
        with closing(sqlite3.connect(self.folder / "bot.db")) as connection, connection:
            # The minute that its lease still runs, nobody wants to wait here.
            past = "2020-01-01T00:00:00.000000Z"
            connection.execute("UPDATE deliveries SET lease_until = ? WHERE lease_until IS NOT NULL", (past,))

    @property
    def _journal(self) -> Path:
        return self.folder / f"journal-{self.starts}.txt"

    def said(self) -> str:
        """Its journal."""
        return self._journal.read_text()

    def events(self, name: str) -> list[dict[str, Any]]:
        """What it told of one kind."""
        lines = (line for line in self.said().splitlines() if line.startswith("{") and line.endswith("}"))
        return [line for line in map(json.loads, lines) if line["event"] == name]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What its database holds."""
        with closing(sqlite3.connect(self.folder / "bot.db")) as connection:
            return connection.execute(query).fetchall()

    async def up(self, platform: str) -> None:
        """Until a platform listens."""
        await self.until(lambda: any(e["platform"] == platform for e in self.events("platform_up")), platform)

    async def read(self) -> None:
        """Until every source was asked once."""
        query = "SELECT count(*) FROM sources WHERE last_gathered IS NOT NULL"
        await self.until(lambda: self.rows(query)[0][0] >= _SOURCES, "the sources")

    async def settled(self) -> None:
        """Until nothing is on its way any more."""
        query = "SELECT count(*) FROM postings WHERE state IN ('composed', 'intent')"
        await self.until(lambda: self.rows(query)[0][0] == 0, "all messages")

    async def until(self, found: Callable[[], object], what: str) -> None:
        """Wait while it runs."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not found():
                    assert self.process is not None
                    assert self.process.poll() is None, self.said()
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            raise AssertionError(f"waited for {what}\n{self.said()}") from None


# ---------------------------------------------------------------- the terminal


@dataclass(slots=True)
class Terminal:
    """A person in front of a terminal: buttons are words, commands are those of the program."""

    bot: Bot
    remembers: bool = False
    _at: datetime | None = None
    _keyboard: int = -1
    _seen: str = ""
    _killing: bool = False

    async def install(self, at: datetime) -> str:
        """Nothing but to start it."""
        self._open(at)
        await self.bot.up("console")
        await self.bot.read()
        return self.bot.said()

    async def set_up(self) -> tuple[str, int]:
        """Two commands."""
        assert self._at is not None
        await self.bot.command(self._at, *["subscribe", "--zone", "Asia/Tokyo", "--am", "07:00", "--pm", "18:00"])
        return await self.bot.command(self._at, "preview"), 2

    async def restart(self, at: datetime, *, upgraded: bool = False) -> None:
        """In a new terminal."""
        del upgraded  # the console registers nothing
        await self.bot.stop()
        self._open(at)
        await self.bot.up("console")

    async def edition(self) -> list[str]:
        """Each message begins with a heavy line."""
        await self.bot.until(lambda: self.bot.events("posted"), "an edition")
        await self.bot.settled()
        return _messages(self._seen)

    async def look_up(self, what: str, story: int) -> str:
        """Typed."""
        return await self.write(f"{what} {story}")

    async def write(self, words: str) -> str:
        """Typed, and what follows."""
        before = len(self._seen)
        os.write(self._keyboard, f"{words}\n".encode())
        await self.bot.until(lambda: self._answered(before, words), f"an answer to {words!r}")
        return self._seen[before:]

    def _answered(self, before: int, words: str) -> bool:
        # The terminal shows what is typed; every answer ends with what to type next.
        return "Type:" in self._seen[before:].replace(words, "", 1)

    async def ask(self, question: str) -> str:
        """There is nobody else to talk to."""
        return await self.write(question)

    async def another(self, topic: str, hours: int) -> str:
        """Printed by a command."""
        assert self._at is not None
        return await self.bot.command(self._at, "brief", "--no-gather", "--topic", topic, "--hours", str(hours))

    async def publish_and_kill(self) -> None:
        """By a command; it is killed when its second message appears."""
        assert self._at is not None
        self._seen, self._killing = "", True
        await self.bot.command(self._at, "post", "latest")
        await self.bot.dead()

    async def published(self, at: datetime) -> list[str]:
        """What the killed process had printed, and what the new one goes on with."""
        before, self._killing = self._seen, False
        self._open(at)
        await self.bot.up("console")
        await self.bot.settled()
        await asyncio.sleep(1.0)
        return _messages(before) + _messages(self._seen)

    async def close(self) -> None:
        """End it."""
        await self.bot.stop()

    def _open(self, at: datetime) -> None:
        if self._keyboard != -1:
            asyncio.get_running_loop().remove_reader(self._keyboard)
            os.close(self._keyboard)
        self._keyboard, end = pty.openpty()
        self._at, self._seen = at, ""
        self.bot.start(at, terminal=end)
        os.close(end)
        asyncio.get_running_loop().add_reader(self._keyboard, self._hear)

    def _hear(self) -> None:
        try:
            self._seen += os.read(self._keyboard, 65536).decode(errors="replace").replace("\r\n", "\n")
        except OSError:  # nobody is behind it any more
            asyncio.get_running_loop().remove_reader(self._keyboard)
        if self._killing and len(_messages(self._seen)) > 1:
            self._killing = False
            self.bot.kill()


def _messages(printed: str) -> list[str]:
    """What a terminal shows, message by message."""
    return re.split(r"(?m)^(?=━━ )", re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", printed))[1:]


# ---------------------------------------------------------------- Discord


@dataclass(slots=True)
class OnDiscord:
    """A server whose manager installs the bot, and a member who argues with it."""

    fake: FakeDiscord
    bot: Bot
    guild: Guild
    channel: Channel
    manager: Person
    member: Person
    remembers: bool = True
    _card: Message | None = None
    _shown: Outcome | None = None
    _before: int = 0

    @classmethod
    def on(cls, fake: FakeDiscord, folder: Path) -> "OnDiscord":
        """A server with a channel; the bot is not there yet."""
        guild = fake.add_guild("Harbour", locale="ja")
        fake.add_channel(guild, "general")
        channel = fake.add_channel(guild, "briefings")
        manager = fake.person("Mira", guild, Permission.MANAGE_GUILD)
        member = fake.person("Tom", guild)
        manager.patience = member.patience = PATIENCE
        bot = Bot(folder, str(fake.port), {"DISCORD_TOKEN": fake.world.token})
        return cls(fake, bot, guild, channel, manager, member)

    async def install(self, at: datetime) -> str:
        """Started, then invited."""
        self.bot.start(at, "--no-console")
        await self._connected()
        self.fake.invite(self.guild)
        await self.bot.read()
        channels = (self.fake.channel(key) for key in self.guild.channels)
        return "\n".join(self.fake.seen(channel, self.manager) for channel in channels)

    async def set_up(self) -> tuple[str, int]:
        """The command, the channel, the time, and save."""
        form = (await self.manager.command("brief setup")).message
        assert form.only_for == self.manager.id
        await self._changed(form, self.manager.choose(form, "Choose a channel", self.channel.id))
        await self._changed(form, self.manager.choose(form, "What time is it where you read?", "Asia/Tokyo"))
        await self._changed(form, self.manager.press(form, "Save and preview"))
        await self.bot.until(lambda: "Wait for the first" in _read(form), "a preview")
        return _read(form), 4

    async def _changed(self, message: Message, deed: Awaitable[object]) -> None:
        """Until what a person did has changed a message."""
        before = message.edits
        await deed
        await self.bot.until(lambda: message.edits > before, "a changed form")

    async def restart(self, at: datetime, *, upgraded: bool = False) -> None:
        """An earlier version had registered other commands."""
        await self.bot.stop()
        if upgraded:
            commands = self.fake.world.commands[None]
            commands[0] = {**commands[0], "description": "What an earlier version said"}
        self.bot.start(at, "--no-console")
        await self._connected()

    async def edition(self) -> list[str]:
        """The card in the channel and everything in its thread."""
        await self.bot.until(lambda: self.fake.messages(self.channel), "a card")
        await self.bot.settled()
        (self._card,) = self.fake.messages(self.channel)
        return self._thread(self._card)

    def _thread(self, card: Message) -> list[str]:
        parts = [card, *self.fake.messages(self.fake.thread(card))]
        return [_read(one) for one in parts if one.author == self.fake.world.me.id]

    async def look_up(self, what: str, story: int) -> str:
        """Pressed under the story: for the presser only."""
        assert self._card is not None
        label = {"sources": "Sources", "counter": "Counter view"}[what]
        outcome = await self.member.press(self.fake.messages(self.fake.thread(self._card))[story - 1], label)
        assert outcome.private
        return outcome.text

    async def write(self, words: str) -> str:
        """A plain reply in the thread pings nobody, and needs no button. Without the intent it has to name the bot."""
        return await self.ask(words)

    async def ask(self, question: str) -> str:
        """By mention, in the thread."""
        assert self._card is not None
        thread = self.fake.thread(self._card)
        said = await self.member.say(thread, question, mentions=[self.fake.world.me])
        answer = await self.member.answer_to(said)
        return _read(answer)

    async def another(self, topic: str, hours: int) -> str:
        """A private card."""
        self._shown = await self.member.command("brief now", channel=self.channel, topic=topic, hours=hours)
        assert self._shown.private
        return self._shown.text

    async def publish_and_kill(self) -> None:
        """Pressed; the bot is killed when its second message was taken and not yet answered."""
        assert self._shown is not None
        taken: list[str] = []
        self._before = len(self.fake.messages(self.channel))

        def ambush(message: object) -> None:
            taken.append(str(message))
            if len(taken) == 2:
                self.bot.kill()

        self.fake.world.on_taken.append(ambush)
        await self.member.press(self._shown.message, "Post here", until="sent")
        await self.bot.dead()
        self.fake.world.on_taken.remove(ambush)

    async def published(self, at: datetime) -> list[str]:
        """The thread of every card that came since."""
        self.bot.start(at, "--no-console")
        await self._connected()
        await self.bot.settled()
        return [text for card in self.fake.messages(self.channel)[self._before :] for text in self._thread(card)]

    async def close(self) -> None:
        """End it."""
        await self.bot.stop()

    async def _connected(self) -> None:
        await self.bot.until(lambda: self.fake.gateway.live, "the gateway")


def _read(message: Message) -> str:
    return "\n".join(seen.body(message))

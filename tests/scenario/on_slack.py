"""A workspace as a story needs it; see `stages`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.people_watching import Outcome
from tests.fakes.slack.state import Channel, Message, Team
from tests.scenario.stages import PATIENCE, Bot


@dataclass(slots=True)
class OnSlack:
    """A workspace whose admin installed the bot, and a member who argues with it."""

    fake: FakeSlack
    bot: Bot
    team: Team
    channel: Channel
    admin: Person
    member: Person
    remembers: bool = True
    _card: Message | None = None
    _shown: Outcome | None = None
    _before: int = 0

    @classmethod
    def on(cls, fake: FakeSlack, folder: Path) -> "OnSlack":
        """A workspace with a channel; the app is installed, and the bot does not run yet."""
        team = fake.add_team("Harbour")
        channel = fake.add_channel(team, "briefings")
        admin = fake.person("Mira", team, admin=True, zone="Asia/Tokyo")
        member = fake.person("Tom", team)
        admin.patience = member.patience = PATIENCE
        fake.install(team, by=admin)
        environment = {
            "SLACK_BOT_TOKEN": team.bot_token,
            "SLACK_APP_TOKEN": fake.app_token,
            "SLACK_API_URL": fake.api,
        }
        return cls(fake, Bot(folder, environment=environment), team, channel, admin, member)

    async def install(self, at: datetime) -> str:
        """Started; then somebody opens its Home."""
        self.bot.start(at, "--no-console")
        await self._connected()
        await self.bot.read()
        return (await self.admin.open_home()).text

    async def set_up(self) -> tuple[str, int]:
        """Set up, a channel, save."""
        home = await self.admin.open_home()
        form = await self.admin.press(home, "Set up")
        await self.admin.choose(form, "Channel", self.channel.id)
        shown = await self.admin.submit(form)
        while "Wait for the first" not in shown.text:
            shown = await self.admin.more(shown)
        return shown.text, 3

    async def restart(self, at: datetime, *, upgraded: bool = False) -> None:
        """A later version knows what an earlier one has sent: it registers nothing."""
        del upgraded
        await self.bot.stop()
        self.bot.start(at, "--no-console")
        await self._connected()

    async def edition(self) -> list[str]:
        """The parent in the channel and everything in its thread."""
        await self.bot.until(self._cards, "a card")
        await self.bot.settled()
        (self._card,) = self._cards()
        return self._thread(self._card)

    def _cards(self) -> list[Message]:
        return [message for message in self.fake.messages(self.channel) if self.fake.world.mine(message)]

    def _thread(self, card: Message) -> list[str]:
        replies = [one for one in self.fake.replies(card) if self.fake.world.mine(one) and _is_part(one)]
        # Above each message stands who wrote it.
        return [self.fake.seen(one, self.member).partition("\n")[2] for one in (card, *replies)]

    async def look_up(self, what: str, story: int) -> str:
        """By the menu of a story's line."""
        assert self._card is not None
        entry = {"sources": "Sources", "counter": "Counter view"}[what]
        shown = await self.member.press(self._card, entry, story=story)
        assert shown.private
        await self.member.close()
        return shown.text

    async def write(self, words: str) -> str:
        """In the thread."""
        assert self._card is not None
        return (await self.member.say(self.channel, words, thread=self._card)).text

    async def ask(self, question: str) -> str:
        """By mention."""
        return await self.write(f"@Counterpoint {question}")

    async def another(self, topic: str, hours: int) -> str:
        """By the command, in the channel."""
        self._shown = await self.member.command(f"/brief now {topic} {hours}h", self.channel)
        while "Post here" not in self._shown.text:
            self._shown = await self.member.more(self._shown)
        assert self._shown.private
        return self._shown.text

    async def publish_and_kill(self) -> None:
        """Pressed; the bot is killed when its second message was taken and not yet answered."""
        assert self._shown is not None
        taken: list[str] = []
        self._before = len(self._cards())

        def ambush(message: object) -> None:
            taken.append(str(message))
            if len(taken) == 2:
                self.bot.kill()

        self.fake.world.on_taken.append(ambush)
        await self.member.submit(self._shown, until="sent")
        await self.bot.dead()
        self.fake.world.on_taken.remove(ambush)

    async def published(self, at: datetime) -> list[str]:
        """The thread of every card that came since."""
        self.bot.start(at, "--no-console")
        await self._connected()
        await self.bot.settled()
        return [text for card in self._cards()[self._before :] for text in self._thread(card)]

    async def close(self) -> None:
        """End it."""
        await self.bot.stop()

    async def _connected(self) -> None:
        await self.bot.up("slack")
        await self.bot.until(lambda: self.fake.sockets.live, "a socket")


def _is_part(message: Message) -> bool:
    return (message.metadata or {}).get("event_type") == "briefing_part"

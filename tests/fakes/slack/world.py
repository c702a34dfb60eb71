"""The state of a Slack: workspaces, channels, people, messages, views. It survives every client."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.ports.clock import Clock
from tests.fakes.clock import FakeClock
from tests.fakes.slack.state import (
    App,
    Channel,
    Code,
    File,
    Member,
    Message,
    Pings,
    ResponseUrl,
    Status,
    Stream,
    Taken,
    Team,
    Thread,
    Token,
    Trigger,
    User,
    View,
)

__all__ = [
    "App",
    "Channel",
    "Code",
    "File",
    "Limits",
    "Member",
    "Message",
    "Pings",
    "ResponseUrl",
    "Status",
    "Stream",
    "Taken",
    "Team",
    "Thread",
    "Token",
    "Trigger",
    "User",
    "View",
    "World",
]

T = TypeVar("T")
Event = Mapping[str, Any]


@dataclass(slots=True)
class Limits:
    """Times that Slack gives, and sizes that are known from reports only."""

    trigger: timedelta = timedelta(seconds=3)
    response_url: timedelta = timedelta(minutes=30)
    response_url_uses: int = 5
    stream: timedelta = timedelta(minutes=5)
    all_blocks: int = 13_200
    """Characters over all blocks of a message: `msg_blocks_too_long`."""
    text: int = 40_000
    largest_file: int = 1024 * 1024 * 1024
    looks: int = 1
    """How many messages that show a new file are refused before it may be shown."""


class World:
    """Everything there is. Every change ends with `touch()`, which wakes whoever waits in `until`."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.limits = Limits()
        self.address = ""
        """Of the server, such as `http://127.0.0.1:4711`, once there is one."""
        self._last_id = 0
        self._last_ts = 0
        self.app = App(
            "A0COUNTER", "Counterpoint", "1000.2000", "fake-client-secret", "fake-signing-secret", "xapp-1-A0"
        )
        self.tokens: dict[str, Token] = {}
        self.add_token(self.app.app_token, "app", None, None, self.app.app_token_scopes)
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[tuple[str, str], Message] = {}
        """By channel and `ts`."""
        self.views: dict[str, View] = {}
        self.modals: dict[tuple[str, str], list[str]] = {}
        """Ids of the open modals of a person (team, user), the visible one last."""
        self.homes: dict[tuple[str, str], str] = {}
        """Ids of the published App Homes."""
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, File] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        """By channel and thread."""
        self.prompts: dict[tuple[str, str | None], dict[str, Any]] = {}
        """Suggested prompts by channel and thread."""
        self.titles: dict[tuple[str, str], str] = {}
        self.sessions: dict[tuple[str, str], str] = {}
        """States of an agent's sessions by channel and thread: `processing`, `active`, `suspended`, `closed`."""
        self.codes: dict[str, Code] = {}
        """Codes of OAuth that were not used yet."""
        self.refreshes: dict[str, str] = {}
        """Refresh tokens that were not used yet, and the workspaces they are for."""
        self.on_socket: Callable[[], str] | None = None
        """Gives the address for one more connection of Socket Mode; None: there are none."""
        self.journal: list[Taken] = []
        self.on_taken: list[Callable[[Taken], None]] = []
        self.on_event: list[Callable[[Team, Event], None]] = []
        """Called with every event of the Events API, whether or not the application subscribed to it."""
        self._waiting: list[asyncio.Future[None]] = []

    # ------------------------------------------------------------ ids, time, news

    def new_id(self, prefix: str) -> str:
        """The next id, such as `C00000007`."""
        self._last_id += 1
        return f"{prefix}{self._last_id:08d}"

    def new_ts(self) -> str:
        """The clock's instant as Slack writes it; later ones are always larger."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(self._last_ts + 1, micros)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        """Whole seconds of the clock."""
        return int(self.clock.now().timestamp())

    def touch(self) -> None:
        """Something has changed."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    def emit(self, team: Team, event: Event) -> None:
        """Something happened that applications may be told: the inner event, with its `type`."""
        for listener in list(self.on_event):
            listener(team, event)
        self.touch()

    async def until(self, found: Callable[[], T], *, seconds: float = 15.0) -> T:
        """What `found` gives, once it gives something true.

        Raises:
            TimeoutError: it did not within these (real) seconds.
        """
        async with asyncio.timeout(seconds):
            while not (value := found()):
                future = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
        return value

    # ------------------------------------------------------------ what there is

    def add_team(self, name: str, *, enterprise: str | None = None) -> Team:
        """A workspace with a #general; the application is not installed."""
        domain = "".join(c for c in name.lower() if c.isalnum()) or "team"
        team = Team(self.new_id("T"), name, domain, enterprise)
        self.teams[team.id] = team
        self.add_channel(team, "general").general = True
        return team

    def add_user(self, name: str, team: Team, *, bot_id: str | None = None, **known: Any) -> User:
        """Somebody new; people are in all public channels. `known`: locale, zone, admin, owner."""
        user = User(self.new_id("U"), team.id, name, bot_id=bot_id, **known)
        self.users[user.id] = user
        team.users.append(user.id)
        for channel in (self.channels[one] for one in team.channels):
            if not (user.bot or channel.private or channel.direct):
                self.add_member(channel, user.id)
        self.touch()
        return user

    def add_channel(self, team: Team, name: str, *, private: bool = False, archived: bool = False) -> Channel:
        """A channel; everybody is in a public one, nobody in a private one."""
        channel = Channel(self.new_id("C"), team.id, name, self.seconds(), private, archived)
        self.channels[channel.id] = channel
        team.channels.append(channel.id)
        for user in (self.users[one] for one in team.users):
            if not (user.bot or private):
                self.add_member(channel, user.id)
        return channel

    def add_member(self, channel: Channel, user: str) -> Member:
        """Somebody is in a channel from now on."""
        return channel.members.setdefault(user, Member(user, self.new_ts()))

    def direct(self, user: str) -> Channel:
        """The direct messages between the application and somebody."""
        for channel in self.channels.values():
            if channel.partner == user:
                return channel
        team = self.teams[self.users[user].team]
        channel = Channel(self.new_id("D"), team.id, "", self.seconds(), partner=user)
        self.channels[channel.id] = channel
        for one in (user, team.bot_user):
            self.add_member(channel, one)
        return channel

    def add_token(self, value: str, kind: str, team: str | None, user: str | None, scopes: Iterable[str]) -> Token:
        """A token that is good from now on."""
        self.tokens[value] = Token(value, kind, team, user, frozenset(scopes))
        return self.tokens[value]

    def add_message(self, message: Message, method: str = "") -> Message:
        """A message stands there. `method`: the call that took it from the application, for the journal."""
        channel = self.channels[message.channel]
        self.messages[message.key] = message
        (channel.messages if message.only_for is None else channel.asides).append(message.ts)
        if method:
            self._note(message, method)
        self.touch()
        return message

    def _note(self, message: Message, method: str) -> None:
        payload = (message.metadata or {}).get("event_payload") or {}
        key = payload.get("key") if isinstance(payload, Mapping) else None
        taken = Taken(
            message.ts,
            message.channel,
            message.team,
            message.thread_ts,
            key,
            self.clock.now(),
            message.text,
            method,
        )
        self.journal.append(taken)
        for heard in list(self.on_taken):
            heard(taken)

    def add_code(self, team: str, user: str, scopes: Iterable[str], redirect: str | None = None) -> Code:
        """Somebody has let the application in, in a browser; `redirect`: where that led back to."""
        code = Code(self.new_id("code"), team, user, frozenset(scopes), redirect)
        self.codes[code.value] = code
        return code

    def add_trigger(self, team: str, user: str, view: str | None = None) -> Trigger:
        """A person did something; `view` is the modal it was done in."""
        trigger = Trigger(self.new_id("1000.2000."), team, user, self.clock.now(), view)
        self.triggers[trigger.id] = trigger
        return trigger

    def add_response_url(
        self, team: str, user: str, channel: str, *, message: str | None = None, thread: str | None = None
    ) -> str:
        """The address by which a press or a command is answered."""
        one = ResponseUrl(self.new_id("R"), team, user, channel, self.clock.now(), message, thread)
        self.response_urls[one.id] = one
        return f"{self.address}/response/{one.id}"

    # ------------------------------------------------------------ looking up

    def message(self, channel: str, ts: str) -> Message | None:
        """A message that stands there."""
        found = self.messages.get((channel, ts))
        return None if found is None or found.deleted else found

    def history(self, channel: Channel) -> list[Message]:
        """What stands in a channel itself and everybody sees, oldest first; tombstones and broadcast replies, too."""
        found = (self.messages[channel.id, ts] for ts in channel.messages)
        return [m for m in found if (not m.deleted or m.tombstone) and (m.thread_ts is None or m.broadcast)]

    def replies(self, thread: Thread) -> list[Message]:
        """The parent of a thread, and what everybody sees in it, oldest first."""
        found = (self.messages[thread.channel, ts] for ts in self.channels[thread.channel].messages)
        return [m for m in found if (not m.deleted or m.tombstone) and m.thread == thread]

    def asides(self, channel: Channel, user: str) -> list[Message]:
        """What only this person sees in a channel and its threads, oldest first."""
        found = (self.messages[channel.id, ts] for ts in channel.asides)
        return [m for m in found if m.only_for == user and not m.deleted]

    def modal(self, user: User) -> View | None:
        """The modal that somebody sees."""
        stack = self.modals.get((user.team, user.id))
        return self.views[stack[-1]] if stack else None

    def home(self, user: User) -> View | None:
        """Somebody's App Home."""
        return self.views.get(self.homes.get((user.team, user.id), ""))

    def bot_of(self, team: str) -> User | None:
        """The application's user in a workspace."""
        return self.users.get(self.teams[team].bot_user)

    def mine(self, message: Message) -> bool:
        """Whether the application wrote it."""
        return message.bot_id is not None and message.bot_id == self.teams[message.team].bot_id

    def pings(self) -> dict[tuple[str, str], Pings]:
        """By channel and `ts`: messages of the application that would have notified somebody."""
        return {m.key: m.pings for m in self.messages.values() if m.pings and self.mine(m)}

    def unfurls(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """By channel and `ts`: messages of the application below which pages would have been shown."""
        return {m.key: m.unfurls for m in self.messages.values() if m.unfurls and self.mine(m)}

    def now(self) -> datetime:
        """The clock's instant."""
        return self.clock.now()

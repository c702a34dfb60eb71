"""The state of a Discord: servers, channels, people, messages, interactions. It survives every client."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, TypeVar

from bot.ports.clock import Clock
from tests.fakes.clock import FakeClock
from tests.fakes.discord.permissions import NOTHING, PEOPLE, Permission, in_channel, in_guild

EPOCH = 1_420_070_400_000
"""Milliseconds: the beginning of Discord's ids."""
CV2, EPHEMERAL, LOADING, SILENT = 1 << 15, 1 << 6, 1 << 7, 1 << 12
SUPPRESS_EMBEDS, HAS_THREAD, IS_CROSSPOSTED = 1 << 2, 1 << 5, 1 << 0
REQUIRE_TAG = 1 << 4
T = TypeVar("T")


class Kind(IntEnum):
    """Types of channels, as Discord numbers them."""

    TEXT = 0
    DM = 1
    NEWS = 5
    NEWS_THREAD = 10
    THREAD = 11
    FORUM = 15


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False
    dms_open: bool = True
    installed: bool = False
    """Has the application installed for themselves."""


@dataclass(slots=True)
class Role:
    """A role; the one with the server's id is everybody's."""

    id: str
    name: str
    permissions: Permission
    mentionable: bool = False
    managed_by: str | None = None


@dataclass(slots=True)
class Member:
    """A user in a server."""

    user: User
    roles: list[str]
    since: datetime


@dataclass(slots=True)
class Guild:
    """A server. The bot is in it once it was invited."""

    id: str
    name: str
    owner: str
    locale: str = "en-US"
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)
    members_role: str = ""
    """What everybody but bots has."""
    available: bool = True
    premium_tier: int = 0
    system_channel: str | None = None
    """Where Discord itself greets people, and bots say hello."""


@dataclass(slots=True)
class Channel:
    """A channel, a thread (`parent` is set) or a direct message (`recipient` is set)."""

    id: str
    kind: Kind
    name: str
    guild: str | None = None
    parent: str | None = None
    recipient: str | None = None
    overwrites: dict[str, tuple[Permission, Permission]] = field(default_factory=dict)
    """By role or person: allowed, denied."""
    tags: dict[str, str] = field(default_factory=dict)
    """Of a forum: names by id."""
    require_tag: bool = False
    owner: str = ""
    archived: bool = False
    locked: bool = False
    auto_archive: int = 4320
    applied: list[str] = field(default_factory=list)
    followers: list[str] = field(default_factory=list)
    """Who follows this thread."""
    touched: datetime | None = None
    sent: int = 0
    messages: list[str] = field(default_factory=list)
    """Ids, oldest first; without those that only one person sees."""
    asides: list[str] = field(default_factory=list)
    """Ids of those."""

    @property
    def is_thread(self) -> bool:
        """Whether it hangs on another channel."""
        return self.kind in {Kind.THREAD, Kind.NEWS_THREAD}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a message."""

    id: str
    name: str
    size: int
    description: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pings:
    """Who would have been notified by a message."""

    everyone: bool = False
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.everyone or bool(self.users or self.roles)

    def __or__(self, other: "Pings") -> "Pings":
        users = dict.fromkeys((*self.users, *other.users))
        roles = dict.fromkeys((*self.roles, *other.roles))
        return Pings(self.everyone or other.everyone, tuple(users), tuple(roles))


@dataclass(slots=True)
class Message:
    """A message; `payload` is the body of the request that made or last changed it."""

    id: str
    channel: str
    author: str
    at: datetime
    content: str = ""
    components: list[dict[str, Any]] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    kind: int = 0
    """0 plain, 19 a reply, 20 answer to a command, 21 the first line of a thread, 18 "started a thread"."""
    uploads: list[Upload] = field(default_factory=list)
    reference: str | None = None
    nonce: str | None = None
    mentions: list[str] = field(default_factory=list)
    pings: Pings = field(default_factory=Pings)
    interaction: str | None = None
    """It answers this interaction."""
    only_for: str | None = None
    """Only this person sees it."""
    thread: str | None = None
    edited: datetime | None = None
    edits: int = 0
    deleted: bool = False
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Sent without a notification."""
        return bool(self.flags & SILENT)


@dataclass(slots=True)
class Interaction:
    """A press, a command, a form: what the bot may still do with it."""

    id: str
    token: str
    kind: int
    """2 command, 3 component, 4 completion, 5 form."""
    user: str
    guild: str | None
    channel: str
    at: datetime
    data: Mapping[str, Any]
    message: str | None = None
    """The message with the pressed thing."""
    by_user_install: bool = False
    acknowledged: int | None = None
    """Type of the first answer."""
    private: bool = False
    original: str | None = None
    """Id of the answer's message."""
    follow_ups: list[str] = field(default_factory=list)
    modal: Mapping[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    shown: list[str] = field(default_factory=list)
    """Messages that were shown or changed for it, in order."""
    changes: int = 0
    """How often something was shown, changed or taken back."""


@dataclass(slots=True)
class Portal:
    """What the developer portal says about the application."""

    message_content: bool = False
    members: bool = False
    presences: bool = False
    nonce_window: timedelta = timedelta(minutes=5)
    largest_file: int = 10 * 1024 * 1024
    largest_request: int = 25 * 1024 * 1024
    creates_a_day: int = 200
    reads_within: timedelta = timedelta(seconds=3)
    """An interaction must be acknowledged within this."""
    token_life: timedelta = timedelta(minutes=15)
    invalid_requests: int = 10_000
    """Answers 401, 403, 429 in ten minutes that lead to a ban."""
    shards: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken."""

    message: str
    channel: str
    nonce: str | None
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that clients are told. `message` is set where text may have to be hidden from them."""

    name: str
    guild: str | None
    data: Mapping[str, Any]
    message: str | None = None


Listener = Callable[[Event], None]


class World:
    """Everything there is. Every change ends with `touch()`, which wakes whoever waits in `until`."""

    def __init__(self, clock: Clock | None = None, token: str = "fake-token") -> None:
        self.clock = clock or FakeClock()
        self.token = token
        self.portal = Portal()
        self._last_id = 0
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        self.interactions: dict[str, Interaction] = {}
        self.tokens: dict[str, Interaction] = {}
        self.commands: dict[str | None, list[dict[str, Any]]] = {None: []}
        """Registered commands by server; None: everywhere."""
        self.creates: list[tuple[datetime, str | None]] = []
        self.crossposts: list[tuple[datetime, str]] = []
        self.attachments: dict[str, Upload] = {}
        """Files that people put into forms and commands."""
        self.cdn: str | None = None
        """Where those files are fetched from, once there is a server."""
        self.journal: list[Taken] = []
        self.on_taken: list[Callable[[Taken], None]] = []
        self.listeners: list[Listener] = []
        self._waiting: list[asyncio.Future[None]] = []
        self.me = self.add_user("Counterpoint", bot=True)

    # ------------------------------------------------------------ ids, time, news

    def new_id(self) -> str:
        """The next snowflake: later ones are larger, its time is the clock's."""
        milliseconds = int(self.clock.now().timestamp() * 1000) - EPOCH
        self._last_id = max(self._last_id + 1, milliseconds << 22)
        return str(self._last_id)

    def touch(self) -> None:
        """Something has changed."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    def emit(self, name: str, guild: str | None, data: Mapping[str, Any], message: str | None = None) -> None:
        """Tell the clients."""
        for listener in list(self.listeners):
            listener(Event(name, guild, data, message))
        self.touch()

    async def until(self, found: Callable[[], T], *, seconds: float = 5.0) -> T:
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

    def add_user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        """Somebody new."""
        user = User(self.new_id(), name, locale, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, locale: str = "en-US", owner: User | None = None) -> Guild:
        """A server; the bot is not in it."""
        owner = owner or self.add_user(f"{name}-owner", locale=locale)
        guild = Guild(self.new_id(), name, owner.id, locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", NOTHING)
        guild.members_role = self.add_role(guild, "Members", PEOPLE).id
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        return guild

    def add_role(
        self, guild: Guild, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False
    ) -> Role:
        """A role of a server."""
        role = Role(self.new_id(), name, permissions, mentionable)
        guild.roles[role.id] = role
        return role

    def add_member(self, guild: Guild, user: User, roles: Iterable[str] = ()) -> Member:
        """Somebody joins a server. What people may do comes from a role that bots do not have: theirs is exact."""
        given = [*roles] if user.bot else [guild.members_role, *roles]
        guild.members[user.id] = Member(user, given, self.clock.now())
        return guild.members[user.id]

    def add_channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT, *, tags: Iterable[str] = ()) -> Channel:
        """A channel of a server; `tags` of a forum."""
        channel = Channel(self.new_id(), kind, name, guild.id)
        channel.tags = {self.new_id(): tag for tag in tags}
        self.channels[channel.id] = channel
        guild.channels.append(channel.id)
        return channel

    def dm_with(self, user: User) -> Channel:
        """The direct messages between the bot and somebody."""
        for channel in self.channels.values():
            if channel.kind is Kind.DM and channel.recipient == user.id:
                return channel
        channel = Channel(self.new_id(), Kind.DM, user.name, recipient=user.id)
        self.channels[channel.id] = channel
        return channel

    # ------------------------------------------------------------ looking up

    def upload(self, number: str) -> Upload | None:
        """A file that somebody sent, by its id."""
        sent = (u for m in self.messages.values() for u in m.uploads if u.id == number)
        return self.attachments.get(number) or next(sent, None)

    def root(self, channel: Channel) -> Channel:
        """The channel that a thread hangs on; itself for others."""
        return self.channels.get(channel.parent or "", channel)

    def may(self, user: str, channel: Channel) -> Permission:
        """What somebody may do in a channel or thread; in direct messages, what both may."""
        if channel.guild is None:
            return PEOPLE if user in {channel.recipient, self.me.id} else NOTHING
        return in_channel(self.guilds[channel.guild], self.root(channel), user)

    def may_in_guild(self, user: str, guild: Guild) -> Permission:
        """What somebody may do in a server in general."""
        return in_guild(guild, user)

    def present(self, guild: str | None) -> bool:
        """Whether the bot is in that server."""
        return guild in self.guilds and self.me.id in self.guilds[guild].members

    def threads_of(self, channel: Channel) -> list[Channel]:
        """The threads that hang on a channel, oldest first."""
        return [c for c in self.channels.values() if c.parent == channel.id]

    def history(self, channel: Channel) -> list[Message]:
        """What everybody sees, oldest first."""
        return [self.messages[one] for one in channel.messages]

    def pings(self) -> dict[str, Pings]:
        """By id: messages of the bot that would have notified somebody."""
        return {m.id: m.pings for m in self.messages.values() if m.pings and m.author == self.me.id}

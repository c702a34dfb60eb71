"""What a Slack consists of: workspaces, people, conversations, messages, views, files. `world` keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Blocks = list[dict[str, Any]]


SUBSCRIBED = frozenset(
    {
        "agent_session_stopped",
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "member_joined_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "team_access_revoked",
        "tokens_revoked",
    }
)
SHORTCUTS = {"Briefing now": ("global", "now"), "Ask about this": ("message", "ask")}
"""What the application is where a test says nothing else: what its manifest says."""


@dataclass(slots=True)
class App:
    """The application, as its page in the list of applications describes it."""

    id: str
    name: str
    client_id: str
    client_secret: str
    signing_secret: str
    app_token: str
    app_token_scopes: tuple[str, ...] = ("connections:write",)
    agent_view: bool = True
    """Direct messages with it are an agent's; without it only the old assistant panel."""
    redirect: str | None = None
    """Where the pages of installing lead back to; None: wherever the application says."""
    rotates: bool = False
    """Its tokens end after twelve hours and are exchanged for others before."""
    events: frozenset[str] | None = SUBSCRIBED
    """Names of the events it subscribed to; None: all that there are."""
    commands: tuple[str, ...] = ("/brief",)
    shortcuts: dict[str, tuple[str, str]] = field(default_factory=lambda: dict(SHORTCUTS))
    """By the name that people see: `global` or `message`, and the callback id."""


@dataclass(slots=True)
class Token:
    """Somebody may do something, as long as it is not revoked."""

    value: str
    kind: str
    """`bot`, `user` or `app`."""
    team: str | None
    user: str | None
    scopes: frozenset[str]
    revoked: bool = False
    inactive: bool = False
    """The workspace or the user is gone: `account_inactive`."""
    ends: datetime | None = None
    """After this it is `token_expired`."""


@dataclass(frozen=True, slots=True)
class Code:
    """What the pages of installing give the application, to be exchanged for a token once."""

    value: str
    team: str
    user: str
    scopes: frozenset[str]
    redirect: str | None = None
    org_wide: bool = False
    """For the whole organization."""


@dataclass(slots=True)
class Team:
    """A workspace. `bot_token`, `bot_user` and `bot_id` are set once the application was installed."""

    id: str
    name: str
    domain: str
    enterprise: str | None = None
    bot_token: str = ""
    bot_user: str = ""
    bot_id: str = ""
    installer: str | None = None
    installed: bool = False
    scopes: frozenset[str] = frozenset()
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    """User groups: names by id."""
    org_wide: bool = False
    """The application was installed for the whole organization (`enterprise`), not for this workspace."""

    @property
    def url(self) -> str:
        """`https://harbour.slack.com/`."""
        return f"https://{self.domain}.slack.com/"


@dataclass(slots=True)
class User:
    """A person or a bot in one workspace."""

    id: str
    team: str
    name: str
    locale: str = "en-US"
    zone: str = "Europe/London"
    admin: bool = False
    owner: bool = False
    bot_id: str | None = None
    deleted: bool = False

    @property
    def bot(self) -> bool:
        """No person."""
        return self.bot_id is not None


@dataclass(slots=True)
class Member:
    """A user in a conversation."""

    user: str
    since: str
    """A `ts`."""


@dataclass(slots=True)
class Channel:
    """A channel, or direct messages with the application (`partner` is set)."""

    id: str
    team: str
    name: str
    created: int
    private: bool = False
    archived: bool = False
    general: bool = False
    restricted: bool = False
    """Only admins post: `restricted_action`."""
    partner: str | None = None
    members: dict[str, Member] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    """`ts` of all, oldest first, those in threads, too; without those that only one person sees."""
    asides: list[str] = field(default_factory=list)
    """`ts` of those."""
    shared_with: list[str] = field(default_factory=list)
    """Ids of other workspaces."""

    @property
    def direct(self) -> bool:
        """Direct messages."""
        return self.partner is not None


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: the channel and the `ts` of its parent."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Pings:
    """Who would have been notified by a message."""

    everyone: tuple[str, ...] = ()
    """`channel`, `here`, `everyone`."""
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.everyone or self.users or self.groups)


@dataclass(slots=True)
class Stream:
    """Text that grows while somebody reads."""

    started: datetime
    recipient: str | None = None
    recipient_team: str | None = None
    open: bool = True
    timed_out: bool = False
    """Slack ended it."""
    markdown: str = ""
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    plan: str | None = None
    blocks: Blocks = field(default_factory=list)
    """That came as chunks."""
    appended: int = 0
    """Calls that added something."""
    mode: str = "timeline"


@dataclass(slots=True)
class Message:
    """A message; `payload` holds the arguments of the call that made or last changed it."""

    ts: str
    channel: str
    team: str
    user: str
    text: str = ""
    blocks: Blocks = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    thread_ts: str | None = None
    """Of a reply, the `ts` of its parent."""
    bot_id: str | None = None
    subtype: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    """Only this person sees it."""
    stream: Stream | None = None
    files: list[str] = field(default_factory=list)
    pings: Pings = field(default_factory=Pings)
    unfurls: tuple[str, ...] = ()
    """Addresses whose pages would have been shown below."""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: str | None = None
    """The `ts` of the last change."""
    edits: int = 0
    deleted: bool = False
    tombstone: bool = False
    """Deleted, and its replies still stand below "This message was deleted"."""
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def thread(self) -> Thread:
        """The thread it is in or may begin."""
        return Thread(self.channel, self.thread_ts or self.ts)

    @property
    def key(self) -> tuple[str, str]:
        """What `world.messages` has it by."""
        return self.channel, self.ts

    @property
    def silent(self) -> bool:
        """It would have rung nobody."""
        return not self.pings


@dataclass(slots=True)
class View:
    """A modal or an App Home, and what has been entered in it."""

    id: str
    team: str
    user: str
    kind: str
    """`modal` or `home`."""
    payload: dict[str, Any]
    """As it came in, with block ids and action ids on everything."""
    hash: str
    root: str
    previous: str | None = None
    values: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What Slack calls state: by block id and action id."""
    changes: int = 0
    closed: bool = False

    @property
    def blocks(self) -> Blocks:
        """What it shows."""
        blocks: Blocks = self.payload["blocks"]
        return blocks

    @property
    def callback(self) -> str:
        """Its `callback_id`."""
        return str(self.payload.get("callback_id") or "")


@dataclass(slots=True)
class Trigger:
    """Something that a person did, which may open a modal, once, within three seconds."""

    id: str
    team: str
    user: str
    at: datetime
    view: str | None = None
    """The modal in which it happened."""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """An address that a message may be sent to five times in half an hour."""

    id: str
    team: str
    user: str
    channel: str
    at: datetime
    message: str | None = None
    """`ts` of the message with the button; None for commands."""
    thread: str | None = None
    uses: int = 0


@dataclass(slots=True)
class File:
    """A file that was or is to be sent."""

    id: str
    team: str
    user: str
    name: str
    size: int
    title: str = ""
    alt_txt: str | None = None
    mimetype: str = "application/octet-stream"
    content: bytes | None = field(default=None, repr=False)
    complete: bool = False
    looks: int = 0
    """How many messages that show it are refused yet: Slack looks at a new file first."""
    shares: list[tuple[str, str]] = field(default_factory=list)
    """Channel and `ts` of the messages with it."""


@dataclass(slots=True)
class Status:
    """What stands below a thread while an answer is made."""

    text: str
    loading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken."""

    ts: str
    channel: str
    team: str
    thread_ts: str | None
    key: str | None
    """Of its metadata: `event_payload.key`."""
    at: datetime
    text: str
    method: str

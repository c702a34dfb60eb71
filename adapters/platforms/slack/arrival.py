"""What reaches us from Slack, read once: everything behind the listeners sees these and no bodies of requests.

`client` makes them of what Bolt hands over, whichever way it came; anything that lacks what it must have is dropped
there, and told in the journal.
"""

from dataclasses import dataclass, field

from adapters.platforms.slack.kit import Json, direct_to, person_of, place_of, tenant_of
from bot.domain.place import Place


@dataclass(frozen=True, slots=True)
class Whence:
    """Who did something, where, and what it may open."""

    team: str
    user: str
    channel: str | None = None
    """None where it was in no conversation: App Home, a global shortcut."""
    thread: str | None = None
    """`ts` of the parent of the thread it was in."""
    trigger: str | None = None
    """Opens a modal, once, within three seconds."""
    enterprise: str | None = None

    @property
    def tenant(self) -> str:
        """`slack:T123`."""
        return tenant_of(self.team)

    @property
    def person(self) -> str:
        """`T123/U456`."""
        return person_of(self.team, self.user)

    @property
    def place(self) -> Place:
        """Where; direct messages under the person, as where nothing else is known."""
        if self.channel is None or self.channel.startswith("D"):
            return direct_to(self.team, self.user, self.thread)
        return place_of(self.team, self.channel, self.thread)


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote something. The same message may come several times, as `message` and as `app_mention`."""

    whence: Whence
    ts: str
    text: str
    """As Slack sends it: `<@U1>`, `&amp;`."""
    direct: bool
    """In the conversation with us."""
    mentions: tuple[str, ...] = ()
    """User ids, in order."""
    parent_author: str | None = None
    """Of a reply in a thread, who wrote its parent."""
    brings_files: bool = False
    """Files stand with it. We cannot open them: that would need the right to read everybody's."""

    @property
    def id(self) -> str:
        """Team, channel and instant: the same however it came."""
        return f"{self.whence.team}/{self.whence.channel}/{self.ts}"


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button or chose something, in a message, a modal or App Home."""

    whence: Whence
    action: str
    """`action_id`."""
    value: str
    """The button's value, or that of the chosen option; empty where nothing is chosen."""
    at: str
    """`action_ts`."""
    values: tuple[str, ...] = ()
    """Of an element in which several can be chosen, or the channel, person, date or time that was chosen."""
    message: str | None = None
    """`ts` of the message it stands in."""
    view: Json | None = None
    """The modal or App Home it stands in, with `id`, `hash`, `private_metadata` and `state`."""
    response_url: str | None = None

    @property
    def id(self) -> str:
        """The same press has the same, however often it comes."""
        return f"{self.whence.team}/{self.whence.user}/{self.action}/{self.at}"


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody sent a modal."""

    whence: Whence
    callback: str
    view: Json
    """With `id`, `root_view_id`, `hash`, `private_metadata` and `state`."""

    @property
    def id(self) -> str:
        """The same form in the same state, sent twice, has the same."""
        return f"{self.whence.team}/{self.whence.user}/{self.view.get('id')}/{self.view.get('hash')}"


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody typed `/brief` and perhaps words after it. A command cannot be used in a thread."""

    whence: Whence
    text: str
    response_url: str
    trigger: str
    """The same as that of `whence`; names the command, too."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody used a shortcut; of one on a message, that message."""

    whence: Whence
    callback: str
    at: str
    message: str | None = None
    """Its `ts`."""
    text: str = ""
    """What it says, untrusted."""
    written_by: str | None = None
    """User id; None if a bot wrote it."""
    thread: str | None = field(default=None)
    """`ts` of the parent of the thread that message is in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody looks at App Home or at the conversation with us."""

    whence: Whence
    tab: str
    """`home` or `messages`."""


@dataclass(frozen=True, slots=True)
class Halted:
    """Somebody pressed Slack's own Stop while we were answering in a thread."""

    whence: Whence

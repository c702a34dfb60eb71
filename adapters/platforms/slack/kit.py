"""What the parts of the Slack adapter share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Protocol

from adapters.wire.illustrations import Illustrations
from bot.domain.fresh import Fresh
from bot.domain.place import Place
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.office import Office
from bot.ports.phrases import Catalogue

PLATFORM: Final = "slack"
Json = Mapping[str, Any]
_THERE: Final = timedelta(days=1)
"""How long a file is taken to be where it was put."""
_MOST_FILES: Final = 500


class Rest(Protocol):
    """Slack's methods, with the token of a workspace. Failures are those of `bot.errors`, of what `errors` makes them.

    Nothing is repeated blindly: a method that may have been taken is given back as `PlatformUnavailable`.
    """

    async def call(self, team: str, method: str, /, **arguments: object) -> Json:
        """Ask once. A 429, which takes nothing, is waited for if that is short, else it is `PlatformBusy`.

        Raises:
            PlatformUnavailable: it may have been taken.
            PlatformBusy, PlaceClosed, ThreadWithdrawn, MessageRefused: it was not.
        """
        ...

    async def look_up(self, team: str, method: str, /, **arguments: object) -> Json:
        """Ask for something that changes nothing: a failed connection and a 5xx are tried three times."""
        ...

    async def post(self, team: str, channel: str, method: str, /, **arguments: object) -> Json:
        """`call` for what adds a message to a channel or thread, in its turn: one a second and channel."""
        ...

    async def upload(self, address: str, raw: bytes) -> None:
        """Put bytes where Slack has said that they go (`files.getUploadURLExternal`).

        Raises:
            PlatformError: they are not there.
        """
        ...

    async def respond(self, address: str, /, **payload: object) -> None:
        """Answer a command or press through its `response_url`: five times in half an hour, also where we are not in.

        Raises:
            PlatformUnavailable: it may have been taken.
            PlatformBusy, PlaceClosed (it is used up), MessageRefused: it was not.
        """
        ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that we are in."""

    team: str
    name: str
    address: str
    """`https://harbour.slack.com/`, which links to its messages begin with."""
    me: str
    """Our user id there."""
    bot: str
    """Our bot id there: what our own messages carry."""
    enterprise: str | None = None
    installer: str | None = None
    """User id of who installed us, where that is known."""
    scopes: frozenset[str] = frozenset()
    """What we were granted."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person."""

    user: str
    name: str
    language: str
    """Interface language, such as `ru-RU`; `en-US` where it is not known."""
    zone: str | None
    manages: bool
    """An admin or owner of the workspace, its installer, or named by the operator."""
    is_bot: bool = False


class Workspaces(Protocol):
    """Who we are where, and who people are. What is said here is at most some minutes old, rights none at all."""

    async def of(self, team: str) -> Workspace:
        """A workspace that we are in.

        Raises:
            PlaceClosed: we are not (any more).
            PlatformError: it could not be looked up.
        """
        ...

    async def profile(self, team: str, user: str) -> Profile:
        """A person; where `users:read` is missing or Slack does not answer, one of whom nothing is known."""
        ...

    async def may_manage(self, team: str, user: str) -> bool:
        """Whether a person manages the workspace, looked up now.

        Raises:
            PlatformError: it could not be looked up.
        """
        ...

    async def direct(self, team: str, user: str) -> str:
        """Id of the channel of direct messages with somebody.

        Raises:
            PlatformError: there is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class Kit:
    """The ways out of the adapter: to Slack, to the core, to the reader's language."""

    rest: Rest
    workspaces: Workspaces
    office: Office
    catalogue: Catalogue
    clock: Clock
    events: Events
    illustrations: Illustrations = field(init=False)
    """Draws what messages show, once."""
    uploaded: Fresh[str] = field(init=False)
    """Ids of the files that were put into workspaces, by what they are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "illustrations", Illustrations(self.office, self.events))
        object.__setattr__(self, "uploaded", Fresh(self.clock, lasts=_THERE, most=_MOST_FILES))


def tenant_of(team: str) -> str:
    """`slack:T123`."""
    return f"{PLATFORM}:{team}"


def person_of(team: str, user: str) -> str:
    """What the core calls a person: ids of Slack are unique in a workspace only."""
    return f"{team}/{user}"


def place_of(team: str, channel: str, thread: str | None = None) -> Place:
    """A channel, or a thread under its parent message (its `ts`). A channel that workspaces share is one place each."""
    return Place(PLATFORM, f"{team}/{channel}", thread)


def direct_to(team: str, user: str, thread: str | None = None) -> Place:
    """Direct messages with somebody."""
    return Place(PLATFORM, f"@{person_of(team, user)}", thread)


def parts_of(place: Place) -> tuple[str, str]:
    """Team and channel of a place; of direct messages, team and user.

    Raises:
        ValueError: it is no place of Slack's.
    """
    team, slash, rest = place.id.removeprefix("@").partition("/")
    if not (team and slash and rest):
        raise ValueError(f"no place of Slack's: {place.id!r}")
    return team, rest

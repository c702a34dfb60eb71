"""How we are let into Slack: settings, the token of a workspace, workspaces that install us and that remove us.

What the gateway is given of them; `installing` has it for many workspaces.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiohttp import web

from adapters.platforms.slack.rest import Tokens
from adapters.platforms.slack.workspaces import Installer, nobody_known


class Access(Protocol):
    """The settings, as far as this adapter asks: `bot.config.SlackSettings` is this. None of it is printed."""

    @property
    def bot_token(self) -> str | None:
        """Of the one workspace that we are in; None where any workspace can install us."""
        ...

    @property
    def app_token(self) -> str | None:
        """Opens sockets; without it Slack sends its events to us, signed."""
        ...

    @property
    def signing_secret(self) -> str | None:
        """What Slack signs its requests with."""
        ...

    @property
    def address(self) -> str | None:
        """The public address that Slack reaches us by, without a path."""
        ...

    @property
    def listen(self) -> str:
        """`host:port` where its requests arrive."""
        ...

    @property
    def managers(self) -> tuple[str, ...]:
        """Ids of people who manage besides the admins and owners of a workspace."""
        ...

    @property
    def api(self) -> str:
        """Where Slack's methods are, ending with a slash."""
        ...

    @property
    def one_workspace(self) -> bool:
        """We are in one workspace, whose token the operator gave us."""
        ...

    @property
    def listens(self) -> bool:
        """Requests arrive at `listen`."""
        ...


Meet = Callable[[str, str | None], Awaitable[None]]
"""Told of a workspace, and the organization it is part of, that something came from."""


async def met_before(team: str, enterprise: str | None) -> None:
    """We are in one workspace and know it."""
    del team, enterprise


class Departures(Protocol):
    """What is done when somebody removes us; `team` may be an organization, `at` is when it happened."""

    async def uninstalled(self, team: str, enterprise: str | None = None, *, at: datetime | None = None) -> None:
        """For good."""
        ...

    async def revoked(self, team: str, enterprise: str | None = None, *, at: datetime | None = None) -> None:
        """Our token is good for nothing any more."""
        ...

    async def withdrawn(self, teams: Sequence[str]) -> None:
        """An organization took us out of some of its workspaces."""
        ...


Teams = Callable[[], Awaitable[Collection[str]]]
"""The workspaces that have installed us."""


@dataclass(frozen=True, slots=True)
class Installs:
    """Where many workspaces install us: what is known of them. With one workspace, as it is here."""

    tokens: Tokens
    teams: Teams | None = None
    """None: the one workspace of the token."""
    installer: Installer = nobody_known
    meet: Meet = met_before
    leaving: Callable[[Callable[[str], None]], Departures] | None = None
    """What is done when we are removed, given what lets go of what is remembered of a workspace."""


class Served(Protocol):
    """What the door hands on: `gateway.SlackPlatform` is this."""

    async def handle(self, request: web.Request) -> web.Response:
        """What Slack sends, signed or not."""
        ...

    async def installed(self, team: str) -> None:
        """A workspace has installed us, or has again."""
        ...


Door = Callable[[Served], AbstractAsyncContextManager[object]]
"""Serves what Slack, and people who install us, send over HTTP, for the length of the block."""

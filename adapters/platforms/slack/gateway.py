"""Slack as a platform: it is connected to, listened to, posted to.

Posting needs the Web API only, so it works before and beside the connection. Each connection is made anew with
everything that belongs to it, and ended as a whole.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiohttp import web

from adapters.platforms.slack.access import Access, Departures, Door, Installs
from adapters.platforms.slack.client import PORTAL, Client, Listening
from adapters.platforms.slack.errors import NO_TOKEN, code_of
from adapters.platforms.slack.installing.leaving import Leaving
from adapters.platforms.slack.kit import PLATFORM, Kit, tenant_of
from adapters.platforms.slack.permissions import missing, names
from adapters.platforms.slack.posting.finding import Finder
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.posting.poster import Poster
from adapters.platforms.slack.rest import OneToken, SlackRest
from adapters.platforms.slack.wiring import equipped
from adapters.platforms.slack.workspaces import SlackWorkspaces
from bot.domain.message import Message
from bot.domain.place import Place
from bot.errors import ConfigError, PlaceClosed, PlatformBusy, PlatformUnavailable
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.office import Office
from bot.ports.phrases import Catalogue
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure, Withdrawn

LIMITS: Final = Limits(
    characters=12_000, parts=45, posts_a_second=20, pause=timedelta(seconds=1), leads=frozenset({"card", "story"})
)
"""Below Slack's own: about 13,200 characters over all blocks, 50 blocks, one message a second and channel."""
BAD_TOKEN: Final = (
    "SLACK_BOT_TOKEN: Slack refuses it; copy the bot's token from api.slack.com/apps, page OAuth & Permissions"  # noqa: S105  # words, no secret
)
Equip = Callable[[Kit, Inbox], Listening]


@dataclass(frozen=True, slots=True)
class _Line:
    """A connection to the Web API, and what uses it."""

    rest: SlackRest
    workspaces: SlackWorkspaces
    kit: Kit
    places: Places
    poster: Poster
    finder: Finder


class Posting:
    """The half of the platform that needs no connection of events."""

    def __init__(
        self, settings: Access, office: Office, catalogue: Catalogue, clock: Clock, events: Events, installs: Installs
    ) -> None:
        self._settings = settings
        self._office = office
        self._catalogue = catalogue
        self._clock = clock
        self._events = events
        self._installs = installs
        self._line: _Line | None = None

    @property
    def limits(self) -> Limits:
        """What one message may hold, and how often one may post."""
        return LIMITS

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once; see the port."""
        async with self._posting() as line:
            return await line.poster.post(place, message, key=key)

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message of ours; see the port."""
        async with self._posting() as line:
            await line.poster.revise(ref, message)

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Read a place back; see the port."""
        async with self._posting() as line:
            return await line.finder.find(place, key=key)

    @asynccontextmanager
    async def _posting(self) -> AsyncIterator[_Line]:
        try:
            yield self._connected()
        except PlaceClosed as error:
            if code_of(error) in NO_TOKEN:
                self._events.warn("slack_token_refused", code=code_of(error))
            raise

    def _connected(self) -> _Line:
        if self._line is None:
            self._line = self._made()
        return self._line

    def _made(self) -> _Line:
        rest = SlackRest(self._settings.api, self._installs.tokens, self._clock)
        workspaces = SlackWorkspaces(
            rest, self._clock, managers=self._settings.managers, installer=self._installs.installer
        )
        kit = Kit(rest, workspaces, self._office, self._catalogue, self._clock, self._events)
        places = Places(kit)
        finder = Finder(kit, places)
        return _Line(rest, workspaces, kit, places, Poster(kit, places, finder), finder)


class SlackPlatform(Posting):
    """The workspaces that we are in. Tokens are in no message and in no error."""

    def __init__(
        self,
        settings: Access,
        *,
        office: Office,
        catalogue: Catalogue,
        clock: Clock,
        events: Events,
        installs: Installs | None = None,
        door: Door | None = None,
        equip: Equip | None = None,
    ) -> None:
        """Prepare; nothing is connected yet. Without `installs` we are in the one workspace of `settings.bot_token`.

        `door` serves what comes over HTTP; `equip` makes what listens: without one, what this package has.
        """
        installs = installs or Installs(OneToken(settings.bot_token or ""))
        super().__init__(settings, office, catalogue, clock, events, installs)
        self._door = door
        self._equip = equip or equipped
        self._client: Client | None = None

    async def run(self, inbox: Inbox) -> None:
        """Connect and listen until cancelled.

        Raises:
            ConfigError: a token is refused.
            PlatformUnavailable: Slack cannot be reached, or ended the connection for good.
        """
        try:
            line = self._connected()
            client = Client(
                line.kit,
                line.rest,
                signing_secret=self._settings.signing_secret,
                meet=self._installs.meet,
                leaving=self._leaving(line),
            )
            client.listen_with(self._equip(line.kit, inbox), joined=line.places.forget)
            self._client = client
            await self._arrive(line)
            serves = self._door is not None and self._settings.listens
            async with self._door(self) if self._door is not None and serves else nullcontext():
                await self._listen(client)
        finally:
            await self.close()

    async def handle(self, request: web.Request) -> web.Response:
        """What Slack sends over HTTP, to be answered in three seconds; while nobody listens, it comes again later."""
        if self._client is None:
            return web.Response(status=503, text="Not listening yet.")
        return await self._client.handle(request)

    async def installed(self, team: str) -> None:
        """A workspace has installed us, or has again: who did it is greeted if it is new.

        Raises:
            StoreError: the database failed.
        """
        line = self._connected()
        line.workspaces.forget(team)
        if not await self._office.tenancy.arrived(tenant_of(team)):
            return
        self._events.tell("slack_installed", workspace=team)
        installer = await self._installs.installer(team)
        if self._client is not None and installer is not None:
            self._client.greet(team, installer)

    async def close(self) -> None:
        """End the connection, if there is one. Only who posts without `run` has to call it."""
        client, self._client = self._client, None
        if client is not None:
            await client.end()
        line, self._line = self._line, None
        if line is not None:
            await line.rest.close()

    async def _listen(self, client: Client) -> None:
        if self._settings.app_token is not None:
            await client.connect(self._settings.app_token)
        else:
            self._events.tell("slack_listens", by="http")
            await asyncio.Event().wait()

    async def _arrive(self, line: _Line) -> None:
        """Tell the core where we are."""
        if self._installs.teams is None:
            teams: Collection[str] = [await self._only(line)]
        else:
            teams = await self._installs.teams()
        for team in teams:
            await self.installed(team)  # before `seen`, which takes in the others without a word
        await self._office.tenancy.seen(PLATFORM, [tenant_of(team) for team in teams])
        self._events.tell("slack_ready", workspaces=len(teams))

    async def _only(self, line: _Line) -> str:
        try:
            found = await line.workspaces.mine()
        except PlaceClosed as error:
            raise ConfigError([BAD_TOKEN]) from error
        except PlatformBusy as error:
            raise PlatformUnavailable(str(error), retry_after=error.retry_after) from error
        lacking = missing(found.scopes)
        if lacking:
            remedy = "add them on the page OAuth & Permissions, and install the app again"
            self._events.warn("slack_scopes_missing", scopes=names(lacking), page=PORTAL, remedy=remedy)
        return found.team

    def _leaving(self, line: _Line) -> Departures:
        if self._installs.leaving is not None:
            return self._installs.leaving(line.workspaces.forget)
        return Leaving(self._office.tenancy, self._events, line.workspaces.forget)

"""The parts of installing put together, as the gateway takes them: what many workspaces need, and the door."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.access import Access, Departures, Door, Installs, Served
from adapters.platforms.slack.installing.exchange import Exchange
from adapters.platforms.slack.installing.flow import Installing
from adapters.platforms.slack.installing.leaving import Leaving
from adapters.platforms.slack.installing.rows import Rows
from adapters.platforms.slack.installing.sealing import Seal
from adapters.platforms.slack.installing.server import door, listening
from adapters.platforms.slack.installing.states import States
from adapters.platforms.slack.installing.store import Installations
from adapters.platforms.slack.installing.tokens import InstalledTokens
from adapters.platforms.slack.permissions import OPTIONAL, REQUIRED
from adapters.platforms.slack.rest import Tokens
from bot.errors import PlaceClosed
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.office import Tenancy
from bot.ports.phrases import Catalogue
from bot.ports.store import Store


@dataclass(frozen=True, slots=True)
class App:
    """What the page of the app says of it, where many workspaces install it."""

    client_id: str
    client_secret: str
    address: str
    """Ours, as browsers and Slack reach it, without a path."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What installing needs of the rest of the program."""

    store: Store
    key: str | None
    """COUNTERPOINT_KEY."""
    clock: Clock
    events: Events
    catalogue: Catalogue
    tenancy: Tenancy
    holder: str
    """Names this process among those that work on the same database."""


def for_many(settings: Access, app: App, around: Surroundings) -> tuple[Installs, Door]:
    """For any workspace that installs us. Nothing is read or connected yet."""
    rows = Rows(Seal(around.key), around.clock)
    installations = Installations(around.store, rows)
    exchange = Exchange(settings.api, app.client_id, app.client_secret)
    tokens = InstalledTokens(installations, exchange, around.store, around.clock, around.events, holder=around.holder)

    async def teams() -> Collection[str]:
        await rows.renew(around.store)  # a wrong key is noticed here, before anything is posted
        return await installations.teams()

    def leaving(forget: Callable[[str], None]) -> Departures:
        return Leaving(around.tenancy, around.events, forget, installations=installations, exchange=exchange)

    @asynccontextmanager
    async def open_door(platform: Served) -> AsyncIterator[str]:
        async def installed(found: Installation) -> None:
            if found.team_id is not None:
                await platform.installed(found.team_id)

        installing = Installing(
            address=app.address,
            api=settings.api,
            client_id=app.client_id,
            scopes=(*REQUIRED, *OPTIONAL),
            states=States(around.store, around.clock, app.client_secret),
            exchange=exchange,
            installations=installations,
            installed=installed,
            catalogue=around.catalogue,
            clock=around.clock,
            events=around.events,
        )
        handle = None if settings.app_token is not None else platform.handle
        served = door(handle, installing, catalogue=around.catalogue, events=around.events)
        async with listening(served, settings.listen) as address:
            yield address

    return Installs(tokens, teams, tokens.installer, tokens.meet, leaving), open_door


def for_one(settings: Access, catalogue: Catalogue, events: Events) -> Door:
    """For the one workspace whose token the operator gave us: requests only, nothing to install."""

    @asynccontextmanager
    async def open_door(platform: Served) -> AsyncIterator[str]:
        served = door(platform.handle, None, catalogue=catalogue, events=events)
        async with listening(served, settings.listen) as address:
            yield address

    return open_door


async def kept(store: Store, key: str | None, clock: Clock) -> tuple[Tokens, Collection[str]]:
    """The tokens as they are kept, and the workspaces that they are of: to look only, nothing is fetched or changed.

    Raises:
        ConfigError: the key does not open them.
        StoreError: the database failed.
    """
    installations = Installations(store, Rows(Seal(key), clock))
    return _AsKept(installations), await installations.teams()


class _AsKept:
    """Tokens that nobody renews."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def of(self, team: str) -> str:
        """The bot token of a workspace.

        Raises:
            PlaceClosed: there is none.
        """
        found = await self._installations.by_team(team)
        if found is None or not found.bot_token:
            raise PlaceClosed(f"Counterpoint is not installed in {team}")
        return found.bot_token

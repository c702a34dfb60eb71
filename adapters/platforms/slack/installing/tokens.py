"""Which token is which workspace's, fetched anew before it ends.

Where tokens are rotated, one lasts half a day and its refresh token is good once. So one process at a time asks for a
new pair, and nothing is done with a new token before it is kept.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final

from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.installing import record
from adapters.platforms.slack.installing.exchange import Exchange
from adapters.platforms.slack.installing.store import Installations
from bot.errors import ConfigError, MessageRefused, PlaceClosed, PlatformBusy, PlatformError, StoreError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.store import Store

_EARLY: Final = timedelta(hours=2)
"""A token that ends sooner is replaced."""
_LEASE: Final = timedelta(minutes=1)
_SOON: Final = timedelta(seconds=5)


class InstalledTokens:
    """The tokens of all workspaces that installed us. All methods raise `PlatformError`s only."""

    def __init__(
        self,
        installations: Installations,
        exchange: Exchange,
        store: Store,
        clock: Clock,
        events: Events,
        *,
        holder: str,
    ) -> None:
        """`holder` names this process among those that work on the same database."""
        self._installations = installations
        self._exchange = exchange
        self._store = store
        self._clock = clock
        self._events = events
        self._holder = holder
        self._turns: dict[str, asyncio.Lock] = {}
        self._unkept: dict[str, Installation] = {}
        """What Slack gave and the database did not take: the old pair is good no more."""

    async def of(self, team: str) -> str:
        """The bot token of a workspace.

        Raises:
            PlaceClosed: we have none (any more).
            PlatformBusy: it could not be looked up or fetched anew.
        """
        found = await self._installation(team)
        if found is None or not found.bot_token:
            raise PlaceClosed(f"Counterpoint is not installed in {team}")
        if not self._ends_within(found, _EARLY) and not self._unkept:
            return found.bot_token
        return await self._in_turn(team, found)

    async def installer(self, team: str) -> str | None:
        """User id of who installed us there, where that is known."""
        found = await self._installation(team)
        return (found.user_id or None) if found is not None else None

    async def meet(self, team: str, enterprise: str | None) -> None:
        """Something came from this workspace of an organization (None: of none), whose installation may hold there."""
        if enterprise is None:
            return
        with _told():
            is_new = await self._installations.meet(team, enterprise)
        if is_new:
            self._events.tell("slack_workspace_met", workspace=team, organization=enterprise)

    async def _installation(self, team: str) -> Installation | None:
        with _told():
            return await self._installations.by_team(team)

    # ------------------------------------------------------------ rotation

    async def _in_turn(self, team: str, found: Installation) -> str:
        name = str((found.enterprise_id if found.is_enterprise_install else None) or found.team_id)
        async with self._turns.setdefault(name, asyncio.Lock()):
            lease = f"slack-token/{name}"
            with _told():
                is_ours = await self._take(lease)
            try:
                again = await self._installation(team)  # who was before us has perhaps fetched it
                if again is None:
                    raise PlaceClosed(f"Counterpoint is not installed in {team}")
                if name not in self._unkept and not self._ends_within(again, _EARLY):
                    return again.bot_token or ""
                if not is_ours:
                    return self._meanwhile(again, PlatformBusy("another process fetches it", retry_after=_SOON))
                return await self._fetched(name, again)
            finally:
                if is_ours:
                    await self._give_back(lease)

    async def _take(self, lease: str) -> bool:
        async with self._store.unit() as unit:
            is_ours = await unit.leases.take(lease, self._holder, _LEASE)
            await unit.commit()
        return is_ours

    async def _give_back(self, lease: str) -> None:
        with suppress(StoreError):  # it ends by itself
            async with self._store.unit() as unit:
                await unit.leases.free(lease, self._holder)
                await unit.commit()

    async def _fetched(self, name: str, found: Installation) -> str:
        new = self._unkept.get(name)
        if new is None:
            try:
                new = await self._renewed(found)
            except PlatformError as error:
                self._events.warn(
                    "slack_token_not_renewed", workspace=name, error=type(error).__name__, reason=str(error)
                )
                return self._meanwhile(found, error)
        self._unkept[name] = new
        with _told():
            await self._installations.async_save(new)
        del self._unkept[name]
        self._events.tell("slack_token_renewed", workspace=name)
        return new.bot_token or ""

    async def _renewed(self, found: Installation) -> Installation:
        answer = await self._exchange.refresh(found.bot_refresh_token or "")
        token, following = answer.get("access_token"), answer.get("refresh_token")
        if not isinstance(token, str) or not isinstance(following, str):
            raise PlaceClosed("Slack gave no new token")
        new = Installation(**found.to_dict_for_copying())
        new.bot_token, new.bot_refresh_token = token, following
        new.bot_token_expires_at = record.expiry(answer, now=self._clock.now().timestamp())
        return new

    def _meanwhile(self, found: Installation, error: PlatformError) -> str:
        """The old token does for as long as it lasts.

        Raises:
            PlaceClosed: it is over, and there will be no other.
            PlatformBusy: it is over, and there may be another soon.
        """
        if not self._ends_within(found, timedelta()):
            return found.bot_token or ""
        if isinstance(error, PlaceClosed | MessageRefused):
            raise PlaceClosed(f"the token ended and cannot be renewed: {error}") from error
        raise PlatformBusy(str(error), retry_after=getattr(error, "retry_after", None)) from error

    def _ends_within(self, found: Installation, span: timedelta) -> bool:
        ends = found.bot_token_expires_at
        return ends is not None and bool(found.bot_refresh_token) and (self._clock.now() + span).timestamp() >= ends


@contextmanager
def _told() -> Iterator[None]:
    """A database that fails, or a key that opens nothing, is no reason to give a place up."""
    try:
        yield
    except (StoreError, ConfigError) as error:
        raise PlatformBusy(f"the token could not be looked up: {error}") from error

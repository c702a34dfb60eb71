"""We were removed: tokens are dropped at once; rows too where an admin removed us for good, else after a grace time.

Slack tells an uninstallation twice, as `tokens_revoked` and as `app_uninstalled`, in any order and perhaps again
later, when somebody has installed us anew: what happened before that installation is asked about first.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.installing.exchange import Exchange
from adapters.platforms.slack.installing.store import Installations
from adapters.platforms.slack.kit import tenant_of
from bot.ports.events import Events
from bot.ports.office import Tenancy


class Leaving:
    """What is done when a workspace or an organization removes us. All methods raise `StoreError`, `ConfigError`."""

    def __init__(
        self,
        tenancy: Tenancy,
        events: Events,
        forget: Callable[[str], None],
        *,
        installations: Installations | None = None,
        exchange: Exchange | None = None,
    ) -> None:
        """`forget` lets go of what is remembered of a workspace. Without `installations` the operator gave us the
        token of one workspace, and there is none to drop.
        """
        self._tenancy = tenancy
        self._events = events
        self._forget = forget
        self._installations = installations
        self._exchange = exchange

    async def uninstalled(self, team: str, enterprise: str | None = None, *, at: datetime | None = None) -> None:
        """`app_uninstalled`: everything of it is deleted. `team` is the organization where all of it removed us;
        `at` is when it happened.
        """
        teams = await self._dropped(team, enterprise, at)
        for each in teams:
            await self._tenancy.ended(tenant_of(each))
            self._events.tell("slack_uninstalled", workspace=each)

    async def revoked(self, team: str, enterprise: str | None = None, *, at: datetime | None = None) -> None:
        """`tokens_revoked` with a bot's token: we can post no more, and what was set up stays for a while."""
        teams = await self._dropped(team, enterprise, at)
        for each in teams:
            await self._tenancy.left(tenant_of(each))
            self._events.tell("slack_removed", workspace=each)

    async def withdrawn(self, teams: Sequence[str]) -> None:
        """`team_access_revoked`: an organization took us out of some of its workspaces."""
        for team in teams:
            await self.uninstalled(team)

    async def _dropped(self, team: str, enterprise: str | None, at: datetime | None) -> list[str]:
        """The workspaces that are left, in order; their tokens are gone. None if it is long over."""
        if self._installations is None:
            self._forget(team)
            return [team]
        whole = team == enterprise or team.startswith("E")
        found = await self._installations.async_find_installation(
            enterprise_id=team if whole else None, team_id=None if whole else team
        )
        if found is not None and await self._is_over(found, at):
            self._events.tell("slack_removal_is_over", workspace=team)
            return []
        gone = [team, *(await self._installations.members(team) if whole else ())]
        await self._installations.async_delete_all(enterprise_id=enterprise, team_id=team)
        for each in gone:
            self._forget(each)
        return gone

    async def _is_over(self, found: Installation, at: datetime | None) -> bool:
        """Whether it happened before this installation, which holds."""
        if at is None or self._exchange is None or at.timestamp() > found.installed_at:
            return False
        return await self._exchange.works(found.bot_token or "")

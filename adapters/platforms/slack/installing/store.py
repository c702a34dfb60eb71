"""Where we are installed, in our database: many workspaces, and organizations that installed us for all of theirs.

An organization's installation is kept under the organization. A workspace of it is met by what it sends us, which names
both; from then on the workspace points to the organization, since what is posted by timetable knows the workspace only.
"""

from typing import Final

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from adapters.platforms.slack.installing import record
from adapters.platforms.slack.installing.rows import ORG, TEAM, Rows
from bot.ports.store import Store

_BOT: Final = ("bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token", "bot_token_expires_at")


class Installations(AsyncInstallationStore):
    """Keeps installations, sealed. All methods raise `StoreError` if the database failed, `ConfigError` for a key that
    does not open what is kept.

    Of a workspace there is one installation, the newest: we ask for no token of a person.
    """

    def __init__(self, store: Store, rows: Rows) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._rows = rows

    # ------------------------------------------------------------ what slack_sdk asks for

    async def async_save(self, installation: Installation) -> None:
        """Keep or replace."""
        async with self._store.unit() as unit:
            await self._rows.put(
                unit, _key_of(installation.enterprise_id, installation.team_id), record.written(installation)
            )
            await unit.commit()

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep or replace the token; who installed it stays."""
        async with self._store.unit() as unit:
            key = _key_of(bot.enterprise_id, None if bot.is_enterprise_install else bot.team_id)
            kept = await self._rows.read(unit, key)
            found = kept if isinstance(kept, Installation) else _without_installer(bot)
            for name in _BOT:
                setattr(found, name, getattr(bot, name))
            await self._rows.put(unit, key, record.written(found))
            await unit.commit()

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The token of a workspace, else of its organization."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found is not None else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation of a workspace, else of its organization; where `is_enterprise_install`, of that first.

        With `user_id`, only if this person installed it.
        """
        async with self._store.unit() as unit:
            keys = [TEAM + team_id] if team_id else []
            if enterprise_id:
                keys.insert(0 if is_enterprise_install else len(keys), ORG + enterprise_id)
            for key in keys:
                found = await self._rows.resolved(unit, key)
                if found is not None:
                    return found if user_id in {None, found.user_id} else None
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget it: an installation is its token."""
        await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget it; with `user_id`, only if this person installed it."""
        async with self._store.unit() as unit:
            kept = await self._rows.read(unit, _key_of(enterprise_id, team_id))
        if user_id is None or (isinstance(kept, Installation) and kept.user_id == user_id):
            await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace; without one, an organization, and that workspaces point to it."""
        key = _key_of(enterprise_id, team_id)
        async with self._store.unit() as unit:
            gone = [key]
            if key.startswith(ORG):
                gone += [TEAM + team for team in await self._rows.members(unit, key.removeprefix(ORG))]
            for each in gone:
                await unit.grants.drop(each)
            await unit.commit()

    # ------------------------------------------------------------ what we ask for

    async def by_team(self, team: str) -> Installation | None:
        """The installation that holds in a workspace, as far as that is known."""
        async with self._store.unit() as unit:
            return await self._rows.resolved(unit, TEAM + team)

    async def meet(self, team: str, enterprise: str) -> bool:
        """A workspace of an organization wrote to us. True if the organization's installation holds there from now on;
        False if nothing changes: it has one of its own, is known already, or the organization did not install us.
        """
        async with self._store.unit() as unit:
            if await unit.grants.get(TEAM + team) is not None or await unit.grants.get(ORG + enterprise) is None:
                return False
            await self._rows.put(unit, TEAM + team, record.pointing(enterprise))
            await unit.commit()
            return True

    async def teams(self) -> list[str]:
        """The workspaces that have installed us, or were met in an organization that has; in order. Nothing is opened:
        it works without the key.
        """
        async with self._store.unit() as unit:
            return [grant.key.removeprefix(TEAM) for grant in await unit.grants.find(TEAM)]

    async def members(self, enterprise: str) -> list[str]:
        """The workspaces that point to an organization, in order."""
        async with self._store.unit() as unit:
            return await self._rows.members(unit, enterprise)


def _key_of(enterprise: str | None, team: str | None) -> str:
    """Slack names the organization where a workspace stands, if what happened was about all of them."""
    if team and team != enterprise and not team.startswith("E"):
        return TEAM + team
    return ORG + (enterprise or team or "")


def _without_installer(bot: Bot) -> Installation:
    return Installation(
        app_id=bot.app_id,
        enterprise_id=bot.enterprise_id,
        enterprise_name=bot.enterprise_name,
        team_id=bot.team_id,
        team_name=bot.team_name,
        user_id="",
        is_enterprise_install=bot.is_enterprise_install,
        installed_at=bot.installed_at,
    )

"""Installations as rows of the database, each closed with our seal."""

from typing import Final

from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.installing import record
from adapters.platforms.slack.installing.sealing import Seal
from adapters.platforms.slack.kit import tenant_of
from bot.domain.grant import Grant
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit

TEAM: Final = "slack/team/"
ORG: Final = "slack/org/"
_ALL: Final = "slack/"


class Rows:
    """Reads and writes them in somebody's unit. All raise `StoreError`; what opens a row raises `ConfigError`, too."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    async def put(self, unit: Unit, key: str, text: str) -> None:
        """Keep or replace a row; `text` is `record`'s."""
        tenant = tenant_of(key.removeprefix(TEAM).removeprefix(ORG))
        await unit.grants.put(Grant(key, tenant, self._seal.close(text), self._clock.now()))

    async def read(self, unit: Unit, key: str) -> Installation | str | None:
        """An installation, or the organization whose installation holds; None if there is no such row."""
        grant = await unit.grants.get(key)
        return None if grant is None else record.read(self._seal.open(grant.sealed))

    async def resolved(self, unit: Unit, key: str) -> Installation | None:
        """The installation that holds for a row."""
        found = await self.read(unit, key)
        if isinstance(found, str):
            found = await self.read(unit, ORG + found)
        return found if isinstance(found, Installation) else None

    async def members(self, unit: Unit, enterprise: str) -> list[str]:
        """The workspaces that point to an organization, in order."""
        grants = await unit.grants.find(TEAM)
        pointing = (grant.key for grant in grants if record.read(self._seal.open(grant.sealed)) == enterprise)
        return [key.removeprefix(TEAM) for key in pointing]

    async def renew(self, store: Store) -> int:
        """Seal again what is not sealed as it would be now; how many rows. At a start, so that a wrong key is noticed
        before anything is posted, and tokens do not wait for their next write.
        """
        async with store.unit() as unit:
            grants = [(grant, self._seal.open(grant.sealed)) for grant in await unit.grants.find(_ALL)]
            old = [(grant, text) for grant, text in grants if not self._seal.is_newest(grant.sealed)]
            for grant, text in old:
                await self.put(unit, grant.key, text)
            if old:
                await unit.commit()
        return len(old)

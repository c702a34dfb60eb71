"""Servers come and go: what is kept of one that removed us is deleted, after a time in which it can come back."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.ports.clock import Clock
from bot.ports.store import Store, Unit

GRACE = timedelta(days=7)


class Tenancy:
    """Remembers where we are.

    An outage is no leaving: a platform that names servers as unavailable names them all the same, and `left` is for a
    removal that it told us of.
    """

    def __init__(self, store: Store, clock: Clock, *, platforms: Collection[str], grace: timedelta = GRACE) -> None:
        """Prepare; nothing is read yet. `platforms` are the names of those whose servers are cleared away."""
        self._store = store
        self._clock = clock
        self._platforms = sorted(platforms)
        self._grace = grace

    async def arrived(self, tenant: str) -> bool:
        """We are in this server; True if it is new or had been left: it may be greeted.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            is_new = await unit.tenants.arrive(tenant, at=self._clock.now())
            await unit.commit()
        return is_new

    async def left(self, tenant: str) -> None:
        """We were removed: its rows are deleted after the grace time, unless we come back.

        Raises:
            StoreError: the database failed.
        """
        now = self._clock.now()
        async with self._store.unit() as unit:
            platform = tenant.partition(":")[0]
            if tenant in await unit.tenants.present(platform, left_by=now):
                return
            if tenant not in await unit.tenants.present(platform):
                if not await _is_set_up(unit, tenant):
                    return  # all of it is deleted already, and nothing is to name it again
                # What was set up by somebody whose server was never noted has to go, too.
                await unit.tenants.arrive(tenant, at=now)
            await unit.tenants.leave(tenant, at=now)
            await unit.commit()

    async def ended(self, tenant: str) -> None:
        """Its admin removed us for good: its rows are deleted now.

        Raises:
            StoreError: the database failed; nothing was deleted.
        """
        async with self._store.unit() as unit:
            await unit.tenants.erase(tenant)
            await unit.commit()

    async def seen(self, platform: str, tenants: Collection[str]) -> None:
        """All servers we are in, after a start: those that are missing were left meanwhile, those that are new have
        come. Call `arrived` before, for whom is to be greeted. Direct messages are no servers, and stay.

        Raises:
            StoreError: the database failed.
        """
        now = self._clock.now()
        async with self._store.unit() as unit:
            known = [tenant for tenant in await unit.tenants.present(platform) if not _is_person(tenant)]
            for tenant in sorted(set(tenants) - set(known)):
                await unit.tenants.arrive(tenant, at=now)
            for tenant in sorted(set(known) - set(tenants)):
                await unit.tenants.leave(tenant, at=now)
            await unit.commit()

    async def purge(self, now: datetime) -> int:
        """Delete what is kept of servers that left longer ago than the grace time; how many servers.

        Raises:
            StoreError: the database failed; what was deleted by then stays so.
        """
        erased = 0
        for platform in self._platforms:
            while await self._purge_one(platform, now - self._grace):
                erased += 1
        return erased

    async def _purge_one(self, platform: str, left_by: datetime) -> bool:
        """One after the other, each looked up again: a server may come back while others are cleared away."""
        async with self._store.unit() as unit:
            gone = await unit.tenants.present(platform, left_by=left_by)
            if gone:
                await unit.tenants.erase(gone[0])
                await unit.commit()
            return bool(gone)


async def _is_set_up(unit: Unit, tenant: str) -> bool:
    return bool(await unit.subscriptions.find(tenant=tenant) or await unit.follows.find(tenant))


def _is_person(tenant: str) -> bool:
    return tenant.partition(":")[2].startswith("@")

"""Where we are, what is read there and how much is used, in memory."""

from dataclasses import replace
from datetime import date, datetime

from adapters.storage.memory_contents import Stay, Turn
from adapters.storage.rows import aware
from bot.domain.follow import Follow
from bot.domain.kept import Used


class MemoryTenants:
    """Servers and workspaces that we are, or were, in."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def arrive(self, tenant: str, *, at: datetime) -> bool:
        """We are in it; True if it is new, or had been left."""
        instant = aware(at)
        kept = (await self._unit.writing()).tenants
        if tenant in kept and kept[tenant].left is None:
            return False
        kept[tenant] = Stay(instant)
        return True

    async def leave(self, tenant: str, *, at: datetime) -> None:
        """We were removed; nothing if it left before or was never here."""
        instant = aware(at)
        kept = (await self._unit.writing()).tenants
        if tenant in kept and kept[tenant].left is None:
            kept[tenant] = replace(kept[tenant], left=instant)

    async def present(self, platform: str, *, left_by: datetime | None = None) -> list[str]:
        """Tenants of a platform that we are in; with `left_by`, those that left at or before this instant. In order."""
        latest = None if left_by is None else aware(left_by)
        of_platform = {
            tenant: stay.left
            for tenant, stay in self._unit.reading().tenants.items()
            if tenant.startswith(f"{platform}:")
        }
        if latest is None:
            return sorted(tenant for tenant, left in of_platform.items() if left is None)
        return sorted(tenant for tenant, left in of_platform.items() if left is not None and left <= latest)

    async def erase(self, tenant: str) -> None:
        """Delete every row of it: subscriptions, postings with their deliveries, follows, counts, grants, episodes,
        itself; and what has its name in its key: messages that were answered, what was shared.
        """
        kept = await self._unit.writing()
        for key in [key for key, posting in kept.postings.items() if posting.tenant == tenant]:
            del kept.postings[key]
            kept.deliveries.pop(key, None)
        kept.subscriptions = {key: each for key, each in kept.subscriptions.items() if each.tenant != tenant}
        kept.follows = {key: follow for key, follow in kept.follows.items() if follow.tenant != tenant}
        kept.usage = {key: used for key, used in kept.usage.items() if used.tenant != tenant}
        kept.grants = {key: grant for key, grant in kept.grants.items() if grant.tenant != tenant}
        kept.episodes = {key: each for key, each in kept.episodes.items() if each.tenant != tenant}
        kept.tenants.pop(tenant, None)
        platform, _, name = tenant.partition(":")
        kept.inbounds = {
            (where, message): at
            for (where, message), at in kept.inbounds.items()
            if where != platform or not message.startswith(f"{name}/")
        }
        shares = (f"share/{platform}/{name}/", f"share/{platform}/@{name}/")
        kept.results = {key: value for key, value in kept.results.items() if not key.startswith(shares)}


class MemoryFollows:
    """What tenants read besides, or instead of, a desk's roster."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def put(self, follow: Follow) -> None:
        """Keep or replace, by (tenant, id)."""
        value = replace(follow, at=aware(follow.at))
        (await self._unit.writing()).follows[follow.tenant, follow.id] = value

    async def drop(self, tenant: str, thinker: str) -> bool:
        """Delete one; False if there is none."""
        return (await self._unit.writing()).follows.pop((tenant, thinker), None) is not None

    async def find(self, tenant: str | None = None, *, by: str | None = None) -> list[Follow]:
        """Those of a tenant, of a person, or all; by (tenant, id)."""
        kept = self._unit.reading().follows
        in_order = (kept[key] for key in sorted(kept))
        return [f for f in in_order if (tenant is None or f.tenant == tenant) and (by is None or f.by == by)]

    async def forget(self, by: str) -> int:
        """Take a person's name off what they added, and delete what they proposed; returns how many rows changed."""
        kept = (await self._unit.writing()).follows
        theirs = [key for key, follow in kept.items() if follow.by == by]
        for key in theirs:
            follow = kept.pop(key)
            if follow.state != "proposed":
                kept[key] = replace(follow, by="")
        return len(theirs)


class MemoryUsage:
    """What limits are counted by."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def spend(self, who: str, tenant: str, kind: str, day: date, most: int, amount: int = 1) -> int | None:
        """Count `amount` more; how many are left after it, or None (nothing is counted) if too few were."""
        kept = (await self._unit.writing()).usage
        before = kept.get((who, kind, day), Used(who, tenant, kind, day, 0))
        if before.count + amount > most:
            return None
        kept[who, kind, day] = replace(before, count=before.count + amount)
        return most - before.count - amount

    async def give_back(self, who: str, kind: str, day: date, amount: int = 1) -> None:
        """What failed, or was less than was counted, does not count; of what was never counted, nothing."""
        kept = (await self._unit.writing()).usage
        before = kept.pop((who, kind, day), None)
        if before is not None and before.count > amount:
            kept[who, kind, day] = replace(before, count=before.count - amount)

    async def find(self, who: str) -> list[Used]:
        """What is counted of somebody; by (day, kind)."""
        found = (used for used in self._unit.reading().usage.values() if used.who == who)
        return sorted(found, key=lambda used: (used.day, used.kind))

    async def forget(self, who: str | None = None, *, before: date | None = None) -> int:
        """Delete the counts of somebody, or all from before a day, or of somebody from before a day; how many rows."""
        if who is None and before is None:
            return 0
        kept = (await self._unit.writing()).usage
        gone = [
            key
            for key, used in kept.items()
            if (who is None or used.who == who) and (before is None or used.day < before)
        ]
        for key in gone:
            del kept[key]
        return len(gone)

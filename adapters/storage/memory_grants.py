"""What admins of workspaces granted us, in memory."""

from dataclasses import replace

from adapters.storage.memory_contents import Turn
from adapters.storage.rows import aware
from bot.domain.grant import Grant


class MemoryGrants:
    """What admins of workspaces granted us."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def put(self, grant: Grant) -> None:
        """Keep or replace, by key."""
        value = replace(grant, at=aware(grant.at))
        (await self._unit.writing()).grants[grant.key] = value

    async def get(self, key: str) -> Grant | None:
        """What is kept under this key."""
        return self._unit.reading().grants.get(key)

    async def drop(self, key: str) -> bool:
        """Delete one; False if there is none."""
        return (await self._unit.writing()).grants.pop(key, None) is not None

    async def find(self, prefix: str = "", *, tenant: str | None = None) -> list[Grant]:
        """Those whose key begins so, of a tenant, or all; by key."""
        kept = self._unit.reading().grants
        in_order = (kept[key] for key in sorted(kept))
        return [one for one in in_order if one.key.startswith(prefix) and (tenant is None or one.tenant == tenant)]

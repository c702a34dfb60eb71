"""What admins of workspaces granted us, as a store keeps it."""

from typing import Protocol

from bot.domain.grant import Grant


class Grants(Protocol):
    """What admins of workspaces granted us."""

    async def put(self, grant: Grant) -> None:
        """Keep or replace, by key."""
        ...

    async def get(self, key: str) -> Grant | None:
        """What is kept under this key."""
        ...

    async def drop(self, key: str) -> bool:
        """Delete one; False if there is none."""
        ...

    async def find(self, prefix: str = "", *, tenant: str | None = None) -> list[Grant]:
        """Those whose key begins so, of a tenant, or all; by key."""
        ...

"""Points discord.py at a server on this machine, and back again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import discord.client
import discord.gateway
import discord.http
import discord.shard
import yarl

_WAITERS = (discord.http, discord.client, discord.shard)


class _Hurried:
    """The asyncio module with shorter sleeps."""

    def __init__(self, factor: float) -> None:
        self._factor = factor

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, delay: float, result: Any = None) -> Any:
        """Sleep, but not for as long."""
        return await asyncio.sleep(delay * self._factor, result)


@contextmanager
def aimed_at(port: int, *, hurry: float = 1.0) -> Iterator[None]:
    """Within the block discord.py speaks to `127.0.0.1:port`.

    Args:
        hurry: discord.py's own waits (after a 500, before it identifies again, for a rate limit) take this share
            of their time; 1.0 leaves the library as it is.
    """
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
    modules: list[Any] = list(_WAITERS)
    waited = [module.asyncio for module in modules]
    for module in modules:
        module.asyncio = _Hurried(hurry) if hurry != 1.0 else asyncio
    try:
        yield
    finally:
        discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before
        for module, waits in zip(modules, waited, strict=True):
            module.asyncio = waits

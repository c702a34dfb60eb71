"""What machines ask of a running bot: is it alive, is it ready, its metrics.

Nothing about a server, a place or a person is told here, and nothing can be changed. Where the pages are meant for this
machine only, a request under another host's name is refused: no web page somebody opens here can read them through its
own name.
"""

import asyncio
import errno
import ipaddress
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from adapters.watch.metrics import CONTENT_TYPE, Metrics
from bot.domain.report import Figures
from bot.errors import ConfigError, StoreError

SILENCE = 30.0
"""Seconds without a beat after which a loop is taken for dead."""
_LOOPBACK = frozenset({"localhost", "localhost.localdomain"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Watched:
    """What the pages look at."""

    ages: Callable[[], Mapping[str, float]]
    """Seconds since the last beat of each loop."""
    up: Callable[[], Collection[str]]
    """The platforms that are listening."""
    figures: Callable[[], Awaitable[Figures]]
    """Asks the database; raises StoreError where it fails."""
    metrics: Metrics
    patience: float = 5.0
    """Seconds that the database may take to answer."""
    fresh: float = 2.0
    """Seconds for which its answer is good: however often we are asked, it is not."""


@asynccontextmanager
async def pages(listen: str, watched: Watched) -> AsyncIterator[str]:
    """Serve `/healthz`, `/readyz` and `/metrics` on `host:port` for the length of the block; gives the address.

    Port 0 takes any that is free.

    Raises:
        ConfigError: the address cannot be used, for instance because another process uses it.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    app = web.Application(middlewares=[_own_name] if _is_loopback(host) else [])
    served = _Pages(watched)
    app.router.add_get("/healthz", served.healthz)
    app.router.add_get("/readyz", served.readyz)
    app.router.add_get("/metrics", served.metrics)
    app.on_response_prepare.append(_plain_headers)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0, keepalive_timeout=15.0)
    await runner.setup()
    try:
        await _start(web.TCPSite(runner, host, int(port)), listen)
        bound = runner.addresses[0]
        yield f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, listen: str) -> None:
    try:
        await site.start()
    except OSError as error:
        raise ConfigError([f"COUNTERPOINT_LISTEN: {_why_not(listen, error)}"]) from error


def _why_not(listen: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{listen} is in use. Does another Counterpoint run here? Stop it, or choose another port here, "
            "or off for no pages"
        )
    return f"{listen} cannot be used: {error.strerror or error}"


class _Pages:
    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._looking = asyncio.Lock()
        self._seen: tuple[float, Figures | None] | None = None

    async def healthz(self, _: web.Request) -> web.Response:
        """200 while every loop beats."""
        ages = self._watched.ages()
        live = all(age <= SILENCE for age in ages.values())
        return _answer(live, {"live": live, "loops": {name: round(age, 1) for name, age in ages.items()}})

    async def readyz(self, _: web.Request) -> web.Response:
        """200 while the database answers and a platform is up; else a sentence each."""
        missing = []
        if await self._figures() is None:
            missing.append("The database does not answer.")
        if not self._watched.up():
            missing.append("No platform is connected.")
        return _answer(not missing, {"ready": not missing, "missing": missing})

    async def metrics(self, _: web.Request) -> web.Response:
        """The metrics, those of the database as of now."""
        body = self._watched.metrics.page(await self._figures(), self._watched.ages())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    async def _figures(self) -> Figures | None:
        """What the database says; None where it does not answer. Asked once at a time, whoever wants to know."""
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if self._seen is None or now - self._seen[0] > self._watched.fresh:
                self._seen = (now, await self._ask())
            return self._seen[1]

    async def _ask(self) -> Figures | None:
        try:
            async with asyncio.timeout(self._watched.patience):
                return await self._watched.figures()
        except (StoreError, TimeoutError):
            self._watched.metrics.warn("store_failed")
            return None


def _answer(good: bool, body: Mapping[str, object]) -> web.Response:
    status = 200 if good else 503
    return web.Response(status=status, text=json.dumps(body) + "\n", content_type="application/json")


@web.middleware
async def _own_name(request: web.Request, handler: Handler) -> web.StreamResponse:
    name = request.headers.get("Host", "").strip()
    if _is_loopback(_without_port(name)):
        return await handler(request)
    raise web.HTTPMisdirectedRequest(text="Ask for this page under the name localhost.\n")


def _without_port(name: str) -> str:
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") in _LOOPBACK


async def _plain_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "counterpoint"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"

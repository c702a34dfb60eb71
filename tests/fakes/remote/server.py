"""The remote platform as a process on loopback.

    python -m tests.fakes.remote.server --port 0 --log FILE --nonce-seconds 60

prints `{"port": …}` on standard output. It keeps posts in memory and in the log, so that it can be started again at the
same port after it died. `PUT /orders` changes it while it runs; `GET /orders` tells how it fares.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.remote.faults import Fault, Faults
from tests.fakes.remote.remote import Post, Refusal, Remote, Rules

HEAR_SECONDS = 1.0
"""How long somebody who listens is kept waiting."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Trap:
    """Kills a process once so many further messages were accepted: after the acceptance, before the answer."""

    process: int
    accepted: int
    freeze: float = 0.0
    """Seconds for which it is only stopped."""


@dataclass(slots=True)
class Ambush:
    """Kills the process that announced itself last when a place has so many messages, once for each place."""

    places: dict[str, tuple[int, float]]
    """How many messages, and how many seconds after the last of them."""
    process: int | None = None
    met: list[tuple[str, int]] = field(default_factory=list)
    """Places whose kill has happened, and at how many messages."""


@dataclass(slots=True)
class Server:
    """The platform behind HTTP."""

    remote: Remote
    faults: Faults = field(default_factory=Faults)
    trap: Trap | None = None
    traps: int = 0
    """Processes that were killed or stopped so."""
    ambush: Ambush = field(default_factory=lambda: Ambush({}))
    said: list[dict[str, Any]] = field(default_factory=list)
    """What people said, for those who listen."""
    hung_up: bool = False
    """Nobody will say more."""

    def application(self) -> web.Application:
        """Its pages."""
        pages = web.Application()
        pages.add_routes(
            [
                web.post("/places/{place}/posts", self._limited(self._post)),
                web.get("/places/{place}/posts", self._limited(self._read)),
                web.patch("/posts/{message}", self._limited(self._revise)),
                web.delete("/posts/{message}", self._delete),
                web.get("/heard", self._hear),
                web.put("/orders", self._order),
                web.get("/orders", self._tell),
            ]
        )
        return pages

    def _limited(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                self.remote.admit()
                return await handler(request)
            except Refusal as refusal:
                return _refused(refusal)

        return handle

    async def _post(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        fault = self.faults.draw(post=True)
        self._fail_before(fault)
        if fault is Fault.LATE:
            await asyncio.sleep(self.remote.rules.late_seconds)
        post = self.remote.post(
            request.match_info["place"],
            wanted["text"],
            key=wanted["key"],
            thread=wanted.get("thread"),
            opens=wanted.get("opens", False),
            nonce=wanted.get("nonce", True),
        )
        self._spring()
        self._meet(post.place)
        return await self._fail_after(fault, request) or web.json_response(_shown(post), status=201)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.draw(post=False)
        self._fail_before(fault)
        last = int(request.query.get("last", "100"))
        found = self.remote.read(request.match_info["place"], thread=request.query.get("thread"), last=last)
        body = {"posts": [_shown(post) for post in found]}
        return await self._fail_after(fault, request) or web.json_response(body)

    async def _revise(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        return web.json_response(_shown(self.remote.revise(request.match_info["message"], wanted["text"])))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        try:
            self.remote.delete(request.match_info["message"])
        except Refusal as refusal:
            return _refused(refusal)
        return web.json_response({})

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        after = int(request.query.get("after", "0"))
        if self.hung_up and after >= len(self.said):
            return web.json_response({"what": "over"}, status=410)
        if after >= len(self.said):
            await asyncio.sleep(HEAR_SECONDS)
        return web.json_response({"said": self.said[after:]})

    async def _order(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        if "rates" in wanted:
            self.faults.rates = {Fault(name): rate for name, rate in wanted["rates"].items()}
        if "script" in wanted:
            self.faults.script = deque(name and Fault(name) for name in wanted["script"])
        if "closed" in wanted:
            self.remote.closed = dict(wanted["closed"])
        if "rules" in wanted:
            self.remote.rules = replace(self.remote.rules, **wanted["rules"])
        if "trap" in wanted:
            self.trap = wanted["trap"] and Trap(**wanted["trap"])
        if "ambush" in wanted:
            self.ambush = Ambush({place: (count, wait) for place, (count, wait) in wanted["ambush"].items()})
        if "process" in wanted:
            self.ambush.process = wanted["process"]
        return await self._tell(request)

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        del request
        remote = self.remote
        return web.json_response(
            {
                "accepted": len(remote.posts),
                "asked": remote.asked,
                "repeats": remote.repeats,
                "injected": dict(self.faults.injected),
                "refused": len(remote.refused),
                "most_refused": remote.most_refused(),
                "traps": self.traps,
                "armed": self.trap is not None,
                "met": self.ambush.met,
            }
        )

    def _fail_before(self, fault: Fault | None) -> None:
        if fault is Fault.FAIL_BEFORE:
            raise self.remote.refuse(503, "server")
        if fault is Fault.BUSY:
            raise self.remote.refuse(429, "limit", self.remote.rules.retry_after)
        if fault is Fault.FORBIDDEN:
            raise self.remote.refuse(403, "place")

    async def _fail_after(self, fault: Fault | None, request: web.Request) -> web.StreamResponse | None:
        match fault:
            case Fault.DROP:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            case Fault.FAIL_AFTER:
                return web.json_response({"what": "server"}, status=502)
            case Fault.RUBBISH:
                return web.Response(text="<!doctype html><title>Just a moment …</title>", content_type="text/html")
            case Fault.SLOW:
                await asyncio.sleep(self.remote.rules.slow_seconds)
            case Fault.DIE:
                os._exit(1)
        return None

    def _spring(self) -> None:
        if self.trap is None:
            return
        self.trap.accepted -= 1
        if self.trap.accepted <= 0:
            if self.trap.freeze:
                self.traps += _sent(self.trap.process, signal.SIGSTOP)
                asyncio.get_running_loop().call_later(self.trap.freeze, _sent, self.trap.process, signal.SIGCONT)
            else:
                self.traps += _sent(self.trap.process, signal.SIGKILL)
            self.trap = None

    def _meet(self, place: str) -> None:
        count, wait = self.ambush.places.get(place, (0, 0.0))
        if not count or self.ambush.process is None or self.remote.messages_in(place) != count:
            return
        del self.ambush.places[place]
        if wait:
            asyncio.get_running_loop().call_later(wait, self._strike, place, count)
        else:
            self._strike(place, count)

    def _strike(self, place: str, count: int) -> None:
        if self.ambush.process is not None and _sent(self.ambush.process, signal.SIGKILL):
            self.ambush.process = None
            self.ambush.met.append((place, count))


def _sent(process: int, what: signal.Signals) -> bool:
    try:
        os.kill(process, what)
    except ProcessLookupError:
        return False  # it has ended by itself
    return True


def _shown(post: Post) -> dict[str, Any]:
    shown = asdict(post)
    return {name: shown[name] for name in ("id", "thread", "opens", "key", "text", "deleted", "number")}


def _refused(refusal: Refusal) -> web.Response:
    body = {"what": refusal.what, "retry_after": refusal.retry_after}
    return web.json_response(body, status=refusal.status)


@asynccontextmanager
async def serving(server: Server, port: int = 0) -> AsyncIterator[int]:
    """The platform on 127.0.0.1 in this process; gives its port."""
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.fakes.remote.server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--tied", action="store_true", help="end when standard input ends: with whoever started it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rates", type=json.loads, default={}, help='such as {"drop": 0.02}')
    parser.add_argument("--script", type=json.loads, default=[], help='such as [null, "die"]')
    parser.add_argument("--closed", type=json.loads, default={}, help='such as {"p7": 404}')
    for name, default in asdict(Rules()).items():
        kind = json.loads if isinstance(default, bool) else type(default)
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default)
    return parser.parse_args(given)


async def _serve(wanted: argparse.Namespace) -> None:
    rules = Rules(**{name: getattr(wanted, name) for name in asdict(Rules())})
    rates = {Fault(name): rate for name, rate in wanted.rates.items()}
    script: deque[Fault | None] = deque(name and Fault(name) for name in wanted.script)
    remote = Remote(rules, time.monotonic, wanted.log, wanted.closed)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if wanted.tied:
        asyncio.get_running_loop().add_reader(sys.stdin, stop.set)  # nothing is ever written: readable means closed
    async with serving(Server(remote, Faults(rates, wanted.seed, script)), wanted.port) as port:
        sys.stdout.write(json.dumps({"port": port}) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_serve(_arguments(sys.argv[1:])))

"""Between the sockets and the routes: bodies, tokens, pace, faults, and answers with the headers that Discord sends."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord import refusals
from tests.fakes.discord.faults import Fault, Faults
from tests.fakes.discord.posting import SentFile
from tests.fakes.discord.ratelimits import Buckets, Verdict
from tests.fakes.discord.refusals import Refused
from tests.fakes.discord.server import NO_CONTENT, Asked, Doing
from tests.fakes.discord.world import World

_ANSWERED = {
    Fault.FAIL: (500, refusals.BROKEN.body()),
    Fault.BAD_GATEWAY: (502, {"message": "502: Bad Gateway", "code": 0}),
    Fault.FAIL_AFTER: (502, {"message": "502: Bad Gateway", "code": 0}),
    Fault.UNAVAILABLE: (503, {"message": "503: Service Unavailable", "code": 0}),
    Fault.FORBIDDEN: (403, refusals.MISSING_PERMISSIONS.body()),
    Fault.NO_ACCESS: (403, refusals.MISSING_ACCESS.body()),
    Fault.GONE: (404, refusals.UNKNOWN_CHANNEL.body()),
}
_NOT_TAKEN = frozenset(_ANSWERED) - {Fault.FAIL_AFTER} | {Fault.BUSY, Fault.BUSY_ALL, Fault.BANNED, Fault.DROP_BEFORE}
_PAGE = b"<html><body>This page is for people.</body></html>"
_VIA = {"Via": "1.1 edge"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came in and what it was answered; status 0 for none."""

    method: str
    route: str
    path: str
    status: int
    body: Any
    response: Any = None


@dataclass(slots=True)
class Wire:
    """Handles every REST request."""

    world: World
    faults: Faults = field(default_factory=Faults)
    buckets: Buckets = field(default_factory=Buckets)
    requests: list[Request] = field(default_factory=list)

    async def handle(self, request: web.Request, template: str, doing: Doing) -> web.StreamResponse:
        """Answer one request."""
        fault = self.faults.draw(template)
        body, files = await _read(request)
        verdict = self._verdict(request, template, fault)
        if fault is Fault.DROP_BEFORE:
            return self._hang_up(request, template, body)
        if fault is Fault.LATE:
            await asyncio.sleep(self.faults.slow)
        status, said = self._refused_at_once(request, verdict, fault) or (0, None)
        if not status:
            status, said = _done(doing, _asked(self.world, request, body, files))
        if fault is Fault.DROP:
            return self._hang_up(request, template, body)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.faults.slow)
        if fault is Fault.FAIL_AFTER:
            status, said = _ANSWERED[fault]
        elif fault is Fault.RUBBISH:
            status, said = 200, _PAGE
        return self._answer(request, template, body, status, said, verdict)

    def _verdict(self, request: web.Request, template: str, fault: Fault | None) -> Verdict:
        ids = request.match_info
        major = ids.get("channel") or ids.get("guild") or f"{ids.get('application', '')}{ids.get('token', '')}"
        of_interaction = "token" in ids
        verdict = self.buckets.take(template, major, counts_globally=not of_interaction)
        if fault in {Fault.BUSY, Fault.BUSY_ALL}:
            scope = "global" if fault is Fault.BUSY_ALL else "user"
            return Verdict(verdict.headers | {"X-RateLimit-Scope": scope}, self.faults.retry_after, scope)
        return verdict

    def _refused_at_once(self, request: web.Request, verdict: Verdict, fault: Fault | None) -> tuple[int, Any] | None:
        """What is answered before anything is done, if so."""
        if fault is Fault.BANNED or self.buckets.invalid >= self.world.portal.invalid_requests:
            verdict.scope = "banned"
            return 429, {"message": "You are being blocked from accessing our API temporarily.", "code": 0}
        if verdict.retry_after is not None:
            words = {"message": "You are being rate limited.", "retry_after": verdict.retry_after}
            return 429, words | {"global": verdict.scope == "global"}
        if "token" not in request.match_info and request.headers.get("Authorization") != f"Bot {self.world.token}":
            return 401, refusals.UNAUTHORIZED.body()
        return _ANSWERED[fault] if fault in _NOT_TAKEN and fault in _ANSWERED else None

    def _answer(
        self, request: web.Request, template: str, body: Any, status: int, said: Any, verdict: Verdict
    ) -> web.StreamResponse:
        self.buckets.note(status)
        self._keep(request, template, status, body, said)
        headers = dict(verdict.headers) | ({} if verdict.scope == "banned" else _VIA)
        if status == 429 and verdict.retry_after is not None:
            headers["Retry-After"] = str(verdict.retry_after)
        if said is NO_CONTENT:
            return web.Response(status=204, headers=headers)
        if isinstance(said, bytes):
            return web.Response(body=said, content_type="text/html", headers=headers)
        raw = json.dumps(said, ensure_ascii=False).encode()
        return web.Response(body=raw, status=status, content_type="application/json", headers=headers)

    def _hang_up(self, request: web.Request, template: str, body: Any) -> web.StreamResponse:
        self._keep(request, template, 0, body, None)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _keep(self, request: web.Request, template: str, status: int, body: Any, said: Any) -> None:
        shown = None if said is NO_CONTENT or isinstance(said, bytes) else said
        path = request.path.removeprefix("/api/v10")
        self.requests.append(Request(request.method, template, path, status, body, shown))
        self.world.touch()


def _asked(world: World, request: web.Request, body: Any, files: list[SentFile]) -> Asked:
    query = {name: str(value) for name, value in request.query.items()}
    return Asked(world, dict(request.match_info), query, body, files, request.host)


def _done(doing: Doing, asked: Asked) -> tuple[int, Any]:
    """Do it, and give status and answer."""
    if asked.body is _UNREADABLE:
        return refusals.BAD_JSON.status, refusals.BAD_JSON.body()
    try:
        said = doing(asked)
    except Refused as refused:
        return refused.refusal.status, refused.refusal.body()
    return (204 if said is NO_CONTENT else 200), said


_UNREADABLE = object()


async def _read(request: web.Request) -> tuple[Any, list[SentFile]]:
    """The JSON body, and the files of a multipart one."""
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        try:
            return (json.loads(raw) if raw else None), []
        except ValueError:
            return _UNREADABLE, []
    body: Any = {}
    files: list[SentFile] = []
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            body = json.loads(value.file.read() if isinstance(value, web.FileField) else value)
        elif isinstance(value, web.FileField):
            key = name.removeprefix("files[").removesuffix("]")
            files.append(SentFile(key, value.filename, value.file.read()))
            value.file.close()
    return body, files

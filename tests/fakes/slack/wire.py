"""Between the sockets and the methods: bodies, tokens, scopes, pace, faults, and answers as Slack gives them."""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.ratelimits import SMALL, Buckets
from tests.fakes.slack.refusals import Refused, missing_scope
from tests.fakes.slack.world import Team, Token, User, World

_ANSWERED: dict[Fault, tuple[int, Any]] = {
    Fault.FAIL: (500, {"ok": False, "error": "internal_error"}),
    Fault.BAD_GATEWAY: (502, b"<html><body>502 Bad Gateway</body></html>"),
    Fault.UNAVAILABLE: (503, b"<html><body>503 Service Unavailable</body></html>"),
    Fault.INTERNAL: (200, {"ok": False, "error": "internal_error"}),
    Fault.NOT_IN_CHANNEL: (200, {"ok": False, "error": "not_in_channel"}),
    Fault.GONE: (200, {"ok": False, "error": "channel_not_found"}),
    Fault.ARCHIVED: (200, {"ok": False, "error": "is_archived"}),
    Fault.REVOKED: (200, {"ok": False, "error": "token_revoked"}),
}
"""Not taken."""
_TAKEN: dict[Fault, tuple[int, Any]] = {
    Fault.FAIL_AFTER: _ANSWERED[Fault.BAD_GATEWAY],
    Fault.FATAL: (200, {"ok": False, "error": "fatal_error"}),
    Fault.RUBBISH: (200, b"<html><body>This page is for people.</body></html>"),
}
_JSON_ARGUMENTS = ("blocks", "attachments", "metadata", "view", "files", "prompts", "chunks", "loading_messages")
_FLAGS = {"1": True, "true": True, "True": True, "0": False, "false": False, "False": False}


@dataclass(frozen=True, slots=True)
class Request:
    """A call that came in and what it was answered; status 0 for none. `team` is None where the token is nobody's."""

    method: str
    team: str | None
    status: int
    arguments: Mapping[str, Any]
    response: Any = None

    @property
    def error(self) -> str | None:
        """Slack's word for what was wrong."""
        return self.response.get("error") if isinstance(self.response, Mapping) else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A call: whose token, which arguments."""

    world: World
    method: str
    token: Token
    arguments: dict[str, Any]
    small: bool = False
    """Only a few messages are given."""

    @property
    def team(self) -> Team:
        """The workspace that the token is for."""
        return self.world.teams[self.token.team or ""]

    @property
    def bot(self) -> User:
        """Our user there."""
        return self.world.users[self.team.bot_user]

    def text(self, name: str) -> str:
        """An argument that has to be there.

        Raises:
            Refused: `invalid_arguments`, with its name.
        """
        value = self.arguments.get(name)
        if value is None or value == "":
            raise Refused("invalid_arguments", messages=[f"missing required field: {name}"])
        return str(value)

    def maybe(self, name: str) -> str | None:
        """An argument that may be missing."""
        value = self.arguments.get(name)
        return None if value is None or value == "" else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument that is on or off."""
        value = self.arguments.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else _FLAGS.get(str(value), default)

    def number(self, name: str, default: int) -> int:
        """An argument that is a whole number."""
        value = self.arguments.get(name)
        return int(value) if value not in {None, ""} else default

    def need(self, scope: str) -> None:
        """What the token has to permit.

        Raises:
            Refused: `missing_scope`.
        """
        if scope not in self.token.scopes:
            raise missing_scope(scope, self.token.scopes)


Doing = Callable[[Asked], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API."""

    name: str
    doing: Doing
    scopes: tuple[str, ...] = ()
    """One of these is needed; none: any token will do."""
    kind: str = "bot"
    """Token: `bot`, `app`, or `none` for those that need none."""
    tier: int | None = 3
    """None: one a second and channel."""


@dataclass(slots=True)
class Wire:
    """Handles every call."""

    world: World
    faults: Faults = field(default_factory=Faults)
    requests: list[Request] = field(default_factory=list)
    buckets: Buckets = field(init=False)

    def __post_init__(self) -> None:
        self.buckets = Buckets(lambda: self.world.now().timestamp())

    async def handle(self, request: web.Request, method: Method | None) -> web.StreamResponse:
        """Answer one call of a method; None: of one that there is not."""
        arguments = await _read(request)
        given = _given(request, arguments)
        token = self.world.tokens.get(given)
        name = method.name if method is not None else request.path.rpartition("/")[2]

        def doing() -> Mapping[str, Any]:
            if method is None:
                raise Refused("unknown_method", req_method=name)
            small = self.buckets.history == "small" and name in SMALL
            asked = _admitted(self.world, method, token, given, arguments)
            return method.doing(replace(asked, small=small)) or {}

        wait = self._wait(method, token, arguments)
        accepted = method.scopes if method is not None else ()
        return await self.answer(request, name, token, arguments, doing, wait=wait, accepted=accepted)

    async def answer(
        self,
        request: web.Request,
        name: str,
        token: Token | None,
        arguments: Mapping[str, Any],
        doing: Callable[[], Any],
        *,
        wait: int | None = None,
        accepted: Sequence[str] = (),
    ) -> web.StreamResponse:
        """Do something and answer, as the faults have it. `wait`: it is one call too many.

        Args:
            accepted: the scopes that would do.
        """
        fault = self.faults.draw(name)
        team = token.team if token is not None else None

        def kept(status: int, said: Any = None) -> None:
            self.requests.append(Request(name, team, status, arguments, said))
            self.world.touch()

        if fault is Fault.DROP_BEFORE:
            kept(0)
            return _hang_up(request)
        if fault is Fault.LATE:
            await asyncio.sleep(self.faults.slow)
        if fault is Fault.BUSY or wait is not None:
            kept(429, {"ok": False, "error": "ratelimited"})
            return _limited(wait if wait is not None else self.faults.retry_after)
        status, said = _ANSWERED[fault] if fault in _ANSWERED else _done(doing)
        if fault is Fault.DROP:
            kept(0, said)
            return _hang_up(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.faults.slow)
        status, said = _TAKEN.get(fault, (status, said)) if fault is not None else (status, said)
        kept(status, said)
        return _response(status, said, token, accepted)

    def _wait(self, method: Method | None, token: Token | None, arguments: Mapping[str, Any]) -> int | None:
        if method is None:
            return None
        channel = arguments.get("channel")
        team = (token.team if token is not None else None) or ""
        return self.buckets.take(method.name, method.tier, team, str(channel) if channel else None)


def _admitted(world: World, method: Method, token: Token | None, given: str, arguments: dict[str, Any]) -> Asked:
    """Whether this token may call this at all."""
    if method.kind == "none":
        return Asked(world, method.name, token or Token("", "none", None, None, frozenset()), arguments)
    if token is None:
        raise Refused("invalid_auth" if given else "not_authed")
    if token.revoked or token.inactive:
        raise Refused("token_revoked" if token.revoked else "account_inactive")
    if token.ends is not None and world.now() >= token.ends:
        raise Refused("token_expired")
    if token.kind != method.kind:
        raise Refused("not_allowed_token_type")
    if method.scopes and not token.scopes.intersection(method.scopes):
        raise missing_scope(",".join(method.scopes), token.scopes)
    return Asked(world, method.name, token, arguments)


def _done(doing: Callable[[], Any]) -> tuple[int, Any]:
    try:
        said = doing()
    except Refused as refused:
        return 200, refused.body()
    return 200, {"ok": True, **said} if isinstance(said, Mapping) else said


def _given(request: web.Request, arguments: dict[str, Any]) -> str:
    """The token of a call, from its headers or its arguments; empty: none. A name and secret become arguments."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind == "Basic":
        name, _, secret = base64.b64decode(value).decode().partition(":")
        arguments |= {"client_id": name, "client_secret": secret}
        return ""
    return value if kind == "Bearer" else str(arguments.pop("token", ""))


async def _read(request: web.Request) -> dict[str, Any]:
    """The arguments of a call, wherever they stand: in the address, a form, or JSON."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json() if request.body_exists else {}
        found |= body if isinstance(body, dict) else {}
    elif request.body_exists:
        found |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for name in _JSON_ARGUMENTS:
        if isinstance(found.get(name), str) and found[name][:1] in {"[", "{"}:
            with suppress(ValueError):  # whoever needs it refuses a text
                found[name] = json.loads(found[name])
    return found


def _response(status: int, said: Any, token: Token | None, accepted: Sequence[str]) -> web.Response:
    if isinstance(said, bytes):
        return web.Response(body=said, status=status, content_type="text/html")
    headers = {"X-Slack-Req-Id": "fake"}
    if token is not None:
        headers |= {"X-OAuth-Scopes": ",".join(sorted(token.scopes))}
        headers |= {"X-Accepted-OAuth-Scopes": ",".join(accepted)}
    raw = json.dumps(said, ensure_ascii=False).encode()
    return web.Response(body=raw, status=status, content_type="application/json", charset="utf-8", headers=headers)


def _limited(seconds: int) -> web.Response:
    raw = json.dumps({"ok": False, "error": "ratelimited"}).encode()
    headers = {"Retry-After": str(seconds)}
    return web.Response(body=raw, status=429, content_type="application/json", charset="utf-8", headers=headers)


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

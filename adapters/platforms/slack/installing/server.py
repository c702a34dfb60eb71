"""The door: where Slack's requests arrive, and browsers of people who install us.

Whatever is sent here, the answer is a page or a short sentence, and no failure of ours is shown as one: Slack sends
again what was not taken. What ends TLS stands before it.
"""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Middleware

from adapters.platforms.slack.installing.flow import INSTALL, Installing
from adapters.platforms.slack.installing.pages import Page, answer, spoken
from adapters.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from bot.errors import ConfigError, CounterpointError
from bot.ports.events import Events
from bot.ports.phrases import Catalogue

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a request; Slack's largest has a view of 250 KB in it, twice."""
_MOST_SECONDS: Final = 1.0
_FIRST_FAILURE: Final = 500
_NOT_FOUND: Final = 404
_NOT_NOW: Final = 503
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def door(
    handle: Handler | None, installing: Installing | None, *, catalogue: Catalogue, events: Events
) -> web.Application:
    """`handle` is given what Slack sends, signed or not; None where events come through sockets. Without `installing`
    nobody can install us: we are in one workspace.
    """
    app = web.Application(client_max_size=LARGEST, middlewares=[_guarded(_Guard(catalogue, events))])
    if handle is not None:
        app.router.add_post(EVENTS_PATH, handle)
    if installing is not None:
        app.router.add_get("/", installing.front)
        app.router.add_get(INSTALL, installing.begin)
        app.router.add_get(REDIRECT_PATH, installing.complete)
    return app


@asynccontextmanager
async def listening(app: web.Application, listen: str) -> AsyncIterator[str]:
    """Serve on `host:port` for the length of the block; gives the address. Port 0 takes any that is free.

    Raises:
        ConfigError: the address cannot be used, for instance because another process uses it.
    """
    host, _, port = listen.rpartition(":")
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_MOST_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            raise ConfigError([f"COUNTERPOINT_SLACK_LISTEN: {_why_not(listen, error)}"]) from error
        bound = runner.addresses[0]
        yield f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()


def _why_not(listen: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{listen} is in use. Does another Counterpoint run here? Stop it, or choose another port here"
    return f"{listen} cannot be used: {error.strerror or error}"


def _guarded(guard: "_Guard") -> Middleware:
    @web.middleware
    async def pass_on(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await guard.pass_on(request, handler)

    return pass_on


class _Guard:
    """Answers where a handler did not."""

    def __init__(self, catalogue: Catalogue, events: Events) -> None:
        self._catalogue = catalogue
        self._events = events

    async def pass_on(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What the handler answers, or a page or sentence in its place."""
        try:
            response = await handler(request)
        except web.HTTPNotFound:
            return self._nothing_here(request)
        except web.HTTPException:
            raise  # too large, another method
        except Exception as error:  # noqa: BLE001  # the supervisor: it is reported, and Slack sends it again
            return self._failed(request, error)
        if response.status >= _FIRST_FAILURE and request.path == EVENTS_PATH:
            self._events.warn("slack_request_failed", path=EVENTS_PATH, error=f"status {response.status}", reason="")
            return web.Response(status=_NOT_NOW, text="It was not taken.")
        return response

    def _nothing_here(self, request: web.Request) -> web.Response:
        say = spoken(request, self._catalogue)
        page = Page(say.say("install-nothing-title"), (say.say("install-nothing"),))
        return answer(page, say.language, status=_NOT_FOUND)

    def _failed(self, request: web.Request, error: Exception) -> web.Response:
        reason = str(error)[:200] if isinstance(error, CounterpointError) else ""
        self._events.warn("slack_request_failed", path=request.path[:100], error=type(error).__name__, reason=reason)
        if request.path == EVENTS_PATH:
            return web.Response(status=_NOT_NOW, text="It was not taken.")
        say = spoken(request, self._catalogue)
        page = Page(
            say.say("install-failed-title"), (say.say("install-failed"),), ((say.say("install-again"), INSTALL),)
        )
        return answer(page, say.language, status=_NOT_NOW)

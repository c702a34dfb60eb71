"""What Slack tells us becomes calls of what listens, each in a task of its own.

Bolt reads requests and answers them, whether they come through a socket that we open or over HTTP. Slack is told at
once that something arrived; the work begins after that. A listener that fails is told to the operator and ends nothing
else.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock as Instants
from slack_sdk.signature import SignatureVerifier

from adapters.platforms.slack import bodies
from adapters.platforms.slack.access import Departures, Meet
from adapters.platforms.slack.hearing import Ears
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.rest import SlackRest
from adapters.platforms.slack.sockets import LEFT, Lines
from bot.domain.fresh import Fresh
from bot.errors import CounterpointError, PlaceClosed, PlatformError
from bot.ports.clock import Clock

PORTAL: Final = "https://api.slack.com/apps"
"""Where tokens, scopes and events of an app are."""
ANY: Final = re.compile("")
_PATIENCE: Final = 1.0
"""Seconds that listeners get to end by themselves."""
_TAKEN, _UNREADABLE, _UNSIGNED, _FAILED = 200, 400, 401, 500
_MET: Final = timedelta(minutes=10)
_MOST_MET: Final = 5_000


@dataclass(frozen=True, slots=True)
class Listening:
    """What a connection is given to listen with."""

    ears: Ears
    greet: Callable[[str, str, Kit], Coroutine[Any, Any, None]]
    """Says hello, to who installed us and nobody else: team and user."""


class Tasks:
    """Work beside everything else, known by what it is, so that none is left behind."""

    def __init__(self, failed: Callable[[str, BaseException], None]) -> None:
        self._failed = failed
        self._at_work: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Do something; it may fail."""
        task = asyncio.create_task(work, name=name)
        self._at_work.add(task)
        task.add_done_callback(self._ended)

    async def end(self) -> None:
        """Give what is at work a moment, then cancel it."""
        others = self._at_work - {asyncio.current_task()}
        if others:
            _, late = await asyncio.wait(others, timeout=_PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._failed(task.get_name(), error)


class Client:
    """Listens to Slack once it was given ears."""

    def __init__(
        self, kit: Kit, rest: SlackRest, *, signing_secret: str | None, meet: Meet, leaving: Departures
    ) -> None:
        """Prepare; nothing is connected. Without a signing secret nothing is taken over HTTP."""
        self._kit = kit
        self._rest = rest
        self.leaving = leaving
        self._listening: Listening | None = None
        self._joined: Callable[[str, str], None] | None = None
        self._strange: Fresh[bool] = Fresh(kit.clock, lasts=_MET, most=_MOST_MET)
        self._tasks = Tasks(self.failed)
        self._lines: Lines | None = None
        self._signatures = SignatureVerifier(signing_secret, _Instants(kit.clock)) if signing_secret else None
        self._app = _app(kit, rest, meet)
        _register(self._app, self)

    @property
    def listening(self) -> Listening | None:
        """What it listens with; None before, and when it ends."""
        return self._listening

    def listen_with(self, listening: Listening, *, joined: Callable[[str, str], None]) -> None:
        """From now on, what happens is handed on; `joined` hears of channels that we came into: team and channel."""
        self._listening, self._joined = listening, joined

    async def connect(self, app_token: str) -> None:
        """Open a socket and listen until cancelled; a socket that breaks is replaced.

        Raises:
            ConfigError: the token is refused.
            PlatformUnavailable: Slack cannot be reached.
        """
        self._lines = Lines(self._app, self._rest, app_token, self._kit.events)
        await self._lines.listen()

    async def handle(self, request: web.Request) -> web.Response:
        """What Slack sends over HTTP: 401 unless it is signed, and was so within five minutes."""
        body = await request.read()
        if self._signatures is None or not _is_signed(body, request, self._signatures):
            return web.Response(status=_UNSIGNED, text="This request is not signed by Slack, or too old.")
        try:
            made = await to_bolt_request(request)
        except (ValueError, AttributeError, TypeError, LookupError):
            made = None
        if made is None or not bodies.is_readable(made.body):
            return web.Response(status=_UNREADABLE, text="This is no request of Slack's.")
        left = made.context[LEFT] = asyncio.Event()
        try:
            answer = await to_aiohttp_response(await self._app.async_dispatch(made))
            if answer.status < _FAILED:
                await _send(answer, request)
            return answer
        finally:
            left.set()

    async def end(self) -> None:
        """Close the socket; listeners at work get a moment to finish."""
        self._listening = None
        if self._lines is not None:
            await self._lines.close()
        await self._tasks.end()

    def greet(self, team: str, user: str) -> None:
        """Say hello to who installed us."""
        if self._listening is not None:
            self.begin(self._listening.greet(team, user, self._kit), "greet")

    def begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Do something beside everything else."""
        self._tasks.begin(work, name)

    def came_into(self, body: Json, team: str) -> None:
        """Somebody came into a channel: that only matters if it is us."""
        event: Any = body.get("event") or {}
        us = next((str(one.get("user_id")) for one in body.get("authorizations") or () if one.get("is_bot")), "")
        if self._joined is not None and us and event.get("user") == us:
            self._joined(team, str(event.get("channel")))

    def turn_away(self, team: str, address: object) -> None:
        """Something comes from a workspace that we are not in (any more): the operator learns it once in a while, who
        did something at once, through the address that came with it.
        """
        if not self._strange.get(team):
            self._strange.put(team, True)
            self._kit.events.tell("slack_not_installed", workspace=team)
        if isinstance(address, str) and address:
            self.begin(self._say_so(address), "turned away")

    async def _say_so(self, address: str) -> None:
        with suppress(PlatformError):  # there is nobody else to tell
            await self._rest.respond(address, text=self._kit.catalogue.speak("").say("slack-not-installed"))

    def failed(self, name: str, error: BaseException) -> None:
        """Tell the operator; the words of what is no error of ours stay inside."""
        cause = error.__cause__
        named = type(error).__name__ + (f" from {type(cause).__name__}" if cause else "")
        words = str(error)[:200] if isinstance(error, CounterpointError) else ""
        self._kit.events.warn("slack_handler_failed", handler=name, error=named, reason=words)


def _is_signed(body: bytes, request: web.Request, signatures: SignatureVerifier) -> bool:
    try:
        return signatures.is_valid_request(body, dict(request.headers))
    except (ValueError, OverflowError, TypeError):
        return False  # an instant that is no number or no instant; a signature with letters that none has


class _Instants(Instants):
    """The clock that signatures are judged by."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Seconds since 1970."""
        return self._clock.now().timestamp()


def _app(kit: Kit, rest: SlackRest, meet: Meet) -> AsyncApp:
    met: Fresh[bool] = Fresh(kit.clock, lasts=_MET, most=_MOST_MET)

    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        """Who we are there: what we say is told from what others say. No request is made for each event.

        Raises:
            PlaceClosed: we are not there.
            PlatformError: it could not be looked up.
        """
        if enterprise_id and team_id and not met.get(f"{enterprise_id}/{team_id}"):
            await meet(team_id, enterprise_id)
            met.put(f"{enterprise_id}/{team_id}", True)
        found = await kit.workspaces.of(team_id or "")
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=found.me,
            bot_id=found.bot,
            bot_token="",  # everything goes through `rest`
            user_id=user_id,
        )

    with _quiet():
        return AsyncApp(
            name="counterpoint",
            client=rest.client(),
            authorize=authorize,
            signing_secret="",  # signatures are checked before, against our own clock
            request_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Bolt finds tokens in the environment and warns that it will not use them: nobody has asked it to."""
    logger = logging.getLogger(f"slack_bolt.{AsyncApp.__name__}")

    def none(record: logging.LogRecord) -> bool:
        del record
        return False

    logger.addFilter(none)
    try:
        yield
    finally:
        logger.removeFilter(none)


def _register(app: AsyncApp, client: Client) -> None:
    """All listeners. Bolt calls the first that fits; what fits none of ours is taken and left alone."""
    for kind in ("message", "app_mention"):
        app.event(kind)(_told(client, bodies.said, lambda ears: ears.said))
    app.event("app_home_opened")(_told(client, bodies.opened, lambda ears: ears.opened))
    app.event("agent_session_stopped")(_told(client, bodies.halted, lambda ears: ears.halted))
    app.action(ANY)(_told(client, bodies.pressed, lambda ears: ears.pressed))
    app.command(ANY)(_told(client, bodies.typed, lambda ears: ears.typed))
    app.shortcut(ANY)(_told(client, bodies.called, lambda ears: ears.called))
    _register_removals(app, client)
    _register_changes(app, client)
    _register_modals(app, client)
    _register_failures(app, client)


def _register_removals(app: AsyncApp, client: Client) -> None:
    @app.event("app_uninstalled")
    async def uninstalled(body: dict[str, Any], context: AsyncBoltContext) -> None:
        if team := context.team_id or context.enterprise_id:
            client.begin(client.leaving.uninstalled(team, context.enterprise_id, at=_instant(body)), "uninstalled")

    @app.event("tokens_revoked")
    async def revoked(body: dict[str, Any], context: AsyncBoltContext) -> None:
        tokens = (body.get("event") or {}).get("tokens") or {}
        if (team := context.team_id or context.enterprise_id) and tokens.get("bot"):
            client.begin(client.leaving.revoked(team, context.enterprise_id, at=_instant(body)), "revoked")

    @app.event("team_access_revoked")
    async def withdrawn(body: dict[str, Any]) -> None:
        teams = [str(team) for team in (body.get("event") or {}).get("team_ids") or ()]
        client.begin(client.leaving.withdrawn(teams), "withdrawn")


def _register_changes(app: AsyncApp, client: Client) -> None:
    @app.event("member_joined_channel")
    async def joined(body: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.team_id:
            client.came_into(body, context.team_id)

    @app.event(ANY)
    async def other(body: dict[str, Any]) -> None:
        del body  # an event that the app is subscribed to and that we have no use for


def _register_modals(app: AsyncApp, client: Client) -> None:
    @app.view(ANY)
    async def modal(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        listening, sent = client.listening, bodies.sent(body, context.team_id)
        if listening is None or sent is None:
            await ack()
            return
        verdict = listening.ears.verdict(sent)
        await ack(**(verdict or {}))
        if verdict is None or not verdict.get("errors"):
            client.begin(_after(context[LEFT], lambda: listening.ears.sent(sent)), "sent")

    @app.view_closed(ANY)
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.options(ANY)
    async def options(ack: AsyncAck, body: dict[str, Any]) -> None:
        listening = client.listening
        found = listening.ears.choices(*bodies.searched(body)) if listening else ()
        await ack(options=[dict(one) for one in found])


def _register_failures(app: AsyncApp, client: Client) -> None:
    @app.error
    async def failed(
        error: Exception, body: dict[str, Any], context: AsyncBoltContext, response: BoltResponse | None
    ) -> BoltResponse | None:
        """Bolt writes what fails into its log, with the words of people in it: this says less, and once."""
        if response is None:  # it was acknowledged
            client.failed("request", error)
            return None
        if isinstance(error, PlaceClosed):
            client.turn_away(context.team_id or "", body.get("response_url"))
            return BoltResponse(status=_TAKEN)
        client.failed("request", error)
        return BoltResponse(status=_FAILED)  # it comes again


async def _after(left: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Work that begins when the acknowledgement has left."""
    await left.wait()
    await work()


async def _send(answer: web.Response, request: web.Request) -> None:
    """Send an answer now, and not only when the handler has returned."""
    with suppress(ConnectionError):  # who asked has gone
        await answer.prepare(request)
        await answer.write_eof()


def _instant(body: Json) -> datetime | None:
    """When an event happened."""
    seconds = body.get("event_time")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None


def _told(
    client: Client,
    read: Callable[[Json, str | None], Any],
    ear: Callable[[Ears], Callable[[Any], Coroutine[Any, Any, None]]],
) -> Callable[..., Awaitable[None]]:
    """A listener that acknowledges, reads the body, and hands it to one of the ears."""

    async def listener(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        listening, found = client.listening, read(body, context.team_id)
        if listening is not None and found is not None:
            client.begin(ear(listening.ears)(found), read.__name__)

    return listener

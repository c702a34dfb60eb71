"""What is asked of Slack's Web API, with arguments and answers as plain data.

Requests go through slack_sdk, with none of its retries: it would repeat a lost `chat.postMessage`, and the message
would stand twice. What changes something is asked for once. A rate limit is another matter: what it refuses was not
taken. Errors become ours here.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final, Protocol, cast

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.platforms.slack.errors import answered, translated
from adapters.platforms.slack.kit import Json
from adapters.platforms.slack.turns import Turns
from bot.errors import PlatformBusy, PlatformUnavailable
from bot.ports.clock import Clock

TIMEOUT: Final = 30.0
"""Seconds that Slack has for an answer."""
_TRIES: Final = 3
_SHORT: Final = timedelta(seconds=10)
"""A rate limit that is waited for; a longer one is given back as busy."""
_MOST_WAITS: Final = 3
_FIRST_PAUSE: Final = timedelta(seconds=1)
_SCOPES: Final = "x-oauth-scopes"


class Tokens(Protocol):
    """Which token is which workspace's."""

    async def of(self, team: str) -> str:
        """The bot token of a workspace.

        Raises:
            PlaceClosed: we have none (any more).
            PlatformBusy: it could not be looked up.
        """
        ...


class OneToken:
    """The token of the one workspace that we are in."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def of(self, team: str) -> str:
        """The token; of another workspace's places Slack says that they are not there."""
        del team
        return self._token


class Requests:
    """Any request. All methods raise `PlatformError`s only."""

    def __init__(self, api: str, clock: Clock, timeout: float) -> None:
        self._api = api
        self._clock = clock
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self._is_over = False

    async def open_socket(self, app_token: str) -> str:
        """The address of a socket that events come through."""
        found = _object(await self._send("apps.connections.open", app_token, json={}))
        return str(found.get("url") or "")

    async def respond(self, address: str, /, **payload: object) -> None:
        """Answer through a `response_url`; see `kit.Rest`."""
        with translated():
            async with self._connected().post(address, json=payload) as answer:
                status, headers = answer.status, answer.headers
        if status >= 400:
            raise answered(status, headers.get("Retry-After"))

    async def upload(self, address: str, raw: bytes) -> None:
        """Put bytes where Slack has said that they go; see `kit.Rest`."""
        with translated():
            async with self._connected().post(address, data=raw) as answer:
                status, headers = answer.status, answer.headers
        if status >= 400:
            raise answered(status, headers.get("Retry-After"))

    def client(self) -> AsyncWebClient:
        """The library's client, which shares our connections and repeats nothing; it has no token."""
        return AsyncWebClient(base_url=self._api, session=self._connected(), timeout=int(TIMEOUT), retry_handlers=[])

    async def close(self) -> None:
        """Close the connections; there are no others: what still asks for something is told that it is over."""
        self._is_over = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _send(self, method: str, token: str, **arguments: Mapping[str, object]) -> AsyncSlackResponse:
        given: dict[str, Any] = {
            kind: {"token": token, **{name: value for name, value in some.items() if value is not None}}
            for kind, some in arguments.items()
        }
        verb = "POST" if "json" in given else "GET"
        client = self.client()
        with translated():
            return await client.api_call(method, http_verb=verb, **given)

    async def _persistently(self, ask: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
        pause = _FIRST_PAUSE
        for _ in range(_TRIES - 1):
            try:
                return await self._unless_limited(ask)
            except PlatformUnavailable:
                await self._clock.sleep(pause)
            except PlatformBusy as error:
                if error.retry_after is not None:
                    raise
                await self._clock.sleep(pause)
            pause *= 2
        return await self._unless_limited(ask)

    async def _unless_limited(self, ask: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
        """Ask; wait for a short rate limit and ask again."""
        for _ in range(_MOST_WAITS):
            try:
                return await ask()
            except PlatformBusy as error:
                if error.retry_after is None or error.retry_after > _SHORT:
                    raise
                await self._clock.sleep(error.retry_after)
        return await ask()

    def _connected(self) -> aiohttp.ClientSession:
        if self._is_over:
            raise PlatformUnavailable("the connections were closed")
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timeout))
        return self._session


class SlackRest(Requests):
    """The Web API with the tokens of workspaces. All methods raise `PlatformError`s only, and return Slack's JSON."""

    def __init__(self, api: str, tokens: Tokens, clock: Clock, *, timeout: float = TIMEOUT) -> None:
        """`api` is where the methods are, ending with a slash; `timeout` is how many seconds Slack has for an answer.
        Nothing is connected before the first request.
        """
        super().__init__(api, clock, timeout)
        self._tokens = tokens
        self._turns = Turns(clock)

    async def call(self, team: str, method: str, /, **arguments: object) -> Json:
        """Ask once; see `kit.Rest`."""
        return _object(await self._unless_limited(lambda: self._ask(team, method, json=arguments)))

    async def look_up(self, team: str, method: str, /, **arguments: object) -> Json:
        """Ask for something that changes nothing; see `kit.Rest`."""
        return _object(await self._persistently(lambda: self._ask(team, method, params=arguments)))

    async def post(self, team: str, channel: str, method: str, /, **arguments: object) -> Json:
        """`call` in its turn; see `kit.Rest`."""
        async with self._turns.turn(f"{team}/{channel}"):
            return await self.call(team, method, channel=channel, **arguments)

    async def who(self, team: str) -> tuple[Json, frozenset[str]]:
        """Who we are in a workspace (`auth.test`), and the scopes that we were granted."""
        answer = await self._persistently(lambda: self._ask(team, "auth.test", json={}))
        headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        scopes = (scope.strip() for scope in headers.get(_SCOPES, "").split(","))
        return _object(answer), frozenset(filter(None, scopes))

    async def _ask(self, team: str, method: str, **arguments: Mapping[str, object]) -> AsyncSlackResponse:
        return await self._send(method, await self._tokens.of(team), **arguments)


def _object(answer: AsyncSlackResponse) -> Json:
    if not isinstance(answer.data, dict):
        raise PlatformUnavailable("an answer that is no object")
    return cast("Json", answer.data)

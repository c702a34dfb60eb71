"""The sockets that events come through: Slack's library opens them, answers pings and replaces what breaks.

What it cannot tell apart is told here: a token that is refused, which no patience mends, and a connection that does not
come back, which is better begun anew. The library would go on for ever in silence.
"""

import asyncio
import logging
import re
from contextlib import suppress
from typing import Final

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.platforms.slack.errors import NO_TOKEN, code_of
from adapters.platforms.slack.rest import SlackRest
from bot.errors import ConfigError, PlaceClosed, PlatformError, PlatformUnavailable
from bot.ports.events import Events

BAD_APP_TOKEN: Final = (
    "SLACK_APP_TOKEN: Slack refuses it; make one with the scope connections:write at api.slack.com/apps, "  # noqa: S105  # words, no secret
    "page Basic Information, App-Level Tokens, and switch Socket Mode on"
)
LEFT: Final = "left"
"""Under this, what comes with a request has an event that is set when its acknowledgement has left: what is shown in a
window before that would be replaced by what the acknowledgement says.
"""
_PING: Final = 10.0
"""Seconds between two pings."""
_LOOK: Final = 15.0
"""Seconds between two looks whether the connection stands."""
_PATIENCE: Final = 4
"""Looks in a row that may find none."""
_OPENING: Final = 20.0
_CLOSING: Final = 1.0
"""Seconds that Slack gets to agree that the connection ends."""
_TICKET: Final = re.compile(r"(ticket|token)=[^\s&'\"]+")
_SWITCHED_OFF: Final = frozenset({"socket_mode_not_enabled", "missing_scope", "forbidden_team"})


class _ToEvents(logging.Handler):
    """Brings what the library says into the journal, without the tickets that its addresses hold."""

    def __init__(self, events: Events) -> None:
        super().__init__(logging.WARNING)
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        """One line for a record."""
        self._events.warn("slack_connection", said=_TICKET.sub(r"\1=***", record.getMessage())[:300])


class _Socket(SocketModeClient):
    """The library's client, with addresses from our own requests and an end that can be waited for."""

    def __init__(self, rest: SlackRest, app_token: str, events: Events) -> None:
        logger = logging.Logger("slack_socket", logging.WARNING)  # of its own: nothing in the process is configured
        logger.addHandler(_ToEvents(events))
        super().__init__(app_token=app_token, logger=logger, web_client=rest.client(), ping_interval=_PING)
        self._rest = rest
        self.refused = asyncio.Event()
        """The app token opens nothing (any more)."""

    async def issue_new_wss_url(self) -> str:
        """An address for one connection.

        Raises:
            PlaceClosed: the token is refused.
            PlatformError: Slack could not be asked.
        """
        try:
            return await self._rest.open_socket(self.app_token)
        except PlatformError as error:
            if code_of(error) in NO_TOKEN | _SWITCHED_OFF:
                self.refused.set()
            raise


class Lines:
    """The connection of one process."""

    def __init__(self, app: AsyncApp, rest: SlackRest, app_token: str, events: Events) -> None:
        """Prepare; nothing is connected."""
        self._app = app
        self._events = events
        self._socket = _Socket(rest, app_token, events)
        self._socket.socket_mode_request_listeners.append(self._handle)

    async def listen(self) -> None:
        """Connect, and see to it until cancelled.

        Raises:
            ConfigError: the token is refused.
            PlatformUnavailable: Slack cannot be reached (any more).
        """
        try:
            # Asked for by us, since the library would go on asking for ever.
            self._socket.wss_uri = await self._socket.issue_new_wss_url()
            async with asyncio.timeout(_OPENING):
                await self._socket.connect()  # type: ignore[no-untyped-call]  # the library's
        except PlaceClosed as error:
            raise ConfigError([BAD_APP_TOKEN]) from error
        except (PlatformError, TimeoutError) as error:
            raise PlatformUnavailable(f"no connection: {str(error) or type(error).__name__}") from error
        self._events.tell("slack_listens", by="socket")
        await self._watch()

    async def close(self) -> None:
        """End the connection, and what the library does for it."""
        socket = self._socket
        try:
            with suppress(TimeoutError, OSError, aiohttp.ClientError):
                async with asyncio.timeout(_CLOSING):
                    await socket.close()  # type: ignore[no-untyped-call]  # the library's
        finally:
            tasks = (socket.message_processor, socket.current_session_monitor, socket.message_receiver)
            begun = [task for task in tasks if task is not None]
            for task in begun:
                task.cancel()
            # Whoever was opening another connection has opened it on this one, or begun a new one.
            await asyncio.gather(*begun, return_exceptions=True)
            await socket.aiohttp_client_session.close()

    async def _watch(self) -> None:
        missed = 0
        while missed < _PATIENCE:
            try:
                async with asyncio.timeout(_LOOK):
                    await self._socket.refused.wait()
            except TimeoutError:
                missed = 0 if await self._socket.is_connected() else missed + 1
            else:
                raise ConfigError([BAD_APP_TOKEN])
        raise PlatformUnavailable("the connection did not come back")

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        left = asyncio.Event()
        asked = AsyncBoltRequest(
            mode="socket_mode", body=request.payload, headers=build_headers(request), context={LEFT: left}
        )
        try:
            await send_async_response(client, request, await self._app.async_dispatch(asked), 0)
        finally:
            left.set()

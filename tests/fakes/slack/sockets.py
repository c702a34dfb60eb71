"""Socket Mode: hello, envelopes to one connection of at most ten, acknowledgements, and being asked to go."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.delivery import Delivery, Sending, Timed

MOST = 10
"""Connections of an app."""
REFRESH, WARNING, TOO_MANY, DISABLED = "refresh_requested", "warning", "too_many_websockets", "link_disabled"


@dataclass(slots=True)
class Socket:
    """A connection of the app, with what it was given and has not acknowledged."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    given: dict[str, Sending] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    """All acknowledgements that came through it."""
    leaving: bool = False
    """It was asked to go and is given nothing any more."""


class Sockets:
    """All connections, and the ways to disturb them."""

    def __init__(self, world: Timed, app_id: str = "A0COUNTER") -> None:
        self.world = world
        self.app_id = app_id
        self.live: list[Socket] = []
        self.refusing = False
        """New connections are closed at once."""
        self.delivery: Delivery | None = None
        self.base = "ws://127.0.0.1/link"
        """Where connections arrive; the server sets it."""
        self.chance = random.Random(0)  # seeded: the same run again
        self._tickets: set[str] = set()
        self._number = 0

    # ------------------------------------------------------------ connections

    def address(self) -> str:
        """What `apps.connections.open` answers: an address for one connection."""
        self._number += 1
        ticket = f"ticket-{self._number}"
        self._tickets.add(ticket)
        return f"{self.base}?ticket={ticket}&app_id={self.app_id}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """One connection, until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.refusing:
            return web.Response(status=404)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True, max_msg_size=0)
        await socket.prepare(request)
        if len(self.live) >= MOST:
            await socket.send_json({"type": "disconnect", "reason": TOO_MANY, "debug_info": _debug()})
            await socket.close()
            return socket
        self._number += 1
        one = Socket(self._number, socket, request)
        self.live.append(one)
        hello = {"type": "hello", "num_connections": len(self.live), "debug_info": _debug()}
        await socket.send_json(hello | {"connection_info": {"app_id": self.app_id}})
        self.world.touch()
        if self.delivery is not None:
            self.delivery.flush()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(one, message.data)
        finally:
            self._gone(one)
        return socket

    def _hear(self, one: Socket, said: str) -> None:
        heard = json.loads(said)
        one.heard.append(heard)
        sending = one.given.pop(str(heard.get("envelope_id")), None)
        if sending is not None and self.delivery is not None:
            self.delivery.arrived(sending, heard.get("payload"))
        self.world.touch()

    def _gone(self, one: Socket) -> None:
        if one in self.live:
            self.live.remove(one)
        lost, one.given = list(one.given.values()), {}
        for sending in lost:
            if self.delivery is not None:
                self.delivery.failed(sending, "timeout")
        self.world.touch()

    # ------------------------------------------------------------ a way out

    @property
    def open(self) -> bool:
        """Whether somebody listens."""
        return any(not one.leaving and not one.socket.closed for one in self.live)

    async def bring(self, sending: Sending) -> bool:
        """Give it to one of the connections, whichever."""
        listening = [one for one in self.live if not one.leaving and not one.socket.closed]
        if not listening:
            return False
        one = self.chance.choice(listening)
        one.given[sending.id] = sending
        try:
            await one.socket.send_str(json.dumps(_envelope(sending), ensure_ascii=False))
        except (ConnectionError, RuntimeError):
            return one.given.pop(sending.id, None) is None
        return True

    # ------------------------------------------------------------ disturbances

    async def drop(self, code: int | None = None) -> None:
        """Cut all connections: without a word, or with this code. What was not acknowledged is sent again."""
        for one in list(self.live):
            one.leaving = True
            if code is None and one.request.transport is not None:
                one.request.transport.abort()
            else:
                await one.socket.close(code=code or 1001)
            self._gone(one)

    async def ask_to_go(self, reason: str = REFRESH) -> None:
        """Tell all clients to connect anew; after a `warning` they have some seconds, else nothing comes any more."""
        for one in list(self.live):
            one.leaving = reason != WARNING
            await one.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": _debug()})

    async def connected(self, count: int = 1, *, seconds: float = 5.0) -> None:
        """Wait until so many connections listen."""
        await self.world.until(lambda: sum(not one.leaving for one in self.live) >= count, seconds=seconds)


def _debug() -> dict[str, Any]:
    return {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}


def _envelope(sending: Sending) -> dict[str, Any]:
    made: dict[str, Any] = {
        "envelope_id": sending.id,
        "payload": sending.body,
        "type": sending.kind,
        "accepts_response_payload": sending.takes_answer,
    }
    if sending.kind == "events_api":
        made |= {"retry_attempt": sending.attempt, "retry_reason": sending.reason or "" if sending.attempt else ""}
    return made

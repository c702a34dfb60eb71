"""The gateway: hello, identify, heartbeats, events in order, resume with everything that was missed."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import shapes
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import Event, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
PRESENCE, MEMBERS = 3, 8
WRONG_TOKEN, NOT_IDENTIFIED, BAD_SEQUENCE, INTENTS_NOT_ALLOWED = 4004, 4003, 4007, 4014
GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
_OF_GUILDS = ("GUILD_", "CHANNEL_", "THREAD_")


@dataclass(slots=True)
class Session:
    """What a client began with IDENTIFY, over all its connections."""

    id: str
    intents: int
    shard: tuple[int, int]
    said: list[dict[str, Any]] = field(default_factory=list)
    """Every event of it, in order."""
    socket: web.WebSocketResponse | None = None
    transport: asyncio.Transport | None = None
    resumed: int = 0
    heartbeats: int = 0

    @property
    def connected(self) -> bool:
        """Whether a client listens now."""
        return self.socket is not None and not self.socket.closed


class Gateway:
    """All sessions, and the ways to disturb them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: list[Session] = []
        self.heartbeat_interval = 41_250
        """Milliseconds."""
        self.repeat = 0.0
        """Share of the events that are sent twice."""
        self.refusing = False
        """New connections are closed at once."""
        self.chance = random.Random(0)  # seeded: the same run again
        self._held: deque[dict[str, Any]] | None = None
        self._number = 0
        self._pending: set[asyncio.Task[None]] = set()
        world.listeners.append(self.tell)

    @property
    def live(self) -> list[Session]:
        """Sessions with a client that listens."""
        return [one for one in self.sessions if one.connected]

    # ------------------------------------------------------------ disturbances

    async def drop(self, code: int = 1006) -> None:
        """Cut all connections: without a word (1006), or with this code. What happens until they resume is kept."""
        for session in self.live:
            socket, session.socket = session.socket, None
            if code == 1006 and session.transport is not None:
                session.transport.abort()
            elif socket is not None:
                await socket.close(code=code)

    async def reconnect(self) -> None:
        """Ask all clients to connect again and to resume."""
        for session in self.live:
            await _send(session, {"op": RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Say that their sessions are over; what is missed then is lost."""
        for session in self.live:
            await _send(session, {"op": INVALID, "d": resumable})
            if not resumable:
                self.sessions.remove(session)

    def shuffle(self) -> None:
        """Hold events back until `straighten`, which sends them in a random order."""
        self._held = deque()

    def straighten(self) -> None:
        """Send what was held back, out of order."""
        held, self._held = list(self._held or ()), None
        self.chance.shuffle(held)
        for frame in held:
            session = frame.pop("session")
            self._soon(session, frame)

    # ------------------------------------------------------------ events

    def tell(self, event: Event) -> None:
        """Give an event to every session that may know of it."""
        for session in self.sessions:
            if self._concerns(session, event):
                self._say(session, event.name, self._seen_by(session, event))

    def _concerns(self, session: Session, event: Event) -> bool:
        shard, count = session.shard
        if (int(event.guild) >> 22) % count != shard if event.guild else shard != 0:
            return False
        if event.name == "INTERACTION_CREATE":
            return True
        if event.guild and not self.world.present(event.guild) and event.name != "GUILD_DELETE":
            return False
        if event.name.startswith("MESSAGE"):
            needed = GUILD_MESSAGES if event.guild else DIRECT_MESSAGES
            return bool(session.intents & needed) and self._visible(event)
        return not event.name.startswith(_OF_GUILDS) or bool(session.intents & GUILDS)

    def _visible(self, event: Event) -> bool:
        channel = self.world.channels.get(str(event.data.get("channel_id")))
        return channel is not None and Permission.VIEW_CHANNEL in self.world.may(self.world.me.id, channel)

    def _seen_by(self, session: Session, event: Event) -> Mapping[str, Any]:
        message = self.world.messages.get(event.message or "")
        if message is None:
            return event.data
        has_intent = bool(session.intents & MESSAGE_CONTENT)
        return (
            event.data if shapes.shows_text(self.world, message, has_intent=has_intent) else shapes.hidden(event.data)
        )

    def _say(self, session: Session, name: str, data: Mapping[str, Any]) -> None:
        frame = {"op": DISPATCH, "s": len(session.said) + 1, "t": name, "d": data}
        session.said.append(frame)
        again = self.repeat and self.chance.random() < self.repeat
        for _ in range(2 if again else 1):
            if self._held is not None and name not in {"READY", "GUILD_CREATE"}:
                self._held.append(frame | {"session": session})
            else:
                self._soon(session, frame)

    def _soon(self, session: Session, frame: Mapping[str, Any]) -> None:
        if session.connected:
            task = asyncio.get_running_loop().create_task(_send(session, frame))
            self._pending.add(task)
            task.add_done_callback(self._pending.discard)

    # ------------------------------------------------------------ connections

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """One connection, until it ends."""
        socket = web.WebSocketResponse(autoping=True, max_msg_size=0)
        await socket.prepare(request)
        if self.refusing:
            await socket.close(code=1001)
            return socket
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_interval}})
        session: Session | None = None
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                session = await self._hear(socket, session, json.loads(message.data), request.host)
                if session is not None:
                    session.transport = request.transport
        said_goodbye = socket.close_code in {1000, 1001} and session is not None and session.socket is socket
        if said_goodbye and session in self.sessions:
            self.sessions.remove(session)  # it cannot be resumed
        self.world.touch()
        return socket

    async def _hear(
        self, socket: web.WebSocketResponse, session: Session | None, said: Mapping[str, Any], host: str
    ) -> Session | None:
        operation, data = said.get("op"), said.get("d")
        if operation == HEARTBEAT:
            if session is not None:
                session.heartbeats += 1
            await socket.send_json({"op": ACK})
            self.world.touch()
        elif operation == IDENTIFY and isinstance(data, Mapping):
            return await self._identify(socket, data, host)
        elif operation == RESUME and isinstance(data, Mapping):
            return await self._resume(socket, data)
        elif session is None:
            await socket.close(code=NOT_IDENTIFIED)
        elif operation == MEMBERS and isinstance(data, Mapping):
            self._members(session, data)
        return session

    async def _identify(self, socket: web.WebSocketResponse, data: Mapping[str, Any], host: str) -> Session | None:
        if data.get("token") != self.world.token:
            await socket.close(code=WRONG_TOKEN)
            return None
        intents = int(data.get("intents", 0))
        portal = self.world.portal
        refused = (
            (intents & MESSAGE_CONTENT and not portal.message_content)
            or (intents & GUILD_MEMBERS and not portal.members)
            or (intents & GUILD_PRESENCES and not portal.presences)
        )
        if refused:
            await socket.close(code=INTENTS_NOT_ALLOWED)
            return None
        shard = data.get("shard") or [0, 1]
        self.sessions = [s for s in self.sessions if s.connected or s.shard[0] != shard[0]]
        self._number += 1
        session = Session(f"session-{self._number}", intents, (int(shard[0]), int(shard[1])), socket=socket)
        self.sessions.append(session)
        self._greet(session, host)
        return session

    def _greet(self, session: Session, host: str) -> None:
        world, (shard, count) = self.world, session.shard
        guilds = [g for g in world.guilds.values() if world.present(g.id) and (int(g.id) >> 22) % count == shard]
        ready = {
            "v": 10,
            "user": shapes.user(world.me) | {"verified": True, "mfa_enabled": False, "email": None},
            "guilds": [{"id": g.id, "unavailable": True} for g in guilds],
            "session_id": session.id,
            "resume_gateway_url": f"ws://{host}/gw",
            "shard": [shard, count],
            "application": {"id": world.me.id, "flags": shapes.application(world)["flags"]},
        }
        self._say(session, "READY", ready)
        if session.intents & GUILDS:
            for guild in guilds:
                if guild.available:
                    self._say(session, "GUILD_CREATE", shapes.guild(world, guild))
        world.touch()

    async def _resume(self, socket: web.WebSocketResponse, data: Mapping[str, Any]) -> Session | None:
        session = next((s for s in self.sessions if s.id == data.get("session_id")), None)
        if session is None or data.get("token") != self.world.token:
            await socket.send_json({"op": INVALID, "d": False})
            return None
        heard = int(data.get("seq") or 0)
        if heard > len(session.said):
            await socket.close(code=BAD_SEQUENCE)
            return None
        session.socket = socket
        session.resumed += 1
        missed = session.said[heard:]
        for frame in missed:
            self._soon(session, frame)
        self._say(session, "RESUMED", {})
        self.world.touch()
        return session

    def _members(self, session: Session, data: Mapping[str, Any]) -> None:
        asked = data.get("guild_id")
        ids = [str(one) for one in asked] if isinstance(asked, list) else [str(asked)]
        for key in ids:
            guild = self.world.guilds[key]
            whom = [str(one) for one in data.get("user_ids") or ()]
            found = [m for m in guild.members.values() if not whom or m.user.id in whom]
            chunk = {
                "guild_id": key,
                "members": [shapes.member(one) for one in found],
                "chunk_index": 0,
                "chunk_count": 1,
                "nonce": data.get("nonce"),
            }
            self._say(session, "GUILD_MEMBERS_CHUNK", chunk)


async def _send(session: Session, frame: Mapping[str, Any]) -> None:
    """Give a frame to the client; if it has gone, it will hear it when it resumes."""
    try:
        if session.socket is not None:
            await session.socket.send_str(json.dumps(frame, ensure_ascii=False))
    except (ConnectionError, RuntimeError):
        pass

"""Steers a Discord that runs in a process of its own: JSON in, JSON out, under `/control/`.

POST /control/guild    {"name", "locale"?}                          -> {"id"}
POST /control/channel  {"guild", "name", "kind"?, "tags"?}          -> {"id"}      kind: TEXT, NEWS, FORUM
POST /control/person   {"name", "guild"?, "permissions"?, "locale"?} -> {"id"}     permissions: names
POST /control/invite   {"guild", "permissions"?} · /control/remove {"guild"} · /control/allow {"guild", "permissions"}
POST /control/say      {"person", "channel", "text", "reply_to"?, "mention"?}      -> {"id"}
POST /control/press    {"person", "message", "custom_id"}            -> {"text", "private", "messages"}
POST /control/choose   {"person", "message", "custom_id", "values"}  -> the same
POST /control/command  {"person", "name", "channel"?, "options"?}    -> the same
POST /control/faults   {"rates"?, "routes"?, "seed"?, "slow"?}; planned: {"next", "route"?, "times"?, "after"?}
POST /control/gateway  {"do": "drop" | "reconnect" | "invalidate"} · /control/portal {"message_content": true, …}
POST /control/advance  {"seconds"}                                   puts the world's clock forward
GET  /control/journal?after=N    {"taken": [{"message", "channel", "nonce", "at", "text", "deleted"}], "next"}
GET  /control/state              {"guilds", "channels", "sessions", "requests", "invalid", "injected", "pings"}
GET  /control/seen?channel=…&person=…   the channel as text
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from aiohttp import web

from adapters.wire.clock import SystemClock
from tests.fakes.discord.fake import FakeDiscord
from tests.fakes.discord.faults import Fault, Faults
from tests.fakes.discord.people import NothingCame, Outcome, Person, Unable
from tests.fakes.discord.permissions import ASKED, NOTHING, Permission
from tests.fakes.discord.world import Kind

Given = Mapping[str, Any]


class ShiftedClock(SystemClock):
    """The machine's clock, put forward by whoever steers."""

    shift = timedelta()

    def now(self) -> datetime:
        """The present instant."""
        return super().now() + self.shift


def _permissions(names: Any, default: Permission) -> Permission:
    return default if names is None else reduce(or_, (Permission[name] for name in names), NOTHING)


class Control:
    """Does to a fake what requests say."""

    def __init__(self, fake: FakeDiscord, clock: ShiftedClock | None = None) -> None:
        self._fake = fake
        self._clock = clock
        self._people: dict[str, Person] = {}

    def install(self, app: web.Application) -> None:
        """Enter the routes."""
        doing: dict[str, Callable[[Given], Any]] = {
            "guild": self._guild,
            "channel": self._channel,
            "person": self._person,
            "invite": lambda given: self._of_guild("invite", given),
            "remove": lambda given: self._of_guild("remove", given),
            "allow": lambda given: self._of_guild("allow", given),
            "faults": self._faults,
            "portal": self._portal,
            "advance": self._advance,
        }
        waiting: dict[str, Callable[[Given], Awaitable[Any]]] = {
            "say": self._say,
            "press": self._press,
            "choose": self._press,
            "command": self._command,
            "gateway": self._gateway,
        }

        async def post(request: web.Request) -> web.Response:
            name, given = request.match_info["name"], await request.json()
            try:
                said = doing[name](given) if name in doing else await waiting[name](given)
            except (KeyError, ValueError, TypeError, Unable, NothingCame) as error:
                return _json({"error": f"{type(error).__name__}: {error}"}, status=400)
            return _json(said or {})

        app.router.add_post("/control/{name}", post)
        app.router.add_get("/control/journal", self._journal)
        app.router.add_get("/control/state", self._state)
        app.router.add_get("/control/seen", self._seen)

    # ------------------------------------------------------------ the world

    def _guild(self, given: Given) -> Any:
        return {"id": self._fake.add_guild(given["name"], locale=given.get("locale", "en-US")).id}

    def _channel(self, given: Given) -> Any:
        guild, kind = self._fake.world.guilds[given["guild"]], Kind[given.get("kind", "TEXT")]
        return {"id": self._fake.add_channel(guild, given["name"], kind, tags=given.get("tags") or ()).id}

    def _person(self, given: Given) -> Any:
        guild = self._fake.world.guilds[given["guild"]] if given.get("guild") else None
        permissions = _permissions(given.get("permissions"), NOTHING)
        person = self._fake.person(given["name"], guild, permissions, locale=given.get("locale", "en-US"))
        self._people[person.id] = person
        return {"id": person.id}

    def _of_guild(self, what: str, given: Given) -> None:
        guild = self._fake.world.guilds[given["guild"]]
        if what == "remove":
            self._fake.remove(guild)
        elif what == "allow":
            self._fake.allow(guild, _permissions(given["permissions"], NOTHING))
        else:
            self._fake.invite(guild, _permissions(given.get("permissions"), ASKED))

    def _portal(self, given: Given) -> None:
        for name, value in given.items():
            now = getattr(self._fake.world.portal, name)
            setattr(self._fake.world.portal, name, timedelta(seconds=value) if isinstance(now, timedelta) else value)

    def _advance(self, given: Given) -> None:
        if self._clock is None:
            raise ValueError("this world's clock is somebody else's")
        self._clock.shift += timedelta(seconds=given["seconds"])

    def _faults(self, given: Given) -> None:
        if "next" in given:
            route = given.get("route", "POST /channels/{}/messages")
            self._fake.faults.next(
                Fault(given["next"]), route, times=given.get("times", 1), after=given.get("after", 0)
            )
            return
        rates = {Fault(name): rate for name, rate in (given.get("rates") or {}).items()}
        known = {key: given[key] for key in ("routes", "seed", "slow", "retry_after") if key in given}
        self._fake.wire.faults = Faults(rates=rates, injected=self._fake.faults.injected, **known)

    async def _gateway(self, given: Given) -> None:
        gateway = self._fake.gateway
        await {"drop": gateway.drop, "reconnect": gateway.reconnect, "invalidate": gateway.invalidate}[given["do"]]()

    # ------------------------------------------------------------ people

    async def _say(self, given: Given) -> Any:
        mentions = [self._fake.world.me] if given.get("mention") else []
        person = self._people[given["person"]]
        said = await person.say(given["channel"], given["text"], reply_to=given.get("reply_to"), mentions=mentions)
        return {"id": said.id}

    async def _press(self, given: Given) -> Any:
        person = self._people[given["person"]]
        if "values" in given:
            return _outcome(await person.choose(given["message"], given["custom_id"], given["values"]))
        return _outcome(await person.press(given["message"], given["custom_id"]))

    async def _command(self, given: Given) -> Any:
        person = self._people[given["person"]]
        options = given.get("options") or {}
        return _outcome(await person.command(given["name"], channel=given.get("channel"), **options))

    # ------------------------------------------------------------ looking

    async def _journal(self, request: web.Request) -> web.Response:
        world, after = self._fake.world, int(request.query.get("after", "0"))
        taken = [
            asdict(one) | {"at": one.at.isoformat(), "deleted": world.messages[one.message].deleted}
            for one in world.journal[after:]
        ]
        return _json({"taken": taken, "next": after + len(taken)})

    async def _state(self, request: web.Request) -> web.Response:
        fake = self._fake
        channels = {
            c.id: {"name": c.name, "kind": c.kind.name, "parent": c.parent, "messages": len(c.messages)}
            for c in fake.world.channels.values()
        }
        return _json(
            {
                "me": fake.world.me.id,
                "guilds": {
                    g.id: {"name": g.name, "present": fake.world.present(g.id)} for g in fake.world.guilds.values()
                },
                "channels": channels,
                "sessions": [
                    {"id": s.id, "resumed": s.resumed, "connected": s.connected} for s in fake.gateway.sessions
                ],
                "requests": len(fake.requests),
                "invalid": fake.wire.buckets.invalid,
                "injected": dict(fake.faults.injected),
                "pings": {key: asdict(found) for key, found in fake.world.pings().items()},
            }
        )

    async def _seen(self, request: web.Request) -> web.Response:
        person = self._people[request.query["person"]]
        return web.Response(text=self._fake.seen(request.query["channel"], person))


def _outcome(one: Outcome) -> dict[str, Any]:
    ids = [message.id for message in one.messages]
    return {"text": one.text, "private": one.private, "messages": ids, "acknowledged": one.interaction.acknowledged}


def _json(said: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(said).encode(), status=status, content_type="application/json")

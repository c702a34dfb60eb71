"""Steers a Slack that runs in a process of its own: JSON in, JSON out, under `/control/`.

POST /control/team     {"name", "enterprise"?}                       -> {"id"}
POST /control/channel  {"team", "name", "private"?, "joined"?}       -> {"id"}     joined: the application is in it
POST /control/person   {"name", "team", "admin"?, "locale"?, "zone"?} -> {"id"}
POST /control/install  {"team", "by"?, "scopes"?}                    -> {"token"} · /control/uninstall {"team"}
POST /control/say      {"person", "channel", "text", "thread"?}      -> {"ts"}
POST /control/press    {"person", "channel", "ts", "label", "story"?} -> {"text", "messages"}
POST /control/faults   {"rates"?, "routes"?, "seed"?, "slow"?}; planned: {"next", "method"?, "times"?, "after"?}
POST /control/sockets  {"do": "drop" | "ask_to_go"} · /control/pace {"pace": "real" | "generous", "history"?}
POST /control/hooks    {"url"}                                       where signed requests go to
POST /control/trap     {"process", "accepted"}                       kills a process when so many messages were taken
POST /control/advance  {"seconds"}                                   puts the world's clock forward
GET  /control/journal?after=N    {"taken": [{"ts", "channel", "thread_ts", "key", "at", "text", "deleted"}], "next"}
GET  /control/state              {"teams", "channels", "sockets", "requests", "injected", "pings", "unfurls"}
GET  /control/seen?channel=…&person=…   the channel as text
"""

import json
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from adapters.wire.clock import SystemClock
from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.people import NothingCame, Person, Unable
from tests.fakes.slack.ratelimits import GENEROUS, REAL

Given = Mapping[str, Any]


class ShiftedClock(SystemClock):
    """The machine's clock, put forward by whoever steers."""

    shift = timedelta()

    def now(self) -> datetime:
        """The present instant."""
        return super().now() + self.shift


class Trap:
    """Kills a process once so many messages were taken, before the last one's answer leaves."""

    def __init__(self, fake: FakeSlack) -> None:
        self.armed: dict[str, int] | None = None
        fake.world.on_taken.append(lambda _: self._spring())

    def _spring(self) -> None:
        if self.armed is None:
            return
        self.armed["accepted"] -= 1
        if self.armed["accepted"] <= 0:
            with suppress(ProcessLookupError):
                os.kill(self.armed["process"], signal.SIGKILL)
            self.armed = None


class Control:
    """Does to a fake what requests say."""

    def __init__(self, fake: FakeSlack, clock: ShiftedClock | None = None) -> None:
        self._fake = fake
        self._clock = clock
        self._people: dict[str, Person] = {}
        self._trap = Trap(fake)

    def install(self, app: web.Application) -> None:
        """Enter the routes."""
        doing: dict[str, Callable[[Given], Any]] = {
            "team": lambda given: {"id": self._fake.add_team(given["name"], enterprise=given.get("enterprise")).id},
            "channel": self._channel,
            "person": self._person,
            "install": self._install,
            "uninstall": lambda given: self._fake.uninstall(self._fake.world.teams[given["team"]]),
            "faults": self._faults,
            "pace": self._pace,
            "hooks": lambda given: self._fake.sends_to(given["url"]),
            "trap": self._arm,
            "advance": self._advance,
        }
        waiting: dict[str, Callable[[Given], Awaitable[Any]]] = {
            "say": self._say,
            "press": self._press,
            "sockets": self._sockets,
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

    def _channel(self, given: Given) -> Any:
        team = self._fake.world.teams[given["team"]]
        channel = self._fake.add_channel(team, given["name"], private=bool(given.get("private")))
        if given.get("joined"):
            self._fake.join(channel)
        return {"id": channel.id}

    def _person(self, given: Given) -> Any:
        known = {name: given[name] for name in ("admin", "owner", "locale", "zone") if name in given}
        person = self._fake.person(given["name"], self._fake.world.teams[given["team"]], **known)
        self._people[person.id] = person
        return {"id": person.id}

    def _install(self, given: Given) -> Any:
        by = self._people[given["by"]] if given.get("by") else None
        team = self._fake.install(self._fake.world.teams[given["team"]], by, scopes=given.get("scopes"))
        return {"token": team.bot_token, "user": team.bot_user, "bot": team.bot_id}

    def _advance(self, given: Given) -> None:
        if self._clock is None:
            raise ValueError("this world's clock is somebody else's")
        self._clock.shift += timedelta(seconds=given["seconds"])

    def _faults(self, given: Given) -> None:
        if "next" in given:
            method, times, after = given.get("method", "chat.postMessage"), given.get("times", 1), given.get("after", 0)
            self._fake.faults.next(Fault(given["next"]), method, times=times, after=after)
            return
        rates = {Fault(name): rate for name, rate in (given.get("rates") or {}).items()}
        known = {key: given[key] for key in ("routes", "seed", "slow", "retry_after") if key in given}
        self._fake.wire.faults = Faults(rates=rates, injected=self._fake.faults.injected, **known)

    def _pace(self, given: Given) -> None:
        self._fake.pace = {"real": REAL, "generous": GENEROUS}[given["pace"]]
        self._fake.history = given.get("history", self._fake.history)

    def _arm(self, given: Given) -> None:
        self._trap.armed = {"process": int(given["process"]), "accepted": int(given["accepted"])}

    async def _sockets(self, given: Given) -> None:
        if given["do"] == "drop":
            await self._fake.sockets.drop()
        else:
            await self._fake.sockets.ask_to_go()

    # ------------------------------------------------------------ people

    async def _say(self, given: Given) -> Any:
        person = self._people[given["person"]]
        said = await person.say(given["channel"], given["text"], thread=given.get("thread"), until="sent")
        return {"ts": said.said.ts if said.said is not None else None}

    async def _press(self, given: Given) -> Any:
        person = self._people[given["person"]]
        message = self._fake.world.messages[given["channel"], given["ts"]]
        seen = await person.press(message, given["label"], story=given.get("story"))
        return {"text": seen.text, "messages": [one.ts for one in seen.messages]}

    # ------------------------------------------------------------ looking

    async def _journal(self, request: web.Request) -> web.Response:
        world, after = self._fake.world, int(request.query.get("after", "0"))
        taken = [
            asdict(one) | {"at": one.at.isoformat(), "deleted": world.messages[one.channel, one.ts].deleted}
            for one in world.journal[after:]
        ]
        return _json({"taken": taken, "next": after + len(taken)})

    async def _state(self, request: web.Request) -> web.Response:
        world = self._fake.world
        channels = {
            c.id: {"name": c.name, "team": c.team, "messages": len(c.messages), "members": list(c.members)}
            for c in world.channels.values()
        }
        told = {
            "teams": {
                t.id: {"name": t.name, "installed": t.installed, "user": t.bot_user} for t in world.teams.values()
            },
            "channels": channels,
            "sockets": len(self._fake.sockets.live),
            "requests": len(self._fake.requests),
            "injected": dict(self._fake.faults.injected),
            "pings": {"/".join(key): asdict(found) for key, found in world.pings().items()},
            "unfurls": {"/".join(key): list(found) for key, found in world.unfurls().items()},
        }
        return _json(told)

    async def _seen(self, request: web.Request) -> web.Response:
        person = self._people[request.query["person"]]
        channel = self._fake.world.channels[request.query["channel"]]
        return web.Response(text=self._fake.seen(channel, person))


def _json(said: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(said).encode(), status=status, content_type="application/json")

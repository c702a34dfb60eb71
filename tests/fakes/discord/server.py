"""The REST interface: which route does what. Limits of pace, faults and refusals are in `wire`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.discord import answering, posting, refusals, shapes, threads
from tests.fakes.discord.refusals import Refused
from tests.fakes.discord.rules_commands import register
from tests.fakes.discord.world import Kind, World

NO_CONTENT = object()
"""The answer has no body."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the names in its path, its query, its body and files."""

    world: World
    ids: dict[str, str]
    query: dict[str, str]
    body: Any
    files: posting.Files
    address: str
    """Of this server, such as `127.0.0.1:4711`."""

    @property
    def fields(self) -> dict[str, Any]:
        """The body of a request that has to have one."""
        if not isinstance(self.body, dict):
            raise Refused(refusals.FORM)
        return self.body


Doing = Callable[[Asked], Any]
ROUTES: dict[tuple[str, str], Doing] = {}


def route(method: str, path: str) -> Callable[[Doing], Doing]:
    """This function answers that route."""

    def enter(doing: Doing) -> Doing:
        ROUTES[method, path] = doing
        return doing

    return enter


# ------------------------------------------------------------ who and where we are


@route("GET", "/users/@me")
def me(asked: Asked) -> Any:
    return shapes.user(asked.world.me)


@route("GET", "/users/{user}")
def user(asked: Asked) -> Any:
    found = asked.world.users.get(asked.ids["user"])
    if found is None:
        raise Refused(refusals.UNKNOWN_USER)
    return shapes.user(found)


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
def application(asked: Asked) -> Any:
    return shapes.application(asked.world)


@route("GET", "/gateway")
def gateway(asked: Asked) -> Any:
    return {"url": f"ws://{asked.address}/gw"}


@route("GET", "/gateway/bot")
def gateway_bot(asked: Asked) -> Any:
    limits = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
    shards = asked.world.portal.shards
    return {"url": f"ws://{asked.address}/gw", "shards": shards, "session_start_limit": limits}


@route("POST", "/users/@me/channels")
def open_dm(asked: Asked) -> Any:
    return shapes.channel(asked.world, posting.open_dm(asked.world, asked.fields))


@route("GET", "/users/@me/guilds")
def my_guilds(asked: Asked) -> Any:
    world = asked.world
    mine = [g for g in world.guilds.values() if world.present(g.id)]
    return [
        {"id": g.id, "name": g.name, "icon": None, "owner": False, "features": []}
        | {"permissions": str(int(world.may_in_guild(world.me.id, g)))}
        for g in mine
    ]


@route("DELETE", "/users/@me/guilds/{guild}")
def leave(asked: Asked) -> Any:
    guild = _guild(asked)
    del guild.members[asked.world.me.id]
    asked.world.emit("GUILD_DELETE", guild.id, {"id": guild.id})
    return NO_CONTENT


# ------------------------------------------------------------ servers


def _guild(asked: Asked) -> Any:
    found = asked.world.guilds.get(asked.ids["guild"])
    if found is None or not asked.world.present(found.id):
        raise Refused(refusals.UNKNOWN_GUILD if found is None else refusals.MISSING_ACCESS)
    return found


@route("GET", "/guilds/{guild}")
def guild(asked: Asked) -> Any:
    return shapes.guild(asked.world, _guild(asked))


@route("GET", "/guilds/{guild}/channels")
def guild_channels(asked: Asked) -> Any:
    return [shapes.channel(asked.world, asked.world.channels[key]) for key in _guild(asked).channels]


@route("GET", "/guilds/{guild}/threads/active")
def guild_threads(asked: Asked) -> Any:
    found = shapes.guild(asked.world, _guild(asked))["threads"]
    return {"threads": found, "members": []}


@route("GET", "/guilds/{guild}/roles")
def guild_roles(asked: Asked) -> Any:
    return [shapes.role(one, number) for number, one in enumerate(_guild(asked).roles.values())]


@route("GET", "/guilds/{guild}/members/{user}")
def guild_member(asked: Asked) -> Any:
    who = asked.world.me.id if asked.ids["user"] == "@me" else asked.ids["user"]
    found = _guild(asked).members.get(who)
    if found is None:
        raise Refused(refusals.UNKNOWN_MEMBER)
    return shapes.member(found)


# ------------------------------------------------------------ channels and messages


@route("GET", "/channels/{channel}")
def channel(asked: Asked) -> Any:
    return shapes.channel(asked.world, posting.reachable(asked.world, asked.ids["channel"]))


@route("PATCH", "/channels/{channel}")
def change_channel(asked: Asked) -> Any:
    return shapes.channel(asked.world, threads.change(asked.world, asked.ids["channel"], asked.fields))


@route("DELETE", "/channels/{channel}")
def delete_channel(asked: Asked) -> Any:
    told = shapes.channel(asked.world, posting.reachable(asked.world, asked.ids["channel"]))
    threads.remove(asked.world, asked.ids["channel"])
    return told


@route("POST", "/channels/{channel}/typing")
def typing(asked: Asked) -> Any:
    posting.reachable(asked.world, asked.ids["channel"])
    return NO_CONTENT


@route("GET", "/channels/{channel}/messages")
def messages(asked: Asked) -> Any:
    return posting.read_back(asked.world, asked.ids["channel"], asked.query)


@route("POST", "/channels/{channel}/messages")
def post(asked: Asked) -> Any:
    message = posting.post(asked.world, asked.ids["channel"], asked.fields, asked.files)
    return shapes.message(asked.world, message)


@route("GET", "/channels/{channel}/messages/{message}")
def message(asked: Asked) -> Any:
    return posting.read_one(asked.world, asked.ids["channel"], asked.ids["message"])


@route("PATCH", "/channels/{channel}/messages/{message}")
def edit(asked: Asked) -> Any:
    changed = posting.edit(asked.world, asked.ids["channel"], asked.ids["message"], asked.fields, asked.files)
    return shapes.message(asked.world, changed)


@route("DELETE", "/channels/{channel}/messages/{message}")
def delete(asked: Asked) -> Any:
    posting.delete(asked.world, asked.ids["channel"], asked.ids["message"])
    return NO_CONTENT


@route("POST", "/channels/{channel}/messages/{message}/crosspost")
def crosspost(asked: Asked) -> Any:
    return shapes.message(asked.world, posting.crosspost(asked.world, asked.ids["channel"], asked.ids["message"]))


# ------------------------------------------------------------ threads


@route("POST", "/channels/{channel}/messages/{message}/threads")
def thread_from_message(asked: Asked) -> Any:
    thread = threads.from_message(asked.world, asked.ids["channel"], asked.ids["message"], asked.fields)
    return shapes.channel(asked.world, thread)


@route("POST", "/channels/{channel}/threads")
def thread_in_channel(asked: Asked) -> Any:
    world = asked.world
    where = posting.reachable(world, asked.ids["channel"])
    if where.kind is not Kind.FORUM:
        return shapes.channel(world, threads.in_channel(world, where.id, asked.fields))
    thread, first = threads.in_forum(world, where, asked.fields, asked.files)
    return shapes.channel(world, thread) | {"message": shapes.message(world, first)}


@route("GET", "/channels/{channel}/threads/archived/public")
def archived_threads(asked: Asked) -> Any:
    where = posting.reachable(asked.world, asked.ids["channel"])
    found = [t for t in reversed(asked.world.threads_of(where)) if t.archived]
    return {"threads": [shapes.channel(asked.world, t) for t in found], "members": [], "has_more": False}


@route("PUT", "/channels/{channel}/thread-members/{user}")
def follow(asked: Asked) -> Any:
    threads.follow(asked.world, asked.ids["channel"], _person(asked))
    return NO_CONTENT


@route("DELETE", "/channels/{channel}/thread-members/{user}")
def unfollow(asked: Asked) -> Any:
    threads.follow(asked.world, asked.ids["channel"], _person(asked), follows=False)
    return NO_CONTENT


@route("GET", "/channels/{channel}/thread-members")
def followers(asked: Asked) -> Any:
    thread = posting.reachable(asked.world, asked.ids["channel"])
    since = (thread.touched or asked.world.clock.now()).isoformat()
    return [shapes.thread_member(thread, one, since) for one in thread.followers]


def _person(asked: Asked) -> str:
    return asked.world.me.id if asked.ids["user"] == "@me" else asked.ids["user"]


# ------------------------------------------------------------ commands and interactions


@route("GET", "/applications/{application}/commands")
@route("GET", "/applications/{application}/guilds/{guild}/commands")
def commands(asked: Asked) -> Any:
    return asked.world.commands.get(asked.ids.get("guild"), [])


@route("PUT", "/applications/{application}/commands")
@route("PUT", "/applications/{application}/guilds/{guild}/commands")
def put_commands(asked: Asked) -> Any:
    if asked.ids["application"] != asked.world.me.id:
        raise Refused(refusals.MISSING_ACCESS)
    return register(asked.world, asked.ids.get("guild"), asked.body)


@route("POST", "/interactions/{interaction}/{token}/callback")
def call_back(asked: Asked) -> Any:
    ids = asked.ids
    said = answering.call_back(asked.world, ids["interaction"], ids["token"], asked.fields, asked.files)
    return said if asked.query.get("with_response") in {"1", "true", "True"} else NO_CONTENT


@route("POST", "/webhooks/{application}/{token}")
def follow_up(asked: Asked) -> Any:
    one = answering.by_token(asked.world, asked.ids["application"], asked.ids["token"])
    return answering.follow_up(asked.world, one, asked.fields, asked.files)


@route("GET", "/webhooks/{application}/{token}/messages/{message}")
def look(asked: Asked) -> Any:
    one = answering.by_token(asked.world, asked.ids["application"], asked.ids["token"])
    return answering.look(asked.world, one, asked.ids["message"])


@route("PATCH", "/webhooks/{application}/{token}/messages/{message}")
def show(asked: Asked) -> Any:
    one = answering.by_token(asked.world, asked.ids["application"], asked.ids["token"])
    return answering.show(asked.world, one, asked.ids["message"], asked.fields, asked.files)


@route("DELETE", "/webhooks/{application}/{token}/messages/{message}")
def take_back(asked: Asked) -> Any:
    one = answering.by_token(asked.world, asked.ids["application"], asked.ids["token"])
    answering.take_back(asked.world, one, asked.ids["message"])
    return NO_CONTENT


def install(app: web.Application, handle: Callable[[web.Request, str, Doing], Awaitable[web.StreamResponse]]) -> None:
    """Enter all routes; each request goes to `handle` with its template, such as `POST /channels/{}/messages`."""
    for (method, path), doing in ROUTES.items():
        template = f"{method} {_template(path)}"

        async def serve(request: web.Request, template: str = template, doing: Doing = doing) -> web.StreamResponse:
            return await handle(request, template, doing)

        app.router.add_route(method, f"/api/v10{path}", serve)


def _template(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))

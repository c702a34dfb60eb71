"""What is sent to a `response_url`: for one person unless it says otherwise, five times within half an hour."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.fakes.slack import posting
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.wire import Wire
from tests.fakes.slack.world import Message, ResponseUrl, World

_FLAGS = ("replace_original", "delete_original")


async def answer(wire: Wire, request: web.Request) -> web.StreamResponse:
    """One of them; what is wrong is answered with a status and a word, as Slack's hooks do."""
    raw = await request.read()

    def doing() -> Any:
        given = _read(raw)
        return take(wire.world, request.match_info["id"], given)

    try:
        arguments = _read(raw)
    except Refused:
        arguments = {}
    response = await wire.answer(request, "response_url", None, arguments, doing)
    said = wire.requests[-1].response
    if isinstance(said, Mapping) and said.get("ok") is False and said.get("error") in _STATUS:
        return web.Response(status=_STATUS[said["error"]], body=str(said["error"]).encode(), content_type="text/plain")
    return response


_STATUS = {
    "used_url": 404,
    "expired_url": 404,
    "no_text": 400,
    "invalid_payload": 400,
    "invalid_blocks": 400,
    "msg_blocks_too_long": 400,
    "msg_too_long": 400,
    "is_archived": 410,
    "message_not_found": 404,
}


def _read(raw: bytes) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except ValueError:
        raise Refused("invalid_payload") from None
    if not isinstance(given, dict):
        raise Refused("invalid_payload")
    return given


def take(world: World, key: str, given: Mapping[str, Any]) -> bytes:
    """Do what a message to such an address says.

    Raises:
        Refused: it was used too often, or too late, or cannot be done.
    """
    url = world.response_urls.get(key)
    if url is None or url.uses >= world.limits.response_url_uses:
        raise Refused("used_url")
    if world.now() - url.at > world.limits.response_url:
        raise Refused("expired_url")
    channel = world.channels[url.channel]
    if channel.archived:
        raise Refused("is_archived")
    original = _original(world, url)
    if any(given.get(name) for name in _FLAGS) and original is None:
        raise Refused("message_not_found")
    if not given.get("delete_original"):
        posting.checked(world, given)
    url.uses += 1
    if original is not None and given.get("delete_original"):
        _remove(world, original)
    elif original is not None and given.get("replace_original"):
        _replace(world, original, given)
    else:
        _say(world, url, given)
    return b"ok"


def _original(world: World, url: ResponseUrl) -> Message | None:
    return world.message(url.channel, url.message) if url.message is not None else None


def _remove(world: World, original: Message) -> None:
    if original.only_for is None:
        posting.take_away(world, original)
    else:
        original.deleted = True
        world.touch()


def _replace(world: World, original: Message, given: Mapping[str, Any]) -> None:
    posting.change(world, original, {"blocks": [], **given})
    original.edited = world.new_ts()
    original.edits += 1
    world.touch()


def _say(world: World, url: ResponseUrl, given: Mapping[str, Any]) -> None:
    team, channel = world.teams[url.team], world.channels[url.channel]
    thread = given.get("thread_ts") or None
    if given.get("response_type") == "in_channel":
        message = posting.made(world, team, channel, given)
        message.thread_ts = posting.thread_of(world, channel, thread)
        message.metadata = given.get("metadata") or None
        posting.stand(world, message, "response_url")
    else:
        posting.post_aside(world, team, channel, world.users[url.user], given, "response_url")

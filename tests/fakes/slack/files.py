"""Files: an address is asked for, the bytes are sent there, and then it is said where the file belongs."""

import mimetypes
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.fakes.slack import posting, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.wire import Asked, Wire
from tests.fakes.slack.world import File, Message

Said = dict[str, Any]
ALT_TEXT = 1000
_LATER = ("channels", "groups", "shares")
"""What is not known yet when the call is answered: in particular no `ts`."""


@method("files.getUploadURLExternal", "files:write", tier=4)
def get_address(asked: Asked) -> Said:
    name, size = asked.text("filename"), asked.number("length", 0)
    if size <= 0:
        raise Refused("invalid_arguments", messages=["length must be greater than 0"])
    if size > asked.world.limits.largest_file:
        raise Refused("file_upload_size_restricted")
    alt_text = asked.maybe("alt_txt")
    if alt_text is not None and len(alt_text) > ALT_TEXT:
        raise Refused("alt_txt_too_large")
    file = File(asked.world.new_id("F"), asked.team.id, asked.bot.id, name, size, name, alt_text)
    file.mimetype = mimetypes.guess_type(name)[0] or file.mimetype
    asked.world.files[file.id] = file
    return {"upload_url": f"{asked.world.address}/upload/{file.id}", "file_id": file.id}


async def upload(wire: Wire, request: web.Request) -> web.StreamResponse:
    """The bytes; the address itself is the permission."""
    file = wire.world.files.get(request.match_info["file"])
    raw = await _bytes(request)

    def doing() -> Any:
        if file is None or file.content is not None:
            raise Refused("file_not_found")
        if len(raw) != file.size:
            raise Refused("length_mismatch")
        file.content = raw
        return f"OK - {len(raw)}".encode()

    told = {"file": request.match_info["file"], "size": len(raw)}
    response = await wire.answer(request, "upload", None, told, doing)
    if wire.requests[-1].error in {"file_not_found", "length_mismatch"}:
        return web.Response(status=400, body=str(wire.requests[-1].error).encode())
    return response


async def _bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for value in form.values():
        if isinstance(value, web.FileField):
            raw: bytes = value.file.read()
            value.file.close()
            return raw
    return b""


def download(wire: Wire, request: web.Request) -> web.StreamResponse:
    """A file, for whoever has a token of its workspace."""
    file = wire.world.files.get(request.match_info["file"])
    _, _, given = request.headers.get("Authorization", "").partition(" ")
    token = wire.world.tokens.get(given)
    if file is None or file.content is None:
        return web.Response(status=404)
    if token is None or token.team != file.team or "files:read" not in token.scopes:
        return web.Response(body=b"<html>Sign in</html>", content_type="text/html")
    return web.Response(body=file.content, content_type=file.mimetype)


@method("files.completeUploadExternal", "files:write", tier=4)
def complete(asked: Asked) -> Said:
    """The files are done; with a channel they stand there in a message, whose `ts` is not told."""
    world, given = asked.world, asked.arguments.get("files")
    if not isinstance(given, list) or not given:
        raise Refused("invalid_arguments", messages=["missing required field: files"])
    found = [_uploaded(asked, one) for one in given]
    wanted = asked.maybe("channel_id") or asked.maybe("channels")
    thread = asked.maybe("thread_ts")
    names = [name for name in (wanted or "").split(",") if name]
    channels = [posting.writable(world, asked.team, asked.token, name) for name in names]
    threads = [posting.thread_of(world, channel, thread) for channel in channels]
    posting.check_blocks(world, asked.arguments.get("blocks"))
    for file in found:
        file.complete, file.looks = True, world.limits.looks
    for channel, parent in zip(channels, threads, strict=True):
        message = Message(world.new_ts(), channel.id, asked.team.id, asked.bot.id, bot_id=asked.bot.bot_id)
        message.text, message.subtype = asked.maybe("initial_comment") or "", "file_share"
        message.blocks = posting.with_ids(world, asked.arguments.get("blocks") or [])
        message.thread_ts, message.files = parent, [file.id for file in found]
        posting.heard(world, message, {**asked.arguments, "unfurl_links": False, "unfurl_media": False})
        for file in found:
            file.shares.append((channel.id, message.ts))
        posting.stand(world, message, "files.completeUploadExternal")
    world.touch()
    told = [shapes.file(world, file) for file in found]
    return {"files": [{key: value for key, value in one.items() if key not in _LATER} for one in told]}


def _uploaded(asked: Asked, given: Any) -> File:
    file = asked.world.files.get(str(given.get("id"))) if isinstance(given, Mapping) else None
    if file is None or file.team != asked.team.id or file.content is None:
        raise Refused("file_not_found")
    if file.complete:
        raise Refused("file_update_failed")
    file.title = str(given.get("title") or file.name)
    return file


@method("files.info", "files:read", tier=4)
def info(asked: Asked) -> Said:
    return {"file": shapes.file(asked.world, _known(asked))}


@method("files.delete", "files:write")
def delete(asked: Asked) -> Said:
    file = _known(asked)
    for key in file.shares:
        message = asked.world.messages[key]
        message.files.remove(file.id)
        if not (message.text or message.blocks or message.files):
            posting.take_away(asked.world, message)
    del asked.world.files[file.id]
    asked.world.touch()
    return {}


def _known(asked: Asked) -> File:
    file = asked.world.files.get(asked.text("file"))
    if file is None or file.team != asked.team.id:
        raise Refused("file_not_found")
    return file

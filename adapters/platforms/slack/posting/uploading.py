"""Pictures on Slack: a file is put there first, and the message that shows it names the file.

What was put there once is named again by every message that shows the same, also when a post is tried again: a file
that was put there and is shown nowhere is harmless, nobody sees it. Slack looks at a new file before a message may show
it; a message that is refused for that is tried again some moments later, and goes without its picture in the end.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

from adapters.platforms.slack.kit import PLATFORM, Kit
from adapters.platforms.slack.payloads import is_pictured, unpictured
from adapters.platforms.slack.permissions import FILES
from bot.domain.message import Message
from bot.errors import MessageRefused, PlatformError, PlatformUnavailable
from bot.ports.clock import Clock
from bot.ports.phrases import Phrases

Files = Mapping[str, str]
"""Ids of Slack's for the pictures of a message, by the names under which it asks for them."""
NO_FILES: Final[Files] = {}
_PAUSES: Final = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4))
"""Before a message with a picture is tried again."""
T = TypeVar("T")


async def files_of(kit: Kit, team: str, message: Message, phrases: Phrases) -> Files:
    """The files of a message's pictures; none where they could not be drawn, or not be put there."""
    drawn = await kit.illustrations.of(message, phrases)
    if not drawn:
        return NO_FILES
    try:
        if FILES not in (await kit.workspaces.of(team)).scopes:
            return NO_FILES
        return {name: await _uploaded(kit, team, name, raw) for name, raw in drawn.items()}
    except PlatformError as error:
        kit.events.tell("picture_not_uploaded", platform=PLATFORM, reason=str(error)[:200])
        return NO_FILES


async def _uploaded(kit: Kit, team: str, name: str, raw: bytes) -> str:
    key = (team, name, hashlib.sha256(raw).hexdigest())
    known = kit.uploaded.get(key)
    if known is not None:
        return known
    # Asking for an address changes nothing that anybody sees.
    given = await kit.rest.look_up(team, "files.getUploadURLExternal", filename=name, length=len(raw))
    file, address = given.get("file_id"), given.get("upload_url")
    if not isinstance(file, str) or not isinstance(address, str):
        raise PlatformUnavailable("an answer without a file")
    await kit.rest.upload(address, raw)
    await kit.rest.call(team, "files.completeUploadExternal", files=[{"id": file, "title": name}])
    return kit.uploaded.put(key, file)


async def shown(clock: Clock, payload: Mapping[str, Any], send: Callable[[Mapping[str, Any]], Awaitable[T]]) -> T:
    """Send a message or view; one that is refused with its picture, again after a pause, and then without it.

    Raises:
        PlatformError: as `send`, of what has no picture.
    """
    if is_pictured(payload):
        for pause in _PAUSES:
            try:
                return await send(payload)
            except MessageRefused:
                await clock.sleep(pause)
        payload = unpictured(payload)
    return await send(payload)

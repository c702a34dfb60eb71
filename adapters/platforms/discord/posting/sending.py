"""One request for a message, and what is done when it fails: threads that are closed or missing, messages too long."""

from collections.abc import Mapping
from typing import Any, Final

from adapters.platforms.discord.errors import (
    ARCHIVED,
    THREAD_STANDS,
    UNKNOWN_CHANNEL,
    code_of,
)
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.posting.finding import lacks_thread
from adapters.platforms.discord.posting.places import Places
from adapters.platforms.discord.posting.requests import Request, thread_request
from adapters.platforms.discord.rendering import thread_name
from adapters.platforms.discord.rendering.limits import measure
from adapters.platforms.discord.rest import Unrepeated
from adapters.wire.publications import spoken
from bot.domain.message import Publication
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformError,
    PlatformUnavailable,
    ThreadWithdrawn,
)

NEAR_CAP: Final = 9_000
"""Bytes from which on a 500 means that the message is too long: Discord has no better word for it."""


class Sender:
    """Makes the requests of `posting`."""

    def __init__(self, kit: Kit, places: Places) -> None:
        self._kit = kit
        self._places = places

    async def perform(self, request: Request, *, once: Unrepeated | None = None) -> Mapping[str, Any]:
        """Make a request, and give what was made: an object with an id."""
        if once is None and measure(request.payload).bytes >= NEAR_CAP:
            return await self._heavy(request)
        if once is None:
            sent = await self._kit.rest.request(
                request.method, request.path, request.payload, pictures=request.pictures, **request.ids
            )
        else:
            sent = await self._kit.rest.request_once(
                once, request.method, request.path, request.payload, pictures=request.pictures, **request.ids
            )
        if not isinstance(sent, dict) or "id" not in sent:
            raise PlatformUnavailable("an answer without an id in it")
        return sent

    async def _heavy(self, request: Request) -> Mapping[str, Any]:
        """A message near the most that Discord takes: the second 500 says that it is too long."""
        once = Unrepeated(least=2)
        try:
            return await self.perform(request, once=once)
        except PlatformUnavailable as error:
            if once.status == 500:
                raise MessageRefused("500 for a message that is nearly too long: it is too long") from error
            raise

    async def follow(self, place: Place, request: Request, *, about: Publication | None) -> Mapping[str, Any]:
        """Post in a thread or channel; a thread that is closed is opened if we may, one that is missing if it ought."""
        try:
            return await self.perform(request)
        except PlatformError as error:
            if place.thread is None:
                raise
            if code_of(error) == ARCHIVED:
                await self._unlock(place.thread, about)
            elif code_of(error) == UNKNOWN_CHANNEL:
                await self._mend(place, about)
            else:
                raise
        return await self.perform(request)

    async def _unlock(self, thread: str, about: Publication | None) -> None:
        opened = {"archived": False, "locked": False}
        try:
            await self._kit.rest.request("PATCH", "/channels/{channel_id}", opened, channel_id=thread)
        except (PlaceClosed, MessageRefused) as error:
            phrases = self._kit.catalogue.speak(spoken(about) if about else "en")
            raise PlaceClosed(phrases.say("thread-locked")) from error

    async def _mend(self, place: Place, about: Publication | None) -> None:
        """Open the thread that an attempt did not come to open.

        Raises:
            PlaceClosed: the channel is gone too.
            ThreadWithdrawn: people deleted the thread, or the card.
        """
        channel = await self._places.look_up(place.id)
        if about is None or not channel.opens_threads or not await lacks_thread(self._kit.rest, place):
            raise ThreadWithdrawn(f"the thread {place.thread} was deleted")
        name = thread_name(about, self._kit.catalogue.speak(spoken(about)))
        try:
            # Asked once: after a repetition nobody could tell whose thread stands there.
            await self.perform(thread_request(place.id, place.thread or "", name), once=Unrepeated())
        except MessageRefused as error:
            if code_of(error) != THREAD_STANDS:
                raise
            raise ThreadWithdrawn(f"the thread {place.thread} was deleted") from error

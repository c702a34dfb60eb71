"""How a card begins a discussion: with a thread, as a post of a forum, in the thread of a day."""

import asyncio
from collections.abc import Callable

from adapters.platforms.discord.errors import (
    THREAD_STANDS,
    code_of,
)
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.payloads import Payload
from adapters.platforms.discord.posting.finding import has_thread
from adapters.platforms.discord.posting.places import Channel, Places
from adapters.platforms.discord.posting.requests import (
    Request,
    message_request,
    thread_request,
)
from adapters.platforms.discord.posting.sending import Sender
from adapters.platforms.discord.rest import Pictures, Unrepeated
from adapters.wire.illustrations import NONE_DRAWN
from bot.domain.edition import Edition
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    PlatformUnavailable,
)
from bot.ports.platform import Ref


class Cards:
    """Posts cards in channels of servers."""

    def __init__(self, kit: Kit, places: Places, sender: Sender, *, later: Callable[[Request], None]) -> None:
        """`later` makes a request that nothing depends on, when there is time for it."""
        self._kit = kit
        self._places = places
        self._sender = sender
        self._later = later
        self._days: dict[str, asyncio.Lock] = {}

    async def open(
        self, channel: Channel, payload: Payload, key: str, name: str, *, pictures: Pictures = NONE_DRAWN
    ) -> Ref:
        """A card and its thread. A card without one is taken back, or left in doubt: never half of it as the whole."""
        sent = await self._sender.perform(message_request(channel.id, payload, key, pictures=pictures))
        card = str(sent["id"])
        if not has_thread(sent):
            await self._open_thread(channel.id, card, name)
        if channel.is_news:
            path = "/channels/{channel_id}/messages/{message_id}/crosspost"
            self._later(Request("POST", path, {}, {"channel_id": channel.id, "message_id": card}))
        return Ref(Place(PLATFORM, channel.id, card), card)

    async def of_the_day(self, channel: Channel, edition: Edition, payload: Payload, key: str) -> Ref:
        """A card in the thread of its day; the first one of a day begins it."""
        name = edition.date.isoformat()
        async with self._days.setdefault(channel.id, asyncio.Lock()):
            for thread in await self._places.threads(channel, self._kit.me()):
                if thread.name == name:
                    place = Place(PLATFORM, channel.id, thread.id)
                    sent = await self._sender.follow(place, message_request(thread.id, payload, key), about=edition)
                    return Ref(place, str(sent["id"]))
            return await self.open(channel, payload, key, name)

    async def in_forum(self, channel: Channel, request: Request) -> Ref:
        """A card as a post of a forum."""
        sent = await self._sender.perform(request, once=Unrepeated())
        thread = str(sent["id"])
        # The first message of a post has the id of the post.
        return Ref(Place(PLATFORM, channel.id, thread), thread)

    async def _open_thread(self, channel: str, card: str, name: str) -> None:
        try:
            await self._sender.perform(thread_request(channel, card, name))
        except (PlaceClosed, MessageRefused) as error:
            if code_of(error) != THREAD_STANDS:
                await self._take_back(channel, card)
                raise
        except PlatformBusy as error:
            # The card was taken: whoever tries again must look first.
            raise PlatformUnavailable(f"the card stands, its thread not yet: {error}") from error

    async def _take_back(self, channel: str, card: str) -> None:
        try:
            await self._kit.rest.delete(channel, card)
        except PlatformError as error:
            raise PlatformUnavailable("the card stands, and can have no thread") from error

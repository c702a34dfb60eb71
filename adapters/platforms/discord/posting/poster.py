"""Posting and changing messages: the half of the platform that needs no gateway."""

from collections.abc import Callable

from adapters.platforms.discord.errors import (
    UNKNOWN_CHANNEL,
    code_of,
)
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.posting.cards import Cards
from adapters.platforms.discord.posting.finding import BACK, look, stamp, stamped
from adapters.platforms.discord.posting.places import Places
from adapters.platforms.discord.posting.requests import Request, following, forum_request, tags_of
from adapters.platforms.discord.posting.sending import Sender
from adapters.platforms.discord.rendering import Where, jump, render, thread_name
from bot.domain.message import EditionCard, Message, QuestionPart, StoryPart, language_of
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    StoreError,
)
from bot.ports.phrases import Phrases
from bot.ports.platform import Ref


class Poster:
    """Posts and changes messages."""

    def __init__(self, kit: Kit, places: Places, *, later: Callable[[Request], None]) -> None:
        """`later` makes a request that nothing depends on, when there is time for it."""
        self._kit = kit
        self._places = places
        self._sender = Sender(kit, places)
        self._cards = Cards(kit, places, self._sender, later=later)

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post a message once; see `Platform.post`."""
        if not isinstance(message, EditionCard) or place.thread is not None:
            return await self._follow(place, message, key)
        channel = await self._places.channel(place)
        if not channel.is_forum and not channel.opens_threads:
            return await self._follow(place, message, key)
        phrases = self._phrases(message)
        payload = render(message, phrases, await self._around(place, message))[0]
        name = thread_name(message.edition, phrases)
        if channel.is_forum:
            request = forum_request(channel.id, payload, key, name, tags_of(channel, message.edition, phrases))
            return await self._cards.in_forum(channel, request)
        if (await self._places.options(channel, message.edition.desk)).placement == "day":
            return await self._cards.of_the_day(channel, message.edition, payload, key)
        return await self._cards.open(channel, payload, key, name)

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message; its key stays in it.

        Raises:
            MessageRefused: it was in one piece and would be in two, or the other way round.
        """
        channel = await self._where(ref, message)
        before = await self._kit.rest.message(channel, ref.id)
        payloads = render(message, self._phrases(message), await self._around(ref.place, message))
        if len(payloads) > 1:
            raise MessageRefused("it would not fit into the message that stands")
        key = stamped(before)
        await self._kit.rest.edit(channel, ref.id, payloads[0] if key is None else stamp(payloads[0], key))

    async def _follow(self, place: Place, message: Message, key: str) -> Ref:
        """A message without a thread of its own."""
        payloads = render(message, self._phrases(message), await self._around(place, message))
        where = place if place.thread else Place(PLATFORM, (await self._places.channel(place)).id)
        made = following(where, payloads, key)
        edition = message.edition if isinstance(message, EditionCard | StoryPart | QuestionPart) else None
        standing = await self._standing(where, key) if len(made) > 1 else {}
        for number, request in enumerate(made):
            if number not in standing:
                standing[number] = str((await self._sender.follow(where, request, edition=edition))["id"])
        return Ref(place, standing[0])

    async def _standing(self, place: Place, key: str) -> dict[int, str]:
        """The pieces of a message that stand, if an attempt before this one ended between them."""
        since = (self._kit.clock.now() - BACK).timestamp()
        channel = place.thread or place.id
        try:
            found = await look(self._kit.rest, channel, key, me=str(self._kit.me()), since=since)
        except PlaceClosed as error:
            if code_of(error) != UNKNOWN_CHANNEL:
                raise
            return {}  # posting finds out what became of it
        return found.pieces

    async def _where(self, ref: Ref, message: Message) -> str:
        """The channel or thread that a message of ours stands in."""
        channel = await self._places.channel(ref.place)
        opens = isinstance(message, EditionCard) and ref.place.thread == ref.id and not channel.is_forum
        return channel.id if opens or ref.place.thread is None else ref.place.thread

    async def _around(self, place: Place, message: Message) -> Where:
        """What a message can link to; of a card, whom it mentions."""
        guild = (await self._places.channel(place)).guild
        if isinstance(message, EditionCard):
            role = (await self._places.options(await self._places.channel(place), message.edition.desk)).role
            return Where(guild=guild, thread=place.thread, mention_role=role)
        if not isinstance(message, StoryPart) or place.thread is None:
            return Where(guild=guild, thread=place.thread)
        try:
            standing = await self._kit.office.whereabouts.standing(message.edition.id, place)
        except StoreError as error:
            raise PlatformBusy("what stands in the thread cannot be read") from error
        stories = {
            int(one.part.removeprefix("story-")): jump(guild, one.place.thread or one.place.id, one.message)
            for one in standing
            if one.part.startswith("story-")
        }
        return Where(stories, guild, place.thread)

    def _phrases(self, message: Message) -> Phrases:
        return self._kit.catalogue.speak(language_of(message) or "")

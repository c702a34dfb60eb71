"""Posting and changing messages: the half of the platform that needs no gateway."""

from collections.abc import Callable

from adapters.platforms.discord.errors import (
    UNKNOWN_CHANNEL,
    code_of,
)
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.posting.cards import Cards
from adapters.platforms.discord.posting.finding import BACK, look, stamp, stamped
from adapters.platforms.discord.posting.places import Channel, Places
from adapters.platforms.discord.posting.requests import Request, following, forum_request, tags_of
from adapters.platforms.discord.posting.sending import Sender
from adapters.platforms.discord.rendering import Where, jump, render, thread_name
from adapters.platforms.discord.rest import Pictures
from bot.domain.message import (
    EditionCard,
    EpisodeContents,
    EpisodeOverview,
    Message,
    Publication,
    QuestionPart,
    StoryPart,
    language_of,
)
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
        if not isinstance(message, EditionCard | EpisodeOverview) or place.thread is not None:
            return await self._follow(place, message, key)
        channel = await self._places.channel(place)
        if not channel.is_forum and not channel.opens_threads:
            return await self._follow(place, message, key)
        phrases, pictures = self._phrases(message), await self._pictures(message)
        payload = render(message, phrases, await self._around(place, message, pictures))[0]
        about = message.episode if isinstance(message, EpisodeOverview) else message.edition
        name = thread_name(about, phrases)
        if channel.is_forum:
            tags = tags_of(channel, about, phrases)
            request = forum_request(channel.id, payload, key, name, tags, pictures=pictures)
            return await self._cards.in_forum(channel, request)
        if isinstance(message, EditionCard) and await self._is_of_a_day(channel, message):
            return await self._cards.of_the_day(channel, message.edition, payload, key)
        return await self._cards.open(channel, payload, key, name, pictures=pictures)

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message; its key stays in it.

        Raises:
            MessageRefused: it was in one piece and would be in two, or the other way round.
        """
        channel = await self._where(ref, message)
        before = await self._kit.rest.message(channel, ref.id)
        pictures = await self._pictures(message)
        payloads = render(message, self._phrases(message), await self._around(ref.place, message, pictures))
        if len(payloads) > 1:
            raise MessageRefused("it would not fit into the message that stands")
        key = stamped(before)
        body = payloads[0] if key is None else stamp(payloads[0], key)
        if isinstance(message, EpisodeOverview):
            # A file that is not named is taken away: the picture is sent anew.
            body = {"attachments": [], **body}
        await self._kit.rest.edit(channel, ref.id, body, pictures=pictures)

    async def _follow(self, place: Place, message: Message, key: str) -> Ref:
        """A message without a thread of its own."""
        pictures = await self._pictures(message)
        payloads = render(message, self._phrases(message), await self._around(place, message, pictures))
        where = place if place.thread else Place(PLATFORM, (await self._places.channel(place)).id)
        made = following(where, payloads, key, pictures=pictures)
        about = _about(message)
        standing = await self._standing(where, key) if len(made) > 1 else {}
        for number, request in enumerate(made):
            if number not in standing:
                standing[number] = str((await self._sender.follow(where, request, about=about))["id"])
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
        opens = (
            isinstance(message, EditionCard | EpisodeOverview) and ref.place.thread == ref.id and not channel.is_forum
        )
        return channel.id if opens or ref.place.thread is None else ref.place.thread

    async def _is_of_a_day(self, channel: Channel, message: EditionCard) -> bool:
        return (await self._places.options(channel, message.edition.desk)).placement == "day"

    async def _pictures(self, message: Message) -> Pictures:
        """What the message shows, drawn; none where that failed: its words say the same."""
        return await self._kit.illustrations.of(message, self._phrases(message))

    async def _around(self, place: Place, message: Message, pictures: Pictures) -> Where:
        """What a message can link to and show; of a card, whom it mentions."""
        guild = (await self._places.channel(place)).guild
        if isinstance(message, EditionCard):
            role = (await self._places.options(await self._places.channel(place), message.edition.desk)).role
            return Where(guild=guild, thread=place.thread, mention_role=role)
        if not isinstance(message, StoryPart) or place.thread is None:
            return Where(guild=guild, thread=place.thread, pictures=pictures)
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


def _about(message: Message) -> Publication | None:
    """What a part is of."""
    match message:
        case EditionCard(edition) | StoryPart(edition) | QuestionPart(edition):
            return edition
        case EpisodeOverview(episode) | EpisodeContents(episode):
            return episode
    return None

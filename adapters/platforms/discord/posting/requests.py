"""How a message gets to a place: which requests show it. Nothing is sent here.

It is what is sent (`sending`, `cards`, `poster`), and what a demonstration prints. Every message carries its key (see
`finding`), and what goes to a channel has it as its nonce too, so that Discord gives the first one again for a few
minutes. A post in a forum takes no nonce: it is asked for once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.platforms.discord.payloads import Json
from adapters.platforms.discord.posting.finding import stamp
from adapters.platforms.discord.posting.places import Channel
from adapters.platforms.discord.rest import NO_PINGS, Method, Pictures
from adapters.wire.illustrations import NONE_DRAWN
from bot.domain.episode import Episode
from bot.domain.ledger import derived
from bot.domain.message import EditionCard, EpisodeOverview, Message, Publication
from bot.domain.place import Place
from bot.ports.phrases import Phrases

A_WEEK: Final = 10_080
"""Minutes without a message before a thread leaves the channel's list: the longest there is."""
MOST_TAGS: Final = 5


@dataclass(frozen=True, slots=True)
class Request:
    """One request."""

    method: Method
    path: str
    payload: Json
    ids: Mapping[str, str] = field(default_factory=dict)
    """What fills in the names of the path."""
    pictures: Pictures = field(default_factory=dict, repr=False)
    """What the payload's `attachments` name; a file that is missing here is not sent."""

    @property
    def route(self) -> str:
        """The path with its ids, such as `/channels/1234/messages`."""
        return self.path.format_map(self.ids)


def message_request(
    channel: str, payload: Json, key: str, *, more: bool = False, pictures: Pictures = NONE_DRAWN
) -> Request:
    """Post a message in a channel or thread."""
    body = {"allowed_mentions": NO_PINGS, **stamp(payload, key, more=more), "nonce": key, "enforce_nonce": True}
    return Request("POST", "/channels/{channel_id}/messages", body, {"channel_id": channel}, pictures)


def thread_request(channel: str, message: str, name: str) -> Request:
    """Open the thread of a message; its id will be the message's."""
    path = "/channels/{channel_id}/messages/{message_id}/threads"
    body = {"name": name, "auto_archive_duration": A_WEEK}
    return Request("POST", path, body, {"channel_id": channel, "message_id": message})


def forum_request(
    forum: str, payload: Json, key: str, name: str, tags: Collection[str], *, pictures: Pictures = NONE_DRAWN
) -> Request:
    """Post in a forum."""
    message = {"allowed_mentions": NO_PINGS, **stamp(payload, key)}
    body = {"name": name, "auto_archive_duration": A_WEEK, "applied_tags": list(tags), "message": message}
    return Request("POST", "/channels/{channel_id}/threads", body, {"channel_id": forum}, pictures)


def requests(
    message: Message,
    payloads: Sequence[Json],
    *,
    key: str,
    place: Place,
    name: str,
    forum: bool = False,
    tags: Collection[str] = (),
) -> tuple[Request, ...]:
    """The requests that show a message, in order.

    A card opens a thread called `name`, whose id is that of the card: `{message}` where it is not known yet. Everything
    else goes to the place's thread, else to the place.
    """
    if isinstance(message, EditionCard | EpisodeOverview) and place.thread is None and not place.id.startswith("@"):
        if forum:
            return (forum_request(place.id, payloads[0], key, name, tags),)
        return (message_request(place.id, payloads[0], key), thread_request(place.id, "{message}", name))
    return following(place, payloads, key)


def following(
    place: Place, payloads: Sequence[Json], key: str, *, pictures: Pictures = NONE_DRAWN
) -> tuple[Request, ...]:
    """The requests that post a message in the place's thread, else in the place; its pieces in order."""
    channel, last = place.thread or place.id, len(payloads) - 1
    return tuple(
        message_request(channel, one, derived(key, n), more=n < last, pictures=pictures)
        for n, one in enumerate(payloads)
    )


def tags_for(channel: Channel, wanted: Iterable[str]) -> tuple[str, ...]:
    """Ids of the tags of a forum that have one of these names, in the forum's order, at most five.

    Where a post must have a tag and none fits, it is the first one.
    """
    names = {name.casefold() for name in wanted}
    found = tuple(tag for tag, name in channel.tags if name.casefold() in names)
    if not found and channel.needs_tag:
        found = tuple(tag for tag, _ in channel.tags[:1])
    return found[:MOST_TAGS]


def tags_of(channel: Channel, publication: Publication, phrases: Phrases) -> tuple[str, ...]:
    """Ids of the tags that go with an edition: of its slot, and of its topics; with an episode: of its show."""
    if isinstance(publication, Episode):
        return tags_for(channel, ("episode", phrases.say("tag-episode"), publication.show or ""))
    topics = (story.topic for story in publication.stories)
    return tags_for(channel, (publication.slot, phrases.say(f"slot-{publication.slot}"), *topics))

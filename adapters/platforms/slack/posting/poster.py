"""Posting and changing messages: the half of the platform that needs no connection."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from adapters.platforms.slack.errors import ARCHIVED, MISSING_SCOPE, NO_CHANNEL, NOT_A_MEMBER, code_of
from adapters.platforms.slack.kit import PLATFORM, Json, Kit
from adapters.platforms.slack.posting.finding import Finder, stamp
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.posting.uploading import files_of, shown
from adapters.platforms.slack.rendering import Where, permalink, render
from bot.domain.message import (
    EditionCard,
    EpisodeContents,
    EpisodeOverview,
    Message,
    QuestionPart,
    StoryPart,
    edition_of,
    language_of,
    part_name,
)
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformUnavailable,
    StoreError,
)
from bot.ports.phrases import Phrases
from bot.ports.platform import Ref

QUIET: Final[Json] = {"unfurl_links": False, "unfurl_media": False}
"""Of every message: no link is unfolded."""
_CARDS = (EditionCard, EpisodeOverview)
"""What a thread begins with."""
_PARTS = (EditionCard, StoryPart, QuestionPart, EpisodeOverview, EpisodeContents)
_WORDS: Final[Mapping[str, str]] = {
    NOT_A_MEMBER: "slack-not-a-member",
    NO_CHANNEL: "slack-no-channel",
    ARCHIVED: "slack-archived",
}
"""What a refusal means to whoever set the place up."""


class Poster:
    """Posts and changes messages."""

    def __init__(self, kit: Kit, places: Places, finder: Finder) -> None:
        self._kit = kit
        self._places = places
        self._finder = finder

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post a message once; see `Platform.post`."""
        with _nothing_posted():
            team, channel = await self._places.id_of(place)
            payloads = render(message, self._phrases(message), await self._around(place, message, team, channel))
            if isinstance(message, _CARDS):
                payloads = payloads[:1]
            standing = await self._standing(place, key) if len(payloads) > 1 else {}
        for number, payload in enumerate(payloads):
            if number in standing:
                continue
            metadata = _stamped(message, key, number, len(payloads))
            arguments = {**payload, "metadata": metadata, "thread_ts": place.thread, **QUIET}
            standing[number] = await self._send(team, channel, arguments, self._phrases(message))
        thread = standing[0] if isinstance(message, _CARDS) and place.thread is None else place.thread
        return Ref(Place(PLATFORM, place.id, thread), standing[0])

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message; Slack keeps its metadata, and so its key.

        Raises:
            MessageRefused: it was in one piece and would be in two.
            ThreadWithdrawn: people deleted it.
        """
        team, channel = await self._places.id_of(ref.place)
        payloads = render(message, self._phrases(message), await self._around(ref.place, message, team, channel))
        if len(payloads) > 1:
            raise MessageRefused("it would not fit into the message that stands")

        async def change(payload: Mapping[str, Any]) -> Json:
            return await self._kit.rest.call(team, "chat.update", channel=channel, ts=ref.id, **payload)

        await shown(self._kit.clock, payloads[0], change)

    async def _standing(self, place: Place, key: str) -> dict[int, str]:
        """The pieces of a message that stand, if an attempt before this one ended between them."""
        try:
            return dict((await self._finder.look(place, key)).pieces)
        except PlaceClosed as error:
            if code_of(error) not in {MISSING_SCOPE, NOT_A_MEMBER}:
                raise
            return {}  # whoever may not look is not asked twice: the ledger parks what is in doubt

    async def _send(self, team: str, channel: str, arguments: Mapping[str, Any], phrases: Phrases) -> str:
        """Post, coming into the channel if that is all that is missing; the `ts` of what stands there now."""
        try:
            answer = await self._ask(team, channel, arguments)
        except PlaceClosed as error:
            with _nothing_posted():
                joined = code_of(error) == NOT_A_MEMBER and await self._places.join(team, channel)
            if not joined:
                raise self._in_words(error, phrases) from error.__cause__
            answer = await self._ask(team, channel, arguments)
        ts = answer.get("ts")
        if not isinstance(ts, str) or not ts:
            raise PlatformUnavailable("an answer without the time of the message")
        return ts

    async def _ask(self, team: str, channel: str, arguments: Mapping[str, Any]) -> Json:
        async def post(given: Mapping[str, Any]) -> Json:
            return await self._kit.rest.post(team, channel, "chat.postMessage", **given)

        return await shown(self._kit.clock, arguments, post)

    def _in_words(self, error: PlaceClosed, phrases: Phrases) -> PlaceClosed:
        words = _WORDS.get(code_of(error))
        return PlaceClosed(phrases.say(words)) if words else error

    async def _around(self, place: Place, message: Message, team: str, channel: str) -> Where:
        """What a message can link to and show: the stories that stand, the picture that was put there."""
        if isinstance(message, EpisodeOverview):
            return Where(pictures=await files_of(self._kit, team, message, self._phrases(message)))
        if not isinstance(message, EditionCard | StoryPart):
            return Where()
        try:
            standing = await self._kit.office.whereabouts.standing(message.edition.id, place)
        except StoreError as error:
            raise PlatformBusy("what stands in the thread cannot be read") from error
        stories = [one for one in standing if one.part.startswith("story-")]
        if not stories:
            return Where()
        address = (await self._kit.workspaces.of(team)).address
        return Where(
            {
                int(one.part.removeprefix("story-")): permalink(address, channel, one.message, one.place.thread)
                for one in stories
            }
        )

    def _phrases(self, message: Message) -> Phrases:
        return self._kit.catalogue.speak(language_of(message) or "")


@contextmanager
def _nothing_posted() -> Iterator[None]:
    """What fails in here failed before anything was sent: there is nothing to look for."""
    try:
        yield
    except PlatformUnavailable as error:
        raise PlatformBusy(str(error), retry_after=error.retry_after) from error.__cause__


def _stamped(message: Message, key: str, piece: int, pieces: int) -> dict[str, Any]:
    if not isinstance(message, _PARTS):
        return stamp(key, piece=piece, pieces=pieces)
    return stamp(key, part=part_name(message), edition=edition_of(message), piece=piece, pieces=pieces)


def requests(message: Message, payloads: Sequence[Json], *, key: str, place: Place) -> tuple[dict[str, Any], ...]:
    """The calls of `chat.postMessage` that show a message, in order: what a demonstration prints."""
    return tuple(
        {
            "channel": place.id.rpartition("/")[2],
            **payload,
            "metadata": _stamped(message, key, number, len(payloads)),
            **({"thread_ts": place.thread} if place.thread else {}),
            **QUIET,
        }
        for number, payload in enumerate(payloads)
    )

"""Whether a message of ours stands in a place: the key it carries, and reading the place back.

A message carries its key where people do not see it. The id of one button ends with it, since Discord gives ids back
letter by letter; a press ignores it. Of a message in several pieces only the last one has buttons: in the others the
numbers of the first two components, which Discord keeps as they are given, say it. What a message looks like decides
nothing.
"""

import copy
import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from adapters.platforms.discord.errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, code_of
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.payloads import Json, every
from adapters.platforms.discord.posting.places import Channel, Places
from adapters.platforms.discord.rest import Rest
from bot.domain.ledger import KEY_CHARACTERS, derived
from bot.domain.place import Place
from bot.domain.press import LONGEST, STAMP
from bot.errors import PlaceClosed
from bot.ports.platform import Absent, Ref, Unsure, Withdrawn

BACK: Final = timedelta(hours=26)
"""How far back a message is looked for: longer than an edition may be late."""
POSTS: Final = 20
"""Of a forum, that are looked into."""
_DAYS: Final = 3
HAS_THREAD: Final = 1 << 5
_STAMPABLE: Final = re.compile(rf"[0-9a-f]{{{KEY_CHARACTERS}}}")
PAGES: Final = 10
"""Of a hundred messages; who looks further back than that cannot say that something is absent."""
PIECES: Final = 6
"""That a message is in at most."""
_DIGITS: Final = 7
"""Hexadecimal digits of a key in the number of a component, which is below 2^31."""
_NUMBERED: Final = 2
_LEADING: Final = 1 << 28
"""Times 1 to 4, added to each number: none is as small as those that Discord gives, and no two are the same."""
_FULL_PAGE: Final = 100
_EPOCH: Final = 1_420_070_400.0


def stampable(key: str) -> str:
    """The key as messages carry it: 24 hexadecimal digits, as those of the ledger are; others are hashed."""
    return key if _STAMPABLE.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:KEY_CHARACTERS]


def stamp(payload: Json, key: str, *, more: bool = False) -> dict[str, Any]:
    """The payload with its key (24 characters) in it; `more` where another piece follows it.

    Raises:
        ValueError: there is no room for it.
    """
    made: dict[str, Any] = copy.deepcopy(dict(payload))
    pressable = [one for one in every(made) if isinstance(one.get("custom_id"), str)]
    if pressable and not more:
        shortest = min(pressable, key=lambda one: len(one["custom_id"]))
        shortest["custom_id"] = STAMP.sub("", shortest["custom_id"]) + f":k{key}"
        if len(shortest["custom_id"]) > LONGEST:
            raise ValueError(f"no room for a key in {shortest['custom_id']!r}")
        return made
    for one, number in zip(every(made), _numbers(key, more=more), strict=False):
        one["id"] = number
    return made


def stamped(message: Json) -> str | None:
    """The key that a message as Discord gives it carries in a button; None if it is none of the ledger's."""
    for one in every(message):
        found = STAMP.search(str(one.get("custom_id", "")))
        if found is not None:
            return found["key"]
    return None


def carries(message: Json, key: str, *, more: bool = False) -> bool:
    """Whether this message has this key; with `more`, as a piece that others follow."""
    found = stamped(message)
    if found is not None:
        return found == key and not more
    numbers = [one.get("id") for one in every(message)][:_NUMBERED]
    return bool(numbers) and numbers == _numbers(key, more=more)[: len(numbers)]


def _numbers(key: str, *, more: bool) -> list[int]:
    digits = (key[n * _DIGITS : (n + 1) * _DIGITS] for n in range(_NUMBERED))
    first = _NUMBERED + 1 if more else 1
    return [_LEADING * (first + n) + int(some, 16) for n, some in enumerate(digits)]


def seconds_of(snowflake: str) -> float:
    """When something was made, in seconds since 1970: Discord's ids say it."""
    return (int(snowflake) >> 22) / 1000 + _EPOCH


@dataclass(slots=True)
class Found:
    """What of a message stands in a place."""

    pieces: dict[int, str] = field(default_factory=dict)
    """Ids of its pieces by their number, from 0."""
    last: int | None = None
    """Number of the piece that no other follows, if it stands."""
    complete: bool = False
    """All was read that could hold it: what was not seen is not there."""
    seen: int = 0
    """Messages that were read."""

    @property
    def message(self) -> str | None:
        """Where people find it: its first piece that stands; None unless its last one does."""
        return None if self.last is None else self.pieces[min(self.pieces)]

    @property
    def ended(self) -> bool:
        """There is nothing left to look for."""
        return self.last is not None and 0 in self.pieces


async def look(rest: Rest, channel: str, key: str, *, me: str, since: float) -> Found:
    """Read a channel or thread back, newest first, until the message with this key is seen.

    `since` in seconds since 1970: no page is read after one that reaches back so far.

    Raises:
        PlatformError: the channel cannot be read.
    """
    found, before = Found(), None
    for _ in range(PAGES):
        page = await rest.history(channel, before=before)
        found.seen += len(page)
        for message in page:
            if str((message.get("author") or {}).get("id")) == me:
                _note(found, message, key)
        if found.ended:
            return found
        if len(page) < _FULL_PAGE or seconds_of(str(page[-1]["id"])) < since:
            found.complete = True
            return found
        before = str(page[-1]["id"])
    return found


def _note(found: Found, message: Json, key: str) -> None:
    for number in range(PIECES):
        whose = derived(key, number)
        if carries(message, whose):
            found.last = number
        elif not carries(message, whose, more=True):
            continue
        found.pieces[number] = str(message["id"])


class Finder:
    """Reads places back."""

    def __init__(self, kit: Kit, places: Places) -> None:
        self._kit = kit
        self._places = places

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Whether a message with this key stands in a place; see `Platform.find`."""
        if place.thread is not None:
            return await self._in_thread(place, key)
        channel = await self._places.channel(place)
        if channel.is_forum:
            return await self._in_forum(channel, key)
        found = await self._look(channel.id, key)
        if found.message is not None:
            # The id of a card's thread is the card's; where it was not opened yet, posting in it mends that.
            return Ref(Place(PLATFORM, place.id, found.message if channel.opens_threads else None), found.message)
        return await self._of_a_day(channel, key) or await self._verdict(channel, found)

    async def _in_thread(self, place: Place, key: str) -> Ref | Absent | Unsure | Withdrawn:
        try:
            found = await self._look(place.thread or "", key)
        except PlaceClosed as error:
            if code_of(error) != UNKNOWN_CHANNEL:
                raise
            parent = await self._places.look_up(place.id)
            mendable = parent.opens_threads and await lacks_thread(self._kit.rest, place)
            return "absent" if mendable else "withdrawn"
        if found.message is not None:
            return Ref(place, found.message)
        return await self._verdict(await self._places.channel(place), found)

    async def _of_a_day(self, channel: Channel, key: str) -> Ref | None:
        """A card that stands in the thread of a day."""
        if not channel.opens_threads:
            return None
        threads = await self._places.threads(channel, self._kit.me())
        for thread in [thread for thread in threads if thread.is_of_a_day][:_DAYS]:
            found = await self._look(thread.id, key)
            if found.message is not None:
                return Ref(Place(PLATFORM, channel.id, thread.id), found.message)
        return None

    async def _in_forum(self, forum: Channel, key: str) -> Ref | Absent | Unsure:
        try:
            posts = await self._places.threads(forum, self._kit.me(), archived=True)
        except PlaceClosed as error:
            if code_of(error) == UNKNOWN_CHANNEL:
                raise
            return "unsure"  # the archive is shown to those only who may read the history
        recent = [post for post in posts if seconds_of(post.id) >= self._since]
        for post in recent[:POSTS]:
            try:
                starter = await self._kit.rest.message(post.id, post.id)
            except PlaceClosed as error:
                if code_of(error) not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                    return "unsure"
                continue  # people deleted it
            if carries(starter, key):
                return Ref(Place(PLATFORM, forum.id, post.id), post.id)
        return "absent" if len(recent) <= POSTS else "unsure"

    async def _verdict(self, channel: Channel, found: Found) -> Absent | Unsure:
        """What it means that something was not seen: to one who may not read the history, a channel looks empty."""
        if not found.complete or (not found.seen and not await self._places.may_read(channel)):
            return "unsure"
        return "absent"

    async def _look(self, channel: str, key: str) -> Found:
        return await look(self._kit.rest, channel, key, me=str(self._kit.me()), since=self._since)

    @property
    def _since(self) -> float:
        return (self._kit.clock.now() - BACK).timestamp()


async def lacks_thread(rest: Rest, place: Place) -> bool:
    """Whether the card stands and never had its thread: an attempt ended between the two.

    Raises:
        PlatformError: it cannot be looked up.
    """
    try:
        card = await rest.message(place.id, place.thread or "")
    except PlaceClosed as error:
        if code_of(error) != UNKNOWN_MESSAGE:
            raise
        return False
    return not has_thread(card)


def has_thread(message: Json) -> bool:
    """Whether a thread was opened from it."""
    return "thread" in message or bool(int(message.get("flags") or 0) & HAS_THREAD)

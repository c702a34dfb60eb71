"""What is known of a channel before something is posted there: what it is, and what was decided for it.

Both are remembered for a minute: an edition posts many messages to a place, and an admin who changes something sees it
with the next edition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from adapters.platforms.discord.kit import Kit, tenant_of
from adapters.platforms.discord.options import Options
from adapters.platforms.discord.permissions import FORUMS, NEWS, READ_HISTORY, THREADS
from adapters.platforms.discord.rights import rights_in
from bot.domain.fresh import Fresh
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformBusy, PlatformUnavailable, StoreError

_LASTS: Final = timedelta(minutes=1)
_MOST: Final = 2_000
_A_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REQUIRE_TAG: Final = 1 << 4


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of a server, or a direct message."""

    id: str
    kind: int
    guild: str | None = None
    parent: str | None = None
    tags: tuple[tuple[str, str], ...] = ()
    """Of a forum: ids and names of those that may be given to a post by anybody."""
    needs_tag: bool = False

    @property
    def is_forum(self) -> bool:
        """It takes posts only."""
        return self.kind in FORUMS

    @property
    def is_news(self) -> bool:
        """What is posted there can be published to those who follow it."""
        return self.kind == NEWS

    @property
    def opens_threads(self) -> bool:
        """A message there can have a thread."""
        return self.guild is not None and not self.is_forum and self.kind not in THREADS


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of ours."""

    id: str
    name: str

    @property
    def is_of_a_day(self) -> bool:
        """It holds the editions of a day: its name is a date."""
        return _A_DAY.fullmatch(self.name) is not None


class Places:
    """Looks channels up."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._channels: Fresh[Channel] = Fresh(kit.clock, lasts=_LASTS, most=_MOST)
        self._options: Fresh[Mapping[tuple[str, str], Options]] = Fresh(kit.clock, lasts=_LASTS, most=_MOST)
        self._direct: dict[str, str] = {}

    async def channel(self, place: Place) -> Channel:
        """The channel of a place; of a direct message, the one it goes to.

        Raises:
            PlatformError: it cannot be looked up; `PlaceClosed` if there is none, or we may not see it.
        """
        if place.id.startswith("@"):
            return Channel(await self._direct_with(place.id[1:]), 1)
        known = self._channels.get(place.id)
        return known or self._channels.put(place.id, await self.look_up(place.id))

    async def look_up(self, channel: str) -> Channel:
        """The same, asked of Discord now, by the id of a channel."""
        found = await self._kit.rest.look_up("/channels/{channel_id}", channel_id=channel)
        try:
            tags = tuple(
                (str(tag["id"]), str(tag["name"])) for tag in found.get("available_tags", ()) if not tag["moderated"]
            )
            needs_tag = bool(int(found.get("flags") or 0) & _REQUIRE_TAG)
            guild, parent = _text(found.get("guild_id")), _text(found.get("parent_id"))
            return Channel(channel, int(found["type"]), guild, parent, tags, needs_tag)
        except (KeyError, TypeError, ValueError) as error:
            raise PlatformUnavailable("an answer that is no channel") from error

    async def options(self, channel: Channel, desk: str) -> Options:
        """What was decided for a desk's editions in a channel; as usual, where nobody subscribed it.

        Raises:
            PlatformBusy: the database failed; nothing was posted.
        """
        if channel.guild is None:
            return Options()
        tenant = tenant_of(channel.guild, "")
        known = self._options.get(tenant)
        if known is None:
            known = self._options.put(tenant, await self._decided(tenant))
        # A server that reads something else has a variant of the desk: its editions go by another id.
        here = (options for (place, _), options in known.items() if place == channel.id)
        return known.get((channel.id, desk)) or next(here, Options())

    async def threads(self, channel: Channel, me: int, *, archived: bool = False) -> list[Thread]:
        """The threads in a channel that we opened and that are open, newest first; with `archived`, the newest others.

        Raises:
            PlatformError: they cannot be listed.
        """
        listed = await self._kit.rest.look_up("/guilds/{guild_id}/threads/active", guild_id=channel.guild or "")
        found = list(listed.get("threads", ()))
        if archived:
            path = "/channels/{channel_id}/threads/archived/public?limit=50"
            found += (await self._kit.rest.look_up(path, channel_id=channel.id)).get("threads", ())
        try:
            ours = [
                Thread(str(one["id"]), str(one["name"]))
                for one in found
                if str(one["parent_id"]) == channel.id and str(one["owner_id"]) == str(me)
            ]
        except (KeyError, TypeError) as error:
            raise PlatformUnavailable("an answer that is no list of threads") from error
        return sorted(ours, key=lambda thread: int(thread.id), reverse=True)

    async def may_read(self, channel: Channel) -> bool:
        """Whether we may read the history; without that right a channel looks empty."""
        if channel.guild is None:
            return True
        try:
            _, allowed = await rights_in(self._kit.rest, channel.id, me=str(self._kit.me()))
        except PlaceClosed:
            return False
        return bool(allowed & READ_HISTORY)

    async def _decided(self, tenant: str) -> Mapping[tuple[str, str], Options]:
        try:
            subscriptions = await self._kit.office.subscribing.list(tenant)
        except StoreError as error:
            raise PlatformBusy("what was decided for this place cannot be read") from error
        return {(one.place.id, one.desk): Options.read_or_usual(one.options) for one in subscriptions}

    async def _direct_with(self, person: str) -> str:
        if person not in self._direct:
            found = await self._kit.rest.request("POST", "/users/@me/channels", {"recipient_id": person})
            if not isinstance(found, dict) or "id" not in found:
                raise PlatformUnavailable("an answer that is no channel")
            self._direct[person] = str(found["id"])
        return self._direct[person]


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""What is known of a channel, and how we get into it.

What a channel is called and whether it is private is remembered for a minute; whether we may post there is not asked
before, it is what posting finds out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from adapters.platforms.slack.errors import MISSING_SCOPE, code_of
from adapters.platforms.slack.kit import Kit, parts_of
from adapters.platforms.slack.options import Kind
from adapters.platforms.slack.permissions import JOIN
from bot.domain.fresh import Fresh
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformError, PlatformUnavailable

_LASTS: Final = timedelta(minutes=1)
_MOST: Final = 2_000
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of a workspace, or direct messages with somebody."""

    team: str
    id: str
    name: str = ""
    """Empty where we may not know it."""
    private: bool = False
    member: bool = True
    archived: bool = False
    direct: bool = False

    @property
    def kind(self) -> Kind:
        """What the options of a subscription call it."""
        if self.direct:
            return "direct"
        return "private" if self.private else "public"


class Places:
    """Looks channels up, and joins them."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._channels: Fresh[Channel] = Fresh(kit.clock, lasts=_LASTS, most=_MOST)

    async def id_of(self, place: Place) -> tuple[str, str]:
        """Team and channel of a place; of a person, the channel of direct messages with them.

        Raises:
            PlaceClosed: it is no place of Slack's, or there is no such person.
            PlatformError: it could not be looked up.
        """
        try:
            team, rest = parts_of(place)
        except ValueError as error:
            raise PlaceClosed(str(error)) from error
        if place.id.startswith("@"):
            return team, await self._kit.workspaces.direct(team, rest)
        return team, rest

    async def channel(self, place: Place) -> Channel:
        """What a place is; where we may not know, one of which nothing is known.

        Raises:
            PlaceClosed: there is no such channel, or it is private and we are not in it.
            PlatformError: it could not be looked up.
        """
        team, channel = await self.id_of(place)
        if place.id.startswith("@"):
            return Channel(team, channel, private=True, direct=True)
        known = self._channels.get(f"{team}/{channel}")
        return known or self._channels.put(f"{team}/{channel}", await self.look_up(team, channel))

    async def look_up(self, team: str, channel: str) -> Channel:
        """The same, asked of Slack now, by the id of a channel."""
        try:
            answer = await self._kit.rest.look_up(team, "conversations.info", channel=channel)
        except PlaceClosed as error:
            if code_of(error) != MISSING_SCOPE:
                raise
            return Channel(team, channel)
        found: Any = answer.get("channel")
        if not isinstance(found, dict):
            raise PlatformUnavailable("an answer that is no channel")
        direct = bool(found.get("is_im"))
        return Channel(
            team,
            channel,
            name=str(found.get("name") or "")[:_LONGEST_NAME],
            private=direct or bool(found.get("is_private") or found.get("is_mpim")),
            member=direct or bool(found.get("is_member")),
            archived=bool(found.get("is_archived")),
            direct=direct,
        )

    async def join(self, team: str, channel: str) -> bool:
        """Come into a public channel, if we were granted that; whether we are in it now.

        Raises:
            PlatformError: it could not be tried.
        """
        if JOIN not in (await self._kit.workspaces.of(team)).scopes:
            return False
        try:
            await self._kit.rest.call(team, "conversations.join", channel=channel)
        except PlaceClosed:
            return False
        except PlatformError as error:
            if code_of(error):  # such as `method_not_supported_for_channel_type` of a private channel
                return False
            raise
        self.forget(team, channel)
        return True

    def forget(self, team: str, channel: str) -> None:
        """Something has changed there."""
        self._channels.forget(f"{team}/{channel}")

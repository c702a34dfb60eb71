"""What we may do in a channel, asked of Discord now: rights change, and nothing must go by what was."""

from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import Json
from adapters.platforms.discord.permissions import RIGHTS, THREADS, Right, computed, missing
from adapters.platforms.discord.rest import Rest
from bot.errors import PlaceClosed, PlatformUnavailable

_SEE = RIGHTS[:1]


async def rights_in(rest: Rest, channel: str, *, me: str) -> tuple[Json, int]:
    """A channel or thread, and what we may do in it; a thread is judged by its channel.

    Raises:
        PlaceClosed: there is no such channel, or we may not see it.
        PlatformError: it could not be looked up.
    """
    found = judged = await rest.look_up("/channels/{channel_id}", channel_id=channel)
    try:
        if found["type"] in THREADS:
            judged = await rest.look_up("/channels/{channel_id}", channel_id=str(found["parent_id"]))
        here = str(found["guild_id"])
        guild = await rest.look_up("/guilds/{guild_id}", guild_id=here)
        member = await rest.look_up("/guilds/{guild_id}/members/{user_id}", guild_id=here, user_id=me)
        return found, computed(judged, guild, member)
    except (KeyError, TypeError, ValueError) as error:
        raise PlatformUnavailable("an answer that says nothing of our rights") from error


async def missing_in(kit: Kit, channel: str) -> tuple[Right, ...]:
    """The rights that we lack in a channel or thread; of one that we do not see, the right to see it.

    Raises:
        PlatformError: it could not be looked up.
    """
    try:
        found, allowed = await rights_in(kit.rest, channel, me=str(kit.me()))
    except PlaceClosed:
        return _SEE
    return missing(allowed, int(found["type"]))

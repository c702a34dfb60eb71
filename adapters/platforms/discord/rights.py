"""What we may not do in a channel, asked of Discord now: rights change, and a set-up must not go by what was."""

from adapters.platforms.discord.doctor import lacking_at
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.permissions import RIGHTS, Right
from bot.errors import PlaceClosed

_SEE = RIGHTS[:1]


async def missing_in(kit: Kit, channel: str) -> tuple[Right, ...]:
    """The rights that we lack in a channel or thread; of one that we do not see, the right to see it.

    Raises:
        PlatformError: it could not be looked up.
    """
    try:
        _, lacking = await lacking_at(kit.rest, channel, me=str(kit.me()))
    except PlaceClosed:
        return _SEE
    return lacking

"""Whether a bot can do its work on Discord: its token, what the portal has on, its rights where it is to post.

Plain data for whoever prints it: the command line, and `/brief doctor`. Nothing is changed, nothing is posted.
"""

from collections.abc import Sequence
from typing import Final

import discord

from adapters.platforms.discord.client import PORTAL, intents
from adapters.platforms.discord.errors import translated
from adapters.platforms.discord.payloads import Json
from adapters.platforms.discord.permissions import NEWS, invite, missing, names, remedy
from adapters.platforms.discord.rest import Rest
from adapters.platforms.discord.rights import rights_in
from bot.domain.finding import Finding
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformError
from bot.ports.phrases import Phrases

_CONTENT: Final = 1 << 18 | 1 << 19
"""Flags of an application: Message Content is on, for a verified or for a small one."""
_AREA: Final = "discord"


async def check(token: str, *, reads_all: bool, places: Sequence[Place] = (), phrases: Phrases) -> tuple[Finding, ...]:
    """Log in, and look at everything that must be right for editions to come to `places`. It raises nothing."""
    client = discord.Client(intents=intents(reads_all=False), max_ratelimit_timeout=30.0)
    try:
        with translated():
            await client.login(token)
        return await inspect(Rest(client), reads_all=reads_all, places=places, phrases=phrases)
    except discord.LoginFailure:
        mend = f"Copy the bot's token from {PORTAL}, page Bot, into DISCORD_TOKEN."
        return (Finding(_AREA, "token", "refused", "wrong", mend),)
    except PlatformError as error:
        return (Finding(_AREA, "connection", str(error), "failed"),)
    finally:
        await client.close()


async def inspect(
    rest: Rest, *, reads_all: bool, places: Sequence[Place] = (), phrases: Phrases
) -> tuple[Finding, ...]:
    """The same for a bot that is logged in.

    Raises:
        PlatformError: the application cannot be asked for.
    """
    me = await rest.look_up("/users/@me")
    application = await rest.look_up("/applications/@me")
    identity = str(application["id"])
    findings = [
        Finding(_AREA, "token", f"valid, for {me['username']}"),
        Finding(_AREA, "application", identity),
        Finding(_AREA, "invite link", invite(identity)),
        _content(application, reads_all=reads_all),
        _endpoint(application),
    ]
    there = [await at_place(rest, place, me=str(me["id"]), phrases=phrases) for place in dict.fromkeys(places)]
    return (*findings, *there)


async def at_place(rest: Rest, place: Place, *, me: str, phrases: Phrases) -> Finding:
    """Whether editions can be posted to a place."""
    what = f"channel {place.id}"
    if place.id.startswith("@"):
        return Finding(_AREA, what, "a direct message")
    try:
        channel, allowed = await rights_in(rest, place.id, me=me)
    except PlaceClosed as error:
        mend = phrases.say("right-line", right="View Channel", why=phrases.say("right-view"))
        return Finding(_AREA, what, str(error), "wrong", mend)
    except PlatformError as error:
        return Finding(_AREA, what, str(error), "failed")
    what, lacking = f"#{channel['name']}", missing(allowed, int(channel["type"]))
    if lacking:
        return Finding(_AREA, what, f"missing: {names(lacking)}", "wrong", " ".join(remedy(lacking, phrases)))
    return Finding(_AREA, what, "published to followers" if channel["type"] == NEWS else "all rights are there")


def _content(application: Json, *, reads_all: bool) -> Finding:
    what, page = "Message Content intent", f"{PORTAL}/{application['id']}/bot"
    allowed = bool(int(application.get("flags") or 0) & _CONTENT)
    if reads_all and not allowed:
        mend = f"Switch it on at {page}, or unset COUNTERPOINT_DISCORD_CONTENT."
        return Finding(_AREA, what, "asked for, and off in the portal", "wrong", mend)
    if reads_all:
        return Finding(_AREA, what, "on")
    return Finding(
        _AREA, what, "not asked for: mentions, replies to the bot, buttons and commands are answered", "note"
    )


def _endpoint(application: Json) -> Finding:
    what, address = "interactions endpoint", application.get("interactions_endpoint_url")
    if not address:
        return Finding(_AREA, what, "none: presses and commands come through the gateway")
    mend = f"Empty it at {PORTAL}/{application['id']}/information."
    return Finding(_AREA, what, f"set to {address}: no button and no command reaches this bot", "wrong", mend)

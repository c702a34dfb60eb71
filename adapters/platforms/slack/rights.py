"""What we may do in a channel, asked of Slack now: rights change, and nothing must go by what was."""

from collections.abc import Collection

from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.permissions import HISTORY, JOIN, PRIVATE_HISTORY
from adapters.platforms.slack.posting.places import Channel, Places
from bot.errors import PlaceClosed
from bot.ports.phrases import Phrases


async def missing_in(kit: Kit, team: str, channel: str, phrases: Phrases) -> tuple[str, ...]:
    """What editions need in a channel and we have not, in sentences; the first says how to mend it. Empty: all is well.

    Raises:
        PlatformError: it could not be looked up.
    """
    try:
        found = await Places(kit).look_up(team, channel)
    except PlaceClosed:
        return (phrases.say("slack-invite"), phrases.say("slack-not-found"))
    return lacking(found, (await kit.workspaces.of(team)).scopes, phrases)


def lacking(channel: Channel, scopes: Collection[str], phrases: Phrases) -> tuple[str, ...]:
    """The same of a channel that was looked up, with the scopes that we were granted."""
    if channel.archived:
        return (phrases.say("slack-unarchive"), phrases.say("slack-archived"))
    if not channel.member and (channel.private or JOIN not in scopes):
        return (phrases.say("slack-invite"), phrases.say("slack-not-in-it"))
    history = PRIVATE_HISTORY if channel.private else HISTORY
    if not channel.direct and history not in scopes:
        return (phrases.say("scopes-how"), phrases.say("slack-no-history", scope=history))
    return ()

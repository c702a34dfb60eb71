"""Who may do what where, computed as Discord does."""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.discord.world import Channel, Guild


class Permission(IntFlag):
    """The bits that matter to a bot that posts."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = Permission(0)
EVERYTHING = Permission(sum(Permission))
PEOPLE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.USE_APPLICATION_COMMANDS
)
"""What everybody may do in a new server."""
ASKED = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
)
"""What an invite of a posting bot asks for; `invite` takes any other set."""


def in_guild(guild: "Guild", user: str) -> Permission:
    """What a member may do where no channel says otherwise."""
    member = guild.members.get(user)
    if member is None:
        return NOTHING
    if guild.owner == user:
        return EVERYTHING
    found = guild.roles[guild.id].permissions
    for role in member.roles:
        found |= guild.roles[role].permissions
    return EVERYTHING if Permission.ADMINISTRATOR in found else found


def in_channel(guild: "Guild", channel: "Channel", user: str) -> Permission:
    """What a member may do in a channel (of a thread: give the parent). Nothing at all without VIEW_CHANNEL."""
    found = in_guild(guild, user)
    if found == EVERYTHING or user not in guild.members:
        return found
    for target in (guild.id, None, user):
        targets = guild.members[user].roles if target is None else (target,)
        denied = allowed = NOTHING
        for one in targets:
            allow, deny = channel.overwrites.get(one, (NOTHING, NOTHING))
            allowed, denied = allowed | allow, denied | deny
        found = (found & ~denied) | allowed
    return found if Permission.VIEW_CHANNEL in found else NOTHING

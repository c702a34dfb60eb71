"""The rights we ask for, and why: one list for the invite link, for the doctor and for what is missing in a channel.

Discord computes a member's rights from roles and from what a channel allows and denies; it does so for presses and
commands, and not for what we do by ourselves, so it is computed here too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from adapters.platforms.discord.payloads import Json
from bot.ports.phrases import Phrases

_ADMINISTRATOR: Final = 1 << 3
EVERYTHING: Final = (1 << 53) - 1
TEXT: Final = 0
NEWS: Final = 5
THREADS: Final = frozenset({10, 11, 12})
FORUM: Final = 15
FORUMS: Final = frozenset({FORUM, 16})
"""Types of channels, as Discord numbers them. A media channel takes posts as a forum does."""
_SCOPES: Final = "bot applications.commands"


@dataclass(frozen=True, slots=True)
class Right:
    """Something we must be allowed to do."""

    bit: int
    name: str
    """As Discord's English client names it; it is what an admin looks for in the settings of a channel."""
    key: str
    """Key of the phrase that says what we need it for."""
    forum: bool = True
    """It is needed in forums too."""


RIGHTS: Final[tuple[Right, ...]] = (
    Right(1 << 10, "View Channel", "right-view"),
    Right(1 << 11, "Send Messages", "right-send"),
    Right(1 << 38, "Send Messages in Threads", "right-thread"),
    Right(1 << 35, "Create Public Threads", "right-open", forum=False),
    Right(1 << 14, "Embed Links", "right-links"),
    Right(1 << 15, "Attach Files", "right-files"),
    Right(1 << 16, "Read Message History", "right-history"),
)
READ_HISTORY: Final = 1 << 16
ASKED: Final = sum(right.bit for right in RIGHTS)


def invite(application_id: int | str) -> str:
    """The link that adds us to a server with exactly these rights and the slash commands."""
    query = urlencode({"client_id": str(application_id), "scope": _SCOPES, "permissions": str(ASKED)})
    return f"https://discord.com/oauth2/authorize?{query}"


def missing(allowed: int, kind: int = TEXT) -> tuple[Right, ...]:
    """What we may not do with these rights in a channel of this type, in the order of the list."""
    if allowed & _ADMINISTRATOR:
        return ()
    return tuple(right for right in RIGHTS if not allowed & right.bit and (right.forum or kind not in FORUMS))


def names(rights: Iterable[Right]) -> str:
    """How the rights are called, joined by commas: names are not translated, Discord's settings are looked through."""
    return ", ".join(right.name for right in rights)


def remedy(rights: Iterable[Right], phrases: Phrases) -> tuple[str, ...]:
    """A sentence a right: what it is for; and, first, where to give it. Empty if none is missing."""
    lines = tuple(phrases.say("right-line", right=right.name, why=phrases.say(right.key)) for right in rights)
    return (phrases.say("rights-how"), *lines) if lines else ()


def computed(channel: Json, guild: Json, member: Json) -> int:
    """What a member may do in a channel (of a thread: give its parent), from Discord's objects of all three.

    As in Discord's documentation of permissions: roles first, then what the channel denies and allows to everybody,
    to roles, to the member. Who may not see the channel may do nothing in it.
    """
    me, everyone = str(member["user"]["id"]), str(guild["id"])
    mine = {everyone, *(str(role) for role in member["roles"])}
    base = 0
    for role in guild["roles"]:
        base |= int(role["permissions"]) if str(role["id"]) in mine else 0
    if base & _ADMINISTRATOR or str(guild.get("owner_id")) == me:
        return EVERYTHING
    overwrites = {str(one["id"]): (int(one["allow"]), int(one["deny"])) for one in channel["permission_overwrites"]}
    for targets in ({everyone}, mine - {everyone}, {me}):
        pairs = [overwrites[target] for target in sorted(targets) if target in overwrites]
        for _, deny in pairs:
            base &= ~deny
        for allow, _ in pairs:
            base |= allow
    return base if base & RIGHTS[0].bit else 0

"""Whom a message would notify: everything that `allowed_mentions` does not forbid."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import Channel, Pings, World

_USER, _ROLE, _ALL = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"@(everyone|here)\b")


def texts(payload: Mapping[str, Any]) -> Iterator[str]:
    """The text of a message: its content and every TextDisplay, however deep."""
    if payload.get("content"):
        yield str(payload["content"])
    queue: list[Any] = list(payload.get("components") or ())
    while queue:
        item = queue.pop(0)
        if isinstance(item, Mapping):
            if item.get("type") == 10 and item.get("content"):
                yield str(item["content"])
            queue = [*(item.get("components") or ()), *queue]


def would_ping(
    world: World, author: str, channel: Channel, payload: Mapping[str, Any], answered: str | None = None
) -> Pings:
    """Whom this message notifies. Without `allowed_mentions` everything that is written counts, and a reply pings.

    Args:
        answered: the author of the message that it replies to.
    """
    text = "\n".join(texts(payload))
    users = list(dict.fromkeys(_USER.findall(text)))
    roles = list(dict.fromkeys(_ROLE.findall(text)))
    everyone = bool(_ALL.search(text))
    allowed = payload.get("allowed_mentions")
    if allowed is not None:
        parse = allowed.get("parse") or ()
        users = users if "users" in parse else [u for u in users if u in map(str, allowed.get("users") or ())]
        roles = roles if "roles" in parse else [r for r in roles if r in map(str, allowed.get("roles") or ())]
        everyone = everyone and "everyone" in parse
    replied = allowed is None or bool(allowed.get("replied_user"))
    if answered is not None and replied and answered not in users:
        users.append(answered)
    return _lawful(world, author, channel, Pings(everyone, tuple(users), tuple(roles)))


def _lawful(world: World, author: str, channel: Channel, found: Pings) -> Pings:
    users = tuple(u for u in found.users if u in world.users and u != author)
    if channel.guild is None:
        return Pings(False, users, ())
    guild = world.guilds[channel.guild]
    may_all = Permission.MENTION_EVERYONE in world.may(author, channel)
    roles = tuple(r for r in found.roles if r in guild.roles and (guild.roles[r].mentionable or may_all))
    return Pings(found.everyone and may_all, users, roles)

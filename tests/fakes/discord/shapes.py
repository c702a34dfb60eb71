"""The JSON of everything, as Discord sends it."""

import copy
from collections.abc import Mapping
from typing import Any

from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import (
    Channel,
    Guild,
    Interaction,
    Kind,
    Member,
    Message,
    Role,
    Upload,
    User,
    World,
)

CDN = "https://cdn.discordapp.com/attachments"
PLAIN, REPLY, COMMAND_ANSWER, STARTER, THREAD_CREATED = 0, 19, 20, 21, 18


def user(one: User) -> dict[str, Any]:
    """A user."""
    return {
        "id": one.id,
        "username": one.name.lower().replace(" ", "_"),
        "global_name": one.name,
        "discriminator": "0",
        "avatar": None,
        "bot": one.bot,
        "public_flags": 0,
        "flags": 0,
    }


def application(world: World) -> dict[str, Any]:
    """The bot's application. Its id is the bot's, as with all newer applications."""
    flags = (1 << 19 if world.portal.message_content else 0) | (1 << 15 if world.portal.members else 0)
    owner = {"id": "1", "username": "owner", "global_name": None, "discriminator": "0", "avatar": None}
    return {
        "id": world.me.id,
        "name": world.me.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": owner,
        "flags": flags,
        "team": None,
    }


def role(one: Role, position: int) -> dict[str, Any]:
    """A role."""
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    tags = {"tags": {"bot_id": one.managed_by}} if one.managed_by else {}
    return tags | {
        "id": one.id,
        "name": one.name,
        "color": 0,
        "colors": colours,
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(int(one.permissions)),
        "managed": one.managed_by is not None,
        "mentionable": one.mentionable,
        "flags": 0,
    }


def member(one: Member, permissions: Permission | None = None, *, whole: bool = True) -> dict[str, Any]:
    """A member, with the permissions that interactions carry."""
    found: dict[str, Any] = {
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": list(one.roles),
        "joined_at": one.since.isoformat(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    if whole:
        found["user"] = user(one.user)
    if permissions is not None:
        found["permissions"] = str(int(permissions))
    return found


def channel(world: World, one: Channel) -> dict[str, Any]:
    """A channel, thread or direct message."""
    last = one.messages[-1] if one.messages else None
    if one.kind is Kind.DM:
        person = world.users[one.recipient or ""]
        return {"id": one.id, "type": 1, "last_message_id": last, "flags": 0, "recipients": [user(person)]}
    if one.is_thread:
        return _thread(world, one, last)
    guild = world.guilds[one.guild or ""]
    overwrites = [
        {"id": target, "type": 0 if target in guild.roles else 1, "allow": str(int(allow)), "deny": str(int(deny))}
        for target, (allow, deny) in one.overwrites.items()
    ]
    found: dict[str, Any] = {
        "id": one.id,
        "type": int(one.kind),
        "guild_id": one.guild,
        "name": one.name,
        "position": guild.channels.index(one.id) if one.id in guild.channels else 0,
        "permission_overwrites": overwrites,
        "nsfw": False,
        "parent_id": None,
        "topic": None,
        "rate_limit_per_user": 0,
        "last_message_id": last,
        "flags": 16 if one.require_tag else 0,
    }
    if one.kind is Kind.FORUM:
        tags = [_tag(key, name) for key, name in one.tags.items()]
        found |= {"available_tags": tags, "default_reaction_emoji": None, "default_sort_order": None}
        found |= {"default_forum_layout": 0}
    return found


def _tag(key: str, name: str) -> dict[str, Any]:
    return {"id": key, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}


def _thread(world: World, one: Channel, last: str | None) -> dict[str, Any]:
    touched = (one.touched or world.clock.now()).isoformat()
    found: dict[str, Any] = {
        "id": one.id,
        "type": int(one.kind),
        "guild_id": one.guild,
        "parent_id": one.parent,
        "owner_id": one.owner,
        "name": one.name,
        "last_message_id": last,
        "message_count": len(one.messages),
        "total_message_sent": one.sent,
        "member_count": min(50, len(one.followers)),
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": list(one.applied),
        "thread_metadata": {
            "archived": one.archived,
            "locked": one.locked,
            "auto_archive_duration": one.auto_archive,
            "archive_timestamp": touched,
            "create_timestamp": touched,
        },
    }
    if world.me.id in one.followers:
        found["member"] = thread_member(one, world.me.id, touched)
    return found


def thread_member(thread: Channel, person: str, since: str) -> dict[str, Any]:
    """Somebody who follows a thread."""
    return {"id": thread.id, "user_id": person, "join_timestamp": since, "flags": 1}


def guild(world: World, one: Guild, *, joined: bool = False) -> dict[str, Any]:
    """All of a server, as GUILD_CREATE has it. Without `unavailable` it is one that the bot has just joined."""
    me = world.me.id
    seen = [world.channels[key] for key in one.channels if key in world.channels]
    threads = [
        t for c in seen for t in world.threads_of(c) if not t.archived and Permission.VIEW_CHANNEL in world.may(me, t)
    ]
    found: dict[str, Any] = partial_guild(one) | {
        "id": one.id,
        "name": one.name,
        "icon": None,
        "owner_id": one.owner,
        "roles": [role(r, n) for n, r in enumerate(one.roles.values())],
        "emojis": [],
        "stickers": [],
        "channels": [channel(world, c) for c in seen],
        "threads": [channel(world, t) for t in threads],
        "members": [member(one.members[me])] if me in one.members else [],
        "member_count": len(one.members),
        "large": False,
        "joined_at": one.members[me].since.isoformat() if me in one.members else None,
        "presences": [],
        "voice_states": [],
        "preferred_locale": one.locale,
        "premium_tier": one.premium_tier,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "afk_timeout": 300,
        "system_channel_id": one.system_channel,
        "system_channel_flags": 0,
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
    return found if joined else found | {"unavailable": False}


def partial_guild(one: Guild) -> dict[str, Any]:
    """What interactions say of a server."""
    return {"id": one.id, "locale": one.locale, "features": []}


# ------------------------------------------------------------ messages


def upload(world: World, one: Upload, channel_id: str) -> dict[str, Any]:
    """A file of a message."""
    url = f"{world.cdn or CDN}/{channel_id}/{one.id}/{one.name}?ex=0&is=0&hm=0"
    found = {"id": one.id, "filename": one.name, "size": one.size, "url": url, "proxy_url": url}
    return found | ({"description": one.description} if one.description else {})


def message(world: World, one: Message, *, resolve: bool = True) -> dict[str, Any]:
    """A message with everything in it."""
    found: dict[str, Any] = {
        "id": one.id,
        "channel_id": one.channel,
        "author": user(world.users[one.author]),
        "content": one.content,
        "timestamp": one.at.isoformat(),
        "edited_timestamp": one.edited.isoformat() if one.edited else None,
        "tts": False,
        "mention_everyone": one.pings.everyone,
        "mentions": [user(world.users[key]) for key in one.mentions if key in world.users],
        "mention_roles": list(one.pings.roles),
        "attachments": [upload(world, u, one.channel) for u in one.uploads],
        "embeds": list(one.embeds),
        "pinned": False,
        "type": one.kind,
        "flags": one.flags,
        "components": _components(world, one),
    }
    if one.nonce is not None:
        found["nonce"] = one.nonce
    if one.interaction is not None:
        found |= _of_interaction(world, world.interactions[one.interaction])
    if one.thread is not None and one.thread in world.channels:
        found["thread"] = channel(world, world.channels[one.thread])
    if one.reference is not None and resolve:
        found |= _reference(world, one)
    return found


def _of_interaction(world: World, one: Interaction) -> dict[str, Any]:
    owners = {"1": one.user} if one.by_user_install else {"0": one.guild or "0"}
    told = {
        "id": one.id,
        "type": one.kind,
        "user": user(world.users[one.user]),
        "authorizing_integration_owners": owners,
    }
    return {"application_id": world.me.id, "webhook_id": world.me.id, "interaction_metadata": told}


def _reference(world: World, one: Message) -> dict[str, Any]:
    target = world.messages.get(one.reference or "")
    where = world.channels[one.channel]
    parent = where.parent if one.kind == STARTER else None
    link = {"type": 0, "message_id": one.reference, "channel_id": parent or one.channel}
    if where.guild:
        link["guild_id"] = where.guild
    if target is None or target.deleted:
        return {"message_reference": link, "referenced_message": None}
    return {"message_reference": link, "referenced_message": message(world, target, resolve=False)}


def _components(world: World, one: Message) -> list[dict[str, Any]]:
    """With the ids that Discord gives each, and files as links, not as `attachment://…`."""
    found = copy.deepcopy(one.components)
    files = {u.name: upload(world, u, one.channel) for u in one.uploads}
    number = 0
    queue: list[Any] = list(found)
    while queue:
        item = queue.pop(0)
        if isinstance(item, dict):
            if "type" in item:
                number += 1
                item.setdefault("id", number)
            url = item.get("url")
            if isinstance(url, str) and url.startswith("attachment://") and (file := files.get(url[13:])):
                item |= {"url": file["url"], "proxy_url": file["proxy_url"], "attachment_id": file["id"]}
            queue += [value for value in item.values() if isinstance(value, dict | list)]
        elif isinstance(item, list):
            queue += item
    return found


def hidden(found: Mapping[str, Any]) -> dict[str, Any]:
    """A message as it looks to whom its text is not shown."""
    return dict(found) | {"content": "", "embeds": [], "attachments": [], "components": []}


def shows_text(world: World, one: Message, *, has_intent: bool) -> bool:
    """Whether the bot sees the text: with the intent; of its own, in direct messages, where it is mentioned,
    and in replies that ping it, unless they reply to the answer of an interaction.
    """
    if has_intent or one.author == world.me.id or world.channels[one.channel].kind is Kind.DM:
        return True
    me = world.me.id
    if f"<@{me}>" in one.content or f"<@!{me}>" in one.content:
        return True
    target = world.messages.get(one.reference or "")
    return me in one.mentions and target is not None and target.interaction is None


def message_event(world: World, one: Message) -> dict[str, Any]:
    """A message as the gateway tells it: with the server and the author as its member."""
    found = message(world, one)
    where = world.channels[one.channel]
    if where.guild is not None:
        found["guild_id"] = where.guild
        author = world.guilds[where.guild].members.get(one.author)
        if author is not None and one.interaction is None:
            found["member"] = member(author, whole=False)
    found["channel_type"] = int(where.kind)
    return found

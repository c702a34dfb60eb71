"""What Slack tells about things: users, channels, messages, views, files."""

from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.slack.world import Channel, File, Message, Team, User, View, World

Shape = dict[str, Any]


def user(world: World, one: User, *, locale: bool = False) -> Shape:
    """A user, as `users.info` gives it."""
    offset = world.now().astimezone(ZoneInfo(one.zone)).utcoffset() if one.zone else None
    told: Shape = {
        "id": one.id,
        "team_id": one.team,
        "name": one.name.lower().replace(" ", "."),
        "real_name": one.name,
        "deleted": one.deleted,
        "is_admin": one.admin or one.owner,
        "is_owner": one.owner,
        "is_bot": one.bot,
        "is_app_user": False,
        "tz": one.zone,
        "tz_label": one.zone,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "updated": world.seconds(),
        "profile": {"real_name": one.name, "display_name": one.name, "team": one.team},
    }
    if one.bot:
        told["profile"] |= {"bot_id": one.bot_id, "api_app_id": world.app.id}
    return told | ({"locale": one.locale} if locale else {})


def channel(world: World, one: Channel, viewer: str) -> Shape:
    """A conversation, as somebody (an id) is told of it."""
    told: Shape = {
        "id": one.id,
        "created": one.created,
        "is_archived": one.archived,
        "is_im": one.direct,
        "is_channel": not one.private and not one.direct,
        "is_group": one.private,
        "is_private": one.private or one.direct,
        "is_mpim": False,
        "context_team_id": one.team,
        "updated": one.created * 1000,
    }
    if one.direct:
        return told | {"user": one.partner, "is_user_deleted": False, "is_org_shared": False}
    return told | {
        "name": one.name,
        "name_normalized": one.name,
        "is_general": one.general,
        "is_member": viewer in one.members,
        "is_shared": bool(one.shared_with),
        "is_ext_shared": bool(one.shared_with),
        "is_org_shared": False,
        "shared_team_ids": [one.team, *one.shared_with],
        "creator": next(iter(one.members), ""),
        "num_members": len(one.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message(world: World, one: Message, *, metadata: bool = False) -> Shape:
    """A message, as history and events give it."""
    if one.tombstone:
        return _tombstone(world, one)
    told: Shape = {"type": "message", "user": one.user, "ts": one.ts, "team": one.team, "text": one.text}
    mine = one.bot_id is not None and world.mine(one)
    reactions = [{"name": n, "users": u, "count": len(u)} for n, u in one.reactions.items()]
    running = one.stream is not None and one.stream.open
    maybe: Shape = {
        "subtype": one.subtype,
        "bot_id": one.bot_id,
        "app_id": world.app.id if mine else None,
        "blocks": one.blocks,
        "files": [file(world, world.files[key]) for key in one.files],
        "edited": {"user": one.user, "ts": one.edited} if one.edited else None,
        "streaming_state": ("in_progress" if running else "completed") if one.stream is not None else None,
        "reactions": reactions,
        "metadata": one.metadata if metadata else None,
    }
    return told | {name: value for name, value in maybe.items() if value} | _threading(world, one)


def _threading(world: World, one: Message) -> Shape:
    if one.thread_ts is not None:
        parent = world.messages.get((one.channel, one.thread_ts))
        return {"thread_ts": one.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
    replies = [m for m in world.replies(one.thread) if m.ts != one.ts]
    if not replies:
        return {}
    return {
        "thread_ts": one.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(m.user for m in replies)),
        "reply_users_count": len({m.user for m in replies}),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _tombstone(world: World, one: Message) -> Shape:
    told = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True, "ts": one.ts}
    return told | {"text": "This message was deleted.", "thread_ts": one.ts} | _threading(world, one)


def view(world: World, one: View) -> Shape:
    """A view, with what has been entered in it."""
    bot = world.bot_of(one.team)
    assert bot is not None
    given = one.payload
    return {
        "id": one.id,
        "team_id": one.team,
        "type": one.kind,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "submit": given.get("submit"),
        "close": given.get("close"),
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": one.callback,
        "external_id": given.get("external_id") or "",
        "state": {"values": one.values},
        "hash": one.hash,
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "root_view_id": one.root,
        "previous_view_id": one.previous,
        "app_id": world.app.id,
        "app_installed_team_id": one.team,
        "bot_id": bot.bot_id,
    }


def team(one: Team) -> Shape:
    """A workspace."""
    told: Shape = {"id": one.id, "name": one.name, "domain": one.domain, "email_domain": "", "url": one.url, "icon": {}}
    return told | ({"enterprise_id": one.enterprise, "enterprise_name": "Org"} if one.enterprise else {})


def file(world: World, one: File) -> Shape:
    """A file."""
    shares: dict[str, list[Shape]] = {}
    for place, ts in one.shares:
        shares.setdefault(place, []).append({"ts": ts})
    public = {k: v for k, v in shares.items() if not world.channels[k].private}
    private = {k: v for k, v in shares.items() if world.channels[k].private}
    return {
        "id": one.id,
        "created": world.seconds(),
        "name": one.name,
        "title": one.title or one.name,
        "mimetype": one.mimetype,
        "filetype": one.name.rpartition(".")[2],
        "user": one.user,
        "user_team": one.team,
        "size": one.size,
        "mode": "hosted",
        "url_private": f"{world.address}/files/{one.id}/{one.name}",
        "url_private_download": f"{world.address}/files/{one.id}/download/{one.name}",
        "permalink": f"{world.teams[one.team].url}files/{one.user}/{one.id}/{one.name}",
        "channels": list(public),
        "groups": list(private),
        "shares": {"public": public, "private": private},
    } | ({"alt_txt": one.alt_txt} if one.alt_txt else {})

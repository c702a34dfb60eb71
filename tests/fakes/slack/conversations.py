"""Conversations: what there is, who is in them, and what was said, page by page."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from tests.fakes.slack import installs, posting, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.posting import need, needed_history, needed_info
from tests.fakes.slack.ratelimits import SMALL_MESSAGES
from tests.fakes.slack.refusals import Refused, missing_scope
from tests.fakes.slack.wire import Asked
from tests.fakes.slack.world import Channel, Message, Thread

Said = dict[str, Any]
T = TypeVar("T")
MOST = 999


# ---------------------------------------------------------------- what there is


@method("conversations.info", "channels:read", "groups:read", "im:read")
def info(asked: Asked) -> Said:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    need(asked.token, needed_info(channel))
    return {"channel": shapes.channel(asked.world, channel, asked.bot.id)}


@method("conversations.list", "channels:read", "groups:read", "im:read", tier=2)
def listed(asked: Asked) -> Said:
    kinds = (asked.maybe("types") or "public_channel").split(",")
    here = [asked.world.channels[key] for key in asked.team.channels]
    here += [c for c in asked.world.channels.values() if c.direct and c.team == asked.team.id]
    found = [c for c in here if _kind(c) in kinds and _visible(asked, c)]
    if asked.flag("exclude_archived"):
        found = [c for c in found if not c.archived]
    page, cursor = _page(asked, found)
    told = [shapes.channel(asked.world, c, asked.bot.id) for c in page]
    return {"channels": told, "response_metadata": {"next_cursor": cursor}}


def _kind(channel: Channel) -> str:
    return "im" if channel.direct else "private_channel" if channel.private else "public_channel"


def _visible(asked: Asked, channel: Channel) -> bool:
    return not (channel.private or channel.direct) or asked.bot.id in channel.members


@method("conversations.members", "channels:read", "groups:read", "im:read", tier=4)
def members(asked: Asked) -> Said:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    need(asked.token, needed_info(channel))
    page, cursor = _page(asked, list(channel.members))
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", "channels:join")
def join(asked: Asked) -> Said:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    if channel.private or channel.direct:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    already = asked.bot.id in channel.members
    installs.join(asked.world, channel)
    told: Said = {"channel": shapes.channel(asked.world, channel, asked.bot.id)}
    return told | ({"warning": "already_in_channel"} if already else {})


@method("conversations.leave", "channels:manage", "channels:join")
def leave(asked: Asked) -> Said:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    if channel.general:
        raise Refused("cant_leave_general")
    inside = asked.bot.id in channel.members
    installs.leave(asked.world, channel)
    return {} if inside else {"not_in_channel": True}


@method("conversations.open", "im:write")
def opened(asked: Asked) -> Said:
    if asked.maybe("channel"):
        channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
        return {"channel": {"id": channel.id}, "already_open": True, "no_op": True}
    users = asked.text("users").split(",")
    if len(users) > 1:
        raise missing_scope("mpim:write", asked.token.scopes)
    user = asked.world.users.get(users[0])
    if user is None or user.team != asked.team.id:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    if user.bot:
        raise Refused("cannot_dm_bot")
    known = any(c.partner == user.id for c in asked.world.channels.values())
    channel = asked.world.direct(user.id)
    more = {"already_open": True, "no_op": True} if known else {}
    told = shapes.channel(asked.world, channel, asked.bot.id) if asked.flag("return_im") else {"id": channel.id}
    return {"channel": told} | more


# ---------------------------------------------------------------- what was said


@method("conversations.history", "channels:history", "groups:history", "im:history")
def history(asked: Asked) -> Said:
    """Newest first."""
    channel = _readable(asked)
    found = [m for m in reversed(asked.world.history(channel)) if _within(asked, m)]
    return _messages(asked, found)


@method("conversations.replies", "channels:history", "groups:history", "im:history")
def replies(asked: Asked) -> Said:
    """The parent, whatever the bounds, and the replies, oldest first."""
    channel, ts = _readable(asked), asked.text("ts")
    message = asked.world.messages.get((channel.id, ts))
    if message is None or (message.deleted and not message.tombstone) or message.only_for is not None:
        raise Refused("thread_not_found")
    if message.thread_ts is not None:
        return _messages(asked, [message])
    found = asked.world.replies(Thread(channel.id, ts))
    return _messages(asked, [m for m in found if m.ts == ts or _within(asked, m)])


def _readable(asked: Asked) -> Channel:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    need(asked.token, needed_history(channel))
    if asked.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _within(asked: Asked, message: Message) -> bool:
    oldest, latest = asked.maybe("oldest") or "0", asked.maybe("latest")
    inclusive, at = asked.flag("inclusive"), _instant(message.ts)
    after = at >= _instant(oldest) if inclusive else at > _instant(oldest)
    if latest is None:
        return after
    return after and (at <= _instant(latest) if inclusive else at < _instant(latest))


def _instant(ts: str) -> tuple[int, int]:
    whole, _, rest = ts.partition(".")
    try:
        return int(whole), int((rest + "000000")[:6])
    except ValueError:
        raise Refused("invalid_ts_latest") from None


def _messages(asked: Asked, found: Sequence[Message]) -> Said:
    page, cursor = _page(asked, found)
    metadata = asked.flag("include_all_metadata")
    told: Said = {"messages": [shapes.message(asked.world, m, metadata=metadata) for m in page]}
    told |= {"has_more": bool(cursor)}
    return told | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _page(asked: Asked, found: Sequence[T]) -> tuple[list[T], str]:
    """A part of a list, and the cursor of the next."""
    default = 100 if asked.method != "conversations.replies" else 1000
    limit = asked.number("limit", default)
    if limit < 1:
        raise Refused("invalid_limit")
    limit = min(limit, MOST if not asked.small else SMALL_MESSAGES)
    start = _start(asked.maybe("cursor"))
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""
    return list(found[start:end]), cursor


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None

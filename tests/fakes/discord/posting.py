"""What happens to messages: posting, changing, deleting, announcing; with every refusal in Discord's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.fakes.discord import refusals, shapes
from tests.fakes.discord.mentions import texts, would_ping
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.refusals import Findings, Refused
from tests.fakes.discord.rules import file_refusal, message_refusal
from tests.fakes.discord.world import (
    CV2,
    IS_CROSSPOSTED,
    LOADING,
    SILENT,
    SUPPRESS_EMBEDS,
    Channel,
    Kind,
    Message,
    Taken,
    Upload,
    World,
)

POSTABLE = frozenset({Kind.TEXT, Kind.NEWS, Kind.DM, Kind.THREAD, Kind.NEWS_THREAD})
SENT_FLAGS = CV2 | SILENT | SUPPRESS_EMBEDS
CHANGED_FLAGS = CV2 | SUPPRESS_EMBEDS
CROSSPOSTS_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came in: `key` is its number among `files[n]`."""

    key: str
    name: str
    content: bytes


Files = Sequence[SentFile]


def reachable(world: World, channel_id: str) -> Channel:
    """A channel that the bot can see.

    Raises:
        Refused: 10003 if there is none, 50001 if the bot may not see it.
    """
    channel = world.channels.get(channel_id)
    if channel is None or (channel.guild is not None and not world.present(channel.guild)):
        raise Refused(refusals.UNKNOWN_CHANNEL if channel is None else refusals.MISSING_ACCESS)
    if Permission.VIEW_CHANNEL not in world.may(world.me.id, channel):
        raise Refused(refusals.MISSING_ACCESS)
    return channel


def needed(world: World, channel: Channel, *permissions: Permission) -> None:
    """Refuse with 50013 unless the bot has all of these here."""
    may = world.may(world.me.id, channel)
    if any(one not in may for one in permissions):
        raise Refused(refusals.MISSING_PERMISSIONS)


def message_at(world: World, channel: Channel, message_id: str) -> Message:
    """A message of that channel that is still there. A thread's first one may stand in the channel."""
    message = world.messages.get(message_id)
    if message is None or message.deleted or message.channel != channel.id or message.only_for is not None:
        raise Refused(refusals.UNKNOWN_MESSAGE)
    return message


def post(world: World, channel_id: str, payload: Mapping[str, Any], files: Files = ()) -> Message:
    """The bot posts to a channel, thread or direct message; the same nonce again gives the message that is there."""
    channel = reachable(world, channel_id)
    _may_post(world, channel, files)
    uploads = take_files(world, payload, files)
    refusal = message_refusal(payload, files=[u.name for u in uploads])
    if refusal is not None:
        raise Refused(refusal)
    reference = _reference(world, channel, payload)
    nonce = payload.get("nonce")
    if nonce is not None and payload.get("enforce_nonce") and (earlier := _same_nonce(world, str(nonce))):
        return earlier
    wake(world, channel)
    message = new_message(world, channel, payload, uploads, reference=reference)
    message.nonce = None if nonce is None else str(nonce)
    settle(world, message)
    return message


def _may_post(world: World, channel: Channel, files: Files) -> None:
    if channel.kind is Kind.DM:
        person = world.users[channel.recipient or ""]
        shared = any(person.id in g.members and world.present(g.id) for g in world.guilds.values())
        if not person.dms_open or not (shared or person.installed):
            raise Refused(refusals.CLOSED_TO_US)
        return
    if channel.kind not in POSTABLE:
        raise Refused(refusals.NO_TEXT_CHANNEL)
    send = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    needed(world, channel, send)
    if files:
        needed(world, channel, Permission.ATTACH_FILES)
    if channel.archived and channel.locked:
        raise Refused(refusals.ARCHIVED)


def take_files(world: World, payload: Mapping[str, Any], files: Files, kept: Sequence[Upload] = ()) -> list[Upload]:
    """The files that a message then has: new ones, and of `kept` those that the payload names (all if none)."""
    portal = world.portal
    if file_refusal([len(f.content) for f in files], largest=portal.largest_file, together=portal.largest_request):
        raise Refused(refusals.TOO_LARGE)
    told = {str(one.get("id")): one for one in payload.get("attachments") or ()}
    stay = [u for u in kept if payload.get("attachments") is None or u.id in told]
    for key in told:
        if key not in {u.id for u in kept} and key not in {f.key for f in files}:
            found = Findings()
            found.add(("attachments",), "ATTACHMENT_NOT_FOUND", f"Attachment data not found for id {key}")
            raise Refused(found.refusal or refusals.FORM)
    new = [
        Upload(world.new_id(), str(told.get(f.key, {}).get("filename") or f.name), len(f.content), words, f.content)
        for f in files
        for words in [told.get(f.key, {}).get("description")]
    ]
    if any(len(u.description or "") > 1024 for u in new):
        found = Findings()
        found.length(("attachments", 0, "description"), "x" * 1025, 0, 1024)
        raise Refused(found.refusal or refusals.FORM)
    return stay + new


def _reference(world: World, channel: Channel, payload: Mapping[str, Any]) -> Message | None:
    given = payload.get("message_reference")
    if not given:
        return None
    if Permission.READ_MESSAGE_HISTORY not in world.may(world.me.id, channel):
        raise Refused(refusals.NO_REPLY_WITHOUT_HISTORY)
    target = world.messages.get(str(given.get("message_id")))
    here = str(given.get("channel_id") or channel.id) == channel.id
    gone = target is None or target.deleted or target.channel != channel.id or target.only_for is not None
    if (gone or not here) and given.get("fail_if_not_exists", True):
        found = Findings()
        found.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        raise Refused(found.refusal or refusals.FORM)
    if target is not None and target.kind in {shapes.STARTER, shapes.THREAD_CREATED}:
        found = Findings()
        found.add(("message_reference",), "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
        raise Refused(found.refusal or refusals.FORM)
    return None if gone else target


def _same_nonce(world: World, nonce: str) -> Message | None:
    """The bot's message with that nonce, in any channel, if it was posted within the window and is still there."""
    since = world.clock.now() - world.portal.nonce_window
    for taken in reversed(world.journal):
        if taken.at < since:
            break
        if taken.nonce == nonce and not world.messages[taken.message].deleted:
            return world.messages[taken.message]
    return None


def wake(world: World, channel: Channel) -> None:
    """Whoever posts to an archived thread opens it."""
    channel.touched = world.clock.now()
    if channel.is_thread and channel.archived:
        channel.archived = False
        world.emit("THREAD_UPDATE", channel.guild, shapes.channel(world, channel))


def new_message(
    world: World,
    channel: Channel,
    payload: Mapping[str, Any],
    uploads: Sequence[Upload] = (),
    *,
    reference: Message | None = None,
    author: str | None = None,
    allowed_flags: int = SENT_FLAGS,
) -> Message:
    """A message as the payload says; nobody is told yet."""
    message = Message(world.new_id(), channel.id, author or world.me.id, world.clock.now())
    message.content = str(payload.get("content") or "").strip()
    message.components = list(payload.get("components") or ())
    message.embeds = list(payload.get("embeds") or ())
    message.flags = int(payload.get("flags") or 0) & allowed_flags
    message.uploads = list(uploads)
    message.payload = dict(payload)
    if reference is not None:
        message.kind, message.reference = shapes.REPLY, reference.id
    note_mentions(world, message, reference)
    world.messages[message.id] = message
    return message


def note_mentions(world: World, message: Message, reference: Message | None) -> None:
    """Keep whom it pings; pings of an earlier form stay."""
    channel = world.channels[message.channel]
    answered = reference.author if reference is not None and reference.author != message.author else None
    found = would_ping(world, message.author, channel, message.payload, answered)
    message.mentions = list(found.users)
    message.pings = message.pings | found


def settle(world: World, message: Message) -> None:
    """The message stands in its channel, in the journal, and everybody is told."""
    channel = world.channels[message.channel]
    (channel.messages if message.only_for is None else channel.asides).append(message.id)
    channel.sent += 1
    if message.only_for is None:
        keep(world, message)
        world.emit("MESSAGE_CREATE", channel.guild, shapes.message_event(world, message), message.id)
    world.touch()


def keep(world: World, message: Message) -> None:
    """Write a message of the bot into the journal."""
    if message.author != world.me.id:
        return
    text = "\n".join(texts({"content": message.content, "components": message.components}))
    taken = Taken(message.id, message.channel, message.nonce, message.at, text)
    world.journal.append(taken)
    for listener in world.on_taken:
        listener(taken)


# ------------------------------------------------------------ changing


def edit(world: World, channel_id: str, message_id: str, payload: Mapping[str, Any], files: Files = ()) -> Message:
    """The bot changes its message."""
    channel = reachable(world, channel_id)
    message = message_at(world, channel, message_id)
    if message.author != world.me.id:
        raise Refused(refusals.NOT_THE_AUTHOR)
    if message.kind in {shapes.STARTER, shapes.THREAD_CREATED}:
        raise Refused(refusals.SYSTEM_MESSAGE)
    if channel.archived:
        raise Refused(refusals.ARCHIVED)
    return change(world, message, payload, files)


def change(world: World, message: Message, payload: Mapping[str, Any], files: Files = ()) -> Message:
    """Put the payload's fields in place of the message's, if what results is a message."""
    uploads = take_files(world, payload, files, kept=message.uploads)
    was_cv2 = bool(message.flags & CV2)
    _flags_may_change(message, payload)
    result = {
        "content": payload.get("content", message.content),
        "components": payload.get("components", message.components),
        "embeds": payload.get("embeds", message.embeds),
        "flags": payload.get("flags", message.flags),
        "allowed_mentions": payload.get("allowed_mentions"),
    }
    refusal = message_refusal(result, files=[u.name for u in uploads], was_cv2=was_cv2)
    if refusal is not None:
        raise Refused(refusal)
    message.content = str(result["content"] or "").strip()
    message.components, message.embeds = list(result["components"] or ()), list(result["embeds"] or ())
    message.flags = (message.flags & ~LOADING) | (int(payload.get("flags") or 0) & CHANGED_FLAGS)
    message.uploads, message.payload = uploads, dict(payload)
    message.edited, message.edits = world.clock.now(), message.edits + 1
    note_mentions(world, message, None)
    tell_change(world, message)
    return message


def _flags_may_change(message: Message, payload: Mapping[str, Any]) -> None:
    """Only CV2 and SUPPRESS_EMBEDS are set by an edit, and CV2 for ever; flags that are there may be repeated."""
    if payload.get("flags") is None:
        return
    flags, found = int(payload["flags"]), Findings()
    if message.flags & CV2 and not flags & CV2:
        words = "The IS_COMPONENTS_V2 flag cannot be removed from a message"
        found.add(("flags",), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", words)
    if flags & ~(CHANGED_FLAGS | message.flags):
        found.add(("flags",), "MESSAGE_FLAGS_INVALID", "These flags cannot be set by an edit")
    if found.refusal is not None:
        raise Refused(found.refusal)


def tell_change(world: World, message: Message) -> None:
    """Tell the clients that a message has changed; nobody is told of those that one person sees."""
    if message.only_for is None:
        guild = world.channels[message.channel].guild
        world.emit("MESSAGE_UPDATE", guild, shapes.message_event(world, message), message.id)
    world.touch()


def delete(world: World, channel_id: str, message_id: str) -> None:
    """The bot deletes a message: its own, or with MANAGE_MESSAGES another's."""
    channel = reachable(world, channel_id)
    message = message_at(world, channel, message_id)
    if message.author != world.me.id:
        needed(world, channel, Permission.MANAGE_MESSAGES)
    take_away(world, message)


def take_away(world: World, message: Message) -> None:
    """A message is gone; a thread that began with it is left alone in the channel."""
    message.deleted = True
    channel = world.channels[message.channel]
    for ids in (channel.messages, channel.asides):
        if message.id in ids:
            ids.remove(message.id)
    if message.only_for is None:
        data = {"id": message.id, "channel_id": message.channel}
        if channel.guild is not None:
            data["guild_id"] = channel.guild
        world.emit("MESSAGE_DELETE", channel.guild, data)
    world.touch()


def crosspost(world: World, channel_id: str, message_id: str) -> Message:
    """Publish a message of an announcement channel to those who follow it: ten an hour."""
    channel = reachable(world, channel_id)
    if channel.kind is not Kind.NEWS:
        raise Refused(refusals.WRONG_CHANNEL_TYPE)
    message = message_at(world, channel, message_id)
    needed(world, channel, Permission.SEND_MESSAGES)
    if message.author != world.me.id:
        needed(world, channel, Permission.MANAGE_MESSAGES)
    if message.flags & IS_CROSSPOSTED:
        raise Refused(refusals.CROSSPOSTED)
    since = world.clock.now() - timedelta(hours=1)
    if sum(1 for at, where in world.crossposts if at > since and where == channel.id) >= CROSSPOSTS_AN_HOUR:
        raise Refused(refusals.CROSSPOSTS_SPENT)
    world.crossposts.append((world.clock.now(), channel.id))
    message.flags |= IS_CROSSPOSTED
    tell_change(world, message)
    return message


# ------------------------------------------------------------ reading


def read_back(world: World, channel_id: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Messages of a channel, newest first: `before`, `after`, `around`, `limit`. Empty without READ_MESSAGE_HISTORY."""
    channel = reachable(world, channel_id)
    if channel.kind is Kind.FORUM:
        raise Refused(refusals.NO_TEXT_CHANNEL)
    limit = int(asked.get("limit", "50"))
    if not 1 <= limit <= 100:
        found = Findings()
        found.add(("limit",), "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
        raise Refused(found.refusal or refusals.FORM)
    if Permission.READ_MESSAGE_HISTORY not in world.may(world.me.id, channel):
        return []
    chosen = _between(world.history(channel), asked, limit)
    return [shown(world, message) for message in reversed(chosen)]


def _between(messages: list[Message], asked: Mapping[str, str], limit: int) -> list[Message]:
    """`limit` of them, oldest first: the nearest to what was asked for."""
    if "after" in asked:
        return [m for m in messages if int(m.id) > int(asked["after"])][:limit]
    if "around" in asked:
        middle = int(asked["around"])
        older = [m for m in messages if int(m.id) < middle][-(limit // 2) :]
        return (older + [m for m in messages if int(m.id) >= middle])[:limit]
    if "before" in asked:
        messages = [m for m in messages if int(m.id) < int(asked["before"])]
    return messages[-limit:]


def shown(world: World, message: Message) -> dict[str, Any]:
    """A message as the bot gets it by REST: without text where the intent is missing."""
    whole = shapes.message(world, message)
    seen = shapes.shows_text(world, message, has_intent=world.portal.message_content)
    return whole if seen else shapes.hidden(whole)


def read_one(world: World, channel_id: str, message_id: str) -> dict[str, Any]:
    """One message."""
    channel = reachable(world, channel_id)
    if Permission.READ_MESSAGE_HISTORY not in world.may(world.me.id, channel):
        raise Refused(refusals.MISSING_ACCESS)
    return shown(world, message_at(world, channel, message_id))


def open_dm(world: World, payload: Mapping[str, Any]) -> Channel:
    """The direct messages with a person; opening always works, sending may not."""
    person = world.users.get(str(payload.get("recipient_id")))
    if person is None or person.bot:
        raise Refused(refusals.UNKNOWN_USER if person is None else refusals.CLOSED_TO_US)
    return world.dm_with(person)

"""Threads and forum posts: opening, changing, following."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.discord import refusals, shapes
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.posting import Files, message_at, needed, new_message, reachable, settle, take_files
from tests.fakes.discord.refusals import Findings, Refused
from tests.fakes.discord.rules import message_refusal, thread_refusal
from tests.fakes.discord.world import HAS_THREAD, Channel, Kind, Message, World

KINDS = {Kind.TEXT: Kind.THREAD, Kind.NEWS: Kind.NEWS_THREAD, Kind.FORUM: Kind.THREAD}


def from_message(world: World, channel_id: str, message_id: str, payload: Mapping[str, Any]) -> Channel:
    """Open a thread on a message: its id is the message's."""
    channel = reachable(world, channel_id)
    message = message_at(world, channel, message_id)
    if channel.kind not in {Kind.TEXT, Kind.NEWS}:
        raise Refused(refusals.WRONG_CHANNEL_TYPE)
    needed(world, channel, Permission.CREATE_PUBLIC_THREADS)
    if message.id in world.channels:
        raise Refused(refusals.THREAD_EXISTS)
    _named(payload)
    thread = _new(world, channel, payload, of=message.id)
    message.thread, message.flags = thread.id, message.flags | HAS_THREAD
    told = shapes.message_event(world, message)
    world.emit("MESSAGE_UPDATE", channel.guild, told, message.id)
    _system(world, thread, shapes.STARTER, "", reference=message.id)
    return thread


def in_channel(world: World, channel_id: str, payload: Mapping[str, Any]) -> Channel:
    """Open a thread that begins with no message; the channel then shows a line that it was opened."""
    channel = reachable(world, channel_id)
    if channel.kind not in {Kind.TEXT, Kind.NEWS}:
        raise Refused(refusals.WRONG_CHANNEL_TYPE)
    kind = int(payload.get("type", Kind.THREAD))
    if kind == 12:
        needed(world, channel, Permission.CREATE_PRIVATE_THREADS)
    else:
        needed(world, channel, Permission.CREATE_PUBLIC_THREADS)
    _named(payload)
    thread = _new(world, channel, payload)
    _system(world, channel, shapes.THREAD_CREATED, thread.name)
    return thread


def in_forum(world: World, forum: Channel, payload: Mapping[str, Any], files: Files) -> tuple[Channel, Message]:
    """A post: a thread with its first message. A nonce means nothing here."""
    needed(world, forum, Permission.SEND_MESSAGES)
    if files:
        needed(world, forum, Permission.ATTACH_FILES)
    _named(payload)
    _tags(forum, payload)
    said = payload.get("message")
    if not isinstance(said, Mapping):
        found = Findings()
        found.add(("message",), "BASE_TYPE_REQUIRED", "This field is required")
        raise Refused(found.refusal or refusals.FORM)
    uploads = take_files(world, said, files)
    refusal = message_refusal({**said, "nonce": None}, files=[u.name for u in uploads])
    if refusal is not None:
        raise Refused(refusal)
    thread = _new(world, forum, payload)
    thread.applied = [str(tag) for tag in payload.get("applied_tags") or ()]
    message = new_message(world, thread, said, uploads)
    del world.messages[message.id]
    message.id = thread.id
    world.messages[message.id] = message
    settle(world, message)
    return thread, message


def _named(payload: Mapping[str, Any]) -> None:
    refusal = thread_refusal({"name": "", **payload})
    if refusal is not None:
        raise Refused(refusal)


def _tags(forum: Channel, payload: Mapping[str, Any]) -> None:
    applied, found = [str(tag) for tag in payload.get("applied_tags") or ()], Findings()
    if forum.require_tag and not applied:
        raise Refused(refusals.Refusal(400, 40067, "A tag is required to create a forum post in this channel"))
    for number, tag in enumerate(applied):
        if tag not in forum.tags:
            found.add(("applied_tags", number), "FORUM_TAG_UNKNOWN", "Unknown tag")
    if found.refusal is not None:
        raise Refused(found.refusal)


def _new(world: World, parent: Channel, payload: Mapping[str, Any], *, of: str | None = None) -> Channel:
    thread = Channel(of or world.new_id(), KINDS[parent.kind], str(payload["name"]).strip(), parent.guild, parent.id)
    thread.owner = world.me.id
    thread.auto_archive = int(payload.get("auto_archive_duration") or 4320)
    thread.followers = [world.me.id]
    thread.touched = world.clock.now()
    world.channels[thread.id] = thread
    world.emit("THREAD_CREATE", thread.guild, shapes.channel(world, thread) | {"newly_created": True})
    return thread


def _system(world: World, channel: Channel, kind: int, text: str, reference: str | None = None) -> None:
    message = Message(world.new_id(), channel.id, world.me.id, world.clock.now(), text)
    message.kind, message.reference = kind, reference
    world.messages[message.id] = message
    channel.messages.append(message.id)
    world.emit("MESSAGE_CREATE", channel.guild, shapes.message_event(world, message), message.id)


def change(world: World, channel_id: str, payload: Mapping[str, Any]) -> Channel:
    """Rename, archive, lock a thread: its owner or MANAGE_THREADS; locking takes the permission."""
    thread = reachable(world, channel_id)
    if not thread.is_thread:
        needed(world, thread, Permission.MANAGE_CHANNELS)
        thread.name = str(payload.get("name", thread.name))
        return thread
    if thread.owner != world.me.id or "locked" in payload:
        needed(world, thread, Permission.MANAGE_THREADS)
    if thread.archived and payload.get("archived") is not False:
        raise Refused(refusals.ARCHIVED)
    if thread.archived and thread.locked:
        needed(world, thread, Permission.MANAGE_THREADS)
    refusal = thread_refusal(payload)
    if refusal is not None:
        raise Refused(refusal)
    _tags(Channel("", Kind.FORUM, "", tags=world.root(thread).tags), payload)
    thread.name = str(payload.get("name", thread.name)).strip()
    thread.archived = bool(payload.get("archived", thread.archived))
    thread.locked = bool(payload.get("locked", thread.locked))
    thread.auto_archive = int(payload.get("auto_archive_duration") or thread.auto_archive)
    thread.applied = [str(tag) for tag in payload.get("applied_tags", thread.applied)]
    thread.touched = world.clock.now()
    world.emit("THREAD_UPDATE", thread.guild, shapes.channel(world, thread))
    return thread


def remove(world: World, channel_id: str) -> Channel:
    """Delete a channel or thread."""
    channel = reachable(world, channel_id)
    needed(world, channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    vanish(world, channel)
    return channel


def vanish(world: World, channel: Channel) -> None:
    """A channel or thread is gone, with all that stood in it."""
    for thread in world.threads_of(channel):
        vanish(world, thread)
    for key in (*channel.messages, *channel.asides):
        world.messages[key].deleted = True
    told = shapes.channel(world, channel)
    del world.channels[channel.id]
    if channel.guild is not None and channel.id in world.guilds[channel.guild].channels:
        world.guilds[channel.guild].channels.remove(channel.id)
    world.emit("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel.guild, told)


def follow(world: World, channel_id: str, person: str, *, follows: bool = True) -> None:
    """Somebody follows a thread, or does not any more."""
    thread = reachable(world, channel_id)
    if not thread.is_thread:
        raise Refused(refusals.WRONG_CHANNEL_TYPE)
    if thread.archived:
        raise Refused(refusals.ARCHIVED)
    if person not in world.users:
        raise Refused(refusals.UNKNOWN_USER)
    if follows and person not in thread.followers:
        thread.followers.append(person)
    elif not follows and person in thread.followers:
        thread.followers.remove(person)
    world.touch()

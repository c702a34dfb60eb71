"""Messages of the application: what may be sent where, and what then stands there."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import mentions, rules, shapes
from tests.fakes.slack.refusals import Refused, missing_scope
from tests.fakes.slack.streams import running
from tests.fakes.slack.world import Channel, Message, Team, Token, User, World

MARKDOWN_TEXT = 12_000
CHANGED_TEXT = 4_000
"""Characters of `text` that chat.update takes; more is `msg_too_long`, as is reported of it."""
METADATA = 16_000
"""Bytes; the real figure is written down nowhere."""
EPHEMERAL = 3_000


# ---------------------------------------------------------------- where


def find_channel(world: World, team: Team, given: str, *, people: bool = False) -> Channel:
    """A conversation that the application may know of. `people`: a user's id stands for the direct messages.

    Raises:
        Refused: `channel_not_found`.
    """
    if people and given in world.users and world.users[given].team == team.id:
        if world.users[given].bot:
            raise Refused("channel_not_found")
        return world.direct(given)
    named = (world.channels[key] for key in team.channels if world.channels[key].name == given.removeprefix("#"))
    found = world.channels.get(given) or next(named, None)
    if found is None or not (found.team == team.id or team.id in found.shared_with):
        raise Refused("channel_not_found")
    if (found.private or found.direct) and team.bot_user not in found.members:
        raise Refused("channel_not_found")
    return found


def writable(world: World, team: Team, token: Token, given: str) -> Channel:
    """A conversation that the application may write in.

    Raises:
        Refused: `channel_not_found`, `not_in_channel`, `is_archived`, `restricted_action`.
    """
    channel = find_channel(world, team, given, people=True)
    if channel.archived:
        raise Refused("is_archived")
    if team.bot_user not in channel.members and "chat:write.public" not in token.scopes:
        raise Refused("not_in_channel")
    if channel.restricted:
        raise Refused("restricted_action")
    return channel


def thread_of(world: World, channel: Channel, given: str | None) -> str | None:
    """The parent that a reply names.

    Raises:
        Refused: `thread_not_found` where nothing stands, `cannot_reply_to_message` where a tombstone, a reply or
            something that only one person sees does.
    """
    if given is None:
        return None
    parent = world.messages.get((channel.id, given))
    if parent is None or (parent.deleted and not parent.tombstone):
        raise Refused("thread_not_found")
    if parent.tombstone or parent.thread_ts is not None or parent.only_for is not None:
        raise Refused("cannot_reply_to_message")
    return given


# ---------------------------------------------------------------- what


def checked(world: World, arguments: Mapping[str, Any], *, kept: bool = False) -> None:
    """Whether this can be a message at all. `kept`: a message whose content may stay is changed.

    Raises:
        Refused: `no_text`, `msg_too_long`, `invalid_blocks`, `msg_blocks_too_long`, or something about metadata.
    """
    markdown = arguments.get("markdown_text")
    if markdown and (arguments.get("text") or arguments.get("blocks")):
        raise Refused("markdown_text_conflict")
    if markdown and len(str(markdown)) > MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    content = ("text", "blocks", "attachments", "markdown_text", *(("metadata", "file_ids") if kept else ()))
    if not any(arguments.get(name) for name in content):
        raise Refused("no_text")
    check_blocks(world, arguments.get("blocks"))
    check_metadata(arguments.get("metadata"))


def check_blocks(world: World, blocks: Any) -> None:
    """Whether these blocks can stand in a message.

    Raises:
        Refused: `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`.
    """
    if blocks in (None, "", []):
        return
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if wrong := rules.of_message(blocks):
        raise Refused("invalid_blocks", messages=wrong)
    if rules.characters(blocks) > world.limits.all_blocks:
        raise Refused("msg_blocks_too_long")
    _check_files(world, blocks)


def _check_files(world: World, blocks: list[Any]) -> None:
    """Whether the files that blocks show are there, and were looked at.

    Raises:
        Refused: `invalid_blocks`.
    """
    for number, block in enumerate(blocks):
        for shown in (block, block.get("accessory") or {}):
            if (wanted := (shown.get("slack_file") or {}).get("id")) is None:
                continue
            file = world.files.get(wanted)
            if file is None or not file.complete or file.looks:
                if file is not None and file.looks:
                    file.looks -= 1
                raise Refused(
                    "invalid_blocks", messages=[f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"]
                )


def check_metadata(metadata: Any) -> None:
    """Whether this is `{"event_type": …, "event_payload": {…}}`.

    Raises:
        Refused: `invalid_metadata_format`, `metadata_too_large`.
    """
    if metadata in (None, "", {}):
        return
    if not isinstance(metadata, Mapping) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not (isinstance(kind, str) and 0 < len(kind) <= 255 and isinstance(payload, Mapping)):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA:
        raise Refused("metadata_too_large")


# ---------------------------------------------------------------- posting


def post(world: World, team: Team, token: Token, arguments: Mapping[str, Any]) -> Message:
    """chat.postMessage.

    Raises:
        Refused: any of the above.
    """
    channel = writable(world, team, token, str(arguments.get("channel") or ""))
    checked(world, arguments)
    message = made(world, team, channel, arguments)
    message.thread_ts = thread_of(world, channel, arguments.get("thread_ts") or None)
    message.broadcast = message.thread_ts is not None and arguments.get("reply_broadcast") in {True, "1", "true"}
    message.metadata = copy.deepcopy(arguments.get("metadata")) or None
    return stand(world, message, "chat.postMessage")


def made(world: World, team: Team, channel: Channel, arguments: Mapping[str, Any]) -> Message:
    """A message of the application that stands nowhere yet."""
    message = Message(world.new_ts(), channel.id, team.id, team.bot_user, bot_id=team.bot_id)
    message.text = str(arguments.get("text") or "")[: world.limits.text]
    if arguments.get("markdown_text"):
        message.blocks = with_ids(world, [{"type": "markdown", "text": arguments["markdown_text"]}])
        message.text = str(arguments["markdown_text"])
    elif arguments.get("blocks"):
        message.blocks = with_ids(world, arguments["blocks"])
    heard(world, message, arguments)
    return message


def heard(world: World, message: Message, arguments: Mapping[str, Any]) -> None:
    """Note whom it would ring and what it would show below."""
    markdown = message.stream.markdown if message.stream is not None else ""
    found = list(mentions.texts({**arguments, "text": message.text}, message.blocks, markdown))
    message.pings = mentions.would_ring(world, message.team, found)
    message.unfurls = mentions.would_unfurl(arguments, found)
    message.payload = dict(arguments)


def stand(world: World, message: Message, method: str) -> Message:
    """It stands there from now on, and is told of."""
    world.add_message(message, method)
    world.statuses.pop((message.channel, message.thread_ts or ""), None)
    channel = world.channels[message.channel]
    if message.only_for is None:
        world.emit(world.teams[message.team], message_event(world, message, channel))
    return message


def message_event(world: World, message: Message, channel: Channel) -> dict[str, Any]:
    """The event that applications are told of a message by."""
    kind = "im" if channel.direct else "group" if channel.private else "channel"
    more = {"channel": channel.id, "event_ts": message.ts, "channel_type": kind}
    return shapes.message(world, message, metadata=True) | more


def with_ids(world: World, blocks: Any) -> list[dict[str, Any]]:
    """The blocks, with an id on every block and on everything that can be pressed."""
    done = copy.deepcopy(list(blocks))
    for block in done:
        block.setdefault("block_id", world.new_id("bl"))
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and element.get("type") in rules.PRESSED:
                element.setdefault("action_id", world.new_id("ac"))
        if isinstance(block.get("child_blocks"), list):
            block["child_blocks"] = with_ids(world, block["child_blocks"])
    return done


# ---------------------------------------------------------------- changing, deleting


def mine(world: World, team: Team, channel: str, ts: str, refusal: str) -> Message:
    """A message of the application.

    Raises:
        Refused: `channel_not_found`, `message_not_found`, `is_archived`, or this refusal where it is somebody else's.
    """
    place = find_channel(world, team, channel)
    message = world.message(place.id, ts)
    if message is None or message.only_for is not None:
        raise Refused("message_not_found")
    if not (world.mine(message) and message.team == team.id):
        raise Refused(refusal)
    if place.archived:
        raise Refused("is_archived")
    return message


def update(world: World, team: Team, arguments: Mapping[str, Any]) -> Message:
    """chat.update: what is not given stays; an empty list of blocks removes them.

    Raises:
        Refused: any of the above, `streaming_state_conflict`.
    """
    channel, ts = str(arguments.get("channel") or ""), str(arguments.get("ts") or "")
    message = mine(world, team, channel, ts, "cant_update_message")
    if running(world, message):
        raise Refused("streaming_state_conflict")
    checked(world, arguments, kept=True)
    if len(str(arguments.get("text") or "")) > CHANGED_TEXT:
        raise Refused("msg_too_long")
    before = shapes.message(world, message)
    change(world, message, arguments)
    message.edited = world.new_ts()
    message.edits += 1
    _told(world, message, "message_changed", {"message": shapes.message(world, message), "previous_message": before})
    return message


def change(world: World, message: Message, arguments: Mapping[str, Any]) -> None:
    """Put what is given in the place of what stood there."""
    if message.stream is not None and (arguments.get("text") or arguments.get("blocks")):
        message.stream.markdown = ""
        message.stream.tasks = {}
    if arguments.get("markdown_text"):
        message.text = str(arguments["markdown_text"])
        message.blocks = with_ids(world, [{"type": "markdown", "text": arguments["markdown_text"]}])
    if arguments.get("text") is not None:
        message.text = str(arguments["text"])
    if arguments.get("blocks") is not None:
        message.blocks = with_ids(world, arguments["blocks"])
    if arguments.get("metadata") is not None:
        message.metadata = copy.deepcopy(arguments["metadata"]) or None
    heard(world, message, {**message.payload, **arguments})


def take_away(world: World, message: Message) -> None:
    """A message goes; a parent with replies leaves a tombstone."""
    before = shapes.message(world, message)
    message.deleted = True
    message.tombstone = any(m.thread_ts == message.ts for m in world.replies(message.thread))
    parent = world.messages.get((message.channel, message.thread_ts or ""))
    if parent is not None and parent.tombstone:
        parent.tombstone = any(m.thread_ts == parent.ts for m in world.replies(parent.thread))
    _told(world, message, "message_deleted", {"deleted_ts": message.ts, "previous_message": before})


def _told(world: World, message: Message, subtype: str, more: Mapping[str, Any]) -> None:
    channel = world.channels[message.channel]
    kind = "im" if channel.direct else "group" if channel.private else "channel"
    event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "channel_type": kind}
    ts = world.new_ts()
    world.emit(world.teams[message.team], event | {"ts": ts, "event_ts": ts} | dict(more))


# ---------------------------------------------------------------- for one person


def post_aside(
    world: World, team: Team, channel: Channel, user: User, arguments: Mapping[str, Any], method: str
) -> Message:
    """A message that one person sees.

    Raises:
        Refused: see `checked`; `msg_too_long` over 3,000 characters without blocks.
    """
    checked(world, arguments)
    if not arguments.get("blocks") and len(str(arguments.get("text") or "")) > EPHEMERAL:
        raise Refused("msg_too_long")
    message = made(world, team, channel, arguments)
    message.only_for = user.id
    message.thread_ts = arguments.get("thread_ts") or None
    return stand(world, message, method)


def needed_history(channel: Channel) -> str:
    """The scope that reading a conversation takes."""
    return "im:history" if channel.direct else "groups:history" if channel.private else "channels:history"


def needed_info(channel: Channel) -> str:
    """The scope that knowing of a conversation takes."""
    return "im:read" if channel.direct else "groups:read" if channel.private else "channels:read"


def need(token: Token, scope: str) -> None:
    """Whether a token permits something.

    Raises:
        Refused: `missing_scope`.
    """
    if scope not in token.scopes:
        raise missing_scope(scope, token.scopes)

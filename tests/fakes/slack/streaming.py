"""Text that grows while somebody reads: started in a thread, appended to, stopped. What is uncertain: see `rules`."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import posting, rules, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.posting import MARKDOWN_TEXT
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.rules_checks import MESSAGE, Rule, among, many, obey, said, string, typed
from tests.fakes.slack.streams import end, running, shown
from tests.fakes.slack.wire import Asked
from tests.fakes.slack.world import Channel, Message, Stream, World

Said = dict[str, Any]
_LINE = 256
_SOURCE = typed(lambda: {"url": Rule({"url": string(3000), "text": string(_LINE)}, {"icon_url": string(3000)})})
_CHUNKS: dict[str, Rule] = {
    "markdown_text": Rule({"text": string(MARKDOWN_TEXT)}),
    "plan_update": Rule({"title": string(_LINE)}),
    "task_update": Rule(
        {
            "id": string(255),
            "title": string(_LINE),
            "status": among("pending", "in_progress", "complete", "error"),
        },
        {"details": string(_LINE, 0), "output": string(_LINE, 0), "sources": many(_SOURCE, 100, 0)},
    ),
    "blocks": Rule({"blocks": lambda *_: iter(())}),
}


@method("chat.startStream", "chat:write", tier=2)
def start(asked: Asked) -> Said:
    world = asked.world
    channel = posting.writable(world, asked.team, asked.token, asked.text("channel"))
    thread = posting.thread_of(world, channel, asked.text("thread_ts"))
    stream = Stream(world.now(), mode=asked.maybe("task_display_mode") or "timeline")
    if not channel.direct:
        _recipient(asked, channel, stream)
    message = Message(world.new_ts(), channel.id, asked.team.id, asked.bot.id, bot_id=asked.bot.bot_id)
    message.thread_ts, message.stream = thread, stream
    grow(world, message, asked.arguments)
    posting.heard(world, message, asked.arguments)
    posting.stand(world, message, "chat.startStream")
    return {"channel": channel.id, "ts": message.ts}


def _recipient(asked: Asked, channel: Channel, stream: Stream) -> None:
    """In a channel it has to be said who reads."""
    for name in ("recipient_team_id", "recipient_user_id"):
        if asked.maybe(name) is None:
            raise Refused(f"missing_{name}")
    stream.recipient, stream.recipient_team = asked.text("recipient_user_id"), asked.text("recipient_team_id")
    if stream.recipient not in channel.members:
        raise Refused("user_not_in_channel")
    if stream.recipient_team not in {channel.team, *channel.shared_with}:
        raise Refused("team_not_found")


@method("chat.appendStream", "chat:write", tier=4)
def append(asked: Asked) -> Said:
    message = _open(asked)
    if not (asked.arguments.get("markdown_text") or asked.arguments.get("chunks")):
        raise Refused("no_text")
    grow(asked.world, message, asked.arguments)
    posting.heard(asked.world, message, {**message.payload, **asked.arguments})
    asked.world.touch()
    return {"channel": message.channel, "ts": message.ts}


@method("chat.stopStream", "chat:write", tier=2)
def stop(asked: Asked) -> Said:
    world, message = asked.world, _open(asked)
    posting.check_blocks(world, asked.arguments.get("blocks"))
    posting.check_metadata(asked.arguments.get("metadata"))
    grow(world, message, asked.arguments)
    end(world, message)
    message.blocks += posting.with_ids(world, asked.arguments.get("blocks") or [])
    message.metadata = asked.arguments.get("metadata") or message.metadata
    status = asked.maybe("session_status")
    if status is not None:
        world.sessions[message.channel, message.thread.ts] = status
    posting.heard(world, message, {**message.payload, **asked.arguments})
    world.touch()
    return {"channel": message.channel, "ts": message.ts, "message": shapes.message(world, message, metadata=True)}


def _open(asked: Asked) -> Message:
    """A stream of ours that still runs."""
    message = posting.mine(asked.world, asked.team, asked.text("channel"), asked.text("ts"), "message_not_owned_by_app")
    if not running(asked.world, message):
        raise Refused("message_not_in_streaming_state")
    return message


def grow(world: World, message: Message, arguments: Mapping[str, Any]) -> None:
    """Add what is given to what stands there.

    Raises:
        Refused: `msg_too_long`, `invalid_chunks`.
    """
    stream = message.stream
    assert stream is not None
    chunks = arguments.get("chunks") or []
    _check(chunks)
    added = str(arguments.get("markdown_text") or "")
    added += "".join(str(one["text"]) for one in chunks if one["type"] == "markdown_text")
    if len(added) > MARKDOWN_TEXT or len(stream.markdown) + len(added) > MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    stream.markdown += added
    stream.appended += 1
    for one in chunks:
        _take(world, stream, one)
    shown(message)


def _check(chunks: Any) -> None:
    if not isinstance(chunks, list):
        raise Refused("invalid_chunks")
    wrong: list[str] = []
    for position, one in enumerate(chunks):
        where, kind = f"/chunks/{position}", one.get("type") if isinstance(one, Mapping) else None
        rule = _CHUNKS.get(str(kind))
        wrong += (
            [said(where, f"unsupported type: {kind}")] if rule is None else obey(rule, where, one, MESSAGE, ("type",))
        )
        if kind == "blocks":
            wrong += rules.of_message(one["blocks"])
    if wrong:
        raise Refused("invalid_chunks", messages=wrong)


def _take(world: World, stream: Stream, chunk: Mapping[str, Any]) -> None:
    if chunk["type"] == "plan_update":
        stream.plan = str(chunk["title"])
    elif chunk["type"] == "task_update":
        known = stream.tasks.get(str(chunk["id"]), {})
        details = known.get("details", "") + (chunk.get("details") or "")
        stream.tasks[str(chunk["id"])] = {**known, **chunk, "details": details}
    elif chunk["type"] == "blocks":
        stream.blocks += posting.with_ids(world, chunk["blocks"])

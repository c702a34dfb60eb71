"""The chat methods: messages, changes, asides, links; and reactions."""

from typing import Any

from tests.fakes.slack import posting, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.wire import Asked

Said = dict[str, Any]


@method("chat.postMessage", "chat:write", tier=None)
def post_message(asked: Asked) -> Said:
    asked.text("channel")
    message = posting.post(asked.world, asked.team, asked.token, asked.arguments)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": shapes.message(asked.world, message, metadata=True),
    }


@method("chat.update", "chat:write")
def update(asked: Asked) -> Said:
    message = posting.update(asked.world, asked.team, asked.arguments)
    told = shapes.message(asked.world, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": told}


@method("chat.delete", "chat:write")
def delete(asked: Asked) -> Said:
    message = posting.mine(asked.world, asked.team, asked.text("channel"), asked.text("ts"), "cant_delete_message")
    posting.take_away(asked.world, message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", tier=4)
def post_ephemeral(asked: Asked) -> Said:
    channel = posting.writable(asked.world, asked.team, asked.token, asked.text("channel"))
    user = asked.world.users.get(asked.text("user"))
    if user is None or user.id not in channel.members:
        raise Refused("user_not_in_channel")
    arguments = {**asked.arguments, "thread_ts": posting.thread_of(asked.world, channel, asked.maybe("thread_ts"))}
    message = posting.post_aside(asked.world, asked.team, channel, user, arguments, "chat.postEphemeral")
    return {"message_ts": message.ts}


@method("chat.getPermalink", tier=4)
def get_permalink(asked: Asked) -> Said:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    message = asked.world.message(channel.id, asked.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"{asked.team.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts is not None:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


@method("reactions.add", "reactions:write")
def reactions_add(asked: Asked) -> Said:
    message = _reacted(asked)
    users = message.reactions.setdefault(asked.text("name"), [])
    if asked.bot.id in users:
        raise Refused("already_reacted")
    users.append(asked.bot.id)
    asked.world.touch()
    return {}


@method("reactions.remove", "reactions:write")
def reactions_remove(asked: Asked) -> Said:
    message, name = _reacted(asked), asked.text("name")
    if asked.bot.id not in message.reactions.get(name, []):
        raise Refused("no_reaction")
    message.reactions[name].remove(asked.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    asked.world.touch()
    return {}


def _reacted(asked: Asked) -> Any:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel"))
    message = asked.world.message(channel.id, asked.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    if channel.archived:
        raise Refused("is_archived")
    if asked.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return message

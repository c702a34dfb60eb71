"""What stands around an answer: status with its lines, suggested prompts, titles, sessions."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import posting
from tests.fakes.slack.methods import method
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.wire import Asked
from tests.fakes.slack.world import Channel, Status

Said = dict[str, Any]
PROMPTS, LINES, TITLE = 4, 10, 200
SESSION = ("active", "processing", "suspended", "closed")


def _channel(asked: Asked) -> Channel:
    channel = posting.find_channel(asked.world, asked.team, asked.text("channel_id"))
    if asked.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _thread(asked: Asked, channel: Channel) -> str:
    ts = asked.text("thread_ts")
    if asked.world.message(channel.id, ts) is None:
        raise Refused("invalid_thread_ts")
    return ts


@method("assistant.threads.setStatus", "assistant:write", "chat:write", tier=None)
def set_status(asked: Asked) -> Said:
    """A line below a thread until a message of ours stands there; empty takes it away."""
    channel = _channel(asked)
    thread = _thread(asked, channel)
    if "status" not in asked.arguments:
        asked.text("status")
    status, lines = str(asked.arguments["status"] or ""), asked.arguments.get("loading_messages") or []
    if not isinstance(lines, list) or len(lines) > LINES:
        raise Refused("invalid_arguments", messages=[f"no more than {LINES} items allowed: loading_messages"])
    if status:
        asked.world.statuses[channel.id, thread] = Status(status, tuple(map(str, lines)))
    else:
        asked.world.statuses.pop((channel.id, thread), None)
    asked.world.touch()
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", tier=4)
def set_prompts(asked: Asked) -> Said:
    """Up to four; with a thread, an agent's prompts are not shown, and nothing says so."""
    channel = _channel(asked)
    prompts, thread = asked.arguments.get("prompts"), asked.maybe("thread_ts")
    if not isinstance(prompts, list) or not prompts:
        raise Refused("invalid_arguments", messages=["missing required field: prompts"])
    if len(prompts) > PROMPTS:
        raise Refused("invalid_arguments", messages=[f"no more than {PROMPTS} items allowed [json-pointer:/prompts]"])
    if not all(isinstance(p, Mapping) and p.get("title") and p.get("message") for p in prompts):
        raise Refused("invalid_arguments", messages=["prompts need `title` and `message`"])
    if asked.world.app.agent_view != (thread is not None):
        asked.world.prompts[channel.id, thread] = {"title": asked.maybe("title"), "prompts": prompts}
        asked.world.touch()
    return {}


@method("assistant.threads.setTitle", "assistant:write")
def set_title(asked: Asked) -> Said:
    channel = _channel(asked)
    asked.world.titles[channel.id, _thread(asked, channel)] = asked.text("title")
    asked.world.touch()
    return {}


@method("agents.sessions.setStatus", "chat:write")
def set_session(asked: Asked) -> Said:
    channel, status = _channel(asked), asked.text("status")
    if status not in SESSION:
        raise Refused("invalid_arguments", messages=[f"must be a valid enum value: {', '.join(SESSION)}"])
    if not asked.world.app.agent_view:
        raise Refused("not_an_agent")
    title, thread = asked.maybe("title"), _thread(asked, channel)
    if title is not None and len(title) > TITLE:
        raise Refused("invalid_arguments", messages=[f"must be less than {TITLE + 1} characters: title"])
    if (channel.id, thread) not in asked.world.sessions and title is not None:
        asked.world.titles[channel.id, thread] = title
    asked.world.sessions[channel.id, thread] = status
    asked.world.touch()
    return {"status": status, "title": asked.world.titles.get((channel.id, thread), "")}


@method("agents.sessions.rename", "chat:write")
def rename(asked: Asked) -> Said:
    channel = _channel(asked)
    thread = _thread(asked, channel)
    if (channel.id, thread) not in asked.world.sessions:
        raise Refused("session_not_found")
    asked.world.titles[channel.id, thread] = asked.text("title")
    asked.world.touch()
    return {"title": asked.text("title")}

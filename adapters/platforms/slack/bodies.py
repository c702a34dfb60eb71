"""What Slack sends, read: bodies of requests become what `arrival` has. Pure.

Everything in a body is data from outside. Of what lacks something that it must have, nothing is made: None.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from adapters.platforms.slack.arrival import Called, Halted, Opened, Pressed, Said, Sent, Typed, Whence
from adapters.platforms.slack.kit import Json

LONGEST_TEXT: Final = 12_000
"""Characters of what somebody wrote that are read."""
_MOST_VALUES: Final = 100
_HUMAN: Final = frozenset({"", "file_share", "thread_broadcast"})
"""Subtypes of messages that a person has written; edits, deletions, joins and the like are none."""
_MENTION: Final = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHOSEN: Final = (
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_conversation",
    "selected_channel",
    "selected_user",
)
_SEVERAL: Final = ("selected_conversations", "selected_channels", "selected_users")
_WORDS: Final = frozenset(
    (
        *("type", "subtype", "id", "team_id", "enterprise_id", "user_id", "channel_id", "bot_id", "ts", "thread_ts"),
        *("command", "callback_id", "action_id", "trigger_id", "response_url", "channel_type"),
    )
)
_OBJECTS: Final = frozenset(("event", "view", "container", "enterprise", "message", "function_data"))
_NAMED: Final = frozenset(("team", "user", "channel"))
"""An object or an id."""
_LISTED: Final = frozenset(("actions", "authorizations", "response_urls"))
_NEEDED: Final = {
    "event_callback": "event",
    "block_actions": "actions",
    "interactive_message": "actions",
    "view_submission": "view",
    "workflow_step_edit": "workflow_step",
}
"""By type of a body, what it is nothing without."""


def is_readable(body: object) -> bool:
    """Whether a body has the shape of Slack's, so far as anybody reads it: of what has not, the library makes a failure
    of ours.
    """
    if not isinstance(body, Mapping):
        return False
    if "event" in body and not body["event"]:
        return False  # of any type: the library looks into it
    needed = _NEEDED.get(_text(body, "type"))
    return (needed is None or bool(body.get(needed))) and _is_shaped(body)


def said(body: Json, team: str | None) -> Said | None:
    """What a person wrote, of an event `message` or `app_mention`; None of what a bot wrote, and of changes."""
    event = _part(body, "event")
    user, channel, ts = _text(event, "user"), _text(event, "channel"), _text(event, "ts")
    written = _text(event, "subtype") in _HUMAN and not event.get("bot_id") and not event.get("hidden")
    if not (team and user and channel and ts and written) or user == "USLACKBOT":
        return None
    text = _text(event, "text")[:LONGEST_TEXT]
    whence = Whence(team, user, channel, _text(event, "thread_ts") or None, enterprise=_enterprise(body))
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    parent = _text(event, "parent_user_id") or None
    files = event.get("files")
    brings = isinstance(files, Sequence) and bool(files)
    return Said(whence, ts, text, direct, tuple(_MENTION.findall(text)), parent, brings)


def opened(body: Json, team: str | None) -> Opened | None:
    """Who looks at App Home or at the conversation with us."""
    event = _part(body, "event")
    user, tab = _text(event, "user"), _text(event, "tab") or "home"
    if not (team and user):
        return None
    return Opened(Whence(team, user, _text(event, "channel") or None, enterprise=_enterprise(body)), tab)


def halted(body: Json, team: str | None) -> Halted | None:
    """Who wants us to stop, and in which thread."""
    event = _part(body, "event")
    user, channel = (
        _text(event, "user") or _text(event, "user_id"),
        _text(event, "channel") or _text(event, "channel_id"),
    )
    thread = _text(event, "thread_ts") or None
    return Halted(Whence(team, user, channel or None, thread, enterprise=_enterprise(body))) if team and user else None


def pressed(body: Json, team: str | None) -> Pressed | None:
    """The first of the actions, which is the only one that Slack sends."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, Sequence) and actions else None
    container, message = _part(body, "container"), _part(body, "message")
    stands_in = _text(container, "message_ts") or _text(message, "ts") or None
    thread = _text(message, "thread_ts") or _text(container, "thread_ts") or None
    whence = _whence(body, team, thread=thread)
    if whence is None or not isinstance(action, Mapping) or not _text(action, "action_id"):
        return None
    return Pressed(
        whence,
        _text(action, "action_id"),
        _value(action),
        _text(action, "action_ts"),
        _values(action),
        stands_in,
        _view(body),
        _text(body, "response_url") or None,
    )


def sent(body: Json, team: str | None) -> Sent | None:
    """A modal that was sent."""
    whence, view = _whence(body, team), _view(body)
    if whence is None or view is None or not _text(view, "callback_id"):
        return None
    return Sent(whence, _text(view, "callback_id"), view)


def typed(body: Json, team: str | None) -> Typed | None:
    """A command."""
    user, channel = _text(body, "user_id"), _text(body, "channel_id")
    if not (team and user and channel):
        return None
    trigger = _text(body, "trigger_id")
    whence = Whence(team, user, channel, trigger=trigger or None, enterprise=_text(body, "enterprise_id") or None)
    return Typed(whence, _text(body, "text")[:LONGEST_TEXT], _text(body, "response_url"), trigger)


def called(body: Json, team: str | None) -> Called | None:
    """A shortcut."""
    message = _part(body, "message")
    whence, callback = _whence(body, team, thread=_text(message, "thread_ts") or None), _text(body, "callback_id")
    if whence is None or not callback:
        return None
    return Called(
        whence,
        callback,
        _text(body, "action_ts"),
        _text(message, "ts") or None,
        _text(message, "text")[:LONGEST_TEXT],
        _text(message, "user") or None,
        _text(message, "thread_ts") or None,
    )


def searched(body: Json) -> tuple[str, str]:
    """Of a menu that is searched: its action, and what was typed."""
    return _text(body, "action_id"), _text(body, "value")[:_MOST_VALUES]


# ---------------------------------------------------------------- pieces


def _whence(body: Json, team: str | None, *, thread: str | None = None) -> Whence | None:
    """Of what has `user` and perhaps `channel` as objects: interactions."""
    user = _text(_part(body, "user"), "id")
    if not (team and user):
        return None
    channel = _text(_part(body, "channel"), "id") or _text(_part(body, "container"), "channel_id") or None
    return Whence(team, user, channel, thread, _text(body, "trigger_id") or None, _enterprise(body))


def _enterprise(body: Json) -> str | None:
    return _text(body, "enterprise_id") or _text(_part(body, "enterprise"), "id") or None


def _view(body: Json) -> Json | None:
    view = body.get("view")
    return view if isinstance(view, Mapping) else None


def _value(action: Json) -> str:
    return _text(action, "value") or _text(_part(action, "selected_option"), "value")


def _values(action: Json) -> tuple[str, ...]:
    options = action.get("selected_options")
    if isinstance(options, Sequence):
        return tuple(_text(one, "value") for one in options[:_MOST_VALUES] if isinstance(one, Mapping))
    for name in _SEVERAL:
        several = action.get(name)
        if isinstance(several, Sequence) and not isinstance(several, str):
            return tuple(str(one) for one in several[:_MOST_VALUES])
    return tuple(str(action[name]) for name in _CHOSEN if action.get(name))[:1]


def _is_shaped(part: Json) -> bool:
    return all(value is None or _fits(name, value) for name, value in part.items())


def _fits(name: str, value: object) -> bool:
    """Whether something is what its name says; of names that nobody reads, anything is."""
    if name in _WORDS or (name in _NAMED and isinstance(value, str)):
        return isinstance(value, str)
    if name in _OBJECTS or name in _NAMED:
        return isinstance(value, Mapping) and _is_shaped(value)
    if name in _LISTED:
        return isinstance(value, Sequence) and all(isinstance(one, Mapping) and _is_shaped(one) for one in value)
    return True


def _part(body: Json, name: str) -> Json:
    part: Any = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""

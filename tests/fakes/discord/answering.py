"""What the bot may do with an interaction: acknowledge once and in time, then show, change, add, take back."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.discord import refusals, shapes
from tests.fakes.discord.posting import (
    SENT_FLAGS,
    Files,
    change,
    new_message,
    settle,
    take_away,
    take_files,
    wake,
)
from tests.fakes.discord.refusals import Findings, Refused
from tests.fakes.discord.rules import message_refusal
from tests.fakes.discord.rules_components import modal_refusal
from tests.fakes.discord.world import EPHEMERAL, LOADING, Interaction, Message, World

SHOW, LATER, LATER_HERE, HERE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
COMMAND, COMPONENT, COMPLETION, SUBMISSION = 2, 3, 4, 5
MOST_FOLLOW_UPS = 5
"""Of an interaction by somebody's own installation, where the bot is no member."""


def begin(world: World, one: Interaction) -> None:
    """Somebody has pressed something: the bot may answer."""
    world.interactions[one.id] = one
    world.tokens[one.token] = one
    world.touch()


def call_back(
    world: World, interaction_id: str, token: str, body: Mapping[str, Any], files: Files = ()
) -> dict[str, Any]:
    """The first answer: within three seconds, once. Gives what `with_response` shows."""
    one = world.tokens.get(token)
    if one is None or one.id != interaction_id or world.clock.now() - one.at > world.portal.reads_within:
        raise Refused(refusals.UNKNOWN_INTERACTION)
    if one.acknowledged is not None:
        raise Refused(refusals.ACKNOWLEDGED)
    kind, data = int(body.get("type", 0)), body.get("data") or {}
    _fits(one, kind)
    if kind in {SHOW, LATER}:
        _first(world, one, kind, data, files)
    elif kind == HERE:
        _change_here(world, one, data, files)
    elif kind == CHOICES:
        one.choices = _choices(data)
    elif kind == FORM:
        refusal = modal_refusal(data)
        if refusal is not None:
            raise Refused(refusal)
        one.modal = dict(data)
    one.acknowledged = kind
    one.changes += 1
    world.touch()
    return response(world, one)


def response(world: World, one: Interaction) -> dict[str, Any]:
    """What is said about an acknowledged interaction."""
    message = world.messages.get(one.original or "")
    told: dict[str, Any] = {"id": one.id, "type": one.kind, "response_message_ephemeral": one.private}
    told["response_message_loading"] = one.acknowledged == LATER
    found: dict[str, Any] = {"interaction": told}
    if message is not None:
        told["response_message_id"] = message.id
        found["resource"] = {"type": one.acknowledged, "message": shapes.message(world, message)}
    return found


def _fits(one: Interaction, kind: int) -> None:
    allowed = {
        COMMAND: {SHOW, LATER, FORM},
        COMPONENT: {SHOW, LATER, LATER_HERE, HERE, FORM},
        COMPLETION: {CHOICES},
        SUBMISSION: {SHOW, LATER} | ({LATER_HERE, HERE} if one.message else set()),
    }[one.kind]
    if kind not in allowed:
        found = Findings()
        words = f"Value must be one of {{{', '.join(map(str, sorted(allowed)))}}}."
        found.add(("type",), "BASE_TYPE_CHOICES", words)
        raise Refused(found.refusal or refusals.FORM)


def _first(world: World, one: Interaction, kind: int, data: Mapping[str, Any], files: Files) -> None:
    flags, found = int(data.get("flags") or 0), Findings()
    if kind == LATER and (flags & ~EPHEMERAL or data.get("content") or data.get("components")):
        found.add(("data", "flags"), "MESSAGE_FLAGS_INVALID", "A deferred answer may be ephemeral, and nothing else")
        raise Refused(found.refusal or refusals.FORM)
    one.private = bool(flags & EPHEMERAL)
    if kind == LATER:
        message = _answer(world, one, {"flags": flags}, ())
        message.flags |= LOADING
    else:
        message = _answer(world, one, data, files)
    one.original = message.id
    one.shown.append(message.id)
    settle(world, message)


def _answer(world: World, one: Interaction, data: Mapping[str, Any], files: Files) -> Message:
    """A message that answers an interaction; unless it is private, a locked thread refuses it."""
    channel = world.channels.get(one.channel)
    if channel is None:
        raise Refused(refusals.UNKNOWN_CHANNEL)
    if channel.archived and channel.locked and not one.private:
        raise Refused(refusals.ARCHIVED)
    uploads = take_files(world, data, files)
    empty_and_waiting = set(data) <= {"flags"}
    refusal = None if empty_and_waiting else message_refusal(data, files=[u.name for u in uploads])
    if refusal is not None:
        raise Refused(refusal)
    if not one.private:
        wake(world, channel)
    message = new_message(world, channel, data, uploads, allowed_flags=SENT_FLAGS | EPHEMERAL)
    message.interaction = one.id
    message.only_for = one.user if one.private else None
    if one.private:
        message.flags |= EPHEMERAL
        message.pings = type(message.pings)()
    if one.kind == COMMAND:
        message.kind = shapes.COMMAND_ANSWER
    elif one.message is not None:
        message.reference = one.message
        message.kind = shapes.REPLY
    return message


def _change_here(world: World, one: Interaction, data: Mapping[str, Any], files: Files) -> None:
    message = world.messages.get(one.message or "")
    if message is None or message.deleted:
        raise Refused(refusals.UNKNOWN_MESSAGE)
    change(world, message, data, files)
    one.original = message.id
    one.shown.append(message.id)


def _choices(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices, found = list(data.get("choices") or ()), Findings()
    found.amount(("data", "choices"), len(choices), 0, 25)
    for number, choice in enumerate(choices):
        found.length(("data", "choices", number, "name"), choice.get("name"), 1, 100)
        if isinstance(value := choice.get("value"), str):
            found.length(("data", "choices", number, "value"), value, 1, 100)
    if found.refusal is not None:
        raise Refused(found.refusal)
    return choices


# ------------------------------------------------------------ by the token, for 15 minutes


def by_token(world: World, application: str, token: str) -> Interaction:
    """The acknowledged interaction of a token.

    Raises:
        Refused: 401 50027 if its 15 minutes are over, 404 10015 if there is none or it was not acknowledged.
    """
    one = world.tokens.get(token)
    if one is None or application != world.me.id or one.acknowledged is None:
        raise Refused(refusals.UNKNOWN_WEBHOOK)
    if world.clock.now() - one.at > world.portal.token_life:
        raise Refused(refusals.BAD_TOKEN)
    return one


def _message(world: World, one: Interaction, which: str) -> Message:
    found = one.original if which == "@original" else which
    if one.acknowledged == LATER_HERE and which == "@original":
        found = one.message
    message = world.messages.get(found or "")
    ours = message is not None and (message.interaction == one.id or message.id in {one.message, one.original})
    if message is None or message.deleted or not ours:
        raise Refused(refusals.UNKNOWN_MESSAGE)
    return message


def look(world: World, one: Interaction, which: str) -> dict[str, Any]:
    """An answer as it stands."""
    return shapes.message(world, _message(world, one, which))


def show(world: World, one: Interaction, which: str, payload: Mapping[str, Any], files: Files = ()) -> dict[str, Any]:
    """Change an answer; what was deferred is shown with this."""
    message = _message(world, one, which)
    waited = bool(message.flags & LOADING)
    channel = world.channels.get(message.channel)
    if channel is None:
        raise Refused(refusals.UNKNOWN_CHANNEL)
    if channel.archived and channel.locked and message.only_for is None:
        raise Refused(refusals.ARCHIVED)
    earlier = message.pings
    change(world, message, payload, files)
    if waited:
        message.edited = None
    if message.only_for is not None:
        message.pings = earlier
    one.shown += [message.id] if message.id not in one.shown else []
    one.changes += 1
    world.touch()
    return shapes.message(world, message)


def follow_up(world: World, one: Interaction, payload: Mapping[str, Any], files: Files = ()) -> dict[str, Any]:
    """One more message. The first after a deferral takes the place of what waits, private or not as that was."""
    waiting = world.messages.get(one.original or "")
    if waiting is not None and waiting.flags & LOADING:
        flags = int(payload.get("flags") or 0) & ~EPHEMERAL
        return show(world, one, "@original", {**payload, "flags": flags | (waiting.flags & EPHEMERAL)}, files)
    if one.by_user_install and len(one.follow_ups) >= MOST_FOLLOW_UPS:
        raise Refused(refusals.TOO_MANY_FOLLOW_UPS)
    private, one.private = one.private, bool(int(payload.get("flags") or 0) & EPHEMERAL)
    try:
        message = _answer(world, one, payload, files)
    finally:
        one.private = private
    if not message.payload.keys() - {"flags", "allowed_mentions"}:
        raise Refused(refusals.EMPTY_MESSAGE)
    message.kind, message.reference = shapes.REPLY, one.original
    one.follow_ups.append(message.id)
    one.shown.append(message.id)
    one.changes += 1
    settle(world, message)
    return shapes.message(world, message)


def take_back(world: World, one: Interaction, which: str) -> None:
    """Delete an answer."""
    message = _message(world, one, which)
    take_away(world, message)
    one.changes += 1
    world.touch()

"""The bodies of what people ask: presses, forms, shortcuts, commands, searches in menus."""

import copy
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import shapes
from tests.fakes.slack.state import Channel, Message, Team, User, View
from tests.fakes.slack.world import World

Body = dict[str, Any]


def _who(world: World, team: Team, user: User) -> Body:
    """What every interaction begins with."""
    login = user.name.lower().replace(" ", ".")
    enterprise = {"id": team.enterprise, "name": "Org"} if team.enterprise else None
    return {
        "user": {"id": user.id, "username": login, "name": login, "team_id": team.id},
        "api_app_id": world.app.id,
        "token": "old-verification-token",
        "team": None if team.org_wide else {"id": team.id, "domain": team.domain} | _enterprise(team),
        "enterprise": enterprise,
        "is_enterprise_install": team.org_wide,
    }


def _enterprise(team: Team) -> Body:
    return {"enterprise_id": team.enterprise, "enterprise_name": "Org"} if team.enterprise else {}


def _where(channel: Channel) -> Body:
    name = "directmessage" if channel.direct else "privategroup" if channel.private else channel.name
    return {"id": channel.id, "name": name}


def actions(
    world: World, team: Team, user: User, place: Message | View, action: Mapping[str, Any], state: Any = None
) -> Body:
    """Something was pressed or chosen in a message or a view."""
    told: Body = {"type": "block_actions"} | _who(world, team, user)
    trigger = world.add_trigger(
        team.id, user.id, place.id if isinstance(place, View) and place.kind == "modal" else None
    )
    told |= {"trigger_id": trigger.id, "actions": [{**action, "action_ts": world.new_ts()}]}
    if isinstance(place, View):
        return told | {
            "container": {"type": "view", "view_id": place.id},
            "view": copy.deepcopy(shapes.view(world, place)),
        }
    channel = world.channels[place.channel]
    container: Body = {"type": "message", "message_ts": place.ts, "channel_id": channel.id}
    container |= {"is_ephemeral": place.only_for is not None} | (
        {"thread_ts": place.thread_ts} if place.thread_ts else {}
    )
    told |= {"container": container, "channel": _where(channel), "state": {"values": copy.deepcopy(state or {})}}
    told["response_url"] = world.add_response_url(
        team.id, user.id, channel.id, message=place.ts, thread=place.thread_ts
    )
    return told | ({} if place.only_for is not None else {"message": copy.deepcopy(shapes.message(world, place))})


def submission(world: World, team: Team, user: User, view: View) -> Body:
    """A form was sent."""
    told: Body = {"type": "view_submission"} | _who(world, team, user)
    trigger = world.add_trigger(team.id, user.id, view.id)
    return told | {"trigger_id": trigger.id, "view": copy.deepcopy(shapes.view(world, view)), "response_urls": []}


def closing(world: World, team: Team, user: User, view: View, *, cleared: bool = False) -> Body:
    """A form was closed without having been sent."""
    told: Body = {"type": "view_closed"} | _who(world, team, user)
    return told | {"view": copy.deepcopy(shapes.view(world, view)), "is_cleared": cleared}


def suggestion(
    world: World, team: Team, user: User, place: Message | View, element: Mapping[str, Any], block_id: str, typed: str
) -> Body:
    """Somebody types in a menu that the application fills."""
    told: Body = {"type": "block_suggestion"} | _who(world, team, user)
    told |= {"action_id": element["action_id"], "block_id": block_id, "value": typed}
    if isinstance(place, View):
        return told | {
            "container": {"type": "view", "view_id": place.id},
            "view": copy.deepcopy(shapes.view(world, place)),
        }
    container = {"type": "message", "message_ts": place.ts, "channel_id": place.channel, "is_ephemeral": False}
    channel = _where(world.channels[place.channel])
    return told | {"container": container, "channel": channel, "message": copy.deepcopy(shapes.message(world, place))}


def shortcut(world: World, team: Team, user: User, callback: str) -> Body:
    """A shortcut was chosen from the list of all of them."""
    told: Body = {"type": "shortcut"} | _who(world, team, user)
    return told | {
        "callback_id": callback,
        "action_ts": world.new_ts(),
        "trigger_id": world.add_trigger(team.id, user.id).id,
    }


def message_shortcut(world: World, team: Team, user: User, callback: str, message: Message) -> Body:
    """A shortcut was chosen from the menu of a message."""
    channel = world.channels[message.channel]
    address = world.add_response_url(team.id, user.id, channel.id, thread=message.thread_ts)
    return shortcut(world, team, user, callback) | {
        "type": "message_action",
        "channel": _where(channel),
        "message_ts": message.ts,
        "message": copy.deepcopy(shapes.message(world, message)),
        "response_url": address,
    }


def command(world: World, team: Team, user: User, channel: Channel, name: str, text: str) -> Body:
    """A slash command: a flat form, every value a string."""
    told = {
        "token": "old-verification-token",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": _where(channel)["name"],
        "user_id": user.id,
        "user_name": user.name.lower().replace(" ", "."),
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "true" if team.org_wide else "false",
        "response_url": world.add_response_url(team.id, user.id, channel.id),
        "trigger_id": world.add_trigger(team.id, user.id).id,
    }
    return told | _enterprise(team)

"""Modals and App Home: opened, pushed, changed, published."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import posting, rules, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.rules_checks import HOME, MODAL
from tests.fakes.slack.wire import Asked
from tests.fakes.slack.world import Trigger, View, World

Said = dict[str, Any]
LARGEST = 250 * 1024
STACK = 3
"""Modals over each other."""


# ---------------------------------------------------------------- methods


@method("views.open", tier=4)
def opened(asked: Asked) -> Said:
    """A first modal; whatever was open is gone."""
    payload = checked(asked.world, asked.team.id, asked.arguments.get("view"), MODAL)
    trigger = spent(asked.world, asked.team.id, asked.text("trigger_id"))
    for key in asked.world.modals.pop((trigger.team, trigger.user), []):
        asked.world.views[key].closed = True
    return {"view": shapes.view(asked.world, show(asked.world, trigger.team, trigger.user, payload))}


@method("views.push", tier=4)
def pushed(asked: Asked) -> Said:
    """A modal over the one in which something was pressed."""
    payload = checked(asked.world, asked.team.id, asked.arguments.get("view"), MODAL)
    trigger = spent(asked.world, asked.team.id, asked.text("trigger_id"))
    stack = asked.world.modals.get((trigger.team, trigger.user), [])
    if trigger.view is None or trigger.view not in stack:
        raise Refused("not_found")
    if len(stack) >= STACK:
        raise Refused("push_limit_reached")
    return {"view": shapes.view(asked.world, show(asked.world, trigger.team, trigger.user, payload))}


@method("views.update", tier=4)
def updated(asked: Asked) -> Said:
    view = _found(asked)
    payload = checked(asked.world, asked.team.id, asked.arguments.get("view"), view.kind, but=view.id)
    _same(asked, view)
    change(asked.world, view, payload)
    return {"view": shapes.view(asked.world, view)}


@method("views.publish", tier=4)
def published(asked: Asked) -> Said:
    """Somebody's App Home."""
    user = asked.world.users.get(asked.text("user_id"))
    if user is None or user.team != asked.team.id or user.bot:
        raise Refused("user_not_found")
    known = asked.world.home(user)
    payload = checked(
        asked.world, asked.team.id, asked.arguments.get("view"), HOME, but=known.id if known is not None else None
    )
    if known is None:
        view = _new(asked.world, user.team, user.id, payload, HOME)
        asked.world.homes[user.team, user.id] = view.id
        asked.world.touch()
    else:
        view = known
        _same(asked, view)
        change(asked.world, view, payload)
    return {"view": shapes.view(asked.world, view)}


def _found(asked: Asked) -> View:
    """The view that is named; one that was closed is gone."""
    wanted, outer = asked.maybe("view_id"), asked.maybe("external_id")
    if wanted is None and outer is None:
        raise Refused("invalid_arguments", messages=["missing required field: view_id or external_id"])
    for view in asked.world.views.values():
        named = view.id == wanted if wanted is not None else view.payload.get("external_id") == outer
        if named and view.team == asked.team.id and not view.closed:
            return view
    raise Refused("not_found")


def _same(asked: Asked, view: View) -> None:
    given = asked.maybe("hash")
    if given is not None and given != view.hash:
        raise Refused("hash_conflict")


# ---------------------------------------------------------------- what they do; answers to a submission do it, too


def checked(world: World, team: str, view: Any, kind: str, *, but: str | None = None) -> dict[str, Any]:
    """A view, if it can be shown. `but`: a view that may have the same `external_id`, as it is replaced.

    Raises:
        Refused: `invalid_arguments` with what is wrong, `view_too_large`, `duplicate_external_id`.
    """
    if wrong := rules.of_view(view, kind=kind):
        raise Refused("invalid_arguments", messages=wrong)
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST:
        raise Refused("view_too_large")
    outer = view.get("external_id")
    others = (one for one in world.views.values() if one.team == team and not one.closed and one.id != but)
    if outer and any(one.payload.get("external_id") == outer for one in others):
        raise Refused("duplicate_external_id")
    return {**copy.deepcopy(dict(view)), "blocks": posting.with_ids(world, view["blocks"])}


def spent(world: World, team: str, given: str) -> Trigger:
    """What a person did, used up by this.

    Raises:
        Refused: `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id`.
    """
    trigger = world.triggers.get(given)
    if trigger is None or trigger.team != team:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if world.now() - trigger.at > world.limits.trigger:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def show(world: World, team: str, user: str, payload: Mapping[str, Any]) -> View:
    """A modal over whatever modals somebody has open; its payload is `checked`."""
    stack = world.modals.setdefault((team, user), [])
    view = _new(world, team, user, dict(payload), MODAL)
    if stack:
        view.root, view.previous = world.views[stack[0]].root, stack[-1]
    stack.append(view.id)
    world.touch()
    return view


def _new(world: World, team: str, user: str, payload: dict[str, Any], kind: str) -> View:
    number = world.new_id("V")
    view = View(number, team, user, kind, payload, _hash(world), root=number)
    world.views[number] = view
    return view


def change(world: World, view: View, payload: Mapping[str, Any]) -> None:
    """Another content; what was entered stays where block id and action id are the same."""
    view.payload = dict(payload)
    there = {(b["block_id"], e["action_id"]) for b in view.blocks for e in _elements(b) if "action_id" in e}
    kept = {b: {a: s for a, s in states.items() if (b, a) in there} for b, states in view.values.items()}
    view.values = {block: states for block, states in kept.items() if states}
    view.hash = _hash(world)
    view.changes += 1
    world.touch()


def _elements(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    inner = (*(block.get("elements") or ()), block.get("accessory"), block.get("element"))
    return [one for one in inner if isinstance(one, Mapping)]


def _hash(world: World) -> str:
    ts = world.new_ts()
    return f"{ts.partition('.')[0]}.{ts.partition('.')[2]:>8s}".replace(" ", "0")

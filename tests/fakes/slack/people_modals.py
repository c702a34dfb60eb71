"""What a client does with a form: fills it in, refuses what it may not hold, and does as the answer to it says."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import views
from tests.fakes.slack.people_elements import (
    CHOSEN,
    WRITTEN,
    Found,
    Unable,
    chosen,
    elements,
    empty,
    names_of,
    values_of,
    written,
)
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.rules_checks import MODAL
from tests.fakes.slack.state import Team, User, View
from tests.fakes.slack.world import World

TROUBLE = "We had some trouble connecting. Try again?"
"""What a form says when the application gave no answer that makes sense."""


def fill(world: World, user: User, view: View, fields: Mapping[str, Any]) -> None:
    """Put values into a form, by label, block id or action id (`_` for other characters than letters and digits).

    Raises:
        Unable: it has no such field, or the field does not take that.
    """
    left = dict(fields)
    for found in elements(view.blocks):
        if found.element["type"] not in CHOSEN | WRITTEN:
            continue
        names = names_of(found) | {_plainly(one) for one in names_of(found)}
        for name in [key for key in left if key in names]:
            keep(view, found, _state(world, user, found, left.pop(name)))
    if left:
        raise Unable(f"the form has no fields {sorted(left)}")


def _plainly(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name.lower())


def _state(world: World, user: User, found: Found, value: Any) -> dict[str, Any]:
    return written(found, value) if found.element["type"] in WRITTEN else chosen(world, user, found, value)


def keep(view: View, found: Found, state: dict[str, Any]) -> None:
    """A field holds this from now on."""
    block, action = str(found.block["block_id"]), str(found.element["action_id"])
    view.values.setdefault(block, {})[action] = state


def sendable(view: View) -> None:
    """Whether the client sends this form.

    Raises:
        Unable: it has no button for that, or something that is required is missing.
    """
    if not view.payload.get("submit"):
        raise Unable("there is nothing to send here")
    values = values_of(view, view.values)
    for found in elements(view.blocks):
        if found.block.get("type") != "input" or found.block.get("optional"):
            continue
        if empty(values[str(found.block["block_id"])][str(found.element["action_id"])]):
            raise Unable(f"{found.label or found.block.get('block_id')!r} is required")


# ---------------------------------------------------------------- the answer


def answered(world: World, team: Team, user: User, view: View, answer: Any) -> dict[str, str]:
    """Do what the answer to a form says; its errors, by block id, or `{"": TROUBLE}` where it makes no sense."""
    action = answer.get("response_action") if isinstance(answer, Mapping) else None
    stack = world.modals.get((team.id, user.id), [])
    if action is None:
        close(world, user, view)
    elif action == "clear":
        for key in list(reversed(stack)):
            close(world, user, world.views[key])
    elif action == "errors":
        return _errors(view, answer.get("errors"))
    elif action not in {"update", "push"} or not _shown(world, team, user, view, answer, push=action == "push"):
        return {"": TROUBLE}
    return {}


def _shown(world: World, team: Team, user: User, view: View, answer: Mapping[str, Any], *, push: bool) -> bool:
    try:
        payload = views.checked(world, team.id, answer.get("view"), MODAL, but=None if push else view.id)
    except Refused:
        return False
    if push and len(world.modals.get((team.id, user.id), [])) >= views.STACK:
        return False
    if push:
        views.show(world, team.id, user.id, payload)
    else:
        views.change(world, view, payload)
    return True


def _errors(view: View, errors: Any) -> dict[str, str]:
    known = {str(block.get("block_id")) for block in view.blocks if block.get("type") == "input"}
    if not isinstance(errors, Mapping) or not errors or set(errors) - known:
        return {"": TROUBLE}
    return {str(key): str(words) for key, words in errors.items()}


def close(world: World, user: User, view: View) -> None:
    """A modal goes; the one below it comes to the front."""
    stack = world.modals.get((user.team, user.id), [])
    if view.id in stack:
        stack.remove(view.id)
    view.closed = True
    world.touch()

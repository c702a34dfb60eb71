"""What can be pressed and chosen: found by what a person reads on it, and what Slack sends of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.domain.press import pressed
from tests.fakes.slack.state import Channel, Message, User, View
from tests.fakes.slack.world import World

Json = Mapping[str, Any]
PRESSED = frozenset({"button", "icon_button", "feedback_buttons", "overflow", "workflow_button"})
CHOSEN = frozenset(
    {
        "static_select",
        "external_select",
        "conversations_select",
        "channels_select",
        "users_select",
        "multi_static_select",
        "multi_external_select",
        "multi_conversations_select",
        "multi_channels_select",
        "multi_users_select",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "radio_buttons",
        "checkboxes",
    }
)
WRITTEN = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"})
_NAMED = {
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "users_select": "selected_user",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "multi_users_select": "selected_users",
}
"""Where the state of an element has what was chosen, if that is no option."""
_INITIAL = {"selected_option": "initial_option", "selected_options": "initial_options", "value": "initial_value"}


class Unable(AssertionError):
    """The client does not let this person do that: nothing reaches the application."""


@dataclass(frozen=True, slots=True)
class Found:
    """An element, in the block it stands in. Of an overflow and feedback buttons, one of its entries."""

    block: Json
    element: Json
    entry: Json | None = None

    @property
    def label(self) -> str:
        """What is read on it."""
        if self.entry is not None:
            return plain(self.entry.get("text"))
        shown = self.element.get("text") or self.element.get("placeholder") or self.block.get("label")
        return plain(shown)

    @property
    def value(self) -> str:
        """What the application will read."""
        return str((self.entry or self.element).get("value") or "")

    @property
    def dispatches(self) -> bool:
        """Whether choosing tells the application at once."""
        return self.block.get("type") != "input" or bool(self.block.get("dispatch_action"))


def plain(text: Any) -> str:
    """A text object's words."""
    return str(text.get("text", "")) if isinstance(text, Mapping) else str(text or "")


def blocks_of(place: Message | View) -> Sequence[Json]:
    """The blocks of a message or a view."""
    return place.blocks


def elements(blocks: Sequence[Json]) -> Iterator[Found]:
    """Everything that can be pressed, chosen or written in, in reading order."""
    for block in blocks:
        inner = [*(block.get("elements") or ()), block.get("accessory"), block.get("element")]
        for element in inner:
            if isinstance(element, Mapping) and element.get("type") in PRESSED | CHOSEN | WRITTEN:
                yield Found(block, element)
        for name in ("child_blocks", "blocks", "cards"):
            yield from elements([one for one in block.get(name) or () if isinstance(one, Mapping)])
        if block.get("type") == "card":
            yield from (Found(block, one) for one in block.get("actions") or ())


def entries(found: Found) -> Iterator[Found]:
    """An overflow's entries, the two feedback buttons, or the button itself."""
    if found.element["type"] == "overflow":
        yield from (Found(found.block, found.element, option) for option in found.element.get("options") or ())
    elif found.element["type"] == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            yield Found(found.block, found.element, found.element[name])
    else:
        yield found


def to_press(place: Message | View, label: str, story: int | None, nth: int | None) -> Found:
    """What is called so.

    Raises:
        Unable: nothing, or several things that are not the same.
    """
    offered = [e for one in elements(blocks_of(place)) if one.element["type"] in PRESSED for e in entries(one)]
    named = [one for one in offered if label in {one.label, one.element.get("action_id"), one.value}]
    if story is not None:
        named = [one for one in named if _about(one, story)]
    elif any(one.entry is None for one in named):
        named = [one for one in named if one.entry is None]
    if nth is not None:
        named = named[nth - 1 : nth]
    if not named:
        raise Unable(f"nothing to press is called {label!r} among {[one.label for one in offered]}")
    if len({(one.value, str(one.element.get("action_id"))) for one in named}) > 1:
        raise Unable(f"{len(named)} things are called {label!r}: say which, `story=` or `nth=`")
    return named[0]


def _about(found: Found, story: int) -> bool:
    """Whether something is about a story: by its id, else by what is read beside it."""
    press = pressed(found.value)
    if press is not None and press.rest.partition(".")[0].partition(":")[0].isdigit():
        return press.rest.partition(".")[0].partition(":")[0] == str(story)
    beside = plain(found.block.get("text"))
    spoken = str(found.element.get("accessibility_label") or "")
    return beside.lstrip("*").startswith(f"{story}.") or str(story) in spoken.split()


def to_choose(place: Message | View, name: str, kinds: frozenset[str] = CHOSEN) -> Found:
    """The menu of this label, placeholder, block id or action id.

    Raises:
        Unable: there is none.
    """
    offered = [one for one in elements(blocks_of(place)) if one.element["type"] in kinds]
    for one in offered:
        if name in names_of(one):
            return one
    for one in offered:  # a menu of options may be known by what it offers
        if one.element["type"] in {"radio_buttons", "checkboxes"} and name in map(
            _words, one.element.get("options") or ()
        ):
            return one
    raise Unable(f"nothing to choose from is called {name!r} among {[sorted(names_of(one)) for one in offered]}")


def names_of(found: Found) -> set[str]:
    """All that something to fill in may be called."""
    block, element = found.block, found.element
    shown = [block.get("label"), element.get("placeholder"), block.get("text")]
    return {plain(one) for one in shown if one} | {str(block.get("block_id")), str(element.get("action_id"))}


def _words(option: Json) -> str:
    return plain(option.get("text"))


# ---------------------------------------------------------------- what is sent


def press_action(found: Found) -> dict[str, Any]:
    """The action of a pressed button, overflow entry or feedback button."""
    element = found.element
    told = {"action_id": element["action_id"], "block_id": found.block["block_id"], "type": element["type"]}
    if element["type"] == "overflow":
        return told | {"selected_option": dict(found.entry or {})}
    told |= {"text": (found.entry or element).get("text")}
    known = found.entry or element
    return told | {key: known[key] for key in ("value", "style", "url") if key in known}


def chosen(world: World, user: User, found: Found, value: Any, options: Sequence[Json] | None = None) -> dict[str, Any]:
    """The state of an element in which this was chosen, by what is read or by its value.

    Raises:
        Unable: it does not offer that.
    """
    element, kind = found.element, str(found.element["type"])
    if kind in _NAMED:
        return {"type": kind, _NAMED[kind]: _named(world, user, element, kind, value)}
    offered = list(options if options is not None else _options(element))
    many = kind == "checkboxes" or kind.startswith("multi_")
    wanted = [value] if isinstance(value, str) else list(value or ())
    picked = [_picked(offered, one) for one in wanted]
    if many:
        most = element.get("max_selected_items")
        if most is not None and len(picked) > most:
            raise Unable(f"at most {most} can be chosen")
        return {"type": kind, "selected_options": picked}
    if len(picked) != 1:
        raise Unable("exactly one can be chosen")
    return {"type": kind, "selected_option": picked[0]}


def _options(element: Json) -> Iterator[Json]:
    yield from element.get("options") or ()
    for group in element.get("option_groups") or ():
        yield from group.get("options") or ()


def _picked(offered: Sequence[Json], wanted: str) -> dict[str, Any]:
    for option in offered:
        if wanted in {_words(option), option.get("value")}:
            return dict(option)
    begins = [option for option in offered if _words(option).startswith(wanted)]
    if len(begins) == 1:
        return dict(begins[0])
    raise Unable(f"the menu offers {[_words(one) for one in offered]}, not {wanted!r}")


def _named(world: World, user: User, element: Json, kind: str, value: Any) -> Any:
    if kind.startswith("multi_"):
        return [_named(world, user, element, kind.removeprefix("multi_"), one) for one in value]
    if kind in {"conversations_select", "channels_select"}:
        return _id(value, _conversations(world, user, element))
    if kind == "users_select":
        return _id(value, {key: one for key, one in world.users.items() if one.team == user.team})
    if kind == "datepicker":
        return date.fromisoformat(str(value)).isoformat()
    if kind == "timepicker":
        return time.fromisoformat(str(value)).strftime("%H:%M")
    return int(value)


def _conversations(world: World, user: User, element: Json) -> dict[str, Channel]:
    """What a menu of channels offers this person: what they are in, and of that what its filter lets through."""
    shown = element.get("filter") or {}
    kinds = shown.get("include") or ["public", "private", "im", "mpim"]
    kinds = ["public"] if element["type"].endswith("channels_select") else kinds
    found: dict[str, Channel] = {}
    for key, one in world.channels.items():
        kind = "im" if one.direct else "private" if one.private else "public"
        hidden = one.archived or (one.direct and shown.get("exclude_bot_users"))
        hidden = hidden or bool(one.shared_with and shown.get("exclude_external_shared_channels"))
        if user.id in one.members and kind in kinds and not hidden:
            found[key] = one
    return found


def _id(value: Any, known: Mapping[str, Any]) -> str:
    wanted = value if isinstance(value, str) else str(value.id)
    if wanted in known:
        return wanted
    named = [key for key, one in known.items() if one.name == wanted.removeprefix("#").removeprefix("@")]
    if len(named) != 1:
        raise Unable(f"{wanted!r} is not offered, but {sorted(one.name for one in known.values())}")
    return named[0]


def written(found: Found, value: Any) -> dict[str, Any]:
    """The state of a field with this in it.

    Raises:
        Unable: the client does not accept that.
    """
    element, kind = found.element, str(found.element["type"])
    text = "" if value is None else str(value)
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if text and not least <= len(text) <= most:
        raise Unable(f"{found.label!r} takes {least} to {most} characters, not {len(text)}")
    if "\n" in text and not element.get("multiline"):
        raise Unable(f"{found.label!r} has one line")
    return {"type": kind, "value": text or None}


def initial(found: Found) -> dict[str, Any]:
    """The state of an element that nobody touched."""
    element, kind = found.element, str(found.element["type"])
    if kind in _NAMED:
        name = _NAMED[kind]
        first = element.get(name.replace("selected_", "initial_"))
        return {"type": kind, name: first if first is not None or not kind.startswith("multi_") else []}
    if kind in WRITTEN:
        return {"type": kind, "value": element.get("initial_value")}
    name = "selected_options" if kind == "checkboxes" or kind.startswith("multi_") else "selected_option"
    first = element.get(_INITIAL[name])
    return {"type": kind, name: first if first is not None or name == "selected_option" else []}


def empty(state: Json) -> bool:
    """Whether nothing was chosen or written."""
    return not any(value for key, value in state.items() if key != "type")


def values_of(place: Message | View, known: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What Slack sends as `state.values`: what was entered, and what stood there from the beginning."""
    told: dict[str, dict[str, Any]] = {}
    for one in elements(blocks_of(place)):
        if one.element["type"] not in PRESSED:
            block, action = str(one.block["block_id"]), str(one.element["action_id"])
            state = known.get(block, {}).get(action)
            told.setdefault(block, {})[action] = dict(state) if state is not None else initial(one)
    return told

"""Slack's JSON of messages, modals and App Home: how each block, element and view is written, how all are walked.

It is data, and needs no library. Whatever of ours is shown or filled in is made of these. Text given to `mrkdwn`,
`section` and `context` is markup already: what comes from outside goes through `rendering.marks` first, or is `plain`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

Json = Mapping[str, Any]
"""What Slack gives, to be read."""
Payload = dict[str, Any]
"""What it is given: the words and blocks of a message, `{"text", "blocks"}`; or a block, an element."""
View = dict[str, Any]
"""A modal or App Home."""

FORM: Final = "b1"
"""What ids of ours begin with."""
TITLE: Final = 24
"""Characters of a modal's title and of its two buttons."""
OPTION: Final = 75
"""Characters of an option, of what is said about it, of a placeholder and of what is read out for a button."""
_HEADER, _LABEL = 150, 2_000
_HELD = ("title", "text", "submit", "close", "label", "placeholder", "hint", "description", "confirm", "deny")
"""Where composition objects stand, in reading order."""
_WITHIN = ("blocks", "elements", "fields", "accessory", "element", "positive_button", "negative_button", "options")


# ---------------------------------------------------------------- messages and views


def message(text: str, *blocks: Json) -> Payload:
    """A message: `text` is what notifications and screen readers get, a sentence of its own."""
    return {"text": text, "blocks": [dict(one) for one in blocks]}


def modal(
    title: str,
    *blocks: Json,
    close: str,
    submit: str | None = None,
    callback: str | None = None,
    metadata: str = "",
) -> View:
    """A window over the client; with `submit`, a form. Its title is cut to 24 characters."""
    made: View = {
        "type": "modal",
        "title": plain(title[:TITLE]),
        "close": plain(close[:TITLE]),
        "blocks": [dict(one) for one in blocks],
    }
    made |= {"submit": plain(submit[:TITLE])} if submit else {}
    return made | _with(callback_id=callback, private_metadata=metadata)


def footed(view: View, *, close: str, submit: str, callback: str) -> View:
    """A window with other buttons in its footer."""
    return {**view, "close": plain(close[:TITLE]), "submit": plain(submit[:TITLE]), "callback_id": callback}


def home(*blocks: Json, callback: str | None = None, metadata: str = "") -> View:
    """The App Home of one person."""
    made: View = {"type": "home", "blocks": [dict(one) for one in blocks]}
    return made | _with(callback_id=callback, private_metadata=metadata)


# ---------------------------------------------------------------- blocks


def header(text: str) -> Payload:
    """A heading; no markup, no dates."""
    return {"type": "header", "text": plain(text[:_HEADER])}


def section(text: str, accessory: Json | None = None, *, block: str | None = None) -> Payload:
    """A text in mrkdwn, perhaps with something to press beside it."""
    made: Payload = {"type": "section", "text": mrkdwn(text)}
    return made | ({"accessory": dict(accessory)} if accessory else {}) | _with(block_id=block)


def context(*texts: str) -> Payload:
    """Small grey text in mrkdwn; at most ten pieces."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def markdown(text: str) -> Payload:
    """A text in Markdown, in messages only."""
    return {"type": "markdown", "text": text}


def divider() -> Payload:
    """A line between parts."""
    return {"type": "divider"}


def actions(*elements: Json, block: str | None = None) -> Payload:
    """Buttons and menus beside each other."""
    return {"type": "actions", "elements": [dict(one) for one in elements]} | _with(block_id=block)


def context_actions(*elements: Json) -> Payload:
    """Small buttons under an answer."""
    return {"type": "context_actions", "elements": [dict(one) for one in elements]}


def picture(address: str, described: str) -> Payload:
    """An image block; `described` is its finding, in words."""
    return {"type": "image", "image_url": address, "alt_text": described}


def uploaded(file: str, described: str) -> Payload:
    """An image block of a file that was put into the workspace, by its id."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": described}


def is_pictured(payload: Json) -> bool:
    """Whether a message or view shows a file."""
    return any("slack_file" in block for block in payload.get("blocks") or ())


def unpictured(payload: Json) -> Payload:
    """A message or view without the files it shows: the same in words."""
    return {**payload, "blocks": [block for block in payload.get("blocks") or () if "slack_file" not in block]}


def field(
    label: str, element: Json, *, block: str, about: str = "", optional: bool = False, tells: bool = False
) -> Payload:
    """One thing to fill in, of a modal. `tells`: what is chosen is sent at once as a press, too."""
    made: Payload = {"type": "input", "block_id": block, "label": plain(label[:_LABEL]), "element": dict(element)}
    made |= {"hint": plain(about[:_LABEL])} if about else {}
    return made | ({"optional": True} if optional else {}) | ({"dispatch_action": True} if tells else {})


# ---------------------------------------------------------------- composition


def plain(text: str) -> Payload:
    """Text without markup; `:signs:` stay words."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Payload:
    """Text in Slack's markup. Only what is written as a link or mention is one: no address, no `#name` by itself."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(label: str, value: str, *, about: str = "") -> Payload:
    """One line of a menu; its value has at most 150 characters."""
    made: Payload = {"text": plain(label[:OPTION]), "value": value}
    return made | ({"description": plain(about[:OPTION])} if about else {})


def sure(title: str, text: str, yes: str, no: str, *, danger: bool = False) -> Payload:
    """A question that a button asks before it does anything."""
    made: Payload = {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}
    return made | ({"style": "danger"} if danger else {})


# ---------------------------------------------------------------- what is pressed


def action(value: str, n: int | None = None) -> str:
    """The `action_id` of something to press with this value (`press.named`): `b1:src`; `b1:src:2` for the second."""
    verb = value.split(":")[1] if value.startswith(f"{FORM}:") else value
    return f"{FORM}:{verb}" + ("" if n is None else f":{n}")


def button(
    label: str,
    value: str,
    *,
    n: int | None = None,
    primary: bool = False,
    said: str = "",
    sure: Json | None = None,
) -> Payload:
    """Something to press. `value` is a `press.named`; `n` where a block has its verb several times; `said` is read out
    in place of a label that stands there several times.
    """
    made: Payload = {"type": "button", "text": plain(label), "action_id": action(value, n), "value": value}
    made |= {"style": "primary"} if primary else {}
    return made | _with(accessibility_label=said[:OPTION], confirm=sure and dict(sure))


def link(label: str, address: str, *, n: int = 1) -> Payload:
    """A button that leads to an address of at most 3,000 characters. Its press comes to us, too, and asks nothing."""
    return {"type": "button", "text": plain(label), "action_id": f"{FORM}:go:{n}", "url": address}


def overflow(value: str, options: Sequence[Payload], *, n: int | None = None) -> Payload:
    """A menu behind three dots, at most five lines; each has its own value. `value` names the menu."""
    return {"type": "overflow", "action_id": action(value, n), "options": list(options)}


def select(
    value: str, placeholder: str, options: Sequence[Payload], *, chosen: str | None = None, n: int | None = None
) -> Payload:
    """Lines to choose one of; `chosen` is the value that stands there already. `value` names the menu."""
    return _menu("static_select", value, placeholder, options, chosen, n)


def searched(value: str, placeholder: str, *, chosen: Payload | None = None, least: int = 0) -> Payload:
    """Lines that we give while somebody types, from `least` characters on."""
    made = _named("external_select", value, placeholder)
    return made | {"min_query_length": least} | _with(initial_option=chosen)


def channels(value: str, placeholder: str, *, chosen: str | None = None, private: bool = True) -> Payload:
    """Channels to choose one of; those that are shared with other workspaces are left out."""
    include = ["public", "private"] if private else ["public"]
    made = _named("conversations_select", value, placeholder)
    made["filter"] = {"include": include, "exclude_external_shared_channels": True, "exclude_bot_users": True}
    return made | _with(initial_conversation=chosen)


def radio(value: str, options: Sequence[Payload], *, chosen: str | None = None) -> Payload:
    """At most ten lines, all in sight, to choose one of."""
    return _menu("radio_buttons", value, "", options, chosen, None)


def checkboxes(value: str, options: Sequence[Payload], *, chosen: Sequence[str] = ()) -> Payload:
    """At most ten lines, all in sight, to choose any of."""
    made: Payload = {"type": "checkboxes", "action_id": action(value), "options": list(options)}
    ticked = [one for one in options if one["value"] in chosen]
    return made | ({"initial_options": ticked} if ticked else {})


def time_of_day(value: str, placeholder: str, *, chosen: str | None = None) -> Payload:
    """A time such as `07:30`."""
    return _named("timepicker", value, placeholder) | _with(initial_time=chosen)


def text_input(
    value: str, *, text: str = "", hint: str = "", lines: bool = False, most: int = 1_000, least: int = 0
) -> Payload:
    """Words to type: one line, or several."""
    made = _named("plain_text_input", value, hint) | {"max_length": most}
    made |= {"multiline": True} if lines else {}
    return made | ({"min_length": least} if least else {}) | _with(initial_value=text)


def feedback(value: str, useful: tuple[str, str], not_useful: tuple[str, str], values: tuple[str, str]) -> Payload:
    """Two small buttons: label and what is read out of each; their values."""
    made = [
        {"text": plain(label), "value": one, "accessibility_label": said[:OPTION]}
        for (label, said), one in zip((useful, not_useful), values, strict=True)
    ]
    kind = {"type": "feedback_buttons", "action_id": action(value)}
    return {**kind, "positive_button": made[0], "negative_button": made[1]}


def _named(kind: str, value: str, placeholder: str = "", n: int | None = None) -> Payload:
    made: Payload = {"type": kind, "action_id": action(value, n)}
    return made | ({"placeholder": plain(placeholder[:OPTION])} if placeholder else {})


def _menu(
    kind: str, value: str, placeholder: str, options: Sequence[Payload], chosen: str | None, n: int | None
) -> Payload:
    first = next((one for one in options if one["value"] == chosen), None)
    return _named(kind, value, placeholder, n) | {"options": list(options)} | _with(initial_option=first)


def _with(**more: object) -> Payload:
    return {key: value for key, value in more.items() if value}


# ---------------------------------------------------------------- our own words


def bold_start(sentences: str) -> str:
    """The first sentence of a notice in bold, in mrkdwn."""
    first, stop, rest = sentences.partition(". ")
    return f"*{first}.* {rest}" if stop else f"*{first}*"


def moment(at: datetime, form: str, otherwise: str) -> str:
    """An instant that each reader sees in their own zone, in mrkdwn: `form` as `{date_short} at {time}`; `otherwise`
    is what clients that cannot do that print. Not for headers, titles and buttons.
    """
    said = otherwise.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "/")
    return f"<!date^{int(at.timestamp())}^{form}|{said}>"


# ---------------------------------------------------------------- reading


def every(payload: Json) -> Iterator[Any]:
    """Every block, element and option of a message, view or block, in reading order; what stands beside comes after."""
    for key in _WITHIN:
        held = payload.get(key)
        for one in (held,) if isinstance(held, Mapping) else held or ():
            if isinstance(one, Mapping):
                yield one
                yield from every(one)


def readable(payload: Json) -> Iterator[str]:
    """Every text that somebody reads in a message, view or block, as written, in reading order: words, labels,
    options, what pictures show, what is read out. Without the top-level `text` of a message.
    """
    for one in (payload, *every(payload)):
        yield from _texts(one)


def _texts(part: Json) -> Iterator[str]:
    for key in _HELD:
        held = part.get(key)
        if isinstance(held, Mapping):
            yield from (_texts(held) if key == "confirm" and "title" in held else (held.get("text") or "",))
        elif isinstance(held, str) and key == "text" and part.get("type") in {"markdown", "mrkdwn", "plain_text"}:
            yield held
    yield from (str(part[key]) for key in ("alt_text", "accessibility_label") if part.get(key))


def filled(view: Json) -> dict[str, tuple[str, ...]]:
    """What was typed or chosen in a view, by the id of the block; what was left empty is missing.

    Of a file, its id.
    """
    values = (view.get("state") or {}).get("values") or {}
    return {block: said for block, held in values.items() for one in held.values() if (said := _chosen(one))}


def _chosen(state: Json) -> tuple[str, ...]:
    for key in (
        "value",
        "selected_time",
        "selected_date",
        "selected_conversation",
        "selected_channel",
        "selected_user",
    ):
        if state.get(key):
            return (str(state[key]),)
    if state.get("selected_option"):
        return (str(state["selected_option"]["value"]),)
    if state.get("files"):
        return tuple(str(file["id"]) for file in state["files"])
    several = state.get("selected_options") or ()
    return tuple(str(one["value"]) for one in several)

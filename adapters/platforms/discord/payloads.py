"""Discord's JSON of messages and forms: its flags and types by name, how a component is written, how all are walked.

It is data, and needs no library. Whatever of ours is shown or filled in is made of these.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

Json = Mapping[str, Any]
"""What Discord gives, to be read."""
Payload = dict[str, Any]
"""What it is given: the body of a message, `{"flags", "components", "allowed_mentions"}`, a form, or a component."""

EPHEMERAL: Final = 1 << 6
"""Only one person sees it."""
SILENT: Final = 1 << 12
CV2: Final = 1 << 15
"""It is made of components, and of nothing else."""

ROW: Final = 1
BUTTON: Final = 2
STRING_SELECT: Final = 3
TEXT_INPUT: Final = 4
ROLE_SELECT: Final = 6
CHANNEL_SELECT: Final = 8
SELECTS: Final = frozenset({3, 5, 6, 7, 8})
SECTION: Final = 9
TEXT: Final = 10
THUMBNAIL: Final = 11
GALLERY: Final = 12
FILE: Final = 13
SEPARATOR: Final = 14
CONTAINER: Final = 17
LABEL: Final = 18
UPLOAD: Final = 19
CHOICES: Final = frozenset({21, 22})
"""Radio group and checkbox group."""
CHECKBOX: Final = 23

PRIMARY: Final = 1
PLAIN: Final = 2
LINK: Final = 5
"""Styles of buttons."""

ATTACHED: Final = "attachment://"
"""Before the name of a file that is sent with the message."""

_LABEL, _TITLE, _ABOUT = 75, 45, 100
"""Characters of an option and what is said about it, of a title or field, of what is said about a field."""


# ---------------------------------------------------------------- messages


def message(*components: Json) -> Payload:
    """A message of components."""
    return {"flags": CV2, "components": [dict(one) for one in components], "allowed_mentions": {"parse": []}}


def text(*lines: str) -> Payload:
    """Lines of Markdown."""
    return {"type": TEXT, "content": "\n".join(lines)}


def row(*inside: Json) -> Payload:
    """Buttons beside each other, or one select."""
    return {"type": ROW, "components": [dict(one) for one in inside]}


def button(label: str, custom_id: str, *, primary: bool = False, disabled: bool = False) -> Payload:
    """Something to press."""
    made = {"type": BUTTON, "style": PRIMARY if primary else PLAIN, "label": label, "custom_id": custom_id}
    return {**made, "disabled": True} if disabled else made


def link(label: str, url: str) -> Payload:
    """A button that leads to an address of at most 512 characters."""
    return {"type": BUTTON, "style": LINK, "label": label, "url": url}


def gallery(file: str, described: str) -> Payload:
    """A picture that is sent with the message; `described` is its finding, in words."""
    return {"type": GALLERY, "items": [{"media": {"url": f"{ATTACHED}{file}"}, "description": described}]}


def option(label: str, value: str, *, about: str = "", chosen: bool = False) -> Payload:
    """One line of a select."""
    made: Payload = {"label": label[:_LABEL], "value": value}
    return made | ({"description": about[:_LABEL]} if about else {}) | ({"default": True} if chosen else {})


def select(custom_id: str, placeholder: str, options: Sequence[Payload], **more: object) -> Payload:
    """Lines to choose from; without a placeholder where one is chosen already."""
    made: Payload = {"type": STRING_SELECT, "custom_id": custom_id, "options": list(options), **more}
    return made | ({"placeholder": placeholder} if placeholder else {})


# ---------------------------------------------------------------- forms


def modal(custom_id: str, title: str, *fields: Payload) -> Payload:
    """A form in a window of its own; at most five fields."""
    return {"custom_id": custom_id, "title": title[:_TITLE], "components": list(fields)}


def field(label: str, component: Json, about: str = "") -> Payload:
    """One thing to fill in, of a modal."""
    made = {"type": LABEL, "label": label[:_TITLE], "component": dict(component)}
    return {**made, "description": about[:_ABOUT]} if about else made


def line_of(custom_id: str, *, value: str = "", hint: str = "", required: bool = True, most: int = 100) -> Payload:
    """One line of text to type."""
    made: Payload = {"type": TEXT_INPUT, "custom_id": custom_id, "style": 1, "required": required, "max_length": most}
    return made | ({"value": value} if value else {}) | ({"placeholder": hint} if hint else {})


def filled(components: Iterable[Json]) -> dict[str, tuple[str, ...]]:
    """What was typed or chosen in a modal, by the id of the field; what was left empty is missing."""
    found: dict[str, tuple[str, ...]] = {}
    for one in inside(components):
        if (key := one.get("custom_id")) and (chosen := one.get("values") or [one.get("value")]):
            found |= {key: tuple(str(value) for value in chosen)} if any(chosen) else {}
    return found


# ---------------------------------------------------------------- our own words


def attached(payload: Json) -> list[Payload]:
    """What a message says of the files that are sent with it, by the names under which its pictures ask for them."""
    items = [item for one in every(payload) if one.get("type") == GALLERY for item in one["items"]]
    shown = {item["media"]["url"].removeprefix(ATTACHED): item.get("description") or "" for item in items}
    return [{"id": str(n), "filename": name, "description": about} for n, (name, about) in enumerate(shown.items())]


def unpictured(payload: Json) -> Payload:
    """The message without its pictures and the files for them: the same in words. Also of a request that holds one."""
    made = {key: value for key, value in payload.items() if key != "attachments"}
    for key in ("message", "data"):
        if isinstance(made.get(key), Mapping):
            made[key] = unpictured(made[key])
    if "components" in made:
        kept = (one for one in made["components"] if one.get("type") != GALLERY)
        made["components"] = [unpictured(one) for one in kept]
    return made


def bold_start(sentences: str) -> str:
    """The first sentence of a notice in bold."""
    first, stop, rest = sentences.partition(". ")
    return f"**{first}.** {rest}" if stop else f"**{first}**"


def notice(sentences: str, *rows: Payload) -> Payload:
    """What we have to say, in words of our own (no text from outside)."""
    return message(text(bold_start(sentences)), *rows)


def moment(at: datetime, form: str = "f") -> str:
    """An instant that each reader sees in their own zone."""
    return f"<t:{int(at.timestamp())}:{form}>"


# ---------------------------------------------------------------- walking


def every(payload: Json) -> Iterator[Any]:
    """Every component of a message or form."""
    return inside(payload.get("components") or ())


def inside(components: Iterable[Json]) -> Iterator[Any]:
    """Some components and all within them, in reading order; what stands beside texts comes after these."""
    for one in components:
        yield one
        yield from inside(one.get("components") or ())
        for key in ("accessory", "component"):
            if isinstance(one.get(key), Mapping):
                yield from inside((one[key],))

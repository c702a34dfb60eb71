"""How much a Discord message may hold. Own budgets stay below Discord's, which checks some of its limits with a 500."""

from dataclasses import dataclass
from typing import Final

from adapters.platforms.discord.payloads import BUTTON, GALLERY, ROW, SELECTS, TEXT, Json, every
from bot.domain.press import LONGEST as LONGEST_ID
from bot.domain.press import STAMP
from bot.errors import MessageRefused

COMPONENTS: Final = 36
"""Nested ones count. Discord: 40."""
CHARACTERS: Final = 3_600
"""Of all texts, as markdown with its addresses. Discord: 4,000."""
BYTES: Final = 9_500
"""UTF-8 of all texts, and 12 a text. Discord: about 10,170, above which it answers 500."""
LABEL: Final = 24
"""Of a button, in every language. Discord: 80."""
OPTION: Final = 75
"""Label, description and placeholder of a select. Discord: 100 and 150."""
OPTIONS: Final = 25
VALUE: Final = 100
IN_A_ROW: Final = 4
"""Buttons that a phone of 390 px still shows in two lines. Discord: 5."""
ADDRESS: Final = 512
"""Of a link button."""
STAMPED: Final = 100
"""An id with what the ledger adds to it."""
ALT: Final = 250
"""Of what a picture shows. Discord: 1,024."""
PICTURES: Final = 10
"""In a gallery. Discord's own."""
CONTENT: Final = 1_900
"""Of a classic message. Discord: 2,000."""
NAME: Final = 90
"""Of a thread. Discord: 100."""
_TEXT_COST: Final = 12


@dataclass(frozen=True, slots=True)
class Size:
    """What a payload weighs."""

    components: int
    characters: int
    bytes: int


def measure(payload: Json) -> Size:
    """Count a payload's components, characters of text, and bytes (UTF-8 of all texts + 12 a text)."""
    components = list(every(payload))
    texts = [component["content"] for component in components if component.get("type") == TEXT]
    said = [*texts, payload.get("content") or ""]
    weight = sum(len(text.encode()) for text in said) + _TEXT_COST * len(texts)
    return Size(len(components), sum(map(len, said)), weight)


def check(payload: Json) -> None:
    """Refuse a payload that Discord might refuse.

    Raises:
        MessageRefused: naming everything that is too long.
    """
    found = faults(payload)
    if found:
        raise MessageRefused("; ".join(found))


def faults(payload: Json) -> list[str]:
    """Everything about a payload that is above a budget, in words; empty when it may go out."""
    size = measure(payload)
    found = [
        *_above("components", size.components, COMPONENTS),
        *_above("characters", size.characters, CHARACTERS),
        *_above("bytes", size.bytes, BYTES),
        *_above("characters of plain text", len(payload.get("content") or ""), CONTENT),
    ]
    ids: set[str] = set()
    for component in every(payload):
        found += _of(component)
        name = component.get("custom_id")
        if name in ids:
            found.append(f"the id {name} stands twice")
        ids |= {name} if name else set()
    return found


def _of(component: Json) -> list[str]:
    """What is wrong with one component."""
    kind, name = component.get("type"), component.get("custom_id") or ""
    found = [*_above(f"id {name}", len(STAMP.sub("", name)), LONGEST_ID), *_above(f"id {name}", len(name), STAMPED)]
    if kind == TEXT and not component["content"].strip():
        found.append("an empty text")
    if kind == ROW:
        found += _above("things in a row", len(component["components"]), IN_A_ROW)
    if kind == BUTTON:
        label = component.get("label") or ""
        found += [*_above(f"label {label!r}", len(label), LABEL)]
        found += _above(f"address of {label!r}", len(component.get("url") or ""), ADDRESS)
    if kind == GALLERY:
        found += _above("pictures", len(component["items"]), PICTURES)
        found += [fault for one in component["items"] for fault in _above("alt text", len(one["description"]), ALT)]
    return found + (_of_select(component) if kind in SELECTS else [])


def _of_select(component: Json) -> list[str]:
    placeholder, options = component.get("placeholder") or "", component.get("options") or []
    found = [
        *_above(f"placeholder {placeholder!r}", len(placeholder), OPTION),
        *_above("options", len(options), OPTIONS),
    ]
    for option in options:
        label = option["label"]
        found += _above(f"option {label!r}", len(label), OPTION)
        found += _above(f"description of {label!r}", len(option.get("description") or ""), OPTION)
        found += _above(f"value of {label!r}", len(option["value"]), VALUE)
    return found


def _above(what: str, count: int, most: int) -> list[str]:
    return [f"{what}: {count}, at most {most}"] if count > most else []

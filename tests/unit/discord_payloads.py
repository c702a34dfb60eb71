"""Reading payloads of Discord in tests: their parts, their text as a reader sees it, their links."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.platforms.discord.payloads import Payload
from adapters.platforms.discord.rendering import Where, render
from bot.domain.message import Message
from tests.unit.rendering_samples import folded, phrases

BOX, ROW, BUTTON, SELECT, TEXT, LINE = 17, 1, 2, 3, 10, 14
NAMES = {ROW: "Row", BUTTON: "Button", SELECT: "Select", TEXT: "Text", LINE: "Sep", BOX: "Box"}
LINK = re.compile(r"(?<!\\)\[(?P<text>\*{0,2}(?:\[\d+\])?(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)")


def shown(message: Message, language: str = "en", where: Where | None = None) -> tuple[Payload, ...]:
    """All payloads of a message."""
    return render(message, phrases(language), where or Where())


def one(message: Message, language: str = "en", where: Where | None = None) -> Payload:
    """The only payload of a message."""
    (payload,) = shown(message, language, where)
    return payload


def walk(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every component, in reading order."""
    for component in part.get("components", ()):
        yield component
        yield from walk(component)


def of_kind(payload: Payload, kind: int) -> list[Mapping[str, Any]]:
    return [component for component in walk(payload) if component["type"] == kind]


def texts(payload: Payload) -> list[str]:
    return [component["content"] for component in of_kind(payload, TEXT)]


def buttons(payload: Payload) -> list[Mapping[str, Any]]:
    return of_kind(payload, BUTTON)


def tree(payload: Payload) -> str:
    """`Box{Text, Sep, 2 Text, Row(Select:5)}`, as the interface reference writes it."""
    return _listed(payload["components"])


def _listed(components: list[Mapping[str, Any]]) -> str:
    return folded([_named(component) for component in components])


def _named(component: Mapping[str, Any]) -> str:
    kind = component["type"]
    if kind == SELECT:
        return f"Select:{len(component['options'])}"
    if kind == BUTTON and component["style"] == 5:
        return "Link"
    inside = _listed(component["components"]) if "components" in component else ""
    return {BOX: f"Box{{{inside}}}", ROW: f"Row({inside})"}.get(kind, NAMES[kind])


def links(payload: Payload) -> list[tuple[str, str]]:
    """Text and address of every link, in reading order."""
    return [(found["text"], found["url"]) for text in texts(payload) for found in LINK.finditer(text)]


def unlinked(text: str) -> str:
    """A text without its links."""
    return LINK.sub("", text)

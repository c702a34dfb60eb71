"""Reading payloads of Discord in tests: their parts, their text as a reader sees it, their links."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.payloads import Payload
from adapters.platforms.discord.rendering import Where, render
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import parse, spelled
from bot.domain.edition import Edition
from bot.domain.message import Answer, Message

BOX, ROW, BUTTON, SELECT, TEXT, LINE = 17, 1, 2, 3, 10, 14
NAMES = {ROW: "Row", BUTTON: "Button", SELECT: "Select", TEXT: "Text", LINE: "Sep", BOX: "Box"}
LINK = re.compile(r"(?<!\\)\[(?P<text>\*{0,2}(?:\[\d+\])?(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)")
NUMBER = re.compile(r"\[(\d+)\]")


def phrases(language: str = "en"):
    return FluentCatalogue().speak(language)


def shown(message: Message, language: str = "en", where: Where | None = None) -> tuple[Payload, ...]:
    """All payloads of a message."""
    return render(message, phrases(language), where or Where())


def one(message: Message, language: str = "en", where: Where | None = None) -> Payload:
    """The only payload of a message."""
    (payload,) = shown(message, language, where)
    return payload


def looked_up(typed: str, edition: Edition, language: str = "en", *, private: bool = True, **facts: Any) -> Answer:
    """The answer to a look-up."""
    spoken = phrases(language)
    command = parse(typed, spoken.words())
    assert command is not None
    reply = replace(carry_out(command, edition, Wording(spoken.say, language)), private=private)
    return Answer(reply, language, edition, spelled(command), **facts)


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
    names = [_named(component) for component in components]
    runs: list[list[str]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(f"{len(run)} {run[0]}" if len(run) > 1 else run[0] for run in runs)


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

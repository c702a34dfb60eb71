"""Reading payloads of Slack in tests: their tree, their text as a reader sees it, their links."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from adapters.platforms.slack.payloads import Payload, View, every
from adapters.platforms.slack.rendering import Where, modal, render
from bot.domain.message import Message
from tests.unit.rendering_samples import folded, phrases

ANCHOR = re.compile(r"<(?P<url>https?://[^|<>\s]+)\|(?P<text>[^<>|\n]*)>")
MASKED = re.compile(r"(?<!\\)\[(?P<text>(?:\[\d+\])?(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)")
TOKEN = re.compile(r"<!date\^\d+\^(?:[^|<>]*)\|(?P<text>[^|<>]*)>")


def shown(message: Message, language: str = "en", where: Where | None = None) -> tuple[Payload, ...]:
    """All payloads of a message."""
    return render(message, phrases(language), where or Where())


def one(message: Message, language: str = "en", where: Where | None = None) -> Payload:
    """The only payload of a message."""
    (payload,) = shown(message, language, where)
    return payload


def window(message: Message, language: str = "en", where: Where | None = None, **more: Any) -> View:
    """A message in a window."""
    return modal(message, phrases(language), where or Where(private=True), **more)


def of_kind(payload: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [part for part in every(payload) if part.get("type") == kind]


def buttons(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return of_kind(payload, "button")


def values(payload: Mapping[str, Any]) -> list[str]:
    """Every value that a press would bring, in reading order."""
    return [part["value"] for part in every(payload) if "value" in part]


def marked(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Kind (`mrkdwn`, `markdown`) and text of everything that is markup, in reading order."""
    return [(kind, text) for block in payload["blocks"] for kind, text in _marked(block)]


def _marked(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if block["type"] == "markdown":
        yield "markdown", block["text"]
    held = [block.get("text"), *block.get("elements", ())]
    yield from (("mrkdwn", one["text"]) for one in held if isinstance(one, Mapping) and one.get("type") == "mrkdwn")


def texts(payload: Mapping[str, Any]) -> list[str]:
    return [text for _, text in marked(payload)]


def links(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Text and address of every link, in reading order."""
    found = []
    for kind, text in marked(payload):
        pattern = ANCHOR if kind == "mrkdwn" else MASKED
        found += [(match["text"], unescape(match["url"])) for match in pattern.finditer(text)]
    return found


def unlinked(payload: Mapping[str, Any]) -> str:
    """What is marked up, without its links and instants."""
    return "\n".join(
        TOKEN.sub("", ANCHOR.sub("", text) if kind == "mrkdwn" else MASKED.sub("", text))
        for kind, text in marked(payload)
    )


def tree(payload: Mapping[str, Any]) -> str:
    """`context, header, 2 section+overflow, actions(3 button)`, as the interface reference writes it."""
    return folded([_named(block) for block in payload["blocks"]])


def _named(block: Mapping[str, Any]) -> str:
    kind = str(block["type"])
    if "accessory" in block:
        return f"{kind}+{block['accessory']['type']}"
    if kind in {"actions", "context_actions"}:
        return f"{kind}({folded([element['type'] for element in block['elements']])})" if kind == "actions" else kind
    return kind

"""A judge of everything that leaves us for Slack: reads the requests as Slack would, and knows nothing of our code."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.wire import Request

_ENTITY = re.compile(r"<([^<>]*)>")
_BAD_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_RINGS = re.compile(r"<(?:!(?:channel|here|everyone|group|subteam)|@)")
_MASKED = re.compile(r"(?<!\\)\[((?:\\.|[^\\\[\]]|\[\d+\])*)\]\(([^)\s]*)\)")
_OPEN = re.compile(r"(?<!\\)(?:\\\\)*\]\(")
_ADDRESS = re.compile(r"(?:https?|ftp|slack|javascript|mailto|tel|data):(?=\S)", re.IGNORECASE)
_AUTOLINK = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
_HTML = re.compile(r"(?<!\\)<")
_HOST = re.compile(r"(?:https?://|www\.)([\w.-]+)|\b((?:[\w-]+\.)+(?:com|example|org|net))\b", re.IGNORECASE)
_DATE = re.compile(r"!date\^\d+\^[^^|]+\|[^|]*")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_QUIET = ("chat.postMessage", "chat.postEphemeral")
_UNREAD = frozenset({"value", "private_metadata", "callback_id", "action_id", "block_id", "type", "style"})


@dataclass(frozen=True)
class Judge:
    """What our messages may lead to."""

    fake: FakeSlack
    allowed: frozenset[str]
    """Addresses of the evidence."""

    @cached_property
    def _cited(self) -> frozenset[str]:
        """As people see them."""
        return frozenset(map(_seen, self.allowed))

    def faults(self) -> list[str]:
        """What is wrong with anything that was sent; nothing is, where all is well."""
        world = self.fake.world
        found = [f"rings: {pings}" for pings in world.pings().values()]
        found += [f"unfurls: {pages}" for pages in world.unfurls().values()]
        for request in self.fake.requests:
            found += [f"{request.method}: {fault}" for fault in self._of(request)]
        return found

    def payload(self, payload: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with a message before it is posted."""
        yield from self.mrkdwn(str(payload.get("text", "")))
        yield from self._within(payload.get("blocks"))

    def _of(self, request: Request) -> Iterator[str]:
        given = request.arguments
        if request.method in _QUIET[:1] and (given.get("unfurl_links"), given.get("unfurl_media")) != (False, False):
            yield "pages are unfolded"
        if given.get("link_names") or given.get("parse") == "full" or given.get("reply_broadcast"):
            yield "names ring"
        if request.method.startswith(("chat.", "response")) and given.get("text"):
            yield from self.mrkdwn(str(given["text"]))
        if given.get("markdown_text"):
            yield from self.markdown(str(given["markdown_text"]))
        for part in (given.get("blocks"), given.get("view"), given.get("chunks")):
            yield from self._within(json.loads(part) if isinstance(part, str) else part)
        for part in (given.get("status"), given.get("loading_messages"), given.get("prompts"), given.get("title")):
            yield from self._plain(part)

    def _within(self, part: Any) -> Iterator[str]:
        if isinstance(part, list | tuple):
            for one in part:
                yield from self._within(one)
        elif isinstance(part, Mapping):
            yield from self._of_part(part)

    def _of_part(self, part: Mapping[str, Any]) -> Iterator[str]:
        kind, text = part.get("type"), str(part.get("text"))
        match kind:
            case "mrkdwn":
                yield from self.mrkdwn(text)
                yield from [] if part.get("verbatim") is True else [f"names are looked for in {text!r}"]
            case "markdown":
                yield from self.markdown(text)
            case "plain_text":
                yield from self._plain(text)
                yield from [] if part.get("emoji") is False else [f"signs become pictures in {text!r}"]
            case _:
                addresses = (str(part[name]) for name in ("url", "image_url") if part.get(name))
                yield from (f"leads to {one!r}" for one in addresses if not self._leads_well(one))
                yield from self._within([held for name, held in part.items() if name not in _UNREAD])

    def mrkdwn(self, text: str) -> Iterator[str]:
        """What is wrong with a text in Slack's own markup."""
        if _RINGS.search(text):
            yield f"rings {text!r}"
        if _BAD_AMPERSAND.search(text):
            yield f"not escaped {text!r}"
        for entity in _ENTITY.findall(text):
            address, bar, label = entity.partition("|")
            if _DATE.fullmatch(entity) or re.fullmatch(r"#C\d+", entity):
                continue
            if not bar or not self._leads_well(address.replace("&amp;", "&")):
                yield f"leads to {entity!r}"
            yield from _honest(label, address)
        rest = _ENTITY.sub("", text)
        if "<" in rest or ">" in rest.replace("\n> ", "").removeprefix("> "):
            yield f"not escaped {text!r}"
        if _AUTOLINK.search(rest) and "://" in rest:
            yield f"an address in {text!r}"
        yield from self._plain(text)

    def markdown(self, text: str) -> Iterator[str]:
        """What is wrong with a text in Markdown."""
        for label, address in _MASKED.findall(text):
            if not self._leads_well(address.replace("&amp;", "&")):
                yield f"leads to {address!r}"
            yield from _honest(label, address)
        rest = _MASKED.sub("", text)
        if _OPEN.search(rest) or _HTML.search(rest):
            yield f"not escaped {text!r}"
        if _AUTOLINK.search(rest):
            yield f"an address in {text!r}"
        if _RINGS.search(text.replace("\\", "")):
            yield f"rings {text!r}"
        yield from self._plain(text)

    def _plain(self, part: object) -> Iterator[str]:
        if _HIDDEN.search(str(part or "")):
            yield f"something hidden in {part!r}"

    def _leads_well(self, address: str) -> bool:
        """To what was cited, or to a message of this workspace."""
        own = any(address.startswith(f"https://{team.domain}.slack.com/") for team in self.fake.world.teams.values())
        return own or _seen(address) in self._cited


def _seen(address: str) -> str:
    """An address as people see it: what prints as nothing does not count."""
    return "".join(one for one in unicodedata.normalize("NFC", unquote(address)) if one.isprintable())


def _honest(label: str, address: str) -> Iterator[str]:
    """No link says that it leads to another host than it does."""
    target = (urlsplit(address).hostname or "").lower()
    for named in _hosts(label.replace("\\", "")):
        if named != target and not target.endswith(f".{named}"):
            yield f"{label!r} leads to {target!r}"


def _hosts(text: str) -> Iterable[str]:
    for pair in _HOST.findall(text):
        yield next(filter(None, pair)).lower().removeprefix("www.").strip(".")

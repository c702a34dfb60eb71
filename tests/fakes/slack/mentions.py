"""Whom a message would ring, and which pages it would show below: everything that Slack finds in its texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.world import Pings, World

_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
_ALL = re.compile(r"<!(channel|here|everyone|group)(?:\|[^>]*)?>")
_BARE_ALL = re.compile(r"(?<![\w<!@|])@(channel|here|everyone)\b")
_BARE_NAME = re.compile(r"(?<![\w<!@|])@([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
_BARE_LINK = re.compile(r"(?<![<|(\w])https?://[^\s|<>)]+")
_MARKDOWN_LINK = re.compile(r"\]\((https?://[^)\s]+)")
_ESCAPED = re.compile(r"\\<")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a message, and how Slack reads it."""

    text: str
    verbatim: bool = False
    """Bare names and addresses stay words."""
    names: bool = False
    """`parse=full` or `link_names`: `@mira` and `@channel` ring, too."""
    markdown: bool = False


def texts(arguments: Mapping[str, Any], blocks: Any, markdown: str = "") -> Iterator[Text]:
    """The texts of a message that Slack reads for mentions: `text` and everything in blocks but plain text."""
    full = arguments.get("parse") == "full" or str(arguments.get("link_names")) in {"1", "true", "True"}
    none = arguments.get("parse") == "none" and not full
    if arguments.get("text"):
        yield Text(str(arguments["text"]), verbatim=none or not full, names=full)
    if markdown:
        yield Text(markdown, verbatim=True, markdown=True)
    yield from _within(blocks)


def _within(item: Any) -> Iterator[Text]:
    if isinstance(item, list):
        for one in item:
            yield from _within(one)
    elif isinstance(item, Mapping):
        if item.get("type") == "mrkdwn":
            yield Text(str(item.get("text") or ""), verbatim=bool(item.get("verbatim")))
        elif item.get("type") == "markdown":
            yield Text(str(item.get("text") or ""), verbatim=True, markdown=True)
        elif item.get("type") in _RICH:
            yield Text(_RICH[item["type"]](item), verbatim=True)
        else:
            yield from _within([value for key, value in item.items() if key not in {"value", "private_metadata"}])


_RICH = {
    "user": lambda item: f"<@{item.get('user_id')}>",
    "usergroup": lambda item: f"<!subteam^{item.get('usergroup_id')}>",
    "broadcast": lambda item: f"<!{item.get('range')}>",
    "link": lambda item: f"<{item.get('url')}>",
}


def would_ring(world: World, team: str, found: list[Text]) -> Pings:
    """Whom these texts notify. Ids count whether or not there is somebody with it."""
    everyone: list[str] = []
    users: list[str] = []
    groups: list[str] = []
    for one in found:
        text = _ESCAPED.sub("", one.text) if one.markdown else one.text
        everyone += _ALL.findall(text)
        users += _USER.findall(text)
        groups += _GROUP.findall(text)
        if one.names or not one.verbatim:
            everyone += _BARE_ALL.findall(text)
        if one.names:
            users += _named(world, team, _BARE_NAME.findall(text))
    return Pings(tuple(dict.fromkeys(everyone)), tuple(dict.fromkeys(users)), tuple(dict.fromkeys(groups)))


def _named(world: World, team: str, names: list[str]) -> list[str]:
    wanted = {name.lower().rstrip(".") for name in names}
    here = (world.users[key] for key in world.teams[team].users)
    return [user.id for user in here if user.name.lower().replace(" ", ".") in wanted]


def would_unfurl(arguments: Mapping[str, Any], found: list[Text]) -> tuple[str, ...]:
    """The addresses whose pages would be shown below; none where both `unfurl_links` and `unfurl_media` are off."""
    if all(str(arguments.get(name)) in {"False", "false", "0"} for name in ("unfurl_links", "unfurl_media")):
        return ()
    links: list[str] = []
    for one in found:
        links += _LINK.findall(one.text)
        if one.markdown:
            links += _MARKDOWN_LINK.findall(one.text)
        links += _BARE_LINK.findall(one.text)
    return tuple(dict.fromkeys(links))

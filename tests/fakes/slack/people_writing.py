"""What a client makes of what is typed: mentions and channels as ids, escaped text, and the same as rich text."""

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.world import Team, World

_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")


def typed(world: World, team: Team, text: str) -> tuple[str, list[dict[str, Any]]]:
    """Text as Slack keeps it, and its blocks: `@Name` and `#name` are resolved where there is such a name."""
    elements: list[dict[str, Any]] = []
    written = ""
    for kind, value, shown in _parts(world, team, text):
        if kind == "user":
            written += f"<@{value}>"
            elements.append({"type": "user", "user_id": value})
        elif kind == "channel":
            written += f"<#{value}|{shown[1:]}>"
            elements.append({"type": "channel", "channel_id": value})
        elif kind == "link":
            written += f"<{escaped(value)}>"
            elements.append({"type": "link", "url": value})
        elif kind == "broadcast":
            written += f"<!{value}>"
            elements.append({"type": "broadcast", "range": value})
        else:
            written += escaped(value)
            elements.append({"type": "text", "text": value})
    section = {"type": "rich_text_section", "elements": elements}
    return written, [{"type": "rich_text", "block_id": world.new_id("b"), "elements": [section]}]


def escaped(text: str) -> str:
    """The three characters that Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _names(world: World, team: Team) -> dict[str, tuple[str, str]]:
    found = {f"@{world.users[one].name}": ("user", one) for one in team.users}
    found |= {f"#{world.channels[one].name}": ("channel", one) for one in team.channels}
    if team.bot_user:
        found |= {f"@{world.app.name}": ("user", team.bot_user)}
    return found | {f"@{one}": ("broadcast", one) for one in ("here", "channel", "everyone")}


def _parts(world: World, team: Team, text: str) -> Iterator[tuple[str, str, str]]:
    """Kind, value and what was typed, from left to right."""
    names = _names(world, team)
    words = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    raw = r"<@(?P<id>[UW]\w+)>"
    pattern = re.compile(rf"{raw}|(?<![\w.])(?P<name>{words})(?!\w)|(?P<address>{_ADDRESS.pattern})")
    done = 0
    for found in pattern.finditer(text):
        if found.start() > done:
            yield "text", text[done : found.start()], ""
        if found["id"]:
            yield "user", found["id"], found[0]
        elif found["name"]:
            yield (*names[found["name"]], found["name"])
        else:
            yield "link", found["address"], found["address"]
        done = found.end()
    if done < len(text) or not text:
        yield "text", text[done:], ""

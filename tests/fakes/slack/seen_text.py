"""Slack's three ways of writing text, read: mrkdwn, Markdown, and rich text; with dates as this person reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.slack.state import User
from tests.fakes.slack.world import World

Json = Mapping[str, Any]
_SPECIAL = re.compile(r"<([^<>\n]+)>")
_STYLED = re.compile(r"(?<![\w*_~`])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])")
_CODE = re.compile(r"(`+)(.+?)\1")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\]|\\\[|\\\])+)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)\)")
_AUTO = re.compile(r"<(https?://[^<>\s]+)>")
_STRONG = re.compile(r"(\*\*|__|\*|_|~~)(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~<>|])")
_KEPT = "\ue000"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads: their zone, and whether they look where links go."""

    world: World
    user: User
    links: bool = False
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What they entered in a form."""

    def words(self, text: Any) -> str:
        """A text object."""
        if not isinstance(text, Mapping):
            return ""
        if text.get("type") == "mrkdwn":
            return mrkdwn(self, str(text.get("text") or ""))
        return str(text.get("text") or "")

    def link(self, words: str, address: str) -> str:
        """A link as it is read: its words, and where it goes if that is looked at."""
        return f"{words} ({address})" if self.links and words != address else words

    def name(self, kind: str, key: str, shown: str = "") -> str:
        """`@Mira`, `#keepers`."""
        if kind == "#":
            found = self.world.channels.get(key)
            return f"#{found.name if found else shown or key}"
        user = self.world.users.get(key)
        return f"@{user.name if user else shown or key}"

    def entered(self, block: Json, element: Json) -> str:
        """What stands in a field, in words."""
        known = self.values.get(str(block.get("block_id")), {}).get(str(element.get("action_id")))
        return _state(self, known) if known is not None else _initially(self, element)


def object_words(text: Any) -> str:
    """A plain text object, or plain text."""
    return str(text.get("text", "")) if isinstance(text, Mapping) else str(text or "")


def _state(reader: Reader, state: Json) -> str:
    for key, value in state.items():
        if key != "type" and value:
            return _value(reader, key, value)
    return ""


def _initially(reader: Reader, element: Json) -> str:
    for key, value in element.items():
        if key.startswith("initial_") and value:
            return _value(reader, key, value)
    return ""


def _value(reader: Reader, key: str, value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(_value(reader, key, one) for one in value)
    if isinstance(value, Mapping):
        return object_words(value.get("text"))
    if "conversation" in key or "channel" in key:
        return reader.name("#", str(value))
    return reader.name("@", str(value)) if "user" in key else str(value)


# ---------------------------------------------------------------- mrkdwn


def unescaped(text: str) -> str:
    """The three characters that Slack escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mrkdwn(reader: Reader, text: str) -> str:
    """Slack's own markup."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = _CODE.sub(lambda found: keep(unescaped(found[2])), text)
    text = _SPECIAL.sub(lambda found: keep(_special(reader, found[1])), text)
    for _ in range(3):  # bold in italic in struck through
        text = _STYLED.sub(lambda found: found[2], text)
    lines = (re.sub(r"^&gt;\s?", "", line) for line in text.split("\n"))
    return _restored(unescaped("\n".join(lines)), kept)


def _restored(text: str, kept: list[str]) -> str:
    for number in reversed(range(len(kept))):
        text = text.replace(f"{_KEPT}{number}{_KEPT}", kept[number])
    return text


def _special(reader: Reader, inner: str) -> str:
    target, _, shown = inner.partition("|")
    if target.startswith(("@", "#")):
        return reader.name(target[0], target[1:], shown)
    if target.startswith("!date^"):
        return date(reader, target, shown)
    if target.startswith("!subteam^"):
        return shown or f"@{target.removeprefix('!subteam^')}"
    if target.startswith("!"):
        return f"@{target[1:]}"
    words = unescaped(shown) if shown else unescaped(target).removeprefix("mailto:")
    for _ in range(2):
        words = _STYLED.sub(lambda found: found[2], words)
    return reader.link(words, unescaped(target))


def date(reader: Reader, target: str, fallback: str = "") -> str:
    """`!date^1795242600^{date_short} {time}^link` in this person's zone; where it is no such thing, its fallback."""
    parts = target.split("^")
    if len(parts) < 3 or not parts[1].isdigit():
        return unescaped(fallback)
    at = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(ZoneInfo(reader.user.zone or "UTC"))
    today = reader.world.clock.now().astimezone(at.tzinfo).date()
    words = re.sub(r"\{(\w+)\}", lambda found: _token(found[1], at, (at.date() - today).days), parts[2])
    return reader.link(words, parts[3]) if len(parts) > 3 else words


def _token(name: str, at: datetime, days: int) -> str:
    close = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days)
    if name.endswith("_pretty") and close is not None:
        return close
    if name == "ago":
        return (
            "just now"
            if timedelta(days=days) == timedelta()
            else f"{abs(days)} days {'ago' if days < 0 else 'from now'}"
        )
    known = {
        "date_num": f"{at:%Y-%m-%d}",
        "date_slash": f"{at:%m/%d/%Y}",
        "date": f"{at:%B} {_nth(at.day)}, {at.year}",
        "date_short": f"{at:%b} {at.day}, {at.year}",
        "date_long": f"{at:%A, %B} {_nth(at.day)}, {at.year}",
        "day_divider_pretty": f"{at:%A, %B} {_nth(at.day)}",
        "time": f"{at:%H:%M}",
        "time_secs": f"{at:%H:%M:%S}",
    }
    return known.get(name, known.get(name.removesuffix("_pretty"), f"{{{name}}}"))


def _nth(day: int) -> str:
    last = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{last}"


# ---------------------------------------------------------------- Markdown


def markdown(reader: Reader, text: str) -> str:
    """What a markdown block and a stream say."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = _CODE.sub(lambda found: keep(found[2]), text)
    text = _ESCAPE.sub(lambda found: keep(found[1]), text)
    text = _AUTO.sub(lambda found: keep(found[1]), text)
    text = _LINK.sub(lambda found: keep(_linked(reader, found)), text)
    for _ in range(3):
        text = _STRONG.sub(lambda found: found[2], text)
    lines = (re.sub(r"^(?:#{1,6}|>)\s+", "", line).rstrip() for line in text.split("\n"))
    lines = (re.sub(r"^(\s*)[-*+]\s+", r"\1• ", line) for line in lines)
    return _restored(unescaped("\n".join(line for line in lines if line)), kept)


def _linked(reader: Reader, found: re.Match[str]) -> str:
    words = _STRONG.sub(lambda inner: inner[2], found[2])
    return f"[picture] {words}" if found[1] else reader.link(words, found[3])


# ---------------------------------------------------------------- rich text


def rich(reader: Reader, one: Json) -> str:
    """A rich text block or a part of it."""
    kind = one.get("type")
    if kind in {"rich_text", "rich_text_list"}:
        lead = "• " if kind == "rich_text_list" else ""
        return "\n".join(lead + rich(reader, inner) for inner in one.get("elements") or ())
    if kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        return "".join(rich(reader, inner) for inner in one.get("elements") or ())
    return _piece(reader, one)


def _piece(reader: Reader, one: Json) -> str:
    kind = one.get("type")
    if kind == "user":
        return reader.name("@", str(one.get("user_id")))
    if kind == "channel":
        return reader.name("#", str(one.get("channel_id")))
    if kind == "link":
        return reader.link(str(one.get("text") or one.get("url")), str(one.get("url")))
    if kind == "emoji":
        return f":{one.get('name')}:"
    if kind == "broadcast":
        return f"@{one.get('range')}"
    if kind == "date":
        return date(reader, f"!date^{one.get('timestamp')}^{one.get('format')}", str(one.get("fallback") or ""))
    return str(one.get("text") or "")

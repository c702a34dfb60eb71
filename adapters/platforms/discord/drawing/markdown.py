"""Reads Discord's Markdown as its client does, so that a payload can be shown and read aloud without Discord.

Only what messages of ours may hold is known, and what text from outside could smuggle in: addresses without a mask,
mentions of everybody. What is not understood stays as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Literal

Style = Literal["bold", "italic", "underline", "struck", "spoiler", "code"]


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Text in a style."""

    style: Style
    inside: "Spans"


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an http(s) address."""

    url: str
    inside: "Spans"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something of the server."""

    kind: Literal["person", "role", "channel", "command", "everyone"]
    id: str
    """Of a command, its name; of everyone, `everyone` or `here`."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time that each reader sees in their own zone."""

    at: datetime
    form: str
    """One of `t T d D f F s S R`."""


Span = Words | Styled | Link | Mention | Instant
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    kind: Literal["plain", "heading", "small", "quote", "bullet", "numbered", "fenced", "blank"]
    spans: Spans = ()
    number: int = 0
    """Of a heading its level, 1 to 3; of a numbered line its number."""


def read(text: str) -> tuple[Line, ...]:
    """The lines of a text; time is linear in its length but for unclosed marks, where it is its square."""
    found: list[Line] = []
    fenced = False
    for written in text.split("\n"):
        if written.startswith("```"):
            fenced = not fenced
        elif fenced:
            found.append(Line("fenced", (Words(written),)))
        else:
            found.append(_line(written))
    return tuple(found)


_STARTS: tuple[tuple[Literal["small", "quote", "bullet"], re.Pattern[str]], ...] = (
    ("small", re.compile(r"-# +(?P<rest>\S.*)")),
    ("quote", re.compile(r">(?:>>)? (?P<rest>.*)")),
    ("bullet", re.compile(r" *[-*] +(?P<rest>\S.*)")),
)
_HEADING = re.compile(r"(?P<marks>#{1,3}) +(?P<rest>\S.*)")
_NUMBERED = re.compile(r" *(?P<number>\d{1,9})\. +(?P<rest>\S.*)")


def _line(written: str) -> Line:
    if not written.strip():
        return Line("blank")
    if heading := _HEADING.fullmatch(written):
        return Line("heading", spans(heading["rest"]), len(heading["marks"]))
    if numbered := _NUMBERED.fullmatch(written):
        return Line("numbered", spans(numbered["rest"]), int(numbered["number"]))
    for kind, start in _STARTS:
        if begun := start.fullmatch(written):
            return Line(kind, spans(begun["rest"]))
    return Line("plain", spans(written))


_MOST_DEEP = 6
"""Marks inside of marks; deeper ones are text."""
_LATEST = 253402300799
"""The last second of the year 9999."""
_TOKENS = re.compile(
    r"""\\(?P<escaped>[^\w\s])
    |(?P<ticks>`+)(?P<code>[^`](?:.*?[^`])?)(?P=ticks)(?!`)
    |<t:(?P<unix>-?\d{1,12})(?::(?P<form>[tTdDfFsSR]))?>
    |<\#(?P<channel>\w[\w-]*)>|<@&(?P<role>\d+)>|<@!?(?P<person>\d+)>|</(?P<command>[^:<>]{1,100}):\d+>
    |@(?P<everyone>everyone|here)\b
    |<(?P<angled>https?://[^\s<>]+)>|(?P<address>\bhttps?://[^\s<>]+[^\s<>.,:;"'\])])
    |\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)
    |__(?P<underline>(?:\\.|[^\\])+?)__(?!_)
    |~~(?P<struck>(?:\\.|[^\\])+?)~~(?!~)
    |\|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|
    |\*(?=\S)(?P<italic>(?:\*\*|\\.|[^*\\])+?)(?<!\s)\*(?!\*)
    |(?<!\w)_(?P<slanted>(?:__|\\.|[^_\\])+?)_(?!\w)
    """,
    re.VERBOSE,
)
_TARGET = re.compile(r"\(\s*<?(?P<url>https?://(?:\([^()\s]*\)|[^()\s<>])+)>?\s*\)")


def spans(text: str, depth: int = 0) -> Spans:
    """The parts of one line."""
    found: list[Span] = []
    plain = start = 0
    while start < len(text):
        taken = _taken(text, start, depth)
        if taken is None:
            start += 1
            continue
        span, end = taken
        if plain < start:
            found.append(Words(text[plain:start]))
        found.append(span)
        plain = start = end
    if plain < len(text):
        found.append(Words(text[plain:]))
    return _joined(found)


def plain_text(inside: Spans, say: Callable[[Mention | Instant], str] = lambda _: "") -> str:
    """Parts as text without any mark; mentions and instants as `say` puts them."""
    said: list[str] = []
    for span in inside:
        match span:
            case Words(text):
                said.append(text)
            case Styled(_, deeper) | Link(_, deeper):
                said.append(plain_text(deeper, say))
            case Mention() | Instant():
                said.append(say(span))
    return "".join(said)


def _taken(text: str, start: int, depth: int) -> tuple[Span, int] | None:
    """What begins at a place, and where it ends."""
    if depth >= _MOST_DEEP:
        return None
    if text[start] == "[":
        return _masked(text, start, depth)
    found = _TOKENS.match(text, start)
    if found is None:
        return None
    span = _span(found, depth)
    return None if span is None else (span, found.end())


def _span(found: re.Match[str], depth: int) -> Span | None:
    kind, said = next((name, part) for name, part in found.groupdict().items() if part is not None and name != "ticks")
    match kind:
        case "escaped":
            return Words(said)
        case "code":
            return Styled("code", (Words(said.strip() if "`" in said else said),))
        case "unix":
            return _instant(int(said), found["form"] or "f")
        case "channel" | "role" | "person" | "command" | "everyone":
            return Mention(kind, said)
        case "angled" | "address":
            return Link(said, (Words(said),))
        case "bold" | "underline" | "struck" | "spoiler":
            return Styled(kind, spans(said, depth + 1))
        case _:
            return Styled("italic", spans(said, depth + 1))


def _instant(unix: int, form: str) -> Instant | None:
    return Instant(datetime.fromtimestamp(unix, UTC), form) if 0 <= unix <= _LATEST else None


def _masked(text: str, start: int, depth: int) -> tuple[Link, int] | None:
    """`[label](address)`; the label may hold brackets in pairs."""
    end = _closing(text, start)
    target = _TARGET.match(text, end + 1) if end else None
    if end is None or target is None:
        return None
    return Link(target["url"], spans(text[start + 1 : end], depth + 1)), target.end()


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that opens at `start` is closed."""
    open_brackets, place = 0, start
    while place < len(text):
        match text[place]:
            case "\\":
                place += 1
            case "[":
                open_brackets += 1
            case "]":
                open_brackets -= 1
                if open_brackets == 0:
                    return place
        place += 1
    return None


def _joined(found: list[Span]) -> Spans:
    """Neighbouring words as one."""
    result: list[Span] = []
    place = 0
    while place < len(found):
        run = [
            span.text
            for span in takewhile(lambda span: isinstance(span, Words), found[place:])
            if isinstance(span, Words)
        ]
        result.append(Words("".join(run)) if run else found[place])
        place += len(run) or 1
    return tuple(result)

"""What a text on Slack is made of when it has been read: lines of words, styles, links, mentions, instants.

Both of Slack's markups end here, so that a page is drawn from either in one way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Literal

Style = Literal["bold", "italic", "struck", "code"]


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
    """Text that leads to an http(s) or mail address."""

    url: str
    inside: "Spans"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something of the workspace."""

    kind: Literal["person", "group", "channel", "everyone"]
    id: str
    """Of everyone: `channel`, `here` or `everyone`."""
    said: str = ""
    """What is printed where the id is not known."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time that each reader sees in their own zone."""

    at: datetime
    form: str
    """Such as `{date_short} at {time}`."""
    url: str = ""
    """Where it leads, if it is a link."""


@dataclass(frozen=True, slots=True)
class Emoji:
    """`:wave:`."""

    name: str


Span = Words | Styled | Link | Mention | Instant | Emoji
Spans = tuple[Span, ...]
Taken = tuple[Span, int]
"""What begins at a place, and where it ends."""
_LATEST = 253402300799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    kind: Literal["plain", "heading", "quote", "bullet", "numbered", "fenced", "rule", "blank"]
    spans: Spans = ()
    number: int = 0
    """Of a heading its level, 1 to 6; of a numbered line its number."""


def scanned(text: str, taken: Callable[[str, int], Taken | None], plain: Callable[[str], str] = str) -> Spans:
    """The parts of a text: what `taken` finds at each place, and between that, what `plain` makes of the rest."""
    found: list[Span] = []
    begun = start = 0
    while start < len(text):
        held = taken(text, start)
        if held is None:
            start += 1
            continue
        if begun < start:
            found.append(Words(plain(text[begun:start])))
        found.append(held[0])
        begun = start = held[1]
    if begun < len(text):
        found.append(Words(plain(text[begun:])))
    return _joined(found)


def plain_text(inside: Spans, say: Callable[[Mention | Instant], str] = lambda _: "") -> str:
    """Parts as text without any mark; mentions and instants as `say` puts them."""
    said: list[str] = []
    for span in inside:
        match span:
            case Words(text):
                said.append(text)
            case Emoji(name):
                said.append(f":{name}:")
            case Styled(_, deeper) | Link(_, deeper):
                said.append(plain_text(deeper, say))
            case Mention() | Instant():
                said.append(say(span))
    return "".join(said)


def unlinked(inside: Spans) -> Spans:
    """The same leading nowhere: what stands inside of a link is part of it, whatever it would be elsewhere."""
    found: list[Span] = []
    for span in inside:
        match span:
            case Link(_, deeper):
                found += unlinked(deeper)
            case Styled(style, deeper):
                found.append(Styled(style, unlinked(deeper)))
            case Instant():
                found.append(replace(span, url=""))
            case _:
                found.append(span)
    return tuple(found)


def instant(unix: str, form: str, url: str = "") -> Instant | None:
    """A point in time, of the seconds that a token says; None where it says none."""
    if not unix.isdecimal() or len(unix) > len(str(_LATEST)) or int(unix) > _LATEST:
        return None
    return Instant(datetime.fromtimestamp(int(unix), UTC), form, url)


def _joined(found: Sequence[Span]) -> Spans:
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

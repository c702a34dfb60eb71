"""Reads Markdown as Slack does in `markdown` blocks and in streams: the subset that it shows.

Slack may read on in what Markdown has made. So mentions, instants, emoji and bare addresses are found here, too: what
was not escaped is to be seen. What is not understood stays as it is written.
"""

import html
import re
from typing import Final

from adapters.platforms.slack.drawing.mrkdwn import special
from adapters.platforms.slack.drawing.spans import (
    Emoji,
    Line,
    Link,
    Span,
    Spans,
    Styled,
    Taken,
    Words,
    scanned,
)

_MOST_DEEP: Final = 5
"""Marks inside of marks; deeper ones are text."""
_FENCE: Final = re.compile(r" {0,3}(?:```|~~~)")
_RULE: Final = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})")
_HEADING: Final = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<rest>.*?))?(?:[ \t]+#+)?[ \t]*")
_QUOTE: Final = re.compile(r" {0,3}> ?(?P<rest>.*)")
_BULLET: Final = re.compile(r" *[-*+][ \t]+(?P<rest>\S.*)")
_NUMBERED: Final = re.compile(r" *(?P<number>\d{1,9})[.)][ \t]+(?P<rest>\S.*)")
_TOKENS: Final = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    |(?P<ticks>`+)(?P<code>[^`](?:.*?[^`])?)(?P=ticks)(?!`)
    |(?P<special><(?:[@\#!][^<>\n]+|https?://[^\s<>]+|mailto:[^\s<>]+)>)
    |(?<!\d):(?P<emoji>[^\W_A-Z](?:[^\WA-Z]|['+-]){0,99}|\+1|-1):
    |(?P<address>\bhttps?://[^\s<>\\]*[^\s<>.,:;"'\])\\*_~`])
    |\*\*(?=\S)(?P<bold>(?:\\.|[^\\])+?)(?<=\S)\*\*(?!\*)
    |(?<!\w)__(?=\S)(?P<heavy>(?:\\.|[^\\])+?)(?<=\S)__(?!\w)
    |~~(?=\S)(?P<struck>(?:\\.|[^\\])+?)(?<=\S)~~(?!~)
    |\*(?=[^\s*])(?P<italic>(?:\*\*|\\.|[^*\\])+?)(?<!\s)\*(?!\*)
    |(?<!\w)_(?=[^\s_])(?P<slanted>(?:__|\\.|[^_\\])+?)(?<!\s)_(?!\w)
    """,
    re.VERBOSE,
)
_TARGET: Final = re.compile(r"\(\s*<?(?P<url>(?:https?://|mailto:)(?:\([^()\s]*\)|[^()\s<>])+)>?\s*\)")


def read(text: str) -> tuple[Line, ...]:
    """The lines of a text."""
    found: list[Line] = []
    fenced = False
    for written in text.split("\n"):
        if _FENCE.match(written):
            fenced = not fenced
        elif fenced:
            found.append(Line("fenced", (Words(written),)))
        else:
            found.append(_line(written))
    return tuple(found)


def _line(written: str) -> Line:
    if not written.strip():
        return Line("blank")
    if heading := _HEADING.fullmatch(written):
        return Line("heading", spans(heading["rest"] or ""), len(heading["marks"]))
    if _RULE.fullmatch(written):
        return Line("rule")
    if numbered := _NUMBERED.fullmatch(written):
        return Line("numbered", spans(numbered["rest"]), int(numbered["number"]))
    if bullet := _BULLET.fullmatch(written):
        return Line("bullet", spans(bullet["rest"]))
    if quote := _QUOTE.fullmatch(written):
        return Line("quote", spans(quote["rest"]))
    return Line("plain", spans(written))


def spans(text: str, depth: int = 0) -> Spans:
    """The parts of one line."""

    def taken(whole: str, start: int) -> Taken | None:
        if depth >= _MOST_DEEP:
            return None
        if whole[start] == "[" or whole.startswith("![", start):
            return _masked(whole, start, depth)
        found = _TOKENS.match(whole, start)
        return None if found is None else (_span(found, depth), found.end())

    return scanned(text, taken, html.unescape)


def _span(found: re.Match[str], depth: int) -> Span:
    kind, said = next((name, part) for name, part in found.groupdict().items() if part is not None and name != "ticks")
    match kind:
        case "escaped":
            return Words(said)
        case "code":
            return Styled("code", (Words(said.strip() if "`" in said else said),))
        case "special":
            return special(said[1:-1])
        case "emoji":
            return Emoji(said)
        case "address":
            return Link(said, (Words(said),))
        case "bold" | "heavy":
            return Styled("bold", spans(said, depth + 1))
        case "struck":
            return Styled("struck", spans(said, depth + 1))
        case _:
            return Styled("italic", spans(said, depth + 1))


def _masked(text: str, start: int, depth: int) -> Taken | None:
    """`[label](address)`, or a picture, which Slack shows as a link; the label may hold brackets in pairs."""
    opened = start + (text[start] == "!")
    end = _closing(text, opened)
    target = _TARGET.match(text, end + 1) if end else None
    if end is None or target is None:
        return None
    return Link(html.unescape(target["url"]), spans(text[opened + 1 : end], depth + 1)), target.end()


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

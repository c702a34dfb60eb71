"""Reads mrkdwn as Slack's client does: what a section, small print and the text of a message say.

Only what it knows is known: no headings, no lists. What text from outside could smuggle in is read as well:
`<!channel>`, links that look like others, emoji, bare addresses. What is not understood stays as it is written.
"""

import re
from typing import Final

from adapters.platforms.slack.drawing.spans import (
    Emoji,
    Instant,
    Line,
    Link,
    Mention,
    Span,
    Spans,
    Styled,
    Taken,
    Words,
    instant,
    scanned,
)

_MOST_DEEP: Final = 5
"""Marks inside of marks; deeper ones are text."""
_FENCE: Final = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTE: Final = re.compile(r"(?P<mark>(?:&gt;){3}|&gt;|>>>|>)[ ]?(?P<rest>.*)")
_ALNUM: Final = r"[^\W_]"


def _style(name: str, mark: str) -> str:
    """A style's mark opens after no letter and before no blank, and closes the other way round, on the same line."""
    inner = rf"(?>(?:<[^<>\n]*>|`[^`\n]+`|[^{mark}\n]))"
    return rf"(?<!{_ALNUM})(?<!{mark}){mark}(?P<{name}>(?=\S){inner}+?)(?<=\S){mark}(?!{_ALNUM})(?!{mark})"


_STYLES: Final = (_style("bold", r"\*"), _style("italic", "_"), _style("struck", "~"))
_TOKENS: Final = re.compile(
    rf"""`(?P<code>[^`\n]+)`
    |<(?P<special>[^<>\n]+)>
    |(?<!\d):(?P<emoji>[^\W_A-Z](?:[^\WA-Z]|['+-]){{0,99}}|\+1|-1):
    |(?P<address>\bhttps?://[^\s<>|]*[^\s<>|.,:;"'\])*_~`])
    |{_STYLES[0]}|{_STYLES[1]}|{_STYLES[2]}
    """,
    re.VERBOSE,
)
_SITE: Final = re.compile(r"\b(?:www\.[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
"""What is made a link, too, unless a text says `verbatim`."""


def read(text: str, *, verbatim: bool = False) -> tuple[Line, ...]:
    """The lines of a text. `verbatim`: sites and mail addresses are words."""
    found: list[Line] = []
    pieces = _FENCE.split(text)
    for n, piece in enumerate(pieces):
        if n % 2:
            found += [Line("fenced", (Words(unescaped(row)),)) for row in piece.split("\n")]
            continue
        # The line ends next to a fence are the fence's.
        around = piece.removeprefix("\n") if n else piece
        around = around.removesuffix("\n") if n + 1 < len(pieces) else around
        found += _lines(around, verbatim=verbatim) if around or len(pieces) == 1 else []
    return tuple(found)


def _lines(text: str, *, verbatim: bool) -> list[Line]:
    found: list[Line] = []
    quoted = False
    for written in text.split("\n"):
        begun = None if quoted else _QUOTE.fullmatch(written)
        quoted = quoted or (begun is not None and len(begun["mark"]) in {3, 12})
        said = begun["rest"] if begun else written
        if quoted or begun:
            found.append(Line("quote", spans(said, verbatim=verbatim)))
        else:
            found.append(Line("plain", spans(said, verbatim=verbatim)) if said.strip() else Line("blank"))
    return found


def spans(text: str, depth: int = 0, *, verbatim: bool = False) -> Spans:
    """The parts of one line."""

    def taken(whole: str, start: int) -> Taken | None:
        if depth >= _MOST_DEEP:
            return None
        found = _TOKENS.match(whole, start)
        if found is not None:
            return _span(found, depth, verbatim=verbatim), found.end()
        site = None if verbatim else _SITE.match(whole, start)
        return None if site is None else (_site(site[0]), site.end())

    return scanned(text, taken, unescaped)


def unescaped(text: str) -> str:
    """The three characters that mrkdwn can escape, and no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _span(found: re.Match[str], depth: int, *, verbatim: bool) -> Span:
    kind, said = next((name, part) for name, part in found.groupdict().items() if part is not None)
    match kind:
        case "code":
            return Styled("code", (Words(unescaped(said)),))
        case "special":
            return special(said, depth)
        case "emoji":
            return Emoji(said)
        case "address":
            return Link(unescaped(said), (Words(unescaped(said)),))
        case "bold" | "struck":
            return Styled(kind, spans(said, depth + 1, verbatim=verbatim))
        case _:
            return Styled("italic", spans(said, depth + 1, verbatim=verbatim))


def _site(said: str) -> Link:
    return Link(f"mailto:{said}" if "@" in said else f"http://{said}", (Words(said),))


def special(inside: str, depth: int = 0) -> Span:
    """What stands between `<` and `>`: a link, a mention, an instant; else the text as it is written."""
    target, _, said = inside.partition("|")
    match target[:1]:
        case "@":
            return Mention("person", target[1:], unescaped(said))
        case "#":
            return Mention("channel", target[1:], unescaped(said))
        case "!":
            return _command(target[1:], said)
    url = unescaped(target)
    if not re.match(r"(?:https?|mailto):", url, re.IGNORECASE):
        return Words(f"<{unescaped(inside)}>")
    return Link(url, spans(said, depth + 1, verbatim=True) if said else (Words(url.removeprefix("mailto:")),))


def _command(target: str, said: str) -> Mention | Instant | Words:
    if target in {"channel", "here", "everyone"}:
        return Mention("everyone", target)
    name, _, rest = target.partition("^")
    if name == "subteam":
        return Mention("group", rest, unescaped(said).removeprefix("@"))
    if name == "date":
        unix, _, form = rest.partition("^")
        form, _, url = form.partition("^")
        return instant(unix, form, unescaped(url)) or Words(unescaped(said))
    return Words(unescaped(said) or f"<!{unescaped(target)}>")

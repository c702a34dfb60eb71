"""Draws what a text says: lines, styles, links, mentions, instants. What is text is escaped by `element`, always."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from adapters.platforms.slack.drawing import markdown, mrkdwn
from adapters.platforms.slack.drawing.scene import Reader, part_of, parts, text_of
from adapters.platforms.slack.drawing.spans import (
    Emoji,
    Instant,
    Line,
    Link,
    Mention,
    Span,
    Spans,
    Styled,
    Words,
    instant,
    plain_text,
    unlinked,
)
from adapters.platforms.slack.payloads import Json
from adapters.wire.elements import Markup, address, element, joined

_REL: Final = "noopener noreferrer nofollow"
_MESSAGE: Final = re.compile(r"https://[^/?#]+\.slack\.com/archives/(?P<channel>[^/?#]+)/p(?P<ts>[^/?#]+)(?:\?.*)?")
"""Addresses of messages lead to where they stand on the page, and nowhere else."""
_STYLES: Final = {"bold": "strong", "italic": "em", "struck": "s", "code": "code"}
_NUMBER: Final = re.compile(r"\[\d+\]")
_GROUPED: Final = {"quote": "blockquote", "bullet": "ul", "numbered": "ol", "fenced": "pre"}
_EMOJI: Final = re.compile(r"(:[^\s:]{1,100}:)")


def of_object(text: Json, reader: Reader) -> Markup:
    """A text object: mrkdwn with its lines; plain text with nothing but its words."""
    if text.get("type") != "mrkdwn":
        return element("p", of_plain(text))
    return drawn(mrkdwn.read(text_of(text, "text"), verbatim=text.get("verbatim") is True), reader)


def of_plain(text: Json) -> Markup:
    """Plain text, in which only `:signs:` mean something, and only where it says so."""
    said = text_of(text, "text")
    if text.get("emoji") is False:
        return joined(said)
    pieces = _EMOJI.split(said)
    return joined(*(_sign(piece[1:-1]) if n % 2 else piece for n, piece in enumerate(pieces)))


def of_message(text: str, reader: Reader) -> Markup:
    """The text of a message that has no blocks."""
    return drawn(mrkdwn.read(text), reader)


def of_markdown(text: str, reader: Reader) -> Markup:
    """A text in Markdown."""
    return drawn(markdown.read(text), reader)


def drawn(lines: Iterable[Line], reader: Reader) -> Markup:
    """Lines one under the other; those of one list, quotation or code together."""
    made: list[Markup] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        same = list(group)
        if kind in _GROUPED:
            start = str(same[0].number) if kind == "numbered" else None
            made.append(element(_GROUPED[kind], *(_grouped(line, reader) for line in same), start=start))
        else:
            made += [_line(line, reader) for line in same]
    return joined(*made)


def _grouped(line: Line, reader: Reader) -> Markup:
    return element("li" if line.kind in {"bullet", "numbered"} else "p", _spans(line.spans, reader))


def _line(line: Line, reader: Reader) -> Markup:
    match line.kind:
        case "heading":
            return element(f"h{min(line.number + 3, 6)}", _spans(line.spans, reader))
        case "rule":
            return element("hr")
        case "blank":
            return element("div", class_="gap")
        case _:
            return element("p", _spans(line.spans, reader))


def _spans(spans: Spans, reader: Reader) -> Markup:
    return joined(*(_span(span, reader) for span in spans))


def _span(span: Span, reader: Reader) -> str:
    match span:
        case Words(text):
            return text
        case Styled(style, inside):
            return element(_STYLES[style], _spans(inside, reader))
        case Link(url, inside):
            number = "number" if _NUMBER.fullmatch(plain_text(inside)) else None
            return leading(url, _spans(unlinked(inside), reader), name=number)
        case Instant(url=""):
            return element("time", reader(span), datetime=span.at.isoformat())
        case Instant():
            return leading(span.url, element("time", reader(span), datetime=span.at.isoformat()))
        case Mention():
            return element("span", reader(span), class_="mention")
        case Emoji(name):
            return _sign(name)


def _sign(name: str) -> Markup:
    return element("span", f":{name}:", class_="emoji")


def leading(url: str, *inside: str, name: str | None = None) -> Markup:
    """A link; one that leads nowhere where the address is none of the web or of mail."""
    is_mail = url.lower().startswith("mailto:")
    return element("a", *inside, href=target(url) if is_mail or address(url) else None, class_=name, rel=_REL)


def target(url: str) -> str:
    """Where a link of the page leads: to a message, on the page."""
    found = _MESSAGE.fullmatch(url)
    if found is None:
        return url
    place = f"{found['channel']}-{found['ts']}".lower()
    return f"#at-{re.sub(r'[^a-z0-9]+', '-', place).strip('-')}"


# ---------------------------------------------------------------- rich text

_RICH: Final = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre", "rich_text_section": "p"}


def of_rich(part: Json, reader: Reader) -> Markup:
    """A block of rich text, which says in objects what the others say in marks: what people write comes so."""
    made: list[Markup] = []
    for held in parts(part, "elements"):
        kind = text_of(held, "type")
        if kind == "rich_text_list":
            items = (element("li", _run(item, reader)) for item in parts(held, "elements"))
            made.append(element("ol" if held.get("style") == "ordered" else "ul", *items))
        else:
            made.append(element(_RICH.get(kind, "p"), _run(held, reader)))
    return joined(*made)


def _run(part: Json, reader: Reader) -> Markup:
    return _spans(tuple(_rich(one) for one in parts(part, "elements")), reader)


def _rich(one: Json) -> Span:
    span = _piece(one)
    style = part_of(one, "style")
    for key, name in (("bold", "bold"), ("italic", "italic"), ("strike", "struck"), ("code", "code")):
        if style.get(key) is True:
            span = Styled(name, (span,))  # type: ignore[arg-type]
    return span


def _piece(one: Json) -> Span:
    match one.get("type"):
        case "user":
            return Mention("person", text_of(one, "user_id"))
        case "usergroup":
            return Mention("group", text_of(one, "usergroup_id"))
        case "channel":
            return Mention("channel", text_of(one, "channel_id"))
        case "broadcast":
            return Mention("everyone", text_of(one, "range"))
        case "emoji":
            return Emoji(text_of(one, "name"))
        case "link":
            return Link(text_of(one, "url"), (Words(text_of(one, "text") or text_of(one, "url")),))
        case "date":
            found = instant(str(one.get("timestamp")), text_of(one, "format"), text_of(one, "url"))
            return found or Words(text_of(one, "fallback"))
    return Words(text_of(one, "text"))

"""From HTML to what it says: we publish text, so markup ends here.

The tree is built by Lexbor, a browser's parser, so that broken markup is read in the way people see it. Breaks are
marked in the source before it is parsed: reading the text is then one call into C.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from bot.domain.text.visible import ordinary, visible

MOST_MARKUP = 1_000_000
"""Characters of markup that are read of one text."""
MOST_TAGS = 10_000
"""Tags that are read of one text: a browser's parser takes time that grows with the square of the nesting."""
MOST_LINKS = 50
"""Links kept of one text."""
_ROOM = 200_000
"""Characters of markup after which a document is given up for a new one."""

_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS
_PARAGRAPH, _LINE = "\x02", "\x03"


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_INLINE = _names(
    "a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em embed font form head i iframe img"
    " input ins kbd label link mark math meta noscript object q s samp script select small source span strike strong"
    " style sub sup svg template textarea time title tt u var video wbr"
)
_BLOCKS = _names(
    "address article aside blockquote body center details div dl fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr html main nav ol p pre section summary table tbody thead ul"
)
_STARTS = _names("br li dt dd")
_CELLS = _names("td th tr caption")
_KNOWN = _INLINE | _BLOCKS | _STARTS | _CELLS | {"!--"}
_UNSEEN = _names(
    "script style nav head title template noscript noframes noembed iframe object svg form button select textarea"
    " audio video canvas annotation"
)
_HIDDEN = '[hidden], [aria-hidden="true" i]:not(.katex-html)'
_MAY_HIDE = re.compile(rb"""hidden[\s=/>](?<=[\s"'/-]hidden.)""", re.DOTALL)
_STYLE = re.compile(rb"""style\s*=\s*("[^"]*|'[^']*|[^\s>]*)""")
_HIDING_STYLES = ("display:none", "visibility:hidden", "font-size:0;", "font-size:0px")
_FOLDED = bytes.maketrans(b"\n\t\r\f", b"    ")
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
_NAME = re.compile(rb"<([A-Za-z][A-Za-z0-9]*|!--)")
_END = re.compile(rb"</([A-Za-z][A-Za-z0-9]*)")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HTTP = re.compile(
    r"(?i:https?)://(?:[^\s\x00-\x20/?#\\<>\"\[\]]{1,255}|\[[0-9a-fA-F:.]{2,45}\](?::\d{1,5})?)"
    r"(?:[/?#][^\s\x00-\x20<>\"\x7f]{0,1800})?"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”«»]+")
_DOUBLE = re.compile(r"  +")
_TRAILER = re.compile(
    r"(?:^|(?<=[\n.!?…\]»”\"]))\s*"
    r"(?:The post [^\n]{1,300} (?:appeared first|first appeared) on (?:[^\n.]|\.(?!\s)){1,100}"
    r"|(?:\[?(?:…|\.\.\.)\]?\s*)?(?:Continue reading|Read more|Read the full (?:story|article|post))"
    r"(?: (?:on|about|at|in) [^\n.!?]{1,120}|\s*[:“\"][^\n.!?]{1,120})?[ \t]*[»→>…:.\]]*)\s*$"
)
_TAIL = 700


class Prose(NamedTuple):
    """What a piece of markup says."""

    text: str
    """Paragraphs apart by an empty line, list items and cells on their own lines."""
    links: tuple[str, ...] = ()
    """http(s) addresses it links to, in order, each once."""


class Page:
    """A document that is filled again and again: making one takes longer than reading most texts."""

    _body: LexborNode

    def __init__(self) -> None:
        self._room = 0

    def filled(self, markup: str) -> LexborNode:
        """The body that holds `markup`; what it held before is gone."""
        if self._room <= 0:
            # What was taken out of a document keeps its memory as long as the document lives.
            self._body = LexborHTMLParser(b"", options=_WITHOUT_EVENTS).css("body")[0]
            self._room = _ROOM
        self._room -= len(markup)
        self._body.inner_html = markup
        return self._body


def prose(markup: str, *, base: str = "", only: str = "", page: Page | None = None) -> Prose:
    """The readable text of `markup`, which may also be plain text.

    `base` resolves relative links. `only` is a CSS selector: just the outermost elements that match are read.
    Scripts, navigation, forms and what a style hides are left out. Who reads many texts lends them a `page`. Never
    raises.
    """
    markup = markup[:MOST_MARKUP]
    if "<" not in markup:
        return Prose("") if only else _plain(markup)
    # Half a surrogate pair cannot be given to the parser.
    source = markup.encode("utf-8", "replace")
    names = _NAME.findall(source)
    if len(names) > MOST_TAGS:
        source = source[: next(islice(_NAME.finditer(source), MOST_TAGS, None)).start()]
    plan = _plan(frozenset(names))
    if not only and not plan.known and not _plan(frozenset(_END.findall(source))).known:
        return _plain(markup)
    body = (page or Page()).filled(_marked(source, plan).decode())
    if plan.unseen:
        body.strip_tags(plan.unseen, recursive=True)
    _drop_hidden(body, source.lower())
    roots = _outermost(body, only) if only else [body]
    text = _PARAGRAPH.join([root.text() for root in roots])
    targets = [node.attrs.get("href") or "" for root in roots for node in root.css("a")] if plan.links else ()
    return Prose(_folded(text), _addresses(targets, base))


def line(markup: str, page: Page | None = None) -> str:
    """The text of `markup` on one line: for titles and names. Never raises."""
    if "<" in markup or "&" in markup or not ordinary(markup):
        markup = prose(markup, page=page).text
    return " ".join(markup.split())


def absolute(base: str, address: str) -> str | None:
    """`address` as an absolute http(s) address, or None where it is not one."""
    address = address.strip()
    if _HTTP.fullmatch(address):
        return address
    if _SCHEME.match(address):
        return None
    try:
        address = urljoin(base, address)
    except ValueError:
        return None
    return address if _HTTP.fullmatch(address) else None


def without_trailer(text: str) -> str:
    """`text` without what publishing software adds at its end ("The post … appeared first on …", "Read more")."""
    tail = text[-_TAIL:]
    while ("Read " in tail or "The post " in tail or "Continue " in tail) and (found := _TRAILER.search(tail)):
        text = text[: len(text) - len(tail) + found.start()].rstrip()
        tail = text[-_TAIL:]
    return text


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the names of its elements say about how to read a text."""

    known: bool
    """It is HTML at all."""
    blocks: re.Pattern[bytes] | None
    """Where a paragraph begins or ends."""
    lines: re.Pattern[bytes] | None
    unseen: list[str]
    code: bool
    links: bool


@lru_cache(maxsize=1024)
def _plan(names: frozenset[bytes]) -> _Plan:
    lowered = {name: name.decode().lower() for name in sorted(names)}
    blocks = [name for name, known in lowered.items() if known in _BLOCKS]
    lines = [name for name, known in lowered.items() if known in _STARTS]
    # Cells are marked where they begin and before they close, because the parser moves a mark between cells out of the
    # table. An end tag may be missing.
    lines += [b"/?" + name for name, known in lowered.items() if known in _CELLS]
    return _Plan(
        known=not _KNOWN.isdisjoint(lowered.values()),
        blocks=re.compile(rb"<(?=/?(?:%s)[\s/>])" % b"|".join(blocks)) if blocks else None,
        lines=re.compile(rb"<(?=(?:%s)[\s/>])" % b"|".join(lines)) if lines else None,
        unseen=sorted(_UNSEEN.intersection(lowered.values())),
        code=b"pre" in names,
        links="a" in lowered.values(),
    )


def _marked(source: bytes, plan: _Plan) -> bytes:
    """Marks where paragraphs and lines begin or end; every white space is a space."""
    if plan.code:
        source = _code_lines(source.translate(None, _CONTROLS)).translate(_FOLDED)
    else:
        source = source.translate(_FOLDED, _CONTROLS)
    if plan.blocks:
        source = plan.blocks.sub(b"\x02<", source)
    return plan.lines.sub(b"\x03<", source) if plan.lines else source


def _code_lines(source: bytes) -> bytes:
    """Code keeps its lines: each line break between `<pre` and `</pre>` becomes a mark."""
    parts = source.split(b"</pre>")
    for number, part in enumerate(parts[:-1]):
        before, opening, code = part.partition(b"<pre")
        parts[number] = before + opening + code.replace(b"\n", b"\x03")
    return b"</pre>".join(parts)


def _drop_hidden(root: LexborNode, lowered: bytes) -> None:
    if b"hidden" in lowered and _MAY_HIDE.search(lowered):
        for node in root.css(_HIDDEN):
            node.decompose()
    # References in a style are resolved by the parser only.
    if b"style" in lowered and any(b"&" in style or _hiding(style.decode()) for style in set(_STYLE.findall(lowered))):
        for node in root.css("[style]"):
            if _hiding(node.attrs.get("style") or ""):
                node.decompose()


def _hiding(style: str) -> bool:
    style = "".join(style.lower().split()) + ";"
    return any(each in style for each in _HIDING_STYLES)


def _outermost(root: LexborNode, selector: str) -> list[LexborNode]:
    found = root.css(selector)
    inner = {node.mem_id for outer in found for node in outer.css(selector) if node.mem_id != outer.mem_id}
    return [node for node in found if node.mem_id not in inner]


def _addresses(targets: Iterable[str], base: str) -> tuple[str, ...]:
    """The first fifty different http(s) addresses."""
    links: dict[str, None] = {}
    for target in targets:
        if target and (address := absolute(base, target)):
            links[address] = None
            if len(links) == MOST_LINKS:
                break
    return tuple(links)


def _folded(text: str) -> str:
    """White space folded, marks become line breaks; two line breaks on end begin a paragraph."""
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    paragraphs = filter(None, map(str.strip, text.split(_PARAGRAPH)))
    if _LINE in text:
        paragraphs = filter(None, [_lined(each, _LINE) if _LINE in each else each for each in paragraphs])
    text = "\n\n".join(paragraphs)
    if "  " in text:
        text = _DOUBLE.sub(" ", text)
    if ordinary(text):
        return text
    seen = visible(text)
    return seen if len(seen) == len(text) and text.replace("\n", "").isprintable() else _narrowed(seen)


def _narrowed(text: str) -> str:
    """No white space but single spaces and, between lines, at most two line breaks."""
    return _lined("\n".join([" ".join(line.split()) for line in text.split("\n")]), "\n")


def _lined(text: str, mark: str) -> str:
    lines = "\n".join(map(str.strip, text.split(mark))).strip("\n")
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines


def _plain(text: str) -> Prose:
    if "&" in text:
        text = html.unescape(_HUGE_NUMBER.sub("\ufffd", text))
    if not ordinary(text):
        text = _narrowed(visible(text.replace("\r\n", "\n").replace("\r", "\n")))
    elif "  " in text or "\n" in text:
        text = _narrowed(text)
    else:
        text = text.strip()
    if "://" not in text:
        return Prose(text)
    return Prose(text, _addresses((found.rstrip(".,;:!?)]}") for found in _ADDRESS.findall(text)), ""))

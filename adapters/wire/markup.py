"""From HTML to what it says: we publish text, so markup ends here.

The tree is built by Lexbor, a browser's parser, so that broken markup is read in the way people see it. Breaks are
marked in the source before it is parsed: reading the text is then one call into C.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from adapters.wire.visible import visible

MOST_MARKUP = 1_000_000
"""Characters of markup that are read of one text."""
MOST_TAGS = 10_000
"""Tags that are read of one text: a browser's parser takes time that grows with the square of the nesting."""
MOST_LINKS = 50
"""Links kept of one text."""

_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS
_PARAGRAPH, _LINE = "\x02", "\x03"
_INLINE = frozenset(
    b"a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em embed font form head i iframe img"
    b" input ins kbd label link mark math meta noscript object q s samp script select small source span strike strong"
    b" style sub sup svg template textarea time title tt u var video wbr".split()
)
_BLOCKS = frozenset(
    b"address article aside blockquote body center details div dl fieldset figcaption figure footer form h1 h2 h3 h4"
    b" h5 h6 header hr html main nav ol p pre section summary table tbody thead ul".split()
)
_STARTS = frozenset(b"br li dt dd".split())
_CELLS = frozenset(b"td th tr caption".split())
_KNOWN = _INLINE | _BLOCKS | _STARTS | _CELLS | {b"!--"}
_UNSEEN = frozenset(
    b"script style nav head title template noscript noframes noembed iframe object svg form button select textarea"
    b" audio video canvas annotation".split()
)
_HIDDEN = ':is([hidden], [aria-hidden="true" i]:not(.katex-html))'
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
_SPACES = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r" *\n *(?:\n\s*)?")
_TRAILER = re.compile(
    r"(?:^|(?<=[\n.!?…\]»”\"]))\s*"
    r"(?:The post [^\n]{1,300} (?:appeared first|first appeared) on (?:[^\n.]|\.(?!\s)){1,100}"
    r"|(?:\[?(?:…|\.\.\.)\]?\s*)?(?:Continue reading|Read more|Read the full (?:story|article|post))"
    r"(?: (?:on|about|at|in) [^\n.!?]{1,120}|\s*[:“\"][^\n.!?]{1,120})?[ \t]*[»→>…:.\]]*)\s*$"
)
_TRAILER_SIGN = re.compile("The post |Continue reading|Read (?:more|the full)")
_TAIL = 700


@dataclass(frozen=True, slots=True)
class Prose:
    """What a piece of markup says."""

    text: str
    """Paragraphs apart by an empty line, list items and cells on their own lines."""
    links: tuple[str, ...] = ()
    """http(s) addresses it links to, in order, each once."""


def prose(markup: str, *, base: str = "", only: str = "") -> Prose:
    """The readable text of `markup`, which may also be plain text.

    `base` resolves relative links. `only` is a CSS selector: just the outermost elements that match are read.
    Scripts, navigation, forms and what a style hides are left out. Never raises.
    """
    markup = markup[:MOST_MARKUP]
    if "<" not in markup:
        return Prose("") if only else _plain(markup)
    source = markup.encode("utf-8", "replace")
    names = _NAME.findall(source)
    if len(names) > MOST_TAGS:
        source = source[: next(islice(_NAME.finditer(source), MOST_TAGS, None)).start()]
    plan = _plan(frozenset(names))
    if not only and not plan.known and not _plan(frozenset(_END.findall(source))).known:
        return _plain(markup)
    tree = LexborHTMLParser(_marked(source, plan), options=_WITHOUT_EVENTS)
    root = tree.root
    if root is None:
        return Prose("")
    if plan.unseen:
        tree.strip_tags(plan.unseen, recursive=True)
    _drop_hidden(root, source)
    roots = _outermost(root, only) if only else [root]
    text = _PARAGRAPH.join([part.text() for part in roots])
    return Prose(_folded(text), _links(roots, base) if plan.links else ())


def line(markup: str) -> str:
    """The text of `markup` on one line: for titles and names. Never raises."""
    if "<" not in markup and "&" not in markup and markup.isascii() and markup.isprintable():
        return " ".join(markup.split())
    return " ".join(prose(markup).text.split())


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
    while _TRAILER_SIGN.search(tail) and (found := _TRAILER.search(tail)):
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
    each = sorted(names)
    blocks = [name for name in each if name.lower() in _BLOCKS]
    lines = [name for name in each if name.lower() in _STARTS]
    # Cells are marked where they begin and before they close, because the parser moves a mark between cells out of the
    # table. An end tag may be missing.
    lines += [b"/?" + name for name in each if name.lower() in _CELLS]
    lowered = {name.lower() for name in each}
    return _Plan(
        known=not lowered.isdisjoint(_KNOWN),
        blocks=re.compile(rb"<(?=/?(?:%s)[\s/>])" % b"|".join(blocks)) if blocks else None,
        lines=re.compile(rb"<(?=(?:%s)[\s/>])" % b"|".join(lines)) if lines else None,
        unseen=[name.decode() for name in sorted(lowered & _UNSEEN)],
        code=b"pre" in names,
        links=b"a" in lowered,
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


def _drop_hidden(root: LexborNode, source: bytes) -> None:
    lowered = source.lower()
    hidden = b"hidden" in lowered
    if hidden:
        for node in root.css(f"body {_HIDDEN}"):
            node.decompose()
    if b"style=" in lowered and (hidden or b"none" in lowered or b"font-size" in lowered):
        for node in root.css("body [style]"):
            style = "".join((node.attrs.get("style") or "").lower().split()) + ";"
            if any(hiding in style for hiding in _HIDING_STYLES):
                node.decompose()


def _outermost(root: LexborNode, selector: str) -> list[LexborNode]:
    found = root.css(selector)
    inner = {node.mem_id for outer in found for node in outer.css(selector) if node.mem_id != outer.mem_id}
    return [node for node in found if node.mem_id not in inner]


def _links(roots: list[LexborNode], base: str) -> tuple[str, ...]:
    links: dict[str, None] = {}
    for root in roots:
        for node in root.css("a"):
            if (target := node.attrs.get("href")) and (address := absolute(base, target)):
                links[address] = None
                if len(links) == MOST_LINKS:
                    return tuple(links)
    return tuple(links)


def _folded(text: str) -> str:
    """White space folded, marks become line breaks; two line breaks on end begin a paragraph."""
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    paragraphs = filter(None, map(str.strip, text.split(_PARAGRAPH)))
    if _LINE in text:
        paragraphs = filter(None, [_lined(each) if _LINE in each else each for each in paragraphs])
    text = "\n\n".join(paragraphs)
    return _tidy(_DOUBLE.sub(" ", text) if "  " in text else text)


def _lined(paragraph: str) -> str:
    lines = "\n".join(map(str.strip, paragraph.split(_LINE))).strip("\n")
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines


def _tidy(text: str) -> str:
    """Invisible characters gone, and with them the white space that stood around them."""
    if text.replace("\n", "").isprintable():
        seen = visible(text, printable=True)
        if len(seen) == len(text):
            return seen
    else:
        seen = visible(text)
    return _GAPS.sub(_gap, _SPACES.sub(" ", seen)).strip()


def _gap(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 1 else "\n"


def _plain(text: str) -> Prose:
    if "&" in text:
        text = html.unescape(_HUGE_NUMBER.sub("\ufffd", text))
    if text.isprintable() or ("\n" not in text and "\r" not in text):
        text = " ".join(visible(text).split())
    else:
        text = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _GAPS.sub(_gap, _SPACES.sub(" ", text)).strip()
    if "://" not in text:
        return Prose(text)
    found = (absolute("", address.rstrip(".,;:!?)]}")) for address in _ADDRESS.findall(text))
    return Prose(text, tuple(dict.fromkeys(address for address in found if address))[:MOST_LINKS])

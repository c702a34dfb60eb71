"""From HTML to what it says: we publish text, so markup ends here.

Simple markup is read as it stands; for all other the tree is built by Lexbor, a browser's parser, so that broken markup
is read in the way people see it. Breaks are marked in the source before it is parsed: reading the text is then one call
into C.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from adapters.wire.elements import BLOCKS, CELLS, KNOWN, LINE, PARAGRAPH, STARTS, UNSEEN, hiding
from adapters.wire.simple import simple, unescaped
from adapters.wire.visible import ordinary, visible

MOST_MARKUP = 1_000_000
"""Characters of markup that are read of one text."""
MOST_TAGS = 10_000
"""Tags that are read of one text: a browser's parser takes time that grows with the square of the nesting."""
MOST_LINKS = 50
"""Links kept of one text."""

_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS
_HIDDEN = ':is([hidden], [aria-hidden="true" i]:not(.katex-html))'
_CONTROLS = bytes([*range(2), *range(4, 9), 0x0B, *range(0x0E, 0x20), 0x7F])
"""All but the two that are our marks."""
_NAME = re.compile(rb"<([A-Za-z][A-Za-z0-9]*|!--)")
_END = re.compile(rb"</([A-Za-z][A-Za-z0-9]*)")
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
    spaced = _spaced(markup)
    if not only and (read := simple(spaced)):
        text, targets = read
        return Prose(_folded(text), _addresses(targets, base))
    source = spaced.encode("utf-8", "replace").translate(None, _CONTROLS)
    names = _NAME.findall(source)
    if len(names) > MOST_TAGS:
        source = source[: next(islice(_NAME.finditer(source), MOST_TAGS, None)).start()]
    plan = _plan(frozenset(names))
    if not only and not plan.known and not _plan(frozenset(_END.findall(source))).known:
        return _plain(markup)
    return _parsed(source, plan, base, only)


def line(markup: str) -> str:
    """The text of `markup` on one line: for titles and names. Never raises."""
    if "<" not in markup and "&" not in markup and ordinary(markup):
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
    links: bool


@lru_cache(maxsize=1024)
def _plan(names: frozenset[bytes]) -> _Plan:
    lowered = {name: name.decode().lower() for name in sorted(names)}
    blocks = [name for name, known in lowered.items() if known in BLOCKS]
    lines = [name for name, known in lowered.items() if known in STARTS]
    # Cells are marked where they begin and before they close, because the parser moves a mark between cells out of the
    # table. An end tag may be missing.
    lines += [b"/?" + name for name, known in lowered.items() if known in CELLS]
    return _Plan(
        known=not KNOWN.isdisjoint(lowered.values()),
        blocks=re.compile(rb"<(?=/?(?:%s)[\s/>])" % b"|".join(blocks)) if blocks else None,
        lines=re.compile(rb"<(?=(?:%s)[\s/>])" % b"|".join(lines)) if lines else None,
        unseen=sorted(UNSEEN.intersection(lowered.values())),
        links="a" in lowered.values(),
    )


def _spaced(markup: str) -> str:
    """Every white space is a space, but line breaks in code, from `<pre` to `</pre>`, are marks."""
    for mark in (PARAGRAPH, LINE):
        markup = markup.replace(mark, "")
    if "</pre>" in markup:
        parts = markup.split("</pre>")
        for number, part in enumerate(parts[:-1]):
            before, opening, code = part.partition("<pre")
            parts[number] = before + opening + code.replace("\n", LINE)
        markup = "</pre>".join(parts)
    for white in "\n\t\r\f":
        markup = markup.replace(white, " ")
    return markup


def _parsed(source: bytes, plan: _Plan, base: str, only: str) -> Prose:
    if plan.blocks:
        source = plan.blocks.sub(b"\x02<", source)
    tree = LexborHTMLParser(plan.lines.sub(b"\x03<", source) if plan.lines else source, options=_WITHOUT_EVENTS)
    root = tree.root
    if root is None:
        return Prose("")
    if plan.unseen:
        tree.strip_tags(plan.unseen, recursive=True)
    _drop_hidden(root, source)
    roots = _outermost(root, only) if only else [root]
    text = PARAGRAPH.join([part.text() for part in roots])
    targets = (node.attrs.get("href") or "" for part in roots for node in part.css("a")) if plan.links else ()
    return Prose(_folded(text), _addresses(targets, base))


def _drop_hidden(root: LexborNode, source: bytes) -> None:
    lowered = source.lower()
    hidden = b"hidden" in lowered
    if hidden:
        for node in root.css(f"body {_HIDDEN}"):
            node.decompose()
    if b"style=" in lowered and (hidden or b"none" in lowered or b"font-size" in lowered):
        for node in root.css("body [style]"):
            if hiding(node.attrs.get("style") or ""):
                node.decompose()


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
    paragraphs = filter(None, map(str.strip, text.split(PARAGRAPH)))
    if LINE in text:
        paragraphs = filter(None, [_lined(each, LINE) if LINE in each else each for each in paragraphs])
    text = "\n\n".join(paragraphs)
    if "  " in text:
        text = _DOUBLE.sub(" ", text)
    return text if ordinary(text) else _narrowed(visible(text))


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
        text = unescaped(text)
    if not ordinary(text):
        text = _narrowed(visible(text.replace("\r\n", "\n").replace("\r", "\n")))
    elif "  " in text or "\n" in text:
        text = _narrowed(text)
    else:
        text = text.strip()
    if "://" not in text:
        return Prose(text)
    return Prose(text, _addresses((found.rstrip(".,;:!?)]}") for found in _ADDRESS.findall(text)), ""))

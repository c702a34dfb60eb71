"""RSS, RDF and Atom in one pass over an lxml tree.

An own walk over lxml and not a feed library: the libraries that are as fast return their own half-cleaned text and open
what looks like an address, the others take ten times as long. Entities are not resolved, nothing is fetched, no
DTD is read: the text that reaches the parser begins at its root element.
"""

import html.entities
import re
from collections.abc import Callable
from urllib.parse import urljoin

from lxml import etree

from adapters.wire.feeds.entries import Entries, Entry
from adapters.wire.feeds.recorded import Recorded, named
from adapters.wire.markup import absolute
from bot.domain.recording import TranscriptLink

_PIECE = 64 * 1024
_LARGE = 500_000
_HUGE_TAG = re.compile(rb"<[^<>]{300000}")
_MOST_FAULTS = 10_000
MOST_READ = 10_000
"""Entries looked at in one file, to find the newest among them."""

_PREFIXES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://podlove.org/simple-chapters": "psc",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
}
_FEED_NAMESPACE = re.compile(r"rss|atom|netscape|rdf/simple|userland")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_CONTENTS = frozenset(
    ("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem", "description", "summary",
     "media:description", "itunes:summary", "dc:description", "tagline", "abstract")
)  # fmt: skip
_PUBLISHED = ("published", "pubdate", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created", "updated",
              "modified", "dcterms:modified", "date")  # fmt: skip
_AUTHORS = ("author", "dc:creator", "itunes:author", "dc:author", "creator")
_SPOKEN = ("dc:language", "language")
_TIMED = frozenset(("itunes:duration", "podcast:chapters", "psc:chapters", "media:content"))
_ENTRY = frozenset(("item", "entry"))
_ENCLOSED = frozenset(("enclosure", "media:content"))
_REPEATED = _ENCLOSED | {"podcast:transcript", "podcast:person"}
"""Of which an entry may have several."""
_PLAYED = (".mp3", ".m4a", ".ogg", ".opus", ".aac", ".wav", ".flac", ".mp4", ".m4v", ".mov", ".webm")

_REFERENCE = re.compile(r"&(?:#([0-9]{1,8}|[xX][0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN = {"amp": "&#38;", "lt": "&#60;", "gt": "&#62;", "quot": "&#34;", "apos": "&#39;"}
_PREFIXED = re.compile(r"(</?)[A-Za-z][\w.-]*:")

Fields = dict[str, etree._Element]


def entries(source: bytes, base: str) -> tuple[Entries, bool] | None:
    """The entries of the XML in `source`, UTF-8 from the root element on, and whether it was well-formed.

    None where lxml finds no tree at all, or would take more memory for one tag than a worker has.
    """
    if len(source) > _LARGE and _HUGE_TAG.search(source):
        return None
    root = _strict(source)
    clean = root is not None
    if root is None:
        root = _recovered(_repaired(source.decode("utf-8", "replace")))
    if root is None:
        return None
    names = _Names()
    channel = next((child for child in root if names[child.tag] == "channel"), root)
    about: list[tuple[str, etree._Element]] = []
    items: list[etree._Element] = []
    for child in channel:
        name = names[child.tag]
        if name in _ENTRY:
            items.append(child)
        else:
            about.append((name, child))
    if not clean or not items or (channel is not root and len(root) > 1):
        # In RDF they follow the channel; a fault may have put them anywhere.
        items = [each for each in root.iter("{*}item", "{*}entry", "{*}Item", "{*}ITEM") if names[each.tag] in _ENTRY]
    result, site = _about(root, about)
    # A channel's link says where its addresses live; Atom's are relative to the document.
    home = (site or base) if channel is not root else (base or site)
    based = b"xml:base" in source
    result.entries = [_entry(item, _base(item, home) if based else home, names) for item in items[:MOST_READ]]
    return result, clean


def _about(root: etree._Element, children: list[tuple[str, etree._Element]]) -> tuple[Entries, str]:
    """What a feed says of itself, and the address of its site."""
    about = Entries(language=root.get(f"{_XML}lang") or "")
    site = ""
    for name, element in children:
        if name == "title":
            about.title = about.title or _inner(element)
        elif name in _SPOKEN:
            about.language = (element.text or "").strip() or about.language
        elif name == "podcast:person":
            about.people.append(named(_text(element), element.get("role")))
        elif name == "link" and not site and element.get("rel", "alternate") == "alternate":
            site = absolute("", element.get("href") or element.text or "") or ""
    return about, site


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )


def _strict(source: bytes) -> etree._Element | None:
    """The tree of well-formed XML."""
    try:
        return etree.fromstring(source, _parser(recover=False))
    except (etree.LxmlError, ValueError):
        return None


def _recovered(text: str) -> etree._Element | None:
    """The tree of what can be read. Fed in pieces, because every fault is kept in a log, and there may be millions."""
    parser = _parser(recover=True)
    body = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(body), _PIECE):
            parser.feed(body[start : start + _PIECE])
            if len(parser.feed_error_log) > _MOST_FAULTS:
                break
        return parser.close()
    except (etree.LxmlError, ValueError):
        return None


def _repaired(text: str) -> str:
    """References that XML does not know become characters, forbidden characters go; CDATA stays.

    XML's own five become numbers: after a first fault, libxml2 drops references by name.
    """
    text = _NOT_XML.sub("", text)
    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += (_REFERENCE.sub(_reference, text[at:start]), text[start : end + 3])
        at = end + 3
    return "".join((*parts, _REFERENCE.sub(_reference, text[at:])))


def _reference(match: re.Match[str]) -> str:
    number, name = match.groups()
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return match[0] if code < 0x110000 and not _NOT_XML.match(chr(code)) else ""
    if name:
        return _OWN.get(name) or _spelled(html.entities.html5.get(f"{name};", f"&{name};"))
    return "&#38;"


def _spelled(text: str) -> str:
    return text.replace("&", "&#38;").replace("<", "&#60;")


class _Names(dict[object, str]):
    """Tags under one spelling: `title`, `dc:date`, `content:encoded`, whatever prefix or namespace version they have.

    Empty for what is no element.
    """

    def __missing__(self, tag: object) -> str:
        self[tag] = name = _name(tag) if isinstance(tag, str) else ""
        return name


def _name(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    local = local.lower()
    if not space:
        return local.removeprefix("atom:")
    space = space[1:].lower().rstrip("/#")
    prefix = _PREFIXES.get(space)
    if prefix is None:
        prefix = "" if _FEED_NAMESPACE.search(space) else "other"
    return f"{prefix}:{local}" if prefix else local


def _base(element: etree._Element, home: str) -> str:
    bases = [value for e in (element, *element.iterancestors()) if (value := e.get(f"{_XML}base"))]
    for value in reversed(bases):
        try:
            home = urljoin(home, value)
        except ValueError:
            continue
    return home


def _entry(element: etree._Element, base: str, names: _Names) -> Entry:
    fields: Fields = {}
    links: list[etree._Element] = []
    repeated: list[tuple[str, etree._Element]] = []
    for child in element:
        name = names[child.tag]
        if name == "link":
            links.append(child)
        elif name in _REPEATED:
            repeated.append((name, child))
        elif name not in fields:
            fields[name] = child
    for grandchild in fields.get("media:group", ()):
        fields.setdefault(names[grandchild.tag], grandchild)
    guid = fields.get("id", fields.get("guid"))
    entry = Entry(
        _text(guid) if guid is not None else element.get(_ABOUT, ""),
        "",
        _first(fields, _TITLES, _inner),
        [body for name, child in fields.items() if name in _CONTENTS and (body := _inner(child))],
        _first(fields, _PUBLISHED, _text),
        _first(fields, _AUTHORS, _author),
        next((url for name, e in repeated if name in _ENCLOSED and (url := _played(e))), "") if repeated else "",
        base,
        _recorded(fields, repeated) if repeated or not _TIMED.isdisjoint(fields) else None,
    )
    entry.link = _link(entry, fields, links)
    return entry


def _recorded(fields: Fields, repeated: list[tuple[str, etree._Element]]) -> Recorded:
    """What is said of the sound file or video."""
    recorded = Recorded(
        _first(fields, ("itunes:duration",), _text), _url(fields, "podcast:chapters"), _first(fields, _SPOKEN, _text)
    )
    for one in fields.get("psc:chapters", ()):
        recorded.listed.append((one.get("start") or "", one.get("title") or ""))
    if (grouped := fields.get("media:content")) is not None:
        repeated = [*repeated, ("media:content", grouped)]
    for name, element in repeated:
        if name == "podcast:transcript":
            address, kind = element.get("url") or "", element.get("type") or ""
            recorded.transcripts.append(TranscriptLink(address, kind, element.get("language")))
        elif name == "podcast:person":
            recorded.people.append(named(_text(element), element.get("role")))
        else:
            recorded.duration = recorded.duration or element.get("duration") or ""
    return recorded


def _url(fields: Fields, name: str) -> str:
    element = fields.get(name)
    return "" if element is None else element.get("url") or ""


def _first(fields: Fields, names: tuple[str, ...], read: Callable[[etree._Element], str]) -> str:
    for name in names:
        if (element := fields.get(name)) is not None and (value := read(element)):
            return value
    return ""


def _text(element: etree._Element) -> str:
    """The characters of an element, without those of elements in it when there are none."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(map(str, element.itertext())).strip()


def _inner(element: etree._Element) -> str:
    """The markup in an element: its text where it is escaped, its elements where it is not."""
    if len(element) == 0:
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return _PREFIXED.sub(r"\1", "".join(parts))


def _author(element: etree._Element) -> str:
    if len(element) == 0:
        return (element.text or "").strip()
    return next((_text(child) for child in element if str(child.tag).lower().endswith("name")), "")


def _played(element: etree._Element) -> str:
    """The address of an audio or video file."""
    address = (element.get("url") or element.get("href") or "").strip()
    kind = element.get("type") or element.get("medium") or ""
    if kind.startswith(("audio", "video")) or address.partition("?")[0].lower().endswith(_PLAYED):
        return address
    return ""


def _link(entry: Entry, fields: Fields, links: list[etree._Element]) -> str:
    """Where an entry is read: the original behind a counting redirect, its page, else a guid that is an address."""
    original = fields.get("feedburner:origlink")
    if original is not None and (address := _text(original)):
        return address
    best, best_rank = "", 9
    for link in links:
        relation = link.get("rel") or "alternate"
        address = (link.get("href") or _text(link)).strip()
        if relation == "enclosure" and not entry.media:
            entry.media = _played(link)
        elif address and relation in ("alternate", "http://www.iana.org/assignments/relation/alternate"):
            rank = 0 if "html" in (link.get("type") or "html") else 1
            if rank < best_rank:
                best, best_rank = address, rank
    if best:
        return best
    guid = fields.get("guid", fields.get("id"))
    permanent = guid is not None and (guid.get("ispermalink") or guid.get("isPermaLink") or "true").lower() == "true"
    return entry.guid if permanent and entry.guid.startswith(("http://", "https://")) else ""

"""One file in, one feed out: the format shows in the content, the fast pass comes first, the patient one salvages."""

import re

from adapters.wire.feeds import jsonfeed, salvage, tree
from adapters.wire.feeds.decoding import recoded
from adapters.wire.feeds.entries import Entries, Feed, about, assembled, finished, newest
from adapters.wire.feeds.pages import linked_feeds
from adapters.wire.markup import Page
from bot.domain.item import ItemKind
from bot.errors import SourceMalformed

_ELEMENT = re.compile(rb"<([A-Za-z_][A-Za-z0-9._-]*:)?([A-Za-z_][A-Za-z0-9._-]*)")
_ROOTS = frozenset((b"rss", b"feed", b"rdf", b"channel", b"atom"))
_ITEM = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:item|entry)[\s>]")
_PAGE = frozenset((b"html", b"head", b"body", b"script", b"div", b"title", b"meta"))


def parse(
    body: bytes,
    *,
    content_type: str = "",
    charset: str | None = None,
    base: str = "",
    kind: ItemKind = ItemKind.ARTICLE,
) -> Feed:
    """Read RSS, RDF, Atom or JSON Feed, told apart by content, never by name or content type.

    Pure, and slow enough for large files to be run in a worker process (picklable). `charset` is what the HTTP answer
    said, `base` the address relative links are relative to, `kind` what its entries are.

    Raises:
        SourceMalformed: a sentence that says what it is instead.
    """
    source, salvaged = read(body, content_type=content_type, charset=charset, base=base)
    page, feed = Page(), about(source)
    found = [finished(entry, date, kind, page, feed) for entry, date in newest(source.entries)]
    return assembled(source, found, salvaged=salvaged)


def read(body: bytes, *, content_type: str = "", charset: str | None = None, base: str = "") -> tuple[Entries, bool]:
    """The entries of a file, with their markup, and whether they had to be salvaged.

    Raises:
        SourceMalformed: a sentence that says what it is instead.
    """
    feed = recoded(body, charset).lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not feed:
        raise SourceMalformed("the answer is empty")
    if feed[:1] in b"{[":
        return jsonfeed.entries(feed.decode("utf-8", "replace"), base), False
    start, root = _first_element(feed)
    if root in _ROOTS:
        return _xml(feed[start:], base)
    if root in _PAGE or "html" in content_type:
        links = linked_feeds(feed.decode("utf-8", "replace"), base)
        raise SourceMalformed("this is a web page, not a feed" + (f"; it names the feed {links[0]}" if links else ""))
    if root is not None and _ITEM.search(feed):
        return salvage.entries(feed[start:].decode("utf-8", "replace"), base), True
    raise SourceMalformed("this is not a feed")


def _xml(feed: bytes, base: str) -> tuple[Entries, bool]:
    """The fast pass, and the patient one where faults in the file may have cost the fast one entries."""
    result = tree.entries(feed, base)
    if result is not None:
        source, clean = result
        if clean or len(source.entries) >= sum(1 for _ in _ITEM.finditer(feed)):
            return source, False
    else:
        source = Entries()
    try:
        saved = salvage.entries(feed.decode("utf-8", "replace"), base)
    except SourceMalformed:
        if source.entries:
            return source, False
        raise
    return (saved, True) if len(saved.entries) > len(source.entries) else (source, False)


def _first_element(feed: bytes) -> tuple[int, bytes | None]:
    """Where the root element begins and its name: declarations, comments and a document type are stepped over."""
    at = feed.find(b"<")
    while at >= 0:
        if feed.startswith(b"<!--", at):
            end = feed.find(b"-->", at)
            if end < 0:
                break
            at = feed.find(b"<", end)
        elif element := _ELEMENT.match(feed, at):
            return at, element[2].lower()
        else:
            at = feed.find(b"<", at + 1)
    return 0, None

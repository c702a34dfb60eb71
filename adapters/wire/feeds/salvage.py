"""feedparser, for what the fast pass cannot read: it is patient with broken files, and slow.

It gets bytes in memory and nothing else, because it opens what looks like an address or a path. It gets no document
type and no entities, because the text begins at the root element, and nothing that is known to stop it: thousands of
comment openers, tags with thousands of attributes, files of many megabytes.
"""

import html
import io
import re
from typing import Any
from xml.sax import SAXException

from adapters.wire.feeds.entries import Entries, Entry
from adapters.wire.feeds.recorded import Recorded, named
from bot.domain.recording import TranscriptLink
from bot.errors import SourceMalformed

MOST_SALVAGED = 1_000_000
"""Characters of a file that are tried."""
_MOST_OPENERS = 2_000
_HUGE_TAG = re.compile(r"<[^<>]{20000}")
_WRONG_REFERENCE = re.compile(r"&#(?:[0-9]{7,}|[xX][0-9a-fA-F]{6,});?|&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2});?")
_BEGINS = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:item|entry)[\s>]")
_TAGGED = re.compile(r"<podcast:(transcript|chapters|person)\b([^<>]{0,3000})>([^<>]{0,300})")
_ATTRIBUTE = re.compile(r"""([A-Za-z]{1,20})\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')""")
FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
)
"""What feedparser raises at broken files."""


def entries(text: str, base: str) -> Entries:
    """What feedparser finds in `text`.

    Raises:
        SourceMalformed: it finds nothing, fails, or would be stopped by the file.
    """
    import feedparser

    text = text[:MOST_SALVAGED]
    if text.count("<!--") > _MOST_OPENERS or text.count("<![") > _MOST_OPENERS * 5 or _HUGE_TAG.search(text):
        raise SourceMalformed("the feed is broken in a way that stops parsers")
    text = _WRONG_REFERENCE.sub("", text).replace("\0", "")
    try:
        read = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except FAILURES as error:
        raise SourceMalformed("the feed is too broken to be read") from error
    if not read.entries and not read.version:
        raise SourceMalformed("this is not a feed")
    home = base or _string(read.feed, "link")
    head, *parts = _BEGINS.split(text)
    if len(parts) != len(read.entries):  # which tag is whose cannot be told
        parts = [""] * len(read.entries)
    found = [_entry(each, part, home) for each, part in zip(read.entries, parts, strict=True)]
    return Entries(_string(read.feed, "title"), _string(read.feed, "language"), found, _recorded({}, head).people)


def _recorded(read: dict[str, Any], source: str) -> Recorded:
    """What is said of a sound file: of tags that come more than once, feedparser keeps the last without its text."""
    recorded = Recorded(_string(read, "itunes_duration"), language=_string(read, "language"))
    for found in _TAGGED.finditer(source) if "<podcast:" in source else ():
        said = {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(found[2])}
        if found[1] == "transcript":
            recorded.transcripts.append(TranscriptLink(said.get("url", ""), said.get("type", ""), said.get("language")))
        elif found[1] == "chapters":
            recorded.chapters = recorded.chapters or said.get("url", "")
        else:
            recorded.people.append(named(html.unescape(found[3]), said.get("role")))
    return recorded


def _entry(read: dict[str, Any], source: str, home: str) -> Entry:
    bodies = [_string(content, "value") for content in read.get("content", ())] + [_string(read, "summary")]
    return Entry(
        guid=_string(read, "id"),
        link=_string(read, "link"),
        title=_string(read, "title"),
        bodies=[body for body in bodies if body],
        date=_string(read, "published") or _string(read, "created") or _string(read, "updated"),
        author=_string(read, "author"),
        media=next(
            (_string(e, "href") for e in read.get("enclosures", ()) if _string(e, "type")[:5] in ("audio", "video")), ""
        ),
        base=home,
        recorded=_recorded(read, source),
    )


def _string(mapping: dict[str, Any], key: str) -> str:
    # feedparser's own `get` answers for other keys too, and warns about it.
    value = dict.get(mapping, key)
    return value if isinstance(value, str) else ""

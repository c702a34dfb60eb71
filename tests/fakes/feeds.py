"""A web of recorded answers, and feeds that are made to do harm."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.wire.http import Fetched
from bot.errors import SourceError


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a source made it."""

    url: str
    etag: str | None
    last_modified: str | None


class RecordedWeb:
    """Answers from `pages`: a body is sent with an ETag, an error is raised, an answer given as it is."""

    def __init__(self, pages: Mapping[str, bytes | SourceError | Fetched]) -> None:
        self.pages = dict(pages)
        self.asked: list[Asked] = []

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        most_bytes: int = 0,
    ) -> Fetched:
        """The recorded answer; a page that was not recorded is a test's mistake."""
        self.asked.append(Asked(url, etag, last_modified))
        page = self.pages[url]
        if isinstance(page, SourceError):
            raise page
        if isinstance(page, Fetched):
            return page
        tag = f'"{len(page)}"'
        return fetched(url, b"" if etag == tag else page, etag=tag, unchanged=etag == tag)


def fetched(
    url: str, body: bytes, *, etag: str | None = None, unchanged: bool = False, moved_to: str | None = None
) -> Fetched:
    """An answer of a server."""
    return Fetched(
        status=304 if unchanged else 200,
        url=moved_to or url,
        body=body,
        content_type="",
        charset=None,
        etag=etag,
        last_modified=None,
        moved_to=moved_to,
        fresh_until=None,
    )


def rss(items: str, channel: str = "") -> bytes:
    """An RSS feed around `items`."""
    spaces = (
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    )
    return f'<rss version="2.0"{spaces}><channel><title>T</title>{channel}{items}</channel></rss>'.encode()


def atom(entries: str, attributes: str = "") -> bytes:
    """An Atom feed around `entries`."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>T</title>{entries}</feed>'.encode()


_BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))

HOSTILE: Mapping[str, bytes] = {
    "entity bomb in text": (
        f'<!DOCTYPE rss [<!ENTITY e0 "lol">{_BOMB}]><rss><channel><item><title>&e9;</title></item></channel></rss>'
    ).encode(),
    "entity bomb in an attribute": (
        f'<!DOCTYPE feed [<!ENTITY e0 "lol">{_BOMB}]><feed xmlns="http://www.w3.org/2005/Atom">'
        '<entry><title>a</title><link href="&e9;"/></entry></feed>'
    ).encode(),
    "file through an entity": (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><title>a</title><description>&x;</description></item></channel></rss>"
    ),
    "address through a parameter entity": (
        b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><rss><channel><item/></channel></rss>'
    ),
    "thirty thousand attributes": b"<rss><channel><item "
    + b" ".join(b'a%d="1"' % n for n in range(30_000))
    + b"><title>a</title></item></channel></rss>",
    "fifty thousand comment openers": b"<rss><channel><item><title>a</title>" + b"<!--" * 50_000,
    "fifty thousand comment openers in front": b"<!--" * 50_000 + b"<rss><channel><item/></channel></rss>",
    "fifty thousand CDATA openers": b"<rss><channel><item><title>" + b"<![CDATA[" * 50_000,
    "deep nesting": b"<rss><channel><item><title>a</title>" + b"<x>" * 100_000,
    "deep markup": rss(f"<item><title>a</title><description><![CDATA[{'<div>' * 100_000}]]></description></item>"),
    "unclosed tags": rss(f"<item><title>a</title><description><![CDATA[{'<a ' * 100_000}]]></description></item>"),
    "a character beyond Unicode": rss("<item><title>a &#x110000; &#xD800; &#0; b</title></item>"),
    "a huge number": b"<rss><channel><item><title>&#" + b"9" * 100_000 + b";</title></item></channel></rss>",
    "zero bytes": b"<rss><channel><item><title>a\0b</title></item></channel></rss>",
    "only zero bytes": b"\0" * 10_000,
    "half of UTF-16": "<rss><channel><item><title>ü</title></item></channel></rss>".encode("utf-16")[:-7],
    "a wrong encoding": b'<?xml version="1.0" encoding="hex"?>'
    + rss("<item><title>&#255;</title></item>")
    + b"\xff\xfe",
    "deep JSON": b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
    "a surrogate in JSON": b'{"items": [{"id": "1", "title": "\\ud800", "content_text": "\\udfff x"}]}',
    "ten thousand namespaces": b"<rss><channel>"
    + b"".join(
        b'<item xmlns:n%d="http://%d.example/"><n%d:title>a</n%d:title></item>' % (n, n, n, n) for n in range(10_000)
    )
    + b"</channel></rss>",
    "a path": b"/etc/passwd",
    "an address": b"http://127.0.0.1:9/feed.xml",
    "a name in every language": rss("<item><title>" + "\u202e\u200b\U000e0041\ufeff" * 5_000 + "a</title></item>"),
    "truncated": rss("<item><title>one</title></item><item><title>two</title><description>half")[:-30],
}
"""Files that stop, crash or mislead parsers."""

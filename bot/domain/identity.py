"""What makes two entries the same thing: one canonical form of a link, one id of an item, one print of a text.

The same article comes from a feed, from its mirror, with campaign parameters and in a mobile form; it has to be one
item. A canonical link is also the link people click, so nothing is changed that could lead elsewhere.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from bot.domain.item import MAX_TEXT, MAX_TITLE, Found, Item, item_id
from bot.domain.sites import one_form

MAX_LINK = 2_000
"""Characters of a link; a longer one is no link to us."""
MAX_ENTRIES = 1_000
"""Entries of one source kept from one gather, the newest."""
MAX_LINKS = 100
"""Links kept of one item."""
MAX_AUTHOR = 200
AHEAD = timedelta(minutes=10)
"""How far a date may lie ahead of us before it is called wrong: clocks differ."""
STILL_NEWS = timedelta(days=2)
"""How old something may be that comes late, to be counted from when it came."""

_UNREAD = MAX_LINK * 4
"""Characters looked at; parameters that are dropped may make a link short enough."""
_INVISIBLE = re.compile("[\x00-\x20\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_TRACKING = re.compile(
    r"(?:utm_.*|[gdy]clid|[gw]braid|gclsrc|fbclid|msclkid|twclid|mc_[ce]id|igshid?|ref_(?:src|url)|mkt_tok|_hs(?:enc|mi)"
    r"|oly_(?:anon|enc)_id|__twitter_impression|at_(?:medium|campaign|custom\d*)|(?:int|ext)_campaign|maca|cmpid|wt_mc)",
    re.IGNORECASE,
)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESPELLED = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WORD = re.compile(r"\w+")
_PORTS = {"http": 80, "https": 443}


def canonical_link(url: str, base: str = "") -> str | None:
    """The one form of a link, or None for what is not a plain web address of at most 2,000 characters.

    Scheme and host are lower case, the host in its ASCII form, the default port, fragment, tracking parameters and dot
    segments gone, escapes in one spelling. The order of parameters stays, and so does a slash at the end: servers tell
    `/a` from `/a/`. YouTube, X, AMP and mobile addresses get the form of their site (`bot/domain/sites.py`). Refused:
    other schemes than http and https, user names and passwords, impossible hosts. A canonical link is its own
    canonical link.
    """
    text = _visible(url)
    if base:
        try:
            text = urljoin(_visible(base), text)
        except ValueError:
            return None
    while (plain := _plain(text)) and (other := one_form(plain)) != plain:
        text = other
    return plain if plain and len(plain) <= MAX_LINK else None


def _visible(url: str) -> str:
    """Without what nobody sees, and with slashes as browsers read them; inner spaces are escaped."""
    inner = url[: _UNREAD + 1].strip().replace(" ", "%20")
    head, mark, query = _INVISIBLE.sub("", inner).partition("?")
    return head.replace("\\", "/") + mark + query


def _plain(url: str) -> str | None:
    """The form RFC 3986 §6 gives any web address, without tracking parameters."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or "@" in parts.netloc or len(url) > _UNREAD:
        return None
    host = _host(parts.hostname or "")
    if host is None or ("[" in host) != ("[" in parts.netloc):
        return None
    authority = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(p for p in _escaped(parts.query).split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0]))
    return f"{parts.scheme}://{authority}{_path(_escaped(parts.path))}{'?' * bool(query)}{query}"


def _host(name: str) -> str | None:
    """A host in ASCII: addresses as they are; other alphabets folded, as punycode, near to UTS 46 (ß stays itself)."""
    if ":" in name:
        return f"[{name}]" if re.fullmatch(r"[0-9a-f:.]+", name) else None
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower()).replace("。", ".")
    labels = [_label(label) for label in folded.removesuffix(".").split(".")]
    host = ".".join(label or "" for label in labels)
    return host if all(labels) and len(host) <= 253 else None


def _label(label: str) -> str | None:
    if not label.isascii():
        if len(label) > 63 or not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label):
            return None
        label = "xn--" + label.encode("punycode").decode("ascii")
    return label if _LABEL.fullmatch(label) else None


def _escaped(text: str) -> str:
    """One spelling: unreserved characters plain, all others that a link may not hold as upper-case escapes."""
    return _RESPELLED.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    piece = match[0]
    if len(piece) == 3:
        plain = chr(int(piece[1:], 16))
        return plain if plain in _UNRESERVED else piece.upper()
    return "".join(f"%{byte:02X}" for byte in piece.encode(errors="replace"))


def _path(path: str) -> str:
    """Without dot segments (RFC 3986 §5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def fingerprint(title: str, text: str) -> str:
    """16 hex digits of what is said, whatever its case, punctuation and white space: equal words, equal print."""
    words = _WORD.findall(unicodedata.normalize("NFKC", f"{title}\n{text}").casefold())
    return hashlib.sha256(" ".join(words).encode(errors="replace")).hexdigest()[:16]


def admit(
    found: Found,
    *,
    source: str,
    now: datetime,
    first_gather: bool,
    looked: datetime | None = None,
    still: bool = False,
) -> Item:
    """Turn an entry into the item that is kept.

    `source` is the source's key, `now` (aware UTC) the instant of the gather. Its id is the canonical link's, or the
    guid's, under its source, where there is no link. Texts are cut to their caps at a word border and freed of control
    characters. A date more than ten minutes ahead, or of 1970 and before, says nothing: the item counts as undated,
    so it can neither stay on top nor hide until that date. With `still` the clock was set to another instant, and a
    later date is simply later. What is dated up to `looked`, until when the source had been read, and was not there
    then, comes late: it counts from now, or no edition would ever have it; if it is older than two days, it is no news.
    """
    url = canonical_link(found.link) if found.link else None
    published = _believed(found.published, now, still=still)
    guid = _clean(found.guid, MAX_LINK) or fingerprint(found.title, found.text)
    return Item(
        id=item_id(url or _under(source, guid)),
        source=source,
        guid=guid,
        url=url,
        title=_line(found.title, MAX_TITLE),
        text=_clean(found.text, MAX_TEXT),
        kind=found.kind,
        published=published,
        first_seen=now,
        backlog=published is None and first_gather,
        author=_line(found.author or "", MAX_AUTHOR) or None,
        links=_links(found.links, url),
        media=found.media if found.media and canonical_link(found.media) else None,
        recording=found.recording,
        late=published is not None and _is_late(published, looked, now),
    )


def _is_late(published: datetime, looked: datetime | None, now: datetime) -> bool:
    return looked is not None and published <= looked and now - STILL_NEWS < published < now


def told_apart(items: Sequence[Item]) -> list[Item]:
    """The items of one fetch of one source, in its order, each id once; of equal ones the first stays.

    Entries that share a link are told apart by guid: the anchors of one change log page are many things, and a
    canonical link has no fragment.
    """
    guids: dict[str, set[str]] = {}
    for item in items:
        guids.setdefault(item.id, set()).add(item.guid)
    kept: dict[str, Item] = {}
    for item in items:
        own = item if len(guids[item.id]) == 1 else replace(item, id=item_id(_under(item.source, item.guid)))
        kept.setdefault(own.id, own)
    return list(kept.values())


def _under(source: str, guid: str) -> str:
    return f"{source} {guid}"


def _believed(published: datetime | None, now: datetime, *, still: bool) -> datetime | None:
    if published is None or not 1970 < published.year < 9999 or (published > now + AHEAD and not still):
        return None
    return published.astimezone(UTC)


def _line(text: str, most: int) -> str:
    return _clean(" ".join(text[: most * 4].split()), most)


def _clean(text: str, most: int) -> str:
    """Without control characters and halves of characters, at most `most` long, cut where a word ends."""
    clean = _CONTROL.sub("", "\n".join(text[: most * 2].splitlines())).strip()
    if len(clean) <= most:
        return clean
    head = clean[:most]
    border = max(head.rfind(" "), head.rfind("\n"))
    return (head[:border] if border > most // 2 and not clean[most].isspace() else head).rstrip()


def _links(links: Sequence[str], own: str | None) -> tuple[str, ...]:
    plain = (canonical_link(link) for link in links[: MAX_LINKS * 2])
    return tuple(dict.fromkeys(link for link in plain if link and link != own))[:MAX_LINKS]

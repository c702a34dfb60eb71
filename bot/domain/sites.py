"""Sites whose pages have several addresses, and the one form we keep.

Only what is certain: the site itself sends one address to the other, or shows the same page under both.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

_HOSTS = {
    "twitter.com": "x.com",
    "www.twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "www.x.com": "x.com",
    "mobile.x.com": "x.com",
    "youtube.com": "www.youtube.com",
    "m.youtube.com": "www.youtube.com",
    "music.youtube.com": "www.youtube.com",
    "www.youtube-nocookie.com": "www.youtube.com",
    "reddit.com": "www.reddit.com",
    "old.reddit.com": "www.reddit.com",
    "m.reddit.com": "www.reddit.com",
    "www.arxiv.org": "arxiv.org",
    "export.arxiv.org": "arxiv.org",
}
_SECURE = frozenset(_HOSTS.values()) | {"youtu.be"}
"""Hosts that answer over https only."""
_VIDEO = r"([A-Za-z0-9_-]{11})"
_WATCH = re.compile(rf"(?:.*&)?v={_VIDEO}(?:&.*)?")
_SHORT = re.compile(rf"/(?:shorts|embed|live|v)/{_VIDEO}/?")
_YOUTU_BE = re.compile(rf"/{_VIDEO}/?")
_STATUS = re.compile(r"/(\w{1,15})/status(?:es)?/(\d+)(?:/.*)?", re.ASCII)
_PAPER = re.compile(r"/pdf/([^/]+?|[a-z.-]+/[^/]+?)(?:\.pdf)?/?")
_AMP = re.compile(r"/amp/(s/)?([^/]+\.[^/]+.*)")
_AMP_CACHE = re.compile(r"/[civ]/(s/)?([^/]+\.[^/]+.*)")
_YOUTUBE_SHARE = re.compile(r"(?:si|feature|pp)=.*")
_X_SHARE = re.compile(r"[st]=.*")


def one_form(link: str) -> str:
    """The address the site itself prefers, for a link in plain form; other links come back as they are.

    The result may need to be brought into plain form again.
    """
    parts = urlsplit(link)
    host = _HOSTS.get(parts.netloc, re.sub(r"^([a-z-]+)\.m\.wikipedia\.org$", r"\1.wikipedia.org", parts.netloc))
    inner = _inner(host, parts.path, parts.query)
    if inner:
        return inner
    path, query = _SITES.get(host, _as_is)(parts.path, parts.query)
    if host == "youtu.be" and path == "/watch":
        host = "www.youtube.com"
    scheme = "https" if host in _SECURE or host.endswith(".wikipedia.org") else parts.scheme
    return f"{scheme}://{host}{path}{'?' * bool(query)}{query}"


def video_of(link: str) -> str | None:
    """The id of the video at YouTube that a link in its one form leads to."""
    parts = urlsplit(link)
    found = _WATCH.fullmatch(parts.query) if (parts.netloc, parts.path) == ("www.youtube.com", "/watch") else None
    return found[1] if found else None


def _inner(host: str, path: str, query: str) -> str | None:
    """The page an AMP viewer shows."""
    if host in {"www.google.com", "google.com"}:
        found = _AMP.fullmatch(path)
    elif host.endswith(".cdn.ampproject.org"):
        found = _AMP_CACHE.fullmatch(path)
    else:
        return None
    if not found:
        return None
    return f"http{'s' * bool(found[1])}://{found[2]}{'?' * bool(query)}{query}"


def _as_is(path: str, query: str) -> tuple[str, str]:
    return path, query


def _unshared(query: str, share: re.Pattern[str]) -> str:
    """Without the parameters that only say who shared the link."""
    return "&".join(p for p in query.split("&") if not share.fullmatch(p))


def _youtube(path: str, query: str) -> tuple[str, str]:
    found = _WATCH.fullmatch(query) if path == "/watch" else _SHORT.fullmatch(path)
    return ("/watch", f"v={found[1]}") if found else (path, _unshared(query, _YOUTUBE_SHARE))


def _youtu_be(path: str, query: str) -> tuple[str, str]:
    found = _YOUTU_BE.fullmatch(path)
    return ("/watch", f"v={found[1]}") if found else (path, query)


def _x(path: str, query: str) -> tuple[str, str]:
    found = _STATUS.fullmatch(path)
    return (f"/{found[1].lower()}/status/{found[2]}", "") if found else (path, _unshared(query, _X_SHARE))


def _arxiv(path: str, query: str) -> tuple[str, str]:
    found = _PAPER.fullmatch(path)
    return (f"/abs/{found[1]}", query) if found else (path, query)


_SITES: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "www.youtube.com": _youtube,
    "youtu.be": _youtu_be,
    "x.com": _x,
    "arxiv.org": _arxiv,
}

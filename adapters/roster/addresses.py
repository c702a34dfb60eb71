"""What an address of each source type looks like, and which account stands behind a feed.

Reading checks with it; OPML lists name feeds where a roster names accounts.
"""

import re
from urllib.parse import urlsplit

from bot.domain.identity import canonical_link
from bot.domain.roster import BY_ADDRESS, SourceSpec, SourceType

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
_CHANNEL = r"UC[A-Za-z0-9_-]{22}"
_LOGIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})"
_REPOSITORY = r"(?!\.\.?(?:/|$))[A-Za-z0-9._-]{1,100}"

_SHAPES: dict[SourceType, tuple[re.Pattern[str], str]] = {
    SourceType.YOUTUBE: (re.compile(_CHANNEL), 'a channel id, "UC" and 22 more characters'),
    SourceType.GITHUB: (re.compile(rf"{_LOGIN}(?:/{_REPOSITORY})?"), "a login, or owner/repository"),
    SourceType.BLUESKY: (re.compile(_HOST), 'a handle without @, for instance "name.bsky.social"'),
    SourceType.MASTODON: (re.compile(rf"@[A-Za-z0-9_.-]{{1,64}}@{_HOST}"), '"@user@host"'),
    SourceType.X: (re.compile(r"[A-Za-z0-9_]{1,15}"), "a handle without @, at most 15 letters, digits and _"),
    SourceType.ARXIV: (re.compile(r"[A-Za-z0-9._/-]{1,64}"), 'a category or an author, for instance "cs.CL"'),
    SourceType.FILE: (re.compile(r"[^\x00-\x1f\x7f]{1,1000}"), "the path of a file or folder"),
}

_BEHIND: tuple[tuple[re.Pattern[str], SourceType, str], ...] = (
    (re.compile(rf"www\.youtube\.com/feeds/videos\.xml\?channel_id=({_CHANNEL})"), SourceType.YOUTUBE, "{}"),
    (re.compile(rf"www\.youtube\.com/channel/({_CHANNEL})"), SourceType.YOUTUBE, "{}"),
    (re.compile(rf"github\.com/({_LOGIN})\.atom"), SourceType.GITHUB, "{}"),
    (re.compile(rf"github\.com/({_LOGIN})/({_REPOSITORY})/releases\.atom"), SourceType.GITHUB, "{}/{}"),
    (re.compile(rf"bsky\.app/profile/({_HOST})/rss"), SourceType.BLUESKY, "{}"),
    (re.compile(rf"({_HOST})/@([A-Za-z0-9_.-]{{1,64}})\.rss"), SourceType.MASTODON, "@{1}@{0}"),
)
_PODCAST_HOSTS = (
    "anchor.fm",
    "api.substack.com",
    "audioboom.com",
    "buzzsprout.com",
    "feed.podbean.com",
    "feeds.acast.com",
    "feeds.captivate.fm",
    "feeds.fireside.fm",
    "feeds.megaphone.fm",
    "feeds.redcircle.com",
    "feeds.simplecast.com",
    "feeds.soundcloud.com",
    "feeds.transistor.fm",
    "feeds.twit.tv",
    "libsyn.com",
    "omnycontent.com",
    "podcasts.files.bbci.co.uk",
    "rss.art19.com",
)
"""Hosts that serve nothing but audio feeds."""


def mistake(kind: SourceType, address: str) -> str | None:
    """What is wrong with an address of this type, in words; None if nothing is."""
    if kind in BY_ADDRESS:
        if canonical_link(address) and not re.search(r"\s", address):
            return None
        return "is not an http(s) address without user name, of at most 2,000 characters"
    shape, wanted = _SHAPES[kind]
    return None if shape.fullmatch(address) else f"is not {wanted}"


def same(kind: SourceType, address: str) -> str:
    """A key equal for two spellings of one place."""
    return SourceSpec(kind, address).identity


def recognised(address: str) -> SourceSpec | None:
    """The source behind a feed's address: an account where the address says whose, else the feed; None if no address.

    The opposite of `adapters.wire.accounts.public_feed`.
    """
    address = address.strip()
    link = canonical_link(address)
    if link is None or mistake(SourceType.FEED, address):
        return None
    bare = link.partition("://")[2]
    for shape, kind, form in _BEHIND:
        if (found := shape.fullmatch(bare)) and not mistake(kind, name := form.format(*found.groups())):
            return SourceSpec(kind, name)
    host = urlsplit(link).netloc
    if any(host == known or host.endswith(f".{known}") for known in _PODCAST_HOSTS):
        return SourceSpec(SourceType.PODCAST, address)
    return SourceSpec(SourceType.SUBSTACK if host.endswith(".substack.com") else SourceType.FEED, address)

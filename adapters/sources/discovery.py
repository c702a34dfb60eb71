"""From what a person has, a home page or an account's page, to the feed behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from adapters.wire.deps import Fetching
from adapters.wire.feeds.decoding import decoded
from adapters.wire.feeds.pages import linked_feeds
from adapters.wire.feeds.polling import ACCEPT, LIMIT, MOST_BYTES
from adapters.wire.feeds.reading import parse
from bot.errors import CoresError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.cores import Cores
from bot.ports.finder import Sighting

MOST_TRIED = 8
"""Addresses asked for one page."""
_SHOWN = 3
_TITLE = 200
"""Of so many entries, as many characters are shown of what was found."""
_COMMON = ("feed", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml")
_ACCOUNTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})(?:/.*)?"),
        "https://www.youtube.com/feeds/videos.xml?channel_id={}",
    ),
    (re.compile(r"(?:www\.)?github\.com/([\w-]+)/?"), "https://github.com/{}.atom"),
    (
        re.compile(r"(?:www\.)?github\.com/([\w-]+/[\w.-]+)(?:/releases|/tree/.*)?/?"),
        "https://github.com/{}/releases.atom",
    ),
    (re.compile(r"bsky\.app/profile/([\w.:-]+)/?"), "https://bsky.app/profile/{}/rss"),
    (re.compile(r"medium\.com/(@[\w.-]+)/?"), "https://medium.com/feed/{}"),
    (re.compile(r"([\w-]+\.substack\.com)(?:/(?:archive|about)?)?"), "https://{}/feed"),
    (re.compile(r"((?!(?:www\.|m\.)?youtube\.|medium\.)[\w.-]+/@[\w.]+)/?"), "https://{}.rss"),
)
"""Pages of accounts (host and path) and the feeds behind them."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What one answer is: a feed with what it holds, or a page with the feeds it names."""

    feed: bool
    title: str | None = None
    named: tuple[str, ...] = ()
    items: int = 0
    newest: datetime | None = None
    titles: tuple[str, ...] = ()

    def seen_at(self, address: str) -> Sighting:
        """A feed at the address it was found at."""
        return Sighting(address, self.title, self.items, self.newest, self.titles)


async def discover(url: str, web: Fetching, cores: Cores) -> Sighting:
    """The feed at or behind `url`: the address itself, else what the page names, else where feeds usually are.

    Raises:
        SourceError: `url` cannot be fetched, or no feed was found; in words.
    """
    url = url if "://" in url else f"https://{url}"
    account = account_feed(url)
    if account and (found := await _try(account, web, cores)):
        return found
    address, seen = await _examine(url, web, cores)
    if seen.feed:
        return seen.seen_at(address)
    asked = {url, account}
    for candidate in _candidates(address, seen):
        if candidate in asked:
            continue
        asked.add(candidate)
        if found := await _try(candidate, web, cores):
            return found
        if len(asked) > MOST_TRIED:
            break
    raise SourceMalformed(f"no feed was found at {url}; name the address of the feed itself")


def account_feed(url: str) -> str | None:
    """The feed of an account whose page `url` is."""
    parts = urlsplit(url)
    bare = f"{(parts.hostname or '')}{parts.path}"
    for page, feed in _ACCOUNTS:
        if match := page.fullmatch(bare):
            return feed.format(match[1])
    return None


def examine(body: bytes, content_type: str, charset: str | None, base: str) -> Examined:
    """What an answer is; picklable."""
    try:
        feed = parse(body, content_type=content_type, charset=charset, base=base)
    except SourceMalformed:
        return Examined(feed=False, named=tuple(linked_feeds(decoded(body, charset), base)))
    newest = next((found.published for found in feed.found if found.published), None)
    titles = tuple((found.title or found.text)[:_TITLE] for found in feed.found[:_SHOWN])
    return Examined(feed=True, title=feed.title, items=len(feed.found), newest=newest, titles=titles)


def _candidates(page: str, seen: Examined) -> Iterator[str]:
    yield from seen.named
    for name in _COMMON:
        yield urljoin(page, name)
        yield urljoin(page, f"/{name}")


async def _try(address: str, web: Fetching, cores: Cores) -> Sighting | None:
    try:
        address, seen = await _examine(address, web, cores)
    except (SourceMalformed, SourceRefused, SourceUnavailable):
        return None
    return seen.seen_at(address) if seen.feed else None


async def _examine(url: str, web: Fetching, cores: Cores) -> tuple[str, Examined]:
    answer = await web.get(url, accept=ACCEPT, most_bytes=MOST_BYTES)
    try:
        seen = await cores.call(examine, answer.body, answer.content_type, answer.charset, answer.url, limit=LIMIT)
    except CoresError as error:
        raise SourceMalformed(f"{url} takes too much time or memory to read") from error
    return answer.moved_to or url, seen

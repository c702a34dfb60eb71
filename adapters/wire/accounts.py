"""The public feed behind an account: what sources fetch, and what an OPML list names."""

from bot.domain.roster import SourceSpec, SourceType

_FEEDS = {
    SourceType.YOUTUBE: "https://www.youtube.com/feeds/videos.xml?channel_id={}",
    SourceType.BLUESKY: "https://bsky.app/profile/{}/rss",
}


def public_feed(source: SourceSpec) -> str | None:
    """The feed's address; a feed's own where that is its address, None for a type that has none (X, arXiv, files)."""
    match source.type:
        case SourceType.FEED | SourceType.SUBSTACK | SourceType.PODCAST:
            return source.address
        case SourceType.GITHUB:
            return f"https://github.com/{source.address}{'/releases.atom' if '/' in source.address else '.atom'}"
        case SourceType.MASTODON:
            user, _, host = source.address.removeprefix("@").partition("@")
            return f"https://{host}/@{user}.rss"
        case other if other in _FEEDS:
            return _FEEDS[other].format(source.address.removeprefix("@"))
        case _:
            return None


def fetched(source: SourceSpec) -> str:
    """The feed's address of a type that has one."""
    address = public_feed(source)
    if address is None:
        raise ValueError(f"{source.type} has no feed")
    return address

"""A Mastodon account: its public posts, which have no titles."""

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source

ADDRESS = "https://{host}/@{user}.rss"


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind `@user@host`."""
    user, _, host = spec.address.removeprefix("@").partition("@")
    return FeedSource(ADDRESS.format(user=user, host=host), deps, kind=ItemKind.POST)

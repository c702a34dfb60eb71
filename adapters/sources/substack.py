"""A Substack newsletter, by its address or the address of its feed."""

from urllib.parse import urlsplit

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.roster import SourceSpec
from bot.ports.source import Source


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind a newsletter; a bare address gets `/feed`."""
    address = spec.address if urlsplit(spec.address).path.strip("/") else f"{spec.address.rstrip('/')}/feed"
    return FeedSource(address, deps)

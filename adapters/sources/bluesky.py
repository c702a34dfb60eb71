"""A Bluesky account: its posts, which have no titles. No key is needed for the public feed of a profile."""

from adapters.wire.accounts import fetched
from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind a handle or a DID."""
    return FeedSource(fetched(spec), deps, kind=ItemKind.POST)

"""A YouTube channel: its last fifteen videos, with their descriptions as text."""

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source

ADDRESS = "https://www.youtube.com/feeds/videos.xml?channel_id={}"


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind a channel id (`UC…`)."""
    return FeedSource(ADDRESS.format(spec.address), deps, kind=ItemKind.VIDEO)

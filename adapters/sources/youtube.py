"""A YouTube channel: its last fifteen videos, with their descriptions as text."""

from adapters.wire.accounts import fetched
from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind a channel id (`UC…`)."""
    return FeedSource(fetched(spec), deps, kind=ItemKind.VIDEO)

"""A podcast: episodes with their show notes as text and the sound file as media."""

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind the podcast's feed."""
    return FeedSource(spec.address, deps, kind=ItemKind.EPISODE)

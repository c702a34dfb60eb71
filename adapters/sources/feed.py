"""A feed at an address: RSS, RDF, Atom or JSON Feed."""

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FeedSource
from bot.domain.roster import SourceSpec
from bot.ports.source import Source


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind `url`."""
    return FeedSource(spec.address, deps)

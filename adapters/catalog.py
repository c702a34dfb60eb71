"""Which adapter serves what: names, loaded when they are first needed."""

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from bot.domain.roster import SourceSpec, SourceType

if TYPE_CHECKING:
    from adapters.wire.deps import SourceDeps
    from bot.ports.source import Source

SOURCES: Mapping[SourceType, str] = {
    SourceType.FEED: "adapters.sources.feed:build",
    SourceType.SUBSTACK: "adapters.sources.substack:build",
    SourceType.PODCAST: "adapters.sources.podcast:build",
    SourceType.YOUTUBE: "adapters.sources.youtube:build",
    SourceType.GITHUB: "adapters.sources.github:build",
    SourceType.BLUESKY: "adapters.sources.bluesky:build",
    SourceType.MASTODON: "adapters.sources.mastodon:build",
    SourceType.FILE: "adapters.sources.file:build",
}
"""`module:function` of (spec, deps) by source type."""

PLATFORMS = frozenset({"console", "discord", "slack"})
"""Where this version can post."""

_NEEDS: Mapping[SourceType, str] = {
    SourceType.X: "needs an X API key, and an adapter that does not exist yet",
    SourceType.ARXIV: "needs an adapter that does not exist yet",
}

Build = Callable[[SourceSpec, "SourceDeps"], "Source"]


def open_source(spec: SourceSpec, deps: "SourceDeps") -> "Source | None":
    """The source behind an address; None for a type without an adapter."""
    named = SOURCES.get(spec.type)
    if named is None:
        return None
    module, _, function = named.partition(":")
    build = cast("Build", getattr(importlib.import_module(module), function))
    return build(spec, deps)


def silent_reason(kind: SourceType) -> str | None:
    """What a type needs before it can be read; None for one that is read."""
    return None if kind in SOURCES else _NEEDS.get(kind, "needs an adapter that does not exist yet")

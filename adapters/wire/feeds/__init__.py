"""Feeds: bytes in, entries without markup out."""

from adapters.wire.feeds.entries import Feed
from adapters.wire.feeds.reading import parse

__all__ = ["Feed", "parse"]

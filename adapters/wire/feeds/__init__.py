"""Feeds: bytes in, entries without markup out."""

from adapters.wire.feeds.entries import Entries, Entry, Feed
from adapters.wire.feeds.reading import parse, read

__all__ = ["Entries", "Entry", "Feed", "parse", "read"]

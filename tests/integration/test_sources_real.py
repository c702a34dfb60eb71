"""Real and odd feeds: as many entries as feedparser finds, and never anything but a feed or a sentence."""

import io
import warnings
from pathlib import Path

import feedparser
import pytest

from adapters.wire.feeds import Feed, parse
from adapters.wire.feeds.salvage import FAILURES
from bot.domain.text.visible import visible
from bot.errors import SourceMalformed

pytestmark = pytest.mark.real_data


def found(body: bytes) -> Feed | None:
    try:
        return parse(body)
    except SourceMalformed:
        return None


def entries_of_feedparser(body: bytes) -> list[tuple[str, str]]:
    """What it tells entries apart by; the same entry twice counts once, as it does with us."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except (*FAILURES, RuntimeError):
        return []
    keys = [
        (str(e.get("id") or e.get("link") or ""), str(e.get("title", "")) + str(e.get("summary", "")))
        for e in read.entries
    ]
    return list(dict.fromkeys((identity, "" if identity else words) for identity, words in keys))


def test_no_entry_of_a_real_feed_is_missed(real_data: Path) -> None:
    """At least 99 % of feedparser's entries over all real feeds; nothing invisible, no tags of usual markup."""
    ours = theirs = 0
    for path in sorted((real_data / "real-feeds").rglob("*.xml")):
        body = path.read_bytes()
        feed = parse(body)
        ours += len(feed.found)
        theirs += len(entries_of_feedparser(body))
        assert not feed.salvaged
        for each in feed.found:
            assert visible(each.text) == each.text
    assert ours >= theirs * 0.99


def test_odd_feeds_are_read_at_least_as_far_as_feedparser_reads_them(real_data: Path) -> None:
    """Of every hundred conformance files at most one has fewer entries, and none ends in another error."""
    files = [path for path in sorted((real_data / "feed-conformance").rglob("*")) if path.is_file()]
    fewer = []
    for path in files:
        body = path.read_bytes()
        feed = found(body)
        if len(feed.found if feed else ()) < len(entries_of_feedparser(body)):
            fewer.append(path.name)
    assert len(fewer) <= len(files) // 100, fewer

"""The sample roster keeps the promises that the demo and the scenario tests rest on."""

import json
import re
import tomllib
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "adapters" / "roster" / "sample"
FEEDS = SAMPLE / "feeds"
EVENING = datetime(2026, 3, 5, 18, tzinfo=UTC)
FORMATS = {"www.w3.org", "purl.org", "www.itunes.com", "jsonfeed.org"}
"""Hosts inside the identifiers of the feed formats themselves; no item lives there."""


class Entry(NamedTuple):
    """What the checks need of one published thing."""

    feed: str
    guid: str
    link: str
    title: str
    body: str
    at: datetime


def _read(path: Path) -> Iterator[Entry]:
    if path.suffix == ".json":
        for item in json.loads(path.read_text("utf-8"))["items"]:
            body = item.get("content_html") or item["content_text"]
            at = datetime.fromisoformat(item["date_published"])
            yield Entry(path.stem, item["id"], item["url"], item.get("title", ""), body, at)
        return
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo, path.name
    for item in parsed.entries:
        body = item["content"][0]["value"] if "content" in item else item["summary"]
        at = datetime.fromtimestamp(timegm(item["published_parsed"]), UTC)
        yield Entry(path.stem, item["id"], item["link"], item["title"], body, at)


@pytest.fixture(scope="module")
def roster() -> dict[str, Any]:
    """The roster file as data."""
    return tomllib.loads((SAMPLE / "roster.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Every item of every feed."""
    return [entry for path in sorted(FEEDS.iterdir()) for entry in _read(path)]


def _within(entries: list[Entry], end: datetime, hours: int = 12) -> list[Entry]:
    return [entry for entry in entries if end - timedelta(hours=hours) < entry.at <= end]


def test_the_roster_names_every_feed_and_one_that_is_gone(roster):
    """Each feed belongs to one thinker; exactly one path leads nowhere, for the source that is down."""
    paths = [s["path"] for t in roster["thinkers"] for s in t["sources"] if s["type"] == "file"]
    missing = [path for path in paths if not (SAMPLE / path).exists()]
    assert missing == ["feeds/gone.xml"]
    assert sorted(set(paths) - set(missing)) == sorted(f"feeds/{path.name}" for path in FEEDS.iterdir())
    assert len(paths) == len(set(paths))


def test_the_roster_is_a_dozen_of_every_kind(roster):
    """Persons, organizations, a newsletter and a podcast; ids unique; topics from the list at the top."""
    thinkers = roster["thinkers"]
    assert Counter(t["kind"] for t in thinkers) == {"person": 9, "organization": 2, "newsletter": 1, "podcast": 1}
    assert len({t["id"] for t in thinkers}) == len({t["name"] for t in thinkers}) == 13
    assert {topic for t in thinkers for topic in t["topics"]} == set(roster["topics"])
    assert all(len(t["why"]) <= 90 for t in thinkers)


def test_no_source_needs_the_network(roster):
    """Only files, and lists of papers, which stay silent."""
    sources = [source for t in roster["thinkers"] for source in t["sources"]]
    assert {source["type"] for source in sources} == {"file", "arxiv"}


def test_every_item_can_be_cited(entries):
    """A link, a guid and an instant each, none used twice; headlines fit one line."""
    assert len({entry.link for entry in entries}) == len({entry.guid for entry in entries}) == len(entries)
    assert all(entry.link.startswith("https://") and entry.guid and entry.body for entry in entries)
    assert all(len(entry.title) <= 75 for entry in entries)
    assert sum(not entry.title for entry in entries) == 2


@pytest.mark.parametrize(
    ("end", "hours", "count"),
    [
        (EVENING, 12, 23),
        (EVENING - timedelta(hours=12), 12, 5),
        (EVENING - timedelta(hours=24), 12, 10),
        (EVENING - timedelta(hours=36), 54, 8),
    ],
    ids=["Thursday evening", "Thursday morning", "Wednesday evening", "Monday and Tuesday"],
)
def test_each_window_holds_its_items(entries, end, hours, count):
    """The counts that the README states and the demo shows."""
    assert len(_within(entries, end, hours)) == count


def test_the_fortnight_before_gives_usual_rates(entries):
    """Twelve short items from 16 to 27 February, nothing between them and Monday, nothing after the evening."""
    before = [entry for entry in entries if entry.at < datetime(2026, 3, 2, tzinfo=UTC)]
    assert len(before) == 12
    assert min(entry.at for entry in before) >= datetime(2026, 2, 16, tzinfo=UTC)
    assert max(entry.at for entry in entries) <= EVENING


def test_one_topic_bursts_and_one_is_quiet(entries):
    """Patchwren: two mentions in a fortnight, then seven items of five feeds; the price note keeps its pace."""
    naming = [entry for entry in entries if "Patchwren" in entry.title + entry.body]
    tonight = _within(naming, EVENING)
    assert (len(naming) - len(tonight), len(tonight), len({entry.feed for entry in tonight})) == (2, 7, 5)
    notes = [entry for entry in entries if entry.title.startswith("Price note")]
    assert (len(notes), len(_within(notes, EVENING))) == (6, 1)


def test_an_echo_and_a_whole_quotation_are_verbatim(entries):
    """The wire reprints the host's words, and two people quote the sentence that the other really wrote."""
    bodies = {entry.link: " ".join(re.sub(r"<[^>]+>", " ", entry.body).split()) for entry in entries}
    report = bodies["https://status.brackwater.example/incidents/88/report"]
    reprint = next(body for link, body in bodies.items() if "reedwire" in link and "post-mortem" in link)
    assert all(sentence.strip() in reprint for sentence in re.findall(r"[^.]+\.", report.split("By 31 March")[0]))
    for quoting, quoted in (
        ("kofimarrable.example/tern-2-release", "jolantapiggott.example/tern-2"),
        ("levzarechny.example/n/half-memory", "jolantapiggott.example/saltsedge-1-4"),
    ):
        quotation = re.search(r"[“\"]([^”\"]{40,})[”\"]", bodies[f"https://{quoting}"])
        assert quotation
        assert quotation.group(1) in bodies[f"https://{quoted}"]


def test_the_hostile_item_keeps_its_venom(entries):
    """What a reader has to withstand is still in the file: script, orders, mentions, hidden characters, citations."""
    raw = (FEEDS / "reedwire.xml").read_text("utf-8")
    for needle in (
        "<script>",
        "onerror=",
        "javascript:",
        "Ignore previous instructions",
        "@everyone",
        "&lt;!channel&gt;",
        "\u200b",
        "\u202e",
        "[1] [2]",
        "](https://evil.example/",
    ):
        assert needle in raw
    (hostile,) = (entry for entry in entries if "five-notes" in entry.link)
    assert hostile in _within(entries, EVENING)


def test_every_host_is_an_example():
    """No address in the sample leads to a real site."""
    text = "".join(path.read_text("utf-8") for path in sorted(SAMPLE.rglob("*")) if path.is_file())
    hosts = set(re.findall(r"https?://([^/\s\"'<>)]+)", text)) - FORMATS
    assert hosts
    assert [host for host in sorted(hosts) if not host.endswith(".example")] == []

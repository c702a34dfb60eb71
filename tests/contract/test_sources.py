"""Every source adapter of the catalogue keeps the Source port's promises."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.catalog import SOURCES, open_source, silent_reason
from adapters.wire.cores import InProcess
from adapters.wire.deps import SourceDeps
from bot.domain.item import ItemKind
from bot.domain.roster import SourceSpec, SourceType
from bot.errors import SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.source import Source
from tests.fakes.feeds import RecordedWeb, atom, rss

RECORDED = Path(__file__).parents[1] / "recordings/sources"
NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
CHANNEL = "UCaaaaaaaaaaaaaaaaaaaaaa"


@dataclass(frozen=True, slots=True)
class Case:
    """An adapter, where it reads, what it is told, and the kinds of what it finds."""

    type: SourceType
    address: str
    url: str
    recording: str
    kinds: tuple[ItemKind, ...]


CASES = {
    "feed": Case(
        SourceType.FEED, "https://harbour.example/feed.xml", "https://harbour.example/feed.xml", "feed.xml",
        (ItemKind.ARTICLE, ItemKind.ARTICLE),
    ),
    "json feed": Case(
        SourceType.FEED, "https://quiet.example/feed", "https://quiet.example/feed", "feed.json",
        (ItemKind.ARTICLE, ItemKind.ARTICLE),
    ),
    "substack": Case(
        SourceType.SUBSTACK, "https://slowproof.substack.com", "https://slowproof.substack.com/feed", "substack.xml",
        (ItemKind.ARTICLE,),
    ),
    "podcast": Case(
        SourceType.PODCAST, "https://secondshift.example/rss", "https://secondshift.example/rss", "podcast.xml",
        (ItemKind.EPISODE,),
    ),
    "youtube": Case(
        SourceType.YOUTUBE, CHANNEL, f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}", "youtube.xml",
        (ItemKind.VIDEO,),
    ),
    "github login": Case(
        SourceType.GITHUB, "lena-orts", "https://github.com/lena-orts.atom", "github.atom",
        (ItemKind.STAR, ItemKind.PUSH, ItemKind.RELEASE, ItemKind.REPOST, ItemKind.POST, ItemKind.PUSH),
    ),
    "github repository": Case(
        SourceType.GITHUB, "lena-orts/notes", "https://github.com/lena-orts/notes/releases.atom",
        "github-releases.atom", (ItemKind.RELEASE, ItemKind.RELEASE),
    ),
    "bluesky": Case(
        SourceType.BLUESKY, "queue.example", "https://bsky.app/profile/queue.example/rss", "bluesky.xml",
        (ItemKind.POST,),
    ),
    "mastodon": Case(
        SourceType.MASTODON, "@noor@social.example", "https://social.example/@noor.rss", "mastodon.xml",
        (ItemKind.POST,),
    ),
    "file": Case(SourceType.FILE, "feeds/harbour", "", "feed.xml", (ItemKind.ARTICLE, ItemKind.ARTICLE)),
}  # fmt: skip


@dataclass(slots=True)
class Place:
    """A case set up: change what the source says with `say`."""

    source: Source
    web: RecordedWeb
    say: Callable[[bytes | SourceError], None]
    remote: bool


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def place(case: Case, tmp_path: Path) -> Place:
    return set_up(case, tmp_path)


def set_up(case: Case, folder: Path) -> Place:
    web = RecordedWeb({})
    source = open_source(SourceSpec(case.type, case.address), SourceDeps(web, InProcess(), folder))
    assert source is not None

    def say(body: bytes | SourceError) -> None:
        if case.url:
            web.pages[case.url] = body
        elif isinstance(body, bytes):
            file = folder / case.address
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(body)

    say((RECORDED / case.recording).read_bytes())
    return Place(source, web, say, bool(case.url))


def test_every_adapter_has_a_case() -> None:
    """Whoever adds an adapter adds a recording and a case."""
    assert {case.type for case in CASES.values()} == set(SOURCES)


def test_every_type_is_read_or_says_what_it_needs() -> None:
    """A type without an adapter opens nothing and gives a reason; one with an adapter has none."""
    deps = SourceDeps(RecordedWeb({}), InProcess(), Path())
    for kind in SourceType:
        if kind in SOURCES:
            assert silent_reason(kind) is None
        else:
            assert open_source(SourceSpec(kind, "x"), deps) is None
            assert (silent_reason(kind) or "").startswith("needs ")


async def test_the_first_fetch_brings_what_is_there(case: Case, place: Place) -> None:
    """Newest first, each guid once, of the right kinds, aware times, visible text, a title."""
    batch = await place.source.fetch(None, now=NOW)
    assert tuple(found.kind for found in batch.found) == case.kinds
    dates = [found.published for found in batch.found if found.published]
    assert dates == sorted(dates, reverse=True)
    assert all(date.utcoffset() == timedelta(0) for date in dates)
    assert len({found.guid for found in batch.found}) == len(batch.found)
    assert all((found.link or "").startswith("https://") for found in batch.found)
    assert not any("<" in found.text and ">" in found.text for found in batch.found)
    assert batch.title
    assert not batch.unchanged


async def test_the_cursor_round_trips_as_small_json(place: Place) -> None:
    """What was handed out is understood, and says that nothing changed."""
    first = await place.source.fetch(None, now=NOW)
    assert first.cursor is not None
    assert len(first.cursor) <= 4_000
    assert json.loads(first.cursor)
    second = await place.source.fetch(first.cursor, now=NOW)
    assert (second.unchanged, second.found) == (True, ())
    third = await place.source.fetch(second.cursor, now=NOW)
    assert third.unchanged


@pytest.mark.parametrize("cursor", ["", "nonsense", "[]", "null", '{"etag": 3, "other": "x"}'])
async def test_a_cursor_that_is_not_ours_means_a_first_fetch(place: Place, cursor: str) -> None:
    """Nothing is lost when a database brings something odd."""
    assert (await place.source.fetch(cursor, now=NOW)).found


async def test_a_change_brings_the_entries_again(place: Place) -> None:
    """Entries may be reported again and again; a changed source is never called unchanged."""
    first = await place.source.fetch(None, now=NOW)
    place.say(rss("<item><title>new</title><guid>n</guid></item>"))
    second = await place.source.fetch(first.cursor, now=NOW)
    assert [found.title for found in second.found] == ["new"]
    assert not second.unchanged


async def test_at_most_a_thousand_entries_are_reported(place: Place) -> None:
    """The newest ones."""
    place.say(
        atom(
            "".join(
                f"<entry><id>{n}</id><title>{n}</title><updated>{1991 + n % 30}-01-01</updated></entry>"
                for n in range(1200)
            )
        )
    )
    batch = await place.source.fetch(None, now=NOW)
    assert len(batch.found) == 1_000
    assert batch.found[0].published == datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("body", [b"\x00\xff\xfe", b"<html><body>Sign in</body></html>", b"{}", b""])
async def test_bytes_that_are_no_feed_are_malformed(place: Place, body: bytes) -> None:
    """With a sentence."""
    place.say(body)
    with pytest.raises(SourceMalformed) as caught:
        await place.source.fetch(None, now=NOW)
    assert " " in str(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        SourceRefused("harbour.example says 404: there is no such page"),
        SourceUnavailable("harbour.example says 503", retry_after=timedelta(minutes=5)),
        SourceMalformed("harbour.example does not speak HTTP"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_the_web_says_reaches_the_caller(place: Place, error: SourceError) -> None:
    """The leaf of the error tree, its sentence and how long to wait."""
    if not place.remote:
        pytest.skip("a file is not on the web")
    place.say(error)
    with pytest.raises(type(error)) as caught:
        await place.source.fetch(None, now=NOW)
    assert caught.value is error

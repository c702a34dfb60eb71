"""Sources against a web server, a disk and worker processes."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from adapters.catalog import open_source
from adapters.sources.discovery import account_feed, discover
from adapters.wire.cores import InProcess, WorkerPool
from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.polling import FULL_EVERY, FeedSource
from adapters.wire.http import Web
from bot.domain.item import Found, ItemKind
from bot.domain.roster import SourceSpec, SourceType
from bot.errors import SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.source import Batch
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import RecordedWeb, fetched, rss
from tests.fakes.web_server import WebServer, answer, redirect, web_server

RECORDED = Path(__file__).parents[1] / "recordings/sources"
NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
FEED = rss("<item><title>a</title><guid>1</guid></item>")
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="%s"></head><body>Hi</body></html>'


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


@pytest.fixture
async def web(server: WebServer) -> AsyncIterator[Web]:
    made = Web(clock=FakeClock(NOW), allow=[f"127.0.0.1:{server.port}"])
    yield made
    await made.close()


async def read(kind: SourceType, address: str, folder: Path, cursor: str | None = None) -> Batch:
    source = open_source(SourceSpec(kind, address), SourceDeps(RecordedWeb({}), InProcess(), folder))
    assert source is not None
    return await source.fetch(cursor, now=NOW)


# ---------------------------------------------------------------- feeds on the web


async def test_a_feed_is_fetched_parsed_elsewhere_and_not_fetched_again(server: WebServer, web: Web) -> None:
    """Through the guarded client and a worker process; the second time the server says 304."""
    address = f"http://127.0.0.1:{server.port}/feed"
    server.pages["/feed"] = answer(FEED, headers={"ETag": '"1"'})
    cores = WorkerPool(1)
    try:
        source = FeedSource(address, SourceDeps(web, cores, Path()))
        first = await source.fetch(None, now=NOW)
        server.pages["/feed"] = answer(status=304)
        second = await source.fetch(first.cursor, now=NOW)
    finally:
        await cores.close()
    assert [found.title for found in first.found] == ["a"]
    assert (second.unchanged, second.cursor) == (True, first.cursor)
    assert server.asked[1].headers["if-none-match"] == '"1"'


async def test_a_feed_that_moved_for_good_says_where_to(server: WebServer, web: Web) -> None:
    """Permanent redirects name the new address, also when nothing changed."""
    host = f"http://127.0.0.1:{server.port}"
    server.pages["/old"] = redirect("/new", status=301)
    server.pages["/new"] = answer(FEED)
    source = FeedSource(f"{host}/old", SourceDeps(web, InProcess(), Path()))
    first = await source.fetch(None, now=NOW)
    second = await source.fetch(first.cursor, now=NOW)
    assert (first.moved_to, second.moved_to, second.unchanged) == (f"{host}/new", f"{host}/new", True)


async def test_a_body_that_is_the_same_is_not_parsed() -> None:
    """Servers without validators are recognised by the bytes: the reader would raise."""

    def explode(*_: object) -> NoReturn:
        raise AssertionError("parsed")

    web = RecordedWeb({"https://a.example/": fetched("https://a.example/", FEED)})
    deps = SourceDeps(web, InProcess(), Path())
    first = await FeedSource("https://a.example/", deps).fetch(None, now=NOW)
    second = await FeedSource("https://a.example/", deps, reader=explode).fetch(first.cursor, now=NOW)
    assert second.unchanged


async def test_once_a_week_the_whole_feed_is_asked_for() -> None:
    """A server that says "not modified" for ever costs a week at most."""
    web = RecordedWeb({"https://a.example/": FEED})
    source = FeedSource("https://a.example/", SourceDeps(web, InProcess(), Path()))
    cursor = (await source.fetch(None, now=NOW)).cursor
    for day in (1, 6):
        cursor = (await source.fetch(cursor, now=NOW + timedelta(days=day))).cursor
    await source.fetch(cursor, now=NOW + FULL_EVERY)
    assert [asked.etag is None for asked in web.asked] == [True, False, False, True]


async def test_validators_without_end_are_not_kept() -> None:
    """The cursor stays small."""
    web = RecordedWeb({"https://a.example/": fetched("https://a.example/", FEED, etag='"' + "x" * 9_000 + '"')})
    batch = await FeedSource("https://a.example/", SourceDeps(web, InProcess(), Path())).fetch(None, now=NOW)
    assert len(batch.cursor or "") < 400


async def test_a_feed_that_stops_its_worker_is_malformed() -> None:
    """The worker is replaced, the sentence says why, the next feed is read."""
    web = RecordedWeb({"https://a.example/": FEED})
    cores = WorkerPool(1)
    try:
        deps = SourceDeps(web, cores, Path())
        with pytest.raises(SourceMalformed, match="too much time or memory"):
            await FeedSource("https://a.example/", deps, reader=_leave).fetch(None, now=NOW)
        assert (await FeedSource("https://a.example/", deps).fetch(None, now=NOW)).found
    finally:
        await cores.close()


def _leave(*_: object) -> NoReturn:
    os._exit(9)


# ---------------------------------------------------------------- what the kinds say


async def recorded(kind: SourceType, address: str, url: str, name: str) -> tuple[Found, ...]:
    web = RecordedWeb({url: (RECORDED / name).read_bytes()})
    source = open_source(SourceSpec(kind, address), SourceDeps(web, InProcess(), Path()))
    assert source is not None
    return (await source.fetch(None, now=NOW)).found


async def test_github_acts_hold_only_the_words_of_the_event() -> None:
    """Titles say what was done; frames, counts and dates of the event page are not text."""
    found = await recorded(SourceType.GITHUB, "lena-orts", "https://github.com/lena-orts.atom", "github.atom")
    assert [(each.title, each.text) for each in found] == [
        ("starred other/tinyqueue", "The smallest queue that works"),
        ("pushed to main in lena-orts/notes", "Explain the retry rule (#7)"),
        ("released v2.0 of lena-orts/notes", "Retries are now bounded."),
        ("forked lena-orts/engine from big/engine", ""),
        ("commented on issue big/engine#9", "Unbounded retries are a denial of service."),
        ("created a repository lena-orts/tide", "Tide tables as data"),
    ]
    assert {each.author for each in found} == {"lena-orts"}
    assert found[1].links == ("https://github.com/lena-orts/notes/pull/7",)


async def test_releases_are_named_with_their_repository() -> None:
    """A bare version says nothing; notes that are missing are no text."""
    url = "https://github.com/lena-orts/notes/releases.atom"
    found = await recorded(SourceType.GITHUB, "lena-orts/notes", url, "github-releases.atom")
    assert [(each.title, each.text) for each in found] == [
        ("released lena-orts/notes v2.0: bounded", "Changed\n\nRetries are now bounded."),
        ("released lena-orts/notes v1.9", ""),
    ]


async def test_a_video_has_its_description_as_text() -> None:
    """Lines stay, the Flash player is no media."""
    url = "https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa"
    (video,) = await recorded(SourceType.YOUTUBE, "UCaaaaaaaaaaaaaaaaaaaaaa", url, "youtube.xml")
    assert video.text.splitlines()[2:4] == ["Recipes: https://chalk.example/recipes", "0:00 Start"]
    assert (video.media, video.links) == (None, ("https://chalk.example/recipes",))
    assert video.published == datetime(2026, 3, 5, 15, 0, 8, tzinfo=UTC)


async def test_an_episode_has_show_notes_and_a_sound_file() -> None:
    """The longer of description and summary; named zones are known."""
    (episode,) = await recorded(SourceType.PODCAST, "https://s.example/rss", "https://s.example/rss", "podcast.xml")
    assert episode.text == "Two nurses on attention.\n\n00:00 Hello\n04:10 Handover"
    assert episode.media == "https://cdn.secondshift.example/014.mp3?x=1&y=2"
    assert (episode.guid, episode.link) == ("ss-014", "https://secondshift.example/014")
    assert episode.published == datetime(2026, 3, 6, 13, tzinfo=UTC)


async def test_posts_have_no_title() -> None:
    """Mastodon and Bluesky: the words are the text, addresses in it are links."""
    (toot,) = await recorded(
        SourceType.MASTODON, "@noor@social.example", "https://social.example/@noor.rss", "mastodon.xml"
    )
    (post,) = await recorded(
        SourceType.BLUESKY, "queue.example", "https://bsky.app/profile/queue.example/rss", "bluesky.xml"
    )
    assert (toot.title, post.title, toot.kind) == ("", "", ItemKind.POST)
    assert toot.text == "Benchmarks age faster than bread. https://bread.example/study\n\nKeep the flour."
    assert (toot.links, post.links) == (("https://bread.example/study",), ("https://queue.example/why",))
    assert post.published == datetime(2026, 3, 9, 4, tzinfo=UTC)


# ---------------------------------------------------------------- files


async def test_a_folder_is_read_whole_and_by_content(tmp_path: Path) -> None:
    """Names mean nothing; what is no feed, hidden or a folder is passed over; newest first over all files."""
    (tmp_path / "feeds/deeper").mkdir(parents=True)
    for name, title, day in (("b.txt", "old", 1), ("a.json", "new", 9)):
        item = f"<item><title>{title}</title><guid>{title}</guid><pubDate>2026-03-0{day}</pubDate></item>"
        (tmp_path / "feeds" / name).write_bytes(rss(item))
    (tmp_path / "feeds/README.md").write_text("# Feeds\n")
    (tmp_path / "feeds/.hidden.xml").write_bytes(FEED)
    (tmp_path / "feeds/deeper/c.xml").write_bytes(FEED)
    batch = await read(SourceType.FILE, "feeds", tmp_path)
    assert [found.title for found in batch.found] == ["new", "old"]
    assert batch.title == "feeds"
    assert (await read(SourceType.FILE, "feeds", tmp_path, batch.cursor)).unchanged
    (tmp_path / "feeds/README.md").write_text("# Feeds, changed\n")
    assert not (await read(SourceType.FILE, "feeds", tmp_path, batch.cursor)).unchanged


async def test_the_same_id_in_two_files_is_two_entries(tmp_path: Path) -> None:
    """Ids are unique within a feed only, unless the link is the same too."""
    shared = "<item><title>s</title><guid>2</guid><link>https://a.example/s</link></item>"
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(
            rss(f"<item><title>{name}</title><guid>1</guid><link>https://{name}.example/</link></item>{shared}")
        )
    batch = await read(SourceType.FILE, str(tmp_path), tmp_path)
    assert sorted(found.guid for found in batch.found) == ["1", "2", "b.xml#1"]


@pytest.mark.parametrize(
    ("make", "address", "error", "sentence"),
    [
        (lambda p: None, "gone.xml", SourceUnavailable, "no such file: "),
        (lambda p: (p / "page.xml").write_text("<html></html>"), "page.xml", SourceMalformed, "web page"),
        (lambda p: (p / "empty").mkdir(), "empty", SourceMalformed, "no feed among"),
        (
            lambda p: (p / "big.xml").write_bytes(b" " * (10 * 1024 * 1024 + 1)),
            "big.xml",
            SourceRefused,
            "larger than 10 MiB",
        ),
        (lambda p: None, "x" * 300, SourceUnavailable, "cannot be read: |no such file: "),
    ],
)
async def test_a_path_that_cannot_be_read_says_why(
    tmp_path: Path, make: object, address: str, error: type[SourceError], sentence: str
) -> None:
    """In words, with the path."""
    make(tmp_path)  # type: ignore[operator]  # a lambda of the table above
    with pytest.raises(error, match=sentence):
        await read(SourceType.FILE, address, tmp_path)


# ---------------------------------------------------------------- discovery


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa"),
        ("https://github.com/lena-orts", "https://github.com/lena-orts.atom"),
        ("https://github.com/lena-orts/notes/", "https://github.com/lena-orts/notes/releases.atom"),
        ("https://bsky.app/profile/queue.example", "https://bsky.app/profile/queue.example/rss"),
        ("https://slowproof.substack.com/archive", "https://slowproof.substack.com/feed"),
        ("https://medium.com/@noor", "https://medium.com/feed/@noor"),
        ("https://social.example/@noor", "https://social.example/@noor.rss"),
        ("https://www.youtube.com/@chalk", None),
        ("https://harbour.example/", None),
    ],
)  # fmt: skip
def test_the_feed_of_an_account_is_known_from_its_page(page: str, feed: str | None) -> None:
    """Known hosts have their feeds in known places."""
    assert account_feed(page) == feed


async def test_a_page_leads_to_the_feed_it_names(server: WebServer, web: Web) -> None:
    """Not to that of its comments; and what is a feed is taken as it is."""
    host = f"http://127.0.0.1:{server.port}"
    both = (
        b'<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">'
        + PAGE % b"/posts.xml"
    )
    server.pages |= {"/": answer(both), "/posts.xml": answer(FEED), "/comments.xml": answer(FEED)}
    found = await discover(f"{host}/", web, InProcess())
    assert (found.address, found.title) == (f"{host}/posts.xml", "T")
    assert (await discover(f"{host}/comments.xml", web, InProcess())).address == f"{host}/comments.xml"


async def test_a_page_that_names_no_feed_is_tried_where_feeds_usually_are() -> None:
    """Usual places below the page first, then at the root."""
    refused = SourceRefused("404")
    web = RecordedWeb({"https://a.example/blog/": b"<html></html>", "https://a.example/atom.xml": FEED})
    for name in ("blog/feed", "feed", "blog/rss", "rss", "blog/atom.xml"):
        web.pages[f"https://a.example/{name}"] = refused
    assert (await discover("a.example/blog/", web, InProcess())).address == "https://a.example/atom.xml"


async def test_an_account_without_the_expected_feed_is_read_as_a_page() -> None:
    """A guess that fails costs nothing."""
    web = RecordedWeb(
        {
            "https://social.example/@noor.rss": SourceRefused("404"),
            "https://social.example/@noor": PAGE % b"https://social.example/users/noor.atom",
            "https://social.example/users/noor.atom": FEED,
        }
    )
    assert (await discover("https://social.example/@noor", web, InProcess())).address.endswith("/users/noor.atom")


async def test_the_search_ends_with_a_sentence() -> None:
    """After a few addresses."""
    web = RecordedWeb({"https://a.example/": b"<html></html>"})
    for name in ("feed", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml"):
        web.pages[f"https://a.example/{name}"] = b"<html></html>"
    with pytest.raises(SourceMalformed, match="no feed was found at https://a"):
        await discover("https://a.example/", web, InProcess())

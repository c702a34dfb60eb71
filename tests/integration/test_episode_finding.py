"""From a link to an episode and its transcript: a local web, a fake YouTube, the real libraries, real parsers."""

import json
import pickle
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import pytest
from requests import PreparedRequest, RequestException

from adapters.episodes.finding import Finding
from adapters.episodes.leash import leashed
from adapters.episodes.tracing import NOTHING, SPOTIFY
from adapters.episodes.watching import OEMBED, WATCH
from adapters.episodes.youtube import HOSTS, Captioned, YouTubeCaptions
from adapters.wire.cores import InProcess
from adapters.wire.http import Fetched, Web
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import EpisodeFacts, PublishedChapter
from bot.domain.item import item_id
from bot.domain.recording import NamedPerson, TranscriptLink
from bot.errors import ConfigError, CoresError, SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.recordings import Upload
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import RecordedWeb
from tests.fakes.web_server import WebServer, answer, endless, raw, redirect, web_server
from tests.fakes.youtube import Track, Tube, Video, feed

T = TypeVar("T")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
HTML = {"Content-Type": "text/html"}
ID = "hum-bridge1"
SAID = (
    "Every bridge has a note of its own.",
    "You can hear it when the wind is steady.",
    "We listened to forty of them in one winter.",
    "The oldest one hums nearly the same note as a fridge.",
    "Nobody believed us until we brought a tuning fork.",
    "After that, the council gave us a ladder and a key.",
)


def vtt(lines: tuple[str, ...] = SAID) -> bytes:
    cues = [f"00:00:{n * 5:02}.000 --> 00:00:{n * 5 + 4:02}.000\n<v Mara Lind>{text}" for n, text in enumerate(lines)]
    return "\n\n".join(["WEBVTT", *cues]).encode()


def spoken(language: str, *, automatic: bool = False, lines: tuple[str, ...] = SAID) -> Track:
    return Track(language, tuple((n * 5.0, 4.5, text) for n, text in enumerate(lines)), automatic)


class NoCaptions:
    """Captions for tests that have no video."""

    async def of(self, video: str, language: str | None) -> Captioned | None:
        raise AssertionError("nobody asks for captions here")


class Packing:
    """Work done here, as far as a worker process: everything is packed on the way there and back."""

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        there, given = pickle.loads(pickle.dumps((function, args)))
        return cast("T", pickle.loads(pickle.dumps(there(*given))))

    async def close(self) -> None:
        """Nothing to close."""


class Spent:
    """Work that never ends well."""

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        raise CoresError("the work took longer than 10 seconds and was stopped")

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


@pytest.fixture
async def finding(server: WebServer) -> AsyncIterator[Finding]:
    web = Web(clock=FakeClock(NOW), allow=[f"127.0.0.1:{server.port}"])
    yield Finding(web, InProcess(), NoCaptions())
    await web.close()


def on_record(pages: Mapping[str, bytes | SourceError | Fetched], tube: Tube | None = None) -> Finding:
    captions = YouTubeCaptions(tube.transport()) if tube else NoCaptions()
    return Finding(RecordedWeb(pages), Packing(), captions)


def watch(video: Video) -> dict[str, bytes | SourceError | Fetched]:
    return {WATCH.format(video.id): video.page().encode()}


def podcast(server: WebServer, items: str, more: str = "") -> bytes:
    return (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Span Talk</title>'
        f"<link>{server.url('/')}</link><language>en</language>{more}{items}</channel></rss>"
    ).encode()


def item(server: WebServer, number: int, inside: str = "", link: str | None = None) -> str:
    page = server.url(f"/episodes/{number}") if link is None else link
    return (
        f'<item><guid isPermaLink="false">span-{number}</guid><title>{number}: Bridge number {number}</title>'
        f"<link>{page}</link><pubDate>Mon, {number:02} Nov 2026 08:00:00 GMT</pubDate>"
        f'<enclosure url="{server.url(f"/sound/{number}.mp3")}?from=feed" type="audio/mpeg"/>{inside}</item>'
    )


FULL = (
    "<itunes:duration>30:00</itunes:duration><itunes:author>Mara Lind</itunes:author>"
    '<podcast:transcript url="/7.vtt" type="text/vtt"/><podcast:chapters url="/7.json"/>'
    "<podcast:person>Mara Lind</podcast:person><podcast:person role='guest'>Jon Ferris</podcast:person>"
    '<description><![CDATA[<p>Bridges hum.</p><p>See <a href="https://forks.example/shop">our fork</a>.</p>'
    "<p>00:00 Hello<br>05:10 The oldest bridge<br>20:00 The council</p>]]></description>"
)


# ---------------------------------------------------------------- feeds and pages


async def test_an_entry_is_found_by_the_feed_and_its_id(server: WebServer, finding: Finding) -> None:
    """Everything its feed says of it; the file of chapters comes before the times in its notes."""
    chapters = {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Hi"}, {"startTime": 311, "title": "Old"}]}
    feed_ = podcast(server, item(server, 8) + item(server, 7, FULL))
    server.pages |= {"/feed": answer(feed_), "/7.json": answer(json.dumps(chapters).encode())}
    facts = await finding.find(server.url("/feed#span-7"))
    assert facts == EpisodeFacts(
        id=item_id(server.url("/episodes/7")),
        title="7: Bridge number 7",
        url=server.url("/episodes/7"),
        show="Span Talk",
        published=datetime(2026, 11, 7, 8, tzinfo=UTC),
        duration=1800.0,
        language="en",
        notes="Bridges hum.\n\nSee our fork.\n\n00:00 Hello\n05:10 The oldest bridge\n20:00 The council",
        people=(NamedPerson("Mara Lind", "host"), NamedPerson("Jon Ferris", "guest")),
        links=(EpisodeLink("our fork", "https://forks.example/shop"),),
        chapters=(PublishedChapter(0.0, "Hi"), PublishedChapter(311.0, "Old")),
        transcripts=(TranscriptLink(server.url("/7.vtt"), "text/vtt"),),
        media=server.url("/sound/7.mp3?from=feed"),
    )


async def test_a_file_of_chapters_that_cannot_be_had_is_done_without(server: WebServer, finding: Finding) -> None:
    """The notes have chapters too."""
    server.pages |= {"/feed": answer(podcast(server, item(server, 7, FULL)))}
    facts = await finding.find(server.url("/feed"))
    assert [chapter.title for chapter in facts.chapters] == ["Hello", "The oldest bridge", "The council"]


async def test_a_feed_of_many_names_its_newest_and_how_to_ask(server: WebServer, finding: Finding) -> None:
    """By their pages; those that share the page of the show by the feed and their id."""
    items = "".join(item(server, n) for n in range(1, 6)) + "".join(item(server, n, link="/all") for n in (6, 7))
    server.pages["/feed"] = answer(podcast(server, items))
    with pytest.raises(ConfigError) as caught:
        await finding.find(server.url("/feed"))
    first, *named = caught.value.mistakes
    assert first == "“Span Talk” is a show with 7 episodes. Paste the link of the one you mean:"
    assert named == [
        f"“7: Bridge number 7”: {server.url('/feed#span-7')}",
        f"“6: Bridge number 6”: {server.url('/feed#span-6')}",
        f"“5: Bridge number 5”: {server.url('/episodes/5')}",
    ]
    assert (await finding.find(server.url("/feed#span-6"))).url == server.url("/sound/6.mp3?from=feed")


async def test_a_feed_without_sound_is_no_podcast(server: WebServer, finding: Finding) -> None:
    """A blog is not listened to."""
    server.pages["/feed"] = answer(podcast(server, "<item><title>a</title></item><item><title>b</title></item>"))
    with pytest.raises(ConfigError, match="nothing to hear"):
        await finding.find(server.url("/feed"))


def page(head: str = "", body: str = "", title: str = "A page") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/feed">'


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("/episodes/7", page(ALTERNATE)),
        ("/e/7", page(f'{ALTERNATE}<link rel="canonical" href="/episodes/7">')),
        ("/e/7", page(ALTERNATE, '<audio src="/sound/7.mp3?from=page"></audio>')),
        ("/e/7", page(ALTERNATE, title="7: Bridge number 7 | Span Talk")),
        ("/e/7", page(f'{ALTERNATE}<meta property="og:title" content="7: bridge number 7">')),
    ],
)
async def test_a_page_leads_to_its_entry_in_the_feed(
    server: WebServer, finding: Finding, path: str, markup: bytes
) -> None:
    """By its address, its canonical link, its sound file or its title; what the page has besides is added."""
    feed_ = podcast(server, item(server, 8) + item(server, 7, FULL))
    server.pages |= {"/feed": answer(feed_), path: answer(markup, headers=HTML)}
    facts = await finding.find(server.url(path) + "#t=120")
    assert (facts.id, facts.duration) == (item_id(server.url("/episodes/7")), 1800.0)


async def test_a_page_without_a_feed_says_what_it_can(server: WebServer, finding: Finding) -> None:
    """JSON-LD in a graph, players, tracks and an embedded video; junk beside it does no harm."""
    said = {
        "@graph": [
            {"@type": "WebPage", "name": "Site"},
            {
                "@type": ["PodcastEpisode"],
                "name": "The humming bridge",
                "description": "We listened.",
                "datePublished": "2026-10-01",
                "duration": "PT31M5S",
                "partOfSeries": {"name": "Span Talk"},
                "associatedMedia": {"contentUrl": "/9.mp3"},
                "actor": [{"@type": "Person", "name": "Mara <b>Lind</b>"}, {"@type": "Organization", "name": "X"}],
                "hasPart": [{"startOffset": 60, "name": "Two"}, {"startOffset": 0, "name": "One"}, {"name": "No"}],
            },
        ]
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(said)}</script><script type="application/ld+json">{{"</script>'
    )
    body = (
        '<main><p>Long words about bridges.</p><a href="https://forks.example/">Forks</a></main>'
        '<video><track src="/9.vtt" srclang="en"></video><a href="/9-transcript.txt">Text</a>'
        f'<iframe src="https://www.youtube-nocookie.com/embed/{ID}?rel=0"></iframe>'
    )
    server.pages["/nine"] = answer(page(head, body), headers=HTML)
    facts = await finding.find(server.url("/nine"))
    assert facts == EpisodeFacts(
        id=item_id(server.url("/nine")),
        title="The humming bridge",
        url=server.url("/nine"),
        show="Span Talk",
        published=datetime(2026, 10, 1, tzinfo=UTC),
        duration=1865.0,
        language="en",
        notes="Long words about bridges.\n\nForks",
        people=(NamedPerson("Mara Lind"),),
        links=(EpisodeLink("Forks", "https://forks.example/"),),
        chapters=(PublishedChapter(0.0, "One"), PublishedChapter(60.0, "Two")),
        transcripts=(
            TranscriptLink(server.url("/9.vtt"), "text/vtt", "en"),
            TranscriptLink(server.url("/9-transcript.txt")),
        ),
        media=server.url("/9.mp3"),
        video=ID,
    )


async def test_chapters_that_a_feed_lists_itself_are_read(server: WebServer, finding: Finding) -> None:
    """Podlove Simple Chapters; what lies behind the end or says nothing is left out."""
    listed = "".join(
        f'<psc:chapter start="{start}" title="{title}"/>'
        for start, title in (("00:05:00.000", "Two"), ("0", "One"), ("01:00:00", "Late"), ("x", "No"), ("1:00", ""))
    )
    inside = f'{FULL}<psc:chapters xmlns:psc="http://podlove.org/simple-chapters" version="1.2">{listed}</psc:chapters>'
    server.pages["/feed"] = answer(podcast(server, item(server, 7, inside)))
    facts = await finding.find(server.url("/feed"))
    assert facts.chapters == (PublishedChapter(0.0, "One"), PublishedChapter(300.0, "Two"))


async def test_an_article_is_no_episode(server: WebServer, finding: Finding) -> None:
    """Though its page leads to an entry of a feed."""
    entry = f"<item><title>Words only</title><link>{server.url('/words')}</link><guid>w</guid></item>"
    items = entry + item(server, 7)
    server.pages |= {"/words": answer(page(ALTERNATE), headers=HTML), "/feed": answer(podcast(server, items))}
    for path in ("/words", "/feed#w"):
        with pytest.raises(SourceRefused) as caught:
            await finding.find(server.url(path))
        assert str(caught.value) == NOTHING


async def test_an_old_entry_of_a_long_feed_is_found(server: WebServer, finding: Finding) -> None:
    """Further back than a gather would look."""
    sound = f"<enclosure url='{server.url('/1.mp3')}' type='audio/mpeg'/>"
    old = f"<item><guid>first</guid><title>The first</title>{sound}</item>"
    many = "".join(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(1_200))
    server.pages["/feed"] = answer(podcast(server, many + old))
    assert (await finding.find(server.url("/feed#first"))).title == "The first"


async def test_pages_that_differ_in_a_parameter_are_told_apart(server: WebServer, finding: Finding) -> None:
    """Old sites number their pages so."""
    items = "".join(item(server, n, link=server.url(f"/show.php?id={n}")) for n in (6, 7, 8))
    server.pages |= {"/feed": answer(podcast(server, items)), "/show.php?id=7": answer(page(ALTERNATE), headers=HTML)}
    assert (await finding.find(server.url("/show.php?id=7"))).title == "7: Bridge number 7"


async def test_the_home_page_of_a_show_names_the_newest(server: WebServer, finding: Finding) -> None:
    """It is no episode, but its feed has some; a feed that is gone before it does not matter."""
    head = '<link rel="alternate" type="application/rss+xml" href="/podcast-gone">' + ALTERNATE
    feed_ = podcast(server, item(server, 8) + item(server, 9))
    server.pages |= {"/": answer(page(head), headers=HTML), "/feed": answer(feed_)}
    with pytest.raises(ConfigError, match="show with 2 episodes"):
        await finding.find(server.url("/"))


async def test_a_page_with_nothing_to_hear_says_so(server: WebServer, finding: Finding) -> None:
    """And what to paste instead."""
    server.pages["/recipe"] = answer(page(body="<main><p>Boil the potatoes.</p></main>"), headers=HTML)
    with pytest.raises(SourceRefused) as caught:
        await finding.find(server.url("/recipe"))
    assert str(caught.value) == NOTHING


def turns(count: int = 30) -> str:
    said = (f"<p><strong>{'Mara' if n % 2 else 'Jon'}:</strong> {SAID[n % 6]}</p>" for n in range(count))
    return f"<article>{''.join(said)}</article>"


async def test_a_page_may_hold_its_transcript_itself(server: WebServer, finding: Finding) -> None:
    """Many turns of two people, beside a player."""
    server.pages["/talk"] = answer(page(body=f'<audio src="/t.mp3"></audio>{turns()}'), headers=HTML)
    facts = await finding.find(server.url("/talk"))
    assert facts.transcripts == (TranscriptLink(server.url("/talk"), "text/html", "en"),)
    transcript = await finding.transcript(facts)
    assert transcript is not None
    assert (transcript.speakers, transcript.origin) == (("Jon", "Mara"), "publisher")


# ---------------------------------------------------------------- files on the web


async def test_a_transcript_file_is_an_episode(server: WebServer, finding: Finding) -> None:
    """Told by its content, whatever the server calls it."""
    server.pages["/files/bridge%20song.txt"] = answer(vtt(), headers={"Content-Type": "application/octet-stream"})
    address = server.url("/files/bridge%20song.txt")
    facts = await finding.find(address)
    assert (facts.id, facts.title, facts.url) == (item_id(address), "bridge song", address)
    transcript = await finding.transcript(facts)
    assert transcript is not None
    assert transcript.speakers == ("Mara Lind",)


async def test_a_page_that_is_only_a_transcript_is_one(server: WebServer, finding: Finding) -> None:
    """Its title is that of the page."""
    server.pages["/t.html"] = answer(page(body=turns(), title="Bridges, told"), headers=HTML)
    facts = await finding.find(server.url("/t.html"))
    assert facts.title == "Bridges, told"
    assert [link.url for link in facts.transcripts] == [server.url("/t.html")]


async def test_a_sound_file_is_an_episode_that_has_to_be_heard(server: WebServer, finding: Finding) -> None:
    """By its name without being fetched; without a name by its first bytes."""
    facts = await finding.find(server.url("/show/Bridge%20one.mp3?x=1"))
    assert (facts.title, facts.media, server.asked) == ("Bridge one", server.url("/show/Bridge%20one.mp3?x=1"), [])
    server.pages["/play/1"] = answer(b"ID3\x04" + b"\0" * 50)
    facts = await finding.find(server.url("/play/1"))
    assert (facts.media, await finding.transcript(facts)) == (server.url("/play/1"), None)


async def test_what_is_nothing_says_what_it_is(server: WebServer, finding: Finding) -> None:
    """The words of who reads transcripts."""
    server.pages["/x"] = answer(b"%PDF-1.7 \0\0\1\2")
    with pytest.raises(SourceMalformed, match=r"PDF|binary"):
        await finding.find(server.url("/x"))


# ---------------------------------------------------------------- what must not be


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/x", "http://169.254.169.254/latest/", "http://[::1]/"])
async def test_private_addresses_are_refused(address: str) -> None:
    """Everything people paste passes the guarded client."""
    web = Web(clock=FakeClock(NOW))
    try:
        with pytest.raises(SourceRefused, match="refused"):
            await Finding(web, InProcess(), NoCaptions()).find(address)
    finally:
        await web.close()


async def test_what_a_public_page_names_is_refused_too(server: WebServer) -> None:
    """A transcript at a private address, and a redirect to one, are never fetched."""
    web = Web(clock=FakeClock(NOW), allow=[f"127.0.0.1:{server.port}"])
    server.pages["/t.vtt"] = redirect("http://169.254.169.254/t.vtt")
    facts = EpisodeFacts(
        "a", "A", transcripts=(TranscriptLink("http://10.0.0.1/t.vtt"), TranscriptLink(server.url("/t.vtt")))
    )
    try:
        assert await Finding(web, InProcess(), NoCaptions()).transcript(facts) is None
    finally:
        await web.close()


async def test_a_huge_file_is_let_go_of_early(server: WebServer, finding: Finding) -> None:
    """Announced or not: nothing of it is kept."""
    server.pages["/announced"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\nbridge")
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    server.pages["/endless"] = endless(head, b"<p>bridge</p>" * 80_000)
    for path in ("/announced", "/endless"):
        with pytest.raises(SourceRefused, match="more than 20 MiB"):
            await finding.find(server.url(path))


async def test_a_page_of_five_megabytes_is_read(server: WebServer, finding: Finding) -> None:
    """In time, and what is in its head counts."""
    said = '<meta property="og:audio" content="/a.mp3"><meta property="og:title" content="Long">'
    body = "<main>" + f"<p>{'Another bridge, and another one. ' * 30}</p>" * 5_000 + "</main>"
    server.pages["/long"] = answer(page(said, body), headers=HTML)
    facts = await finding.find(server.url("/long"))
    assert (facts.title, facts.media) == ("Long", server.url("/a.mp3"))


@pytest.mark.parametrize(
    "text", ["", "hello there", "javascript:alert(1)", "file:///etc/passwd", "https://" + "a" * 5_000]
)
async def test_what_is_no_address_is_said(text: str) -> None:
    """With what to paste instead."""
    with pytest.raises(ConfigError, match="begins with https"):
        await on_record({}).find(text)


# ---------------------------------------------------------------- transcripts


async def test_the_best_transcript_that_can_be_read_is_taken(server: WebServer, finding: Finding) -> None:
    """In the language of the episode, with times before text; what cannot be read or is gone is passed over."""
    server.pages |= {"/broken.vtt": answer(b"\0\1\2\3"), "/good.srt": answer(vtt()), "/de.vtt": answer(vtt())}
    links = ("/plain.txt", "/page.html", "/broken.vtt", "/gone.json", "/good.srt")
    transcripts = tuple(TranscriptLink(server.url(path)) for path in links)
    german = TranscriptLink(server.url("/de.vtt"), "text/vtt", "de")
    facts = EpisodeFacts("a", "A", language="en-GB", transcripts=(german, *transcripts))
    transcript = await finding.transcript(facts)
    assert transcript is not None
    assert [asked.path for asked in server.asked] == ["/broken.vtt", "/gone.json", "/good.srt"]
    assert transcript.utterances[0].text.startswith("Every bridge has a note")


async def test_without_one_that_can_be_read_there_is_none(server: WebServer, finding: Finding) -> None:
    """None, not an error; but one that cannot be had now may be had later."""
    server.pages["/t.vtt"] = answer(b"WEBVTT")
    facts = EpisodeFacts("a", "A", transcripts=(TranscriptLink(server.url("/t.vtt")),))
    assert await finding.transcript(facts) is None
    server.pages["/t.vtt"] = answer(status=503)
    with pytest.raises(SourceUnavailable):
        await finding.transcript(facts)


async def test_what_takes_too_long_to_read_is_said(server: WebServer) -> None:
    """A page is refused; of a transcript, the next one is tried."""
    spent = Finding(RecordedWeb({"https://a.example/t.vtt": vtt()}), Spent(), NoCaptions())
    with pytest.raises(SourceMalformed, match="too much time or memory"):
        await spent.find("https://a.example/t.vtt")
    facts = EpisodeFacts("a", "A", transcripts=(TranscriptLink("https://a.example/t.vtt"),))
    assert await spent.transcript(facts) is None


# ---------------------------------------------------------------- YouTube


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={ID}&t=61s&list=PLx",
        f"https://youtu.be/{ID}?si=abc",
        f"youtube.com/shorts/{ID}",
        f"<https://m.youtube.com/live/{ID}>",
    ],
)
async def test_every_link_to_a_video_is_the_video(address: str) -> None:
    """What its page says, chapters in its description too; the language that is spoken is that of what was heard."""
    notes = "We listen.\n\n0:00 Hello\n2:30 Wind\n10:00 Forks: https://forks.example/\n99:00 Not in it"
    video = Video(ID, description=notes, tracks=(spoken("de"), spoken("en", automatic=True)))
    facts = await on_record(watch(video)).find(address)
    assert facts == EpisodeFacts(
        id=item_id(f"https://www.youtube.com/watch?v={ID}"),
        title="How bridges hum",
        url=f"https://www.youtube.com/watch?v={ID}",
        show="Span & Sons",
        published=datetime(2026, 10, 5, 15, tzinfo=UTC),
        duration=1800.0,
        language="en",
        notes=notes,
        links=(EpisodeLink("Forks", "https://forks.example/", 600.0),),
        chapters=(
            PublishedChapter(0.0, "Hello"),
            PublishedChapter(150.0, "Wind"),
            PublishedChapter(600.0, "Forks: https://forks.example/"),
        ),
        video=ID,
    )


async def test_what_looks_like_markup_in_a_video_stays_text() -> None:
    """YouTube's texts are plain; what nobody sees is gone."""
    video = Video(
        ID, title="a < b \u202e& c", description="Use <b>bold</b>\n\n\n\n0:00 One\u200b\n1:00 Two\n2:00 Three <3"
    )
    facts = await on_record(watch(video)).find(f"https://youtu.be/{ID}")
    assert (facts.title, facts.notes) == ("a < b & c", "Use <b>bold</b>\n\n0:00 One\n1:00 Two\n2:00 Three <3")
    assert [chapter.title for chapter in facts.chapters] == ["One", "Two", "Three <3"]


ADULT = {"status": "LOGIN_REQUIRED", "reason": "Sign in to confirm your age"}
OFFER = {"playerLegacyDesktopYpcOfferRenderer": {"offerId": "sponsors_only_video"}}


@pytest.mark.parametrize(
    ("status", "flags", "sentence"),
    [
        ({"status": "LOGIN_REQUIRED", "reason": "This is a private video."}, {}, "is private"),
        ({"status": "LOGIN_REQUIRED", "reason": "Bitte anmelden"}, {}, "signed in"),
        ({"status": "ERROR", "reason": "Video unavailable"}, {}, "no such video"),
        (ADULT, {}, "adults"),
        ({"status": "UNPLAYABLE", "reason": "Join", "errorScreen": OFFER}, {}, "paying members"),
        ({"status": "UNPLAYABLE", "reason": "Not in your country"}, {}, "does not play"),
        ({"status": "OK"}, {"isLive": True}, "still running"),
        ({"status": "LIVE_STREAM_OFFLINE"}, {"isUpcoming": True}, "has not begun"),
        ({"status": "OK"}, {"lengthSeconds": "50000"}, "14 hours long; at most 12"),
    ],
)
async def test_a_video_that_cannot_be_read_says_why(
    status: dict[str, Any], flags: dict[str, Any], sentence: str
) -> None:
    """One clear sentence each."""
    with pytest.raises(SourceRefused, match=sentence):
        await on_record(watch(Video(ID, status=status, flags=flags))).find(f"https://youtu.be/{ID}")


@pytest.mark.parametrize(
    "page_",
    [
        b"<html><form action='https://consent.youtube.com/s'></form></html>",
        b"<script>var ytInitialPlayerResponse = {broken",
        Video(ID, status={"status": "LOGIN_REQUIRED", "reason": "Sign in to confirm you’re not a bot"}).page().encode(),
        SourceUnavailable("www.youtube.com asks for patience"),
    ],
)
async def test_without_its_page_a_video_still_has_a_title(page_: bytes | SourceError) -> None:
    """A page that asks for consent or for a proof says nothing; oEmbed names title and channel."""
    told = json.dumps({"title": "How bridges hum", "author_name": "Span & Sons"}).encode()
    facts = await on_record({WATCH.format(ID): page_, OEMBED.format(ID): told}).find(f"https://youtu.be/{ID}")
    assert (facts.title, facts.show, facts.video, facts.duration) == ("How bridges hum", "Span & Sons", ID, None)


@pytest.mark.parametrize(
    ("told", "error"), [(SourceRefused("401"), SourceRefused), (b"<html>", SourceMalformed), (b"[]", SourceMalformed)]
)
async def test_a_video_nobody_speaks_of_is_refused(told: bytes | SourceError, error: type[SourceError]) -> None:
    """Neither page nor oEmbed."""
    with pytest.raises(error):
        await on_record({WATCH.format(ID): b"", OEMBED.format(ID): told}).find(f"https://youtu.be/{ID}")


async def test_a_playlist_or_a_channel_names_its_newest_videos() -> None:
    """Where YouTube gives their feed; else it is just said."""
    listed = "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc"
    channel = f"https://www.youtube.com/feeds/videos.xml?channel_id=UC{'a' * 22}"
    web: dict[str, bytes | SourceError | Fetched] = {
        listed: feed("Span", [Video(ID), Video("hum-bridge2")]),
        channel: SourceRefused("404"),
    }
    with pytest.raises(ConfigError) as caught:
        await on_record(web).find("https://www.youtube.com/playlist?list=PLabc")
    assert len(caught.value.mistakes) == 3
    assert caught.value.mistakes[1] == f"“How bridges hum”: https://www.youtube.com/watch?v={ID}"
    with pytest.raises(ConfigError, match="not one video"):
        await on_record(web).find(f"https://youtube.com/channel/UC{'a' * 22}/videos")


async def test_the_page_of_a_channel_leads_to_its_newest_videos() -> None:
    """A handle has no id in its link; its page names the feed."""
    named = f"https://www.youtube.com/feeds/videos.xml?channel_id=UC{'a' * 22}"
    head = f'<link rel="alternate" type="application/rss+xml" href="{named}">'
    web = {
        "https://www.youtube.com/@span": page(head, f'<iframe src="https://www.youtube.com/embed/{ID}"></iframe>'),
        named: feed("Span & Sons", [Video(ID), Video("hum-bridge2")]),
    }
    with pytest.raises(ConfigError, match="“Span & Sons” is a show with 2 episodes"):
        await on_record(web).find("https://www.youtube.com/@span")


def video_facts(language: str | None = None) -> EpisodeFacts:
    return EpisodeFacts("a", "A", video=ID, language=language)


@pytest.mark.parametrize(
    ("tracks", "language", "automatic", "chosen"),
    [
        ((spoken("en", automatic=True), spoken("en")), None, False, "en"),
        ((spoken("de"), spoken("en", automatic=True)), "en", True, "en"),
        ((spoken("de"), spoken("en", automatic=True)), None, True, "en"),
        ((spoken("fr"), spoken("de")), "de-AT", False, "de"),
        ((spoken("en-GB"),), "en", False, "en-GB"),
    ],
)
async def test_captions_by_people_in_the_language_spoken_come_first(
    tracks: tuple[Track, ...], language: str | None, automatic: bool, chosen: str
) -> None:
    """A machine that heard the talk comes before somebody's translation; consent is given on the way."""
    tube = Tube({ID: Video(ID, tracks=tracks)}, consent=True)
    transcript = await on_record({}, tube).transcript(video_facts(language))
    assert transcript is not None
    assert (transcript.origin, transcript.automatic) == ("captions", automatic)
    assert transcript.utterances[0].text.startswith("Every bridge has a note of its own.")
    captions = await YouTubeCaptions(tube.transport()).of(ID, language)
    assert captions is not None
    assert captions.language == chosen


async def test_what_the_publisher_wrote_comes_before_captions(server: WebServer) -> None:
    """Captions are not even asked for; where the publisher's cannot be read, they are."""
    tube = Tube({ID: Video(ID, tracks=(spoken("en"),))})
    published = EpisodeFacts("a", "A", video=ID, transcripts=(TranscriptLink("https://a.example/t.vtt"),))
    found = await on_record({"https://a.example/t.vtt": vtt()}, tube).transcript(published)
    assert found is not None
    assert (found.origin, tube.asked) == ("publisher", [])
    found = await on_record({"https://a.example/t.vtt": b"\0"}, tube).transcript(published)
    assert found is not None
    assert found.origin == "captions"


@pytest.mark.parametrize(
    "video",
    [
        Video(ID),
        Video(ID, tracks=(Track("en", ()),)),
        Video(ID, status={"status": "ERROR", "reason": "This video is unavailable"}),
        Video(ID, status={"status": "LOGIN_REQUIRED", "reason": "This video may be inappropriate for some users."}),
        Video(ID, status={"status": "UNPLAYABLE", "reason": "This live event will begin in 3 hours."}),
        Video(ID, status={"status": "UNPLAYABLE", "reason": "Join this channel to get access to members-only content"}),
    ],
)
async def test_a_video_whose_captions_nobody_reads_has_none(video: Video) -> None:
    """Disabled, empty, gone, for adults, live, for members: then there are the notes."""
    assert await on_record({}, Tube({ID: video})).transcript(video_facts()) is None


BOT = {"status": "LOGIN_REQUIRED", "reason": "Sign in to confirm you’re not a bot"}


@pytest.mark.parametrize(
    ("tube", "sentence"),
    [
        (Tube({ID: Video(ID, status=BOT)}), "does not give its captions to this server"),
        (Tube({}, {"/watch": (429, {}, b"")}), "does not give its captions to this server"),
        (Tube({}, {"/watch": (200, {}, b'<div class="g-recaptcha"></div>')}), "does not give its captions"),
        (Tube({}, {"/watch": (200, {}, b"<html></html>")}), "do not understand"),
        (Tube({}, {"/watch": (500, {}, b"")}), "did not answer as it should: 500"),
        (Tube({ID: Video(ID)}, {"/youtubei/v1/player": (200, {}, b"[]")}), "do not understand"),
        (Tube({ID: Video(ID, tracks=(spoken("en"),))}, {"/api/timedtext": (200, {}, b"<a")}), "do not understand"),
        (Tube({}, {"/watch": (200, {}, b"x" * 13 * 1024 * 1024)}), "more than 12 MB"),
    ],
)
async def test_captions_that_cannot_be_had_now_are_said_to_be_so(tube: Tube, sentence: str) -> None:
    """In a sentence without addresses, and without the library's advice."""
    with pytest.raises(SourceUnavailable, match=sentence) as caught:
        await on_record({}, tube).transcript(video_facts())
    assert "http" not in str(caught.value)


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/", "https://www.youtube.com.evil.example/", "file:///etc"]
)
async def test_the_library_is_led_nowhere_else(location: str) -> None:
    """A redirect to another site is refused, and nothing of it is asked."""
    tube = Tube({ID: Video(ID)}, {"/watch": (302, {"Location": location}, b"")})
    with pytest.raises(SourceRefused, match="another site"):
        await YouTubeCaptions(tube.transport()).of(ID, None)
    assert tube.asked == ["https://www.youtube.com/watch"]


async def test_captions_with_foreign_addresses_are_not_fetched() -> None:
    """The player's answer names where captions lie; another host is no place for them."""
    video = Video(ID, tracks=(spoken("en"),))
    player = json.dumps(video.player("https://captions.example")).encode()
    tube = Tube({ID: video}, {"/youtubei/v1/player": (200, {}, player)})
    with pytest.raises(SourceRefused, match="another site"):
        await YouTubeCaptions(tube.transport()).of(ID, None)


class Held(Tube):
    """Says nothing until it is let."""

    let = threading.Event()

    def answer(self, request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        assert self.let.wait(10)
        return Tube.answer(self, request)


async def test_a_site_that_does_not_answer_is_left() -> None:
    """Nobody waits for the thread; what it gets afterwards is not read on."""
    tube = Held({ID: Video(ID)})
    try:
        with pytest.raises(SourceUnavailable, match="within 0 seconds"):
            await YouTubeCaptions(tube.transport(), limit=timedelta(0)).of(ID, None)
    finally:
        tube.let.set()


def test_after_the_end_nothing_is_read_on() -> None:
    """The first piece that comes later is the last."""
    stop = threading.Event()
    stop.set()
    with (
        leashed(HOSTS, stop, Tube({ID: Video(ID)}).transport()) as session,
        pytest.raises(RequestException, match="too long"),
    ):
        session.get(f"https://www.youtube.com/watch?v={ID}")


# ---------------------------------------------------------------- directories


def lookup(*episodes: dict[str, Any], feed_url: str = "https://span.example/feed") -> bytes:
    return json.dumps({"results": [{"kind": "podcast", "feedUrl": feed_url}, *episodes]}).encode()


APPLE = "https://podcasts.apple.com/gb/podcast/7-bridge/id123?i=1007"
LOOKUP = "https://itunes.apple.com/lookup?id=123&entity=podcastEpisode&limit=200"


async def test_apple_leads_to_the_feed(server: WebServer) -> None:
    """Its look-up needs no key: the entry by its guid, an old one by the title of its page."""
    items = podcast(server, item(server, 8) + item(server, 7, FULL.replace("<podcast:chapters", "<podcast:none")))
    known = {"trackId": 1007, "episodeGuid": "span-7", "trackName": "7: Bridge number 7"}
    found = await on_record({LOOKUP: lookup(known), "https://span.example/feed": items}).find(APPLE)
    assert found.id == item_id(server.url("/episodes/7"))
    pages = {LOOKUP: lookup(), APPLE: page(title="7: Bridge number 7 - Span"), "https://span.example/feed": items}
    assert (await on_record(pages).find(APPLE)).id == found.id


async def test_a_show_at_apple_names_its_newest(server: WebServer) -> None:
    """A link without an episode."""
    items = podcast(server, item(server, 8) + item(server, 7))
    with pytest.raises(ConfigError, match="show with 2 episodes"):
        await on_record({LOOKUP: lookup(), "https://span.example/feed": items}).find(APPLE.partition("?")[0])


@pytest.mark.parametrize(
    ("told", "feed_"), [(b"<html>", b""), (b"{}", b""), (lookup(feed_url="x:y"), b""), (lookup(), page())]
)
async def test_apple_without_a_feed_says_what_to_paste(told: bytes, feed_: bytes) -> None:
    """Nothing is guessed."""
    with pytest.raises(SourceMalformed, match="paste the link"):
        await on_record({LOOKUP: told, "https://span.example/feed": feed_}).find(APPLE.partition("?")[0])


async def test_spotify_tells_nothing() -> None:
    """It is not even asked."""
    with pytest.raises(SourceRefused) as caught:
        await on_record({}).find("https://open.spotify.com/episode/4abc")
    assert str(caught.value) == SPOTIFY


# ---------------------------------------------------------------- uploads


async def test_an_upload_is_known_by_its_content() -> None:
    """Its title is its name, wherever that came from; the same bytes are the same episode."""
    facts, transcript = await on_record({}).read(Upload("C:\\notes\\Bridge talk.vtt", vtt()))
    assert (facts.title, facts.url, transcript.origin) == ("Bridge talk", None, "upload")
    again, _ = await on_record({}).read(Upload("other.vtt", vtt()))
    assert again.id == facts.id
    assert len(facts.id) == 16


async def test_an_upload_that_is_too_large_or_nothing_is_refused() -> None:
    """Each in a sentence; markup in a name stays none."""
    with pytest.raises(SourceRefused, match="larger than 20 MB"):
        await on_record({}).read(Upload("a.txt", b"x" * (20 * 1024 * 1024 + 1)))
    with pytest.raises(SourceMalformed, match="empty"):
        await on_record({}).read(Upload("a.txt", b""))
    facts, _ = await on_record({}).read(Upload("<b>x</b>.vtt", vtt()))
    assert "<" not in facts.title

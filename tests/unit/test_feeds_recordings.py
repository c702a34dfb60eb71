"""What feeds say of sound files and videos: length, transcripts, chapters, people, language, show."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.wire.feeds import Feed, parse
from adapters.wire.feeds.recorded import LONGEST, MOST_PEOPLE, MOST_TRANSCRIPTS, seconds
from bot.domain.identity import admit
from bot.domain.item import ItemKind
from bot.domain.recording import NamedPerson, Recording, TranscriptLink
from tests.fakes.feeds import atom

RECORDED = Path(__file__).parents[1] / "recordings/sources"
SOUND = '<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1"/>'
NAMESPACE = "https://podcastindex.org/namespace/1.0"


def podcast(items: str, channel: str = "", namespace: str = NAMESPACE) -> bytes:
    """A podcast's feed around `items`."""
    spaces = (
        f'xmlns:podcast="{namespace}" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return (
        f'<rss version="2.0" {spaces}><channel><title>Tide &amp; Time</title>{channel}{items}</channel></rss>'.encode()
    )


def only(body: bytes, kind: ItemKind = ItemKind.ARTICLE) -> Recording:
    """What the one entry of a feed says of its recording."""
    (found,) = parse(body, kind=kind).found
    assert found.recording is not None
    return found.recording


FULL = (
    f"<item><title>One</title><guid>1</guid>{SOUND}<itunes:duration>1:02:03</itunes:duration>"
    '<podcast:transcript url="/1.vtt" type="text/vtt; charset=utf-8" language="en_GB"/>'
    '<podcast:transcript url="https://a.example/1.json?a=1&amp;b=2" type="application/json"/>'
    '<podcast:transcript url="javascript:1"/><podcast:transcript/>'
    '<podcast:chapters url="https://a.example/1-chapters.json" type="application/json+chapters"/>'
    '<podcast:person role="Guest">Noor &amp; Co</podcast:person><podcast:person>Ines Vale</podcast:person>'
    "</item>"
)
CHANNEL = "<link>https://a.example/</link><language>de</language><podcast:person>Ada Brook</podcast:person>"
TOLD = Recording(
    duration=3723.0,
    transcripts=(
        TranscriptLink("https://a.example/1.vtt", "text/vtt", "en-GB"),
        TranscriptLink("https://a.example/1.json?a=1&b=2", "application/json"),
    ),
    chapters="https://a.example/1-chapters.json",
    people=(NamedPerson("Noor & Co", "guest"), NamedPerson("Ines Vale", "host")),
    language="de",
    show="Tide & Time",
)


@pytest.mark.parametrize(
    "namespace",
    [NAMESPACE, "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", f"{NAMESPACE}/"],
)
def test_an_entry_tells_all_of_its_recording(namespace: str) -> None:
    """Every transcript with type and language, chapters, people with roles; language and show are the feed's."""
    assert only(podcast(FULL, CHANNEL, namespace)) == TOLD


def test_a_broken_feed_tells_the_same() -> None:
    """The patient parser keeps one transcript of several; the tags themselves are read beside it."""
    broken = podcast(FULL, CHANNEL).replace(b'<rss version="2.0"', b'<what version="2.0"').replace(b"</rss>", b"")
    feed = parse(broken, base="https://a.example/")
    assert feed.salvaged
    (found,) = feed.found
    assert found.recording == TOLD


def test_a_broken_feed_whose_entries_cannot_be_told_apart_tells_less() -> None:
    """An opening tag inside CDATA makes one part more than there are entries: no tag is given to a wrong one."""
    item = f"<item><title>One</title><description><![CDATA[<item >]]></description>{FULL[6:]}"
    broken = podcast(item, CHANNEL).replace(b'<rss version="2.0"', b'<what version="2.0"')
    (found,) = parse(broken, base="https://a.example/").found
    assert found.recording is not None
    assert (found.recording.transcripts, found.recording.duration) == ((), 3723.0)


def test_people_of_the_show_stand_in_where_an_entry_names_none() -> None:
    """As the specification has it; an entry's own people replace them."""
    assert only(podcast(f"<item>{SOUND}</item>", CHANNEL)).people == (NamedPerson("Ada Brook", "host"),)


def test_what_is_no_name_is_nobody() -> None:
    """Addresses, empty and endless names are left out; a name comes once; there is a most."""
    wrong = "".join(f"<podcast:person>{name}</podcast:person>" for name in ("", "a@b.example", "x" * 101, "Ann", "Ann"))
    many = "".join(f"<podcast:person>P{n}</podcast:person>" for n in range(50))
    people = only(podcast(f"<item>{SOUND}{wrong}{many}</item>")).people
    assert [person.name for person in people[:2]] == ["Ann", "P0"]
    assert len(people) == MOST_PEOPLE


def test_an_entry_has_so_many_transcripts_and_no_more() -> None:
    """Whatever a feed says, little is kept of it, each address once."""
    many = "".join(f'<podcast:transcript url="https://a.example/{n // 2}.vtt"/>' for n in range(99))
    assert len(only(podcast(f"<item>{SOUND}{many}</item>")).transcripts) == MOST_TRANSCRIPTS


def test_the_language_of_an_entry_comes_before_that_of_its_feed() -> None:
    """Dublin Core names it; what is no tag is not believed."""
    assert only(podcast(f"<item>{SOUND}<dc:language>pt_BR</dc:language></item>", CHANNEL)).language == "pt-BR"
    assert only(podcast(f"<item>{SOUND}<dc:language>all of them</dc:language></item>", CHANNEL)).language == "de"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("3723", 3723.0),
        ("62:03", 3723.0),
        ("1:02:03", 3723.0),
        (" 01:02:03.5 ", 3723.0),
        ("0", None),
        ("00:00:00", None),
        ("an hour", None),
        ("-5", None),
        (str(LONGEST + 1), None),
        ("", None),
    ],
)
def test_a_length_is_read_in_every_spelling(written: str, length: float | None) -> None:
    """Seconds, minutes and seconds, or hours too; zero and junk are no length."""
    assert seconds(written) == length


def test_media_rss_tells_the_length_where_itunes_does_not() -> None:
    """On the file itself, or in the group in which YouTube has it."""
    plain = '<item><media:content url="https://a.example/1.mp4" type="video/mp4" duration="90"/></item>'
    assert only(podcast(plain)).duration == 90.0
    group = (
        '<entry xmlns:media="http://search.yahoo.com/mrss/"><id>1</id><media:group><media:title>One</media:title>'
        '<media:content url="https://v.example/1" type="application/x-shockwave-flash" duration="91"/>'
        "</media:group></entry>"
    )
    assert only(atom(group), ItemKind.VIDEO).duration == 91.0


def test_json_feed_tells_the_length_of_its_attachment() -> None:
    """The first that can be played; the language of the item."""
    items = [
        {
            "id": "1",
            "language": "fr",
            "attachments": [
                {"url": "https://a.example/1.pdf", "mime_type": "application/pdf", "duration_in_seconds": 5},
                {"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61.5},
            ],
        }
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}).encode()
    assert only(body) == Recording(duration=61.0, language="fr", show="J")


def test_an_article_has_no_recording() -> None:
    """Nor has one in a feed of podcasts that names no file, unless its source is one that is heard."""
    body = podcast("<item><title>a</title><itunes:duration>61</itunes:duration></item>", CHANNEL)
    assert [found.recording for found in parse(body).found] == [None]
    assert only(body, ItemKind.EPISODE).duration == 61.0


def test_a_recording_comes_to_the_item_that_is_kept() -> None:
    """Through the door every entry passes."""
    feed: Feed = parse((RECORDED / "podcast.xml").read_bytes(), kind=ItemKind.EPISODE)
    now = datetime(2026, 3, 9, tzinfo=UTC)
    item = admit(feed.found[0], source="podcast x", now=now, first_gather=True)
    assert item.recording == Recording(
        duration=2467.0,
        transcripts=(TranscriptLink("https://cdn.secondshift.example/014.vtt", "text/vtt"),),
        language="en-us",
        show="Second Shift",
    )

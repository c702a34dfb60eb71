"""Feeds of every format become entries without markup."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.wire.feeds import parse
from adapters.wire.feeds.entries import MOST_ENTRIES
from bot.domain.item import MAX_TEXT, MAX_TITLE, Found, ItemKind
from bot.errors import SourceMalformed
from tests.fakes.feeds import atom, rss

RECORDED = Path(__file__).parents[1] / "recordings/sources"


def only(body: bytes, base: str = "") -> Found:
    (found,) = parse(body, base=base).found
    return found


def test_rss_prefers_the_full_content_to_the_summary() -> None:
    """Content, author, date, links and language of a usual blog feed; its trailer and script are gone."""
    feed = parse((RECORDED / "feed.xml").read_bytes(), base="https://harbour.example/feed.xml")
    first, second = feed.found
    assert (feed.title, feed.language, feed.salvaged) == ("Notes from the Harbour & Beyond", "en-GB", False)
    assert first.text == (
        "A small boat turns quickly. A large one carries more.\n\nSpeed first\nThen cargo\n\n“Measure twice.”"
    )
    assert first.links[0] == "https://harbour.example/cargo"
    assert (first.author, first.published) == ("Mira Okafor", datetime(2026, 3, 9, 6, 30, tzinfo=UTC))
    assert second.published == datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
    assert second.kind is ItemKind.ARTICLE


def test_json_feed_keeps_plain_text_plain() -> None:
    """`content_text` is not HTML; a missing title is empty; numbers may be ids."""
    feed = parse((RECORDED / "feed.json").read_bytes())
    first, second = feed.found
    assert (first.title, first.text) == ("Why x < y matters", "If x < y & y < z, then x < z.\n\nThat is all.")
    assert (second.guid, second.title, second.text) == ("1", "", "No title, one paper.")
    assert second.links == ("https://other.example/paper",)
    assert (first.author, second.media) == ("Ravi Lund", "https://quiet.example/1.mp3")


def test_rdf_items_stand_beside_their_channel() -> None:
    """RSS 1.0: the date is Dublin Core, the id the item's own address."""
    body = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>R</title></channel>'
        b'<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link>'
        b"<description>Said.</description><dc:date>2026-03-09T12:00Z</dc:date><dc:creator>Ann</dc:creator></item></rdf:RDF>"
    )
    found = only(body)
    assert (found.guid, found.title, found.author) == ("https://a.example/1", "One", "Ann")
    assert found.published == datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert parse(body).title == "R"


def test_atom_links_are_chosen_by_what_they_are() -> None:
    """The page, not the feed, the comments, the image or the sound; relative to xml:base."""
    found = only(
        atom(
            '<entry xml:base="blog/"><id>urn:1</id><title>a</title><link rel="self" href="self"/>'
            '<link rel="replies" href="r"/><link rel="alternate" type="application/json" href="j"/>'
            '<link rel="alternate" type="text/html" href="page?a=1&amp;b=2"/>'
            '<link rel="enclosure" type="audio/mpeg" href="a.mp3"/>'
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two <a href="x">x</a></p>'
            "</div></content><updated>2026-03-09T12:00:00Z</updated></entry>",
            ' xml:base="https://a.example/"',
        )
    )
    assert found.link == "https://a.example/blog/page?a=1&b=2"
    assert found.media == "https://a.example/blog/a.mp3"
    assert (found.text, found.links) == ("One\n\nTwo x", ("https://a.example/blog/x",))


def test_prefixed_names_are_the_same_names() -> None:
    """Namespaces decide, not prefixes; XHTML with a prefix is still markup."""
    found = only(
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><a:title>T</a:title>'
        b'<a:entry><a:id>1</a:id><a:title>x</a:title><a:summary type="xhtml"><h:div><h:p>One</h:p><h:p>Two</h:p>'
        b"</h:div></a:summary></a:entry></a:feed>"
    )
    assert found.text == "One\n\nTwo"


def test_the_original_behind_a_counting_redirect_is_the_link() -> None:
    """feedburner names it."""
    found = only(
        rss(
            "<item><title>a</title><link>https://feeds.example/~r/1</link>"
            "<feedburner:origLink>https://a.example/1</feedburner:origLink></item>"
        )
    )
    assert found.link == "https://a.example/1"


@pytest.mark.parametrize(
    ("item", "guid", "link"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', "https://a.example/1", None),
        ("<guid>x 1</guid><link>/p</link>", "x 1", "https://a.example/p"),
        ("<link>https://a.example/1</link>", "https://a.example/1", "https://a.example/1"),
        ("<guid>1</guid><link>javascript:alert(1)</link>", "1", None),
    ],
)
def test_an_entry_is_known_by_id_else_link(item: str, guid: str, link: str | None) -> None:
    """The link is an http(s) page; a guid that is a permanent address is one."""
    found = only(rss(f"<item><title>a</title>{item}</item>"), base="https://a.example/feed")
    assert (found.guid, found.link) == (guid, link)


def test_an_entry_without_id_and_link_is_known_by_its_words() -> None:
    """The same words have the same guid, other words another; the same entry twice is one."""
    feed = parse(rss("<item><title>a</title></item><item><title>b</title></item><item><title>a</title></item>"))
    assert [found.title for found in feed.found] == ["a", "b"]
    assert len({found.guid for found in feed.found}) == 2


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("<author>ann@a.example (Ann Lee)</author>", "Ann Lee"),
        ("<author>Ann Lee &lt;ann@a.example&gt;</author>", "Ann Lee"),
        ("<author>ann@a.example</author>", None),
        ("<dc:creator>&lt;b&gt;Ann&lt;/b&gt; Lee</dc:creator>", "Ann Lee"),
        ("<itunes:author>Ann</itunes:author>", "Ann"),
        ("", None),
    ],
)
def test_the_author_is_a_name(item: str, name: str | None) -> None:
    """Never an e-mail address."""
    assert only(rss(f"<item><title>a</title>{item}</item>")).author == name


def test_names_of_characters_that_xml_does_not_know_are_read() -> None:
    """HTML names, bare ampersands and control characters are repaired, CDATA is left alone."""
    found = only(
        b"<rss><channel><item><title>caf&eacute; R&D &unknown; \x0b&#8217;</title>"
        b"<description><![CDATA[<p>a &amp;&nbsp;b & c</p>]]></description></item></channel></rss>"
    )
    assert (found.title, found.text) == ("café R&D &unknown; ’", "a & b & c")


GERMAN = "<rss><channel><item><title>Größe</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ("utf-16", "utf-16", None),
        ("", "utf-16-be", None),
        ("", "utf-32-le", None),
        ("ISO-8859-1", "latin-1", None),
        ("", "cp1252", None),
        ("", "cp1252", "bogus"),
        ("ISO-8859-1", "utf-8", None),
        ("", "utf-8-sig", "latin-1"),
        ("", "cp850", "cp850"),
    ],
)
def test_the_encoding_is_told_from_the_bytes_before_what_is_said_of_them(
    declared: str, encoding: str, charset: str | None
) -> None:
    """Marks and valid UTF-8 beat declarations, which are often wrong."""
    text = (f'<?xml version="1.0" encoding="{declared}"?>' if declared else "") + GERMAN
    assert parse(text.encode(encoding), charset=charset).found[0].title == "Größe"


def test_a_declared_seven_bit_encoding_is_believed() -> None:
    """ISO-2022-JP is valid UTF-8, so only its declaration tells."""
    text = (
        '<?xml version="1.0" encoding="ISO-2022-JP"?><rss><channel><item><title>日本語</title></item></channel></rss>'
    )
    assert only(text.encode("iso2022_jp")).title == "日本語"


def test_a_few_wrong_bytes_do_not_change_the_encoding() -> None:
    """One broken character is one broken character."""
    body = "<rss><channel><item><title>Größe, größer, am größten é".encode() + b"\xff</title></item></channel></rss>"
    assert only(body).title == "Größe, größer, am größten é\ufffd"


def test_newest_come_first_and_undated_follow() -> None:
    """Order by date; entries without one keep the feed's order."""
    items = "".join(
        f"<item><title>{name}</title>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
        for name, date in (("x", ""), ("old", "2026-03-01"), ("y", "no date"), ("new", "2026-03-09"))
    )
    assert [found.title for found in parse(rss(items)).found] == ["new", "old", "x", "y"]


def test_only_the_newest_thousand_are_kept_and_sizes_are_capped() -> None:
    """A feed of any length has an end; so has a title and a text."""
    items = "".join(f"<item><title>{n}</title><pubDate>{2000 + n % 26}-01-01</pubDate></item>" for n in range(1300))
    feed = parse(rss(items))
    assert len(feed.found) == MOST_ENTRIES
    assert feed.found[0].published == datetime(2025, 1, 1, tzinfo=UTC)
    long = only(rss(f"<item><title>{'t ' * 900}</title><description>{'word ' * 40_000}</description></item>"))
    assert (len(long.title), len(long.text)) <= (MAX_TITLE, MAX_TEXT)
    assert long.text.endswith("word")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the answer is empty"),
        (b" \n\0 ", "the answer is empty"),
        (b"hello", "this is not a feed"),
        (b"<opml><body/></opml>", "this is not a feed"),
        (b"<!-- never ends", "this is not a feed"),
        (b"{", "it begins like JSON but cannot be read as JSON"),
        (b'{"items": 3}', "this is JSON, but not a JSON Feed"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "this is a web page, not a feed"),
        (
            (
                b'<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
                b'<link rel="alternate" type="application/atom+xml" href="/atom.xml"></head></html>'
            ),
            "this is a web page, not a feed; it names the feed https://a.example/atom.xml",
        ),
    ],
)
def test_what_is_no_feed_is_said_in_words(body: bytes, sentence: str) -> None:
    """The sentence says what it is instead, and names a feed that a page names."""
    with pytest.raises(SourceMalformed) as caught:
        parse(body, base="https://a.example/blog/")
    assert str(caught.value) == sentence


def test_an_empty_feed_is_a_feed() -> None:
    """Nothing was published: that is no mistake."""
    assert parse(rss("")).found == ()
    assert parse(atom("")).title == "T"


def test_entries_that_faults_cost_the_fast_parser_are_salvaged() -> None:
    """feedparser reads on where the tree ends."""
    feed = parse(
        b"<rss><channel><title>T</title><item><title>one</title></item></channel></rss>"
        b"<item><title>two</title><link>https://a.example/2</link><description>b &lt;b&gt;c&lt;/b&gt;</description>"
        b"<pubDate>Mon, 09 Mar 2026 12:00:00 GMT</pubDate>"
        b'<enclosure url="https://a.example/2.mp3" type="audio/mpeg"/></item>'
    )
    assert feed.salvaged
    two = next(found for found in feed.found if found.title == "two")
    assert (two.link, two.text, two.media) == ("https://a.example/2", "b c", "https://a.example/2.mp3")
    assert two.published == datetime(2026, 3, 9, 12, tzinfo=UTC)


def test_references_survive_a_fault_before_them() -> None:
    """An end tag that is missing must not cost the angle brackets of everything after it."""
    feed = parse(
        b"<rss><channel><item><title>one</title><description>a</item>"
        b"<item><title>R&amp;D &quot;x&quot;</title><description>b &lt;b&gt;c&lt;/b&gt;</description></item></channel>"
    )
    two = next(found for found in feed.found if found.title.startswith("R"))
    assert (two.title, two.text) == ('R&D "x"', "b c")


def test_items_under_an_unknown_root_are_salvaged() -> None:
    """Some feeds have lost their head."""
    feed = parse(b"<stuff><item><title>one</title></item></stuff>")
    assert feed.salvaged
    assert [found.title for found in feed.found] == ["one"]


def test_the_parser_and_what_it_gives_can_go_to_a_worker_process() -> None:
    """Both pickle."""
    feed = pickle.loads(pickle.dumps(parse))(rss("<item><title>a</title></item>"))
    assert pickle.loads(pickle.dumps(feed)) == feed

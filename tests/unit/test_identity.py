"""One thing, one identity."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.identity import MAX_LINK, admit, canonical_link, fingerprint, told_apart
from bot.domain.item import MAX_TEXT, MAX_TITLE, Found, Item, ItemKind, item_id

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
SOURCE = "feed:https://example.org/feed"

_PARTS = st.one_of(
    st.sampled_from([
        "http", "https", "://", "/", "//", "?", "#", "&", "=", "@", ":", "%", "%2e", "%41", "%zz", "..", ".", "a", "v=",
        "example.org", "EXAMPLE.org:443", "[::1]", "bücher.example", "utm_source=x", "fbclid=1", "si=4", "\\", " ", "é",
        "\u200b", "\t", "www.youtube.com/watch", "youtu.be/", "abcdefghijk", "twitter.com/Some_One/status/12",
        "www.google.com/amp/s/", "m.wikipedia.org", "en.", "arxiv.org/pdf/", "2401.00001v2", ".pdf",
        "x.cdn.ampproject.org/c/s/",
    ]),
    st.text(max_size=4),
)  # fmt: skip
_ADDRESSES = st.builds("".join, st.lists(_PARTS, min_size=2, max_size=12)).map(lambda rest: f"https://{rest}")


def found(**changes: object) -> Found:
    plain = Found(
        guid="entry-1",
        link="https://example.org/one",
        title="One",
        text="The text.",
        kind=ItemKind.ARTICLE,
        published=NOW - timedelta(hours=2),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def admitted(first_gather: bool = True, still: bool = False, **changes: object) -> Item:
    return admit(found(**changes), source=SOURCE, now=NOW, first_gather=first_gather, still=still)


@settings(max_examples=300)
@given(_ADDRESSES)
def test_a_canonical_link_is_its_own_canonical_link(address: str) -> None:
    """Canonical form is reached in one step, is short, has no fragment, no user and no invisible character."""
    link = canonical_link(address)
    if link is None:
        return
    assert canonical_link(link) == link
    assert len(link) <= MAX_LINK
    assert link.isascii()
    assert "#" not in link
    assert " " not in link
    assert "@" not in link.split("/")[2]
    assert link.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org./a/./b/../c#part", "https://example.org/a/c"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/%7ea%2Fb%c3%a9%zz", "https://example.org/~a%2Fb%C3%A9%25zz"),
        ("https://example.org/é d", "https://example.org/%C3%A9%20d"),
        ("https://example.org/?", "https://example.org/"),
        ("https://example.org/?b=2&a=1&&utm_campaign=x", "https://example.org/?b=2&a=1"),
        ("https://example.org/p?UTM_Source=a&utm%5Fmedium=b&fbclid=c&gclid=d&mc_cid=e&mc_eid=f&igshid=g&ref_src=h", "https://example.org/p"),
        ("https://example.org/p?s=20&t=now&ref=x", "https://example.org/p?s=20&t=now&ref=x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://STRAßE.example/", "https://xn--strae-oqa.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://exa\u200bmple.org/a\u00adb", "https://example.org/ab"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org\\@evil.example/", "https://example.org/@evil.example/"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://127.0.0.1:8765/feed", "http://127.0.0.1:8765/feed"),
        ("https://youtu.be/abcdefghijk?si=zz&t=40", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("http://m.youtube.com/watch?app=desktop&v=abcdefghijk&t=4s", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://youtube.com/shorts/abcdefghijk?feature=share", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://youtube.com/@someone?si=x&view=0", "https://www.youtube.com/@someone?view=0"),
        ("https://youtu.be/", "https://youtu.be/"),
        ("https://twitter.com/Some_One/status/12?s=20&t=abc", "https://x.com/some_one/status/12"),
        ("https://mobile.twitter.com/a/status/12/photo/1", "https://x.com/a/status/12"),
        ("https://x.com/search?q=a&s=09", "https://x.com/search?q=a"),
        ("https://en.m.wikipedia.org/wiki/Ferry", "https://en.wikipedia.org/wiki/Ferry"),
        ("https://old.reddit.com/r/a/", "https://www.reddit.com/r/a/"),
        ("http://export.arxiv.org/pdf/2401.00001v2.pdf", "https://arxiv.org/abs/2401.00001v2"),
        ("https://arxiv.org/pdf/cs/0112017", "https://arxiv.org/abs/cs/0112017"),
        ("https://arxiv.org/list/cs.CL/recent", "https://arxiv.org/list/cs.CL/recent"),
        ("https://www.google.com/amp/s/example.org/a?utm_source=x&b=1", "https://example.org/a?b=1"),
        ("https://example-org.cdn.ampproject.org/c/example.org/a", "http://example.org/a"),
        ("https://www.google.com/search?q=a", "https://www.google.com/search?q=a"),
        ("https://x.cdn.ampproject.org/other", "https://x.cdn.ampproject.org/other"),
    ],
)  # fmt: skip
def test_spellings_of_one_address_meet(address: str, canonical: str) -> None:
    """Known spellings, and look-alikes that must stay apart."""
    assert canonical_link(address) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org/a", "/a", "//example.org", "ftp://example.org/a", "javascript:alert(1)", "data:text/plain,a",
        "mailto:a@example.org", "https://", "https:///a", "https://user@example.org/", "https://a:b@example.org/",
        "https://exa mple.org/", "https://-a.example/", "https://a..b/", "https://[::1/", "https://example.org:99999/",
        "https://[v1.x]/", "https://❤.example/", "https://" + "a" * 64 + ".example/",
        "https://" + "ü" * 64 + ".example/",
        "https://" + "a.b" * 100 + "/", "https://example.org/" + "a" * 2_000, "https://example.org/" + "é" * 400,
        "https://example.org/?utm_source=" + "a" * 9_000, " " * 9_000 + "https://example.org/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(address: str) -> None:
    """Other schemes, credentials, impossible hosts, addresses that are too long."""
    assert canonical_link(address) is None


def test_a_long_campaign_does_not_make_a_link_too_long() -> None:
    """The length counts once the tracking is gone."""
    assert canonical_link("https://example.org/a?utm_content=" + "x" * 3_000) == "https://example.org/a"


@pytest.mark.parametrize(
    ("address", "base", "canonical"),
    [
        ("../c?x=1", "https://example.org/a/b/", "https://example.org/a/c?x=1"),
        ("//other.example/c", "https://example.org/a", "https://other.example/c"),
        ("https://other.example/", "https://example.org/a", "https://other.example/"),
        ("c", "file:///etc/", None),
        ("//[", "https://example.org/", None),
    ],
)
def test_relative_links_are_read_from_their_page(address: str, base: str, canonical: str | None) -> None:
    """A feed may write links relative to itself."""
    assert canonical_link(address, base) == canonical


def test_equal_words_have_equal_prints() -> None:
    """Case, punctuation and white space do not matter; a word does; halves of characters do no harm."""
    print_ = fingerprint("The Ferry", "It sails,  at nine!")
    assert print_ == fingerprint("the ferry", "it sails at\n“nine”")
    assert print_ != fingerprint("The Ferry", "It sails at ten!")
    assert len(fingerprint("", "\ud800")) == 16


def test_an_item_is_known_by_its_canonical_link() -> None:
    """A feed and its mirror, with and without a campaign: one id, each under its own source."""
    first = admitted(link="https://example.org/one?utm_source=feed#top")
    other = admit(found(guid="x"), source="feed:mirror", now=NOW, first_gather=True)
    assert first.id == other.id == item_id("https://example.org/one")
    assert first.url == "https://example.org/one"
    assert (first.source, other.source) == (SOURCE, "feed:mirror")


def test_an_entry_without_a_link_is_known_by_its_guid_within_its_source() -> None:
    """Guids such as `1` are not unique in the world."""
    one = admit(found(link=None, guid="1"), source="feed:a", now=NOW, first_gather=True)
    other = admit(found(link="javascript:x", guid="1"), source="feed:b", now=NOW, first_gather=True)
    assert one.url is None
    assert other.url is None
    assert one.id != other.id
    assert one.id == item_id("feed:a 1")


def test_an_entry_with_neither_is_known_by_its_words() -> None:
    """Two nameless entries stay two."""
    assert admitted(link=None, guid="", title="A").id != admitted(link=None, guid="", title="B").id


@pytest.mark.parametrize("ahead", [timedelta(minutes=-30), timedelta(0), timedelta(minutes=10)])
def test_a_date_up_to_ten_minutes_ahead_is_believed(ahead: timedelta) -> None:
    """Clocks differ a little; the zone of the date does not matter."""
    local = (NOW + ahead).astimezone(timezone(timedelta(hours=9)))
    item = admitted(published=local)
    assert item.published == NOW + ahead
    assert item.published.tzinfo is UTC
    assert not item.backlog


@pytest.mark.parametrize(
    "wrong",
    [
        NOW + timedelta(minutes=11),
        NOW + timedelta(days=4_000),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))),
        None,
    ],
)
def test_a_date_that_says_nothing_neither_pins_nor_hides(wrong: datetime | None) -> None:
    """Such an item counts from when it was first seen, and is backlog only on a first gather."""
    later = admitted(published=wrong, first_gather=False)
    assert (later.published, later.at, later.backlog) == (None, NOW, False)
    assert admitted(published=wrong, first_gather=True).backlog


def test_with_the_clock_set_back_a_later_date_is_simply_later() -> None:
    """`--now` in the past must not turn real dates into wrong ones."""
    item = admitted(published=NOW + timedelta(days=3), still=True)
    assert item.published == NOW + timedelta(days=3)


def test_texts_are_capped_at_a_word_and_clean() -> None:
    """No control characters, no half characters, no half words, no ellipsis of ours."""
    item = admitted(title="word " * 200, text="a\x00b\r\nc \ud800d " + "word " * 30_000, author=" Ilka\x07\n Morrow ")
    assert len(item.title) <= MAX_TITLE
    assert item.title.endswith("word")
    assert item.text.startswith("ab\nc d word")
    assert MAX_TEXT - 10 <= len(item.text) <= MAX_TEXT
    assert item.text.endswith("word")
    assert item.author == "Ilka Morrow"
    assert len(admitted(title="x" * 900).title) == MAX_TITLE
    assert admitted(title="x" * MAX_TITLE + " y").title == "x" * MAX_TITLE
    assert admitted(author=" ").author is None


def test_links_are_canonical_each_once_and_without_its_own() -> None:
    """What an item points to is compared across items later."""
    links = (
        "https://example.org/two?utm_source=a",
        "https://example.org/one#x",
        "mailto:a@b.c",
        "https://example.org/two",
    )
    item = admitted(links=links, media="https://example.org/a.mp3?utm_source=a")
    assert item.links == ("https://example.org/two",)
    assert item.media == "https://example.org/a.mp3?utm_source=a"
    assert admitted(media="file:///etc/passwd").media is None
    assert len(admitted(links=tuple(f"https://example.org/{n}" for n in range(500))).links) == 100


def test_anchors_of_one_page_are_many_items() -> None:
    """A change log whose entries are parts of one page; a repeated entry is one."""
    page = [admitted(link=f"https://example.org/log#{n}", guid=f"v{n}") for n in (3, 2, 1, 2)]
    alone = admitted(link="https://example.org/other")
    apart = told_apart([*page, alone, alone])
    assert [item.guid for item in apart] == ["v3", "v2", "v1", "entry-1"]
    assert len({item.id for item in apart}) == 4
    assert {item.url for item in apart[:3]} == {"https://example.org/log"}
    assert apart[3].id == item_id("https://example.org/other")


@pytest.mark.parametrize(
    ("age", "looked", "late"),
    [
        (timedelta(hours=3), timedelta(hours=2), True),  # dated before we last looked, and was not there
        (timedelta(hours=2), timedelta(hours=2), True),
        (timedelta(hours=1), timedelta(hours=2), False),  # published since we looked
        (timedelta(hours=3), None, False),  # the first gather: we have not looked before
        (timedelta(days=2), timedelta(hours=2), False),  # no news any more
        (timedelta(hours=3), timedelta(), True),  # the source was down until now
        (timedelta(), timedelta(), False),
    ],
)
def test_what_comes_late_counts_from_when_it_came(age: timedelta, looked: timedelta | None, late: bool) -> None:
    """The window it is dated in is closed, and no edition would ever have it."""
    since = None if looked is None else NOW - looked
    item = admit(found(published=NOW - age), source=SOURCE, now=NOW, first_gather=False, looked=since)
    assert (item.late, item.at) == (late, NOW if late else NOW - age)
    assert item.published == NOW - age

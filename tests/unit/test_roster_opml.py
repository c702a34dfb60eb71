"""OPML in and out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.roster.editing import render
from adapters.roster.opml import export_opml, import_opml
from adapters.roster.reading import DEFAULT, MOST_BYTES, load, read
from adapters.wire.accounts import public_feed
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import RosterError

LIST = """\
<?xml version="1.0"?>
<opml version="1.0"><head><title>Reading</title></head><body>
  <outline text="Ferries">
    <outline text="deeper">
      <outline type="rss" title="Ilka  Morrow" text="x" xmlUrl=" https://morrow.example/feed "/>
      <outline type="rss" text="Ilka Morrow" XMLURL="https://other.example/rss"/>
    </outline>
    <outline text="Ilka again" xmlUrl="https://MORROW.example/feed?utm_source=reader"/>
    <outline text="Tøve Lindqvist's letter" xmlUrl="https://tove.substack.com/feed"/>
    <outline text="Илка" xmlUrl="https://ilka.example/feed"/>
    <outline text="" xmlUrl="https://www.nameless.example/feed"/>
    <outline text="Talk" xmlUrl="https://feeds.transistor.fm/pilot-talk"/>
    <outline text="Channel" xmlUrl="https://youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"/>
    <outline text="Commits" xmlUrl="https://github.com/morrow.atom"/>
    <outline text="Releases" xmlUrl="https://github.com/morrow/ferry/releases.atom"/>
    <outline text="Other page" xmlUrl="https://github.com/morrow/ferry/commits/main.atom"/>
    <outline text="Sky" xmlUrl="https://bsky.app/profile/morrow.example/rss"/>
    <outline text="Toots" xmlUrl="https://social.example/@morrow.rss"/>
    <outline text="Local" xmlUrl="file:///etc/passwd"/>
    <outline text="Empty" xmlUrl=""/>
    <outline text="A page" htmlUrl="https://page.example/"/>
  </outline>
</body></opml>
"""


def test_a_list_of_feeds_becomes_thinkers() -> None:
    """Types by address, ids from names, folders left out, duplicates merged, what is left out is said."""
    found = import_opml(LIST.encode())
    assert [(t.id, t.name, t.kind.value, t.sources[0].key) for t in found.thinkers] == [
        ("ilka-morrow", "Ilka Morrow", "person", "feed:https://morrow.example/feed"),
        ("ilka-morrow-other-example", "Ilka Morrow (other.example)", "person", "feed:https://other.example/rss"),
        ("tve-lindqvist-s-letter", "Tøve Lindqvist's letter", "newsletter", "substack:https://tove.substack.com/feed"),
        ("ilka-example", "Илка", "person", "feed:https://ilka.example/feed"),
        ("nameless-example", "nameless.example", "person", "feed:https://www.nameless.example/feed"),
        ("talk", "Talk", "podcast", "podcast:https://feeds.transistor.fm/pilot-talk"),
        ("channel", "Channel", "person", "youtube:UCabcdefghijklmnopqrstuv"),
        ("commits", "Commits", "person", "github:morrow"),
        ("releases", "Releases", "person", "github:morrow/ferry"),
        ("other-page", "Other page", "person", "feed:https://github.com/morrow/ferry/commits/main.atom"),
        ("sky", "Sky", "person", "bluesky:morrow.example"),
        ("toots", "Toots", "person", "mastodon:@morrow@social.example"),
    ]
    assert found.notes == (
        '"Ilka again", https://MORROW.example/feed?utm_source=reader: left out, listed already',
        '"Local", file:///etc/passwd: left out, not an http(s) address',
        '"Empty", (no address): left out, not an http(s) address',
    )


def test_what_is_imported_fits_into_the_roster_it_is_for() -> None:
    """Ids and names that are taken get others, sources that are there are left out."""
    existing = Roster((
        Thinker("ilka-morrow", "ILKA MORROW", ThinkerKind.PERSON, (SourceSpec(SourceType.GITHUB, "Morrow"),)),
        Thinker("talk", "Talk (feeds.transistor.fm)", ThinkerKind.PODCAST),
        Thinker("x", "Talk", ThinkerKind.PODCAST),
    ))  # fmt: skip
    found = import_opml(LIST.encode(), existing)
    joined = Roster((*existing.thinkers, *found.thinkers))
    assert read(render(joined)) == joined
    assert found.notes[1] == '"Commits", https://github.com/morrow.atom: left out, listed already'
    assert {"Ilka Morrow (morrow.example)", "Talk (feeds.transistor.fm) 2"} <= {t.name for t in found.thinkers}


@pytest.mark.parametrize(
    ("outline", "name", "address"),
    [
        ('<outline text="Ropes & Sails" xmlUrl="https://a.example/f?x=1&y=2"/>', "Ropes & Sails", "https://a.example/f?x=1&y=2"),
        ('<outline text="A" description="By <b class="c">Ilka</b>" xmlUrl="https://a.example/f"/>', "A", "https://a.example/f"),
        ('<outline text="A &nbsp; B" xmlUrl="https://a.example/f"/>', "A &nbsp; B", "https://a.example/f"),
    ],
)  # fmt: skip
def test_common_mistakes_in_lists_lose_nothing(outline: str, name: str, address: str) -> None:
    """Unescaped ampersands and HTML in descriptions are mended before anything is dropped."""
    found = import_opml(f"<opml><body>{outline}</body></opml>".encode())
    assert [(t.name, t.sources[0].address) for t in found.thinkers] == [(name, address)]
    assert found.notes == ()


def test_a_broken_list_gives_what_can_be_read_and_says_so() -> None:
    """Here it was cut off."""
    cut = LIST.encode()[: LIST.index('<outline text="Ilka again')]
    found = import_opml(cut)
    assert len(found.thinkers) == 2
    assert found.notes == ("the file is not well-formed XML: some addresses may be missing",)


_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
_BOMB = f'<!DOCTYPE o [<!ENTITY e0 "ha">{_LAUGHS}]><opml><outline text="&e8;" xmlUrl="http://a.example/"/></opml>'
_THIEF = '<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="http://a.example/&e;"/></opml>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be read as XML"),
        ("just words", "cannot be read as XML"),
        ("<rss/>", "it begins with <rss>"),
        (_BOMB, "XML"),
        (_THIEF, "XML"),
        ("x" * (MOST_BYTES + 1), "is larger than 5 MB"),
    ],
)
def test_what_is_no_list_is_refused(text: str, message: str) -> None:
    """Also bombs and files that reach for other files."""
    with pytest.raises(RosterError, match=message):
        import_opml(text.encode())


def test_a_document_type_alone_does_no_harm() -> None:
    """It is not fetched."""
    text = (
        '<!DOCTYPE opml SYSTEM "http://a.example/opml.dtd"><opml><outline text="A" xmlUrl="http://a.example/"/></opml>'
    )
    assert len(import_opml(text.encode()).thinkers) == 1


def test_a_list_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond is said."""
    monkeypatch.setattr("adapters.roster.opml.MOST_SOURCES", 2)
    rows = "".join(f'<outline text="T{n}" xmlUrl="http://a.example/{n}"/>' for n in range(3))
    found = import_opml(f"<opml>{rows}</opml>".encode())
    assert len(found.thinkers) == 2
    assert found.notes == ('"T2", http://a.example/2: left out, the list is too long',)


def test_the_shipped_roster_comes_back_as_it_went() -> None:
    """Everyone with a public feed, with id, name, kind, tier, reason and sources."""
    roster = load(DEFAULT)
    back = import_opml(export_opml(roster).encode())
    assert back.notes == ()
    assert list(back.thinkers) == exportable(roster)


def exportable(roster: Roster) -> list[Thinker]:
    """The thinkers as a list of feeds can hold them: sources with a feed, no topics."""
    kept = []
    for t in roster.thinkers:
        sources = tuple(source for source in t.sources if public_feed(source))
        if sources:
            kept.append(Thinker(t.id, t.name, t.kind, sources, t.tier, t.why))
    return kept


_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_WORD = st.text(_PLAIN, min_size=1, max_size=8)
_SOURCES = st.one_of(
    st.builds(
        lambda kind, host, path, mirror: SourceSpec(kind, f"https://{host}.example/{path}?a=1&b=<2>", mirror),
        st.sampled_from([SourceType.FEED, SourceType.SUBSTACK, SourceType.PODCAST]), _WORD, _WORD, st.booleans(),
    ),
    st.builds(SourceSpec, st.just(SourceType.YOUTUBE), st.from_regex(r"UC[A-Za-z0-9_-]{22}", fullmatch=True)),
    st.builds(
        SourceSpec,
        st.just(SourceType.GITHUB),
        st.from_regex(r"[a-z][a-z0-9-]{0,5}(/[a-z._-]{3,9})?", fullmatch=True),
    ),
    st.builds(lambda user, host: SourceSpec(SourceType.MASTODON, f"@{user}@{host}.example"), _WORD, _WORD),
    st.builds(lambda host: SourceSpec(SourceType.BLUESKY, f"{host}.example"), _WORD),
    st.builds(SourceSpec, st.just(SourceType.X), _WORD),
)  # fmt: skip


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12),
            st.sampled_from(ThinkerKind),
            st.sampled_from([1, 2]),
            st.lists(_SOURCES, max_size=3),
        ),
        max_size=5,
        unique_by=lambda row: row[0].casefold(),
    )
)
def test_a_roster_survives_the_round_trip(rows: list[tuple[str, ThinkerKind, int, list[SourceSpec]]]) -> None:
    """Names in any alphabet, any mixture of sources, in the same order."""
    seen: set[str] = set()
    thinkers = []
    for number, (name, kind, tier, sources) in enumerate(rows):
        own = tuple(s for s in sources if s.address.casefold() not in seen and not seen.add(s.address.casefold()))  # type: ignore[func-returns-value]
        thinkers.append(Thinker(f"t-{number}", name, kind, own, tier, "so & <so>"))
    roster = Roster(tuple(thinkers))
    back = import_opml(export_opml(roster).encode())
    assert back.notes == ()
    assert list(back.thinkers) == exportable(roster)

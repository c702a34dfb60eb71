# ruff: noqa: E501  # messages stand here as people read them
"""A roster file is read whole, or every mistake in it is named."""

from pathlib import Path

import pytest

from adapters.roster.addresses import mistake
from adapters.roster.reading import DEFAULT, MOST_BYTES, load, read
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import RosterError

GOOD = """\
# Two people and a show
schema_version = 1
topics = ["ferries", "harbours"]

[[thinkers]]
id = "ilka-morrow"
name = "Ilka Morrow"
kind = "person"
tier = 2
why = "Writes about ferries"
topics = ["ferries"]
sources = [
  { type = "feed", url = "https://morrow.example/feed", mirror = true },
  { type = "youtube", id = "UCabcdefghijklmnopqrstuv" },
  { type = "file", path = "notes/morrow" },
]

[[thinkers]]
id = "pilot_talk"
name = "Pilot Talk"
kind = "podcast"
"""

BAD = '''\
schema_version = 1
topics = ["ferries", "harbours"]
colour = "blue"

[[thinkers]]
id = "Ilka"
name = "Ilka Morrow"
kind = "persn"
tier = 3
topics = ["ferry"]
why = """
[[thinkers]]
"""
sources = [
  { type = "feed", url = "https://morrow.example/feed" },
  { type = "feeed", url = "https://morrow.example/notes" },
  { type = "youtube", url = "https://www.youtube.com/@morrow" },
  { type = "x", id = "@ilka" },
  { type = "feed", uri = "https://morrow.example/notes" },
  { type = "feed", url = "ftp://morrow.example/", mirror = 1 },
  "https://morrow.example/",
]

[[thinkers]]
id = "ilka"
name = "Ilka  morrow"
kind = "person"
topic = []
sources = [{ type = "podcast", url = "https://MORROW.example/feed?utm_source=a" }]

[[thinkers]]
name = ""
kind = 7
topics = "ferries"
sources = { type = "x", id = "a" }

[[thinkers]]
id = "pair"
name = "A\\tpair"
kind = "organization"
topics = ["Ferries!"]
sources = [{ type = "github", id = "pair" }, { type = "github", id = "Pair" }, { type = 3 }]
'''

BAD_IN_WORDS = """\
key "colour" is not known; known: schema_version, topics, thinkers
line 5: thinker "Ilka": id "Ilka" is not made of a-z, 0-9, - and _, beginning with a letter or digit
line 5: thinker "Ilka": kind "persn" is not known; did you mean "person"?
line 5: thinker "Ilka": tier 3 is not known; known: 1, 2
line 5: thinker "Ilka": sources[1]: type "feeed" is not known; did you mean "feed"?
line 5: thinker "Ilka": sources[4]: key "uri" is not known; did you mean "url"?
line 5: thinker "Ilka": sources[5]: mirror 1 is not right: it should be true or false
line 5: thinker "Ilka": sources[6]: "https://morrow.example/" is not right: it should be a table, { type = "feed", url = "https://…" }
line 5: thinker "Ilka": topics: "ferry" is not in the roster's list; did you mean "ferries"?
line 5: thinker "Ilka": sources[2]: type "youtube" takes "id", not "url"
line 5: thinker "Ilka": sources[3]: id "@ilka" is not a handle without @, at most 15 letters, digits and _
line 5: thinker "Ilka": sources[4]: type "feed" needs "url"
line 5: thinker "Ilka": sources[5]: url "ftp://morrow.example/" is not an http(s) address without user name, of at most 2,000 characters
line 24: thinker "ilka": key "topic" is not known; did you mean "topics"?
line 24: thinker "ilka": id "ilka" is taken already (line 5: thinker "Ilka")
line 24: thinker "ilka": name "Ilka  morrow" is taken already (line 5: thinker "Ilka")
line 24: thinker "ilka": sources[0]: "https://MORROW.example/feed?utm_source=a" is listed already (line 5: thinker "Ilka": sources[0])
line 31: thinker 3: id is missing
line 31: thinker 3: name is empty
line 31: thinker 3: kind 7 is not known; known: person, organization, podcast, newsletter
line 31: thinker 3: topics "ferries" is not right: it should be a list
line 31: thinker 3: sources {"type": "x", "id": "a"} is not right: it should be a list
line 37: thinker "pair": topics[0]: "Ferries!" is not made of a-z, 0-9, - and _, beginning with a letter or digit
line 37: thinker "pair": sources[2]: type 3 is not known; known: feed, substack, podcast, youtube, github, bluesky, mastodon, x, arxiv, file
line 37: thinker "pair": name "A\\tpair" holds characters that cannot be printed
line 37: thinker "pair": topics: "Ferries!" is not in the roster's list; did you mean "ferries"?
line 37: thinker "pair": sources[1]: "Pair" is listed already (line 37: thinker "pair": sources[0])"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(RosterError) as caught:
        read(text)
    return list(caught.value.mistakes)


def test_a_roster_holds_what_its_file_says(tmp_path: Path) -> None:
    """Every key arrives; what is left out has its default; a relative path stays as it is written."""
    path = tmp_path / "roster.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    ilka = Thinker(
        "ilka-morrow",
        "Ilka Morrow",
        ThinkerKind.PERSON,
        sources=(
            SourceSpec(SourceType.FEED, "https://morrow.example/feed", mirror=True),
            SourceSpec(SourceType.YOUTUBE, "UCabcdefghijklmnopqrstuv"),
            SourceSpec(SourceType.FILE, "notes/morrow"),
        ),
        tier=2,
        why="Writes about ferries",
        topics=("ferries",),
    )
    show = Thinker("pilot_talk", "Pilot Talk", ThinkerKind.PODCAST)
    assert load(path) == Roster((ilka, show), ("ferries", "harbours"))
    assert load(path, tier=1) == Roster((show,), ("ferries", "harbours"))


def test_every_mistake_is_named_at_once() -> None:
    """With the line of its table, the thinker, the key, the value and what was probably meant."""
    assert "\n".join(mistakes(BAD)) == BAD_IN_WORDS


def test_nothing_is_imported_from_a_roster_with_one_mistake() -> None:
    """Half a roster would be a silent loss."""
    assert mistakes(GOOD.replace('"podcast"', '"show"')) == [
        'line 18: thinker "pilot_talk": kind "show" is not known; known: person, organization, podcast, newsletter'
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema_version = 2", "schema_version 2 is not 1, the only one this version reads"),
        ("topics = []", "schema_version is missing"),
        ("schema_version = 1\nthinkers = 3", "thinkers 3 is not right: it should be a list"),
        ("schema_version = 1\nthinkers = [1]", "thinkers[0]: 1 is not right: it should be a [[thinkers]] table"),
        ("schema_version = 1\nname = \n", "line 2: not TOML: Invalid value (column 8)"),
        ("schema_version = 1\n[[thinkers", "line 2: not TOML: Expected ']]' at the end of an array declaration"),
        ("a = " + "[" * 20_000, "not a roster: it is nested too deeply"),
        (
            'schema_version = 1\nthinkers = [{ id = "a", name = "A", kind = "x" }]',
            'thinker "a": kind "x" is not known; known: person, organization, podcast, newsletter',
        ),
        (
            'schema_version = 1\nthinkers = [{ id = "a", name = "' + "long" * 80 + '", kind = "person" }]',
            'thinker "a": name "'
            + ("long" * 80)[:59]
            + " and so on is not right: string should have at most 200 characters",
        ),
    ],
)
def test_a_broken_file_is_named_by_its_line(text: str, message: str) -> None:
    """Also where there is no table to point at."""
    assert mistakes(text) == [message]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "schema_version = 1\n", "schema_version = 1\nthinkers = []\n"])
def test_an_empty_roster_is_valid(text: str) -> None:
    """A desk may start with nobody."""
    assert read(text) == Roster(())


def test_a_file_that_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    """Missing, a folder, too large, not text."""
    with pytest.raises(RosterError, match=r"cannot be read: No such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(RosterError, match=r"cannot be read: Is a directory"):
        load(tmp_path)
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(RosterError, match=r"is larger than 5 MB"):
        load(large)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"# one\n# \xff\n")
    with pytest.raises(RosterError, match=r"^line 2: .* is not UTF-8 text"):
        load(binary)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("feed", "http://127.0.0.1:8000/feed.xml"),
        ("substack", "https://name.substack.com/feed"),
        ("podcast", "https://example.org/é.rss?a=b"),
        ("youtube", "UC-_0123456789abcdefghij"),
        ("github", "name-with-hyphens"),
        ("github", "owner/some.repo_1"),
        ("bluesky", "name.bsky.social"),
        ("bluesky", "example.org"),
        ("mastodon", "@some.one@social.example.org"),
        ("x", "Some_One"),
        ("arxiv", "cs.CL"),
        ("file", "../feeds/a b.xml"),
    ],
)
def test_addresses_of_every_type_are_known(kind: str, address: str) -> None:
    """As people write them."""
    assert mistake(SourceType(kind), address) is None


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("feed", "example.org/feed"),
        ("feed", "https://user:word@example.org/feed"),
        ("feed", "https://example.org/a feed"),
        ("feed", ""),
        ("youtube", "UCshort"),
        ("youtube", "@handle"),
        ("github", "https://github.com/name"),
        ("github", "owner/.."),
        ("github", "a/b/c"),
        ("bluesky", "@name.bsky.social"),
        ("bluesky", "name"),
        ("mastodon", "user@host.example"),
        ("mastodon", "@user"),
        ("x", "https://x.com/name"),
        ("x", "name_of_sixteen_"),
        ("arxiv", "cs CL"),
        ("file", ""),
        ("file", "a\x00b"),
    ],
)
def test_wrong_addresses_are_refused(kind: str, address: str) -> None:
    """The message says what the address should be."""
    said = mistake(SourceType(kind), address)
    assert said is not None
    assert said.startswith("is not ")


def test_the_shipped_roster_has_no_mistake() -> None:
    """331 thinkers, 162 of them on by default, 536 sources."""
    everyone, first = load(DEFAULT), load(DEFAULT, tier=1)
    assert (len(everyone.thinkers), len(first.thinkers)) == (331, 162)
    assert sum(len(thinker.sources) for thinker in everyone.thinkers) == 536
    assert len(everyone.topics) == 12
    assert all(len(thinker.why) <= 90 and thinker.sources for thinker in everyone.thinkers)

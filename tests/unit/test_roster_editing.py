"""Commands edit a roster file as a careful person would."""

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.roster.editing import add, add_source, create, remove, render
from adapters.roster.reading import DEFAULT, load, read
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import ConfigError, NotFoundError, RosterError

FILE = """\
# The harbour desk
schema_version = 1  # never change this
topics = ["ferries"]

# Ilka first
[[thinkers]]
id = "ilka"
name = "Ilka Morrow"
kind = "person"
sources = [
  { type = "feed", url = "https://morrow.example/feed" }, # her notes
  # and where she talks
  { type = "x", id = "morrow" },
]

# The union answers her
[[thinkers]]
id = "union"
name = "Pilots Union"
kind = "organization"
sources = [{ type = "github", id = "pilots" }, { type = "x", id = "pilots" }]

[[thinkers]]
id = "show"
name = "Pilot Talk"
kind = "podcast"
[[thinkers.sources]]
type = "podcast" # weekly
url = "https://talk.example/rss"
# the end
"""
NEW = Thinker(
    "tove",
    'Tove “T” \\Lind"qvist',
    ThinkerKind.NEWSLETTER,
    sources=(
        SourceSpec(SourceType.FEED, "https://tove.example/f?a=1", mirror=True),
        SourceSpec(SourceType.FILE, "a b"),
    ),
    tier=2,
    why="Follows the insurers",
    topics=("ferries",),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "roster.toml"
    file.write_text(FILE)
    file.chmod(0o640)
    return file


def test_a_new_thinker_stands_at_the_end_and_all_else_stays(path: Path) -> None:
    """Byte for byte, and the file keeps its mode."""
    after = add(path, [NEW])
    assert path.read_text().startswith(FILE)
    assert load(path) == after
    assert after.thinkers[-1] == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in path.parent.iterdir() if file.suffix != ""] == ["roster.toml"]


@pytest.mark.parametrize("text", ["", "# mine", "schema_version = 1", "schema_version = 1\r\n"])
def test_the_first_thinker_can_be_added_to_an_empty_file(path: Path, text: str) -> None:
    """With or without a version and a last line break."""
    path.write_bytes(text.encode())
    bare = Thinker("a", "A", ThinkerKind.PERSON)
    add(path, [bare])
    assert load(path) == Roster((bare,))
    assert path.read_text().startswith(text.strip())
    assert (b"\r\n[[thinkers]]\r\n" in path.read_bytes()) == ("\r\n" in text)


def test_a_source_joins_its_thinker_in_the_layout_of_the_file(path: Path) -> None:
    """Lists on lines, lists on one line, tables, and thinkers who had no source."""
    path.write_text(FILE + '\n[[thinkers]]\nid = "bare"\nname = "Bare"\nkind = "person"\n')
    for thinker in ("ilka", "union", "show", "bare"):
        add_source(path, thinker, SourceSpec(SourceType.BLUESKY, f"{thinker}.example"))
    text = path.read_text()
    assert '  { type = "x", id = "morrow" },\n  { type = "bluesky", id = "ilka.example" },\n]' in text
    assert '{ type = "x", id = "pilots" }, { type = "bluesky", id = "union.example" }]' in text
    assert '[[thinkers.sources]]\ntype = "bluesky"\nid = "show.example"\n' in text
    assert text.count("#") == FILE.count("#")
    assert [len(thinker.sources) for thinker in load(path).thinkers] == [3, 3, 2, 1]


def test_removing_a_thinker_keeps_the_comments_around(path: Path) -> None:
    """The comment above the next one belongs to the next one."""
    after = remove(path, "ilka")
    assert [thinker.id for thinker in after.thinkers] == ["union", "show"]
    assert "# Ilka first\n\n# The union answers her\n[[thinkers]]\n" in path.read_text()
    remove(path, "show")
    assert path.read_text().endswith("}]\n\n# the end\n")
    remove(path, "union")
    assert load(path) == Roster((), ("ferries",))


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ("https://morrow.example/feed", "https://morrow.example/feed"),
        ("https://MORROW.example/feed#top", "https://morrow.example/feed"),
        ("x:pilots", "x:pilots"),
        ("x:morrow", "x:morrow"),
        ("morrow", "x:morrow"),
        ("podcast:https://talk.example/rss", "https://talk.example/rss"),
    ],
)
def test_a_source_is_removed_by_key_or_address(path: Path, what: str, gone: str) -> None:
    """Its thinker and all other sources stay."""
    before = [source.key for thinker in load(path).thinkers for source in thinker.sources]
    after = [source.key for thinker in remove(path, what).thinkers for source in thinker.sources]
    assert [key for key in before if key not in after] == [key for key in before if key.endswith(gone)]
    assert len(after) == len(before) - 1
    assert len(load(path).thinkers) == 3
    assert "# and where she talks" in path.read_text()


def test_what_is_not_there_or_not_clear_is_said(path: Path) -> None:
    """And nothing is written."""
    with pytest.raises(NotFoundError, match=r'no thinker and no source is called "nobody"'):
        remove(path, "nobody")
    with pytest.raises(NotFoundError, match=r'no thinker has the id "nobody"'):
        add_source(path, "nobody", SourceSpec(SourceType.X, "a"))
    with pytest.raises(ConfigError, match=r'"pilots" is several sources: github:pilots, x:pilots'):
        remove(path, "pilots")
    assert path.read_text() == FILE


def test_an_edit_that_would_break_the_roster_is_not_written(path: Path) -> None:
    """The result is read before it takes the file's place."""
    twice = Thinker("ilka", "Another", ThinkerKind.PERSON)
    with pytest.raises(RosterError, match='id "ilka" is taken already'):
        add(path, [twice])
    with pytest.raises(RosterError, match="is listed already"):
        add_source(path, "show", SourceSpec(SourceType.X, "Morrow"))
    with pytest.raises(RosterError, match="did you mean"):
        add(path, [Thinker("b", "B", ThinkerKind.PERSON, topics=("ferry",))])
    assert path.read_text() == FILE


def test_a_file_with_mistakes_is_left_alone(path: Path) -> None:
    """Its mistakes come first."""
    path.write_text(FILE.replace('"podcast"\n', '"show"\n'))
    with pytest.raises(RosterError, match='kind "show" is not known'):
        remove(path, "ilka")


@pytest.mark.parametrize(
    "text",
    [
        "schema_version = 1\nthinkers = []\n",
        'schema_version = 1\nthinkers = [{ id = "a", name = "A", kind = "person" }]\n',
    ],
)
def test_a_layout_commands_cannot_edit_is_refused(path: Path, text: str) -> None:
    """Valid to read; adding a table to an inline list would break it."""
    path.write_text(text)
    with pytest.raises(RosterError, match="edit it by hand"):
        add(path, [NEW])
    assert path.read_text() == text


def test_a_table_that_is_hard_to_find_is_never_cut_in_the_wrong_place(path: Path) -> None:
    """One header in escapes, one that is only text: the result is not what was meant, so the command steps back."""
    odd = FILE.replace("[[thinkers]]", '[["\\u0074hinkers"]]', 1).replace(
        'kind = "podcast"\n', 'kind = "podcast"\nwhy = """\n[[thinkers]]\n"""\n', 1
    )
    path.write_text(odd)
    assert len(load(path).thinkers) == 3
    with pytest.raises(RosterError, match="cannot change safely"):
        remove(path, "ilka")
    with pytest.raises(RosterError, match="not TOML"):
        remove(path, "show")
    assert path.read_text() == odd


def test_no_gap_stays_where_a_thinker_was(tmp_path: Path) -> None:
    """One empty line between tables, before and after."""
    path = tmp_path / "roster.toml"
    people = tuple(Thinker(name, name.upper(), ThinkerKind.PERSON) for name in ("a", "b", "c"))
    create(path, Roster(people))
    remove(path, "b")
    assert path.read_text() == render(Roster((people[0], people[2])))


def test_what_looks_like_a_comment_in_a_text_does_no_harm(path: Path) -> None:
    """A reason that ends in a line with a hash: the others stay as they are."""
    path.write_text('schema_version = 1\n[[thinkers]]\nid = "a"\nname = "A"\nkind = "person"\nwhy = """x\n# y"""\n')
    assert load(path).thinkers[0].why == "x\n# y"
    assert remove(path, "a") == load(path) == Roster(())


def test_a_new_file_is_the_roster_that_was_read_so_far(tmp_path: Path) -> None:
    """The shipped one's first tier; folders are made; an existing file is never overwritten."""
    path = tmp_path / "data" / "roster.toml"
    assert create(path) == load(path) == load(DEFAULT, tier=1)
    with pytest.raises(RosterError, match="is there already"):
        create(path)
    assert create(tmp_path / "own.toml", Roster((Thinker("a", "A", ThinkerKind.PERSON),))).thinkers[0].id == "a"


def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    """People keep their settings in other folders."""
    link = path.with_name("link.toml")
    link.symlink_to(path)
    remove(link, "show")
    assert link.is_symlink()
    assert len(load(path).thinkers) == 2


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    """Here because a file stands where the folder should be."""
    (tmp_path / "data").write_text("")
    with pytest.raises(RosterError, match="cannot be written: "):
        create(tmp_path / "data" / "roster.toml", Roster(()))


_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@settings(max_examples=50)
@given(
    st.lists(
        st.builds(
            Thinker,
            st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True),
            _NAMES,
            st.sampled_from(ThinkerKind),
            tier=st.sampled_from([1, 2]),
            why=st.text(st.characters(codec="utf-8"), max_size=30),
            topics=st.lists(st.sampled_from(["a", "b-c"]), unique=True).map(tuple),
        ),
        max_size=4,
        unique_by=(lambda t: t.id, lambda t: t.name.casefold()),
    )
)
def test_a_rendered_roster_reads_the_same(thinkers: list[Thinker]) -> None:
    """Whatever the names and reasons hold."""
    sourced = tuple(
        Thinker(t.id, t.name, t.kind, (SourceSpec(SourceType.X, f"h{n}"),), t.tier, t.why, t.topics)
        for n, t in enumerate(thinkers)
    )
    roster = Roster(sourced, ("a", "b-c"))
    assert read(render(roster)) == roster

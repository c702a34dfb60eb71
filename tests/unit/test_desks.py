# ruff: noqa: E501  # messages stand here as people read them
"""The operator's file of desks is read whole, or every mistake in it is named."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from adapters.roster.desks import load
from bot.domain.desk import DEFAULT_DESK, Desk, Desks, OpenDesk
from bot.domain.follow import Follow
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.timetable import Schedule
from bot.errors import ConfigError

ROSTER = Roster((Thinker("ilka", "Ilka Morrow", ThinkerKind.PERSON, (SourceSpec(SourceType.FILE, "notes/ilka"),)),))
DEFAULT = OpenDesk(DEFAULT_DESK, ROSTER, Schedule("Europe/Oslo"), "no")

MOMENT = datetime(2026, 3, 5, tzinfo=UTC)

GOOD = """\
# Two desks of one house
schema_version = 1

[[desks]]
id = "markets"
name = "Markets"
tagline = "What money says."
roster = "markets/roster.toml"
language = "ru"
zone = "America/New_York"
days = "mon-fri"
am = 06:30:00
pm = false
audience = "People who lend money to harbours."
rubric = '''
What changes a price.
  No sport, and nothing about gulls.'''
hosts = [{ name = "Ida", role = "quoter", character = "Never raises her voice." }, { name = "Per", role = "reader" }]

[[desks]]
id = "weekend"
name = "Weekend"
days = ["sat", "sunday"]
pm = "17:15"
"""

OTHERS = """\
schema_version = 1
[[thinkers]]
id = "pia"
name = "Pia Quay"
kind = "person"
sources = [{ type = "file", path = "notes/pia.xml" }, { type = "file", path = "/srv/pia" }, { type = "x", id = "pia" }]
"""

BAD = '''\
schema_version = 2
colour = "blue"

[[desks]]
id = "Markets!"
name = ""
zone = "Europe/Osla"
days = "1-5"
am = "25:00"
pm = 18
language = "12"
hosts = [{ name = "Ida", role = "host" }, "Per"]
timezone = "UTC"

[[desks]]
id = "evening"
name = "Eve\\tning"
tagline = """
[[desks]]
"""
am = "19:00"
roster = "nowhere.toml"
hosts = [{ name = "Ida", role = "reader" }, { name = "Ida", role = "reader" }]

[[desks]]
id = "evening"
name = "Again"
days = [1, 2]
am = false
pm = false
roster = "wrong.toml"
hosts = [{ name = "I\\u0007", role = "reader" }, { name = "Per", role = "quoter" }]

[[desks]]
tagline = 7
am = 07:00:30
'''

BAD_IN_WORDS = """\
desks.toml: schema_version 2 is not 1, the only one this version reads
desks.toml: key "colour" is not known; known: schema_version, desks
desks.toml: line 4: desk "Markets!": id "Markets!" is not made of a-z, 0-9 and -, beginning with a letter or digit
desks.toml: line 4: desk "Markets!": name is empty
desks.toml: line 4: desk "Markets!": hosts[0]: role "host" is not known; known: reader, quoter
desks.toml: line 4: desk "Markets!": hosts[1]: "Per" is not right: it should be a table, { name = "Nora", role = "reader" }
desks.toml: line 4: desk "Markets!": key "timezone" is not known; did you mean "zone"?
desks.toml: line 4: desk "Markets!": days: '1-5' is no weekday; write names such as mon-fri or mon,wed,fri
desks.toml: line 4: desk "Markets!": am: '25:00' is no time of day; write one such as 07:30 or 18:00
desks.toml: line 4: desk "Markets!": pm 18 is not right: write a time such as "07:30", or false to switch it off
desks.toml: line 4: desk "Markets!": 'Europe/Osla' is no time zone; near it: Europe/Oslo
desks.toml: line 4: desk "Markets!": '12' is no language tag; write one such as en or ru
desks.toml: line 15: desk "evening": am 19:00 is not before pm 18:00; change one of them or switch it off
desks.toml: line 15: desk "evening": roster "nowhere.toml": the roster {folder}/nowhere.toml cannot be read: No such file or directory
desks.toml: line 15: desk "evening": name "Eve\\tning" holds characters that cannot be printed
desks.toml: line 15: desk "evening": tagline "[[desks]]\\n" holds characters that cannot be printed
desks.toml: line 15: desk "evening": hosts: there are two, one with the role reader and one with the role quoter
desks.toml: line 15: desk "evening": hosts: two have the same name
desks.toml: line 25: desk "evening": id "evening" is taken already (line 15: desk "evening")
desks.toml: line 25: desk "evening": days [1, 2] is not right: write "mon-fri", or a list of names
desks.toml: line 25: desk "evening": roster "wrong.toml": line 2: thinker "pia": kind "persn" is not known; did you mean "person"?
desks.toml: line 25: desk "evening": hosts: a name holds characters that cannot be printed
desks.toml: line 34: desk 4: id is missing
desks.toml: line 34: desk 4: name is missing
desks.toml: line 34: desk 4: tagline 7 is not right: it should be text in quotation marks
desks.toml: line 34: desk 4: am 07:00:30 is not a time of day to the minute; write one such as 07:30"""


def opened(path: Path | None, folder: Path) -> dict[str, OpenDesk]:
    return load(path, ROSTER, "Europe/Oslo", "no", folder=folder)


def written(folder: Path, text: str) -> Path:
    path = folder / "desks.toml"
    path.write_text(text)
    return path


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        opened(path, path.parent)
    return list(caught.value.mistakes)


def test_without_a_file_there_is_the_default_desk(tmp_path: Path) -> None:
    """With the operator's roster, zone and language, mornings and evenings."""
    assert opened(None, tmp_path) == {"default": DEFAULT}
    assert opened(written(tmp_path, ""), tmp_path) == {"default": DEFAULT}


def test_a_file_has_what_it_says(tmp_path: Path) -> None:
    """What a desk leaves out is as in the default one, which is always there."""
    (tmp_path / "markets").mkdir()
    (tmp_path / "markets" / "roster.toml").write_text(OTHERS)
    desks = opened(written(tmp_path, GOOD), tmp_path)
    assert list(desks) == ["default", "markets", "weekend"]
    assert desks["default"] == DEFAULT
    markets, weekend = desks["markets"], desks["weekend"]
    assert markets.desk == Desk(
        "markets",
        "Markets",
        "What money says.",
        "Per",
        "Ida",
        reader_character="",
        quoter_character="Never raises her voice.",
        audience="People who lend money to harbours.",
        rubric="What changes a price. No sport, and nothing about gulls.",
    )
    assert markets.schedule == Schedule("America/New_York", (0, 1, 2, 3, 4), (("am", time(6, 30)),))
    assert (markets.language, markets.roster.thinkers[0].name) == ("ru", "Pia Quay")
    assert weekend == OpenDesk(
        Desk("weekend", "Weekend", "", "Nora", "Elias"),
        ROSTER,
        Schedule("Europe/Oslo", (5, 6), (("am", time(7)), ("pm", time(17, 15)))),
        "no",
    )


def test_the_default_desk_can_be_another(tmp_path: Path) -> None:
    """It keeps its place as the first."""
    desks = opened(written(tmp_path, GOOD.replace('"weekend"', '"default"').replace('roster = "m', '# "')), tmp_path)
    assert list(desks) == ["default", "markets"]
    assert desks["default"].desk.name == "Weekend"


def test_files_of_a_roster_elsewhere_are_found_from_everywhere(tmp_path: Path) -> None:
    """Its relative paths become absolute; those of a roster in the usual folder stay, with what is kept under them."""
    (tmp_path / "markets").mkdir()
    (tmp_path / "markets" / "roster.toml").write_text(OTHERS)
    path = written(tmp_path, GOOD)

    def addresses(folder: Path) -> list[str]:
        (thinker,) = opened(path, folder)["markets"].roster.thinkers
        return [source.address for source in thinker.sources]

    assert addresses(tmp_path) == [str(tmp_path / "markets/notes/pia.xml"), "/srv/pia", "pia"]
    assert addresses(tmp_path / "markets") == ["notes/pia.xml", "/srv/pia", "pia"]
    assert addresses(tmp_path / "x" / ".." / "markets") == ["notes/pia.xml", "/srv/pia", "pia"]


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """With the line of its table, the desk, and what was probably meant; those of a desk's roster, too."""
    (tmp_path / "wrong.toml").write_text(OTHERS.replace("person", "persn"))
    found = "\n".join(mistakes(written(tmp_path, BAD)))
    assert found == BAD_IN_WORDS.replace("{folder}", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema_version = 1\n[[desks]\n", "desks.toml: line 2: not TOML"),
        ("[[desks]]\nid = 'a'\nname = 'A'\n", "desks.toml: schema_version is missing"),
        ("schema_version = 1\ndesks = 3\n", "desks.toml: desks 3 is not right: it should be a list"),
        ("schema_version = 1\ndesks = [3]\n", "desks.toml: desks[0]: 3 is not right: it should be a [[desks]] table"),
        ("schema_version = 1\n[[desks]]\nid = 'a'\nname = 'A'\nhosts = []\n", 'desks.toml: line 2: desk "a": hosts:'),
        ("schema_version = 1\n[[desks]]\nid = 'a'\nname = 'A'\ndays = []\n", 'desks.toml: line 2: desk "a": days []'),
        ("schema_version = 1\ndesks = [{id = 'a'}]\n", 'desks.toml: desk "a": name is missing'),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    """In words, with the line where there is one."""
    (only,) = mistakes(written(tmp_path, text))
    assert only.startswith(said)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """With the reason."""
    (said,) = mistakes(tmp_path / "desks.toml")
    assert said == f"desks.toml: the desks file {tmp_path / 'desks.toml'} cannot be read: No such file or directory"


def test_an_id_leaves_room_for_the_rest_of_an_editions(tmp_path: Path) -> None:
    """An edition's id has 48 characters; 22 of them are the date, the slot and the hash."""
    text = "schema_version = 1\n[[desks]]\nid = '{}'\nname = 'A'\n"
    assert "a" * 26 in opened(written(tmp_path, text.format("a" * 26)), tmp_path)
    assert mistakes(written(tmp_path, text.format("a" * 27)))
    assert mistakes(written(tmp_path, text.format("a_b")))


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        ("rubric = 7", "rubric 7 is not right: it should be text in quotation marks"),
        (
            f'rubric = "{"a" * 601}"',
            f'rubric "{"a" * 59} and so on is not right: string should have at most 600 characters',
        ),
        (
            f'audience = "{"a" * 601}"',
            f'audience "{"a" * 59} and so on is not right: string should have at most 600 characters',
        ),
        ('rubric = "Gulls\\u0007"', 'rubric "Gulls\\u0007" holds characters that cannot be printed'),
        (
            f'hosts = [{{ name = "A", role = "reader", character = "{"a" * 201}" }}, {{ name = "B", role = "quoter" }}]',
            f'hosts[0]: character "{"a" * 59} and so on is not right: string should have at most 200 characters',
        ),
        (
            'hosts = [{ name = "A", role = "reader", character = "Loud\\u0007" }, { name = "B", role = "quoter" }]',
            "hosts: a character holds characters that cannot be printed",
        ),
    ],
)
def test_what_a_desk_cares_about_is_plain_words(lines: str, mistake: str, tmp_path: Path) -> None:
    """At most 600 characters, and 200 of a host; what a model cannot be told is a mistake with its line."""
    text = f'schema_version = 1\n[[desks]]\nid = "gulls"\nname = "Gulls"\n{lines}\n'
    with pytest.raises(ConfigError) as caught:
        opened(written(tmp_path, text), tmp_path)
    assert str(caught.value).splitlines() == [f'desks.toml: line 2: desk "gulls": {mistake}']


def test_a_variant_of_a_desk_cares_about_the_same(tmp_path: Path) -> None:
    """Whatever else a server reads."""
    plain = GOOD.replace('roster = "markets/roster.toml"\n', "")
    desks = Desks(opened(written(tmp_path, plain), tmp_path))
    ilka = Follow("discord:1", "ilka", "left_out", "Ilka", None, "discord:2", MOMENT)
    assert desks.learn([ilka]) == ["discord:1"]
    served = desks.served("markets", "discord:1")
    assert served is not None
    assert served.desk.id.startswith("markets--")
    assert replace(served.desk, id="markets") == desks["markets"].desk
    assert served.desk.rubric

"""`docs/conventions.md` names a test for each convention, or says why there is none yet; this holds it to its word."""

import ast
import re
import socket
from functools import cache
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/conventions.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`((?:tests|bot|adapters)/[\w/]+\.py)(?:::(\w+))?`")
_SHORTEST_REASON = 12
"""Characters; less explains nothing."""


def rows(title: str) -> list[list[str]]:
    """The cells of each row of a section's table, without its head."""
    section = DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


NUMBERED = {"On every platform": 29, "On Discord": 17, "On Slack": 20, "Pitfalls": 21}
"""Sections whose rows have the numbers of our list, and how many that has."""
LIMITS = ("Limits on Discord", "Limits on Slack")
ALL = {title: rows(title) for title in (*NUMBERED, *LIMITS)}
LAST = [pytest.param(row[-1], id=f"{title}-{row[0]}") for title, table in ALL.items() for row in table]


@cache
def names(path: str) -> frozenset[str]:
    """What a file of Python defines at its top: functions, classes, values."""
    found: set[str] = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return frozenset(found)


@pytest.mark.parametrize(("title", "most"), NUMBERED.items())
def test_no_convention_is_left_out(title: str, most: int) -> None:
    """Numbered from 1 on, each once."""
    assert [int(row[0]) for row in ALL[title]] == list(range(1, most + 1))


def test_each_table_has_its_columns() -> None:
    """A stray bar in a sentence would hide a test in the wrong cell."""
    columns = {title: {len(row) for row in table} for title, table in ALL.items()}
    conventions = {title: {3} for title in NUMBERED if title.startswith("On ")}
    assert columns == conventions | {"Pitfalls": {4}} | {title: {5} for title in LIMITS}
    assert all(len(ALL[title]) > 20 for title in LIMITS)


@pytest.mark.parametrize("held_by", LAST)
def test_each_row_is_held_by_a_test_or_says_why_not_yet(held_by: str) -> None:
    """Both, where a part of it is there."""
    tests, _, reason = held_by.partition("not yet: ")
    named = _NAMED.findall(tests)
    assert all(path.startswith("tests/") and name.startswith("test_") for path, name in named)
    assert named or len(reason) >= _SHORTEST_REASON
    assert "not yet" not in tests
    if "not yet" in held_by:
        assert len(reason) >= _SHORTEST_REASON


@pytest.mark.parametrize(("path", "name"), sorted(set(_NAMED.findall(DOCUMENT))))
def test_what_the_page_names_exists(path: str, name: str) -> None:
    """The file, and in it the test, class or value."""
    assert (ROOT / path).is_file()
    assert not name or name in names(path)


def test_nothing_on_the_page_escapes_the_check() -> None:
    """Whatever looks like a file of ours is read as one."""
    assert DOCUMENT.count(".py") == len(_NAMED.findall(DOCUMENT))


@pytest.mark.filterwarnings("ignore:A test tried")
def test_no_test_reaches_another_machine() -> None:
    """What a forgotten address would do; this one belongs to nobody."""
    with pytest.raises(SocketConnectBlockedError), socket.socket() as nobody:
        nobody.connect(("192.0.2.1", 80))

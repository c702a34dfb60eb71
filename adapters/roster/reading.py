"""Reading a roster file: all of it, or every mistake in it with the line to look at.

Nothing is half used: a roster with one wrong key is refused whole, because a thinker who silently dropped out is worse
than a message.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from adapters.roster.checking import Checks, top_level
from bot.domain.roster import Roster
from bot.errors import RosterError

DEFAULT = Path(__file__).with_name("default.toml")
"""The shipped roster; its first tier is what is read when the operator has none."""
MOST_BYTES = 5_000_000
"""A roster file is not larger than this."""

_AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(path: Path, *, tier: int = 2) -> Roster:
    """The roster in a file: its thinkers up to `tier`, which is 1, or 2 for all.

    The path of a `file` source stays as it is written: what it is relative to is this file's folder.

    Raises:
        RosterError: the file cannot be read or has mistakes; all of them are named.
    """
    roster = read(text_of(path))
    return Roster(tuple(thinker for thinker in roster.thinkers if thinker.tier <= tier), roster.topics)


def text_of(path: Path, what: str = "roster") -> str:
    """The text of a roster file, or of another that `what` names.

    Raises:
        RosterError: it is not there, not a file, too large or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RosterError([f"the {what} {path} cannot be read: {error.strerror or error}"]) from error
    if len(data) > MOST_BYTES:
        raise RosterError([f"the {what} {path} is larger than {MOST_BYTES // 1_000_000} MB"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RosterError([f"line {line}: the {what} {path} is not UTF-8 text"]) from error


@lru_cache(maxsize=2)
def read(text: str) -> Roster:
    """The roster that a TOML text holds; an empty text is an empty roster.

    A command looks at the same text more than once, and the shipped roster takes a tenth of a second.

    Raises:
        RosterError: all mistakes, in the order of the file.
    """
    document = parsed(text)
    if not document:
        return Roster(())
    topics, mistakes = top_level(document)
    tables = document.get("thinkers")
    tables = [table for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    checks = Checks(topics, lines_of(text, len(tables)))
    thinkers = [checks.thinker(number, table) for number, table in enumerate(tables)]
    if mistakes or checks.mistakes:
        raise RosterError([*mistakes, *checks.mistakes])
    return Roster(tuple(thinker for thinker in thinkers if thinker), topics)


def lines_of(text: str, count: int, key: str = "thinkers") -> list[int]:
    """The line of each of `count` `[[thinkers]]`, from 1; empty when they are not written as such tables."""
    header = rf"""^[ \t]*\[\[[ \t]*(?:{key}|"{key}"|'{key}')[ \t]*\]\]"""
    starts = [match.start() for match in re.finditer(header, text, re.MULTILINE)]
    if len(starts) != count:  # one of them stands inside a long string: what is before it is no TOML then
        starts = [start for start in starts if _is_toml(text[:start])]
    return [text.count("\n", 0, start) + 1 for start in starts] if len(starts) == count else []


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def parsed(text: str, what: str = "roster") -> dict[str, Any]:
    """The TOML of a text.

    Raises:
        RosterError: it is none; with the line.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        column = f" (column {place[2]})" if place and place[2] else ""
        raise RosterError([f"line {line}: not TOML: {_AT_LINE.sub('', str(error))}{column}"]) from error
    except RecursionError as error:
        raise RosterError([f"not a {what}: it is nested too deeply"]) from error

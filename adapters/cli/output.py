"""What commands print: text for people, Markdown for files, JSON for programs.

Data goes to stdout, everything else to stderr. Text from outside (names, addresses, reasons) loses its control
characters before it reaches a terminal.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.text import Text

    from adapters.cli.screen import Screen

_NARROWEST = 30
"""Columns that the last column of a table keeps on a narrow terminal."""
DONE, FAILED_CHECK, WRONG_USE, NOTHING_READ = 0, 1, 2, 3
"""The exit codes of every command."""


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


FormatOption = Annotated[
    Format, typer.Option("--format", help="How to print the result: for people, for files, for programs.")
]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading each column; the last column takes the room that is left."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = str | Table


def printable(text: object) -> str:
    """Text on one line without control characters."""
    return "".join(c for c in " ".join(str(text).split()) if c.isprintable())


def note(text: str) -> None:
    """A line for the person, beside the data: to stderr."""
    sys.stderr.write(f"{text}\n")


class Notes:
    """Tells the person who typed a command what went wrong, each reason once, and nothing of what went well."""

    def __init__(self) -> None:
        self._told: set[object] = set()

    def tell(self, event: str, /, **facts: object) -> None:
        """Nothing."""

    def warn(self, event: str, /, **facts: object) -> None:
        """One line: what happened, and why."""
        why = facts.get("reason") or facts.get("error") or ""
        if why not in self._told:
            self._told.add(why)
            what = event.replace("_", " ").capitalize()
            note(f"{what}: {printable(why)}" if why else f"{what}.")


def write(text: str) -> None:
    """Data, as it is: to stdout, with one line end after it."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def write_json(data: object) -> None:
    """Data as JSON."""
    write(json.dumps(data, ensure_ascii=False, indent=1))


def show(parts: Sequence[Part], data: object, form: Format) -> None:
    """Print a result: `parts` for people and files, `data` for programs."""
    if form is Format.JSON:
        write_json(data)
    elif form is Format.MARKDOWN:
        write("\n\n".join(_markdown(part) for part in parts))
    else:
        _print(parts)


def _print(parts: Sequence[Part]) -> None:
    from adapters.cli.screen import Screen

    screen = Screen()
    for place, part in enumerate(parts):
        if place:
            screen.print()
        for line in _lines(part, screen):
            screen.print(line, soft_wrap=True)


def _lines(part: Part, screen: "Screen") -> "Iterator[Text]":
    """Lines without blanks at their ends; the last column of a table continues under itself."""
    from rich.cells import cell_len
    from rich.text import Text

    if isinstance(part, str):
        for line in part.splitlines():
            yield from Text(printable(line)).wrap(screen, screen.width)
        return
    rows = [part.columns, *([printable(cell) for cell in row] for row in part.rows)]
    widths = [max(cell_len(row[n]) for row in rows) + 2 for n in range(len(part.columns) - 1)]
    room = max(_NARROWEST, screen.width - sum(widths))
    for number, (*cells, last) in enumerate(rows):
        style = "bold" if number == 0 else ""
        head = "".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
        for wrapped in Text(last).wrap(screen, room) or [Text("")]:
            shown = Text.assemble(head, wrapped, style=style)
            shown.rstrip()
            yield shown
            head = " " * cell_len(head)


def _markdown(part: Part) -> str:
    if isinstance(part, str):
        return "  \n".join(_escaped(line) for line in part.splitlines())
    lines = [part.columns, tuple("---" for _ in part.columns), *part.rows]
    return "\n".join(f"| {' | '.join(_cells(line, rule=n == 1))} |" for n, line in enumerate(lines))


def _cells(line: Iterable[str], *, rule: bool) -> list[str]:
    return list(line) if rule else [_escaped(cell) for cell in line]


_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|~"})


def _escaped(text: str) -> str:
    return printable(text).translate(_ESCAPED)

"""Changing a roster file by command, as a careful person would by hand.

Comments, order and layout stay. The new text is read and compared with what was meant before it takes the place of the
old file in one step; a file with mistakes is left alone.
"""

import os
import stat
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import tomlkit
from tomlkit.items import AoT

from adapters.roster import addresses
from adapters.roster.reading import DEFAULT, lines_of, load, read, text_of
from bot.domain.roster import ADDRESS_KEY, Roster, SourceSpec, Thinker
from bot.errors import ConfigError, NotFoundError, RosterError

_HEADING = "# Who is read. Commands wrote this file first and may change it; it is yours to edit, and comments stay.\n"
_VERSION = "schema_version = 1\n"


def render(roster: Roster) -> str:
    """A roster as the text of a file; reading it gives the same roster."""
    topics = f"topics = {_list(roster.topics)}\n" if roster.topics else ""
    return _HEADING + _VERSION + topics + "".join(_table(thinker) for thinker in roster.thinkers)


def create(path: Path, roster: Roster | None = None) -> Roster:
    """Write a new roster file: `roster`, or a copy of the shipped one's first tier, which is what was read so far.

    Raises:
        RosterError: there is a file already, it cannot be written, or the roster has mistakes.
    """
    if path.exists():
        raise RosterError([f"the roster {path} is there already"])
    roster = load(DEFAULT, tier=1) if roster is None else roster
    return _write(path, render(roster), roster)


def add(path: Path, thinkers: Sequence[Thinker]) -> Roster:
    """Add thinkers at the end; returns the roster as it is now.

    Raises:
        RosterError: the file, or what it would become, has mistakes; it stays as it was.
    """
    text, before = _editable(path)
    block = "".join(_table(thinker) for thinker in thinkers)
    head = text if not text or text.endswith("\n") else f"{text}\n"
    head += "" if tomllib.loads(text) else _VERSION
    meant = replace(before, thinkers=(*before.thinkers, *thinkers))
    return _write(path, head + (block.replace("\n", "\r\n") if "\r\n" in text else block), meant)


def add_source(path: Path, thinker: str, source: SourceSpec) -> Roster:
    """Add a source to the thinker with this id; returns the roster as it is now.

    Raises:
        NotFoundError: there is no such thinker.
        RosterError: the file, or what it would become, has mistakes; it stays as it was.
    """
    text, before = _editable(path)
    number = next((n for n, known in enumerate(before.thinkers) if known.id == thinker), None)
    if number is None:
        raise NotFoundError(f'no thinker has the id "{thinker}"')
    document = tomlkit.parse(text)
    table = document["thinkers"][number]
    sources = table.setdefault("sources", tomlkit.value("[\n]"))
    row = tomlkit.value(_inline(source))
    if isinstance(sources, AoT):
        sources.append(tomlkit.item(tomllib.loads(f"row = {_inline(source)}")["row"]))
    elif "\n" in sources.as_string():
        sources.add_line(row, indent="  ")
    else:
        sources.append(row)
    return _write(path, tomlkit.dumps(document), _changed(before, number, (*before.thinkers[number].sources, source)))


def remove(path: Path, what: str) -> Roster:
    """Remove a thinker by id, else a source by key (`x:name`) or address; returns the roster as it is now.

    A thinker whose last source goes stays, without sources.

    Raises:
        NotFoundError: nothing in the roster has this name.
        ConfigError: several sources have this address.
        RosterError: the file has mistakes, or cannot be written.
    """
    text, before = _editable(path)
    number = next((n for n, known in enumerate(before.thinkers) if known.id == what), None)
    if number is not None:
        kept = before.thinkers[:number] + before.thinkers[number + 1 :]
        return _write(path, _without(text, number, len(before.thinkers)), replace(before, thinkers=kept))
    number, position = _place_of(before, what)
    document = tomlkit.parse(text)
    del document["thinkers"][number]["sources"][position]
    sources = before.thinkers[number].sources
    return _write(path, tomlkit.dumps(document), _changed(before, number, sources[:position] + sources[position + 1 :]))


def _editable(path: Path) -> tuple[str, Roster]:
    """The text and what it says, if its thinkers are tables a command can add to."""
    text = text_of(path)
    roster = read(text)
    tables = tomllib.loads(text).get("thinkers")
    if tables is not None and not lines_of(text, len(tables)):
        raise RosterError([f"{path} does not list its thinkers as [[thinkers]] tables: edit it by hand"])
    return text, roster


def _changed(roster: Roster, number: int, sources: tuple[SourceSpec, ...]) -> Roster:
    thinkers = list(roster.thinkers)
    thinkers[number] = replace(thinkers[number], sources=sources)
    return replace(roster, thinkers=tuple(thinkers))


def _place_of(roster: Roster, what: str) -> tuple[int, int]:
    """Which thinker's which source is called `what`."""
    found = [
        (source.key, number, position)
        for number, thinker in enumerate(roster.thinkers)
        for position, source in enumerate(thinker.sources)
        if what in {source.key, source.address} or addresses.same(source.type, what) == _same(source)
    ]
    exact = [place for place in found if place[0] == what]
    match exact or found:
        case []:
            raise NotFoundError(f'no thinker and no source is called "{what}"')
        case [(_, number, position)]:
            return number, position
        case several:
            raise ConfigError([f'"{what}" is several sources: {", ".join(key for key, _, _ in several)}'])


def _same(source: SourceSpec) -> str:
    return addresses.same(source.type, source.address)


def _without(text: str, number: int, count: int) -> str:
    """The text without one `[[thinkers]]`; comments between it and the next belong to the next and stay."""
    lines = text.split("\n")
    starts = [line - 1 for line in lines_of(text, count)] + [len(lines)]
    start, end = starts[number], starts[number + 1]
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    if start and end < len(lines) and not lines[start - 1].strip() and not lines[end].strip():
        start -= 1
    return "\n".join(lines[:start] + lines[end:])


def _table(thinker: Thinker) -> str:
    lines = [
        "",
        "[[thinkers]]",
        f"id = {_text(thinker.id)}",
        f"name = {_text(thinker.name)}",
        f"kind = {_text(thinker.kind)}",
        f"tier = {thinker.tier}",
        *([f"why = {_text(thinker.why)}"] if thinker.why else []),
        *([f"topics = {_list(thinker.topics)}"] if thinker.topics else []),
        "sources = [",
        *(f"  {_inline(source)}," for source in thinker.sources),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _inline(source: SourceSpec) -> str:
    mirror = ", mirror = true" if source.mirror else ""
    return f"{{ type = {_text(source.type)}, {ADDRESS_KEY[source.type]} = {_text(source.address)}{mirror} }}"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_text(text) for text in texts)}]"


def _text(text: str) -> str:
    return tomlkit.string(str(text)).as_string()


def _write(path: Path, text: str, meant: Roster) -> Roster:
    """Put the text in the file's place, in one step, if it says what was meant."""
    if read(text) != meant:
        raise RosterError([f"{path} is written in a way that a command cannot change safely: edit it by hand"])
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, text.encode())
    except OSError as error:
        raise RosterError([f"the roster {path} cannot be written: {error.strerror or error}"]) from error
    return meant


def _replace(target: Path, data: bytes) -> None:
    """Write beside the file, then rename: a crash leaves the old file or the new one, never half of one."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)

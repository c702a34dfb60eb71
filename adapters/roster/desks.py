"""Reading the operator's file of desks: all of it, or every mistake in it with the line to look at.

A desk says what it is called, whom it reads and for whom, and when and in which language its editions come to a place
that asks for nothing else. Without a file there is the default desk alone.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.roster import reading
from adapters.roster.wording import Vocabulary, in_words, shown
from bot.domain.desk import DEFAULT_DESK, LONGEST_ID, LONGEST_RUBRIC, Desk, OpenDesk
from bot.domain.languages import is_language_tag, no_language
from bot.domain.roster import Roster, SourceSpec, SourceType
from bot.domain.schedules import days_from, local_time_from, mistakes_of, zone_named
from bot.domain.timetable import Schedule, SlotName
from bot.errors import ConfigError, RosterError

_FILE = "desks file"
_LONG = frozenset({"audience", "rubric"})
_SPACE = re.compile(r"[ \t\r\n]+")
_Character = Annotated[str, Field(min_length=1, max_length=200)]
_Rubric = Annotated[str, Field(max_length=LONGEST_RUBRIC)]
_Host = Annotated[str, Field(min_length=1, max_length=40)]


class _HostRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: _Host
    role: Literal["reader", "quoter"]
    character: _Character | None = None


class _DeskRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    # An edition's id begins with it and has 48 characters at most, a to z, 0 to 9 and -.
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=LONGEST_ID)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    tagline: Annotated[str, Field(max_length=200)] = ""
    audience: _Rubric = ""
    rubric: _Rubric = ""
    roster: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    language: str | None = None
    zone: str | None = None
    days: Any = None
    am: Any = None
    pm: Any = None
    hosts: list[_HostRow] | None = None


class _FileRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    schema_version: Literal[1]
    desks: list[dict[str, Any]] = []


_WORDS = Vocabulary(
    known={
        "the file": tuple(_FileRow.model_fields),
        "a desk": tuple(_DeskRow.model_fields),
        "a host": tuple(_HostRow.model_fields),
        "role": ("reader", "quoter"),
    },
    inside={"hosts": "a host"},
    wanted={
        "string_pattern_mismatch": "a-z, 0-9 and -, beginning with a letter or digit",
        "dict_type": "it should be a [[desks]] table",
        "model_type": 'it should be a table, { name = "Nora", role = "reader" }',
    },
)


def load(
    path: Path | None, default_roster: Roster, default_zone: str, default_language: str, *, folder: Path
) -> dict[str, OpenDesk]:
    """The desks of a file by id, the default one first, whether or not the file has it.

    `folder` is what the relative paths of file sources are taken from. A desk's roster that lies elsewhere gets them
    made absolute. What a desk leaves out is as in the default one; with no file, that is the only desk.

    Raises:
        ConfigError: the file, or the roster of a desk, cannot be read or has mistakes; all of them are named.
    """
    first = OpenDesk(DEFAULT_DESK, default_roster, Schedule(default_zone), default_language)
    if path is None:
        return {first.desk.id: first}
    try:
        desks = _read(path, first, folder)
    except RosterError as error:
        raise ConfigError([f"{path.name}: {mistake}" for mistake in error.mistakes]) from error
    return {first.desk.id: first, **desks}


def _read(path: Path, first: OpenDesk, folder: Path) -> dict[str, OpenDesk]:
    text = reading.text_of(path, _FILE)
    document = reading.parsed(text, _FILE)
    mistakes: list[str] = []
    try:
        if document:
            _FileRow.model_validate(document)
    except ValidationError as error:
        mistakes = [in_words(detail, "the file", _WORDS) for detail in error.errors()]
    tables = document.get("desks")
    tables = [table for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    checks = _Checks(first, path.absolute().parent, folder, reading.lines_of(text, len(tables), "desks"))
    desks = [checks.desk(number, table) for number, table in enumerate(tables)]
    if mistakes or checks.mistakes:
        raise RosterError([*mistakes, *checks.mistakes])
    return {opened.desk.id: opened for opened in desks if opened}


@dataclass(slots=True)
class _Checks:
    """Checks one desk after the other, each also against those before."""

    first: OpenDesk
    """What a desk is that says nothing of itself."""
    here: Path
    """The folder of the file: what the paths of rosters are relative to."""
    folder: Path
    """What the paths of file sources are relative to."""
    lines: list[int]
    """The line of each desk's table, or nothing when they are written in another way."""
    mistakes: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    """Every id so far, with where it stands."""

    def desk(self, number: int, table: dict[str, Any]) -> OpenDesk | None:
        """The desk of a table; None when it has mistakes, which are noted."""
        place = f"line {self.lines[number]}: " if self.lines else ""
        place += f"desk {shown(table.get('id') or table.get('name') or number + 1)}"
        found: list[str] = []
        try:
            row = _DeskRow.model_validate(table)
        except ValidationError as error:
            found += [in_words(detail, "a desk", _WORDS) for detail in error.errors()]
            row = None
        found += self._repeated(table, place)
        schedule = self._schedule(table, found)
        roster = self._roster(table, found)
        found += [*_wrong_names(table), *_wrong_language(table), *(_wrong_hosts(row) if row else ())]
        self.mistakes += (f"{place}: {wrong}" for wrong in found)
        if row is None or found:
            return None
        return OpenDesk(_desk(row, self.first.desk), roster, schedule, row.language or self.first.language)

    def _repeated(self, table: dict[str, Any], place: str) -> Iterator[str]:
        name = table.get("id")
        if isinstance(name, str):
            before = self.seen.get(name)
            self.seen.setdefault(name, place)
            if before is not None:
                yield f"id {shown(name)} is taken already ({before})"

    def _schedule(self, table: dict[str, Any], found: list[str]) -> Schedule:
        """The schedule of a table; what is wrong with it is added to `found`."""
        usual = self.first.schedule
        zone = table.get("zone")
        zone = zone if isinstance(zone, str) else usual.zone
        wrong: list[str] = []
        days = _days(table.get("days"), usual.days, wrong)
        before = dict(usual.slots)
        names: tuple[SlotName, ...] = ("am", "pm")
        times = ((name, _local_time(name, table.get(name), before[name], wrong)) for name in names)
        schedule = Schedule(zone, days, tuple((name, at) for name, at in times if at is not None))
        # A part that could not be read is told once: the whole is judged when all of it is there.
        checked = schedule if not wrong else replace(usual, zone=zone)
        found += [*wrong, *mistakes_of(checked, zone_named(zone))]
        return schedule

    def _roster(self, table: dict[str, Any], found: list[str]) -> Roster:
        """The roster of a table; what is wrong with it is added to `found`."""
        named = table.get("roster")
        if not isinstance(named, str) or not named:
            return self.first.roster
        path = self.here / Path(named).expanduser()
        try:
            return _with_absolute_paths(reading.load(path), path.parent, self.folder)
        except RosterError as error:
            found += [f"roster {shown(named)}: {mistake}" for mistake in error.mistakes]
        return self.first.roster


def _days(value: object, usual: tuple[int, ...], wrong: list[str]) -> tuple[int, ...]:
    """Weekdays: a text such as `mon-fri`, or a list of names."""
    if value is None:
        return usual
    listed = value if isinstance(value, list) else [value]
    names = [name for name in listed if isinstance(name, str)]
    if not names or len(names) < len(listed):
        wrong.append(f'days {shown(value)} is not right: write "mon-fri", or a list of names')
        return usual
    try:
        return days_from(",".join(names))
    except ValueError as error:
        wrong.append(f"days: {error}")
        return usual


def _local_time(name: str, value: object, usual: time, wrong: list[str]) -> time | None:
    """A slot's time: TOML's own local time, a text such as `07:30`, or None for false: switched off."""
    match value:
        case None:
            return usual
        case False:
            return None
        case time():
            return value
        case str():
            try:
                return local_time_from(value)
            except ValueError as error:
                wrong.append(f"{name}: {error}")
        case _:
            wrong.append(f'{name} {shown(value)} is not right: write a time such as "07:30", or false to switch it off')
    return usual


def _wrong_names(table: dict[str, Any]) -> Iterator[str]:
    """Names that cannot be printed; what is longer than a line may have line breaks."""
    for key in ("name", "tagline", "audience", "rubric"):
        value = table.get(key)
        if isinstance(value, str) and not (_folded(value) if key in _LONG else value).isprintable():
            yield f"{key} {shown(value)} holds characters that cannot be printed"


def _wrong_language(table: dict[str, Any]) -> Iterator[str]:
    tag = table.get("language")
    if isinstance(tag, str) and not is_language_tag(tag):
        yield no_language(tag)


def _wrong_hosts(row: _DeskRow) -> Iterator[str]:
    if row.hosts is None:
        return
    if sorted(host.role for host in row.hosts) != ["quoter", "reader"]:
        yield "hosts: there are two, one with the role reader and one with the role quoter"
    if len({host.name for host in row.hosts}) < len(row.hosts):
        yield "hosts: two have the same name"
    if not all(host.name.isprintable() for host in row.hosts):
        yield "hosts: a name holds characters that cannot be printed"
    if not all(_folded(host.character or "").isprintable() for host in row.hosts):
        yield "hosts: a character holds characters that cannot be printed"


def _desk(row: _DeskRow, first: Desk) -> Desk:
    """The desk of a row. Hosts that have a name of their own and no character have none: nobody is made to be like
    another desk's host.
    """
    hosts = {host.role: host for host in row.hosts or ()}
    names = {role: host.name for role, host in hosts.items()}
    characters = {role: _folded(host.character or "") for role, host in hosts.items()}
    return Desk(
        id=row.id,
        name=row.name,
        tagline=row.tagline,
        reader=names.get("reader", first.reader),
        quoter=names.get("quoter", first.quoter),
        reader_character=characters.get("reader", first.reader_character),
        quoter_character=characters.get("quoter", first.quoter_character),
        audience=_folded(row.audience),
        rubric=_folded(row.rubric),
    )


def _folded(text: str) -> str:
    """A text that was written over several lines, on one."""
    return _SPACE.sub(" ", text).strip()


def _with_absolute_paths(roster: Roster, lies_in: Path, folder: Path) -> Roster:
    """The roster with file sources that are found from `folder` too."""
    here = os.path.normpath(lies_in.absolute())
    if here == os.path.normpath(folder.absolute()):
        return roster

    def found(source: SourceSpec) -> SourceSpec:
        if source.type is not SourceType.FILE:
            return source
        return replace(source, address=os.path.normpath(Path(here) / Path(source.address).expanduser()))

    thinkers = (
        replace(thinker, sources=tuple(found(source) for source in thinker.sources)) for thinker in roster.thinkers
    )
    return replace(roster, thinkers=tuple(thinkers))

"""What a roster may hold, and what to say about everything else."""

import difflib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import ErrorDetails

from adapters.roster import addresses
from bot.domain.roster import ADDRESS_KEY, SourceSpec, SourceType, Thinker, ThinkerKind

_SHOWN = 60
"""Characters of a wrong value that a message shows."""
_Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)]


class _SourceRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: SourceType
    url: str | None = None
    id: str | None = None
    path: str | None = None
    mirror: StrictBool = False


class _ThinkerRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: _Slug
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: ThinkerKind
    tier: Literal[1, 2] = 1
    why: Annotated[str, Field(max_length=300)] = ""
    topics: list[_Slug] = []
    sources: list[_SourceRow] = []


class _FileRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    schema_version: Literal[1]
    topics: list[_Slug] = []
    thinkers: list[dict[str, Any]] = []


_KNOWN: dict[str, Collection[str]] = {
    "the roster": tuple(_FileRow.model_fields),
    "a thinker": tuple(_ThinkerRow.model_fields),
    "a source": tuple(_SourceRow.model_fields),
    "type": tuple(SourceType),
    "kind": tuple(ThinkerKind),
    "tier": ("1", "2"),
}


def top_level(document: dict[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    """The roster's topics, and what is wrong beside its thinkers."""
    topics = document.get("topics")
    named = tuple(topic for topic in topics if isinstance(topic, str)) if isinstance(topics, list) else ()
    try:
        _FileRow.model_validate(document)
    except ValidationError as error:
        return named, [_in_words(detail, "the roster") for detail in error.errors()]
    return named, []


@dataclass(slots=True)
class Checks:
    """Checks one thinker after the other, each also against those before."""

    topics: tuple[str, ...]
    lines: list[int]
    """The line of each thinker's table, or nothing when they are written in another way."""
    mistakes: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    """Every id, name and source so far, with where it stands."""

    def thinker(self, number: int, table: dict[str, Any]) -> Thinker | None:
        """The thinker of a table; None when it has mistakes, which are noted."""
        label = table.get("id") or table.get("name") or number + 1
        here = f"line {self.lines[number]}: " if self.lines else ""
        here += f"thinker {_shown(label)}"
        row, found = _row(table)
        found += [*self._repeats(table, here, number), *self._topics(table)]
        for place, source in _sources(table):
            found += self._source(source, place, here)
        self.mistakes += (f"{here}: {wrong}" for wrong in found)
        return _thinker(row) if row and not found else None

    def _repeats(self, table: dict[str, Any], here: str, number: int) -> Iterator[str]:
        for key in ("id", "name"):
            value = table.get(key)
            if not isinstance(value, str):
                continue
            first = self.seen.setdefault(f"{key} {' '.join(value.split()).casefold()}", f"{number} {here}")
            if first != f"{number} {here}":
                yield f"{key} {_shown(value)} is taken already ({first.partition(' ')[2]})"
            if not value.isprintable():
                yield f"{key} {_shown(value)} holds characters that cannot be printed"

    def _topics(self, table: dict[str, Any]) -> Iterator[str]:
        topics = table.get("topics")
        for topic in topics if isinstance(topics, list) and self.topics else ():
            if isinstance(topic, str) and topic not in self.topics:
                yield f"topics: {_shown(topic)} is not in the roster's list{_meant(topic, self.topics)}"

    def _source(self, source: dict[str, Any], place: str, here: str) -> Iterator[str]:
        """What is wrong with a source's address: its key, its form, or that it is listed already."""
        kind = source.get("type")
        if kind not in tuple(SourceType):
            return  # the check of the row says so
        key = ADDRESS_KEY[SourceType(kind)]
        others = " or ".join(f'"{other}"' for other in ("url", "id", "path") if other != key and other in source)
        if others:
            yield f'{place}: type "{kind}" takes "{key}", not {others}'
        elif key not in source:
            yield f'{place}: type "{kind}" needs "{key}"'
        address = source.get(key)
        if not isinstance(address, str):
            return
        if wrong := addresses.mistake(SourceType(kind), address):
            yield f"{place}: {key} {_shown(address)} {wrong}"
            return
        first = self.seen.setdefault(f"source {addresses.same(SourceType(kind), address)}", f"{here}: {place}")
        if first != f"{here}: {place}":
            yield f"{place}: {_shown(address)} is listed already ({first})"


def _row(table: dict[str, Any]) -> tuple[_ThinkerRow | None, list[str]]:
    try:
        return _ThinkerRow.model_validate(table), []
    except ValidationError as error:
        return None, [_in_words(detail, "a thinker") for detail in error.errors()]


def _in_words(detail: ErrorDetails, what: str) -> str:
    """What is wrong in one place of a table: `sources[1]: type "feeed" is not known; did you mean "feed"?`."""
    *places, key = detail["loc"]
    if isinstance(key, int):
        places, key = [*places, key], ""
    place = "".join(f"[{part}]" if isinstance(part, int) else f"{part}" for part in places)
    what = "a source" if place.startswith("sources[") else what
    return f"{place}: {_problem(detail, str(key), what)}" if place else _problem(detail, str(key), what)


def _problem(detail: ErrorDetails, key: str, what: str) -> str:
    value = detail["input"]
    match detail["type"]:
        case "missing":
            return f"{key} is missing"
        case "extra_forbidden":
            return f'key "{key}" is not known{_meant(key, _KNOWN[what])}'
        case "literal_error" if key == "schema_version":
            return f"schema_version {_shown(value)} is not 1, the only one this version reads"
        case "enum" | "literal_error":
            return f"{key} {_shown(value)} is not known{_meant(value, _KNOWN[key])}"
        case "string_pattern_mismatch":
            return f"{key} {_shown(value)} is not made of a-z, 0-9, - and _, beginning with a letter or digit".lstrip()
        case "string_too_short":
            return f"{key} is empty"
        case other:
            wanted = _WANTED.get(other, detail["msg"].lower())
            return f"{key} {_shown(value)} is not right: {wanted}".lstrip()


_WANTED = {
    "string_type": "it should be text in quotation marks",
    "list_type": "it should be a list",
    "dict_type": "it should be a [[thinkers]] table",
    "model_type": 'it should be a table, { type = "feed", url = "https://…" }',
    "bool_type": "it should be true or false",
}


def _meant(value: object, known: Collection[str]) -> str:
    near = difflib.get_close_matches(str(value).casefold(), known, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(known)}"


def _shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} and so on"


def _sources(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    sources = table.get("sources")
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(source, dict):
            yield f"sources[{number}]", source


def _thinker(row: _ThinkerRow) -> Thinker:
    return Thinker(
        id=row.id,
        name=row.name,
        kind=row.kind,
        sources=tuple(
            SourceSpec(source.type, source.url or source.id or source.path or "", source.mirror)
            for source in row.sources
        ),
        tier=row.tier,
        why=row.why,
        topics=tuple(row.topics),
    )

"""What a roster may hold, and what to say about everything else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from adapters.roster import addresses
from adapters.roster.wording import Vocabulary, in_words, meant, shown
from bot.domain.roster import ADDRESS_KEY, SourceSpec, SourceType, Thinker, ThinkerKind

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


_WORDS = Vocabulary(
    known={
        "the roster": tuple(_FileRow.model_fields),
        "a thinker": tuple(_ThinkerRow.model_fields),
        "a source": tuple(_SourceRow.model_fields),
        "type": tuple(SourceType),
        "kind": tuple(ThinkerKind),
        "tier": ("1", "2"),
    },
    inside={"sources": "a source"},
    wanted={
        "string_pattern_mismatch": "a-z, 0-9, - and _, beginning with a letter or digit",
        "dict_type": "it should be a [[thinkers]] table",
        "model_type": 'it should be a table, { type = "feed", url = "https://…" }',
    },
)


def top_level(document: dict[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    """The roster's topics, and what is wrong beside its thinkers."""
    topics = document.get("topics")
    named = tuple(topic for topic in topics if isinstance(topic, str)) if isinstance(topics, list) else ()
    try:
        _FileRow.model_validate(document)
    except ValidationError as error:
        return named, [in_words(detail, "the roster", _WORDS) for detail in error.errors()]
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
        here += f"thinker {shown(label)}"
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
                yield f"{key} {shown(value)} is taken already ({first.partition(' ')[2]})"
            if not value.isprintable():
                yield f"{key} {shown(value)} holds characters that cannot be printed"

    def _topics(self, table: dict[str, Any]) -> Iterator[str]:
        topics = table.get("topics")
        for topic in topics if isinstance(topics, list) and self.topics else ():
            if isinstance(topic, str) and topic not in self.topics:
                yield f"topics: {shown(topic)} is not in the roster's list{meant(topic, self.topics)}"

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
            yield f"{place}: {key} {shown(address)} {wrong}"
            return
        first = self.seen.setdefault(f"source {addresses.same(SourceType(kind), address)}", f"{here}: {place}")
        if first != f"{here}: {place}":
            yield f"{place}: {shown(address)} is listed already ({first})"


def _row(table: dict[str, Any]) -> tuple[_ThinkerRow | None, list[str]]:
    try:
        return _ThinkerRow.model_validate(table), []
    except ValidationError as error:
        return None, [in_words(detail, "a thinker", _WORDS) for detail in error.errors()]


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

"""A desk: one editorial configuration; and the variants of it that servers read."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.domain.follow import Follow, in_force, with_changes
from bot.domain.roster import Roster, SourceSpec, Thinker
from bot.domain.timetable import Schedule

LONGEST_RUBRIC = 600
"""Characters of a rubric, and of what is said of an audience: they stand in every call to a model."""
LONGEST_ID = 26
"""Characters of a desk's id: an edition's begins with it and has 48 at most."""
_HASH = 10
"""Hex digits that tell variants apart: with six, of five thousand servers two would likely share one."""
_VARIANT = re.compile(r"--[0-9a-f]{6,}\Z")


@dataclass(frozen=True, slots=True)
class Desk:
    """Its name, what it says of itself, and its two hosts."""

    id: str
    name: str
    tagline: str
    reader: str
    """The host who names the source and frames."""
    quoter: str
    """The host who reads the cited words."""
    reader_character: str = "Reads the sentence in front of her, and trusts its exact words."
    """What the first host is like, in plain words for whoever writes the dialogue."""
    quoter_character: str = "Asks what would change his mind."
    audience: str = ""
    """Who reads it, in plain words; empty: people who want to know what is argued about."""
    rubric: str = ""
    """What matters to them, in plain words: it decides which stories are told, and how."""


DEFAULT_DESK = Desk(
    id="default",
    name="Counterpoint",
    tagline="What they argue about, and what each of them said.",
    reader="Nora",
    quoter="Elias",
)


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk at work: the roster it reads, and what a place gets that asks for nothing else."""

    desk: Desk
    roster: Roster
    schedule: Schedule
    language: str


def variant_id(desk: str, tenant: str) -> str:
    """The id under which a tenant that changed what is read has this desk: at most 26 characters, `<desk>--<hex>`."""
    digest = hashlib.sha256(f"{desk}\x1f{tenant}".encode()).hexdigest()[:_HASH]
    return f"{desk[: LONGEST_ID - _HASH - 2]}--{digest}"


def is_variant(desk: str) -> bool:
    """Whether a desk of this id is what one tenant made of another desk."""
    return _VARIANT.search(desk) is not None


def name_from_id(desk: str) -> str:
    """A name for a desk of which only the id is known; the digits that tell variants of it apart are no name."""
    plain = _VARIANT.sub("", desk)
    if plain == DEFAULT_DESK.id:
        return DEFAULT_DESK.name
    words = plain.replace("-", " ").strip()
    return words[:1].upper() + words[1:]


class Desks(Mapping[str, OpenDesk]):
    """Every desk that has editions, by id: the operator's, and a variant of each for every tenant that reads otherwise.

    Live: what is learned of tenants shows at once in whatever holds it. Each process learns from the same rows, so all
    call a variant by the same id and compose it of the same roster.
    """

    def __init__(self, named: Mapping[str, OpenDesk]) -> None:
        self.named = named
        """The operator's desks, which people can name."""
        self._changes: dict[str, tuple[Follow, ...]] = {}
        self._variants: dict[str, OpenDesk] = {}
        self._owners: dict[str, tuple[Thinker, SourceSpec]] | None = None

    @classmethod
    def of(cls, desks: Mapping[str, OpenDesk]) -> "Desks":
        """These desks, live; what is live already stays the same object."""
        return desks if isinstance(desks, cls) else cls(desks)

    def __getitem__(self, desk: str) -> OpenDesk:
        return self.named[desk] if desk in self.named else self._variants[desk]

    def __iter__(self) -> Iterator[str]:
        yield from self.named
        yield from (desk for desk in self._variants if desk not in self.named)

    def __len__(self) -> int:
        return len(self.named.keys() | self._variants.keys())

    def learn(self, follows: Iterable[Follow], tenant: str | None = None) -> list[str]:
        """Take over every change there is, of one tenant or of all; returns the tenants that read otherwise now."""
        changes: dict[str, list[Follow]] = {}
        for follow in in_force(follows):
            changes.setdefault(follow.tenant, []).append(follow)
        asked = sorted(self._changes.keys() | changes.keys()) if tenant is None else [tenant]
        different = [each for each in asked if self._changes.get(each, ()) != tuple(changes.get(each, ()))]
        for each in different:
            self._change(each, tuple(changes.get(each, ())))
        return different

    def served(self, desk: str, tenant: str) -> OpenDesk | None:
        """What a tenant reads under the name of a desk, as far as was learned; None if there is no such desk."""
        name = self.name_of(desk, tenant)
        return self.get(self.id_for(name, tenant, changed=tenant in self._changes)) if name in self.named else None

    def id_for(self, desk: str, tenant: str, *, changed: bool) -> str:
        """The id of a desk for a tenant that has changed what is read, or has not; an unknown desk keeps its own."""
        name = self.name_of(desk, tenant)
        return variant_id(name, tenant) if changed and name in self.named else name

    def name_of(self, desk: str, tenant: str) -> str:
        """The id by which people call a desk: of a variant of this tenant, the operator's."""
        return next((name for name in self.named if variant_id(name, tenant) == desk), desk)

    def read_by(self, tenant: str) -> dict[str, OpenDesk]:
        """The desks that concern a tenant, by id: those with a name, and its own variants."""
        own = [] if tenant not in self._changes else [variant_id(name, tenant) for name in self.named]
        return {**self.named, **{desk: self[desk] for desk in own}}

    def owners(self) -> Mapping[str, tuple[Thinker, SourceSpec]]:
        """Each source that any desk reads, by its key, with who publishes there; the operator's words go first."""
        if self._owners is None:
            self._owners = owners(self.values())
        return self._owners

    def _change(self, tenant: str, follows: tuple[Follow, ...]) -> None:
        self._owners = None
        for name in self.named:
            self._variants.pop(variant_id(name, tenant), None)
        self._changes.pop(tenant, None)
        if follows:
            self._changes[tenant] = follows
            for name, opened in self.named.items():
                desk = replace(opened.desk, id=variant_id(name, tenant))
                self._variants[desk.id] = replace(opened, desk=desk, roster=with_changes(opened.roster, follows))


def owners(desks: Iterable[OpenDesk]) -> dict[str, tuple[Thinker, SourceSpec]]:
    """Each source of some desks by its key, with who publishes there; of two, the first."""
    found: dict[str, tuple[Thinker, SourceSpec]] = {}
    for opened in desks:
        for thinker in opened.roster.thinkers:
            for source in thinker.sources:
                found.setdefault(source.key, (thinker, source))
    return found

"""What a server reads, and what it may change of that: the decisions on its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from bot.domain.follow import Follow, FollowState
from bot.domain.roster import Roster, Thinker

MOST_ADDED = 200
"""Sources that a server adds; as many proposals wait there."""

T = TypeVar("T")
Named = tuple[str, str, T]
"""Somebody's id and name, and what is called so."""


class ReadingList:
    """The rosters of the desks, and a server's rows beside them; it follows the changes that are made in one go."""

    def __init__(self, rosters: Sequence[Roster], follows: Iterable[Follow]) -> None:
        """`rosters` are those of all desks, that of the default one first; `follows` are one server's."""
        self.first: Mapping[str, Thinker] = {thinker.id: thinker for thinker in rosters[0].thinkers}
        """The roster of the default desk, by id."""
        every = {thinker.id: thinker for roster in reversed(rosters) for thinker in roster.thinkers}
        self.every: Mapping[str, Thinker] = {**every, **self.first}
        """The rosters of all desks, by id."""
        self._rows = {follow.id: follow for follow in follows}
        # A source is looked up by every address of a list of thousands.
        self._owners: dict[str, str] = {}
        for thinker in (*self.first.values(), *(row.thinker for row in self.of("added"))):
            self._own(thinker)

    def of(self, state: FollowState) -> list[Follow]:
        """The rows of a state, by id."""
        return [self._rows[name] for name in sorted(self._rows) if self._rows[name].state == state]

    def keep(self, row: Follow) -> None:
        """A row was kept or replaced."""
        self._rows[row.id] = row
        if row.state == "added":
            self._own(row.thinker)

    def drop(self, name: str) -> None:
        """A row was deleted."""
        self._rows.pop(name, None)

    def names(self) -> Roster:
        """Everybody whose id and name are taken. Without their sources: those are for this list to judge."""
        everybody = [*self.every.values(), *(row.thinker for row in self._rows.values() if row.thinker)]
        return Roster(tuple(replace(thinker, sources=()) for thinker in everybody))

    def roster_called(self, name: str) -> Thinker | None:
        """The thinker of a roster with this id, else of this name, who is not left out."""
        return called(name, [(t.id, t.name, t) for t in self.every.values() if not self.is_left_out(t.id)])

    def row_called(self, name: str, state: FollowState) -> Follow | None:
        """The row of a state with this id, else of this name."""
        return called(name, [(row.id, row.name, row) for row in self.of(state)])

    def is_left_out(self, name: str) -> bool:
        """Whether the thinker of a roster with this id is not read."""
        return name in self._rows and self._rows[name].state == "left_out"

    def left_out_with(self, thinker: Thinker) -> Thinker | None:
        """Who publishes at a source of this thinker and was left out."""
        found = {source.identity for source in thinker.sources}
        gone = (self.every.get(row.id) for row in self.of("left_out"))
        return next((t for t in gone if t and any(source.identity in found for source in t.sources)), None)

    def proposed_with(self, thinker: Thinker) -> Follow | None:
        """The proposal of a source of this thinker."""
        found = {source.identity for source in thinker.sources}
        rows = ((row, row.thinker.sources) for row in self.of("proposed") if row.thinker)
        return next((row for row, sources in rows if any(source.identity in found for source in sources)), None)

    def reader_of(self, thinker: Thinker) -> str | None:
        """The name of who is read at a source of this thinker."""
        for source in thinker.sources:
            owner = self._owners.get(source.identity, "")
            row = self._rows.get(owner)
            if row is not None and row.state == "added":
                return row.name
            if owner in self.first and not self.is_left_out(owner):
                return self.first[owner].name
        return None

    def _own(self, thinker: Thinker | None) -> None:
        for source in thinker.sources if thinker else ():
            self._owners.setdefault(source.identity, thinker.id if thinker else "")


def against_adding(reading: ReadingList, thinker: Thinker) -> list[str]:
    """Why this thinker cannot be added."""
    reader = reading.reader_of(thinker)
    if reader is not None:
        return [f"{thinker.sources[0].address} is read already: {reader}"]
    added = sum(len(row.thinker.sources) for row in reading.of("added") if row.thinker)
    if added + len(thinker.sources) > MOST_ADDED:
        return [f"there are {MOST_ADDED} sources of your own already; remove one first"]
    return []


def against_proposing(reading: ReadingList, thinker: Thinker) -> list[str]:
    """Why this thinker cannot be proposed."""
    reader = reading.reader_of(thinker)
    if reader is not None:
        return [f"{thinker.sources[0].address} is read already: {reader}"]
    waiting = reading.proposed_with(thinker)
    if waiting is not None:
        return [f"{thinker.sources[0].address} is proposed already: {waiting.name}"]
    full = len(reading.of("proposed")) >= MOST_ADDED
    return [f"{MOST_ADDED} proposals wait already for those who manage this server"] if full else []


State = Literal["roster", "added", "left_out", "proposed"]


def overview(reading: ReadingList) -> list[tuple[str, str, State, Thinker | None]]:
    """Everybody on the roster of the default desk or in the rows: id, name, state, and the thinker, if known; by
    name.
    """
    rows = (*reading.of("added"), *reading.of("left_out"), *reading.of("proposed"))
    own: list[tuple[str, str, State, Thinker | None]] = [
        (row.id, row.name, row.state, row.thinker or reading.every.get(row.id)) for row in rows
    ]
    theirs = {each[0] for each in own}
    rest: list[tuple[str, str, State, Thinker | None]] = [
        (thinker.id, thinker.name, "roster", thinker) for thinker in reading.first.values() if thinker.id not in theirs
    ]
    return sorted([*own, *rest], key=lambda each: (each[1].casefold(), each[0]))


def called(name: str, named: Sequence[Named[T]]) -> T | None:
    """Who has this id, else this name, whatever its case and blanks."""
    wish = _folded(name)
    by_id = next((what for own, _, what in named if own == wish), None)
    return by_id if by_id is not None else next((what for _, own, what in named if _folded(own) == wish), None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()

"""What a server or workspace reads besides, or instead of, what the desk's roster has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from typing import Literal

from bot.domain.roster import Roster, Thinker

FollowState = Literal["added", "left_out", "proposed"]


@dataclass(frozen=True, slots=True)
class Follow:
    """A thinker that a tenant added, left out, or that a member proposed."""

    tenant: str
    id: str
    """The thinker's id."""
    state: FollowState
    name: str
    thinker: Thinker | None
    """None where one of the roster is left out."""
    by: str
    """Who did it: `discord:5678`."""
    at: datetime


def in_force(follows: Iterable[Follow]) -> tuple[Follow, ...]:
    """Those that change what is read: a proposal changes nothing."""
    return tuple(follow for follow in follows if follow.state != "proposed")


def with_changes(roster: Roster, follows: Sequence[Follow]) -> Roster:
    """A roster as a tenant reads it: without whom it left out, then whom it added, in the order given.

    Ids stay unique and a source belongs to one thinker: what the roster has goes before what was added.
    """
    left_out = {follow.id for follow in follows if follow.state == "left_out"}
    kept = [thinker for thinker in roster.thinkers if thinker.id not in left_out]
    ids = {thinker.id for thinker in kept}
    keys = {source.key for thinker in kept for source in thinker.sources}
    for added in (follow.thinker for follow in follows if follow.state == "added"):
        sources = tuple(source for source in added.sources if source.key not in keys) if added else ()
        if added is not None and sources:
            free = next(name for name in chain([added.id], (f"{added.id}-{n}" for n in count(2))) if name not in ids)
            kept.append(replace(added, id=free, sources=sources))
            ids.add(free)
            keys.update(source.key for source in sources)
    return replace(roster, thinkers=tuple(kept))


@dataclass(frozen=True, slots=True)
class Followed:
    """A thinker that a tenant's editions read, or would."""

    id: str
    name: str
    addresses: tuple[str, ...]
    state: Literal["roster", "added", "left_out", "proposed"]
    trouble: str | None = None
    """Why it cannot be read, if it cannot."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What an address gave when it was read once."""

    name: str
    address: str
    """Of the feed that was found."""
    items: int
    newest: datetime | None
    titles: tuple[str, ...]
    """Of the newest three, untrusted."""

"""Claims: what a thinker asserts, tied to a passage and a date; kept in a ledger over the weeks.

A claim keeps the original sentence. So that somebody who argued last month can answer who argues today, and nobody is
made to contradict themselves by a paraphrase of ours.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.domain.conflict import says_again, turned

Course = Literal["first", "repeated", "changed"]
"""How a claim stands to what its thinker said before: said first, said again, or said otherwise."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that somebody asserted."""

    id: str
    """`claim_id` of its thinker, item and words."""
    thinker: str
    """Id on the roster."""
    source: str
    """Key of the source that published the item: who reads that source may be told of the claim."""
    item: str
    topic: str
    """The story it was told in, as far as the item itself has the words; else empty."""
    text: str
    """The sentence, in its original words."""
    at: datetime
    """When it was published. Aware."""
    course: Course = "first"
    before: str | None = None
    """Id of the earlier claim that it repeats or changes."""


def claim_id(thinker: str, item: str, text: str) -> str:
    """Sixteen hex digits: the same for the same words of the same item."""
    return hashlib.sha256(f"{thinker}\x1f{item}\x1f{text}".encode()).hexdigest()[:16]


def newest_first(claims: Iterable[Claim]) -> list[Claim]:
    """In the order in which claims are told: the newest first, then by id."""
    return sorted(sorted(claims, key=lambda claim: claim.id), key=lambda claim: claim.at, reverse=True)


def charted(claims: Iterable[Claim], earlier: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims with their course: each against what the same thinker claimed before it, in `earlier` or beside it.

    The newest claim that says otherwise (`bot.domain.conflict.turned`) makes it changed, else the newest that says
    the same makes it repeated; both are given by their ids, in other items only.
    """
    new = newest_first({claim.id: claim for claim in claims}.values())
    past: dict[str, list[Claim]] = {}
    for claim in newest_first({claim.id: claim for claim in (*earlier, *new)}.values()):
        past.setdefault(claim.thinker, []).append(claim)
    return tuple(_charted(claim, past[claim.thinker]) for claim in new)


def _charted(claim: Claim, past: Collection[Claim]) -> Claim:
    before = [one for one in past if one.at < claim.at and one.item != claim.item]
    changed = next((one.id for one in before if turned(one.text, claim.text)), None)
    if changed is not None:
        return replace(claim, course="changed", before=changed)
    again = next((one.id for one in before if says_again(one.text, claim.text)), None)
    return claim if again is None else replace(claim, course="repeated", before=again)


def history(claims: Iterable[Claim], thinker: str) -> tuple[tuple[Claim, Claim | None], ...]:
    """What somebody asserted, newest first, each with the earlier claim that it changes; what was only said again is
    left out, so that each thing stands there once, under the day on which it was said first.
    """
    theirs = newest_first(claim for claim in claims if claim.thinker == thinker)
    known = {claim.id: claim for claim in theirs}
    told = (claim for claim in theirs if claim.course != "repeated" or claim.before not in known)
    return tuple((claim, known.get(claim.before or "") if claim.course == "changed" else None) for claim in told)

"""Claims: what a thinker asserts, tied to a passage and a date; kept in a ledger over the weeks.

A claim keeps the original sentence. So that somebody who argued last month can answer who argues today, and nobody is
made to contradict themselves by a paraphrase of ours.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
    """The story it was made in."""
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

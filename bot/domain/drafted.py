"""An edition as it was selected, with everything that a writer may rest on.

What makes a story, who says what, who disagrees, and which passages there are is decided when this is made. Whoever
phrases it cites passages of it, or nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.claim import Claim
from bot.domain.desk import DEFAULT_DESK, Desk
from bot.domain.edition import Citation, CitedPassage, Edition, Evidence, Promise


@dataclass(frozen=True, slots=True)
class Material:
    """The passages of one story."""

    story: str
    """Its id."""
    passages: tuple[str, ...]
    """Ids of all that may be cited for it: those the selected story cites, then the others, best first."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise of an earlier edition that is open still."""

    promise: Promise
    edition: str
    made: datetime
    """When that edition's window ended."""
    rests: tuple[Citation, ...] = ()
    """What it rested on, as that edition cited it: only those passages, under that edition's numbers."""
    evidence: Evidence = ()
    """The same passages by their ids in the draft: what is said of the promise now may cite them."""
    told: bool = False
    """An edition after it fell due has said already that it is open still."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """An edition before it is phrased."""

    edition: Edition
    """Selected and checked; what is never phrased stays as it is here."""
    citations: tuple[Citation, ...]
    """Those of the edition under their numbers with their passages first, then more passages and more citations."""
    materials: tuple[Material, ...]
    """One for each story, in their order."""
    desk: Desk = DEFAULT_DESK
    promises: tuple[OpenPromise, ...] = ()
    """Open promises of earlier editions that this one has to say something of, oldest first."""
    next_due: datetime | None = None
    """When the next edition comes, if the timetable has one."""
    pending: tuple[OpenPromise, ...] = ()
    """Open promises of which nothing has to be said now: a later edition takes them over from here."""
    claims: tuple[Claim, ...] = ()
    """What is asserted in its stories, for the ledger."""

    def material(self, story: str) -> Material:
        """The passages of a story; none for a story that is not there."""
        return next((one for one in self.materials if one.story == story), Material(story, ()))

    def passages(self) -> dict[str, tuple[Citation, CitedPassage]]:
        """Every passage that may be cited, by its id."""
        return {passage.id: (citation, passage) for citation in self.citations for passage in citation.passages}

    def open_to_all(self) -> Edition:
        """The edition with every citation that may be used: what is not used falls out when it is renumbered."""
        return replace(self.edition, citations=self.citations)

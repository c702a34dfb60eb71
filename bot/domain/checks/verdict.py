"""What a check says."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A breach of the order of truth."""

    rule: str
    """quote · evidence · number · unit · name · speaker · polarity · certainty · title · argument · counter · burst ·
    twice · promise · card · wording · length · act · excerpt · numbering · shape"""
    where: str
    """Path of the part, for instance `stories[2].body[3]`."""
    text: str
    """A sentence for people, and for a writer who has to put it right."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one edition: faults fail it, notes do not."""

    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    rates: Mapping[str, float]
    """Shares from 0 to 1: quotes_verified, quotes_exact, sentences_supported, passages_used."""

    @property
    def ok(self) -> bool:
        """Whether nothing breaks the order of truth."""
        return not self.faults

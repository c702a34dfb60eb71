"""What a model is asked to answer with: the schemas of `prompts/`, as plain data.

Nothing in here is trusted. Evidence are ids of passages that the model was shown, as it wrote them. Where a part may be
missing, it is null or empty; the meaning of each field is told to the model in the prompt.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain.edition import Outcome, SynthesisKind


@dataclass(frozen=True, slots=True)
class Cited:
    """One sentence with what it rests on."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionProse:
    """The claim of one of the positions that were decided."""

    position: int
    """Its number in the prompt, from 1."""
    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SynthesisProse:
    """Where the disagreement stands."""

    kind: SynthesisKind
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CruxProse:
    """The question, and what would settle it."""

    question: str
    would_settle: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermProse:
    """A term in plain words."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StoryProse:
    """A story."""

    title: str
    standfirst: Cited
    why_now: Cited | None
    positions: tuple[PositionProse, ...]
    counter: Cited | None
    """Of a person: how it is said, with evidence. Where nobody disagrees: an argument of ours, without evidence."""
    body: tuple[Cited, ...]
    synthesis: SynthesisProse | None
    crux: CruxProse | None
    pull_quote: Cited | None
    """Original words, letter by letter."""
    plain_words: tuple[TermProse, ...]
    analogy: str | None
    so_what: str | None


@dataclass(frozen=True, slots=True)
class ConnectionProse:
    """Why one story touches another, by their numbers."""

    story: int
    other: int
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromiseProse:
    """What we will come back to."""

    story: int
    text: str
    days: int
    """After how many days, from 1."""
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedProse:
    """What became of an earlier promise, by its number in the prompt."""

    promise: int
    outcome: Outcome
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameProse:
    """What stands around the stories."""

    title: Cited
    lede: Cited
    question: Cited | None
    connections: tuple[ConnectionProse, ...]
    promises: tuple[PromiseProse, ...]
    closed: tuple[ClosedProse, ...]


@dataclass(frozen=True, slots=True)
class LineProse:
    """One line of the dialogue: which host, 1 or 2, and of which story by its number."""

    host: Literal[1, 2]
    story: int | None
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DialogueProse:
    """The two hosts. `opening` comes before they say who they are; who they are, and the end, are ours."""

    opening: tuple[LineProse, ...]
    lines: tuple[LineProse, ...]


@dataclass(frozen=True, slots=True)
class MendedProse:
    """One sentence again, under the name it was complained of; null: better left out."""

    where: str
    text: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepairProse:
    """What was repaired."""

    parts: tuple[MendedProse, ...]


@dataclass(frozen=True, slots=True)
class VoteProse:
    """The numbers of the sentences that their passages do not say."""

    unsupported: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChoiceProse:
    """Candidates by their numbers, the one that fits the desk best first."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TranslatedProse:
    """One text in another language, under the name it was given."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationProse:
    """Texts in another language."""

    parts: tuple[TranslatedProse, ...]


@dataclass(frozen=True, slots=True)
class ChapterProse:
    """One chapter of an episode, by its number."""

    chapter: int
    title: Cited
    summary: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ChaptersProse:
    """Some chapters of an episode."""

    chapters: tuple[ChapterProse, ...]


@dataclass(frozen=True, slots=True)
class EntityLineProse:
    """What an episode says of somebody or something, by their number in the prompt."""

    entity: int
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EpisodeProse:
    """What stands for an episode as a whole."""

    overview: tuple[Cited, ...]
    entities: tuple[EntityLineProse, ...]

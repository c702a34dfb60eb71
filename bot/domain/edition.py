"""An edition, exactly as `counterpoint brief --format json` prints it.

Renderers, checks, storage and tests use this one model. Field meanings are in `docs/edition.md`. Evidence is a tuple
of passage ids (`"3.1"`: citation 3, its first passage). Instants are aware; durations are seconds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from typing_extensions import TypedDict

from bot.domain.item import ItemKind
from bot.domain.roster import ThinkerKind

Slot = Literal["am", "pm", "now"]
_DATED = re.compile(r"-(?P<date>\d{8})-(?P<slot>am|pm|now)-[0-9a-f]{8}\b")
State = Literal["new", "update", "developing", "settled"]
Stance = Literal["for", "against", "adjacent"]
Standing = Literal["person", "argument", "none"]
CounterKind = Literal["conflict", "scope", "changed", "echo"]
QuoteStatus = Literal["exact", "normalised", "translated"]
SynthesisKind = Literal["split", "leaning", "consensus", "one_sided", "talking_past"]
Outcome = Literal["happened", "not_yet", "dropped"]
Rate = Literal["burst", "unknown", "unseen", "few", "ordinary"]
Evidence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """What an edition looks at: (start, end]."""

    start: datetime
    end: datetime

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies in the window."""
        return self.start < instant <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text with the passages it rests on."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Signal:
    """Why a story is one, with its arithmetic. `usual`, `burst` and `p` are null when there is no usual rate yet."""

    voices: int
    items: int
    window_hours: float
    usual: float | None
    burst: float | None
    p: float | None
    score: float
    """A share of the edition's best story, 0 to 1."""
    why_now: Sentence

    @property
    def rate(self) -> Rate:
        """How the count stands beside its usual rate; decides what may be said of it."""
        if self.burst is not None:
            return "burst"
        if self.items < 3 or self.voices < 2:
            return "few"
        if self.usual is None:
            return "unknown"
        return "ordinary" if self.usual else "unseen"


@dataclass(frozen=True, slots=True)
class Position:
    """A thinker's claim inside a story."""

    thinker: str
    thinker_id: str | None
    """Null for someone who is only quoted in another's item."""
    stance: Stance
    claim: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Counter:
    """The strongest disagreement with a position, or the plain word that there is none."""

    standing: Standing
    kind: CounterKind | None
    thinker: str | None
    thinker_id: str | None
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Where the disagreement stands."""

    kind: SynthesisKind
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Crux:
    """The question whose answer would settle it, and what would settle it."""

    question: str
    would_settle: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Words worth a frame, checked against the cited passage."""

    text: str
    thinker: str
    thinker_id: str | None
    status: QuoteStatus
    original: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A term in plain words."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Connection:
    """Another story of the edition this one touches."""

    story: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Story:
    """One subject of an edition."""

    id: str
    number: int
    title: str
    question: str | None
    standfirst: Sentence
    topic: str
    state: State
    continues: str | None
    signal: Signal
    positions: tuple[Position, ...]
    counter: Counter
    body: tuple[Sentence, ...]
    synthesis: Synthesis | None
    crux: Crux | None
    pull_quote: PullQuote | None
    plain_words: tuple[PlainWord, ...]
    analogy: str | None
    so_what: str | None
    connects_to: tuple[Connection, ...]
    citations: tuple[int, ...]

    @property
    def is_argued(self) -> bool:
        """Whether somebody is against: without an opponent the words for and against say nothing."""
        return any(position.stance == "against" for position in self.positions)


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A span of an item's original words: the unit of evidence."""

    id: str
    text: str
    at: float | None = None
    """Seconds from the start, for a transcript span."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An item cited under its number."""

    n: int
    item: str
    thinker: str
    thinker_id: str | None
    handle: str | None
    kind: ItemKind
    title: str | None
    url: str
    published: datetime
    passages: tuple[CitedPassage, ...]


@dataclass(frozen=True, slots=True)
class CitedThinker:
    """Someone who speaks in the edition."""

    name: str
    thinker_id: str | None
    kind: ThinkerKind | Literal["quoted"]
    handle: str | None
    url: str | None
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """We will check back."""

    id: str
    story: str
    text: str
    due: datetime
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ClosedPromise:
    """What became of a promise."""

    id: str
    outcome: Outcome
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises made and closed by this edition."""

    made: tuple[Promise, ...] = ()
    closed: tuple[ClosedPromise, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the dialogue."""

    host: str
    text: str
    story: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SourceDown:
    """A source that could not be read for this edition."""

    thinker: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cited:
    """How much of what was read is cited."""

    items: int
    thinkers: int


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks found before the edition went out."""

    quotes: int
    quotes_exact: int
    sentences: int
    sentences_dropped: int
    sentences_extractive: int
    duplicates: int
    sentences_repaired: int = 0
    """Sentences that stand after their writer was told what was wrong with them."""


Tokens = TypedDict("Tokens", {"in": int, "out": int, "cached": int})


@dataclass(frozen=True, slots=True)
class Card:
    """What was read, what was down, which checks ran, who wrote it."""

    sources_read: int
    sources_down: tuple[SourceDown, ...]
    items_read: int
    items_used: int
    cited: Cited
    checks: Checks
    writer: str
    """`selected`, or `written by <model>, checked`."""
    tokens: Tokens
    cost: float
    seconds: float | None
    sources_silent: int = 0
    """Sources of a type that needs a key or an adapter we do not have."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader: a thin day, thinkers who cannot be reached without an X source."""


@dataclass(frozen=True, slots=True)
class AudioChapter:
    """A titled, timed part of the edition's own audio."""

    kind: Literal["cold_open", "story", "question", "sign_off"]
    story: str | None
    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Audio:
    """The edition read aloud."""

    media: str
    seconds: float
    bytes: int
    voices: tuple[str, ...]
    transcript: str
    chapters: tuple[AudioChapter, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a desk."""

    id: str
    desk: str
    slot: Slot
    date: date
    window: Window
    language: str
    title: str
    title_evidence: Evidence
    lede: str
    lede_evidence: Evidence
    stories: tuple[Story, ...]
    citations: tuple[Citation, ...]
    thinkers: tuple[CitedThinker, ...]
    open_question: Sentence | None
    promises: Promises
    dialogue: tuple[Line, ...]
    card: Card
    audio: Audio | None = None
    desk_name: str | None = None
    """The desk as people call it; null in editions from before it was kept."""

    def story(self, number: int) -> Story | None:
        """The story with this number, if there is one."""
        return next((story for story in self.stories if story.number == number), None)

    def citation(self, number: int) -> Citation | None:
        """The citation with this number, if there is one."""
        return next((citation for citation in self.citations if citation.n == number), None)

    def passages(self) -> dict[str, tuple[Citation, CitedPassage]]:
        """Every passage by its id, with the citation it belongs to."""
        return {p.id: (c, p) for c in self.citations for p in c.passages}


def dated(identity: str) -> tuple[date, Slot] | None:
    """The local date and the slot in the id of an edition, or of a story or promise of one; None where it has none."""
    match = _DATED.search(identity)
    try:
        return None if match is None else (date.fromisoformat(match["date"]), cast("Slot", match["slot"]))
    except ValueError:
        return None


def number_of(passage: str) -> int:
    """The number of the citation that a passage id belongs to: 3 of `3.1`."""
    return int(passage.partition(".")[0])


def in_order(passages: Iterable[str]) -> list[str]:
    """Passage ids as their numbers go, `3.2` before `12.1`."""
    return sorted(passages, key=lambda passage: tuple(map(int, passage.split("."))))

"""What a writer hands back, and what it took: kept by content, so that nothing is paid for twice."""

from dataclasses import dataclass, field

from bot.domain.edition import Connection, Evidence, Line, Promises, Sentence, Story
from bot.domain.tokens import Used


@dataclass(frozen=True, slots=True)
class Flaw:
    """A sentence that does not stand, as the model is told."""

    where: str
    """Path of the part inside its story, frame or dialogue, for instance `body[3]`."""
    text: str
    evidence: Evidence
    reasons: tuple[str, ...]
    """Sentences: what it says that its passages do not."""


@dataclass(frozen=True, slots=True)
class Care:
    """What was done to an answer before it was good enough."""

    repaired: int = 0
    """Sentences that stand after they were said again."""
    dropped: int = 0
    """Sentences left out."""
    outvoted: int = 0
    """Of those dropped, the ones that a second reading removed."""

    def __add__(self, other: "Care") -> "Care":
        return Care(self.repaired + other.repaired, self.dropped + other.dropped, self.outvoted + other.outvoted)


@dataclass(frozen=True, slots=True)
class StoryPiece:
    """One story, phrased."""

    story: Story
    used: Used = field(default_factory=Used)
    care: Care = field(default_factory=Care)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the stories: title, lede, open question, connections, promises."""

    title: Sentence
    lede: Sentence
    open_question: Sentence | None
    connections: tuple[tuple[str, tuple[Connection, ...]], ...]
    """By the id of the story they start from."""
    promises: Promises


@dataclass(frozen=True, slots=True)
class FramePiece:
    """The frame, phrased."""

    frame: Frame
    used: Used = field(default_factory=Used)
    care: Care = field(default_factory=Care)


@dataclass(frozen=True, slots=True)
class DialoguePiece:
    """The dialogue, phrased; sign-on and sign-off included."""

    lines: tuple[Line, ...]
    used: Used = field(default_factory=Used)
    care: Care = field(default_factory=Care)

"""The parts of an edition as they are examined: one face for stories, frame and dialogue.

Checks take longer than the event loop may stand still, so everything here pickles and runs in a worker process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Line, Story
from bot.domain.phrasing import Say
from bot.domain.prose import dialogue, frame, story
from bot.domain.prose.pieces import Flaw, Frame
from bot.domain.prose.shapes import Cited, DialogueProse, FrameProse, RepairProse, StoryProse

P = TypeVar("P")
T = TypeVar("T")
P_contra = TypeVar("P_contra", contravariant=True)


class Part(Protocol[P_contra, T]):
    """One part: how its answer becomes it, and what does not stand of it."""

    def phrase(self, prose: P_contra) -> T:
        """The answer in the frame of what was decided. Raises ValueError where it cannot be brought there."""
        ...

    def flaws(self, text: T) -> tuple[Flaw, ...]:
        """What does not stand."""
        ...

    def mend(self, text: T, flaws: Iterable[Flaw], repair: RepairProse) -> T:
        """With the flawed sentences said again, or left out."""
        ...

    def settle(self, text: T) -> tuple[T, int]:
        """Without what does not stand, and how much that was. Raises ValueError where too little is left."""
        ...

    def sentences(self, text: T) -> list[tuple[str, Cited]]:
        """What of it rests on passages, each under its name."""
        ...


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One story."""

    drafted: Drafted
    number: int

    def phrase(self, prose: StoryProse) -> Story:
        """See `Part`."""
        return story.phrase(prose, self.drafted, self.number)

    def flaws(self, text: Story) -> tuple[Flaw, ...]:
        """See `Part`."""
        return story.flaws(text, self.drafted)

    def mend(self, text: Story, flaws: Iterable[Flaw], repair: RepairProse) -> Story:
        """See `Part`."""
        return story.mend(text, flaws, repair, self.drafted)

    def settle(self, text: Story) -> tuple[Story, int]:
        """See `Part`."""
        return story.settle(text, self.drafted)

    def sentences(self, text: Story) -> list[tuple[str, Cited]]:
        """See `Part`."""
        return story.sentences(text)


@dataclass(frozen=True, slots=True)
class FramePart:
    """What stands around stories that are told as in `edition`."""

    drafted: Drafted
    edition: Edition

    def phrase(self, prose: FrameProse) -> Frame:
        """See `Part`."""
        return frame.phrase(prose, self.drafted, self.edition)

    def flaws(self, text: Frame) -> tuple[Flaw, ...]:
        """See `Part`."""
        return frame.flaws(text, self.drafted, self.edition)

    def mend(self, text: Frame, flaws: Iterable[Flaw], repair: RepairProse) -> Frame:
        """See `Part`."""
        return frame.mend(text, flaws, repair, self.drafted, self.edition)

    def settle(self, text: Frame) -> tuple[Frame, int]:
        """See `Part`."""
        return frame.settle(text, self.drafted, self.edition)

    def sentences(self, text: Frame) -> list[tuple[str, Cited]]:
        """See `Part`."""
        return frame.sentences(text)


@dataclass(frozen=True, slots=True)
class DialoguePart:
    """What the hosts say of stories that are told as in `edition`."""

    drafted: Drafted
    edition: Edition
    say: Say

    def phrase(self, prose: DialogueProse) -> tuple[Line, ...]:
        """See `Part`."""
        return dialogue.phrase(prose, self.drafted, self.edition, self.say)

    def flaws(self, text: tuple[Line, ...]) -> tuple[Flaw, ...]:
        """See `Part`."""
        return dialogue.flaws(text, self.drafted, self.edition)

    def mend(self, text: tuple[Line, ...], flaws: Iterable[Flaw], repair: RepairProse) -> tuple[Line, ...]:
        """See `Part`."""
        return dialogue.mend(text, flaws, repair, self.drafted, self.edition)

    def settle(self, text: tuple[Line, ...]) -> tuple[tuple[Line, ...], int]:
        """See `Part`."""
        return dialogue.settle(text, self.drafted, self.edition, self.say)

    def sentences(self, text: tuple[Line, ...]) -> list[tuple[str, Cited]]:
        """See `Part`."""
        return dialogue.sentences(text)


@dataclass(frozen=True, slots=True)
class Examined(Generic[T]):
    """A text of a part with what is wrong with it, and what of it can be read a second time."""

    text: T
    flaws: tuple[Flaw, ...]
    sentences: tuple[tuple[str, Cited], ...]


def phrased(part: Part[P, T], prose: P) -> Examined[T]:
    """An answer, examined. Raises ValueError as `Part.phrase` does."""
    return _examined(part, part.phrase(prose))


def mended(part: Part[P, T], text: T, flaws: Sequence[Flaw], repair: RepairProse) -> Examined[T]:
    """A text that was repaired, examined again."""
    return _examined(part, part.mend(text, flaws, repair))


def settled(part: Part[P, T], text: T) -> tuple[T, int]:
    """What is left of a text in the end. Raises ValueError as `Part.settle` does."""
    return part.settle(text)


def _examined(part: Part[P, T], text: T) -> Examined[T]:
    return Examined(text, part.flaws(text), tuple(part.sentences(text)))

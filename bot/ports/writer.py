"""Who phrases what was selected."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.desk import Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.phrasing import Say
from bot.domain.prose.pieces import DialoguePiece, FramePiece, StoryPiece
from bot.domain.tokens import Used


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates by their numbers from 1, the one that fits a desk best first; some may be missing."""

    order: tuple[int, ...]
    used: Used = field(default_factory=Used)


class Sitting(Protocol):
    """One edition being written: what all its parts may take together is counted here.

    What it hands back was checked against its passages. Each part is slow (minutes), and cancelled when there is no
    more time; stories may be asked for side by side, and so may frame and dialogue. The same again may cost again: the
    caller keeps what it got. They raise `WriterError` where they did not manage: the part stays as it was selected.
    """

    @property
    def used(self) -> Used:
        """What was taken since it began, also for what failed."""
        ...

    @property
    def spent(self) -> bool:
        """Whether a part was not asked for because there are no tokens left for it."""
        ...

    async def story(self, number: int) -> StoryPiece:
        """One story in the writer's words, on passages of its material."""
        ...

    async def frame(self, edition: Edition) -> FramePiece:
        """Title, lede, question, connections and promises of an edition whose stories stand.

        `edition` has the stories as they will be told, and all of the draft's citations.
        """
        ...

    async def dialogue(self, edition: Edition) -> DialoguePiece:
        """What the two hosts say of them."""
        ...


class Writer(Protocol):
    """Writes the parts of editions; it may phrase, not choose."""

    @property
    def name(self) -> str:
        """What the card says, such as `written by <model>, checked`."""
        ...

    @property
    def mark(self) -> str:
        """The name with all that decides its words besides what it is given: models, prompts, settings."""
        ...

    def begin(self, drafted: Drafted, say: Say, *, stories: Collection[int], before: Used) -> Sitting:
        """Begin an edition of which the stories of these numbers are still to be written.

        `before` is what the other ones took when they were written: an edition has one budget, however often it is
        taken up again.
        """
        ...

    async def choose(self, desk: Desk, candidates: Sequence[str]) -> Choice:
        """Which candidates fit the readers of a desk, by its rubric; each is a line of untrusted text.

        Raises:
            WriterError: it did not manage.
        """
        ...

"""Who phrases what was selected."""

from typing import Protocol

from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.prose.pieces import DialoguePiece, FramePiece, StoryPiece


class Writer(Protocol):
    """Writes the parts of an edition; it may phrase, not choose. What it hands back was checked against its passages.

    Each is slow (minutes), and cancelled when there is no more time. The same again may cost again: the caller keeps
    what it got. All of them raise `WriterError` where they did not manage: the part stays as it was selected.
    """

    @property
    def name(self) -> str:
        """What the card says, such as `written by <model>, checked`; with all that decides its words besides what it is
        given (prompts, settings), part of an edition's key.
        """
        ...

    async def story(self, drafted: Drafted, number: int) -> StoryPiece:
        """One story in the writer's words, on passages of its material."""
        ...

    async def frame(self, drafted: Drafted, edition: Edition) -> FramePiece:
        """Title, lede, question, connections and promises of an edition whose stories stand.

        `edition` has the stories as they will be told, and all of the draft's citations.
        """
        ...

    async def dialogue(self, drafted: Drafted, edition: Edition) -> DialoguePiece:
        """What the two hosts say of them."""
        ...

"""Who phrases what was selected."""

from typing import Protocol

from bot.domain.edition import Edition, Story


class Writer(Protocol):
    """Writes the stories of a composed edition; it may phrase, not choose. Its answers are checked like everything."""

    @property
    def name(self) -> str:
        """What the card says, such as `written by <model>, checked`. Part of an edition's key."""
        ...

    async def story(self, edition: Edition, story: Story) -> Story:
        """The story in the writer's words, on the same evidence.

        Slow (minutes), and cancelled when there is no more time. The same story again may cost again: the caller keeps
        what it got.

        Raises:
            WriterError: it did not manage; the story stays as it was selected.
        """
        ...

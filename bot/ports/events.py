"""What the program tells the person who runs it."""

from typing import Protocol

Fact = str | int | float | bool | None


class Events(Protocol):
    """The journal, and the metrics that follow from it. Never a secret, never the text of a person's message.

    One exception: `mistake_reported` has what a person wrote to whoever runs the bot, in a form that says who reads it.
    """

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Note that something happened: a name such as `part_sent` and its facts. Never raises, never waits."""
        ...

    def warn(self, event: str, /, **facts: Fact) -> None:
        """The same for what a person should look at."""
        ...

"""What listens to Slack: `client` calls these, `talk` and `commands` are these."""

from collections.abc import Sequence
from typing import Protocol

from adapters.platforms.slack.arrival import Called, Halted, Opened, Pressed, Said, Sent, Typed
from adapters.platforms.slack.kit import Json
from bot.domain.press import Press


class Ears(Protocol):
    """Everything that people do. Slack has been told that it arrived before any of these begins, but for `verdict`.

    None of them raises, but for cancellation: what goes wrong ends in words to the person and in the journal.
    """

    async def said(self, said: Said) -> None:
        """Somebody wrote something where we can read."""
        ...

    async def pressed(self, pressed: Pressed) -> None:
        """Somebody pressed or chose something."""
        ...

    def verdict(self, sent: Sent) -> Json | None:
        """What Slack is to do with a modal that was sent: None closes it; `errors`, `update`, `push`, `clear`. Pure."""
        ...

    async def sent(self, sent: Sent) -> None:
        """Somebody sent a modal, and the verdict had no errors. The verdict has left: what is shown now stays."""
        ...

    def choices(self, action: str, typed: str) -> Sequence[Json]:
        """Options for a menu that is searched, at most 100. Pure."""
        ...

    async def typed(self, typed: Typed) -> None:
        """Somebody typed `/brief`."""
        ...

    async def called(self, called: Called) -> None:
        """Somebody used a shortcut."""
        ...

    async def opened(self, opened: Opened) -> None:
        """Somebody looks at App Home or at the conversation with us."""
        ...

    async def halted(self, halted: Halted) -> None:
        """Somebody wants us to stop answering."""
        ...


class Forms(Protocol):
    """Set-up, settings, commands and App Home: the part of `Ears` that is not talk.

    Verbs `set`, `adm`, `own`, `post` and `home` are theirs, in buttons and as callback of modals.
    """

    async def pressed(self, pressed: Pressed, press: Press) -> None:
        """Something of theirs was pressed or chosen."""
        ...

    def verdict(self, sent: Sent, press: Press) -> Json | None:
        """See `Ears.verdict`."""
        ...

    async def sent(self, sent: Sent, press: Press) -> None:
        """A modal of theirs was sent."""
        ...

    def choices(self, action: str, typed: str) -> Sequence[Json]:
        """See `Ears.choices`."""
        ...

    async def typed(self, typed: Typed) -> None:
        """Somebody typed `/brief`."""
        ...

    async def now(self, called: Called) -> None:
        """Somebody used the global shortcut "Briefing now"."""
        ...

    async def opened(self, opened: Opened) -> None:
        """Somebody looks at App Home."""
        ...

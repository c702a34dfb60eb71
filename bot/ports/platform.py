"""Where people read editions and answer them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from bot.domain.message import Message
from bot.domain.place import Inbound, Place


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold, and how often one may post."""

    characters: int
    parts: int
    posts_a_second: float = 1000.0
    """To all places together."""
    pause: timedelta = timedelta()
    """Between two posts to one place."""
    leads: frozenset[Literal["card", "story"]] = frozenset()
    """What can lead to stories that are posted after it: it is revised once all of a thread stand."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A message that was posted."""

    place: Place
    """Where it stands; of a card, with the thread that it opened: what follows it is posted there."""
    id: str


Absent = Literal["absent"]
Unsure = Literal["unsure"]
Withdrawn = Literal["withdrawn"]
"""It was there, and people deleted it."""


class ReplyHandle(Protocol):
    """Answers one inbound message."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show `message` to the asker: in the thread, or only to them. None when it cannot be referred to later.

        It takes the place of the progress shown before, if there was one.
        """
        ...

    async def progress(self, message: Message) -> None:
        """Show that work goes on. May be called again: the same message is changed, at most once a second."""
        ...


Inbox = Callable[[Inbound, ReplyHandle], Awaitable[None]]


class Platform(Protocol):
    """One platform. It never resolves mentions, never unfurls links, and escapes all text for its own markup."""

    @property
    def limits(self) -> Limits:
        """What one message may hold, and how often one may post."""
        ...

    async def run(self, inbox: Inbox) -> None:
        """Listen until stopped or cancelled; each inbound message goes to `inbox` once."""
        ...

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once. A blind retry may double: only the delivery ledger retries, after `find`.

        `key` (24 characters) names the message for ever: a platform that can, refuses to take the same key twice.

        Raises:
            PlatformUnavailable: it may have been taken.
            PlatformBusy, PlaceClosed, ThreadWithdrawn, MessageRefused: it was not.
        """
        ...

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message of ours."""
        ...

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Whether a message with this key is there, by reading the place back.

        `unsure` where that cannot be decided, for instance because we may not read there.

        Raises:
            PlatformUnavailable, PlatformBusy, PlaceClosed: as `post`.
        """
        ...

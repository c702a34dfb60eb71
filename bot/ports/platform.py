"""Where people read editions and answer them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.domain.message import Message
from bot.domain.place import Inbound, Place


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold."""

    characters: int
    parts: int


@dataclass(frozen=True, slots=True)
class Ref:
    """A message that was posted."""

    place: Place
    id: str


Absent = Literal["absent"]
Unsure = Literal["unsure"]


class ReplyHandle(Protocol):
    """Answers one inbound message."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show `message` to the asker: in the thread, or only to them. None when it cannot be referred to later."""
        ...


Inbox = Callable[[Inbound, ReplyHandle], Awaitable[None]]


class Platform(Protocol):
    """One platform. It never resolves mentions, never unfurls links, and escapes all text for its own markup."""

    @property
    def limits(self) -> Limits:
        """What one message may hold."""
        ...

    async def run(self, inbox: Inbox) -> None:
        """Listen until stopped or cancelled; each inbound message goes to `inbox` once."""
        ...

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once. A blind retry may double: only the delivery ledger retries, after `find`."""
        ...

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message of ours."""
        ...

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure:
        """Whether a message with this key is there already."""
        ...

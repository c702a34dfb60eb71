"""The short exchange that `counterpoint demo --as` shows on every platform, by the way that every message takes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.edition import Edition
from bot.domain.message import Message
from bot.domain.place import Inbound, Place

if TYPE_CHECKING:
    from bot.services.inbox import Inbox

US, PERSON = "Counterpoint", "Nell"


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a person does in the thread."""

    text: str
    """Typed, or what a button does."""
    pressed: str | None = None
    """Key of the label of the button that does it."""


TALK = (
    Said("sources 1", pressed="sources"),
    Said("counter 1", pressed="counter"),
    Said("How much does one Patchwren review cost?"),
    Said("Who won the harbour regatta?"),
)
"""Two look-ups that only the presser sees, a question, and one that nothing in the edition answers."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and whether only the asker sees it."""

    message: Message
    private: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a person did, and what came back."""

    said: Said
    at: datetime
    answers: tuple[Given, ...]


async def exchanges(edition: Edition, inbox: "Inbox", place: Place, language: str) -> list[Exchange]:
    """The whole of it, in the edition's thread, a minute each."""
    held: list[Exchange] = []
    for minute, said in enumerate(TALK, start=1):
        at = edition.window.end + timedelta(minutes=minute)
        handle = _Collecting()
        await inbox(_inbound(said, edition, at, place, language), handle)
        held.append(Exchange(said, at, tuple(handle.answers)))
    return held


def _inbound(said: Said, edition: Edition, at: datetime, place: Place, language: str) -> Inbound:
    return Inbound(
        id=f"demo-{at:%H%M}",
        place=place,
        author=PERSON,
        text=said.text,
        at=at,
        language=language,
        edition=edition.id,
        mentions_us=True,
        pressed=said.pressed is not None,
    )


@dataclass(slots=True)
class _Collecting:
    """A reply handle that keeps what it is given."""

    answers: list[Given] = field(default_factory=list)

    async def answer(self, message: Message, *, private: bool) -> None:
        """Keep it."""
        self.answers.append(Given(message, private))

    async def progress(self, message: Message) -> None:
        """Leave it: the picture shows how it ended."""

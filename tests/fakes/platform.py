"""A platform in memory that does what a test tells it, and remembers everything that people see on it."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain.ledger import CARD
from bot.domain.message import EditionCard, EpisodeOverview, Message, Part, part_name
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    PlatformUnavailable,
    ThreadWithdrawn,
)
from bot.ports.clock import Clock
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure, Withdrawn

NAME = "fake"
MARGIN = timedelta(minutes=1)
"""A key is only relied upon if it is remembered for so much longer: the post comes after the look."""
ROOMY = Limits(characters=4000, parts=20)


class Does(StrEnum):
    """What the platform does with one call."""

    ACCEPT = "accept"
    FAIL = "fail"
    """Not taken, and no answer that says so."""
    ACCEPT_AND_FAIL = "accept and fail"
    ACCEPT_AND_HANG = "accept and hang"
    BUSY = "busy"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    ACCEPT_AND_WAIT = "accept and wait"
    """Taken; the answer comes when the test says so."""
    RUBBISH = "rubbish"
    """Taken; the adapter trips over the answer."""
    UNHEARD_OF = "unheard of"
    """Taken or not: an error of no particular kind."""
    CRASH = "crash"
    """Our process ends before the call arrives."""
    ACCEPT_AND_CRASH = "accept and crash"
    """Our process ends before the answer arrives."""


class Crash(Exception):
    """The process has ended: nothing after this happens."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that people see."""

    key: str
    ref: Ref
    place: Place
    """Where it was posted; of a card, the channel."""
    message: Message
    at: datetime

    @property
    def part(self) -> str:
        """What the ledger calls it."""
        assert isinstance(self.message, Part)
        return part_name(self.message)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that arrived."""

    kind: Literal["post", "find"]
    place: Place
    key: str
    at: datetime


_ERRORS: dict[Does, PlatformError] = {
    Does.FAIL: PlatformUnavailable("502"),
    Does.CLOSED: PlaceClosed("no such channel"),
    Does.WITHDRAWN: ThreadWithdrawn(),
    Does.REFUSED: MessageRefused("too long"),
}


@dataclass(slots=True)
class MemoryPlatform:
    """What happens to each post stands in `script`, to each look in `looks`."""

    clock: Clock
    limits: Limits = ROOMY
    nonce: timedelta | None = None
    """For how long the same key gives the first message again."""
    read_back: bool = True
    """Whether we may read what is there. If not, only a key that would not be taken twice is known to be safe."""
    tombstones: bool = True
    """Whether reading back shows that a message was deleted."""
    threads: bool = True
    """Whether a card opens a thread."""
    retry_after: timedelta | None = None
    shown: list[Shown] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    revisions: deque[Does] = field(default_factory=deque)
    """What happens to each revision."""
    revised: list[Ref] = field(default_factory=list)
    """Ids of messages that people deleted."""
    script: deque[Does] = field(default_factory=deque)
    looks: deque[Does] = field(default_factory=deque)
    usual: Does = Does.ACCEPT
    """What happens to a post when the script is used up."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """A call has arrived."""
    answer: asyncio.Event = field(default_factory=asyncio.Event)
    """What waits is answered."""
    during: Callable[[Call], None] = lambda _: None
    """Happens while a call is under way."""

    def will(self, *posts: Does) -> None:
        """Add to the script."""
        self.script.extend(posts)

    def seen(self) -> list[Shown]:
        """What people see, in order: what was posted and not deleted."""
        return [shown for shown in self.shown if shown.ref.id not in self.deleted]

    def parts(self) -> list[str]:
        """What was ever posted, in order."""
        return [shown.part for shown in self.shown]

    def delete(self, part: str) -> None:
        """People delete the messages of this name."""
        self.deleted |= {shown.ref.id for shown in self.shown if shown.part == part}

    def finds(self) -> int:
        """How often it was read back."""
        return sum(call.kind == "find" for call in self.calls)

    async def run(self, inbox: Inbox) -> None:
        """Nobody ever says anything."""
        await asyncio.Event().wait()

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace the content of a message, as `revisions` says."""
        self._refuse(self.revisions.popleft() if self.revisions else Does.ACCEPT)
        self.revised.append(ref)
        self.shown = [replace(shown, message=message) if shown.ref == ref else shown for shown in self.shown]

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post, as the script says."""
        does = await self._arrive("post", place, key, self.script.popleft() if self.script else self.usual)
        self._refuse(does)
        ref = self._accept(place, message, key)
        await self._answer(does)
        return ref

    async def _answer(self, does: Does) -> None:
        """What comes after a message was taken."""
        if does in {Does.ACCEPT_AND_FAIL, Does.UNHEARD_OF}:
            raise PlatformUnavailable("connection lost") if does is Does.ACCEPT_AND_FAIL else PlatformError("what?")
        if does is Does.ACCEPT_AND_HANG:
            await asyncio.Event().wait()
        if does is Does.ACCEPT_AND_WAIT:
            await self.answer.wait()
        if does is Does.RUBBISH:
            raise ValueError("the answer is no JSON")
        if does is Does.ACCEPT_AND_CRASH:
            raise Crash

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Read the place back, as `looks` says."""
        does = self.looks.popleft() if self.looks else Does.ACCEPT
        self._refuse(await self._arrive("find", place, key, does))
        there = [shown for shown in self.shown if shown.key == key]
        if not self.read_back:
            return "absent" if self._remembered(key, MARGIN) else "unsure"
        standing = [shown for shown in there if shown.ref.id not in self.deleted]
        if standing:
            return standing[0].ref
        return "withdrawn" if there and self.tombstones else "absent"

    async def _arrive(self, kind: Literal["post", "find"], place: Place, key: str, does: Does) -> Does:
        await asyncio.sleep(0)  # on its way
        if does is Does.CRASH:
            raise Crash
        self.calls.append(Call(kind, place, key, self.clock.now()))
        self.during(self.calls[-1])
        self.arrived.set()
        return does

    def _refuse(self, does: Does) -> None:
        if does is Does.BUSY:
            raise PlatformBusy("429", retry_after=self.retry_after)
        if does in _ERRORS:
            raise _ERRORS[does]

    def _remembered(self, key: str, margin: timedelta = timedelta()) -> Shown | None:
        """The message that this key gives again, for at least `margin` more."""
        for shown in self.shown:
            if shown.key == key and self.nonce is not None and self.clock.now() - shown.at <= self.nonce - margin:
                return shown
        return None

    def _accept(self, place: Place, message: Message, key: str) -> Ref:
        again = self._remembered(key)
        if again is not None:
            return again.ref
        gone = {shown.ref.place.thread for shown in self.shown if shown.ref.id in self.deleted and shown.part == CARD}
        if place.thread in gone and place.thread is not None:
            raise ThreadWithdrawn("its card was deleted")
        number = len(self.shown) + 1
        opens = self.threads and isinstance(message, EditionCard | EpisodeOverview)
        stands = replace(place, thread=f"t{number}") if opens else place
        shown = Shown(key, Ref(stands, f"m{number}"), place, message, self.clock.now())
        self.shown.append(shown)
        return shown.ref

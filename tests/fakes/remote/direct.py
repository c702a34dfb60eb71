"""The remote platform without a network, for virtual time: a request arrives at once, its answer takes a while."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.domain.message import EditionCard, Message
from bot.domain.place import Place
from bot.errors import PlatformUnavailable
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure, Withdrawn
from tests.fakes.remote.client import failure
from tests.fakes.remote.faults import AFTER, Fault, Faults
from tests.fakes.remote.remote import Post, Refusal, Remote

_READ = 100

T = TypeVar("T")


@dataclass(slots=True)
class DirectPlatform:
    """Posts to a platform in this process. An answer takes between the two times of `answers`."""

    remote: Remote
    limits: Limits
    faults: Faults = field(default_factory=Faults)
    answers: tuple[timedelta, timedelta] = (timedelta(milliseconds=50), timedelta(milliseconds=250))
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # seeded

    async def run(self, inbox: Inbox) -> None:
        """Nobody says anything."""
        del inbox
        await asyncio.Event().wait()

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once; a card opens a thread. The text is the name of the kind of message."""
        text, opens = type(message).__name__, isinstance(message, EditionCard)
        post = await self._ask(
            lambda: self.remote.post(place.id, text, key=key, thread=place.thread, opens=opens), post=True
        )
        return _ref(place, post)

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace a message's text."""
        await self._ask(lambda: self.remote.revise(ref.id, type(message).__name__))

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Look through the newest messages of the place or thread."""
        posts = await self._ask(lambda: self.remote.read(place.id, thread=place.thread, last=_READ))
        for post in reversed(posts):
            if post.key == key:
                return "withdrawn" if post.deleted else _ref(place, post)
        return "absent" if len(posts) < _READ else "unsure"

    async def _ask(self, do: Callable[[], T], *, post: bool = False) -> T:
        fault = self.faults.draw(post=post)
        try:
            self.remote.admit()
            if fault is Fault.BUSY:
                raise Refusal(429, "limit", self.remote.rules.retry_after)
            done = do()
        except Refusal as refusal:
            await self._answer()
            raise failure(refusal.status, {"what": refusal.what, "retry_after": refusal.retry_after}) from refusal
        await self._answer()
        if fault in AFTER:
            raise PlatformUnavailable("no answer")
        return done

    async def _answer(self) -> None:
        least, most = (span.total_seconds() for span in self.answers)
        await asyncio.sleep(self.chance.uniform(least, most))


def _ref(place: Place, post: Post) -> Ref:
    return Ref(Place(place.platform, place.id, post.thread), post.id)

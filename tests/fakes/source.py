"""A source that says what a test wrote down."""

import asyncio
from datetime import datetime
from typing import NoReturn

from bot.domain.item import Found, ItemKind
from bot.ports.source import Batch


def entry(name: str, *, published: datetime | None = None, link: str | None = None, text: str = "Some text.") -> Found:
    """An article called `name`, at its own address."""
    address = link or f"https://example.org/{name}"
    return Found(guid=name, link=address, title=name.title(), text=text, kind=ItemKind.ARTICLE, published=published)


class FakeSource:
    """Answers with the next step of its script: a batch is returned, an error raised; the last step repeats.

    `cursors` and `instants` list what it was asked with.
    """

    def __init__(self, *script: Batch | Exception) -> None:
        self._script = script
        self.cursors: list[str | None] = []
        self.instants: list[datetime] = []

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
        """The next step."""
        step = self._script[min(len(self.cursors), len(self._script) - 1)]
        self.cursors.append(cursor)
        self.instants.append(now)
        await asyncio.sleep(0)
        if isinstance(step, Exception):
            raise step
        return step


class MuteSource:
    """Never answers; `asked` is set as soon as it is asked, `cancelled` once nobody waits any more."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.cancelled = False

    async def fetch(self, cursor: str | None, *, now: datetime) -> NoReturn:
        """Wait for ever."""
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled = True
        raise AssertionError("nobody sets the event")


def batch(*names: str, cursor: str | None = None, published: datetime | None = None) -> Batch:
    """A batch of articles with these names, all published at one instant."""
    return Batch(tuple(entry(name, published=published) for name in names), cursor)

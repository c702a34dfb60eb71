"""The terminal as a platform: messages are printed, typed lines are inbound messages.

It is where a newcomer meets the product, and the platform that scenario tests run on.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TextIO

from rich.console import Console

from adapters.platforms.console.rendering import Rendered
from bot.domain.document import Block, Document, Heading, Paragraph, Points, Quotation
from bot.domain.layout import lay_out
from bot.domain.message import Answer, EditionCard, EpisodeOverview, Message, edition_of, language_of
from bot.domain.place import Inbound, Place
from bot.ports.clock import Clock
from bot.ports.phrases import Catalogue
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure

PLACE = Place("console", "terminal", "thread")
_LEAVE = frozenset({"quit", "exit", "bye", ":q", "выход", "пока"})
_AUTHOR = "you"
_TOLD = Heading | Paragraph | Points | Quotation
"""What an answer says in running text, as opposed to what stands under it."""

Read = Callable[[], Awaitable[str | None]]
"""The next typed line without its end, or None when there are no more."""


@dataclass(slots=True)
class ConsolePlatform:
    """Prints to a rich console; `read` gives the next typed line, or None at the end."""

    console: Console
    catalogue: Catalogue
    clock: Clock
    language: str
    read: Read
    edition: str | None = None
    """The edition whose thread this terminal is."""
    posted: dict[str, Ref] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _said: int = 0
    """Sentences printed of an answer that is still coming."""

    @property
    def limits(self) -> Limits:
        """A terminal scrolls."""
        return Limits(characters=1_000_000, parts=1_000)

    async def run(self, inbox: Inbox) -> None:
        """Hand each typed line to the inbox until the input ends or somebody leaves."""
        while (line := await self.read()) is not None:
            if line.strip().casefold() in _LEAVE:
                return
            if not line.strip():
                continue
            at = self.clock.now()
            inbound = Inbound(
                # Lines of another session, on the same database, are other lines.
                id=f"{at:%Y%m%dT%H%M%S.%f}-{next(self._numbers)}",
                place=PLACE,
                author=_AUTHOR,
                text=line,
                at=at,
                language=self.language,
                edition=self.edition,
                # In a terminal there is nobody else to talk to.
                mentions_us=True,
            )
            await inbox(inbound, self)

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Print a message; what is typed from now on is about the edition, or the episode, whose card it is."""
        self.show(message)
        if isinstance(message, EditionCard | EpisodeOverview):
            self.edition = edition_of(message)
        ref = Ref(place, key)
        self.posted[key] = ref
        return ref

    async def revise(self, ref: Ref, message: Message) -> None:
        """A terminal cannot take back what it printed: the new content follows."""
        del ref
        self.show(message)

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure:
        """Whether this process has printed it."""
        del place
        return self.posted.get(key, "absent")

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Print an answer, or what is still to come of it; everybody at this terminal sees it."""
        del private
        if self._said and isinstance(message, Answer):
            self._show_more(message)
            self._show([block for block in self._laid_out(message) if not isinstance(block, _TOLD)], message)
        else:
            self.show(message)
        self._said = 0
        return None

    async def progress(self, message: Message) -> None:
        """Say that work goes on; of an answer, print the sentences that have come."""
        if isinstance(message, Answer):
            self._show_more(message)
        else:
            self.show(message)

    def show(self, message: Message) -> None:
        """Print one message, with labels in the language it is in."""
        self._show(self._laid_out(message), message)

    def _show_more(self, message: Answer) -> None:
        """The sentences of an answer that were not printed yet: a terminal takes nothing back."""
        rest = message.reply.text[self._said :]
        told = replace(message, reply=replace(message.reply, text=rest, state="growing", note="", actions=()))
        blocks = [b for b in self._laid_out(told) if not (self._said and isinstance(b, Heading))] if rest else []
        self._said = len(message.reply.text)
        self._show(blocks, message)

    def _show(self, document: Iterable[Block], message: Message) -> None:
        blocks = tuple(document)
        if blocks:
            phrases = self.catalogue.speak(language_of(message) or self.language)
            self.console.print(Rendered(blocks, phrases), crop=False)

    def _laid_out(self, message: Message) -> Document:
        return lay_out(message, self.catalogue.speak(language_of(message) or self.language))


def lines(stream: TextIO, prompt: Callable[[], None]) -> Read:
    """A reader of typed lines that prompts for each.

    It waits on the loop, not in a thread: a thread that waits for a key would keep an interrupted program from ending.
    """

    async def read() -> str | None:
        prompt()
        await _typed(stream)
        line = stream.readline()
        return line.rstrip("\r\n") if line else None

    return read


async def _typed(stream: TextIO) -> None:
    """Wait until a terminal has a line for us; a terminal hands over whole lines."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(stream, ready.set)
    except (NotImplementedError, PermissionError, ValueError):
        return  # a system or a stream that cannot be waited on: reading blocks, and nobody else is waiting here
    try:
        await ready.wait()
    finally:
        loop.remove_reader(stream)

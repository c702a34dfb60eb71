"""A writer whose words, speed and failures a test decides, and that counts what it is asked for."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.desk import Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Line, Sentence, Story
from bot.domain.phrasing import Say
from bot.domain.prose.frame import selected
from bot.domain.prose.pieces import DialoguePiece, Frame, FramePiece, StoryPiece
from bot.domain.tokens import Used
from bot.domain.writing.dialogue import write_dialogue
from bot.errors import WriterError
from bot.ports.clock import Clock
from bot.ports.writer import Choice

NAME = "written by tide-1, checked"
TOOK = Used(1000, 100, 400, 0.01)
"""Each part."""
Phrase = Callable[[Story], Story]


def retold(story: Story) -> Story:
    """The same story said a little differently, on the same evidence: it passes the checks."""
    return replace(story, body=tuple(Sentence(f"As it reads: {s.text}", s.evidence) for s in story.body))


class FakeWriter:
    """Phrases stories with `phrase`; `asked` and `done` count calls by the story's title, `around` the other parts.

    With a clock a story takes `seconds(story)`, frame and dialogue `rest` seconds each, and at most `at_once` are
    written at the same time. Titles in `fails` raise, and so do `frame`, `dialogue` and `choice`. What never returns is
    a story in `hangs`. Frame and dialogue are the selected ones; without `frames` the writer does not manage any.
    `order` is what it chooses.
    """

    def __init__(
        self,
        phrase: Phrase = retold,
        *,
        clock: Clock | None = None,
        seconds: Callable[[Story], float] = lambda _: 45.0,
        rest: float = 0.0,
        at_once: int = 100,
        fails: Mapping[str, Exception] | None = None,
        hangs: frozenset[str] = frozenset(),
        name: str = NAME,
        frames: bool = True,
        order: Sequence[int] = (),
        took: Used = TOOK,
    ) -> None:
        self.phrase = phrase
        self.clock = clock
        self.seconds = seconds
        self.rest = rest
        self.places = asyncio.Semaphore(at_once)
        self.fails = fails or {}
        self.hangs = hangs
        self.frames = frames
        self.order = tuple(order)
        self.took = took
        self._name = name
        self.asked: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.cancelled: Counter[str] = Counter()
        self.around: Counter[str] = Counter()
        self.begun: list[tuple[tuple[int, ...], Used]] = []

    @property
    def name(self) -> str:
        """What the card says."""
        return self._name

    @property
    def mark(self) -> str:
        """Its name says all."""
        return self._name

    def begin(self, drafted: Drafted, say: Say, *, stories: Collection[int], before: Used) -> "FakeSitting":
        """Begin an edition."""
        self.begun.append((tuple(stories), before))
        return FakeSitting(self, drafted, say)

    async def choose(self, desk: Desk, candidates: Sequence[str]) -> Choice:
        """As it was told to."""
        self.around["choice"] += 1
        if error := self.fails.get("choice"):
            raise error
        return Choice(self.order, self.took)


class FakeSitting:
    """One edition of it."""

    def __init__(self, writer: FakeWriter, drafted: Drafted, say: Say) -> None:
        self._writer = writer
        self._drafted = drafted
        self._say = say
        self.used = Used()
        self.spent = False

    async def story(self, number: int) -> StoryPiece:
        """Phrase one story."""
        writer, story = self._writer, self._drafted.edition.story(number)
        assert story is not None
        writer.asked[story.title] += 1
        try:
            async with writer.places:
                await self._work(story)
        except asyncio.CancelledError:
            writer.cancelled[story.title] += 1
            raise
        self._take(story.title)
        writer.done[story.title] += 1
        return StoryPiece(writer.phrase(story), writer.took)

    async def frame(self, edition: Edition) -> FramePiece:
        """The selected frame."""
        return FramePiece(await self._around("frame", selected(self._drafted)), self._writer.took)

    async def dialogue(self, edition: Edition) -> DialoguePiece:
        """Quotations of the stories as they are told."""
        cited = bool(edition.citations)  # a sample may have none
        lines: tuple[Line, ...] = write_dialogue(edition, self._drafted.desk, self._say) if cited else ()
        return DialoguePiece(await self._around("dialogue", lines), self._writer.took)

    async def _around(self, name: str, made: "Frame | tuple[Line, ...]"):
        writer = self._writer
        writer.around[name] += 1
        async with writer.places:
            if writer.clock is not None and writer.rest:
                await writer.clock.sleep(timedelta(seconds=writer.rest))
        if not writer.frames:
            raise WriterError(f"no {name}")
        self._take(name)
        return made

    async def _work(self, story: Story) -> None:
        writer = self._writer
        if story.title in writer.hangs:
            await asyncio.Event().wait()
        if writer.clock is not None:
            await writer.clock.sleep(timedelta(seconds=writer.seconds(story)))

    def _take(self, name: str) -> None:
        self.used += self._writer.took
        if error := self._writer.fails.get(name):
            raise error


def failing(*titles: str) -> Mapping[str, Exception]:
    """Stories a writer does not manage."""
    return {title: WriterError(f"no answer for {title}") for title in titles}

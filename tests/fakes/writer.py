"""A writer whose words, speed and failures a test decides, and that counts what it is asked for."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.edition import Edition, Sentence, Story
from bot.errors import WriterError
from bot.ports.clock import Clock

NAME = "written by tide-1, checked"
Phrase = Callable[[Story], Story]


def retold(story: Story) -> Story:
    """The same story said a little differently, on the same evidence: it passes the checks."""
    return replace(story, body=tuple(Sentence(f"As it reads: {s.text}", s.evidence) for s in story.body))


class FakeWriter:
    """Phrases stories with `phrase`; `asked` and `done` count calls by the story's title.

    With a clock a story takes `seconds(story)`, and at most `at_once` are written at the same time. Titles in `fails`
    raise. What never returns is a story in `hangs`.
    """

    def __init__(
        self,
        phrase: Phrase = retold,
        *,
        clock: Clock | None = None,
        seconds: Callable[[Story], float] = lambda _: 45.0,
        at_once: int = 100,
        fails: Mapping[str, Exception] | None = None,
        hangs: frozenset[str] = frozenset(),
        name: str = NAME,
    ) -> None:
        self._phrase = phrase
        self._clock = clock
        self._seconds = seconds
        self._places = asyncio.Semaphore(at_once)
        self._fails = fails or {}
        self._hangs = hangs
        self._name = name
        self.asked: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.cancelled: Counter[str] = Counter()

    @property
    def name(self) -> str:
        """What the card says."""
        return self._name

    async def story(self, edition: Edition, story: Story) -> Story:
        """Phrase one story."""
        self.asked[story.title] += 1
        try:
            async with self._places:
                await self._work(story)
        except asyncio.CancelledError:
            self.cancelled[story.title] += 1
            raise
        if error := self._fails.get(story.title):
            raise error
        self.done[story.title] += 1
        return self._phrase(story)

    async def _work(self, story: Story) -> None:
        if story.title in self._hangs:
            await asyncio.Event().wait()
        if self._clock is not None:
            await self._clock.sleep(timedelta(seconds=self._seconds(story)))


def failing(*titles: str) -> Mapping[str, Exception]:
    """Stories a writer does not manage."""
    return {title: WriterError(f"no answer for {title}") for title in titles}

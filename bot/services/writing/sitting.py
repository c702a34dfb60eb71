"""One edition being written by a model.

What all its parts may take is set aside before the first one is asked for (see `measure`), so that they can run side by
side and none can starve another.
"""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain

from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.phrasing import Say
from bot.domain.prose.dialogue import sharpest
from bot.domain.prose.pieces import DialoguePiece, FramePiece, StoryPiece
from bot.domain.prose.shapes import DialogueProse, FrameProse, StoryProse
from bot.domain.tokens import Used
from bot.errors import CoresError, ModelError, ModelRefused, WriterError
from bot.ports.events import Events
from bot.ports.model import ModelRequest
from bot.services.waiting import side_by_side
from bot.services.writing.calling import LONGEST_REASON, Calls
from bot.services.writing.pages import Layout, Pages
from bot.services.writing.parts import DialoguePart, FramePart, StoryPart
from bot.services.writing.refining import Refining

_FRAME, _DIALOGUE = "frame", "dialogue"


class ModelSitting:
    """Writes the parts of one edition."""

    def __init__(
        self,
        drafted: Drafted,
        say: Say,
        *,
        pages: Pages,
        calls: Calls,
        refining: Refining,
        events: Events,
        stories: Collection[int],
    ) -> None:
        """Set aside what `stories`, frame and dialogue may take; nothing is asked yet."""
        self._drafted = drafted
        self._say = say
        self._pages = pages
        self._calls = calls
        self._refined = refining
        self._events = events
        self._wide = self._planned(sorted(stories), wide=True)
        if not self._wide:
            self._planned(sorted(stories), wide=False)  # where not even that fits, who comes first has it

    @property
    def used(self) -> Used:
        """What was taken since it began, also for what failed."""
        return self._calls.used

    @property
    def spent(self) -> bool:
        """Whether a part was not asked for because there are no tokens left for it."""
        return self._calls.spent

    async def story(self, number: int) -> StoryPiece:
        """One story in the model's words, on passages of its material.

        Raises:
            WriterError: it did not manage.
            StoreError: the database failed.
        """
        name = f"story {number}"
        with self._told(name):
            answer = self._calls.answer(
                name,
                partial(self._pages.story, number),
                StoryProse,
                self._pages.for_story(number, wide=self._wide),
            )
            (prose, used, layout), _ = await asyncio.gather(answer, self._refined.prepare())
            less = self._pages.for_story(number, wide=False)
            story, more, care = await self._refined(StoryPart(self._drafted, number), name, prose, [layout, *less])
        return StoryPiece(story, used + more, care)

    async def frame(self, edition: Edition) -> FramePiece:
        """What stands around stories that are told as in `edition`. Raises as `story`."""
        with self._told(_FRAME):
            layouts = self._pages.for_whole()
            prose, used, layout = await self._calls.answer(
                _FRAME, lambda layout: self._pages.frame(edition, layout), FrameProse, layouts
            )
            part = FramePart(self._drafted, edition)
            frame, more, care = await self._refined(part, _FRAME, prose, [layout, *layouts])
        return FramePiece(frame, used + more, care)

    async def dialogue(self, edition: Edition) -> DialoguePiece:
        """What the hosts say of stories that are told as in `edition`. Raises as `story`."""
        with self._told(_DIALOGUE):
            prose, used = await self._spoken(edition)
            part = DialoguePart(self._drafted, edition, self._say)
            lines, more, care = await self._refined(part, _DIALOGUE, prose, self._pages.for_whole())
        return DialoguePiece(lines, used + more, care)

    async def _spoken(self, edition: Edition) -> tuple[DialogueProse, Used]:
        """The dialogue in one call, or where the context is too small for all stories at once, in a call a story."""
        first, numbers = sharpest(edition), tuple(story.number for story in edition.stories)
        self._calls.begin(_DIALOGUE)

        def make(layout: Layout) -> ModelRequest:
            return self._pages.dialogue(edition, layout, first, numbers)

        layouts = self._pages.for_whole() if len(numbers) == 1 else [Layout(self._pages.numbers)]
        if len(numbers) == 1 or self._calls.fitting(make, DialogueProse, layouts) is not None:
            try:
                prose, used, _ = await self._calls.answer(_DIALOGUE, make, DialogueProse, layouts)
            except ModelRefused as error:
                if len(numbers) == 1:
                    raise
                # The server may have less context than it was said to have.
                self._events.warn("prompt_shrunk", part=_DIALOGUE, reason=str(error)[:LONGEST_REASON])
            else:
                return prose, used
        told = await side_by_side([self._spoken_of(edition, number) for number in numbers])
        opening = told[numbers.index(first)][0].opening
        # What was written to open with another story opens that story.
        whole = [
            (*(() if n == first else prose.opening), *prose.lines) for n, (prose, _) in zip(numbers, told, strict=True)
        ]
        return DialogueProse(opening, tuple(chain(*whole))), sum((used for _, used in told), Used())

    async def _spoken_of(self, edition: Edition, number: int) -> tuple[DialogueProse, Used]:
        prose, used, _ = await self._calls.answer(
            f"{_DIALOGUE} {number}",
            lambda layout: self._pages.dialogue(edition, layout, number, (number,)),
            DialogueProse,
            [*self._pages.for_story(number, wide=False), Layout(())],
        )
        return prose, used

    def _planned(self, stories: Sequence[int], *, wide: bool) -> bool:
        """Set aside what each part takes at most; False, and nothing is, where that is more than there is.

        How the stories will be told is not known yet: what was selected stands for it.
        """
        edition, numbers, expected = self._drafted.edition, self._pages.numbers, self._calls.expected
        amounts = {
            f"story {number}": expected(
                partial(self._pages.story, number),
                StoryProse,
                self._pages.for_story(number, wide=wide),
            )
            for number in stories
        }
        whole = self._pages.for_whole()
        amounts[_FRAME] = expected(lambda layout: self._pages.frame(edition, layout), FrameProse, whole)
        amounts[_DIALOGUE] = expected(
            lambda layout: self._pages.dialogue(edition, layout, numbers[0], numbers), DialogueProse, whole
        )
        return self._calls.plan(amounts)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Whatever keeps a part from being written is told, and is the writer's failure."""
        try:
            yield
        except (ModelError, CoresError, ValueError) as error:
            reason = str(error)[:LONGEST_REASON]
            self._events.warn("part_not_written", part=name, reason=reason)
            raise WriterError(f"{name}: {reason}") from error

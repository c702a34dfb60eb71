"""Have an edition written, each part paid for once.

Stories are asked for side by side, then what stands around them and the dialogue, side by side, too: an edition takes
two calls' time, not seven. What the writer answers is kept by what it was asked, the moment it has answered: whoever is
cut off and begins again finds it, with what it cost. When there is no more time, what is not done stays as it was
selected.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.domain.desk import Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Story
from bot.domain.phrasing import Say
from bot.domain.prose.pieces import Care, DialoguePiece, FramePiece, StoryPiece
from bot.domain.rewriting import Telling, finished, told
from bot.domain.tokens import Used
from bot.errors import WriterError
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.store import Store
from bot.ports.writer import Choice, Sitting, Writer
from bot.services.results import Dump, Load, TypedResults, key_of
from bot.services.waiting import in_time, surely

_WORTH = timedelta(seconds=10)
"""With less time left, frame and dialogue are not begun: they would be paid for, and cut off."""
_LIMIT = timedelta(minutes=10)
T = TypeVar("T")
Way = Callable[[], Coroutine[Any, Any, T]]
"""How a part is written."""
Around = FramePiece | DialoguePiece


class Write:
    """Asks the writer for all parts side by side; a server that takes one at a time makes them wait by itself."""

    def __init__(self, *, store: Store, clock: Clock, cores: Cores, writer: Writer, dump: Dump, load: Load) -> None:
        """Prepare; nothing is asked yet.

        `dump` and `load` turn pieces into text and back; what `load` refuses with ValueError counts as not kept.
        """
        self._results = TypedResults(store, clock, dump, load)
        self._clock = clock
        self._cores = cores
        self._writer = writer
        self._choices: dict[str, Used] = {}
        """What choosing took, by desk, until its edition is written."""

    @property
    def name(self) -> str:
        """What the card says."""
        return self._writer.name

    def mark(self, desk: Desk) -> str:
        """What besides items decides the words at a desk: part of an edition's key."""
        return f"{self._writer.mark} {key_of(_matter(desk))[:8]}"

    async def choose(self, desk: Desk, candidates: Sequence[str]) -> tuple[int, ...] | None:
        """Numbers of the candidates (from 1) that fit the desk's rubric, best first, some of them missing.

        None without a rubric, without candidates, and where the writer does not manage. What it took counts for the
        next edition of the desk that is written.

        Raises:
            StoreError: the database failed.
        """
        if not desk.rubric or not candidates:
            return None
        key = key_of(["choice", self._writer.mark, _matter(desk), list(candidates)])
        choice = await self._results.find(Choice, key)
        if choice is None:
            try:
                choice = await self._writer.choose(desk, candidates)
            except WriterError:
                return None
            await surely(self._results.keep(key, choice))
        self._choices[desk.id] = choice.used
        return choice.order

    async def __call__(self, drafted: Drafted, say: Say, deadline: datetime | None = None) -> Edition:
        """The edition with what is written of it by `deadline`; without one, when the writer is done.

        A part that the writer does not manage, or is late with, stays as it was selected, and the card says how it came
        about. Where a story is late, or none was written, frame and dialogue are not begun. On a clock that stands
        still nothing is late. Checking what was written takes some seconds more.

        Raises:
            CoresError: checking took too long, or its worker died.
            StoreError: the database failed.
        """
        stories = drafted.edition.stories
        keys = {story.id: _story_key(self._writer.mark, drafted, story) for story in stories}
        pieces = await self._results.find_all(StoryPiece, keys)
        before = sum((piece.used for piece in pieces.values()), self._choices.pop(drafted.desk.id, Used()))
        missing = [story for story in stories if story.id not in pieces]
        sitting = self._writer.begin(drafted, say, stories=[story.number for story in missing], before=before)
        ways = {story.id: (keys[story.id], partial(sitting.story, story.number)) for story in missing}
        written, late = await self._written(ways, deadline)
        pieces |= written
        edition = await self._cores.call(told, drafted, pieces, limit=_LIMIT)
        kept: dict[str, Around] = {}
        around: dict[str, Around] = {}
        if pieces and not late:
            kept, around = await self._around(sitting, drafted, edition, deadline)
        every = [*pieces.values(), *kept.values(), *around.values()]
        telling = Telling(
            writer=self._writer.name,
            used=sum((piece.used for piece in kept.values()), before + sitting.used),
            care=sum((piece.care for piece in every), Care()),
            unfinished=late,
            spent=sitting.spent,
        )
        frame = next((piece.frame for piece in every if isinstance(piece, FramePiece)), None)
        lines = next((piece.lines for piece in every if isinstance(piece, DialoguePiece)), None)
        return await self._cores.call(finished, drafted, edition, frame, lines, telling, say, limit=_LIMIT)

    async def _around(
        self, sitting: Sitting, drafted: Drafted, edition: Edition, deadline: datetime | None
    ) -> tuple[dict[str, Around], dict[str, Around]]:
        """Frame and dialogue of an edition whose stories stand: what of them was kept, and what is written now."""
        frame, dialogue = (_around_key(self._writer.mark, name, drafted, edition) for name in ("frame", "dialogue"))
        kept: dict[str, Around] = {
            **await self._results.find_all(FramePiece, {"frame": frame}),
            **await self._results.find_all(DialoguePiece, {"dialogue": dialogue}),
        }
        ways: dict[str, tuple[str, Way[Around]]] = {
            "frame": (frame, partial(sitting.frame, edition)),
            "dialogue": (dialogue, partial(sitting.dialogue, edition)),
        }
        missing = {name: way for name, way in ways.items() if name not in kept}
        written, _ = await self._written(missing, deadline, worth=_WORTH)
        return kept, written

    async def _written(
        self, ways: Mapping[str, tuple[str, Way[T]]], deadline: datetime | None, *, worth: timedelta = timedelta()
    ) -> tuple[dict[str, T], int]:
        """What is written of some parts, by name, each with its key; and how many of them are late.

        With less time left than it is `worth` to begin, all of them are.
        """
        if deadline is not None and not self._clock.still and self._clock.now() >= deadline - worth:
            return {}, len(ways)
        tasks = {name: asyncio.create_task(self._ask(key, way)) for name, (key, way) in ways.items()}
        await in_time(list(tasks.values()), self._clock, deadline)
        answers = {name: task.result() for name, task in tasks.items() if not task.cancelled()}
        return {name: piece for name, piece in answers.items() if piece is not None}, len(ways) - len(answers)

    async def _ask(self, key: str, way: Way[T]) -> T | None:
        try:
            piece = await way()
        except WriterError:
            return None
        await surely(self._results.keep(key, piece))  # it is paid for: kept before anything ends
        return piece


def _story_key(mark: str, drafted: Drafted, story: Story) -> str:
    """Of everything the story says and may cite; not of where it stands in its edition."""
    edition = drafted.edition
    ids = frozenset(drafted.material(story.id).passages)
    cited = [
        asdict(replace(citation, passages=shown))
        for citation in drafted.citations
        if (shown := tuple(passage for passage in citation.passages if passage.id in ids))
    ]
    matter = asdict(replace(story, id="", number=0, connects_to=()))
    return key_of(["story", mark, _matter(drafted.desk), edition.language, matter, cited])


def _around_key(mark: str, name: str, drafted: Drafted, edition: Edition) -> str:
    """Of the edition as its stories are told, and of everything else that the draft says."""
    whole = replace(edition, card=replace(edition.card, seconds=None))
    materials = [asdict(material) for material in drafted.materials]
    promises = [asdict(promise) for promise in drafted.promises]
    return key_of([name, mark, _matter(drafted.desk), asdict(whole), materials, promises, drafted.next_due])


def _matter(desk: Desk) -> Mapping[str, Any]:
    """What of a desk a writer is told."""
    return asdict(replace(desk, id=""))

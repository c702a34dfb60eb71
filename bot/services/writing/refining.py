"""An answer on its way to what is published: examined, repaired once, read a second time, settled."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from bot.domain.prose.pieces import Care, Flaw
from bot.domain.prose.shapes import Cited, MendedProse, RepairProse, VoteProse
from bot.domain.text.tongue import load
from bot.domain.tokens import Used
from bot.errors import CoresError
from bot.ports.cores import Cores
from bot.ports.events import Events
from bot.services.writing.calling import Calls
from bot.services.writing.pages import Layout, Pages
from bot.services.writing.parts import Part, mended, phrased, settled

P = TypeVar("P")
T = TypeVar("T")
_LIMIT = timedelta(minutes=2)
"""For one examination of a part."""
_UNSEEN = "a second reader does not find it in its passages"


class Refining:
    """Refines the parts of one edition."""

    def __init__(self, pages: Pages, calls: Calls, cores: Cores, events: Events, *, second_reading: bool) -> None:
        """Prepare."""
        self._pages = pages
        self._calls = calls
        self._cores = cores
        self._events = events
        self._second_reading = second_reading
        self._is_ready = False

    async def prepare(self) -> None:
        """Load what examinations need, once, while the model is at its first answer."""
        if not self._is_ready:
            self._is_ready = True
            with suppress(CoresError):  # whatever it is, the examination itself will tell
                await self._cores.call(load, limit=_LIMIT)

    async def __call__(self, part: Part[P, T], name: str, prose: P, layouts: Sequence[Layout]) -> tuple[T, Used, Care]:
        """What of an answer stands, what repair and second reading took, and what was done.

        A repair is asked for on the first of `layouts` for which there is room.

        Raises:
            ValueError: too little stands.
            CoresError: an examination did not finish.
            StoreError: the database failed.
        """
        now = await self._cores.call(phrased, part, prose, limit=_LIMIT)
        care, used = Care(), Used()
        if now.flaws:
            repair, taken = await self._repair(name, now.flaws, layouts)
            used += taken
            if repair is not None:
                flawed = now.flaws
                now = await self._cores.call(mended, part, now.text, flawed, repair, limit=_LIMIT)
                care += _done(flawed, repair, now.flaws)
        if self._second_reading and now.sentences:
            unseen, taken = await self._unseen(name, now.sentences)
            used += taken
            if unseen:
                without = RepairProse(tuple(MendedProse(flaw.where, None, ()) for flaw in unseen))
                now = await self._cores.call(mended, part, now.text, unseen, without, limit=_LIMIT)
                care += Care(dropped=len(unseen), outvoted=len(unseen))
        text, dropped = await self._cores.call(settled, part, now.text, limit=_LIMIT)
        care += Care(dropped=dropped)
        self._events.tell(
            "part_written", part=name, repaired=care.repaired, dropped=care.dropped, outvoted=care.outvoted
        )
        return text, used, care

    async def _repair(
        self, name: str, flaws: Sequence[Flaw], layouts: Sequence[Layout]
    ) -> tuple[RepairProse | None, Used]:
        return await self._calls.spare(
            f"repair {name}", lambda layout: self._pages.repair(name, flaws, layout), RepairProse, layouts
        )

    async def _unseen(self, name: str, sentences: Sequence[tuple[str, Cited]]) -> tuple[tuple[Flaw, ...], Used]:
        """Sentences that a second reader does not find in their passages.

        Who would remove more than half is no reader to rely on, and removes nothing.
        """
        vote, used = await self._calls.spare(
            f"second reading {name}",
            lambda _: self._pages.second_reading(name, sentences),
            VoteProse,
            [Layout(())],
        )
        numbers = sorted({number for number in vote.unsupported if 1 <= number <= len(sentences)}) if vote else []
        if 2 * len(numbers) > len(sentences):
            self._events.warn("second_reading_ignored", part=name, sentences=len(sentences), against=len(numbers))
            return (), used
        against = (sentences[number - 1] for number in numbers)
        return tuple(Flaw(where, cited.text, cited.evidence, (_UNSEEN,)) for where, cited in against), used


def _done(flaws: Sequence[Flaw], repair: RepairProse, left: Sequence[Flaw]) -> Care:
    """What a repair did: some left out, and of the rest all that is not flawed still."""
    gone = len({flaw.where for flaw in flaws} & {part.where.strip() for part in repair.parts if part.text is None})
    return Care(repaired=max(0, len(flaws) - gone - len(left)), dropped=gone)

"""Have the stories of an edition written, each paid for once.

What the writer answers is kept by what it was asked, the moment it has answered: whoever is cut off and begins again
finds it. When there is no more time, what is not done stays as it was selected.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from bot.domain.edition import Edition, Story
from bot.domain.rewriting import Written
from bot.errors import WriterError
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.ports.writer import Writer

_GLANCE = timedelta(seconds=30)
"""How often the clock is looked at again: it may have been put right meanwhile."""


class Write:
    """Asks the writer for all stories side by side; a server that takes one at a time makes them wait by itself."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        writer: Writer,
        dump: Callable[[Story], str],
        load: Callable[[str], Story],
    ) -> None:
        """Prepare; nothing is asked yet.

        `dump` and `load` turn a story into text and back; what `load` refuses with ValueError counts as not kept.
        """
        self._store = store
        self._clock = clock
        self._writer = writer
        self._dump = dump
        self._load = load

    @property
    def name(self) -> str:
        """What the card says, and part of an edition's key."""
        return self._writer.name

    async def __call__(self, edition: Edition, deadline: datetime | None = None) -> Written:
        """What is written of an edition by `deadline`; without one, when the writer is done.

        A story the writer does not manage is missing from the result. On a clock that stands still nothing is late.

        Raises:
            StoreError: the database failed.
        """
        keys = {story.id: self._key(edition, story) for story in edition.stories}
        stories = await self._kept(keys)
        missing = [story for story in edition.stories if story.id not in stories]
        unfinished = missing
        if deadline is None or self._clock.still or self._clock.now() < deadline:
            tasks = {story.id: asyncio.create_task(self._ask(edition, story, keys[story.id])) for story in missing}
            await self._wait(list(tasks.values()), deadline)
            unfinished = [story for story in missing if tasks[story.id].cancelled()]
            answers = {identity: task.result() for identity, task in tasks.items() if not task.cancelled()}
            stories |= {identity: story for identity, story in answers.items() if story is not None}
        return Written(self._writer.name, stories, len(unfinished))

    async def _wait(self, tasks: list[asyncio.Task[Story | None]], deadline: datetime | None) -> None:
        """Until all are done or the time is up; none of them runs on after it."""
        done = asyncio.gather(*tasks, return_exceptions=True)
        over = asyncio.create_task(self._passing(deadline))
        try:
            await asyncio.wait((done, over), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, over):
                task.cancel()
            await asyncio.gather(*tasks, over, return_exceptions=True)

    async def _passing(self, deadline: datetime | None) -> None:
        """Ends at the deadline by the clock; never, without one."""
        if deadline is None or self._clock.still:
            await asyncio.Event().wait()
        else:
            while (left := deadline - self._clock.now()) > timedelta():
                await self._clock.sleep(min(left, _GLANCE))

    async def _ask(self, edition: Edition, story: Story, key: str) -> Story | None:
        try:
            written = await self._writer.story(edition, story)
        except WriterError:
            return None
        keeping = asyncio.create_task(self._keep(key, written))
        try:
            await asyncio.shield(keeping)
        except asyncio.CancelledError:
            await keeping  # it is paid for: kept before anything ends
            raise
        return written

    async def _keep(self, key: str, story: Story) -> None:
        async with self._store.unit() as unit:
            await unit.results.put(key, self._dump(story), at=self._clock.now())
            await unit.commit()

    async def _kept(self, keys: dict[str, str]) -> dict[str, Story]:
        async with self._store.unit() as unit:
            texts = {identity: await unit.results.get(key) for identity, key in keys.items()}
        found: dict[str, Story] = {}
        for identity, text in texts.items():
            if text is not None and (story := self._read(text)) is not None:
                found[identity] = story
        return found

    def _read(self, text: str) -> Story | None:
        try:
            return self._load(text)
        except ValueError:
            return None  # written by another version of this program

    def _key(self, edition: Edition, story: Story) -> str:
        """SHA-256 of the writer and of everything the story says and cites; not of where it stands in its edition."""
        matter = asdict(replace(story, id="", number=0, connects_to=()))
        cited = [asdict(citation) for citation in edition.citations if citation.n in story.citations]
        parts = [self._writer.name, edition.desk, edition.language, matter, cited]
        return hashlib.sha256(json.dumps(parts, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: date) -> str:
    return value.isoformat()

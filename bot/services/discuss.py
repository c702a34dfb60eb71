"""Answer me in the thread: typed words and questions, from this edition first, then from earlier ones."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.conversation.answers import answer, answer_from_archive, refusal, search_archive
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.incoming import clean
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import Command, Words, join, parse, spelled
from bot.domain.desk import DEFAULT_DESK, is_variant
from bot.domain.edition import Edition
from bot.domain.reply import Reply
from bot.errors import NotFoundError
from bot.ports.phrases import Catalogue
from bot.ports.store import Store
from bot.services.together import Together

LATEST = "latest"
"""Stands for the newest edition."""
MOST_OLDER = 14
"""Earlier editions that a question is taken to: a week of mornings and evenings."""
MOST_SHELVES = 64
"""Editions kept ready to be asked, a few hundred kilobytes each."""
_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class Discuss:
    """The discussion under an edition. The command line and every thread take this same path."""

    def __init__(self, store: Store, catalogue: Catalogue, *, shelves: int = MOST_SHELVES) -> None:
        self._store = store
        self._catalogue = catalogue
        self._most = shelves
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._together = Together[Shelf]()
        self._words = join(catalogue.speak(language).words() for language in catalogue.languages)

    def words(self) -> Words:
        """The typed words of every interface language: people type in the language they think in."""
        return self._words

    def command(self, text: str) -> str | None:
        """The typed words that give the answer to this text again, such as `sources 2`; None if it is a question."""
        asked = clean(text)
        command = parse(asked, self.words()) if asked else Command("help")
        return None if command is None else spelled(command)

    async def shelf(self, edition_id: str) -> Shelf:
        """An edition ready to be asked; `latest` is the newest that is not of a server's own sources.

        Raises:
            NotFoundError: no such edition is kept.
            StoreError: the database failed.
        """
        return await self._together(edition_id, lambda: self._shelf(edition_id))

    async def _shelf(self, edition_id: str) -> Shelf:
        async with self._store.unit() as unit:
            edition = await unit.editions.get(edition_id)
            if edition is not None and edition_id == LATEST and is_variant(edition.desk):
                # Who asks from nowhere in particular is not told what another server reads.
                of_all = await unit.editions.before(DEFAULT_DESK.id, edition.window.end, most=1)
                edition = next(iter(of_all), None)
        if edition is None:
            raise NotFoundError(f"no edition is kept under {edition_id}")
        return self._ready(edition)

    async def reply(self, edition: str | Shelf, text: str, *, language: str) -> Reply:
        """The answer to what somebody typed under an edition. `text` is untrusted; `language` is the reader's.

        `edition` is its id, or the edition ready to be asked.

        Raises:
            NotFoundError: no such edition is kept.
            StoreError: the database failed.
        """
        shelf = edition if isinstance(edition, Shelf) else await self.shelf(edition)
        phrases = self._catalogue.speak(language)
        wording = Wording(phrases.say, phrases.language)
        asked = clean(text)
        command = parse(asked, self.words()) if asked else Command("help")
        if command is not None:
            return carry_out(command, shelf.edition, wording)
        found = answer(asked, shelf, wording)
        if found is not None:
            return found
        older = await self._older(shelf.edition)
        return answer_from_archive(asked, older, shelf, wording) or refusal(asked, shelf, len(older), wording)

    async def search(self, desks: Sequence[str], query: str, *, language: str) -> Reply:
        """What the latest editions of some desks have on a query; a refusal, with what comes nearest, where they have
        nothing. `query` is untrusted; `language` is the reader's.

        Raises:
            StoreError: the database failed.
        """
        phrases = self._catalogue.speak(language)
        async with self._store.unit() as unit:
            found = [e for desk in desks for e in await unit.editions.before(desk, _EVER, most=MOST_OLDER)]
        newest = sorted(found, key=lambda edition: (edition.window.end, edition.id), reverse=True)
        shelves = await self._shelved(newest[:MOST_OLDER])
        return search_archive(clean(query), shelves, Wording(phrases.say, phrases.language))

    async def _older(self, edition: Edition) -> list[Shelf]:
        async with self._store.unit() as unit:
            found = await unit.editions.before(edition.desk, edition.window.end, most=MOST_OLDER + 1)
        return await self._shelved([e for e in found if e.id != edition.id][:MOST_OLDER])

    async def _shelved(self, editions: Sequence[Edition]) -> list[Shelf]:
        shelves: list[Shelf] = []
        for earlier in editions:
            shelves.append(self._ready(earlier))
            # Each takes some 10 ms of work when it is new: others get their turn in between.
            await asyncio.sleep(0)
        return shelves

    def _ready(self, edition: Edition) -> Shelf:
        shelf = self._shelves.get(edition.id)
        # An edition changes under its id when its audio arrives.
        if shelf is None or shelf.edition != edition:
            shelf = self._shelves[edition.id] = Shelf(edition)
        self._shelves.move_to_end(edition.id)
        if len(self._shelves) > self._most:
            self._shelves.popitem(last=False)
        return shelf

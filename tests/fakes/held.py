"""Parts of the core that a test holds back or makes fail, while people on a platform wait for them."""

import asyncio
from dataclasses import fields
from typing import Any, cast

from bot.domain.conversation.retrieval import Shelf
from bot.domain.desk import Desks
from bot.domain.edition import Sentence
from bot.domain.place import Place
from bot.domain.reply import Reply
from bot.domain.visitor import Visitor
from bot.ports.office import Office
from bot.services.discuss import Discuss
from bot.services.whereabouts import Whereabouts


class HeldDiscuss(Discuss):
    """Answers when a test lets it, as a model that takes a minute; or fails as a test says."""

    held: asyncio.Event | None = None
    error: Exception | None = None

    async def reply(self, edition: str | Shelf, text: str, *, language: str, **more: Any) -> Reply:
        if self.held is not None:
            await self.held.wait()
        if self.error is not None:
            raise self.error
        return await super().reply(edition, text, language=language, **more)


class FailingWhereabouts(Whereabouts):
    """Knows what stands where, unless a test says that the database is gone."""

    error: Exception | None = None

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """As it is, or a failure."""
        if self.error is not None:
            raise self.error
        return await super().edition_at(place, message)


class Searching:
    """An archive with one line."""

    def __init__(self) -> None:
        self.asked: list[tuple[Visitor, str]] = []
        self.error: Exception | None = None

    async def search(self, visitor: Visitor, query: str) -> Reply:
        """Remember what was looked for, or fail as a test says."""
        if self.error is not None:
            raise self.error
        self.asked.append((visitor, query))
        return Reply("find", (Sentence("An older edition had it.", ()),))


class _Failing:
    """A service whose every method raises."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        async def fail(*args: Any, **kwargs: Any) -> None:
            raise self._error

        return fail


def failing(error: Exception, desks: Desks, **kept: Any) -> Office:
    """An office in which everything goes wrong but what is `kept`."""
    services = {each.name: _Failing(error) for each in fields(Office)} | kept | {"desks": desks}
    return Office(**cast("Any", services))

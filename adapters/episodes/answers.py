"""Answers from the web, fetched through the guarded client and read in worker processes."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from adapters.episodes.entries import Wanted
from adapters.episodes.looking import Answered, Seen, look
from adapters.episodes.written import Told, Written, settled
from adapters.wire.deps import Fetching
from adapters.wire.http import MIB
from bot.domain.transcript import Transcript
from bot.errors import CoresError, SourceMalformed
from bot.ports.cores import Cores

_MOST_FETCHED = 20 * MIB
"""Of a page, a feed or a file; whether a transcript is too large, its reader says."""
LIMIT = timedelta(seconds=10)
"""For reading one answer, parsing and settling."""
T = TypeVar("T")


class Answers:
    """What is at an address. All of it raises SourceUnavailable, SourceRefused and SourceMalformed, with a sentence."""

    def __init__(self, web: Fetching, cores: Cores) -> None:
        self._web = web
        self._cores = cores

    async def get(self, address: str, most_bytes: int = _MOST_FETCHED) -> Answered:
        """Fetch it."""
        came = await self._web.get(address, most_bytes=most_bytes)
        return Answered(came.body, came.content_type, came.charset, came.url)

    async def looked(self, address: str, wanted: Wanted) -> tuple[Answered, Seen]:
        """Fetch it, and see what it is."""
        answered = await self.get(address)
        return answered, await self.call(look, answered, wanted)

    async def settled(self, written: Written, duration: float | None) -> tuple[Told, Transcript]:
        """A transcript of a file of words."""
        try:
            return await self.call(settled, written, duration)
        except ValueError as error:
            raise SourceMalformed(str(error)) from error

    async def call(self, function: Callable[..., T], *args: object) -> T:
        """The result of a function of ours, in a worker process."""
        try:
            return await self._cores.call(function, *args, limit=LIMIT)
        except CoresError as error:
            raise SourceMalformed("It takes too much time or memory to read.") from error

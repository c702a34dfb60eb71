"""Who answers a message: platforms deliver at least once, perhaps to several processes; one of them answers, once.

Each claim has to be on the disk before anything is answered, and a disk takes its time. Claims that come while others
are being written are written next, all of them in one transaction.
"""

import asyncio

from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.services.together import Together


class Claims:
    """Claims messages for this process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._together = Together[list[bool]]()
        self._writing = asyncio.Lock()
        self._waiting: list[tuple[str, str]] = []
        """Platform and id of the messages whose claims are written next."""
        self._number = 0
        """Of the transaction that they are written in."""

    async def is_first(self, platform: str, message: str) -> bool:
        """Whether nobody has claimed this message before; from now on it is ours.

        Raises:
            StoreError: the database failed; nobody knows.
        """
        place = len(self._waiting)
        self._waiting.append((platform, message))
        return (await self._together(self._number, self._write))[place]

    async def _write(self) -> list[bool]:
        async with self._writing:
            claims, self._waiting = self._waiting, []
            self._number += 1  # whoever comes from now on waits for the next one
            now = self._clock.now()
            async with self._store.unit() as unit:
                found = [await unit.inbounds.claim(platform, message, at=now) for platform, message in claims]
                await unit.commit()
        return found

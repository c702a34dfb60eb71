"""A message is claimed once, however often and with how many others it comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.storage.memory import MemoryStore, MemoryUnit
from bot.errors import StoreUnavailable
from bot.services.claims import Claims
from tests.fakes.clock import FakeClock
from tests.fakes.talk import NOON


class CountedStore(MemoryStore):
    """Counts its units, and fails as a test says."""

    units = 0
    fails = False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[MemoryUnit]:
        """One more."""
        self.units += 1
        await asyncio.sleep(0)
        if self.fails:
            raise StoreUnavailable("gone")
        async with super().unit() as unit:
            yield unit


def claims() -> tuple[CountedStore, Claims]:
    """On a store of their own."""
    store = CountedStore(lambda: NOON)
    return store, Claims(store, FakeClock(NOON))


async def test_two_hundred_at_once_are_written_in_few_transactions_and_each_is_first_once() -> None:
    """Also where the same message comes twice among them, and again later."""
    store, claim = claims()
    ids = [str(number // 2) for number in range(200)]
    found = await asyncio.gather(*(claim.is_first("discord", one) for one in ids))
    assert found == [True, False] * 100
    assert store.units <= 2
    assert not await claim.is_first("discord", "7")
    assert await claim.is_first("console", "7")


async def test_who_comes_while_others_are_written_is_written_next() -> None:
    """Nobody is forgotten, and everybody gets their own answer."""
    _, claim = claims()

    async def later(number: int) -> bool:
        for _ in range(number % 5):
            await asyncio.sleep(0)
        return await claim.is_first("discord", str(number % 20))

    found = await asyncio.gather(*(later(number) for number in range(60)))
    assert sum(found) == 20


async def test_a_database_that_fails_is_everybodys_error_and_the_next_claim_tries_again() -> None:
    """None of them is claimed."""
    store, claim = claims()
    store.fails = True
    found = await asyncio.gather(*(claim.is_first("discord", str(n)) for n in range(3)), return_exceptions=True)
    assert [type(one) for one in found] == [StoreUnavailable] * 3
    with pytest.raises(StoreUnavailable):
        await claim.is_first("discord", "1")
    store.fails = False
    assert await claim.is_first("discord", "1")

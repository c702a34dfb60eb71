"""What models may take: counted before a call, corrected after it, by edition, person, server and day."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adapters.storage.memory import MemoryStore
from bot.config import ModelSettings
from bot.domain.kept import Used as Counted
from bot.domain.tokens import Used
from bot.errors import OverBudget, StoreError
from bot.services.spending import ALL, EVERYBODY, PERSON, TENANT, Account, Amount, Spending
from tests.fakes.clock import FakeClock
from tests.fakes.office import MEMBER

NIGHT = datetime(2026, 3, 5, 23, 59, 30, tzinfo=UTC)
TODAY = date(2026, 3, 5)
SETTINGS = ModelSettings("tide-large", "tide-small", address="http://127.0.0.1:1/v1")


class Till:
    """Spending on a store of its own."""

    def __init__(self, **limits: Any) -> None:
        self.clock = FakeClock(NIGHT)
        self.store = MemoryStore(now=self.clock.now)
        self.spending = Spending(self.store, self.clock, replace(SETTINGS, **limits))

    async def counted(self, who: str) -> dict[str, int]:
        """Kinds and counts of somebody."""
        async with self.store.unit() as unit:
            found: list[Counted] = await unit.usage.find(who)
        return {one.kind: one.count for one in found if one.day == TODAY}

    async def day(self) -> int:
        """What everybody has."""
        return (await self.counted(ALL)).get(EVERYBODY, 0)


async def call(account: Account, taken: int, given: int, used: Used | None = None) -> None:
    """One call that takes as much as was estimated, or what it is told."""
    hold = await account.reserve(taken, given)
    await asyncio.sleep(0)
    await account.settle(hold, used or Used(taken, given))


async def test_a_call_is_counted_with_its_estimate_and_corrected_with_what_it_took() -> None:
    """Before it is made the whole estimate is taken, afterwards the rest is given back."""
    till = Till()
    account = till.spending.edition()
    hold = await account.reserve(5000, 800)
    assert (await till.day(), account.left()) == (5800, Amount(55_000, 5200))
    await account.settle(hold, Used(4200, 300, 4000, 0.5))
    assert (await till.day(), account.left()) == (4500, Amount(55_800, 5700))
    assert account.used == Used(4200, 300, 4000, 0.5)


async def test_what_nobody_knows_is_counted_as_it_was_estimated() -> None:
    """A call that broke off may have been paid for."""
    till = Till()
    account = till.spending.edition()
    assert await account.settle(await account.reserve(5000, 800), None) == Used(5000, 800)
    assert (await till.day(), account.used) == (5800, Used(5000, 800))


async def test_more_than_was_estimated_is_counted_too() -> None:
    """Also beyond the limit: it was used."""
    till = Till(day=100)
    await call(till.spending.edition(), 60, 10, Used(150, 20))
    assert await till.day() == 170
    with pytest.raises(OverBudget, match="day's tokens"):
        await till.spending.edition().reserve(1, 1)


@pytest.mark.parametrize(("taken", "given"), [(60_001, 1), (1, 6001)])
async def test_an_edition_has_so_much_in_and_so_much_out(taken: int, given: int) -> None:
    """What does not fit is not asked, and the account says so; what fits goes on."""
    till = Till()
    account = till.spending.edition()
    with pytest.raises(OverBudget):
        await account.reserve(taken, given)
    assert (account.spent, await till.day()) == (True, 0)
    await call(account, 60_000, 6000)
    assert await till.day() == 66_000


async def test_what_was_paid_for_before_counts_for_the_edition_and_not_for_the_day() -> None:
    """It was counted on the day it was spent."""
    till = Till()
    account = till.spending.edition(Used(50_000, 5000))
    assert account.left() == Amount(10_000, 1000)
    assert (account.used, await till.day()) == (Used(), 0)
    with pytest.raises(OverBudget):
        await account.reserve(10_001, 100)


async def test_what_is_set_aside_is_for_nobody_else() -> None:
    """Until it is taken back."""
    account = Till().spending.edition()
    account.set_aside(Amount(50_000, 5000))
    assert not account.fits(Amount(10_001, 1))
    assert account.fits(Amount(10_000, 1000))
    account.set_aside(Amount() - Amount(50_000, 5000))
    assert account.fits(Amount(60_000, 6000))
    assert not account.spent


async def test_two_who_reserve_at_once_do_not_get_the_same_room() -> None:
    """The second is refused, though the first has not heard from the database yet."""
    account = Till().spending.edition()
    results = await asyncio.gather(*(account.reserve(40_000, 100) for _ in range(2)), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["Hold", "OverBudget"]


async def test_a_person_takes_from_three_counts_at_once() -> None:
    """Their own, their server's, everybody's; only the person's is under the person's name."""
    till = Till()
    account = till.spending.person(MEMBER)
    assert account.left() is None
    await call(account, 900, 100, Used(800, 50))
    assert await till.counted(MEMBER.who) == {PERSON: 850}
    assert await till.counted(MEMBER.tenant) == {TENANT: 850}
    assert await till.day() == 850


@pytest.mark.parametrize("limit", ["person_day", "tenant_day", "day"])
async def test_who_is_refused_has_spent_nothing(limit: str) -> None:
    """Not in the other counts either; another limit of the same size lets the rest through."""
    till = Till(**{limit: 1000})
    await call(till.spending.person(MEMBER), 900, 50)
    account = till.spending.person(MEMBER)
    with pytest.raises(OverBudget, match={"person_day": "person's", "tenant_day": "server's", "day": "day's"}[limit]):
        await account.reserve(50, 1)
    assert account.spent
    assert await till.counted(MEMBER.who) == {PERSON: 950}
    assert await till.counted(MEMBER.tenant) == {TENANT: 950}
    assert await till.day() == 950
    await call(account, 49, 1)


async def test_the_next_day_has_its_own_tokens() -> None:
    """By UTC; what a call of before midnight gives back, it gives back to its own day."""
    till = Till(day=1000)
    account = till.spending.edition()
    hold = await account.reserve(900, 100)
    till.clock.advance(timedelta(seconds=30))
    await call(till.spending.edition(), 900, 100)
    await account.settle(hold, Used(300, 100))
    assert await till.day() == 400


async def test_ten_thousand_requests_at_once_spend_no_more_than_there_is() -> None:
    """Of one person; the server's others go on, and so does everybody else's server."""
    till = Till(person_day=60_000, tenant_day=300_000)

    async def one() -> bool:
        try:
            await call(till.spending.person(MEMBER), 4000, 600, Used(4100, 650))
        except OverBudget:
            return False
        return True

    asked = await asyncio.gather(*(one() for _ in range(10_000)))
    assert (await till.counted(MEMBER.who))[PERSON] == sum(asked) * 4750
    assert 60_000 - 4600 <= sum(asked) * 4750 <= 60_000 + 4750
    others = replace(MEMBER, person="77", tenant="discord:9")
    await call(till.spending.person(others), 4000, 600)
    await call(till.spending.edition(), 50_000, 5000)


async def test_an_edition_asks_the_database_twice_a_call_at_most() -> None:
    """Once before it, once after it if anything is to be corrected."""
    till = Till()
    begun = 0
    unit = till.store.unit

    def counting():
        nonlocal begun
        begun += 1
        return unit()

    till.store.unit = counting  # type: ignore[method-assign]  # to count
    account = till.spending.edition()
    await call(account, 5000, 500)
    assert begun == 1
    await call(account, 5000, 500, Used(4000, 300))
    assert begun == 3


async def test_a_call_that_is_cut_off_before_it_is_made_counts_nothing() -> None:
    """Also where the database was counting it at that moment."""
    till = Till()
    account = till.spending.edition()
    async with till.store.unit() as unit:
        await unit.results.put("other", "x", at=NIGHT)  # the database is busy
        reserving = asyncio.create_task(account.reserve(5000, 800))
        for _ in range(5):
            await asyncio.sleep(0)
        reserving.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(reserving, return_exceptions=True)
    assert reserving.cancelled()
    assert (await till.day(), account.left()) == (0, Amount(60_000, 6000))


async def test_a_failing_database_is_told_and_nothing_is_held() -> None:
    """Neither before nor after a call is it taken for a limit."""
    till = Till()
    account = till.spending.edition()
    hold = await account.reserve(1000, 100)
    await till.store.close()
    with pytest.raises(StoreError):
        await account.reserve(1000, 100)
    with pytest.raises(StoreError):
        await account.settle(hold, Used(10, 10))
    assert (account.spent, account.left()) == (False, Amount(59_990, 5990))

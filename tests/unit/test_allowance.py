"""Limits: counted by person, place and day, and only for what went well."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.place import Place
from bot.errors import LimitReached
from bot.services.allowance import USUAL, Allowance
from tests.fakes.clock import FakeClock
from tests.fakes.office import MEMBER

NIGHT = datetime(2026, 3, 5, 23, 59, 30, tzinfo=UTC)


def allowance(**limits: int) -> tuple[Allowance, FakeClock]:
    clock = FakeClock(NIGHT)
    return Allowance(MemoryStore(now=clock.now), clock, limits), clock


async def spent(of: Allowance, visitor, kind) -> int:
    """How many go before the limit is reached."""
    for number in range(1000):
        try:
            await of.spend(visitor, kind)
        except LimitReached:
            return number
    raise AssertionError("no limit")


@pytest.mark.parametrize(("kind", "most"), [("now", 3), ("question", 10), ("proposal", 3)])
async def test_a_person_has_so_many_a_day(kind, most) -> None:
    """Each person their own; the settings say otherwise if they like."""
    of, _ = allowance()
    assert await spent(of, MEMBER, kind) == most
    assert await spent(of, replace(MEMBER, person="3"), kind) == most
    changed, _ = allowance(**{kind: 1})
    assert await spent(changed, MEMBER, kind) == 1


async def test_the_limit_says_how_many_and_until_when() -> None:
    """The next day begins at midnight in UTC, and then there are as many again."""
    of, clock = allowance()
    await spent(of, MEMBER, "now")
    with pytest.raises(LimitReached, match=r"3 editions on demand.* 00:00 UTC") as caught:
        await of.spend(MEMBER, "now")
    assert (caught.value.most, caught.value.until) == (3, datetime(2026, 3, 6, tzinfo=UTC))
    clock.advance(timedelta(seconds=30))
    assert await spent(of, MEMBER, "now") == 3


async def test_nothing_at_all_is_a_limit_too() -> None:
    """An operator may switch a thing off."""
    of, _ = allowance(now=0)
    with pytest.raises(LimitReached, match="no editions on demand"):
        await of.spend(MEMBER, "now")


async def test_a_place_has_a_limit_for_questions_by_everybody() -> None:
    """And who is turned away there keeps their own; another channel and another server count apart."""
    of, _ = allowance(place=2, question=5)
    people = [replace(MEMBER, person=str(number)) for number in range(3)]
    await of.spend(people[0], "question")
    await of.spend(people[1], "question")
    with pytest.raises(LimitReached, match="in this place") as caught:
        await of.spend(people[2], "question")
    assert caught.value.most == 2
    assert await spent(of, replace(people[2], place=Place("discord", "9")), "question") == 2
    assert await spent(of, replace(people[2], tenant="discord:88"), "question") == 2
    assert USUAL["place"] == 100


async def test_what_fails_or_is_cancelled_is_given_back_to_the_day_it_was_counted_for() -> None:
    """Also when that day is over meanwhile."""
    of, clock = allowance(now=1)

    async def fail() -> None:
        async with of.counted(MEMBER, "now"):
            clock.advance(timedelta(minutes=1))
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await fail()
    clock.advance(timedelta(minutes=-1))

    async def hang() -> None:
        async with of.counted(MEMBER, "now"):
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    for _ in range(5):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with of.counted(MEMBER, "now"):
        pass
    assert await spent(of, MEMBER, "now") == 0


async def test_a_question_that_failed_is_given_back_to_person_and_place() -> None:
    """Both."""
    of, _ = allowance(question=1, place=1)
    day = await of.spend(MEMBER, "question")
    await of.give_back(MEMBER, "question", day)
    await of.spend(MEMBER, "question")


async def test_two_at_once_do_not_get_the_last_one_both() -> None:
    """The store decides."""
    of, _ = allowance(now=1)
    done = await asyncio.gather(*(of.spend(MEMBER, "now") for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, LimitReached) for each in done) == 4

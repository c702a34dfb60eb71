"""What many ask at the same moment is looked up once."""

import asyncio

import pytest

from bot.services.together import Together


class Slow:
    """Work that ends when a test lets it."""

    def __init__(self) -> None:
        self.times = 0
        self.let = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self) -> int:
        """How often it was begun by now."""
        self.times += 1
        await self.let.wait()
        if self.error is not None:
            raise self.error
        return self.times


async def begun(together: Together[int], key: str, work: Slow, people: int) -> "list[asyncio.Task[int]]":
    """Tasks that wait for the work."""
    tasks = [asyncio.create_task(together(key, work)) for _ in range(people)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_is_asked_meanwhile_is_done_once_and_afterwards_again() -> None:
    """Nothing is remembered: whoever comes later sees what is then."""
    together, work = Together[int](), Slow()
    tasks = await begun(together, "one", work, 200)
    other = await begun(together, "other", work, 1)
    work.let.set()
    assert await asyncio.gather(*tasks) == [2] * 200
    assert await other[0] == 2
    assert await together("one", work) == 3


async def test_an_error_is_everybodys() -> None:
    """And the next one tries again."""
    together, work = Together[int](), Slow()
    work.error = ValueError("no")
    tasks = await begun(together, "one", work, 3)
    work.let.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in found] == [ValueError] * 3
    work.error = None
    assert await together("one", work) == 2


async def test_who_is_cancelled_takes_nothing_from_the_others() -> None:
    """Also the one who began it."""
    together, work = Together[int](), Slow()
    first, second = await begun(together, "one", work, 2)
    first.cancel()
    work.let.set()
    assert await second == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_error_that_nobody_waits_for_any_more_is_no_noise() -> None:
    """It would be reported as never looked at when the task is thrown away."""
    together, work = Together[int](), Slow()
    work.error = ValueError("no")
    (only,) = await begun(together, "one", work, 1)
    only.cancel()
    with pytest.raises(asyncio.CancelledError):
        await only
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
    work.let.set()
    work.error = None
    await begun(together, "other", work, 1)
    await asyncio.sleep(0)
    assert await together("one", work) == 3
    assert reported == []

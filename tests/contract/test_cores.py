"""Worker processes and the in-process stand-in keep the Cores port's promises.

Where they differ, on purpose: only worker processes stop what runs too long, limit memory and survive a crash; those
tests are in tests/integration/test_worker_pool.py.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from adapters.wire.cores import InProcess, WorkerPool
from bot.errors import CoresError, SourceUnavailable
from bot.ports.cores import Cores
from tests.fakes import work

AMPLE = timedelta(seconds=60)
BRIEF = timedelta(seconds=0.2)

MAKERS: dict[str, Callable[[], Cores]] = {"workers": lambda: WorkerPool(1), "in process": InProcess}


@pytest.fixture(params=MAKERS)
async def cores(request: pytest.FixtureRequest) -> AsyncIterator[Cores]:
    made = MAKERS[request.param]()
    yield made
    await made.close()


async def test_a_call_returns_what_the_function_returns(cores: Cores) -> None:
    """Arguments go out, the result comes back, and None is a result too."""
    assert await cores.call(work.add, 2, 3, limit=AMPLE) == 5
    assert await cores.call(work.nothing, limit=AMPLE) is None


async def test_calls_may_overlap(cores: Cores) -> None:
    """Each caller gets its own result."""
    sums = await asyncio.gather(*(cores.call(work.add, n, n, limit=AMPLE) for n in range(20)))
    assert sums == [2 * n for n in range(20)]


async def test_an_error_of_the_function_is_raised_here(cores: Cores) -> None:
    """It arrives as itself, with what it carries."""
    with pytest.raises(SourceUnavailable, match="later, please") as caught:
        await cores.call(work.refuse, limit=AMPLE)
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_work_that_takes_too_long_ends_with_a_sentence(cores: Cores) -> None:
    """The caller learns the limit, and the next call works."""
    with pytest.raises(CoresError, match=r"took longer than 0\.2 seconds"):
        await cores.call(work.dawdle, limit=BRIEF)
    assert await cores.call(work.add, 1, 1, limit=AMPLE) == 2


async def test_running_out_of_memory_is_a_cores_error(cores: Cores) -> None:
    """Not a MemoryError, which the caller would take for its own."""
    with pytest.raises(CoresError, match="memory"):
        await cores.call(work.claim_out_of_memory, limit=AMPLE)
    assert await cores.call(work.add, 1, 1, limit=AMPLE) == 2


async def test_work_cannot_end_the_program(cores: Cores) -> None:
    """`sys.exit` in a parser stays in the parser."""
    with pytest.raises(CoresError, match="SystemExit"):
        await cores.call(work.leave, limit=AMPLE)


async def test_an_error_that_asyncio_will_not_carry_still_arrives(cores: Cores) -> None:
    """StopIteration may not be raised into a future; Python turns it into a RuntimeError on the way out."""
    with pytest.raises(RuntimeError, match="StopIteration"):
        await cores.call(work.stop_iterating, limit=AMPLE)


async def test_a_cancelled_call_ends_and_the_next_works(cores: Cores) -> None:
    """Whoever waits is free at once."""
    await cores.call(work.add, 1, 1, limit=AMPLE)
    waiting = asyncio.create_task(cores.call(work.dawdle, limit=AMPLE))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await cores.call(work.add, 1, 1, limit=AMPLE) == 2


async def test_closing_ends_calls_under_way_and_refuses_later_ones(cores: Cores) -> None:
    """Both end with CoresError, and closing again is harmless."""
    await cores.call(work.add, 1, 1, limit=AMPLE)
    waiting = asyncio.create_task(cores.call(work.dawdle, limit=AMPLE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await cores.close()
    with pytest.raises(CoresError, match="stopped"):
        await waiting
    with pytest.raises(CoresError, match="stopped"):
        await cores.call(work.add, 1, 1, limit=AMPLE)
    await cores.close()


async def test_closing_before_the_first_call_is_harmless(cores: Cores) -> None:
    """Nothing was started, nothing is to be stopped."""
    await cores.close()

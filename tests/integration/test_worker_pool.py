"""Worker processes stop what runs too long, eats memory or crashes, and leave nothing behind."""

import asyncio
import multiprocessing
import os
import pickle
import sys
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.wire.cores import WorkerPool, prepare_worker, run_packed
from bot.errors import CoresError
from tests.fakes import work

AMPLE = timedelta(seconds=60)
BRIEF = timedelta(seconds=0.2)
MIB = 1024 * 1024

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")


PARENT = """
import asyncio, pathlib, tempfile
from datetime import timedelta
from adapters.wire.cores import WorkerPool
from tests.fakes import work

async def main():
    sign = pathlib.Path(tempfile.mkdtemp()) / "begun"
    call = asyncio.create_task(WorkerPool(1).call(work.loop_and_tell, sign, limit=timedelta(hours=1)))
    while not sign.exists():
        await asyncio.sleep(0.01)
    print("looping", flush=True)
    await call

asyncio.run(main())
"""


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    made = WorkerPool(1, memory_bytes=256 * MIB, warm=work.warm)
    yield made
    await made.close()
    assert multiprocessing.active_children() == []


async def test_no_process_starts_before_the_first_call() -> None:
    """A command that needs no worker pays for none, and none is left after closing."""
    pool = WorkerPool(2)
    assert multiprocessing.active_children() == []
    assert await pool.call(work.process, limit=AMPLE) != os.getpid()
    assert len(multiprocessing.active_children()) == 2
    await pool.close()
    assert multiprocessing.active_children() == []


async def test_a_worker_is_kept_for_the_next_call_and_warmed_once(pool: WorkerPool) -> None:
    """Starting one takes long; each runs `warm` before its first work."""
    first = await pool.call(work.process, limit=AMPLE)
    assert await pool.call(work.process, limit=AMPLE) == first
    assert await pool.call(work.marks, limit=AMPLE) == ["warm"]


@pytest.mark.parametrize(("function", "args"), [(work.loop, ()), (work.deaf, (60,))])
async def test_endless_work_is_stopped_and_its_worker_replaced(
    pool: WorkerPool, function: Callable[..., object], args: tuple[int, ...]
) -> None:
    """A loop in Python as well as one in C, which hears no polite signal."""
    first = await pool.call(work.process, limit=AMPLE)
    with pytest.raises(CoresError, match="took longer"):
        await pool.call(function, *args, limit=BRIEF)
    assert await pool.call(work.process, limit=AMPLE) != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@linux
async def test_a_memory_hog_is_stopped_and_its_worker_replaced(pool: WorkerPool) -> None:
    """It ends with a sentence about memory, long before the machine suffers."""
    first = await pool.call(work.process, limit=AMPLE)
    with pytest.raises(CoresError, match="more memory than it may have"):
        await pool.call(work.hog, limit=AMPLE)
    assert await pool.call(work.process, limit=AMPLE) != first


@linux
async def test_work_below_the_memory_limit_goes_through(pool: WorkerPool) -> None:
    """The limit counts what the work takes, not what the worker had before: 100 of 256 MiB are fine."""
    assert len(await pool.call(work.echo, bytes(30 * MIB), limit=AMPLE)) == 30 * MIB


@pytest.mark.parametrize("code", [1, 9])
async def test_a_worker_that_vanishes_is_replaced(pool: WorkerPool, code: int) -> None:
    """A crash is a sentence, and the next call works."""
    with pytest.raises(CoresError, match="worker process died"):
        await pool.call(work.vanish, code, limit=AMPLE)
    assert await pool.call(work.add, 1, 1, limit=AMPLE) == 2


async def test_a_worker_killed_while_idle_does_not_break_the_pool(pool: WorkerPool) -> None:
    """The system may kill an idle worker; later calls find another one, at the latest after one error."""
    os.kill(await pool.call(work.process, limit=AMPLE), 9)
    for _ in range(3):
        try:
            assert await pool.call(work.add, 1, 1, limit=AMPLE) == 2
            break
        except CoresError:
            continue
    else:
        pytest.fail("the pool did not recover")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (work.fail_particularly, "Particular: trouble with Ada"),
        (work.fail_silently, "Silent"),
        (work.make_function, "pickle"),
        (work.refuse_roster, "one mistake"),
    ],
)
async def test_what_cannot_travel_arrives_in_words(
    pool: WorkerPool, function: Callable[[], object], words: str
) -> None:
    """Errors and results that do not survive pickling do not break the pool: the worker is the same afterwards."""
    first = await pool.call(work.process, limit=AMPLE)
    with pytest.raises(Exception, match=words):
        await pool.call(function, limit=AMPLE)
    assert await pool.call(work.process, limit=AMPLE) == first


async def test_an_error_tells_where_it_was_raised(pool: WorkerPool) -> None:
    """The worker's trace travels along as a note."""
    with pytest.raises(Exception, match="later") as caught:
        await pool.call(work.refuse, limit=AMPLE)
    assert "in refuse" in caught.value.__notes__[0]


async def test_work_that_does_not_pickle_is_refused(pool: WorkerPool) -> None:
    """Only module-level functions travel."""
    with pytest.raises(CoresError, match="cannot be handed to a worker"):
        await pool.call(lambda: None, limit=AMPLE)


async def test_a_cancelled_call_stops_its_work(pool: WorkerPool, tmp_path: Path) -> None:
    """The worker that was in the loop is gone when the next call returns."""
    first = await pool.call(work.process, limit=AMPLE)
    sign = tmp_path / "begun"
    waiting = asyncio.create_task(pool.call(work.loop_and_tell, sign, limit=AMPLE))
    while not sign.exists():  # noqa: ASYNC110  # another process makes it
        await asyncio.sleep(0)
    waiting.cancel()
    assert await pool.call(work.process, limit=AMPLE) != first


async def test_closing_with_a_crowd_waiting_leaves_no_one_hanging() -> None:
    """Calls that no worker has taken up yet, with more data than a pipe holds, end too."""
    pool = WorkerPool(1)
    await pool.call(work.add, 1, 1, limit=AMPLE)
    crowd: list[asyncio.Task[object]] = [asyncio.create_task(pool.call(work.dawdle, limit=AMPLE))]
    crowd += [asyncio.create_task(pool.call(work.echo, bytes(MIB), limit=AMPLE)) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await pool.close()
    ends = await asyncio.gather(*crowd, return_exceptions=True)
    assert [type(end) for end in ends] == [CoresError] * 6
    assert multiprocessing.active_children() == []


async def test_a_warm_up_that_fails_is_a_cores_error() -> None:
    """Not an endless attempt to start workers."""
    pool = WorkerPool(1, warm=work.cold)
    with pytest.raises(CoresError, match="died"):
        await pool.call(work.add, 1, 1, limit=AMPLE)
    await pool.close()


def test_preparing_a_process_without_a_memory_limit_only_warms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, in this very process."""
    monkeypatch.setattr(work, "WARM", [])
    prepare_worker(None, work.warm)
    prepare_worker(None, None)
    assert work.marks() == ["warm"]


def test_packed_work_is_run_and_packed_again() -> None:
    """What a worker does with the bytes it is given."""
    assert pickle.loads(run_packed(pickle.dumps((work.add, (1, 2))))) == (3, None)
    result, error = pickle.loads(run_packed(pickle.dumps((work.fail_particularly, ()))))
    assert result is None
    assert str(error) == "the work failed with Particular: trouble with Ada"
    result, error = pickle.loads(run_packed(b"junk"))
    assert "UnpicklingError" in f"{type(error).__name__} {error}"


async def test_a_worker_in_a_loop_does_not_outlive_its_parent() -> None:
    """Killed without warning, the parent takes its workers along: nobody holds its output open any more."""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"looping\n"
    parent.kill()
    assert await asyncio.wait_for(parent.stdout.read(), timeout=60) == b""
    await parent.wait()

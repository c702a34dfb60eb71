"""Worker processes for work that takes long or may go wrong: parsing, clustering, chapters.

Hostile input can make a parser loop, eat memory or crash. In a worker process none of this reaches the bot: the worker
is killed, another takes its place, and the call ends with `CoresError`. One-shot commands use `InProcess`, which has no
start-up cost and cannot kill what it started.

Only bytes travel between the processes, and both ends pack and unpack them here. Pebble is thereby spared values and
errors that do not survive pickling, any one of which would break its whole pool.
"""

import asyncio
import multiprocessing
import multiprocessing.connection
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, cast

from bot.errors import CoresError

if TYPE_CHECKING:
    from pebble import ProcessPool

T = TypeVar("T")
_Outcome = tuple[T | None, BaseException | None]

_PATIENCE_WITH_THE_DEAF = 0.5
_LONGEST_TRACE = 4000
_STOPPED = "the workers were stopped"
_OUT_OF_MEMORY = 77
"""How a worker that ran out of memory leaves: its heap is in pieces, a fresh process is better."""


class _Attempt:
    """Runs a block and keeps whatever error it ends with: the border between somebody's code and ours."""

    error: BaseException | None = None

    def __enter__(self) -> "_Attempt":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


def attempt(function: Callable[..., T], *args: object) -> _Outcome[T]:
    """The result of `function(*args)`, or the error it raised: (result, None) or (None, error)."""
    result: T | None = None
    with _Attempt() as attempted:
        result = function(*args)
    return result, attempted.error


def run_packed(packed: bytes) -> bytes:
    """Run a packed (function, args) in a worker; gives the packed (result, error).

    Out of memory ends the process with exit code 77.
    """
    answer, error = attempt(_run, packed)
    if isinstance(error, MemoryError):
        os._exit(_OUT_OF_MEMORY)
    return answer if answer is not None else _pack_error(cast("BaseException", error))


def _run(packed: bytes) -> bytes:
    function, args = pickle.loads(packed)  # noqa: S301  # from our own process, packed by `WorkerPool.call`
    return pickle.dumps((function(*args), None))


def _pack_error(error: BaseException) -> bytes:
    """Pack an error so that it surely arrives: as itself when it survives the journey, else as a CoresError."""
    said, _ = attempt(str, error)
    words = type(error).__name__ + ("" if said is None else f": {said}")
    error.add_note("".join(traceback.format_exception(error))[-_LONGEST_TRACE:])
    packed, _ = attempt(pickle.dumps, (None, error))
    arrived, _ = attempt(pickle.loads, packed)
    copy = arrived[1] if arrived else None
    faithful = type(copy) is type(error) and said is not None and attempt(str, copy)[0] == said
    if faithful and isinstance(error, Exception):
        return cast("bytes", packed)
    return pickle.dumps((None, CoresError(f"the work failed with {words}")))


def prepare_worker(memory_bytes: int | None, warm: Callable[[], object] | None) -> None:
    """Make a new worker ready: load what `warm` loads, then limit what it may take on top.

    The limit is on data (`RLIMIT_DATA`: heap and private mappings), not on address space, because numeric libraries
    reserve far more addresses than they use. Linux enforces it. macOS knows it for `brk` only, which its allocator does
    not use, so there it is not set, and only the time limit protects.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=[parent.sentinel], daemon=True).start()
    if warm is not None:
        warm()
    if memory_bytes is not None and sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        limit = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _leave_with(parent: int) -> None:
    """End this worker when its parent has ended, however it ended: a loop must not outlive the bot."""
    multiprocessing.connection.wait([parent])
    os._exit(0)


class WorkerPool:
    """`Cores` on worker processes.

    `workers` processes start with the first call, each running `warm` (a module-level function, for instance one that
    imports a parser) once. `memory_bytes` is what a worker may take on top of that; see `prepare_worker` for where it
    holds. The time limit of a call counts from when a worker takes it up, to about a tenth of a second.
    """

    def __init__(self, workers: int, memory_bytes: int | None = None, warm: Callable[[], object] | None = None) -> None:
        self._workers = workers
        self._preparation = (memory_bytes, warm)
        self._pool: ProcessPool | None = None
        self._starting = asyncio.Lock()
        self._under_way: set[Future[bytes]] = set()
        self._closed = False

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """The result of `function(*args)`, run in a worker. Cancellation kills the worker.

        Raises:
            CoresError: the limit passed, memory ran out, the worker died, or something did not pickle.
        """
        packed, unpackable = attempt(pickle.dumps, (function, args))
        if packed is None:
            raise CoresError(f"the work cannot be handed to a worker: {unpackable}") from unpackable
        try:
            answer = await asyncio.wrap_future(await self._schedule(packed, limit))
        except TimeoutError as error:
            raise CoresError(f"the work took longer than {limit.total_seconds():g} seconds and was stopped") from error
        except (OSError, RuntimeError, TypeError, AttributeError) as error:
            # All Pebble's own, for what the function raises comes packed: a worker that died, a pool that broke, and
            # the last two from a pipe that was closed under its hands.
            raise CoresError(_STOPPED if self._closed else _how_it_died(error)) from error
        return cast("T", _unpack(answer))

    async def close(self) -> None:
        """Kill the workers. Calls under way, and later ones, raise CoresError."""
        self._closed = True
        async with self._starting:
            await self._drop()

    async def _schedule(self, packed: bytes, limit: timedelta) -> "Future[bytes]":
        async with self._starting:
            if self._closed:
                raise CoresError(_STOPPED)
            if self._pool is not None and not self._pool.active:
                await self._drop()  # a worker died in a way that broke the pool; take a new one
            if self._pool is None:
                self._pool = await asyncio.to_thread(self._start)
            future: Future[bytes] = self._pool.schedule(run_packed, [packed], timeout=limit.total_seconds())
            self._under_way.add(future)
            future.add_done_callback(self._under_way.discard)
            return future

    def _start(self) -> "ProcessPool":
        from pebble import CONSTS, ProcessPool

        # A worker has nothing to tidy up: one that is deaf to SIGTERM (a loop in C) is killed soon.
        CONSTS.term_timeout = _PATIENCE_WITH_THE_DEAF
        # Spawned, not forked: forking a process with threads in it may copy a lock that is never released.
        pool = ProcessPool(
            max_workers=self._workers,
            initializer=prepare_worker,
            initargs=self._preparation,
            context=multiprocessing.get_context("spawn"),
        )
        if not pool.active:  # asking starts it
            raise RuntimeError("no worker could be started")
        return pool

    async def _drop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.to_thread(pool.join)
        for future in tuple(self._under_way):
            if not future.done():  # the pool's threads have ended: nobody else will answer it
                future.set_exception(CoresError(_STOPPED))


class InProcess:
    """`Cores` in this process, on a thread a call, for one-shot commands.

    It differs from workers: work that passes its limit is left behind, not stopped, and what holds the interpreter's
    lock (a regular expression gone wild) holds up everything; memory has no limit; a crash is a crash of everything.
    Threads left behind do not keep the program from ending. `at_once` calls run together, so that the time limit of one
    is not eaten up by a crowd.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._closed = asyncio.Event()
        self._turns = asyncio.Semaphore(at_once)

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """The result of `function(*args)`.

        Raises:
            CoresError: the limit passed, memory ran out, or it was closed.
        """
        async with self._turns:
            if self._closed.is_set():
                raise CoresError("the work was stopped")
            work: Future[_Outcome[T]] = Future()
            threading.Thread(target=_fulfil, args=(work, function, args), daemon=True).start()
            outcome = await self._outcome(work, limit)
        return _delivered(*outcome)

    async def _outcome(self, work: "Future[_Outcome[T]]", limit: timedelta) -> "_Outcome[T]":
        wait = asyncio.wrap_future(work)
        stop = asyncio.create_task(self._closed.wait())
        try:
            await asyncio.wait((wait, stop), timeout=limit.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
            if wait.done():
                return wait.result()
        finally:
            stop.cancel()
            wait.cancel()
        raise CoresError(
            "the work was stopped"
            if self._closed.is_set()
            else f"the work took longer than {limit.total_seconds():g} seconds"
        )

    async def close(self) -> None:
        """Calls under way, and later ones, raise CoresError."""
        self._closed.set()


def _fulfil(work: "Future[_Outcome[T]]", function: Callable[..., T], args: tuple[object, ...]) -> None:
    work.set_running_or_notify_cancel()
    work.set_result(attempt(function, *args))


def _unpack(answer: bytes) -> object:
    opened, error = attempt(pickle.loads, answer)
    if opened is None:
        raise CoresError(f"the result of the work cannot be read: {error}") from error
    return _delivered(*opened)


def _delivered(result: T | None, error: BaseException | None) -> T:
    if isinstance(error, MemoryError):
        raise CoresError("the work needed more memory than there is") from error
    if isinstance(error, Exception):
        raise error
    if error is not None:
        raise CoresError(f"the work ended the program: {type(error).__name__}") from error
    return cast("T", result)


def _how_it_died(error: BaseException) -> str:
    if getattr(error, "exitcode", None) == _OUT_OF_MEMORY:
        return "the work needed more memory than it may have and was stopped"
    return "the worker process died"

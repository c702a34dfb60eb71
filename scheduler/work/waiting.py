"""Tasks that wait, each kind in the order they were put, and the locks that keep some of them waiting longer.

A pure structure. Putting a task behind a lock that is taken costs an append, however many wait there; a lane of tasks
whose lock is free stands in a heap of its kind, by the number of its first. So a hundred thousand tasks behind one lock
are in nobody's way.
"""

import heapq
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.ports.work import Kind, Task


@dataclass(slots=True)
class _Lanes:
    """What waits of one kind."""

    of: dict[str, deque[tuple[int, Task]]] = field(default_factory=dict)
    """By lock, the tasks and their numbers in order; no lane is empty."""
    heap: list[tuple[int, str]] = field(default_factory=list)
    """The number of a lane's first task, and its lock."""
    standing: set[str] = field(default_factory=set)
    """The locks in the heap, where each stands once."""


class Waiting:
    """Tasks that wait for their turn, and the locks that are taken."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._put = 0
        self._lanes: dict[Kind, _Lanes] = {kind: _Lanes() for kind in kinds}
        self._taken: set[str] = set()

    def put(self, task: Task) -> None:
        """Let a task wait, last of its kind."""
        self._put += 1
        self._lanes[task.kind].of.setdefault(task.lock, deque()).append((self._put, task))
        self._offer(self._lanes[task.kind], task.lock)

    def take(self, kind: Kind) -> Task | None:
        """The first task of a kind whose lock is free, which it takes; None if there is none."""
        lanes = self._lanes[kind]
        while lanes.heap:
            _, lock = heapq.heappop(lanes.heap)
            lanes.standing.discard(lock)
            if lock in self._taken:
                continue  # by a task of another kind, since it was offered; `release` offers it again
            task = lanes.of[lock].popleft()[1]
            if not lanes.of[lock]:
                del lanes.of[lock]
            self._taken.add(lock)
            return task
        return None

    def release(self, lock: str) -> None:
        """Free the lock of a task that was taken."""
        self._taken.discard(lock)
        for lanes in self._lanes.values():
            self._offer(lanes, lock)

    def _offer(self, lanes: _Lanes, lock: str) -> None:
        if lock in lanes.of and lock not in self._taken and lock not in lanes.standing:
            lanes.standing.add(lock)
            heapq.heappush(lanes.heap, (lanes.of[lock][0][0], lock))

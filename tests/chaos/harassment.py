"""Workers that are killed and frozen at random while they work, and started again until everything is done.

Half of the kills come after a random time, half at a random number of accepted messages: between the platform's
acceptance and its answer. No kill point is a line of code.
"""

import asyncio
import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from typing import Any, Protocol

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.chaos.warm"])
_LOOK = 0.01
_LOOK_AGAIN = 0.1
_TRAPS = 0.5
"""Of all attacks, those that come between acceptance and answer."""
_KILLED = -signal.SIGKILL
_MOST_CRASHES = 10
_FIRST_RATE = 100
"""Messages in a second, before anything was measured."""
_SHARE = 0.8
"""Of all messages, those over which the kills are spread: all of them are to happen before the work is done."""

Target = Callable[[Any], None]


def started(target: Target, settings: Any) -> ForkServerProcess:
    """A process that runs `target(settings)`, forked from a warm one that holds nothing of a run."""
    process = _CONTEXT.Process(target=_tied, args=(target, settings))
    process.start()
    return process


def _tied(target: Target, settings: Any) -> None:
    """Run it for as long as the harness lives: whoever kills the harness leaves nobody behind."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    target(settings)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


class Besieged(Protocol):
    """A platform that tells how it fares, and that can kill a process which it has just accepted a message from."""

    async def order(self, **orders: Any) -> Mapping[str, Any]:
        """`trap={process, accepted, freeze}` sets a trap, `trap=None` takes it away; tells `accepted` and `armed`."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How badly workers are treated."""

    kills: int
    posts: int
    """Messages that are expected, over which the kills are spread."""
    freezes: int = 0
    freeze_seconds: float = 4.0
    trap_seconds: float = 10.0
    """A trap that nobody walked into by then becomes a kill."""
    most_seconds: float = 900.0


@dataclass(slots=True)
class Harassed:
    """What was done to them."""

    kills: int = 0
    traps: int = 0
    """Of both, those between acceptance and answer."""
    freezes: int = 0
    crashes: list[int] = field(default_factory=list)
    """Exit codes that nobody asked for."""
    late: bool = False
    """It did not come to an end in time."""


@dataclass(slots=True)
class _Worker:
    settings: Any
    process: ForkServerProcess
    frozen_until: float | None = None
    dying: bool = False
    done: bool = False

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process.pid is not None
        return self.process.pid


@dataclass(frozen=True, slots=True)
class _Attack:
    """What is done next. One that waits for messages and does not get them happens at `at`."""

    victim: _Worker
    at: float
    accepted: float
    """How many messages are accepted by then, as it was thought."""
    freezes: bool
    trapped: bool


class Harassment:
    """Runs `target(settings)` in a process for each of the settings until all of them end by themselves."""

    def __init__(
        self,
        target: Target,
        settings: Sequence[Any],
        remote: Besieged,
        plan: Plan,
        chance: random.Random,
        *,
        buried: Callable[[], None] = lambda: None,
    ) -> None:
        """Start them. `buried` is called after each death, before the next life."""
        self._buried = buried
        self._target = target
        self._remote = remote
        self._plan = plan
        self._chance = chance
        self._began = time.monotonic()
        self._workers = [_Worker(one, started(target, one)) for one in settings]
        self._next: _Attack | None = None
        self._looked = 0.0
        self.result = Harassed()

    async def __call__(self) -> Harassed:
        """Harass them until they are done, or it takes too long."""
        try:
            while not all(worker.done for worker in self._workers) and len(self.result.crashes) < _MOST_CRASHES:
                if time.monotonic() - self._began > self._plan.most_seconds:
                    self.result.late = True
                    break
                for worker in self._workers:
                    self._look_after(worker)
                await self._go_on()
                await asyncio.sleep(_LOOK)
        finally:
            for worker in self._workers:
                worker.process.kill()
                worker.process.join()
        return self.result

    def _look_after(self, worker: _Worker) -> None:
        if worker.frozen_until is not None and time.monotonic() >= worker.frozen_until:
            worker.frozen_until = None
            os.kill(worker.pid, signal.SIGCONT)
        code = worker.process.exitcode
        if worker.done or code is None:
            return
        if code == 0:
            worker.done = True
        else:
            self._bury(worker, code)

    def _bury(self, worker: _Worker, code: int) -> None:
        if code == _KILLED:
            self.result.kills += 1
        else:
            self.result.crashes.append(code)
        if self._next is not None and self._next.victim is worker:
            self.result.traps += self._next.trapped
            self._next = None
        worker.frozen_until, worker.dying = None, False
        self._buried()
        worker.process = started(self._target, worker.settings)

    async def _go_on(self) -> None:
        """Plan the next attack, or carry out the one whose time has come."""
        if self._next is None:
            self._next = await self._planned()
        elif await self._is_time(self._next):
            attack, self._next = self._next, None
            if attack.trapped:
                armed = (await self._remote.order())["armed"]
                await self._remote.order(trap=None)
                if attack.freezes and not armed:
                    # The platform has stopped it, and lets it go on.
                    self.result.traps += 1
                    self.result.freezes += 1
                    return
            self._strike(attack)

    async def _is_time(self, attack: _Attack) -> bool:
        """Whether its time has come, or the work went on faster than was thought; asked now and then."""
        now = time.monotonic()
        if now >= attack.at:
            return True
        if now < self._looked + _LOOK_AGAIN:
            return False
        self._looked = now
        told = await self._remote.order()
        if attack.trapped:
            return attack.freezes and not told["armed"]
        return bool(told["accepted"] >= attack.accepted)

    def _strike(self, attack: _Attack) -> None:
        if attack.victim.done or attack.victim.process.exitcode is not None:
            return
        if attack.freezes:
            self.result.freezes += 1
            attack.victim.frozen_until = time.monotonic() + self._plan.freeze_seconds
            os.kill(attack.victim.pid, signal.SIGSTOP)
        else:
            attack.victim.dying = True
            attack.victim.process.kill()

    async def _planned(self) -> _Attack | None:
        kills, freezes = self._plan.kills - self.result.kills, self._plan.freezes - self.result.freezes
        waiting = [worker for worker in self._workers if not (worker.done or worker.dying or worker.frozen_until)]
        if kills + freezes <= 0 or not waiting:
            return None
        accepted = (await self._remote.order())["accepted"]
        now = time.monotonic()
        remaining = max(_SHARE * self._plan.posts - accepted, 1)
        after = self._chance.uniform(0.0, min(2 * remaining / (kills + freezes), remaining))
        victim, freeze = self._chance.choice(waiting), self._chance.random() < freezes / (kills + freezes)
        if self._chance.random() < _TRAPS:
            length = self._plan.freeze_seconds if freeze else 0.0
            trap = {"process": victim.pid, "accepted": 1 + int(after), "freeze": length}
            await self._remote.order(trap=trap)
            return _Attack(victim, now + self._plan.trap_seconds, accepted + after, freeze, trapped=True)
        rate = (accepted + _FIRST_RATE) / (now - self._began + 1.0)
        wait = min(after / rate, self._plan.trap_seconds)
        return _Attack(victim, now + wait, accepted + after, freeze, trapped=False)

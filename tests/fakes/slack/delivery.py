"""How what happens reaches the app: one way out, three seconds to acknowledge, repetitions, and disturbances."""

import asyncio
import copy
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from bot.ports.clock import Clock

EVENTS, INTERACTIVE, COMMANDS = "events_api", "interactive", "slash_commands"
WAITING, UNDER_WAY, ARRIVED, FAILED = "waiting", "under way", "arrived", "failed"
NOBODY = "not connected"
"""Why something failed at once."""
READS_WITHIN = timedelta(seconds=3)
"""Of the world's time: later than this an acknowledgement counts for nothing."""
RETRIES = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))
"""How long after a failure an event is sent again."""
_LOOK = 0.02
"""Real seconds between looks at the world's clock, while something is under way."""
T = TypeVar("T")


class Timed(Protocol):
    """What is needed of the world."""

    clock: Clock

    def touch(self) -> None:
        """Something has changed."""
        ...

    async def until(self, found: Callable[[], T], *, seconds: float = 5.0) -> T:
        """What `found` gives, once it gives something true."""
        ...


@dataclass(slots=True)
class Sending:
    """One thing that the app is sent, until it has said that it arrived."""

    id: str
    kind: str
    body: dict[str, Any]
    at: datetime
    """Of the last attempt."""
    attempt: int = 0
    reason: str | None = None
    """Why it is sent again."""
    state: str = WAITING
    answer: Any = None
    """What came with the acknowledgement: text, or what JSON gave."""
    status: int | None = None
    """Of the answer to a request."""

    @property
    def event(self) -> Mapping[str, Any]:
        """The event in it; empty for everything else."""
        inner = self.body.get("event")
        return inner if isinstance(inner, Mapping) else {}

    @property
    def name(self) -> str:
        """Type of the event or of the interaction."""
        return str(self.event.get("type") or self.body.get("type") or self.body.get("command"))

    @property
    def settled(self) -> bool:
        """Whether the app has said that it arrived, or will not be asked again."""
        return self.state in {ARRIVED, FAILED}

    @property
    def takes_answer(self) -> bool:
        """Whether the acknowledgement may say something."""
        return self.kind == COMMANDS or self.body.get("type") in {"view_submission", "block_suggestion"}


class Way(Protocol):
    """How something is brought to the app: a socket of its own, or requests to its address."""

    @property
    def open(self) -> bool:
        """Whether something can be brought now."""
        ...

    def bring(self, sending: Sending) -> Awaitable[bool]:
        """Bring it once. False: nobody was there any more."""
        ...


@dataclass(slots=True)
class Delivery:
    """Everything that was sent, and the ways to disturb it."""

    world: Timed
    ways: list[Way]
    """The first that is open is used."""
    duplicate: float = 0.0
    """Share of the events that arrive twice, the same id on both."""
    lose: int = 0
    """So many of the next events do not arrive; they are sent again, see `retry`."""
    deaf: int = 0
    """So many of the next acknowledgements of events get lost: what was taken comes again, see `retry`."""
    retries: tuple[timedelta, ...] = RETRIES
    sent: list[Sending] = field(default_factory=list)
    """In order."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # seeded: the same run again
    known: bool = False
    """The application was there once: events wait for it. Before, they go nowhere."""
    _number: int = 0
    _held: list[Sending] | None = None
    _waiting: deque[Sending] = field(default_factory=deque)
    _under_way: dict[str, Sending] = field(default_factory=dict)
    _later: list[tuple[datetime, Sending]] = field(default_factory=list)
    _tasks: set["asyncio.Task[Any]"] = field(default_factory=set)
    _watch: "asyncio.Task[None] | None" = None

    # ------------------------------------------------------------ sending

    def number(self) -> int:
        """The next number, for ids of all kinds."""
        self._number += 1
        return self._number

    def send(self, kind: str, body: Mapping[str, Any]) -> Sending:
        """Tell the app something."""
        self.known = self.known or any(way.open for way in self.ways)
        one = self._new(kind, dict(body))
        if kind == EVENTS and not self.known:
            self.sent.remove(one)
            one.state, one.reason = FAILED, NOBODY
            return one
        if kind == EVENTS and self._held is not None:
            self._held.append(one)
            return one
        self._bring(one)
        if kind == EVENTS and self.duplicate and self.chance.random() < self.duplicate:
            self._bring(self._new(kind, copy.deepcopy(one.body)))
        return one

    def again(self, event: Sending, *, new_id: bool = False) -> Sending:
        """Send an event that was sent before once more; with `new_id` as if it were another one."""
        body = copy.deepcopy(event.body)
        if new_id:
            body["event_id"] = f"Ev{self.number():09d}"
        one = self._new(event.kind, body)
        self._bring(one)
        return one

    def _new(self, kind: str, body: dict[str, Any]) -> Sending:
        one = Sending(f"envelope-{self.number()}", kind, body, self.world.clock.now())
        self.sent.append(one)
        return one

    def of(self, name: str) -> list[Sending]:
        """What was sent of a type, such as `message` or `block_actions`."""
        return [one for one in self.sent if one.name == name]

    async def quiet(self, *, seconds: float = 5.0) -> None:
        """Wait until nothing is under way any more. What the application does with it may still go on.

        Raises:
            TimeoutError: something still is, after these (real) seconds.
        """
        await self.world.until(lambda: not self._under_way and not self._later and not self._waiting, seconds=seconds)

    # ------------------------------------------------------------ disturbances

    def shuffle(self) -> None:
        """Hold events back until `straighten`, which sends them in another order."""
        self._held = []

    def straighten(self, order: Callable[[list[Sending]], list[Sending]] | None = None) -> None:
        """Send what was held back, out of order: a random one, or what `order` makes of it."""
        held, self._held = list(self._held or ()), None
        if order is not None:
            held = order(held)
        else:
            self.chance.shuffle(held)
        for one in held:
            self._bring(one)

    def retry(self) -> list[Sending]:
        """Send all events again, now, of which it is not known that they arrived; with the reason, as Slack does."""
        unsure = [one for one in self.sent if one.kind == EVENTS and one.state != ARRIVED and one not in self._waiting]
        self._later.clear()
        for one in unsure:
            self._repeat(one, one.reason or "timeout")
        return unsure

    # ------------------------------------------------------------ bringing

    def flush(self) -> None:
        """There is a way, for the first time or again: what waited goes out."""
        self.known = True
        waiting, self._waiting = self._waiting, deque()
        for one in waiting:
            self._bring(one)

    def _bring(self, one: Sending) -> None:
        one.at = self.world.clock.now()
        if one.kind == EVENTS and self.lose > 0:
            self.lose -= 1
            one.state, one.reason = UNDER_WAY, "timeout"
            self._look_after(one)
            return
        way = next((way for way in self.ways if way.open), None)
        if way is None:
            self._nobody(one)
            return
        one.state = UNDER_WAY
        self._go(self._carry(way, one))
        self._look_after(one)

    def _look_after(self, one: Sending) -> None:
        if one.state == UNDER_WAY:
            self._under_way[one.id] = one
        if self._watch is None or self._watch.done():
            self._watch = self._go(self._watching())

    def _nobody(self, one: Sending) -> None:
        """Events wait for who was there before; a person who presses is told at once."""
        if one.kind == EVENTS:
            one.state = WAITING
            self._waiting.append(one)
        else:
            one.state, one.reason = FAILED, NOBODY
        self.world.touch()

    async def _carry(self, way: Way, one: Sending) -> None:
        if not await way.bring(one):
            self.failed(one, "connection_failed")

    def _go(self, work: Any) -> "asyncio.Task[Any]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # ------------------------------------------------------------ what comes back

    def arrived(self, one: Sending, answer: Any = None, status: int | None = None) -> None:
        """The app has said so; too late does not count."""
        one.status = status
        if one.settled:
            return
        if self.world.clock.now() - one.at > READS_WITHIN:
            self.failed(one, "timeout")
            return
        if one.kind == EVENTS and self.deaf > 0:
            self.deaf -= 1
            return
        one.state = ARRIVED
        self._under_way.pop(one.id, None)
        one.answer = answer if one.takes_answer else None
        self.world.touch()

    def failed(self, one: Sending, reason: str) -> None:
        """It did not arrive, or nobody said so in time: events are sent again, a person is told."""
        if one.settled:
            return
        one.reason = reason
        self._under_way.pop(one.id, None)
        if one.kind == EVENTS and one.attempt < len(self.retries):
            self._later.append((self.world.clock.now() + self.retries[one.attempt], one))
            one.state = WAITING
            self._look_after(one)
            self._due()
        else:
            one.state = FAILED
        self.world.touch()

    def _repeat(self, one: Sending, reason: str) -> None:
        one.attempt, one.reason = one.attempt + 1, reason
        self._bring(one)

    def _due(self) -> None:
        now = self.world.clock.now()
        due = [one for at, one in self._later if at <= now]
        self._later = [(at, one) for at, one in self._later if at > now]
        for one in due:
            self._repeat(one, one.reason or "timeout")

    async def _watching(self) -> None:
        """Look at the world's clock, which tells nobody when it moves, as long as somebody may be late."""
        while True:
            await asyncio.sleep(_LOOK)
            now = self.world.clock.now()
            for one in list(self._under_way.values()):
                if now - one.at > READS_WITHIN:
                    self.failed(one, "timeout")
            self._due()
            if not self._under_way and not self._later:
                return

    async def close(self) -> None:
        """Stop everything that is under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

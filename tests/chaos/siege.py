"""A platform's fake under siege: who kills its clients in the middle of a post, and what stands there in the end."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Sized
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from bot.domain.ledger import State
from tests.chaos.owing import Account, Owed, Owing, Part
from tests.chaos.tally import Tally


class World(Protocol):
    """What every fake has."""

    @property
    def journal(self) -> Sized:
        """Every message that was taken."""
        ...

    @property
    def on_taken(self) -> list[Callable[[Any], None]]:
        """Called with each, before it is answered."""
        ...


@dataclass(slots=True)
class Siege:
    """Kills a process when a message of it was taken, before the answer."""

    world: World
    trap: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.world.on_taken.append(lambda _: self._spring())

    async def order(self, **orders: Any) -> Mapping[str, Any]:
        """As a besieged platform is asked."""
        if "trap" in orders:
            self.trap = orders["trap"] and dict(orders["trap"])
        return {"accepted": len(self.world.journal), "armed": self.trap is not None}

    def _spring(self) -> None:
        if self.trap is None:
            return
        self.trap["accepted"] -= 1
        if self.trap["accepted"] <= 0:
            with suppress(ProcessLookupError):
                os.kill(self.trap["process"], signal.SIGKILL)
            self.trap = None


@dataclass(frozen=True, slots=True)
class Stood:
    """A message of ours that stands there."""

    id: str
    at: float
    """When it was taken, in any unit."""
    thread: str


def judged(
    name: str,
    owed: Owed,
    account: Account,
    *,
    faults: int,
    standing: Mapping[str, Sequence[Stood]],
    threads: Counter[str],
) -> Tally:
    """Compare what stands there with the ledger.

    `standing`: messages by the key in them, whatever the ledger says of ids. `threads`: by the id of their place.
    """
    tally = Tally(name, owed.messages, faults=faults)
    tally.double = sum(len(found) - 1 for found in standing.values())
    for posting, parts in account.parts.items():
        _see_thread(tally, account.postings[posting], parts, standing)
    known = {part.key for parts in account.parts.values() for part in parts}
    if standing.keys() - known:
        tally.breach(f"{len(standing.keys() - known)} messages that the ledger does not know")
    if threads != Counter(owing.place for owing in account.postings.values()):
        tally.breach("threads that no edition belongs to, or too few")
    tally.demand_nothing_lost()
    return tally


def _see_thread(tally: Tally, posting: Owing, parts: Sequence[Part], standing: Mapping[str, Sequence[Stood]]) -> None:
    """Everything is sent, in order, in one thread, and where the ledger says."""
    if posting.state is not State.SENT:
        tally.breach(f"{posting.key} is {posting.state}: {posting.reason}")
    tally.lost += sum(part.key not in standing for part in parts)
    there = [(part, standing[part.key][0]) for part in parts if part.key in standing]
    tally.disorder += sum(a.at > b.at for (_, a), (_, b) in pairwise(there))
    for part, message in there:
        if part.message != message.id:
            tally.breach(f"{posting.key}/{part.part} is {message.id}, the ledger says {part.message}")
    if len({message.thread for _, message in there[1:]}) > 1:
        tally.breach(f"{posting.key} is spread over several threads")

"""The ways in which Discord fails, and when: next on a route, or a seeded share of all requests."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one request."""

    DROP = "drop"
    """Taken, and the connection closes instead of an answer."""
    DROP_BEFORE = "drop_before"
    """Not taken, and the connection closes."""
    FAIL_AFTER = "fail_after"
    """Taken, answered 502."""
    FAIL = "fail"
    """Not taken, answered 500."""
    BAD_GATEWAY = "bad_gateway"
    """Not taken, answered 502."""
    UNAVAILABLE = "unavailable"
    """Not taken, answered 503, which discord.py does not repeat."""
    BUSY = "busy"
    """Not taken, 429 with `Via`: wait."""
    BUSY_ALL = "busy_all"
    """Not taken, 429 for everything."""
    BANNED = "banned"
    """Not taken, 429 without `Via`: the edge does not let us in."""
    FORBIDDEN = "forbidden"
    """Not taken, 403 50013, as after somebody took a permission away."""
    NO_ACCESS = "no_access"
    """Not taken, 403 50001."""
    GONE = "gone"
    """Not taken, 404 10003, as after somebody deleted the channel."""
    RUBBISH = "rubbish"
    """Taken, answered 200 with a page for people."""
    SLOW = "slow"
    """Taken, answered after `Faults.slow` seconds."""
    LATE = "late"
    """Taken after `Faults.slow` seconds only, when perhaps nobody waits any more."""


AFTER = (Fault.DROP, Fault.FAIL_AFTER, Fault.RUBBISH, Fault.SLOW)
"""What leaves it open whether a message was taken."""
MIXED = (*AFTER, Fault.DROP_BEFORE, Fault.FAIL, Fault.UNAVAILABLE, Fault.BUSY)
"""All that passes by itself."""


def spread(rate: float, faults: Sequence[Fault] = MIXED) -> dict[Fault, float]:
    """A rate shared evenly by some faults."""
    return dict.fromkeys(faults, rate / len(faults))


@dataclass(slots=True)
class Planned:
    """The next requests of a route fail so."""

    fault: Fault
    route: str
    times: int
    after: int


@dataclass(slots=True)
class Faults:
    """Decides what happens to each request: what was planned for its route first, then the rates."""

    rates: Mapping[Fault, float] = field(default_factory=dict)
    routes: Sequence[str] = ("POST /channels/{}/messages",)
    """Routes that the rates hold for; empty: all."""
    seed: int = 0
    slow: float = 0.05
    """Seconds."""
    retry_after: float = 0.05
    """Seconds that a 429 asks for."""
    injected: Counter[str] = field(default_factory=Counter)
    planned: list[Planned] = field(default_factory=list)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # seeded: the same run again

    def next(self, fault: Fault, route: str = "POST /channels/{}/messages", *, times: int = 1, after: int = 0) -> None:
        """The next `times` requests of a route fail, once `after` of them have passed. An empty route is any."""
        self.planned.append(Planned(fault, route, times, after))

    def draw(self, route: str) -> Fault | None:
        """What goes wrong with this request."""
        fault = self._planned(route) or self._by_rate(route)
        if fault is not None:
            self.injected[fault.value] += 1
        return fault

    def _planned(self, route: str) -> Fault | None:
        for one in self.planned:
            if one.route not in {route, ""}:
                continue
            if one.after:
                one.after -= 1
                continue
            one.times -= 1
            if one.times <= 0:
                self.planned.remove(one)
            return one.fault
        return None

    def _by_rate(self, route: str) -> Fault | None:
        if not self.rates or (self.routes and route not in self.routes):
            return None
        left = self._chance.random()
        for fault, rate in self.rates.items():
            left -= rate
            if left < 0:
                return fault
        return None

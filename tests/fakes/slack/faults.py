"""The ways in which Slack fails, and when: next at a method, or a seeded share of all calls."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one call."""

    DROP = "drop"
    """Taken, and the connection closes instead of an answer."""
    DROP_BEFORE = "drop_before"
    """Not taken, and the connection closes."""
    FAIL_AFTER = "fail_after"
    """Taken, answered 502 with a page."""
    FATAL = "fatal"
    """Taken, answered 200 `fatal_error`: "it's possible some aspect of the operation succeeded"."""
    FAIL = "fail"
    """Not taken, answered 500."""
    BAD_GATEWAY = "bad_gateway"
    """Not taken, answered 502 with a page."""
    UNAVAILABLE = "unavailable"
    """Not taken, answered 503 with a page."""
    INTERNAL = "internal"
    """Not taken, answered 200 `internal_error`."""
    BUSY = "busy"
    """Not taken, 429 with `Retry-After`."""
    NOT_IN_CHANNEL = "not_in_channel"
    """Not taken, as after somebody removed the application from a channel."""
    GONE = "gone"
    """Not taken, `channel_not_found`."""
    ARCHIVED = "archived"
    """Not taken, `is_archived`."""
    REVOKED = "revoked"
    """Not taken, `token_revoked`."""
    RUBBISH = "rubbish"
    """Taken, answered 200 with a page for people."""
    SLOW = "slow"
    """Taken, answered after `Faults.slow` seconds."""
    LATE = "late"
    """Taken after `Faults.slow` seconds only, when perhaps nobody waits any more."""


AFTER = (Fault.DROP, Fault.FAIL_AFTER, Fault.FATAL, Fault.RUBBISH, Fault.SLOW)
"""What leaves it open whether a message was taken."""
MIXED = (*AFTER, Fault.DROP_BEFORE, Fault.FAIL, Fault.UNAVAILABLE, Fault.INTERNAL, Fault.BUSY)
"""All that passes by itself."""


def spread(rate: float, faults: Sequence[Fault] = MIXED) -> dict[Fault, float]:
    """A rate shared evenly by some faults."""
    return dict.fromkeys(faults, rate / len(faults))


@dataclass(slots=True)
class Planned:
    """The next calls of a method fail so."""

    fault: Fault
    method: str
    times: int
    after: int


@dataclass(slots=True)
class Faults:
    """Decides what happens to each call: what was planned for its method first, then the rates.

    Methods are named as Slack names them; `upload` is the address that files are sent to, `response_url` the others.
    """

    rates: Mapping[Fault, float] = field(default_factory=dict)
    routes: Sequence[str] = ("chat.postMessage",)
    """Methods that the rates hold for; empty: all."""
    seed: int = 0
    slow: float = 0.05
    """Seconds."""
    retry_after: int = 1
    """Seconds that a 429 asks for; Slack gives whole ones."""
    injected: Counter[str] = field(default_factory=Counter)
    planned: list[Planned] = field(default_factory=list)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # seeded: the same run again

    def next(self, fault: Fault, method: str = "chat.postMessage", *, times: int = 1, after: int = 0) -> None:
        """The next `times` calls of a method fail, once `after` of them have passed. An empty method is any."""
        self.planned.append(Planned(fault, method, times, after))

    def draw(self, method: str) -> Fault | None:
        """What goes wrong with this call."""
        fault = self._planned(method) or self._by_rate(method)
        if fault is not None:
            self.injected[fault.value] += 1
        return fault

    def _planned(self, method: str) -> Fault | None:
        for one in self.planned:
            if one.method not in {method, ""}:
                continue
            if one.after:
                one.after -= 1
                continue
            one.times -= 1
            if one.times <= 0:
                self.planned.remove(one)
            return one.fault
        return None

    def _by_rate(self, method: str) -> Fault | None:
        if not self.rates or (self.routes and method not in self.routes):
            return None
        left = self._chance.random()
        for fault, rate in self.rates.items():
            left -= rate
            if left < 0:
                return fault
        return None

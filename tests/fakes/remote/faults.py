"""The ways in which a platform fails, and when: by a seeded rate, or by a script."""

import random
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one request."""

    DROP = "drop"
    """Accepted, and the connection dropped instead of an answer."""
    FAIL_AFTER = "fail_after"
    """Accepted, and answered with a 502."""
    RUBBISH = "rubbish"
    """Accepted, and answered with a page for people."""
    SLOW = "slow"
    """Accepted, and answered after a while."""
    LATE = "late"
    """Accepted only after a while, when nobody waits for the answer any more."""
    DIE = "die"
    """Accepted, and the platform's process ends."""
    FAIL_BEFORE = "fail_before"
    """Not accepted, answered with a 503."""
    BUSY = "busy"
    """Not accepted, 429."""
    FORBIDDEN = "forbidden"
    """Not accepted, 403 as for a place where we may not post."""


AFTER = (Fault.DROP, Fault.FAIL_AFTER, Fault.RUBBISH, Fault.SLOW)
"""What leaves it open whether a message was taken."""
MIXED = (*AFTER, Fault.FAIL_BEFORE, Fault.BUSY)
"""All that passes by itself, and leaves the platform alive."""


def spread(rate: float, faults: Sequence[Fault] = MIXED) -> dict[Fault, float]:
    """A rate shared evenly by some faults."""
    return dict.fromkeys(faults, rate / len(faults))


@dataclass(slots=True)
class Faults:
    """Decides what happens to each request. Posts follow the script until it is used up, then the rates."""

    rates: Mapping[Fault, float] = field(default_factory=dict)
    seed: int = 0
    script: deque[Fault | None] = field(default_factory=deque)
    injected: Counter[str] = field(default_factory=Counter)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # seeded: the same run again

    def draw(self, *, post: bool) -> Fault | None:
        """What goes wrong with the next request; reading a place back knows no death, no ban and nothing late."""
        if post and self.script:
            fault = self.script.popleft()
        else:
            fault = self._by_rate()
            if not post and fault in {Fault.DIE, Fault.FORBIDDEN, Fault.LATE}:
                fault = None
        if fault is not None:
            self.injected[fault.value] += 1
        return fault

    def _by_rate(self) -> Fault | None:
        left = self._chance.random()
        for fault, rate in self.rates.items():
            left -= rate
            if left < 0:
                return fault
        return None

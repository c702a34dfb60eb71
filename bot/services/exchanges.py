"""What was asked and answered before in a thread, so that "and why?" can be understood.

In memory only, a few words of it, and for a day: nothing of a question is ever written down. What one person asked
alone is remembered for that person alone.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.place import Place
from bot.domain.visitor import Visitor
from bot.ports.clock import Clock

MOST = 3
"""Exchanges of a thread that are remembered."""
REMEMBERED = timedelta(hours=24)
_MOST_THREADS = 1_000
_QUESTION, _ANSWER = 300, 500
"""Characters."""

Thread = tuple[Place, str, str]
"""Where, under which edition, and for whom alone; empty: for all who read there."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, both short."""

    who: str
    question: str
    """Untrusted."""
    answer: str
    evidence: tuple[str, ...]
    """Ids of passages that the answer rested on."""
    at: datetime


class Exchanges:
    """Remembers the last exchanges of threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._threads: OrderedDict[Thread, tuple[Exchange, ...]] = OrderedDict()

    def of(self, asker: Visitor, edition: str, *, alone: bool) -> tuple[Exchange, ...]:
        """What was said there, oldest first."""
        self._let_go()
        return self._threads.get(_thread(asker, edition, alone=alone), ())

    def keep(
        self, asker: Visitor, edition: str, question: str, answer: str, evidence: tuple[str, ...], *, alone: bool
    ) -> None:
        """Remember one more."""
        thread = _thread(asker, edition, alone=alone)
        said = Exchange(asker.who, question[:_QUESTION], answer[:_ANSWER], evidence, self._clock.now())
        self._threads[thread] = (*self._threads.get(thread, ()), said)[-MOST:]
        self._threads.move_to_end(thread)
        if len(self._threads) > _MOST_THREADS:
            self._threads.popitem(last=False)

    def forget(self, who: str) -> None:
        """Forget what a person asked, everywhere."""
        self._keep_only(lambda said: said.who != who)

    def _let_go(self) -> None:
        oldest = self._clock.now() - REMEMBERED
        self._keep_only(lambda said: said.at > oldest)

    def _keep_only(self, wanted: Callable[[Exchange], bool]) -> None:
        for thread, said in list(self._threads.items()):
            kept = tuple(filter(wanted, said))
            if not kept:
                del self._threads[thread]
            elif len(kept) < len(said):
                self._threads[thread] = kept


def spoken(before: tuple[Exchange, ...]) -> str:
    """What was said, as a model reads it: untrusted text."""
    return "\n".join(f"Asked: {said.question}\nAnswered: {said.answer}" for said in before) or "Nothing."


def _thread(asker: Visitor, edition: str, *, alone: bool) -> Thread:
    return asker.place, edition, asker.who if alone else ""

"""A language model in memory: answers by a function of the request, in the time it is told, and counts."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.tokens import Used, estimate
from bot.ports.clock import Clock
from bot.ports.model import Delta, Ended, ModelRequest, Role

Mind = Callable[[ModelRequest], "str | dict[str, Any] | Exception | Ended"]
"""What it says: text, JSON, an error, or an end without a word."""
_PIECE = 7


@dataclass(slots=True)
class FakeModel:
    """A server of `at_once` places; each call takes `seconds` by the clock, and half of it before the first piece.

    `closed_early` counts answers that somebody stopped listening to. An answer longer than `most_tokens` is cut.
    """

    mind: Mind
    clock: Clock | None = None
    seconds: float = 0.0
    at_once: int = 100
    tokens: int = 16_384
    asked: list[ModelRequest] = field(default_factory=list)
    closed_early: int = 0
    busiest: int = 0
    busy: int = 0

    def name(self, role: Role) -> str:
        """`tide-large`, `tide-small`."""
        return f"tide-{role}"

    def context(self, role: Role) -> int:
        """As it was told."""
        return self.tokens

    async def stream(self, request: ModelRequest) -> AsyncIterator[Delta | Ended]:
        """The answer in pieces of seven characters."""
        self.asked.append(request)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self._pass()
            answer = self.mind(request)
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, Ended):
                yield answer
                return
            text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
            most = request.most_tokens * 4
            for at in range(0, min(len(text), most), _PIECE):
                yield Delta(text[at : min(at + _PIECE, most)])
            await self._pass()
            taken = prompt_tokens(request)
            given = min(estimate(text), request.most_tokens)
            yield Ended(
                "length" if len(text) > most else "stop",
                Used(taken, given, 0, (taken + 4 * given) / 1e6),
                self.name(request.role),
            )
        except GeneratorExit:
            self.closed_early += 1
            raise
        finally:
            self.busy -= 1

    async def close(self) -> None:
        """Nothing to close."""

    def about(self) -> list[str]:
        """What each call was for."""
        return [request.about for request in self.asked]

    async def _pass(self) -> None:
        if self.clock is not None and self.seconds:
            await self.clock.sleep(timedelta(seconds=self.seconds / 2))
        else:
            await asyncio.sleep(0)


def prompt_tokens(request: ModelRequest) -> int:
    """Of all its messages, as this server counts: a little fewer than we estimate."""
    return estimate(request.stable, request.shared, request.task) * 9 // 10

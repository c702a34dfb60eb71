"""The port of language models on any server that speaks chat completions."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

from adapters.models.openai.access import Access, address_of, is_vendor, named
from adapters.models.openai.asking import Asking
from adapters.models.openai.ladder import RUNGS, Habits, first_habits
from adapters.models.openai.server import Server
from bot.errors import ModelError
from bot.ports.clock import Clock
from bot.ports.events import Events, Fact
from bot.ports.model import Delta, Ended, LanguageModel, ModelRequest, Role


def build(settings: Access, *, clock: Clock, events: Events) -> LanguageModel:
    """The model that is set; nothing is sent yet.

    Raises:
        ConfigError: the address is none, or the key cannot be one.
    """
    return ChatModel(settings, clock=clock, events=events)


class ChatModel:
    """Models of one server."""

    def __init__(self, settings: Access, *, clock: Clock, events: Events) -> None:
        """Prepare; raises ConfigError for an address that is none."""
        self._settings = settings
        self._clock = clock
        self._events = events
        self._server = Server(settings)
        self._places = asyncio.Semaphore(settings.at_once)
        self._habits: dict[str, Habits] = {}

    def name(self, role: Role) -> str:
        """The model behind a role, as the operator named it."""
        return named(self._settings, role)

    def context(self, role: Role) -> int:
        """Tokens that prompt and answer may have together."""
        del role
        return self._settings.context

    def _habits_of(self, model: str) -> Habits:
        """What is known of a model; nothing before the first call."""
        return self._habits.setdefault(model, first_habits(vendor=is_vendor(address_of(self._settings))))

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta | Ended, None]:
        """The answer, piece by piece; the last piece is `Ended`. Closing it early ends the call.

        Waiting for one of the places that calls have side by side is not part of the time it may take.
        """
        async with self._places:
            model = self.name(request.role)
            asking = Asking(self._server, self._habits_of(model), request, model, self._settings)
            began = self._clock.now()
            failure: ModelError | None = None
            try:
                async with aclosing(asking.answer(self._clock)) as texts:
                    async for text in texts:
                        yield Delta(text)
                yield Ended("length" if asking.finish == "length" else "stop", asking.used, asking.answered)
            except ModelError as error:
                asking.finish, failure = "failed", error
                raise
            finally:
                self._tell(asking, began, failure)

    async def close(self) -> None:
        """Give back connections."""
        await self._server.close()

    def _tell(self, asking: Asking, began: datetime, failure: ModelError | None) -> None:
        used = asking.used
        facts: dict[str, Fact] = {
            "role": asking.request.role,
            "model": asking.model,
            "about": asking.request.about,
            "seconds": None if self._clock.still else (self._clock.now() - began).total_seconds(),
            "tokens_in": used.taken,
            "tokens_out": used.given,
            "cached": used.cached,
            "cost": used.cost,
            "rung": RUNGS[asking.rung],
            "tries": asking.tries,
        }
        if failure is None:
            self._events.tell("model_called", **facts, finish=asking.finish)
        else:
            self._events.warn("model_failed", **facts, error=type(failure).__name__, reason=str(failure))

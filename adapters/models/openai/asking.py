"""One question: put in the form the server takes, again where that may help, and read to its end.

A call is made again at most twice, for limits, outages and broken connections, and never when something of its answer
has come: no server offers a key against doubling, and what it began to write may be billed. See `errors.pause`.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

import openai

from adapters.models.openai.access import Access
from adapters.models.openai.answers import Answer
from adapters.models.openai.errors import pause, status_of, words
from adapters.models.openai.ladder import RUNGS, Call, Habits, call, learn, learn_bare, may_mean_any
from adapters.models.openai.server import Deadline, Server
from adapters.models.openai.text import Spoken
from bot.domain.tokens import Used
from bot.errors import ModelRefused, ModelUnavailable
from bot.ports.clock import Clock
from bot.ports.model import ModelRequest

_GRACE: Final = 2.0
"""Seconds from the end of an answer for what it took to come."""
_MOMENT: Final = 0.1
"""Seconds from there to the end of the stream."""


class Asking:
    """One question to a model, from its first try to the end of its answer."""

    def __init__(self, server: Server, habits: Habits, request: ModelRequest, model: str, settings: Access) -> None:
        """Prepare; `answer` asks. What is learned of the server goes into `habits`."""
        self.request = request
        self.model = model
        self.tries = 0
        """Calls that were made, refused ones too."""
        self.rung = len(RUNGS) - 1
        self.finish = "closed"
        """How it ended: stop, length, failed; closed, where nobody wanted the rest."""
        self._server = server
        self._habits = habits
        self._settings = settings
        self.read = Answer()
        """What the last try gave."""
        self._prompt: tuple[str, ...] = ()
        self._retries = 0
        self._bare = False

    @property
    def used(self) -> Used:
        """What the last try took; nothing, if it failed before anything came of it."""
        if self.finish == "failed" and not self.read.begun:
            return Used()
        prices = self._settings.prices
        return self.read.used(self._prompt, prices.get(self.model) or prices.get(self.answered))

    @property
    def answered(self) -> str:
        """The model that answered, as the server gives it."""
        return self.read.model or self.model

    async def answer(self, clock: Clock) -> AsyncGenerator[str, None]:
        """Its text, in pieces.

        Raises:
            ModelError: as the port says.
        """
        deadline = Deadline(self._settings.timeout.total_seconds())
        while self.finish not in {"stop", "length"}:
            sent = call(self.request, self.model, self._settings.effort, self._habits, bare=self._bare)
            with self._server.errors_of(self.model):
                try:
                    async with aclosing(self._once(sent, deadline)) as texts:
                        async for text in texts:
                            yield text
                except openai.APIError as error:
                    if self.read.begun or not await self._again(sent, error, clock, deadline):
                        raise

    async def _again(self, sent: Call, error: openai.APIError, clock: Clock, deadline: Deadline) -> bool:
        """Whether to ask once more: without what was refused, or after a while."""
        status, said = status_of(error), words(error)
        if learn(self._habits, self.request, sent, status, said):
            return True
        if may_mean_any(sent, status, said):
            self._bare = True
            return True
        wait = pause(error, self._retries, clock.now())
        if wait is None or wait.total_seconds() >= deadline.left:
            return False
        self._retries += 1
        await clock.sleep(wait)
        return True

    async def _once(self, sent: Call, deadline: Deadline) -> AsyncGenerator[str, None]:
        """One call, and its answer."""
        self.tries, self.rung, self.read = self.tries + 1, sent.rung, Answer()
        self._prompt = tuple(message["content"] for message in sent.body["messages"])
        spoken = Spoken(held=self.request.schema is not None or not self._habits.speaks_at_once)
        begin = ""
        async with aclosing(self._server.pieces(sent.body, deadline)) as pieces:
            try:
                async for piece in pieces:
                    text = spoken.feed(self.read.take(piece))
                    begin = begin or text[:1]
                    if text:
                        yield text
                    if spoken.full:
                        break
                    if self.read.finish is not None:
                        # What is still to come is what it took. Some servers then leave the stream open.
                        deadline.hasten(_GRACE if self.read.usage is None else _MOMENT)
            except TimeoutError:
                if self.read.finish is None:
                    raise
        self._examine(spoken)
        rest = spoken.end()
        if rest:
            yield rest
        self.finish = "length" if spoken.full or self.read.finish == "length" else "stop"
        self._remember(sent, begin or rest[:1], spoken)

    def _examine(self, spoken: Spoken) -> None:
        """Whether an answer that has ended is one."""
        read, who = self.read, f"{self.model} at {self._server.address}"
        if spoken.leaked:
            self._habits.speaks_at_once = False
            raise ModelUnavailable(f"{who} began with its thoughts; from now on they are held back.")
        if read.refused or read.finish == "withheld":
            raise ModelRefused(f"{who} refuses to answer this.")
        if read.finish == "failed" or not (read.complete or spoken.full):
            raise ModelUnavailable(f"The answer of {who} broke off.")

    def _remember(self, sent: Call, begin: str, spoken: Spoken) -> None:
        """What an answer tells about its model and server."""
        if sent.bare:
            learn_bare(self._habits, self.request, sent)
        if self.request.schema is not None:
            if begin not in {"{", ""}:
                # The server took the form and does not hold the model to it: the next rung asks for it in words.
                self._habits.step_down(self.request, sent.rung, alone=False)
        elif spoken.thought_first:
            self._habits.speaks_at_once = False
        elif begin and self._habits.speaks_at_once is None:
            self._habits.speaks_at_once = True

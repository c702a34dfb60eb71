"""What the tests of the model client share: a mind that says what it is told to, and one question to ask it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.models.openai.gateway import ChatModel
from bot.ports.model import Delta, Ended, ModelRequest
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.minds.saying import Prompt, Said, Wire
from tests.fakes.minds.server import MindServer

FORM = {
    "type": "object",
    "properties": {"title": {"type": "string"}},
    "required": ["title"],
    "additionalProperties": False,
}
TEXT = ModelRequest("large", "Work like this.", "On these texts.", "Say something.", 200, about="story 2", user="ab12")
STORY = replace(TEXT, answer="story", schema=FORM)
Saying = Said | Callable[[Prompt], Said]


class Script:
    """Says one thing after another; the last for ever."""

    def __init__(self, *said: Saying) -> None:
        self._said = list(said)

    def answer(self, prompt: Prompt) -> Said:
        """The next."""
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        return said if isinstance(said, Said) else said(prompt)


@dataclass
class Stage:
    """A server, and our client of it."""

    server: MindServer
    model: ChatModel
    clock: FakeClock
    events: KeptEvents
    pieces: list[Delta | Ended] = field(default_factory=list)

    async def ask(self, request: ModelRequest = TEXT) -> tuple[str, Ended]:
        """The text of an answer and its end; nothing comes after the end."""
        self.pieces = [piece async for piece in self.model.stream(request)]
        *deltas, ended = self.pieces
        assert isinstance(ended, Ended)
        assert all(isinstance(delta, Delta) and delta.text for delta in deltas)
        return "".join(delta.text for delta in deltas if isinstance(delta, Delta)), ended

    @property
    def bodies(self) -> list[Any]:
        """What was sent, call by call."""
        return [call.body for call in self.server.calls]


@asynccontextmanager
async def stage(*said: Saying, like: Any = None, seconds: float = 0.0, **settings: Any) -> AsyncIterator[Stage]:
    """A server that says this, for the length of the block."""
    async with MindServer(Script(*said), like=like, seconds=seconds) as server:
        clock, events = FakeClock(), KeptEvents()
        model = ChatModel(server.settings(**settings), clock=clock, events=events)
        try:
            yield Stage(server, model, clock, events)
        finally:
            await model.close()


def failing(status: int, body: bytes = b'{"error": {"message": "No."}}', **headers: str) -> Said:
    """An answer that is an error."""
    return Said(None, wire=Wire(status, {name.replace("_", "-"): value for name, value in headers.items()}, body))


def document(body: bytes, kind: str = "application/json") -> Said:
    """An answer that is one document, whatever was asked for."""
    return Said(None, wire=Wire(body=body, kind=kind))

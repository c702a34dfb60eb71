"""What a mind is asked and what it says; between them stands the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """One call, as a mind sees it."""

    messages: tuple[tuple[str, str], ...]
    """Role and text."""
    schema: Mapping[str, Any] | None = None
    """What the server holds the answer to, if it was asked to."""
    schema_name: str = ""
    as_json: bool = False
    """The answer is wanted as JSON of any shape."""

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(text for _, text in self.messages)


@dataclass(frozen=True, slots=True)
class Wire:
    """How an answer is sent where it is not sent as it should be."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Instead of the answer; also instead of a stream."""
    kind: str = "application/json"
    hang: bool = False
    """Nothing is ever said."""
    cut: float | None = None
    """The connection closes after this share of the answer; at 0 before its first byte."""
    drip: float = 0.0
    """Seconds between pieces of a few letters."""
    rubbish: tuple[bytes, ...] = ()
    """Lines strewn into a stream."""
    endless: bool = False
    """`[DONE]` is never said; the connection stays open."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    text: str | None
    finish: Literal["stop", "length", "content_filter", "tool_calls"] = "stop"
    refusal: str | None = None
    tool_calls: tuple[Mapping[str, Any], ...] = ()
    usage: Literal["true", "missing", "absurd"] = "true"
    wire: Wire | None = None
    reasoning: str | None = None
    """Said beside the answer, as servers do that part thinking from it."""


class Mind(Protocol):
    """Answers prompts; the same prompts in the same order get the same answers."""

    def answer(self, prompt: Prompt) -> Said:
        """Say something."""
        ...

"""A language model, asked in messages."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.domain.tokens import Used

Role = Literal["small", "large"]
"""Which of the operator's models: a cheap quick one, or the one that writes. They may be the same."""


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to a model."""

    role: Role
    stable: str
    """How it has to work: the same characters for all calls of one edition, so that a provider may keep them."""
    shared: str
    """What it works on, the same for several calls; empty if there is nothing of that kind. Holds untrusted text."""
    task: str
    """What is wanted now."""
    most_tokens: int
    """Of its answer."""
    answer: str = "text"
    """Name of the schema, letters and underscores; `text` where the answer is plain text."""
    schema: Mapping[str, Any] | None = None
    """JSON Schema that the answer keeps to, as far as the server can hold it to one; None: plain text."""
    about: str = ""
    """What the call is for, in the journal: `story 2`."""
    user: str | None = None
    """A hash of the person who asked, for the provider's abuse checks; None where nobody did."""


@dataclass(frozen=True, slots=True)
class Delta:
    """More text of an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The last of an answer."""

    finish: Literal["stop", "length", "filtered"]
    """Whether it was at its end, was cut at `most_tokens`, or was withheld."""
    used: Used
    """As the server counted; estimated where it does not say."""
    model: str
    """The name of the model that answered, as the server gives it."""


class LanguageModel(Protocol):
    """Any server that speaks chat completions."""

    def name(self, role: Role) -> str:
        """The model behind a role, as the operator named it."""
        ...

    def context(self, role: Role) -> int:
        """Tokens that prompt and answer may have together."""
        ...

    def stream(self, request: ModelRequest) -> AsyncIterator[Delta | Ended]:
        """The answer, piece by piece; the last piece is `Ended`. Closing it early ends the call.

        Text comes without what a model thought before its answer (`<think>`), capped at 64 KiB, with characters that no
        text can have (lone surrogates, controls) left out. Rate limits and short outages are waited out inside.

        Raises:
            ModelUnavailable: no answer, or a broken one, also after retries.
            ModelRefused: the server or the model will not answer this.
            ModelMisconfigured: the key, address or model name is wrong; nothing will help but the operator.
        """
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...

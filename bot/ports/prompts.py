"""Prompts: text for models, kept in files like code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Untrusted:
    """Text from outside: the library fences it, and takes out what would break the fence."""

    text: str


Fact = str | Untrusted | int


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """What an answer has to look like."""

    name: str
    schema: Mapping[str, Any]
    """JSON Schema in the strict form: every field required, none beside them."""
    read: Callable[[str], T]
    """The answer as data: fences, words around it and small slips are forgiven.

    Raises ValueError with a sentence for the model: which field is wrong, and how.
    """


class PromptLibrary(Protocol):
    """The prompts by name."""

    def render(self, name: str, facts: Mapping[str, Fact]) -> str:
        """A prompt with its variables filled in.

        Raises:
            KeyError: no such prompt, a variable is missing, or one is given that it does not declare.
        """
        ...

    def form(self, answers: type[T]) -> Form[T]:
        """What an answer of this kind looks like: one of `bot.domain.prose.shapes`."""
        ...

    @property
    def digest(self) -> str:
        """Changes with every prompt: part of what an answer is kept under."""
        ...

"""Tokens: what a model is paid by, estimated before a call and counted after it.

Servers count with the tokenizer of their model, which we do not have. The estimate is made to lie above what common
tokenizers give for the scripts we meet: some 3.6 bytes of UTF-8 a token for English and code; a letter of another
alphabet has two bytes or three and half a token or one. Digits are counted apart: many tokenizers cut numbers into
single ones.
"""

import re
from dataclasses import dataclass

_BYTES_A_TOKEN = 3.6
_DIGITS_A_TOKEN = 1.5
_DIGIT = re.compile(r"[0-9]")
_FRAME = 8
"""Tokens that a server puts around a message."""


def estimate(*texts: str) -> int:
    """Tokens of a prompt made of these messages, rather too many than too few."""
    return sum(_FRAME + tokens_of(text) for text in texts)


def tokens_of(text: str) -> int:
    """Tokens of a text inside a message, rather too many than too few."""
    digits = len(_DIGIT.findall(text))
    rest = len(text.encode("utf-8", "replace")) - digits
    return round(rest / _BYTES_A_TOKEN + digits / _DIGITS_A_TOKEN + 0.5)


@dataclass(frozen=True, slots=True)
class Used:
    """What calls of models took."""

    taken: int = 0
    """Tokens in, with those that were cached."""
    given: int = 0
    """Tokens out, with what a model thought before it answered."""
    cached: int = 0
    """Of those taken, the ones a provider had kept from a call before."""
    cost: float = 0.0
    """In the currency of the operator's price table; 0 where a model has no price there."""

    def __add__(self, other: "Used") -> "Used":
        return Used(
            self.taken + other.taken, self.given + other.given, self.cached + other.cached, self.cost + other.cost
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost."""

    taken: float
    given: float
    cached: float

    def of(self, taken: int, given: int, cached: int) -> float:
        """What one call costs."""
        fresh = max(0, taken - cached)
        return (fresh * self.taken + min(cached, taken) * self.cached + given * self.given) / 1_000_000

"""Counts tokens, always the same way: some four characters of English a token, two letters of other scripts.

No vendor's tokenizer; close enough that limits, caches and budgets behave as with one.
"""

import re
from collections.abc import Sequence

_PIECE = re.compile(r" ?[A-Za-z]{1,8}|[0-9]{1,3}|[^\W\d_A-Za-z]{1,2}| ?[^\w\s]{1,3}|\s{1,4}|.", re.DOTALL)
_FRAME = 4
"""Tokens around each message."""


def pieces(text: str) -> list[str]:
    """The tokens of a text; joined, they are the text."""
    return _PIECE.findall(text)


def prompt_pieces(messages: Sequence[tuple[str, str]]) -> list[str]:
    """The tokens of messages (role, text), with those around them."""
    found: list[str] = []
    for role, text in messages:
        found += [f"<{role}>", *[""] * (_FRAME - 1), *pieces(text)]
    return found


def head(text: str, most: int) -> str:
    """The first tokens of a text."""
    return "".join(pieces(text)[:most])


def tail(messages: Sequence[tuple[str, str]], most: int) -> tuple[tuple[str, str], ...]:
    """What is left of messages of which only the last tokens are kept: whole ones go first, then words of the next."""
    kept: list[tuple[str, str]] = []
    for role, text in reversed(messages):
        most -= _FRAME
        if most <= 0:
            break
        found = pieces(text)
        kept.append((role, "".join(found[-most:])))
        most -= len(found)
    return tuple(reversed(kept))


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two prompts begin with in common."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))

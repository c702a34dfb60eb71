"""Many values in several statements: databases bound the variables of one, and long ones keep others waiting."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

KEYS_A_STATEMENT = 100
"""Rows become values on the event loop: between two statements of a long read it answers others."""


def portions(values: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The values in their order, at most so many at a time."""
    return (values[begin : begin + most] for begin in range(0, len(values), most))


def keys_in_portions(keys: Collection[str]) -> Iterator[Sequence[str]]:
    """Keys to read by, each once, in order, few enough for one statement."""
    return portions(sorted(set(keys)), KEYS_A_STATEMENT)

"""Deliveries to rows and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.domain.ledger import Delivery, State

COLUMNS = tuple(field.name for field in fields(Delivery))
"""Of `schema.deliveries`, those that a delivery has: all but its lease."""


def composed_row(posting: str, part: Delivery) -> dict[str, Any]:
    """The columns of `schema.deliveries` of a part that nobody has begun."""
    return {
        "posting": posting,
        "part": part.part,
        "number": part.number,
        "digest": part.digest,
        "state": State.COMPOSED.value,
        "attempt": 0,
        "doubtful": False,
    }


def claimed(row: Mapping[Any, Any]) -> Delivery:
    """A delivery as its row has it. An intent's row holds the doubt of before its claim: what its claimer is to know.

    Raises:
        ValueError: a column holds what was never written.
    """
    return Delivery(**{**{name: row[name] for name in COLUMNS}, "state": State(row["state"])})


def delivery(row: Mapping[Any, Any]) -> Delivery:
    """A delivery as everybody else sees it: an intent may have reached the platform.

    Raises:
        ValueError: a column holds what was never written.
    """
    found = claimed(row)
    return replace(found, doubtful=True) if found.state is State.INTENT else found

"""What tenants read and use to rows and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from adapters.storage.rows import aware
from adapters.wire.contract import from_json, to_json
from bot.domain.follow import Follow, FollowState
from bot.domain.kept import Used
from bot.domain.roster import Thinker

_STATES = get_args(FollowState)


def follow_row(follow: Follow) -> dict[str, Any]:
    """The columns of `schema.follows`.

    Raises:
        ValueError: its instant has no time zone.
    """
    return {
        "tenant": follow.tenant,
        "id": follow.id,
        "state": follow.state,
        "name": follow.name,
        "thinker": None if follow.thinker is None else to_json(follow.thinker, indent=None),
        "by": follow.by,
        "at": aware(follow.at),
    }


def follow(row: Mapping[Any, Any]) -> Follow:
    """A follow from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    if row["state"] not in _STATES:
        raise ValueError(f"{row['state']!r} is no state of a follow")
    thinker = None if row["thinker"] is None else from_json(Thinker, row["thinker"])
    return Follow(**{**row, "thinker": thinker})


def used(row: Mapping[Any, Any]) -> Used:
    """A count from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    return Used(**{**row, "day": date.fromisoformat(row["day"])})

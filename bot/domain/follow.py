"""What a server reads besides, or instead of, what the desk's roster has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.roster import Thinker

FollowState = Literal["added", "left_out", "proposed"]


@dataclass(frozen=True, slots=True)
class Follow:
    """A thinker that a tenant added, left out, or that a member proposed."""

    tenant: str
    id: str
    """The thinker's id."""
    state: FollowState
    name: str
    thinker: Thinker | None
    """None where one of the roster is left out."""
    by: str
    """Who did it: `discord:5678`."""
    at: datetime

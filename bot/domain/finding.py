"""What a doctor finds."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    area: str
    what: str
    value: str
    verdict: Literal["ok", "note", "wrong", "failed"] = "ok"
    """`wrong`: somebody has to mend it; `failed`: it could not be looked at, or does not answer."""
    remedy: str | None = None

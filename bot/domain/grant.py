"""What the admin of a workspace granted us when they installed us there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A token and what belongs to it, in a form that only the adapter that wrote it reads."""

    key: str
    """Begins with the platform: `slack/team/T1`."""
    tenant: str
    """Whose it is; it goes when this goes."""
    sealed: str
    """Secret, even where it is encrypted."""
    at: datetime
    """When it was last written."""

    def __repr__(self) -> str:
        """All but the secret."""
        return f"Grant(key={self.key!r}, tenant={self.tenant!r}, at={self.at!r})"

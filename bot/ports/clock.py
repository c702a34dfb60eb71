"""The only way to know the time."""

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Gives instants as aware UTC datetimes. With `--now` it stands still."""

    @property
    def still(self) -> bool:
        """Whether this clock stands still; durations are then unknown (null)."""
        ...

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    async def sleep(self, duration: timedelta) -> None:
        """Wait. A clock that stands still returns at once. Cancellable."""
        ...

"""A clock that tests set and that never waits."""

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts at `instant` and moves only when slept on (by the duration) or when a test sets `instant`.

    `slept` lists the durations that were asked for, in order. With `still=True` sleeping does not move it.
    """

    def __init__(self, instant: datetime = datetime(2026, 11, 21, 8, 0, tzinfo=UTC), *, still: bool = False) -> None:
        if instant.tzinfo is None:
            raise ValueError("the instant needs an offset")
        self.instant = instant
        self.slept: list[timedelta] = []
        self._still = still

    @property
    def still(self) -> bool:
        """Whether sleeping leaves the time as it is."""
        return self._still

    def now(self) -> datetime:
        """The instant a test or a sleep has set, in UTC."""
        return self.instant.astimezone(UTC)

    def advance(self, duration: timedelta) -> None:
        """Move the time on by `duration`."""
        self.instant += duration

    async def sleep(self, duration: timedelta) -> None:
        """Move the time on (unless still) and let others run once."""
        self.slept.append(duration)
        await asyncio.sleep(0)
        if not self._still:
            self.advance(max(duration, timedelta()))

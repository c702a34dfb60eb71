"""The clocks: the machine's, and one that stands still for `--now`.

This is the only place that asks the operating system for the time; everything else is handed a `Clock`.
"""

import asyncio
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock, in UTC."""

    still = False

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # this class is what the rule sends everyone to

    async def sleep(self, duration: timedelta) -> None:
        """Wait; nothing to wait for (zero or less) still lets others run once."""
        await asyncio.sleep(max(0.0, duration.total_seconds()))


class StillClock:
    """A clock that stands at one instant.

    Raises:
        ValueError: the instant has no offset, so nobody can say when it is.
    """

    still = True

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("the instant needs an offset, for instance 2026-11-21T08:00:00+00:00")
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self._instant

    async def sleep(self, duration: timedelta) -> None:  # noqa: ARG002  # time does not pass here, however long
        """Return at once, having let others run once."""
        await asyncio.sleep(0)

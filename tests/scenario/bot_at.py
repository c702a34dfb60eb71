"""The program as a process by a clock of its own, and with a Discord of our own.

`python -m tests.scenario.bot_at ISO8601 PORT|- COMMAND…`: it is that instant when the process starts, and time goes on
from there. Settings come from the environment, as always. Everything else is the program itself.
"""

import asyncio
import gc
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import adapters.wire.clock
from adapters.cli.app import run
from bot.__main__ import ALLOCATIONS


class Shifted:
    """The machine's clock, moved."""

    still = False
    by = timedelta()

    def now(self) -> datetime:
        """The moved instant."""
        return datetime.now(UTC) + self.by

    async def sleep(self, duration: timedelta) -> None:
        """Real time."""
        await asyncio.sleep(duration.total_seconds())


def main(at: str, port: str, command: list[str]) -> int:
    """Run a command at an instant; its exit code."""
    gc.set_threshold(ALLOCATIONS)
    Shifted.by = datetime.fromisoformat(at) - datetime.now(UTC)
    # A machine whose clock is set otherwise: nothing else of the program is replaced.
    adapters.wire.clock.SystemClock = Shifted  # type: ignore[misc,assignment]
    if port == "-":
        context = nullcontext()
    else:
        from tests.fakes.discord import aimed_at

        context = aimed_at(int(port))  # type: ignore[assignment]
    with context:
        return run(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))

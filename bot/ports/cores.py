"""Work that takes more than 50 ms of CPU and must not stop the event loop."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar

T = TypeVar("T")


class Cores(Protocol):
    """Runs pure, picklable functions elsewhere."""

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """The result of `function(*args)`.

        `function` is a module-level function, arguments and result pickle. An error it raises is raised here.
        Cancellation ends the wait, not always the work.

        Raises:
            CoresError: the time limit passed, memory ran out or the worker died; the worker was replaced.
        """
        ...

    async def close(self) -> None:
        """Stop the workers. Calls under way raise CoresError."""
        ...

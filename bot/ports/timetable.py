"""What wakes us."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

Tick = Callable[[], Awaitable[datetime | None]]
"""Looks what is to be done, has it done, and says when it wants to be woken next."""


class Timetable(Protocol):
    """Wakes at instants, and every few seconds whatever happens.

    What is due is decided by who is woken, from the store: a wake that comes late, twice or never loses and doubles
    nothing.
    """

    async def run(self, tick: Tick) -> None:
        """Call `tick` at once, then at each instant it asks for and at every sweep, until cancelled; never twice at the
        same time. A tick that raises is reported, and the next one comes.
        """
        ...

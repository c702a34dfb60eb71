"""What is kept between runs.

All instants are aware and in UTC. Work happens in a unit: nothing is kept unless it is committed, and a unit that ends
without `commit` (also by an error or a cancellation) leaves the store as it
was. One unit writes at a time; others wait.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.edition import Edition, Window
from bot.domain.health import SourceState
from bot.domain.item import Item


class Items(Protocol):
    """Everything that was published and read."""

    async def add(self, items: Sequence[Item]) -> int:
        """Keep items; returns how many are new. (id, source) known already: its title, text, links and media are
        renewed, its times and backlog mark stay.
        """
        ...

    async def within(self, sources: Collection[str], window: Window) -> list[Item]:
        """Items of these source keys whose `at` lies in the window and that are not backlog; by (at, id, source)."""
        ...

    async def get(self, ids: Collection[str]) -> list[Item]:
        """Items by id, from any source; by (id, source)."""
        ...


class Sources(Protocol):
    """What is remembered of each source."""

    async def get(self, keys: Collection[str]) -> Mapping[str, SourceState]:
        """States by source key; unknown keys are missing."""
        ...

    async def put(self, state: SourceState) -> None:
        """Keep or replace a state."""
        ...


@dataclass(frozen=True, slots=True)
class EditionKey:
    """What makes an edition the same edition; composing it again gives the one that is kept."""

    desk: str
    roster: str
    """`Roster.digest()`."""
    window: Window
    slot: str
    language: str
    writer: str
    topic: str | None = None


class Editions(Protocol):
    """Everything that was composed."""

    async def add(self, key: EditionKey, edition: Edition) -> None:
        """Keep an edition.

        Raises:
            StoreError: its key or its id is kept already.
        """
        ...

    async def get(self, edition: str) -> Edition | None:
        """By id; `latest` is the one whose window ends last (then by id)."""
        ...

    async def by_key(self, key: EditionKey) -> Edition | None:
        """The edition composed under this key."""
        ...

    async def before(self, desk: str, instant: datetime, *, most: int) -> list[Edition]:
        """Editions of a desk, `now` ones left out, whose window ended at or before `instant`; newest first."""
        ...


class Inbounds(Protocol):
    """Which inbound messages were answered, so that a repeated delivery is answered once."""

    async def claim(self, platform: str, message: str, *, at: datetime) -> bool:
        """True for the first caller with this message id, False ever after."""
        ...


class Unit(Protocol):
    """One piece of work on the store."""

    @property
    def items(self) -> Items:
        """The items."""
        ...

    @property
    def sources(self) -> Sources:
        """The source states."""
        ...

    @property
    def editions(self) -> Editions:
        """The editions."""
        ...

    @property
    def inbounds(self) -> Inbounds:
        """The inbound messages."""
        ...

    async def commit(self) -> None:
        """Make it last."""
        ...


class Store(Protocol):
    """The database."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """Begin a piece of work.

        Raises:
            StoreUnavailable, StoreCorrupt, StoreTooNew: on entering, with a sentence for the operator.
        """
        ...

    async def close(self) -> None:
        """Give back everything; the process can end."""
        ...

"""What was made at a cost, kept by what it was made of: whoever makes the same again finds it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from bot.ports.clock import Clock
from bot.ports.store import Store

T = TypeVar("T")


class Dump(Protocol):
    """Turns a dataclass into text."""

    def __call__(self, value: Any, /) -> str:  # noqa: ANN401  # any dataclass
        """The text."""
        ...


class Load(Protocol):
    """Turns the text of a dataclass back."""

    def __call__(self, kind: type[T], text: str, /) -> T:
        """The value. Raises ValueError for what is none of this kind."""
        ...


class TypedResults:
    """Keeps dataclasses among the results of the store. What `load` refuses with ValueError counts as not kept."""

    def __init__(self, store: Store, clock: Clock, dump: Dump, load: Load) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._clock = clock
        self._dump = dump
        self._load = load

    async def find(self, kind: type[T], key: str) -> T | None:
        """What is kept under a key.

        Raises:
            StoreError: the database failed.
        """
        return (await self.find_all(kind, {"": key})).get("")

    async def find_all(self, kind: type[T], keys: Mapping[str, str]) -> dict[str, T]:
        """What is kept under these keys, by the name of each.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            texts = {name: await unit.results.get(key) for name, key in keys.items()}
        found: dict[str, T] = {}
        for name, text in texts.items():
            if text is not None and (value := self._read(kind, text)) is not None:
                found[name] = value
        return found

    async def keep(self, key: str, value: object) -> None:
        """Keep something under a key; what is kept under it already stays.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            await unit.results.put(key, self._dump(value), at=self._clock.now())
            await unit.commit()

    def _read(self, kind: type[T], text: str) -> T | None:
        try:
            return self._load(kind, text)
        except ValueError:
            return None  # written by another version of this program


def key_of(parts: object) -> str:
    """The key of what is made of these parts: a digest of them as JSON, which may hold days and instants."""
    return hashlib.sha256(json.dumps(parts, default=_isoformat, sort_keys=True).encode()).hexdigest()


def _isoformat(value: date) -> str:
    return value.isoformat()

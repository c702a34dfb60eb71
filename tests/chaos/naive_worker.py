"""Ways of posting without a ledger, as programs do it everywhere: they must fail under the faults we survive."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from adapters.locale.catalogue import FluentCatalogue
from adapters.wire.clock import SystemClock
from bot.domain.message import Notice
from bot.domain.place import Place
from bot.errors import PlatformBusy, PlatformError
from tests.fakes.remote.client import NAME, RemotePlatform

Strategy = Literal["send-then-mark", "mark-then-send"]


@dataclass(frozen=True, slots=True)
class NaiveSettings:
    """What such a worker is told."""

    database: Path
    address: str
    strategy: Strategy
    nonce: bool
    patience: float


def seed(database: Path, messages: int, places: int) -> list[str]:
    """Write down what is to be posted; returns the keys."""
    keys = [f"{number:024x}" for number in range(messages)]
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE messages (key TEXT PRIMARY KEY, place TEXT, done INTEGER)")
        connection.executemany(
            "INSERT INTO messages VALUES (?, ?, 0)", [(key, f"p{n % places}") for n, key in enumerate(keys)]
        )
        connection.commit()
    return keys


def work(settings: NaiveSettings) -> None:
    """Post until everything is marked."""
    asyncio.run(_work(settings))


async def _work(settings: NaiveSettings) -> None:
    platform = RemotePlatform(
        settings.address,
        FluentCatalogue(),
        SystemClock(),
        nonce=settings.nonce,
        patience=timedelta(seconds=settings.patience),
    )
    with closing(sqlite3.connect(settings.database)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        while waiting := connection.execute("SELECT key, place FROM messages WHERE done = 0 ORDER BY key").fetchall():
            for key, place in waiting:
                if settings.strategy == "send-then-mark":
                    await _send_then_mark(connection, platform, key, place)
                else:
                    await _mark_then_send(connection, platform, key, place)
    await platform.close()


async def _send_then_mark(connection: sqlite3.Connection, platform: RemotePlatform, key: str, place: str) -> None:
    try:
        await platform.post(Place(NAME, place), Notice(f"Message {key}."), key=key)
    except PlatformError:
        return  # it is not marked: the next round sends it again
    _mark(connection, key, 1)


async def _mark_then_send(connection: sqlite3.Connection, platform: RemotePlatform, key: str, place: str) -> None:
    _mark(connection, key, 1)
    try:
        await platform.post(Place(NAME, place), Notice(f"Message {key}."), key=key)
    except PlatformBusy:
        _mark(connection, key, 0)  # certainly not taken
    except PlatformError:
        return  # perhaps taken: sending it again could double it


def _mark(connection: sqlite3.Connection, key: str, done: int) -> None:
    connection.execute("UPDATE messages SET done = ? WHERE key = ?", (done, key))
    connection.commit()

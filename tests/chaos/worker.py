"""A process that delivers what is owed until nothing is: what is killed, frozen and cut off."""

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

import aiohttp

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.domain import rhythm
from bot.domain.ledger import State
from bot.ports.events import Fact
from bot.ports.platform import Limits, Platform
from bot.ports.store import Store
from bot.services.delivery.deliver import Deliver, DeliverRules
from tests.fakes.remote.client import NAME, RemotePlatform

HURRY = 10
"""After a failure it waits a tenth of the usual time: a run takes minutes, not hours."""
_PAUSE = 0.05
_MOST = 200
"""Postings that are gone through before it is looked again what is due."""
_OPEN = (State.COMPOSED, State.INTENT)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is told."""

    database: str
    address: str
    started: datetime | None
    """When it says that it began to watch; None: when it really did."""
    nonce: bool = True
    readback: bool = True
    at_once: int = 8
    lease: float = 3.0
    patience: float = 1.0
    give_up: float = 10800.0
    limits: Limits = field(default_factory=lambda: Limits(characters=4000, parts=20))
    hurries: bool = True
    """After a platform was silent it waits a tenth of the time."""
    announced: bool = False
    """It tells the platform its process id, for an ambush."""
    journal: Path | None = None
    """Where it writes what it says, a line each."""


class Journal:
    """Writes events down, if anybody wants to read them."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = None if path is None else path.open("a", encoding="utf-8")

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Note it."""
        if self._file is not None:
            self._file.write(f"{event} {facts}\n")
            self._file.flush()

    def warn(self, event: str, /, **facts: Fact) -> None:
        """The same."""
        self.tell(f"! {event}", **facts)


def work(settings: WorkerSettings) -> None:
    """Deliver until nothing is open; SIGTERM stops it as it stops the bot."""
    hurry(after_silence=settings.hurries)
    asyncio.run(_work(settings))


def hurry(*, after_silence: bool = True) -> None:
    """Wait a tenth as long after failures, in this process, and less where a place is closed."""
    if after_silence:
        rhythm._AFTER_SILENCE = tuple(wait / HURRY for wait in rhythm._AFTER_SILENCE)
    rhythm._AFTER_CLOSED = tuple(wait / HURRY**3 for wait in rhythm._AFTER_CLOSED)


async def _work(settings: WorkerSettings) -> None:
    clock = SystemClock()
    store = build(settings.database)
    platform = RemotePlatform(
        settings.address,
        FluentCatalogue(),
        clock,
        nonce=settings.nonce,
        readback=settings.readback,
        limits=settings.limits,
    )
    if settings.announced:
        async with aiohttp.ClientSession() as session:
            await session.put(f"{settings.address}/orders", json={"process": os.getpid()})
    try:
        await deliver_to(NAME, platform, store, clock, settings)
    finally:
        await platform.close()
        await store.close()


async def deliver_to(name: str, platform: Platform, store: Store, clock: SystemClock, settings: WorkerSettings) -> None:
    """Deliver to one platform until nothing is open."""
    rules = DeliverRules(
        lease=timedelta(seconds=settings.lease),
        patience=timedelta(seconds=settings.patience),
        give_up=timedelta(seconds=settings.give_up),
    )
    deliver = Deliver(
        store=store,
        clock=clock,
        platforms={name: platform},
        events=Journal(settings.journal),
        started=settings.started or clock.now(),
        rules=rules,
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, deliver.stop)
    await _deliver_all(store, deliver, clock, settings.at_once)


async def _deliver_all(store: Store, deliver: Deliver, clock: SystemClock, at_once: int) -> None:
    """Go through what is due, a few at a time, again and again: who finds a part taken goes on to the next."""
    while True:
        async with store.unit() as unit:
            due = await unit.postings.find(due_by=clock.now(), most=_MOST)
            counts = await unit.records.counts() if not due else None
        if counts is not None and not any(counts.postings.get(state) for state in _OPEN):
            return
        left = iter([posting.key for posting in due])
        await asyncio.gather(*(_deliver(deliver, left) for _ in range(at_once)), asyncio.sleep(_PAUSE))


async def _deliver(deliver: Deliver, left: Iterator[str]) -> None:
    for posting in left:
        await deliver(posting)

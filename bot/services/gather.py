"""Gather what is new.

One bad source never costs another's items: each is asked, read and committed on its own, and whatever goes wrong with
it becomes the reason in its report. What a source reports is kept with its cursor in one unit of work, so a gather that
is cut off at any point has either both or neither, and the next one goes on from there.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.health import GatherReport, Health, SourceReport, SourceState
from bot.domain.identity import MAX_ENTRIES, admit, told_apart
from bot.domain.item import Item
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker
from bot.errors import SourceError, SourceUnavailable
from bot.ports.clock import Clock
from bot.ports.source import Batch, Source
from bot.ports.store import Store

PATIENCE = timedelta(seconds=60)
"""How long one source may take to answer."""
AT_ONCE = 32
"""Sources asked at the same time; politeness to one host is the client's."""
LONGEST_WAIT = timedelta(hours=24)
"""The longest a failing source is left alone, unless it asks for more."""
LONGEST_ASKED = timedelta(days=7)
"""The longest a source may ask to be left alone: a mistaken header must not switch it off for good."""
EARLY = 0.9
"""Share of a wait that is waited, so that tomorrow's gather is not turned away for starting a minute early."""
MAX_REASON = 300
"""Characters of a reason."""
SPARE = timedelta(seconds=15)
"""How much longer than the patience a source stays ours: to keep what it said."""
_LOOK_AGAIN = timedelta(seconds=1)
"""How often a source that somebody else is asking is looked at."""
_SLICE = 25
"""Entries admitted before other work gets its turn: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """How one source did: the state to keep and the items to keep with it."""

    state: SourceState
    items: tuple[Item, ...] = ()
    reason: str | None = None
    """The reason as people read it now, where it says more than the kept one."""


@dataclass(frozen=True, slots=True)
class _Round:
    """One gather: its instant, at which everything new is first seen, and how recent an answer has to be."""

    at: datetime
    fresh: timedelta | None

    def needs(self, state: SourceState) -> bool:
        """Whether a source has to be asked."""
        last = state.last_gathered
        return self.fresh is None or last is None or not timedelta() <= self.at - last < self.fresh


class Gather:
    """Reads every source of a roster once and keeps what is new."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        open_source: Callable[[SourceSpec], Source | None],
        why_silent: Callable[[SourceType], str],
        patience: timedelta = PATIENCE,
        at_once: int = AT_ONCE,
        progress: Callable[[SourceReport], None] = lambda _: None,
        holder: str | None = None,
    ) -> None:
        """Prepare; nothing is read yet.

        `open_source` gives the source behind an address, None for a type that needs a key or an adapter we do not have;
        `why_silent` says what it needs. `progress` hears of every source as it is done. With `holder`, the name of this
        process, a source is asked by one gather at a time, of this process and others; who comes second waits, and
        finds what the first one kept.
        """
        self._store = store
        self._clock = clock
        self._open = open_source
        self._why_silent = why_silent
        self._patience = patience
        self._at_once = at_once
        self._progress = progress
        self._holder = holder
        self._turns = count()

    async def __call__(self, roster: Roster, *, fresh: timedelta | None = None) -> GatherReport:
        """Ask every source; the report is in the order of the roster, whoever answered first.

        All items are first seen at one instant, the start of the gather. A source that answered within `fresh` of it is
        not asked again, and reported as it is known.

        Raises:
            StoreError: the database failed; sources that were committed by then stay.
        """
        now = _Round(self._clock.now(), fresh)
        asked = [(thinker, spec) for thinker in roster.thinkers for spec in thinker.sources]
        async with self._store.unit() as unit:
            known = await unit.sources.get([spec.key for _, spec in asked])
        places = asyncio.Semaphore(self._at_once)

        async def one(thinker: Thinker, spec: SourceSpec) -> SourceReport:
            async with places:
                return await self._one(thinker, spec, known.get(spec.key, SourceState(spec.key)), now)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(thinker, spec)) for thinker, spec in asked]
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from errors
        reports = tuple(task.result() for task in tasks)
        return GatherReport(sources=reports, items_new=sum(report.items_new for report in reports))

    async def one(self, thinker: Thinker, spec: SourceSpec, *, fresh: timedelta | None = None) -> SourceReport:
        """Ask one source of a thinker; one that answered within `fresh` is not asked again.

        Raises:
            StoreError: the database failed.
        """
        now = _Round(self._clock.now(), fresh)
        return await self._one(thinker, spec, await self._state(spec), now)

    async def _one(self, thinker: Thinker, spec: SourceSpec, before: SourceState, now: _Round) -> SourceReport:
        """Ask one source, when it is our turn and if it still has to be asked; report."""
        if now.needs(before):
            async with self._turn(spec, before) as newest:
                before = newest
                if now.needs(before):
                    return await self._asked(thinker, spec, before, now.at)
        return self._report(thinker, spec, _Answer(before), 0, None)

    @asynccontextmanager
    async def _turn(self, spec: SourceSpec, before: SourceState) -> AsyncIterator[SourceState]:
        """A source that nobody else asks meanwhile, as it is known now."""
        if self._holder is None:
            yield before
            return
        # Each turn has its own holder, so that gathers of one process wait for each other, too.
        name, holder = f"gather:{spec.key}", f"{self._holder}/{next(self._turns)}"
        while not await self._take(name, holder):
            await self._clock.sleep(_LOOK_AGAIN)
        try:
            yield await self._state(spec)
        finally:
            async with self._store.unit() as unit:
                await unit.leases.free(name, holder)
                await unit.commit()

    async def _take(self, name: str, holder: str) -> bool:
        async with self._store.unit() as unit:
            taken = await unit.leases.take(name, holder, self._patience + SPARE)
            await unit.commit()
        return taken

    async def _state(self, spec: SourceSpec) -> SourceState:
        async with self._store.unit() as unit:
            return (await unit.sources.get([spec.key])).get(spec.key, SourceState(spec.key))

    async def _asked(self, thinker: Thinker, spec: SourceSpec, before: SourceState, now: datetime) -> SourceReport:
        """Ask one source, keep what it said, report."""
        started = self._clock.now()
        answer = await self._ask(spec, before, now)
        new = await self._keep(before, answer)
        seconds = None if self._clock.still else (self._clock.now() - started).total_seconds()
        return self._report(thinker, spec, answer, new, seconds)

    def _report(
        self, thinker: Thinker, spec: SourceSpec, answer: _Answer, new: int, seconds: float | None
    ) -> SourceReport:
        report = SourceReport(
            thinker=thinker.name,
            type=spec.type,
            address=spec.address,
            state=answer.state.state,
            items_seen=len(answer.items),
            items_new=new,
            reason=answer.reason or answer.state.reason,
            since=answer.state.since,
            seconds=seconds,
        )
        self._progress(report)
        return report

    async def _ask(self, spec: SourceSpec, before: SourceState, now: datetime) -> _Answer:
        """What a source says, and what that makes of its state. The supervisor: nothing but a cancellation gets out."""
        if before.retry_at and (before.since or now) <= now < before.retry_at:
            until = before.retry_at.isoformat(timespec="minutes")
            return _Answer(before, reason=f"{before.reason}; waiting until {until}")
        try:
            async with asyncio.timeout(self._patience.total_seconds()) as limit:
                source = self._open(spec)
                if source is None:
                    why = self._why_silent(spec.type)
                    return _Answer(replace(before, state=Health.SILENT, reason=why, since=None, retry_at=None))
                return await self._read(await source.fetch(before.cursor, now=now), before, now)
        except SourceUnavailable as error:
            return _Answer(_down(before, str(error), now, asked=error.retry_after))
        except SourceError as error:
            return _Answer(_down(before, str(error), now))
        except Exception as error:  # noqa: BLE001  # whatever breaks in one source must not cost the others
            if limit.expired():
                return _Answer(_down(before, f"no answer within {self._patience.total_seconds():g} s", now))
            return _Answer(_down(before, f"unexpected {type(error).__name__}: {error}".rstrip(": "), now))

    async def _read(self, batch: Batch, before: SourceState, now: datetime) -> _Answer:
        """An answer: its entries admitted, a little at a time, and the state of a source that answers."""
        items: list[Item] = []
        first = before.first_gathered is None
        # While it was down editions went out without it: all it published until now comes late.
        looked = None if first else now if before.state is Health.DOWN else before.last_gathered
        for start in range(0, min(len(batch.found), MAX_ENTRIES), _SLICE):
            items += (
                admit(found, source=before.key, now=now, first_gather=first, looked=looked, still=self._clock.still)
                for found in batch.found[start : min(start + _SLICE, MAX_ENTRIES)]
            )
            await asyncio.sleep(0)
        moved = f"moved for good to {batch.moved_to}; the roster has the old address" if batch.moved_to else None
        state = SourceState(
            before.key,
            cursor=batch.cursor,
            state=Health.MOVED if moved else Health.UNCHANGED if batch.unchanged else Health.OK,
            reason=_sentence(moved) if moved else None,
            first_gathered=before.first_gathered or now,
            last_gathered=now,
        )
        return _Answer(state, tuple(told_apart(items)))

    async def _keep(self, before: SourceState, answer: _Answer) -> int:
        """Commit items and state together; returns how many items are new."""
        if answer.state == before and not answer.items:
            return 0
        async with self._store.unit() as unit:
            new = await unit.items.add(answer.items) if answer.items else 0
            await unit.sources.put(answer.state)
            await unit.commit()
        return new


def _down(before: SourceState, reason: str, now: datetime, *, asked: timedelta | None = None) -> SourceState:
    """The state of a source that failed; cursor and history stay.

    The first failure is tried again by the next gather. After that a source is left alone for as long as it has been
    down, so the waits double, up to a day: exponential back-off with nothing to remember but the first failure. What
    the source asked for counts if it is longer.
    """
    since = before.since if before.state is Health.DOWN and before.since else now
    wait = min(max(now - since, timedelta()) * EARLY, LONGEST_WAIT * EARLY)
    wait = max(wait, min(asked or timedelta(), LONGEST_ASKED))
    return replace(
        before, state=Health.DOWN, reason=_sentence(reason), since=since, retry_at=now + wait if wait else None
    )


def _sentence(reason: str) -> str:
    """A reason on one line, without unprintable characters, at most 300 characters."""
    return "".join(c for c in " ".join(reason.split()) if c.isprintable())[:MAX_REASON]

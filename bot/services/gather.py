"""Gather what is new.

One bad source never costs another's items: each is asked, read and committed on its own, and whatever goes wrong with
it becomes the reason in its report. What a source reports is kept with its cursor in one unit of work, so a gather that
is cut off at any point has either both or neither, and the next one goes on from there.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
_SLICE = 25
"""Entries admitted before other work gets its turn: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """How one source did: the state to keep and the items to keep with it."""

    state: SourceState
    items: tuple[Item, ...] = ()
    reason: str | None = None
    """The reason as people read it now, where it says more than the kept one."""


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
    ) -> None:
        """Prepare; nothing is read yet.

        `open_source` gives the source behind an address, None for a type that needs a key or an adapter we do not have;
        `why_silent` says what it needs. `progress` hears of every source as it is done.
        """
        self._store = store
        self._clock = clock
        self._open = open_source
        self._why_silent = why_silent
        self._patience = patience
        self._at_once = at_once
        self._progress = progress

    async def __call__(self, roster: Roster) -> GatherReport:
        """Ask every source; the report is in the order of the roster, whoever answered first.

        All items are first seen at one instant, the start of the gather.

        Raises:
            StoreError: the database failed; sources that were committed by then stay.
        """
        now = self._clock.now()
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

    async def _one(self, thinker: Thinker, spec: SourceSpec, before: SourceState, now: datetime) -> SourceReport:
        """Ask one source, keep what it said, report."""
        started = self._clock.now()
        answer = await self._ask(spec, before, now)
        new = await self._keep(before, answer)
        report = SourceReport(
            thinker=thinker.name,
            type=spec.type,
            address=spec.address,
            state=answer.state.state,
            items_seen=len(answer.items),
            items_new=new,
            reason=answer.reason or answer.state.reason,
            since=answer.state.since,
            seconds=None if self._clock.still else (self._clock.now() - started).total_seconds(),
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
        for start in range(0, min(len(batch.found), MAX_ENTRIES), _SLICE):
            items += (
                admit(found, source=before.key, now=now, first_gather=first, still=self._clock.still)
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

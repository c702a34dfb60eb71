"""Subscriptions, what is owed to them, and the builds for it, in memory."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from adapters.storage.memory_contents import Contents, Turn
from adapters.storage.owing import (
    COMPOSED_ONCE,
    NO_SUBSCRIPTION,
    UNTOUCHED,
    still_fits,
    too_late,
    why_skipped,
)
from adapters.storage.rows import aware, aware_or_none
from bot.domain.ledger import SETTLED, Build, BuildKey, Posting, State, posting_key
from bot.domain.reasons import OVERTAKEN, UNSUBSCRIBED
from bot.domain.subscription import Subscription
from bot.domain.timetable import Due, Schedule


class MemorySubscriptions:
    """Which place receives which desk."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def put(self, subscription: Subscription) -> None:
        """Keep or replace, by id; planned postings that no longer fit it are dropped."""
        value = replace(
            subscription,
            since=aware(subscription.since),
            options=tuple(sorted(dict(subscription.options).items())),
            paused_until=aware_or_none(subscription.paused_until),
        )
        kept = await self._unit.writing()
        there = kept.subscriptions.get(value.id)
        before = None if there is None else there.schedule
        for posting in [p for p in kept.postings.values() if p.subscription == value.id and p.state is State.PLANNED]:
            if not _fits(posting, before, value):
                del kept.postings[posting.key]
        kept.subscriptions[value.id] = value

    async def drop(self, subscription: str) -> bool:
        """End it: what is planned or composed for it, and not begun, is skipped. False if there is none of this id."""
        kept = await self._unit.writing()
        if kept.subscriptions.pop(subscription, None) is None:
            return False
        for posting in [p for p in kept.postings.values() if p.subscription == subscription]:
            if _is_untouched(kept, posting):
                kept.postings[posting.key] = replace(posting, state=State.SKIPPED, reason=UNSUBSCRIBED)
        return True

    async def find(self, ids: Collection[str] | None = None, *, tenant: str | None = None) -> list[Subscription]:
        """Those of these ids, of this tenant, or all; by (tenant, id)."""
        wanted = None if ids is None else frozenset(ids)
        found = [
            subscription
            for subscription in self._unit.reading().subscriptions.values()
            if (wanted is None or subscription.id in wanted) and (tenant is None or subscription.tenant == tenant)
        ]
        return sorted(found, key=lambda subscription: (subscription.tenant, subscription.id))

    async def schedules(self) -> list[Schedule]:
        """The schedules in use, each once, in order."""
        return sorted({subscription.schedule for subscription in self._unit.reading().subscriptions.values()})


def _fits(posting: Posting, before: Schedule | None, subscription: Subscription) -> bool:
    owed_now = (subscription.tenant, subscription.place, subscription.desk, subscription.language)
    same = (posting.tenant, posting.place, posting.desk, posting.language) == owed_now
    schedules = before, subscription.schedule
    return same and not subscription.paused_at(posting.due) and still_fits(*schedules, posting.date, posting.slot)


def _is_untouched(kept: Contents, posting: Posting) -> bool:
    return posting.state in UNTOUCHED and not _was_attempted(kept, posting)


def _was_attempted(kept: Contents, posting: Posting) -> bool:
    return any(leased.delivery.attempt > 0 for leased in kept.deliveries.get(posting.key, {}).values())


class MemoryPostings:
    """What is owed to places."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def plan(self, schedule: Schedule, due: Due, *, missed: str | None = None) -> int:
        """See that everything under this schedule has its posting for a slot; returns how many are new or made anew."""
        slot = replace(due, at=aware(due.at))
        if next(_lacking(self._unit.reading(), schedule, slot, missed), None) is None:
            return 0
        kept = await self._unit.writing()
        new = list(_lacking(kept, schedule, slot, missed))
        for posting in new:
            kept.postings[posting.key] = posting
            kept.deliveries.pop(posting.key, None)
        return len(new)

    async def expire(self, now: datetime, *, catch_up: timedelta) -> list[Posting]:
        """Skip what is too old to be published; returns those it skipped, by (due, key)."""
        instant = aware(now)
        if not _expired(self._unit.reading(), instant, catch_up):
            return []
        kept = await self._unit.writing()
        skipped = _expired(kept, instant, catch_up)
        kept.postings.update({posting.key: posting for posting in skipped})
        return skipped

    async def find(
        self, *, keys: Collection[str] | None = None, due_by: datetime | None = None, most: int = 1000
    ) -> list[Posting]:
        """Those of these keys, by key; or those to deliver, in turns between tenants, at most `most`."""
        kept = self._unit.reading().postings
        if keys is not None:
            return [kept[key] for key in sorted(set(keys)) if key in kept]
        if due_by is None:
            return []
        latest = aware(due_by)
        return _in_turns([posting for posting in kept.values() if _is_to_deliver(posting, latest)])[:most]

    async def put(self, posting: Posting) -> bool:
        """Replace a posting's state, late mark, reason, tries and `retry_at`; False if it is settled or not there."""
        retry_at = aware_or_none(posting.retry_at)
        kept = (await self._unit.writing()).postings
        there = kept.get(posting.key)
        if there is None or there.state in SETTLED:
            return False
        kept[posting.key] = replace(
            there,
            state=posting.state,
            late=posting.late,
            reason=posting.reason,
            tries=posting.tries,
            retry_at=retry_at,
        )
        return True


def _lacking(kept: Contents, schedule: Schedule, due: Due, missed: str | None) -> Iterator[Posting]:
    for subscription in kept.subscriptions.values():
        if subscription.schedule == schedule and subscription.since <= due.at:
            posting = _owed(subscription, due, missed)
            there = kept.postings.get(posting.key)
            if there is None or (posting.state is State.PLANNED and _may_come_again(kept, there)):
                yield posting


def _owed(subscription: Subscription, due: Due, missed: str | None) -> Posting:
    reason = why_skipped(subscription, due, missed)
    return Posting(
        key=posting_key(subscription.id, due),
        subscription=subscription.id,
        tenant=subscription.tenant,
        place=subscription.place,
        desk=subscription.desk,
        slot=due.slot,
        date=due.date,
        due=due.at,
        language=subscription.language,
        state=State.PLANNED if reason is None else State.SKIPPED,
        reason=reason,
    )


def _may_come_again(kept: Contents, posting: Posting) -> bool:
    """Whether a posting was skipped, nothing of it attempted, and its place has had no later edition."""
    if posting.state is not State.SKIPPED or _was_attempted(kept, posting):
        return False
    return not any(
        other.subscription == posting.subscription and other.due > posting.due and other.state in COMPOSED_ONCE
        for other in kept.postings.values()
    )


def _expired(kept: Contents, now: datetime, catch_up: timedelta) -> list[Posting]:
    newest: dict[str, datetime] = {}
    for posting in kept.postings.values():
        if posting.due <= now and posting.subscription != NO_SUBSCRIPTION:
            newest[posting.subscription] = max(posting.due, newest.get(posting.subscription, posting.due))
    skipped = []
    for posting in sorted(kept.postings.values(), key=_age):
        late = posting.due < now - catch_up
        if (late or posting.due < newest.get(posting.subscription, posting.due)) and _is_untouched(kept, posting):
            reason = too_late(posting.due, catch_up) if late else OVERTAKEN
            skipped.append(replace(posting, state=State.SKIPPED, reason=reason))
    return skipped


def _age(posting: Posting) -> tuple[datetime, str]:
    return posting.due, posting.key


def _is_to_deliver(posting: Posting, by: datetime) -> bool:
    open_now = posting.state in {State.COMPOSED, State.INTENT} and posting.due <= by
    return open_now and (posting.retry_at is None or posting.retry_at <= by)


def _in_turns(postings: list[Posting]) -> list[Posting]:
    turns: dict[str, Iterator[int]] = {}
    numbered = [(next(turns.setdefault(p.tenant, count())), *_age(p), p) for p in sorted(postings, key=_age)]
    return [posting for *_, posting in sorted(numbered, key=lambda each: each[:3])]


class MemoryBuilds:
    """Editions that are to be composed for postings."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def waiting(self, until: datetime) -> list[BuildKey]:
        """Builds of planned postings due at or before `until`; each once, by due instant."""
        latest = aware(until)
        kept = self._unit.reading().postings.values()
        keys = {_build_key(posting) for posting in kept if posting.state is State.PLANNED and posting.due <= latest}
        return sorted(keys, key=lambda key: (key.due, key.desk, key.language, key.slot, key.date))

    async def start(self, key: BuildKey, end: datetime, start: datetime) -> Build:
        """The build under this key; begun now, with the window (start, end], if there is none."""
        known = replace(key, due=aware(key.due))
        last, first = aware(end), aware(start)
        if known in self._unit.reading().builds:
            return self._unit.reading().builds[known]
        kept = await self._unit.writing()
        newest = _newest_window_end(kept, _planned_for(known))
        begin = newest if newest is not None and first <= newest < last else first
        return kept.builds.setdefault(known, Build(known, begin, last))

    async def finish(self, build: Build) -> int:
        """Keep how a build ended. With an edition, its planned postings become composed with it; returns how many."""
        key = replace(build.key, due=aware(build.key.due))
        value = replace(build, key=key, window_start=aware(build.window_start), window_end=aware(build.window_end))
        kept = await self._unit.writing()
        there = kept.builds.get(key, value)
        if value.edition is not None or there.edition is None:
            kept.builds[key] = replace(there, edition=value.edition, seconds=value.seconds, reason=value.reason)
        if value.edition is None:
            return 0
        composed = list(filter(_planned_for(key), kept.postings.values()))
        for posting in composed:
            kept.postings[posting.key] = replace(
                posting, state=State.COMPOSED, edition=value.edition, window_end=value.window_end
            )
        return len(composed)

    async def lasted(self, desk: str, most: int = 10) -> list[float]:
        """Seconds that the last builds of a desk took, newest first."""
        took = [
            (key.due, str(key), build.seconds)
            for key, build in self._unit.reading().builds.items()
            if key.desk == desk and build.seconds is not None
        ]
        return [seconds for *_, seconds in sorted(took, reverse=True)[:most]]


def _build_key(posting: Posting) -> BuildKey:
    return BuildKey(posting.desk, posting.due, posting.language, posting.slot, posting.date)


def _planned_for(key: BuildKey) -> Callable[[Posting], bool]:
    return lambda posting: posting.state is State.PLANNED and _build_key(posting) == key


def _newest_window_end(kept: Contents, waits: Callable[[Posting], bool]) -> datetime | None:
    """Where the window ended of the newest composed posting of any place that waits."""
    waiting = {posting.subscription for posting in kept.postings.values() if waits(posting)}
    newest: dict[str, datetime] = {}
    for posting in sorted(kept.postings.values(), key=_age):
        if posting.subscription in waiting and posting.state in COMPOSED_ONCE and posting.window_end is not None:
            newest[posting.subscription] = posting.window_end
    return max(newest.values(), default=None)

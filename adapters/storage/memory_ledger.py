"""The delivery ledger, leases, results of stages and the figures of status, in memory."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.storage.memory_contents import Contents, Lease, Leased, Turn
from adapters.storage.rows import aware
from bot.domain.ledger import CARD, SETTLED, Delivery, Posting, State
from bot.ports.store import Counts


class MemoryResults:
    """What a stage made of something, by the content it was made of."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def get(self, key: str) -> str | None:
        """What was kept under this key."""
        value, _ = self._unit.reading().results.get(key, (None, None))
        return value

    async def put(self, key: str, value: str, *, at: datetime) -> None:
        """Keep it; what is kept under this key already stays."""
        instant = aware(at)
        (await self._unit.writing()).results.setdefault(key, (value, instant))


class MemoryLedger:
    """The messages of postings."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def begin(self, posting: str, parts: Sequence[Delivery]) -> list[Delivery]:
        """The deliveries of a posting, by number; `parts` are kept if there are none yet, in state `composed`."""
        if parts and posting not in self._unit.reading().deliveries:
            kept = (await self._unit.writing()).deliveries
            composed = (Delivery(posting, part.part, part.number, part.digest) for part in parts)
            kept.setdefault(posting, {delivery.part: Leased(delivery) for delivery in composed})
        found = self._unit.reading().deliveries.get(posting, {}).values()
        return sorted((leased.delivery for leased in found), key=lambda delivery: delivery.number)

    async def take(self, delivery: Delivery, lease: timedelta) -> Delivery | None:
        """Claim a part: from `composed`, or from an `intent` whose lease ran out; its attempt is still the one given.

        The result has `doubtful` as it was before the claim. None: somebody else holds it, or its posting was skipped
        or parked meanwhile.
        """
        kept = await self._unit.writing()
        now = self._unit.now()
        leased = _leased(kept, delivery)
        posting = kept.postings.get(delivery.posting)
        given_up = posting is not None and posting.state in {State.SKIPPED, State.PARKED}
        if leased is None or given_up or not _is_free(leased, now):
            return None
        claimed = replace(leased.delivery, state=State.INTENT, attempt=leased.delivery.attempt + 1)
        _keep(kept, Leased(replace(claimed, doubtful=True), now + lease))
        if posting is not None and posting.state is State.COMPOSED and claimed.number == 0:  # the others follow it
            kept.postings[posting.key] = replace(posting, state=State.INTENT)
        return claimed

    async def settle(self, delivery: Delivery, *, at: datetime) -> bool:
        """Write what became of an attempt, if the part is still an `intent` of it; False for who comes late.

        `at` becomes `sent_at` of a part that was sent. State `composed` gives it back; state `intent` keeps it
        doubtful and lets the lease end now.
        """
        instant = aware(at)
        kept = await self._unit.writing()
        leased = _leased(kept, delivery)
        if leased is None or leased.delivery.state is not State.INTENT:
            return False
        settled = replace(
            leased.delivery,
            state=delivery.state,
            message=delivery.message,
            thread=delivery.thread,
            reason=delivery.reason,
            doubtful=delivery.doubtful or delivery.state is State.INTENT,
            sent_at=instant if delivery.state is State.SENT else None,
        )
        _keep(kept, Leased(settled))
        return True

    async def forget(self, before: datetime) -> None:
        """Delete what is settled and was due before this, with its deliveries; builds, results, leases, inbounds and
        counts as old.
        """
        instant = aware(before)
        _forget(await self._unit.writing(), instant, self._unit.now())


def _leased(kept: Contents, delivery: Delivery) -> Leased | None:
    found = kept.deliveries.get(delivery.posting, {}).get(delivery.part)
    return found if found is not None and found.delivery.attempt == delivery.attempt else None


def _is_free(leased: Leased, now: datetime) -> bool:
    if leased.delivery.state is State.INTENT:
        return leased.until is None or leased.until <= now
    return leased.delivery.state is State.COMPOSED


def _keep(kept: Contents, leased: Leased) -> None:
    posting = leased.delivery.posting
    kept.deliveries[posting] = {**kept.deliveries[posting], leased.delivery.part: leased}


class MemoryLeases:
    """Who may do something now."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def take(self, name: str, holder: str, lease: timedelta) -> bool:
        """Claim or renew; False if somebody else holds it."""
        kept = (await self._unit.writing()).leases
        now = self._unit.now()
        found = kept.get(name)
        if found is not None and found.holder != holder and found.until > now:
            return False
        kept[name] = Lease(holder, now + lease)
        return True

    async def free(self, name: str, holder: str) -> None:
        """Give it back, if it is held."""
        kept = (await self._unit.writing()).leases
        if name in kept and kept[name].holder == holder:
            del kept[name]

    async def held(self, prefix: str) -> list[str]:
        """Names that begin so and are held now, in order."""
        now = self._unit.now()
        kept = self._unit.reading().leases
        return sorted(name for name, lease in kept.items() if name.startswith(prefix) and lease.until > now)


class MemoryRecords:
    """What status and metrics tell."""

    def __init__(self, unit: Turn) -> None:
        self._unit = unit

    async def counts(self) -> Counts:
        """How many rows there are, by state; states without rows are missing."""
        kept = self._unit.reading()
        now = self._unit.now()
        return Counts(
            postings=Counter(posting.state for posting in kept.postings.values()),
            deliveries=Counter(
                leased.delivery.state for parts in kept.deliveries.values() for leased in parts.values()
            ),
            subscriptions=len(kept.subscriptions),
            paused=sum(subscription.paused_at(now) for subscription in kept.subscriptions.values()),
            items=len(kept.items),
            editions=len(kept.editions),
        )

    async def troubled(self, *, most: int) -> list[Posting]:
        """Postings that were parked or skipped, newest due first."""
        kept = self._unit.reading().postings.values()
        return sorted((p for p in kept if p.state in {State.PARKED, State.SKIPPED}), key=_recency, reverse=True)[:most]

    async def last(self, subscriptions: Collection[str]) -> Mapping[str, Posting]:
        """The newest sent posting of each, by subscription."""
        wanted = frozenset(subscriptions)
        kept = self._unit.reading().postings.values()
        sent = [posting for posting in kept if posting.state is State.SENT and posting.subscription in wanted]
        return {posting.subscription: posting for posting in sorted(sent, key=_recency)}

    async def lateness(self, since: datetime) -> list[float]:
        """Seconds from due to card, of postings due since then, in order of size."""
        earliest = aware(since)
        kept = self._unit.reading()
        cards = [(posting, kept.deliveries.get(posting.key, {}).get(CARD)) for posting in kept.postings.values()]
        return sorted(
            (card.delivery.sent_at - posting.due).total_seconds()
            for posting, card in cards
            if posting.due >= earliest and card is not None and card.delivery.sent_at is not None
        )


def _recency(posting: Posting) -> tuple[datetime, str]:
    return posting.due, posting.key


def _forget(kept: Contents, before: datetime, now: datetime) -> None:
    """Delete what was settled and due before this: never an open posting, nor a build that one waits for."""
    for key in [key for key, p in kept.postings.items() if p.state in SETTLED and p.due < before]:
        del kept.postings[key]
        kept.deliveries.pop(key, None)
    waiting = {(p.desk, p.due, p.language) for p in kept.postings.values() if p.state is State.PLANNED}
    for build in [key for key in kept.builds if key.due < before and (key.desk, key.due, key.language) not in waiting]:
        del kept.builds[build]
    for key in [key for key, (_, at) in kept.results.items() if at < before]:
        del kept.results[key]
    for key in [key for key, lease in kept.leases.items() if lease.until < min(before, now)]:
        del kept.leases[key]
    kept.inbounds = {message: at for message, at in kept.inbounds.items() if at >= before}
    kept.usage = {key: used for key, used in kept.usage.items() if used.day >= before.date()}

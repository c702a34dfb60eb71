"""Send it, once.

Each part is claimed in the ledger before the platform is asked, and its result is recorded after it, in units of their
own: a process that ends in between leaves an intent behind, and whoever finds it looks before posting. A result and the
next claim do not share a unit, because the pause between two posts lies between them. What there is to send is found in
`opening`, an attempt is made and judged in `attempt`; here it is claimed and recorded.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.ledger import CARD, SETTLED, Delivery, Posting, State, next_part, outcome
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.platform import Platform
from bot.ports.store import Store, Unit
from bot.services.delivery.attempt import Attempts, DeliverRules, Moment, Sending, Verdict
from bot.services.delivery.finishing import link_stories
from bot.services.delivery.opening import Opening
from bot.services.delivery.paced import Paced
from bot.services.delivery.trace import Trace

__all__ = ["Deliver", "DeliverRules"]

OnClosed = Callable[[Subscription, Posting], Awaitable[None]]
"""Hears of a subscription that was paused because its place is closed, and of the posting that found out."""


class Deliver:
    """Posts what is still to be posted of a posting, in order."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        platforms: Mapping[str, Platform],
        events: Events,
        started: datetime,
        rules: DeliverRules | None = None,
        on_closed: OnClosed | None = None,
    ) -> None:
        """Prepare; nothing is read yet. `started` is when this process began to watch what is due; `on_closed` hears of
        each pause at most once.
        """
        self._store = store
        self._clock = clock
        self._rules = rules = rules or DeliverRules()
        self._trace = Trace(events)
        paced = {name: Paced(platform, clock, rules.patience) for name, platform in platforms.items()}
        self._open = Opening(store, clock, paced, self._trace, rules.late_after)
        self._attempts = Attempts(clock, started, rules)
        self._on_closed = on_closed
        self._stopped = False

    def stop(self) -> None:
        """Begin no attempt after this; one under way is finished and recorded."""
        self._stopped = True

    async def __call__(self, posting: str) -> None:
        """Go on with the posting of this key until it is done, held back, or somebody else is at it.

        Raises:
            StoreError: the database failed. A part whose result could not be recorded is an intent: it is looked for.
            Exception: whatever an adapter raises that is no `PlatformError`; the same holds.
        """
        sending = None if self._stopped else await self._open(posting)
        if sending is None:
            return
        while (row := next_part(list(sending.rows.values()))) is not None:
            await sending.platform.turn(sending.place_of(row.part))
            since = Moment.of(self._clock)
            taken = None if self._stopped else await self._take(sending, row)
            if taken is None:
                return
            verdict = await self._attempts.make(sending, taken, since)
            if not await self._record(sending, verdict):
                return
        if not self._stopped:
            await link_stories(sending, self._trace)
        await self._finish(sending)

    async def _take(self, sending: Sending, row: Delivery) -> Delivery | None:
        """Claim a part, and the posting with it. None: somebody else has it."""
        async with self._store.unit() as unit:
            taken = await unit.ledger.take(row, self._rules.lease)
            if taken is not None:
                await unit.commit()
        sending.posting = replace(sending.posting, state=State.INTENT)
        return taken

    async def _record(self, sending: Sending, verdict: Verdict) -> bool:
        """Write down what became of an attempt, and tell it; whether the next part may follow."""
        delivery, now = verdict.delivery, self._clock.now()
        posting = _posting_after(sending.posting, verdict, now)
        paused = None
        async with self._store.unit() as unit:
            if not await unit.ledger.settle(delivery, at=now):
                self._trace.late_writer(sending.posting, delivery)
                return False
            kept = posting == sending.posting or await unit.postings.put(posting)
            if kept and verdict.closes:
                paused = await _pause(unit, posting)
            await unit.commit()
        _note(sending, posting, verdict, now)
        self._trace.attempt(posting, verdict, now)
        if kept and verdict.gives_up:
            self._trace.ended(posting, now, sent=_sent(sending))
        if paused is not None:
            await self._tell_paused(paused, posting)
        return delivery.state in SETTLED and not verdict.gives_up

    async def _tell_paused(self, paused: Subscription, posting: Posting) -> None:
        self._trace.paused(posting)
        if self._on_closed is not None:
            await self._on_closed(paused, posting)

    async def _finish(self, sending: Sending) -> None:
        """Close a posting none of whose parts is open, and tell it once."""
        rows = sorted(sending.rows.values(), key=lambda row: row.number)
        reason = next((row.reason for row in rows if row.state in {State.PARKED, State.SKIPPED}), None)
        state = outcome(rows) or sending.posting.state
        posting = replace(sending.posting, state=state, reason=reason, tries=0, retry_at=None)
        async with self._store.unit() as unit:
            if not await unit.postings.put(posting):
                return
            await unit.commit()
        self._trace.ended(posting, self._clock.now(), sent=_sent(sending))


def _posting_after(posting: Posting, verdict: Verdict, now: datetime) -> Posting:
    return replace(
        posting,
        state=State.PARKED if verdict.gives_up else posting.state,
        reason=verdict.delivery.reason if verdict.gives_up else None,
        tries=verdict.failures,
        retry_at=None if verdict.wait is None else now + verdict.wait,
    )


def _note(sending: Sending, posting: Posting, verdict: Verdict, now: datetime) -> None:
    """Remember what was recorded."""
    delivery = verdict.delivery
    sending.posting = posting
    sending.rows[delivery.part] = replace(delivery, sent_at=now if delivery.state is State.SENT else None)
    sending.card_seen = sending.card_seen or delivery.part == CARD


def _sent(sending: Sending) -> int:
    return sum(row.state is State.SENT for row in sending.rows.values())


async def _pause(unit: Unit, posting: Posting) -> Subscription | None:
    """Pause the subscription of a place that is closed; None if there is none, or that was done before."""
    for subscription in await unit.subscriptions.find([posting.subscription]):
        if subscription.paused_until != FOR_GOOD:
            paused = replace(subscription, paused_until=FOR_GOOD, pause_reason=posting.reason)
            await unit.subscriptions.put(paused)
            return paused
    return None

"""One attempt to post one message, and what its result means.

Nothing is written here: the attempt was claimed before, and its verdict is recorded after. An attempt that may have
reached the platform stays doubtful until the place was read back.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.ledger import CARD, Delivery, Posting, State
from bot.domain.message import Part
from bot.domain.place import Place
from bot.domain.reasons import RESTORED, WITHDRAWN
from bot.domain.rhythm import wait_after_closed, wait_after_silence
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    ThreadWithdrawn,
)
from bot.ports.clock import Clock
from bot.ports.platform import Ref
from bot.services.delivery.paced import Paced

_SILENT = "no answer"
_BUSY = "not taken now"
_CLOSED = "the place is closed"
_REFUSED = "refused"
_NOT_TAKEN = (PlatformBusy, PlaceClosed, ThreadWithdrawn, MessageRefused)

CHANGED = "content changed since this was begun"
UNDECIDED = "it cannot be decided whether it was posted: somebody must look"
TOO_LATE = "it could not be posted in time"


@dataclass(frozen=True, slots=True)
class DeliverRules:
    """How long to wait for what."""

    lease: timedelta = timedelta(seconds=60)
    """For one attempt: no call begins in its second half, which is longer than `patience`."""
    patience: timedelta = timedelta(seconds=20)
    """For one call to the platform."""
    give_up: timedelta = timedelta(hours=3)
    """After its time, or after our start where that was later, what still does not go through is parked."""
    closed_tries: int = 3
    """Times that a place which is closed is tried before its subscription is paused."""
    late_after: timedelta = timedelta(minutes=15)
    """After its time, an edition says that it is late."""


@dataclass(slots=True)
class Sending:
    """A posting on its way: its messages, its rows, where it goes."""

    posting: Posting
    platform: Paced
    content: Mapping[str, tuple[Part, str]]
    """By name of the part: the message, and its digest."""
    rows: dict[str, Delivery]
    """By name of the part."""
    card_seen: bool = False
    """The card was posted or found just now."""

    def place_of(self, part: str) -> Place:
        """Where a part stands: what follows the card, in its thread."""
        place = self.posting.place
        return place if part == CARD else replace(place, thread=self.rows[CARD].thread or place.thread)

    def message_of(self, delivery: Delivery) -> Part | None:
        """The frozen message; None if what the edition gives now is something else."""
        message, digest = self.content.get(delivery.part, (None, None))
        return message if digest == delivery.digest else None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant on both clocks: one of them stands while a machine sleeps, the other can be set."""

    monotonic: float
    wall: datetime

    @classmethod
    def of(cls, clock: Clock) -> "Moment":
        """Now."""
        return cls(asyncio.get_running_loop().time(), clock.now())

    def until(self, later: "Moment") -> float:
        """Seconds that have passed by whichever clock says more."""
        return max(later.monotonic - self.monotonic, (later.wall - self.wall).total_seconds())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an attempt, and what that means for its posting."""

    delivery: Delivery
    """As it is to be settled."""
    wait: timedelta | None = None
    """The posting is left alone for so long."""
    failures: int = 0
    """Of the same kind, in a row."""
    gives_up: bool = False
    """Nothing more of the posting is tried."""
    closes: bool = False
    """The subscription is paused."""
    found: bool = False
    """It was there already."""


class Attempts:
    """Makes attempts and judges them."""

    def __init__(self, clock: Clock, started: datetime, rules: DeliverRules) -> None:
        self._clock = clock
        self._started = started
        self._rules = rules

    async def make(self, sending: Sending, taken: Delivery, since: Moment) -> Verdict:
        """Post a part that was taken just now, unless it is there; `since` is from just before it was taken.

        Raises:
            Exception: whatever an adapter raises that is no `PlatformError`. The part is then an intent under a lease.
        """
        message = sending.message_of(taken)
        if message is None:
            return Verdict(replace(taken, state=State.PARKED, reason=CHANGED), gives_up=True)
        try:
            if self._must_look(sending, taken):
                seen = await self._look(sending, taken)
                if seen is not None:
                    return seen
                await sending.platform.turn(sending.place_of(taken.part))
            return await self._post(sending, taken, message, since)
        except PlatformError as error:
            # What was in doubt before stays so: it is looked for again right before the post that follows.
            return self._judge(sending, taken, error)

    def _must_look(self, sending: Sending, taken: Delivery) -> bool:
        # What was due before this process started may have been posted by another one, whose ledger we do not have: the
        # database can be a backup that was put back.
        return taken.doubtful or sending.posting.due < self._started

    async def _look(self, sending: Sending, taken: Delivery) -> Verdict | None:
        """What reading the place back decides; None: it is not there, and may be posted."""
        platform, place = sending.platform, sending.place_of(taken.part)
        await platform.gate()
        found = await platform.find(place, key=taken.key)
        if isinstance(found, Ref):
            return _found(taken, found)
        if found == "unsure":
            return Verdict(replace(taken, state=State.PARKED, reason=UNDECIDED))
        if found == "withdrawn" or not await self._has_card(sending, taken):
            return _skip(taken, WITHDRAWN)
        return None

    async def _has_card(self, sending: Sending, taken: Delivery) -> bool:
        """Whether the card that this part follows still stands; what is not known otherwise is asked once."""
        if taken.part == CARD or sending.card_seen:
            return True
        place = sending.place_of(CARD)
        await sending.platform.turn(place)
        await sending.platform.gate()
        card = await sending.platform.find(place, key=sending.rows[CARD].key)
        sending.card_seen = card not in {"absent", "withdrawn"}
        return sending.card_seen

    async def _post(self, sending: Sending, delivery: Delivery, message: Part, since: Moment) -> Verdict:
        await sending.platform.gate()
        if since.until(Moment.of(self._clock)) > self._rules.lease.total_seconds() / 2:
            # We were suspended, or waited for something: by the time of an answer the part may be somebody else's.
            return Verdict(_given_back(delivery, "held up for too long to post"))
        if self._is_too_late(sending, delivery):
            return _skip(delivery, TOO_LATE)
        try:
            ref = await sending.platform.post(sending.place_of(delivery.part), message, key=delivery.key)
        except _NOT_TAKEN:
            raise
        except PlatformError as error:
            return self._again(sending, replace(delivery, doubtful=True), _SILENT, error)
        return Verdict(_sent(delivery, ref))

    def _is_too_late(self, sending: Sending, delivery: Delivery) -> bool:
        # Nothing of it was taken, and then nobody tried for long: people would get an old edition next to the new one.
        is_second = delivery.part == CARD and delivery.attempt > 1
        return is_second and self._clock.now() > sending.posting.due + self._rules.give_up

    def _judge(self, sending: Sending, delivery: Delivery, error: PlatformError) -> Verdict:
        """What an error means; nothing was posted by this attempt."""
        match error:
            case PlaceClosed():
                return self._closed(sending, delivery, error)
            case PlatformBusy():
                return self._again(sending, delivery, _BUSY, error, asked=error.retry_after)
            case ThreadWithdrawn():
                return _skip(delivery, WITHDRAWN)
            case MessageRefused():
                return Verdict(replace(delivery, state=State.PARKED, reason=f"{_REFUSED}: {error}"))
            case _:
                return self._again(sending, delivery, _SILENT, error)

    def _again(
        self,
        sending: Sending,
        delivery: Delivery,
        kind: str,
        error: PlatformError,
        *,
        asked: timedelta | None = None,
    ) -> Verdict:
        """Later, or never: after `give_up` it is parked."""
        failures = _failures(sending, delivery, kind)
        wait = wait_after_silence(failures, sending.posting.key) if asked is None else asked
        left = max(sending.posting.due, self._started) + self._rules.give_up - self._clock.now()
        reason = f"{kind}: {error}"
        if left <= timedelta():
            return Verdict(replace(delivery, state=State.PARKED, reason=reason), failures=failures, gives_up=True)
        return Verdict(_given_back(delivery, reason), wait=min(wait, left), failures=failures)

    def _closed(self, sending: Sending, delivery: Delivery, error: PlatformError) -> Verdict:
        failures = _failures(sending, delivery, _CLOSED)
        reason = f"{_CLOSED}: {error}"
        if failures >= self._rules.closed_tries:
            parked = replace(delivery, state=State.PARKED, reason=reason)
            return Verdict(parked, failures=failures, gives_up=True, closes=True)
        wait = wait_after_closed(failures, sending.posting.key)
        return Verdict(_given_back(delivery, reason), wait=wait, failures=failures)


def _failures(sending: Sending, delivery: Delivery, kind: str) -> int:
    """How many failures of this kind there were in a row, with this one. The part still has its last reason."""
    return sending.posting.tries + 1 if (delivery.reason or "").startswith(kind) else 1


def _given_back(delivery: Delivery, reason: str) -> Delivery:
    return replace(delivery, state=State.INTENT if delivery.doubtful else State.COMPOSED, reason=reason)


def _skip(delivery: Delivery, reason: str) -> Verdict:
    return Verdict(replace(delivery, state=State.SKIPPED, reason=reason))


def _sent(delivery: Delivery, ref: Ref) -> Delivery:
    return replace(delivery, state=State.SENT, message=ref.id, thread=ref.place.thread, reason=None, doubtful=False)


def _found(taken: Delivery, ref: Ref) -> Verdict:
    if taken.part == CARD and not taken.doubtful:
        # By this ledger no attempt can have reached the platform: it has lost what came after.
        return Verdict(replace(_skip(taken, RESTORED).delivery, message=ref.id, thread=ref.place.thread), found=True)
    return Verdict(_sent(taken, ref), found=True)

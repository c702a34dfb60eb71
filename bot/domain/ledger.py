"""What is owed to a place and what became of it: the states, and the pure decisions on them.

One row stands for a slot of a subscription, or for what a person had posted (a *posting*), one for each message of it
(a *delivery*):

    planned ─▶ composed ─▶ intent ─▶ sent | parked
        └──────────┴─────▶ skipped

`composed` freezes the content. `intent` is written before the platform is asked to post, with an attempt number and a
lease; who finds an intent whose lease ran out asks the platform whether the message is there before anything else.
There is no other way from `intent` to a second post. What cannot be decided is parked for a person: nothing is guessed,
and nothing is composed again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.edition import Slot
from bot.domain.place import Place
from bot.domain.timetable import Due

CARD = "card"
"""The part that all others follow."""
AUDIO = "audio"
"""The part that waits for the card only, and that nothing waits for."""
KEY_CHARACTERS = 24
"""Discord takes 25 characters of a nonce."""


class State(StrEnum):
    """How far a posting or a delivery has come."""

    PLANNED = "planned"
    COMPOSED = "composed"
    INTENT = "intent"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"


SETTLED = frozenset({State.SENT, State.PARKED, State.SKIPPED})
"""States that nothing leads out of."""


@dataclass(frozen=True, slots=True)
class BuildKey:
    """One build: places of a desk that are due at the same instant in the same language share it."""

    desk: str
    due: datetime
    language: str
    slot: Slot
    date: date

    def __str__(self) -> str:
        """How work and logs call it."""
        return f"{self.desk}/{self.due:%Y%m%dT%H%M%SZ}/{self.date}/{self.slot}/{self.language}"


@dataclass(frozen=True, slots=True)
class Build:
    """What is remembered of a build."""

    key: BuildKey
    window_start: datetime
    window_end: datetime
    """Where it first started; kept when it is taken up again, so that it finds its earlier results."""
    edition: str | None = None
    """Id of the edition; None until it is composed."""
    seconds: float | None = None
    """How long the attempt that finished it worked."""
    reason: str | None = None
    """Why it failed the last time."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One slot of a subscription: what is owed to a place at an instant."""

    key: str
    """`subscription/YYYY-MM-DD/slot`; of an edition that somebody had posted, `now/edition/platform/place[/thread]`."""
    subscription: str
    """Its id; empty where no timetable asked for it, but a person did."""
    tenant: str
    place: Place
    desk: str
    slot: Slot
    date: date
    due: datetime
    language: str
    state: State = State.PLANNED
    edition: str | None = None
    window_end: datetime | None = None
    """Where the edition's window ends; the next one's begins there."""
    late: bool = False
    """It is published after its time, and says so."""
    reason: str | None = None
    """Why it was parked or skipped."""
    tries: int = 0
    """Failures since something went well."""
    retry_at: datetime | None = None
    """Not to be tried before."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of a posting."""

    posting: str
    part: str
    """`card`, `story-1` …, `question`, `audio`."""
    number: int
    """Its place in the thread, from 0."""
    digest: str
    """SHA-256 of the frozen content."""
    state: State = State.COMPOSED
    attempt: int = 0
    """Grows with every claim: who holds an older number is late and changes nothing."""
    doubtful: bool = False
    """An earlier attempt may have reached the platform: look before posting."""
    message: str | None = None
    """The platform's id of it."""
    thread: str | None = None
    """The thread it stands in or opened."""
    reason: str | None = None
    sent_at: datetime | None = None

    @property
    def key(self) -> str:
        """What the platform is given to know the message by: 24 characters, the same for every attempt."""
        return hashlib.sha256(f"{self.posting}/{self.part}".encode()).hexdigest()[:KEY_CHARACTERS]


def posting_key(subscription: str, due: Due) -> str:
    """What names the posting of a slot: `subscription/YYYY-MM-DD/slot`."""
    return f"{subscription}/{due.date.isoformat()}/{due.slot}"


def wish_key(edition: str, place: Place) -> str:
    """What names the posting of an edition that a person had posted: `now/edition/platform/place[/thread]`."""
    return "/".join(part for part in ("now", edition, place.platform, place.id, place.thread) if part)


def next_part(deliveries: Sequence[Delivery]) -> Delivery | None:
    """The part whose turn it is: the first open one, unless what it follows is held.

    Without the card nothing follows, and nothing after a part that was skipped: people withdrew the thread. A parked
    part costs only itself: the rest of a thread makes sense without one of its stories, and keeps its order. The audio
    waits for the card only, and nothing waits for it.
    """
    in_order = sorted(deliveries, key=lambda delivery: delivery.number)
    for delivery in (delivery for delivery in in_order if delivery.part != AUDIO):
        if delivery.state not in SETTLED:
            return delivery
        if delivery.state is State.SKIPPED or (delivery.part == CARD and delivery.state is not State.SENT):
            return None
    return next((d for d in in_order if d.part == AUDIO and d.state not in SETTLED), None)


def outcome(deliveries: Sequence[Delivery]) -> State | None:
    """What became of a posting: None while a part of its chain can still be sent. Audio does not count."""
    chain = [delivery for delivery in deliveries if delivery.part != AUDIO]
    if next_part(chain) is not None:
        return None
    ended = {delivery.state for delivery in chain}
    return next((state for state in (State.PARKED, State.SKIPPED) if state in ended), State.SENT)


def derived(key: str, n: int) -> str:
    """The key of the nth further message (1, 2 …) of a part with this key: 24 characters; `key` itself for 0."""
    return hashlib.sha256(f"{key}/{n}".encode()).hexdigest()[:KEY_CHARACTERS] if n else key

"""What is kept between runs.

All instants are aware and in UTC. Work happens in a unit: nothing is kept unless it is committed, and a unit that ends
without `commit` (also by an error or a cancellation) leaves the store as it
was. One unit writes at a time; others wait.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.edition import Edition, Window
from bot.domain.follow import Follow
from bot.domain.health import SourceState
from bot.domain.item import Item
from bot.domain.kept import Used
from bot.domain.ledger import Build, BuildKey, Delivery, Posting, State
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.domain.timetable import Due, Schedule
from bot.ports.claims import ClaimLedger
from bot.ports.episodes import Episodes
from bot.ports.grants import Grants


class Items(Protocol):
    """Everything that was published and read."""

    async def add(self, items: Sequence[Item]) -> int:
        """Keep items; returns how many are new. (id, source) known already: its title, text, links and media are
        renewed, its times and backlog mark stay.
        """
        ...

    async def within(self, sources: Collection[str], window: Window) -> list[Item]:
        """Items of these source keys whose `at` lies in the window and that are not backlog; by (at, id, source)."""
        ...

    async def get(self, ids: Collection[str]) -> list[Item]:
        """Items by id, from any source; by (id, source)."""
        ...


class Sources(Protocol):
    """What is remembered of each source."""

    async def get(self, keys: Collection[str]) -> Mapping[str, SourceState]:
        """States by source key; unknown keys are missing."""
        ...

    async def put(self, state: SourceState) -> None:
        """Keep or replace a state."""
        ...


@dataclass(frozen=True, slots=True)
class EditionKey:
    """What makes an edition the same edition; composing it again gives the one that is kept."""

    desk: str
    roster: str
    """`Roster.digest()`."""
    window: Window
    slot: str
    language: str
    writer: str
    topic: str | None = None


class Editions(Protocol):
    """Everything that was composed."""

    async def add(self, key: EditionKey, edition: Edition) -> None:
        """Keep an edition.

        Raises:
            StoreError: its key or its id is kept already.
        """
        ...

    async def get(self, edition: str) -> Edition | None:
        """By id; `latest` is the one whose window ends last (then by id)."""
        ...

    async def by_key(self, key: EditionKey) -> Edition | None:
        """The edition composed under this key."""
        ...

    async def before(self, desk: str, instant: datetime, *, most: int) -> list[Edition]:
        """Editions of a desk, `now` ones left out, whose window ended at or before `instant`; newest first."""
        ...


class Inbounds(Protocol):
    """Which inbound messages were answered, so that a repeated delivery is answered once."""

    async def claim(self, platform: str, message: str, *, at: datetime) -> bool:
        """True for the first caller with this message id, False ever after (until it is forgotten as old)."""
        ...

    async def forget(self, platform: str, begins: str) -> int:
        """Delete those whose id begins so, as on platforms where it begins with the person's; how many."""
        ...


class Results(Protocol):
    """What a stage made of something, by the content it was made of: never paid for twice."""

    async def get(self, key: str) -> str | None:
        """What was kept under this key."""
        ...

    async def put(self, key: str, value: str, *, at: datetime) -> None:
        """Keep it; what is kept under this key already stays."""
        ...


class Subscriptions(Protocol):
    """Which place receives which desk."""

    async def put(self, subscription: Subscription) -> None:
        """Keep or replace, by id. Postings that are still only planned and no longer fit its schedule, desk, place or
        language, or that it is paused for now, are dropped; the next plan makes them anew.
        """
        ...

    async def drop(self, subscription: str) -> bool:
        """End it: what is planned or composed for it, and not begun, is skipped. False if there is none of this id."""
        ...

    async def find(self, ids: Collection[str] | None = None, *, tenant: str | None = None) -> list[Subscription]:
        """Those of these ids, of this tenant, or all; by (tenant, id)."""
        ...

    async def schedules(self) -> list[Schedule]:
        """The schedules in use, each once, in order: thousands of places keep a handful of them."""
        ...


class Postings(Protocol):
    """What is owed to places: one row for each slot of a subscription."""

    async def plan(self, schedule: Schedule, due: Due, *, missed: str | None = None) -> int:
        """See that everything under this schedule has its posting for a slot; returns how many were planned or skipped.

        Owed to each subscription that was made at or before the due instant: `planned`; `skipped`, with words, where it
        is paused at that instant; `skipped` with the reason `missed`, if given. A posting that is there already is left
        as it is, except that one that was skipped is planned again if it may come now: `missed` is not given (a clock
        that had been wrong was put right), there is no pause (any more), nothing of it was attempted, and its place has
        had no later edition.
        """
        ...

    async def expire(self, now: datetime, *, catch_up: timedelta) -> list[Posting]:
        """Skip what is too old to be published: nothing of it was attempted and it was due before `now - catch_up`, or
        another posting of the same subscription is due later and not after `now`. Returns those it skipped.
        """
        ...

    async def find(
        self, *, keys: Collection[str] | None = None, due_by: datetime | None = None, most: int = 1000
    ) -> list[Posting]:
        """Those of these keys; or those to deliver: composed or begun, due at or before `due_by` and not held back
        beyond it, in turns between tenants (the oldest of each, then the second of each …), at most `most`.
        """
        ...

    async def put(self, posting: Posting) -> bool:
        """Replace a posting's state, late mark, reason, tries and `retry_at`; False, and nothing changed, if it is
        settled already.
        """
        ...


class Ledger(Protocol):
    """The messages of postings. Leases run on the database's clock."""

    async def begin(self, posting: str, parts: Sequence[Delivery]) -> list[Delivery]:
        """The deliveries of a posting, by number; `parts` are kept if there are none yet, in state `composed`."""
        ...

    async def take(self, delivery: Delivery, lease: timedelta) -> Delivery | None:
        """Claim a part: from `composed`, or from an `intent` whose lease ran out; its attempt is still the one given.

        Now it is an `intent` with the next attempt number, and so is its posting.
        The result has `doubtful` as it was before the claim. None:
        somebody else holds it, or its posting was skipped or parked meanwhile.
        """
        ...

    async def settle(self, delivery: Delivery, *, at: datetime) -> bool:
        """Write what became of an attempt: the state, message, thread, reason and doubt of `delivery`, if the part is
        still an `intent` of that attempt; False for who comes late. State `composed` gives it back; state `intent`
        keeps it doubtful and lets the lease end now. `at` becomes `sent_at` of a part that was sent.
        """
        ...

    async def forget(self, before: datetime) -> None:
        """Delete what is settled and was due before this, with its deliveries; builds, results, leases, inbounds and
        counts as old.
        """
        ...


class Builds(Protocol):
    """Editions that are to be composed for postings."""

    async def waiting(self, until: datetime) -> list[BuildKey]:
        """Builds of planned postings due at or before `until`; each once, by due instant."""
        ...

    async def start(self, key: BuildKey, end: datetime, start: datetime) -> Build:
        """The build under this key; begun now, with the window (start, end], if there is none.

        The window begins where the newest composed posting of any of the same subscriptions ended its own, if that was
        before `end` and not before `start`; else at `start`.
        """
        ...

    async def finish(self, build: Build) -> int:
        """Keep how a build ended. With an edition, its planned postings become composed with it; returns how many."""
        ...

    async def lasted(self, desk: str, most: int = 10) -> list[float]:
        """Seconds that the last builds of a desk took, newest first."""
        ...


class Leases(Protocol):
    """Who may do something now, of several processes. On the database's clock."""

    async def take(self, name: str, holder: str, lease: timedelta) -> bool:
        """Claim or renew; False if somebody else holds it."""
        ...

    async def free(self, name: str, holder: str) -> None:
        """Give it back, if it is held."""
        ...

    async def held(self, prefix: str) -> list[str]:
        """Names that begin so and are held now, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are."""

    postings: Mapping[State, int]
    deliveries: Mapping[State, int]
    subscriptions: int
    paused: int
    items: int
    editions: int


class Records(Protocol):
    """What status and metrics tell."""

    async def counts(self) -> Counts:
        """How many rows there are, by state; states without rows are missing."""
        ...

    async def troubled(self, *, most: int) -> list[Posting]:
        """Postings that were parked or skipped, newest due first."""
        ...

    async def last(self, subscriptions: Collection[str]) -> Mapping[str, Posting]:
        """The newest sent posting of each, by subscription."""
        ...

    async def lateness(self, since: datetime) -> list[float]:
        """Seconds from due to card, of postings due since then, in order of size."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A message of an edition as it stands at a place."""

    part: str
    """`card`, `story-2`, `question`."""
    place: Place
    """With the thread it stands in, or, of a card, opened."""
    message: str
    edition: str


class Threads(Protocol):
    """Which edition's messages stand where, as the ledger knows it; and what was asked for beside the timetable."""

    async def open(self, posting: Posting) -> bool:
        """Keep a posting that no timetable plans: composed, due now. False if one of this key is there already."""
        ...

    async def standing(self, edition: str, platform: str, place: str) -> list[Standing]:
        """The sent messages of an edition at a place (all its threads), by number."""
        ...

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """The edition of a message of ours at this place, else the newest sent in this thread of it, else (a place
        without a thread) the newest card sent to it. None: nothing of ours stands there. Ids of messages and threads
        are unique at one place only.
        """
        ...


class Tenants(Protocol):
    """Servers and workspaces that we are, or were, in."""

    async def arrive(self, tenant: str, *, at: datetime) -> bool:
        """We are in it; True if it is new, or had been left."""
        ...

    async def leave(self, tenant: str, *, at: datetime) -> None:
        """We were removed. What is kept of it stays until `erase`; nothing if it left before or was never here."""
        ...

    async def present(self, platform: str, *, left_by: datetime | None = None) -> list[str]:
        """Tenants of a platform that we are in; with `left_by`, those that left at or before this instant. In order."""
        ...

    async def erase(self, tenant: str) -> None:
        """Delete every row of it: subscriptions, postings with their deliveries, follows, counts, grants, episodes of
        files it gave us, itself.
        """
        ...


class Follows(Protocol):
    """What tenants read besides, or instead of, a desk's roster."""

    async def put(self, follow: Follow) -> None:
        """Keep or replace, by (tenant, id)."""
        ...

    async def drop(self, tenant: str, thinker: str) -> bool:
        """Delete one; False if there is none."""
        ...

    async def find(self, tenant: str | None = None, *, by: str | None = None) -> list[Follow]:
        """Those of a tenant, of a person, or all; by (tenant, id)."""
        ...

    async def forget(self, by: str) -> int:
        """Take a person's name off what they added, and delete what they proposed; returns how many rows changed."""
        ...


class Usage(Protocol):
    """What limits are counted by."""

    async def spend(self, who: str, tenant: str, kind: str, day: date, most: int, amount: int = 1) -> int | None:
        """Count `amount` more, at least one; how many are left after it, or None (nothing is counted) if too few were.

        `tenant` is where it is counted first.
        """
        ...

    async def give_back(self, who: str, kind: str, day: date, amount: int = 1) -> None:
        """What failed, or was less than was counted, does not count; no count falls below none."""
        ...

    async def find(self, who: str) -> list[Used]:
        """What is counted of somebody; by (day, kind)."""
        ...

    async def forget(self, who: str | None = None, *, before: date | None = None) -> int:
        """Delete the counts of somebody, or all from before a day; returns how many rows."""
        ...


class Unit(Protocol):
    """One piece of work on the store."""

    @property
    def items(self) -> Items:
        """The items."""
        ...

    @property
    def sources(self) -> Sources:
        """The source states."""
        ...

    @property
    def editions(self) -> Editions:
        """The editions."""
        ...

    @property
    def inbounds(self) -> Inbounds:
        """The inbound messages."""
        ...

    @property
    def results(self) -> Results:
        """The results of stages."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The subscriptions."""
        ...

    @property
    def postings(self) -> Postings:
        """What is owed."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What was posted."""
        ...

    @property
    def builds(self) -> Builds:
        """What is to be composed."""
        ...

    @property
    def leases(self) -> Leases:
        """Who does what."""
        ...

    @property
    def records(self) -> Records:
        """What status tells."""
        ...

    @property
    def threads(self) -> Threads:
        """What stands where."""
        ...

    @property
    def tenants(self) -> Tenants:
        """Where we are."""
        ...

    @property
    def follows(self) -> Follows:
        """What tenants read."""
        ...

    @property
    def usage(self) -> Usage:
        """What was used."""
        ...

    @property
    def grants(self) -> Grants:
        """What was granted."""
        ...

    @property
    def claims(self) -> ClaimLedger:
        """What was asserted."""
        ...

    @property
    def episodes(self) -> Episodes:
        """The overviews."""
        ...

    async def commit(self) -> None:
        """Make it last."""
        ...


class Store(Protocol):
    """The database."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """Begin a piece of work.

        Raises:
            StoreUnavailable, StoreCorrupt, StoreTooNew: on entering, with a sentence for the operator.
        """
        ...

    async def close(self) -> None:
        """Give back everything; the process can end."""
        ...

"""Delivery under any script of faults, crashes, restarts, clock jumps and repeated calls."""

import asyncio
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adapters.storage.memory import MemoryStore
from bot.domain.ledger import SETTLED, Delivery, State
from bot.domain.place import Place
from bot.errors import StoreUnavailable
from bot.services.delivery.deliver import Deliver, DeliverRules
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.platform import NAME, Crash, Does, MemoryPlatform
from tests.fakes.sending import DUE, PARTS, FlakyStore, owe

LEASE = DeliverRules().lease
FAULTS = [
    Does.ACCEPT,
    Does.ACCEPT,
    Does.FAIL,
    Does.ACCEPT_AND_FAIL,
    Does.UNHEARD_OF,
    Does.BUSY,
    Does.CLOSED,
    Does.REFUSED,
    Does.RUBBISH,
    Does.CRASH,
    Does.ACCEPT_AND_CRASH,
]
LOOKS = [Does.ACCEPT, Does.ACCEPT, Does.FAIL, Does.BUSY, Does.CRASH]
OURS_ENDED = (Crash, ValueError, StoreUnavailable)


class Delivering(RuleBasedStateMachine):
    """Two processes on one database, one place, people who delete things, and a platform that fails in every way."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock, self.true_time = FakeClock(DUE), FakeClock(DUE)
        self.store = MemoryStore(now=self.true_time.now)
        self.flaky = FlakyStore(self.store)
        self.events = KeptEvents()
        self.platform = MemoryPlatform(self.true_time)
        (self.key,) = self.loop.run_until_complete(owe(self.store, Place(NAME, "c1")))
        self.processes = [self.process(), self.process()]
        self.backup, self.restored = self.store.contents.copy(), False

    @initialize(read_back=st.booleans(), nonce=st.sampled_from([None, timedelta(minutes=5)]), tombstones=st.booleans())
    def set_up(self, read_back: bool, nonce: timedelta | None, tombstones: bool) -> None:
        """What kind of platform it is."""
        self.platform.read_back, self.platform.nonce, self.platform.tombstones = read_back, nonce, tombstones

    def process(self) -> Deliver:
        """A process that starts now."""
        return Deliver(
            store=self.flaky,
            clock=self.clock,
            platforms={NAME: self.platform},
            events=self.events,
            started=self.clock.now(),
        )

    async def attempt(self, number: int) -> None:
        """Deliver; a process that trips over something is another one afterwards."""
        try:
            await self.processes[number](self.key)
        except OURS_ENDED:
            self.processes[number] = self.process()

    # ------------------------------------------------------------ what happens

    @rule(
        number=st.integers(0, 1),
        posts=st.lists(st.sampled_from(FAULTS), max_size=5),
        looks=st.lists(st.sampled_from(LOOKS), max_size=3),
    )
    def deliver(self, number: int, posts: list[Does], looks: list[Does]) -> None:
        """One process delivers, on a platform that does as it likes."""
        self.platform.script.extend(posts)
        self.platform.looks.extend(looks)
        self.loop.run_until_complete(self.attempt(number))
        self.platform.script.clear()
        self.platform.looks.clear()

    @rule(posts=st.lists(st.sampled_from(FAULTS), max_size=6))
    def deliver_at_once(self, posts: list[Does]) -> None:
        """Both processes at the same time."""

        async def both() -> None:
            await asyncio.gather(self.attempt(0), self.attempt(1))

        self.platform.script.extend(posts)
        self.loop.run_until_complete(both())
        self.platform.script.clear()

    @rule(held_up=st.timedeltas(timedelta(), 2 * LEASE))
    def overtake(self, held_up: timedelta) -> None:
        """One process waits for an answer for so long that the other may take over."""

        async def wait_and_overtake() -> None:
            self.platform.arrived.clear()
            self.platform.answer.clear()
            self.platform.will(Does.ACCEPT_AND_WAIT)
            slow = asyncio.create_task(self.attempt(0))
            arriving = asyncio.create_task(self.platform.arrived.wait())
            await asyncio.wait({slow, arriving}, return_when=asyncio.FIRST_COMPLETED)
            arriving.cancel()
            self.pass_time(held_up)
            self.platform.answer.set()  # for whoever of the two got the slow answer
            await asyncio.gather(slow, self.attempt(1))

        self.loop.run_until_complete(wait_and_overtake())
        self.platform.script.clear()

    @rule(units=st.integers(0, 9), kept=st.booleans())
    def lose_the_database(self, units: int, kept: bool) -> None:
        """A unit cannot be begun, or is kept and nobody hears of it."""
        if kept:
            self.flaky.after = units
        else:
            self.flaky.before = units
        self.loop.run_until_complete(self.attempt(0))
        self.flaky.before = self.flaky.after = None

    @rule(number=st.integers(0, 1))
    def restart(self, number: int) -> None:
        """A process ends and is started again."""
        self.processes[number] = self.process()

    @rule(seconds=st.sampled_from([1, 5, 40, 60, 300, 1200]))
    def pass_seconds(self, seconds: int) -> None:
        """Time passes for everybody."""
        self.pass_time(timedelta(seconds=seconds))

    @precondition(lambda self: not self.restored)
    @rule(minutes=st.integers(-90, 90))
    def set_our_clock(self, minutes: int) -> None:
        """The machine's clock is set; the database's and the platform's are not."""
        self.clock.instant = max(DUE, self.clock.instant + timedelta(minutes=minutes))

    @precondition(lambda self: self.platform.shown)
    @rule(part=st.sampled_from(PARTS), sure=st.integers(0, 4))
    def delete(self, part: str, sure: int) -> None:
        """People delete a message, now and then."""
        if sure == 0:
            self.platform.delete(part)

    @rule()
    def back_up(self) -> None:
        """The database is copied."""
        self.backup = self.store.contents.copy()

    @precondition(lambda self: self.platform.tombstones)
    @rule()
    def put_back_the_backup(self) -> None:
        """All processes are stopped for that, and the machine's clock is right.

        Not where deleted messages leave no trace: what is in no ledger and not to be seen was never there.
        """
        self.store.contents = self.backup.copy()
        self.restored = True
        self.pass_time(timedelta(seconds=1))
        self.clock.instant = self.true_time.instant
        self.processes = [self.process(), self.process()]

    def pass_time(self, duration: timedelta) -> None:
        """For everybody."""
        self.clock.advance(duration)
        self.true_time.advance(duration)

    # ------------------------------------------------------------ what must hold

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """Not even where it cannot be read back: there it is parked.

        What people deleted where that leaves no trace looks as if it had never been taken.
        """
        there = self.platform.shown if self.platform.tombstones else self.platform.seen()
        assert all(times == 1 for times in Counter(shown.key for shown in there).values())

    @invariant()
    def the_order_is_kept(self) -> None:
        """In one thread, the card first."""
        shown = [each.part for each in self.platform.seen()]
        assert shown == sorted(shown, key=PARTS.index)
        assert self.platform.parts()[:1] in ([], ["card"])
        assert len({each.ref.place for each in self.platform.seen()}) <= 1

    @invariant()
    def what_the_ledger_calls_sent_is_there(self) -> None:
        """Under the id that it has kept."""
        there = {(shown.key, shown.ref.id) for shown in self.platform.shown}
        sent = {(row.key, row.message) for row in self.rows().values() if row.state is State.SENT}
        assert sent <= there

    @invariant()
    def what_is_there_is_known_or_in_doubt(self) -> None:
        """Unless a backup was put back, there is none that the ledger would post again without a look."""
        rows = self.rows()
        for shown in () if self.restored else self.platform.seen():
            row = rows[shown.part]
            assert row.state in {State.SENT, State.SKIPPED} or row.doubtful

    def rows(self) -> dict[str, Delivery]:
        """The deliveries by part."""
        kept = self.store.contents.deliveries.get(self.key, {})
        return {part: leased.delivery for part, leased in kept.items()}

    def teardown(self) -> None:
        """The event loop is closed whatever the end was."""
        try:
            self.complete()
        finally:
            self.loop.close()
            super().teardown()

    def complete(self) -> None:
        """When all is well again, everything that is not parked is completed, and told once."""
        self.processes = [self.process(), self.process()]
        for _ in range(30):  # a clock that was set back holds things up for as long as it had been ahead
            self.pass_time(timedelta(minutes=7))
            self.loop.run_until_complete(self.attempt(0))
        self.nothing_is_there_twice()
        self.the_order_is_kept()
        self.what_the_ledger_calls_sent_is_there()
        posting = self.store.contents.postings[self.key]
        assert posting.state in SETTLED
        assert (posting.reason is None) == (posting.state is State.SENT)
        if posting.state is State.SENT:
            assert list(dict.fromkeys(self.platform.parts())) == PARTS
        ends = [name for name, _ in self.events.told if name in {"posted", "not_posted"}]
        assert self.restored or len(ends) <= 1


TestDelivering = Delivering.TestCase
TestDelivering.settings = settings(
    max_examples=50, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

"""The overview: what is told of a bot, and what of it a person should look at."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore
from bot.domain import reasons
from bot.domain.desk import DEFAULT_DESK, OpenDesk
from bot.domain.edition import Edition
from bot.domain.health import Health, SourceState
from bot.domain.ledger import Posting, State
from bot.domain.place import Place
from bot.domain.report import LastEdition, NextEdition, Pause, Report, attention, is_chosen, is_expected, lateness
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.subscription import FOR_GOOD
from bot.domain.timetable import Due, Schedule
from bot.ports.store import EditionKey
from bot.services.overview import DAYS, MOST_TROUBLED, Overview
from tests.contract.conftest import an_edition
from tests.fakes.clock import FakeClock
from tests.fakes.history import LEASE, History, a_due, a_subscription

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)
TUESDAY = NOW + timedelta(days=2)
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Seven o'clock in Berlin, a slot."""
MISSED = "missed: the bot was not running"
ADA, BOB = (
    SourceSpec(SourceType.FEED, "https://ada.example/feed"),
    SourceSpec(SourceType.FEED, "https://bob.example/feed"),
)
ROSTER = Roster(
    (
        Thinker("ada", "Ada", ThinkerKind.PERSON, sources=(ADA,)),
        Thinker("bob", "Bob", ThinkerKind.PERSON, sources=(BOB,)),
    )
)
DESKS = {"default": OpenDesk(DEFAULT_DESK, ROSTER, Schedule("Europe/Berlin"), "en")}


def zone_of(name: str) -> tzinfo | None:
    return ZoneInfo(name) if name in {"Europe/Berlin", "UTC"} else None


class Bench:
    """A store with a history, and its overview."""

    def __init__(self) -> None:
        self.clock = FakeClock(NOW)
        self.store = MemoryStore(self.clock.now)
        self.history = History(self.store)
        self.overview = Overview(self.store, self.clock, DESKS, zone_of)

    async def edition(self, edition: Edition) -> None:
        key = EditionKey(edition.desk, "a" * 64, edition.window, edition.slot, "en", edition.id)
        async with self.store.unit() as unit:
            await unit.editions.add(key, edition)
            await unit.commit()

    async def sources(self, *states: SourceState) -> None:
        async with self.store.unit() as unit:
            for state in states:
                await unit.sources.put(state)
            await unit.commit()


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_of_a_store_in_which_nothing_is_there_is_little_to_tell(bench):
    """And nothing to look at."""
    report = await bench.overview()
    assert report.at == NOW
    assert (report.latest, report.processes, report.subscriptions, report.troubled) == (None, (), (), ())
    assert report.figures.sources == {"never": 2}
    assert (report.lateness.editions, report.lateness.p50, report.spend.editions) == (0, None, 0)
    assert [(desk.desk, desk.seconds, desk.lead) for desk in report.desks] == [("default", (), 600.0)]
    assert attention(report) == ()


async def test_each_place_with_its_last_and_its_next_edition(bench):
    """The last by the ledger, the next by the schedule, also on the clock of the place."""
    one, two = a_subscription("1", SINCE), a_subscription("2", SINCE)
    due = a_due(NOW - timedelta(hours=3))
    await bench.history.subscribe(one, two)
    await bench.history.plan(due)
    await bench.history.compose(due, edition="default-20261122-am-0badcafe", seconds=12.5)
    await bench.history.send(one, due, at=due.at + timedelta(seconds=2), late=True)
    await bench.history.run("host-1")
    report = await bench.overview()
    seen = {own.id: own for own in report.subscriptions}
    assert seen[one.id].last == LastEdition("default-20261122-am-0badcafe", due.at, late=True)
    assert seen[two.id].last is None
    evening = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert seen[one.id].next == NextEdition(evening, evening, "pm")
    assert str(seen[one.id].next.local) == "2026-11-22 18:00:00+01:00"
    assert (seen[one.id].paused, seen[one.id].problem, seen[one.id].tenant) == (None, None, "discord:77")
    assert report.processes == ("host-1",)
    assert (report.desks[0].seconds, report.desks[0].lead) == ((12.5,), 60.0)
    assert report.figures.postings == {"composed": 1, "sent": 1}
    assert (report.figures.subscriptions, report.figures.paused) == (2, 0)
    assert attention(report) == ()


@pytest.mark.parametrize(
    ("until", "pause", "following"),
    [
        (TUESDAY, Pause(TUESDAY, "holidays"), datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
        (MORNING, Pause(MORNING, "holidays"), MORNING),
        (NOW - timedelta(days=1), None, datetime(2026, 11, 22, 17, 0, tzinfo=UTC)),
        (FOR_GOOD, Pause(None, "holidays"), None),
    ],
)  # fmt: skip
async def test_a_pause_moves_the_next_edition(bench, until, pause, following):
    """To the first slot at or after its end; paused for good, there is none; a pause that is over is no pause."""
    own = replace(a_subscription("1", SINCE), paused_until=until, pause_reason="holidays")
    await bench.history.subscribe(own)
    await bench.history.run("host-1")
    report = await bench.overview()
    (seen,) = report.subscriptions
    assert seen.paused == pause
    assert (seen.next.at if seen.next else None) == following
    said = ("discord:1 is paused until it is resumed: holidays",) if until == FOR_GOOD else ()
    assert attention(report) == said


async def test_a_place_that_will_get_nothing_says_why(bench):
    """Its desk is gone, or this machine does not know its zone."""
    await bench.history.subscribe(
        a_subscription("1", SINCE, desk="sport"),
        a_subscription("2", SINCE, schedule=Schedule("Mars/Phobos")),
        a_subscription("3", SINCE, schedule=Schedule("Mars/Phobos")),
    )
    await bench.history.run("host-1")
    report = await bench.overview()
    assert all(own.next is None and own.problem for own in report.subscriptions)
    assert set(attention(report)) == {
        "1 place gets no edition: there is no desk 'sport'",
        "2 places get no edition: the time zone 'Mars/Phobos' is not known here",
    }


async def test_a_bot_that_does_not_run_is_the_first_thing_to_know(bench):
    """A process whose lease ran out does not run."""
    await bench.history.subscribe(a_subscription("1", SINCE))
    await bench.history.run("host-1")
    bench.clock.advance(LEASE)
    assert attention(await bench.overview())[0].startswith("Counterpoint is not running")


async def test_what_was_parked_or_skipped_is_told_with_its_reason(bench):
    """The newest first; the sentence names the newest."""
    one, two = a_subscription("1", SINCE), a_subscription("2", SINCE)
    first, second = a_due(NOW - timedelta(days=2)), a_due(NOW - timedelta(days=1))
    await bench.history.subscribe(one, two)
    await bench.history.run("host-1")
    await bench.history.plan(first)
    await bench.history.compose(first, edition="e1", seconds=2)
    await bench.history.park(one, first, reason="refused: too long")
    await bench.history.plan(second, missed=MISSED)
    report = await bench.overview()
    assert [(t.state, t.reason, t.due) for t in report.troubled] == [
        ("skipped", MISSED, second.at),
        ("skipped", MISSED, second.at),
        ("parked", "refused: too long", first.at),
    ]
    assert report.unexpected == {"parked": 1, "skipped": 2}
    assert attention(report) == (
        "1 edition is parked: refused: too long",
        "2 editions were skipped: the newest, due 2026-11-21 09:00 UTC: missed: the bot was not running",
    )


async def test_what_is_old_or_was_wanted_needs_no_attention(bench):
    """Eight days ago, paused by somebody, unsubscribed."""
    old = a_due(NOW - timedelta(days=DAYS, seconds=1))
    own = a_subscription("1", SINCE)
    await bench.history.run("host-1")
    await bench.history.subscribe(own)
    await bench.history.plan(old, missed=MISSED)
    await bench.history.subscribe(replace(own, paused_until=NOW, pause_reason="holidays"))
    await bench.history.plan(a_due(NOW - timedelta(hours=1)))
    report = await bench.overview()
    assert report.figures.postings == {"skipped": 2}
    assert [t.reason for t in report.troubled] == [MISSED]
    assert attention(report) == ()


async def test_of_many_skipped_all_are_counted_and_the_newest_listed(bench):
    """A sentence has the number."""
    places = [a_subscription(str(number), SINCE) for number in range(MOST_TROUBLED + 5)]
    await bench.history.subscribe(*places)
    await bench.history.run("host-1")
    await bench.history.plan(a_due(NOW - timedelta(hours=5)), missed=MISSED)
    report = await bench.overview()
    assert len(report.troubled) == MOST_TROUBLED
    assert attention(report)[0].startswith(f"{MOST_TROUBLED + 5} editions were skipped: the newest")


async def test_many_pauses_are_summed_up(bench):
    """Five are named."""
    paused = [replace(a_subscription(str(n), SINCE), paused_until=FOR_GOOD) for n in range(8)]
    await bench.history.subscribe(*paused)
    await bench.history.run("host-1")
    said = attention(await bench.overview())
    assert len(said) == 6
    assert said[-1] == "3 other places are paused"
    assert " is paused until it is resumed" in said[0]


async def test_sources_by_state_with_the_reasons_of_those_down(bench):
    """Those of the rosters; one that was never gathered is told, one of nobody is not."""
    since = NOW - timedelta(hours=4)
    down = SourceState(BOB.key, state=Health.DOWN, reason="server error 503", since=since)
    await bench.sources(down, SourceState("feed:https://gone.example/", state=Health.DOWN))
    report = await bench.overview()
    assert report.figures.sources == {"down": 1, "never": 1}
    assert [(s.thinker, s.source, s.reason, s.since) for s in report.sources_down] == [
        ("Bob", BOB.key, "server error 503", since)
    ]
    assert attention(report) == ("1 source is down: Bob: server error 503",)
    await bench.sources(replace(down, key=ADA.key))
    assert attention(await bench.overview()) == ("2 sources are down: Ada, Bob",)


async def test_how_late_editions_came_in_seven_days(bench):
    """From due to card; much too late is worth a sentence."""
    own = a_subscription("1", SINCE)
    await bench.history.subscribe(own)
    await bench.history.run("host-1")
    for days, seconds in ((6, 1.0), (5, 2.0), (4, 900.0), (8, 5000.0)):
        due = a_due(NOW - timedelta(days=days))
        await bench.history.plan(due)
        await bench.history.compose(due, edition=f"e{days}", seconds=1)
        await bench.history.send(own, due, at=due.at + timedelta(seconds=seconds))
    report = await bench.overview()
    late = report.lateness
    assert (late.editions, late.p50, late.p95, late.most, late.much_too_late) == (3, 2.0, 900.0, 900.0, 1)
    assert attention(report) == ("1 edition of 7 days came more than 5 min after the time, at most 15 min",)


async def test_what_editions_cost_is_read_from_their_cards(bench):
    """Of seven days, scheduled ones only."""
    for number, hours in enumerate((1, 30, 24 * 8)):
        edition = an_edition(f"default-x-am-0000000{number}", end=NOW - timedelta(hours=hours))
        card = replace(edition.card, tokens={"in": 100, "out": 10, "cached": 5}, cost=0.25)
        await bench.edition(replace(edition, card=card))
    report = await bench.overview()
    spend = report.spend
    assert (spend.editions, spend.tokens_in, spend.tokens_out, spend.tokens_cached, spend.cost) == (2, 200, 20, 10, 0.5)
    assert report.latest == "default-x-am-00000000"
    assert report.figures.editions == 3


async def test_the_figures_alone_are_those_of_the_report(bench):
    """Metrics ask for them often."""
    await bench.history.subscribe(a_subscription("1", SINCE))
    await bench.history.plan(a_due(NOW))
    figures = await bench.overview.figures()
    assert figures == (await bench.overview()).figures
    assert figures.postings == {"planned": 1}


@settings(max_examples=50)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_percentiles_are_values_that_occurred_and_in_order(seconds):
    """Half are at or below the median, at least 95 % at or below p95."""
    seconds.sort()
    late = lateness(seconds, days=7)
    assert late.p50 is not None
    assert late.p95 is not None
    assert {late.p50, late.p95, late.most} <= set(seconds)
    assert sum(s <= late.p50 for s in seconds) >= len(seconds) / 2
    assert sum(s <= late.p95 for s in seconds) >= 0.95 * len(seconds)
    assert late.p50 <= late.p95 <= seconds[-1]


@pytest.mark.parametrize(
    ("reason", "chosen", "expected"),
    [
        (f"{reasons.PAUSED}holidays", True, True),
        (reasons.UNSUBSCRIBED, True, True),
        (reasons.WITHDRAWN, False, True),
        (reasons.RESTORED, False, True),
        (reasons.OVERTAKEN, False, False),
        (None, False, False),
    ],
)
def test_the_words_of_reasons_are_known_as_they_are_written(reason, chosen, expected):
    """They are written elsewhere: whoever changes them there learns it here."""
    due = Due(NOW, date(2026, 11, 22), "am")
    posting = Posting(
        "x/2026-11-22/am", "x", "t", Place("discord", "1"), "default", due.slot, due.date, due.at, "en",
        state=State.SKIPPED, reason=reason,
    )  # fmt: skip
    assert is_chosen(posting) is chosen
    assert is_expected("skipped", reason) is expected
    assert not is_expected("parked", reason)


async def test_a_parked_edition_of_which_no_reason_is_listed_is_still_told(bench):
    """Where many others crowd it out of the list."""
    report: Report = replace(await bench.overview(), unexpected={"parked": 2})
    assert attention(report) == ("2 editions are parked: for no reason that is known",)

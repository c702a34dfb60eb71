"""Delivery: each message once, in order, whatever the platform does; what cannot be decided is parked."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.ledger import Posting, State
from bot.domain.message import EditionCard
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.errors import StoreUnavailable
from bot.services.delivery.deliver import DeliverRules
from tests.fakes.platform import NAME, ROOMY, Crash, Does
from tests.fakes.sending import DUE, PARTS, Bench, FlakyStore, owe, short
from tests.fakes.talk import sample

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LEASE = DeliverRules().lease


async def subscription(bench: Bench) -> Subscription:
    """The place's subscription as it is kept."""
    async with bench.store.unit() as unit:
        return (await unit.subscriptions.find())[0]


async def change(bench: Bench, **fields: object) -> None:
    """Set fields of the posting behind everybody's back."""
    kept = bench.store.contents.postings
    kept[bench.key] = replace(kept[bench.key], **fields)  # type: ignore[arg-type]


async def at_the_same_time(bench: Bench, *work: Coroutine[object, object, None]) -> None:
    """Begin all of it before anybody writes."""
    await bench.store.writing.acquire()
    begun = [asyncio.create_task(each) for each in work]
    for _ in range(5):
        await asyncio.sleep(0)
    bench.store.writing.release()
    await asyncio.gather(*begun)


# ---------------------------------------------------------------- all goes well


async def test_every_part_is_posted_once_and_in_order() -> None:
    """The card in the channel, everything else in the thread that it opened."""
    bench = await Bench.make()
    assert await bench() == PARTS
    assert [shown.place.thread for shown in bench.platform.shown] == [None, "t1", "t1", "t1"]
    assert (await bench.posting()).state is State.SENT
    assert await bench() == PARTS


async def test_the_ledger_knows_each_message_under_the_key_the_platform_got() -> None:
    """Message, thread and time of every part are kept."""
    bench = await Bench.make()
    await bench()
    rows = await bench.rows()
    for shown in bench.platform.shown:
        row = rows[shown.part]
        assert (row.key, row.message, row.thread) == (shown.key, shown.ref.id, "t1")
        assert row.state is State.SENT
        assert row.sent_at is not None
        assert len(row.digest) == 64


async def test_without_threads_everything_stands_in_the_place_itself() -> None:
    """A platform that opens no thread is still a platform."""
    bench = await Bench.make()
    bench.platform.threads = False
    assert await bench() == PARTS
    assert {shown.place for shown in bench.platform.shown} == {Place(NAME, "c1")}


async def test_a_message_can_be_traced_from_the_journal_alone() -> None:
    """Posting, part, attempt, key, place, thread, message and lateness stand in one line."""
    bench = await Bench.make(after=MINUTE)
    await bench()
    line = bench.told("part_sent")[1]
    shown = bench.platform.shown[1]
    assert (line["posting"], line["part"], line["attempt"], line["key"]) == (bench.key, "story-1", 1, shown.key)
    assert (line["place"], line["thread"], line["message"]) == ("fake:c1", "t1", shown.ref.id)
    assert line["edition"] == sample().id
    assert line["late_seconds"] == pytest.approx(60, abs=1)
    end = bench.told("posted")[0]
    assert (end["parts"], end["state"]) == (len(PARTS), "sent")
    assert not bench.events.warned


async def test_the_pause_of_a_place_is_kept_and_no_lease_is_spent_on_it() -> None:
    """Forty seconds between two posts, with a lease of sixty: no call is held up."""
    bench = await Bench.make()
    bench.platform.limits = replace(ROOMY, pause=40 * SECOND)
    bench.deliver = bench.process(started=DUE)
    assert await bench() == PARTS
    times = [call.at for call in bench.platform.calls]
    assert all(later - earlier >= 40 * SECOND for earlier, later in pairwise(times))
    assert not bench.told("held_back")


# ---------------------------------------------------------------- what is left alone


@pytest.mark.parametrize("state", [State.PLANNED, State.SENT, State.PARKED, State.SKIPPED])
async def test_only_what_is_composed_or_begun_is_posted(state) -> None:
    """What is not ready, and what is settled, stays as it is."""
    bench = await Bench.make()
    await change(bench, state=state)
    assert await bench() == []
    assert (await bench.posting()).state is state


async def test_nothing_is_posted_before_its_time() -> None:
    """Composed early, posted when due."""
    bench = await Bench.make(after=-SECOND)
    assert await bench() == []
    assert await bench(SECOND) == PARTS


async def test_what_is_held_back_is_left_alone_until_then() -> None:
    """`retry_at` counts."""
    bench = await Bench.make()
    await change(bench, retry_at=DUE + MINUTE)
    assert await bench() == []
    assert await bench(MINUTE) == PARTS


async def test_an_unknown_posting_is_nothing_to_do() -> None:
    """It was forgotten meanwhile."""
    bench = await Bench.make()
    await bench.deliver("nobody/2026-11-20/am")
    assert bench.platform.calls == []


async def test_a_platform_this_process_does_not_have_is_left_to_others_and_told_once() -> None:
    """The posting stays as it was."""
    bench = await Bench.make()
    other = bench.process(platforms={"slack": bench.platform})
    await other(bench.key)
    await other(bench.key)
    assert (await bench.posting()).state is State.COMPOSED
    assert [line["platform"] for line in bench.told("platform_unknown")] == [NAME]
    assert await bench() == PARTS


async def test_after_stop_no_attempt_begins() -> None:
    """Neither a first one nor the next one."""
    bench = await Bench.make()
    bench.deliver.stop()
    assert await bench() == []
    assert (await bench.rows()) == {}


async def test_a_call_under_way_is_finished_and_recorded_when_it_is_time_to_stop() -> None:
    """Then nothing more is claimed; another process goes on."""
    bench = await Bench.make()
    bench.platform.during = lambda _: bench.deliver.stop()
    assert await bench() == ["card"]
    rows = await bench.rows()
    assert rows["card"].state is State.SENT
    assert rows["story-1"].attempt == 0
    bench.platform.during = lambda _: None
    bench.deliver = bench.process(started=DUE)
    assert await bench() == PARTS


async def test_a_posting_without_an_edition_is_parked() -> None:
    """There is nothing to post, and nothing is made up."""
    bench = await Bench.make()
    bench.store.contents.editions.clear()
    assert await bench() == []
    assert (await bench.posting()).reason == "its edition is not kept any more"
    await change(bench, state=State.COMPOSED, edition=None)
    await at_the_same_time(bench, *(bench.process(started=DUE)(bench.key) for _ in range(2)))
    assert (await bench.posting()).state is State.PARKED
    assert len(bench.told("parked")) == 2


# ---------------------------------------------------------------- late


@pytest.mark.parametrize(("after", "late"), [(15 * MINUTE, None), (15 * MINUTE + SECOND, DUE)])
async def test_an_edition_says_that_it_is_late(after, late) -> None:
    """From a quarter of an hour on, with the time it was due; the posting keeps it."""
    bench = await Bench.make(after=after)
    await bench()
    card = bench.platform.shown[0].message
    assert isinstance(card, EditionCard)
    assert card.late == late
    assert (await bench.posting()).late is (late is not None)


async def test_whether_it_is_late_is_decided_once() -> None:
    """What was begun in time does not change its words, however long it takes."""
    bench = await Bench.make()
    bench.platform.will(Does.BUSY)
    await bench()
    assert await bench(HOUR) == PARTS
    card = bench.platform.shown[0].message
    assert isinstance(card, EditionCard)
    assert card.late is None


async def test_a_late_edition_is_taken_up_again_as_late() -> None:
    """The same words, the same digest."""
    bench = await Bench.make(after=HOUR)
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    assert await bench() == ["card"]
    bench.deliver = bench.process()
    assert await bench(MINUTE) == PARTS


# ---------------------------------------------------------------- frozen content


async def test_what_would_be_something_else_now_is_parked() -> None:
    """Content is frozen when a posting begins: half an edition of one kind and half of another is none."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    await bench()
    kept = bench.store.contents.editions
    kept[sample().id] = replace(kept[sample().id], title="Something else")
    bench.deliver = bench.process()
    assert await bench(MINUTE) == ["card"]
    posting, rows = await bench.posting(), await bench.rows()
    assert (posting.state, rows["story-1"].state) == (State.PARKED, State.PARKED)
    assert posting.reason == rows["story-1"].reason == "content changed since this was begun"
    assert len(bench.told("parked")) == 1
    assert await bench(HOUR) == ["card"]


async def test_a_part_that_is_no_longer_there_is_parked_too() -> None:
    """An edition that has lost a story is another edition."""
    bench = await Bench.make()
    bench.platform.will(Does.BUSY)
    await bench()
    kept = bench.store.contents.editions
    kept[sample().id] = short(sample(), 1)
    bench.deliver = bench.process()
    assert await bench(MINUTE) == []
    assert (await bench.posting()).state is State.PARKED


async def test_of_two_that_begin_at_once_one_freezes_the_content() -> None:
    """Whoever would have frozen something else leaves it to the other."""
    bench = await Bench.make(after=15 * MINUTE)
    bench.platform.will(Does.CRASH)
    first, second = bench.process(started=DUE), bench.process(started=DUE)
    await bench.store.writing.acquire()
    begun = [asyncio.create_task(first(bench.key))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    bench.clock.advance(SECOND)  # for the second one it is late
    begun.append(asyncio.create_task(second(bench.key)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    bench.store.writing.release()
    errors = await asyncio.gather(*begun, return_exceptions=True)
    assert isinstance(errors[0], Crash)
    assert errors[1] is None
    assert await bench(LEASE) == PARTS
    posting = await bench.posting()
    assert (posting.state, posting.late) == (State.SENT, False)


async def test_a_posting_that_was_skipped_while_it_was_begun_is_left_alone() -> None:
    """Somebody unsubscribed at that moment."""
    bench = await Bench.make(after=HOUR)
    await bench.store.writing.acquire()
    begun = asyncio.create_task(bench.deliver(bench.key))
    for _ in range(5):
        await asyncio.sleep(0)
    await change(bench, state=State.SKIPPED)
    bench.store.writing.release()
    await begun
    assert bench.platform.parts() == []
    assert await bench.rows() == {}


# ---------------------------------------------------------------- the platform does not answer


@pytest.mark.parametrize("does", [Does.ACCEPT_AND_FAIL, Does.UNHEARD_OF])
@pytest.mark.parametrize("at", range(len(PARTS)))
async def test_what_was_taken_without_an_answer_is_found_and_not_posted_again(does, at) -> None:
    """At every place in the thread."""
    bench = await Bench.make()
    bench.platform.will(*[Does.ACCEPT] * at, does)
    assert await bench() == PARTS[: at + 1]
    row = (await bench.rows())[PARTS[at]]
    assert (row.state, row.doubtful) == (State.INTENT, True)
    assert await bench(MINUTE) == PARTS
    assert (await bench.posting()).state is State.SENT
    assert [line["part"] for line in bench.told("part_sent") if line["found"]] == [PARTS[at]]
    assert bench.platform.finds() == 1


@pytest.mark.parametrize("at", range(len(PARTS)))
async def test_what_was_not_taken_without_an_answer_is_posted_after_a_look(at) -> None:
    """A story is posted only if its card still stands, which is asked once."""
    bench = await Bench.make()
    bench.platform.will(*[Does.ACCEPT] * at, Does.FAIL)
    assert await bench() == PARTS[:at]
    assert await bench(MINUTE) == PARTS
    assert bench.platform.finds() == (1 if at == 0 else 2)


async def test_a_platform_that_takes_too_long_is_one_that_does_not_answer() -> None:
    """Our own patience ends the call; the message may be there."""
    bench = await Bench.make(rules=DeliverRules(patience=timedelta(milliseconds=5)))
    bench.platform.will(Does.ACCEPT_AND_HANG)
    assert await bench() == ["card"]
    assert (await bench.rows())["card"].state is State.INTENT
    assert bench.told("held_back")[0]["reason"] == "no answer: no answer within 0.005 s"
    assert await bench(MINUTE) == PARTS


async def test_a_platform_that_does_not_answer_is_asked_less_and_less_often() -> None:
    """2 s, 8 s, 30 s, 2 min, then every 5 min, each a little longer; afterwards all is forgotten."""
    bench = await Bench.make()
    bench.platform.will(*[Does.FAIL] * 6)
    waits = []
    for failure in range(1, 7):
        before = bench.clock.now()
        await bench()
        posting = await bench.posting()
        assert posting.tries == failure
        assert posting.retry_at is not None
        waits.append((posting.retry_at - before).total_seconds())
        bench.clock.instant = posting.retry_at
    for wait, least in zip(waits, (2, 8, 30, 120, 300, 300), strict=True):
        assert least <= wait <= least * 1.26
    assert await bench() == PARTS
    posting = await bench.posting()
    assert (posting.tries, posting.retry_at) == (0, None)


async def test_a_platform_that_never_answers_is_given_up() -> None:
    """Three hours after its time the posting is parked, with the reason; the last try is made just then."""
    bench = await Bench.make()
    bench.platform.usual = Does.FAIL
    bench.platform.looks.extend([Does.FAIL] * 1000)
    for _ in range(100):
        await bench()
        posting = await bench.posting()
        if posting.state is State.PARKED:
            break
        assert posting.retry_at is not None
        bench.clock.instant = posting.retry_at
    assert (posting.state, posting.reason) == (State.PARKED, "no answer: 502")
    assert timedelta() <= bench.clock.now() - (DUE + 3 * HOUR) < SECOND
    assert (await bench.rows())["card"].doubtful
    assert len(bench.told("parked")) == 1
    assert bench.told("not_posted")[0]["reason"] == "no answer: 502"


async def test_giving_up_counts_from_our_start_where_that_was_later() -> None:
    """A process that comes to it late still gives the platform its time for what is half posted."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.FAIL, Does.FAIL)
    await bench()
    bench.clock.advance(4 * HOUR)
    bench.deliver = bench.process()
    await bench()
    assert (await bench.posting()).state is State.INTENT
    assert await bench(MINUTE) == PARTS


async def test_an_edition_of_which_nothing_was_taken_is_not_posted_long_after_its_time() -> None:
    """It was tried, and then nobody was there: people would see it beside the next one."""
    bench = await Bench.make()
    bench.platform.will(Does.FAIL)
    await bench()
    bench.clock.advance(3 * HOUR + MINUTE)
    bench.deliver = bench.process()
    assert await bench() == []
    posting = await bench.posting()
    assert (posting.state, posting.reason) == (State.SKIPPED, "it could not be posted in time")
    assert len(bench.told("skipped")) == 1


async def test_how_long_an_edition_may_wait_for_its_first_attempt_is_not_decided_here() -> None:
    """Whoever keeps the timetable skips what is too old; what it leaves is posted."""
    bench = await Bench.make(after=5 * HOUR)
    bench.deliver = bench.process()
    assert await bench() == PARTS


@pytest.mark.parametrize("does", [Does.RUBBISH, Does.ACCEPT_AND_CRASH])
async def test_an_adapter_that_trips_leaves_an_intent_behind(does) -> None:
    """It is not ours to judge: the error is raised, and the part is looked for when its lease has run out."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, does)
    with pytest.raises((ValueError, Crash)):
        await bench()
    assert await bench(LEASE - SECOND) == ["card", "story-1"]
    assert bench.platform.finds() == 0
    assert await bench(SECOND) == PARTS


async def test_a_time_out_of_the_adapter_itself_is_not_ours() -> None:
    """Only our own patience is an answer that did not come."""
    bench = await Bench.make()

    def trip(_: object) -> None:
        raise TimeoutError

    bench.platform.during = trip
    with pytest.raises(TimeoutError):
        await bench()
    assert (await bench.rows())["card"].state is State.INTENT


async def test_a_database_that_fails_after_the_post_leaves_an_intent_behind() -> None:
    """The message is there, the ledger does not know: it is looked for."""
    bench = await Bench.make()
    flaky = FlakyStore(bench.store)
    flaky.before = 2  # opening, claim, result
    with pytest.raises(StoreUnavailable):
        await bench.process(started=DUE, store=flaky)(bench.key)
    assert bench.platform.parts() == ["card"]
    assert await bench(LEASE) == PARTS
    assert bench.platform.finds() == 1


# ---------------------------------------------------------------- not taken now


async def test_a_busy_platform_is_left_alone_for_as_long_as_it_asks() -> None:
    """Nothing is in doubt: no look, and the same part next."""
    bench = await Bench.make()
    bench.platform.retry_after = 7 * SECOND
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    assert await bench() == ["card"]
    posting, row = await bench.posting(), (await bench.rows())["story-1"]
    assert posting.retry_at is not None
    assert posting.retry_at - bench.clock.now() == 7 * SECOND
    assert (row.state, row.doubtful) == (State.COMPOSED, False)
    assert bench.told("held_back")[0]["again"] == posting.retry_at.isoformat()
    assert await bench(6 * SECOND) == ["card"]
    assert await bench(SECOND) == PARTS
    assert bench.platform.finds() == 0


async def test_a_busy_platform_that_says_nothing_is_asked_less_and_less_often() -> None:
    """And it counts as answering: what went before is forgotten."""
    bench = await Bench.make()
    bench.platform.will(Does.FAIL, Does.BUSY, Does.BUSY)
    await bench()
    for tries in (1, 2):
        await bench(MINUTE)
        assert (await bench.posting()).tries == tries
    assert await bench(MINUTE) == PARTS


async def test_a_platform_that_is_busy_for_hours_is_given_up() -> None:
    """An edition that asks for tomorrow is not posted tomorrow: the last try is when we give up."""
    bench = await Bench.make()
    bench.platform.usual = Does.BUSY
    bench.platform.retry_after = 24 * HOUR
    await bench()
    assert (await bench.posting()).retry_at == DUE + 3 * HOUR
    await bench(3 * HOUR)
    posting = await bench.posting()
    assert (posting.state, posting.reason) == (State.PARKED, "not taken now: 429")


async def test_a_refused_story_costs_only_itself() -> None:
    """The others keep their order; the posting is parked for a person to see."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.REFUSED)
    assert await bench() == ["card", "story-2", "question"]
    posting = await bench.posting()
    assert (posting.state, posting.reason) == (State.PARKED, "refused: too long")
    assert [line["part"] for line in bench.told("parked")] == ["story-1"]
    end = bench.told("not_posted")[0]
    assert (end["parts"], end["state"]) == (3, "parked")


async def test_without_its_card_nothing_of_an_edition_is_posted() -> None:
    """There is no thread for it."""
    bench = await Bench.make()
    bench.platform.will(Does.REFUSED)
    assert await bench() == []
    assert (await bench.posting()).state is State.PARKED


# ---------------------------------------------------------------- the place is closed


async def test_a_closed_place_is_tried_three_times_then_its_subscription_is_paused() -> None:
    """After one minute and after five; it is told once, and the next slots are skipped."""
    bench = await Bench.make()
    bench.platform.usual = Does.CLOSED
    for least in (60, 300):
        await bench()
        posting = await bench.posting()
        assert posting.retry_at is not None
        wait = (posting.retry_at - bench.clock.now()).total_seconds()
        assert least <= wait <= least * 1.26
        assert (await subscription(bench)).paused_until is None
        bench.clock.instant = posting.retry_at
    await bench()
    reason = "the place is closed: no such channel"
    posting, paused = await bench.posting(), await subscription(bench)
    assert (posting.state, posting.reason) == (State.PARKED, reason)
    assert (paused.paused_until, paused.pause_reason) == (FOR_GOOD, reason)
    await bench(HOUR)
    assert len(bench.platform.calls) == 3
    assert [line["subscription"] for line in bench.told("place_paused")] == [paused.id]


async def test_other_failures_do_not_count_against_a_place() -> None:
    """Only one that is closed three times in a row is given up."""
    bench = await Bench.make()
    bench.platform.will(Does.FAIL, Does.FAIL, Does.CLOSED, Does.CLOSED, Does.BUSY, Does.CLOSED, Does.CLOSED)
    for _ in range(7):
        await bench(10 * MINUTE)
    assert await bench(10 * MINUTE) == PARTS
    assert not bench.told("place_paused")


async def test_a_place_that_closed_while_a_message_was_in_doubt_stays_in_doubt() -> None:
    """It may stand there; that it cannot be read now says nothing about it."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT_AND_FAIL)
    bench.platform.looks.extend([Does.CLOSED, Does.CLOSED])
    await bench()
    for _ in range(2):
        await bench(10 * MINUTE)
        assert (await bench.rows())["card"].doubtful
    assert await bench(10 * MINUTE) == PARTS


async def test_a_subscription_that_is_paused_already_or_gone_is_not_told_again() -> None:
    """Two desks in one place: each learns it for itself, and each only once."""
    for gone in (True, False):
        bench = await Bench.make(rules=DeliverRules(closed_tries=1))
        kept = bench.store.contents.subscriptions
        for id_ in list(kept):
            kept[id_] = replace(kept[id_], paused_until=FOR_GOOD)
            if gone:
                del kept[id_]
        bench.platform.will(Does.CLOSED)
        await bench()
        assert (await bench.posting()).state is State.PARKED
        assert not bench.told("place_paused")


# ---------------------------------------------------------------- people delete it


@pytest.mark.parametrize("tombstones", [True, False])
async def test_a_thread_whose_card_people_deleted_is_not_continued(tombstones) -> None:
    """Whether the platform says so, or the card is just not there any more; it is told once."""
    bench = await Bench.make()
    bench.platform.tombstones = tombstones
    bench.platform.will(Does.ACCEPT, Does.FAIL)
    await bench()
    bench.platform.delete("card")
    assert await bench(MINUTE) == ["card"]
    posting = await bench.posting()
    assert (posting.state, posting.reason) == (State.SKIPPED, "people deleted it")
    assert (await bench.rows())["story-1"].state is State.SKIPPED
    assert await bench(HOUR) == ["card"]
    assert [line["part"] for line in bench.told("withdrawn")] == ["story-1"]


async def test_a_platform_that_says_the_thread_is_withdrawn_is_believed() -> None:
    """No look is needed for that."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.ACCEPT, Does.WITHDRAWN)
    assert await bench() == ["card", "story-1"]
    assert (await bench.posting()).state is State.SKIPPED
    assert len(bench.told("withdrawn")) == 1


async def test_a_message_that_people_deleted_before_we_knew_of_it_is_not_posted_again() -> None:
    """They have seen it and do not want it."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.ACCEPT_AND_FAIL)
    await bench()
    bench.platform.delete("story-1")
    assert await bench(MINUTE) == ["card", "story-1"]
    assert (await bench.posting()).reason == "people deleted it"


# ---------------------------------------------------------------- looking


async def test_what_cannot_be_decided_is_parked_for_a_person() -> None:
    """The others of the thread go on."""
    bench = await Bench.make()
    bench.platform.read_back = False
    bench.platform.will(Does.ACCEPT, Does.ACCEPT_AND_FAIL)
    await bench()
    assert await bench(MINUTE) == PARTS
    row = (await bench.rows())["story-1"]
    assert (row.state, row.doubtful) == (State.PARKED, True)
    assert (await bench.posting()).state is State.PARKED
    assert [line["part"] for line in bench.told("parked")] == ["story-1"]


async def test_what_was_in_doubt_is_looked_for_again_right_before_it_is_posted() -> None:
    """It was not there, and then the platform was busy: what was safe then may not be safe now."""
    bench = await Bench.make()
    bench.platform.will(Does.FAIL, Does.BUSY)
    for _ in range(2):
        assert await bench(MINUTE) == []
    assert (await bench.rows())["card"].doubtful
    assert await bench(MINUTE) == PARTS
    assert bench.platform.finds() == 2


async def test_a_key_that_is_not_taken_twice_settles_a_doubt_without_reading() -> None:
    """The platform gives the first message again."""
    bench = await Bench.make()
    bench.platform.read_back = False
    bench.platform.nonce = 5 * MINUTE
    bench.platform.will(Does.ACCEPT_AND_FAIL)
    await bench()
    assert await bench(MINUTE) == PARTS
    assert (await bench.rows())["card"].message == "m1"


@pytest.mark.parametrize("look", [Does.FAIL, Does.BUSY])
async def test_a_look_that_fails_decides_nothing(look) -> None:
    """The doubt stays until the place can be read."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT_AND_FAIL)
    bench.platform.looks.extend([look, look])
    await bench()
    for _ in range(2):
        assert await bench(MINUTE) == ["card"]
        assert (await bench.rows())["card"].doubtful
    assert await bench(MINUTE) == PARTS


async def test_a_look_that_fails_casts_no_doubt() -> None:
    """What was never posted is not in doubt because the place could not be read."""
    bench = await Bench.make(after=MINUTE)
    bench.deliver = bench.process()
    bench.platform.looks.append(Does.FAIL)
    assert await bench() == []
    assert not (await bench.rows())["card"].doubtful
    assert await bench(MINUTE) == PARTS


async def test_what_was_due_before_this_process_started_is_looked_for_first() -> None:
    """Each part; that the card stands is known."""
    bench = await Bench.make(after=MINUTE)
    bench.deliver = bench.process()
    assert await bench() == PARTS
    assert [call.kind for call in bench.platform.calls] == ["find", "post"] * len(PARTS)


async def test_an_old_backup_does_not_post_again() -> None:
    """The card is there though this database never tried: it has lost its history."""
    bench = await Bench.make()
    old = bench.store.contents.copy()
    await bench()
    bench.store.contents = old
    bench.deliver = bench.process(started=DUE + SECOND)
    assert await bench(MINUTE) == PARTS
    posting, row = await bench.posting(), (await bench.rows())["card"]
    assert (posting.state, posting.reason) == (State.SKIPPED, "posted before this database was restored")
    assert (row.state, row.message) == (State.SKIPPED, "m1")
    assert len(bench.told("restored")) == 1
    assert not bench.told("withdrawn")


async def test_a_backup_from_the_middle_of_a_thread_goes_on_where_people_saw_it_end() -> None:
    """What is found is recorded; what is missing is posted, in order."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    await bench()
    old = bench.store.contents.copy()
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    assert await bench(MINUTE) == ["card", "story-1"]
    bench.store.contents = old
    bench.deliver = bench.process()
    assert await bench(MINUTE) == PARTS
    assert (await bench.posting()).state is State.SENT
    assert [line["part"] for line in bench.told("part_sent") if line["found"]] == ["story-1"]


async def test_a_backup_from_the_moment_of_the_card_finds_what_followed_it() -> None:
    """The card was in doubt then, and its thread is older than this process: the stories are looked for too."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT_AND_FAIL)
    await bench()
    old = bench.store.contents.copy()
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    assert await bench(MINUTE) == ["card", "story-1"]
    bench.store.contents = old
    bench.deliver = bench.process()
    assert await bench(MINUTE) == PARTS
    assert [line["part"] for line in bench.told("part_sent") if line["found"]] == ["card", "card", "story-1"]


async def test_a_card_that_cannot_be_read_does_not_hold_its_thread() -> None:
    """What is known of the part itself counts."""
    bench = await Bench.make()
    bench.platform.nonce = HOUR
    bench.platform.will(Does.ACCEPT, Does.BUSY)
    await bench()
    bench.platform.will(Does.ACCEPT_AND_FAIL)
    await bench(50 * MINUTE)
    bench.platform.read_back = False
    bench.deliver = bench.process()
    await bench(15 * MINUTE)  # the card's key has been forgotten, the story's has not
    assert (await bench.rows())["story-1"].state is State.SENT


# ---------------------------------------------------------------- several at it


async def test_a_posting_that_somebody_else_is_at_is_left_to_them() -> None:
    """Two calls at once: each message once."""
    bench = await Bench.make()
    others = [bench.process(started=DUE) for _ in range(3)]
    await asyncio.gather(*(each(bench.key) for each in (bench.deliver, *others)))
    assert bench.platform.parts() == PARTS
    assert (await bench.posting()).state is State.SENT
    assert len(bench.told("posted")) == 1


async def test_who_comes_late_changes_nothing() -> None:
    """An answer after the lease has run out: another process has found the message and gone on."""
    bench = await Bench.make()
    bench.platform.will(Does.ACCEPT_AND_WAIT)
    slow = asyncio.create_task(bench.deliver(bench.key))
    await bench.platform.arrived.wait()
    await asyncio.sleep(0)
    bench.clock.advance(LEASE)
    await bench.process(started=DUE)(bench.key)
    bench.platform.answer.set()
    await slow
    assert bench.platform.parts() == PARTS
    assert [line["part"] for line in bench.told("late_writer")] == ["card"]
    assert len(bench.told("part_sent")) == len(PARTS)


@pytest.mark.parametrize("which", ["wall", "monotonic"])
async def test_a_process_that_was_held_up_does_not_post(which, monkeypatch) -> None:
    """Half of its lease is over, by one clock or the other: by the time of an answer it may be somebody else's turn."""
    bench = await Bench.make(rules=DeliverRules(lease=10 * SECOND))
    bench.platform.will(Does.FAIL)
    await bench()
    loop, lost = asyncio.get_running_loop(), 0.0
    passed = loop.time
    monkeypatch.setattr(loop, "time", lambda: passed() + lost)

    def sleep_through(_: object) -> None:
        nonlocal lost
        if which == "wall":
            bench.clock.advance(6 * SECOND)
        else:
            lost += 6

    bench.platform.during = sleep_through
    assert await bench(MINUTE) == []
    row = (await bench.rows())["card"]
    assert (row.state, row.reason, row.doubtful) == (State.INTENT, "held up for too long to post", True)
    bench.platform.during = lambda _: None
    assert await bench() == PARTS


async def test_a_posting_that_another_process_has_closed_is_not_closed_again() -> None:
    """The last part is settled by one, the posting by whoever comes first; it is told once."""
    bench = await Bench.make()
    flaky = FlakyStore(bench.store)
    flaky.before = 9  # opening, four claims and results; not the end
    with pytest.raises(StoreUnavailable):
        await bench.process(started=DUE, store=flaky)(bench.key)
    assert (await bench.posting()).state is State.INTENT
    await at_the_same_time(bench, *(bench.process(started=DUE)(bench.key) for _ in range(2)))
    assert bench.platform.parts() == PARTS
    assert (await bench.posting()).state is State.SENT
    assert len(bench.told("posted")) == 1


async def test_many_places_share_one_edition_and_each_gets_it_once() -> None:
    """Also more editions than are kept at hand."""
    bench = await Bench.make()
    store: MemoryStore = bench.store
    keys: list[str] = []
    for number in range(10):
        edition = replace(short(sample(), 1), id=f"harbour-20261120-am-{number:08x}", desk=f"d{number}")
        due = DUE + number * SECOND
        keys += await owe(store, *(Place(NAME, f"p{number}-{n}") for n in range(3)), due=due, edition=edition)
    bench.clock.advance(MINUTE)
    deliver = bench.process(started=DUE - HOUR)
    await asyncio.gather(*(deliver(key) for key in keys))
    async with store.unit() as unit:
        postings: list[Posting] = await unit.postings.find(keys=keys)
    assert {posting.state for posting in postings} == {State.SENT}
    by_place: dict[str, list[str]] = {}
    for shown in bench.platform.shown:
        by_place.setdefault(shown.place.id, []).append(shown.part)
    assert len(by_place) == 30
    assert set(map(tuple, by_place.values())) == {("card", "story-1", "question")}

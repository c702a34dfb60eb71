"""Whatever Slack repeats, mixes up, loses or takes without saying so: one answer for each message of a person."""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from adapters.platforms.slack import sockets
from adapters.platforms.slack.talk.adding import digest
from tests.fakes.slack.delivery import Sending
from tests.fakes.slack.faults import AFTER, Fault
from tests.fakes.slack.people import Person
from tests.fakes.slack.world import Message
from tests.integration.slack_harbour import Harbour, harbour, read

ASKED = "What is the fork called?"
CONVERSATIONS = 200
INTERLEAVINGS = range(int(os.environ.get("COUNTERPOINT_INTERLEAVINGS", "1")))
"""Orders in which each sequence is tried. With 50, what an hour of bad luck has: `COUNTERPOINT_INTERLEAVINGS=50`."""
LATER = timedelta(minutes=7)
"""Longer than Slack tries again, and than anything is remembered for less than a day."""
KINDS = ("a question in the thread", "a mention in the thread", "a mention in the channel", "a message to us alone")
Disturbed = Callable[[Harbour, list[Message]], Awaitable[None]]


async def written(here: Harbour, who: Person, kind: str, n: int = 0) -> Message:
    """Somebody writes; nobody waits."""
    text = "sources 2" if n % 2 else ASKED
    if kind == "a message to us alone":
        said = await who.direct(text, until="sent")
    elif kind == "a mention in the channel":
        said = await who.say(here.keepers, f"@Counterpoint {text}", until="sent")
    else:
        called = "@Counterpoint " if kind == "a mention in the thread" else ""
        said = await who.say(here.keepers, f"{called}{text}", thread=here.thread, until="sent")
    assert said.said is not None
    return said.said


def answers(here: Harbour, asked: Message) -> list[Message]:
    """Our messages below what was asked that answer it: they say so; an ended stream without that counts, too."""
    wanted = digest(f"{asked.team}/{asked.channel}/{asked.ts}")
    found = [m for m in here.said(asked.thread) if m.ts > asked.ts]
    return [m for m in found if not m.metadata or m.metadata["event_payload"].get("question") == wanted]


async def answered(here: Harbour, asked: list[Message]) -> None:
    """Wait until each has an answer that is complete, and all that was sent was worked on."""

    def done() -> bool:
        settled = all(one.settled for one in here.fake.deliver.sent)
        complete = [m for one in asked for m in answers(here, one)]
        return (
            settled
            and all(answers(here, one) for one in asked)
            and all(m.metadata and not (m.stream and m.stream.open) for m in complete)
        )

    await here.hears(done)
    await quiet(here)


async def quiet(here: Harbour) -> None:
    """Everything that came is done with: what comes after it is answered."""
    last = await written(here, here.person("Last"), "a message to us alone", 1)
    await here.hears(lambda: answers(here, last) and not here.fake.world.statuses)


def messages(here: Harbour) -> list[Sending]:
    """What we were sent of what people wrote."""
    return [
        one for one in here.fake.deliver.sent if one.name in {"message", "app_mention"} and not one.event.get("bot_id")
    ]


# ---------------------------------------------------------------- what is done to the events


async def doubled(here: Harbour, asked: list[Message]) -> None:
    """The same event, the same id."""
    for one in messages(here):
        here.fake.deliver.again(one)
    del asked


async def renumbered(here: Harbour, asked: list[Message]) -> None:
    """The same message as other events."""
    for one in messages(here):
        here.fake.deliver.again(one, new_id=True)
    del asked


async def replayed(here: Harbour, asked: list[Message]) -> None:
    """Once more when they are answered."""
    await here.hears(lambda: all(answers(here, one) for one in asked))
    for one in messages(here) * 2:
        here.fake.deliver.again(one)


async def mixed_up(here: Harbour, asked: list[Message]) -> None:
    """Held back, and told in the opposite order."""
    here.fake.deliver.straighten(lambda held: held[::-1])
    del asked


async def lost(here: Harbour, asked: list[Message]) -> None:
    """Nobody said that they arrived: Slack tells them again."""
    here.fake.deliver.retry()
    del asked


async def found_again(here: Harbour, asked: list[Message]) -> None:
    """From now on, things arrive."""
    here.fake.deliver.lose = here.fake.deliver.deaf = 0
    here.fake.deliver.retry()
    del asked


async def lost_and_doubled(here: Harbour, asked: list[Message]) -> None:
    """Told again, twice."""
    here.fake.deliver.retry()
    await doubled(here, asked)


async def much_later(here: Harbour, asked: list[Message]) -> None:
    """Once more when they are answered, minutes later and as other events."""
    await here.hears(lambda: all(answers(here, one) for one in asked))
    told = messages(here)
    here.clock.advance(LATER)
    for one in told:
        here.fake.deliver.again(one, new_id=True)


async def edited(here: Harbour, asked: list[Message]) -> None:
    """Who wrote it writes something else, or the same again."""
    for one in asked:
        await author(here, one).edit(one, f"@Counterpoint {ASKED}", until="sent")
    await doubled(here, asked)


async def edited_out_of_order(here: Harbour, asked: list[Message]) -> None:
    """The change is told before what it changes."""
    for one in asked:
        await author(here, one).edit(one, "list", until="sent")
    here.fake.deliver.straighten(lambda held: held[::-1])


async def deleted_around(here: Harbour, asked: list[Message]) -> None:
    """Somebody else's words come and go."""
    omar = here.person("Omar")
    for text in ("A game tonight.", "Or tomorrow."):
        seen = await omar.say(here.keepers, text, thread=here.thread, until="sent")
        assert seen.said is not None
        await omar.delete(seen.said, until="sent")
    await doubled(here, asked)


async def parroted(here: Harbour, asked: list[Message]) -> None:
    """Another bot says the same, to us; both kinds of bots."""
    bot = here.fake.other_bot("Beacon", here.team)
    for old in (False, True):
        bot.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread.ts, old=old)
        bot.say(here.keepers, "sources 2", thread=here.thread.ts, old=old)
    await doubled(here, asked)


async def cut(here: Harbour, asked: list[Message]) -> None:
    """The connection breaks without a word: what was not acknowledged comes again through the next one."""
    await here.fake.sockets.drop()
    await here.fake.sockets.connected()
    await doubled(here, asked)


async def sent_away(here: Harbour, asked: list[Message]) -> None:
    """Slack asks us to open another connection; it tells again through that."""
    await here.fake.sockets.ask_to_go()
    await here.fake.sockets.connected()
    await found_again(here, asked)
    await doubled(here, asked)


async def cut_and_renumbered(here: Harbour, asked: list[Message]) -> None:
    """Both connections break, twice; then everything comes as other events."""
    for _ in range(2):
        await here.fake.sockets.drop(code=1011)
        await here.fake.sockets.connected()
    await found_again(here, asked)
    await renumbered(here, asked)


def author(here: Harbour, message: Message) -> Person:
    """Who wrote it."""
    return Person(here.fake, here.fake.world.users[message.user], here.team)


async def nothing(here: Harbour, asked: list[Message]) -> None:
    """The disturbance is one of our own calls."""
    del here, asked


def shuffle(here: Harbour) -> None:
    """Events wait."""
    here.fake.deliver.shuffle()


def lose(here: Harbour) -> None:
    """The next ones do not arrive."""
    here.fake.deliver.lose = 3


def lose_all(here: Harbour) -> None:
    """Nothing arrives the first time."""
    here.fake.deliver.lose = 100


def deafen(here: Harbour) -> None:
    """What we acknowledge is not heard: Slack thinks that nothing arrived."""
    here.fake.deliver.deaf = 6


def mention_first(here: Harbour) -> None:
    """Of the two events of a mention, the other one comes first; and each comes twice."""
    here.fake.events.mention_first = True
    here.fake.deliver.duplicate = 1.0


def fail(fault: Fault, method: str, times: int = 1, after: int = 0) -> Callable[[Harbour], None]:
    """A call of ours fails."""

    def plan(here: Harbour) -> None:
        here.fake.faults.next(fault, method, times=times, after=after)

    return plan


def all_fail(fault: Fault, *methods: str) -> Callable[[Harbour], None]:
    """Several calls of ours fail."""

    def plan(here: Harbour) -> None:
        for method in methods:
            here.fake.faults.next(fault, method)

    return plan


def calm(here: Harbour) -> None:
    """Nothing happens before."""
    del here


SEQUENCES: tuple[tuple[str, Callable[[Harbour], None], Disturbed], ...] = (
    ("doubled", calm, doubled),
    ("renumbered", calm, renumbered),
    ("replayed", calm, replayed),
    ("mixed up", shuffle, mixed_up),
    ("lost", lose, lost),
    ("lost and doubled", lose, lost_and_doubled),
    ("all lost", lose_all, found_again),
    ("taken and not heard of", deafen, found_again),
    ("the mention first", mention_first, renumbered),
    ("again minutes later", calm, much_later),
    ("edited", calm, edited),
    ("edited before it is told", shuffle, edited_out_of_order),
    ("others deleted", calm, deleted_around),
    ("said by other bots, too", calm, parroted),
    ("cut", calm, cut),
    ("cut while nothing is heard", deafen, cut_and_renumbered),
    ("sent away", lose, sent_away),
    *((f"the stream begins, {fault}", fail(fault, "chat.startStream"), doubled) for fault in AFTER),
    *((f"the stream ends, {fault}", fail(fault, "chat.stopStream"), replayed) for fault in AFTER),
    *((f"a message is posted, {fault}", fail(fault, "chat.postMessage"), doubled) for fault in AFTER),
    ("no stream, and the message is dropped", all_fail(Fault.FAIL, "chat.startStream", "chat.postMessage"), doubled),
    ("the end is dropped before", fail(Fault.DROP_BEFORE, "chat.stopStream"), doubled),
    ("the end and its mending are dropped", all_fail(Fault.DROP, "chat.stopStream", "chat.update"), nothing),
    ("begun and refused to end", all_fail(Fault.INTERNAL, "chat.stopStream"), lost),
    ("busy", all_fail(Fault.BUSY, "chat.startStream", "chat.postMessage"), renumbered),
)


@pytest.mark.parametrize("interleaving", INTERLEAVINGS)
@pytest.mark.parametrize(("name", "before", "then"), SEQUENCES, ids=[one[0] for one in SEQUENCES])
async def test_each_message_has_one_answer(
    name: str,
    before: Callable[[Harbour], None],
    then: Disturbed,
    interleaving: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four kinds of messages, of each a question or a look-up, in an order and with pauses that chance decides."""
    if then in {cut, cut_and_renumbered}:
        monkeypatch.setattr(sockets, "_PING", 0.3)  # what broke is noticed with the next ping
    chance = random.Random(f"{name}/{interleaving}")
    async with harbour() as here, here.awake():
        before(here)
        asked = []
        for n, kind in enumerate(chance.sample(KINDS, len(KINDS))):
            asked.append(await written(here, here.person(f"Person {n}"), kind, chance.randrange(2)))
            await pause(chance)
        await then(here, asked)
        await answered(here, asked)
        assert [len(answers(here, one)) for one in asked] == [1] * len(asked)
        assert here.reports == []


async def pause(chance: random.Random) -> None:
    """Let others go on, for a while that chance decides."""
    for _ in range(chance.choice((0, 0, 1, 5, 30))):
        await asyncio.sleep(0)


@pytest.mark.parametrize("interleaving", INTERLEAVINGS)
@pytest.mark.parametrize("others", [0, 1])
async def test_a_restart_between_loses_nothing_and_says_nothing_twice(others: int, interleaving: int) -> None:
    """What came while nobody listened waits; what was being answered is answered; another process may go on."""
    chance = random.Random(f"restart/{others}/{interleaving}")
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(harbour())
        asked: list[Message] = []
        for _ in range(2):
            async with here.awake():
                for n, kind in enumerate(chance.sample(KINDS, len(KINDS))):
                    asked.append(await written(here, here.person(f"Person {n}"), kind, chance.randrange(2)))
                    await pause(chance)
            asked.append(await written(here, here.person("Late"), KINDS[0]))
            if others:
                await stack.enter_async_context(here.awake())
        async with here.awake():
            here.fake.deliver.retry()
            await doubled(here, asked)
            await answered(here, asked)
            assert [len(answers(here, one)) for one in asked] == [1] * len(asked)
            assert here.reports == []


async def test_where_nothing_can_be_read_back_nothing_is_said_twice() -> None:
    """It was taken, the connection broke, and history is closed to us: it stands there once."""
    async with harbour() as here, here.awake():
        here.fake.faults.next(Fault.DROP)
        for _ in range(3):
            here.fake.faults.next(Fault.FAIL, "conversations.replies")
        nell = here.person()
        asked = await written(here, nell, "a mention in the thread", 1)
        await here.hears(lambda: "answer_not_posted" in here.events.names())
        assert len(answers(here, asked)) == 1
        assert here.reports == []


async def test_a_message_that_was_never_taken_is_apologised_for_once() -> None:
    """Slack was down for all tries: the person learns it when it is back, by one message."""
    async with harbour() as here, here.awake():
        here.fake.faults.next(Fault.FAIL, times=2)
        nell = here.person()
        asked = await written(here, nell, "a mention in the thread", 1)
        (told,) = await here.hears(lambda: answers(here, asked))
        assert "Try again" in read(told)


async def test_a_stream_that_slack_closes_after_five_minutes_says_all_in_the_end() -> None:
    """Its message is replaced by the complete answer."""
    async with harbour() as here, here.awake():
        here.fake.world.limits.stream = timedelta()
        nell = here.person()
        asked = await written(here, nell, "a question in the thread")
        await answered(here, [asked])
        (answer,) = answers(here, asked)
        assert "called Nib" in read(answer)
        assert answer.stream is not None
        assert answer.stream.timed_out
        assert answer.metadata is not None
        assert [one.method for one in here.fake.requests if one.method == "chat.update"]


@pytest.mark.parametrize("code", [Fault.NOT_IN_CHANNEL, Fault.GONE, Fault.BUSY, Fault.BAD_GATEWAY])
async def test_a_stream_that_is_refused_is_a_plain_message(code: Fault) -> None:
    """Whatever Slack says."""
    async with harbour() as here, here.awake():
        here.fake.faults.next(code, "chat.startStream", times=1)
        nell = here.person()
        asked = await written(here, nell, "a question in the thread")
        await answered(here, [asked])
        assert len(answers(here, asked)) == 1


async def test_two_processes_on_one_database_answer_once() -> None:
    """Each of them hears some of it, or all of it twice."""
    async with harbour() as here, here.awake(), here.awake():
        here.fake.deliver.duplicate = 1.0
        people = [here.person(f"Person {n}") for n in range(3)]
        asked = [await written(here, who, kind) for who in people for kind in KINDS]
        await answered(here, asked)
        assert [len(answers(here, one)) for one in asked] == [1] * len(asked)


async def test_two_hundred_conversations_at_once_have_two_hundred_answers() -> None:
    """In their own threads."""
    async with harbour() as here, here.awake():
        people = [here.person(f"Person {n}") for n in range(CONVERSATIONS)]
        for one in people:
            one.patience = 60.0  # of a test on a busy machine
        asked = await asyncio.gather(*(written(here, who, "a message to us alone") for who in people))
        await here.fake.world.until(lambda: all(answers(here, one) for one in asked), seconds=60)
        assert [len(answers(here, one)) for one in asked] == [1] * CONVERSATIONS
        assert here.reports == []

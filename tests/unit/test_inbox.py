"""Messages come in, pass the guards in order, and get at most one answer each."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from bot.domain.conversation.pace import Pace, PaceLimits
from bot.domain.conversation.retrieval import Shelf
from bot.domain.edition import Edition
from bot.domain.message import Answer, Message, Notice, Progress
from bot.domain.place import Inbound, Place
from bot.domain.reply import Action, Reply
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule
from bot.errors import ConfigError, CoresError, CounterpointError, LimitReached, SourceUnavailable, StoreUnavailable
from bot.services.deeds import Deeds
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox, InboxRules
from bot.services.running import Running
from bot.services.subscribed import Subscribed
from tests.fakes.clock import FakeClock
from tests.fakes.loop_clock import LoopClock, virtually
from tests.fakes.speaking import MODEL, SpokenModel, answering
from tests.fakes.talk import NOON, FakeReplyHandle, sample, typed
from tests.unit.test_discuss import keep

HERE = sample().id


class Thread:
    """One thread of the sample edition, with everything behind it."""

    def __init__(self, store: MemoryStore, discuss: Discuss, rules: InboxRules | None = None) -> None:
        self.clock = FakeClock(NOON)
        self.reports: list[tuple[str, BaseException]] = []
        self.handle = FakeReplyHandle()
        self._count = 0
        self.store = store
        self.paused: list[str] = []
        self.inbox = Inbox(
            store,
            discuss,
            FluentCatalogue(),
            self.clock,
            report=lambda i, e: self.reports.append((i, e)),
            rules=rules,
            pause=self.pause,
        )

    async def pause(self, subscription: Subscription) -> None:
        """Note what is paused."""
        self.paused.append(subscription.id)

    def recover(self) -> None:
        """The same inbox, whose answers come again."""
        FailingDiscuss.error = None

    async def subscribe(self, tenant: str, **options: str) -> Subscription:
        """Editions come to the channel of this thread."""
        place = typed("").place
        own = Subscription("s1", tenant, Place(place.platform, place.id), "harbour", Schedule("UTC"), "en", NOON)
        own = replace(own, options=tuple(sorted(options.items())))
        async with self.store.unit() as unit:
            await unit.subscriptions.put(own)
            await unit.commit()
        return own

    async def say(self, text: str, **facts: bool | str | None) -> list[tuple[Message, bool]]:
        """Send a message; what was answered to it."""
        self._count += 1
        given = {"id": f"m{self._count}", "edition": HERE, **facts}
        return await self.send(typed(text, **given))

    async def send(self, inbound: Inbound) -> list[tuple[Message, bool]]:
        """Send a message as it is."""
        before = len(self.handle.answers)
        await self.inbox(inbound, self.handle)
        return self.handle.answers[before:]


class SlowDiscuss(Discuss):
    """Takes a minute for every answer, as a model that runs on a small machine."""

    seconds = 60.0

    async def reply(self, edition: str | Shelf, text: str, *, language: str, **more: Any) -> Reply:
        await asyncio.sleep(self.seconds)
        return await super().reply(edition, text, language=language, **more)


class FailingDiscuss(Discuss):
    """Raises what it is told to."""

    error: Exception | None = RuntimeError("a bug")

    async def reply(self, edition: str | Shelf, text: str, *, language: str, **more: Any) -> Reply:
        if self.error is not None:
            raise self.error
        return await super().reply(edition, text, language=language, **more)


async def thread(
    *editions: Edition, rules: InboxRules | None = None, failing: bool = False, slow: bool = False
) -> Thread:
    store = MemoryStore()
    await keep(store, *editions)
    kind = FailingDiscuss if failing else SlowDiscuss if slow else Discuss
    return Thread(store, kind(store, FluentCatalogue()), rules)


def reply_of(answers: list[tuple[Message, bool]]) -> Reply:
    assert len(answers) == 1
    message, _ = answers[0]
    assert isinstance(message, Answer)
    return message.reply


def notice_of(answers: list[tuple[Message, bool]]) -> str:
    assert len(answers) == 1
    message, _ = answers[0]
    assert isinstance(message, Notice)
    return message.text


async def test_a_thread_as_people_use_it() -> None:
    """Typed words, questions and presses are answered; talk between people is not."""
    here = await thread(sample())
    assert reply_of(await here.say("sources 2")).kind == "sources"
    assert await here.say("did you see the game?") == []
    assert await here.say("Tom, can you send me the link?") == []
    assert reply_of(await here.say("What is the fork called?")).kind == "answer"
    assert await here.say("what is it called, Tom?") == []
    assert reply_of(await here.say("thanks, and who pays?", mentions_us=True)).kind == "refusal"
    assert here.reports == []


async def test_typed_answers_are_public_and_presses_private() -> None:
    """One person's curiosity stays theirs."""
    here = await thread(sample())
    (message, private), *_ = await here.say("counter 1", pressed=True)
    assert private
    assert isinstance(message, Answer)
    assert message.reply.private
    (message, private), *_ = await here.say("counter 1")
    assert not private
    assert isinstance(message, Answer)
    assert not message.reply.private


async def test_a_message_that_comes_twice_is_answered_once() -> None:
    """Platforms deliver at least once."""
    here = await thread(sample())
    message = typed("sources 2", id="same", edition=HERE)
    assert len(await here.send(message)) == 1
    assert await here.send(message) == []
    assert len(await here.send(replace(message, place=replace(message.place, platform="other")))) == 1


async def test_bots_are_ignored_also_when_they_mention_us() -> None:
    """And their messages are not remembered."""
    here = await thread(sample())
    assert await here.say("sources 2", from_bot=True, mentions_us=True) == []


async def test_a_long_message_is_cut_and_not_refused() -> None:
    """What stands at its start is still answered."""
    here = await thread(sample())
    assert reply_of(await here.say("What is the fork called? " + " " * 9000 + "x" * 9000, mentions_us=True)).text


async def test_who_asks_in_russian_is_answered_in_russian() -> None:
    """In an English interface too."""
    here = await thread(sample())
    (message, _), *_ = await here.say("источники 2")
    assert isinstance(message, Answer)
    assert message.language == "ru"
    assert message.reply.text[0].text.startswith("Сюжет 2")


async def test_one_person_cannot_ask_without_end() -> None:
    """They are told once, with the time; a press is always told; others are not affected; later it goes on."""
    here = await thread(sample(), rules=InboxRules(pace=PaceLimits(minute=2, day=4)))
    for _ in range(2):
        assert reply_of(await here.say("list")).text
    assert notice_of(await here.say("list")) == (
        "That was 2 questions within a minute, which is my limit for one person. Ask again after 20 Nov 12:01 UTC."
    )
    assert await here.say("list") == []
    assert "within a minute" in notice_of(await here.say("list", pressed=True))
    assert reply_of(await here.say("list", author="lena")).text
    here.clock.advance(timedelta(minutes=1))
    for _ in range(2):
        assert reply_of(await here.say("list")).text
    assert "within a day" in notice_of(await here.say("list"))
    here.clock.advance(timedelta(days=1))
    assert reply_of(await here.say("list")).text


async def test_people_who_are_silent_longest_are_forgotten_first() -> None:
    """Memory is bounded; forgetting forgives."""
    pace = Pace(PaceLimits(minute=1, day=1))
    assert pace.ask("first", NOON) is None
    assert pace.ask("first", NOON) is not None
    for n in range(10_000):
        pace.ask(f"other{n}", NOON)
    assert pace.ask("first", NOON) is None


async def test_an_edition_that_is_gone_is_said_politely() -> None:
    """Buttons of old editions still answer; without any edition, so it is said."""
    here = await thread()
    assert notice_of(await here.say("sources 2")) == "This edition is no longer kept."
    assert notice_of(await here.say("sources 2", edition=None, mentions_us=True)) == "There is no edition yet."
    assert await here.say("What is the fork called?") == []


async def test_outside_a_thread_the_latest_edition_answers_who_calls_us() -> None:
    """A mention in a channel needs no edition of its own."""
    here = await thread(sample())
    assert reply_of(await here.say("sources 2", edition=None, mentions_us=True)).citations
    assert await here.say("What is the fork called?", edition=None) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreUnavailable("disk /secret"), "The database did not respond"),
        (SourceUnavailable("secret"), "A source could not be read"),
        (CoresError("secret"), "The work took too long"),
        (ConfigError(["secret"]), "A setting is wrong"),
        (CounterpointError("secret"), "Something went wrong on my side"),
        (RuntimeError("secret"), "Something went wrong on my side"),
    ],
)
async def test_errors_speak_and_are_reported_under_the_id_people_see(error: Exception, words: str) -> None:
    """What happened, what to do, a short id; nothing of the inside. The next message is answered as if nothing was."""
    here = await thread(sample(), failing=True)
    FailingDiscuss.error = error
    ((notice, private),) = await here.say("sources 2")
    assert isinstance(notice, Notice)
    assert words in notice.text
    assert "secret" not in notice.text
    ((identity, reported),) = here.reports
    assert reported is error
    assert notice.note == f"Error {identity}, also in the server log"
    assert len(identity) == 6
    assert (notice.actions, notice.edition, private) == ((Action("retry", "retry"),), HERE, False)
    assert notice_of(await here.say("sources 2"))


async def test_an_answer_that_cannot_be_sent_ends_nothing() -> None:
    """It is tried in words, reported, and the loop goes on."""
    here = await thread(sample())
    here.handle.failures = [OSError("gone"), OSError("still gone")]
    assert await here.say("sources 2") == []
    assert [str(error) for _, error in here.reports] == ["gone", "still gone"]
    assert reply_of(await here.say("sources 2")).text
    here.handle.failures = [OSError("gone")]
    assert "Something went wrong" in notice_of(await here.say("sources 2"))


async def test_the_policy_is_the_operators() -> None:
    """`mentions` leaves questions alone."""
    here = await thread(sample(), rules=InboxRules(answers="mentions"))
    assert await here.say("What is the fork called?") == []
    assert reply_of(await here.say("What is the fork called?", mentions_us=True)).kind == "answer"


# ---------------------------------------------------------------- what the core is told about an answer


async def test_an_answer_says_what_it_is_about_and_how_to_get_it_again() -> None:
    """A look-up gets its heading and its Share from the edition and the typed words; a question has none."""
    here = await thread(sample())
    for said, again in (
        ("Sources 2!", "sources 2"),
        ("who is Dario Feld", "who is Dario Feld"),
        ("возражение 1", "counter 1"),
        ("passage 6", "passage 6"),
        ("What is the fork called?", None),
    ):
        ((message, _),) = await here.say(said, pressed=True)
        assert isinstance(message, Answer)
        assert (message.command, message.edition) == (again, sample()), said


async def test_a_passage_is_given_in_full_by_the_number_of_its_source() -> None:
    """Original words with their link; an unknown number is answered with those that exist."""
    here = await thread(sample())
    reply = reply_of(await here.say("passage 6"))
    assert [c.n for c in reply.citations] == [6]
    assert "The fork is called Nib and has six maintainers." in reply.text[-1].text
    assert "sources 1 to 15" in reply_of(await here.say("passage 99")).text[0].text


async def test_a_press_whose_answer_is_for_all_is_answered_for_all() -> None:
    """To go deeper is a new part of the thread."""
    here = await thread(sample())
    ((message, private),) = await here.say("deeper 1", pressed=True, in_public=True)
    assert isinstance(message, Answer)
    assert (private, message.reply.private) == (False, False)


async def test_a_limit_that_is_reached_is_said_with_the_time_when_it_ends() -> None:
    """It is no error: nothing is reported."""
    here = await thread(sample(), failing=True)
    FailingDiscuss.error = LimitReached(most=10, until=NOON + timedelta(hours=12))
    assert "10 questions within a day" in notice_of(await here.say("sources 2"))
    assert here.reports == []


# ---------------------------------------------------------------- progress, stop, retry


@virtually
async def test_who_waits_sees_that_work_goes_on() -> None:
    """After 0.8 s of a minute: how many sources are read; then the answer."""
    here = await thread(sample(), slow=True)
    answering = asyncio.create_task(here.say("sources 2"))
    await asyncio.sleep(0.7)
    assert here.handle.progresses == []
    await asyncio.sleep(0.2)
    assert here.handle.progresses == [Progress(len(sample().citations), "en", HERE)]
    assert reply_of(await answering).kind == "sources"
    assert asyncio.get_running_loop().time() == pytest.approx(60.0)
    assert len(here.handle.progresses) == 1


@virtually
async def test_progress_that_cannot_be_shown_costs_only_itself() -> None:
    """The answer comes; the failure is reported."""
    here = await thread(sample(), slow=True)
    here.handle.progress_failures = [OSError("gone")]
    assert reply_of(await here.say("sources 2")).kind == "sources"
    assert [str(error) for _, error in here.reports] == ["gone"]


@virtually
@pytest.mark.parametrize("typed_word", [True, False])
async def test_whoever_asked_can_stop_the_answer(typed_word: bool) -> None:
    """By the word in the same thread, or by the button that knows the question. The progress says so; nothing else."""
    here = await thread(sample(), slow=True)
    answering = asyncio.create_task(here.say("sources 2"))
    await asyncio.sleep(2)
    pressed = not typed_word
    assert await here.say("Stop!", pressed=pressed, about="m1" if pressed else None) == []
    assert await answering == [(Notice("Stopped.", edition=HERE), False)]
    assert asyncio.get_running_loop().time() == pytest.approx(2.0)
    assert here.reports == []
    assert not asyncio.all_tasks() - {asyncio.current_task()}


@virtually
async def test_nobody_stops_the_answer_of_another_but_who_moderates() -> None:
    """A stranger is told so, privately; a stranger's typed word is a word among people."""
    here = await thread(sample(), slow=True)
    answering = asyncio.create_task(here.say("sources 2"))
    await asyncio.sleep(2)
    assert await here.say("stop", author="lena") == []
    ((message, private),) = await here.say("stop", author="lena", pressed=True, about="m1")
    assert isinstance(message, Notice)
    assert "belongs to somebody else" in message.text
    assert private
    assert not answering.done()
    assert await here.say("stop", author="lena", pressed=True, about="m1", manages=True) == []
    assert (await answering)[-1] == (Notice("Stopped.", edition=HERE), False)


async def test_stop_where_nothing_runs_says_so_to_who_presses_it_and_is_talk_otherwise() -> None:
    """A restart ended the answer whose button still stands there."""
    here = await thread(sample())
    assert await here.say("stop", pressed=True, about="m99") == [(Notice("Stopped.", edition=HERE), False)]
    assert await here.say("stop") == []
    assert await here.say("stop", mentions_others=True) == []


@virtually
async def test_a_process_that_ends_takes_its_answers_with_it() -> None:
    """Cancelling the inbox leaves no task behind."""
    here = await thread(sample(), slow=True)
    answering = asyncio.create_task(here.say("sources 2"))
    await asyncio.sleep(2)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert not asyncio.all_tasks() - {asyncio.current_task()}


async def test_retry_asks_the_failed_question_again() -> None:
    """By the word, for who asked it, once; without a failure it is talk, or a question to us."""
    here = await thread(sample(), failing=True)
    FailingDiscuss.error = StoreUnavailable("gone")
    notice_of(await here.say("sources 2"))
    assert await here.say("retry", author="lena") == []
    assert "The database did not respond" in notice_of(await here.say("try again"))
    here.recover()
    assert reply_of(await here.say("retry")).kind == "sources"
    assert await here.say("retry") == []


async def test_only_so_many_failures_are_remembered() -> None:
    """Memory is bounded; the oldest is forgotten first."""
    store = MemoryStore()
    discuss, catalogue = Discuss(store, FluentCatalogue()), FluentCatalogue()
    deeds = Deeds(Running(), Subscribed(store, FakeClock(NOON)), discuss, catalogue, None)
    for n in range(1_001):
        deeds.remember(typed("sources 2", author=f"p{n}"))
    again = [await deeds(typed("retry", author=f"p{n}"), FakeReplyHandle()) for n in (0, 1)]
    assert [asked.text for asked in again if asked] == ["retry", "sources 2"]
    assert await deeds(typed("pause"), FakeReplyHandle()) == typed("pause")


async def test_an_error_of_a_press_offers_the_same_press_again() -> None:
    """Its button is the word itself."""
    here = await thread(sample(), failing=True)
    FailingDiscuss.error = StoreUnavailable("gone")
    ((notice, private),) = await here.say("sources 2", pressed=True)
    assert isinstance(notice, Notice)
    assert notice.actions == (Action("retry", "sources 2"),)
    assert private


# ---------------------------------------------------------------- what a place has decided


async def test_a_place_decides_when_we_speak_unasked() -> None:
    """Its subscription's option goes before the operator's rule; it is looked up once a minute."""
    here = await thread(sample())
    await here.subscribe("discord:1", answers="mentions")
    question = "What is the fork called?"
    assert await here.say(question, tenant="discord:1") == []
    assert reply_of(await here.say(question, tenant="discord:1", mentions_us=True)).text
    assert reply_of(await here.say(question, tenant="discord:2")).text
    await here.subscribe("discord:1", answers="all")
    assert await here.say("well well", tenant="discord:1") == []
    here.clock.advance(timedelta(minutes=1))
    assert reply_of(await here.say("well well", tenant="discord:1")).text


async def test_an_option_that_is_no_policy_changes_nothing() -> None:
    """Options come from a platform."""
    here = await thread(sample())
    await here.subscribe("discord:1", answers="sometimes")
    assert reply_of(await here.say("What is the fork called?", tenant="discord:1")).text


async def test_only_so_many_tenants_are_remembered() -> None:
    """Memory is bounded; who was forgotten is looked up again."""
    here = await thread()
    subscribed = Subscribed(here.store, here.clock)
    for n in range(2_001):
        assert await subscribed.at(typed("", tenant=f"discord:{n}")) == ()
    own = await here.subscribe("discord:0")
    assert await subscribed.at(typed("", tenant="discord:0")) == (own,)
    await here.subscribe("discord:2000")
    assert await subscribed.at(typed("", tenant="discord:2000")) == ()


async def test_who_manages_pauses_the_editions_of_a_place_by_a_word() -> None:
    """Others are told what they can do for themselves; where nothing is subscribed it is talk."""
    here = await thread(sample())
    assert await here.say("pause", tenant="discord:1", manages=True) == []
    here.clock.advance(timedelta(minutes=1))
    own = await here.subscribe("discord:1")
    assert "Only people who manage" in notice_of(await here.say("pause", tenant="discord:1"))
    assert here.paused == []
    assert "paused here" in notice_of(await here.say("Pause, please", tenant="discord:1", manages=True))
    assert here.paused == [own.id]
    assert await here.say("pause", tenant="discord:2", manages=True) == []


# ---------------------------------------------------------------- answers of a model


async def written(*lines: str, editions: tuple[Edition, ...] = ()) -> tuple[Thread, SpokenModel]:
    """A thread whose questions a model answers, line by line as it is let."""
    clock, store, model = LoopClock(NOON), MemoryStore(), SpokenModel(lines)
    await keep(store, *(editions or (sample(),)))
    discuss = Discuss(store, FluentCatalogue(), answering=answering(model, store, clock))
    here = Thread(store, discuss)
    here.inbox = Inbox(
        store, discuss, FluentCatalogue(), clock, report=lambda i, e: here.reports.append((i, e)), pause=here.pause
    )
    return here, model


WHY = "Why did the Petrel stop in the channel?"
LINES = ("The Petrel stopped in the channel. [2.2]", "A sensor iced over. [2.2]", "The council voted 11 to 6. [4.1]")


def grown(here: Thread) -> list[int]:
    """How many sentences each progress had."""
    return [len(shown.reply.text) for shown in here.handle.progresses if isinstance(shown, Answer)]


@virtually
async def test_an_answer_is_shown_while_it_grows_at_most_once_a_second() -> None:
    """What comes within a second is shown together; the complete answer takes its place."""
    here, model = await written(*LINES)
    model.held = asyncio.Semaphore(0)
    asking = asyncio.create_task(here.say(WHY))
    await asyncio.sleep(1)
    assert here.handle.progresses == [Progress(15, "en", HERE)]
    model.held.release()
    await asyncio.sleep(0.1)
    assert grown(here) == [1]
    model.held.release()
    await asyncio.sleep(0.5)
    assert grown(here) == [1]
    await asyncio.sleep(0.5)
    assert grown(here) == [1, 2]
    model.held.release()
    reply = reply_of(await asking)
    assert (len(reply.text), reply.state, reply.writer) == (3, "whole", MODEL)
    await asyncio.sleep(5)
    assert len(here.handle.answers) == 1
    assert grown(here) == [1, 2]


@virtually
async def test_what_was_shown_of_a_stopped_answer_stays_and_says_so() -> None:
    """Nothing follows it."""
    here, model = await written(*LINES)
    model.held = asyncio.Semaphore(1)
    asking = asyncio.create_task(here.say(WHY))
    await asyncio.sleep(2)
    assert await here.say("stop") == []
    reply = reply_of(await asking)
    assert [line.text for line in reply.text] == ["The Petrel stopped in the channel."]
    assert (reply.state, reply.note, reply.actions) == ("stopped", "Stopped.", ())
    assert model.closed == 1


@virtually
async def test_a_growth_that_cannot_be_shown_costs_only_itself() -> None:
    """It is reported; the answer comes."""
    here, _ = await written(*LINES)
    here.handle.progress_failures = [OSError("gone")]
    assert len(reply_of(await here.say(WHY)).text) == 3
    assert [str(error) for _, error in here.reports] == ["gone"]


@virtually
async def test_deeper_by_a_press_is_private_while_it_grows() -> None:
    """As the answer is."""
    here, model = await written("CLAIMED", *LINES)
    model.held = asyncio.Semaphore(2)
    asking = asyncio.create_task(here.say("deeper 1", pressed=True))
    await asyncio.sleep(1)
    model.held.release()
    model.held.release()
    ((message, private),) = await asking
    assert isinstance(message, Answer)
    assert (private, message.reply.private, message.command) == (True, True, "deeper 1")
    shown = [one for one in here.handle.progresses if isinstance(one, Answer)]
    assert {one.reply.private for one in shown} == {True}


@virtually
async def test_everybody_who_asks_is_counted_for_themselves() -> None:
    """In a server under its name; elsewhere people are their own."""
    here, _ = await written(*LINES)
    await here.say(WHY, tenant="console:1")
    await here.say(WHY, author="nell")
    async with here.store.unit() as unit:
        counted = [(one.kind, one.count) for one in await unit.usage.find("console:nell")]
    assert ("question", 1) in counted

"""Messages come in, pass the guards in order, and get at most one answer each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from bot.domain.conversation.pace import Pace, PaceLimits
from bot.domain.edition import Edition
from bot.domain.message import Answer, Message, Notice
from bot.domain.place import Inbound
from bot.domain.reply import Reply
from bot.errors import ConfigError, CoresError, CounterpointError, SourceUnavailable, StoreUnavailable
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox, InboxRules
from tests.fakes.clock import FakeClock
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
        catalogue = FluentCatalogue()
        self.inbox = Inbox(
            store, discuss, catalogue, self.clock, report=lambda i, e: self.reports.append((i, e)), rules=rules
        )

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


class FailingDiscuss(Discuss):
    """Raises what it is told to."""

    error: Exception = RuntimeError("a bug")

    async def reply(self, edition_id: str, text: str, *, language: str) -> Reply:
        raise self.error


async def thread(*editions: Edition, rules: InboxRules | None = None, failing: bool = False) -> Thread:
    store = MemoryStore()
    await keep(store, *editions)
    discuss = (FailingDiscuss if failing else Discuss)(store, FluentCatalogue())
    return Thread(store, discuss, rules)


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
        (StoreUnavailable("disk /secret"), "the database did not respond"),
        (SourceUnavailable("secret"), "a source could not be read"),
        (CoresError("secret"), "the work took too long"),
        (ConfigError(["secret"]), "a setting is wrong"),
        (CounterpointError("secret"), "something went wrong on my side"),
        (RuntimeError("secret"), "something went wrong on my side"),
    ],
)
async def test_errors_speak_and_are_reported_under_the_id_people_see(error: Exception, words: str) -> None:
    """What happened, what to do, a short id; nothing of the inside. The next message is answered as if nothing was."""
    here = await thread(sample(), failing=True)
    FailingDiscuss.error = error
    text = notice_of(await here.say("sources 2"))
    assert words in text
    assert "secret" not in text
    ((identity, reported),) = here.reports
    assert reported is error
    assert identity in text
    assert len(identity) == 6
    assert notice_of(await here.say("sources 2"))


async def test_an_answer_that_cannot_be_sent_ends_nothing() -> None:
    """It is tried in words, reported, and the loop goes on."""
    here = await thread(sample())
    here.handle.failures = [OSError("gone"), OSError("still gone")]
    assert await here.say("sources 2") == []
    assert [str(error) for _, error in here.reports] == ["gone", "still gone"]
    assert reply_of(await here.say("sources 2")).text
    here.handle.failures = [OSError("gone")]
    assert "something went wrong" in notice_of(await here.say("sources 2"))


async def test_the_policy_is_the_operators() -> None:
    """`mentions` leaves questions alone."""
    here = await thread(sample(), rules=InboxRules(answers="mentions"))
    assert await here.say("What is the fork called?") == []
    assert reply_of(await here.say("What is the fork called?", mentions_us=True)).kind == "answer"

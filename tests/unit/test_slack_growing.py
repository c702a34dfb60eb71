"""An answer that grows on Slack, when Slack refuses or breaks off: in the end the message says all of it, once."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure, answered
from adapters.platforms.slack.talk.answering import OpenReply, Window
from adapters.platforms.slack.talk.feedback import _Shorter, _Written
from adapters.platforms.slack.talk.streaming import Answered, Stream
from adapters.platforms.slack.talk.working import Working
from bot.domain.edition import Sentence
from bot.domain.message import Answer, Notice, Progress
from bot.domain.reply import Reply
from bot.errors import PlatformUnavailable
from tests.fakes.clock import FakeClock
from tests.fakes.talk import FakeReplyHandle, sample
from tests.unit.test_slack_answering import QUESTION, TS, Refusing, kit

START, APPEND, STOP, POST, CHANGE = (
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "chat.postMessage",
    "chat.update",
)


def stream(rest: Refusing, *, halted: bool = False) -> tuple[Stream, FakeClock]:
    made, spot, mark = kit(rest), Spot("T1", "C1", TS, TS), answered("T1/C1/2.0")
    assert isinstance(made.clock, FakeClock)
    return Stream(made, QUESTION, spot, Adding(made, spot, mark), mark, lambda: halted), made.clock


def said(text: str) -> Answered:
    return Answered(text, (), {"text": text, "blocks": []})


def added(rest: Refusing) -> list[Any]:
    """What was started with and added."""
    return [given["markdown_text"] for method, given in rest.called if method in {START, APPEND}]


async def test_only_what_is_new_is_added() -> None:
    """Then it ends."""
    rest = Refusing()
    growing, _ = stream(rest)
    await growing.grow(said("One."))
    await growing.grow(said("One. Two."))
    await growing.grow(said("One. Two."))
    assert await growing.post(said("One. Two. Three.")) == "3.0"
    assert rest.methods() == [START, APPEND, APPEND, STOP]
    assert added(rest) == ["One.", " Two.", " Three."]


async def test_without_streams_it_is_one_message_changed_every_three_seconds() -> None:
    """More changes Slack would not take."""
    rest = Refusing(chat_startStream=["method_not_supported_for_channel_type"])
    growing, clock = stream(rest)
    await growing.grow(said("One."))
    await growing.grow(said("One. Two."))
    clock.advance(timedelta(seconds=3))
    await growing.grow(said("One. Two. Three."))
    await growing.post(said("One. Two. Three. Four."))
    assert rest.methods() == [START, POST, CHANGE, CHANGE]
    assert [given["text"] for _, given in rest.called[2:]] == ["One. Two. Three.", "One. Two. Three. Four."]


@pytest.mark.parametrize(("halted", "mended"), [(True, False), (False, True)])
async def test_a_stream_that_broke_grows_no_more_and_is_completed_unless_it_was_stopped(
    halted: bool, mended: bool
) -> None:
    """Whoever pressed Stop wants it left as it is."""
    rest = Refusing(chat_appendStream=["message_not_in_streaming_state"])
    growing, _ = stream(rest, halted=halted)
    await growing.grow(said("One."))
    await growing.grow(said("One. Two."))
    await growing.grow(said("One. Two. Three."))
    await growing.post(said("One. Two. Three."))
    assert rest.methods().count(APPEND) == 1
    assert (CHANGE in rest.methods()) is mended


async def test_what_becomes_something_else_is_replaced() -> None:
    """An apology in the place of what had begun."""
    rest = Refusing()
    growing, _ = stream(rest)
    await growing.grow(said("One."))
    await growing.post(Answered("", (), {"text": "Sorry.", "blocks": []}))
    assert rest.called[-1][1]["text"] == "Sorry."
    assert APPEND not in rest.methods()


async def test_a_stream_that_grows_too_long_is_replaced_by_all_of_it() -> None:
    """Slack closes it after some five minutes."""
    rest = Refusing()
    growing, clock = stream(rest)
    await growing.grow(said("One."))
    clock.advance(timedelta(minutes=5))
    await growing.grow(said("One. Two."))
    await growing.grow(said("One. Two. Three."))
    await growing.post(said("One. Two. Three."))
    assert rest.methods() == [START, APPEND, STOP, CHANGE]


async def test_when_nobody_knows_whether_it_has_begun_it_is_looked_up() -> None:
    """Where that cannot be, nothing is posted a second time."""
    rest = Refusing(chat_startStream=["fatal_error"])
    growing, _ = stream(rest)
    await growing.grow(said("One."))
    await growing.post(said("One. Two."))
    assert rest.methods() == [START, "conversations.replies", "conversations.replies", POST, CHANGE]
    blind = Refusing(chat_startStream=["fatal_error"], conversations_replies=["missing_scope"] * 3)
    growing, _ = stream(blind)
    await growing.grow(said("One."))
    await growing.grow(said("One. Two."))
    with pytest.raises(Unsure):
        await growing.post(said("One. Two."))
    assert POST not in blind.methods()


async def test_a_growth_that_is_refused_is_tried_with_the_rest_of_it() -> None:
    """It is noted, and nobody hears of it."""
    rest = Refusing(chat_startStream=["ratelimited"] * 2, chat_postMessage=["ratelimited"])
    growing, _ = stream(rest)
    await growing.grow(said("One."))
    assert await growing.post(said("One. Two.")) == "3.0"
    assert rest.methods() == [START, POST, START, POST]


def answer(sentences: int, *, writer: str | None = "quill-7b", **more: Any) -> Answer:
    lines = tuple(Sentence(f"The Petrel stopped {n} times.", ("2.2",)) for n in range(sentences))
    reply = Reply("answer", lines, (sample().citations[1],), writer=writer, **more)
    return Answer(reply, "en", edition=sample())


async def test_an_apology_takes_the_place_of_an_answer_that_had_begun() -> None:
    """And comes by itself where none had."""
    rest = Refusing()
    made = kit(rest)
    reply = OpenReply(made, QUESTION, Working(made))
    await reply.progress(answer(1, state="growing"))
    await reply.answer(Notice("Sorry."), private=False)
    assert rest.methods() == [START, STOP, CHANGE]
    failed = Refusing(chat_startStream=["ratelimited"], chat_postMessage=["ratelimited"])
    made = kit(failed)
    reply = OpenReply(made, QUESTION, Working(made))
    await reply.progress(answer(1, state="growing"))
    await reply.answer(Notice("Sorry."), private=False)
    assert failed.methods() == [START, POST, POST]


async def test_a_window_grows_for_the_one_who_opened_it() -> None:
    """Of other work it says nothing more."""
    rest = Refusing()
    window = Window(kit(rest), QUESTION, "V1")
    await window.progress(Progress(3, "en", ""))
    await window.progress(answer(1, state="growing", private=True))
    assert rest.methods() == ["views.update"]
    assert "stopped 0 times" in str(rest.called[0][1])


async def test_another_answer_is_a_models_or_what_went_wrong() -> None:
    """The same passages again would be no other answer; a shorter one is cut only where no model was told."""
    handle = FakeReplyHandle()
    other = _Written(handle)
    await other.answer(answer(2, writer=None), private=False)
    assert (other.is_answered, handle.answers) == (False, [])
    await other.progress(Progress(3, "en", ""))
    await other.answer(answer(2), private=False)
    assert (other.is_answered, len(handle.answers), len(handle.progresses)) == (True, 1, 1)
    shorter = _Shorter(handle)
    await shorter.answer(answer(2), private=False)
    await shorter.answer(answer(2, writer=None), private=False)
    shown = [message.reply.text for message, _ in handle.answers if isinstance(message, Answer)]
    assert [len(text) for text in shown] == [2, 2, 1]


async def test_a_start_that_fails_and_stands_nowhere_is_told_at_the_end() -> None:
    """After looking twice."""
    rest = Refusing(chat_startStream=["fatal_error"] * 2, chat_postMessage=["fatal_error"] * 4)
    growing, _ = stream(rest)
    await growing.grow(said("One."))
    with pytest.raises(PlatformUnavailable):
        await growing.post(said("One. Two."))

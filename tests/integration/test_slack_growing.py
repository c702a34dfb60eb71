"""Answers of a model on Slack: a stream that grows, a plain message that is changed, a window for one person."""

import asyncio

import pytest

from tests.fakes.held import HeldDiscuss
from tests.fakes.slack.faults import Fault
from tests.fakes.slack.world import Message
from tests.fakes.speaking import MODEL, SpokenModel, answering
from tests.integration.slack_harbour import CATALOGUE, Harbour, harbour, links, read

WHY = "Why did the Petrel stop in the channel?"
LINES = (
    "The Petrel stopped in the channel. [2.2]",
    "<!channel> see https://evil.example now. [2.2]",
    "A sensor iced over. [2.2]",
)


def spoken(here: Harbour, *lines: str, shown: int | None = None) -> SpokenModel:
    """A model answers there; so many of its lines until a test lets it go on."""
    model = SpokenModel(lines, held=None if shown is None else asyncio.Semaphore(shown))
    asked = answering(model, here.store, here.clock, events=here.events)
    here.discuss = HeldDiscuss(here.store, CATALOGUE, answering=asked)
    return model


def go_on(model: SpokenModel) -> None:
    """Say the rest."""
    assert model.held is not None
    for _ in model.lines:
        model.held.release()


async def first_of(here: Harbour) -> Message:
    """What is shown first of an answer."""
    await here.hears(lambda: any("stopped in the channel" in read(m) for m in here.said()))
    (answer,) = here.said()
    return answer


async def test_an_answer_is_a_stream_that_grows_and_ends_with_its_sources() -> None:
    """What was added stays its beginning; who wrote it stands under it. Nothing hostile gets through."""
    async with harbour() as here:
        model = spoken(here, *LINES, shown=1)
        async with here.awake():
            nell = here.person()
            await nell.say(here.keepers, WHY, thread=here.thread, until="seen")
            answer = await first_of(here)
            assert answer.stream is not None
            begun = answer.stream.markdown
            assert "Written by" not in read(answer)
            go_on(model)
            await here.hears(lambda: "Written by" in read(answer))
            assert answer.stream.markdown.startswith(begun)
            assert "A sensor iced over." in answer.stream.markdown
            assert f"Written by {MODEL}, checked." in read(answer)
            assert (here.said(), here.reports, answer.edits) == ([answer], [], 0)
            assert "evil" not in read(answer)
            assert not answer.pings
            assert links(answer) <= {citation.url for citation in here.edition.citations}


@pytest.mark.parametrize("by", ["Slack's own button", "a word in the thread"])
async def test_an_answer_that_is_stopped_keeps_what_was_shown(by: str) -> None:
    """In the one message that it is."""
    async with harbour() as here:
        model = spoken(here, *LINES, shown=1)
        async with here.awake():
            nell = here.person()
            asked = await nell.say(here.keepers, f"@Counterpoint {WHY}", thread=here.thread, until="seen")
            answer = await first_of(here)
            assert asked.said is not None
            if by == "Slack's own button":
                await nell.stop(asked.said)
            else:
                await nell.say(here.keepers, "stop", thread=here.thread, until="heard")
            stream = answer.stream
            assert stream is not None
            await here.hears(lambda: model.closed and not stream.open)
            assert stream.markdown == "The Petrel stopped in the channel. [[2]](https://pilots-union.example/2)"
            if by == "a word in the thread":
                await here.hears(lambda: "Stopped." in read(answer))
            assert here.said() == [answer]


async def test_where_there_are_no_streams_it_is_a_message_that_changes() -> None:
    """Once it is complete at the latest."""
    async with harbour() as here:
        model = spoken(here, *LINES, shown=1)
        async with here.awake():
            here.fake.faults.next(Fault.NOT_IN_CHANNEL, "chat.startStream")
            nell = here.person()
            await nell.say(here.keepers, WHY, thread=here.thread, until="seen")
            answer = await first_of(here)
            assert answer.stream is None
            go_on(model)
            await here.hears(lambda: "Written by" in read(answer))
            assert "A sensor iced over." in read(answer)
            assert here.said() == [answer]


async def test_not_useful_tells_the_model_what_was_wrong() -> None:
    """The second answer stands in the place of the first."""
    async with harbour() as here:
        model = spoken(here, *LINES)
        async with here.awake():
            nell = here.person()
            answer = await nell.say(here.keepers, WHY, thread=here.thread)
            model.lines = ("A sensor iced over. [2.2]",)
            form = await nell.press(answer, "Not useful")
            await nell.submit(form, reason="It misses my question", more="", until="heard")
            (message,) = here.said()
            await here.hears(lambda: message.edits and "stopped in" not in read(message))
            assert "A sensor iced over." in read(message)
            assert "beside the point" in model.requests[-1].task
            assert here.archive.asked == []

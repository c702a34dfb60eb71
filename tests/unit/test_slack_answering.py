"""What becomes of an answer when Slack refuses, with calls that are remembered and refused as a test says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from slack_sdk.errors import SlackApiError

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.arrival import Pressed, Whence
from adapters.platforms.slack.errors import meaning
from adapters.platforms.slack.kit import Kit, Profile, Workspace
from adapters.platforms.slack.talk.adding import Adding, Spot, answered
from adapters.platforms.slack.talk.answering import OpenReply, Window, whisper
from adapters.platforms.slack.talk.opening import Opening
from adapters.platforms.slack.talk.streaming import Answered, Stream
from adapters.platforms.slack.talk.whence import Question
from adapters.platforms.slack.talk.working import Working
from bot.domain.document import Paragraph, Run
from bot.domain.message import Notice, Progress, Sheet
from bot.domain.place import Place
from bot.errors import MessageRefused, PlatformError, PlatformUnavailable
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents

TS = "1795243000.000001"
WHENCE = Whence("T1", "U1", "C1", TS, "trigger")
QUESTION = Question(WHENCE, Place("slack", "T1/C1", TS), "C1", "T1/C1/2.0", "en", TS)


class Refusing:
    """Remembers every call, and refuses a method with a word as often as a test says."""

    def __init__(self, **refusals: list[str]) -> None:
        self.called: list[tuple[str, Mapping[str, Any]]] = []
        self._refusals = {name.replace("_", "."): words for name, words in refusals.items()}

    async def call(self, team: str, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Take it, or not."""
        del team
        self.called.append((method, arguments))
        words = self._refusals.get(method)
        if words:
            refuse(words.pop(0))
        return {"ts": "3.0", "view": {"id": "V1"}, "messages": []}

    look_up = call

    async def post(self, team: str, channel: str, method: str, /, **arguments: Any) -> dict[str, Any]:
        """The same."""
        return await self.call(team, method, channel=channel, **arguments)

    def methods(self) -> list[str]:
        """In order."""
        return [method for method, _ in self.called]


def refuse(word: str) -> None:
    """As `errors` does.

    Raises:
        PlatformError: always.
    """
    answer = SimpleNamespace(data={"ok": False, "error": word}, status_code=200, headers={})
    error = SlackApiError(word, cast("Any", answer))  # type: ignore[no-untyped-call]  # the library's
    raise meaning(error) from error


class Known:
    """One workspace, and a person of whom nothing is known."""

    async def of(self, team: str) -> Workspace:
        """It."""
        return Workspace(team, "Harbour", "https://harbour.slack.com/", "U0", "B0")

    async def profile(self, team: str, user: str) -> Profile:
        """Not now."""
        del team, user
        raise PlatformUnavailable("no answer")


def kit(rest: Refusing) -> Kit:
    """What answers need."""
    nobody = cast("Any", None)
    return Kit(cast("Any", rest), cast("Any", Known()), nobody, FluentCatalogue(), FakeClock(), KeptEvents())


def stream(rest: Refusing, *, halted: bool) -> Stream:
    """Of one answer."""
    made, spot, mark = kit(rest), Spot("T1", "C1", TS, TS), answered("T1/C1/2.0")
    return Stream(made, QUESTION, spot, Adding(made, spot, mark), mark, lambda: halted)


@pytest.mark.parametrize("halted", [True, False])
async def test_a_stream_that_the_person_stopped_is_left_as_it_is_and_any_other_is_completed(halted: bool) -> None:
    """Slack ends it at Stop, and we learn why a moment later."""
    rest = Refusing(chat_stopStream=["message_not_in_streaming_state"] * 2)
    ts = await stream(rest, halted=halted).post(Answered("One. Two.", (), {"text": "One. Two.", "blocks": []}))
    assert ts == "3.0"
    assert ("chat.update" in rest.methods()) is not halted


async def test_an_answer_that_cannot_be_completed_is_told() -> None:
    """After three tries."""
    rest = Refusing(chat_stopStream=["fatal_error"] * 2, chat_update=["fatal_error"] * 3)
    with pytest.raises(PlatformUnavailable):
        await stream(rest, halted=False).post(Answered("One.", (), {"text": "One.", "blocks": []}))
    assert rest.methods().count("chat.update") == 3


async def test_an_answer_longer_than_a_message_goes_on_in_the_next() -> None:
    """Each with a mark of its own."""
    rest = Refusing()
    made = kit(rest)
    long = Sheet(tuple(Paragraph((Run("word " * 500),)) for _ in range(8)), "en")
    await OpenReply(made, QUESTION, Working(made)).answer(long, private=False)
    marks = [str(given["metadata"]) for method, given in rest.called if method == "chat.postMessage"]
    assert len(marks) == len(set(marks)) > 1


async def test_an_answer_in_the_place_of_a_message_that_somebody_deleted_is_posted_anew() -> None:
    """It comes all the same."""
    rest = Refusing(chat_update=["message_not_found"])
    made = kit(rest)
    ref = await OpenReply(made, QUESTION, Working(made), shown="2.5").answer(Notice("Done."), private=False)
    assert rest.methods() == ["chat.update", "chat.postMessage"]
    assert ref is not None
    assert ref.id == "3.0"


async def test_the_fourth_window_takes_the_place_of_the_third() -> None:
    """Slack keeps three over each other."""
    rest = Refusing(views_push=["push_limit_reached"])
    inside = {"type": "modal", "id": "V3", "private_metadata": ""}
    opening = Opening(kit(rest))
    window = await opening.open(Pressed(WHENCE, "a", "v", "1", view=inside), QUESTION, {"type": "modal"})
    assert window is not None
    assert [(method, given.get("view_id")) for method, given in rest.called] == [
        ("views.push", None),
        ("views.update", "V3"),
    ]


@pytest.mark.parametrize(
    ("word", "channel", "told"),
    [("exchanged_trigger_id", "C1", False), ("expired_trigger_id", "C1", True), ("expired_trigger_id", None, False)],
)
async def test_a_window_that_does_not_open_is_told_where_it_can_be(word: str, channel: str | None, told: bool) -> None:
    """A press that came twice has opened its window before; in App Home there is nowhere to say it."""
    rest = Refusing(views_open=[word])
    question = Question(Whence("T1", "U1", channel), QUESTION.place, channel or "", "x", "en")
    assert await Opening(kit(rest)).open(Pressed(question.whence, "a", "v", "1"), question, {}) is None
    assert ("chat.postEphemeral" in rest.methods()) is told


async def test_who_is_not_known_now_is_answered_in_english() -> None:
    """A person who cannot be looked up still presses."""
    pressed = Pressed(WHENCE, "a", "v", "1")
    assert (await Opening(kit(Refusing())).question(pressed)).language == "en"


async def test_a_window_is_filled_also_where_slack_stumbles_and_refusals_of_ours_are_told() -> None:
    """Replacing twice does no harm; a view that Slack does not take is our mistake."""
    rest = Refusing(views_update=["fatal_error", "fatal_error"])
    await Window(kit(rest), QUESTION, "V1").show({})
    assert rest.methods() == ["views.update"] * 3
    for word, error in (("fatal_error", PlatformUnavailable), ("invalid_arguments", MessageRefused)):
        with pytest.raises(error):
            await Window(kit(Refusing(views_update=[word] * 3)), QUESTION, "V1").show({})


async def test_a_whisper_that_nobody_hears_is_noted() -> None:
    """Slack promises nothing of it."""
    made = kit(Refusing(chat_postEphemeral=["user_not_in_channel_x", "fatal_error"]))
    with pytest.raises(PlatformError):
        await whisper(made, QUESTION, Notice("Hello."))
    await whisper(made, QUESTION, Notice("Hello."))
    assert cast("KeptEvents", made.events).names() == ["whisper_lost"]


async def test_a_status_that_a_workspace_does_not_know_is_asked_for_once() -> None:
    """And a thread that is gone is no reason to stop asking for others."""
    rest = Refusing(
        assistant_threads_setStatus=["invalid_thread_ts"], agents_sessions_setStatus=["not_an_agent", "not_an_agent"]
    )
    made = kit(rest)
    working = Working(made)
    for _ in range(2):
        async with working.during(QUESTION, at_once=True), working.during(QUESTION, at_once=True):
            working.reading(QUESTION, 3)
    assert rest.methods().count("agents.sessions.setStatus") == 1
    assert rest.methods().count("assistant.threads.setStatus") == 6
    assert rest.called[-1][1]["status"] == ""


async def test_outside_of_a_thread_there_is_no_status() -> None:
    """Slack shows one in threads only."""
    rest = Refusing()
    made = kit(rest)
    question = Question(WHENCE, Place("slack", "T1/C1"), "C1", "x", "en")
    async with Working(made).during(question, at_once=True):
        await OpenReply(made, question, Working(made)).progress(Progress(3, "en", ""))
    assert rest.called == []


async def test_a_stream_is_given_up_after_four_minutes_and_completed() -> None:
    """Slack would close it after five."""

    class Slow(Refusing):
        async def call(self, team: str, method: str, /, **arguments: Any) -> dict[str, Any]:
            if method == "chat.appendStream":
                clock.advance(timedelta(minutes=5))
            return await super().call(team, method, **arguments)

    rest = Slow()
    clock = FakeClock()
    made = replace(kit(rest), clock=clock)
    spot, mark = Spot("T1", "C1", TS, TS), answered("T1/C1/2.0")
    said = "A sentence that is long enough to be a piece of its own, or nearly so, in the end. " * 12
    streaming = Stream(made, QUESTION, spot, Adding(made, spot, mark), mark, lambda: False)
    await streaming.post(Answered(said, (), {"text": "All of it.", "blocks": []}))
    assert rest.methods() == ["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"]
    assert rest.called[-1][1]["text"] == "All of it."

"""What a press says by its id and its form, which edition is talked about where, how an answer is cut into pieces."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.arrival import Whence
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.rendering.limits import faults
from adapters.platforms.slack.talk.adding import answered, digest, marked
from adapters.platforms.slack.talk.agent import prompts
from adapters.platforms.slack.talk.streaming import pieces
from adapters.platforms.slack.talk.whence import (
    Editions,
    Question,
    about_question,
    asked_about,
    instant,
    language_in,
    remembering,
    settled,
    shown_in,
)
from adapters.platforms.slack.talk.writing import (
    feedback_form,
    mistake_form,
    question_form,
    readable,
    share_form,
    turns_to_all,
    written,
)
from bot.domain.place import Place
from bot.domain.press import Press, named, pressed
from tests.fakes.clock import FakeClock
from tests.fakes.talk import sample

EDITION = "harbour-20261120-am-0a1b2c3d"
TS = "1795243000.000001"
THREAD = Place("slack", "T1/C1", "19.0")
FORMS = (question_form, mistake_form, share_form, feedback_form)


class Ledger:
    """What stands where, counting who asks."""

    def __init__(self, known: Mapping[str | None, str]) -> None:
        self.known = known
        self.asked = 0

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """By the thread."""
        del message
        self.asked += 1
        return self.known.get(place.thread)

    async def standing(self, edition: str, place: Place) -> list[object]:
        """One card."""
        del edition
        return [SimpleNamespace(place=replace(place, thread="19.0"))]


def editions(ledger: Ledger, clock: FakeClock) -> Editions:
    """With the two parts of a kit that it uses."""
    return Editions(cast("Kit", SimpleNamespace(clock=clock, office=SimpleNamespace(whereabouts=ledger))))


async def test_a_thread_in_which_somebody_called_us_is_about_what_they_asked_for_a_day() -> None:
    """A channel itself is never: nobody called us into it for good."""
    clock = FakeClock()
    known = editions(Ledger({}), clock)
    known.engage(THREAD, EDITION)
    known.engage(replace(THREAD, thread=None), EDITION)
    assert await known.at(THREAD) == EDITION
    assert await known.at(replace(THREAD, thread=None)) is None
    clock.advance(timedelta(days=1))
    assert await known.at(THREAD) is None


async def test_a_thread_is_its_own_home_and_a_channel_has_the_thread_of_the_card() -> None:
    """Where the edition does not stand, the message that was pressed begins one."""
    known = editions(Ledger({}), FakeClock())
    assert await known.home(EDITION, THREAD) == THREAD
    assert await known.home(EDITION, replace(THREAD, thread=None)) == THREAD
    assert (await known.home("", replace(THREAD, thread=None), "21.0")).thread == "21.0"


def test_a_button_about_a_question_says_which_and_whose() -> None:
    """Also after what else its id says; ids of the longest editions and people fit."""
    about = about_question(TS, "U0123456789")
    assert asked_about(Press("retry", EDITION, about)) == (TS, "U0123456789")
    assert asked_about(Press("useful", EDITION, f"no.{about}")) == (TS, "U0123456789")
    assert asked_about(Press("retry", EDITION, "2")) == (None, None)
    assert pressed(named("retry", "e" * 48, about)) is not None


def test_a_modal_remembers_where_it_was_opened() -> None:
    """Slack does not say so when something in it is pressed; what is no memory of ours is none."""
    whence = Whence("T1", "U1", "C1", "19.0", "trigger")
    view = remembering({"type": "modal"}, whence, "ru", shown=TS)
    inside = Whence("T1", "U1", None, None, "other")
    assert settled(inside, view) == Whence("T1", "U1", "C1", "19.0", "other")
    assert settled(whence, {}) is whence
    assert (language_in(view), shown_in(view)) == ("ru", TS)
    for strange in ("", "x", "[]", None):
        assert language_in({"private_metadata": strange}) is None
        assert settled(inside, {"private_metadata": strange}) is inside


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", FORMS)
def test_forms_carry_their_state_in_their_id_and_keep_to_slacks_lengths(form: Any, language: str) -> None:
    """Title, submit and close have at most 24 characters."""
    view = form(EDITION, "2", FluentCatalogue().speak(language))
    assert not faults(view)
    press = pressed(view["callback_id"])
    assert press is not None
    assert (press.edition, press.rest) == (EDITION, "2")
    for part in ("title", "submit", "close"):
        assert 0 < len(view[part]["text"]) <= 24
    assert written(view, "question") == ""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<@U0> why?", "why?"),
        ("why, <@U1>?", "why, @U1?"),
        ("why, <@U1|Omar>?", "why, @Omar?"),
        ("<!channel> why", "@channel why"),
        ("<!subteam^S1|@crew> why", "@crew why"),
        ("<#C1|keepers> &amp; <https://a.example|this &lt;b&gt;>", "#keepers & this <b>"),
        ("<https://a.example>", "https://a.example"),
        ("&amp;lt;", "&lt;"),
        ("a < b", "a < b"),
    ],
)
def test_what_somebody_wrote_is_read_as_they_see_it(text: str, plain: str) -> None:
    """Our own mention is no word; nothing stays escaped."""
    assert readable(text, "U0") == plain


def test_calling_everybody_is_turning_to_others() -> None:
    """However it is written."""
    assert [turns_to_all(text) for text in ("<!here> why", "<!subteam^S1> why", "<!date^1^x|y>", "why")] == [
        True,
        True,
        False,
        False,
    ]


SENTENCE = st.sampled_from(
    [
        "Repeaters carry the watch. ",
        "[[1]](https://a.example/1) ",
        "“Nobody sleeps!” ",
        "A `word. in code` ",
        "[A title. With stops](https://a.example/2). ",
        "Шторм прошёл? ",
        "\n- ",
        "x" * 150 + " ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=30).map("".join))
def test_the_pieces_of_a_stream_are_the_text_and_cut_no_link(text: str) -> None:
    """Together they are all of it; each is long enough to be worth a call."""
    found = pieces(text)
    assert "".join(found) == text
    for piece in found[:-1]:
        assert len(piece) >= 200
        assert piece.count("[") == piece.count("]")
        assert piece.count("`") % 2 == 0


def test_marks_are_of_their_question_alone() -> None:
    """24 hex digits of its id; further messages of one answer have their own."""
    assert answered("T1/C1/1.0")["event_payload"] == {"question": digest("T1/C1/1.0")}
    assert answered("T1/C1/1.0", 1) != answered("T1/C1/1.0")
    assert len(digest("x")) == 24
    assert marked("x", asked="Why?")["event_payload"] == {"key": digest("x"), "asked": "Why?"}


def test_an_answer_is_named_by_the_message_that_asks() -> None:
    """However often, and by whatever press, it is asked again."""
    question = Question(Whence("T1", "U1", "C1"), THREAD, "C1", "press-1", "en")
    assert question.name == "press-1"
    assert replace(question, message=TS).name == f"T1/C1/{TS}"
    assert instant(TS).isoformat().startswith("2026-11-")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_prompts_are_typed_words_of_the_reader_and_their_labels_fit(language: str) -> None:
    """Four at most; without an edition, how to begin."""
    phrases = FluentCatalogue().speak(language)
    offered = prompts(sample(), phrases)
    assert len(offered) == 4
    assert offered[0]["message"] == f"{phrases.words()['sources'][0]} 1"
    for one in (*offered, *prompts(None, phrases), *prompts(replace(sample(), stories=()), phrases)):
        assert 0 < len(one["title"]) <= 75
        assert one["message"]

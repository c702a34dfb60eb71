"""What a press says by its id and its form, and which edition is talked about where."""

from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.talk.sharing import look_up_of
from adapters.platforms.discord.talk.whence import Editions, asked_about
from adapters.platforms.discord.talk.writing import MOST_CHARACTERS, mistake_form, question_form, written
from bot.domain.place import Place
from bot.domain.press import Press, pressed
from tests.fakes.clock import FakeClock

EDITION = "harbour-20261120-am-0a1b2c3d"
THREAD = Place("discord", "17", "19")


class Ledger:
    """What stands where, counting who asks."""

    def __init__(self, editions: Mapping[str | None, str]) -> None:
        self.editions = editions
        self.asked = 0

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """By the thread."""
        self.asked += 1
        return self.editions.get(place.thread)


def editions(ledger: Ledger, clock: FakeClock) -> Editions:
    """With the two parts of a kit that it uses."""
    return Editions(cast("Kit", SimpleNamespace(clock=clock, office=SimpleNamespace(whereabouts=ledger))))


async def test_a_busy_thread_of_others_costs_no_read_a_message() -> None:
    """Known for five minutes as none of ours; one of ours for a minute, since a thread of a day gets a second one."""
    ledger, clock = Ledger({"19": EDITION}), FakeClock()
    known = editions(ledger, clock)
    elsewhere = Place("discord", "17", "20")
    for _ in range(100):
        assert await known.at(elsewhere) is None
        assert await known.at(THREAD) == EDITION
    assert ledger.asked == 2
    clock.advance(timedelta(minutes=2))
    assert (await known.at(elsewhere), await known.at(THREAD)) == (None, EDITION)
    assert ledger.asked == 3
    clock.advance(timedelta(minutes=4))
    await known.at(elsewhere)
    assert ledger.asked == 4


async def test_only_so_many_places_are_remembered() -> None:
    """Memory is bounded; who was asked about longest ago is forgotten first."""
    ledger = Ledger({})
    known = editions(ledger, FakeClock())
    for n in range(10_001):
        await known.at(Place("discord", "17", str(n)))
    await known.at(Place("discord", "17", "10000"))
    assert ledger.asked == 10_001
    await known.at(Place("discord", "17", "0"))
    assert ledger.asked == 10_002


async def test_a_thread_and_a_direct_message_are_their_own_home() -> None:
    """No read is needed to answer there."""
    known = editions(Ledger({}), FakeClock())
    alone = Place("discord", "@5")
    assert [await known.home(EDITION, place) for place in (THREAD, alone)] == [THREAD, alone]


@pytest.mark.parametrize(
    ("rest", "word"),
    [
        ("src.2", "sources 2"),
        ("src", "sources"),
        ("2", "sources 2"),
        ("", "sources"),
        ("quote.3", "quote 3"),
        ("x.2", None),
    ],
)
def test_a_share_button_says_what_it_shares(rest: str, word: str | None) -> None:
    """Old forms go on meaning what they meant."""
    assert look_up_of(Press("share", EDITION, rest)) == word


@pytest.mark.parametrize(
    ("rest", "about"), [("r17.5", ("17", "5")), ("r17", ("17", None)), ("2", (None, None)), ("rx", (None, None))]
)
def test_a_button_about_a_question_says_which_and_whose(rest: str, about: tuple[str | None, str | None]) -> None:
    """The asker may be missing."""
    assert asked_about(Press("stop", EDITION, rest)) == about


@pytest.mark.parametrize("language", ["en", "ru"])
def test_forms_carry_their_state_in_their_id_and_keep_to_discords_lengths(language: str) -> None:
    """Title 45, label 45, description 100; a question has at most 1,000 characters."""
    phrases = FluentCatalogue().speak(language)
    for form, verb in ((question_form(EDITION, "", phrases), "ask"), (mistake_form(EDITION, "2", phrases), "wrong")):
        (label,) = form["components"]
        assert pressed(form["custom_id"]) == Press(verb, EDITION, "2" if verb == "wrong" else "")
        assert len(form["title"]) <= 45
        assert len(label["label"]) <= 45
        assert len(label["description"]) <= 100
        assert label["component"]["max_length"] <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("components", "text"),
    [
        ([{"type": 18, "component": {"custom_id": "text", "value": " Why? "}}], "Why?"),
        ([{"type": 1, "components": [{"custom_id": "text", "value": "Why?"}]}], "Why?"),
        ([{"type": 18, "component": {"custom_id": "other", "value": "Why?"}}], ""),
        ([], ""),
    ],
)
def test_what_was_written_is_found_in_either_shape_of_a_form(components: list[dict[str, Any]], text: str) -> None:
    """Under a label, or in a row as before."""
    assert written(cast("Any", SimpleNamespace(data={"components": components}))) == text

"""What a press says by its id and its form."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.talk.whence import asked_about
from adapters.platforms.discord.talk.writing import MOST_CHARACTERS, mistake_form, question_form, written
from bot.domain.press import Press, pressed

EDITION = "harbour-20261120-am-0a1b2c3d"


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

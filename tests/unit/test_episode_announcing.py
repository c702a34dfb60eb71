"""What an episode is about, as somebody says near its beginning."""

import pytest

from bot.domain.episodes.announcing import announced
from bot.domain.episodes.naming.cast import Cast
from bot.domain.transcript import Transcript, Utterance

TALK = "The mill stands by the river and the miller counts the sacks of grain every evening before supper. "


def heard(*texts: str, ad: bool = False) -> str | None:
    """What is announced in these utterances, with an hour's talk after them."""
    said = [Utterance(5.0 * at, 5.0 * at + 5, "Ida", text, ad=ad) for at, text in enumerate(texts)]
    said.append(Utterance(100.0, 3600.0, "Bo", TALK * 300))
    found = announced(Transcript(tuple(said), "en", "captions"), Cast(names={"Ida": "Ida Vane"}))
    return None if found is None else f"{found.speaker} {found.at:.1f} {found.text}"


@pytest.mark.parametrize(
    "text",
    [
        "Today we are going to talk about mills that grind without a river.",
        "In this episode Bo explains how a millstone is dressed by hand.",
        "So this episode is all about the stones and not about the bread.",
        "The topic of today is the millstone and how it is dressed by hand.",
        "Сегодня мы поговорим о том, как правят мельничные жернова вручную.",
    ],
)
def test_the_first_announcement_is_found(text: str) -> None:
    """With the name and the time, past greetings."""
    assert heard("Hello and welcome to the mill.", text, "Later we will talk about bread.") == f"Ida Vane 5.0 {text}"


@pytest.mark.parametrize(
    "text",
    [
        "This episode is brought to you by a mill that we will talk about.",
        "Last week we had a long talk today about mills and their stones.",
        "And we'll talk about that, and about bread, when we come to it.",
        "Today we, we talk about mills that grind without any river.",
        "Today we will talk about whether a mill needs a river at all?",
        "Today we talk about mills.",
        TALK,
    ],
)
def test_what_announces_nothing_is_left(text: str) -> None:
    """Sponsors, other episodes, halves of sentences, stutter, questions, and what is too short."""
    assert heard(text) is None


def test_it_is_looked_for_near_the_beginning_and_not_in_advertisements() -> None:
    """A subject that turns up late is one chapter's."""
    announcement = "Today we are going to talk about mills that grind without a river."
    assert heard(TALK * 100, announcement) is None
    assert heard(announcement, ad=True) is None

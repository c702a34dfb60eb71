"""Text of an answer: thoughts left out however they are cut, no characters that no text has, never too much."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.models.openai.text import MOST_BYTES, Spoken, readable


def said(*pieces: str, held: bool = False) -> str:
    """What comes of an answer in these pieces."""
    speaker = Spoken(held=held)
    return "".join(map(speaker.feed, pieces)) + speaker.end()


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The answer.", "The answer."),
        ("<think>Let me see.</think>\n\nThe answer.", "The answer."),
        ("<thinking>Let me see.</thinking>The answer.", "The answer."),
        ("<THINK>Let me see.</Think>The answer.", "The answer."),
        ("<think></think>The answer.", "The answer."),
        ("<think>a <think>b</think>The answer.", "The answer."),
        ("The <think>hm</think>answer.", "The answer."),
        ("<think>never closed", ""),
        ("The answer.<think>and on", "The answer."),
        ("The answer: 3 < 4 <b>", "The answer: 3 < 4 <b>"),
        ("It ends with <thin", "It ends with <thin"),
        ("\n  \n", ""),
        ("", ""),
    ],
)
def test_thoughts_are_left_out_wherever_the_answer_is_cut(answer: str, text: str, held: bool):
    """In every cut in two, and letter by letter."""
    assert said(*answer, held=held) == text
    for at in range(len(answer)):
        assert said(answer[:at], answer[at:], held=held) == text


@pytest.mark.parametrize(
    "answer", ["I wonder.\n</think>\nThe answer.", "</think>The answer.", "a</think>The </think>answer."]
)
def test_a_thought_that_nobody_opened_is_left_out_where_text_is_held_back(answer: str):
    """The template of the model has the first mark in the prompt."""
    assert said(*answer, held=True) == "The answer."
    assert said(answer, held=True) == "The answer."


def test_after_a_thought_that_nobody_opened_text_is_given_as_it_comes():
    """What follows the mark is the answer."""
    speaker = Spoken(held=True)
    assert [speaker.feed(piece) for piece in ("hm", "</think>", "One ", "two")] == ["", "", "One ", "two"]
    assert speaker.thought_first
    assert not speaker.leaked


def test_a_thought_that_was_given_already_is_noticed():
    """It cannot be taken back; who asked has to know."""
    speaker = Spoken(held=False)
    assert speaker.feed("Hm, the person wants") == "Hm, the person wants"
    speaker.feed("</think>The answer.")
    assert speaker.leaked


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("a\ud83d\ude00b",), "a😀b"),
        (("a\ud83d", "\ude00b"), "a😀b"),
        (("a\ud83d", "b"), "ab"),
        (("a\ude00b",), "ab"),
        (("\ud83d\ud83d\ude00",), "😀"),
        (("a\ud83d",), "a"),
        (("a\x00\x1b[31mb\x85\r\n\tc",), "a[31mb\n\tc"),
    ],
)
def test_what_no_text_can_have_is_left_out(pieces: tuple[str, ...], text: str):
    """Halves of characters find each other across pieces; controls go."""
    assert said(*pieces) == text


@pytest.mark.parametrize("letter", ["a", "é", "語", "😀"])
@pytest.mark.parametrize("held", [True, False])
def test_an_answer_has_at_most_64_kib(letter: str, held: bool):
    """Cut between letters, and said to be full."""
    speaker = Spoken(held=held)
    text = "".join(speaker.feed(letter * 5000) for _ in range(15)) + speaker.end()
    assert speaker.full
    assert MOST_BYTES - 4 < len(text.encode()) <= MOST_BYTES
    assert set(text) == {letter}


def test_thoughts_take_no_room():
    """They are not kept."""
    assert said("<think>", *["hm " * 1000] * 60, "</think>", "Done.") == "Done."


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(["<think>", "</think>", "<thi", "nk>", "\ud83d", "\ude00", "\x07", " ", "\n", "<"]),
        st.text(st.characters(codec=None), max_size=6),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_PIECES)
@example(["\ud83d", "<think>", "\ude00"])
def test_what_is_given_is_text_and_does_not_depend_on_the_cuts(pieces: list[str]):
    """Valid UTF-8, no marks of thoughts, no controls; the same letter by letter."""
    text = said(*pieces, held=True)
    assert text.encode() is not None
    assert not {letter for letter in text if unicodedata.category(letter) == "Cc"} - {"\n", "\t"}
    assert said(*"".join(pieces), held=True) == text == said("".join(pieces), held=True)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_text_that_can_be_read_stays_as_it_is(text: str):
    """Of what Unicode calls text, only controls go."""
    kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    assert readable(text) == kept

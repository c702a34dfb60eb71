"""Where sentences begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.text.sentences import sentences

PIECES = st.sampled_from(
    [
        "Dr. ",
        "Rain fell. ",
        "e.g. ",
        "3.5 ",
        "“Yes. No.” ",
        "(a. b.) ",
        "\n",
        "\n\n",
        "- item\n",
        "？",
        "好。",
        "U.S. ",
        "a ",
        "Why? ",
        "И т.д. ",
        '"',
        "  ",
    ]
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Reed left. He met J. K. Stone.", ["Dr. Reed left.", "He met J. K. Stone."]),
        ("The U.S. Senate met at 5 p.m. in D.C. on Monday.", ["The U.S. Senate met at 5 p.m. in D.C. on Monday."]),
        ("They moved to the U.S. The rest stayed.", ["They moved to the U.S.", "The rest stayed."]),
        ("Tools, e.g. Hammers, vs. No. 5 nails.", ["Tools, e.g. Hammers, vs. No. 5 nails."]),
        ("It grew 3.5 percent in v1.2 of it. Good.", ["It grew 3.5 percent in v1.2 of it.", "Good."]),
        ("See https://a.example/b.c?d=e. Then go.", ["See https://a.example/b.c?d=e.", "Then go."]),
        ("Well... maybe. Yes… Next!", ["Well... maybe.", "Yes…", "Next!"]),
        (
            "“We won. It was hard,” she said. “Yes.” He left.",
            ["“We won. It was hard,” she said.", "“Yes.”", "He left."],
        ),
        ('"Did it work?" he asked. (It did. Really.) So.', ['"Did it work?" he asked.', "(It did. Really.)", "So."]),
        ("今天很好。我们走吧！", ["今天很好。", "我们走吧！"]),
        ("Он приехал в 2020 г. в город. Т.е. давно. Да!", ["Он приехал в 2020 г. в город.", "Т.е. давно.", "Да!"]),
        ("Am 3. Oktober kam er. Danach ging er.", ["Am 3. Oktober kam er.", "Danach ging er."]),
        ("1. Do this. 2. Do that.", ["1. Do this.", "2. Do that."]),
        ("all in lower case. it still ends. yes", ["all in lower case.", "it still ends.", "yes"]),
        ("Nobody asked but I. Then came rain.", ["Nobody asked but I.", "Then came rain."]),
        (
            "A heading\nA line of text\n- one item\n- two items",
            ["A heading", "A line of text", "- one item", "- two items"],
        ),
        ("broken by hand\nin the middle. Next.", ["broken by hand\nin the middle.", "Next."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    """Abbreviations, initials, figures, addresses and quotations do not end a sentence; lines and marks do."""
    assert split(text) == expected


def test_a_paragraph_wrapped_by_hand_is_put_together() -> None:
    """Lines of one width are one paragraph, even where a line begins with a capital."""
    text = (
        "The committee read the long report that was sent by the\n"
        "Ministry of Water and decided to wait until the end of\n"
        "Summer before it votes."
    )
    assert split(text) == [text]


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_only_white_space_lies_between_sentences(text: str) -> None:
    """Spans are in order, do not overlap, begin and end at visible characters, and leave nothing out."""
    at = 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()

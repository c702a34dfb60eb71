"""Quotation marks by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotes import status
from bot.domain.writing.quotation import quoted


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "“She said ‘no’ twice.”"),
        ("en-GB", "“She said ‘no’ twice.”"),
        ("ru", "«She said „no“ twice.»"),
        ("de", "„She said ‚no‘ twice.“"),
        ("fr-CA", "«She said “no” twice.»"),
        ("xx", "“She said ‘no’ twice.”"),
    ],
)
@pytest.mark.parametrize(
    "words", ['She said "no" twice.', "She said “no” twice.", "She said «no» twice.", "She said „no“ twice."]
)
def test_marks_are_those_of_the_language(words: str, language: str, shown: str) -> None:
    """Whatever marks stand inside become the language's inner ones; an unknown language has English ones."""
    assert quoted(words, language) == shown


@given(
    st.sampled_from(["en", "ru", "de", "fr"]),
    st.lists(st.sampled_from(["tide", "“low”", '"high"', "«ebb»", "«ein»,"]), min_size=1),
)
def test_marks_never_change_words(language: str, words: list[str]) -> None:
    """What is shown is still found in the passage."""
    passage = " ".join(words)
    assert status(quoted(passage, language)[1:-1], passage) is not None

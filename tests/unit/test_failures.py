"""What broke is told in one short line."""

import pytest

from bot.errors import StoreUnavailable
from scheduler.failures import MOST_CHARACTERS, in_words
from tests.fakes.work import Silent


def test_one_of_our_errors_is_told_by_name_and_words():
    """On one line, and not where it was raised: it is expected."""
    with pytest.raises(StoreUnavailable) as raised:
        raise StoreUnavailable("the database\n  is away")
    assert in_words(raised.value) == "StoreUnavailable: the database is away"


def test_any_other_error_is_told_with_its_place():
    """File, line and function; no folder of this machine."""
    with pytest.raises(IndexError) as raised:
        [].pop()
    said = in_words(raised.value)
    assert said.startswith("IndexError: pop from empty list (test_failures.py:")
    assert said.endswith("in test_any_other_error_is_told_with_its_place)")


def test_an_error_that_was_never_raised_has_no_place():
    """And needs none."""
    assert in_words(KeyError("x")) == "KeyError: 'x'"


def test_a_long_error_is_cut():
    """Whole libraries of text have been seen in errors."""
    assert len(in_words(StoreUnavailable("word " * 1000))) <= MOST_CHARACTERS


def test_an_error_that_cannot_say_what_it_is_is_told_all_the_same():
    """Telling a failure never fails."""
    assert "Silent" in in_words(Silent())

"""Tokens are kept closed: what opens them, what does not, and that nothing is lost when a key comes or goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.installing.sealing import Seal
from bot.errors import ConfigError

KEY, OTHER = "k" * 32, "an older key of the operator here"
TOKEN = "xoxb-canary-näher 🦉"


def test_without_a_key_a_token_is_kept_as_it_is() -> None:
    """And says so by how it begins."""
    assert Seal(None).close(TOKEN) == f"v0:{TOKEN}"
    assert Seal("").open(f"v0:{TOKEN}") == TOKEN
    assert Seal(None).is_newest(f"v0:{TOKEN}")


def test_with_a_key_nothing_of_a_token_is_to_be_seen() -> None:
    """Not even that two are the same."""
    seal = Seal(KEY)
    once, again = seal.close(TOKEN), seal.close(TOKEN)
    assert once != again
    for sealed in (once, again):
        assert sealed.startswith("v1:")
        assert "canary" not in sealed
        assert seal.open(sealed) == Seal(KEY).open(sealed) == TOKEN
        assert seal.is_newest(sealed)


def test_a_key_that_comes_later_reads_what_was_written_before() -> None:
    """It is not yet sealed as it would be now."""
    before = Seal(None).close(TOKEN)
    assert Seal(KEY).open(before) == TOKEN
    assert not Seal(KEY).is_newest(before)


def test_a_key_that_was_replaced_goes_on_opening() -> None:
    """As long as it stands behind the new one; the new one closes."""
    before = Seal(OTHER).close(TOKEN)
    both = Seal(f"{KEY}, {OTHER}")
    assert both.open(before) == TOKEN
    assert not both.is_newest(before)
    after = both.close(TOKEN)
    assert both.is_newest(after)
    assert Seal(KEY).open(after) == TOKEN
    with pytest.raises(ConfigError):
        Seal(OTHER).open(after)


@pytest.mark.parametrize(
    ("key", "sealed", "words"),
    [
        (None, Seal(KEY).close(TOKEN), "COUNTERPOINT_KEY: is not set"),
        (OTHER, Seal(KEY).close(TOKEN), "COUNTERPOINT_KEY: does not open"),
        (KEY, "v1:rubbish", "COUNTERPOINT_KEY: does not open"),
        (KEY, "v1:", "COUNTERPOINT_KEY: does not open"),
        (KEY, "v2:of a later release", "COUNTERPOINT_KEY: does not open"),
        (KEY, Seal(KEY).close(TOKEN)[:-8] + "AAAAAAAA", "COUNTERPOINT_KEY: does not open"),
    ],
    ids=["no key", "another key", "rubbish", "nothing", "a later form", "changed"],
)
def test_what_cannot_be_opened_names_the_setting(key: str | None, sealed: str, words: str) -> None:
    """And shows neither key nor token."""
    with pytest.raises(ConfigError, match=words) as caught:
        Seal(key).open(sealed)
    assert "canary" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert OTHER not in str(caught.value)


def test_of_several_keys_each_is_long_enough() -> None:
    """A short one would be the weakest of them."""
    with pytest.raises(ConfigError, match="COUNTERPOINT_KEY: of several keys, one has fewer than 32"):
        Seal(f"{KEY},short")


@given(text=st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_whatever_is_closed_is_opened_again(text: str) -> None:
    """With a key and without."""
    text = text.encode("utf-8", "ignore").decode()
    for seal in (Seal(None), Seal(KEY)):
        assert seal.open(seal.close(text)) == text

"""The ids of what can be pressed: made from words, read back, never misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.press import DEEDS, LONGEST, WORDS, Press, named, pressed, typed

VERBS = st.sampled_from(sorted({*WORDS, *DEEDS}))
EDITIONS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-", max_size=48)
RESTS = st.text(alphabet="abcr0123456789.:", max_size=20).map(lambda text: text.rstrip(":"))


@pytest.mark.parametrize(
    ("command", "made"),
    [
        ("sources 2", "b1:src:e:2"),
        ("sources", "b1:src:e"),
        ("sources 2:p", "b1:src:e:2:p"),
        ("who is", "b1:who:e"),
        ("share sources 2", "b1:share:e:src.2"),
        ("share list", "b1:share:e:list"),
        ("share who is Ada", None),
        ("retry r12", "b1:retry:e:r12"),
        ("own forget all", "b1:own:e:forget:all"),
        ("nonsense", None),
    ],
)
def test_an_id_says_what_the_words_say(command, made):
    """Words become the verb of the id; what it cannot say is no button."""
    assert typed(command, "e") == made


@pytest.mark.parametrize(
    ("rest", "word"),
    [
        ("src.2", "sources 2"),
        ("src", "sources"),
        ("2", "sources 2"),
        ("", "sources"),
        ("quote.3", "quote 3"),
        ("who", "who is"),
        ("x.2", None),
    ],
)
def test_a_share_button_says_what_it_shares(rest, word):
    """Old forms go on meaning what they meant."""
    assert Press("share", "e", rest).shared == word


@given(VERBS, EDITIONS, RESTS)
def test_an_id_is_read_back_as_it_was_made(verb, edition, rest):
    """Or refused when it is made."""
    try:
        made = named(verb, edition, rest)
    except ValueError:
        assert len(f"b1:{verb}:{edition}:{rest}") > LONGEST
        return
    assert pressed(made) == Press(verb, edition, rest)
    assert pressed(f"{made}:k{'0' * 24}") == Press(verb, edition, rest)


@pytest.mark.parametrize("strange", ["", "b1", "b1:", "b2:src:e", "b1:nothing:e", "b1:src:E", "b1:src:e:2 3", "x:src"])
def test_what_is_no_id_of_ours_is_none(strange):
    """Whatever it looks like."""
    assert pressed(strange) is None

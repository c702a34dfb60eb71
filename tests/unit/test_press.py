"""The ids of what can be pressed: made from words, read back, never misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.press import DEEDS, LONGEST, WORDS, Press, alone, named, pressed, typed

EDITION = "harbour-20260303-am-1a2b3c4d"
EVER_SENT = {
    f"b1:src:{EDITION}": "sources",
    f"b1:src:{EDITION}:2": "sources 2",
    f"b1:src:{EDITION}:2:p": "sources 2",
    f"b1:src:{EDITION}::p": "sources",
    f"b1:ctr:{EDITION}": "counter",
    f"b1:ctr:{EDITION}:2": "counter 2",
    f"b1:deep:{EDITION}:2": "deeper 2",
    f"b1:quote:{EDITION}:2": "quote 2",
    f"b1:pas:{EDITION}:6": "passage 6",
    f"b1:why:{EDITION}:2": "why 2",
    f"b1:crux:{EDITION}:2": "crux 2",
    f"b1:who:{EDITION}:Ilka": "who is Ilka",
    f"b1:list:{EDITION}": "list",
    f"b1:help:{EDITION}": "help",
    f"b1:aud:{EDITION}": "audio",
    f"b1:txt:{EDITION}": "transcript",
    f"b1:chap:{EDITION}:2": "chapter 2",
    f"b1:find:{EDITION}": "find",
    f"b1:find:{EDITION}:2": "find 2",
    f"b1:find:{EDITION}:r77.5": "find",
    f"b1:src:{EDITION}:2:k{'0a' * 12}": "sources 2",
    f"b1:ask:{EDITION}": Press("ask", EDITION),
    f"b1:ask:{EDITION}:q": Press("ask", EDITION, "q"),
    f"b1:ask:{EDITION}:r77": Press("ask", EDITION, "r77"),
    "b1:ask::r77": Press("ask", "", "r77"),
    f"b1:go:{EDITION}": Press("go", EDITION),
    f"b1:share:{EDITION}:src.2": Press("share", EDITION, "src.2"),
    f"b1:share:{EDITION}:2": Press("share", EDITION, "2"),
    f"b1:wrong:{EDITION}:2": Press("wrong", EDITION, "2"),
    f"b1:stop:{EDITION}:r77.5": Press("stop", EDITION, "r77.5"),
    f"b1:retry:{EDITION}:r77.5": Press("retry", EDITION, "r77.5"),
    f"b1:post:{EDITION}": Press("post", EDITION),
    "b1:set::chan": Press("set", "", "chan"),
    "b1:set::more.0730.1800.7f.en.default.text": Press("set", "", "more.0730.1800.7f.en.default.text"),
    "b1:adm:0123456789ab:pause": Press("adm", "0123456789ab", "pause"),
    "b1:own::export": Press("own", "", "export"),
    f"b1:go:{EDITION}:2": Press("go", EDITION, "2"),
    f"b1:send:{EDITION}:2": Press("send", EDITION, "2"),
    f"b1:useful:{EDITION}": Press("useful", EDITION),
    f"b1:useful:{EDITION}:no": Press("useful", EDITION, "no"),
    f"b1:useful:{EDITION}:no.r1795243000000001.U0123456789": Press(
        "useful", EDITION, "no.r1795243000000001.U0123456789"
    ),
    f"b1:stop:{EDITION}:r1795243000000001.U0123456789": Press("stop", EDITION, "r1795243000000001.U0123456789"),
    "b1:home::setup": Press("home", "", "setup"),
    f"b1:in:{EDITION}:my:language": "in my language",
    f"b1:in:{EDITION}:German": "in German",
    f"b1:in:{EDITION}:German:2": "in German 2",
    f"b1:in:{EDITION}:Traditional:Chinese:2:p": "in Traditional Chinese 2",
    f"b1:share:{EDITION}:in.German:2": Press("share", EDITION, "in.German:2"),
    "b1:chap:9c1f0b7ad2e46835:6": "chapter 6",
    "b1:quotes:9c1f0b7ad2e46835": "quotes",
    "b1:ents:9c1f0b7ad2e46835": "people",
}
"""Ids as they were posted. Lines are added here, never changed and never taken away."""

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


@pytest.mark.parametrize("word", ["sources 2", "sources", "list", "who is Ilka"])
def test_a_look_up_that_is_shared_can_be_wanted_alone(word):
    """The id says so, and still what is looked up."""
    made = typed(alone(word), "e")
    assert made is not None
    press = pressed(made)
    assert press is not None
    assert press.alone
    assert press.word == word
    assert not Press("src", "e", "2").alone


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


# ---------------------------------------------------------------- buttons never die


@pytest.mark.parametrize("custom_id", EVER_SENT)
def test_an_id_that_was_ever_posted_keeps_its_meaning(custom_id: str) -> None:
    """Its message stands in somebody's channel for years."""
    meant, found = EVER_SENT[custom_id], pressed(custom_id)
    assert found is not None
    assert (found if isinstance(meant, Press) else found.word) == meant


def test_every_verb_that_can_be_posted_is_among_them() -> None:
    """Whoever adds one writes down what it means."""
    found = [pressed(custom_id) for custom_id in EVER_SENT]
    assert {one.verb for one in found if one is not None} == set(WORDS) | DEEDS

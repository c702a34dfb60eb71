"""What is put right in a model's text without asking, and what is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.prose.wording import LONGEST, CopyDesk, cited, in_sentences, marked, tidied
from bot.domain.text.visible import visible

KNOWN = frozenset({"3.1", "3.2", "4.1"})


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**Quill** says _no_ and *never*.", "Quill says no and never."),
        ("Quill’s `kit` has `two` parts", "Quill’s kit has two parts"),
        ("## A title", "A title"),
        ("- A line", "A line"),
        ("2. A line", "A line"),
        ("2.1 is out", "2.1 is out"),
        ("3 * 4 * 5 gears", "3 * 4 * 5 gears"),
        ("read_every_word of it", "read_every_word of it"),
        ("  Two\n lines\t here ", "Two lines here"),
        ("It was said. [3.1]", "It was said."),
        ("It was said [3.1] [4].", "It was said."),
        ("It was said [3.1, 4.1].", "It was said."),
        ("It was said (3.1).", "It was said."),
        ("Tidekit came out (2.1).", "Tidekit came out (2.1)."),
        ("In [3] parts it was said.", "In [3] parts it was said."),
        ("Hid\u200bden and \u202eturned\u202c", "Hidden and turned"),
        ("joi\u200dned", "joined"),
    ],
)
def test_slips_are_forgiven(written: str, text: str) -> None:
    """Markup, list markers, citation numbers at the end, what nobody sees; nothing that may be meant."""
    assert tidied(written, "en", KNOWN).text == text


def test_joiners_stay_where_spelling_needs_them() -> None:
    """A Persian word keeps its shape."""
    assert tidied("می\u200cروم", "fa", KNOWN).text == "می\u200cروم"


@pytest.mark.parametrize(
    ("written", "language", "text"),
    [
        ('She said, "no gears."', "en", "She said, “no gears.”"),
        ("She said, «no gears».", "en", "She said, “no gears”."),
        ('Она сказала: "без шестерён".', "ru", "Она сказала: «без шестерён»."),
        ("Sie sagt “nein”.", "de", "Sie sagt „nein“."),
        ('A 5" pipe', "en", 'A 5" pipe'),
        ("Don't say 'never' to Quill's crew", "en", "Don't say “never” to Quill's crew"),
        ("It ends “here", "en", "It ends “here"),
    ],
)
def test_quotation_marks_are_those_of_the_language(written: str, language: str, text: str) -> None:
    """Outer marks only; what opens and never closes stays as it is."""
    assert marked(written, language) == text


def test_ids_typed_into_a_sentence_count_where_it_names_none() -> None:
    """A small model forgets the list; a list that is there is the one that counts."""
    desk = CopyDesk("en", KNOWN)
    assert desk.sentence("It was said. [3.1] [9.9]", ()).evidence == ("3.1",)
    assert desk.sentence("It was said. [3.1]", ("4.1",)).evidence == ("4.1",)


@pytest.mark.parametrize(
    ("evidence", "kept"),
    [
        (("3.1", "3.1", "9.9"), ("3.1",)),
        (("[3.2]", " 4.1 "), ("3.2", "4.1")),
        (("4",), ("4.1",)),
        (("3",), ()),
        (("", "x", "3.1; drop"), ("3.1",)),
        (("3.1",) * 5_000, ("3.1",)),
    ],
)
def test_only_ids_that_were_shown_stay(evidence: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """However they are written; a number alone where it can mean one passage only."""
    assert cited(evidence, KNOWN) == kept


def test_a_field_of_several_sentences_is_several() -> None:
    """Unless a quotation would be cut."""
    assert in_sentences("Quill left. Vale stayed.") == ["Quill left.", "Vale stayed."]
    whole = "Vale said, “Quill left. I stayed. Nobody asked either of us why that was so, and nobody will.”"
    assert in_sentences(whole) == [whole]


def test_long_texts_cost_nothing() -> None:
    """They are looked at up to a length that fails for being one."""
    assert len(tidied("a*_`[3" * 1_000_000, "en", KNOWN).text) <= LONGEST + 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab*_`[]().,3 1\n\u200b\ud800А-#>", max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    """So that what was kept of an answer is the same when it is read again; no markup hides in other markup."""
    once = tidied(text, "en", KNOWN).text
    assert "\n" not in once
    assert visible(once) == once
    assert tidied(once, "en", KNOWN).text == once

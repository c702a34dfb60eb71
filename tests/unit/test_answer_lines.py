"""Lines of a model's answer: what can be told from them is taken, and nothing else."""

import time
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.composing import ANSWER, DEEPER, GrowingAnswer
from bot.domain.conversation.examining import Examiner
from bot.domain.conversation.exhibits import exhibits, exhibits_of, leads_back
from bot.domain.conversation.lines import Said, part_named, read, says_nothing
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording
from bot.domain.edition import Sentence
from bot.domain.layout import lay_out
from bot.domain.message import Answer
from bot.domain.reply import Reply
from tests.fakes.talk import older, sample

SHOWN = ("2.1", "2.2", "3.1", "16.1")
PHRASES = FluentCatalogue().speak("en")
SHELF = Shelf(sample())
FOUND = exhibits("Why did the Petrel stop in the channel?", SHELF)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It stopped. [2.2]", [("It stopped.", ("2.2",))]),
        ("It stopped [2.2].", [("It stopped.", ("2.2",))]),
        ("It stopped [2.2] [3.1].", [("It stopped.", ("2.2", "3.1"))]),
        ("It stopped. [2.2, 3.1]", [("It stopped.", ("2.2", "3.1"))]),
        ("It stopped. [2.2 and 3.1]", [("It stopped.", ("2.2", "3.1"))]),
        ("It stopped. [passage 2.2]", [("It stopped.", ("2.2",))]),
        ("It stopped. 【2.2】", [("It stopped.", ("2.2",))]),
        ("It stopped. [2]", [("It stopped.", ("2.1", "2.2"))]),
        ("It stopped. (3.1)", [("It stopped.", ("3.1",))]),
        ("It stopped. 3.1, 2.2", [("It stopped.", ("3.1", "2.2"))]),
        ("It fell to 3.1", [("It fell to 3.1.", ())]),
        ("It rose (by 4.5) [2.2]", [("It rose (by 4.5).", ("2.2",))]),
        ("It rose (9.9) [2.2]", [("It rose (9.9).", ("2.2",))]),
        ("It stopped. [9.9]", [("It stopped.", ("9.9",))]),
        ("- It stopped. [2.2]", [("It stopped.", ("2.2",))]),
        ("1. **It** stopped. [2.2]", [("It stopped.", ("2.2",))]),
        ("One. [2.2] Two. [3.1]", [("One.", ("2.2",)), ("Two.", ("3.1",))]),
        ("One fell. Two rose. [3.1]", [("One fell.", ("3.1",)), ("Two rose.", ("3.1",))]),
        ("One fell. [2.2] Nothing here says why.", [("One fell.", ("2.2",)), ("Nothing here says why.", ())]),
        ("[2.2]", []),
        ("...", []),
    ],
)
def test_sentences_and_what_they_cite_are_told_apart(line: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """However the ids are written."""
    assert [(said.text, said.evidence) for said in read(line, SHOWN)] == expected


def test_words_that_are_agreed_on_are_recognised() -> None:
    """With what models put around them."""
    assert all(map(says_nothing, ("NOTHING", "**Nothing.**", "[nothing]")))
    assert not says_nothing("Nothing here says why.")
    assert [part_named(line) for line in ("CLAIMED", "**Around:**", "## MISSING", "What is CLAIMED")] == [
        "claimed",
        "around",
        "missing",
        None,
    ]


def test_a_line_made_to_be_slow_is_not() -> None:
    """Digits without an end, brackets that never close."""
    began = time.process_time()
    for line in ("[" + "1" * 100_000, "[" + "1.1 " * 50_000, "(" * 100_000, "**" * 50_000, "a." * 50_000 + " 2.2"):
        read(line, SHOWN)
        _growing().hear(line)
    assert time.process_time() - began < 5


def _growing(**more: str) -> GrowingAnswer:
    kind = more.get("kind", "answer")
    wording = Wording(PHRASES.say, "en")
    if kind == "deeper":
        story = SHELF.edition.stories[0]
        return GrowingAnswer("deeper", exhibits_of(story, SHELF.edition), wording, "quill-7b", DEEPER)
    return GrowingAnswer("answer", FOUND, wording, "quill-7b", ANSWER)


_TRUE = (
    "The Petrel stopped in the channel. [2.2]",
    "A sensor iced over. [2.2]",
    "The council voted 11 to 6. [4.1]",
    "None of these passages says why.",
    "CLAIMED",
    "AROUND",
    "MISSING",
    "“Fog is where a machine earns its fare,” Bram Oyelaran told her. [1.3]",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_TRUE) | st.text(max_size=60)), st.sampled_from(["answer", "deeper"]))
@example(["\ud800 The Petrel stopped. [2.2]", "[2.2] [2.2]"], "answer")
def test_whatever_a_model_says_only_what_was_shown_is_cited_and_the_rest_stays(lines: list[str], kind: str) -> None:
    """Never an error; each state of the answer is the beginning of the next, also as it is laid out."""
    growing = _growing(kind=kind)
    before: tuple[Sentence, ...] = ()
    text = ""
    for line in lines:
        growing.hear(line)
        reply = growing.reply()
        assert reply.text[: len(before)] == before
        laid = _said(reply)
        assert laid.startswith(text)
        before, text = reply.text, laid
    assert {i for sentence in before for i in sentence.evidence} <= set(growing.found.shown)
    assert growing.begun == any(sentence.evidence for sentence in before)


def _said(reply: Reply) -> str:
    """As running text, paragraph by paragraph."""
    document = lay_out(Answer(reply, "en", edition=SHELF.edition), PHRASES)
    return "\n\n".join("".join(run.text for run in block.runs) for block in document if hasattr(block, "runs"))


def test_what_is_shown_fits_and_the_best_comes_first() -> None:
    """The nearest passages, then what stands around them; in a small room, only the first."""
    all_of_it = exhibits("Why did the Petrel stop in the channel?", SHELF)
    little = exhibits("Why did the Petrel stop in the channel?", SHELF, tokens=55)
    assert set(little.shown) < set(all_of_it.shown)
    assert "2.2" in little.shown
    assert exhibits("Petrel", SHELF, tokens=0).shown == ()
    assert exhibits("What?", SHELF, first=("9.9", "2.2")).shown[:2] == ("1.1", "1.2")


def test_of_earlier_editions_one_item_has_one_number() -> None:
    """The same passage in two of them is shown once, numbered on after those of this edition."""
    twice = [Shelf(older()), Shelf(older("harbour-20261118-pm-0a1b2c3f"))]
    found = exhibits("How many tonnes of seaweed did kelp farms sell?", SHELF, twice)
    assert [i for i in found.shown if i.startswith("16")] == ["16.1"]
    assert list(found.older) == [16]


@pytest.mark.parametrize(
    ("question", "back"),
    [("And why?", True), ("What did they say?", True), ("Why did the Petrel stop?", False), ("Xyzzy plugh?", True)],
)
def test_a_question_leads_back_where_it_means_nothing_by_itself(question: str, back: bool) -> None:
    """It points at something, or has no word of the edition."""
    assert leads_back(question, SHELF) is back


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "None of these passages says what it cost."),
        ("en", "The sources do not tell who paid for the insurer."),
        ("en", "Nothing here says why the mayor abstained."),
        ("ru", "В отрывках не сказано, сколько это стоило."),
        ("ru", "Здесь не говорится, почему мэр воздержался."),
        ("ru", "Ни один из источников не называет цену."),
        ("de", "Keine der Quellen nennt den Preis."),
        ("fr", "Aucun des extraits ne dit pourquoi."),
    ],
)
def test_what_is_missing_may_be_said_without_evidence(language: str, text: str) -> None:
    """In the words people say it with."""
    assert Examiner(FOUND, language).says_what_is_missing(Said(text, ()))
    assert not Examiner(FOUND, language).stands(Said(text, ()))


def test_an_address_is_said_only_as_a_cited_passage_says_it() -> None:
    """Original words stay what they are."""
    edition = sample()
    passage = replace(edition.citations[1].passages[1], text="The Petrel stopped, says pilots.example, on 3 November.")
    pilots = replace(edition.citations[1], passages=(passage,))
    found = exhibits("Petrel", Shelf(replace(edition, citations=(pilots,))))
    examiner = Examiner(found, "en")
    assert examiner.stands(Said("The Petrel stopped, says pilots.example, on 3 November.", ("2.2",)))
    assert not examiner.stands(Said("The Petrel stopped on 3 November, says pilots.example.", ("2.2",)))
    assert not examiner.stands(Said("The Petrel stopped on 3 November, says sailors.example.", ("2.2",)))


def test_what_nobody_sees_is_not_in_a_line() -> None:
    """Zero-width spaces, tags and turns of direction would hide a word from a check, or something in an answer."""
    (said,) = read("The fer\u200bry\U000e0069 left\u202e. [1.1]", ("1.1",))
    assert (said.text, said.evidence) == ("The ferry left.", ("1.1",))

"""Leaving out what fails: the result passes, what was fine stays, numbers follow reading order."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import check, enforce
from bot.domain.checks.parts import walk
from bot.domain.checks.renumber import renumber, with_evidence
from bot.domain.edition import Audio, CitedPassage, Counter, Edition, Evidence, PlainWord, Sentence
from tests.fakes.editions import ID, edition
from tests.unit.test_checks_rules import (
    EVIDENCE_BREACHES,
    QUOTE_BREACHES,
    card,
    citation,
    counter,
    line,
    position,
    quote,
    sentence,
    signal,
    story,
)
from tests.unit.test_checks_shape import SHAPE_BREACHES, SIGNAL_BREACHES, STANCE_BREACHES

BREACHES = [*QUOTE_BREACHES, *EVIDENCE_BREACHES, *STANCE_BREACHES, *SIGNAL_BREACHES, *SHAPE_BREACHES]
UNMENDABLE = {"an id with capitals", "a window that ends before it begins"}


def test_a_clean_edition_comes_back_as_it_is() -> None:
    """Nothing is touched, not even the order of a tuple."""
    assert enforce(edition()) == (edition(), ())


def test_renumbering_a_clean_edition_changes_nothing() -> None:
    """Reading order is the order it already has."""
    assert renumber(edition()) == edition()


@pytest.mark.parametrize(("name", "change"), [b[:2] for b in BREACHES], ids=[b[0] for b in BREACHES])
def test_after_any_single_breach_the_rest_is_in_order(name: str, change: Callable[[], Edition]) -> None:
    """What fails is gone, the result passes, and enforcing again changes nothing."""
    mended, faults = enforce(change())
    assert faults
    if name in UNMENDABLE:
        assert {fault.where for fault in check(mended).faults} <= {"id", "window"}
        return
    assert check(mended).faults == ()
    assert enforce(mended) == (mended, ())


def test_a_failing_sentence_goes_and_the_card_says_so() -> None:
    """One sentence less, one more dropped, everything else as it was."""
    mended, faults = enforce(sentence("Ada Quill replaced 15 gears with 3 magnets.", "1.2"))
    assert [fault.where for fault in faults] == ["stories[0].body[0]"]
    assert mended.stories[0].body == edition().stories[0].body[1:]
    assert mended.card.checks.sentences_dropped == edition().card.checks.sentences_dropped + 1
    assert replace(mended.stories[0], body=edition().stories[0].body) == edition().stories[0]


def test_a_failing_counter_view_becomes_none() -> None:
    """With the sentence the caller gives, and without what needs a conflict."""
    mended, _ = enforce(counter(0, thinker="Jory Fenn", thinker_id=None), nobody="Nobody says otherwise.")
    assert mended.stories[0].counter == Counter("none", None, None, None, "Nobody says otherwise.", ())
    assert mended.stories[0].crux is None
    assert {p.stance for p in mended.stories[0].positions} == {"for", "adjacent"}


def test_a_story_without_standfirst_goes_with_all_that_was_its() -> None:
    """Lines, promises, connections and its own citations go; the others move up."""
    mended, _ = enforce(sentence("Lowquay says it weighs 99 tons.", "1.2", kind="standfirst"))
    assert [s.id for s in mended.stories] == [f"{ID}/1", f"{ID}/2"]
    assert [s.title for s in mended.stories] == [s.title for s in edition().stories[1:]]
    assert mended.promises.made == ()
    assert all(c.story == f"{ID}/1" for s in mended.stories for c in s.connects_to)
    assert {text.story for text in mended.dialogue} == {None, f"{ID}/1", f"{ID}/2"}
    assert [c.n for c in mended.citations] == list(range(1, len(mended.citations) + 1))
    assert "Harbour Works" not in {t.name for t in mended.thinkers}
    assert "Imke Sand" not in {t.name for t in mended.thinkers}


def test_a_story_title_falls_back_to_a_headline() -> None:
    """Original words of an item it cites; a story whose headline fails, too, is dropped."""
    mended, _ = enforce(story(1, title="Charts cost 99 crowns in Lowquay"))
    assert mended.stories[1].title == "Paper charts outsell screens for the third year in Wexmouth"
    headless = citation(6, title=None)
    lamps = replace(headless.stories[2], title="Lowquay has 99 lamps", standfirst=Sentence("A lamp shines.", ("7.1",)))
    body = (Sentence("Вера Мол: «Маяк без смотрителя светит»", ("7.1",)), Sentence("Вера Мол: «не видит»", ("7.1",)))
    lamps = replace(
        lamps, body=body, connects_to=(), synthesis=None, citations=(7,), signal=signal(2).stories[2].signal
    )
    lamps = replace(lamps, signal=replace(lamps.signal, why_now=Sentence("", ())))
    mended, _ = enforce(replace(headless, stories=(*headless.stories[:2], lamps)))
    assert len(mended.stories) == 2


def test_title_and_lede_fall_back_to_original_words() -> None:
    """A headline for the title, a sentence for the lede."""
    mended, _ = enforce(edition(title="Lowquay burns 99 lamps", lede="Jory Fenn says that 99 lamps burn at Lowquay."))
    assert mended.title == "Tide clocks need fewer gears"
    assert mended.lede in {p.text for c in mended.citations for p in c.passages}
    assert mended.title_evidence
    assert mended.lede_evidence


def test_a_pull_quote_gets_its_true_status() -> None:
    """Only the status was wrong."""
    normalised = edition().stories[1].pull_quote
    assert normalised
    mended, _ = enforce(story(1, pull_quote=replace(normalised, status="exact")))
    assert mended.stories[1].pull_quote == normalised


def test_a_burst_that_does_not_add_up_is_not_told() -> None:
    """Multiplier and probability go, the counts stay."""
    mended, _ = enforce(signal(0, burst=9.0))
    assert (mended.stories[0].signal.burst, mended.stories[0].signal.p) == (None, None)
    assert mended.stories[0].signal.items == 6


def test_our_argument_loses_the_name_it_carried() -> None:
    """The argument stays, its source goes."""
    mended, _ = enforce(counter(2, evidence=("3.2",), thinker="Вера Мол", thinker_id="vera-mol"))
    assert mended.stories[2].counter == edition().stories[2].counter


def test_an_unknown_passage_is_taken_out_of_a_sentence_that_stands_without_it() -> None:
    """The sentence keeps its other evidence."""
    mended, faults = enforce(sentence("Ada Quill replaced 14 gears with 3 magnets.", "1.2", "9.9"))
    assert faults[0].rule == "evidence"
    assert mended.stories[0].body[0].evidence == ("1.2",)


def test_passages_beyond_an_excerpt_go() -> None:
    """The last ones first, with what rested on them."""
    long = CitedPassage("2.3", edition().citations[1].passages[2].text + " word" * 60)
    mended, _ = enforce(citation(1, passages=(*edition().citations[1].passages[:2], long)))
    assert [len(c.passages) for c in mended.citations if c.title and c.title.startswith("Paper charts")] == [2]
    assert check(mended).ok


def test_one_item_cited_twice_becomes_one_number() -> None:
    """Passages of both are kept once each."""
    twin = replace(
        edition().citations[6], n=8, passages=(CitedPassage("8.1", edition().citations[6].passages[0].text),)
    )
    whole = edition(citations=(*edition().citations, twin))
    mended, _ = enforce(replace(whole, open_question=Sentence("Who sees when a lamp is wrong?", ("4.1", "3.2", "8.1"))))
    assert len(mended.citations) == 7
    assert mended.open_question == Sentence("Who sees when a lamp is wrong?", ("4.1", "3.2", "7.1"))


def test_nothing_left_is_an_empty_edition() -> None:
    """No story survives: the title is the desk's, nothing is cited, the audio is gone."""
    audio = Audio("audio/mpeg", 60.0, 1000, ("a", "b"), "words", ())
    nothing = with_evidence(edition(audio=audio), lambda _: ("0.0",))
    mended, faults = enforce(nothing)
    assert faults
    assert (mended.title, mended.lede, mended.stories, mended.citations, mended.audio) == ("harbour", "", (), (), None)
    assert mended.card.cited.items == 0
    assert check(mended).ok


def test_a_writer_without_its_form_is_given_one() -> None:
    """The card names the model and that it was checked."""
    assert enforce(card(writer="tide-model-1"))[0].card.writer == "written by tide-model-1, checked"
    assert enforce(card(writer=" "))[0].card.writer == "written by an unnamed model, checked"


def test_missing_authors_are_listed() -> None:
    """A cited author nobody listed is added with the stories that cite them."""
    mended, _ = enforce(edition(thinkers=()))
    assert [(t.name, t.stories) for t in mended.thinkers] == [
        (t.name, t.stories) for t in edition().thinkers if t.kind != "quoted"
    ]


def test_scores_become_shares_again() -> None:
    """The best is 1; with nothing to share all are."""
    assert [s.signal.score for s in enforce(signal(0, score=2.0))[0].stories] == [1.0, 0.2, 0.25]
    zero = replace(edition(), stories=tuple(replace(s, signal=replace(s.signal, score=0.0)) for s in edition().stories))
    assert {s.signal.score for s in enforce(zero)[0].stories} == {1.0}


def test_signals_without_items_count_what_is_cited() -> None:
    """A story has at least the items its own sentences cite."""
    mended, _ = enforce(signal(1, items=0, voices=0))
    assert (mended.stories[1].signal.items, mended.stories[1].signal.voices) == (1, 1)


IDS = [passage.id for citation in edition().citations for passage in citation.passages]
TEXTS = [
    "Lowquay has 99 lamps.",
    "“No word of this.”",
    "Visit https://x.example",
    "",
    "It says less…",
    "Vale says, “so be it.”",
]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_a_writer_returns_the_result_passes(data: st.DataObject) -> None:
    """Scrambled evidence, replaced texts, shuffled stories, lost citations: never an unchecked edition or an error."""
    wild = data.draw(st.lists(st.sampled_from([*IDS, "9.9", "x"]), max_size=3).map(tuple))
    seldom = data.draw(st.integers(2, 9))
    turn = iter(range(10_000))

    def scramble(evidence: Evidence) -> Evidence:
        return wild if next(turn) % seldom == 0 else evidence

    broken = with_evidence(edition(), scramble)
    broken = replace(broken, stories=tuple(data.draw(st.permutations(list(broken.stories)))))
    broken = replace(
        broken, citations=tuple(data.draw(st.permutations(list(broken.citations)))[: data.draw(st.integers(3, 7))])
    )
    text = data.draw(st.sampled_from(TEXTS))
    first = broken.stories[0]
    broken = replace(
        broken,
        lede=data.draw(st.sampled_from([broken.lede, text])),
        stories=(
            replace(
                first,
                analogy=text,
                plain_words=(PlainWord("lamp", text),),
                question=data.draw(st.sampled_from([None, text])),
                body=(*first.body, Sentence(text, wild)),
            ),
            *broken.stories[1:],
        ),
    )
    mended, _ = enforce(broken)
    assert check(mended).faults == ()
    assert enforce(mended) == (mended, ())
    known = {p.text for p in walk(broken)} | {p.text for c in broken.citations for p in c.passages}
    known |= {c.title or "" for c in broken.citations} | {"harbour", ""}
    assert {p.text for p in walk(mended)} <= known


def test_lines_positions_and_quotes_are_left_out_one_by_one() -> None:
    """Each remedy touches its own part only."""
    assert len(enforce(line(3, "It weighs 99 tons.", 1, "1.2"))[0].dialogue) == len(edition().dialogue) - 1
    assert len(enforce(position(0, claim="Says 99 magnets do it."))[0].stories[0].positions) == 2
    assert enforce(quote(text="no such words"))[0].stories[0].pull_quote is None
    assert enforce(story(0, so_what="Pay 99 crowns."))[0].stories[0].so_what is None
    why = replace(edition().stories[0].signal, why_now=Sentence("It costs 99 crowns.", ("5.1",)))
    assert enforce(story(0, signal=why))[0].stories[0].signal.why_now == Sentence("", ())

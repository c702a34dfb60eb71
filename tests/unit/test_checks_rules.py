"""Every rule of the order of truth: an edition that breaks it alone is refused, at the right place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.edition import (
    Citation,
    CitedPassage,
    ClosedPromise,
    Edition,
    Line,
    PlainWord,
    Promises,
    PullQuote,
    Sentence,
)
from tests.fakes.editions import ID, IDS, QUILL, REVIEW, VALE, edition


def story(index: int, **changes: Any) -> Edition:
    """The edition with fields of one story changed."""
    whole = edition()
    stories = list(whole.stories)
    stories[index] = replace(stories[index], **changes)
    return replace(whole, stories=tuple(stories))


def sentence(text: str, *evidence: str, kind: str = "body") -> Edition:
    """The edition with the first sentence of story 1 (or its standfirst) replaced."""
    body = edition().stories[0].body
    if kind == "standfirst":
        return story(0, standfirst=Sentence(text, evidence))
    return story(0, body=(Sentence(text, evidence), *body[1:]))


def citation(index: int, **changes: Any) -> Edition:
    """The edition with fields of one citation changed."""
    whole = edition()
    citations = list(whole.citations)
    citations[index] = replace(citations[index], **changes)
    return replace(whole, citations=tuple(citations))


def signal(index: int, **changes: Any) -> Edition:
    """The edition with fields of one signal changed."""
    return story(index, signal=replace(edition().stories[index].signal, **changes))


def card(**changes: Any) -> Edition:
    """The edition with fields of its card changed."""
    return edition(card=replace(edition().card, **changes))


def quote(index: int = 0, **changes: Any) -> Edition:
    """The edition with fields of one pull quote changed."""
    pulled = edition().stories[index].pull_quote
    assert pulled
    return story(index, pull_quote=replace(pulled, **changes))


def line(index: int, text: str, about: int | None, *evidence: str) -> Edition:
    """The edition with one line of the dialogue replaced."""
    lines = list(edition().dialogue)
    lines[index] = Line("Runa", text, f"{ID}/{about}" if about else None, evidence)
    return edition(dialogue=tuple(lines))


def position(index: int, *, of: int = 0, **changes: Any) -> Edition:
    """The edition with fields of one position changed."""
    positions = list(edition().stories[of].positions)
    positions[index] = replace(positions[index], **changes)
    return story(of, positions=tuple(positions))


def counter(index: int, **changes: Any) -> Edition:
    """The edition with fields of one counter view changed."""
    return story(index, counter=replace(edition().stories[index].counter, **changes))


def test_the_edition_of_the_tests_is_clean() -> None:
    """What every other test here breaks in one place."""
    verdict = check(edition())
    assert verdict.ok
    assert verdict.notes == ()
    assert verdict.rates["quotes_verified"] == 1.0
    assert verdict.rates["sentences_supported"] == 1.0


QUOTE_BREACHES: list[tuple[str, Callable[[], Edition], str, str]] = [
    ("words not in the passage", lambda: sentence("He built it “with joy.”", "1.2"), "quote", "stories[0].body[0]"),
    ("a quotation in the title", lambda: edition(title="Quill drops “all the gears”"), "quote", "title"),
    (
        "a pull quote with a changed word",
        lambda: quote(text="magnets drift by ten minutes a week"),
        "quote",
        "stories[0].pull_quote",
    ),
    (
        "a pull quote under another name",
        lambda: quote(thinker=QUILL, thinker_id=IDS[QUILL]),
        "quote",
        "stories[0].pull_quote",
    ),
    (
        "a paraphrase under a quoted person's name",
        lambda: quote(text="who keeps the Low Pier clock", thinker="Imke Sand", thinker_id=None, evidence=("5.2",)),
        "quote",
        "stories[0].pull_quote",
    ),
    (
        "a normalised quote that says exact",
        lambda: quote(1, status="exact"),
        "quote",
        "stories[1].pull_quote.status",
    ),
    (
        "a translation without its original",
        lambda: quote(2, original=None),
        "quote",
        "stories[2].pull_quote",
    ),
    (
        "a translation of other words",
        lambda: quote(2, original="Маяк без смотрителя спит."),
        "quote",
        "stories[2].pull_quote",
    ),
    (
        "words put into a mouth",
        lambda: sentence("Ada Quill said, “magnets drift by nine minutes a week.”", "1.2", "4.1"),
        "quote",
        "stories[0].body[0]",
    ),
    (
        "words put into a mouth after them",
        lambda: line(4, "“Fewer gears is a mistake,” said Ada Quill.", 1, "4.1", "1.2"),
        "quote",
        "dialogue[4]",
    ),
    (
        "a name and a colon",
        lambda: sentence("Ada Quill: “magnets drift by nine minutes a week.”", "4.1", "1.2"),
        "quote",
        "stories[0].body[0]",
    ),
    (
        "our reading quotes what nobody wrote",
        lambda: story(0, analogy="It is “a boat without oars.”"),
        "quote",
        "stories[0].analogy",
    ),
]

EVIDENCE_BREACHES: list[tuple[str, Callable[[], Edition], str, str]] = [
    (
        "an id that is not there",
        lambda: sentence("Quill replaced gears with magnets.", "9.9"),
        "evidence",
        "stories[0].body[0]",
    ),
    ("no evidence", lambda: sentence("Quill replaced gears with magnets."), "evidence", "stories[0].body[0]"),
    ("a title without evidence", lambda: edition(title_evidence=()), "evidence", "title"),
    ("a line of a story without evidence", lambda: line(3, "It is lighter now.", 1), "evidence", "dialogue[3]"),
    (
        "a claim in the middle that cites nothing",
        lambda: edition(
            dialogue=(
                *edition().dialogue[:2],
                *edition().dialogue[2:7],
                Line("Tolm", "Nobody rows.", None, ()),
                *edition().dialogue[7:],
            )
        ),
        "evidence",
        "dialogue[7]",
    ),
    (
        "a promise kept without evidence",
        lambda: edition(promises=Promises(closed=(ClosedPromise("old#1", "happened", "It came.", ()),))),
        "evidence",
        "promises.closed[0]",
    ),
    (
        "another story's passage",
        lambda: sentence("The kit is heavier than before, they find.", "3.2"),
        "evidence",
        "stories[0].body[0]",
    ),
    (
        "an uncited item's words",
        lambda: sentence("The office sent the last keeper home for less weight.", "1.2"),
        "evidence",
        "stories[0].body[0]",
    ),
    (
        "a changed number",
        lambda: sentence("Ada Quill replaced 15 gears with 3 magnets.", "1.2"),
        "number",
        "stories[0].body[0]",
    ),
    (
        "a number in words",
        lambda: sentence("Ada Quill replaced fifteen gears with magnets.", "1.2"),
        "number",
        "stories[0].body[0]",
    ),
    (
        "a changed weekday",
        lambda: story(
            2, body=(Sentence("The lamp lost its keeper on Friday.", ("3.1",)), edition().stories[2].body[1])
        ),
        "number",
        "stories[2].body[0]",
    ),
    (
        "a name from another story",
        lambda: sentence("Grauholm replaced gears with magnets.", "1.2"),
        "name",
        "stories[0].body[0]",
    ),
    (
        "another author's name",
        lambda: sentence("Orrin Vale replaced 14 gears with 3 magnets.", "1.2"),
        "name",
        "stories[0].body[0]",
    ),
    (
        "a person in the lede without a passage",
        lambda: edition(lede="Imke Sand swapped 14 gears for 3 magnets."),
        "name",
        "lede",
    ),
    ("a number in the title", lambda: edition(title="Quill drops 15 gears"), "number", "title"),
    ("a number in our reading", lambda: story(0, so_what="It saves 77 hours."), "number", "stories[0].so_what"),
    (
        "a name in plain words",
        lambda: story(0, plain_words=(PlainWord("drift", "what the clock at Lowquay does"),)),
        "name",
        "stories[0].plain_words[0]",
    ),
    ("a number in our argument", lambda: counter(2, text="A lamp was seen 400 times."), "number", "stories[2].counter"),
    ("a greeting with a number", lambda: line(0, "We read 157 voices.", None), "number", "dialogue[0]"),
    ("a greeting with a thinker", lambda: line(0, "Hello, today with Orrin Vale.", None), "name", "dialogue[0]"),
    (
        "a position of someone the passage does not name",
        lambda: position(2, thinker="Jory Fenn"),
        "name",
        "stories[0].positions[2]",
    ),
    ("a position under a foreign id", lambda: position(0, thinker_id="orrin-vale"), "name", "stories[0].positions[0]"),
    (
        "a counter view of someone the passage does not name",
        lambda: counter(0, thinker="Jory Fenn", thinker_id=None),
        "name",
        "stories[0].counter",
    ),
    (
        "a title stronger than its passage",
        lambda: story(0, title="Magnets destroy the tide clock"),
        "title",
        "stories[0].title",
    ),
    (
        "a certain title of a hedged passage",
        lambda: replace(
            citation(
                3,
                passages=(
                    CitedPassage("4.1", "Fewer gears could be a mistake: magnets drift by nine minutes a week."),
                ),
            ),
            lede="Fewer gears will be a mistake.",
            lede_evidence=("4.1",),
        ),
        "title",
        "lede",
    ),
]

WORDING = [
    "Magnets replaced gears, and more to come…",
    "Magnets replaced gears... and more.",
    "Magnets replaced gears, see https://quill.example/1 for it.",
    "Magnets replaced gears, @everyone.",
    "Magnets replaced gears <@123>.",
    "Magnets <b>replaced</b> gears.",
    "Magnets replaced gears &amp; more.",
    "Magnets replaced gears [here](x).",
    "Magnets replaced gears for {audience}.",
    "Magnets replaced gears. TODO",
    "Magnets replaced gears [1].",
    "Magnets replaced gears with a high IS score.",
    "Magnets replaced gears in the mandatory contradiction thread.",
    "SO WHAT: magnets replaced gears.",
    "Magnets replaced gears. Analogy: it is like a boat.",
    "As an AI language model, I say magnets replaced gears.",
    "According to the provided passages magnets replaced gears.",
    "Here is the story: magnets replaced gears.",
    "Headline: magnets replaced gears.",
]

BREACHES = [*QUOTE_BREACHES, *EVIDENCE_BREACHES]


@pytest.mark.parametrize(("change", "rule", "where"), [b[1:] for b in BREACHES], ids=[b[0] for b in BREACHES])
def test_a_breach_is_named_with_its_place(change: Callable[[], Edition], rule: str, where: str) -> None:
    """The fault carries the rule it breaks and the path of the part that breaks it."""
    verdict = check(change())
    assert not verdict.ok
    assert (rule, where) in {(fault.rule, fault.where) for fault in verdict.faults}, verdict.faults


@pytest.mark.parametrize("text", WORDING)
def test_words_that_are_not_for_readers_are_refused(text: str) -> None:
    """Prompt words, markup, addresses, mentions, placeholders, typed numbers, labels and our own ellipsis."""
    faults = check(sentence(text, "1.2")).faults
    assert ("wording", "stories[0].body[0]") in {(fault.rule, fault.where) for fault in faults}


def test_original_words_may_hold_what_ours_may_not() -> None:
    """A quotation or a whole original headline keeps its ellipsis and its length."""
    words = "Tide clocks… need fewer gears, " + "and fewer still " * 6
    with_ellipsis = citation(0, passages=(CitedPassage("1.1", words), edition().citations[0].passages[1]), title=words)
    faults = check(replace(with_ellipsis, title=words.strip(), title_evidence=("1.1", "2.1", "3.2"))).faults
    assert not {fault for fault in faults if fault.where == "title"}
    quoted = check(sentence("Ada Quill: “Tide clocks… need fewer gears”", "1.1")).faults
    assert not [fault for fault in quoted if fault.rule == "wording"]


def test_our_own_counts_and_cited_names_need_no_passage() -> None:
    """The signal's counts in a line, and an author's name in a sentence citing them."""
    fine = line(2, "Tide clocks, one of three stories. Six items from four voices in 12 hours.", 1, "1.1")
    assert check(fine).ok
    assert check(sentence("Ada Quill needs fewer gears for tide clocks.", "1.1")).ok is True


def test_someone_may_speak_through_another_item() -> None:
    """A pull quote inside the passage's own marks belongs to whom the passage names."""
    fine = quote(text="I would not sail by a magnet", thinker="Imke Sand", thinker_id=None, evidence=("5.2",))
    assert check(fine).ok


def test_an_edition_without_stories_may_say_so() -> None:
    """A thin day: nothing is cited, nothing claimed."""
    empty = edition(
        title="harbour",
        title_evidence=(),
        lede="",
        lede_evidence=(),
        stories=(),
        citations=(),
        thinkers=(),
        open_question=None,
        promises=Promises(),
        dialogue=(),
    )
    checks = replace(empty.card.checks, quotes=0, quotes_exact=0, sentences=0, sentences_extractive=0)
    verdict = check(
        replace(empty, card=replace(empty.card, cited=replace(empty.card.cited, items=0, thinkers=0), checks=checks))
    )
    assert verdict.faults == ()
    assert verdict.rates == {
        "quotes_verified": 1.0,
        "quotes_exact": 1.0,
        "sentences_supported": 1.0,
        "passages_used": 1.0,
    }


def test_what_is_only_unusual_is_a_note() -> None:
    """An id without its hash, a dialogue that leaves a story out, another window, too many cited items, long fields."""
    short = edition()
    ids = {s.id: s.id.replace("-1a2b3c4d", "") for s in short.stories}
    assert "the id is not" in check(replace(short, id="harbour-20260303-am")).notes[0]
    assert ids
    notes = check(edition(dialogue=edition().dialogue[:2])).notes
    assert [n for n in notes if "leaves out story 2" in n]
    assert [n for n in check(signal(2, window_hours=24.0)).notes if "another window" in n]
    assert [n for n in check(signal(0, items=3, voices=3, burst=None, p=None)).notes if "more items" in n]
    long = "Quill built a tide clock with fewer gears, " * 4
    assert [n for n in check(sentence(long, "1.1", kind="standfirst")).notes if "characters" in n]


def test_a_russian_edition_is_held_to_the_same_rules() -> None:
    """Cyrillic names, decimal commas and guillemets pass; a changed number does not."""
    passage = CitedPassage("7.1", "Маяк без смотрителя светит, но не видит: так было 12 лет, и это стоит 3,5 млн.")
    base = replace(citation(6, passages=(passage,)), language="ru")
    lamps = base.stories[2]
    body = (
        Sentence("Вера Мол: «Маяк без смотрителя светит, но не видит».", ("7.1",)),
        Sentence("Это стоит 3,5 млн уже двенадцать лет.", ("7.1",)),
    )
    fine = replace(base, stories=(*base.stories[:2], replace(lamps, body=body)))
    wrong = replace(lamps, body=(body[0], Sentence("Это стоит 3,6 млн.", ("7.1",))))
    at = "stories[2].body"
    assert not [f for f in check(fine).faults if f.where.startswith(at)]
    faults = check(replace(base, stories=(*base.stories[:2], wrong))).faults
    assert [f.rule for f in faults if f.where == f"{at}[1]"] == ["number"]


def test_faults_read_as_sentences() -> None:
    """People read them in the command line."""
    (fault,) = check(quote(text="magnets drift by ten minutes a week")).faults[:1]
    assert "not in the cited passages" in fault.text
    assert isinstance(edition().citations[0], Citation)
    assert isinstance(edition().stories[0].pull_quote, PullQuote)
    assert VALE != REVIEW

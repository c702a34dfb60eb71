"""The product's form: what stands where, under which label, in both languages; an empty part leaves nothing."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.document import (
    Actions,
    Divider,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotation,
    Run,
    Small,
    Sources,
)
from bot.domain.edition import Connection, Counter, Edition, PlainWord, PullQuote, Sentence, SourceDown
from bot.domain.layout import lay_out, site
from bot.domain.message import Answer, EditionCard, Message, Notice, QuestionPart, StoryPart
from bot.domain.reply import Action, Reply
from tests.fakes.talk import sample

LANGUAGES = ("en", "ru")


def laid(message: Message, language: str = "en") -> Document:
    return lay_out(message, FluentCatalogue().speak(language))


def runs_of(document: Document) -> list[Run]:
    """Every run of a document, in reading order."""
    found: list[Run] = []
    for block in document:
        match block:
            case Heading(runs) | Paragraph(runs) | Small(runs):
                found += runs
            case Sources(label, links):
                found += [Run(label, "bold"), *links]
            case Points(points):
                found += [run for runs in points for run in runs]
            case Quotation(words, whose):
                found += [*words, *whose]
            case _:
                pass
    return found


def read(document: Document) -> str:
    """A document as plain text."""
    return "".join(run.text for run in runs_of(document))


def labels(document: Document) -> list[str]:
    """The run-in labels."""
    return [run.text for run in runs_of(document) if run.style == "bold"]


def every_part(edition: Edition) -> list[Message]:
    return [EditionCard(edition), *(StoryPart(edition, story) for story in edition.stories), QuestionPart(edition)]


def test_a_card_has_its_parts_in_order():
    """Desk, slot and date; title; lede; divider; stories; counts; buttons; writer and checks."""
    document = laid(EditionCard(sample()))
    kinds = [type(block) for block in document]
    assert kinds == [Small, Heading, Paragraph, Divider, Points, Small, Actions, Small]
    assert read(document[:1]) == "Counterpoint harbour · morning · Friday, 20 November 2026"


def test_a_card_names_what_was_down_and_counts_the_rest():
    """Four names, then how many more; nobody is named twice."""
    edition = sample()
    down = tuple(SourceDown(name, f"https://{name}.example/feed", "no answer") for name in "FEDCBAA")
    card = laid(EditionCard(replace(edition, card=replace(edition.card, sources_down=down, sources_silent=2))))
    assert "7 sources were down: A, B, C, D +2." in read(card)
    assert "2 sources need a key or an adapter." in read(card)


def test_a_card_without_stories_has_no_list_and_no_buttons():
    """A quiet window is a valid edition."""
    document = laid(EditionCard(replace(sample(), stories=())))
    assert not any(isinstance(block, Divider | Points | Actions) for block in document)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Late: planned for 5 Mar 07:00 UTC."), ("ru", "С опозданием: по плану 5 мар 07:00 UTC.")],
)
def test_a_card_that_comes_late_says_when_it_was_planned(language, said):
    """Right under its title; one in time says nothing of it."""
    planned = datetime(2026, 3, 5, 7, tzinfo=UTC)
    document = laid(EditionCard(sample(), planned), language)
    assert document[2] == Small((Run(said),))
    assert said not in "".join(run.text for run in runs_of(laid(EditionCard(sample()), language)))


def test_a_card_shows_its_notes():
    """A thin day is said."""
    edition = sample()
    noted = replace(edition, card=replace(edition.card, notes=("A thin day.",)))
    assert "A thin day." in read(laid(EditionCard(noted)))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["Signal:", "Why now:", "Harbour Pilots Union", "Counter view, by Harbour Pilots Union:", "The crux:"],
        ),
        (
            "ru",
            [
                "Сигнал:",
                "Почему сейчас:",
                "Harbour Pilots Union",
                "Возражение, Harbour Pilots Union:",
                "Решающий вопрос:",
            ],
        ),
    ],
)
def test_a_story_has_its_labels_in_order(language, expected):
    """Place and state, title, standfirst, signal, positions, counter view, body, crux, sources."""
    edition = sample()
    found = [label for label in labels(laid(StoryPart(edition, edition.stories[0]), language)) if label in expected]
    assert found == expected


def test_a_story_begins_with_its_place_and_ends_with_sources_and_buttons():
    """The frame of every story."""
    edition = sample()
    document = laid(StoryPart(edition, edition.stories[1]))
    assert read(document[:1]) == "Story 2 of 5 · new"
    assert isinstance(document[-2], Sources)
    assert document[-1] == Actions(
        (Action("sources", "sources 2"), Action("counter", "counter 2"), Action("deeper", "deeper 2"))
    )


def test_a_story_has_at_most_three_dividers_and_never_two_together():
    """An empty part leaves no divider."""
    edition = sample()
    for story in edition.stories:
        document = laid(StoryPart(edition, story))
        places = [n for n, block in enumerate(document) if isinstance(block, Divider)]
        assert len(places) <= 3
        assert all(b - a > 1 for a, b in pairwise(places))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_part_has_an_empty_run_block_or_label(language):
    """A label is followed by what it announces."""
    for message in every_part(sample()):
        document = laid(message, language)
        for block in document:
            match block:
                case Points(points):
                    assert points
                    assert all(points)
                case Actions(actions):
                    assert actions
                case Sources(_, links):
                    assert links
                case Paragraph(runs) | Small(runs) | Heading(runs):
                    assert "".join(run.text for run in runs).strip()
                case _:
                    pass
        assert all(run.text for run in runs_of(document))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_a_link_to_its_citation(language):
    """`[3]` leads to citation 3, everywhere."""
    edition = sample()
    urls = {citation.n: citation.url for citation in edition.citations}
    numbered = [
        (int(found[1]), run.url)
        for message in every_part(edition)
        for run in runs_of(laid(message, language))
        if (found := re.match(r"\[(\d+)\]", run.text))
    ]
    assert len(numbered) > 30
    assert all(urls[number] == url for number, url in numbered)


def test_numbers_stand_only_in_links():
    """No run carries a number that leads nowhere."""
    for message in every_part(sample()):
        assert not [run for run in runs_of(laid(message)) if re.search(r"\[\d+\]", run.text) and not run.url]


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        (Counter("none", None, None, None, "", ()), "Counter view: none found in this edition."),
        (
            Counter("argument", None, None, None, "One gale is a small sample.", ()),
            "Counter view, our argument, no source: One gale is a small sample.",
        ),
        (
            Counter("person", "scope", "Ada", "ada", "Ada: It is another question.", ("2.1",)),
            "Counter view, by Ada: It is another question. (a different scope) [2]",
        ),
    ],
)
def test_a_counter_view_says_its_standing_before_its_text(counter, said):
    """By a name, ours, or none; ours has no number; the name is not said twice."""
    edition = sample()
    story = replace(edition.stories[4], counter=counter)
    assert said in read(laid(StoryPart(edition, story)))


@pytest.mark.parametrize(
    ("usual", "burst", "said"),
    [
        (None, None, "usual rate not known yet"),
        (0.6, None, "in 12 h, usual 0.6."),
        (0.0, None, "none in the days before"),
        (0.6, 11.66, "usual 0.6 (12 times usual)"),
    ],
)
def test_a_signal_prints_its_arithmetic(usual, burst, said):
    """No multiplier without its counts."""
    edition = sample()
    story = edition.stories[0]
    changed = replace(story, signal=replace(story.signal, usual=usual, burst=burst))
    assert said in read(laid(StoryPart(edition, changed)))


def test_a_quotation_says_whose_it_is_its_status_and_the_original():
    """Speaker, status in words, number; a translation shows the original."""
    edition = sample()
    quote = PullQuote("Fog pays.", "Ilka Morrow", "ilka-morrow", "translated", "Туман платит.", ("1.3",))
    document = laid(StoryPart(edition, replace(edition.stories[0], pull_quote=quote)))
    (found,) = (block for block in document if isinstance(block, Quotation))
    assert read((found,)) == "“Fog pays.”Ilka Morrow, translation [1] Original: Туман платит."


def test_sentences_stand_under_for_and_against_where_somebody_is_against():
    """The reader sees the two sides apart."""
    edition = sample()
    ferry = edition.stories[0]
    body = (Sentence("A desk is no crew.", ("2.3",)), Sentence("It crossed.", ("1.1",)), Sentence("Trust.", ("3.1",)))
    found = labels(laid(StoryPart(edition, replace(ferry, body=body))))
    assert [label for label in found if label in {"For", "Against", "Also"}] == ["For", "Against", "Also"]


def test_a_written_body_is_running_text():
    """A model's sentences are read as a paragraph; selected ones as a list."""
    edition = sample()
    written = replace(edition, card=replace(edition.card, writer="written by quill-9, checked"))
    body = (Sentence("One.", ("1.1",)), Sentence("Two.", ("2.1",)))
    document = laid(StoryPart(written, replace(edition.stories[0], body=body)))
    assert "One. [1] Two. [2]" in read(document)
    assert "Written by quill-9, checked" in read(laid(EditionCard(written)))


def test_our_reading_has_its_own_label_and_no_number():
    """What is ours is said to be."""
    edition = sample()
    story = replace(
        edition.stories[0],
        so_what="It matters at night.",
        analogy="Like a lift without an attendant.",
        plain_words=(PlainWord("crew", "people aboard"),),
        connects_to=(Connection(edition.stories[1].id, "Both ask who pays.", ("5.1",)),),
    )
    found = read(laid(StoryPart(edition, story)))
    assert "Our reading: It matters at night. Like a lift without an attendant." in found
    assert "In plain words: crew: people aboard" in found
    assert "Connects to story 2: Both ask who pays. [5]" in found


def test_the_open_question_has_sources_and_the_hint_what_to_type():
    """One line of the edition explains what to type."""
    edition = replace(sample(), open_question=Sentence("Who signs?", ("2.3", "4.1")))
    document = laid(QuestionPart(edition))
    assert [type(block) for block in document] == [Heading, Paragraph, Sources, Divider, Small]
    assert "sources 2" in [run.text for run in runs_of(document) if run.style == "code"]


def test_without_an_open_question_only_the_hint_stands():
    """No label for what is not there."""
    assert [type(block) for block in laid(QuestionPart(sample()))] == [Small]


def test_an_answer_names_the_sites_of_the_numbers_it_uses():
    """And no others; what to do next comes last."""
    reply = Reply("answer", (Sentence("It stopped.", ("2.2",)),), sample().citations, actions=(Action("list", "list"),))
    document = laid(Answer(reply, "en"))
    assert [type(block) for block in document] == [Paragraph, Sources, Actions]
    assert read(document[1:2]) == "Sources:[2]\u00a0pilots-union.example"


def test_an_answer_without_evidence_has_no_sources_line():
    """Help cites nothing."""
    document = laid(Answer(Reply("help", (Sentence("Type `list`.", ()),)), "en"))
    assert [type(block) for block in document] == [Paragraph]
    assert [run.style for run in runs_of(document)] == ["plain", "code", "plain"]


def test_a_notice_is_one_paragraph():
    """Words to type are marked in it."""
    (paragraph,) = laid(Notice("Type `list`."))
    assert paragraph == Paragraph((Run("Type "), Run("list", "code"), Run(".")))


def test_a_site_is_what_people_call_it():
    """Without the www that nobody says."""
    assert site("https://www.harbour.example/a?b") == "harbour.example"
    assert site("nonsense") == "nonsense"

"""The product's form: what stands where, under which label, in both languages; an empty part leaves nothing."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import parse
from bot.domain.desk import name_from_id
from bot.domain.document import (
    Actions,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Option,
    Paragraph,
    Points,
    Quotation,
    Run,
    Small,
    Sources,
)
from bot.domain.edition import Connection, Counter, Edition, PlainWord, PullQuote, Sentence, SourceDown
from bot.domain.layout import lay_out, site
from bot.domain.message import Answer, EditionCard, Message, Notice, Progress, QuestionPart, Sheet, StoryPart
from bot.domain.reply import Action, Reply
from tests.fakes.editions import edition as written
from tests.fakes.talk import sample, spoken

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
            case Quotation(words, whose, original) | Entry(words, whose, original):
                found += [*words, *whose, *original]
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
    """Desk, slot and date; title; lede; divider; stories; counts; select; buttons; writer and checks."""
    document = laid(EditionCard(sample()))
    kinds = [type(block) for block in document]
    assert kinds == [Small, Heading, Paragraph, Divider, Points, Small, Menu, Actions, Small]
    assert read(document[:1]) == "Harbour · morning edition · Friday, 20 November 2026"


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
    assert not any(isinstance(block, Divider | Points | Menu | Actions) for block in document)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Late: planned for 5 Mar 07:00 UTC."), ("ru", "С опозданием: по плану 5 мар 07:00 UTC.")],
)
def test_a_card_that_comes_late_says_when_it_was_planned(language, said):
    """Right under its title; one in time says nothing of it."""
    planned = datetime(2026, 3, 5, 7, tzinfo=UTC)
    document = laid(EditionCard(sample(), planned), language)
    assert read(document[2:3]) == said
    assert [run.at for run in runs_of(document[2:3]) if run.at] == [planned]
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
            [
                "Signal:",
                "Why now:",
                "Ilka Morrow, for:",
                "Harbour Pilots Union, against:",
                "Counter view, by Harbour Pilots Union:",
                "The crux:",
            ],
        ),
        (
            "ru",
            [
                "Сигнал:",
                "Почему сейчас:",
                "Ilka Morrow, за:",
                "Harbour Pilots Union, против:",
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
            "Counter view, by Ada, a different scope: It is another question. [2]",
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
    assert read((found,)) == "“Fog pays.”Ilka Morrow, translation [1]Original: “Туман платит.”"


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
    assert [type(block) for block in document] == [Small, Heading, Divider, Small, Sources, Actions]
    assert "sources 2" in [run.text for run in runs_of(document) if run.style == "code"]


def test_without_an_open_question_only_the_hint_stands():
    """No label for what is not there."""
    assert [type(block) for block in laid(QuestionPart(sample()))] == [Small, Actions]


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


# ---------------------------------------------------------------- the edition, further


@pytest.mark.parametrize(
    ("desk", "name"),
    [
        ("default", "Counterpoint"),
        ("default--0a1b2c", "Counterpoint"),
        ("default--0a1b2c3d4e", "Counterpoint"),
        ("harbour-desk--0a1b2c", "Harbour desk"),
        ("tide--wreck", "Tide  wreck"),
    ],
)
def test_people_never_see_the_id_of_a_desk(desk, name):
    """The default desk is Counterpoint; the digits that tell servers' variants apart are gone."""
    assert name_from_id(desk) == name


def test_a_card_says_update_before_the_title_of_what_was_told_before():
    """In the list and in the select, whose options say what kind of story it is."""
    document = laid(EditionCard(spoken(sample())))
    (titles,) = (block for block in document if isinstance(block, Points))
    (menu,) = (block for block in document if isinstance(block, Menu))
    assert titles.points[0] == (Run("Update: A ferry without a pilot: safe enough at night?", url="story:1"),)
    assert (menu.key, menu.command) == ("goto-story", "story")
    assert menu.options[1:4] == (
        Option("2. Quill changes its licence, and a fork follows", "2", "New · for and against · 3 sources"),
        Option("3. Saltmarsh or sea wall at Orrin Point", "3", "Developing · 3 sources"),
        Option("4. Narrators sue Larkspur over a model of their voices", "4", "New · one side so far · 3 sources"),
    )


def test_a_translation_is_offered_where_a_model_writes() -> None:
    """A selected edition has no button that leads to nothing."""
    written = replace(sample(), card=replace(sample().card, writer="written by tide-1, checked"))
    for edition, more in ((sample(), []), (written, ["my-language"])):
        (actions,) = (block for block in laid(EditionCard(edition)) if isinstance(block, Actions))
        assert [action.key for action in actions.actions] == ["ask", "sources", "counters", *more]


def test_listen_is_offered_only_with_an_audio():
    """And its length joins the counts then."""
    (silent,) = (block for block in laid(EditionCard(sample())) if isinstance(block, Actions))
    heard = laid(EditionCard(spoken(sample())))
    (actions,) = (block for block in heard if isinstance(block, Actions))
    assert [action.key for action in silent.actions] == ["ask", "sources", "counters"]
    assert [action.key for action in actions.actions] == ["ask", "sources", "counters", "listen"]
    assert "15 sources · 15 thinkers · 7:24" in read(heard)
    assert "15 sources · 15 thinkers" in read(laid(EditionCard(sample())))


def test_a_changed_view_is_told_in_the_select():
    """Nobody is against: somebody changed their mind."""
    edition = sample()
    story = replace(edition.stories[4], counter=replace(edition.stories[4].counter, kind="changed"))
    (menu,) = (b for b in laid(EditionCard(replace(edition, stories=(story,)))) if isinstance(b, Menu))
    assert menu.options[0].description == "Settled · changed view · 2 sources"


def test_a_written_card_says_what_the_checks_found():
    """Writer, quotations, what was dropped."""
    said = "Written by tide-model-1, checked: 6 of 8 quotations exact to the letter, 1 sentence dropped."
    assert said in read(laid(EditionCard(written())))


def test_positions_stand_for_against_and_beside_then_by_number():
    """Whatever the order they were found in."""
    edition = sample()
    story = replace(edition.stories[0], positions=tuple(reversed(edition.stories[0].positions)))
    found = [label for label in labels(laid(StoryPart(edition, story))) if label.endswith(("for:", "against:"))]
    assert found == [
        "Bram Oyelaran, as quoted by Ilka Morrow, for:",
        "Ilka Morrow, for:",
        "Harbour Pilots Union, against:",
    ]


@pytest.mark.parametrize(("language", "name"), [("en", "story 1"), ("ru", "сюжетом 1")])
def test_a_connection_leads_to_the_other_story_by_its_number(language, name):
    """Its message is not there yet when this is laid out."""
    edition = written()
    links = [run for run in runs_of(laid(StoryPart(edition, edition.stories[2]), language)) if run.url == "story:1"]
    assert links == [Run(name, url="story:1")]


def test_a_story_names_the_sites_of_its_numbers_in_order_of_first_use():
    """Once each, and of a recording the time."""
    edition = sample()
    document = laid(StoryPart(edition, edition.stories[3]))
    (sources,) = (block for block in document if isinstance(block, Sources))
    assert [run.text for run in sources.links] == ["[11]\u00a0voices-collective.example"]
    heard = replace(edition.stories[3], standfirst=Sentence("It breathes.", ("13.1",)))
    (sources,) = (block for block in laid(StoryPart(edition, heard)) if isinstance(block, Sources))
    assert sources.links[0].text == "[13]\u00a0mei-thorne.example at 13:40"


def test_promises_say_what_became_of_them():
    """Kept, and open, each with its number; the hint stands after them."""
    document = laid(QuestionPart(written()))
    assert [type(block) for block in document] == [
        Small,
        Heading,
        Divider,
        Paragraph,
        Paragraph,
        Small,
        Sources,
        Actions,
    ]
    assert [label for label in labels(document) if label.endswith(":")] == ["Kept:", "Open:", "Sources:"]


# ---------------------------------------------------------------- look-ups


def looked_up(text: str, *, language: str = "en", edition: Edition | None = None, **facts) -> Document:
    """What a press of these words shows to who pressed."""
    edition = edition or sample()
    phrases = FluentCatalogue().speak(language)
    command = parse(text, phrases.words())
    assert command is not None
    reply = replace(carry_out(command, edition, Wording(phrases.say, language)), private=facts.pop("private", True))
    return lay_out(Answer(reply, language, edition, text, **facts), phrases)


def test_sources_of_a_story_are_entries_with_title_facts_and_words():
    """How many of the edition's; each with a linked title, who, what, where, when, and words with their status."""
    document = looked_up("sources 3")
    assert read(document[:2]) == "Sources of story 33 of the 15 sources in this edition."
    entries = [block for block in document if isinstance(block, Entry)]
    assert entries[0].title == (Run("[8] A wall of grass", "bold", "https://ines-calloway.example/8"),)
    assert [run.at for run in entries[0].facts if run.at]
    assert entries[2].words[0].text.endswith("(the project’s own words)")
    assert entries[0].words[0].text.endswith("(exact words)")
    (menu,) = (block for block in document if isinstance(block, Menu))
    assert (menu.key, menu.command, [option.value for option in menu.options]) == ("full", "passage", ["8", "9", "10"])
    assert document[-1] == Actions(
        (Action("share", "share sources 3"), Action("why", "why 3"), Action("wrong", "wrong 3"))
    )


def test_what_is_shared_names_who_shared_it_and_has_nothing_to_press():
    """The reader has the edition's own buttons."""
    document = looked_up("sources 3", private=False, shared_by="Nell")
    assert read(document[1:2]) == "Shared by Nell"
    assert not any(isinstance(block, Menu | Actions) for block in document)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("counter 1", "Counter view on story 1Counter view, by Harbour Pilots Union: The Petrel stopped"),
        ("counter 3", "Counter view on story 3Counter view, our argument, no source: One gale is a small sample."),
        (
            "counter 4",
            "Counter view on story 4None found. No source of this edition disagrees on story 4. [11]We do not",
        ),
        ("counter", "Counter views of this editionStory 1: The Petrel stopped for nineteen minutes. [2]Story 2:"),
        ("why 1", "Why story 1 is here4 voices published 7 items on this in 12 h."),
        ("crux 1", "The crux of story 1Does a remote desk count as a crew? [2]What would settle it: A ruling"),
        ("crux 2", "The crux of story 2Story 2 has no crux"),
        ("quote 2", "Quotation of story 2“A licence that asks who you are is no longer an open licence.”Dario Feld."),
        ("quote 3", "Quotation of story 3Story 3 has no quotation set apart."),
        ("deeper 1", "More on story 1For, Ilka Morrow: Calls the trial a success"),
        ("passage 2", "Passage of source 2Harbour Pilots Union, 20 Nov 02:05 UTC, Statement on the Petrel trial:"),
        ("passage 99", "There are sources 1 to 15"),
        ("sources", "Sources of this edition15 sources stand behind this edition:"),
        ("sources 9", "There are stories 1 to 5."),
        ("why 9", "There are stories 1 to 5."),
        ("story 2", "Story 2 of 5 · newQuill changes its licence, and a fork followsQuill 3.0 drops"),
        ("story 9", "There are stories 1 to 5."),
        ("list", "Stories of this editionA ferry without a pilot: safe enough at night? [4]"),
        ("help", "What you can typeType one of these"),
        ("who is Bram", "Bram Oyelaran, quoted by others here"),
    ],
)
def test_each_look_up_has_its_heading_and_says_what_it_found(typed, said):
    """Where nothing was found there is no heading over it."""
    assert read(looked_up(typed)).startswith(said)


def test_an_edition_without_stories_answers_every_look_up_plainly():
    """No heading over nothing."""
    empty = replace(sample(), stories=(), citations=())
    for typed in ("sources", "counter", "list"):
        assert not any(isinstance(block, Heading) for block in looked_up(typed, edition=empty))


def test_without_stories_nothing_leads_to_them():
    """A button that leads to the same words again is none."""
    empty = replace(sample(), stories=(), citations=())
    for typed in ("sources", "counter 1", "deeper", "help", "list"):
        assert not any(isinstance(block, Actions) for block in looked_up(typed, edition=empty))


def test_all_sources_lead_to_those_of_the_first_story_by_its_number():
    """And a counter view that one person sees leads nowhere: what else there is stands beside what they pressed."""
    (of_all,) = (block for block in looked_up("sources") if isinstance(block, Actions))
    assert of_all.actions[-1] == Action("first-sources", "sources 1")
    (private,) = (block for block in looked_up("counter 1", private=True) if isinstance(block, Actions))
    assert [action.key for action in private.actions] == ["share"]


def test_without_a_counter_view_the_one_way_on_is_the_archive():
    """There is nothing else to look at."""
    assert looked_up("counter 4")[-1] == Actions((Action("find", "find 4"),))


def test_only_a_private_look_up_that_found_something_can_be_shared():
    """What was typed stands in the thread anyway."""
    keys = {
        typed: [a.key for b in looked_up(typed, private=private) if isinstance(b, Actions) for a in b.actions]
        for typed, private in (("counter 1", True), ("counter 2", False), ("sources 9", True), ("deeper 1", True))
    }
    assert {typed for typed, found in keys.items() if "share" in found} == {"counter 1"}


def test_instants_in_a_look_up_are_instants():
    """A platform shows them in the reader's zone."""
    assert [run.text for run in runs_of(looked_up("passage 2")) if run.at] == ["20 Nov 02:05 UTC"]


def test_an_act_or_an_untitled_item_is_called_by_its_thinker():
    """A title there is not is not made up."""
    edition = sample()
    edition = replace(edition, citations=tuple(replace(c, title=None) for c in edition.citations))
    (first, *_) = (block for block in looked_up("sources 3", edition=edition) if isinstance(block, Entry))
    assert first.title[0].text == "[8] Ines Calloway"


def test_a_passage_that_is_its_title_is_not_said_twice_and_a_long_one_is_left_to_be_read():
    """The shortest stands there when all are long; none where the title says it."""
    edition = sample()
    long = " ".join(["wave"] * 60)
    first, second = edition.citations[7], edition.citations[8]
    said = replace(first, passages=(replace(first.passages[0], text=first.title or ""),))
    told = tuple(replace(p, text=f"{long} {'x' * n}") for n, p in enumerate(reversed(second.passages), 1))
    changed = replace(edition, citations=(*edition.citations[:7], said, replace(second, passages=told)))
    entries = [block for block in looked_up("sources 3", edition=changed) if isinstance(block, Entry)]
    assert entries[0].words == ()
    assert entries[1].words[0].text == f"“{long} x” (exact words)"


def test_an_answer_from_this_edition_says_so_and_one_from_the_archive_does_not():
    """Numbers of older editions are others."""
    edition = sample()
    here = Reply("answer", (Sentence("It stopped.", ("2.2",)),), edition.citations)
    there = replace(here, citations=(replace(edition.citations[1], item="kelp"),))
    assert "From this edition:" in read(laid(Answer(here, "en", edition)))
    assert "Sources:" in read(laid(Answer(there, "en", edition)))


def test_a_refusal_begins_with_what_is_not_there_in_bold():
    """Then the nearest passages as a list."""
    lines = (
        Sentence("Not in this edition. None of its 15 sources says it.", ()),
        Sentence("The nearest passages:", ()),
        Sentence("“One.”", ("1.1",)),
        Sentence("“Two.”", ("2.1",)),
    )
    document = laid(Answer(Reply("refusal", lines, sample().citations), "en", sample()))
    assert labels(document)[0] == "Not in this edition."
    assert [type(block) for block in document] == [Paragraph, Paragraph, Points, Sources]


def test_a_notice_of_several_sentences_begins_with_what_happened_in_bold():
    """Its note is small, and what to press comes last."""
    notice = Notice("I could not finish this answer. Type `list`.", (Action("retry", "retry"),), "Error 7F")
    document = laid(notice)
    assert [type(block) for block in document] == [Paragraph, Small, Actions]
    assert [(run.text, run.style) for run in runs_of(document[:1])] == [
        ("I could not finish this answer.", "bold"),
        (" Type ", "plain"),
        ("list", "code"),
        (".", "plain"),
    ]


def test_progress_offers_to_stop_and_a_sheet_is_shown_as_it_is():
    """It names what is read."""
    progress = laid(Progress(3, "en", "harbour-20261120-am-0a1b2c3d"))
    assert progress == (Paragraph((Run("Reading 3 sources of this edition"),)), Actions((Action("stop", "stop"),)))
    sheet = (Paragraph((Run("As it is."),)),)
    assert laid(Sheet(sheet, "en")) == sheet

"""The form of an episode: overview, contents, chapter and look-ups; times stand where editions have numbers."""

from dataclasses import replace

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.episode.commands import carry_out
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import Command, parse
from bot.domain.document import (
    Actions,
    Document,
    Heading,
    Menu,
    Option,
    Paragraph,
    Picture,
    Points,
    Quotation,
    Run,
    Small,
    Sources,
)
from bot.domain.edition import Sentence
from bot.domain.episode import Episode, EpisodePerson, Share
from bot.domain.item import ItemKind
from bot.domain.layout import lay_out
from bot.domain.layout.portions import bare, shorter, sparse
from bot.domain.message import (
    Answer,
    EpisodeContents,
    EpisodeOverview,
    Message,
    Progress,
    StoryPart,
    edition_of,
    is_episode,
    language_of,
    part_name,
    thread_of,
)
from bot.domain.reply import Action, Reply
from tests.fakes.episodes import URL, episode, transcript, with_series
from tests.fakes.talk import NOON, sample
from tests.unit.test_layout import read, runs_of

LANGUAGES = ("en", "ru")


def laid(message: Message, language: str = "en") -> Document:
    return lay_out(message, FluentCatalogue().speak(language))


def found(text: str, own: Episode | None = None, language: str = "en") -> Reply:
    phrases = FluentCatalogue().speak(language)
    wording = Wording(phrases.say, phrases.language)
    command = parse(text, phrases.words())
    assert command is not None
    return carry_out(command, EpisodeShelf(own or episode(), transcript(), NOON), wording, wording)


def answered(text: str, own: Episode | None = None, language: str = "en", **more: object) -> Document:
    reply = found(text, own, language)
    message = Answer(reply, language, edition=own or episode(), command=text)
    return laid(replace(message, **more), language)  # type: ignore[arg-type]


def of(kind: type, document: Document) -> list[object]:
    return [block for block in document if isinstance(block, kind)]


def many(count: int, **fields: object) -> Episode:
    """With so many chapters."""
    one = replace(episode().chapters[2], **fields)  # type: ignore[arg-type]
    chapters = tuple(replace(one, number=n + 1, start=60.0 * n, end=60.0 * n + 60) for n in range(count))
    return replace(episode(), chapters=chapters)


# ---------------------------------------------------------------- overview


def test_an_overview_has_its_parts_in_order() -> None:
    """Show, length and date; title; who; what it is about; its shape; select; buttons; how it was made."""
    document = laid(EpisodeOverview(episode()))
    kinds = [type(block) for block in document]
    assert kinds == [Small, Heading, Paragraph, Paragraph, Picture, Menu, Actions, Small]
    assert read(document[:3]) == (
        "Salt Road · 40:00 · Wednesday, 18 November 2026Nine hundred thermometersNadia Quill with Tobin Vale"
    )
    assert read(document[-1:]) == (
        "Chapters found in the transcript. Overview selected from the transcript, no model. 12 of 12 quotes exact. "
        "The transcript stays with the publisher."
    )
    picture = document[4]
    assert isinstance(picture, Picture)
    assert picture.file == "shape.png"
    assert picture.alt.startswith("Time line of the episode: 8 chapters over 40:00")


def test_times_follow_their_sentences_and_lead_to_the_player() -> None:
    """Where an edition has its numbers."""
    paragraph = laid(EpisodeOverview(episode()))[3]
    assert isinstance(paragraph, Paragraph)
    links = [(run.text, run.url) for run in paragraph.runs if run.url]
    assert links[0] == ("0:31", f"{URL}#t=31")
    assert [text for text, _ in links] == ["0:31", "1:44", "8:53", "10:12", "19:10", "29:05"]
    assert "take the drift off. 8:53 10:12 An insurer" in read((paragraph,))


def test_a_bare_file_has_its_times_in_brackets() -> None:
    """Nothing leads anywhere."""
    file = replace(episode(), url=None, show=None, published=None)
    document = laid(EpisodeOverview(file))
    assert "take the drift off. (8:53, 10:12) An insurer" in read(document)
    assert not [run for run in runs_of(document) if run.url]
    assert read(document[:1]) == "40:00"
    assert read(laid(EpisodeOverview(replace(file, duration=None)))[:1]) == "episode"
    (actions,) = of(Actions, document)
    assert isinstance(actions, Actions)
    assert [action.key for action in actions.actions] == ["ask", "quotes", "entities"]


def test_what_cannot_work_has_no_button() -> None:
    """No quotations, nobody named: nothing to press for it."""
    plain = replace(episode(), chapters=(), entities=(), people=())
    document = laid(EpisodeOverview(plain))
    (actions,) = of(Actions, document)
    assert isinstance(actions, Actions)
    assert actions.actions == (Action("ask", "ask"), Action("open", "audio", URL))
    assert not of(Menu, document)
    assert not of(Picture, document)
    assert "Chapters" not in read(document)


def test_the_menu_offers_chapters_but_no_advertisements() -> None:
    """Number, title and span; at most 25, the rest is typed."""
    (menu,) = of(Menu, laid(EpisodeOverview(episode())))
    assert isinstance(menu, Menu)
    assert (menu.key, menu.command) == ("chapter", "chapter")
    assert menu.options[3] == Option("4. What a cheap sensor gets wrong", "4", "8:40 to 16:43")
    assert [option.value for option in menu.options] == ["1", "2", "3", "4", "6", "7", "8"]
    (long,) = of(Menu, laid(EpisodeOverview(many(40))))
    assert isinstance(long, Menu)
    assert len(long.options) == 25


def test_a_series_is_named_for_those_who_cannot_see_its_mark() -> None:
    """Its mark stays in the title."""
    marked = replace(episode(), series=with_series(), title="◆ Nine hundred thermometers")
    document = laid(EpisodeOverview(marked))
    assert read(document[:2]).startswith("Salt Road · Long walks · 40:00")
    assert read(document[1:2]) == "◆ Nine hundred thermometers"


@pytest.mark.parametrize(
    ("roles", "line"),
    [
        ("hh", "A and B"),
        ("hhg", "A and B with C"),
        ("hggg", "A with B, C and D"),
        ("g", "A"),
        ("hn", "A"),
    ],
)
def test_who_speaks_is_said_by_role(roles: str, line: str) -> None:
    """Who is only spoken of does not speak."""
    names = {"h": "host", "g": "guest", "n": "named"}
    people = tuple(EpisodePerson("ABCD"[n], names[role]) for n, role in enumerate(roles))  # type: ignore[arg-type]
    assert read(laid(EpisodeOverview(replace(episode(), people=people)))[2:3]) == line


def test_a_doubtful_name_says_so() -> None:
    """As heard by a machine."""
    heard = replace(episode(), people=(EpisodePerson("Tobin Veil", "host", as_heard=True),))
    assert read(laid(EpisodeOverview(heard))[2:3]) == "Tobin Veil (as heard)"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"transcript": "speech"}, "Heard by a machine, names may be misspelt."),
        ({"transcript": "captions"}, "From the captions of the video."),
        ({"transcript": "upload", "times": "estimated"}, "From the transcript that was uploaded. Times are estimated."),
        ({"transcript": None, "times": "estimated"}, "No transcript was published: this is from the show notes."),
        ({"writer": "written by quill-7b, checked"}, "Overview written by quill-7b, checked. 12 of 12 quotes exact."),
        ({"sentences_dropped": 2}, "2 sentences dropped."),
        ({"notes": ("Two cues stepped back in time.",)}, "Two cues stepped back in time."),
    ],
)
def test_small_print_says_how_it_was_made(fields: dict[str, object], said: str) -> None:
    """Where the words come from, who wrote, what was checked and repaired."""
    own = replace(episode(), card=replace(episode().card, **fields))  # type: ignore[arg-type]
    document = laid(EpisodeOverview(own))
    assert said in " ".join(read((block,)) for block in document if isinstance(block, Small))


def test_chapters_of_the_publisher_are_said_to_be_theirs() -> None:
    """Whose they are stands first."""
    own = replace(episode(), chapters=tuple(replace(c, origin="publisher") for c in episode().chapters))
    assert read(laid(EpisodeOverview(own))[-1:]).startswith("Chapters by the publisher.")


def test_an_overview_that_is_too_long_loses_times_before_words() -> None:
    """First all but one after a sentence, then all, then words."""
    message = EpisodeOverview(episode())
    document = laid(message)
    forms = shorter(message, document)
    assert forms[0] == sparse(document)
    assert "8:53" in read(forms[0])
    assert "10:12" not in read(forms[0])
    assert forms[1] == bare(document)
    assert "8:53" not in read(forms[1])
    assert read(forms[1][-1:]) == read(document[-1:])
    assert all(len(run.text) <= 150 for run in runs_of(forms[-1]))


# ---------------------------------------------------------------- contents


def test_contents_are_the_first_screen_of_chapters_and_one_hint() -> None:
    """A line a chapter with its time; what can be typed."""
    document = laid(EpisodeContents(episode()))
    assert [type(block) for block in document] == [Heading, Points, Small]
    points = document[1]
    assert isinstance(points, Points)
    assert read((Points(points.points[:1]),)) == "1 · A thermometer that nobody reads · opening clip 0:00"
    assert points.points[3][-1] == Run("8:40", url=f"{URL}#t=520")
    assert read(document[-1:]) == (
        "Reply here to ask. Short words work too: chapter 3, chapter 12:40, quotes, who is Tobin Vale, people, help."
    )
    assert next(run.text for run in runs_of(document) if run.style == "code") == "chapter 3"


def test_more_chapters_than_a_screen_holds_are_counted() -> None:
    """And how to see them."""
    document = laid(EpisodeContents(many(21)))
    (points,) = of(Points, document)
    assert isinstance(points, Points)
    assert len(points.points) == 12
    assert "and 9 more: type chapters" in read(document)
    alone = replace(episode(), chapters=(), people=())
    assert read(laid(EpisodeContents(alone))).startswith("There are no chapters")
    assert "who is" not in read(laid(EpisodeContents(alone)))


# ---------------------------------------------------------------- a chapter and look-ups


def test_a_chapter_has_its_parts_in_order() -> None:
    """Where it stands; title; summary with times; quotations; who speaks and what is named; the way on."""
    document = answered("chapter 4")
    assert [type(block) for block in document] == [
        Small,
        Heading,
        Paragraph,
        Quotation,
        Quotation,
        Quotation,
        Small,
        Actions,
    ]
    assert read(document[:2]) == "Salt Road · chapter 4 of 8 · 8:40 to 16:43What a cheap sensor gets wrong"
    assert document[0] == Small(
        (Run("Salt Road · chapter 4 of 8 · "), Run("8:40", url=f"{URL}#t=520"), Run(" to 16:43"))
    )
    assert document[1] == Heading((Run("What a cheap sensor gets wrong"),), level=2)
    quotation = document[4]
    assert isinstance(quotation, Quotation)
    assert read((quotation,)) == (
        "“We call it the spring walk, and people bring soup.”Tobin Vale, at 11:49, exact words"
    )
    assert [run.url for run in quotation.whose if run.url] == [f"{URL}#t=709"]
    assert read(document[6:7]) == (
        "Speaking: Tobin Vale 73%, Nadia Quill 27%. Named here: Iris Holm, mast, Weather Office, Puffin board, "
        "spring walk."
    )
    actions = document[-1]
    assert isinstance(actions, Actions)
    phrases = FluentCatalogue().speak("en")
    assert [phrases.say(action.key, **dict(action.facts)) for action in actions.actions] == [
        "Previous: 3",
        "Next: 6",
        "Listen at 8:40",
    ]


def test_a_clip_says_what_it_is_a_clip_of() -> None:
    """And leads to where it is said."""
    document = answered("chapter 1")
    assert "chapter 1 of 8 · opening clip" in read(document)
    quotation = document[3]
    assert isinstance(quotation, Quotation)
    assert read((Small(quotation.whose),)) == "Tobin Vale, at 0:00, exact words · clip from 30:36"
    assert quotation.whose[-1] == Run("30:36", url=f"{URL}#t=1836")


def test_a_translation_shows_the_original_and_nobody_is_named_who_is_not_known() -> None:
    """In the next line, in its own quotation marks."""
    own = episode()
    quote = replace(own.chapters[2].quotes[0], status="translated", original="Ein Dach ist keine Straße.", speaker=None)
    chapters = tuple(replace(c, quotes=(quote,)) if c.number == 3 else c for c in own.chapters)
    document = answered("chapter 3", replace(own, chapters=chapters, language="de"))
    (shown,) = of(Quotation, document)
    assert isinstance(shown, Quotation)
    assert read((Small(shown.whose),)) == "at 1:44, translation"
    assert read((Small(shown.original),)) == "Original: „Ein Dach ist keine Straße.“"


def test_one_speaker_has_no_shares_and_a_summary_may_have_no_times() -> None:
    """Nothing is said that says nothing."""
    own = episode()
    plain = replace(own.chapters[2], told=(), shares=(Share("Tobin Vale", 9),), quotes=())
    chapters = tuple(plain if c.number == 3 else c for c in own.chapters)
    document = answered("chapter 3", replace(own, chapters=chapters, entities=()))
    assert [type(block) for block in document] == [Small, Heading, Paragraph, Actions]
    empty = replace(plain, summary="")
    chapters = tuple(empty if c.number == 3 else c for c in own.chapters)
    assert Paragraph not in map(type, answered("chapter 3", replace(own, chapters=chapters)))


def test_a_moment_has_the_words_around_it_instead_of_quotations() -> None:
    """Between the summary and the small print."""
    document = answered("chapter 12:40")
    assert [type(block) for block in document] == [Small, Heading, Paragraph, Paragraph, Points, Small, Actions]
    assert read(document[3:4]) == "Said around 12:40:"
    unshared = tuple(replace(chapter, shares=()) for chapter in episode().chapters)
    plain = answered("chapter 12:40", replace(episode(), entities=(), chapters=unshared))
    assert [type(block) for block in plain] == [Small, Heading, Paragraph, Paragraph, Points, Actions]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["chapter 4", "chapters", "quotes", "quote 3", "people", "deeper 4", "sources", "transcript 20:40", "help"],
)
def test_a_look_up_has_one_heading_and_no_numbers_of_sources(text: str, language: str) -> None:
    """No sources line either: the time takes the place of the number."""
    document = answered(text, language=language)
    assert len(of(Heading, document)) == 1
    assert not of(Sources, document)
    assert "[1" not in read(document)
    assert "…" not in read(document)


def test_what_only_one_person_sees_can_be_shown_to_all() -> None:
    """And then says who has shown it."""
    reply = replace(found("chapter 4"), private=True)
    private = laid(Answer(reply, "en", edition=episode(), command="chapter 4"))
    actions = private[-1]
    assert isinstance(actions, Actions)
    assert actions.actions[0] == Action("share", "share chapter 4")
    shared = answered("chapter 4", shared_by="Nell")
    assert read(shared[2:3]) == "Shared by Nell"
    assert not of(Actions, shared)
    growing = replace(reply, state="growing")
    assert not of(Actions, laid(Answer(growing, "en", edition=episode())))


def test_every_other_reply_reads_with_its_times() -> None:
    """Refusals, people, words of ours."""
    assert read(answered("chapter 99")[:1]).startswith("There are chapters 1 to 8.")
    assert read(answered("who is Holm")[:1]) == "Iris Holm: named in the talk, Weather Office."
    people = answered("people")
    points = people[1]
    assert isinstance(points, Points)
    assert points.points[0][0] == Run("Nadia Quill:", "bold")
    assert points.points[2][-1].url == f"{URL}#t=136"
    assert read(answered("deeper 1")).startswith("Nothing more of chapter 1")
    assert read(answered("quote 5")).startswith("Chapter 5 has no quotation")
    nobody = replace(episode(), people=(), entities=())
    assert read(answered("people", nobody)).startswith("Nobody and nothing")
    alone = replace(episode(), chapters=())
    assert read(answered("chapters", alone)).startswith("There are no chapters")
    assert read(answered("deeper 3", alone)).startswith("There are no chapters")
    assert read(answered("sources", replace(episode(), show=None))[1:2]).startswith("Nine hundred thermometersThe map")


def test_what_a_model_wrote_is_running_text_with_times() -> None:
    """And says who wrote it, in small print."""
    shelf = EpisodeShelf(episode(), transcript(), NOON)
    passage = shelf.at(533.0)
    assert passage is not None
    citations = shelf.cited(shelf.edition.citations, [passage.id])
    lines = (Sentence("A Puffin board costs eleven crowns.", (passage.id,)), Sentence("No more is said.", ()))
    reply = Reply("answer", lines, citations, writer="quill-7b", note="Written by quill-7b, checked.")
    document = laid(Answer(reply, "en", edition=episode()))
    assert read(document) == ("A Puffin board costs eleven crowns. 8:53 No more is said.Written by quill-7b, checked.")


def test_progress_under_an_episode_says_what_is_read() -> None:
    """One episode is no number of sources."""
    assert read(laid(Progress(1, "en", episode().id))) == "Reading what was said in this episode"


# ---------------------------------------------------------------- messages, and editions that cite an episode


def test_an_episode_is_published_in_two_parts() -> None:
    """The card, and what follows in its thread; both in the language of the overview."""
    parts = thread_of(episode())
    assert [part_name(part) for part in parts] == ["card", "chapters"]
    assert {edition_of(part) for part in parts} == {episode().id}
    assert {language_of(part) for part in parts} == {"en"}
    assert is_episode(episode().id)
    assert not is_episode(sample().id)


def test_a_story_that_cites_a_recording_leads_to_the_moment() -> None:
    """In its sources line, and in the list of its sources."""
    edition = sample()
    first = edition.citations[0]
    passages = (replace(first.passages[0], at=1003.0), *first.passages[1:])
    cited = replace(first, kind=ItemKind.EPISODE, passages=passages)
    own = replace(edition, citations=(cited, *edition.citations[1:]))
    (sources,) = of(Sources, laid(StoryPart(own, own.stories[0])))
    assert isinstance(sources, Sources)
    link = next(run for run in sources.links if run.text.startswith("[1]"))
    assert link.text.endswith("at 16:43")
    assert link.url == f"{first.url}#t=1003"
    article = replace(edition, citations=(replace(cited, kind=ItemKind.ARTICLE), *edition.citations[1:]))
    (sources,) = of(Sources, laid(StoryPart(article, article.stories[0])))
    assert isinstance(sources, Sources)
    assert first.url in [link.url for link in sources.links]


def test_a_command_is_needed_for_nothing_but_sharing() -> None:
    """The parser knows every word that the layouts offer."""
    words = FluentCatalogue().speak("en").words()
    for text in ("chapter 4", "quotes", "people", "list", "deeper 4", "transcript 2", "audio"):
        assert isinstance(parse(text, words), Command)

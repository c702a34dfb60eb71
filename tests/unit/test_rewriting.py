"""What a writer phrased replaces what was selected where it holds, and nowhere else."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.checks import check
from bot.domain.drafted import Drafted
from bot.domain.edition import Counter, Edition, Line, Position, Sentence, Story
from bot.domain.layout.card import card
from bot.domain.prose import dialogue as talk
from bot.domain.prose import frame as around
from bot.domain.prose import story as telling
from bot.domain.prose.pieces import Care, Frame, StoryPiece
from bot.domain.prose.shapes import (
    Cited,
    ClosedProse,
    ConnectionProse,
    DialogueProse,
    FrameProse,
    LineProse,
    PromiseProse,
    StoryProse,
)
from bot.domain.rewriting import Telling, finished, told
from bot.domain.tokens import Used
from tests.unit.prose_samples import BROOK, WRITER, at, dialogue_prose, drafted, frame_prose, marlin_prose, story_of
from tests.unit.test_prose_story import IDS, SENTENCES, STORIES, WORDS
from tests.unit.writing_samples import say

TELLING = Telling(WRITER)


@cache
def marlin() -> Story:
    """The story of Marlin as a careful model writes it."""
    return telling.phrase(marlin_prose(), drafted(), story_of("Marlin").number)


def tell(*stories: Story) -> Edition:
    return told(drafted(), {story.id: StoryPiece(story) for story in stories})


@cache
def framed() -> Frame:
    return around.phrase(frame_prose(), drafted(), tell(marlin()))


@cache
def spoken() -> tuple[Line, ...]:
    return talk.phrase(dialogue_prose(), drafted(), tell(marlin()), say())


def finish(
    edition: Edition | None = None,
    frame: Frame | None = None,
    lines: tuple[Line, ...] | None = None,
    telling: Telling = TELLING,
    language: str = "en",
) -> Edition:
    edition = tell(marlin()) if edition is None else edition
    return finished(drafted(), edition, frame, lines, telling, say(language))


def texts(story: Story) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in story.body)


def test_a_written_edition_is_the_models_own() -> None:
    """Story, frame and dialogue stand; the result passes every check, and the card says who wrote it."""
    edition = finish(frame=framed(), lines=spoken())
    assert check(edition).ok
    assert texts(edition.stories[0]) == texts(marlin())
    assert (edition.title, edition.lede) == (framed().title.text, framed().lede.text)
    assert [line.text for line in edition.dialogue if line.story] == [line.text for line in spoken() if line.story]
    assert edition.open_question is not None
    assert edition.open_question.text in {line.text for line in edition.dialogue}
    assert edition.card.writer == WRITER
    assert edition.id == drafted().edition.id


def test_told_stories_keep_the_ids_of_the_draft() -> None:
    """Frame and dialogue cite the same passages; all of them are there."""
    edition = tell(marlin())
    assert edition.citations == drafted().citations
    assert edition.stories[0].body == marlin().body
    assert edition.stories[1:] == drafted().edition.stories[1:]
    assert edition.title == drafted().edition.title


def test_without_a_word_of_a_model_it_is_the_draft() -> None:
    """Also where the model said exactly what was selected; what the calls took is told all the same."""
    assert finish(tell()) == drafted().edition
    assert finish(tell(drafted().edition.stories[0])) == drafted().edition
    paid = finish(tell(), telling=Telling(WRITER, Used(900, 80, 300, 0.5)))
    assert paid.card.writer == "selected"
    assert (paid.card.tokens, paid.card.cost) == ({"in": 900, "out": 80, "cached": 300}, 0.5)
    assert replace(paid, card=drafted().edition.card) == drafted().edition


def test_the_card_counts_what_is_selected() -> None:
    """Every sentence of the stories that were not written, and what the hosts read without a model."""
    edition, before = finish(), drafted().edition
    selected = edition.card.checks
    own = selected.sentences - selected.sentences_extractive
    assert own == len([w for w, _ in telling.sentences(marlin())]) + 1  # a crux is two
    whole = finish(frame=framed(), lines=spoken()).card.checks
    assert whole.sentences_extractive < selected.sentences_extractive
    assert before.card.checks.sentences_extractive == before.card.checks.sentences


def test_the_card_tells_what_was_repaired_and_dropped() -> None:
    """With what the draft itself left out."""
    before = drafted().edition.card.checks.sentences_dropped
    checks = finish(telling=Telling(WRITER, care=Care(repaired=3, dropped=2))).card.checks
    assert (checks.sentences_repaired, checks.sentences_dropped) == (3, before + 2)


def test_a_writer_without_the_form_of_a_writer_gets_it() -> None:
    """The card knows two forms."""
    assert finish(telling=Telling("tide-1")).card.writer == WRITER


@pytest.mark.parametrize(
    ("language", "unfinished", "said"),
    [
        ("en", 1, "1 of 3 stories is selected sentences"),
        ("en", 2, "2 of 3 stories are selected sentences"),
        ("ru", 1, "1 сюжет из 3 составлен"),
    ],
)
def test_what_was_not_finished_is_said(language: str, unfinished: int, said: str) -> None:
    """A note on the card, in the reader's language; also that the budget is spent."""
    for edition in (tell(), tell(marlin())):
        notes = finish(
            edition, telling=Telling(WRITER, unfinished=unfinished, spent=True), language=language
        ).card.notes
        assert said in notes[-2]
        assert ("budget" if language == "en" else "Бюджет") in notes[-1]


def invented(story: Story) -> Story:
    """Numbers and people that no passage has."""
    body = tuple(Sentence(f"They sold Napoleon 7,341 ships: {s.text}", s.evidence) for s in story.body)
    return replace(story, body=body, standfirst=Sentence("Napoleon sold 7,341 ships.", story.standfirst.evidence))


def empty(story: Story) -> Story:
    """Too little."""
    return replace(story, body=())


@pytest.mark.parametrize("change", [invented, empty])
def test_a_story_that_does_not_hold_stays_as_it_was_selected(change: Any) -> None:
    """It costs no story, and not the others' words."""
    dam = drafted().edition.stories[story_of("Osero").number - 1]
    edition = finish(tell(marlin(), change(dam)))
    assert check(edition).ok
    assert len(edition.stories) == len(drafted().edition.stories)
    assert texts(edition.stories[dam.number - 1]) == texts(dam)
    assert texts(edition.stories[0]) == texts(marlin())


def test_what_does_not_stand_of_a_story_is_left_out() -> None:
    """The rest of it stands."""
    worse = replace(marlin(), body=(*marlin().body, Sentence("They sold Napoleon 7,341 ships.", at(BROOK))))
    assert tell(worse).stories[0] == marlin()


def test_a_writer_does_not_choose() -> None:
    """Sides, counter views, topics, states and counts stay as they were decided."""
    meddling = replace(
        marlin(),
        number=9,
        topic="Other",
        state="settled",
        continues="x/1",
        positions=(*marlin().positions, Position("Nobody", None, "against", "No.", at(BROOK))),
        counter=Counter("argument", None, None, None, "Not at all.", ()),
        signal=replace(marlin().signal, voices=99),
        citations=(),
    )
    (story, selected) = tell(meddling).stories[0], drafted().edition.stories[0]
    assert (story.id, story.number, story.topic, story.state, story.continues) == (
        selected.id, 1, selected.topic, "new", None,
    )  # fmt: skip
    assert [p.thinker for p in story.positions] == [p.thinker for p in selected.positions]
    assert (story.counter.thinker, story.counter.kind) == (selected.counter.thinker, selected.counter.kind)
    assert story.signal.voices == selected.signal.voices
    assert story.body == marlin().body


def test_a_story_that_repeats_another_is_not_taken() -> None:
    """The same title twice would cost one of the two."""
    dam = story_of("Osero")
    same = replace(marlin(), title=dam.title, standfirst=replace(marlin().standfirst))
    edition = tell(same)
    assert edition.stories[0].title != dam.title
    assert check(finish(edition)).ok


def test_two_written_stories_that_repeat_each_other_are_not_both_taken() -> None:
    """Each stands by itself: the later one goes back to what was selected."""
    dam = story_of("Osero")
    title = "Work stopped, and review time went up"
    one, two = replace(marlin(), title=title), replace(dam, title=title)
    edition = tell(one, two)
    assert [story.title == title for story in edition.stories if story.id in {one.id, two.id}] == [True, False]


def test_a_dialogue_that_does_not_stand_leaves_the_frame() -> None:
    """The hosts read quotations then, and the other way round."""
    lies = tuple(replace(line, text="They sold Napoleon 7,341 ships.") if line.story else line for line in spoken())
    edition = finish(frame=framed(), lines=lies)
    assert check(edition).ok
    assert edition.title == framed().title.text
    assert not any("Napoleon" in line.text for line in edition.dialogue)
    assert len(edition.dialogue) > 10


def test_nothing_that_was_kept_is_trusted() -> None:
    """A story under another's id, a frame of lies: what was selected stands."""
    liar = Sentence("Napoleon sold 7,341 ships of it", at(BROOK))
    frame = replace(framed(), title=liar, lede=liar, open_question=liar, connections=(("x/9", ()),))
    edition = finish(frame=frame, lines=())
    assert check(edition).ok
    assert "Napoleon" not in edition.title + edition.lede
    assert edition.open_question is None


@pytest.mark.parametrize("bad", [("Osero",), ("Marlin",), ("Marlin", "Osero", "Tidekit")])
def test_a_story_that_was_not_tried_costs_no_story(bad: tuple[str, ...]) -> None:
    """Whatever edition comes: written stories are taken back until as many stand as were selected."""
    edition = drafted().open_to_all()
    for number, word in enumerate(("Marlin", "Osero", "Tidekit")):
        selected = story_of(word)
        good = marlin() if word == "Marlin" else replace(selected, so_what=f"Count {'what' * number} comes back.")
        story = invented(selected) if word in bad else good
        stories = tuple(story if each.id == story.id else each for each in edition.stories)
        edition = replace(edition, stories=stories)
    result = finish(edition, framed(), spoken())
    assert check(result).ok
    assert len(result.stories) == 3
    assert not any("Napoleon" in text for story in result.stories for text in texts(story))
    own = [story for story, before in zip(result.stories, drafted().edition.stories, strict=True) if story != before]
    assert (own == []) == (len(bad) == 3)


def test_people_read_on_the_card_what_was_repaired_and_what_is_selected() -> None:
    """In both languages of the interface."""
    edition = finish(telling=Telling(WRITER, care=Care(repaired=2)))
    for language, said in (
        ("en", "41 sentences selected from originals. 2 sentences were corrected"),
        ("ru", "Отобрано из оригиналов: 41 предложение. Исправлено и проверено заново: 2 предложения"),
    ):
        shown = card(edition, None, FluentCatalogue().speak(language))
        assert said in repr(shown)
    assert "corrected" not in repr(card(finish(), None, FluentCatalogue().speak("en")))


def test_an_edition_without_stories_stays_empty() -> None:
    """There is nothing to write."""
    from bot.domain.compose import draft
    from tests.unit.writing_samples import commission

    nothing = draft(commission([]), say())
    assert finished(nothing, told(nothing, {}), None, None, TELLING, say()) == nothing.edition


NUMBERS = st.integers(-1, 5)
LINES = st.lists(st.builds(LineProse, st.sampled_from([1, 2]), st.none() | NUMBERS, WORDS, IDS), max_size=5).map(tuple)
FRAMES = st.builds(
    FrameProse,
    title=SENTENCES,
    lede=SENTENCES,
    question=st.none() | SENTENCES,
    connections=st.lists(st.builds(ConnectionProse, NUMBERS, NUMBERS, WORDS, IDS), max_size=3).map(tuple),
    promises=st.lists(st.builds(PromiseProse, NUMBERS, WORDS, st.integers(), IDS), max_size=3).map(tuple),
    closed=st.lists(st.builds(ClosedProse, NUMBERS, st.sampled_from(["happened", "not_yet"]), WORDS, IDS)).map(tuple),
)


def rewritten(draft: Drafted, stories: list[StoryProse], frame: FrameProse, lines: DialogueProse) -> Edition:
    """All of it as it comes, without a repair, and without being settled before."""
    pieces = {}
    for number, prose in enumerate(stories, start=1):
        story = telling.phrase(prose, draft, number)
        pieces[story.id] = StoryPiece(story)
    edition = told(draft, pieces)
    return finished(
        draft,
        edition,
        around.phrase(frame, draft, edition),
        talk.phrase(lines, draft, edition, say()),
        TELLING,
        say(),
    )


@settings(max_examples=4, deadline=None)
@given(
    st.lists(STORIES, min_size=3, max_size=3),
    FRAMES,
    st.builds(DialogueProse, LINES, LINES.map(lambda lines: (*dialogue_prose().lines, *lines))),
)
def test_whatever_is_answered_the_edition_is_valid_and_complete(
    stories: list[StoryProse], frame: FrameProse, lines: DialogueProse
) -> None:
    """As many stories as were selected, and every check passes."""
    for first in (
        stories[0],
        marlin_prose(so_what="Ask 44 people.", pull_quote=Cited("no words of theirs", at(BROOK))),
    ):
        edition = rewritten(drafted(), [first, *stories[1:]], frame, lines)
        assert check(edition).ok
        assert len(edition.stories) == len(drafted().edition.stories)

"""What the two hosts read: only what is cited, framed by a reviewed set of lines."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.domain.desk import DEFAULT_DESK
from bot.domain.edition import Edition, Line
from bot.domain.quotes import quotations, status
from bot.domain.writing.dialogue import write_dialogue
from tests.unit.writing_samples import composed, dam, kit, marlin, press, say, story_about, words_behind


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Three stories: one with a conflict and a question, two where nobody disagrees."""
    return composed(press())


def of_story(edition: Edition, word: str) -> list[Line]:
    return [line for line in edition.dialogue if line.story == story_about(edition, word).id]


def test_nobody_but_the_two_hosts_speaks(edition: Edition) -> None:
    """They greet in turn and leave in turn."""
    hosts = [line.host for line in edition.dialogue]
    assert set(hosts) == {DEFAULT_DESK.reader, DEFAULT_DESK.quoter}
    assert hosts[:2] == hosts[-2:] == [DEFAULT_DESK.reader, DEFAULT_DESK.quoter]


def test_the_quoter_reads_cited_words_and_nothing_else(edition: Edition) -> None:
    """Every line is one quotation of its one passage, greeting and good-bye aside."""
    lines = [line for line in edition.dialogue if line.host == DEFAULT_DESK.quoter][1:-1]
    assert lines
    for line in lines:
        (passage,) = words_behind(edition, line.evidence)
        (quotation,) = quotations(line.text)
        assert (quotation.start, quotation.end) == (0, len(line.text))
        assert status(quotation.text, passage) == "exact"
        assert len(quotation.text) == len(passage)


def test_the_reader_names_who_is_read_next(edition: Edition) -> None:
    """With the evidence of the words that follow, before every quotation."""
    lines = edition.dialogue
    for frame, quotation in pairwise(lines[2:-1]):
        if quotation.host == DEFAULT_DESK.quoter:
            assert frame.host == DEFAULT_DESK.reader
            assert frame.evidence == quotation.evidence
            thinker = edition.passages()[quotation.evidence[0]][0].thinker
            assert thinker in frame.text or "again" in frame.text


def test_greeting_and_good_bye_claim_nothing(edition: Edition) -> None:
    """All other lines cite something."""
    silent = [place for place, line in enumerate(edition.dialogue) if not line.evidence]
    assert silent == [0, 1, len(edition.dialogue) - 2, len(edition.dialogue) - 1]
    assert "the morning edition" in edition.dialogue[0].text


def test_every_story_is_read_in_the_order_of_the_edition(edition: Edition) -> None:
    """One chapter each, and none of another's lines inside it."""
    stories = [line.story for line in edition.dialogue if line.story]
    assert list(dict.fromkeys(stories)) == [story.id for story in edition.stories]
    assert stories == sorted(stories)


def test_no_words_are_read_twice(edition: Edition) -> None:
    """Standfirst, positions and body share sentences; the dialogue reads each once."""
    read = [line.evidence for line in edition.dialogue if line.host == DEFAULT_DESK.quoter and line.story]
    assert len(set(read)) == len(read)


def test_against_that_is_said_of_the_answer_only(edition: Edition) -> None:
    """Once in the story that has a conflict, after the claim it answers, and in no other story."""
    story = story_about(edition, "Marlin")
    against = next(p for p in story.positions if p.stance == "against")
    claim = next(p for p in story.positions if p.stance == "for")
    framed = [line for line in edition.dialogue if line.text.startswith("Against that")]
    assert [line.evidence for line in framed] == [against.evidence[:1]]
    read = [line.evidence for line in of_story(edition, "Marlin")]
    assert read.index(claim.evidence[:1]) < read.index(against.evidence[:1])


def test_nothing_is_against_before_something_was_said() -> None:
    """An edition that opens with the answer does not say what it is against."""
    whole = composed(marlin())
    (story,) = whole.stories
    answer = next(p for p in story.positions if p.stance == "against")
    passage = whole.passages()[answer.evidence[0]][1]
    turned = replace(story, standfirst=replace(story.standfirst, evidence=(passage.id,)))
    lines = write_dialogue(replace(whole, stories=(turned,)), DEFAULT_DESK, say())
    assert not any(line.text.startswith("Against that") for line in lines)


def test_where_nobody_disagrees_the_reader_says_so(edition: Edition) -> None:
    """After the quotations of that story, on its evidence."""
    last = of_story(edition, "Osero")[-1]
    assert (last.host, last.text) == (DEFAULT_DESK.reader, "No source here says otherwise.")
    assert last.evidence
    assert not any("otherwise" in line.text for line in of_story(edition, "Marlin"))


def test_the_question_stands_before_the_good_bye_with_evidence_and_no_story(edition: Edition) -> None:
    """Named for who asks it, and read in their words."""
    assert edition.open_question is not None
    frame, words = edition.dialogue[-4:-2]
    assert frame.text == "A question left open by Cleo Frost."
    assert (frame.story, words.story) == (None, None)
    assert frame.evidence == words.evidence == edition.open_question.evidence
    assert words.text == "“Who counts the changes that Marlin reopens a week later?”"


def test_without_a_question_there_is_none_to_read() -> None:
    """The good-bye follows the last story."""
    whole = composed(kit())
    assert whole.open_question is None
    assert whole.dialogue[-3].story == whole.stories[-1].id


def test_an_empty_edition_is_not_read_aloud() -> None:
    """There is nothing to say."""
    assert composed([]).dialogue == ()


def test_a_topic_is_spoken_only_where_the_story_holds_its_words() -> None:
    """Else the first name opens the story."""
    whole = composed(dam())
    (story,) = whole.stories
    assert whole.dialogue[2].text.startswith("Osero dam: ")
    assert set(whole.dialogue[2].evidence) <= {p for s in (story.standfirst, *story.body) for p in s.evidence}
    renamed = replace(whole, stories=(replace(story, topic="Osero whales"),))
    lines = write_dialogue(renamed, DEFAULT_DESK, say())
    assert lines[2].text == "Dora Hale."


def test_an_update_is_announced_as_one() -> None:
    """With what is new since."""
    whole = composed(dam())
    (story,) = whole.stories
    lines = write_dialogue(replace(whole, stories=(replace(story, state="update"),)), DEFAULT_DESK, say())
    assert "which we told before" in lines[2].text


def test_a_story_is_read_for_nine_quotations_at_most() -> None:
    """A chapter is not a reading of everything."""
    whole = composed(marlin())
    (story,) = whole.stories
    ids = list(whole.passages())
    assert len(ids) > 9
    body = tuple(replace(story.body[0], evidence=(passage,)) for passage in ids)
    lines = write_dialogue(replace(whole, stories=(replace(story, body=body),)), DEFAULT_DESK, say())
    assert sum(line.host == DEFAULT_DESK.quoter and line.story is not None for line in lines) == 9

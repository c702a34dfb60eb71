"""What supports an answer is found; what does not is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.conversation.asking import asked_stems, speaker_of, wanted
from bot.domain.conversation.retrieval import Shelf, answers, nearest
from tests.fakes.talk import sample

RECORDING = Path(__file__).parents[1] / "recordings" / "edition_questions.txt"
EDITION = sample()
SHELF = Shelf(EDITION)


def questions() -> list[tuple[str | None, str]]:
    """Each question with the passage that answers it, or None."""
    found: list[tuple[str | None, str]] = []
    for line in RECORDING.read_text(encoding="utf-8").splitlines():
        if line.startswith("+ "):
            _, passage, question = line.split(" ", 2)
            found.append((passage, question))
        elif line.startswith("- "):
            found.append((None, line[2:]))
    return found


def test_answers_are_right_nine_times_in_ten_and_what_is_not_there_is_refused() -> None:
    """Precision of answering at least 0.9, recall at least 0.75, over 40 and more of each kind."""
    asked = questions()
    shown = {q: {hit.passage.id for hit in answers(SHELF.nearest(q))} for _, q in asked}
    right = [q for passage, q in asked if passage in shown[q]]
    wrong = [q for passage, q in asked if shown[q] and passage not in shown[q]]
    answerable = [q for passage, q in asked if passage]
    assert len(answerable) >= 40
    assert len(asked) - len(answerable) >= 40
    assert len(right) / (len(right) + len(wrong)) >= 0.9, wrong
    assert len(right) / len(answerable) >= 0.75, set(answerable) - set(right)


def test_the_nearest_passages_come_best_first_with_their_story() -> None:
    """A refusal shows them, too."""
    hits = nearest("What does Commons-2 forbid?", EDITION, most=2)
    assert hits[0].passage.id == "6.1"
    assert hits[0].story is EDITION.stories[1]
    assert hits[0].citation.thinker == "Dario Feld"
    assert len(hits) == 2


def test_a_question_that_shares_nothing_finds_nothing() -> None:
    """Nor does one without any content."""
    assert SHELF.nearest("Who won the chess olympiad?") == []
    assert SHELF.nearest("???") == []
    assert answers([]) == ()
    assert Shelf(replace(EDITION, citations=(), stories=())).nearest("What about Quill?") == []


def test_a_story_number_keeps_the_search_in_that_story() -> None:
    """`in story 3` means story 3."""
    assert {h.citation.n for h in SHELF.nearest("What happens at night in story 5?", most=9)} <= {14, 15}


def test_words_that_stand_nowhere_are_named() -> None:
    """In the order of the question, as stems."""
    assert SHELF.missing("Does the Petrel burn hydrogen or methanol?") == ["burn", "hydrogen", "methanol"]


def test_a_name_in_cyrillic_is_looked_up_in_latin() -> None:
    """The nearest passages are those by or about that person."""
    hits = SHELF.nearest("Что пишет Калловей?")
    assert {hit.citation.thinker for hit in hits} == {"Ines Calloway"}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many calls were there?", "number"),
        ("Сколько раз?", "number"),
        ("How long did it stop?", "length"),
        ("When is the hearing?", "time"),
        ("Когда суд?", "time"),
        ("Why did he fork it?", "reason"),
        ("Почему сделал форк?", "reason"),
        ("Who is he?", "anything"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kind: str) -> None:
    """Numbers, lengths of time, times, reasons; the rest takes anything."""
    assert wanted(question) == kind


def test_a_number_must_count_what_was_asked_for() -> None:
    """`Six maintainers` is no number of users, and a question's own number is no answer."""
    assert answers(SHELF.nearest("How many maintainers does the fork called Nib have?"))
    assert not answers(SHELF.nearest("How many users does the fork called Nib have?"))
    assert not answers(SHELF.nearest("How many Commons-2 licences are there?"))


def test_words_asked_of_somebody_must_be_theirs() -> None:
    """By them, or in a passage that reports what they said."""
    assert speaker_of("What did Dario Feld say about licences?") == {"dario", "feld"}
    assert speaker_of("What is a licence?") == frozenset()
    assert answers(SHELF.nearest("What did Bram Oyelaran say about fog?"))
    assert not answers(SHELF.nearest("What did the Petrel say about the strait?"))


def test_the_frame_of_a_question_is_not_its_content() -> None:
    """`Tell me what story 2 says about …` asks about what follows."""
    assert asked_stems("Tell me what story 2 says about Quill") == ["quill"]
    assert asked_stems("What is story 2 about?") == []

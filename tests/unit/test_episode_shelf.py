"""What was said, on a shelf: windows of sixty words with speaker and time, found as passages of an edition are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.episode.windows import MOST_WORDS, display_names, windows
from bot.domain.conversation.retrieval import answers
from bot.domain.episode import Share
from bot.domain.transcript import Transcript, Utterance
from tests.fakes.episodes import NADIA, TOBIN, episode, transcript

MADE = datetime(2026, 11, 19, tzinfo=UTC)


def shelf() -> EpisodeShelf:
    return EpisodeShelf(episode(), transcript(), MADE)


def heard(*said: Utterance) -> Transcript:
    return Transcript(said, "en", "publisher")


def test_a_window_is_verbatim_with_its_speaker_and_time() -> None:
    """Every window stands in what one speaker said; advertisements are left out."""
    found = windows(episode(), transcript())
    joined = " ".join(said.text for said in transcript().utterances)
    assert all(window.text in joined for window in found)
    assert {window.speaker for window in found} == {NADIA, TOBIN}
    assert [window.at for window in found] == sorted(window.at for window in found)
    assert not any("Kettle and Rope" in window.text for window in found)


def test_captions_are_put_together_and_no_window_leaves_its_chapter() -> None:
    """Four words at a time are no passage; a chapter's border parts them."""
    cues = tuple(Utterance(90.0 + n, 91.0 + n, None, f"word{n} two three four") for n in range(40))
    found = windows(episode(), heard(*cues))
    assert [len(window.text.split()) for window in found] == [20, 60, 60, 20]
    assert [window.chapter for window in found] == [2, 3, 3, 3]
    assert [window.at for window in found] == [90.0, 95.0, 110.0, 125.0]


def test_a_long_turn_is_parted_between_its_sentences_and_timed_by_its_characters() -> None:
    """A sentence of more than sixty words is parted between words."""
    short = "The river runs cold tonight."
    long = " ".join(f"W{n}" for n in range(130)) + "."
    text = f"{short} {long} {short}"
    found = windows(replace(episode(), chapters=()), heard(Utterance(100.0, 200.0, TOBIN, text)))
    assert [len(window.text.split()) for window in found] == [5, 60, 60, 15]
    assert found[0].at == 100.0
    assert found[1].at == pytest.approx(100 + 100 * text.index("W0") / len(text), abs=0.005)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["ab", "cd e", "f. G", "hi? J", "k"]), st.integers(1, 90)), max_size=12))
def test_nothing_is_lost_and_nothing_is_too_long(turns: list[tuple[str, int]]) -> None:
    """Whatever is said, the windows together are all of it."""
    said = [
        Utterance(float(n), n + 1.0, "A" if n % 3 else "B", " ".join([word] * k)) for n, (word, k) in enumerate(turns)
    ]
    if not said:
        return
    found = windows(replace(episode(), chapters=()), heard(*said))
    assert " ".join(window.text for window in found).split() == " ".join(one.text for one in said).split()
    assert all(len(window.text.split()) <= MOST_WORDS for window in found)


def test_labels_of_speakers_become_the_names_people_read() -> None:
    """`Nadia` is Nadia Quill where there is one Nadia; a label that fits two stays."""
    labelled = heard(Utterance(0, 1, "Nadia", "Hello."), Utterance(1, 2, "SPEAKER 1", "Hello."))
    assert display_names(episode(), labelled) == {"Nadia": NADIA, "SPEAKER 1": "SPEAKER 1"}
    both = replace(episode(), chapters=(replace(episode().chapters[0], shares=(Share("Nadia Brown", 3),)),))
    assert display_names(both, labelled)["Nadia"] == "Nadia"


@pytest.mark.parametrize(
    ("question", "moment"),
    [
        ("How much does a Puffin board cost?", 533.0),
        ("What did Tobin say about fog?", 1836.0),
        ("How many nights was the forecast right?", 1745.0),
        ("Why was hail by street refused to the insurer?", 1150.0),
        ("What did Nadia say about fog?", None),
        ("Who won the chess olympiad?", None),
    ],
)
def test_a_question_finds_what_answers_it_or_nothing(question: str, moment: float | None) -> None:
    """As in an edition: a number for `how much`, a cause for `why`, the words of whoever was asked for."""
    found = answers(shelf().nearest(question))
    assert [hit.passage.at for hit in found[:1]] == ([] if moment is None else [moment])


def test_the_sentences_of_the_overview_bridge_languages() -> None:
    """A Russian question finds an English passage by what the Russian overview says of it."""
    russian = replace(episode().chapters[3].told[0], text="Датчик за одиннадцать крон завышает почти на градус.")
    own = episode()
    chapters = tuple(replace(c, told=(russian,)) if c.number == 4 else c for c in own.chapters)
    found = EpisodeShelf(replace(own, chapters=chapters), transcript(), MADE).nearest("Сколько стоит датчик?")
    assert found[0].passage.at == 533.0


def test_without_a_transcript_the_overview_is_what_there_is() -> None:
    """Its sentences are the passages, nobody says them."""
    bare = EpisodeShelf(episode(), None, MADE)
    (hit, *_) = bare.nearest("What costs eleven crowns?")
    assert hit.passage.text.startswith("A Puffin board costs eleven crowns")
    assert bare.speaker(hit.passage) is None
    assert hit.citation.thinker == "Salt Road"


def test_ten_thousand_utterances_are_found_by_their_rare_words() -> None:
    """Passages that share only what stands everywhere are not even looked at."""
    said = [Utterance(float(n), n + 1.0, f"S{n % 2}", f"again and again the same water {n}") for n in range(3000)]
    said[1500] = Utterance(1500.0, 1501.0, "S0", "again the same water carries a lantern")
    long = EpisodeShelf(replace(episode(), chapters=(), told=()), heard(*said), MADE)
    found = long.nearest("Which water carries the lantern?")
    assert found[0].passage.at == 1500.0
    assert len(found) == 1
    assert len(long.nearest("Which water is the same again?")) == 3
    assert long.missing("zeppelin water") == ["zeppelin"]


def test_a_moment_has_the_words_that_are_said_then() -> None:
    """Between utterances those before it; before all, the first; in an advertisement, its own."""
    own = shelf()
    assert own.exact([533.0])[533.0].text.startswith("It drifts.")
    assert own.exact([590.0])[590.0].at == 590.0
    assert own.exact([1010.0])[1010.0].text.startswith("Salt Road is brought to you")
    assert own.exact([-5.0])[-5.0].text.startswith("A thermometer")
    assert [p.text for p in own.spoken(2180.0, 2195.0)] == [
        "Tobin Vale, thank you. The spring walk begins on the second of April.",
        "Bring soup.",
    ]


def test_nothing_said_is_nothing_found() -> None:
    """An episode without any words can be asked, and has nothing."""
    own = episode()
    empty = replace(own, chapters=(), told=(), overview="")
    found = EpisodeShelf(empty, None, MADE)
    assert found.nearest("What is said?") == []
    assert found.at(3.0) is None
    assert found.spoken(0.0, 99.0) == ()

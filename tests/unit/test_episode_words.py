"""Titles, summaries and shares of chapters, chosen from what is said."""

import re
from collections.abc import Sequence

import pytest

from adapters.locale.catalogue import FluentPhrases
from bot.domain.episode import Chapter, EpisodePerson
from bot.domain.episodes.clips import opening_clip
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.span import Span
from bot.domain.episodes.titles import Part, questions, titles
from bot.domain.episodes.words import listed, worded
from bot.domain.text.words import is_stopped
from bot.domain.transcript import Transcript, Utterance
from tests.unit.episode_samples import CHAPTERS, RUSSIAN_CHAPTERS, russian, sample

ENGLISH = FluentPhrases("en").say
RUSSIAN = FluentPhrases("ru").say
CAST = Cast(
    (EpisodePerson("Nora Quell", "host"), EpisodePerson("Tobin Harrow", "guest")),
    {"Nora": "Nora Quell", "Tobin": "Tobin Harrow"},
)


def spans(transcript: Transcript, chapters: Sequence[tuple[int, int, str]]) -> list[Span]:
    said = transcript.utterances
    clip = opening_clip(said)
    return [
        Span(a, b, said[a].start, said[b].end, kind, "transcript", clip=clip if kind == "clip" else None)  # type: ignore[arg-type]
        for a, b, kind in chapters
    ]


def english() -> tuple[Chapter, ...]:
    facts, transcript = sample()
    return worded(spans(transcript, CHAPTERS), transcript, facts, CAST, ENGLISH)


def in_russian() -> tuple[Chapter, ...]:
    facts, transcript = russian()
    return worded(spans(transcript, RUSSIAN_CHAPTERS), transcript, facts, Cast(), RUSSIAN)


def test_what_is_no_topic_has_fixed_words() -> None:
    """In the language of the interface."""
    assert [one.title for one in english() if one.kind != "topic"] == [
        "Opening clip",
        "Introduction",
        "Advertisement",
        "Goodbye",
    ]
    assert [one.title for one in in_russian() if one.kind != "topic"] == ["Вступление", "Прощание"]


@pytest.mark.parametrize("chapters", [english(), in_russian()])
def test_titles_are_short_phrases_of_the_talk(chapters: tuple[Chapter, ...]) -> None:
    """Two to eight words, a capital, no function word and no mark at the end, none twice."""
    found = [one.title for one in chapters if one.kind == "topic"]
    assert len({title.casefold() for title in found}) == len(found)
    for title in found:
        words = title.split()
        assert 2 <= len(words) <= 8
        assert len(title) <= 60
        assert not title[0].islower()
        assert title[-1] == "?" or (title[-1].isalnum() and not is_stopped(words[-1].lower()))


def test_a_crisp_question_of_the_host_is_a_title() -> None:
    """It names what the chapter is about better than any phrase."""
    assert english()[2].title == "Why do bells crack at all?"


def test_titles_say_what_their_chapter_speaks_of() -> None:
    """Its words stand in it, and a word of its subject is among them."""
    facts, transcript = sample()
    for chapter, (first, last, kind) in zip(english(), CHAPTERS, strict=True):
        if kind == "topic":
            talk = " ".join(one.text for one in transcript.utterances[first : last + 1]).lower()
            assert all(word in talk for word in re.findall(r"\w+", chapter.title.lower()) if word != "and")
    assert "weld" in english()[4].title.lower()
    assert facts.title


def test_titles_of_the_publisher_stay_theirs() -> None:
    """Whatever the kind, and however long."""
    facts, transcript = sample()
    theirs = "Everything that two people can say about a bell that will never be rung again"
    given = [
        Span(0, 0, 0, 8, "clip", "publisher", title="Cold open"),
        Span(1, 23, 8, transcript.seconds, "topic", "publisher", title=theirs),
    ]
    found = worded(given, transcript, facts, CAST, ENGLISH)
    assert [one.title for one in found] == ["Cold open", theirs]
    assert [one.origin for one in found] == ["publisher", "publisher"]
    assert [one.number for one in found] == [1, 2]


def test_a_second_part_of_a_kind_is_told_apart() -> None:
    """An advertisement by its number, an introduction by what it says."""
    facts, transcript = sample()
    given = spans(transcript, [(0, 3, "intro"), (4, 9, "intro"), (10, 10, "ad"), (11, 20, "topic"), (21, 23, "ad")])
    found = [one.title for one in worded(given, transcript, facts, CAST, ENGLISH)]
    assert found[0] == "Introduction"
    assert found[1] == "Why do bells crack at all?"
    assert (found[2], found[4]) == ("Advertisement", "Advertisement 2")


@pytest.mark.parametrize("chapters", [english(), in_russian()])
def test_summaries_are_sentences_under_names(chapters: tuple[Chapter, ...]) -> None:
    """One to three of every topic, joined by blanks, each in quotation marks with its time."""
    for chapter in chapters:
        assert chapter.summary == " ".join(one.text for one in chapter.told)
        if chapter.kind == "topic":
            assert 1 <= len(chapter.told) <= 3
        for one in chapter.told:
            assert len(one.at) == 1
            assert chapter.start <= one.at[0] <= chapter.end


def test_summaries_are_verbatim_and_do_not_repeat_the_quotations() -> None:
    """What stands between the marks was said, by that person, in that chapter."""
    _, transcript = sample()
    for chapter, (first, last, kind) in zip(english(), CHAPTERS, strict=True):
        said = transcript.utterances[first : last + 1]
        quoted = {quote.text for quote in chapter.quotes}
        for one in chapter.told if kind != "clip" else ():
            words = re.findall("“(.*)”", one.text)[0]
            assert any(words in utterance.text for utterance in said)
            assert not any(words in text or text in words for text in quoted)
    assert english()[2].summary.startswith("Tobin Harrow: “")
    assert " And later: “" in english()[2].summary
    assert in_russian()[1].summary.startswith("Глеб: «")


def test_nothing_is_quoted_twice_in_an_episode() -> None:
    """The clip's words belong to the clip."""
    found = [quote.text for chapter in english() for quote in chapter.quotes]
    assert len(found) == len(set(found))
    assert sum("cracked bell is honest" in text for text in found) == 1
    assert english()[0].summary == "Taken from the talk, where it is said at 3:54."


def test_an_advertisement_has_no_words_of_its_own() -> None:
    """No summary and no quotation, so that nobody is sold anything here."""
    ad = english()[3]
    assert (ad.summary, ad.told, ad.quotes) == ("", (), ())


def test_shares_count_words_of_display_names() -> None:
    """Most first; both labels of one person are one."""
    facts, _ = sample()
    said = (
        Utterance(0, 2, "T", "One two three."),
        Utterance(2, 4, "Tobin", "Four five."),
        Utterance(4, 6, "Nora", "Six seven eight nine."),
        Utterance(6, 8, None, "Ten."),
    )
    cast = Cast(CAST.people, {"T": "Tobin Harrow", "Tobin": "Tobin Harrow", "Nora": "Nora Quell"})
    given = [Span(0, 3, 0, 8, "topic", "transcript")]
    chapter = worded(given, Transcript(said, "en", "upload"), facts, cast, ENGLISH)[0]
    assert [(share.speaker, share.words) for share in chapter.shares] == [("Tobin Harrow", 5), ("Nora Quell", 4)]
    assert chapter.summary == "Tobin Harrow and Nora Quell speak here, for 0:08."


def test_a_chapter_without_sentences_or_speakers_is_still_told() -> None:
    """Its length is a fact; its title a number."""
    facts = EpisodeFacts("0" * 16, "Nothing")
    given = [Span(0, 0, 0, 65, "topic", "transcript")]
    chapter = worded(given, Transcript((Utterance(0, 65, None, "and so on"),), None, "upload"), facts, Cast(), ENGLISH)[
        0
    ]
    assert (chapter.title, chapter.summary) == ("Part 1", "Talk of 1:05.")


def test_sentences_of_nobody_stand_in_marks_alone() -> None:
    """Who speaks is not known, so nobody is named."""
    _, transcript = sample()
    said = tuple(Utterance(one.start, one.end, None, one.text, one.ad) for one in transcript.utterances)
    given = spans(Transcript(said, "en", "captions"), CHAPTERS)
    chapters = worded(given, Transcript(said, "en", "captions"), sample()[0], Cast(), ENGLISH)
    assert chapters[2].told[0].text.startswith("“")
    assert chapters[2].shares == ()
    assert {quote.speaker for chapter in chapters for quote in chapter.quotes} == {None}


def test_titles_leave_out_speakers_verbs_and_addresses() -> None:
    """People call each other by name; a title names things."""
    talk = [
        "Hilda, the sluice of the mill is broken. We visit mill.example/plans, Hilda, and the sluice keeps breaking.",
        "Hilda, they keep mending the sluice. The sluice and the weir are mended by the lock keeper, Hilda.",
    ]
    found = titles([Part(talk)], [None], "", ["Hilda"])[0]
    assert found is not None
    assert "sluice" in found.lower()
    assert not re.search("hilda|example|keep ", found.lower())


def test_a_title_that_is_taken_is_not_given_again() -> None:
    """The next best is; a given one is kept and counts as taken."""
    part = Part(["The weir of the mill leaks. The weir must be mended, or the mill stops. The mill and the weir."] * 2)
    first, second = titles([part, part], [None, None])
    assert first != second
    assert titles([part, part], ["Ours", first]) == ["Ours", first]


def test_numbers_belong_to_the_name_before_them() -> None:
    """`Weir 2.1` and `Mill #12` are names, a number alone is none."""
    part = Part(
        ["We ship Weir 2.1 today. The Weir 2.1 release is for Mill #12 and 40 others. I like Weir 2.1 and Mill #12."]
    )
    found = titles([part], [None])[0]
    assert found is not None
    assert "Weir 2.1" in found
    assert "Mill #12" in found


def test_a_title_is_no_piece_of_a_longer_name() -> None:
    """A name that always goes on is not cut, nor is a word that always belongs to the next one."""
    named = "The Harrow Packet Filter drops frames. We load the Harrow Packet Filter. A Packet Filter wins."
    found = titles([Part([named])], [None])[0] or ""
    assert "Packet" not in found or "Packet Filter" in found
    keys = "You sign with the private key. The private key stays here. A private key and the corresponding private key."
    assert not (titles([Part([keys])], [None])[0] or "").lower().endswith("private")


def test_a_lone_word_that_stands_everywhere_is_no_title() -> None:
    """It tells no chapter from another."""
    subjects = ["bread oven", "river dam", "stone wall", "grain silo", "wooden wheel", "copper roof"]
    parts = [
        Part([f"The mill has a {one}. The {one} of the mill is old. I like that {one}, and the {one.split()[1]} too."])
        for one in subjects
    ]
    for title, subject in zip(titles(parts, [None] * 6), subjects, strict=True):
        assert title is not None
        assert subject in title.lower()
        assert "mill" not in title.lower().split()


def test_dates_and_weekdays_are_no_titles() -> None:
    """`August 19th` says nothing of a chapter."""
    found = titles(
        [
            Part(
                [
                    "On Monday, August 19th, the brass foundry closed.",
                    "A brass foundry needs a chimney, and the foundry had none.",
                ]
            )
        ],
        [None],
    )
    assert found[0] is not None
    assert not {"august", "19th", "monday"} & set(found[0].lower().split())


def test_questions_are_found_in_order() -> None:
    """Only whole ones."""
    assert questions(["Why? Because. How much water is there?", "None at all."]) == ["Why?", "How much water is there?"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Ada"], "Ada"),
        (["Ada", "Bo"], "Ada and Bo"),
        (["Ada", "Bo", "Cy"], "Ada, Bo and Cy"),
        (list("ABCDE"), "A, B, C, D and E"),
        (list("ABCDEFG"), "A, B, C, D and 3 others"),
    ],
)
def test_names_are_joined_as_people_do(names: list[str], said: str) -> None:
    """The last one by a word."""
    assert listed(names, ENGLISH) == said

"""The parts of an episode: whose chapters, which kinds, and what must hold whatever is said."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.episode import EpisodePerson
from bot.domain.episodes.cohesion import cohesion, content, depths
from bot.domain.episodes.cues import cues, shows, tongue_of
from bot.domain.episodes.facts import EpisodeFacts, PublishedChapter
from bot.domain.episodes.naming import Cast
from bot.domain.episodes.segmenting import boundaries, fitting, places
from bot.domain.episodes.span import Span
from bot.domain.episodes.spans import spans
from bot.domain.episodes.turns import hosts
from bot.domain.transcript import Transcript, Utterance

_SUBJECTS = (
    ("lanterns", "the lantern keeper trims the wick, fills the brass lamp with oil and polishes the tower glass"),
    ("bees", "the bees swarm from the hive, the queen lays brood and the combs fill with summer honey"),
    ("kites", "the kite climbs on its line, the spars bend and the tail steadies it against every gust"),
    ("bread", "the dough rises near the oven, the yeast works on flour and the crust browns in steam"),
    ("harbours", "the harbour pilot boards each ship, reads the tide and moors the hull along the quay"),
)
_NO_FACTS = EpisodeFacts(id="0" * 16, title="Five crafts")
_NOBODY = Cast()


def _utterances(said: Sequence[tuple[str | None, str]], *, rate: float = 2.5) -> tuple[Utterance, ...]:
    """Spoken one after the other, `rate` words a second."""
    at = 0.0
    made = []
    for speaker, text in said:
        until = at + len(text.split()) / rate
        made.append(Utterance(at, until, speaker, text))
        at = until
    return tuple(made)


def _conversation(rounds: int = 6) -> list[tuple[str | None, str]]:
    """A host who asks about five crafts in turn, and a guest who answers."""
    said: list[tuple[str | None, str]] = [
        ("Ada", "Welcome to the workshop, my name is Ada and with me today is Bo, who knows many crafts by heart.")
    ]
    for name, sentence in _SUBJECTS:
        said.append(("Ada", f"Okay, so let's talk about {name} next. What should people know about {name}?"))
        for turn in range(rounds):
            said.append(("Bo", f"Because {sentence}, and {sentence.split(',')[turn % 2]} once more in round {turn}."))
            said.append(("Ada", "Right."))
            said.append(
                ("Bo", f"It matters that {sentence}, which I have seen often, and {sentence.split(' and ')[0]}.")
            )
    said.append(("Ada", "That was Bo. Thank you for listening to all of this, goodbye, and see you soon."))
    return said


def _transcript(utterances: Sequence[Utterance], language: str | None = "en") -> Transcript:
    return Transcript(tuple(utterances), language, "publisher")


def _begins(found: Sequence[Span]) -> list[int]:
    return [span.first for span in found]


def _asked(utterances: Sequence[Utterance]) -> list[int]:
    return [index for index, one in enumerate(utterances) if one.text.startswith("Okay, so")]


def _whole(found: Sequence[Span], transcript: Transcript) -> None:
    """Every utterance in one span, times that rise, nothing empty."""
    assert found[0].first == 0
    assert found[-1].last == len(transcript.utterances) - 1
    for before, after in pairwise(found):
        assert after.first == before.last + 1
        assert before.start < after.start
        assert before.end == after.start
    assert all(span.first <= span.last and span.start <= span.end for span in found)


def test_chapters_begin_where_the_host_turns_to_something_else() -> None:
    """Five subjects, each opened by a question of the host's; the number is not told."""
    transcript = _transcript(_utterances(_conversation()))
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    asked = _asked(transcript.utterances)
    assert sum(any(abs(first - place) <= 1 for place in asked) for first in _begins(found)) >= 4
    assert len(found) <= 9
    assert {span.origin for span in found} == {"transcript"}
    assert all(span.title is None for span in found)


def test_the_same_chapters_whatever_the_speakers_are_called() -> None:
    """Names are labels."""
    said = _conversation()
    renamed = [("Zed" if speaker == "Ada" else "Abe", text) for speaker, text in said]
    ours = spans(_transcript(_utterances(said)), _NO_FACTS, _NOBODY)
    assert ours == spans(_transcript(_utterances(renamed)), _NO_FACTS, _NOBODY)
    assert ours == spans(_transcript(_utterances(said)), _NO_FACTS, _NOBODY)


def test_a_talk_without_speakers_is_cut_where_its_words_change() -> None:
    """The weights chosen by hand join in."""
    transcript = _transcript(_utterances([(None, text) for _, text in _conversation()]))
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    asked = _asked(transcript.utterances)
    assert sum(any(abs(first - place) <= 1 for place in asked) for first in _begins(found)) >= 3


def test_a_talk_without_punctuation_has_chapters() -> None:
    """As a machine writes it down."""
    plain = [
        (None, "".join(letter for letter in text.lower() if letter.isalpha() or letter == " "))
        for _, text in _conversation()
    ]
    transcript = _transcript(_utterances(plain), None)
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    assert 3 <= len(found) <= 12


def test_a_russian_talk_is_cut_at_the_questions_of_its_host() -> None:
    """Phrases and stems of the language it is in, named or not."""
    subjects = (
        ("маяк", "смотритель маяка чистит фонарь, наливает масло и протирает стекло на башне"),
        ("пасеку", "пчёлы вылетают из улья, матка откладывает яйца, а соты наполняются мёдом"),
        ("хлеб", "тесто поднимается у печи, закваска бродит в муке, и корка румянится на пару"),
    )
    said: list[tuple[str | None, str]] = [
        ("Ира", "Добро пожаловать, меня зовут Ира, у нас в гостях мастер многих ремёсел.")
    ]
    for name, sentence in subjects:
        said.append(
            ("Ира", f"Хорошо, давайте поговорим про {name}. Что важно знать про {name} тем, кто только начинает?")
        )
        for turn in range(8):
            said.append(
                ("Лев", f"Потому что {sentence}, и так бывает {turn + 2} раза подряд, когда {sentence.split(',')[0]}.")
            )
            said.append(("Ира", "Да."))
    transcript = _transcript(_utterances(said), None)
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    asked = [index for index, one in enumerate(transcript.utterances) if one.text.startswith("Хорошо")]
    assert sum(any(abs(first - place) <= 1 for place in asked) for first in _begins(found)) >= 2


def test_the_publishers_chapters_are_kept_as_theirs() -> None:
    """Titles and places: each begins with the utterance that starts nearest to its time."""
    transcript = _transcript(_utterances(_conversation()))
    said = transcript.utterances
    facts = replace(
        _NO_FACTS,
        chapters=(
            PublishedChapter(said[40].start - 0.4, "Of kites"),
            PublishedChapter(0.0, "Intro"),
            PublishedChapter(said[20].start + 0.5, " Of bees "),
            PublishedChapter(transcript.seconds + 60, "After the end"),
            PublishedChapter(float("nan"), "Never"),
        ),
    )
    found = spans(transcript, facts, _NOBODY)
    _whole(found, transcript)
    assert [(span.first, span.title, span.kind) for span in found] == [
        (0, "Intro", "intro"),
        (20, "Of bees", "topic"),
        (40, "Of kites", "topic"),
    ]
    assert {span.origin for span in found} == {"publisher"}


def test_publishers_chapters_without_utterances_join_a_neighbour() -> None:
    """Music before the first word, and two that begin within one utterance: the longer one names it."""
    moved = tuple(replace(one, start=one.start + 30, end=one.end + 30) for one in _utterances(_conversation()))
    transcript = _transcript(moved)
    facts = replace(
        _NO_FACTS,
        chapters=(
            PublishedChapter(0, "Music"),
            PublishedChapter(5, "Lanterns"),
            PublishedChapter(moved[30].start, "A word"),
            PublishedChapter(moved[30].start + 0.2, "Bees"),
        ),
    )
    found = spans(transcript, facts, _NOBODY)
    _whole(found, transcript)
    assert [(span.first, span.title) for span in found] == [(0, "Lanterns"), (30, "Bees")]


def test_talk_before_the_first_published_chapter_is_an_introduction() -> None:
    """Of ours, without a title of theirs."""
    transcript = _transcript(_utterances(_conversation()))
    said = transcript.utterances
    chapters = (PublishedChapter(said[20].start, "Bees"), PublishedChapter(said[50].start, "Bread"))
    found = spans(transcript, replace(_NO_FACTS, chapters=chapters), _NOBODY)
    _whole(found, transcript)
    assert [(span.first, span.kind, span.origin) for span in found] == [
        (0, "intro", "transcript"),
        (20, "topic", "publisher"),
        (50, "topic", "publisher"),
    ]


def test_one_published_chapter_is_none() -> None:
    """It says nothing of the parts."""
    transcript = _transcript(_utterances(_conversation()))
    facts = replace(_NO_FACTS, chapters=(PublishedChapter(0, "Full episode"),))
    assert spans(transcript, facts, _NOBODY) == spans(transcript, _NO_FACTS, _NOBODY)


def test_published_advertisements_and_goodbyes_are_known_by_title() -> None:
    """Where the title is nothing else."""
    transcript = _transcript(_utterances(_conversation()))
    said = transcript.utterances
    starts = ((0, "Start"), (20, "Sponsors"), (24, "Crafts"), (len(said) - 1, "Outro"))
    chapters = tuple(PublishedChapter(said[index].start, title) for index, title in starts)
    found = spans(transcript, replace(_NO_FACTS, chapters=chapters), _NOBODY)
    assert [span.kind for span in found] == ["topic", "ad", "topic", "outro"]


def test_advertisements_are_chapters_of_their_own() -> None:
    """From ten seconds on; a shorter one stays where it is."""
    said = list(_utterances(_conversation()))
    spoken = [replace(one, ad=index in {30, 31, 60}) for index, one in enumerate(said)]
    transcript = _transcript(spoken)
    assert spoken[31].end - spoken[30].start >= 10 > spoken[60].end - spoken[60].start
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    assert [(span.first, span.last) for span in found if span.kind == "ad"] == [(30, 31)]


def test_a_word_between_two_advertisements_is_no_chapter() -> None:
    """It belongs to the break."""
    advert = "Our sponsor makes fine brass kettles that sing in tune, and you will find them in every harbour shop."
    said = _conversation()
    said[30:30] = [("Ada", advert), ("Ada", advert), ("Ada", "We are back soon."), ("Ada", advert), ("Ada", advert)]
    spoken = [replace(one, ad=one.text == advert) for one in _utterances(said)]
    found = spans(_transcript(spoken), _NO_FACTS, _NOBODY)
    _whole(found, _transcript(spoken))
    assert sum(span.kind == "topic" and span.last - span.first == 0 for span in found) == 0
    assert next(span for span in found if span.first == 30).kind == "ad"


def test_a_clip_at_the_opening_is_set_apart() -> None:
    """It comes again in the talk, and somebody greets after it."""
    clip = "The most surprising thing about wind is how seldom anyone listens to what it tells the patient hands below."
    words = sorted({word for _, sentence in _SUBJECTS for word in sentence.replace(",", "").split()})
    unlike = [
        " ".join(words[(place * place * 7 + step * (place + 3)) % len(words)] for step in range(30))
        for place in range(40)
    ]
    said = [("Bo", clip), _conversation()[0], *((("Ada", "Bo")[index % 2], text) for index, text in enumerate(unlike))]
    said.insert(30, ("Bo", clip))
    transcript = _transcript(_utterances(said))
    found = spans(transcript, _NO_FACTS, _NOBODY)
    _whole(found, transcript)
    assert (found[0].kind, found[0].first, found[0].last) == ("clip", 0, 0)
    assert found[0].clip is not None
    chapters = (PublishedChapter(0, "Clip"), PublishedChapter(transcript.utterances[1].start, "Crafts"))
    theirs = spans(transcript, replace(_NO_FACTS, chapters=chapters), _NOBODY)
    assert theirs[0].kind == "clip"
    assert theirs[0].clip == found[0].clip


def test_a_short_beginning_that_greets_and_a_short_end_that_thanks_are_named() -> None:
    """Set off by advertisements, so that they are parts for certain."""
    advert = "Our sponsor makes fine brass kettles that sing in tune, and you will find them in every harbour shop."
    greeting = (
        "Hello and welcome to the workshop, my name is Ada, and this is the place where old crafts are kept alive."
    )
    said = [("Ada", greeting), ("Ada", advert), ("Ada", advert), *_conversation()[1:]]
    said[-1:-1] = [("Ada", advert), ("Ada", advert)]
    spoken = [replace(one, ad=one.text == advert) for one in _utterances(said)]
    found = spans(_transcript(spoken), _NO_FACTS, _NOBODY)
    assert [span.kind for span in (found[0], found[1], found[-2], found[-1])] == ["intro", "ad", "ad", "outro"]
    assert {span.kind for span in found[2:-2]} == {"topic"}


def test_a_very_short_episode_is_one_chapter() -> None:
    """Under three minutes."""
    transcript = _transcript(_utterances(_conversation()[:18]))
    assert transcript.seconds < 180
    (only,) = spans(transcript, _NO_FACTS, _NOBODY)
    assert (only.first, only.last, only.kind) == (0, 17, "topic")


def test_a_single_utterance_is_one_chapter() -> None:
    """However long: quotations lie within one, and so do chapters."""
    transcript = _transcript([Utterance(0, 4000, None, "word " * 5000)])
    (only,) = spans(transcript, _NO_FACTS, _NOBODY)
    assert (only.first, only.last, only.start, only.end) == (0, 0, 0, 4000)


def test_where_all_is_advertisement_none_is() -> None:
    """The marks tell nothing then."""
    spoken = [replace(one, ad=True) for one in _utterances(_conversation())]
    (only,) = spans(_transcript(spoken), _NO_FACTS, _NOBODY)
    assert only.kind == "topic"


def test_the_last_chapter_does_not_outlast_the_episode() -> None:
    """A transcript may run on a little."""
    transcript = _transcript(_utterances(_conversation()))
    found = spans(transcript, replace(_NO_FACTS, duration=transcript.seconds - 2), _NOBODY)
    assert found[-1].end == transcript.seconds - 2


def test_chapters_on_a_topic_have_some_length() -> None:
    """Twenty seconds and forty words."""
    transcript = _transcript(_utterances(_conversation(2)))
    for span in spans(transcript, _NO_FACTS, _NOBODY):
        words = sum(len(one.text.split()) for one in transcript.utterances[span.first : span.last + 1])
        assert span.kind != "topic" or (words >= 40 and span.end - span.start >= 20)


def test_hosts_are_those_known_else_whoever_asks() -> None:
    """Everybody a host is nobody; a name that does not speak does not count."""
    utterances = _utterances(_conversation())
    assert hosts(utterances) == {"Ada"}
    assert hosts(utterances, ["Bo", "Cy"]) == {"Bo"}
    assert hosts(utterances, ["Ada", "Bo"]) == {"Ada"}
    assert hosts(utterances[1:2]) == frozenset()
    cast = Cast(
        (EpisodePerson("Ada Lind", "host"), EpisodePerson("Bo Ek", "guest")), {"Ada": "Ada Lind", "Bo": "Bo Ek"}
    )
    transcript = _transcript(utterances)
    assert spans(transcript, _NO_FACTS, cast) == spans(transcript, _NO_FACTS, _NOBODY)


def test_learned_weights_alone_need_speakers() -> None:
    """They were learned from talks with speakers."""
    conversation = _transcript(_utterances(_conversation()))
    alone = _transcript(_utterances([(None, text) for _, text in _conversation()]))
    assert fitting(conversation).signs["apart_100"] != fitting(alone).signs["apart_100"]


def test_as_many_places_as_are_worth_it() -> None:
    """Three peaks in a talk of thirty utterances of forty words; one that is next to a likelier one moves there."""
    likely = [0.0] + [0.01] * 29
    likely[8], likely[15], likely[22] = 0.7, 0.8, 0.6
    assert places(likely, [40] * 30) == [8, 15, 22]


def test_places_without_peaks_are_still_as_many_as_usual() -> None:
    """Signs that tell nothing leave the number of chapters to what is usual."""
    flat = [0.0, *(0.05 + index * 37 % 101 / 10_000 for index in range(99))]
    assert 3 <= len(places(flat, [60] * 100)) <= 8
    every = [0.0] + [0.9] * 60
    assert len(places(every, [60] * 61)) <= 40


def test_a_place_is_not_within_a_chapter_too_short() -> None:
    """Forty words before it, and forty after."""
    assert places([0.0, 0.9, 0.0, 0.0, 0.9], [10, 30, 100, 100, 10]) == []
    assert places([0.0, 0.0, 0.9, 0.0, 0.9], [10, 30, 100, 100, 10]) == [2]


def test_depth_climbs_both_slopes() -> None:
    """To the next peak on each side, and no further."""
    assert depths([3, 1, 2, 5, 0, 4]) == [0, 6, 3, 0, 9, 0]
    assert depths([3.0, 1.0, 4.0]) == [0.0, 5.0, 0.0]
    assert depths([]) == []


def test_likeness_is_least_between_two_subjects() -> None:
    """A dip where one vocabulary ends and the other begins, in windows that fit."""
    texts = [_SUBJECTS[0][1]] * 8 + [_SUBJECTS[1][1]] * 8
    signs = cohesion(content(texts, "en"))
    assert int(signs["apart_20"][1:].argmax()) + 1 == 8
    assert int(signs["depth_50"].argmax()) == 8
    assert signs["repeated"][8] < signs["repeated"][7]


def test_words_of_no_content_have_no_signs() -> None:
    """And nothing breaks."""
    signs = cohesion(content(["and so on", "it is that"], "en"))
    assert signs["repeated"].tolist() == [0.5, 0.5]
    assert boundaries(_transcript(_utterances([(None, "and so on"), (None, "it is that")]))) == []


@pytest.mark.parametrize(
    ("text", "tongue", "name"),
    [
        ("Okay, so what is next?", "en", "turning"),
        ("Yeah, exactly.", "en", "answering"),
        ("Also, jetzt zum Honig.", "de", "turning"),
        ("Хорошо, теперь о хлебе.", "ru", "turning"),
        ("So, one of no language we know.", "xx", "turning"),
    ],
)
def test_opening_cues_are_known_in_several_languages(text: str, tongue: str, name: str) -> None:
    """English stands in where there is no list."""
    assert cues([text], tongue)[name].tolist() == [1.0]


def test_cues_within_and_at_the_end() -> None:
    """The end of one utterance tells of the next; asking needs the mark."""
    signs = cues(["A pause. Let's move on", "What is that?", "What a thing."], "en")
    assert signs["last_announcing"].tolist() == [0.0, 1.0, 0.0]
    assert signs["asking"].tolist() == [0.0, 1.0, 0.0]
    assert shows("Vielen Dank fürs Zuhören", "leaving", "de")
    assert tongue_of(["some words"], "pt-BR") == "pt"


_words = st.sampled_from(["lamp", "oil", "bee", "hive", "so", "okay", "thanks", "welcome", "what?", "и", "мёд"])


@st.composite
def _talks(draw: st.DrawFn) -> Transcript:
    at = 0.0
    made = []
    for _ in range(draw(st.integers(1, 60))):
        text = " ".join(draw(st.lists(_words, min_size=1, max_size=30)))
        until = at + draw(st.sampled_from([0.0, 1.0, 9.0, 40.0]))
        speaker = draw(st.sampled_from([None, "Ada", "Bo"]))
        made.append(Utterance(at, until, speaker, text, draw(st.booleans()) and draw(st.booleans())))
        at = until
    return _transcript(made, draw(st.sampled_from([None, "en", "ja"])))


@settings(max_examples=40, deadline=None)
@given(
    _talks(), st.lists(st.floats(-10, 2000) | st.just(float("nan")), max_size=6), st.sampled_from([None, 50.0, 5000.0])
)
def test_whatever_is_said_each_utterance_is_in_one_part(
    transcript: Transcript, starts: list[float], duration: float | None
) -> None:
    """Parts follow each other, their starts rise, and the same is found again."""
    chapters = tuple(PublishedChapter(start, f"Part {index}") for index, start in enumerate(starts))
    facts = replace(_NO_FACTS, chapters=chapters, duration=duration)
    found = spans(transcript, facts, _NOBODY)
    _whole(found, transcript)
    assert found == spans(transcript, facts, _NOBODY)

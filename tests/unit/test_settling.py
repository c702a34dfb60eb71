"""From pieces of a file to a transcript: times in order, utterances that hold sentences, nothing lost."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.episodes.settling import settle
from bot.domain.episodes.sponsors import is_place, is_read
from bot.domain.transcript import MOST_UTTERANCES, Cue, Transcript

SENTENCE = "The keeper of the lamp climbs the stairs of the tower every evening before the ships come in."


def settled(
    cues: list[Cue], *, language: str | None = None, duration: float | None = None, automatic: bool = False
) -> Transcript:
    return settle(cues, origin="upload", language=language, duration=duration, automatic=automatic)


def texts(made: Transcript) -> list[str]:
    return [one.text for one in made.utterances]


def captions(words: list[str], *, each: int = 6, seconds: float = 2.0) -> list[Cue]:
    """Words in captions of so many, one after the other without a pause."""
    lines = [" ".join(words[at : at + each]) for at in range(0, len(words), each)]
    return [Cue(line, at * seconds, (at + 1) * seconds) for at, line in enumerate(lines)]


def turns(count: int) -> list[Cue]:
    return [Cue(f"{SENTENCE} {n}.", n * 10.0, n * 10.0 + 9, ("Anna", "Ben")[n % 2]) for n in range(count)]


def test_captions_are_joined_by_sentences() -> None:
    """Captions break in mid-sentence, utterances do not; the time of a sentence lies within its caption."""
    made = settled(captions(" ".join([SENTENCE] * 12).split()))
    assert all(text.startswith("The keeper") and text.endswith("come in.") for text in texts(made))
    assert all(len(text.split()) <= 60 for text in texts(made))
    assert all(one.end - one.start <= 30 for one in made.utterances)
    assert " ".join(texts(made)) == " ".join([SENTENCE] * 12)
    second = made.utterances[1]
    assert second.start == pytest.approx(36 / 6 * 2.0, abs=0.2)


def test_slow_captions_stay_within_half_a_minute() -> None:
    """A sentence that takes longer is cut where a caption begins."""
    made = settled(captions(SENTENCE.split(), each=3, seconds=9.0))
    assert len(made.utterances) > 1
    assert all(one.end - one.start <= 30 for one in made.utterances)
    assert " ".join(texts(made)) == SENTENCE


def test_no_letter_is_lost_where_punctuation_stands_alone() -> None:
    """Some services give a full stop a time of its own."""
    cues = [Cue(mark, at * 20.0, at * 20.0 + 20) for at, mark in enumerate(["Hello", ",", "there", ",", "you", "."])]
    assert "".join(texts(settled(cues))).replace(" ", "") == "Hello,there,you."


def test_a_silence_ends_an_utterance() -> None:
    """Music between two captions of the same speaker."""
    assert texts(settled([Cue("We begin", 0, 2), Cue("with a song", 2, 4), Cue("and go on", 60, 62)])) == [
        "We begin with a song",
        "and go on",
    ]


def test_words_without_punctuation_are_cut_at_pauses_and_by_length() -> None:
    """Automatic captions of some videos have not a single full stop."""
    cues = captions([f"word{n}" for n in range(120)])
    cues = [Cue(cue.text, cue.start, (cue.end or 0) - (1.0 if at % 4 == 3 else 0.0)) for at, cue in enumerate(cues)]
    made = settled(cues, automatic=True)
    assert made.automatic
    assert [len(text.split()) for text in texts(made)] == [24, 24, 24, 24, 24]
    line = settled([Cue(" ".join(f"word{n}" for n in range(200)))])
    assert all(len(text.split()) <= 40 for text in texts(line))
    assert " ".join(texts(line)).split() == [f"word{n}" for n in range(200)]


def test_a_turn_stays_whole_and_a_speech_is_cut_between_sentences() -> None:
    """Up to 120 words one utterance; the parts of a longer one share its time by characters."""
    short = Cue(" ".join([SENTENCE] * 6), 0, 60, "Anna")
    long = Cue("\n".join([SENTENCE] * 20), 60, 260, "Ben")
    made = settled([short, long])
    assert made.utterances[0].text == short.text
    parts = made.utterances[1:]
    assert all(len(one.text.split()) <= 120 and one.text.endswith("come in.") for one in parts)
    assert " ".join(one.text for one in parts) == " ".join([SENTENCE] * 20)
    assert parts[0].start == 60
    assert parts[-1].end == pytest.approx(260)
    first = parts[0]
    assert (first.end - 60) / 200 == pytest.approx(len(first.text) / len(long.text), abs=0.01)


def test_a_sentence_without_end_is_cut_at_commas_and_scripts_without_spaces_too() -> None:
    """Nothing is too long to be quoted from."""
    run = ", ".join(["and the lamp goes round"] * 40) + "."
    made = settled([Cue(run, 0, 100, "Anna"), Cue("Yes.", 100, 101, "Ben")])
    assert all(text.endswith((",", ".")) for text in texts(made))
    assert " ".join(texts(made)[:-1]) == run
    chinese = "灯塔的守护者每天晚上都会爬上塔楼" * 60
    made = settled([Cue(chinese)])
    assert "".join(texts(made)) == chinese
    assert max(map(len, texts(made))) <= 80
    assert made.seconds == pytest.approx(960 / 2 / 160 * 60, rel=0.01)


def test_long_talk_without_breaks_is_cut_in_windows() -> None:
    """One line of thousands of sentences, and one of a single word."""
    made = settled([Cue(" ".join([SENTENCE] * 300))])
    assert all(text.endswith("come in.") for text in texts(made))
    assert "".join(texts(settled([Cue("a" * 10_000)]))) == "a" * 10_000
    spaced = "a " * 10_000
    assert " ".join(texts(settled([Cue(spaced)]))) == spaced.strip()


def test_sparse_times_are_spread_by_characters() -> None:
    """A time every few minutes; what comes after the last goes on at the same pace."""
    cues = [Cue(SENTENCE, 100.0 if n == 5 else 400.0 if n == 15 else None, None, "AB"[n % 2]) for n in range(20)]
    made = settled(cues)
    starts = [one.start for one in made.utterances]
    assert made.times == "sparse"
    assert (starts[5], starts[15]) == (100, 400)
    assert starts[10] == pytest.approx(250)
    assert starts[0] >= 0
    assert made.seconds == pytest.approx(400 + 5 * 17 / 80 * 60, rel=0.1)
    assert settled(cues, duration=410).seconds == pytest.approx(410)


def test_missing_times_are_reckoned_from_the_length_or_the_usual_pace() -> None:
    """160 words a minute; the recording's length where the words can fill it."""
    cues = [Cue(SENTENCE, None, None, "AB"[n % 2]) for n in range(80)]
    words = 80 * len(SENTENCE.split())
    assert settled(cues).times == "estimated"
    assert settled(cues).seconds == pytest.approx(words / 160 * 60)
    assert settled(cues, duration=600).seconds == pytest.approx(600)
    assert settled(cues, duration=7200).seconds == pytest.approx(words / 160 * 60)
    assert settled([Cue(SENTENCE, 0.0), *cues]).times == "estimated"


def test_a_few_times_out_of_order_are_repaired_and_noted() -> None:
    """One far off is reckoned anew, two swapped pieces change places."""
    cues = turns(20)
    cues[10] = Cue(cues[10].text, 3.0, 4.0, "Anna")
    made = settled(cues)
    assert texts(made) == [cue.text for cue in cues]
    assert made.repairs == ("1 time stepped back.",)
    assert 90 < made.utterances[10].start < 110
    cues = turns(20)
    cues[4], cues[5] = cues[5], cues[4]
    assert texts(settled(cues)) == [cue.text for cue in turns(20)]
    assert settled(cues).repairs == ("1 time stepped back.",)


def test_ends_before_starts_and_overlaps_are_repaired_and_noted() -> None:
    """Each utterance ends where the next one begins, at the latest."""
    cues = turns(20)
    cues[3] = Cue(cues[3].text, 30.0, 12.0, "Ben")
    cues[4] = Cue(cues[4].text, 40.0, 55.0, "Anna")
    cues[6] = Cue(cues[6].text, 60.0, 75.0, "Anna")
    made = settled(cues)
    assert made.repairs == ("1 time ended before it started.", "2 times overlapped the next one.")
    assert (made.utterances[3].end, made.utterances[4].end) == (40, 50)
    for odd in (math.nan, math.inf, -5.0):
        assert settled([*turns(9), Cue("And more of it.", odd, odd, "Anna")]).repairs == ()


@pytest.mark.parametrize("wrong", ["back", "end", "overlap"])
def test_times_in_no_order_are_refused(wrong: str) -> None:
    """Below 80 %, with the share; at 80 % they are repaired."""

    def spoilt(share: int) -> list[Cue]:
        cues = turns(100)
        for at in range(5, 100, 100 // share):
            start, end = {"back": (1.0, 2.0), "end": (at * 10.0, 1.0), "overlap": (at * 10.0, at * 10.0 + 60)}[wrong]
            cues[at] = Cue(cues[at].text, start, end, cues[at].speaker)
        return cues

    with pytest.raises(ValueError, match=r"Only \d\d% of the transcript's times are in order"):
        settled(spoilt(50))
    assert settled(spoilt(10)).repairs


def test_endless_streams_and_other_recordings_are_refused() -> None:
    """More than twelve hours; far more than the recording; a few strays are forgotten."""
    with pytest.raises(ValueError, match="a stream of 14 hours; at most 12"):
        settled([Cue(SENTENCE, at * 600.0, None, "Anna") for at in range(85)])
    with pytest.raises(ValueError, match=r"runs to 16:30, the recording to 5:00"):
        settled(turns(100), duration=300)
    made = settled(turns(100), duration=900)
    assert made.seconds == 900
    assert made.repairs == ("3 times lay beyond the end of the recording.",)
    stray = [*turns(150), Cue("Good bye.", 90_000.0, 90_001.0, "Anna")]
    assert settled(stray).repairs == ("1 time lay beyond twelve hours.",)
    assert settled(turns(9), duration=-1).repairs == ()


def test_nothing_said_and_too_much_are_refused() -> None:
    """No letters; too many characters; too many utterances."""
    for nothing in ([], [Cue(" ")], [Cue("... 12")], [Cue("", ad=True)]):
        with pytest.raises(ValueError, match="no spoken words"):
            settled(nothing)
    with pytest.raises(ValueError, match="at most 3,000,000"):
        settled([Cue("word " * 700_000)])
    with pytest.raises(ValueError, match="at most 40,000"):
        settled([Cue("Yes.", None, None, "AB"[n % 2]) for n in range(MOST_UTTERANCES + 1)])


def test_speakers_are_tidied() -> None:
    """Colons go, capitals agree, nobody is None; a number says nothing of the only speaker."""

    def speakers(*labels: str | None) -> list[str | None]:
        return [one.speaker for one in settled([Cue("Hello there.", None, None, label) for label in labels]).utterances]

    assert speakers(":Wes Bos:", "wes bos", "Wes  Bos", "[Inaudible]", "[Ben]", None) == [
        "Wes Bos", "Wes Bos", "Wes Bos", None, "Ben", None,
    ]  # fmt: skip
    assert speakers("SPEAKER_01", "SPEAKER_01") == [None, None]
    assert speakers("SPEAKER_01", "SPEAKER_02") == ["SPEAKER_01", "SPEAKER_02"]
    assert speakers("Anna Ruiz") == ["Anna Ruiz"]
    assert speakers("Unknown Speaker", "?", "a" * 200) == [None, None, "a" * 80]


def test_marks_of_a_new_turn_part_captions() -> None:
    """Captions for the deaf have arrows instead of names."""
    made = settled([Cue(">> Hello there.", 1, 3), Cue(">> Hi. How", 3, 5), Cue("are you?", 5, 7), Cue("- Fine.", 7, 8)])
    assert texts(made) == ["Hello there.", "Hi. How are you?", "Fine."]
    assert texts(settled([Cue("Hello", 0, 1), Cue(",", 1, 1), Cue("there", 1, 2), Cue(".", 2, 2)])) == ["Hello, there."]


def test_advertisements_are_marked() -> None:
    """By the file, by marks in the text, by phrases nobody uses otherwise, and what lies between two of them."""
    words = [
        "Welcome to the harbour.",
        "This episode is brought to you by a maker of lamps.",
        "They are bright and cheap.",
        "Now back to the show.",
        "Our sponsor once told us to use code review at work.",
        "[Sponsor segment removed]",
    ]
    made = settled(
        [*(Cue(text, None, None, "Anna") for text in words), Cue("", 60.0, 90.0, ad=True), Cue("Bye.", 90.0)]
    )
    assert [one.ad for one in made.utterances] == [False, True, True, True, False, True, True, False]
    assert made.utterances[6].text == "[Break]"
    assert made.utterances[6].end == 90
    two = [Cue(words[1], 0.0, 5.0, "Anna"), Cue("Hm.", 5.0, 6.0, "Ben"), Cue("Back to the show.", 6.0, 9.0, "Anna")]
    assert [one.ad for one in settled(two).utterances] == [True, False, False]
    late = [
        Cue(words[1], 0.0, 5.0, "Anna"),
        Cue("So.", 5.0, 500.0, "Anna"),
        Cue("Back to the show.", 500.0, 505.0, "Anna"),
    ]
    assert [one.ad for one in settled(late).utterances][-1] is False
    broken = [Cue(words[1], None, None, "Anna"), Cue("It is bright.", None, None, "Anna"), Cue("Break", ad=True)]
    assert [one.ad for one in settled(broken).utterances] == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "This week's episode of the Harbour is sponsored by Lamps and Co.",
        "Use promo code HARBOUR for a month free.",
        "Enter code HARBOUR at checkout.",
        "And now a word from our sponsors.",
        "Thanks to our friends at Lamps and Co.",
        "Сегодняшний выпуск выходит при поддержке магазина ламп.",
        "Скидка десять процентов по промокоду МАЯК.",
        "Diese Folge wird euch präsentiert von einem Lampenladen.",
    ],
)
def test_sponsor_reads_are_recognised(text: str) -> None:
    """In English, Russian and German."""
    assert is_read(text) == ("This week's episode" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "We use code from the old lighthouse.",
        "They sponsor a harbour festival.",
        "I want to get back to the show we saw.",
        "The checkout was slow.",
        "Thanks to our friends in the port.",
    ],
)
def test_talk_about_sponsors_is_talk(text: str) -> None:
    """Precision goes before recall."""
    assert not is_read(text)


def test_places_of_advertisements() -> None:
    """Marks stand alone; a sentence that begins like one is none."""
    assert all(
        map(is_place, ("Break", "[Ad break]", "**Sponsor**", "(sponsor segment removed)", "Реклама", "Werbung:"))
    )
    assert not any(map(is_place, ("Break a leg", "Add", "", "Sponsors pay us", "[Music]")))


def test_the_language_is_told_and_a_second_one() -> None:
    """What the file says is believed where it fits, or where nobody can tell."""
    english = [Cue(SENTENCE, None, None, "AB"[n % 2]) for n in range(12)]
    russian = [
        Cue("Смотритель маяка каждый вечер поднимается по лестнице башни.", None, None, "AB"[n % 2]) for n in range(12)
    ]
    assert settled(english, language="en-GB").language == "en-GB"
    assert settled(english, language="fr").language == "en"
    made = settled([*english, *russian])
    assert {made.language, made.also} == {"en", "ru"}
    assert settled(english).also is None
    assert settled([Cue("Hm, Anna.")], language="pt_BR").language == "pt-BR"
    assert settled([Cue("Ah")]).also is None


_CUES = st.lists(
    st.builds(
        Cue,
        text=st.text(alphabet="abc ,.!\n-灯", max_size=60),
        start=st.none() | st.floats(0, 3000) | st.sampled_from([math.nan, -1.0, 1e9]),
        end=st.none() | st.floats(0, 3000),
        speaker=st.sampled_from([None, "Anna", "Ben:", "SPEAKER_01", "?"]),
        ad=st.booleans(),
    ),
    max_size=15,
)


@given(_CUES, st.booleans(), st.none() | st.floats(0, 4000))
@settings(max_examples=150, deadline=None)
def test_whatever_is_settled_is_in_order_and_whole(cues: list[Cue], sort: bool, duration: float | None) -> None:
    """Times never step back, no letter is lost or added, the same again gives the same; else ValueError."""
    if sort:
        cues = sorted(cues, key=lambda cue: cue.start or 0.0)
    try:
        made = settle(cues, origin="upload", language="en", duration=duration)
    except ValueError:
        return
    for one, following in pairwise(made.utterances):
        assert 0 <= one.start <= one.end <= following.start <= following.end
    assert all(one.text and one.text == " ".join(one.text.split()) for one in made.utterances)
    letters = sorted(letter for cue in cues for letter in cue.text if letter.isalpha())
    assert sorted(c for one in made.utterances if one.text != "[Break]" for c in one.text if c.isalpha()) == letters
    assert made == settle(cues, origin="upload", language="en", duration=duration)


def test_a_crowd_of_labels_names_nobody() -> None:
    """Two hundred people may speak; of more, what stands before the words are no names."""
    for many, named in ((200, True), (201, False)):
        cues = [Cue(f"Somebody says sentence {n}.", n * 5.0, n * 5.0 + 4, f"Person Number{n}") for n in range(many)]
        made = settle(cues, origin="upload", language="en", duration=None)
        assert bool(made.speakers) is named

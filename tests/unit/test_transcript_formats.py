"""Transcript files of every kind people have, whole and damaged, and what is refused with which sentence."""

import contextlib
import html
import json
import pickle
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.episodes.formats import Read, read_cues
from bot.domain.episodes.facts import PublishedChapter
from bot.domain.episodes.settling import settle
from bot.domain.transcript import Cue

VTT = """WEBVTT
Kind: captions
Language: en-GB
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000

STYLE
::cue { color: red }

NOTE a remark
on two lines

opening
00:01.000 --> 00:04.000 align:start position:0%
<v.loud Anna Ruiz>Hello &amp; welcome to the
<c.yellow>harbour</c>. Today we</v>

00:04,000 --> 00:07.500
<v Anna Ruiz>talk about lamps. <v Ben>Thanks.

NOTE the end is near

2
01:00:07.600 --> 01:00:09.000
<v Ben>I am glad to be here.
"""

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start

so<00:00:00.500><c> today</c><00:00:01.000><c> we</c>

00:00:02.000 --> 00:00:02.010 align:start
so today we


00:00:02.010 --> 00:00:04.000 align:start
so today we
talk<00:00:02.500><c> about</c><00:00:03.000><c> lamps</c>

00:00:04.000 --> 00:00:04.010 align:start
talk about lamps


00:00:04.010 --> 00:00:06.000 align:start
talk about lamps
and<00:00:04.500><c> buoys</c>

00:00:06.000 --> 00:00:06.010 align:start
and buoys

"""

SRT = """1
00:00:01,000 --> 00:00:03,000
Hello there.
2
00:00:03.500 --> 00:00:05.000
It was built in
1911
00:00:05,000 -> 00:00:07,000
<i>And</i> more <font color="#fff">colour</font>.

00:00:07,500 --> 00:00:09,000
{\\an8}Nobody counted this one.


4
00:00:09,000 --> 00:00:10,000

Its first line is empty.
"""


def read(text: str | bytes, **hints: str) -> Read:
    return read_cues(text.encode() if isinstance(text, str) else text, **hints)


def said(made: Read) -> list[tuple[float | None, str | None, str]]:
    return [(cue.start, cue.speaker, " ".join(cue.text.split())) for cue in made.cues]


def test_webvtt_gives_voices_times_and_words() -> None:
    """Voices, classes, notes, styles, names of captions, hours left out, commas for points."""
    made = read(VTT)
    assert said(made) == [
        (1.0, "Anna Ruiz", "Hello & welcome to the harbour. Today we"),
        (4.0, "Anna Ruiz", "talk about lamps."),
        (4.0, "Ben", "Thanks."),
        (3607.6, "Ben", "I am glad to be here."),
    ]
    assert (made.language, made.format, made.speakers, made.automatic) == (
        "en-GB",
        "captions",
        ("Anna Ruiz", "Ben"),
        False,
    )


def test_captions_that_roll_up_say_each_word_once() -> None:
    """Automatic captions of a video show each line up to three times."""
    made = read(ROLLING)
    assert said(made) == [(0.0, None, "so today we"), (2.01, None, "talk about lamps"), (4.01, None, "and buoys")]
    assert made.automatic


def test_captions_that_grow_say_each_word_once() -> None:
    """Live captions show the line so far, and a word more each time."""
    words = ["every", "lamp", "of", "the", "harbour", "has", "a", "keeper"]
    grown = [{"start": at, "end": at + 1, "text": " ".join(words[: at + 1])} for at in range(len(words))]
    made = read(json.dumps(grown))
    assert " ".join(cue.text for cue in made.cues) == "every lamp of the harbour has a keeper"


def test_people_may_repeat_themselves() -> None:
    """Two captions with the same words are no rolling."""
    text = "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}"
        for n, line in enumerate(["Yes.", "Yes.", "It is a lamp.", "No.", "No, it is a buoy.", "Well.", "Who knows."])
    )
    assert [cue.text for cue in read(text).cues][:2] == ["Yes.", "Yes."]


def test_damaged_subrip_loses_no_words() -> None:
    """Missing numbers and empty lines, points for commas, half an arrow; a year that ends a line stays."""
    assert said(read(SRT)) == [
        (1.0, None, "Hello there."),
        (3.5, None, "It was built in 1911"),
        (5.0, None, "And more colour."),
        (7.5, None, "Nobody counted this one."),
        (9.0, None, "Its first line is empty."),
    ]


def test_markup_in_captions_goes_and_other_brackets_stay() -> None:
    """Programs go with what they hold; an address or a type in angle brackets was meant."""
    text = "1\n00:00:01,000 --> 00:00:02,000\n"
    text += "<script>alert(1)</script>A <b onclick='x'>list</b><!-- no --> of List<Lamp> &lt;b&gt;.\n"
    assert [cue.text for cue in read(text).cues] == ["A list of List<Lamp> <b>."]


def test_other_subtitles_are_read() -> None:
    """SBV, SubStation Alpha, timed text in XML."""
    assert said(read("0:00:01.000,0:00:03.000\nHello there\n\n0:00:03.000,0:00:05.000\nand more.\n")) == [
        (1.0, None, "Hello there"),
        (3.0, None, "and more."),
    ]
    fields = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    line = "Dialogue: 0,0:00:01.00,0:00:03.00,Default,Anna,0,0,0,,Hello {\\i1}there{\\i0}\\Nyou."
    assert said(read(f"[Script Info]\nTitle: x\n\n[Events]\nFormat: {fields}\n{line}\n")) == [
        (1.0, "Anna", "Hello there you.")
    ]
    timed = '<?xml version="1.0"?><tt><body><p begin="00:00:01.500" end="2s">Hello<br/>there.</p><p begin="3s">Yes.</p>'
    assert said(read(timed)) == [(1.5, None, "Hello there."), (3.0, None, "Yes.")]
    youtube = (
        '<transcript><text start="0.5" dur="1.5">Hello &amp;amp; so on</text><text start="2">Yes.</text></transcript>'
    )
    assert said(read(youtube))[1] == (2.0, None, "Yes.")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            {"segments": [{"speaker": "Anna", "startTime": 0.5, "endTime": 1, "body": "Hello &amp; so on."}]},
            (0.5, 1.0, "Anna", "Hello & so on."),
        ),
        ({"segments": [{"start": 1, "end": 2.5, "text": " Hello."}], "text": "Hello."}, (1.0, 2.5, None, "Hello.")),
        ({"chunks": [{"timestamp": [0, 2.5], "text": "Hello."}]}, (0.0, 2.5, None, "Hello.")),
        ({"utterances": [{"start": None, "speaker": "", "text": "Hello."}]}, (None, None, None, "Hello.")),
        ([{"time": "1:05", "speaker": {"name": "Anna"}, "text": "Hello."}], (65.0, None, "Anna", "Hello.")),
        ([{"start": 3, "duration": 2, "text": "Hello.", "speaker": 0}], (3.0, 5.0, "Speaker 0", "Hello.")),
        ({"a": {"entries": [{"start": "00:00:03,5", "doc": "Hello."}]}}, (3.5, None, None, "Hello.")),
        (
            {"monologues": [{"speaker": 1, "elements": [{"value": "Hello", "ts": 1, "end_ts": 2}, {"value": "."}]}]},
            (1.0, 2.0, "Speaker 1", "Hello."),
        ),
        ({"transcript": "Hello."}, (None, None, None, "Hello.")),
        (["Hello."], (None, None, None, "Hello.")),
        ([{"timestamps": {"from": "1:00", "to": "1:02"}, "text": "Hello."}], (60.0, 62.0, None, "Hello.")),
    ],
)  # fmt: skip
def test_json_is_read_whatever_its_fields_are_called(told: object, expected: tuple[object, ...]) -> None:
    """The shapes that podcasts, speech recognisers and collections use."""
    cue = read(json.dumps(told)).cues[0]
    assert (cue.start, cue.end, cue.speaker, cue.text) == expected


def test_json_details() -> None:
    """Language, title, length, advertisements; words beside their sentences count once; thousandths become seconds."""
    words = [{"word": "Hello", "start": 0, "end": 1, "text": "Hello"}, {"word": "there.", "start": 1, "text": "there."}]
    piece = {"start": 0.5, "text": "Hello there.", "words": words, "avg_logprob": -0.1}
    made = read(json.dumps({"language": "de", "title": "Lamps", "duration": 60, "segments": [piece]}))
    assert [cue.text for cue in made.cues] == ["Hello there."]
    assert (made.language, made.title, made.duration, made.automatic) == ("de", "Lamps", 60.0, True)
    spots = [{"text": "Buy lamps.", "type": "ad"}, {"text": "Hello.", "type": "talk"}, {"text": "More.", "ad": True}]
    assert [cue.ad for cue in read(json.dumps(spots)).cues] == [True, False, True]
    slow = [{"start": at * 4000, "end": at * 4000 + 3000, "text": f"Lamp {at} burns."} for at in range(9)]
    assert [cue.start for cue in read(json.dumps(slow)).cues][:3] == [0.0, 4.0, 8.0]
    lines = '{"start": 0, "text": "One."}\n{"start": 2, "text": "Two."}\n'
    assert [cue.text for cue in read(lines).cues] == ["One.", "Two."]


def test_captions_of_youtube_in_json() -> None:
    """Events without words, and line breaks between them, are nothing anybody said."""
    events = [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
        {"tStartMs": 1000, "dDurationMs": 4000, "segs": [{"utf8": "hello"}, {"utf8": " world", "tOffsetMs": 300}]},
        {"tStartMs": 3000, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 3000, "segs": [{"utf8": "this is it"}]},
    ]
    made = read(json.dumps({"events": events}))
    assert [(cue.start, cue.end, cue.text) for cue in made.cues] == [
        (1.0, 5.0, "hello world"),
        (3.0, None, "this is it"),
    ]
    assert made.automatic


def test_subtitles_that_no_program_reads_are_refused() -> None:
    """A moment that is none, in a file that calls itself SubStation."""
    fields = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    with pytest.raises(ValueError, match=r"damaged|no spoken words"):
        read(f"[Script Info]\n\n[Events]\nFormat: {fields}\nDialogue: 0,never,0:00:03.00,Default,,0,0,0,,Hello\n")


def test_pages_with_cites_and_times() -> None:
    """The HTML of podcast:transcript; scripts, menus and what stands before the first speaker are no talk."""
    made = read(
        "<!DOCTYPE html><html><head><title>Lamps</title><script>var a = '<p>no</p>'</script></head><body>"
        "<nav><p>Menu</p></nav><h1>Transcript</h1>"
        "<cite>Anna:</cite><time>0:05</time><p>We have a <b>very</b> good harbour.</p><p>And lamps.</p>"
        "<cite>Ben:</cite><time>0:30</time><p>What?</p></body></html>"
    )
    assert said(made) == [
        (5.0, "Anna", "We have a very good harbour."),
        (None, "Anna", "And lamps."),
        (30.0, "Ben", "What?"),
    ]
    assert (made.title, made.format) == ("Lamps", "html")


def test_pages_with_paragraphs() -> None:
    """Names in bold or plain; of a page with an article only the article."""
    made = read(
        "<div><div>Share this page</div></div><article><p><strong>Anna Ruiz:</strong> Hello to all of you.</p>"
        "<p><b>Ben:</b> Hi Anna.</p><p><b>Anna Ruiz:</b> Hi.</p><p>We begin.</p></article>"
    )
    assert said(made) == [
        (None, "Anna Ruiz", "Hello to all of you."),
        (None, "Ben", "Hi Anna."),
        (None, "Anna Ruiz", "Hi."),
        (None, "Anna Ruiz", "We begin."),
    ]


MARKDOWN = """---
title: "Lamps and *why*"
---

## Opening

**Anna Ruiz:** Welcome to the *harbour*. \\[laughs\\] See [the chart](https://example.org/a_b).

\\[04:10\\] We had `lamp_one` and snake_case. It burned. \\[04:30\\] It still does \\[04:33\\] today.

> A quoted paragraph.

**Break:** \\[05:00\\] to \\[06:30\\]

**Ben:** - **Bold** words, 2\\*3.

# **Break:** \\[07:00\\]

**Sponsor:**

Buy lamps.

## The end

**Ben:** \\[08:00\\] Good bye.
"""


def test_a_bold_weekday_is_the_heading_of_a_point_and_nobody_speaking() -> None:
    """What follows is still said by the person before."""
    text = "**Ada Quill:** Five things this week.\n\n**Monday**: The gate was painted.\n\n**Tuesday**: It rained.\n\n"
    made = read(f"{text}**Bo Reed:** And it dried.\n", name="notes.md")
    assert [cue.speaker for cue in made.cues] == ["Ada Quill", "Ada Quill", "Ada Quill", "Bo Reed"]
    assert made.cues[1].text == "Monday: The gate was painted."


def test_markdown_with_bold_names_and_escaped_times() -> None:
    """Times before or inside paragraphs, breaks with and without words, headings as chapters, marks removed."""
    made = read(MARKDOWN, name="lamps.md")
    assert made.cues == (
        Cue("Welcome to the harbour. [laughs] See the chart.", None, None, "Anna Ruiz"),
        Cue("We had lamp_one and snake_case. It burned.", 250.0, None, "Anna Ruiz"),
        Cue("It still does  today.", 270.0, None, "Anna Ruiz"),
        Cue("A quoted paragraph.", None, None, "Anna Ruiz"),
        Cue("", 300.0, 390.0, None, ad=True),
        Cue("- Bold words, 2*3.", None, None, "Ben"),
        Cue("", 420.0, None, None, ad=True),
        Cue("Buy lamps.", None, None, None, ad=True),
        Cue("Good bye.", 480.0, None, "Ben"),
    )
    assert (made.format, made.title) == ("markdown", "Lamps and *why*")
    assert made.chapters == (PublishedChapter(480.0, "The end"),)


def test_what_follows_a_break_in_a_new_paragraph_is_talk() -> None:
    """A bare break ends with its line."""
    made = read("**Anna:** Hello there.\n\n**Break:**\n\nAnd we are back.\n\n**Anna:** Yes.\n")
    assert [(cue.text, cue.ad) for cue in made.cues] == [
        ("Hello there.", False),
        ("", True),
        ("And we are back.", False),
        ("Yes.", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[00:00:03] Anna Ruiz: Hello.\n[00:00:10] Ben: Hi. The point: it works.\n[00:00:20] Anna Ruiz: Bye.",
            [(3.0, "Anna Ruiz", "Hello."), (10.0, "Ben", "Hi. The point: it works."), (20.0, "Anna Ruiz", "Bye.")],
        ),
        (
            "SPEAKER 1 (12:40)\nHello\nthere.\n\nSPEAKER 2 (1:12:50)\nThank you. Note: nothing.\n",
            [(760.0, "SPEAKER 1", "Hello there."), (4370.0, "SPEAKER 2", "Thank you. Note: nothing.")],
        ),
        ("Anna Ruiz  0:03\nHello.\n\nBen  0:50\nThanks.", [(3.0, "Anna Ruiz", "Hello."), (50.0, "Ben", "Thanks.")]),
        (
            "Anna: 00:00:18\n\nWe are live.\n\nBen: 00:00:30\n\nWe are.",
            [(18.0, "Anna", "We are live."), (30.0, "Ben", "We are.")],
        ),
        (
            "0:00\nhello there\n0:04\nwelcome back\n0:09\ntoday",
            [(0.0, None, "hello there"), (4.0, None, "welcome back"), (9.0, None, "today")],
        ),
        ("Anna (0:05): Hello.\nBen [0:09 - 0:12]: Hi.", [(5.0, "Anna", "Hello."), (9.0, "Ben", "Hi.")]),
        ("[0:01] --> [0:03] Hello.\n(0:04) - Hi.", [(1.0, None, "Hello."), (4.0, None, "Hi.")]),
        ("[0:01] - [0:03] Hello.\n[0:75] Hi.", [(1.0, None, "Hello. [0:75] Hi.")]),
        (
            "Anna: Hello.\nBen: Hi.\nAnna: Bye.\nListener 3: Why?",
            [(None, "Anna", "Hello."), (None, "Ben", "Hi."), (None, "Anna", "Bye."), (None, "Listener 3", "Why?")],
        ),
        (
            "Bare words.\n\nThe question: does it? At 12:30 it did.\n\nAnd: more.",
            [
                (None, None, "Bare words."),
                (None, None, "The question: does it? At 12:30 it did."),
                (None, None, "And: more."),
            ],
        ),
    ],
)  # fmt: skip
def test_plain_text(text: str, expected: list[tuple[float | None, str | None, str]]) -> None:
    """Heads in all their forms, and sentences that only look like heads."""
    assert said(read(text)) == expected


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Hello there, my friend.".encode("utf-8-sig"), "Hello there, my friend."),
        ("Привет, как дела сегодня?".encode("utf-16"), "Привет, как дела сегодня?"),
        ("Hello there, my friend.".encode("utf-16-le"), "Hello there, my friend."),
        ("Hello there, my friend.".encode("utf-16-be"), "Hello there, my friend."),
        ("Grüße aus Köln, wie schön.".encode("latin-1"), "Grüße aus Köln, wie schön."),
        ("Привет, как дела сегодня?".encode("cp1251"), "Привет, как дела сегодня?"),
        (b"Invisible\xe2\x80\x8b words\r\nof two lines.", "Invisible words of two lines."),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    """By mark, by zeros, by letters."""
    assert said(read(data)) == [(None, None, text)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04 and so on", "zip archive or an Office document"),
        (b"\x1f\x8b\x08 and so on", "archive"),
        (b"ID3\x03 and so on", "sound or video"),
        (b"\x00\x00\x00\x20ftypisom", "sound or video"),
        (bytes(range(256)) * 20, "binary"),
        ("\u200b\u200b".encode(), "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a" * 20_000_001, r"20\.1 MB; at most 20 MB"),
        (b"word " * 700_000, r"at most 3,000,000"),
        (b"word " * 1_300_000, r"6,499,999 characters"),
        (b'{"segments": [{"text": "a"', "damaged at line 1"),
        (b'{"text": ' + b"9" * 5000 + b"}", "number nobody can read"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": 1}', "no list of pieces"),
        (b"WEBVTT\n\nHello\n", "no times"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n...\n", "no spoken words"),
        (b"<p></p><p></p>", "no spoken words"),
        (b"<?xml version='1.0'?><rss><channel></channel></rss>", "feed"),
        (b"00:00:01,000 --> 00:00:02,000\n" * 300_001, "300,001 captions"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    """It says what the file is instead, or what is wrong with it."""
    with pytest.raises(ValueError, match=sentence):
        read(data)


def test_a_reading_travels_between_processes() -> None:
    """Bytes in, plain values out."""
    made = read(VTT)
    assert pickle.loads(pickle.dumps(made)) == made


_PARTS = st.sampled_from(
    ["WEBVTT", "\n", "\n\n", "00:01.000 --> 00:02.000", "<v Anna>", "hello", " world.", "**Anna:**", "\\[04:10\\]",
     "[0:01]", "{", "}", "[", "]", '"text": "a"', ",", "<p>", "<cite>Ben:</cite>", "&#x41;", "1", "# Head", "---", ":",
     "[Script Info]", "Dialogue: 0,", "<", ">", "Ben: ", "**Break:**", "\x00", "é"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(_PARTS, max_size=30).map(lambda parts: "".join(parts).encode())))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but ValueError ever comes out; the same bytes give the same reading; what is read can be settled."""
    with contextlib.suppress(ValueError):
        made = read_cues(data)
        assert made == read_cues(data)
        settle(made.cues, origin="upload", language=None, duration=None)


@given(st.lists(st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,5}", fullmatch=True), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_subrip_keeps_every_word(lines: list[str]) -> None:
    """What is written between two arrows is read, unless it is shown twice."""
    numbered = [f"{line} {at}x" for at, line in enumerate(lines)]
    text = "\n".join(
        f"{at + 1}\n00:00:{at:02},000 --> 00:00:{at + 1:02},000\n{line}" for at, line in enumerate(numbered)
    )
    assert [cue.text for cue in read(text).cues] == numbered


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.real_data
def test_real_markdown_is_read_without_loss(real_data: Path) -> None:
    """All transcripts of tech podcasts: under 0.5 % of the words between the heads are lost."""
    paths = sorted((real_data / "tech-podcast-transcripts").glob("*/*.md"))
    assert len(paths) == 54
    for path in paths:
        raw = html.unescape(path.read_text(encoding="utf-8"))
        plain = re.sub(r"\]\([^()\s]*\)|^(?:# )?\*\*[^*\n]{1,60}:\*\*|\\\[[\d:.]+\\\]", " ", raw, flags=re.MULTILINE)
        wanted = Counter(_words(plain.replace("_", " ")))
        made = read_cues(path.read_bytes(), name=path.name)
        got = Counter(_words(" ".join(cue.text for cue in made.cues).replace("_", " ")))
        assert (wanted - got).total() < 0.005 * wanted.total(), path.name


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("folder", "files", "pieces", "words"),
    [
        ("chaptered-transcripts", 44, "utterances", "text"),
        ("newsletter-podcasts", 73, "utterances", "text"),
        ("tinyrec", 5, "entries", "doc"),
    ],
)
def test_real_json_is_read_without_loss(real_data: Path, folder: str, files: int, pieces: str, words: str) -> None:
    """Every word of every piece, in order, but addresses of links; one in four is settled too, and loses none."""
    paths = [path for path in sorted((real_data / folder).glob("*.json")) if not path.stem.endswith("_anno")]
    assert len(paths) == files
    for number, path in enumerate(paths):
        told = json.loads(path.read_bytes())
        told = told if pieces in told else told[path.stem]
        said = " ".join(re.sub("</?su[bp]>", "", one.get(words, "")) for one in told[pieces])
        wanted = _words(re.sub(r"\[([^\[\]]+)\]\(https?://[^()\s]+\)", r"\1", said))
        made = read_cues(path.read_bytes())
        assert _words(" ".join(cue.text for cue in made.cues)) == wanted
        if number % 4 == 0:
            settled = settle(made.cues, origin="publisher", language=None, duration=None)
            assert Counter(_words(" ".join(one.text for one in settled.utterances))) == Counter(wanted)
            assert settled.language == "en"

"""Chapters and links in what publishers write about episodes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.episodes.shownotes import (
    LONGEST_TITLE,
    MOST,
    MOST_LINKS,
    chapters_in,
    chapters_of,
    links_in,
)
from bot.domain.durations import duration as spelled
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import PublishedChapter
from bot.errors import SourceMalformed

THREE = [(0.0, "Hello"), (210.0, "The ferry"), (3723.0, "Why tides matter")]


def found(notes: str, duration: float | None = None) -> list[tuple[float, str]]:
    return [(chapter.start, chapter.title) for chapter in chapters_in(notes, duration)]


@pytest.mark.parametrize(
    "written",
    [
        "{time} - {title}",
        "{time} – {title}",
        "{time} {title}",
        "{time}: {title}",
        "{time}\t{title}",
        "[{time}] {title}",
        "({time}) {title}",
        "* {time} {title}",
        "• {time} | {title}",
        "- **{time}** {title}",
        "* **[{time}](#t={time})** {title}",
        "1. {time} {title}",
        "▶️ {time} {title}",
        "> {time} — {title}",
        "### {time}\n\n* {title}\n* and something else that was said there",
        "{time}\n{title}\n",
        "**{time}** [{title}](https://a.example/)",
        "{title} — {time}",
        "{title} - {time}",
        "{title}: {time}",
        "{title} ({time})",
        "* {title} [{time}]",
        "{title} … {time}",
        "{title} ..... {time}",
    ],
)
def test_a_list_of_times_is_chapters_in_every_habit(written: str) -> None:
    """Before the title or behind it, in brackets, with bullets, in Markdown, alone above what it is about."""
    lines = [
        written.format(time=time, title=title)
        for time, (_, title) in zip(("0:00", "03:30", "1:02:03"), THREE, strict=True)
    ]
    notes = "\n".join(["Three people talk.", "", *lines, "", "Thanks to our sponsor."])
    assert found(notes) == THREE


@pytest.mark.parametrize(
    "notes",
    [
        "At 0:30 we begin, at 12:40 we argue and at 50:10 we make up.",
        "We met at 10:30\nWe had tea at 11:45\nWe left at 12:40",
        "00:00 Hello\n03:30 Bye",
        "30:00 Late\n40:00 Later\n50:00 Latest",
        "10:00 Doors open\n12:00 Lunch\n14:00 Talks\n18:00 Dinner",
        "8:15am Coffee\n9:00 am Talk\n9:45 PM Dinner",
        "00:00:01.000 --> 00:00:04.000\n00:00:05.000 --> 00:00:08.000\n00:00:09.000 --> 00:00:11.000",
        "0:75 Wrong\n1:80 Wrong\n2:99 Wrong",
        "00:00\n00:10\n00:20",
        "0:00 - - -\n1:00 ...\n2:00 ***",
        "",
    ],
)
def test_times_that_are_no_list_of_chapters_are_none(notes: str) -> None:
    """Inside a sentence, too few, begun too late, of the day, of captions, impossible, or about nothing."""
    assert chapters_in(notes) == ()


def test_what_lies_behind_the_end_is_no_chapter() -> None:
    """The episode's length is known sometimes."""
    assert found("0:00 a1\n1:00 b1\n2:00 c1\n90:00 d1", 600.0) == [(0.0, "a1"), (60.0, "b1"), (120.0, "c1")]


def test_a_range_has_an_end() -> None:
    """Where one is given, and it makes sense."""
    notes = "0:00-1:30 One\n1:30 – 4:00 Two\n(4:00 to 3:00) Three\n5:00->6:00 Four"
    assert chapters_in(notes) == (
        PublishedChapter(0.0, "One", 90.0),
        PublishedChapter(90.0, "Two", 240.0),
        PublishedChapter(240.0, "Three"),
        PublishedChapter(300.0, "Four", 360.0),
    )


def test_one_mistyped_time_is_left_out() -> None:
    """Of many; of two equal ones the later stays. Where more are wrong, the longest list that rises is taken."""
    lines = [f"{minute}:00 Part {minute}" for minute in (0, 5, 10, 41, 15, 20, 25, 25, 30, 35)]
    assert [start / 60 for start, _ in found("\n".join(lines))] == [0, 5, 10, 15, 20, 25, 30, 35]
    two = "0:00 One\n1:00 Two\n2:00 Three\n3:00 Four\n\nElsewhere:\n0:30 Uno\n1:30 Due\n2:30 Tre"
    assert [title for _, title in found(two)] == ["One", "Two", "Three", "Four"]


def test_minutes_that_begin_again_after_an_hour_get_their_hour() -> None:
    """Where only the few last do, soon after the hour; a second list is another thing."""
    hour = [f"{minute}:00 Part {minute}" for minute in range(0, 60, 6)]
    assert found("\n".join([*hour, "02:15 Last things", "08:00 Bye"]))[-2:] == [
        (3735.0, "Last things"),
        (4080.0, "Bye"),
    ]
    assert len(found("\n".join([*hour, *hour]))) == 10


def test_minutes_seconds_and_frames_are_no_hours() -> None:
    """As software for editing writes them: the numbers make no sense otherwise."""
    notes = "00:24:12 Welcome\n01:24:11 Sponsor\n14:00:29 Maths\n25:10:00 Bye"
    assert found(notes, 1800.0) == [(24.0, "Welcome"), (84.0, "Sponsor"), (840.0, "Maths"), (1510.0, "Bye")]
    assert [start for start, _ in found(notes)] == [24.0, 84.0, 840.0, 1510.0]
    assert found("00:00:12 One\n00:24:12 Two\n01:24:11 Three")[-1] == (5051.0, "Three")
    assert found("00:24:52 Welcome\n01:24:11 Sponsor\n14:00:29 Maths\n25:10:00 Bye", 1800.0) == []


def test_titles_are_lines_of_bounded_length() -> None:
    """A question of half a page becomes as much of it as a title may have, cut at a word."""
    long = "why " * 300
    notes = f"0:00 {long}\n1:00 *Bold* and `code`\n2:00 snake_case stays"
    titles = [chapter.title for chapter in chapters_in(notes)]
    assert titles[1:] == ["Bold and code", "snake_case stays"]
    assert LONGEST_TITLE - 5 < len(titles[0]) <= LONGEST_TITLE
    assert titles[0].endswith("why")


def test_there_is_a_most_of_everything() -> None:
    """Ten thousand chapters and links are nobody's."""
    notes = "\n".join(f"{n}:00 Part https://a.example/{n}" for n in range(900))
    assert len(chapters_in(notes)) == MOST
    assert len(links_in(notes)) == MOST_LINKS


@pytest.mark.parametrize(
    "piece", ["(" * 4_000, "0:0" * 1_300, "[a](" * 1_000, "1:00 - " * 500, "* " * 2_000, "a… " * 1_300]
)
def test_hostile_notes_take_no_time(piece: str) -> None:
    """Patterns look at few characters; the limit of the test is the judge."""
    notes = "\n".join([piece] * 50)
    assert len(chapters_in(notes)) + len(links_in(notes)) >= 0


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 600), min_size=3, max_size=40),
    st.sampled_from(["{} {}", "({}) {}", "- {} — {}", "{1} ({0})"]),
)
def test_every_rising_list_is_read_whole(steps: list[int], written: str) -> None:
    """Whatever its times, all of them come back."""
    starts = [sum(steps[:n]) for n in range(len(steps))]
    notes = "\n".join(written.format(spelled(start), f"Part {n} of it") for n, start in enumerate(starts))
    assert [chapter.start for chapter in chapters_in(notes)] == starts


# ---------------------------------------------------------------- files of chapters


def document(*chapters: object) -> bytes:
    return json.dumps({"version": "1.2.0", "chapters": list(chapters)}).encode()


def test_a_file_of_chapters_is_read() -> None:
    """In order, with ends; what is not for the table of contents, has no title or no time is left out."""
    told = document(
        {"startTime": 90.5, "title": "Two &amp; <b>more</b>", "endTime": 180},
        {"startTime": 0, "title": "One", "img": "x"},
        {"startTime": 30, "title": "Picture", "toc": False},
        {"startTime": 40},
        {"startTime": "180", "title": "Three"},
        {"startTime": True, "title": "Odd"},
        {"startTime": -1, "title": "Before"},
        {"startTime": "soon", "title": "Never"},
        {"startTime": 1e300, "title": "Never"},
        {"title": "Never"},
        "junk",
    )
    assert chapters_of(told) == (
        PublishedChapter(0.0, "One"),
        PublishedChapter(90.5, "Two & more", 180.0),
        PublishedChapter(180.0, "Three"),
    )


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"chapters": 1}', b"[" * 100_000])
def test_what_is_no_file_of_chapters_is_said(body: bytes) -> None:
    """In a sentence."""
    with pytest.raises(SourceMalformed, match="file of chapters"):
        chapters_of(body)


# ---------------------------------------------------------------- links


def test_links_have_the_words_that_carry_them_and_the_time_of_their_chapter() -> None:
    """Markdown, an address behind its title, an address alone, and addresses whose place is not known."""
    notes = (
        'Our [shop](https://shop.example/?a=1 "A shop")\n\n00:00 Hello\n* Tide tables: https://tides.example/tables.\n'
        "05:00 Ferry https://ferry.example\n* [our shop](https://shop.example/?a=1)\n10:00 Bye\nhttps://www.bye.example/a/"
    )
    assert links_in(notes, ["https://tides.example/tables", "https://more.example/path/"]) == (
        EpisodeLink("shop", "https://shop.example/?a=1"),
        EpisodeLink("Tide tables", "https://tides.example/tables", 0.0),
        EpisodeLink("Ferry", "https://ferry.example", 300.0),
        EpisodeLink("bye.example/a", "https://www.bye.example/a/", 600.0),
        EpisodeLink("more.example/path", "https://more.example/path/"),
    )


def test_what_leads_nowhere_is_no_link() -> None:
    """Anchors, scripts, and words in brackets."""
    assert links_in("[a](#t=0:30) [b](javascript:alert) [c](mailto:a@b.example) [d] (e)") == ()

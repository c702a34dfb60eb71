"""What the shape of a thought shows, and what a screen reader says in its place."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.episode import Entity, EpisodePerson
from bot.domain.episodes.drawing import LONGEST_ALT, MOST_ROWS, has_shape, shape_of
from tests.unit.shape_samples import EDDA, ILSE, PERPETUA, chapter, entity, episode, evenly

SAY = FluentCatalogue().speak("en").say
SAGE = FluentCatalogue().speak("ru").say
TALK = [
    chapter(1, 0, 60, "Hello", {PERPETUA: 90, ILSE: 10}),
    chapter(2, 60, 600, "What a repeater does", {ILSE: 300, EDDA: 200, PERPETUA: 100}),
    chapter(3, 600, 660, "Buy lamps", {PERPETUA: 500}, "ad"),
    chapter(4, 660, 1000, "Pilot calls", {EDDA: 240, PERPETUA: 60}),
]
THROUGHOUT, PARTLY = entity("Repeater", 10, 300, 500, 700, 990), entity("anchor lamp", 120, 200, 400)


def test_a_row_is_a_chapter_with_what_each_says() -> None:
    """Guests first, then hosts, on each side who speaks most first; last names with what belongs to them."""
    shape = shape_of(episode(TALK, entities=[PARTLY, THROUGHOUT], duration=1000), SAY)
    assert [(one.name, one.side, one.share) for one in shape.speakers] == [
        ("van der Wrenfield", "guest", 44),
        ("Marrow", "guest", 31),
        ("Sand", "host", 25),
    ]
    assert [(row.label, row.start, row.end, row.words) for row in shape.rows] == [
        ("1  Hello", 0, 60, (0, 10, 90)),
        ("2  What a repeater does", 60, 600, (200, 300, 100)),
        ("4  Pilot calls", 660, 1000, (240, 0, 60)),
    ]
    assert shape.subtitle == "Long Watch · 16:40 · 4 chapters"
    assert [(lane.name, lane.count, len(lane.times)) for lane in shape.lanes] == [
        ("Repeater", "5 mentions", 5),
        ("anchor lamp", "3 mentions", 3),
    ]


def test_the_alt_text_gives_the_finding() -> None:
    """Chapters, length, the longest, shares with most first, what is named throughout and what in a part."""
    found = episode(TALK, entities=[PARTLY, THROUGHOUT], duration=1000)
    assert shape_of(found, SAY).alt == (
        "Time line of the episode: 4 chapters over 16:40; the longest is 2, What a repeater does, 9:00. "
        "van der Wrenfield speaks 44%, Marrow 31%, Sand 25%. "
        "Repeater is named throughout; anchor lamp only from 2:00 to 6:40."
    )
    assert shape_of(found, SAGE).alt == (
        "Лента времени эпизода: 4 главы, всего 16:40; самая длинная 2, «What a repeater does», 9:00. "
        "Доли речи: van der Wrenfield 44%, Marrow 31%, Sand 25%. "
        "«Repeater» упоминается весь эпизод, «anchor lamp» только с 2:00 до 6:40."
    )


@pytest.mark.parametrize(
    ("entities", "ending"),
    [
        ([], "Sand 25%."),
        ([THROUGHOUT], "Repeater is named throughout."),
        ([PARTLY], "anchor lamp is named only from 2:00 to 6:40."),
        ([entity("Roll", 10, 20, 900)], "Sand 25%."),  # a long pause: neither
        ([entity("Once", 10)], "Sand 25%."),
        ([entity("Twice", 10, 20)], "Sand 25%."),
        ([entity("Nell", 5, 5, 5)], "Sand 25%."),  # a part without length
    ],
)
def test_the_alt_text_says_of_what_is_named_only_what_holds(entities: list[Entity], ending: str) -> None:
    """Nothing where nothing is named throughout or in a part only."""
    assert shape_of(episode(TALK, entities=entities, duration=1000), SAY).alt.endswith(ending)


def test_what_is_too_long_is_left_out_of_the_alt_text_and_never_cut() -> None:
    """First of those who speak least, then of what is named; a long title is left to the text beside it."""
    people = [f"Keeper {'Verylongname' * 2}{letter * 9}" for letter in "abcdef"]
    words = {name: 100 - n for n, name in enumerate(people)}
    long = [chapter(1, 0, 900, "Sea " * 40, words), chapter(2, 900, 1000, "End")]
    alt = shape_of(episode(long, entities=[PARTLY], duration=1000), SAY).alt
    assert alt.startswith("Time line of the episode: 2 chapters over 16:40; the longest is 1, 15:00. Verylong")
    assert alt.endswith("anchor lamp is named only from 2:00 to 6:40.")
    assert 200 < len(alt) <= LONGEST_ALT


@pytest.mark.parametrize(
    ("say", "title", "alt"),
    [
        (SAY, "Hello.", "Time line of the episode: one part over 2:00, Hello."),
        (SAY, "Sea " * 40, "Time line of the episode: one part over 2:00."),
        (SAGE, "Огни", "Лента времени эпизода: одна часть, 2:00, «Огни»."),
    ],
)
def test_one_chapter_has_a_shape(say, title: str, alt: str) -> None:
    """There is no longest among one; nobody known speaks."""
    shape = shape_of(episode([chapter(1, 0, 120, title)]), say)
    assert (shape.alt, shape.speakers, len(shape.rows), shape.rows[0].words) == (alt, (), 1, ())


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [(1, "1 chapter", "1 глава"), (3, "3 chapters", "3 главы"), (11, "11 chapters", "11 глав"), (21, "21", "21 глава")],
)
def test_plurals_follow_the_language(count: int, english: str, russian: str) -> None:
    """In the line under the title, and in the alt text."""
    found = episode(evenly(count), entities=[entity("Lamp", *range(count + 1))])
    for say, words in ((SAY, english), (SAGE, russian)):
        shape = shape_of(found, say)
        assert f" · {words}" in shape.subtitle
        assert count == 1 or f": {words}" in shape.alt
    assert shape_of(found, SAGE).lanes[0].count.startswith(f"{count + 1} упоминани")


def test_the_shortest_neighbours_share_a_row() -> None:
    """Until there are 14; the longest gives the title, and how many more there are is said. No time is lost."""
    chapters = evenly(14)
    chapters += [chapter(15, chapters[-1].end, chapters[-1].end + 5, "Bye", {ILSE: 9})]
    rows = shape_of(episode(chapters), SAY).rows
    assert len(rows) == MOST_ROWS
    assert rows[-1].label == "14–15  What a repeater does (and 1 more)"
    assert rows[-1].words == (69, 40)
    many = shape_of(episode(evenly(40)), SAGE).rows
    assert len(many) == MOST_ROWS
    assert all(before.end == after.start for before, after in pairwise(many))
    assert sum(sum(row.words) for row in many) == 4000
    assert many[0].label == "1–3  What a repeater does (и ещё 2)"


@pytest.mark.parametrize("words", [{}, {ILSE: 200}, {ILSE: 1000, PERPETUA: 1}, {ILSE: 0, EDDA: 0}])
def test_one_who_speaks_alone_is_no_split(words: dict[str, int]) -> None:
    """Nobody known, one, or one beside a slip of whoever wrote the transcript."""
    shape = shape_of(episode([chapter(1, 0, 60, "Hello", words), chapter(2, 60, 90)]), SAY)
    assert (shape.speakers, {row.words for row in shape.rows}) == ((), {()})


def test_many_who_speak_are_taken_together() -> None:
    """Five by their names, the others as one, last on their side: not more tones than people tell apart."""
    names = [f"Ann {letter}olt" for letter in "BCDFGHJKL"]
    talk = [chapter(1, 0, 60, "All", {name: 100 - n for n, name in enumerate(names)})]
    people = [EpisodePerson(name, "host") for name in names[:2]]
    shape = shape_of(episode(talk, people=people), SAY)
    assert [one.name for one in shape.speakers] == ["Dolt", "Folt", "Golt", "others", "Bolt", "Colt"]
    assert sum(one.share for one in shape.speakers) == 100
    assert "Golt 11%, others 43%." in shape.alt
    assert sum(shape.rows[0].words) == sum(100 - n for n in range(9))


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Aaron van Wirdum", "Sjors Provoost"], ["van Wirdum", "Provoost"]),
        (["Ann Lee", "Bo Lee", "Cy Orr"], ["Ann Lee", "Bo Lee", "Orr"]),
        (["Host A", "Speaker 2"], ["Host A", "Speaker 2"]),
        (["Nell Orr, Jr.", "Ann Hay III"], ["Orr", "Hay"]),
        (["murch", "Анна Бергман"], ["murch", "Бергман"]),
    ],
)
def test_last_names_stand_where_they_tell_people_apart(names: list[str], short: list[str]) -> None:
    """Else whole names; a label is no name."""
    talk = [chapter(1, 0, 60, "All", {name: 100 - n for n, name in enumerate(names)})]
    assert [one.name for one in shape_of(episode(talk, people=()), SAY).speakers] == short


def test_who_speaks_has_no_lane_and_few_have_one() -> None:
    """The four most named, most first; one mention has no shape; times outside the episode are none."""
    others = [entity(f"Thing {n}", *range(n)) for n in range(1, 8)]
    found = episode(TALK, entities=[entity(ILSE, *range(50)), *others, entity("Late", 1, 2000)], duration=1000)
    lanes = shape_of(found, SAY).lanes
    assert [lane.name for lane in lanes] == ["Thing 7", "Thing 6", "Thing 5", "Thing 4"]
    assert shape_of(episode(TALK, entities=[entity("Late", 1, 2000, -5, 3)]), SAY).lanes[0].times == (1, 3)


def test_guessed_times_are_called_so() -> None:
    """A time line of guesses must not look like one of facts."""
    assert shape_of(episode(TALK, times="estimated", show=None), SAY).subtitle == "16:40 · 4 chapters · times estimated"


def test_long_titles_get_shorter_without_a_mark() -> None:
    """Where a part of them ends, else with a whole word; what fits stays as it is, and all fit into one picture."""
    titles = ["The pension of a keeper: what happens when the board that promised it " + "is merged " * 20, "Sea " * 99]
    whole = "Why the second keeper stayed on the rock all winter and nobody asked for sixty days"
    talk = [chapter(n, n * 60, n * 60 + 60, title) for n, title in enumerate([*titles, whole, "x" * 300], 1)]
    labels = [row.label.partition("  ")[2] for row in shape_of(episode(talk), SAY).rows]
    assert titles[0].startswith(labels[0])
    assert (labels[1], labels[2], labels[3]) == (("Sea " * 30).strip(), whole, "x" * 120)
    many = shape_of(episode(evenly(14, title=titles[0])), SAY).rows
    assert sum(len(row.label) for row in many) < 950
    assert "…" not in "".join(labels)


@pytest.mark.parametrize(
    "found",
    [
        episode(TALK, transcript=None),
        episode([]),
        episode([chapter(1, 0, 60, kind="ad")]),
        episode([chapter(1, 60, 60)]),
    ],
)
def test_without_a_transcript_or_chapters_there_is_no_shape(found) -> None:
    """Asked first; then drawn all the same, it is an error."""
    assert not has_shape(found)
    with pytest.raises(ValueError, match="has no shape"):
        shape_of(found, SAY)
    assert has_shape(episode(TALK))


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.floats(0.01, 4000), min_size=1, max_size=45),
    title=st.text(max_size=300),
    names=st.lists(st.text(min_size=1, max_size=500), max_size=9, unique=True),
    times=st.lists(st.floats(-10, 90_000), max_size=9),
    russian=st.booleans(),
)
def test_whatever_is_told_the_shape_holds(
    lengths: list[float], title: str, names: list[str], times: list[float], russian: bool
) -> None:
    """Rows in order within the duration, words for each who speaks, percents of a hundred, a short alt text."""
    chapters, start = [], 0.0
    for number, length in enumerate(lengths, 1):
        words = {name: (number * 7 + n * 13) % 50 for n, name in enumerate(names)}
        chapters.append(chapter(number, start, start + length, title, words))
        start += length
    found = episode(chapters, title=title, entities=[entity(title or "x", *times)], people=())
    shape = shape_of(found, SAGE if russian else SAY)
    assert 1 <= len(shape.rows) <= MOST_ROWS
    assert all(0 <= row.start < row.end <= shape.duration for row in shape.rows)
    assert {len(row.words) for row in shape.rows} == {len(shape.speakers)}
    assert sum(one.share for one in shape.speakers) in (0, 100)
    assert len(shape.speakers) != 1
    assert 20 < len(shape.alt) <= LONGEST_ALT
    assert "\n" not in shape.alt + shape.title + "".join(row.label for row in shape.rows)

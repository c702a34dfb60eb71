"""Pictures: everything has its place, nothing touches, and what comes out is a small file that is always the same."""

import io
from itertools import combinations

import pytest
from PIL import Image

from adapters.locale.catalogue import FluentCatalogue
from adapters.pictures.drawing import MOST_BYTES, MOST_COLOURS, Drawing, draw
from adapters.pictures.layout import (
    DOTS_PER_INCH,
    FAINT,
    ONE_TONE,
    QUIET,
    SMALL,
    TITLE,
    TONES,
    WIDTH,
    Box,
    Line,
    laid_out,
    tones,
    wrapped,
)
from adapters.pictures.lettering import drawable, lettered, measure
from adapters.wire.cores import InProcess
from bot.domain.episode import EpisodePerson
from bot.domain.episodes.drawing import shape_of
from bot.domain.shape import Shape, ShapeLane, ShapeRow, ShapeSpeaker
from tests.unit.shape_samples import ILSE, PERPETUA, chapter, entity, episode, evenly

SAY = FluentCatalogue().speak("en").say
LONG = "What happens to the pension of a keeper when the board that promised it was merged twice"
SIX = {f"Ann {letter * 12}olt": 50 + n for n, letter in enumerate("BCDFGH")}
LAMPS = [entity("Repeater", *range(0, 500, 7)), entity("Anchor lamp", 100, 130, 190)]
HOSTILE = [
    chapter(1, 0, 60, "$x^2$ \\frac{a}{b} for $5", {"A" * 500: 50, "שם המשפחה": 40, "中文名字": 30}),
    chapter(2, 60, 70, "line\nbreak 🎙️🚀 emoji \u202e\x00"),
    chapter(3, 70, 90, "שלום עולם זה פרק ארוך מאוד"),
    chapter(4, 90, 99, "مرحبا بالعالم"),
    chapter(5, 99, 100, "中文标题"),
    chapter(6, 100, 180, "W" * 500),
    chapter(7, 180, 180.1, ""),
]
SHAPES = {
    "one": shape_of(episode([chapter(1, 0, 60, "Hello", {ILSE: 5, PERPETUA: 6})]), SAY),
    "eleven": shape_of(episode(evenly(11, title="Why anchor lamps need a hand"), entities=LAMPS), SAY),
    "forty": shape_of(episode(evenly(40, title=LONG), entities=LAMPS, title=LONG * 2), SAY),
    "nobody": shape_of(episode([chapter(n, n * 90, n * 90 + 90) for n in range(9)], show=None), SAY),
    "six": shape_of(
        episode(
            [chapter(n, n * 60, n * 60 + 60, LONG, SIX) for n in range(8)],
            people=[EpisodePerson(name, "host") for name in list(SIX)[:3]],
        ),
        SAY,
    ),
    "twelve hours": shape_of(
        episode(evenly(30), duration=43_200, entities=[entity("Lamp", *range(0, 43_200, 9))]), SAY
    ),
    "seconds": shape_of(episode([chapter(1, 0, 0.5, "Blink")]), SAY),
    "hostile": shape_of(
        episode(HOSTILE, entities=[entity("E" * 500, 1, 2), entity("实体", 1, 2)], title="$\\alpha$ 🎙️", show="s" * 500),
        SAY,
    ),
}


def touch(one: Line | Box, other: Line | Box) -> bool:
    """Whether two things share a pixel; widths of text are known to a pixel or so."""
    heights = [it.style.line if isinstance(it, Line) else it.height for it in (one, other)]
    return (
        one.x + 1 < other.x + other.width
        and other.x + 1 < one.x + one.width
        and one.y < other.y + heights[1]
        and other.y < one.y + heights[0]
    )


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_touches_and_nothing_is_cut(name: str) -> None:
    """Lines of text stand apart from each other and from everything but the faint lines behind them, inside."""
    shape = lettered(SHAPES[name])
    page = laid_out(shape, measure)
    solid = [box for box in page.boxes if box.colour != FAINT]
    for one, other in combinations(page.lines, 2):
        assert not touch(one, other), (one, other)
    assert [(line, box) for line in page.lines for box in solid if touch(line, box)] == []
    things: list[Line | Box] = [*page.lines, *page.boxes]
    assert all(it.x >= 39 and it.x + it.width <= WIDTH - 39 for it in things)
    assert all(0 < it.y < page.height for it in things)
    written = "".join(line.text for line in page.lines).replace(" ", "")
    assert all(row.label.partition("  ")[2].replace(" ", "") in written for row in shape.rows)


def test_no_letter_is_smaller_than_people_can_read() -> None:
    """20 points at 100 dots an inch."""
    assert DOTS_PER_INCH == 100
    assert min(line.style.size for line in laid_out(SHAPES["eleven"], measure).lines) >= 20


def test_a_title_stands_on_the_side_with_room() -> None:
    """Beside its bar at the start and at the end of the time line; above it where it fills the line."""

    def titled(start: float, end: float) -> tuple[Line, Box]:
        row = ShapeRow("1  A title of a few words", start, end, ())
        page = laid_out(Shape("T", "S", 100, (), (row,), (), "", ""), measure)
        bar = next(box for box in page.boxes if box.colour == ONE_TONE)
        return next(line for line in page.lines if line.text.startswith("A title")), bar

    first, bar = titled(0, 10)
    assert first.x > bar.x + bar.width
    last, bar = titled(90, 100)
    assert last.x + last.width < bar.x
    whole, bar = titled(0, 100)
    assert whole.y + whole.style.line <= bar.y
    assert bar.width == 920


def test_a_bar_is_split_by_the_words_in_the_order_of_the_legend() -> None:
    """To the pixel; who says nothing in a chapter has no part of it, and where nobody does it is of no tone."""
    speakers = (ShapeSpeaker("A", "guest", 50), ShapeSpeaker("B", "guest", 25), ShapeSpeaker("C", "host", 25))
    rows = (ShapeRow("1  x", 0, 50, (50, 0, 50)), ShapeRow("2  y", 50, 100, (0, 0, 0)))
    page = laid_out(Shape("T", "S", 100, speakers, rows, (), "", ""), measure)
    colours = tones(speakers)
    assert colours == [*TONES["guest"][:2], TONES["host"][0]]
    bars = [box for box in page.boxes if box.width == 460]
    assert [(box.colour, box.height) for box in bars] == [(colours[0], 21), (colours[2], 21), (QUIET, 42)]
    assert bars[0].y + 21 == bars[1].y


def test_a_lane_has_a_tick_a_mention_and_a_line_between_the_first_and_the_last() -> None:
    """Ticks that touch are one."""
    lane = ShapeLane("Lamp", "4 mentions", (0.0, 50.0, 50.1, 100.0))
    page = laid_out(Shape("T", "S", 100, (), (ShapeRow("1  x", 0, 100, ()),), (lane,), "Named", ""), measure)
    ticks = [box for box in page.boxes if box.height == 15]
    assert [(box.x, box.width) for box in ticks] == [(40, 4), (498, 5), (956, 4)]


@pytest.mark.parametrize("length", [0.5, 14, 90, 2237, 7300, 43_200, 90_000])
def test_a_time_line_has_a_few_times(length: float) -> None:
    """From nought on, in steps that people count in."""
    page = laid_out(Shape("T", "S", length, (), (ShapeRow("1", 0, length, ()),), (), "", ""), measure)
    times = [line.text for line in page.lines if line.style is SMALL and ":" in line.text]
    assert times[0] == "0:00"
    assert len(times) <= 9
    assert len(times) >= (4 if length > 60 else 1)


def test_lines_are_as_equal_as_possible() -> None:
    """No last line of one short word; a word longer than the room is broken, and nothing of it lost."""
    lines, broken = wrapped("How to read a dead signal from the far side of it", TITLE, 620, measure)
    assert (len(lines), broken) == (2, False)
    assert measure(lines[1], TITLE) > 0.7 * measure(lines[0], TITLE)
    lines, broken = wrapped("W" * 90, TITLE, 300, measure)
    assert ("".join(lines), broken) == ("W" * 90, True)
    assert max(measure(line, TITLE) for line in lines) <= 300
    assert wrapped("", TITLE, 300, measure) == ([], False)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A plain title", "A plain title"),
        ("Огни, που ανάβουν", "Огни, που ανάβουν"),
        ("rocket 🚀\u202e\u200b and\n\tmore", "rocket and more"),
        ("日本語 in three words", "in three words"),
        ("日本語のタイトル", ""),
        ("e\u0301te\u0301", "été"),
        ("🚀", ""),
    ],
)
def test_what_the_font_lacks_is_left_out(text: str, left: str) -> None:
    """All of it where little would remain; what cannot be seen anyway counts for nothing."""
    assert drawable(text) == left


async def test_a_picture_is_small_and_always_the_same() -> None:
    """1,000 pixels wide, at most 128 colours, under 80 KB, about as high as eleven chapters need; only pixels in it."""
    data = await Drawing(InProcess()).shape(SHAPES["eleven"])
    assert data == draw(SHAPES["eleven"])
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode, image.width) == ("PNG", "P", WIDTH)
        assert 800 < image.height < 1400
        assert image.info == {}
        assert 8 < len(image.getcolors(256) or ()) <= MOST_COLOURS
        colours = {colour for _, colour in image.convert("RGB").getcolors(256) or ()}
    assert {(0xF0, 0xB4, 0x52), (0x8F, 0xB7, 0xE8)} <= colours
    assert len(data) < MOST_BYTES


@pytest.mark.parametrize("name", ["forty", "hostile"])
def test_hostile_and_long_texts_are_drawn_without_a_warning(name: str) -> None:
    """Formulas, line breaks, letters the font lacks; the largest picture is not too large."""
    data = draw(SHAPES[name])
    with Image.open(io.BytesIO(data)) as image:
        assert image.width == WIDTH
    assert len(data) < MOST_BYTES

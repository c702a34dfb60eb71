"""Where everything in the shape of a thought stands, in pixels: boxes and lines of text that never touch.

Titles stand beside their bars on the side with room, in two lines where one is not enough; where a bar leaves no room
on either side, above it. Nothing is cut: what needs more lines makes its row higher.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bot.domain.durations import duration
from bot.domain.shape import Shape, ShapeLane, ShapeRow, ShapeSpeaker

WIDTH: Final = 1000
DOTS_PER_INCH: Final = 100
GROUND: Final = "#141a26"
BRIGHT: Final = "#f4efe6"
QUIET: Final = "#a9b2c0"
FAINT: Final = "#263042"
BEAM: Final = "#b5bccb"
ONE_TONE: Final = "#8fb7e8"
TONES: Final = {
    "guest": ("#f0b452", "#c9773a", "#f8dfae", "#e08a86", "#8d5b3d", "#bb74a6"),
    "host": ("#8fb7e8", "#4f75ad", "#d3e4fa", "#5fb3ae", "#3c5c86", "#9088d4"),
}
"""Warm for guests, cool for hosts; neighbours differ in lightness, so that they differ without colour too."""

_MARGIN, _RIGHT = 40, WIDTH - 40
_BAR, _BETWEEN_ROWS, _BESIDE = 42, 16, 16
_SWATCH = 26
_LEAST_BAR = 4
"""Pixels: half a minute of twelve hours is seen."""
_LEAST_ROOM = 160
"""Pixels beside a bar into which a title is put."""
_STEPS: Final = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600)
"""Seconds between two lines of the time line."""
_MOST_LINES, _APART = 9, 16
"""Of the time line, and pixels between their times at the least."""
_TICK_WIDTH, _TICK_HEIGHT = 4, 15
_LINE = 1.18
"""Height of a line, in sizes of its letters: ascent and descent of the font."""
_BROKEN = 1000
"""Pixels of height that a place is worth in which no word has to be broken."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `size` in points."""

    size: int
    colour: str
    bold: bool = False

    @property
    def line(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * DOTS_PER_INCH / 72 * _LINE)


HEADING: Final = Style(27, BRIGHT, bold=True)
TITLE: Final = Style(21, BRIGHT)
NAMED: Final = Style(20, BRIGHT, bold=True)
LEGEND: Final = Style(20, BRIGHT)
SMALL: Final = Style(20, QUIET)

Measure = Callable[[str, Style], float]
"""How many pixels wide a text is."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of one colour; `x` and `y` are its upper left corner, `y` grows downward."""

    x: int
    y: int
    width: int
    height: int
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and the room it takes."""

    x: float
    y: float
    width: float
    text: str
    style: Style


@dataclass(slots=True)
class Page:
    """What is on the picture, in the order in which it is drawn."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    height: int = 0
    """Up to which it is filled."""


def laid_out(shape: Shape, measure: Measure) -> Page:
    """The whole picture. All texts can be drawn as they are: see `lettering`."""
    page = Page(height=_MARGIN - 4)
    for text, style in ((shape.title, HEADING), (shape.subtitle, SMALL)):
        _paragraph(page, text, style, measure)
    _legend(page, shape.speakers, measure)
    top, grid = page.height + 14, len(page.boxes)
    page.height = top + 16
    colours = tones(shape.speakers)
    for row in shape.rows:
        _row(page, row, colours, shape.duration, measure)
    _time_line(page, top, grid, shape.duration, measure)
    if shape.lanes:
        page.height += 26
        _paragraph(page, shape.lanes_label, SMALL, measure)
        for lane in shape.lanes:
            _lane(page, lane, shape.duration, measure)
    page.height += _MARGIN
    return page


def tones(speakers: Sequence[ShapeSpeaker]) -> list[str]:
    """The colour of each in the legend."""
    left = {side: iter(colours) for side, colours in TONES.items()}
    return [next(left[speaker.side], QUIET) for speaker in speakers]


def wrapped(text: str, style: Style, room: float, measure: Measure) -> tuple[list[str], bool]:
    """The lines of a text in so many pixels, and whether a word had to be broken for it.

    As few lines as possible, and these as equal as possible: a last line of one short word is ugly.
    """
    pieces = [list(_pieces(word, style, room, measure)) for word in text.split()]
    words = [(piece, measure(piece, style)) for parts in pieces for piece in parts]
    broken = any(len(parts) > 1 for parts in pieces)
    blank = measure("a a", style) - measure("aa", style)
    lines = _filled(words, blank, room)
    if len(lines) < 2 or broken:
        return lines, broken
    low, high = max(width for _, width in words), room
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (middle, high) if len(_filled(words, blank, middle)) > len(lines) else (low, middle)
    return _filled(words, blank, high), False


def _filled(words: Sequence[tuple[str, float]], blank: float, room: float) -> list[str]:
    """Each line as full as it gets with words of these widths."""
    lines: list[str] = []
    used = room
    for word, width in words:
        if used + blank + width <= room:
            lines[-1] += f" {word}"
            used += blank + width
        else:
            lines.append(word)
            used = width
    return lines


def _pieces(word: str, style: Style, room: float, measure: Measure) -> Iterator[str]:
    """A word in pieces that fit."""
    while len(word) > 1 and (width := measure(word, style)) > room:
        many = max(1, int(len(word) * room / width))
        while many > 1 and measure(word[:many], style) > room:
            many -= 1
        yield word[:many]
        word = word[many:]
    yield word


def _paragraph(page: Page, text: str, style: Style, measure: Measure) -> None:
    for line in wrapped(text, style, _RIGHT - _MARGIN, measure)[0]:
        page.lines.append(Line(_MARGIN, page.height, measure(line, style), line, style))
        page.height += style.line
    page.height += 6


def _legend(page: Page, speakers: Sequence[ShapeSpeaker], measure: Measure) -> None:
    if not speakers:
        return
    page.height += 14
    x = float(_MARGIN)
    for speaker, colour in zip(speakers, tones(speakers), strict=True):
        words = f"{speaker.name} {speaker.share}%".strip()
        lines, _ = wrapped(words, LEGEND, _RIGHT - _MARGIN - _SWATCH - 10, measure)
        width = _SWATCH + 10 + max(measure(line, LEGEND) for line in lines)
        if x > _MARGIN and x + width > _RIGHT:
            x = float(_MARGIN)
            page.height += LEGEND.line + 8
        page.boxes.append(Box(round(x), page.height + 4, _SWATCH, _SWATCH, colour))
        for line in lines:
            page.lines.append(Line(x + _SWATCH + 10, page.height, measure(line, LEGEND), line, LEGEND))
            page.height += LEGEND.line
        page.height -= LEGEND.line
        x += width + 28
    page.height += LEGEND.line + 8


# ---------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a title may stand, and how much height its row takes then."""

    lines: Sequence[str]
    x: float
    cost: int
    above: bool = False


def _row(page: Page, row: ShapeRow, colours: Sequence[str], length: float, measure: Measure) -> None:
    left, right = _x(row.start, length), _x(row.end, length)
    right = min(_RIGHT, max(right, left + _LEAST_BAR))
    left = min(left, right - _LEAST_BAR)
    number, _, title = row.label.partition("  ")
    indent = measure(number, TITLE) + (measure("  ", TITLE) if title else 0)
    place = min(_places(left, right, title, indent, measure), key=lambda one: one.cost)
    high = max(1, len(place.lines)) * TITLE.line
    text_top = page.height if place.above else page.height + max(0, _BAR - high) // 2
    bar_top = page.height + high + 4 if place.above else page.height + max(0, high - _BAR) // 2
    page.lines.append(Line(place.x, text_top, measure(number, TITLE), number, TITLE))
    for at, line in enumerate(place.lines):
        page.lines.append(
            Line(place.x + indent, text_top + at * TITLE.line, measure(line, TITLE), line, TITLE),
        )
    page.boxes.extend(_bar(left, bar_top, right - left, row.words, colours))
    page.height += (high + 4 + _BAR if place.above else max(high, _BAR)) + _BETWEEN_ROWS


def _places(left: int, right: int, title: str, indent: float, measure: Measure) -> Iterator[_Place]:
    """To the right, to the left, above: the first of the lowest is taken."""
    for room, to_left in ((_RIGHT - right - _BESIDE, False), (left - _BESIDE - _MARGIN, True)):
        if room < max(_LEAST_ROOM, indent + 40) and (title or room < indent):
            continue
        lines, broken = wrapped(title, TITLE, room - indent, measure)
        wide = indent + max((measure(line, TITLE) for line in lines), default=0.0)
        x = left - _BESIDE - wide if to_left else right + _BESIDE
        yield _Place(lines, x, max(len(lines) * TITLE.line, _BAR) + broken * _BROKEN)
    lines, broken = wrapped(title, TITLE, _RIGHT - _MARGIN - indent, measure)
    wide = indent + max((measure(line, TITLE) for line in lines), default=0.0)
    cost = max(1, len(lines)) * TITLE.line + 4 + _BAR + broken * _BROKEN
    yield _Place(lines, max(_MARGIN, min(left, _RIGHT - wide)), cost, above=True)


def _bar(left: int, top: int, width: int, words: Sequence[int], colours: Sequence[str]) -> Iterator[Box]:
    """One part a speaker, in the order of the legend; of one tone where nobody is known to speak."""
    total = sum(words)
    if not total:
        yield Box(left, top, width, _BAR, QUIET if colours else ONE_TONE)
        return
    before = spoken = 0
    for count, colour in zip(words, colours, strict=True):
        spoken += count
        until = round(_BAR * spoken / total)
        if until > before:
            yield Box(left, top + before, width, until - before, colour)
        before = until


def _x(seconds: float, length: float) -> int:
    return round(_MARGIN + (_RIGHT - _MARGIN) * min(1.0, max(0.0, seconds / length)))


def _time_line(page: Page, top: int, under: int, length: float, measure: Measure) -> None:
    """Upright lines behind everything from `top` to here, and their times under them."""
    below, height = page.height + 6, page.height - top
    for step in (*_STEPS, int(length) + 1):
        times = [_time(second, length, below, measure) for second in range(0, int(length) + 1, step)[: _MOST_LINES + 1]]
        if len(times) <= _MOST_LINES and all(a.x + a.width + _APART <= b.x for a, b in pairwise(times)):
            break
    seconds = range(0, int(length) + 1, step)
    page.boxes[under:under] = [Box(_x(second, length) - 1, top, 2, height, FAINT) for second in seconds]
    page.lines += times
    page.height = below + SMALL.line


def _time(second: int, length: float, below: int, measure: Measure) -> Line:
    """A time under its line; the first and the last stay inside the picture."""
    text = duration(second)
    width = measure(text, SMALL)
    x = _x(second, length) - width / 2
    return Line(max(_MARGIN, min(x, _RIGHT - width)), below, width, text, SMALL)


# ---------------------------------------------------------------- lanes


def _lane(page: Page, lane: ShapeLane, length: float, measure: Measure) -> None:
    """Name and count; under them a line from the first mention to the last, and a tick each."""
    page.height += 2
    width = measure(lane.count, SMALL)
    lines, _ = wrapped(lane.name, NAMED, _RIGHT - _MARGIN - width - 30, measure)
    page.lines.append(Line(_RIGHT - width, page.height, width, lane.count, SMALL))
    for line in lines:
        page.lines.append(Line(_MARGIN, page.height, measure(line, NAMED), line, NAMED))
        page.height += NAMED.line
    base = page.height + 2 + _TICK_HEIGHT
    page.boxes.append(Box(_MARGIN, base - 1, _RIGHT - _MARGIN, 2, FAINT))
    if lane.times:
        first, last = _x(lane.times[0], length), _x(lane.times[-1], length)
        page.boxes.append(Box(first, base - 1, max(last - first, _TICK_WIDTH), 3, BEAM))
    for left, right in _ticks(lane.times, length):
        page.boxes.append(Box(left, base - _TICK_HEIGHT + 1, right - left, _TICK_HEIGHT, BRIGHT))
    page.height = base + 18


def _ticks(times: Sequence[float], length: float) -> list[tuple[int, int]]:
    """From where to where there are ticks; those that touch are one."""
    runs: list[tuple[int, int]] = []
    for time in times:
        left = max(_MARGIN, min(_x(time, length) - _TICK_WIDTH // 2, _RIGHT - _TICK_WIDTH))
        if runs and left <= runs[-1][1]:
            runs[-1] = (runs[-1][0], left + _TICK_WIDTH)
        else:
            runs.append((left, left + _TICK_WIDTH))
    return runs

"""The letters of pictures: DejaVu Sans, which the plotting library brings along, so pictures are the same everywhere.

It has Latin, Greek, Cyrillic, Hebrew, Arabic and more, but no Chinese, Japanese or Korean, and few emoji. What it lacks
is left out; a text of which less than half would be left is left out as a whole.
"""

import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from adapters.pictures.layout import DOTS_PER_INCH, Style
from bot.domain.shape import Shape

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

_FILES: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_VARIANTS: Final = range(0xFE00, 0xFE10)
"""Selectors of variants, which the font would print."""


@cache
def font_file(*, bold: bool) -> Path:
    """Where a font is."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[bold]


@cache
def _font(*, bold: bool, size: int) -> "FT2Font":
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_file(bold=bold)))  # of its own: the library sets other sizes on those that it keeps
    font.set_size(size, DOTS_PER_INCH)
    return font


@cache
def _letters() -> frozenset[int]:
    """The code points that both weights have."""
    from matplotlib.ft2font import FT2Font

    regular, bold = (FT2Font(str(font_file(bold=bold))).get_charmap() for bold in (False, True))
    return frozenset(regular).intersection(bold)


def measure(text: str, style: Style) -> float:
    """How wide a drawable text is, in pixels."""
    if not text:
        return 0.0
    from matplotlib.ft2font import LoadFlags

    font = _font(bold=style.bold, size=style.size)
    font.set_text(text, 0.0, flags=LoadFlags.DEFAULT)  # hinted as on the canvas
    return float(font.get_width_height()[0]) / 64


def drawable(text: str) -> str:
    """One line of what the font has; empty where too little of a text would be left."""
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    kept = "".join(letter for letter in flat if _has(letter))
    if 2 * len(kept.replace(" ", "")) < len([letter for letter in flat if not _is_hidden(letter) and letter != " "]):
        return ""
    return " ".join(kept.split())


def _has(letter: str) -> bool:
    return ord(letter) in _letters() and not _is_hidden(letter)


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _HIDDEN or ord(letter) in _VARIANTS


def lettered(shape: Shape) -> Shape:
    """The shape with texts that can be drawn; lanes without a name are left out."""
    return replace(
        shape,
        title=drawable(shape.title),
        subtitle=" · ".join(filter(None, map(drawable, shape.subtitle.split(" · ")))),
        speakers=tuple(replace(one, name=drawable(one.name)) for one in shape.speakers),
        rows=tuple(replace(row, label=_label(row.label)) for row in shape.rows),
        lanes=tuple(
            replace(lane, name=drawable(lane.name), count=drawable(lane.count))
            for lane in shape.lanes
            if drawable(lane.name)
        ),
        lanes_label=drawable(shape.lanes_label),
    )


def _label(label: str) -> str:
    """The number stays apart from the title by two blanks."""
    number, _, title = label.partition("  ")
    return "  ".join(filter(None, (drawable(number), drawable(title))))

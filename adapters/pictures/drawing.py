"""Draws the shape of a thought with matplotlib, in a worker process: quick to draw, slow to import."""

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from adapters.pictures.layout import DOTS_PER_INCH, GROUND, WIDTH, Line, Page, laid_out
from bot.domain.shape import Shape
from bot.ports.cores import Cores

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

MOST_COLOURS: Final = 128
MOST_BYTES: Final = 80_000
_FEWER_COLOURS: Final = (MOST_COLOURS, 32, 16)
_LIMIT: Final = timedelta(seconds=30)
_ASCENT: Final = 0.928
"""Of the font, in sizes of its letters."""


class Drawing:
    """Implements `bot.ports.recordings.Pictures`."""

    def __init__(self, cores: Cores) -> None:
        self._cores = cores

    async def shape(self, shape: Shape) -> bytes:
        """The shape of a thought as a PNG; raises CoresError where it could not be drawn."""
        return await self._cores.call(draw, shape, limit=_LIMIT)


def draw(shape: Shape) -> bytes:
    """A PNG of at most 128 colours and 80 KB, 1,000 pixels wide; the same shape gives the same bytes."""
    from adapters.pictures.lettering import lettered, measure

    return _packed(_painted(laid_out(lettered(shape), measure)))


def _painted(page: Page) -> "Image":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import IdentityTransform
    from PIL import Image

    size = (WIDTH / DOTS_PER_INCH, page.height / DOTS_PER_INCH)
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=GROUND)
    canvas = FigureCanvasAgg(figure)
    pixels = IdentityTransform()
    for box in page.boxes:
        corner = (box.x, page.height - box.y - box.height)
        figure.add_artist(
            Rectangle(corner, box.width, box.height, color=box.colour, lw=0, antialiased=False, transform=pixels)
        )
    for line in page.lines:
        _write(figure, line, page.height)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels_drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    return Image.frombuffer("RGBA", canvas.get_width_height(), pixels_drawn).convert("RGB")


def _write(figure: "Figure", line: Line, height: int) -> None:
    """A line of text; nothing in it is a formula."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.transforms import IdentityTransform

    from adapters.pictures.lettering import font_file

    baseline = line.y + line.style.size * DOTS_PER_INCH / 72 * _ASCENT
    figure.text(
        line.x,
        height - round(baseline),
        line.text,
        transform=IdentityTransform(),
        ha="left",
        va="baseline",
        color=line.style.colour,
        fontproperties=FontProperties(fname=font_file(bold=line.style.bold), size=line.style.size),
        parse_math=False,
        usetex=False,
    )


def _packed(image: "Image") -> bytes:
    """With fewer colours where it would be too large; nothing in it but pixels."""
    from PIL import Image

    packed = b""
    for colours in _FEWER_COLOURS:
        into = BytesIO()
        fewer = image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        fewer.save(into, "PNG", optimize=True)
        packed = into.getvalue()
        if len(packed) <= MOST_BYTES:
            break
    return packed

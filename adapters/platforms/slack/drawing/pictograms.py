"""Small pictures of our own, drawn in the page: signs on buttons, faces beside messages."""

from typing import Final

from adapters.wire.elements import Markup, element

_PATHS: Final = {
    "channel": "M10 4 8 20M16 4l-2 16M4.500 9h15M3.500 15h15",
    "eye": "M2 12q10-12 20 0q-10 12-20 0zM12 9.500a2.500 2.500 0 1 0 .01 0z",
    "down": "M6 9.500l6 6 6-6",
    "close": "M5.500 5.500l13 13M18.500 5.500l-13 13",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "useful": "M4 10.500h3.500V20H4zM7.500 11l4.500-7q3 .5 2 6h5q1.500.5 1 2.500l-2 6q-.5 1.500-2 1.500H7.500",
    "clock": "M12 3.500a8.500 8.500 0 1 0 .01 0zM12 7.500V12l3 2.500",
    "day": "M4.500 6h15v14h-15zM4.500 10.500h15M8.500 3.500V7M15.500 3.500V7",
}
_COLOURS: Final = ("#4a5bd0", "#2c7d68", "#a2577a", "#8a6d3b", "#4f7f3f", "#7a5ba8")


def icon(name: str) -> Markup:
    """A sign in the colour of the text beside it."""
    turned = name == "not-useful"
    drawn = _PATHS["useful" if turned else name]
    turn = "rotate(180 12 12)" if turned else None
    path = element("path", d=drawn, fill="none", stroke="currentColor", stroke_width="1.9", transform=turn)
    return element("svg", path, viewBox="0 0 24 24", aria_hidden="true")


def face(author: str, *, is_app: bool) -> Markup:
    """Ours: two voices that answer each other. Of people, the first letter."""
    if not is_app:
        colour = _COLOURS[sum(map(ord, author)) % len(_COLOURS)]
        return element("span", author[:1].upper(), style=f"background:{colour}", aria_hidden="true")
    strokes = {"fill": "none", "stroke_width": "3.4", "stroke_linecap": "round"}
    return element(
        "svg",
        element("rect", width="40", height="40", fill="#1b2333"),
        element("path", d="M11 15h8q7 0 7 7v1", stroke="#efb24f", **strokes),
        element("path", d="M29 25h-8q-7 0-7-7v-1", stroke="#8db5e6", **strokes),
        element("circle", cx="10", cy="15", r="3.4", fill="#efb24f"),
        element("circle", cx="30", cy="25", r="3.4", fill="#8db5e6"),
        viewBox="0 0 40 40",
        aria_hidden="true",
    )

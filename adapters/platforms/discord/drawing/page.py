"""A page that looks like Discord, drawn from payloads: to show the product without a token, and to look at it in tests.

One file that asks nothing of the network: style inside, pictures drawn. Order, wording and counts are as people see
them; fonts, colours and corners are close. A select opens when pressed; nothing else does anything.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from itertools import groupby
from typing import Final

from adapters.platforms.discord.drawing.client_words import word
from adapters.platforms.discord.drawing.markdown import (
    Instant,
    Line,
    Link,
    Mention,
    Spans,
    Styled,
    Words,
    plain_text,
    read,
)
from adapters.platforms.discord.drawing.scene import (
    Aside,
    Form,
    Opened,
    Quoted,
    Reader,
    Scene,
    Shown,
    attachments,
    file_name,
    kind_of,
    many,
    options,
    parts,
    text_of,
)
from adapters.platforms.discord.payloads import (
    BUTTON,
    CHECKBOX,
    CHOICES,
    CONTAINER,
    FILE,
    GALLERY,
    LABEL,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    TEXT,
    TEXT_INPUT,
    THUMBNAIL,
    UPLOAD,
    Json,
)
from adapters.wire.elements import Markup, address, element, joined

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing and run nothing."""
_MESSAGES: Final = "https://discord.com/channels/"
"""Addresses of messages lead to where they stand on the page, and nowhere else."""


def page(scenes: Iterable[Scene], *, title: str, intro: str = "", language: str = "en") -> str:
    """A whole HTML document of scenes one under the other. `title` and `intro` are ours; payloads are untrusted."""
    style = files("adapters.platforms.discord.drawing").joinpath("page.css").read_text("utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", Markup(style)),
    )
    told = element("header", element("h1", title), *([element("p", intro)] if intro else []))
    body = element("body", element("main", told, *(_scene(scene) for scene in scenes)))
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"


# ---------------------------------------------------------------- a scene and its messages


def _scene(scene: Scene) -> Markup:
    bar = element("div", _icon(scene.kind), element("span", scene.name), class_="bar")
    log = element("div", *(_entry(entry, scene) for entry in scene.entries), class_="log")
    caption = [element("h2", scene.caption)] if scene.caption else []
    return element("section", *caption, element("div", bar, log, class_="client"), lang=scene.language)


def _entry(entry: Shown | Form | Aside, scene: Scene) -> Markup:
    match entry:
        case Shown():
            return _shown(entry, scene)
        case Form(payload):
            return _form(payload, scene)
        case Aside(text):
            return element("p", text, class_="aside")


def _shown(shown: Shown, scene: Scene) -> Markup:
    reader = Reader(scene, shown.at)
    drawing = _Drawing(reader, shown.open_select)
    content = text_of(shown.payload, "content")
    inside = [
        _head(shown, scene),
        *([element("div", _text(content, reader), class_="text")] if content else []),
        *(_file(text_of(file, "filename"), text_of(file, "description")) for file in attachments(shown.payload)),
        *drawing.all(shown.payload),
        *([_thread(shown.thread, scene)] if shown.thread else []),
        *([_private(scene.language)] if shown.private else []),
    ]
    figure = element("div", _figure(shown), class_="figure")
    body = element("div", figure, element("div", *inside, class_="body"), class_="beside")
    anchor = _target(shown.url).lstrip("#") if shown.url else None
    above = [_reply(shown.reply_to, reader)] if shown.reply_to else []
    return element("article", *above, body, id=anchor)


def _head(shown: Shown, scene: Scene) -> Markup:
    mark = [element("span", word("app", scene.language), class_="app")] if shown.is_app else []
    at = element("time", f"{shown.at.astimezone(scene.zone):%H:%M}")
    return element("div", element("b", shown.author), *mark, at, class_="head")


def _reply(quoted: Quoted, reader: Reader) -> Markup:
    mark = [element("span", word("app", reader.scene.language), class_="app")] if quoted.is_app else []
    said = element("span", reader.plain(quoted.text), class_="cut")
    return element("div", element("i"), *mark, element("b", quoted.author), said, class_="reply")


def _thread(opened: Opened, scene: Scene) -> Markup:
    count = element("span", f"{many(opened.messages, scene.language)} ›")
    return element("div", element("b", opened.name), " ", count, class_="thread")


def _private(language: str) -> Markup:
    seen = [_icon("eye"), word("private", language), " · "]
    return element("div", *seen, element("span", word("dismiss", language)), class_="private")


def _form(payload: Json, scene: Scene) -> Markup:
    buttons = [
        element("button", word("cancel", scene.language), type="button", class_="quiet"),
        element("button", word("submit", scene.language), type="button", class_="primary"),
    ]
    inside = _Drawing(Reader(scene), None).all(payload)
    heading = element("h3", text_of(payload, "title"))
    return element("div", heading, *inside, element("div", *buttons, class_="foot"), class_="form", role="dialog")


# ---------------------------------------------------------------- components

_REL: Final = "noopener noreferrer nofollow"
_BUTTONS: Final = {"1": "primary", "3": "go", "4": "red"}


class _Drawing:
    """Draws the components of one message."""

    def __init__(self, reader: Reader, open_select: str | None) -> None:
        self._reader = reader
        self._open = open_select

    def all(self, payload: Json) -> list[Markup]:
        """Everything right inside of a payload or component."""
        return [drawn for part in parts(payload) if (drawn := self._one(part))]

    def _one(self, part: Json) -> Markup:
        kind = kind_of(part)
        if kind == CONTAINER:
            return self._container(part)
        if kind == SECTION:
            beside = self._held(part, "accessory")
            return element("div", element("div", *self.all(part)), beside, class_="section")
        if kind == LABEL:
            note = text_of(part, "description")
            told = [element("b", text_of(part, "label")), *([element("small", note)] if note else [])]
            return element("div", *told, self._held(part, "component"), class_="label")
        if kind == TEXT:
            return element("div", _text(text_of(part, "content"), self._reader), class_="text")
        if kind in SELECTS:
            return self._select(part)
        draw = _DRAWN.get(kind)
        return draw(part) if draw else element("div", *self.all(part), class_="row" if kind == ROW else None)

    def _held(self, part: Json, key: str) -> Markup:
        inside = part.get(key)
        return self._one(inside) if isinstance(inside, Mapping) else Markup()

    def _container(self, part: Json) -> Markup:
        colour = part.get("accent_color")
        accent = f"--accent:#{colour & 0xFFFFFF:06x}" if isinstance(colour, int) else None
        return element("div", *self.all(part), class_="box accent" if accent else "box", style=accent)

    def _select(self, part: Json) -> Markup:
        offered = list(options(part))
        chosen = ", ".join(text_of(option, "label") for option in offered if option.get("default"))
        shown = element("span", chosen or text_of(part, "placeholder"), class_=None if chosen else "placeholder")
        summary = element("summary", shown, _icon("down"))
        lines = [_option(option) for option in offered]
        opened = "" if part.get("custom_id") == self._open and self._open else None
        return element("details", summary, element("ul", *lines), class_="select", open=opened)


def _option(option: Json) -> Markup:
    described = text_of(option, "description")
    return element("li", element("b", text_of(option, "label")), *([element("small", described)] if described else []))


def _target(url: str) -> str:
    if not url.startswith(_MESSAGES):
        return url
    return f"#at-{re.sub(r'[^a-z0-9]+', '-', url.removeprefix(_MESSAGES).lower()).strip('-')}"


def _button(part: Json) -> Markup:
    label, url = text_of(part, "label"), address(part.get("url"))
    disabled = "" if part.get("disabled") else None
    if url and disabled is None:
        return element("a", label, _icon("out"), href=_target(url), class_="button", rel=_REL)
    style = _BUTTONS.get(str(part.get("style")), "secondary")
    return element("button", label, *([_icon("out")] if url else []), type="button", class_=style, disabled=disabled)


def _separator(part: Json) -> Markup:
    names = [*([] if part.get("divider", True) else ["bare"]), *(["wide"] if part.get("spacing") == 2 else [])]
    return element("hr", class_=" ".join(names) or None)


def _picture(part: Json, name: str = "picture") -> Markup:
    described = text_of(part, "description")
    return element("div", described, class_=name, role="img", aria_label=described)


def _gallery(part: Json) -> Markup:
    found = part.get("items")
    pictures = found if isinstance(found, list | tuple) else ()
    return element("div", *(_picture(item) for item in pictures if isinstance(item, Mapping)))


def _file(name: str, description: str = "") -> Markup:
    told = [element("b", name), *([element("small", description)] if description else [])]
    return element("div", _icon("file"), element("div", *told), class_="file")


def _field(part: Json) -> Markup:
    value = text_of(part, "value")
    name = "field tall" if part.get("style") == 2 else "field"
    label = [element("b", text_of(part, "label"))] if part.get("label") else []
    inside = element("span", value or text_of(part, "placeholder"), class_=None if value else "placeholder")
    return element("div", *label, element("div", inside, class_=name))


def _choices(part: Json) -> Markup:
    return element("ul", *(_option(option) for option in options(part)), class_="choices")


_DRAWN: Final[Mapping[int, Callable[[Json], Markup]]] = {
    BUTTON: _button,
    SEPARATOR: _separator,
    THUMBNAIL: lambda part: _picture(part, "picture small"),
    GALLERY: _gallery,
    FILE: lambda part: _file(file_name(part)),
    TEXT_INPUT: _field,
    UPLOAD: lambda _: element("div", _icon("file"), class_="field"),
    CHECKBOX: lambda part: element("ul", _option(part), class_="choices"),
    **dict.fromkeys(CHOICES, _choices),
}


# ---------------------------------------------------------------- text

_STYLES: Final = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "struck": "s",
    "code": "code",
}
_NUMBER: Final = re.compile(r"\[\d+\]")
_GROUPED: Final = {"quote": "blockquote", "bullet": "ul", "numbered": "ol", "fenced": "pre"}


def _text(text: str, reader: Reader) -> Markup:
    drawn: list[Markup] = []
    for kind, group in groupby(read(text), key=lambda line: line.kind):
        lines = list(group)
        if kind in _GROUPED:
            start = str(lines[0].number) if kind == "numbered" else None
            drawn.append(element(_GROUPED[kind], *(_grouped(line, reader) for line in lines), start=start))
        else:
            drawn += [_line(line, reader) for line in lines]
    return joined(*drawn)


def _grouped(line: Line, reader: Reader) -> Markup:
    return element("li" if line.kind in {"bullet", "numbered"} else "p", _spans(line.spans, reader))


def _line(line: Line, reader: Reader) -> Markup:
    inside = _spans(line.spans, reader)
    match line.kind:
        case "heading":
            return element(f"h{line.number + 2}", inside)
        case "small":
            return element("small", inside)
        case "blank":
            return element("div", class_="gap")
        case _:
            return element("p", inside)


def _spans(spans: Spans, reader: Reader) -> Markup:
    return joined(*(_span(span, reader) for span in spans))


def _span(span: Words | Styled | Link | Mention | Instant, reader: Reader) -> str:
    match span:
        case Words(text):
            return text
        case Styled("spoiler", inside):
            return element("span", _spans(inside, reader), class_="spoiler")
        case Styled(style, inside):
            return element(_STYLES[style], _spans(inside, reader))
        case Link(url, inside):
            number = "number" if _NUMBER.fullmatch(plain_text(inside)) else None
            target = _target(url) if address(url) else None
            return element("a", _spans(inside, reader), href=target, class_=number, rel=_REL)
        case Instant():
            return element("time", reader(span), datetime=span.at.isoformat())
        case Mention():
            return element("span", reader(span), class_="mention")


# ---------------------------------------------------------------- what is drawn

_PATHS: Final = {
    "channel": "M10 3 8 21M17 3l-2 18M4 8.5h17M3 15.500h17",
    "thread": "M4 5h16v11h-9l-5 4v-4H4z",
    "eye": "M2 12q10-12 20 0q-10 12-20 0zM12 9.500a2.500 2.500 0 1 0 .01 0z",
    "down": "M6 9l6 6 6-6",
    "out": "M13 4h7v7M20 4l-9 9M18 14v6H4V6h6",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
}
_COLOURS: Final = ("#5b6bc0", "#3d8f7a", "#a2577a", "#8a6d3b", "#4f7f3f", "#7a5ba8")


def _icon(name: str) -> Markup:
    path = element("path", d=_PATHS[name], fill="none", stroke="currentColor", stroke_width="2")
    return element("svg", path, viewBox="0 0 24 24", aria_hidden="true")


def _figure(shown: Shown) -> Markup:
    """Ours: two voices that answer each other. Of people, the first letter."""
    if not shown.is_app:
        colour = _COLOURS[sum(map(ord, shown.author)) % len(_COLOURS)]
        return element("span", shown.author[:1].upper(), style=f"background:{colour}", aria_hidden="true")
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

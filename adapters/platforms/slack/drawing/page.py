"""A page that looks like Slack, drawn from payloads: to show the product without a token, and to look at it in tests.

One file that asks nothing of the network: style inside, pictures drawn. Order, wording and counts are as people see
them; fonts, colours and corners are close. A menu opens when pressed; nothing else does anything.
"""

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from adapters.platforms.slack.drawing.blocks import Drawing
from adapters.platforms.slack.drawing.client_words import (
    APP,
    CLOSE,
    EDITED,
    PRIVATE,
    TABS,
    THREAD,
    WRITING,
    last_reply,
    replies,
)
from adapters.platforms.slack.drawing.controls import Controls
from adapters.platforms.slack.drawing.pictograms import face, icon
from adapters.platforms.slack.drawing.scene import (
    Aside,
    Entry,
    Home,
    Opened,
    Reader,
    Replies,
    Scene,
    Shown,
    Status,
    Window,
    part_of,
    parts,
    text_of,
    words_of,
)
from adapters.platforms.slack.drawing.texts import of_message, of_plain, target
from adapters.platforms.slack.payloads import Json
from adapters.wire.elements import Markup, element

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing and run nothing."""


def page(scenes: Scene | Iterable[Scene], *, title: str = "Slack", intro: str = "", language: str = "en") -> str:
    """A whole HTML document of scenes one under the other. `title` and `intro` are ours; payloads are untrusted."""
    style = files("adapters.platforms.slack.drawing").joinpath("page.css").read_text("utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", Markup(style)),
    )
    shown = (scenes,) if isinstance(scenes, Scene) else tuple(scenes)
    told = element("header", element("h1", title), *([element("p", intro)] if intro else []))
    body = element("body", element("main", told, *(_scene(scene) for scene in shown)))
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"


# ---------------------------------------------------------------- a scene and its entries


def _scene(scene: Scene) -> Markup:
    caption = [element("h2", scene.caption)] if scene.caption else []
    drawn = (_entry(entry, scene) for entry in scene.entries)
    client = element("div", *_bar(scene), element("div", *drawn, class_="log"), class_="client")
    label = None if caption else f"{scene.name} ({scene.kind})"
    return element("section", *caption, client, lang=scene.language, aria_label=label)


def _bar(scene: Scene) -> list[Markup]:
    name = element("span", scene.name, class_="cut")
    if scene.kind == "thread":
        return [element("div", THREAD, element("small", icon("channel"), name), class_="bar")]
    if scene.kind == "channel":
        return [element("div", icon("channel"), name, class_="bar")]
    on = TABS[0] if scene.kind == "home" else TABS[1]
    tabs = (element("span", tab, class_="on" if tab == on else None) for tab in TABS)
    return [element("div", face("", is_app=True), name, class_="bar"), element("div", *tabs, class_="tabs")]


def _entry(entry: Entry, scene: Scene) -> Markup:
    match entry:
        case Shown():
            return _shown(entry, scene)
        case Window():
            return _window(entry, scene)
        case Home(view):
            return element("div", *_view(view, scene), class_="home blocks")
        case Replies(count):
            return element("p", replies(count), class_="count")
        case Status(text):
            dots = element("span", *(element("i") for _ in range(3)), class_="dots", aria_hidden="true")
            return element("p", dots, text, class_="status", role="status")
        case Aside(text):
            return element("p", text, class_="aside")


# ---------------------------------------------------------------- messages


def _shown(shown: Shown, scene: Scene) -> Markup:
    reader = Reader(scene, shown.at)
    blocks = Drawing(Controls(reader, shown.open_menu)).all(shown.payload)
    text = text_of(shown.payload, "text")
    if not blocks and text:
        blocks = [element("div", of_message(text, reader), class_="text")]
    blocks += [_file(file) for file in parts(shown.payload, "files")]
    inside = [
        *([element("p", icon("eye"), PRIVATE, class_="private")] if shown.private else []),
        _head(shown, scene),
        element("div", *blocks, class_="blocks"),
        *([element("span", WRITING, class_="hidden")] if shown.writing else []),
        *([element("small", EDITED)] if shown.edited else []),
        *([_thread(shown.thread, scene)] if shown.thread else []),
    ]
    figure = element("div", face(shown.author, is_app=shown.is_app), class_="figure")
    anchor = target(shown.url) if shown.url else ""
    name = " ".join(["message", *["only"] * shown.private, *["writing"] * shown.writing])
    body = element("div", *inside, class_="body")
    return element("article", figure, body, id=anchor[1:] if anchor.startswith("#") else None, class_=name)


def _head(shown: Shown, scene: Scene) -> Markup:
    mark = [element("span", APP, class_="app")] if shown.is_app else []
    at = element("time", f"{shown.at.astimezone(scene.zone):%H:%M}")
    return element("div", element("b", shown.author), *mark, at, class_="head")


def _thread(opened: Opened, scene: Scene) -> Markup:
    last = [element("span", last_reply(opened.last.astimezone(scene.zone)))] if opened.last else []
    return element("div", face("", is_app=True), element("b", replies(opened.replies)), *last, class_="thread")


def _file(file: Json) -> Markup:
    about, name = text_of(file, "alt_txt"), text_of(file, "title") or text_of(file, "name")
    told = [element("small", about)] if about else []
    return element("div", icon("file"), element("div", element("b", name), *told), class_="file")


# ---------------------------------------------------------------- windows and App Home


def _view(view: Json, scene: Scene) -> list[Markup]:
    values = part_of(part_of(view, "state"), "values")
    return Drawing(Controls(Reader(scene), None, values)).all(view)


def _window(window: Window, scene: Scene) -> Markup:
    view, title = window.view, words_of(window.view, "title")
    heading = element("h3", of_plain(part_of(view, "title")))
    shut = element("span", icon("close"), class_="shut")
    head = element("div", face("", is_app=True), heading, shut, class_="top")
    body = element("div", *_view(view, scene), class_="inside blocks")
    close = of_plain(part_of(view, "close")) if part_of(view, "close") else Markup(CLOSE)
    buttons = [element("button", close, type="button", class_="button")]
    if part_of(view, "submit"):
        buttons.append(element("button", of_plain(part_of(view, "submit")), type="button", class_="button primary"))
    foot = element("div", *buttons, class_="foot")
    dialog = element("div", head, body, foot, class_="window", role="dialog", aria_label=title)
    return element("div", dialog, class_="over")

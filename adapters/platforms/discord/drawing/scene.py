"""What somebody sees on Discord at one moment: a channel or thread with its messages, and the same read aloud.

A scene holds payloads as they were sent. `page` draws it; `as_text` says what a screen reader would, in order: whoever
cannot see the page must lose nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final, Literal

from adapters.platforms.discord.drawing.client_words import printed, word
from adapters.platforms.discord.drawing.markdown import Instant, Line, Mention, plain_text, read
from adapters.platforms.discord.payloads import (
    BUTTON,
    CHECKBOX,
    CHOICES,
    FILE,
    GALLERY,
    LABEL,
    SELECTS,
    SEPARATOR,
    TEXT,
    TEXT_INPUT,
    THUMBNAIL,
    UPLOAD,
    Json,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a message replies to, as the line above it shows it."""

    author: str
    text: str
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The thread that a message opened, as the box under it shows it."""

    name: str
    messages: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A message. Its payload is untrusted."""

    author: str
    payload: Json
    """`components`, or `content` with `components` and `attachments`; `title` of neither."""
    at: datetime
    is_app: bool = True
    private: bool = False
    """Only the reader sees it."""
    reply_to: Quoted | None = None
    thread: Opened | None = None
    open_select: str | None = None
    """The `custom_id` of the select that is drawn opened."""
    url: str | None = None
    """Its own address: links to it lead to where it stands on the page."""


@dataclass(frozen=True, slots=True)
class Form:
    """A modal: `{"title", "components"}`."""

    payload: Json


@dataclass(frozen=True, slots=True)
class Aside:
    """Our word to who looks at the scene, such as what is pressed; not part of what Discord shows."""

    text: str


Entry = Shown | Form | Aside


@dataclass(frozen=True, slots=True)
class Scene:
    """A channel or thread, from top to bottom."""

    name: str
    entries: tuple[Entry, ...]
    kind: Literal["channel", "thread"] = "channel"
    caption: str = ""
    language: str = "en"
    """Of the reader's client."""
    zone: tzinfo = UTC
    """Of the reader."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What ids of people, roles and channels are called."""


def as_text(scene: Scene) -> str:
    """What a screen reader would read, a line each; entries are apart by an empty line."""
    said = [[f"{scene.name} ({word(scene.kind, scene.language)})"]]
    for entry in scene.entries:
        match entry:
            case Shown():
                said.append(list(_message(entry, scene)))
            case Form(payload):
                title = f"{payload.get('title', '')} (dialog)"
                said.append([title, *_components(payload, Reader(scene))])
            case Aside(text):
                said.append([f"({text})"])
    return "\n\n".join("\n".join(lines) for lines in said)


@dataclass(frozen=True, slots=True)
class Reader:
    """Puts what a payload refers to into words, for the person who looks at a scene."""

    scene: Scene
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """What relative times are relative to."""

    def __call__(self, span: Mention | Instant) -> str:
        """A mention by name, an instant in the reader's zone and language."""
        if isinstance(span, Instant):
            at = span.at.astimezone(self.scene.zone)
            return printed(at, span.form, self.scene.language, self.now)
        mark = {"channel": "#", "command": "/"}.get(span.kind, "@")
        return f"{mark}{self.scene.names.get(span.id, span.id)}"

    def plain(self, text: str) -> str:
        """Text with markup as one line without it."""
        return " ".join(said for line in read(text) if (said := plain_text(line.spans, self)))


def parts(payload: Json) -> Iterator[Json]:
    """The components right inside of a payload or component; what is none is left out."""
    found = payload.get("components")
    yield from (part for part in (found if isinstance(found, list | tuple) else ()) if isinstance(part, Mapping))


def options(component: Json) -> Iterator[Json]:
    """What can be chosen in a select."""
    found = component.get("options")
    yield from (part for part in (found if isinstance(found, list | tuple) else ()) if isinstance(part, Mapping))


def kind_of(component: Json) -> int:
    """The type of a component; 0 where it says none."""
    found = component.get("type")
    return found if isinstance(found, int) else 0


def text_of(component: Json, key: str) -> str:
    """A text of a component; empty where it has none."""
    found = component.get(key)
    return found if isinstance(found, str) else ""


def _message(shown: Shown, scene: Scene) -> Iterator[str]:
    if shown.reply_to:
        yield word("replying", scene.language, name=shown.reply_to.author)
    at = f"{shown.at.astimezone(scene.zone):%H:%M}"
    yield ", ".join([shown.author, *([word("app", scene.language)] if shown.is_app else []), at])
    reader = Reader(scene, shown.at)
    yield from _lines(text_of(shown.payload, "content"), reader)
    for file in attachments(shown.payload):
        yield _described("file", text_of(file, "filename"), text_of(file, "description"))
    yield from _components(shown.payload, reader)
    if shown.thread:
        yield f"{shown.thread.name} ({word('thread', scene.language)}): {many(shown.thread.messages, scene.language)}"
    if shown.private:
        yield f"{word('private', scene.language)} · {word('dismiss', scene.language)}"


def many(messages: int, language: str) -> str:
    """How many messages a thread has."""
    return word("message" if messages == 1 else "messages", language, n=messages)


def attachments(payload: Json) -> Iterator[Json]:
    """The files of a message."""
    found = payload.get("attachments")
    yield from (part for part in (found if isinstance(found, list | tuple) else ()) if isinstance(part, Mapping))


def _components(payload: Json, reader: Reader) -> Iterator[str]:
    for part in parts(payload):
        yield from _component(part, reader)


def _component(part: Json, reader: Reader) -> Iterator[str]:
    kind = kind_of(part)
    if kind == TEXT:
        yield from _lines(text_of(part, "content"), reader)
    elif kind == BUTTON:
        yield _button(part)
    elif kind in SELECTS or kind in CHOICES:
        yield from _choice(part)
    elif kind in _SAID:
        yield from _SAID[kind](part)
    else:
        yield from _inside(part, reader)


def _inside(part: Json, reader: Reader) -> Iterator[str]:
    """Whatever holds other components: rows, containers, sections, labels."""
    if kind_of(part) == LABEL:
        yield text_of(part, "label")
        yield from filter(None, [text_of(part, "description")])
    yield from _components(part, reader)
    for key in ("accessory", "component"):
        if isinstance(part.get(key), Mapping):
            yield from _component(part[key], reader)


def _lines(text: str, reader: Reader) -> Iterator[str]:
    for line in read(text) if text else ():
        if said := plain_text(line.spans, reader).strip():
            yield _line(line, said)


def _line(line: Line, said: str) -> str:
    match line.kind:
        case "heading":
            return f"{said} (heading {line.number})"
        case "bullet":
            return f"• {said}"
        case "numbered":
            return f"{line.number}. {said}"
        case "quote":
            return f"> {said}"
        case _:
            return said


def _button(part: Json) -> str:
    state = ", disabled" if part.get("disabled") else ""
    return f"[{text_of(part, 'label')}] ({'link' if part.get('url') else 'button'}{state})"


def _choice(part: Json) -> Iterator[str]:
    offered = list(options(part))
    chosen = [text_of(option, "label") for option in offered if option.get("default")]
    yield f"{', '.join(chosen) or text_of(part, 'placeholder')} (menu{', disabled' if part.get('disabled') else ''})"
    for option in offered:
        described = text_of(option, "description")
        yield f"- {text_of(option, 'label')}{f': {described}' if described else ''}"


def _described(what: str, name: str, description: str) -> str:
    return f"({what}) {' '.join(filter(None, [name, description]))}".rstrip()


def _separator(part: Json) -> Iterable[str]:
    return ("―",) if part.get("divider", True) else ()


def _images(part: Json) -> Iterable[str]:
    found = part.get("items")
    pictures = found if isinstance(found, list | tuple) else ()
    return [_described("image", "", text_of(item, "description")) for item in pictures if isinstance(item, Mapping)]


_SAID: Final[Mapping[int, Callable[[Json], Iterable[str]]]] = {
    SEPARATOR: _separator,
    GALLERY: _images,
    THUMBNAIL: lambda part: [_described("image", "", text_of(part, "description"))],
    FILE: lambda part: [_described("file", file_name(part), "")],
    TEXT_INPUT: lambda part: [f"{text_of(part, 'value') or text_of(part, 'placeholder')} (text field)"],
    UPLOAD: lambda _: ["(file upload)"],
    CHECKBOX: lambda part: [f"{text_of(part, 'label')} (checkbox{', checked' if part.get('default') else ''})"],
}


def file_name(part: Json) -> str:
    """The name of the file that a component shows."""
    file = part.get("file")
    return text_of(file, "url").removeprefix("attachment://") if isinstance(file, Mapping) else ""

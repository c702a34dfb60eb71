"""What somebody sees on Slack at one moment: a channel, a thread beside it, a window over it, or App Home.

A scene holds payloads as they were sent. `page` draws it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Literal

from adapters.platforms.slack.drawing.client_words import printed
from adapters.platforms.slack.drawing.spans import Instant, Mention
from adapters.platforms.slack.payloads import Json


@dataclass(frozen=True, slots=True)
class Opened:
    """The thread under a message, as the line under it shows it."""

    replies: int
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message. Its payload is untrusted."""

    author: str
    payload: Json
    """`blocks`, or `text` where it has none; and `files`, each with `title` or `name`, perhaps `alt_txt`."""
    at: datetime
    is_app: bool = True
    private: bool = False
    """Only the reader sees it."""
    thread: Opened | None = None
    edited: bool = False
    writing: bool = False
    """It is a stream that has not ended."""
    open_menu: str | None = None
    """The `action_id` of the menu that is drawn opened."""
    url: str | None = None
    """Its own address: links to it lead to where it stands on the page."""


@dataclass(frozen=True, slots=True)
class Replies:
    """The line between a thread's parent and what stands below."""

    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """The line under a thread while an answer is made."""

    text: str


@dataclass(frozen=True, slots=True)
class Window:
    """A modal over what stands there. Its view, with what was entered in it (`state`), is untrusted."""

    view: Json


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one person. Its view is untrusted."""

    view: Json


@dataclass(frozen=True, slots=True)
class Aside:
    """Our word to who looks at the scene, such as what is pressed; not part of what Slack shows."""

    text: str


Entry = Shown | Replies | Status | Window | Home | Aside


@dataclass(frozen=True, slots=True)
class Scene:
    """A channel, thread, conversation or App Home, from top to bottom."""

    name: str
    """Of the channel; of direct messages and App Home, of the app."""
    entries: tuple[Entry, ...]
    kind: Literal["channel", "thread", "direct", "home"] = "channel"
    caption: str = ""
    language: str = "en"
    """Of what we say."""
    zone: tzinfo = UTC
    """Of the reader."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What ids of people, groups and channels are called."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Puts what a payload refers to into words, for the person who looks at a scene."""

    scene: Scene
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """What relative times are relative to."""

    def __call__(self, span: Mention | Instant) -> str:
        """A mention by name, an instant in the reader's zone."""
        if isinstance(span, Instant):
            return printed(span.at.astimezone(self.scene.zone), span.form, self.now)
        mark = "#" if span.kind == "channel" else "@"
        return f"{mark}{self.scene.names.get(span.id, span.said or span.id)}"


def parts(payload: Json, key: str = "blocks") -> Iterator[Json]:
    """The blocks or elements right inside of a payload; what is none is left out."""
    found = payload.get(key)
    yield from (part for part in (found if isinstance(found, list | tuple) else ()) if isinstance(part, Mapping))


def part_of(payload: Json, key: str) -> Json:
    """One object inside of a payload; an empty one where there is none."""
    found = payload.get(key)
    return found if isinstance(found, Mapping) else {}


def text_of(payload: Json, key: str) -> str:
    """A text of a payload; empty where it has none."""
    found = payload.get(key)
    return found if isinstance(found, str) else ""


def words_of(payload: Json, key: str) -> str:
    """The words of a text object in a payload; empty where it has none."""
    return text_of(part_of(payload, key), "text")

"""Blocks of a document as Discord's components: texts, lines between them, selects, buttons."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.platforms.discord.payloads import (
    CONTAINER,
    PRIMARY,
    SEPARATOR,
    TEXT,
    Payload,
    attached,
    button,
    gallery,
    link,
    option,
    row,
    select,
    text,
)
from adapters.platforms.discord.rendering.limits import ADDRESS, ALT, IN_A_ROW, LABEL, OPTION, OPTIONS
from adapters.platforms.discord.rendering.marks import line, lines
from adapters.wire.runs import led_to, plain
from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Paragraph,
    Picture,
    Points,
    Quotation,
    Runs,
    Small,
    Sources,
)
from bot.domain.layout.cutting import cut, trimmed
from bot.domain.press import typed
from bot.domain.reply import Action
from bot.ports.phrases import Phrases

_PRIMARY: Final = frozenset({"ask", "share", "retry"})
_STORY: Final = re.compile(r"story:(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a document becomes a payload."""

    phrases: Phrases
    flags: int
    edition: str = ""
    """Id of what its buttons are about."""
    stories: Mapping[int, str] = field(default_factory=dict)
    """Addresses of the stories' messages."""
    boxed: bool = False
    """In a container: what the desk publishes."""
    accent: int | None = None
    role: str | None = None
    """Id of the one role that is mentioned."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What labels of buttons are filled in with."""
    trims: bool = False
    """Addresses lose their tracking parameters."""
    pictures: Collection[str] = ()
    """Files of pictures that are sent with it; a picture whose file is missing is left out."""
    whole: bool = False
    """It is one message, however long."""

    def leads(self, url: str) -> str | None:
        """Where a run leads here."""
        story = _STORY.fullmatch(url)
        if story is not None:
            url = self.stories.get(int(story[1]), "")
        return led_to(trimmed(url) if self.trims else url)


def composed(document: Document, frame: Frame) -> Payload:
    """The payload of a document. It may be too long: `limits.faults` says."""
    found: list[Payload] = []
    names: set[str] = set()
    for group in _groups(document):
        match group:
            case (Divider(),):
                if found:
                    found.append({"type": SEPARATOR, "divider": frame.boxed, "spacing": 1})
            case (Menu() as menu,):
                found += _select(menu, frame, names)
            case (Picture(file, alt),):
                found += [gallery(file, cut(plain(alt), ALT))] if file in frame.pictures else []
            case (Actions(actions),):
                found += _rows(actions, frame, names)
            case _:
                said = [part for block in group if (part := _said(block, frame))]
                found += [text(*said)] if said else []
    if frame.role is not None:
        _mention(frame.role, found)
    components = [_box(found, frame)] if frame.boxed else found
    mentions: dict[str, list[str]] = {"parse": []} if frame.role is None else {"parse": [], "roles": [frame.role]}
    made: Payload = {"flags": frame.flags, "components": components, "allowed_mentions": mentions}
    files = attached(made)
    return {**made, "attachments": files} if files else made


def _box(components: list[Payload], frame: Frame) -> Payload:
    box: Payload = {"type": CONTAINER, "components": components}
    return box if frame.accent is None else {**box, "accent_color": frame.accent}


def _mention(role: str, components: list[Payload]) -> None:
    """In small print under everything."""
    said = f"-# <@&{role}>"
    if components and components[-1]["type"] == TEXT:
        components[-1]["content"] += f"\n{said}"
    else:
        components.append(text(said))


# ---------------------------------------------------------------- texts


def _groups(document: Document) -> Iterator[Sequence[Block]]:
    """Blocks that share one text component, since they stand close together."""
    group: list[Block] = []
    for block in document:
        if group and not _joins(group, block):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _joins(group: Sequence[Block], block: Block) -> bool:
    """Head lines stand together; so do facts in small print; and a list with what announces it."""
    last = group[-1]
    heading = next((b for b in group if isinstance(b, Heading)), None)
    told = sum(isinstance(b, Paragraph) for b in group)
    match block:
        case Heading():
            return isinstance(last, Small) and heading is None
        case Paragraph():
            return heading is not None and not told and (heading.level == 1 or last is heading)
        case Small() | Sources():
            in_head = heading is not None and not (told and heading.level == 1)
            return isinstance(last, Small | Sources) or (in_head and isinstance(last, Heading | Paragraph))
        case Points():
            return isinstance(last, Paragraph | Heading) and (heading is None or heading.level == 2)
    return False


def _said(block: Block, frame: Frame) -> str:
    match block:
        case Heading(runs, level):
            return _prefixed("#" * (level + 1), runs, frame)
        case Paragraph(runs):
            return lines(runs, frame.leads)
        case Small(runs):
            return _prefixed("-#", runs, frame)
        case Sources(label, links):
            listed = " · ".join(shown for run in links if (shown := line((run,), frame.leads)))
            return f"-# {plain(label)} {listed}"
        case Points(points, numbered):
            marks = (f"{n}." if numbered else "-" for n in range(1, len(points) + 1))
            return _together(_prefixed(mark, runs, frame) for mark, runs in zip(marks, points, strict=True))
        case Quotation(words, whose, original):
            return _together(_prefixed(m, r, frame) for m, r in ((">", words), (">", whose), ("-#", original)))
        case Entry(title, facts, words):
            heads = (line(title, frame.leads), _prefixed("-#", facts, frame), _prefixed(">", words, frame))
            return _together(heads)
    return ""


def _prefixed(mark: str, runs: Runs, frame: Frame) -> str:
    said = line(runs, frame.leads)
    return f"{mark} {said}" if said else ""


def _together(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


# ---------------------------------------------------------------- what is pressed


def _select(menu: Menu, frame: Frame, names: set[str]) -> list[Payload]:
    # To choose a story is to go to it; nobody types that.
    name = typed("go" if menu.command == "story" else menu.command, frame.edition)
    if name is None or name in names or not menu.options:
        return []
    names.add(name)
    options = [
        option(cut(plain(one.label), OPTION) or one.value, one.value, about=cut(plain(one.description), OPTION))
        for one in menu.options[:OPTIONS]
    ]
    return [row(select(name, frame.phrases.say(menu.key), options, min_values=1, max_values=1))]


def _rows(actions: Sequence[Action], frame: Frame, names: set[str]) -> list[Payload]:
    """Buttons in rows; a link that is too long for a button is a link in small print."""
    buttons: list[Payload] = []
    links: list[str] = []
    for action in actions:
        label = cut(plain(frame.phrases.say(action.key, **frame.facts, **dict(action.facts))), LABEL)
        if action.url is not None:
            target = led_to(action.url)
            if target is not None and len(target) <= ADDRESS:
                buttons.append(link(label, target))
            elif target is not None:
                links.append(f"-# [{label}]({target})")
            continue
        name = typed(action.command, frame.edition)
        if name is None or name in names:
            continue
        names.add(name)
        primary = action.key.replace("_", "-") in _PRIMARY and all(one["style"] != PRIMARY for one in buttons)
        buttons.append(button(label, name, primary=primary))
    rows = [row(*buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW)]
    return [*rows, *([text(*links)] if links else [])]

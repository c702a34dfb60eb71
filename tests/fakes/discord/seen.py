"""A channel as a person sees it, as plain text: messages in order, threads below what they began with."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rules_components import (
    BOX,
    BOXES,
    BUTTON,
    CHANNELS,
    CONTAINER,
    FILE,
    GALLERY,
    INPUT,
    LABEL,
    LINK,
    RADIO,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    TEXT,
    THUMBNAIL,
    UPLOAD,
)
from tests.fakes.discord.shapes import STARTER, THREAD_CREATED
from tests.fakes.discord.world import LOADING, Channel, Message, World


def channel(world: World, where: Channel, viewer: str) -> str:
    """All that a person sees of a channel, threads below what they began with; nothing where they may not look."""
    if Permission.VIEW_CHANNEL not in world.may(viewer, where):
        return ""
    lines: list[str] = []
    for one in visible(world, where, viewer):
        lines += message(world, one).splitlines()
        if one.id in world.channels and not where.is_thread:
            lines += _thread(world, world.channels[one.id], viewer)
    began = {m for m in where.messages if m in world.channels}
    for loose in world.threads_of(where):
        if loose.id not in began:
            lines += _thread(world, loose, viewer)
    return "\n".join(lines)


def visible(world: World, where: Channel, viewer: str) -> list[Message]:
    """The messages a person sees there, oldest first."""
    public = [m for m in world.history(where) if m.kind != STARTER]
    private = [world.messages[key] for key in where.asides if world.messages[key].only_for == viewer]
    return sorted((*public, *private), key=lambda m: int(m.id))


def _thread(world: World, thread: Channel, viewer: str) -> list[str]:
    state = [word for word, so in (("archived", thread.archived), ("locked", thread.locked)) if so]
    head = f"thread: {thread.name}" + (f" ({', '.join(state)})" if state else "")
    tags = [world.root(thread).tags[tag] for tag in thread.applied if tag in world.root(thread).tags]
    head += f" #{' #'.join(tags)}" if tags else ""
    return [f"  {line}" for line in (head, *channel(world, thread, viewer).splitlines())]


def message(world: World, one: Message) -> str:
    """One message with who wrote it: all its text, pictures as their alt text, what can be pressed in brackets."""
    name = world.users[one.author].name
    notes = []
    target = world.messages.get(one.reference or "")
    if target is not None and one.kind not in {STARTER, THREAD_CREATED}:
        notes.append(f"replying to {world.users[target.author].name}")
    if one.only_for is not None:
        notes.append(f"only {world.users[one.only_for].name} sees this")
    notes += ["silent"] if one.silent else []
    notes += ["edited"] if one.edited else []
    head = f"{name} ({', '.join(notes)}):" if notes else f"{name}:"
    if one.kind == THREAD_CREATED:
        return f"{name} started a thread: {one.content}"
    return "\n".join([head, *(f"  {line}" for line in body(one))])


def body(one: Message) -> list[str]:
    """The lines of a message."""
    if one.flags & LOADING:
        return ["… is thinking"]
    lines = one.content.splitlines()
    shown = str(one.components)
    lines += [f"[file] {u.name}, {u.size} bytes" for u in one.uploads if f"attachment://{u.name}" not in shown]
    return lines + list(components(one.components))


def components(items: Any) -> Iterator[str]:
    """The lines of components, in reading order."""
    for one in items or ():
        kind = one.get("type")
        if kind == ROW:
            yield "  ".join(_control(inner) for inner in one.get("components") or ())
        elif kind == TEXT:
            yield from str(one.get("content")).splitlines()
        elif kind == SEPARATOR:
            if one.get("divider", True):
                yield "---"
        elif kind in {SECTION, CONTAINER}:
            yield from components(one.get("components"))
            yield from components([one["accessory"]] if one.get("accessory") else ())
        elif kind == LABEL:
            yield f"{one.get('label')}: {_control(one.get('component') or {})}"
        else:
            yield from _media(one)


def _media(one: Mapping[str, Any]) -> Iterator[str]:
    kind = one.get("type")
    if kind == GALLERY:
        yield from (f"[picture] {item.get('description') or 'no alt text'}" for item in one.get("items") or ())
    elif kind == THUMBNAIL:
        yield f"[picture] {one.get('description') or 'no alt text'}"
    elif kind == FILE:
        yield f"[file] {str((one.get('file') or {}).get('url')).removeprefix('attachment://')}"
    elif kind == BUTTON:
        yield _control(one)


def _control(one: Mapping[str, Any]) -> str:
    kind = one.get("type")
    if kind == BUTTON:
        off = " (off)" if one.get("disabled") else ""
        link = f" -> {one.get('url')}" if one.get("style") == LINK else ""
        return f"[{one.get('label')}{off}{link}]"
    options = [
        str(option.get("label")) + (f" ({option['description']})" if option.get("description") else "")
        for option in one.get("options") or ()
    ]
    if kind in SELECTS | {RADIO, BOXES}:
        what = "a channel" if kind == CHANNELS else " | ".join(options)
        return f"[{one.get('placeholder') or 'Choose'}: {what}]"
    if kind == INPUT:
        return f"[write: {one.get('placeholder') or one.get('value') or ''}]"
    return {UPLOAD: "[upload a file]", BOX: "[tick]"}.get(int(kind or 0), f"[{kind}]")


def form(modal: Mapping[str, Any]) -> str:
    """A form, as it is read."""
    return "\n".join([f"form: {modal.get('title')}", *(f"  {line}" for line in components(modal.get("components")))])

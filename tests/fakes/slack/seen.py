"""Channels, threads, modals and App Home as a person sees them in the client, as plain text."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import adapters.locale
from tests.fakes.slack.seen_text import Reader, markdown, mrkdwn, object_words, rich
from tests.fakes.slack.state import Channel, Message, Status, Thread, User, View
from tests.fakes.slack.world import World

Json = Mapping[str, Any]
LOCALES = Path(adapters.locale.__file__).parent
"""Where the words are that the product waits with."""


def seen(world: World, what: Channel | Thread | Message | View | Any, viewer: User, *, links: bool = False) -> str:
    """Whatever it is: a channel, a thread, a message, a view, `"home"`, or what has a view or a message."""
    if what == "home":
        what = world.home(viewer)
    if what is None:
        return ""
    if isinstance(what, Channel):
        return direct(world, what, viewer, links=links) if what.direct else channel(world, what, viewer, links=links)
    if isinstance(what, Thread):
        return thread(world, what, viewer, links=links)
    if isinstance(what, Message):
        return message(world, what, viewer, links=links)
    if isinstance(what, View):
        return view(world, what, viewer, links=links) if what.user == viewer.id else ""
    return seen(world, what.view if what.opened else what.message, viewer, links=links)


def channel(world: World, where: Channel, viewer: User, *, links: bool = False) -> str:
    """All that a person sees of a channel: messages, and how many replies; nothing where they may not look."""
    if viewer.id not in where.members:
        return ""
    lines: list[str] = []
    for one in visible(world, where, viewer):
        lines += message(world, one, viewer, links=links).splitlines()
        replies = [m for m in world.replies(one.thread) if m.ts != one.ts] if one.thread_ts is None else []
        if replies:
            lines.append(f"  {len(replies)} {'reply' if len(replies) == 1 else 'replies'}")
    return "\n".join(lines)


def thread(world: World, where: Thread, viewer: User, *, links: bool = False) -> str:
    """A thread with what stands below it."""
    place = world.channels[where.channel]
    if viewer.id not in place.members:
        return ""
    lines: list[str] = []
    for one in in_thread(world, where, viewer):
        lines += message(world, one, viewer, links=links).splitlines()
    found = world.statuses.get((where.channel, where.ts))
    if found is not None and found.text:
        lines.append(status(world, found))
    prompts = world.prompts.get((where.channel, where.ts))
    return "\n".join([*lines, *_prompts(prompts)])


def in_thread(world: World, where: Thread, viewer: User) -> list[Message]:
    """The parent of a thread and what a person sees below it, oldest first."""
    asides = world.asides(world.channels[where.channel], viewer.id)
    below = [m for m in asides if m.thread == where and m.ts != where.ts]
    return sorted((*world.replies(where), *below), key=lambda m: m.ts)


def visible(world: World, where: Channel, viewer: User) -> list[Message]:
    """The messages in a channel itself that a person sees, oldest first."""
    asides = [m for m in world.asides(where, viewer.id) if m.thread_ts is None]
    return sorted((*world.history(where), *asides), key=lambda m: m.ts)


def status(world: World, one: Status) -> str:
    """The line below a thread while an answer is made."""
    words = one.text if one.text.startswith("is ") or " " in one.text else f"is {one.text}"
    loading = f" ({' · '.join(one.loading)})" if one.loading else ""
    return f"{world.app.name} {words}{loading}"


def direct(world: World, where: Channel, viewer: User, *, links: bool = False) -> str:
    """The conversation with the application, with its suggestions."""
    shown = channel(world, where, viewer, links=links)
    return "\n".join([*shown.splitlines(), *_prompts(world.prompts.get((where.id, None)))])


def _prompts(found: Json | None) -> list[str]:
    if not found:
        return []
    title = [str(found["title"])] if found.get("title") else []
    return title + [f"[{one.get('title')}]" for one in found.get("prompts") or ()]


# ---------------------------------------------------------------- a message


def message(world: World, one: Message, viewer: User, *, links: bool = False) -> str:
    """One message with who wrote it."""
    author = world.users.get(one.user)
    notes = ["only visible to you"] if one.only_for is not None else []
    notes += ["edited"] if one.edited and one.stream is None else []
    notes += ["also sent to the channel"] if one.broadcast else []
    head = f"{author.name if author else one.user}{' APP' if one.bot_id else ''}"
    head += f" ({', '.join(notes)}):" if notes else ":"
    if one.tombstone:
        return "This message was deleted."
    return "\n".join([head, *(f"  {line}" for line in body(world, one, viewer, links=links))])


def body(world: World, one: Message, viewer: User, *, links: bool = False) -> list[str]:
    """The lines of a message: its blocks, or its text where it has none."""
    reader = Reader(world, viewer, links)
    lines: list[str] = []
    if one.stream is not None:
        lines += [one.stream.plan] if one.stream.plan else []
        lines += [f"[{t.get('status', 'pending')}] {t.get('title', '')}" for t in one.stream.tasks.values()]
    lines += list(blocks(reader, one.blocks)) if one.blocks else mrkdwn(reader, one.text).splitlines()
    lines += ["…"] if one.stream is not None and one.stream.open else []
    files = (world.files[key] for key in one.files if key in world.files)
    lines += [f"[file] {f.title or f.name}" + (f": {f.alt_txt}" if f.alt_txt else "") for f in files]
    return lines + [f":{name}: {len(users)}" for name, users in one.reactions.items()]


# ---------------------------------------------------------------- a view


def view(world: World, one: View, viewer: User, *, links: bool = False) -> str:
    """A modal or App Home, as it is read."""
    reader = Reader(world, viewer, links, one.values)
    lines = list(blocks(reader, one.blocks))
    if one.kind == "home":
        return "\n".join(lines)
    ends = [object_words(one.payload.get("close")) or "Close"]
    ends += [object_words(one.payload["submit"])] if one.payload.get("submit") else []
    foot = "  ".join(f"[{word}]" for word in ends)
    return "\n".join([f"window: {object_words(one.payload.get('title'))}", *(f"  {line}" for line in (*lines, foot))])


def is_waiting(one: View) -> bool:
    """Whether a modal only says that something is being looked for, in the product's own words."""
    texts = (block.get("text") for block in one.blocks if block.get("type") == "section")
    return any(object_words(text) in _waiting_words() for text in texts)


@cache
def _waiting_words() -> frozenset[str]:
    found = (re.search(r"^loading = (.+)$", path.read_text("utf-8"), re.MULTILINE) for path in LOCALES.glob("*.ftl"))
    return frozenset(one[1] for one in found if one is not None)


# ---------------------------------------------------------------- blocks


def blocks(reader: Reader, items: Any) -> Iterator[str]:
    """The lines of blocks, in reading order."""
    for one in items or ():
        kind = str(one.get("type"))
        yield from _KINDS[kind](reader, one) if kind in _KINDS else iter([f"[{kind}]"])


def _header(reader: Reader, one: Json) -> Iterator[str]:
    yield object_words(one.get("text"))


def _section(reader: Reader, one: Json) -> Iterator[str]:
    beside = f"  {_control(reader, one['accessory'], one)}" if one.get("accessory") else ""
    lines = reader.words(one.get("text")).splitlines() if one.get("text") else []
    lines += [reader.words(field) for field in one.get("fields") or ()]
    if not lines:
        lines = [""]
    yield lines[0] + beside
    yield from lines[1:]


def _context(reader: Reader, one: Json) -> Iterator[str]:
    told = (
        f"[picture] {item.get('alt_text')}" if item.get("type") == "image" else reader.words(item)
        for item in one.get("elements") or ()
    )
    yield " ".join(told)


def _divider(reader: Reader, one: Json) -> Iterator[str]:
    yield "---"


def _actions(reader: Reader, one: Json) -> Iterator[str]:
    yield "  ".join(_control(reader, item, one) for item in one.get("elements") or ())


def _input(reader: Reader, one: Json) -> Iterator[str]:
    optional = " (optional)" if one.get("optional") else ""
    yield f"{object_words(one.get('label'))}{optional}: {_control(reader, one.get('element') or {}, one)}"
    if one.get("hint"):
        yield f"  {object_words(one['hint'])}"


def _image(reader: Reader, one: Json) -> Iterator[str]:
    yield f"[picture] {one.get('alt_text')}"


def _markdown(reader: Reader, one: Json) -> Iterator[str]:
    yield from markdown(reader, str(one.get("text"))).splitlines()


def _rich(reader: Reader, one: Json) -> Iterator[str]:
    yield from rich(reader, one).splitlines()


def _holder(reader: Reader, one: Json) -> Iterator[str]:
    if one.get("title"):
        yield object_words(one["title"])
    yield from (object_words(one[name]) for name in ("subtitle", "body") if isinstance(one.get(name), Mapping))
    for name in ("child_blocks", "blocks", "cards"):
        yield from blocks(reader, one.get(name))
    if one.get("actions"):
        yield "  ".join(_control(reader, item, one) for item in one["actions"])


def _table(reader: Reader, one: Json) -> Iterator[str]:
    for row in one.get("rows") or ():
        yield " | ".join(rich(reader, cell) if cell.get("type") == "rich_text" else object_words(cell) for cell in row)


def _task(reader: Reader, one: Json) -> Iterator[str]:
    yield f"[{one.get('status', 'pending')}] {object_words(one.get('title'))}"


def _plan(reader: Reader, one: Json) -> Iterator[str]:
    yield object_words(one.get("title"))
    for task in one.get("tasks") or ():
        yield from _task(reader, task)


def _alert(reader: Reader, one: Json) -> Iterator[str]:
    yield reader.words(one.get("text"))


def _file(reader: Reader, one: Json) -> Iterator[str]:
    yield f"[file] {one.get('external_id')}"


def _video(reader: Reader, one: Json) -> Iterator[str]:
    yield f"[video] {object_words(one.get('title'))}: {one.get('alt_text')}"


_KINDS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich,
    "container": _holder,
    "card": _holder,
    "carousel": _holder,
    "table": _table,
    "task_card": _task,
    "plan": _plan,
    "alert": _alert,
    "file": _file,
    "video": _video,
}


# ---------------------------------------------------------------- what can be pressed


def _control(reader: Reader, one: Json, block: Json) -> str:
    kind = str(one.get("type"))
    if kind in {"button", "workflow_button", "icon_button"}:
        link = f" -> {one['url']}" if one.get("url") and reader.links else ""
        return f"[{object_words(one.get('text'))}{link}]"
    if kind == "overflow":
        return "[⋯ " + " | ".join(object_words(option.get("text")) for option in one.get("options") or ()) + "]"
    if kind == "feedback_buttons":
        words = (object_words(one[name].get("text")) for name in ("positive_button", "negative_button"))
        return "  ".join(f"[{word}]" for word in words)
    if kind == "image":
        return f"[picture] {one.get('alt_text')}"
    return _field(reader, one, block)


def _field(reader: Reader, one: Json, block: Json) -> str:
    kind = str(one.get("type"))
    value = reader.entered(block, one)
    if kind.endswith("_input"):
        return f"[write: {value or object_words(one.get('placeholder'))}]"
    if kind in {"radio_buttons", "checkboxes"}:
        options = (object_words(option.get("text")) for option in one.get("options") or ())
        return "  ".join(f"({'x' if word in value.split(' | ') else ' '}) {word}" for word in options)
    return f"[{value or object_words(one.get('placeholder')) or 'Choose'} ▾]"

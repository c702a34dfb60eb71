"""Channels, threads and views as a person sees them, as scenes for the page that the product draws: to look at."""

from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from adapters.platforms.slack.drawing.page import page
from adapters.platforms.slack.drawing.scene import Entry, Home, Opened, Replies, Scene, Shown, Status, Window
from tests.fakes.slack import seen, shapes
from tests.fakes.slack.state import Channel, Message, Thread, User, View
from tests.fakes.slack.world import World

Kind = Literal["channel", "thread", "direct", "home"]
What = Channel | Thread | Message | View


def picture(world: World, what: What, viewer: User, title: str = "As it was received") -> str:
    """A whole HTML page: a channel with all its threads, a thread, a message in its thread, a modal, App Home."""
    return page(scenes(world, what, viewer), title=title, language=viewer.locale.partition("-")[0])


def scenes(world: World, what: What, viewer: User) -> list[Scene]:
    """The panes from top to bottom; none of what this person may not see."""
    if isinstance(what, View):
        return [_view(world, what, viewer)] if what.user == viewer.id else []
    if isinstance(what, Message):
        what = what.thread
    channel = what if isinstance(what, Channel) else world.channels[what.channel]
    if viewer.id not in channel.members:
        return []
    if isinstance(what, Thread):
        return [_thread(world, what, channel, viewer)]
    shown = seen.visible(world, channel, viewer)
    panes = [_pane(world, channel, viewer, [_shown(world, one, counted=True) for one in shown])]
    began = [one.thread for one in shown if one.thread_ts is None and len(world.replies(one.thread)) > 1]
    return panes + [_thread(world, one, channel, viewer) for one in began]


def _thread(world: World, thread: Thread, channel: Channel, viewer: User) -> Scene:
    found = seen.in_thread(world, thread, viewer)
    entries: list[Entry] = [_shown(world, one) for one in found]
    if len(entries) > 1:
        entries.insert(1, Replies(len(entries) - 1))
    status = world.statuses.get((thread.channel, thread.ts))
    if status is not None and status.text:
        entries.append(Status(seen.status(world, status)))
    return _pane(world, channel, viewer, entries, thread=True)


def _scene(world: World, name: str, entries: tuple[Entry, ...], kind: Kind, viewer: User) -> Scene:
    names = {one.id: one.name for one in world.users.values()}
    names |= {one.id: one.name for one in world.channels.values()}
    language, zone = viewer.locale.partition("-")[0], ZoneInfo(viewer.zone or "UTC")
    return Scene(name, entries, kind, language=language, zone=zone, names=names)


def _pane(world: World, channel: Channel, viewer: User, entries: list[Entry], *, thread: bool = False) -> Scene:
    name = world.app.name if channel.direct else channel.name
    kind: Kind = "thread" if thread else "direct" if channel.direct else "channel"
    return _scene(world, name, tuple(entries), kind, viewer)


def _view(world: World, view: View, viewer: User) -> Scene:
    shown, home = shapes.view(world, view), view.kind == "home"
    entry = Home(shown, view.values) if home else Window(shown, view.values)
    return _scene(world, world.app.name, (entry,), "home" if home else "direct", viewer)


def _shown(world: World, one: Message, *, counted: bool = False) -> Shown:
    replies = [m for m in world.replies(one.thread) if m.ts != one.ts] if one.thread_ts is None else []
    below = Opened(len(replies), at(replies[-1].ts)) if counted and replies else None
    author = world.users.get(one.user)
    return Shown(
        author.name if author is not None else one.user,
        _payload(world, one),
        at(one.ts),
        is_app=one.bot_id is not None,
        private=one.only_for is not None,
        thread=below,
        writing=one.stream is not None and one.stream.open,
        edited=one.edited is not None and one.stream is None,
        url=f"{world.teams[one.team].url}archives/{one.channel}/p{one.ts.replace('.', '')}",
    )


def _payload(world: World, one: Message) -> dict[str, Any]:
    if one.tombstone:
        return {"text": "This message was deleted."}
    return {"text": one.text, "blocks": one.blocks, "files": _files(world, one)}


def _files(world: World, one: Message) -> list[dict[str, str]]:
    found = (world.files[key] for key in one.files if key in world.files)
    return [{"name": file.title or file.name, "about": file.alt_txt or ""} for file in found]


def at(ts: str) -> datetime:
    """The instant of a `ts`."""
    return datetime.fromtimestamp(float(ts), UTC)

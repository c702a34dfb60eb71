"""Channels, threads and views as a person sees them, as scenes for the page that the product draws: to look at."""

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from adapters.platforms.slack.drawing.page import page
from adapters.platforms.slack.drawing.scene import Entry, Home, Opened, Replies, Scene, Shown, Status, Window
from tests.fakes.slack import seen, shapes
from tests.fakes.slack.state import Channel, Message, Thread, User, View
from tests.fakes.slack.world import World

Kind = Literal["channel", "thread", "direct", "home"]


def picture(
    world: World, what: Channel | Thread | Message | View, user: User, title: str = "As it was received"
) -> str:
    """A whole HTML page: a channel with all its threads, a thread, a message in its thread, a modal, App Home."""
    return page(scenes(world, what, user), title=title)


def scenes(world: World, what: Channel | Thread | Message | View, viewer: User) -> list[Scene]:
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
    in_channel: list[Entry] = [_shown(world, one, opened=True) for one in shown]
    parents = [one.thread for one in shown if one.thread_ts is None and _below(world, one)]
    return [_pane(world, channel, viewer, in_channel), *(_thread(world, one, channel, viewer) for one in parents)]


def _thread(world: World, thread: Thread, channel: Channel, viewer: User) -> Scene:
    found = seen.in_thread(world, thread, viewer)
    entries: list[Entry] = [_shown(world, one) for one in found]
    if found and found[0].ts == thread.ts and len(found) > 1:
        entries.insert(1, Replies(len(found) - 1))
    status = world.statuses.get((thread.channel, thread.ts))
    if status is not None and status.text:
        entries.append(Status(seen.status(world, status)))
    return _pane(world, channel, viewer, entries, "thread")


def _pane(world: World, channel: Channel, viewer: User, entries: list[Entry], kind: Kind | None = None) -> Scene:
    name = world.app.name if channel.direct else channel.name
    return _scene(world, name, kind or ("direct" if channel.direct else "channel"), viewer, *entries)


def _view(world: World, view: View, viewer: User) -> Scene:
    shown, is_home = shapes.view(world, view), view.kind == "home"
    entry = Home(shown) if is_home else Window(shown)
    return _scene(world, world.app.name, "home" if is_home else "direct", viewer, entry)


def _scene(world: World, name: str, kind: Kind, viewer: User, *entries: Entry) -> Scene:
    names = {one.id: one.name for one in world.users.values()}
    names |= {one.id: one.name for one in world.channels.values()}
    names |= {key: group for team in world.teams.values() for key, group in team.groups.items()}
    language = viewer.locale.partition("-")[0]
    return Scene(name, entries, kind, language=language, zone=ZoneInfo(viewer.zone or "UTC"), names=names)


def _shown(world: World, one: Message, *, opened: bool = False) -> Shown:
    author, below = world.users.get(one.user), _below(world, one) if opened else []
    return Shown(
        author.name if author is not None else one.user,
        shapes.message(world, one),
        _at(one.ts),
        is_app=one.bot_id is not None,
        private=one.only_for is not None,
        thread=Opened(len(below), _at(below[-1].ts)) if below else None,
        edited=one.edited is not None and one.stream is None,
        writing=one.stream is not None and one.stream.open,
        url=f"{world.teams[one.team].url}archives/{one.channel}/p{one.ts.replace('.', '')}",
    )


def _below(world: World, one: Message) -> list[Message]:
    return [m for m in world.replies(one.thread) if m.ts != one.ts] if one.thread_ts is None else []


def _at(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)

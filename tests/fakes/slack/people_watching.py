"""What somebody has before them, and what has changed there since they did something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fakes.slack import seen
from tests.fakes.slack.delivery import FAILED, NOBODY, Sending
from tests.fakes.slack.people_elements import Unable
from tests.fakes.slack.state import Message, Thread, User, View
from tests.fakes.slack.world import World

T = TypeVar("T")
Glance = Mapping[tuple[str, ...], Any]
__all__ = ["Glance", "NothingCame", "Outcome", "Unable", "came", "glance"]


class NothingCame(AssertionError):
    """The person waited, and saw nothing new."""


def glance(world: World, user: User) -> Glance:
    """All that the application shows somebody now: of each thing, something that changes when it does."""
    return {**_messages(world, user), **_views(world, user), **_around(world, user)}


def _messages(world: World, user: User) -> Glance:
    found: dict[tuple[str, ...], Any] = {}
    for (channel, ts), one in world.messages.items():
        theirs = one.only_for == user.id or (one.only_for is None and world.mine(one))
        if theirs and user.id in world.channels[channel].members:
            stream = one.stream
            growing = (stream.open, len(stream.markdown), stream.appended) if stream is not None else None
            found["message", channel, ts] = (one.edits, one.edited, one.deleted, growing)
    return found


def _views(world: World, user: User) -> Glance:
    found: dict[tuple[str, ...], Any] = {}
    stack = world.modals.get((user.team, user.id)) or []
    for key in stack:
        found["view", key] = (world.views[key].hash, world.views[key].changes)
    found["front",] = stack[-1] if stack else None
    home = world.home(user)
    if home is not None:
        found["home",] = (home.id, home.hash)
    return found


def _around(world: World, user: User) -> Glance:
    """Lines below threads, and suggestions."""
    found: dict[tuple[str, ...], Any] = {}
    for (channel, thread), status in world.statuses.items():
        if user.id in world.channels[channel].members and status.text:
            found["status", channel, thread] = (status.text, status.loading)
    for (place, under), prompts in world.prompts.items():
        if world.channels[place].partner == user.id:
            found["prompts", place, under or ""] = [one.get("title") for one in prompts.get("prompts") or ()]
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees after having done something."""

    world: World
    user: User
    before: Glance = field(repr=False)
    """What they saw before that."""
    now: Glance = field(repr=False)
    said: Message | None = None
    """Their own message."""
    sent: tuple[Sending, ...] = field(default=(), repr=False)
    """What the application was sent for it."""
    error: str | None = None
    """What the client says is wrong."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What a form says below its fields, by their block ids."""
    link: str | None = None
    """The address that opened."""
    closed: bool = False
    """The form was taken, and its window closed."""
    options: tuple[str, ...] = ()
    """What a menu offered while typing."""
    asked: str | None = None
    """What a dialog asked before."""
    page: str = ""
    """The page that a browser ended at."""
    status: int | None = None
    """Its status."""

    @property
    def changes(self) -> tuple[tuple[str, ...], ...]:
        """What is new or other than it was; what went away is not in it."""
        return tuple(key for key, value in self.now.items() if self.before.get(key) != value and value is not None)

    @property
    def messages(self) -> tuple[Message, ...]:
        """Messages that are new or were changed, oldest first."""
        found = [self.world.messages[key[1], key[2]] for key in self.changes if key[0] == "message"]
        return tuple(sorted((one for one in found if not one.deleted), key=lambda one: one.ts))

    @property
    def message(self) -> Message:
        """The last of them."""
        if not self.messages:
            raise NothingCame(f"no message; what changed: {self.changes}")
        return self.messages[-1]

    @property
    def deleted(self) -> tuple[Message, ...]:
        """Messages that went away."""
        found = [self.world.messages[key[1], key[2]] for key in self.changes if key[0] == "message"]
        return tuple(one for one in found if one.deleted)

    @property
    def thread(self) -> Thread:
        """Where the last message stands."""
        return self.message.thread

    @property
    def opened(self) -> bool:
        """Whether a modal opened or changed, or another one came to the front."""
        return self._view is not None

    @property
    def _view(self) -> View | None:
        front = self.now.get(("front",))
        changed = front is not None and (("front",) in self.changes or ("view", str(front)) in self.changes)
        if changed:
            return self.world.views[str(front)]
        home = self.now.get(("home",))
        return self.world.views[home[0]] if home is not None and ("home",) in self.changes else None

    @property
    def view(self) -> View:
        """The modal before them, or their App Home, if that is what changed."""
        if self._view is None:
            raise NothingCame(f"no modal and no App Home; what changed: {self.changes}")
        return self._view

    @property
    def front(self) -> View | None:
        """The modal before them now, whether or not it changed."""
        return self.world.modal(self.user)

    @property
    def private(self) -> bool:
        """Whether only this person sees it: a modal, App Home, direct messages, or a message for them only."""
        channels = self.world.channels
        return all(one.only_for is not None or channels[one.channel].direct for one in self.messages)

    @property
    def working(self) -> bool:
        """Whether it says that something is still to come."""
        waiting = self.opened and self.view.kind == "modal" and seen.is_waiting(self.view)
        growing = any(one.stream is not None and one.stream.open for one in self.messages)
        prompted = any(key[0] == "prompts" for key in self.changes)
        return waiting or growing or not (self.messages or self.opened or self.deleted or prompted)

    @property
    def text(self) -> str:
        """All of it, as it is read."""
        parts = [self.error] if self.error else []
        parts += [f"{words}" for words in self.errors.values()]
        parts += [seen.view(self.world, self._view, self.user)] if self._view is not None else []
        parts += ["\n".join(seen.body(self.world, one, self.user)) for one in self.messages]
        if not parts:
            keys = [key for key in self.changes if key[0] == "status"]
            parts = [seen.status(self.world, self.world.statuses[key[1], key[2]]) for key in keys]
        return "\n".join(parts)


def failure(world: World, sent: tuple[Sending, ...]) -> str | None:
    """What the client says when the application did not take what somebody did."""
    for one in sent:
        if one.state == FAILED and one.kind != "events_api":
            name = world.app.name
            if one.body.get("command"):
                return f"{one.body['command']} failed because the app did not respond"
            return f"{name} didn't respond" if one.reason != NOBODY else f"{name} is not connected"
    return None


async def came(world: World, found: Callable[[], T], *, seconds: float, what: str, who: User) -> T:
    """What `found` gives.

    Raises:
        NothingCame: it gave nothing in time.
    """
    try:
        return await world.until(found, seconds=seconds)
    except TimeoutError:
        raise NothingCame(f"{who.name} waited {seconds} s for {what}") from None

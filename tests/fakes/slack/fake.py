"""The running Slack: its world, its methods, what it sends to the application, and people."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from bot.ports.clock import Clock
from tests.fakes.slack import installs, seen, server
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.delivery_events import Events
from tests.fakes.slack.delivery_plug import Outgoing
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.people import Outcome, Person
from tests.fakes.slack.people_bots import OtherBot
from tests.fakes.slack.ratelimits import Pace
from tests.fakes.slack.requests import Requests
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.wire import Request, Wire
from tests.fakes.slack.world import App, Channel, Message, Team, Thread, User, View, World

_LARGEST = 64 * 1024 * 1024


@dataclass(slots=True)
class FakeSlack:
    """Everything a test needs; see the package's docstring."""

    world: World
    wire: Wire
    port: int = 0
    _outgoing: Outgoing | None = None

    # ------------------------------------------------------------ parts

    @property
    def address(self) -> str:
        """`http://127.0.0.1:4711`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        """For SLACK_API_URL."""
        return f"{self.address}/api/"

    @property
    def app(self) -> App:
        """The application."""
        return self.world.app

    @property
    def faults(self) -> Faults:
        """What goes wrong with calls."""
        return self.wire.faults

    @property
    def requests(self) -> list[Request]:
        """Every call, in order of its answer."""
        return self.wire.requests

    @property
    def outgoing(self) -> Outgoing:
        """What is sent to the application."""
        if self._outgoing is None:
            self._outgoing = Outgoing(self)
        return self._outgoing

    @property
    def deliver(self) -> Delivery:
        """How it reaches the application."""
        return self.outgoing.delivery

    @property
    def events(self) -> Events:
        """What of all that happens is sent."""
        return self.outgoing.events

    @property
    def sockets(self) -> Sockets:
        """The connections of Socket Mode."""
        return self.outgoing.sockets

    @property
    def http(self) -> Requests:
        """The requests to the application's address, forged ones too."""
        return self.outgoing.http

    def sends_to(self, url: str | None) -> None:
        """Send everything to this address from now on; None: through sockets."""
        self.http.url = url

    @property
    def signing_secret(self) -> str:
        """What requests to the application are signed with."""
        return self.app.signing_secret

    @property
    def client_id(self) -> str:
        """Of the application."""
        return self.app.client_id

    @property
    def client_secret(self) -> str:
        """Of the application."""
        return self.app.client_secret

    @property
    def app_token(self) -> str:
        """Opens sockets."""
        return self.app.app_token

    @property
    def pace(self) -> Pace:
        """How often one may ask."""
        return self.wire.buckets.pace

    @pace.setter
    def pace(self, pace: Pace) -> None:
        self.wire.buckets.pace = pace

    @property
    def history(self) -> str:
        """`full`, or `small`: one request a minute and 15 messages."""
        return self.wire.buckets.history

    @history.setter
    def history(self, history: str) -> None:
        self.wire.buckets.history = history

    def calls(self, method: str) -> list[Request]:
        """The calls of a method, such as `chat.postMessage`."""
        return [one for one in self.requests if one.method == method]

    # ------------------------------------------------------------ workspaces, channels, people

    def add_team(self, name: str, *, enterprise: str | None = None) -> Team:
        """A workspace with a #general; the application is not installed in it."""
        return self.world.add_team(name, enterprise=enterprise)

    def add_channel(self, team: Team, name: str, *, private: bool = False, archived: bool = False) -> Channel:
        """A channel; everybody is in a public one, nobody in a private one. The bot is in neither."""
        return self.world.add_channel(team, name, private=private, archived=archived)

    def person(self, name: str, team: Team, **known: Any) -> Person:
        """Somebody new in a workspace. `known`: admin, owner, locale, zone."""
        return Person(self, self.world.add_user(name, team, **known), team)

    def other_bot(self, name: str, team: Team) -> OtherBot:
        """A bot that is not ours: `bot.say(channel, text)`."""
        return OtherBot.called(self, name, team)

    def install(self, team: Team, by: Person | User | None = None, *, scopes: Iterable[str] | None = None) -> Team:
        """The application is in a workspace from now on, as if somebody had clicked through the pages."""
        return installs.install(self.world, team, by.id if by is not None else None, scopes)

    def uninstall(self, team: Team) -> None:
        """Somebody throws the application out: `tokens_revoked`, `app_uninstalled`."""
        installs.uninstall(self.world, team)

    def join(self, channel: Channel, who: Person | User | None = None) -> None:
        """Somebody comes into a channel; None: the bot, invited by a person."""
        installs.join(self.world, channel, who.id if who is not None else None)

    def leave(self, channel: Channel, who: Person | User | None = None) -> None:
        """Somebody leaves a channel or is removed; None: the bot."""
        installs.leave(self.world, channel, who.id if who is not None else None)

    def archive(self, channel: Channel) -> None:
        """A channel is archived."""
        installs.archive(self.world, channel)

    def delete(self, message: Message) -> None:
        """Somebody deletes a message; a parent with replies leaves a tombstone."""
        installs.delete(self.world, message)

    # ------------------------------------------------------------ looking

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel itself, oldest first."""
        return [m for m in self.world.history(channel) if not m.tombstone]

    def replies(self, thread: Thread | Message) -> list[Message]:
        """What stands in a thread below its parent, oldest first."""
        found = thread if isinstance(thread, Thread) else thread.thread
        return [m for m in self.world.replies(found) if m.ts != found.ts]

    def direct(self, person: Person | User) -> Channel:
        """The direct messages between the application and somebody."""
        return self.world.direct(person.id)

    def seen(
        self, what: Channel | Thread | Message | View | Outcome | str, by: Person | User, *, links: bool = False
    ) -> str:
        """A channel, a thread, a message, a modal or `"home"` as a person sees it, in plain text."""
        return seen.seen(self.world, what, by.user if isinstance(by, Person) else by, links=links)

    def picture(self, what: Channel | Thread | Message | View, by: Person | User) -> str:
        """The same as an HTML page, drawn by the product."""
        from tests.fakes.slack.seen_picture import picture

        return picture(self.world, what, by.user if isinstance(by, Person) else by)

    def say_as_bot(self, channel: Channel, **arguments: Any) -> Message:
        """The bot's message without a client: for tests of what people do. Arguments of chat.postMessage."""
        return installs.say_as_bot(self.world, channel, arguments)


class Steering(Protocol):
    """Adds ways to steer a fake from another process."""

    def install(self, app: web.Application) -> None:
        """Enter its routes."""
        ...


@asynccontextmanager
async def slack_server(
    clock: Clock | None = None,
    *,
    world: World | None = None,
    port: int = 0,
    control: Callable[[FakeSlack], Steering] | None = None,
) -> AsyncIterator[FakeSlack]:
    """A Slack for the length of the block; with `world` one that goes on from where another ended."""
    world = world or World(clock)
    world.on_event.clear()
    fake = FakeSlack(world, Wire(world))
    app = web.Application(client_max_size=_LARGEST)
    server.install(app, fake.wire)
    fake.outgoing.install(app)
    if control is not None:
        control(fake).install(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    fake.port = runner.addresses[0][1]
    world.address = fake.address
    try:
        yield fake
    finally:
        await fake.outgoing.close()
        await runner.cleanup()

"""A small application of Bolt, as it is shipped, beside the local Slack: by sockets, or by requests to its address."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack, Person, slack_server
from tests.fakes.slack.state import Channel, Message, Team

Json = dict[str, Any]


@dataclass(slots=True)
class Stage:
    """A workspace with two people and the application in it."""

    fake: FakeSlack
    clock: FakeClock
    team: Team
    channel: Channel
    mira: Person
    tom: Person
    app: AsyncApp
    heard: list[Json] = field(default_factory=list)
    """Bodies of events, in the order in which the application was told."""

    @property
    def client(self) -> AsyncWebClient:
        """With the token of the workspace."""
        return self.app.client

    def hears(self, *names: str) -> None:
        """The application keeps the bodies of these events."""

        async def keep(body: Json) -> None:
            self.heard.append(body)
            self.fake.world.touch()

        for name in names:
            self.app.event(name)(keep)

    async def told(self, count: int) -> list[Json]:
        """The inner events, once there are so many."""
        await self.fake.world.until(lambda: len(self.heard) >= count)
        return [body["event"] for body in self.heard]

    def post(self, *blocks: Json, text: str = "words", **more: Any) -> Message:
        """A message of the application."""
        return self.fake.say_as_bot(self.channel, text=text, blocks=list(blocks), **more)


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A workspace; nothing runs yet."""
    clock = FakeClock()
    async with slack_server(clock) as fake:
        team = fake.add_team("Harbour")
        channel = fake.add_channel(team, "keepers")
        mira = fake.person("Mira", team, admin=True, zone="Europe/Berlin")
        tom = fake.person("Tom", team)
        fake.install(team, by=mira)
        fake.join(channel)
        fake.deliver.known = True  # what is sent while it is not there waits for it, and is kept
        client = AsyncWebClient(token=team.bot_token, base_url=fake.api)
        app = AsyncApp(client=client, signing_secret=fake.signing_secret)
        yield Stage(fake, clock, team, channel, mira, tom, app)


@asynccontextmanager
async def by_socket(stage: Stage) -> AsyncIterator[AsyncSocketModeHandler]:
    """The application listens by a socket."""
    handler = AsyncSocketModeHandler(stage.app, stage.fake.app_token, ping_interval=0.05)
    before = len(stage.fake.sockets.live)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's
    await stage.fake.sockets.connected(before + 1)
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's


@asynccontextmanager
async def by_requests(stage: Stage) -> AsyncIterator[str]:
    """The application listens at an address, which it gives."""
    stage.fake.http.now = time.time  # Bolt checks signatures by the machine's clock
    runner = web.AppRunner(stage.app.web_app("/slack/events"), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    stage.fake.sends_to(url)
    try:
        yield url
    finally:
        await runner.cleanup()


# ------------------------------------------------------------ blocks


def plain(text: str) -> Json:
    """Words without markup."""
    return {"type": "plain_text", "text": text}


def button(label: str, value: str, **more: Any) -> Json:
    """A button with the action id `b1:x`."""
    return {"type": "button", "text": plain(label), "action_id": "b1:x", "value": value, **more}


def actions(*elements: Json) -> Json:
    """Every element with an action id of its own, as Slack wants them in one block."""
    return {"type": "actions", "elements": [{**e, "action_id": f"b1:x:{n}"} for n, e in enumerate(elements)]}


def section(text: str, **more: Any) -> Json:
    """A text in mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def options(*labels: str) -> list[Json]:
    """Lines of a menu; the values are in lower case."""
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def entry(label: str, element: Json, **more: Any) -> Json:
    """Something to fill in, with the action id `a`."""
    return {"type": "input", "label": plain(label), "element": {"action_id": "a", **element}, **more}


def window(*blocks: Json, **more: Any) -> Json:
    """A modal."""
    return {"type": "modal", "title": plain("Ask"), "close": plain("Cancel"), "blocks": list(blocks), **more}


def form(*blocks: Json, **more: Any) -> Json:
    """A modal that can be sent."""
    return window(*blocks, **{"submit": plain("Send"), "callback_id": "b1:ask", **more})

"""What is sent to the application, as a part of the running fake: sockets, requests, the pages of installing."""

from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.slack import oauth
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.delivery_events import Events
from tests.fakes.slack.requests import Requests
from tests.fakes.slack.sockets import Sockets

if TYPE_CHECKING:
    from tests.fakes.slack.fake import FakeSlack

LINK = "/link/"
"""Where sockets arrive."""


class Outgoing:
    """The ways to the application, and what goes there."""

    def __init__(self, fake: "FakeSlack") -> None:
        world = fake.world
        self._fake = fake
        self.sockets = Sockets(world, world.app.id)
        self.http = Requests(world.app.signing_secret, lambda: world.now().timestamp())
        self.delivery = Delivery(world, [self.http, self.sockets])
        self.sockets.delivery = self.http.delivery = self.delivery
        self.events = Events(world, self.delivery)
        world.on_event.append(self.events.tell)
        world.on_socket = self._address

    def _address(self) -> str:
        self.sockets.base = f"ws://127.0.0.1:{self._fake.port}{LINK}"
        return self.sockets.address()

    def install(self, app: web.Application) -> None:
        """Enter its routes."""
        app.router.add_get(LINK, self.sockets.connect)
        oauth.enter(app, self._fake.world)

    async def close(self) -> None:
        """Send nothing more."""
        await self.delivery.close()
        await self.http.close()
        await self.sockets.drop(code=1001)

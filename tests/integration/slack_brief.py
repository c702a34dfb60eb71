"""A workspace that has just installed the app, with the whole office behind it: where tests of commands begin."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.access import Installs
from adapters.platforms.slack.client import Listening
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.options import Options
from adapters.platforms.slack.rest import OneToken
from adapters.platforms.slack.wiring import equipped
from adapters.platforms.slack.workspaces import Installer, nobody_known
from bot.config import SlackSettings
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.ports.office import Office
from bot.ports.platform import Inbox as InboxPort
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox
from tests.fakes.crew import KeptEvents
from tests.fakes.held import failing
from tests.fakes.office import Bench
from tests.fakes.slack import SCOPES, Channel, FakeSlack, Outcome, Person, Team, slack_server

CATALOGUE = FluentCatalogue()


@dataclass
class Brief:
    """One workspace, two channels, an admin and somebody who is none."""

    fake: FakeSlack
    team: Team
    keepers: Channel
    """The bot is in it."""
    lounge: Channel
    """It is not."""
    bench: Bench
    mira: Person
    """Admin; has installed it."""
    nell: Person
    events: KeptEvents = field(init=False)

    def __post_init__(self) -> None:
        self.events = KeptEvents(self.fake.world.touch)

    @property
    def tenant(self) -> str:
        return f"slack:{self.team.id}"

    def place(self, channel: Channel) -> Place:
        return Place("slack", f"{self.team.id}/{channel.id}")

    async def subscribed(self, channel: Channel | None = None, **wanted: Any) -> Subscription:
        """A channel has editions."""
        options = Options(host=f"{self.team.id}/{self.mira.id}").written()
        place = self.place(channel or self.keepers)
        return await self.bench.made(place, tenant=self.tenant, **({"options": options} | wanted))

    async def subscriptions(self) -> list[Subscription]:
        return list(await self.bench.office.subscribing.list(self.tenant))

    async def postings(self) -> int:
        async with self.bench.store.unit() as unit:
            return sum((await unit.records.counts()).postings.values())

    @asynccontextmanager
    async def awake(self, office: Office | None = None, *, installer: Installer = nobody_known) -> AsyncIterator[Kit]:
        """The bot runs for the length of the block; nothing of it is left after."""
        kits: list[Kit] = []

        def equip(kit: Kit, inbox: InboxPort) -> Listening:
            kits.append(kit)
            return equipped(kit, inbox)

        settings = SlackSettings(bot_token=self.team.bot_token, app_token=self.fake.app.app_token, api=self.fake.api)
        platform = SlackPlatform(
            settings,
            office=office or self.bench.office,
            catalogue=CATALOGUE,
            clock=self.bench.clock,
            events=self.events,
            equip=equip,
            installs=Installs(OneToken(self.team.bot_token), installer=installer),
        )
        discuss = Discuss(self.bench.store, CATALOGUE)
        inbox = Inbox(self.bench.store, discuss, CATALOGUE, self.bench.clock, report=lambda *_: None)
        before = self.events.names().count("slack_listens")
        running = asyncio.create_task(platform.run(inbox))
        try:
            await self.fake.world.until(lambda: running.done() or self.events.names().count("slack_listens") > before)
            if running.done():
                running.result()
            yield kits[0]
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    def failing(self, error: Exception) -> Office:
        """An office in which everything goes wrong, but that workspaces come and go."""
        return failing(error, self.bench.desks, tenancy=self.bench.tenancy)


@asynccontextmanager
async def brief(*, scopes: Any = SCOPES) -> AsyncIterator[Brief]:
    """A workspace that has installed us."""
    bench = Bench()
    async with slack_server(bench.clock) as fake:
        fake.app.shortcuts = {"Ask about this": ("message", "ask"), "Briefing now": ("global", "now")}
        team = fake.add_team("Harbour")
        keepers, lounge = fake.add_channel(team, "keepers"), fake.add_channel(team, "lounge")
        mira = fake.person("Mira", team, admin=True, zone="Europe/London")
        nell = fake.person("Nell", team)
        fake.install(team, by=mira, scopes=scopes)
        fake.join(keepers)
        yield Brief(fake, team, keepers, lounge, bench, mira, nell)


async def shows(person: Person, seen: Outcome, words: str) -> Outcome:
    """What the person sees once these words are there."""
    while words not in seen.text:
        seen = await person.more(seen)
    return seen


async def home_shows(space: Brief, person: Person, words: str) -> str:
    """App Home once these words are in it."""

    def there() -> str | None:
        text = space.fake.seen("home", person)
        return text if words in text else None

    try:
        found = await space.fake.world.until(there)
    except TimeoutError:
        raise AssertionError(f"no {words!r} in:\n{space.fake.seen('home', person)}") from None
    assert found is not None
    return found

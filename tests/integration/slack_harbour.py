"""A workspace with an edition in it, a bot that listens, and people: what tests of talk begin with."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack import wiring
from adapters.platforms.slack.arrival import Called, Opened, Pressed, Sent, Typed
from adapters.platforms.slack.client import Listening
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.rendering import Where, render
from adapters.platforms.slack.talk.listening import Ears
from adapters.storage.memory import MemoryStore
from adapters.wire.publications import spoken
from bot.config import SlackSettings
from bot.domain.desk import Desks
from bot.domain.episode import Episode
from bot.domain.ledger import State
from bot.domain.message import Publication, part_name, thread_of
from bot.domain.place import Place
from bot.domain.press import Press
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule
from bot.ports.office import Office
from bot.ports.platform import Inbox as InboxPort
from bot.services.inbox import Inbox, InboxRules
from bot.services.tenancy import Tenancy
from tests.contract.ledger_samples import a_posting, begin, keep_posting, parts_of, settle, take
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.episodes import kept
from tests.fakes.held import FailingWhereabouts, HeldDiscuss, Searching
from tests.fakes.listening import MemoryListening
from tests.fakes.recordings import MemoryPictures
from tests.fakes.slack.fake import FakeSlack, slack_server
from tests.fakes.slack.people import Person
from tests.fakes.slack.world import Channel, Message, Team, Thread, World
from tests.fakes.talk import NOON, sample
from tests.unit.test_discuss import keep

CATALOGUE = FluentCatalogue()
HERE = sample().id
_ADDRESS = re.compile(r"https?://[^\s)>'\"|\\]+")


class KeptForms:
    """Forms of set-up: they are told what is theirs."""

    def __init__(self, world: World) -> None:
        self.told: list[object] = []
        self._world = world

    def _keep(self, one: object) -> None:
        self.told.append(one)
        self._world.touch()

    async def pressed(self, pressed: Pressed, press: Press) -> None:
        """Remember."""
        del pressed
        self._keep(press)

    def verdict(self, sent: Sent, press: Press) -> Json | None:
        """Close it."""
        del sent, press
        return None

    async def sent(self, sent: Sent, press: Press) -> None:
        """Remember."""
        del sent
        self._keep(press)

    def choices(self, action: str, typed: str) -> list[Json]:
        """One."""
        return [{"text": {"type": "plain_text", "text": typed}, "value": action}]

    async def typed(self, typed: Typed) -> None:
        """Remember."""
        self._keep(typed)

    async def now(self, called: Called) -> None:
        """Remember."""
        self._keep(called)

    async def opened(self, opened: Opened) -> None:
        """Remember."""
        self._keep(opened)


class OneSubscription:
    """What a workspace has subscribed to."""

    def __init__(self) -> None:
        self.found: list[Subscription] = []

    async def list(self, tenant: str | None = None) -> list[Subscription]:
        """Those of a tenant."""
        return [one for one in self.found if tenant in {None, one.tenant}]


@dataclass
class Harbour:
    """One workspace with a channel, an edition in a thread, and the bot beside it."""

    fake: FakeSlack
    team: Team
    keepers: Channel
    mira: Person
    """Admin; has installed it."""
    store: MemoryStore
    clock: FakeClock
    edition: Any
    rules: InboxRules
    posted: dict[str, Message] = field(default_factory=dict)
    """The messages of the edition, by part."""
    archive: Searching = field(default_factory=Searching)
    subscribing: OneSubscription = field(default_factory=OneSubscription)
    paused: list[str] = field(default_factory=list)
    reports: list[tuple[str, BaseException]] = field(default_factory=list)
    forms: KeptForms = field(init=False)
    listening: MemoryListening = field(init=False)
    pictures: MemoryPictures = field(init=False)
    discuss: HeldDiscuss = field(init=False)
    events: KeptEvents = field(init=False)
    whereabouts: FailingWhereabouts = field(init=False)

    def __post_init__(self) -> None:
        self.listening = MemoryListening(self.store)
        self.pictures = MemoryPictures()
        self.forms = KeptForms(self.fake.world)
        self.discuss = HeldDiscuss(self.store, CATALOGUE)
        self.events = KeptEvents(self.fake.world.touch)
        self.whereabouts = FailingWhereabouts(self.store, self.clock)

    @property
    def thread(self) -> Thread:
        """The edition's."""
        return self.posted["card"].thread

    def person(self, name: str = "Nell", **known: Any) -> Person:
        """Somebody in this workspace."""
        return self.fake.person(name, self.team, **known)

    @asynccontextmanager
    async def awake(self, *, wired: bool = False) -> AsyncIterator[Kit]:
        """The bot runs for the length of the block; nothing of it is left after. `wired`: with its own forms."""
        kits: list[Kit] = []

        def equipped(kit: Kit, inbox: InboxPort) -> Listening:
            kits.append(kit)
            if wired:
                return wiring.equipped(kit, inbox)
            return Listening(Ears(kit, inbox, self.forms), _no_greeting)

        settings = SlackSettings(bot_token=self.team.bot_token, app_token=self.fake.app.app_token, api=self.fake.api)
        platform = SlackPlatform(
            settings,
            office=self._office(),
            catalogue=CATALOGUE,
            clock=self.clock,
            events=self.events,
            equip=equipped,
        )
        inbox = Inbox(
            self.store,
            self.discuss,
            CATALOGUE,
            self.clock,
            report=self._report,
            rules=self.rules,
            pause=self._pause,
        )
        before = self.events.names().count("slack_listens")
        running = asyncio.create_task(platform.run(inbox))
        try:
            await self.hears(lambda: running.done() or self.events.names().count("slack_listens") > before)
            yield kits[0]
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _pause(self, subscription: Subscription) -> None:
        self.paused.append(subscription.id)

    def _report(self, identity: str, error: BaseException) -> None:
        self.reports.append((identity, error))
        self.fake.world.touch()

    def _office(self) -> Office:
        nobody = cast("Any", None)
        return Office(
            subscribing=cast("Any", self.subscribing),
            pausing=nobody,
            on_demand=cast("Any", self.archive),
            reporting=nobody,
            following=nobody,
            proposing=nobody,
            privacy=nobody,
            tenancy=Tenancy(self.store, self.clock, platforms=["slack"]),
            whereabouts=self.whereabouts,
            listening=self.listening,
            shows=nobody,
            pictures=self.pictures,
            desks=Desks({}),
        )

    # ------------------------------------------------------------ what stands there

    @property
    def place(self) -> Place:
        """The channel."""
        return Place("slack", f"{self.team.id}/{self.keepers.id}")

    async def publish(self) -> None:
        """The edition as it is after a delivery: posted, and in the ledger."""
        if isinstance(self.edition, Episode):
            await self.listening.keep(kept())
        else:
            await keep(self.store, self.edition)
        tenant = f"slack:{self.team.id}"
        posting = a_posting(place=self.place, edition=self.edition.id, tenant=tenant)
        await keep_posting(self.store, posting)
        phrases = CATALOGUE.speak(spoken(self.edition))
        parts = thread_of(self.edition)
        deliveries = await begin(self.store, posting.key, parts_of(posting, tuple(map(part_name, parts))))
        thread: str | None = None
        for part, delivery in zip(parts, deliveries, strict=True):
            message: Message | None = None
            for payload in render(part, phrases, Where()):
                quiet = {"unfurl_links": False, "unfurl_media": False, "thread_ts": thread}
                message = self.fake.say_as_bot(self.keepers, **payload, **quiet)
                thread = thread or message.ts
            assert message is not None
            self.posted[part_name(part)] = message
            claimed = await take(self.store, delivery)
            assert claimed is not None
            await settle(self.store, replace(claimed, state=State.SENT, message=message.ts, thread=thread))
        schedule = Schedule("UTC", (1,), ())
        desk = getattr(self.edition, "desk", "default")
        here = Subscription("a" * 12, tenant, self.place, desk, schedule, "en", self.clock.now())
        self.subscribing.found.append(here)

    def said(self, where: Channel | Thread | None = None) -> list[Message]:
        """Messages of the bot there, for all, that are not of the edition, oldest first."""
        own = {message.ts for message in self.posted.values()}
        place = where or self.thread
        found = self.fake.replies(place) if isinstance(place, Thread) else self.fake.messages(place)
        return [m for m in found if m.user == self.team.bot_user and m.ts not in own and not m.deleted]

    async def hears(self, found: Callable[[], Any]) -> Any:
        """What a test waits for."""
        return await self.fake.world.until(found)


async def _no_greeting(team: str, user: str, kit: Kit) -> None:
    del team, user, kit


def read(message: Message) -> str:
    """All texts of a message."""
    return str(message.blocks) + message.text


def links(message: Message) -> set[str]:
    """Every address in what a message shows."""
    return set(_ADDRESS.findall(read(message)))


@asynccontextmanager
async def harbour(
    edition: Publication | None = None, *, patience: timedelta = timedelta(minutes=1), published: bool = True
) -> AsyncIterator[Harbour]:
    """A workspace in which the sample edition, or another, stands."""
    clock = FakeClock(NOON)
    async with slack_server(clock) as fake:
        fake.app.shortcuts = {"Ask about this": ("message", "ask"), "Briefing now": ("global", "now")}
        team = fake.add_team("Harbour")
        keepers = fake.add_channel(team, "keepers")
        mira = fake.person("Mira", team, admin=True)
        fake.install(team, by=mira)
        fake.join(keepers)
        store = MemoryStore(clock.now)
        made = Harbour(fake, team, keepers, mira, store, clock, edition or sample(), InboxRules(patience=patience))
        if published:
            await made.publish()
        yield made

"""A server with an edition in it, a bot that listens, and people: what tests of talk begin with."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import discord

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.client import Client
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.rendering import Where, render
from adapters.platforms.discord.talk.listening import Ears
from adapters.storage.memory import MemoryStore
from adapters.wire.publications import spoken
from bot.domain.desk import Desks
from bot.domain.episode import Episode
from bot.domain.ledger import State
from bot.domain.message import Publication, part_name, thread_of
from bot.domain.place import Place
from bot.domain.press import Press
from bot.domain.subscription import Subscription
from bot.ports.office import Office
from bot.services.inbox import Inbox, InboxRules
from bot.services.tenancy import Tenancy
from tests.contract.ledger_samples import a_posting, begin, keep_posting, parts_of, settle, take
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.discord import Channel, FakeDiscord, Guild, Message, Permission, Person, discord_server
from tests.fakes.discord.permissions import NOTHING
from tests.fakes.discord.posting import post
from tests.fakes.discord.threads import from_message
from tests.fakes.episodes import kept
from tests.fakes.held import FailingWhereabouts, HeldDiscuss, Searching
from tests.fakes.listening import MemoryListening
from tests.fakes.recordings import MemoryPictures
from tests.fakes.talk import NOON, sample
from tests.unit.test_discuss import keep

CATALOGUE = FluentCatalogue()
HERE = sample().id
_ADDRESS = re.compile(r"https?://[^\s)>'\"]+")


class Listener(Client):
    """A client that hands on what people write and press, and nothing else."""

    ears: Ears

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        await self.ears.heard(message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Somebody pressed something."""
        await self.ears.pressed(interaction)


class KeptForms:
    """Forms of set-up: they answer themselves."""

    def __init__(self) -> None:
        self.pressed_ids: list[Press] = []
        self.kit: Kit | None = None

    async def pressed(self, interaction: discord.Interaction[Any], press: Press) -> None:
        """Acknowledge and remember."""
        assert self.kit is not None
        self.pressed_ids.append(press)
        await self.kit.rest.acknowledge_change(interaction)


@dataclass
class Harbour:
    """One server with a channel, an edition in a thread, and the bot beside it."""

    fake: FakeDiscord
    guild: Guild
    keepers: Channel
    store: MemoryStore
    clock: FakeClock
    edition: Any
    rules: InboxRules
    posted: dict[str, Message] = field(default_factory=dict)
    """The messages of the edition, by part."""
    forms: KeptForms = field(default_factory=KeptForms)
    archive: Searching = field(default_factory=Searching)
    paused: list[str] = field(default_factory=list)
    """Ids of subscriptions that somebody paused by a word."""
    reports: list[tuple[str, BaseException]] = field(default_factory=list)
    listening: MemoryListening = field(init=False)
    pictures: MemoryPictures = field(init=False)
    discuss: HeldDiscuss = field(init=False)
    events: KeptEvents = field(init=False)
    whereabouts: FailingWhereabouts = field(init=False)

    def __post_init__(self) -> None:
        self.listening = MemoryListening(self.store)
        self.pictures = MemoryPictures()
        self.discuss = HeldDiscuss(self.store, CATALOGUE)
        self.events = KeptEvents(self.fake.world.touch)
        self.whereabouts = FailingWhereabouts(self.store, self.clock)

    @property
    def thread(self) -> Channel:
        """The edition's."""
        return self.fake.thread(self.posted["card"])

    def person(self, name: str = "Nell", permissions: Permission = NOTHING, *, locale: str = "en-US") -> Person:
        """Somebody in this server."""
        return self.fake.person(name, self.guild, permissions, locale=locale)

    @asynccontextmanager
    async def awake(self, *, reads_all: bool = True) -> AsyncIterator[Kit]:
        """The bot runs for the length of the block; nothing of it is left after."""
        self.fake.world.portal.message_content = reads_all
        client = Listener(reads_all=reads_all)
        kit = Kit(client.rest, self._office(), CATALOGUE, self.clock, self.events, client.me, reads_all)
        self.forms.kit = kit
        inbox = Inbox(
            self.store,
            self.discuss,
            CATALOGUE,
            self.clock,
            report=self._report,
            rules=self.rules,
            pause=self._pause,
        )
        client.ears = Ears(kit, inbox, self.forms)
        async with self.fake.running(client):
            yield kit

    async def _pause(self, subscription: Subscription) -> None:
        self.paused.append(subscription.id)

    def _report(self, identity: str, error: BaseException) -> None:
        self.reports.append((identity, error))
        self.fake.world.touch()

    def _office(self) -> Office:
        nobody = cast("Any", None)
        return Office(
            subscribing=nobody,
            pausing=nobody,
            on_demand=cast("Any", self.archive),
            reporting=nobody,
            following=nobody,
            proposing=nobody,
            privacy=nobody,
            tenancy=Tenancy(self.store, self.clock, platforms=["discord"]),
            whereabouts=self.whereabouts,
            listening=self.listening,
            shows=nobody,
            pictures=self.pictures,
            desks=Desks({}),
        )

    # ------------------------------------------------------------ what stands there

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """What happens in the block, no client is told."""
        listeners, self.fake.world.listeners[:] = list(self.fake.world.listeners), []
        yield
        self.fake.world.listeners[:] = listeners

    async def publish(self) -> None:
        """The edition as it is after a delivery: posted, and in the ledger."""
        if isinstance(self.edition, Episode):
            await self.listening.keep(kept())
        else:
            await keep(self.store, self.edition)
        place = Place("discord", self.keepers.id)
        posting = a_posting(place=place, edition=self.edition.id, tenant=f"discord:{self.guild.id}")
        await keep_posting(self.store, posting)
        phrases = CATALOGUE.speak(spoken(self.edition))
        parts = thread_of(self.edition)
        deliveries = await begin(self.store, posting.key, parts_of(posting, tuple(map(part_name, parts))))
        where = self.keepers.id
        for part, delivery in zip(parts, deliveries, strict=True):
            (payload, *more) = render(part, phrases, Where(guild=self.guild.id))
            message = post(self.fake.world, where, payload)
            if part_name(part) == "card":
                from_message(self.fake.world, where, message.id, {"name": "An edition", "auto_archive_duration": 10080})
                where = message.id
            for further in more:
                message = post(self.fake.world, where, further)
            self.posted[part_name(part)] = message
            claimed = await take(self.store, delivery)
            assert claimed is not None
            thread = self.posted["card"].id
            await settle(self.store, replace(claimed, state=State.SENT, message=message.id, thread=thread))

    def said(self, channel: Channel | None = None) -> list[Message]:
        """Messages of the bot there that are not of the edition, oldest first."""
        own = {message.id for message in self.posted.values()}
        found = self.fake.messages(channel or self.thread)
        return [m for m in found if m.author == self.fake.world.me.id and m.id not in own]

    async def hears(self, found: Callable[[], Any]) -> Any:
        """What a test waits for."""
        return await self.fake.world.until(found)


def links(message: Message) -> set[str]:
    """Every address in what a message shows."""
    return set(_ADDRESS.findall(str(message.components) + message.content))


@asynccontextmanager
async def harbour(
    edition: Publication | None = None,
    *,
    locale: str = "en-US",
    patience: timedelta = timedelta(minutes=1),
    published: bool = True,
) -> AsyncIterator[Harbour]:
    """A server in which the sample edition, or another, stands."""
    clock = FakeClock(NOON)
    async with discord_server(clock) as fake:
        guild = fake.add_guild("Harbour", locale=locale)
        keepers = fake.add_channel(guild, "keepers")
        fake.invite(guild)
        store = MemoryStore(clock.now)
        made = Harbour(fake, guild, keepers, store, clock, edition or sample(), InboxRules(patience=patience))
        if published:
            await made.publish()
        yield made

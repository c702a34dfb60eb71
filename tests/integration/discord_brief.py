"""A server that has just added the bot, with the whole office behind it: where tests of commands and forms begin."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.client import Client, Listening
from adapters.platforms.discord.commands.pressed import Forms
from adapters.platforms.discord.commands.tree import plant, synchronise
from adapters.platforms.discord.forms.setup import greet
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.talk.listening import Ears
from bot.ports.office import Office
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox
from tests.fakes.crew import KeptEvents
from tests.fakes.discord import Channel, FakeDiscord, Guild, Outcome, Permission, Person, discord_server
from tests.fakes.discord.permissions import NOTHING
from tests.fakes.held import failing
from tests.fakes.office import Bench

CATALOGUE = FluentCatalogue()


@dataclass
class Brief:
    """One server, two channels, somebody who manages it and somebody who does not."""

    fake: FakeDiscord
    guild: Guild
    keepers: Channel
    lounge: Channel
    bench: Bench
    mira: Person
    """Manages the server."""
    nell: Person
    """Does not."""
    events: KeptEvents = field(default_factory=KeptEvents)
    synchronised: list[bool] = field(default_factory=list)

    @property
    def tenant(self) -> str:
        return f"discord:{self.guild.id}"

    def person(self, name: str, permissions: Permission = NOTHING, *, locale: str = "en-US") -> Person:
        return self.fake.person(name, self.guild, permissions, locale=locale)

    @asynccontextmanager
    async def awake(self, office: Office | None = None, *, reads_all: bool = True) -> AsyncIterator[Kit]:
        """The bot runs for the length of the block; nothing of it is left after."""
        self.fake.world.portal.message_content = reads_all
        client = Client(reads_all=reads_all)
        kit = Kit(
            client.rest, office or self.bench.office, CATALOGUE, self.bench.clock, self.events, client.me, reads_all
        )
        discuss = Discuss(self.bench.store, CATALOGUE)
        inbox = Inbox(self.bench.store, discuss, CATALOGUE, self.bench.clock, report=lambda *_: None)
        tree = plant(client, kit, inbox)

        async def begin() -> None:
            """Commands are registered below, where a test can look at it."""

        async with self.fake.running(client):
            client.listen_with(kit, Listening(Ears(kit, inbox, Forms(kit)), greet, begin))
            self.synchronised.append(await synchronise(tree, kit))
            yield kit

    def failing(self, error: Exception) -> Office:
        """An office in which everything goes wrong."""
        return failing(error, self.bench.desks)


@asynccontextmanager
async def brief(*, locale: str = "en-US") -> AsyncIterator[Brief]:
    """A server that the bot has joined."""
    bench = Bench()
    async with discord_server(bench.clock) as fake:
        guild = fake.add_guild("Harbour", locale=locale)
        keepers, lounge = fake.add_channel(guild, "keepers"), fake.add_channel(guild, "lounge")
        mira = fake.person("Mira", guild, Permission.MANAGE_GUILD)
        nell = fake.person("Nell", guild)
        fake.invite(guild)
        yield Brief(fake, guild, keepers, lounge, bench, mira, nell)


async def shows(person: Person, outcome: Outcome, words: str) -> Outcome:
    """What the person sees once these words are there; a form changes after the press was acknowledged."""
    one = outcome.interaction

    def there() -> Outcome | None:
        seen = person.look(one)
        return seen if words in seen.text else None

    try:
        found = await person.fake.world.until(there)
    except TimeoutError:
        raise AssertionError(f"no {words!r} in:\n{person.look(one).text}") from None
    assert found is not None
    return found

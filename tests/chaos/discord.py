"""Discord's adapter under fire: discord.py, our payloads and our read-back against a Discord that fails.

Some places are channels with a thread for each edition, some are forums, where no key keeps a post from being doubled.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from adapters.platforms.discord.gateway import DiscordPlatform
from adapters.platforms.discord.posting.finding import stamped
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.bootstrap import application
from bot.config import Settings
from bot.domain.place import Place
from tests.chaos.bot_process import ROSTER
from tests.chaos.delivery import LONG_AGO, harassed_too
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan
from tests.chaos.owing import DESKS, account_of, now, owe
from tests.chaos.siege import Siege, Stood, judged
from tests.chaos.tally import Tally
from tests.chaos.worker import Journal, WorkerSettings, deliver_to, hurry
from tests.fakes.discord import FakeDiscord, Kind, aimed_at, discord_server
from tests.fakes.discord.faults import spread

NAME = "discord"
_ROUTES = (
    "POST /channels/{}/messages",
    "POST /channels/{}/messages/{}/threads",
    "POST /channels/{}/threads",
    "GET /channels/{}/messages",
)
_FORUMS = 5
"""One place of so many is a forum."""
_RATE = 0.1
_WINDOW = timedelta(seconds=2)
"""Much shorter than the real one: what was accepted has to be found by reading back, too."""
_SLOW = 1.8
_HURRY = 0.1


def cells() -> Sequence[Cell]:
    """One."""
    return [Cell("discord: killed, accepted and dropped", _run)]


@dataclass(frozen=True, slots=True)
class DiscordSettings(WorkerSettings):
    """What a worker on Discord is told."""

    token: str = field(default="", repr=False)


async def _run(ground: Ground) -> Tally:
    postings = ground.of(quick=12, normal=250, full=250)
    kills = ground.of(quick=3, normal=50, full=50)
    async with discord_server(SystemClock()) as fake:
        places = _places(fake, postings // len(DESKS))
        fake.world.portal.nonce_window = _WINDOW
        fake.faults.routes, fake.faults.rates = _ROUTES, spread(_RATE)
        fake.faults.slow, fake.faults.seed = _SLOW, ground.chance.randrange(2**31)
        store = build(ground.sqlite())
        due = now()
        owed = await owe(store, postings, due=due, places=places)
        siege = Siege(fake.world)
        lease = ground.of(quick=6, normal=9, full=9)
        settings = DiscordSettings(
            ground.sqlite(),
            str(fake.port),
            due - LONG_AGO,
            lease=lease,
            patience=lease / 6,
            at_once=48,
            journal=ground.folder / "journal.txt",
            token=fake.world.token,
        )
        plan = Plan(kills, owed.messages, trap_seconds=lease * 2, most_seconds=1500.0)
        harassed = await Harassment(work, [settings], siege, plan, ground.chance)()
        threads = Counter(str(thread.parent) for thread in fake.world.channels.values() if thread.is_thread)
        tally = judged(
            ground.name,
            owed,
            await account_of(store),
            faults=fake.faults.injected.total(),
            standing=_standing(fake),
            threads=threads,
        )
        await store.close()
    return harassed_too(tally, harassed, kills)


def _places(fake: FakeDiscord, count: int) -> list[Place]:
    guild = fake.add_guild("Harbour")
    fake.invite(guild)
    kinds = [Kind.FORUM if number % _FORUMS == 1 else Kind.TEXT for number in range(count)]
    return [Place(NAME, fake.add_channel(guild, f"place-{n}", kind).id) for n, kind in enumerate(kinds)]


def work(settings: DiscordSettings) -> None:
    """Deliver until nothing is open."""
    hurry()
    with aimed_at(int(settings.address), hurry=_HURRY):
        asyncio.run(_work(settings))


async def _work(settings: DiscordSettings) -> None:
    clock = SystemClock()
    told = Settings(settings.database, ROSTER, Path(), None, "en", "UTC", ())
    async with application(told, roster_folder=ROSTER.parent) as parts:
        platform = DiscordPlatform(
            settings.token,
            office=parts.office,
            catalogue=parts.catalogue,
            clock=clock,
            events=Journal(settings.journal),
            reads_all=False,
        )
        listening = asyncio.create_task(platform.run(_nobody))
        try:
            await deliver_to(NAME, platform, parts.store, clock, settings)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


async def _nobody(inbound: object, handle: object) -> None:
    """Nobody says anything."""


def _standing(fake: FakeDiscord) -> dict[str, list[Stood]]:
    found: dict[str, list[Stood]] = {}
    for message in fake.world.messages.values():
        key = stamped({"components": message.components})
        if message.author == fake.world.me.id and not message.deleted and key is not None:
            found.setdefault(key, []).append(Stood(message.id, int(message.id), message.channel))
    return found

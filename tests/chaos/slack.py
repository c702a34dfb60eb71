"""Slack's adapter under fire: slack-sdk, our payloads and our read-back against a Slack that fails.

No key keeps a message from being doubled there: whatever is in doubt has to be found by the metadata it carries.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from adapters.platforms.slack.gateway import SlackPlatform
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.bootstrap import application
from bot.config import Settings, SlackSettings
from bot.domain.place import Place
from tests.chaos.bot_process import ROSTER
from tests.chaos.delivery import LONG_AGO, harassed_too
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan
from tests.chaos.owing import DESKS, account_of, now, owe
from tests.chaos.siege import Siege, Stood, judged
from tests.chaos.tally import Tally
from tests.chaos.worker import Journal, WorkerSettings, deliver_to, hurry
from tests.fakes.slack import FakeSlack, Fault, slack_server

NAME = "slack"
_ROUTES = ("chat.postMessage", "conversations.replies", "conversations.history")
_RATE = 0.1
"""Of the requests: accepted (where they change something), then the connection is dropped."""


def cells() -> Sequence[Cell]:
    """One."""
    return [Cell("slack: killed, accepted and dropped", _run)]


@dataclass(frozen=True, slots=True)
class SlackWorkerSettings(WorkerSettings):
    """What a worker on Slack is told. `address` is that of the methods."""

    token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)


async def _run(ground: Ground) -> Tally:
    postings = ground.of(quick=12, normal=250, full=250)
    kills = ground.of(quick=3, normal=50, full=50)
    async with slack_server(SystemClock()) as fake:
        team = fake.add_team("Harbour")
        fake.install(team)
        places = [_place(fake, number) for number in range(postings // len(DESKS))]
        fake.faults.routes, fake.faults.rates = _ROUTES, {Fault.DROP: _RATE}
        fake.faults.seed = ground.chance.randrange(2**31)
        store = build(ground.sqlite())
        due = now()
        owed = await owe(store, postings, due=due, places=places)
        siege = Siege(fake.world)
        lease = ground.of(quick=6, normal=9, full=9)
        settings = SlackWorkerSettings(
            ground.sqlite(),
            fake.api,
            due - LONG_AGO,
            lease=lease,
            patience=lease / 6,
            at_once=48,
            journal=ground.folder / "journal.txt",
            token=team.bot_token,
            app_token=fake.app_token,
        )
        plan = Plan(kills, owed.messages, trap_seconds=lease * 2, most_seconds=1500.0)
        harassed = await Harassment(work, [settings], siege, plan, ground.chance)()
        tally = judged(
            ground.name,
            owed,
            await account_of(store),
            faults=fake.faults.injected.total(),
            standing=_standing(fake),
            threads=_threads(fake),
        )
        await store.close()
    return harassed_too(tally, harassed, kills)


def _place(fake: FakeSlack, number: int) -> Place:
    (team,) = fake.world.teams.values()
    channel = fake.add_channel(team, f"place-{number}")
    fake.join(channel)
    return Place(NAME, f"{team.id}/{channel.id}")


def work(settings: SlackWorkerSettings) -> None:
    """Deliver until nothing is open."""
    hurry()
    asyncio.run(_work(settings))


async def _work(settings: SlackWorkerSettings) -> None:
    clock = SystemClock()
    told = Settings(settings.database, ROSTER, Path(), None, "en", "UTC", ())
    async with application(told, roster_folder=ROSTER.parent) as parts:
        platform = SlackPlatform(
            SlackSettings(settings.token, settings.app_token, api=settings.address),
            office=parts.office,
            catalogue=parts.catalogue,
            clock=clock,
            events=Journal(settings.journal),
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


def _standing(fake: FakeSlack) -> dict[str, list[Stood]]:
    found: dict[str, list[Stood]] = {}
    for message in fake.world.messages.values():
        key = ((message.metadata or {}).get("event_payload") or {}).get("key")
        if key is not None and not message.deleted:
            thread = f"{message.channel}/{message.thread_ts}"
            found.setdefault(key, []).append(Stood(message.ts, float(message.ts), thread))
    return found


def _threads(fake: FakeSlack) -> Counter[str]:
    """Parents with replies, by place."""
    parents = {(m.team, m.channel, m.thread_ts) for m in fake.world.messages.values() if m.thread_ts is not None}
    return Counter(f"{team}/{channel}" for team, channel, _ in parents)

"""Two hundred people who turn to the bot at the same moment, while editions of thousands of items are composed.

The bot is the whole program in a process of its own; Discord is the one of the tests, in this process, with its default
pace. Both, and the process that composes, share the machine. A time begins when the event is handed to the gateway's
socket and ends when the request that acknowledges it has arrived (of a mention: the first message that refers to it, or
"Counterpoint is typing" in its thread).
"""

import asyncio
import math
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as local_time
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from adapters.storage.sql import build
from bot.domain.place import Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import EVERY_DAY, Schedule
from tests.bench.row import Row
from tests.fakes.discord import FakeDiscord, Message, Person, discord_server
from tests.fakes.discord.control import ShiftedClock
from tests.fakes.discord.wire import Request
from tests.fakes.discord.world import Event
from tests.scenario.stages import OnDiscord
from tests.scenario.test_story import INSTALLED, SOON_SEVEN

PEOPLE = 200
TRIES = 3
THINKERS, ITEMS = 50, 100
"""Whom the large desk reads, and what each of them has published in the last hours."""
LANGUAGES = (
    *("en", "ru", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv", "da", "fi", "tr", "uk", "ja", "ko"),
    *("zh", "ar", "he", "hi", "el", "hu", "ro", "bg", "sr", "hr", "sk", "sl", "et", "lv", "lt", "ga", "is"),
)
"""Each is an edition of its own to compose."""
_DESK = "crowd"
_LATER, _AHEAD = timedelta(minutes=5), timedelta(minutes=9)
"""After the small edition, and how long before their slot the large ones are begun."""
_LONGEST = 120.0
"""Seconds until everybody is answered."""
Deed = Callable[[Person], Awaitable[object]]
Kind = tuple[str, Deed, str]
"""What it is called, what somebody does, and what the first sign is: `callback` or `message`."""


_TYPING = "POST /channels/{}/typing"


@dataclass(frozen=True, slots=True)
class Wave:
    """What two hundred people saw."""

    waits: tuple[float, ...]
    """Seconds to the first sign, in order."""
    answered: float
    """Seconds until the last one has an answer."""

    def within(self, share: float) -> float:
        """What so many of a hundred waited at most (nearest rank)."""
        return self.waits[max(0, math.ceil(share / 100 * len(self.waits)) - 1)]


class Timed(list[Request]):
    """Requests, and when each of them was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def append(self, request: Request, /) -> None:
        """One more, now."""
        super().append(request)
        self.at.append(time.perf_counter())


def measure(data: Path) -> Iterator[Row]:
    """A row for each way of turning to the bot."""
    del data
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measured(Path(folder)))
    for name, waves in found.items():
        p50, p99, worst = (statistics.median(wave.within(share) for wave in waves) for share in (50, 99, 100))
        answered = statistics.median(wave.answered for wave in waves)
        yield Row(
            f"{PEOPLE} people at once {name}, while {THINKERS * ITEMS:,} items are composed, "
            f"p50 / p99 / worst to the first sign (median of {TRIES})",
            f"{p50:.2f} / {p99:.2f} / {worst:.2f} s, all answered after {answered:.1f} s",
            "Discord, the bot and what composes share two cores",
            "p99 <= 1 s",
        )


async def _measured(folder: Path) -> dict[str, list[Wave]]:
    clock = ShiftedClock()
    clock.shift = INSTALLED - clock.now()
    async with discord_server(clock) as fake:
        stage = OnDiscord.on(fake, folder)
        stage.bot.environment = {**stage.bot.environment, "COUNTERPOINT_DESKS": str(_desks(folder))}
        await stage.install(clock.now())
        await stage.set_up()
        clock.shift += SOON_SEVEN - clock.now()
        await stage.restart(clock.now())
        await stage.edition()
        await stage.bot.stop()
        _write(folder, clock.now() + _LATER)
        await _owe(stage, folder, clock.now() + _LATER + _AHEAD)
        clock.shift += _LATER
        await stage.restart(clock.now())
        try:
            await stage.bot.until(lambda: stage.bot.events("build_done"), "the first large edition")
            return await _waves(stage)
        finally:
            await stage.bot.stop()


async def _waves(stage: OnDiscord) -> dict[str, list[Wave]]:
    people = [stage.fake.person(f"Reader {number}", stage.guild) for number in range(PEOPLE)]
    found: dict[str, list[Wave]] = {}
    for number in range(TRIES):
        for kind in _kinds(stage, hours=12 + number):
            found.setdefault(kind[0], []).append(await _wave(stage, kind, people))
            assert len(stage.bot.events("build_done")) < len(LANGUAGES), "nothing was being composed any more"
            await asyncio.sleep(1.0)
    return found


def _kinds(stage: OnDiscord, hours: int = 12) -> Sequence[Kind]:
    """What people do; `hours` of a briefing that nobody has asked for before, which is composed once for all."""
    (card,) = stage.fake.messages(stage.channel)
    thread = stage.fake.thread(card)
    story = next(m for m in stage.fake.messages(thread) if m.id != card.id)

    async def look_up(person: Person) -> None:
        await person.press(story, "Sources", until="sent")

    async def ask(person: Person) -> None:
        await person.press(card, "Ask a question", until="sent")

    async def command(person: Person) -> None:
        await person.command("brief help", channel=stage.channel, until="sent")

    async def now(person: Person) -> None:
        await person.command("brief now", channel=stage.channel, until="sent", hours=hours)

    async def mention(person: Person) -> Message:
        return await person.say(thread, "What does Patchwren cost?", mentions=[stage.fake.world.me])

    return (
        ("press a look-up", look_up, "callback"),
        ("open the form to ask", ask, "form"),
        ("send /brief help", command, "callback"),
        ("send /brief now", now, "callback"),
        ("mention the bot in the thread", mention, "message"),
    )


async def _wave(stage: OnDiscord, kind: Kind, people: Sequence[Person]) -> Wave:
    """Let everybody do the same at the same moment, and wait for all answers."""
    fake, (_, deed, sign) = stage.fake, kind
    with _held(fake) as events:
        for person in people:
            await deed(person)
    fake.wire.requests = seen = Timed()
    sent: dict[str, float] = {}
    for event in events:
        sent[str(event.data["id"])] = time.perf_counter()
        fake.gateway.tell(event)
    await fake.world.until(lambda: _answered(fake, sign, sent) == len(sent), seconds=_LONGEST)
    over = time.perf_counter()
    firsts: dict[str, float] = {}
    for request, at in zip(seen, seen.at, strict=True):
        asked = _asked_by(request)
        if asked in sent:
            firsts.setdefault(asked, at)
    for at in (at for request, at in zip(seen, seen.at, strict=True) if request.route == _TYPING):
        # It is there for everybody who had turned to the bot by then.
        firsts |= {asked: min(at, firsts.get(asked, at)) for asked, began in sent.items() if began <= at}
    waits = tuple(sorted(at - sent[asked] for asked, at in firsts.items()))
    assert len(waits) == len(sent), f"{len(sent) - len(waits)} saw no sign"
    return Wave(waits, over - min(sent.values()))


@contextmanager
def _held(fake: FakeDiscord) -> Iterator[list[Event]]:
    """What happens in the block is told to nobody yet: making it must not take the time of those who are told."""
    events: list[Event] = []
    listeners, fake.world.listeners[:] = fake.world.listeners[:], [events.append]
    try:
        yield events
    finally:
        fake.world.listeners[:] = listeners


def _asked_by(request: Request) -> str | None:
    """The interaction or message that a request is the first sign for."""
    if request.path.endswith("/callback") and request.status in {200, 204}:
        return request.path.split("/")[2]
    body: Any = request.body
    if request.route == "POST /channels/{}/messages" and request.status == 200 and isinstance(body, dict):
        return str((body.get("message_reference") or {}).get("message_id"))
    return None


def _answered(fake: FakeDiscord, sign: str, sent: dict[str, float]) -> int:
    """How many have what they wanted."""
    requests = fake.requests
    if sign == "form":
        return sum(request.path.endswith("/callback") for request in requests)
    if sign == "callback":
        return sum(request.path.endswith("/@original") for request in requests)
    answers = {_asked_by(one) for one in requests if one.method == "POST"}
    stopped = sum("Stop" in str(one.body) for one in requests if one.method == "POST")
    changed = sum(one.method == "PATCH" for one in requests)
    return len(answers & sent.keys()) if changed >= stopped else 0


# ---------------------------------------------------------------- a desk with much to read


def _desks(folder: Path) -> Path:
    path = folder / "desks.toml"
    path.write_text(
        f'schema_version = 1\n\n[[desks]]\nid = "{_DESK}"\nname = "Crowd"\nroster = "{folder}/crowd.toml"\n',
        encoding="utf-8",
    )
    thinkers = "\n".join(
        f'[[thinkers]]\nid = "t{number}"\nname = "Thinker {number}"\nkind = "person"\ntier = 1\n'
        f'why = "Invented"\ntopics = ["reliability"]\nsources = [{{ type = "file", path = "t{number}.xml" }}]\n'
        for number in range(THINKERS)
    )
    (folder / "crowd.toml").write_text(f'schema_version = 1\ntopics = ["reliability"]\n\n{thinkers}', encoding="utf-8")
    _write(folder, INSTALLED)
    return path


def _write(folder: Path, end: datetime) -> None:
    """A feed for each thinker: invented words, no two entries alike, all of the hours before `end`."""
    chance = random.Random(7)
    syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "en", "ir", "ol", "u")]
    words = ["".join(chance.sample(syllables, chance.randint(2, 3))) for _ in range(3_000)]
    for thinker in range(THINKERS):
        entries = "".join(_entry(chance, words, f"{thinker}-{number}", end) for number in range(ITEMS))
        feed = f'<rss version="2.0"><channel><title>Thinker {thinker}</title>{entries}</channel></rss>'
        (folder / f"t{thinker}.xml").write_text(feed, encoding="utf-8")


def _entry(chance: random.Random, words: Sequence[str], name: str, end: datetime) -> str:
    published = format_datetime(end - timedelta(seconds=chance.randrange(60, 36_000)))
    said = [f"The {' '.join(chance.choices(words, k=14))} of {chance.choice(words).title()}." for _ in range(8)]
    address = f"https://example.org/{name}"
    return (
        f"<item><title>{' '.join(chance.choices(words, k=7)).capitalize()}</title><link>{address}</link>"
        f"<guid>{address}</guid><pubDate>{published}</pubDate><description>{' '.join(said)}</description></item>"
    )


async def _owe(stage: OnDiscord, folder: Path, due: datetime) -> None:
    """Places that wait for the large desk's edition, each in a language of its own, all at the same instant."""
    slot = local_time(due.hour, due.minute)
    schedule = Schedule("UTC", EVERY_DAY, (("am", slot),))
    store = build(f"sqlite:///{folder}/bot.db")
    async with store.unit() as unit:
        for language in LANGUAGES:
            channel = stage.fake.add_channel(stage.guild, f"crowd-{language}")
            place = Place("discord", channel.id)
            await unit.subscriptions.put(
                Subscription(
                    id=subscription_id(place, _DESK),
                    tenant=f"discord:{stage.guild.id}",
                    place=place,
                    desk=_DESK,
                    schedule=schedule,
                    language=language,
                    since=due - timedelta(minutes=30),
                )
            )
        await unit.commit()
    await store.close()

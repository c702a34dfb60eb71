"""A database in which many editions are owed, and what became of them by that database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from adapters.storage import schema
from adapters.storage.database import SqlStore
from bot.domain.edition import Edition
from bot.domain.ledger import State
from bot.domain.place import Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import EVERY_DAY, Due, Schedule
from bot.ports.store import EditionKey, Store
from tests.fakes.remote.client import NAME
from tests.fakes.talk import sample

SCHEDULE = Schedule("UTC", EVERY_DAY, (("am", time(7)),))
DESKS = ("harbour", "upland")
_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be posted."""

    postings: int
    parts: int
    """Of each posting."""
    due: datetime

    @property
    def messages(self) -> int:
        """All of them together."""
        return self.postings * self.parts


def edition_of(desk: str, end: datetime, parts: int) -> Edition:
    """An edition of so many messages: a card, stories, the question."""
    whole = sample(f"{desk}-{end:%Y%m%d}-am-0a1b2c3d", end=end)
    story = whole.stories[-1]
    stories = tuple(
        replace(story, id=f"{whole.id}/{number}", number=number, title=f"{story.title} {number} at {desk}")
        for number in range(1, parts - 1)
    )
    return replace(whole, desk=desk, stories=stories)


async def owe(
    store: Store,
    postings: int,
    *,
    parts: int = 8,
    due: datetime,
    desks: Sequence[str] = DESKS,
    schedule: Schedule = SCHEDULE,
    places: Sequence[Place] = (),
) -> Owed:
    """Subscribe places, plan one slot, compose its editions: each place gets one of each desk."""
    there = places or [Place(NAME, f"p{number}") for number in range(postings)]
    async with store.unit() as unit:
        for number in range(postings):
            place, desk = there[number // len(desks)], desks[number % len(desks)]
            await unit.subscriptions.put(_subscription(place, desk, schedule, due))
        await unit.postings.plan(schedule, Due(due, due.date(), "am"))
        for key in await unit.builds.waiting(due):
            edition = edition_of(key.desk, due, parts)
            build = await unit.builds.start(key, due, due - _BEFORE)
            kept = EditionKey(key.desk, "roster", edition.window, "am", key.language, "extractive")
            await unit.editions.add(kept, edition)
            await unit.builds.finish(replace(build, edition=edition.id, seconds=1.0))
        await unit.commit()
    return Owed(postings, parts, due)


async def subscribe(store: Store, places: int, desk: str, *, due: datetime | None) -> None:
    """Subscribe places to a desk; with `due`, an edition is planned for them that nobody has composed."""
    made = due or now()
    schedule = away(made)
    async with store.unit() as unit:
        for number in range(places):
            await unit.subscriptions.put(_subscription(Place(NAME, f"{desk}-{number}"), desk, schedule, made))
        if due is not None:
            await unit.postings.plan(schedule, Due(due, due.date(), "am"))
        await unit.commit()


def away(instant: datetime) -> Schedule:
    """A schedule by which nothing is due for days around an instant: nobody plans anything of itself."""
    return Schedule("UTC", ((instant.weekday() + 3) % 7,), (("am", time(7)),))


def _subscription(place: Place, desk: str, schedule: Schedule, due: datetime) -> Subscription:
    return Subscription(
        id=subscription_id(place, desk),
        tenant=f"{place.platform}:{place.id[:-1]}",
        place=place,
        desk=desk,
        schedule=schedule,
        language="en",
        since=due - _BEFORE,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the ledger, as it stands there."""

    posting: str
    part: str
    number: int
    key: str
    state: State
    doubtful: bool
    message: str | None
    thread: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Owing:
    """A row of what is owed."""

    key: str
    place: str
    desk: str
    state: State
    late: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that a database says of its postings."""

    postings: Mapping[str, Owing]
    parts: Mapping[str, Sequence[Part]]
    """By posting, in order."""


async def account_of(store: SqlStore) -> Account:
    """Read the tables themselves: no repository stands between the judge and the rows."""
    from bot.domain.ledger import Delivery

    await store.migrate()
    async with store.reader() as connection:
        owed = (await connection.execute(select(schema.postings))).mappings().all()
        rows = (await connection.execute(select(schema.deliveries))).mappings().all()
    parts: dict[str, list[Part]] = {row["key"]: [] for row in owed}
    for row in sorted(rows, key=lambda row: (row["posting"], row["number"])):
        key = Delivery(row["posting"], row["part"], row["number"], row["digest"]).key
        names = ("posting", "part", "number", "doubtful", "message", "thread", "reason")
        found = Part(**{name: row[name] for name in names}, key=key, state=State(row["state"]))
        parts.setdefault(row["posting"], []).append(found)
    postings = {
        row["key"]: Owing(row["key"], row["place"], row["desk"], State(row["state"]), row["late"], row["reason"])
        for row in owed
    }
    return Account(postings, parts)


def now() -> datetime:
    """The present instant; this harness runs in real time."""
    return datetime.now(UTC)

"""What every store promises of servers, what they read and what they use: in memory, on SQLite and on PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from adapters.storage import schema
from adapters.storage.database import SqlStore
from bot.domain.follow import Follow
from bot.domain.kept import Used
from bot.domain.ledger import State
from bot.domain.roster import SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.subscription import FOR_GOOD
from bot.errors import StoreCorrupt
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import (
    DUE,
    MINUTE,
    NAMES,
    Opened,
    a_posting,
    at_address,
    begin,
    keep_posting,
    parts_of,
)
from tests.contract.timetable_samples import KOLKATA, TICK, a_subscription, subscribe

opened = ledger_samples.opened
store = timetable_samples.store

TODAY = date(2026, 3, 9)
SERVER = "discord:1"
ADA = "discord:5678"
THINKER = Thinker(
    id="näher",
    name="Näher — “dran” 🦉",
    kind=ThinkerKind.NEWSLETTER,
    sources=(
        SourceSpec(SourceType.FEED, "https://example.org/feed.xml", mirror=True),
        SourceSpec(SourceType.X, "naeher"),
    ),
    tier=2,
    why="It was asked for.",
    topics=("models",),
)


def a_follow(name: str = "naeher", /, **changes: object) -> Follow:
    follow = Follow(SERVER, name, "added", "Näher", THINKER, ADA, DUE)
    return replace(follow, **changes)  # type: ignore[arg-type]


async def arrive(store: Store, tenant: str, at: datetime = DUE) -> bool:
    async with store.unit() as unit:
        new = await unit.tenants.arrive(tenant, at=at)
        await unit.commit()
    return new


async def leave(store: Store, tenant: str, at: datetime = DUE) -> None:
    async with store.unit() as unit:
        await unit.tenants.leave(tenant, at=at)
        await unit.commit()


async def present(store: Store, platform: str = "discord", left_by: datetime | None = None) -> list[str]:
    async with store.unit() as unit:
        return await unit.tenants.present(platform, left_by=left_by)


async def spend(store: Store, who: str = ADA, most: int = 3, *, kind: str = "now", day: date = TODAY) -> int | None:
    async with store.unit() as unit:
        left = await unit.usage.spend(who, SERVER, kind, day, most)
        await unit.commit()
    return left


async def give_back(store: Store, who: str = ADA) -> None:
    async with store.unit() as unit:
        await unit.usage.give_back(who, "now", TODAY)
        await unit.commit()


async def used(store: Store, who: str = ADA) -> list[Used]:
    async with store.unit() as unit:
        return await unit.usage.find(who)


async def follow(store: Store, *follows: Follow) -> None:
    async with store.unit() as unit:
        for each in follows:
            await unit.follows.put(each)
        await unit.commit()


async def followed(store: Store, tenant: str | None = None, *, by: str | None = None) -> list[Follow]:
    async with store.unit() as unit:
        return await unit.follows.find(tenant, by=by)


async def test_a_server_is_new_once(store: Store) -> None:
    """Until it was left: who comes back may be greeted again."""
    assert [await arrive(store, SERVER), await arrive(store, SERVER, DUE + MINUTE)] == [True, False]
    await leave(store, SERVER)
    assert [await arrive(store, SERVER), await arrive(store, SERVER)] == [True, False]
    assert await present(store) == [SERVER]
    assert await present(store, left_by=FOR_GOOD) == []


async def test_servers_are_told_apart_by_platform(store: Store) -> None:
    """In order of their ids' characters, to the letter."""
    for tenant in ("discord:2", SERVER, "discord:10", "slack:1", "discordance:1", "Discord:3", "discord"):
        assert await arrive(store, tenant)
    assert await present(store) == ["discord:1", "discord:10", "discord:2"]
    assert await present(store, "slack") == ["slack:1"]
    assert await present(store, "disc%") == []


async def test_a_server_that_was_left_is_known_by_when(store: Store) -> None:
    """At that instant or before. Leaving again, or what we were never in, changes nothing."""
    for number in range(4):
        await arrive(store, f"discord:{number}")
    for number in (2, 0, 1):
        await leave(store, f"discord:{number}", DUE + number * MINUTE)
    await leave(store, "discord:0", DUE + 9 * MINUTE)
    await leave(store, "discord:9")
    assert await present(store) == ["discord:3"]
    assert await present(store, left_by=DUE - TICK) == []
    assert await present(store, left_by=DUE) == ["discord:0"]
    assert await present(store, left_by=(DUE + MINUTE).astimezone(KOLKATA)) == ["discord:0", "discord:1"]
    assert await present(store, "slack", left_by=FOR_GOOD) == []


async def test_of_many_who_see_a_server_arrive_one_greets_it(opened: Opened) -> None:
    """Twenty events of two processes."""
    arriving = (arrive(store, SERVER) for store in [opened.one, opened.other] * 10)
    assert sum(await asyncio.gather(*arriving)) == 1


async def test_a_server_is_erased_whole(store: Store) -> None:
    """Its subscriptions, postings with their messages, follows, counts and itself; nothing of another one."""
    for tenant in (SERVER, "discord:2"):
        await arrive(store, tenant)
        await subscribe(store, a_subscription(f"of {tenant}", tenant=tenant))
        for key, subscription in (("owed", "one"), ("asked", "")):
            posting = a_posting(f"{key} {tenant}", tenant=tenant, subscription=subscription)
            await keep_posting(store, posting)
            await begin(store, posting.key, parts_of(posting))
        await follow(store, a_follow(tenant=tenant))
        async with store.unit() as unit:
            await unit.usage.spend(f"{tenant}/99", tenant, "question", TODAY, 3)
            await unit.results.put(f"share/discord/{tenant}", "a message", at=DUE)
            await unit.commit()
    async with store.unit() as unit:
        await unit.tenants.erase(SERVER)
        await unit.tenants.erase("discord:3")
        await unit.commit()
    async with store.unit() as unit:
        assert [each.tenant for each in await unit.subscriptions.find()] == ["discord:2"]
        counts = await unit.records.counts()
        assert (counts.postings, counts.deliveries) == ({State.COMPOSED: 2}, {State.COMPOSED: 2 * len(NAMES)})
        keys = [f"{key} {tenant}" for key in ("owed", "asked") for tenant in (SERVER, "discord:2")]
        assert {posting.tenant for posting in await unit.postings.find(keys=keys)} == {"discord:2"}
        assert [each.tenant for each in await unit.follows.find()] == ["discord:2"]
        assert [len(await unit.usage.find(f"{tenant}/99")) for tenant in (SERVER, "discord:2")] == [0, 1]
        assert await unit.results.get(f"share/discord/{SERVER}") == "a message"
    assert await present(store) == ["discord:2"]
    assert await present(store, left_by=FOR_GOOD) == []
    assert await arrive(store, SERVER)


async def test_what_has_a_servers_name_in_its_key_goes_with_it(store: Store) -> None:
    """Messages that were answered, look-ups that were shared; nothing of one whose name begins as its own does."""
    messages = ("T1/C1/9.1", "T1/U1/press/2", "T12/C1/9.1", "X/T1/C1", "state/T1/")
    shares = ("share/slack/T1/C1/-/e/sources", "share/slack/@T1/U1/9.1/e", "share/slack/T12/C1/-/e", "story/T1/")
    async with store.unit() as unit:
        for platform in ("slack", "console"):
            for message in messages:
                assert await unit.inbounds.claim(platform, message, at=DUE)
        for share in shares:
            await unit.results.put(share, "9.2", at=DUE)
        await unit.tenants.erase("slack:T1")
        await unit.commit()
    async with store.unit() as unit:
        assert [await unit.inbounds.claim("slack", one, at=DUE) for one in messages] == [True, True] + [False] * 3
        assert not any([await unit.inbounds.claim("console", one, at=DUE) for one in messages])
        assert [await unit.results.get(share) for share in shares] == [None, None, "9.2", "9.2"]


async def test_messages_that_begin_with_a_persons_id_are_forgotten(store: Store) -> None:
    """Theirs, and of nobody whose id begins as theirs does."""
    messages = ("T1/U1/press/2", "T1/U1/V1/h", "T1/U12/press/2", "T1/u1/x", "T1/C1/9.1")
    async with store.unit() as unit:
        for message in messages:
            assert await unit.inbounds.claim("slack", message, at=DUE)
        assert await unit.inbounds.forget("slack", "T1/U1/") == 2
        assert await unit.inbounds.forget("console", "T1/") == 0
        await unit.commit()
    async with store.unit() as unit:
        assert [await unit.inbounds.claim("slack", one, at=DUE) for one in messages] == [True, True] + [False] * 3


async def test_erasing_is_undone_with_its_unit(store: Store) -> None:
    """All of it or nothing."""
    await arrive(store, SERVER)
    await keep_posting(store, a_posting())
    async with store.unit() as unit:
        await unit.tenants.erase(SERVER)
        assert await unit.tenants.present("discord") == []
    assert await present(store) == [SERVER]
    assert len(await begin(store)) == len(NAMES)


async def test_a_follow_comes_back_as_it_was_kept(store: Store) -> None:
    """Every field, with absent ones, and again when it is replaced."""
    full = a_follow()
    for kept in (full, a_follow(state="left_out", thinker=None, by="", name="x", at=DUE + TICK), full):
        await follow(store, kept)
        assert await followed(store) == [kept]
    await follow(store, a_follow(at=DUE.astimezone(KOLKATA)))
    assert await followed(store) == [full]
    assert (await followed(store))[0].at.utcoffset() == timedelta(0)


async def test_follows_are_found_by_server_and_person(store: Store) -> None:
    """By (tenant, id)."""
    one, two = a_follow("b"), a_follow("a", by="discord:9")
    other = a_follow("b", tenant="discord:10")
    await follow(store, one, other, two)
    assert await followed(store) == [two, one, other]
    assert await followed(store, SERVER) == [two, one]
    assert await followed(store, by=ADA) == [one, other]
    assert await followed(store, SERVER, by=ADA) == [one]
    assert await followed(store, "discord:3") == await followed(store, by="nobody") == []


async def test_a_follow_is_dropped_once(store: Store) -> None:
    """Of this server; other servers' stay."""
    await follow(store, a_follow(), a_follow(tenant="discord:2"))
    async with store.unit() as unit:
        assert await unit.follows.drop(SERVER, "naeher")
        assert not await unit.follows.drop(SERVER, "naeher")
        assert not await unit.follows.drop(SERVER, "nobody")
        await unit.commit()
    assert await followed(store) == [a_follow(tenant="discord:2")]


async def test_a_person_is_forgotten_in_what_servers_read(store: Store) -> None:
    """What was added stays, without a name; what was proposed goes; others keep theirs."""
    added, out = a_follow("a"), a_follow("b", state="left_out", thinker=None, tenant="discord:2")
    proposed, others = a_follow("c", state="proposed"), a_follow("d", state="proposed", by="discord:9")
    await follow(store, added, out, proposed, others)
    async with store.unit() as unit:
        assert await unit.follows.forget(ADA) == 3
        assert await unit.follows.forget(ADA) == 0
        await unit.commit()
    assert await followed(store) == [replace(added, by=""), others, replace(out, by="")]


async def test_a_limit_is_spent_to_the_end(store: Store) -> None:
    """How many are left each time, then none, and nothing is counted any more."""
    assert [await spend(store) for _ in range(5)] == [2, 1, 0, None, None]
    assert await used(store) == [Used(ADA, SERVER, "now", TODAY, 3)]
    assert [await spend(store, most=5), await spend(store, most=1), await spend(store, most=0)] == [1, None, None]
    assert await used(store) == [Used(ADA, SERVER, "now", TODAY, 4)]


async def test_a_limit_of_nothing_is_spent(store: Store) -> None:
    """Nothing is written."""
    assert [await spend(store, most=most) for most in (0, -1)] == [None, None]
    assert await used(store) == []


async def test_everybody_kind_and_day_counts_apart(store: Store) -> None:
    """By (day, kind); the tenant is where it was first counted."""
    place = f"{SERVER}/99"
    for who, kind, day in (
        (ADA, "now", TODAY),
        (ADA, "question", TODAY),
        (ADA, "now", date(2026, 3, 8)),
        (place, "now", TODAY),
    ):
        assert await spend(store, who, 1, kind=kind, day=day) == 0
    async with store.unit() as unit:
        assert await unit.usage.spend(ADA, "discord:2", "now", TODAY, 2) == 0
        await unit.commit()
    assert await used(store) == [
        Used(ADA, SERVER, "now", date(2026, 3, 8), 1),
        Used(ADA, SERVER, "now", TODAY, 2),
        Used(ADA, SERVER, "question", TODAY, 1),
    ]
    assert await used(store, place) == [Used(place, SERVER, "now", TODAY, 1)]
    assert await used(store, "discord:56") == []


async def test_what_failed_does_not_count(store: Store) -> None:
    """Nor is anything kept of who has used nothing; no count falls below none."""
    await give_back(store)
    assert [await spend(store), await spend(store)] == [2, 1]
    await give_back(store, "discord:9")
    await give_back(store)
    assert await used(store) == [Used(ADA, SERVER, "now", TODAY, 1)]
    await give_back(store)
    await give_back(store)
    assert await used(store) == []
    assert await spend(store) == 2


async def test_of_many_who_spend_at_once_no_more_get_it_than_there_is(opened: Opened) -> None:
    """Each number that is left is told once: two at once never both take the last one."""
    spending = (spend(store, most=7) for store in [opened.one, opened.other] * 10)
    told = await asyncio.gather(*spending)
    assert sorted(left for left in told if left is not None) == list(range(7))
    assert await used(opened.other) == [Used(ADA, SERVER, "now", TODAY, 7)]


async def test_amounts_are_counted_whole_or_not_at_all(store: Store) -> None:
    """Also the first of a day; what is given back is no more than was counted."""

    async def take(amount: int, most: int = 100) -> int | None:
        async with store.unit() as unit:
            left = await unit.usage.spend(ADA, SERVER, "tokens", TODAY, most, amount)
            await unit.commit()
        return left

    async def back(amount: int) -> list[int]:
        async with store.unit() as unit:
            await unit.usage.give_back(ADA, "tokens", TODAY, amount)
            await unit.commit()
        return [one.count for one in await used(store)]

    assert [await take(101), await take(60), await take(41), await take(40), await take(1)] == [None, 40, None, 0, None]
    assert await take(25, most=2**31 - 1) == 2**31 - 1 - 125
    assert [await take(1), await back(30), await back(94)] == [None, [95], [1]]
    assert [await back(2), await take(100)] == [[], 0]


async def test_of_many_amounts_at_once_no_more_fit_than_there_is(opened: Opened) -> None:
    """Whole ones, whoever comes first."""

    async def take(store: Store) -> int | None:
        async with store.unit() as unit:
            left = await unit.usage.spend(ADA, SERVER, "tokens", TODAY, 100, 30)
            await unit.commit()
        return left

    told = await asyncio.gather(*(take(store) for store in [opened.one, opened.other] * 5))
    assert sorted(left for left in told if left is not None) == [10, 40, 70]
    assert [one.count for one in await used(opened.other)] == [90]


async def test_what_is_spent_in_a_unit_that_is_undone_is_not_spent(store: Store) -> None:
    """A failure before the commit costs nobody anything."""
    async with store.unit() as unit:
        assert await unit.usage.spend(ADA, SERVER, "now", TODAY, 1) == 0
        assert await unit.usage.spend(ADA, SERVER, "now", TODAY, 1) is None
    assert await spend(store, most=1) == 0


async def test_counts_are_forgotten_by_person_or_by_day(store: Store) -> None:
    """Those of the day itself stay; of nobody and no day, nothing goes."""
    days = [date(2026, 3, number) for number in (7, 8, 9)]
    for who in (ADA, "discord:9"):
        for day in days:
            await spend(store, who, day=day)
    async with store.unit() as unit:
        assert await unit.usage.forget() == 0
        assert await unit.usage.forget("discord:8") == 0
        assert await unit.usage.forget(before=days[1]) == 2
        assert await unit.usage.forget("discord:9", before=days[2]) == 1
        await unit.commit()
    assert [one.day for one in await used(store)] == days[1:]
    assert [one.day for one in await used(store, "discord:9")] == days[2:]
    async with store.unit() as unit:
        assert [await unit.usage.forget(ADA), await unit.usage.forget(ADA)] == [2, 0]
        await unit.commit()
    assert (await used(store), len(await used(store, "discord:9"))) == ([], 1)


async def test_tidying_forgets_old_counts_and_messages_that_were_answered(store: Store) -> None:
    """Counts of days before that instant's in UTC; inbound messages before it, and then they are new again."""
    before = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
    for day in (date(2026, 3, 8), TODAY):
        await spend(store, day=day)
    await follow(store, a_follow(at=before - 400 * timedelta(days=1)))
    await arrive(store, SERVER, before - 400 * timedelta(days=1))
    async with store.unit() as unit:
        for name, at in (("old", before - TICK), ("young", before)):
            assert await unit.inbounds.claim("discord", name, at=at)
        await unit.ledger.forget(before.astimezone(KOLKATA))
        await unit.commit()
    assert [one.day for one in await used(store)] == [TODAY]
    assert (len(await followed(store)), await present(store)) == (1, [SERVER])
    async with store.unit() as unit:
        assert [await unit.inbounds.claim("discord", name, at=before) for name in ("old", "young")] == [True, False]


async def test_an_instant_without_a_zone_is_a_mistake(store: Store) -> None:
    """It is refused, never read as somebody's local time."""
    naive = DUE.replace(tzinfo=None)
    async with store.unit() as unit:
        for use in (
            partial(unit.tenants.arrive, SERVER, at=naive),
            partial(unit.tenants.leave, SERVER, at=naive),
            partial(unit.tenants.present, "discord", left_by=naive),
            partial(unit.follows.put, a_follow(at=naive)),
        ):
            with pytest.raises(ValueError, match="no time zone"):
                await use()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("follows", "state", "loved"),
        ("follows", "thinker", "{"),
        ("follows", "thinker", '{"id": "a", "name": "A", "kind": "ghost"}'),
        ("usage", "day", "9 March"),
    ],
)
async def test_what_was_never_written_is_reported_as_damage(
    database_url: str, table: str, column: str, value: str
) -> None:
    """Not passed on as if it meant something."""
    opened = at_address(database_url)
    store = opened.one
    assert isinstance(store, SqlStore)
    await follow(store, a_follow())
    await spend(store)
    async with store.writer() as connection:
        await connection.execute(update(schema.metadata.tables[table]).values({column: value}))
        await connection.commit()
    with pytest.raises(StoreCorrupt):
        await (followed(store) if table == "follows" else used(store))
    await opened.close()

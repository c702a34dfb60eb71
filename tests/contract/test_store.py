"""What every store promises: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from adapters.storage.memory import MemoryStore
from adapters.storage.sql import build
from bot.domain.edition import Window
from bot.domain.health import Health, SourceState
from bot.domain.item import Item, ItemKind
from bot.errors import StoreError
from bot.ports.store import EditionKey, Store, Unit
from tests.contract.conftest import MORNING, an_edition

FEED = "feed:https://example.org/feed.xml"
MIRROR = "feed:https://mirror.example.org/feed.xml"
DAY = Window(MORNING - timedelta(hours=24), MORNING)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """An empty store."""
    opened: Store = (
        MemoryStore() if request.param == "memory" else build(request.getfixturevalue(f"{request.param}_url"))
    )
    try:
        yield opened
    finally:
        await opened.close()


def an_item(number: int, *, source: str = FEED, at: datetime | None = None, **changes: object) -> Item:
    item = Item(
        id=f"{number:016x}",
        source=source,
        guid=f"guid {number}",
        url=f"https://example.org/{number}",
        title=f"Title {number} — “näher”",
        text="Original words, 🦉, and 'quotes'.",
        kind=ItemKind.ARTICLE,
        published=at or MORNING - timedelta(hours=1, microseconds=number),
        first_seen=MORNING - timedelta(minutes=5),
        backlog=False,
        author="Ada",
        links=("https://example.org/a", "https://example.org/b?x=1&y=2"),
        media=None,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def a_key(edition_end: datetime = MORNING, **changes: object) -> EditionKey:
    key = EditionKey(
        desk="default",
        roster="a" * 64,
        window=Window(edition_end - timedelta(hours=12), edition_end),
        slot="am",
        language="en",
        writer="extractive",
    )
    return replace(key, **changes)  # type: ignore[arg-type]


async def kept(store: Store, *items: Item) -> int:
    async with store.unit() as unit:
        new = await unit.items.add(items)
        await unit.commit()
    return new


async def ids_within(store: Store, sources: set[str], window: Window = DAY) -> list[tuple[str, str]]:
    async with store.unit() as unit:
        return [(item.id[-2:], item.source) for item in await unit.items.within(sources, window)]


async def test_an_item_comes_back_as_it_was_kept(store: Store) -> None:
    """Every field, with absent ones, and instants to the microsecond."""
    full = an_item(1, media="https://example.org/talk.mp3")
    bare = an_item(2, url=None, published=None, author=None, links=(), text="", kind=ItemKind.STAR)
    await kept(store, full, bare)
    async with store.unit() as unit:
        assert await unit.items.get([full.id, bare.id]) == [full, bare]


async def test_instants_come_back_in_utc(store: Store) -> None:
    """What was given in another zone is the same instant, told in UTC."""
    there = MORNING.astimezone(timezone(timedelta(hours=5, minutes=45)))
    await kept(store, an_item(1, published=there, first_seen=there))
    async with store.unit() as unit:
        await unit.sources.put(SourceState(FEED, since=there))
        await unit.commit()
    async with store.unit() as unit:
        (item,) = await unit.items.within([FEED], DAY)
        state = (await unit.sources.get([FEED]))[FEED]
    for instant in (item.published, item.first_seen, state.since):
        assert instant is not None
        assert (instant, instant.utcoffset()) == (MORNING, timedelta(0))


async def test_an_instant_without_a_zone_is_a_mistake(store: Store) -> None:
    """It is refused, never read as somebody's local time."""
    naive = MORNING.replace(tzinfo=None)
    async with store.unit() as unit:
        with pytest.raises(ValueError, match="no time zone"):
            await unit.items.add([an_item(1, first_seen=naive)])
        with pytest.raises(ValueError, match="no time zone"):
            await unit.editions.before("default", naive, most=1)
        with pytest.raises(ValueError, match="no time zone"):
            await unit.inbounds.claim("console", "1", at=naive)
        await unit.commit()


async def test_adding_counts_what_is_new(store: Store) -> None:
    """Known items and repeats inside one call are not new; the same id from another source is."""
    assert await kept(store) == 0
    assert await kept(store, an_item(1), an_item(2), an_item(1)) == 2
    assert await kept(store, an_item(1), an_item(3), an_item(1, source=MIRROR)) == 2
    assert await kept(store, an_item(1), an_item(3)) == 0


async def test_a_known_item_is_renewed_and_keeps_its_place_in_time(store: Store) -> None:
    """Title, text, links, media are the newest; times, backlog, author, link, kind are the first."""
    first = an_item(1)
    await kept(store, first)
    again = replace(
        first,
        title="Corrected",
        text="Corrected words.",
        links=("https://example.org/c",),
        media="https://example.org/m.mp3",
        published=MORNING,
        first_seen=MORNING,
        backlog=True,
        author="Someone else",
    )
    await kept(store, again)
    wanted = replace(first, title=again.title, text=again.text, links=again.links, media=again.media)
    async with store.unit() as unit:
        assert await unit.items.get([first.id]) == [wanted]


async def test_repeats_inside_one_call_behave_like_calls_one_after_the_other(store: Store) -> None:
    """The first gives the times, the last the words."""
    first, last = an_item(1), an_item(1, title="Last", published=MORNING - timedelta(days=3), media=None)
    await kept(store, first, last)
    async with store.unit() as unit:
        assert await unit.items.get([first.id]) == [replace(first, title="Last")]


async def test_a_window_leaves_out_its_start_and_holds_its_end(store: Store) -> None:
    """(start, end], to the microsecond."""
    tick = timedelta(microseconds=1)
    moments = [DAY.start - tick, DAY.start, DAY.start + tick, DAY.end - tick, DAY.end, DAY.end + tick]
    await kept(store, *(an_item(number, at=at) for number, at in enumerate(moments)))
    assert await ids_within(store, {FEED}) == [("02", FEED), ("03", FEED), ("04", FEED)]


async def test_a_window_shows_the_asked_sources_without_backlog_in_order(store: Store) -> None:
    """By (at, id, source); an item without a date counts when it was first seen."""
    at = MORNING - timedelta(hours=3)
    await kept(
        store,
        an_item(4, at=at),
        an_item(3, at=at, source=MIRROR),
        an_item(3, at=at),
        an_item(2, published=None, first_seen=at - timedelta(hours=1)),
        an_item(1, at=at, backlog=True),
        an_item(5, at=at, source="github:else"),
    )
    assert await ids_within(store, {FEED, MIRROR}) == [("02", FEED), ("03", FEED), ("03", MIRROR), ("04", FEED)]
    assert await ids_within(store, {MIRROR}) == [("03", MIRROR)]
    assert await ids_within(store, set()) == []


async def test_thousands_of_items_and_keys_go_in_one_call(store: Store) -> None:
    """More than a statement's variables would hold."""
    items = [an_item(number, source=f"feed:{number % 2500}") for number in range(3000)]
    assert await kept(store, *items) == 3000
    async with store.unit() as unit:
        found = await unit.items.within([f"feed:{number}" for number in range(4_000)], DAY)
        by_id = await unit.items.get([item.id for item in items])
        states = await unit.sources.get([f"feed:{number}" for number in range(4_000)])
    assert found == sorted(items, key=lambda item: (item.at, item.id))
    assert by_id == sorted(items, key=lambda item: item.id)
    assert states == {}


async def test_text_a_database_cannot_hold_does_not_stop_a_gather(store: Store) -> None:
    """NUL and half a surrogate pair both occur in feeds; the words around them stay."""
    await kept(
        store, an_item(1, title="before\x00after", text="half \ud83e pair", links=("https://example.org/\ud83e",))
    )
    async with store.unit() as unit:
        (item,) = await unit.items.within([FEED], DAY)
    assert item.title.startswith("before")
    assert item.title.endswith("after")
    assert item.text.endswith(" pair")


async def test_a_source_is_remembered_and_replaced(store: Store) -> None:
    """Unknown ones are missing; the newest state counts, also where it forgets something."""
    down = SourceState(
        FEED,
        cursor='{"etag": "\\"a\\""}',
        state=Health.DOWN,
        reason="it answered 503",
        since=MORNING,
        first_gathered=MORNING - timedelta(days=9),
        last_gathered=MORNING,
        retry_at=MORNING + timedelta(microseconds=1),
    )
    async with store.unit() as unit:
        await unit.sources.put(down)
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.sources.get([FEED, MIRROR]) == {FEED: down}
        await unit.sources.put(SourceState(FEED))
        assert await unit.sources.get([FEED]) == {FEED: SourceState(FEED)}


async def test_an_edition_comes_back_as_it_was_kept(store: Store) -> None:
    """By id and by key, equal to the last field."""
    edition = an_edition()
    async with store.unit() as unit:
        await unit.editions.add(a_key(), edition)
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.editions.get(edition.id) == edition
        assert await unit.editions.by_key(a_key()) == edition
        assert await unit.editions.get("latest") == edition
        assert await unit.editions.get("default-20260309-am-00000000") is None
        assert await unit.editions.by_key(a_key(topic="models")) is None


async def test_a_key_names_the_same_window_in_every_zone(store: Store) -> None:
    """Instants are compared, not the words for them."""
    there = timezone(timedelta(hours=-7))
    window = Window(DAY.start.astimezone(there), DAY.end.astimezone(there))
    async with store.unit() as unit:
        await unit.editions.add(a_key(window=DAY), an_edition())
        assert await unit.editions.by_key(a_key(window=window)) == an_edition()


async def test_an_edition_is_kept_once(store: Store) -> None:
    """Neither its key nor its id may come again; the unit can go on."""
    async with store.unit() as unit:
        await unit.editions.add(a_key(), an_edition())
        await unit.commit()
    async with store.unit() as unit:
        with pytest.raises(StoreError, match="kept already"):
            await unit.editions.add(a_key(), an_edition("default-20260309-am-11111111"))
        with pytest.raises(StoreError, match="kept already"):
            await unit.editions.add(a_key(writer="another"), an_edition())
        await unit.editions.add(a_key(writer="another"), an_edition("default-20260309-am-22222222"))
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.editions.get("default-20260309-am-11111111") is None
        assert await unit.editions.get("default-20260309-am-22222222") is not None


async def test_no_two_keys_run_together(store: Store) -> None:
    """Parts that join to the same text, no topic and an empty topic: all different editions."""
    keys = [
        a_key(),
        a_key(topic=""),
        a_key(topic="null"),
        a_key(language="en", writer="x|y"),
        a_key(language="en|x", writer="y"),
        a_key(desk='a","b', roster="c"),
        a_key(desk="a", roster='b","c'),
        a_key(slot="pm"),
        a_key(MORNING + timedelta(microseconds=1)),
    ]
    async with store.unit() as unit:
        for number, key in enumerate(keys):
            await unit.editions.add(key, an_edition(f"default-20260309-am-{number:08x}"))
        found = [await unit.editions.by_key(key) for key in keys]
    assert [edition and edition.id[-1] for edition in found] == [str(number) for number in range(len(keys))]


async def test_latest_is_the_edition_whose_window_ends_last(store: Store) -> None:
    """Not the one added last; between equals the greater id, by code point."""
    hour = timedelta(hours=1)
    added = [("b-1", MORNING), ("c-1", MORNING - hour), ("b1", MORNING), ("b-0", MORNING)]
    async with store.unit() as unit:
        for name, end in added:
            await unit.editions.add(a_key(roster=name), an_edition(name, end=end))
        latest = await unit.editions.get("latest")
    assert latest is not None
    assert latest.id == "b1"


async def test_earlier_editions_are_those_whose_window_ended_by_then(store: Store) -> None:
    """Of this desk, without those on demand, newest first, at most so many."""
    tick = timedelta(microseconds=1)
    editions = [
        an_edition("a", end=MORNING - timedelta(hours=24)),
        an_edition("b", end=MORNING - timedelta(hours=12)),
        an_edition("d", end=MORNING),
        an_edition("c", end=MORNING),
        an_edition("e", end=MORNING + tick),
        an_edition("f", end=MORNING, slot="now"),
        an_edition("g", end=MORNING, desk="else"),
    ]
    async with store.unit() as unit:
        for edition in editions:
            await unit.editions.add(a_key(roster=edition.id), edition)
        found = [[e.id for e in await unit.editions.before("default", MORNING, most=most)] for most in (9, 2, 0)]
    assert found == [["d", "c", "b", "a"], ["d", "c"], []]


async def test_a_message_is_claimed_once(store: Store) -> None:
    """Per platform and message, for ever."""
    async with store.unit() as unit:
        assert await unit.inbounds.claim("discord", "1", at=MORNING)
        assert not await unit.inbounds.claim("discord", "1", at=MORNING)
        assert await unit.inbounds.claim("slack", "1", at=MORNING)
        await unit.commit()
    async with store.unit() as unit:
        assert not await unit.inbounds.claim("discord", "1", at=MORNING + timedelta(days=400))


async def test_of_many_who_claim_at_once_one_wins(store: Store) -> None:
    """Twenty tasks, one answer."""

    async def claims() -> bool:
        async with store.unit() as unit:
            won = await unit.inbounds.claim("slack", "17", at=MORNING)
            await unit.commit()
        return won

    assert sorted(await asyncio.gather(*(claims() for _ in range(20)))) == [False] * 19 + [True]


async def everything(unit: Unit, number: int = 1) -> None:
    await unit.items.add([an_item(number)])
    await unit.sources.put(SourceState(f"feed:{number}"))
    await unit.editions.add(a_key(roster=str(number)), an_edition(f"edition-{number}"))
    await unit.inbounds.claim("console", str(number), at=MORNING)


async def what_is_there(store: Store, number: int = 1) -> list[bool]:
    async with store.unit() as unit:
        return [
            bool(await unit.items.get([an_item(number).id])),
            bool(await unit.sources.get([f"feed:{number}"])),
            await unit.editions.get(f"edition-{number}") is not None,
            await unit.editions.by_key(a_key(roster=str(number))) is not None,
            not await unit.inbounds.claim("console", str(number), at=MORNING),
        ]


async def test_a_unit_without_commit_leaves_nothing(store: Store) -> None:
    """It saw its own writes; nobody else does."""
    async with store.unit() as unit:
        await everything(unit)
        assert await unit.editions.get("edition-1") is not None
        assert await unit.items.get([an_item(1).id])
    assert await what_is_there(store) == [False] * 5


async def test_a_unit_that_fails_leaves_nothing(store: Store) -> None:
    """The error goes on to the caller; the store works."""

    async def fails() -> None:
        async with store.unit() as unit:
            await everything(unit)
            raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"):
        await fails()
    assert await what_is_there(store) == [False] * 5
    async with store.unit() as unit:
        await everything(unit)
        await unit.commit()
    assert await what_is_there(store) == [True] * 5


async def test_what_follows_a_commit_is_a_piece_of_its_own(store: Store) -> None:
    """Kept up to the last commit, undone after it."""
    async with store.unit() as unit:
        await unit.commit()
        await everything(unit, 1)
        await unit.commit()
        await everything(unit, 2)
        await unit.commit()
        await everything(unit, 3)
    assert [await what_is_there(store, number) for number in (1, 2, 3)] == [[True] * 5, [True] * 5, [False] * 5]


async def test_units_do_not_see_what_others_have_not_committed(store: Store) -> None:
    """And reading does not wait for writing."""
    async with store.unit() as writer, store.unit() as reader:
        await everything(writer)
        assert await reader.editions.get("latest") is None
        assert await reader.items.get([an_item(1).id]) == []
        await writer.commit()
        assert await reader.editions.get("latest") is not None


async def test_one_unit_writes_at_a_time(store: Store) -> None:
    """Read, add one, write: no count of thirty concurrent ones is lost, and none needs a second try."""

    async def counts() -> None:
        async with store.unit() as unit:
            assert await unit.inbounds.claim("turn", str(id(unit)), at=MORNING)  # the first write takes the turn
            found = (await unit.sources.get([FEED])).get(FEED, SourceState(FEED, cursor="0"))
            await asyncio.sleep(0)
            await unit.sources.put(replace(found, cursor=str(int(found.cursor or 0) + 1)))
            await unit.commit()

    await asyncio.gather(*(counts() for _ in range(30)))
    async with store.unit() as unit:
        assert (await unit.sources.get([FEED]))[FEED].cursor == "30"


async def test_tasks_that_share_a_unit_take_turns(store: Store) -> None:
    """Several tasks may write and read in one unit."""
    async with store.unit() as unit:
        await asyncio.gather(*(unit.items.add([an_item(number)]) for number in range(10)))
        found = await asyncio.gather(*(unit.items.get([an_item(number).id]) for number in range(10)))
        await unit.commit()
    assert [len(items) for items in found] == [1] * 10


async def test_a_unit_that_ended_cannot_be_used(store: Store) -> None:
    """It would write outside of any transaction."""
    async with store.unit() as unit:
        pass
    for use in (unit.commit, lambda: unit.items.get(["0"]), lambda: unit.items.add([an_item(1)])):
        with pytest.raises(StoreError, match="ended"):
            await use()
    assert await kept(store, an_item(1)) == 1


async def test_a_cancelled_unit_leaves_nothing_and_nothing_open(store: Store) -> None:
    """Cancelled after ever more steps until it is done before that: all is kept or nothing, and the next can write."""

    async def works(number: int) -> None:
        async with store.unit() as unit:
            await everything(unit, number)
            await unit.commit()

    await kept(store, an_item(999))  # opened and migrated
    steps, finished = 0, False
    while not finished:
        task = asyncio.create_task(works(steps))
        for _ in range(steps):
            await asyncio.sleep(0)
        finished = task.done()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        there = await what_is_there(store, steps)
        assert there in ([True] * 5, [False] * 5)
        assert all(there) or not finished
        steps += 1 + steps // 4
    assert await kept(store, an_item(998)) == 1


async def test_a_write_cancelled_while_it_waits_leaves_its_unit_usable(store: Store) -> None:
    """It wrote nothing and holds nothing; the unit writes when it tries again."""
    async with store.unit() as unit:
        async with store.unit() as other:
            await other.sources.put(SourceState(FEED))  # has the turn
            task = asyncio.create_task(unit.items.add([an_item(1)]))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        await unit.items.add([an_item(2)])
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.items.get([an_item(1).id, an_item(2).id]) == [an_item(2)]


async def test_a_closed_store_says_so(store: Store) -> None:
    """Closing twice is harmless; a unit afterwards is refused."""
    await kept(store, an_item(1))
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        async with store.unit():
            pass


async def test_an_item_that_came_late_lies_where_it_came(store: Store) -> None:
    """Its date stays what it is; windows ask for when it was first seen."""
    late = an_item(1, at=DAY.start - timedelta(hours=1), first_seen=DAY.end, late=True)
    await kept(store, late)
    async with store.unit() as unit:
        assert await unit.items.within({FEED}, DAY) == [late]

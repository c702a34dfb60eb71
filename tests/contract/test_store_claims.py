"""What every store promises of the ledger of claims: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.claim import Claim, claim_id
from bot.domain.edition import Window
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import DUE, Opened
from tests.contract.timetable_samples import KOLKATA, TICK

opened = ledger_samples.opened
store = timetable_samples.store

DAY = timedelta(days=1)
WEEK = Window(DUE - 7 * DAY, DUE)


def claim(name: str = "one", *, source: str = "feed:a", at: datetime = DUE, **changes: str) -> Claim:
    """A claim that only its name tells from others."""
    text = f"The {name} gull never drifts: 🦉 näher."
    whole = Claim(claim_id("ada", name, text), "ada", source, name, "Gulls", text, at)
    return replace(whole, **changes)  # type: ignore[arg-type]  # fields of it


async def add(store: Store, *claims: Claim) -> int:
    async with store.unit() as unit:
        new = await unit.claims.add(claims)
        await unit.commit()
    return new


async def said(store: Store, sources: Sequence[str] = ("feed:a",), window: Window = WEEK, most: int = 100) -> list[str]:
    async with store.unit() as unit:
        return [one.item for one in await unit.claims.said(sources, window, most=most)]


async def test_a_claim_comes_back_as_it_was_kept(store: Store) -> None:
    """To the letter, with its course; the instant in UTC, and only an aware one."""
    changed = claim("two", course="changed", before=claim().id)
    await add(store, claim(at=DUE.astimezone(KOLKATA)), changed)
    async with store.unit() as unit:
        back = await unit.claims.said(["feed:a"], WEEK, most=9)
    assert sorted(back, key=lambda one: one.item) == [claim(), changed]
    assert {one.at.utcoffset() for one in back} == {timedelta(0)}
    with pytest.raises(ValueError, match="no time zone"):
        await add(store, claim("three", at=DUE.replace(tzinfo=None)))


async def test_a_claim_is_kept_once(store: Store) -> None:
    """The first time counts, also within one call; how many are new is told."""
    assert await add(store, claim(), claim(), claim("two")) == 2
    assert await add(store, replace(claim(), topic="Terns", course="repeated"), claim("three")) == 1
    assert await add(store) == 0
    async with store.unit() as unit:
        (first, *_) = [one for one in await unit.claims.said(["feed:a"], WEEK, most=9) if one.item == "one"]
    assert first == claim()


async def test_more_claims_than_a_statement_holds_are_kept(store: Store) -> None:
    """All of them, and counted."""
    many = [claim(f"{n:03}", at=DUE - n * TICK) for n in range(230)]
    assert await add(store, *many) == 230
    assert await said(store, most=1000) == [one.item for one in many]


async def test_only_claims_of_the_asked_sources_are_told(store: Store) -> None:
    """However many are asked for; nobody's are nobody's."""
    await add(store, claim(), claim("two", source="feed:b"), claim("three", source="feed:A"))
    assert await said(store, ["feed:b", *(f"feed:{n}" for n in range(250))]) == ["two"]
    assert sorted(await said(store, ["feed:a", "feed:b", "feed:a"])) == ["one", "two"]
    assert await said(store, []) == await said(store, ["feed:%"]) == []


async def test_claims_of_a_window_come_newest_first(store: Store) -> None:
    """Those at its start are left out, those at its end are in; of equals the lesser id is first, and the oldest go
    where there are too many.
    """
    await add(
        store,
        claim("at its start", at=WEEK.start),
        claim("first", at=WEEK.start + TICK, source="feed:b"),
        claim("last", at=WEEK.end),
        claim("after it", at=WEEK.end + TICK),
        *(claim(f"equal {n}", at=DUE - DAY, id=f"{n}") for n in (2, 1)),
    )
    every = ["last", "equal 1", "equal 2", "first"]
    assert await said(store, ["feed:a", "feed:b"]) == every
    assert await said(store, ["feed:a", "feed:b"], most=3) == every[:3]


async def test_what_is_old_is_forgotten(store: Store) -> None:
    """What was published before the instant, not at it; how many is told."""
    await add(store, claim("old", at=DUE - DAY - TICK), claim("at it", at=DUE - DAY), claim())
    async with store.unit() as unit:
        assert await unit.claims.forget(DUE - DAY) == 1
        assert await unit.claims.forget(DUE - DAY) == 0
        await unit.commit()
    assert await said(store) == ["one", "at it"]


async def test_what_is_undone_was_not_claimed(store: Store) -> None:
    """Nor is what it forgot gone."""
    await add(store, claim())
    async with store.unit() as unit:
        await unit.claims.add([claim("two")])
        await unit.claims.forget(DUE + DAY)
    assert await said(store) == ["one"]


async def test_processes_that_keep_the_same_claims_at_once_keep_them_once(opened: Opened) -> None:
    """Each is new to one of them."""
    claims = [claim(f"{n}") for n in range(5)]
    stores = (opened.one, opened.other)
    assert sum(await asyncio.gather(*(add(store, *claims) for store in stores))) == 5
    assert sorted(await said(opened.one)) == [one.item for one in claims]

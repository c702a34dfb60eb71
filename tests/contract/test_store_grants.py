"""What every store promises of what we were granted: in memory, on SQLite and on PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.grant import Grant
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import DUE, Opened
from tests.contract.timetable_samples import KOLKATA, TICK

opened = ledger_samples.opened
store = timetable_samples.store

HARBOUR = Grant("slack/team/T1", "slack:T1", "v1:näher 🦉", DUE)


async def put(store: Store, *grants: Grant) -> None:
    async with store.unit() as unit:
        for grant in grants:
            await unit.grants.put(grant)
        await unit.commit()


async def get(store: Store, key: str) -> Grant | None:
    async with store.unit() as unit:
        return await unit.grants.get(key)


async def found(store: Store, prefix: str = "", *, tenant: str | None = None) -> list[str]:
    async with store.unit() as unit:
        return [grant.key for grant in await unit.grants.find(prefix, tenant=tenant)]


async def test_a_grant_comes_back_as_it_was_kept(store: Store) -> None:
    """To the letter, and again when it is replaced; the instant in UTC. Nobody's is nothing."""
    assert await get(store, HARBOUR.key) is None
    for kept in (HARBOUR, replace(HARBOUR, tenant="slack:E1", sealed="", at=DUE + TICK), HARBOUR):
        await put(store, kept)
        assert await get(store, HARBOUR.key) == kept
    await put(store, replace(HARBOUR, at=DUE.astimezone(KOLKATA)))
    back = await get(store, HARBOUR.key)
    assert back == HARBOUR
    assert back is not None
    assert back.at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="no time zone"):
        await put(store, replace(HARBOUR, at=DUE.replace(tzinfo=None)))


async def test_grants_are_found_by_how_their_key_begins_and_by_whose_they_are(store: Store) -> None:
    """In order of their keys' characters; letters are told apart by case, and no character stands for others."""
    keys = ("slack/team/T2", "slack/team/T1", "slack/team/T10", "slack/org/E1", "Slack/team/T1", "slack/%")
    for number, key in enumerate(keys):
        await put(store, replace(HARBOUR, key=key, tenant=f"slack:{number % 2}"))
    assert await found(store) == sorted(keys)
    assert await found(store, "slack/team/") == ["slack/team/T1", "slack/team/T10", "slack/team/T2"]
    assert await found(store, "slack/team/", tenant="slack:0") == ["slack/team/T10", "slack/team/T2"]
    assert await found(store, tenant="slack:1") == ["slack/%", "slack/org/E1", "slack/team/T1"]
    assert await found(store, "slack/%") == ["slack/%"]
    assert await found(store, "slack/_eam") == await found(store, tenant="slack") == []


async def test_a_grant_is_dropped_once(store: Store) -> None:
    """Others stay."""
    other = replace(HARBOUR, key="slack/team/T2")
    await put(store, HARBOUR, other)
    async with store.unit() as unit:
        assert await unit.grants.drop(HARBOUR.key)
        assert not await unit.grants.drop(HARBOUR.key)
        await unit.commit()
    assert await found(store) == [other.key]


async def test_grants_go_with_their_tenant(store: Store) -> None:
    """All of its own, whatever they are called; nobody else's."""
    other = replace(HARBOUR, key="slack/team/T2", tenant="slack:T2")
    await put(store, HARBOUR, replace(HARBOUR, key="slack/more/T1"), other)
    async with store.unit() as unit:
        await unit.tenants.erase("slack:T1")
        await unit.commit()
    assert await found(store) == [other.key]


async def test_what_is_granted_in_a_unit_that_is_undone_is_not_granted(store: Store) -> None:
    """Nor is what it dropped gone."""
    await put(store, HARBOUR)
    async with store.unit() as unit:
        await unit.grants.put(replace(HARBOUR, sealed="other"))
        await unit.grants.put(replace(HARBOUR, key="slack/team/T2"))
        assert await unit.grants.drop(HARBOUR.key)
    assert await found(store) == [HARBOUR.key]
    assert await get(store, HARBOUR.key) == HARBOUR


async def test_processes_that_write_the_same_grant_at_once_leave_one_of_theirs(opened: Opened) -> None:
    """Whole: never the instant of one with the secret of another."""
    written = [replace(HARBOUR, sealed=f"v{n}", at=DUE + n * TICK) for n in range(10)]
    await asyncio.gather(
        *(put(store, grant) for grant, store in zip(written, [opened.one, opened.other] * 5, strict=True))
    )
    assert await get(opened.other, HARBOUR.key) in written


def test_a_grant_shown_in_a_traceback_keeps_its_secret() -> None:
    """Whoever prints it."""
    assert "v1:" not in f"{HARBOUR!r} {HARBOUR}"

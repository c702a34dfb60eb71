"""Servers come and go: rows are deleted after the grace time, and only of who really left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.grant import Grant
from bot.domain.place import Place
from tests.fakes.office import ADMIN, DESKS, MEMBER, OTHER, ROOM, TENANT, Bench
from tests.fakes.readings import NOON

DAY = timedelta(days=1)


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def left_over(bench: Bench, tenant: str = TENANT) -> bool:
    """Whether anything of a server is kept."""
    return bool(await bench.office.subscribing.list(tenant))


async def test_a_server_is_greeted_when_it_is_new_and_when_it_comes_back(bench) -> None:
    """Not at every start."""
    tenancy = bench.office.tenancy
    assert await tenancy.arrived(TENANT)
    assert not await tenancy.arrived(TENANT)
    await tenancy.left(TENANT)
    assert await tenancy.arrived(TENANT)


async def test_everything_of_a_server_is_deleted_a_week_after_it_left(bench) -> None:
    """Not a moment before, and nothing of anybody else's."""
    await bench.tenancy.arrived(TENANT)
    await bench.tenancy.arrived(OTHER)
    await bench.made()
    await bench.made(replace(ROOM, id="8"), tenant=OTHER)
    await bench.office.following.remove(ADMIN, DESKS["default"].roster.thinkers[0].id)
    await bench.allowance.spend(MEMBER, "now")
    await bench.tenancy.left(TENANT)
    bench.clock.advance(7 * DAY - timedelta(seconds=1))
    assert await bench.tenancy.purge(bench.clock.now()) == 0
    assert await left_over(bench)
    bench.clock.advance(timedelta(seconds=1))
    assert await bench.tenancy.purge(bench.clock.now()) == 1
    kept = bench.store.contents
    assert {each.tenant for each in kept.subscriptions.values()} == {OTHER}
    assert not kept.follows
    assert not kept.usage
    assert await bench.tenancy.purge(bench.clock.now()) == 0


async def test_leaving_twice_does_not_lengthen_the_grace(bench) -> None:
    """The first removal counts; coming back ends it."""
    await bench.made()
    await bench.tenancy.left(TENANT)
    bench.clock.advance(6 * DAY)
    await bench.tenancy.left(TENANT)
    bench.clock.advance(DAY)
    assert await bench.tenancy.purge(bench.clock.now()) == 1
    await bench.made()
    await bench.tenancy.left(TENANT)
    await bench.tenancy.arrived(TENANT)
    bench.clock.advance(30 * DAY)
    assert await bench.tenancy.purge(bench.clock.now()) == 0


async def test_what_an_admin_ended_is_deleted_at_once(bench) -> None:
    """No grace; nothing of anybody else's; again, it changes nothing. Coming back is a new arrival."""
    grants = [Grant(f"slack/team/{tenant}", tenant, "v0:token", NOON) for tenant in (TENANT, OTHER)]
    async with bench.store.unit() as unit:
        for grant in grants:
            await unit.grants.put(grant)
        await unit.commit()
    for tenant, place in ((TENANT, ROOM), (OTHER, replace(ROOM, id="8"))):
        await bench.tenancy.arrived(tenant)
        await bench.made(place, tenant=tenant)
    await bench.office.following.remove(ADMIN, DESKS["default"].roster.thinkers[0].id)
    await bench.allowance.spend(MEMBER, "now")
    for _ in range(2):
        await bench.office.tenancy.ended(TENANT)
        kept = bench.store.contents
        assert {each.tenant for each in kept.subscriptions.values()} == {OTHER}
        assert (list(kept.tenants), list(kept.grants.values())) == ([OTHER], grants[1:])
        assert not kept.follows
        assert not kept.usage
    bench.clock.advance(30 * DAY)
    assert await bench.tenancy.purge(bench.clock.now()) == 0
    assert await bench.tenancy.arrived(TENANT)


async def test_a_start_tells_who_left_meanwhile_and_who_came(bench) -> None:
    """Who is not among them has left; who is among them stays, also one that was thought gone."""
    direct, slack = "discord:@5", "slack:T1"
    for tenant in (TENANT, OTHER, direct, slack):
        await bench.tenancy.arrived(tenant)
        await bench.made(Place(tenant.partition(":")[0], tenant[-2:]), tenant=tenant)
    await bench.tenancy.left(OTHER)
    await bench.tenancy.seen("discord", {OTHER, "discord:99"})
    bench.clock.advance(8 * DAY)
    assert await bench.tenancy.purge(bench.clock.now()) == 1
    assert not await left_over(bench)
    for tenant in (OTHER, direct, slack):
        assert await left_over(bench, tenant)
    assert not await bench.tenancy.arrived("discord:99")

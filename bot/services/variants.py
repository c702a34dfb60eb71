"""Which desk the subscriptions of a server stand at: the one with the name, or the server's variant of it.

A server's first change to what it reads moves its subscriptions to the variant, taking the last one back moves them
home. Their ids stay, so what is owed to a place, and what was posted there, is the same row as before.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.desk import Desks
from bot.domain.follow import Follow, in_force
from bot.ports.store import Store, Unit


async def settle(unit: Unit, desks: Desks, tenant: str) -> Sequence[Follow]:
    """See that every subscription of a tenant stands where it has to; the tenant's changes, to be learned once
    committed.

    Raises:
        StoreError: the database failed.
    """
    follows = await unit.follows.find(tenant)
    changed = bool(in_force(follows))
    for own in await unit.subscriptions.find(tenant=tenant):
        desk = desks.id_for(own.desk, tenant, changed=changed)
        if desk != own.desk:
            await unit.subscriptions.put(replace(own, desk=desk))
    return follows


async def refresh(store: Store, desks: Desks) -> None:
    """Learn what any process has changed since the last time.

    Whose changes are new to this process is settled again: that costs nothing where it was done, and a subscription
    that was made while another process changed what is read finds its desk.

    Raises:
        StoreError: the database failed.
    """
    async with store.unit() as unit:
        follows = await unit.follows.find()
    for tenant in desks.learn(follows):
        async with store.unit() as unit:
            settled = await settle(unit, desks, tenant)
            await unit.commit()
        desks.learn(settled, tenant)

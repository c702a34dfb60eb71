"""What a place has subscribed to, as every message there wants to know: remembered for a minute."""

from datetime import timedelta

from bot.domain.fresh import Fresh
from bot.domain.place import Inbound, Place
from bot.domain.subscription import Subscription
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.services.together import Together

_LASTS = timedelta(minutes=1)
_MOST_TENANTS = 2_000
"""Remembered; who was looked up longest ago is forgotten first."""


class Subscribed:
    """Finds the subscriptions that brought an edition where somebody writes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._known = Fresh[tuple[Subscription, ...]](clock, lasts=_LASTS, most=_MOST_TENANTS)
        self._together = Together[tuple[Subscription, ...]]()

    async def at(self, inbound: Inbound) -> tuple[Subscription, ...]:
        """The subscriptions of the place where this was written; none where no tenant is known.

        Raises:
            StoreError: the database failed.
        """
        if not inbound.tenant:
            return ()
        return tuple(own for own in await self._of(inbound.tenant) if _covers(own.place, inbound.place))

    def forget(self, tenant: str) -> None:
        """Look again: something of it was changed."""
        self._known.forget(tenant)

    async def _of(self, tenant: str) -> tuple[Subscription, ...]:
        known = self._known.get(tenant)
        if known is not None:
            return known
        return self._known.put(tenant, await self._together(tenant, lambda: self._found(tenant)))

    async def _found(self, tenant: str) -> tuple[Subscription, ...]:
        async with self._store.unit() as unit:
            return tuple(await unit.subscriptions.find(tenant=tenant))


def _covers(subscribed: Place, here: Place) -> bool:
    """Whether an edition that is brought to a place is read here: there, or in one of its threads."""
    same = (subscribed.platform, subscribed.id) == (here.platform, here.id)
    return same and subscribed.thread in {None, here.thread}

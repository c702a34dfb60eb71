"""What a place has subscribed to, as every message there wants to know: remembered for a minute."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.domain.place import Inbound, Place
from bot.domain.subscription import Subscription
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.services.together import Together

_FRESH = timedelta(minutes=1)
_MOST_TENANTS = 2_000
"""Remembered; who was asked for longest ago is forgotten first."""


class Subscribed:
    """Finds the subscriptions that brought an edition where somebody writes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: OrderedDict[str, tuple[datetime, tuple[Subscription, ...]]] = OrderedDict()
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
        self._known.pop(tenant, None)

    async def _of(self, tenant: str) -> tuple[Subscription, ...]:
        now = self._clock.now()
        kept = self._known.get(tenant)
        if kept is not None and now - kept[0] < _FRESH:
            self._known.move_to_end(tenant)
            return kept[1]
        found = await self._together(tenant, lambda: self._found(tenant))
        self._known[tenant] = (now, found)
        self._known.move_to_end(tenant)
        if len(self._known) > _MOST_TENANTS:
            self._known.popitem(last=False)
        return found

    async def _found(self, tenant: str) -> tuple[Subscription, ...]:
        async with self._store.unit() as unit:
            return tuple(await unit.subscriptions.find(tenant=tenant))


def _covers(subscribed: Place, here: Place) -> bool:
    """Whether an edition that is brought to a place is read here: there, or in one of its threads."""
    same = (subscribed.platform, subscribed.id) == (here.platform, here.id)
    return same and subscribed.thread in {None, here.thread}

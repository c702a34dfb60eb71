"""What is kept about a person, for them to see and to have deleted."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.kept import Kept
from bot.domain.subscription import Subscription
from bot.domain.visitor import Visitor
from bot.ports.store import Store, Unit

HOST = "host"
"""The option that holds who set a subscription up: the platform's id of the person."""


class Privacy:
    """Knows every row that has a person's id in it.

    These are: what limits count, what the person added, left out or proposed, and who set up a subscription. What was
    asked and answered is not kept: of messages that reached us there is the message's id alone, which on some
    platforms begins with the person's and is deleted with the rest; of look-ups that somebody showed to all (results
    under `share/`) the id of our own message. A few words of it are in memory for a day, to understand what is asked
    next (`bot.services.exchanges`).
    """

    def __init__(self, store: Store, *, also: Callable[[str], None] = lambda _: None) -> None:
        """Prepare. `also` forgets what this process remembers of a person, such as `discord:5678`, in memory."""
        self._store = store
        self._also = also

    async def kept(self, visitor: Visitor) -> Kept:
        """Everything, in all servers.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return Kept(
                used=tuple(await unit.usage.find(visitor.who)),
                follows=tuple(await unit.follows.find(by=visitor.who)),
                subscriptions=tuple(await _set_up_by(unit, visitor)),
            )

    async def forget(self, visitor: Visitor) -> int:
        """Delete it, but for what belongs to the server: what was added or set up stays, without the name. How many
        rows.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            rows = await unit.usage.forget(visitor.who) + await unit.follows.forget(visitor.who)
            own = await _set_up_by(unit, visitor)
            for subscription in own:
                nameless = tuple(option for option in subscription.options if option[0] != HOST)
                await unit.subscriptions.put(replace(subscription, options=nameless))
            await unit.inbounds.forget(visitor.platform, f"{visitor.person}/")
            await unit.commit()
        self._also(visitor.who)
        return rows + len(own)


async def _set_up_by(unit: Unit, visitor: Visitor) -> list[Subscription]:
    found = await unit.subscriptions.find()
    return [
        own for own in found if own.place.platform == visitor.platform and dict(own.options).get(HOST) == visitor.person
    ]

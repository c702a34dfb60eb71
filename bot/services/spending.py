"""What models may take: of one edition, and of one person, one server and everybody in a day.

A call is counted with its estimate before it is made, so that of ten thousand at once no more go out than there is
room for; afterwards the difference to what it really took is given back. Counts of a day (UTC) are in the store: all
processes count together, and a restart gives nothing back. What an edition may take is counted in memory, by the one
process that writes it.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date
from typing import Protocol

from bot.domain.tokens import Used
from bot.domain.visitor import Visitor
from bot.errors import OverBudget, StoreError
from bot.ports.clock import Clock
from bot.ports.store import Store

PERSON, TENANT, EVERYBODY = "tokens", "tokens-tenant", "tokens-day"
"""Kinds of counts, of a person, of a server, of everybody."""
ALL = "everybody"
"""Who the count of a day is of."""
_NONE = Used()
_BEYOND = 2**31 - 1
"""No limit: what a call really took is counted, however much it was."""


class Limits(Protocol):
    """How many tokens, in and out together but for editions: `bot.config.ModelSettings` is this."""

    @property
    def edition_in(self) -> int:
        """In, of one edition."""
        ...

    @property
    def edition_out(self) -> int:
        """Out, of one edition."""
        ...

    @property
    def day(self) -> int:
        """Of everything, in a day (UTC)."""
        ...

    @property
    def tenant_day(self) -> int:
        """Of what people of one server ask in a day."""
        ...

    @property
    def person_day(self) -> int:
        """Of what one person asks in a day."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens in and out."""

    taken: int = 0
    given: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.taken + other.taken, self.given + other.given)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.taken - other.taken, self.given - other.given)

    def holds(self, other: "Amount") -> bool:
        """Whether the other fits into this one, in and out."""
        return other.taken <= self.taken and other.given <= self.given

    @property
    def tokens(self) -> int:
        """Both together, as days are counted."""
        return self.taken + self.given


@dataclass(frozen=True, slots=True)
class Count:
    """One of the counts of a day that a call goes to."""

    who: str
    tenant: str
    kind: str
    most: int


@dataclass(frozen=True, slots=True)
class Hold:
    """What was reserved for one call."""

    amount: Amount
    day: date


class Account:
    """What some calls may take together."""

    def __init__(
        self, spending: "Spending", counts: Sequence[Count], most: Amount | None = None, before: Used = _NONE
    ) -> None:
        """Prepare. `most` is the limit of all calls, None for none but those of a day.

        `before` was paid for already, and counts against `most` only.
        """
        self._spending = spending
        self._counts = tuple(counts)
        self._most = most
        self._before = Amount(before.taken, before.given)
        self._held = Amount()
        self._aside = Amount()
        self._refused = False
        self._used = Used()

    @property
    def used(self) -> Used:
        """What the calls took that are over."""
        return self._used

    @property
    def spent(self) -> bool:
        """Whether a call was refused."""
        return self._refused

    def set_aside(self, amount: Amount) -> None:
        """Keep so much for calls that are to come: no other call gets it. A negative amount takes it back."""
        self._aside += amount

    def left(self) -> Amount | None:
        """What a call may still reserve in memory; None where only days count."""
        if self._most is None:
            return None
        return self._most - self._before - self._held - self._aside - Amount(self._used.taken, self._used.given)

    def fits(self, amount: Amount) -> bool:
        """Whether there is room for a call of this size, as far as is known without the store."""
        left = self.left()
        return left is None or left.holds(amount)

    async def reserve(self, taken: int, given: int) -> Hold:
        """Count a call before it is made: `taken` tokens in by estimate, `given` out at most.

        Raises:
            OverBudget: there is no room for it; nothing was counted.
            StoreError: the database failed; nothing was counted.
        """
        amount = Amount(taken, given)
        if not self.fits(amount):
            self._refused = True
            raise OverBudget("An edition's tokens are spent.")
        # Before the database is asked, so that nobody else gets the same room meanwhile.
        self._held += amount
        taking = asyncio.ensure_future(self._spending.take(self._counts, amount.tokens))
        hold: Hold | None = None
        try:
            hold = Hold(amount, await asyncio.shield(taking))
        except OverBudget:
            self._refused = True
            raise
        except asyncio.CancelledError:
            # What the database counts meanwhile is for a call that is never made.
            with suppress(OverBudget, StoreError):
                await self._spending.correct(self._counts, await taking, -amount.tokens)
            raise
        finally:
            if hold is None:
                self._held -= amount
        return hold

    async def settle(self, hold: Hold, used: Used | None) -> Used:
        """Count what a call really took instead; None: nobody knows, and the estimate stands. Returns what counts.

        Raises:
            StoreError: the database failed; the day keeps the estimate.
        """
        known = Used(hold.amount.taken, hold.amount.given) if used is None else used
        self._held -= hold.amount
        self._used += known
        await self._spending.correct(self._counts, hold.day, known.taken + known.given - hold.amount.tokens)
        return known


class Spending:
    """Opens accounts."""

    def __init__(self, store: Store, clock: Clock, limits: Limits) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._clock = clock
        self._limits = limits
        self._all = Count(ALL, "", EVERYBODY, limits.day)

    def edition(self, before: Used = _NONE) -> Account:
        """For everything that is asked for one edition; `before` was paid for it already, on this day or another."""
        most = Amount(self._limits.edition_in, self._limits.edition_out)
        return Account(self, (self._all,), most, before)

    def person(self, visitor: Visitor) -> Account:
        """For what one person asks: within what a person, a server and everybody may take in a day."""
        own = Count(visitor.who, visitor.tenant, PERSON, self._limits.person_day)
        tenant = Count(visitor.tenant, visitor.tenant, TENANT, self._limits.tenant_day)
        # Always in this order, so that no two wait for each other's rows.
        return Account(self, (own, tenant, self._all))

    async def take(self, counts: Sequence[Count], tokens: int) -> date:
        """Count so many tokens for each, or for none; the day they count for.

        Raises:
            OverBudget: one of them has no room; nothing was counted.
            StoreError: the database failed; nothing was counted.
        """
        day = self._clock.now().astimezone(UTC).date()
        async with self._store.unit() as unit:
            for count in counts:
                left = await unit.usage.spend(count.who, count.tenant, count.kind, day, count.most, tokens)
                if left is None:
                    raise OverBudget(_REFUSED[count.kind])
            await unit.commit()
        return day

    async def correct(self, counts: Sequence[Count], day: date, more: int) -> None:
        """A call took so many more than was counted; below zero, fewer.

        Raises:
            StoreError: the database failed.
        """
        if not more:
            return
        async with self._store.unit() as unit:
            for count in counts:
                if more > 0:
                    await unit.usage.spend(count.who, count.tenant, count.kind, day, _BEYOND, more)
                else:
                    await unit.usage.give_back(count.who, count.kind, day, -more)
            await unit.commit()


_REFUSED = {
    PERSON: "A person's tokens of the day are spent.",
    TENANT: "A server's tokens of the day are spent.",
    EVERYBODY: "The day's tokens are spent.",
}

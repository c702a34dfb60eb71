"""The calls of one edition, each on the best layout for which context and account have room."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.domain.tokens import Used
from bot.errors import ModelError, ModelMisconfigured, ModelRefused
from bot.ports.events import Events
from bot.ports.model import ModelRequest
from bot.services.asking import Asking
from bot.services.spending import Account, Amount
from bot.services.writing.pages import Layout

T = TypeVar("T")
Make = Callable[[Layout], ModelRequest]
"""The request of a call in a layout."""
LONGEST_REASON = 300
"""Characters of an error that the journal gets."""
_SMALLER = 2
"""Times that a call is made smaller because it was refused: a refusal costs nothing, but patience."""


class Calls:
    """Asks for parts that were planned, and for what may follow from them."""

    def __init__(self, asking: Asking, account: Account, events: Events) -> None:
        """Prepare; nothing is set aside yet."""
        self._asking = asking
        self._account = account
        self._events = events
        self._planned: dict[str, Amount] = {}
        self._hopeless: ModelMisconfigured | None = None

    @property
    def used(self) -> Used:
        """What all calls took."""
        return self._account.used

    @property
    def spent(self) -> bool:
        """Whether a call was refused."""
        return self._account.spent

    def plan(self, amounts: Mapping[str, Amount]) -> bool:
        """Set aside what these parts may take, by their names; False, and nothing is, if there is less."""
        if not self._account.fits(sum(amounts.values(), Amount())):
            return False
        for name, amount in amounts.items():
            self._planned[name] = amount
            self._account.set_aside(amount)
        return True

    def begin(self, name: str) -> None:
        """A planned part may take now what was set aside for it; who comes first, that is: ask without waiting."""
        self._account.set_aside(Amount() - self._planned.pop(name, Amount()))

    def expected(self, make: Make, answers: type[object], layouts: Sequence[Layout]) -> Amount:
        """What a call takes on the best layout that fits the context."""
        for layout in layouts:
            request = make(layout)
            amount = self._amount(request, answers)
            if amount.tokens <= self._asking.room(request.role):
                break
        return amount

    def fitting(self, make: Make, answers: type[object], layouts: Sequence[Layout]) -> int | None:
        """Which layout is the best for which there is room now; None if there is none."""
        for place, layout in enumerate(layouts):
            request = make(layout)
            amount = self._amount(request, answers)
            if amount.tokens <= self._asking.room(request.role) and self._account.fits(amount):
                return place
        return None

    async def answer(
        self, name: str, make: Make, answers: type[T], layouts: Sequence[Layout]
    ) -> tuple[T, Used, Layout]:
        """The answer on the best layout for which there is room, what it took, and the layout.

        Where none has room, the smallest is tried. If the server refuses, again on a smaller one, at most twice: it may
        have less context than it was said to have, or withhold its answer because of another story.

        Raises:
            ModelError, StoreError: as `Asking.ask`.
        """
        if self._hopeless is not None:
            raise self._hopeless
        self.begin(name)
        found = self.fitting(make, answers, layouts)
        place = len(layouts) - 1 if found is None else found
        return await self._answered(name, make, answers, layouts[place:], _SMALLER)

    async def _answered(
        self, name: str, make: Make, answers: type[T], layouts: Sequence[Layout], smaller: int
    ) -> tuple[T, Used, Layout]:
        """The answer on the first layout, or, as often as `smaller` says, on another one where that is refused."""
        try:
            return *await self._asking.ask(make(layouts[0]), answers, self._account), layouts[0]
        except ModelMisconfigured as error:
            self._hopeless = error  # nobody need ask again in this edition
            raise
        except ModelRefused as error:
            rest = self._smaller(make, answers, layouts) if smaller else ()
            if not rest:
                raise
            self._events.warn("prompt_shrunk", part=name, reason=str(error)[:LONGEST_REASON])
        return await self._answered(name, make, answers, rest, smaller - 1)

    async def spare(self, name: str, make: Make, answers: type[T], layouts: Sequence[Layout]) -> tuple[T | None, Used]:
        """An answer that can be done without: None where there is no room for it now, or none comes.

        Raises:
            StoreError: the database failed.
        """
        place = self.fitting(make, answers, layouts)
        if place is None:
            self._events.tell("call_left_out", part=name)
            return None, Used()
        try:
            return await self._asking.ask(make(layouts[place]), answers, self._account)
        except ModelError as error:
            self._events.warn("call_failed", part=name, reason=str(error)[:LONGEST_REASON])
            return None, Used()

    def _smaller(self, make: Make, answers: type[object], layouts: Sequence[Layout]) -> Sequence[Layout]:
        """Those from the first one on with at most half the prompt of the first of all, else the last; maybe none."""
        first, *rest = layouts
        half = self._asking.taken(make(first), answers) // 2
        for place, layout in enumerate(rest):
            if self._asking.taken(make(layout), answers) <= half:
                return rest[place:]
        return rest[-1:]

    def _amount(self, request: ModelRequest, answers: type[object]) -> Amount:
        return Amount(self._asking.taken(request, answers), request.most_tokens)

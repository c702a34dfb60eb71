"""A question answered by a model, from passages that it is shown and nothing else.

Every sentence is examined before anybody sees it; what does not stand is dropped, since asking again would take longer
than a reader waits. Whoever has no question left, or gets no answer of a model, is answered with original passages, and
one quiet line says why.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from bot.domain.conversation.composing import ANSWER, DEEPER, GrowingAnswer
from bot.domain.conversation.exhibits import Exhibits, exhibits, exhibits_of, has_answer, leads_back
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.views import missing_of
from bot.domain.conversation.wording import Wording
from bot.domain.desk import OpenDesk
from bot.domain.edition import Story
from bot.domain.reply import Reply
from bot.domain.text.tongue import load
from bot.domain.visitor import Visitor
from bot.errors import LimitReached, ModelError, OverBudget
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.model import ModelRequest
from bot.ports.prompts import PromptLibrary
from bot.services.allowance import Allowance, spent
from bot.services.asking import Asking
from bot.services.exchanges import Exchange, Exchanges
from bot.services.growing import Show
from bot.services.inquiry import ROLE, Inquiries, Inquiry, room_for_passages
from bot.services.spending import Spending

_MOST_DEEPER = 200
"""Stories taken apart that are kept ready, for everybody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    reply: Reply | None = None
    """None: no model has answered."""
    note: str = ""
    """Why not, in words for who asked."""


class Answering:
    """Has questions answered."""

    def __init__(
        self,
        *,
        asking: Asking,
        spending: Spending,
        allowance: Allowance,
        prompts: PromptLibrary,
        clock: Clock,
        events: Events,
        model: str,
        desks: Mapping[str, OpenDesk],
    ) -> None:
        """Prepare; nothing is asked yet. `model` is the name that is shown."""
        self._asking = asking
        self._spending = spending
        self._allowance = allowance
        self._clock = clock
        self._events = events
        self._model = model
        self._inquiries = Inquiries(prompts, desks)
        self._exchanges = Exchanges(clock)
        self._taken_apart: OrderedDict[tuple[str, int, str], Reply] = OrderedDict()

    async def answer(
        self, inquiry: Inquiry, older: Callable[[], Awaitable[Sequence[Shelf]]], told: Show | None = None
    ) -> Outcome:
        """A question, from an edition; from `older` ones of the same desk where that has nothing.

        `told` is called with the answer whenever it has grown.

        Raises:
            StoreError: the database failed.
        """
        edition = inquiry.shelf.edition
        before = self._exchanges.of(inquiry.asker, edition.id, alone=inquiry.alone)
        found = await self._found(inquiry, before, older)
        if not found.shown:
            return Outcome()
        growing = GrowingAnswer("answer", found, inquiry.wording, self._model, ANSWER)
        outcome = await self._written(inquiry, growing, self._inquiries.question(inquiry, before, found), told)
        if outcome.reply is not None:
            self._exchanges.keep(
                inquiry.asker, edition.id, inquiry.text, growing.said(), growing.evidence(), alone=inquiry.alone
            )
        return outcome

    async def deeper(self, inquiry: Inquiry, story: Story, told: Show | None = None) -> Outcome:
        """A story taken apart: what is claimed, what stands around it, what is missing. Once for everybody.

        Raises:
            StoreError: the database failed.
        """
        edition = inquiry.shelf.edition
        key = (edition.id, story.number, inquiry.wording.language)
        if key in self._taken_apart:
            return Outcome(self._taken_apart[key])
        room = room_for_passages(self._inquiries.story(inquiry, story), self._asking.room(ROLE))
        found = exhibits_of(story, edition, tokens=room)
        if not found.shown:
            return Outcome()
        growing = GrowingAnswer("deeper", found, inquiry.wording, self._model, DEEPER)
        outcome = await self._written(inquiry, growing, self._inquiries.story(inquiry, story, found), told)
        if outcome.reply is not None and outcome.reply.note == self._signed(inquiry.wording):
            self._taken_apart[key] = outcome.reply
            if len(self._taken_apart) > _MOST_DEEPER:
                self._taken_apart.popitem(last=False)
        return outcome

    async def prepare(self) -> None:
        """Load what tells languages apart: half a second, in which nobody has to wait; else the first question does."""
        await asyncio.to_thread(load)

    def forget(self, who: str) -> None:
        """Forget what a person asked."""
        self._exchanges.forget(who)

    # ------------------------------------------------------------ what is shown

    async def _found(
        self, inquiry: Inquiry, before: tuple[Exchange, ...], older: Callable[[], Awaitable[Sequence[Shelf]]]
    ) -> Exhibits:
        question, first = inquiry.text, tuple[str, ...]()
        if before and leads_back(inquiry.text, inquiry.shelf):
            # "And why?" is about what was said last.
            question, first = f"{before[-1].question} {inquiry.text}", before[-1].evidence
        earlier = [] if has_answer(question, inquiry.shelf) or first else await older()
        room = room_for_passages(self._inquiries.question(inquiry, before), self._asking.room(ROLE))
        return exhibits(question, inquiry.shelf, earlier, first=first, tokens=room)

    # ------------------------------------------------------------ what is written

    async def _written(
        self, inquiry: Inquiry, growing: GrowingAnswer, request: ModelRequest, told: Show | None
    ) -> Outcome:
        say = inquiry.wording.say
        try:
            async with self._counted(inquiry.asker, growing):
                await self._listen(inquiry, growing, request, told)
        except (LimitReached, OverBudget) as error:
            return Outcome(note=spent(error, inquiry.wording, self._clock.now()))
        except ModelError as error:
            self._events.warn("question_not_answered", kind=growing.kind, error=type(error).__name__)
            if growing.begun:
                return Outcome(growing.reply("whole", say("answer-broken", model=self._model)))
            return Outcome(note=say("answer-unwritten"))
        self._events.tell("question_answered", kind=growing.kind, stands=growing.begun, dropped=growing.dropped)
        if not growing.begun:
            return Outcome(note=say("answer-unfounded" if growing.nothing else "answer-dropped"))
        if growing.kind == "deeper" and growing.found.story and not growing.tells_what_is_missing:
            growing.close_with(missing_of(growing.found.story, growing.found.edition, inquiry.wording))
        return Outcome(growing.reply("whole", self._signed(inquiry.wording)))

    async def _listen(self, inquiry: Inquiry, growing: GrowingAnswer, request: ModelRequest, told: Show | None) -> None:
        account = self._spending.person(inquiry.asker)
        async with aclosing(self._asking.lines(request, account)) as lines:
            async for line in lines:
                if isinstance(line, str) and growing.hear(line) and told is not None:
                    await told(growing.reply())
                if growing.full or growing.nothing:
                    return

    @asynccontextmanager
    async def _counted(self, asker: Visitor, growing: GrowingAnswer) -> AsyncIterator[None]:
        """Count a question. What failed does not count, nor what was stopped before anything of it was shown."""
        day = await self._allowance.spend(asker, "question")
        counts = False
        try:
            yield
            counts = True
        except asyncio.CancelledError:
            counts = growing.begun
            raise
        finally:
            if not counts:
                await self._allowance.give_back(asker, "question", day)

    def _signed(self, wording: Wording) -> str:
        return wording.say("answer-written", model=self._model)

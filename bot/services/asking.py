"""One question to a model, paid for: counted before it is sent, and corrected when it is over.

However a call ends (answered, refused, broken off, cancelled), what it took is counted before anything else happens.
"""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TypeVar, cast

from bot.domain.tokens import Used, estimate
from bot.errors import ModelMalformed, ModelMisconfigured, ModelRefused
from bot.ports.events import Events
from bot.ports.model import Delta, Ended, LanguageModel, ModelRequest, Role
from bot.ports.prompts import Form, PromptLibrary
from bot.services.spending import Account, Amount
from bot.services.waiting import surely

T = TypeVar("T")
_LONGEST_FAULT = 400
"""Characters of what a model is told of its last answer, and the journal, too."""
_CUT = "it was longer than it may be, and was cut: say less in each field, and close every bracket"


class Asking:
    """Asks a model; what it may take is in an account."""

    def __init__(self, model: LanguageModel, prompts: PromptLibrary, events: Events) -> None:
        """Prepare; nothing is asked yet."""
        self._model = model
        self._prompts = prompts
        self._events = events

    def name(self, role: Role) -> str:
        """The model behind a role."""
        return self._model.name(role)

    def room(self, role: Role) -> int:
        """Tokens that a prompt and its answer may have together."""
        return self._model.context(role)

    def taken(self, request: ModelRequest, answers: type[object] | None = None) -> int:
        """Tokens in by estimate, with the schema of the answer: some servers count it, some are told it in words."""
        texts = [text for text in (request.stable, request.shared, request.task) if text]
        schema = request.schema if answers is None else self._prompts.form(answers).schema
        return estimate(*texts, *([] if schema is None else [json.dumps(schema, separators=(",", ":"))]))

    async def ask(self, request: ModelRequest, answers: type[T], account: Account) -> tuple[T, Used]:
        """A structured answer, and what it took. `answers` is one of `bot.domain.prose.shapes`.

        An answer that cannot be read, or was cut, is asked for once more with the fault named, if there is room for it.

        Raises:
            OverBudget: not asked.
            ModelMalformed: also the second answer cannot be read, or there is no room for one.
            ModelUnavailable, ModelRefused, ModelMisconfigured: as the port says.
            StoreError: the database failed.
        """
        form = self._prompts.form(answers)
        request = replace(request, answer=form.name, schema=form.schema)
        answer, used, fault = await self._once(request, form, account)
        if fault is None:
            return answer[0], used
        again = replace(request, task=f"{request.task}\nYour last answer could not be read: {fault}\n")
        if not account.fits(Amount(self.taken(again), again.most_tokens)):
            raise ModelMalformed(fault)
        answer, more, fault = await self._once(again, form, account)
        if fault is not None:
            raise ModelMalformed(fault)
        return answer[0], used + more

    async def lines(self, request: ModelRequest, account: Account) -> AsyncGenerator[str | Used, None]:
        """The answer in plain text, line by line as it comes, without the line's end; last what it took.

        Close it (`contextlib.aclosing`) if you stop early: that ends the call, and counts it. Blank lines are left out;
        an answer that was cut ends with its last whole line.

        Raises:
            OverBudget: not asked.
            ModelUnavailable, ModelRefused, ModelMisconfigured: as the port says; lines may have come before.
            StoreError: the database failed.
        """
        call = _Call(self._model, request, account, self.taken(request))
        rest = ""
        async with aclosing(call.pieces()) as pieces:
            async for piece in pieces:
                *whole, rest = (rest + piece).split("\n")
                for line in whole:
                    if line.strip():
                        yield line.strip()
        self._refuse_filtered(call.ended, request)
        if rest.strip() and call.ended is not None and call.ended.finish == "stop":
            yield rest.strip()
        yield call.used

    async def _once(self, request: ModelRequest, form: Form[T], account: Account) -> tuple[list[T], Used, str | None]:
        """The answer in a list, or an empty list and what is wrong with it."""
        call = _Call(self._model, request, account, self.taken(request))
        async with aclosing(call.pieces()) as pieces:
            text = "".join([piece async for piece in pieces])
        self._refuse_filtered(call.ended, request)
        if call.ended is not None and call.ended.finish == "length":
            return [], call.used, self._told(request, _CUT)
        try:
            return [form.read(text)], call.used, None
        except ValueError as error:
            return [], call.used, self._told(request, str(error)[:_LONGEST_FAULT])

    def _told(self, request: ModelRequest, fault: str) -> str:
        self._events.warn("answer_unreadable", about=request.about, reason=fault)
        return fault

    @staticmethod
    def _refuse_filtered(ended: Ended | None, request: ModelRequest) -> None:
        if ended is not None and ended.finish == "filtered":
            raise ModelRefused(f"The server withheld the answer to {request.about or request.answer}.")


class _Call:
    """One call: reserved, made, settled."""

    def __init__(self, model: LanguageModel, request: ModelRequest, account: Account, taken: int) -> None:
        self._model = model
        self._request = request
        self._account = account
        self._taken = taken
        self.ended: Ended | None = None
        self.used = Used()

    async def pieces(self) -> AsyncGenerator[str, None]:
        """The text as it comes. However it ends, it is settled then."""
        hold = await self._account.reserve(self._taken, self._request.most_tokens)
        used: Used | None = None
        has_begun = False
        try:
            stream = cast("AsyncGenerator[Delta | Ended, None]", self._model.stream(self._request))
            async with aclosing(stream):
                async for piece in stream:
                    has_begun = True
                    if isinstance(piece, Delta):
                        yield piece.text
                    else:
                        self.ended, used = piece, piece.used
        except (ModelRefused, ModelMisconfigured):
            if not has_begun:
                used = Used()  # the server has not taken the question
            raise
        finally:
            self.used = await surely(self._account.settle(hold, used))

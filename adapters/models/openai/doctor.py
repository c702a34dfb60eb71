"""Whether a model can do its work: reached, let in, offered; what its server takes, how fast it is, what it forgets.

Plain data for whoever prints it. It asks as the bot asks, on the same way, with a few short calls; what the server
really keeps of long prompts takes some 30,000 tokens a model, and is tried only where that is wanted.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import openai

from adapters.models.openai.access import Access, address_of, is_vendor
from adapters.models.openai.answers import cached_of, prompt_tokens
from adapters.models.openai.asking import Asking
from adapters.models.openai.errors import status_of
from adapters.models.openai.ladder import RUNGS, Habits, first_habits
from adapters.models.openai.planting import COST, plant
from adapters.models.openai.server import Deadline, Server
from adapters.wire.clock import SystemClock
from bot.domain.finding import Finding
from bot.errors import ConfigError, ModelError, ModelMisconfigured, ModelUnavailable
from bot.ports.clock import Clock
from bot.ports.model import ModelRequest, Role

Verdict = Literal["ok", "note", "wrong", "failed"]
_AREA: Final = "model"
_NOT_LET_IN: Final = frozenset({401, 403})
_LISTED: Final = 8
"""Names of models that are shown."""
_PATIENCE: Final = 15.0
"""Seconds for the list of models."""
_SLOW: Final = 10.0
"""Tokens a second below which an edition is late."""
_STORY: Final = 700
"""Tokens of a story, about."""
_FORM: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"colour": {"type": "string"}, "count": {"type": "integer"}},
    "required": ["colour", "count"],
    "additionalProperties": False,
}


async def examine(settings: Access, *, thorough: bool = False, clock: Clock | None = None) -> list[Finding]:
    """Look at everything that must be right for models to write. It raises nothing.

    `thorough` also plants words in long prompts, for some 30,000 tokens a model.
    """
    try:
        server = Server(settings)
    except ConfigError as error:
        return [Finding(_AREA, "address", str(error), "wrong")]
    try:
        return await _examined(server, settings, clock or SystemClock(), thorough=thorough)
    finally:
        await server.close()


async def _examined(server: Server, settings: Access, clock: Clock, *, thorough: bool) -> list[Finding]:
    found, offered = await _let_in(server, settings)
    if any(finding.verdict in {"wrong", "failed"} for finding in found):
        return found
    roles: dict[str, Role] = {settings.large: "large"}
    roles.setdefault(settings.small, "small")
    for model, role in roles.items():
        look = _Look(server, settings, clock, role, model, first_habits(vendor=is_vendor(address_of(settings))))
        found += await look.all(offered, thorough=thorough)
    return found


async def _let_in(server: Server, settings: Access) -> tuple[list[Finding], Sequence[str]]:
    """The address and the key, by asking for the list of models; and that list."""
    reached = Finding(_AREA, "address", f"{server.address} answers")
    try:
        with server.errors_of(settings.large):
            offered = await server.models(Deadline(_PATIENCE))
    except ModelError as error:
        return _unlisted(error, reached), ()
    key = Finding(_AREA, "key", "accepted" if settings.key else "none is set, and none is wanted")
    names = ", ".join(sorted(offered)[:_LISTED]) + (f" and {len(offered) - _LISTED} more" * (len(offered) > _LISTED))
    return [
        reached,
        key,
        Finding(_AREA, "models", names or "the server lists none", "ok" if names else "note"),
    ], offered


def _unlisted(error: ModelError, reached: Finding) -> list[Finding]:
    """What it means that there is no list of models; some servers have none, and the first call will tell more."""
    cause = error.__cause__
    status = status_of(cause) if isinstance(cause, openai.APIError) else 0
    if status in _NOT_LET_IN:
        return [reached, Finding(_AREA, "key", str(error), "wrong")]
    if isinstance(error, ModelUnavailable):
        mend = "Start the server, or set OPENAI_BASE_URL to where it is."
        return [Finding(_AREA, "address", str(error), "failed", mend)]
    if status in range(300, 400):
        return [Finding(_AREA, "address", str(error), "wrong")]
    return [reached, Finding(_AREA, "models", "the server does not list them", "note")]


@dataclass(frozen=True, slots=True)
class _Look:
    """At one model."""

    server: Server
    settings: Access
    clock: Clock
    role: Role
    model: str
    habits: Habits

    async def all(self, offered: Sequence[str], *, thorough: bool) -> list[Finding]:
        """Everything about it; where it does not answer, only that."""
        form = self._asking("answer", _FORM, "Name a colour, and count the letters of its name.", 400)
        try:
            answer = "".join([text async for text in form.answer(self.clock)])
        except ModelError as error:
            return [self._unanswered(error, offered)]
        found = [*self._name(offered), self._form(form, answer), *await self._text()]
        found += [*self._counts(form), *self._left_out()]
        if thorough:
            return [
                *found,
                *await plant(self.server, self.habits, self.role, self.model, self.settings, self.clock),
            ]
        said = f"not tried: {self.settings.context:,} tokens are set"
        mend = f"counterpoint doctor --thorough tries it, for about {COST:,} tokens a model."
        return [*found, self._finding("context", said, "note", mend)]

    def _asking(self, answer: str, schema: Mapping[str, Any] | None, task: str, most: int) -> Asking:
        request = ModelRequest(self.role, "You are tried out.", "", task, most, answer, schema)
        return Asking(self.server, self.habits, request, self.model, self.settings)

    def _finding(self, what: str, value: str, verdict: Verdict = "ok", remedy: str | None = None) -> Finding:
        return Finding(_AREA, f"{self.model}: {what}", value, verdict, remedy)

    def _unanswered(self, error: ModelError, offered: Sequence[str]) -> Finding:
        verdict: Verdict = "wrong" if isinstance(error, ModelMisconfigured) else "failed"
        near = _nearest(self.model, offered)
        mend = f"Nearest names: {', '.join(near)}." if near and not _offers(offered, self.model) else None
        return self._finding("answers", f"no: {error}", verdict, mend)

    def _name(self, offered: Sequence[str]) -> list[Finding]:
        if not offered or _offers(offered, self.model):
            return []
        near = ", ".join(_nearest(self.model, offered))
        return [self._finding("name", f"not in the list, and answered all the same; nearest: {near}", "note")]

    def _form(self, asking: Asking, answer: str) -> Finding:
        rung = RUNGS[asking.rung]
        if _keeps(answer):
            return self._finding("answers in a form", f"yes, by {rung}")
        mend = "Answers are read as well as can be; a larger model, or a server that holds it to a schema, does better."
        return self._finding("answers in a form", f"asked by {rung}, it did not keep to it", "note", mend)

    async def _text(self) -> list[Finding]:
        """Whether it streams, how fast, and whether it thinks aloud."""
        self.habits.speaks_at_once = True
        asking = self._asking("text", None, "Write the numbers from one to forty as English words.", 300)
        loop = asyncio.get_running_loop()
        began, first, pieces = loop.time(), None, 0
        try:
            async for _ in asking.answer(self.clock):
                first, pieces = first or loop.time(), pieces + 1
        except ModelError as error:
            return [self._finding("text", str(error), "note")]
        streams = pieces > 1 and not asking.read.whole
        seconds = loop.time() - (first if streams and first else began)
        return [
            self._finding("streams", "yes" if streams else "no: answers come whole", "ok" if streams else "note"),
            self._speed(asking.used.given / max(seconds, 0.001)),
        ]

    def _speed(self, rate: float) -> Finding:
        said = f"{rate:,.0f} tokens a second" if rate >= 1 else "less than a token a second"
        if rate >= _SLOW:
            return self._finding("speed", said)
        mend = (
            f"A story takes some {_STORY / max(rate, 0.1):,.0f} seconds, COUNTERPOINT_MODEL_TIMEOUT is "
            f"{self.settings.timeout.total_seconds():.0f}: parts that are late stay as they were selected."
        )
        return self._finding("speed", said, "note", mend)

    def _counts(self, asking: Asking) -> list[Finding]:
        usage = asking.read.usage
        counted = prompt_tokens(usage)
        if usage is None or counted is None:
            return [self._finding("counts tokens", "no: they are estimated", "note")]
        cached = "it says how many were cached" if cached_of(usage) is not None else "not which of them were cached"
        return [self._finding("counts tokens", f"yes; {cached}")]

    def _left_out(self) -> list[Finding]:
        names = sorted(self.habits.refused)
        return [self._finding("refuses", f"{', '.join(names)}: left out from now on", "note")] if names else []


def _keeps(answer: str) -> bool:
    """Whether an answer keeps to the little form."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(value, dict)
        and value.keys() == {"colour", "count"}
        and isinstance(value["colour"], str)
        and isinstance(value["count"], int)
    )


def _offers(offered: Sequence[str], model: str) -> bool:
    """Whether a list has a model; Ollama lists `name:latest` for `name`."""
    return model in offered or f"{model}:latest" in offered


def _nearest(model: str, offered: Sequence[str]) -> list[str]:
    from rapidfuzz import process

    return [str(name) for name, _, _ in process.extract(model, sorted(offered), limit=3)]

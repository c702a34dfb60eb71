"""What a model at one address takes: learned from its refusals, so that only the first call pays for them.

An answer's form is asked for on the highest rung that holds: `json_schema` (the server lets the model write nothing
else), `json_object` (any JSON; the schema stands in the task), `plain` (the schema stands in the task). A server may
refuse a rung, or one schema, or take it and not keep to it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from adapters.models.openai.errors import names_no_model, names_too_long, names_what_it_withholds
from bot.ports.model import ModelRequest

Rung = Literal["json_schema", "json_object", "plain"]
RUNGS: Final[tuple[Rung, ...]] = ("json_schema", "json_object", "plain")
Json = dict[str, Any]
_TEMPERATURE: Final = 0.2
"""Of answers in a form: facts, little invention."""
_FORMAT: Final = "response_format"
_SYSTEM: Final = "system"
"""Not a parameter: some templates know no system message."""
_LIMITS: Final = ("max_completion_tokens", "max_tokens")
_OPTIONAL: Final = (
    "stream_options",
    _FORMAT,
    "temperature",
    "prompt_cache_key",
    "safety_identifier",
    "reasoning_effort",
    *_LIMITS,
)
"""What is left out where it is refused."""
_VENDORS: Final = frozenset({"prompt_cache_key", "safety_identifier"})
"""The vendor's own: a server that knows one of them not knows neither, and each would cost a call."""
_ABOUT_FORMAT = re.compile(
    r"json_schema|json_object|response[ _]format|structured[ _]output|grammar|schema", re.IGNORECASE
)
_ABOUT_SCHEMA = re.compile(
    r"invalid (?:json )?schema|grammar|json_validate_failed|failed_generation|failed to generate json|sampler",
    re.IGNORECASE,
)
_ABOUT_SYSTEM = re.compile(
    r"system (?:role|message|prompt)s?\b.{0,40}\bnot\b|only user and (?:assistant|model)", re.IGNORECASE
)
_MAY_REFUSE: Final = frozenset({400, 422, 500, 501})
"""Statuses that refuse a parameter, where the words name it; some servers fail over a schema instead of refusing it."""
_MAY_MEAN_ANY: Final = frozenset({400, 422})


@dataclass(slots=True)
class Habits:
    """What one model at one address takes, as far as is known."""

    limits: list[str]
    """Names under which the length of an answer may be limited, the next to try first."""
    refused: set[str] = field(default_factory=set)
    rung: int = 0
    """The highest that is left."""
    rungs: dict[str, int] = field(default_factory=dict)
    """The same for single schemas, by name of the answer."""
    speaks_at_once: bool | None = None
    """Whether its text begins with the answer, or (False) with a thought whose first mark the server hides.

    None as long as it gave no text: what may turn out to be a thought is held back.
    """

    def rung_of(self, request: ModelRequest) -> int:
        """Where an answer of this kind is asked for."""
        return max(self.rung, self.rungs.get(request.answer, 0))

    def step_down(self, request: ModelRequest, from_rung: int, *, alone: bool) -> None:
        """A rung does not hold: for this answer (`alone`), or for all."""
        below = min(from_rung + 1, len(RUNGS) - 1)
        if alone:
            self.rungs[request.answer] = max(below, self.rungs.get(request.answer, 0))
        else:
            self.rung = max(below, self.rung)

    def refuse(self, names: set[str]) -> None:
        """These are not sent again."""
        self.refused |= names - {_FORMAT, *_LIMITS}
        self.limits = [name for name in self.limits if name not in names]


def first_habits(*, vendor: bool) -> Habits:
    """What is tried first: the vendor wants the new name of the limit, most others know the old one."""
    return Habits(list(_LIMITS if vendor else reversed(_LIMITS)))


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it is sent."""

    body: Json
    rung: int
    """Of `RUNGS`; the last for plain text."""
    bare: bool
    """Without anything that can be left out."""


def call(request: ModelRequest, model: str, effort: str | None, habits: Habits, *, bare: bool = False) -> Call:
    """A request in the form that the server takes, as far as is known; `bare`: in the form that every server takes."""
    rung = len(RUNGS) - 1 if bare or request.schema is None else habits.rung_of(request)
    body: Json = {"model": model, "messages": _messages(request, habits, rung), "stream": True}
    limits = habits.limits[:1]
    body |= dict.fromkeys(limits, request.most_tokens)
    if bare:
        return Call(body, rung, bare=True)
    wanted: Json = {
        "stream_options": {"include_usage": True},
        "prompt_cache_key": _digest(request),
        "safety_identifier": request.user,
        "reasoning_effort": effort,
    }
    if request.schema is not None:
        wanted |= {"temperature": _TEMPERATURE, _FORMAT: _format(request, request.schema, rung)}
    body |= {name: value for name, value in wanted.items() if value is not None and name not in habits.refused}
    return Call(body, rung, bare=False)


def _messages(request: ModelRequest, habits: Habits, rung: int) -> list[Json]:
    """How to work; then what to work on and what to do, as one message: calls of an edition begin with the same."""
    task = request.task
    if request.schema is not None and RUNGS[rung] != "json_schema":
        schema = json.dumps(request.schema, ensure_ascii=False)
        task = f"{task}\n\nAnswer with one JSON object that keeps to this JSON Schema, and with nothing else:\n{schema}"
    asked = f"{request.shared}\n\n{task}" if request.shared else task
    if not request.stable:
        return [_message("user", asked)]
    if _SYSTEM in habits.refused:
        return [_message("user", f"{request.stable}\n\n{asked}")]
    return [_message("system", request.stable), _message("user", asked)]


def _message(role: str, text: str) -> Json:
    # Half a surrogate pair cannot be sent.
    return {"role": role, "content": text.encode("utf-8", "replace").decode()}


def _format(request: ModelRequest, schema: Mapping[str, Any], rung: int) -> Json | None:
    match RUNGS[rung]:
        case "json_schema":
            held = {"name": request.answer[:64], "schema": dict(schema), "strict": True}
            return {"type": "json_schema", "json_schema": held}
        case "json_object":
            return {"type": "json_object"}
        case _:
            return None


def _digest(request: ModelRequest) -> str:
    """Calls that begin with the same characters have the same: a provider keeps them together."""
    begin = f"{request.stable}\x1f{request.shared}".encode("utf-8", "replace")
    return hashlib.sha256(begin).hexdigest()[:32]


def learn(habits: Habits, request: ModelRequest, sent: Call, status: int, said: str) -> bool:
    """What a refusal tells about this server; False: nothing, or nothing that was in this call.

    After True the next call leaves out something that this one had, so that asking again comes to an end.
    """
    if status not in _MAY_REFUSE or names_too_long(said) or names_what_it_withholds(said):
        return False
    names: set[str] = {name for name in _OPTIONAL if name in sent.body and re.search(rf"\b{name}\b", said)}
    if not names and _FORMAT in sent.body and _ABOUT_FORMAT.search(said):
        names = {_FORMAT}
    if not names and _ABOUT_SYSTEM.search(said) and sent.body["messages"][0]["role"] == _SYSTEM:
        names = {_SYSTEM}
    if names & _VENDORS:
        names |= _VENDORS
    if _FORMAT in names:
        habits.step_down(request, sent.rung, alone=_ABOUT_SCHEMA.search(said) is not None)
    habits.refuse(names)
    return bool(names)


def may_mean_any(sent: Call, status: int, said: str) -> bool:
    """Whether a refusal that names nothing may be about something that can be left out."""
    if names_too_long(said) or names_what_it_withholds(said) or names_no_model(said):
        return False
    return status in _MAY_MEAN_ANY and not sent.bare and any(name in sent.body for name in _OPTIONAL)


def learn_bare(habits: Habits, request: ModelRequest, sent: Call) -> None:
    """The server took the bare call after it had refused one with more."""
    habits.refuse({name for name in _OPTIONAL if name not in sent.body})
    if request.schema is not None:
        habits.rung = len(RUNGS) - 1

"""The server: takes calls, holds them to what its kind enforces, has its mind answer, and keeps count."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from bot.config import ModelSettings
from tests.fakes.minds.counting import common, prompt_pieces, tail
from tests.fakes.minds.likeness import Likeness, Refused, Vendor, refusal
from tests.fakes.minds.saying import Mind, Prompt, Said
from tests.fakes.minds.sending import Sending, Sent

KEY = "sk-mind-0123456789"
LARGE, SMALL = "mind-large", "mind-small"
_STEP = 128
_LEAST_CACHED = 1024


@dataclass(slots=True)
class Call:
    """One call that reached the mind, or was refused before it (`status` is then not 200)."""

    path: str
    model: str
    messages: tuple[tuple[str, str], ...]
    """Role and text, as they came."""
    response_format: Mapping[str, Any] | None
    stream: bool
    body: Mapping[str, Any]
    began: float
    """Seconds of the loop's clock."""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    ended: float | None = None
    """None while it runs; set as well when whoever asked has gone."""
    status: int = 200
    said: str | None = None
    """What the mind answered, before it was cut to what was allowed."""

    @property
    def task(self) -> str:
        """What stands after the last `# Task: `, such as `story 2`; empty where there is none."""
        from tests.fakes.minds.prompts import task_of

        return task_of("\n".join(text for _, text in self.messages))


class MindServer:
    """Speaks chat completions on 127.0.0.1 while it is entered.

    `like` is the kind of server, `context` the tokens that prompt and answer may have together, `seconds` what a call
    takes, `key` what has to be shown where the kind wants one (None: anything).
    """

    def __init__(
        self,
        mind: Mind,
        *,
        like: Likeness | None = None,
        context: int = 128_000,
        key: str | None = KEY,
        models: Sequence[str] = (LARGE, SMALL),
        seconds: float = 0.0,
        port: int = 0,
    ) -> None:
        self.mind = mind
        self.like = Vendor() if like is None else like
        self.context = context
        self.key = key
        self.models = tuple(models)
        self.seconds = seconds
        self.port = port
        self.calls: list[Call] = []
        self._seen: list[list[str]] = []
        self._ending = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._models)
        app.router.add_route("*", "/{rest:.*}", self._nothing)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        self._ending.set()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where it is, as a client's base address."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def answered(self) -> list[Call]:
        """Calls that were not refused."""
        return [call for call in self.calls if call.status == 200]

    @property
    def most_at_once(self) -> int:
        """How many calls ran side by side."""
        spans = [(call.began, call.ended or float("inf")) for call in self.calls]
        return max((sum(a <= began < b for a, b in spans) for began, _ in spans), default=0)

    def settings(self, **changes: Any) -> ModelSettings:
        """What an operator would set to use it."""
        given: dict[str, Any] = {"large": self.models[0], "small": self.models[-1], "address": self.address}
        given |= {"key": self.key, "context": min(self.context, 16_384)}
        return ModelSettings(**(given | changes))

    # ------------------------------------------------------------ routes

    async def _models(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_key(request)
        except Refused as refused:
            return _refused(refused)
        data = [{"id": name, "object": "model", "created": 0, "owned_by": "minds"} for name in self.models]
        return web.json_response({"object": "list", "data": data})

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        return _refused(refusal(404, f"Invalid URL ({request.method} {request.path})"))

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        loop = asyncio.get_running_loop()
        try:
            body = await request.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            return _refused(refusal(400, "We could not parse the JSON body of your request."))
        if not isinstance(body, dict):
            return _refused(refusal(400, "The body of your request is no object."))
        call = _call(request.path, body, loop.time())
        self.calls.append(call)
        try:
            self._check_key(request)
            self.like.check(body)
            self._check_model(call)
            said = await self._answer(call)
            sent = Sent(call.model, body, self.like, len(self.calls))
            return await Sending(request, sent, call, self._ending).send(said)
        except Refused as refused:
            call.status = refused.status
            return _refused(refused)
        finally:
            call.ended = loop.time()

    # ------------------------------------------------------------ rules

    def _check_key(self, request: web.Request) -> None:
        if not self.like.knows_key or self.key is None:
            return
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if not shown:
            message = "You didn't provide an API key. You need to provide your API key in an Authorization header."
            raise refusal(401, message)
        if shown != self.key:
            raise refusal(401, f"Incorrect API key provided: {shown[:3]}***{shown[-4:]}.", code="invalid_api_key")

    def _check_model(self, call: Call) -> None:
        if self.like.knows_models and call.model not in self.models:
            message = f"The model `{call.model}` does not exist or you do not have access to it."
            raise refusal(404, message, code="model_not_found")

    async def _answer(self, call: Call) -> Said:
        found = prompt_pieces(call.messages)
        room = int(call.body.get("max_completion_tokens") or call.body.get("max_tokens") or 0)
        messages = call.messages
        if len(found) + room > self.context:
            if not self.like.truncates:
                raise self.like.too_long(len(found) + room, self.context)
            messages = tail(messages, max(1, self.context - room))
            found = prompt_pieces(messages)
        call.prompt_tokens = len(found)
        call.cached_tokens = self._cached(found) if self.like.caches else 0
        self._seen.append(found)
        await asyncio.sleep(self.seconds)
        said = self.mind.answer(_prompt(messages, call.response_format))
        call.said = said.text
        return said

    def _cached(self, found: list[str]) -> int:
        longest = max((common(found, before) for before in self._seen), default=0)
        return longest // _STEP * _STEP if longest >= _LEAST_CACHED else 0


def _call(path: str, body: Mapping[str, Any], began: float) -> Call:
    given = body.get("messages")
    messages = tuple(
        (str(m.get("role")), _text(m.get("content")))
        for m in (given if isinstance(given, list) else [])
        if isinstance(m, dict)
    )
    form = body.get("response_format")
    model, stream = str(body.get("model")), bool(body.get("stream"))
    return Call(path, model, messages, form if isinstance(form, dict) else None, stream, body, began)


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _prompt(messages: tuple[tuple[str, str], ...], form: Mapping[str, Any] | None) -> Prompt:
    kind = (form or {}).get("type")
    given = (form or {}).get("json_schema") or {}
    if kind != "json_schema":
        return Prompt(messages, as_json=kind == "json_object")
    return Prompt(messages, given.get("schema"), str(given.get("name", "")), as_json=True)


def _refused(refused: Refused) -> web.Response:
    return web.json_response(refused.body, status=refused.status, headers=dict(refused.headers))

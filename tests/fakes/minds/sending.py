"""Puts an answer on the wire: whole, or piece by piece, or as badly as a mind wants it."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.minds.counting import pieces
from tests.fakes.minds.likeness import Likeness
from tests.fakes.minds.saying import Said, Wire

_TOKENS_A_CHUNK = 6
_AS_SENT = Wire()


class Counted(Protocol):
    """What is told of a call."""

    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    status: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What decides the form of an answer."""

    model: str
    body: Mapping[str, Any]
    like: Likeness
    number: int

    @property
    def streams(self) -> bool:
        """Whether it is wanted piece by piece."""
        return bool(self.body.get("stream"))

    @property
    def counts_at_the_end(self) -> bool:
        """Whether a stream ends with what it took."""
        return bool((self.body.get("stream_options") or {}).get("include_usage"))


class Sending:
    """Sends one answer."""

    def __init__(self, request: web.Request, sent: Sent, call: Counted, ending: asyncio.Event) -> None:
        """`ending` is set when the server goes: who hangs stops hanging."""
        self._request = request
        self._sent = sent
        self._call = call
        self._ending = ending

    async def send(self, said: Said) -> web.StreamResponse:
        """The answer, cut to what was allowed."""
        wire = said.wire or _AS_SENT
        said, taken = _allowed(said, self._sent.body)
        self._call.completion_tokens = taken
        self._call.status = wire.status
        if wire.hang:
            await self._ending.wait()
        if wire.cut == 0:
            return self._gone()
        if wire.body is not None:
            headers = dict(wire.headers) | {"Content-Type": wire.kind}
            return web.Response(body=wire.body, status=wire.status, headers=headers)
        chunks = self._stream(said, wire) if self._sent.streams else self._whole(said)
        return await self._written(chunks, wire)

    def _gone(self) -> web.StreamResponse:
        transport = self._request.transport
        if transport is not None:
            transport.close()
        return web.Response()

    async def _written(self, chunks: list[bytes], wire: Wire) -> web.StreamResponse:
        kind = "text/event-stream" if self._sent.streams and wire.kind == "application/json" else wire.kind
        answer = web.StreamResponse(status=wire.status, headers=dict(wire.headers) | {"Content-Type": kind})
        whole = b"".join(chunks)
        stop = None if wire.cut is None else max(1, int(len(whole) * wire.cut))
        if not self._sent.streams:
            answer.content_length = len(whole)
        await answer.prepare(self._request)
        with contextlib.suppress(ConnectionResetError):  # whoever asked has gone
            for chunk in _small(whole) if wire.drip else chunks if stop is None else [whole[:stop]]:
                await answer.write(chunk)
                await asyncio.sleep(wire.drip)
            if stop is not None:
                self._gone()
                return answer
            if wire.endless:
                await self._ending.wait()
            await answer.write_eof()
        return answer

    # ------------------------------------------------------------ forms

    def _whole(self, said: Said) -> list[bytes]:
        message: dict[str, Any] = {"role": "assistant", "content": said.text, "refusal": said.refusal}
        if said.tool_calls:
            message["tool_calls"] = list(said.tool_calls)
        if said.reasoning is not None:
            message["reasoning_content"] = said.reasoning
        choice = {"index": 0, "message": message, "finish_reason": said.finish, "logprobs": None}
        body = self._head("chat.completion") | {"choices": [choice]}
        usage = self._usage(said)
        return [_json(body if usage is None else body | {"usage": usage})]

    def _stream(self, said: Said, wire: Wire) -> list[bytes]:
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        if said.reasoning is not None:
            deltas.append({"reasoning_content": said.reasoning})
        if said.refusal is not None:
            deltas.append({"refusal": said.refusal})
        deltas += [{"tool_calls": [{"index": at, **one}]} for at, one in enumerate(said.tool_calls)]
        found = pieces(said.text or "")
        steps = range(0, len(found), _TOKENS_A_CHUNK if len(found) < 20_000 else 2_000)
        deltas += [{"content": "".join(found[at : at + steps.step])} for at in steps]
        events = [self._event({"index": 0, "delta": delta, "finish_reason": None}) for delta in deltas]
        events.append(self._event({"index": 0, "delta": {}, "finish_reason": said.finish}))
        events[2:2] = wire.rubbish
        usage = self._usage(said)
        if usage is not None and self._sent.counts_at_the_end:
            body = self._head("chat.completion.chunk") | {"choices": [], "usage": usage}
            events.append(b"data: " + _json(body) + b"\n\n")
        return events if wire.endless else [*events, b"data: [DONE]\n\n"]

    def _event(self, choice: Mapping[str, Any]) -> bytes:
        body = self._head("chat.completion.chunk") | {"choices": [choice]}
        return b"data: " + _json(body) + b"\n\n"

    def _head(self, what: str) -> dict[str, Any]:
        return {"id": f"chatcmpl-{self._sent.number}", "object": what, "created": 0, "model": self._sent.model}

    def _usage(self, said: Said) -> dict[str, Any] | None:
        if said.usage == "missing" or not self._sent.like.counts:
            return None
        if said.usage == "absurd":
            return {"prompt_tokens": -5, "completion_tokens": 10**12, "total_tokens": "many"}
        call = self._call
        usage: dict[str, Any] = {"prompt_tokens": call.prompt_tokens, "completion_tokens": call.completion_tokens}
        usage["total_tokens"] = call.prompt_tokens + call.completion_tokens
        if self._sent.like.caches:
            usage["prompt_tokens_details"] = {"cached_tokens": call.cached_tokens, "audio_tokens": 0}
            usage["completion_tokens_details"] = {"reasoning_tokens": 0}
        return usage


def _allowed(said: Said, body: Mapping[str, Any]) -> tuple[Said, int]:
    """The answer up to a stop word and to the most tokens it may have; how many it has."""
    text = said.text
    if text is None:
        return said, 0
    stops = body.get("stop") or []
    for stop in [stops] if isinstance(stops, str) else stops:
        text = text.partition(stop)[0]
    found = pieces(text)
    most = body.get("max_completion_tokens") or body.get("max_tokens")
    finish = said.finish
    if most and len(found) > int(most):
        found, finish = found[: int(most)], "length"
    cut = Said("".join(found), finish, said.refusal, said.tool_calls, said.usage, said.wire, said.reasoning)
    return cut, len(found)


def _small(whole: bytes) -> list[bytes]:
    return [whole[at : at + 40] for at in range(0, len(whole), 40)]


def _json(body: Mapping[str, Any]) -> bytes:
    # As written by servers that let half of a surrogate pair through: escaped, it is still JSON.
    return json.dumps(body).encode("ascii")

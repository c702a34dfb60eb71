"""One server that speaks chat completions: a call is put to it, and its pieces come back.

The library brings addresses, keys, JSON and the reading of streams. Not used of it: its retries (see `errors.pause`),
following redirects (a key must not end up elsewhere), and its classes of answers (servers send fields of any kind).
As its HTTP library does by default, `HTTPS_PROXY`, `NO_PROXY` and the like hold; and as the library does itself,
`OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Final

import httpx2
import openai

from adapters.models.openai.access import Access, address_of, can_be, shown
from adapters.models.openai.answers import WHOLE
from adapters.models.openai.errors import Asked, translated
from adapters.models.openai.ladder import Json
from bot.errors import ConfigError, ModelMisconfigured

_NO_KEY: Final = "none-needed"
"""The library wants one, servers at home do not."""
_CONNECT: Final = 10.0
"""Seconds until a connection stands. There is no limit on the silence after it: a server at home reads long prompts."""
_MOST_BYTES: Final = 16 * 1024 * 1024
"""Of one answer with everything around it: an answer of 64 KiB, a token a piece, takes a quarter."""
_MOST_MODELS: Final = 1000


@cache
def _trusted() -> ssl.SSLContext:
    """What the library trusts by default: read once, for it takes longer than everything else of a client."""
    return httpx2.create_ssl_context()


class Deadline:
    """When a call has to be over, however slowly it drips; the library only knows how long a silence may be."""

    def __init__(self, seconds: float) -> None:
        """So many seconds from now, on the loop's clock."""
        self._at = asyncio.get_running_loop().time() + seconds

    @property
    def left(self) -> float:
        """Seconds."""
        return self._at - asyncio.get_running_loop().time()

    def hasten(self, seconds: float) -> None:
        """Not more than so many seconds from now."""
        self._at = min(self._at, asyncio.get_running_loop().time() + seconds)

    def watch(self) -> asyncio.Timeout:
        """A block that ends with TimeoutError when it is over."""
        return asyncio.timeout_at(self._at)


class Server:
    """A client of one address."""

    def __init__(self, access: Access) -> None:
        """Prepare; nothing is sent.

        Raises:
            ConfigError: the address is none, or the key cannot be one.
        """
        self.address = shown(address_of(access))
        self._key = access.key
        if not can_be(address_of(access)):
            raise ConfigError([f"OPENAI_BASE_URL: is no address of a server: {self.address}"])
        if not (access.key or "").isascii():
            raise ConfigError(["OPENAI_API_KEY: holds letters that no key has"])
        web = openai.DefaultAsyncHttpxClient(
            verify=_trusted(),
            follow_redirects=False,
            timeout=openai.Timeout(None, connect=_CONNECT),
            limits=httpx2.Limits(max_connections=access.at_once + 1, max_keepalive_connections=access.at_once + 1),
            event_hooks={"response": [_bounded]},
        )
        self._client = openai.AsyncOpenAI(
            api_key=access.key or _NO_KEY,
            base_url=address_of(access),
            max_retries=0,
            http_client=web,
            default_headers={"Accept-Encoding": "identity"},
        )

    def asked(self, model: str) -> Asked:
        """For the words of errors."""
        return Asked(self.address, model, self._key)

    def errors_of(self, model: str) -> AbstractContextManager[None]:
        """Turns the library's errors into ours."""
        return translated(self.asked(model))

    async def pieces(self, body: Json, deadline: Deadline) -> AsyncGenerator[object, None]:
        """Put a call, and give the JSON of each piece of its answer; of a server that does not stream, one.

        Everything has to be over by the deadline. Closing the iterator closes the connection.

        Raises: what the library raises; see `errors_of`.
        """
        async with deadline.watch():
            stream = await self._client.post(
                "/chat/completions", cast_to=object, body=body, stream=True, stream_cls=openai.AsyncStream[object]
            )
        try:
            if "event-stream" not in stream.response.headers.get("content-type", ""):
                async with deadline.watch():
                    document = await stream.response.aread()
                for piece in _documents(document, self.address):
                    _examine(piece, stream.response.request)
                    yield piece
                return
            iterator = aiter(stream)
            while True:
                try:
                    async with deadline.watch():
                        piece = await anext(iterator)
                except StopAsyncIteration:
                    return
                yield piece
        finally:
            await stream.close()

    async def models(self, deadline: Deadline) -> list[str]:
        """The names of the models it offers; none where it does not say.

        Raises: what the library raises; see `errors_of`.
        """
        async with deadline.watch():
            found = await self._client.get("/models", cast_to=object)
        listed = found.get("data") if isinstance(found, Mapping) else None
        if not isinstance(listed, list):
            return []
        names = [entry.get("id") for entry in listed if isinstance(entry, Mapping)]
        return [name for name in names if isinstance(name, str)][:_MOST_MODELS]

    async def close(self) -> None:
        """Give back connections."""
        await self._client.close()


def _documents(document: bytes, address: str) -> list[object]:
    """The pieces of an answer that was not called a stream: one document, or a stream by another name."""
    text = document.decode("utf-8", "replace").strip()
    lines = [line.removeprefix("data:").strip() for line in text.splitlines() if line.startswith("data:")]
    if lines:
        return [json.loads(line) for line in lines if line and line != "[DONE]"]
    if text.startswith("<"):
        raise ModelMisconfigured(
            f"{address} answers with a web page, not as a server of models. OPENAI_BASE_URL usually ends with /v1."
        )
    piece = json.loads(text)
    return [{**piece, WHOLE: True} if isinstance(piece, dict) else piece]


def _examine(piece: object, request: httpx2.Request) -> None:
    """Raise the error that a document is; of a stream, the library does."""
    error = piece.get("error") if isinstance(piece, Mapping) else None
    if error:
        raise openai.APIError("an error where an answer should be", request, body=error)


async def _bounded(response: httpx2.Response) -> None:
    """Let no server fill the memory."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends with an error where it gets too long."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        room = _MOST_BYTES
        async for part in self._stream:
            room -= len(part)
            if room < 0:
                raise httpx2.DecodingError("the answer has no end")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()

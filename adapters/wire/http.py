"""The one way to fetch from the web: guarded, polite and bounded.

Every address is checked before we connect (`gate`), every host gets one request at a time with a pause (`pacing`),
every answer has a limit on time and on size after unpacking, and what fails is said in words (`failures`). No cookies,
no proxy from the environment, no referrer; redirects are followed here, so that each hop passes the gate.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, NoReturn

import aiohttp
from yarl import URL

from adapters.wire.addresses import is_own
from adapters.wire.failures import bad_status, broken_connection
from adapters.wire.gate import Gate, Lookup
from adapters.wire.headers import fresh_until, is_rate_limit, media_type, retry_after, validator
from adapters.wire.pacing import Lanes
from bot import __version__
from bot.errors import SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.clock import Clock

MIB = 1024 * 1024
MOST_REDIRECTS = 5
MOST_REDIRECTS_OF_MEDIA = 10
"""Of a download: a podcast's sound often comes by way of several services that count its listeners."""
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PACKINGS = ("", "identity", "gzip", "deflate", "br", "zstd")
_LONGEST_HEADER = 16 * 1024
_BLOCK = MIB
"""Bytes of a download that are written at once."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    status: int
    """200, or 304 when nothing changed since `etag` or `last_modified`."""
    url: str
    """The final address, after redirects, without fragment."""
    body: bytes
    """Unpacked; empty on 304."""
    content_type: str
    """Lower case, without parameters; empty when the server named none."""
    charset: str | None
    """As the server named it."""
    etag: str | None
    last_modified: str | None
    moved_to: str | None
    """The final address when every redirect on the way was permanent (301, 308), else None."""
    fresh_until: timedelta | None
    """For how long from now asking again is idle, as the server says; at most 24 hours."""


@dataclass(frozen=True, slots=True)
class _Onward:
    """A redirect."""

    url: URL
    permanent: bool


class _Patience:
    """What is left of a request's time. Waiting for our own turn does not use it up."""

    def __init__(self, limit: timedelta) -> None:
        self.seconds = self._left = limit.total_seconds()

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Cancel the block with TimeoutError when nothing is left."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left = max(0.0, self._left - (loop.time() - begun))


_Taking = Callable[[aiohttp.ClientResponse], Awaitable[bytes]]
"""Takes in the body of an answer; what it gives becomes `Fetched.body`."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """How one thing is asked for, on all its redirects."""

    headers: dict[str, str]
    patience: _Patience
    taking: _Taking
    most_redirects: int = MOST_REDIRECTS


class Web:
    """Fetches pages, feeds and media.

    `contact` goes into the User-Agent, so that a server's owner can reach ours. `allow` names exceptions from the rule
    that only public addresses are reached: `host:port`, or networks. `resolver` turns names into addresses. `gap` is
    the pause between two requests to a host, `limit` the time for one fetch with all its redirects, `at_once` how many
    requests are under way in all: many, because two hundred slow hosts must not hold up the others.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        contact: str | None = None,
        allow: Collection[str] = (),
        resolver: Lookup | None = None,
        gap: timedelta = timedelta(seconds=1),
        at_once: int = 256,
        limit: timedelta = timedelta(seconds=20),
    ) -> None:
        self._clock = clock
        self._agent = f"Counterpoint/{__version__}" + (f" (+{' '.join(contact.split())})" if contact else "")
        self._gate = Gate(allow, resolver, is_own)
        self._lanes = Lanes(clock, gap=gap, most=at_once)
        self._limit = limit
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        most_bytes: int = 5 * MIB,
    ) -> Fetched:
        """Fetch `url`, following at most five redirects. `most_bytes` caps the body as unpacked.

        With `etag` or `last_modified` of an earlier answer the server may say that nothing changed (status 304).

        Raises:
            SourceRefused: an address we do not fetch, a server that refuses us, too many redirects, too large a body.
            SourceUnavailable: no answer in time, no connection, 408, 425, 429, 5xx, a spent quota; with `retry_after`.
            SourceMalformed: the answer is not HTTP, cannot be unpacked, or has no content.
        """
        headers = {"Accept": accept}
        if known := validator(etag):
            headers["If-None-Match"] = known
        if known := validator(last_modified):
            headers["If-Modified-Since"] = known
        taking = partial(_body, most=most_bytes)
        return await self._follow(url, _Asking(headers, _Patience(self._limit), taking))

    async def download(
        self,
        url: str,
        path: Path,
        *,
        most_bytes: int,
        accept: str = "*/*",
        limit: timedelta = timedelta(minutes=10),
    ) -> Fetched:
        """Fetch `url` into the file at `path`, piece by piece; `Fetched.body` is empty. At most ten redirects.

        Where it fails, a part of it may be in the file.

        Raises: as `get`; OSError where the file cannot be written.
        """
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        file = await asyncio.to_thread(path.open, "wb")
        try:
            taking = partial(_into, file=file, most=most_bytes)
            return await self._follow(url, _Asking(headers, _Patience(limit), taking, MOST_REDIRECTS_OF_MEDIA))
        finally:
            await asyncio.to_thread(file.close)

    async def close(self) -> None:
        """Close all connections; fetches under way end with SourceUnavailable."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
        await self._gate.close()

    async def _follow(self, url: str, asking: _Asking) -> Fetched:
        here = self._gate.link(url)
        moved: bool | None = None
        for _ in range(asking.most_redirects + 1):
            answer = await self._ask(here, asking, moved=bool(moved))
            if isinstance(answer, Fetched):
                return answer
            here, moved = answer.url, answer.permanent and moved is not False
        most = asking.most_redirects
        raise SourceRefused(f"{here.raw_host} sends us from one address to the next, more than {most} times")

    async def _ask(self, url: URL, asking: _Asking, *, moved: bool) -> Fetched | _Onward:
        host = url.raw_host or ""
        lane = host if url.is_default_port() else f"{host}:{url.port}"
        try:
            async with (
                self._lanes.turn(lane),
                asking.patience.spend(),
                self._open().get(url, headers=asking.headers, allow_redirects=False) as response,
            ):
                return await self._read(response, url, asking, moved=moved)
        except TimeoutError as error:
            seconds = asking.patience.seconds
            raise SourceUnavailable(f"{host} did not answer in full within {seconds:g} seconds") from error
        except aiohttp.ClientError as error:
            raise broken_connection(host, error) from error

    async def _read(
        self, response: aiohttp.ClientResponse, url: URL, asking: _Asking, *, moved: bool
    ) -> Fetched | _Onward:
        said = response.headers
        if response.status in _REDIRECTS and "Location" in said:
            return _Onward(self._gate.onward(url, said["Location"]), response.status in _PERMANENT)
        asked_for_changes = bool(asking.headers.keys() & {"If-None-Match", "If-Modified-Since"})
        unchanged = response.status == 304 and asked_for_changes
        if response.status not in (200, 203) and not unchanged:
            self._refuse(response, url)
        content_type, charset = media_type(said)
        return Fetched(
            status=304 if unchanged else 200,
            url=str(url),
            body=b"" if unchanged else await asking.taking(response),
            content_type=content_type,
            charset=charset,
            etag=validator(said.get("ETag")),
            last_modified=validator(said.get("Last-Modified")),
            moved_to=str(url) if moved else None,
            fresh_until=fresh_until(said, now=self._clock.now()),
        )

    def _refuse(self, response: aiohttp.ClientResponse, url: URL) -> NoReturn:
        wait = retry_after(response.headers, now=self._clock.now())
        limited = is_rate_limit(response.headers)
        raise bad_status(url.raw_host or "", response.status, limited=limited, wait=wait)

    def _open(self) -> aiohttp.ClientSession:
        if self._closed:
            raise SourceUnavailable("fetching has been stopped")
        if self._session is None:
            # Connections are kept for the next feed of a host; names are looked up, and so checked, every time.
            connector = aiohttp.TCPConnector(
                resolver=self._gate, socket_factory=self._gate.open_socket, use_dns_cache=False, limit=0
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._agent},
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
                max_line_size=_LONGEST_HEADER,
                max_field_size=_LONGEST_HEADER,
            )
        return self._session


async def _body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body as a whole."""
    return b"".join([piece async for piece in _pieces(response, most)])


async def _into(response: aiohttp.ClientResponse, file: BinaryIO, most: int) -> bytes:
    """The body into a file, a block at a time; gives nothing."""
    block = bytearray()
    async for piece in _pieces(response, most):
        block += piece
        if len(block) >= _BLOCK:
            await asyncio.to_thread(file.write, block)
            block = bytearray()
    await asyncio.to_thread(file.write, block)
    return b""


async def _pieces(response: aiohttp.ClientResponse, most: int) -> AsyncIterator[bytes]:
    """The body, unpacked piece by piece and counted as it comes, so that a bomb is let go of early."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    host = response.url.raw_host
    if packing not in _PACKINGS:
        raise SourceMalformed(f"{host} packs its answer in a way we do not know: {packing[:40]!a}")
    too_large = SourceRefused(f"refused: {host} sends more than {_size(most)}")
    if (response.content_length or 0) > most:
        raise too_large
    count = 0
    async for piece in response.content.iter_any():
        count += len(piece)
        if count > most:
            raise too_large
        yield piece


def _size(count: int) -> str:
    return f"{count / MIB:g} MiB" if count >= MIB else f"{count:,} bytes"

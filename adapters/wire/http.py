"""The one way to fetch from the web: guarded, polite and bounded.

Every address is checked before we connect (`gate`), every host gets one request at a time with a pause (`pacing`),
every answer has a limit on time and on size after unpacking, and what fails is said in words (`failures`). No cookies,
no proxy from the environment, no referrer; redirects are followed here, so that each hop passes the gate.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

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
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PACKINGS = ("", "identity", "gzip", "deflate", "br", "zstd")
_LONGEST_HEADER = 16 * 1024


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
        self._left = limit.total_seconds()

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


class Web:
    """Fetches pages and feeds.

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
        here = self._gate.link(url)
        patience = _Patience(self._limit)
        moved: bool | None = None
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._ask(here, headers, patience, most_bytes, moved=bool(moved))
            if isinstance(answer, Fetched):
                return answer
            here, moved = answer.url, answer.permanent and moved is not False
        raise SourceRefused(f"{here.raw_host} sends us from one address to the next, more than {MOST_REDIRECTS} times")

    async def close(self) -> None:
        """Close all connections; fetches under way end with SourceUnavailable."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
        await self._gate.close()

    async def _ask(
        self, url: URL, headers: dict[str, str], patience: _Patience, most_bytes: int, *, moved: bool
    ) -> Fetched | _Onward:
        host = url.raw_host or ""
        lane = host if url.is_default_port() else f"{host}:{url.port}"
        try:
            async with (
                self._lanes.turn(lane),
                patience.spend(),
                self._open().get(url, headers=headers, allow_redirects=False) as response,
            ):
                return await self._read(response, url, headers, most_bytes, moved=moved)
        except TimeoutError as error:
            seconds = self._limit.total_seconds()
            raise SourceUnavailable(f"{host} did not answer in full within {seconds:g} seconds") from error
        except aiohttp.ClientError as error:
            raise broken_connection(host, error) from error

    async def _read(
        self, response: aiohttp.ClientResponse, url: URL, headers: dict[str, str], most_bytes: int, *, moved: bool
    ) -> Fetched | _Onward:
        said = response.headers
        if response.status in _REDIRECTS and "Location" in said:
            return _Onward(self._gate.onward(url, said["Location"]), response.status in _PERMANENT)
        asked_for_changes = "If-None-Match" in headers or "If-Modified-Since" in headers
        unchanged = response.status == 304 and asked_for_changes
        if response.status not in (200, 203) and not unchanged:
            self._refuse(response, url)
        content_type, charset = media_type(said)
        return Fetched(
            status=304 if unchanged else 200,
            url=str(url),
            body=b"" if unchanged else await _body(response, most_bytes),
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
    """The body, unpacked piece by piece and counted as it comes, so that a bomb is let go of early."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    host = response.url.raw_host
    if packing not in _PACKINGS:
        raise SourceMalformed(f"{host} packs its answer in a way we do not know: {packing[:40]!a}")
    too_large = SourceRefused(f"refused: {host} sends more than {_size(most)}")
    if (response.content_length or 0) > most:
        raise too_large
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > most:
            raise too_large
    return bytes(body)


def _size(count: int) -> str:
    return f"{count / MIB:g} MiB" if count >= MIB else f"{count:,} bytes"

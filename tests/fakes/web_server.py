"""A web server on 127.0.0.1 that says exactly what a test tells it to, down to the byte."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Script = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in; header names in lower case."""

    path: str
    headers: Mapping[str, str]


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    chunked: bool = False,
) -> Script:
    """A plain answer with the right length, or in chunks of 1,000 bytes."""

    async def play(_: Asked, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status} Said"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        lines.append("Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        if not chunked:
            writer.write(body)
        else:
            for start in range(0, len(body), 1000):
                piece = body[start : start + 1000]
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            writer.write(b"0\r\n\r\n")

    return play


def raw(*pieces: bytes, hang: bool = False) -> Script:
    """These bytes, status line and all; then the connection is closed, or (`hang`) left open in silence."""

    async def play(_: Asked, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if hang:
            await asyncio.Event().wait()
        writer.close()

    return play


def endless(head: bytes, piece: bytes) -> Script:
    """`head` once, then `piece` again and again for as long as somebody listens."""

    async def play(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return play


def redirect(location: str, status: int = 302) -> Script:
    """A redirect."""
    return answer(status=status, headers={"Location": location})


@dataclass(slots=True)
class WebServer:
    """`pages` maps paths to what is said there; `asked` lists the requests in order of arrival."""

    port: int = 0
    pages: dict[str, Script] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    """The largest number of requests that were being answered at the same time."""
    _busy: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """A link to a page of this server."""
        return f"http://{host}:{self.port}{path}"

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until it is closed."""
        self.connections += 1
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                await self._play(head.decode("latin-1"), writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone, as clients do
        finally:
            writer.close()

    async def _play(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.rstrip("\r\n").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        asked = Asked(path=first.split(" ")[1], headers=headers)
        self.asked.append(asked)
        self._busy += 1
        self.most_at_once = max(self.most_at_once, self._busy)
        try:
            await self.pages.get(asked.path, answer(status=404))(asked, writer)
        finally:
            self._busy -= 1


@asynccontextmanager
async def web_server(pages: Mapping[str, Script] | None = None) -> AsyncIterator[WebServer]:
    """A server for the length of the block; conversations under way end with it."""
    server = WebServer(pages=dict(pages or {}))
    talks: set[asyncio.Task[None]] = set()

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        try:
            await server.converse(reader, writer)
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            talks.discard(task)

    listener = await asyncio.start_server(welcome, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in list(talks):
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await listener.wait_closed()

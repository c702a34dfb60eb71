"""Downloads: into a file, within a size, through the same gate as every fetch."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.wire.http import MOST_REDIRECTS_OF_MEDIA, Web
from bot.errors import SourceMalformed, SourceRefused, SourceUnavailable
from tests.fakes.clock import FakeClock
from tests.fakes.web_server import WebServer, answer, endless, raw, redirect, web_server

MIB = 1024 * 1024
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


@pytest.fixture
async def web(server: WebServer) -> AsyncIterator[Web]:
    clock = FakeClock(datetime(2026, 11, 21, 8, 0, tzinfo=UTC))
    made = Web(clock=clock, allow=[f"127.0.0.1:{server.port}"], gap=timedelta())
    yield made
    await made.close()


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_download_is_in_the_file_to_the_byte(
    server: WebServer, web: Web, tmp_path: Path, chunked: bool
) -> None:
    """More than is written at once; nothing of it in memory, and asked for as it is, not packed."""
    data = bytes(range(256)) * 10_000
    server.pages["/a.mp3"] = answer(data, headers={"Content-Type": "audio/mpeg"}, chunked=chunked)
    fetched = await web.download(server.url("/a.mp3"), tmp_path / "a", most_bytes=3 * MIB, accept="audio/*")
    assert (fetched.body, fetched.content_type) == (b"", "audio/mpeg")
    assert (tmp_path / "a").read_bytes() == data
    assert (server.asked[0].headers["accept"], server.asked[0].headers["accept-encoding"]) == ("audio/*", "identity")


async def test_what_was_in_the_file_is_gone(server: WebServer, web: Web, tmp_path: Path) -> None:
    """A download replaces it, an empty one too."""
    (tmp_path / "a").write_bytes(b"before")
    server.pages["/a.mp3"] = answer(b"")
    await web.download(server.url("/a.mp3"), tmp_path / "a", most_bytes=10)
    assert (tmp_path / "a").read_bytes() == b""


async def test_too_large_a_download_is_let_go_of_at_once(server: WebServer, web: Web, tmp_path: Path) -> None:
    """Announced, or only when it comes; no more than the limit is ever in the file."""
    server.pages["/told.mp3"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", hang=True)
    server.pages["/endless.mp3"] = endless(CHUNKED, b"10000\r\n" + bytes(65536) + b"\r\n")
    for path in ("/told.mp3", "/endless.mp3"):
        with pytest.raises(SourceRefused, match="sends more than 2 MiB"):
            await web.download(server.url(path), tmp_path / "a", most_bytes=2 * MIB)
        assert (tmp_path / "a").stat().st_size <= 2 * MIB


async def test_a_download_may_be_sent_on_more_often_than_a_page(server: WebServer, web: Web, tmp_path: Path) -> None:
    """Services that count listeners stand in a row before the sound; a circle ends all the same."""
    for hop in range(MOST_REDIRECTS_OF_MEDIA):
        server.pages[f"/{hop}"] = redirect(f"/{hop + 1}")
    server.pages[f"/{MOST_REDIRECTS_OF_MEDIA}"] = answer(b"sound")
    fetched = await web.download(server.url("/0"), tmp_path / "a", most_bytes=10)
    assert fetched.url == server.url(f"/{MOST_REDIRECTS_OF_MEDIA}")
    with pytest.raises(SourceRefused, match="more than 5 times"):
        await web.get(server.url("/0"))
    server.pages["/circle"] = redirect("/circle")
    with pytest.raises(SourceRefused, match="more than 10 times"):
        await web.download(server.url("/circle"), tmp_path / "a", most_bytes=10)


async def test_a_download_passes_the_gate_on_each_hop(server: WebServer, web: Web, tmp_path: Path) -> None:
    """A private address is refused wherever it stands."""
    server.pages["/a"] = redirect("http://127.0.0.1:9/secret")
    for address in ("http://169.254.1.1/a", "file:///etc/passwd", server.url("/a")):
        with pytest.raises(SourceRefused):
            await web.download(address, tmp_path / "a", most_bytes=10)


async def test_what_goes_wrong_is_told_as_for_a_page(server: WebServer, web: Web, tmp_path: Path) -> None:
    """Gone, out of order, broken off, packed strangely."""
    server.pages["/busy"] = answer(status=503)
    server.pages["/short"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
    server.pages["/odd"] = answer(b"x", headers={"Content-Encoding": "own"})
    for path, error in {
        "/none": SourceRefused,
        "/busy": SourceUnavailable,
        "/short": SourceUnavailable,
        "/odd": SourceMalformed,
    }.items():
        with pytest.raises(error):
            await web.download(server.url(path), tmp_path / "a", most_bytes=10)


async def test_a_download_has_a_time(server: WebServer, web: Web, tmp_path: Path) -> None:
    """Its own, longer than that of pages."""
    server.pages["/slow"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", hang=True)
    with pytest.raises(SourceUnavailable, match=r"in full within 0\.15 seconds"):
        await web.download(server.url("/slow"), tmp_path / "a", most_bytes=10, limit=timedelta(milliseconds=150))


async def test_a_file_that_cannot_be_written_is_an_error_of_the_machine(
    server: WebServer, web: Web, tmp_path: Path
) -> None:
    """Nobody is asked for anything then."""
    with pytest.raises(FileNotFoundError):
        await web.download(server.url("/a"), tmp_path / "none" / "a", most_bytes=10)
    assert server.asked == []

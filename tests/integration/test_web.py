"""The guarded HTTP client against servers that misbehave in every way, all of them on loopback."""

import asyncio
import gzip
import socket
import ssl
import sys
import zlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import brotli  # type: ignore[import-untyped]  # it has no types
import pytest

from adapters.wire.failures import broken_connection
from adapters.wire.http import Web
from bot.errors import SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from tests.fakes import attacks
from tests.fakes.clock import FakeClock
from tests.fakes.web_server import Asked, Script, WebServer, answer, endless, raw, redirect, web_server

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MIB = 1024 * 1024
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
Connects = list[tuple[str, int]]


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
async def web(server: WebServer, clock: FakeClock) -> AsyncIterator[Web]:
    made = Web(clock=clock, contact="ops@club.example", allow=[f"127.0.0.1:{server.port}"])
    yield made
    await made.close()


class Names:
    """A name service: each name goes through its answers, one a look-up, and stays at the last."""

    def __init__(self, answers: dict[str, list[Sequence[str]]]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        answers = self._answers.get(host, [()])
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def connects(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> Connects:
    """Every address any socket connects to. In truth all of IPv4 leads to the server; all of IPv6 is out of order."""
    seen: Connects = []
    really = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        if self.type == socket.SOCK_DGRAM:
            raise OSError("no route: nothing is this machine's own")
        seen.append((address[0], address[1]))
        if self.family == socket.AF_INET6:
            raise ConnectionRefusedError(111, "Connection refused")
        really(self, ("127.0.0.1", server.port))

    monkeypatch.setattr(socket.socket, "connect", connect)
    return seen


# ---------------------------------------------------------------- what is asked and answered


async def test_an_answer_is_told_in_full(server: WebServer, web: Web) -> None:
    """Body, type, charset, validators; no redirect, so nothing moved."""
    server.pages["/feed"] = answer(
        b"<rss/>",
        headers={
            "Content-Type": 'Application/RSS+XML; Charset="ISO-8859-1"',
            "ETag": 'W/"abc"',
            "Last-Modified": "Fri, 20 Nov 2026 08:00:00 GMT",
            "Cache-Control": "public, max-age=1800",
        },
    )
    fetched = await web.get(server.url("/feed#top"))
    assert (fetched.status, fetched.url, fetched.body) == (200, server.url("/feed"), b"<rss/>")
    assert (fetched.content_type, fetched.charset) == ("application/rss+xml", "ISO-8859-1")
    assert (fetched.etag, fetched.last_modified) == ('W/"abc"', "Fri, 20 Nov 2026 08:00:00 GMT")
    assert fetched.moved_to is None
    assert fetched.fresh_until == timedelta(minutes=30)


async def test_an_answer_that_tells_nothing_is_taken_as_it_is(server: WebServer, web: Web) -> None:
    """No type, no charset, no validators; 203 is as good as 200."""
    server.pages["/"] = answer(b"text", status=203)
    fetched = await web.get(server.url())
    assert (fetched.status, fetched.content_type, fetched.charset, fetched.etag) == (200, "", None, None)
    assert fetched.fresh_until is None


async def test_we_say_who_we_are_and_nothing_else(server: WebServer, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name and contact; no cookie that was set, no referrer after a redirect, no proxy from the environment."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    server.pages["/"] = answer(status=302, headers={"Location": "/there", "Set-Cookie": "id=1"})
    server.pages["/there"] = answer(b"hello")
    await web.get(server.url(), accept="application/rss+xml")
    last = server.asked[-1].headers
    assert last["user-agent"].startswith("Counterpoint/")
    assert last["user-agent"].endswith(" (+ops@club.example)")
    assert last["accept"] == "application/rss+xml"
    assert last["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"cookie", "referer", "authorization", "if-none-match", "if-modified-since"} & set(last)


async def compliant(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A server that honours conditions."""
    known = asked.headers.get("if-none-match") == '"v1"' or asked.headers.get("if-modified-since") == "yesterday"
    script = answer(status=304) if known else answer(b"news", headers={"ETag": '"v1"'})
    await script(asked, writer)


async def test_unchanged_polls_are_answered_without_a_body(server: WebServer, web: Web) -> None:
    """The first of twenty brings the content, the others bring 304."""
    server.pages["/feed"] = compliant
    fetched = await web.get(server.url("/feed"))
    polls = [await web.get(server.url("/feed"), etag=fetched.etag) for _ in range(19)]
    assert {(poll.status, poll.body) for poll in polls} == {(304, b"")}
    assert (await web.get(server.url("/feed"), last_modified="yesterday")).status == 304
    assert (await web.get(server.url("/feed"), etag='"v0"')).body == b"news"


async def test_a_304_that_nobody_asked_for_is_malformed(server: WebServer, web: Web) -> None:
    """Without content of an earlier answer it means nothing."""
    server.pages["/feed"] = answer(status=304)
    with pytest.raises(SourceMalformed, match="without content"):
        await web.get(server.url("/feed"))


async def test_a_validator_that_cannot_be_sent_back_is_dropped(server: WebServer, web: Web) -> None:
    """Bytes that are no text, and texts that would fill a database."""
    server.pages["/bytes"] = raw(OK + b'ETag: "\xff\xfe"\r\nContent-Length: 2\r\n\r\nhi')
    server.pages["/long"] = answer(b"hi", headers={"ETag": "x" * 1001})
    assert (await web.get(server.url("/bytes"))).etag is None
    assert (await web.get(server.url("/long"), etag="a\r\nb", last_modified="\udcff")).etag is None
    assert "if-none-match" not in server.asked[-1].headers


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"Cache-Control": "max-age=600"}, 10),
        ({"Cache-Control": 'private, MAX-AGE = "600"', "Age": "300"}, 5),
        ({"Cache-Control": "max-age=99999999"}, 24 * 60),
        ({"Expires": "Sat, 21 Nov 2026 08:10:00 GMT"}, 10),
        ({"Expires": "Sat, 21 Nov 2026 07:10:00 GMT", "Date": "Sat, 21 Nov 2026 07:00:00 GMT"}, 10),
        ({"Cache-Control": "max-age=600", "Expires": "0"}, 10),
        ({"Cache-Control": "max-age=600, Age=junk", "Age": "junk"}, 10),
    ],
)
async def test_a_promise_to_stay_the_same_is_believed_for_a_day(
    server: WebServer, web: Web, headers: dict[str, str], minutes: int
) -> None:
    """From Cache-Control less Age, else from Expires less the server's own Date."""
    server.pages["/"] = answer(b"text", headers=headers)
    assert (await web.get(server.url())).fresh_until == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-cache, max-age=600"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "max-age=0", "Expires": "Sat, 21 Nov 2026 08:10:00 GMT"},
        {"Cache-Control": "s-maxage=600"},
        {"Cache-Control": "max-age=600", "Age": "601"},
        {"Expires": "0"},
        {"Expires": "-1"},
        {"Expires": "Sat, 21 Nov 2026 07:59:59 GMT"},
        {"Expires": "soon"},
        {},
    ],
)
async def test_no_promise_is_made_up(server: WebServer, web: Web, headers: dict[str, str]) -> None:
    """Forbidden, past, zero and junk mean: ask whenever you like."""
    server.pages["/"] = answer(b"text", headers=headers)
    assert (await web.get(server.url())).fresh_until is None


# ---------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301], True), ([308, 301, 308], True), ([302], False), ([301, 302], False), ([307, 301], False), ([303], False)],
)
async def test_a_source_has_moved_when_every_redirect_is_permanent(
    server: WebServer, web: Web, statuses: list[int], moved: bool
) -> None:
    """One temporary redirect on the way, and the old address stays the right one."""
    for hop, status in enumerate(statuses):
        server.pages[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    server.pages[f"/{len(statuses)}"] = answer(b"here")
    fetched = await web.get(server.url("/0"))
    final = server.url(f"/{len(statuses)}")
    assert (fetched.url, fetched.body) == (final, b"here")
    assert fetched.moved_to == (final if moved else None)


async def test_five_redirects_are_followed_and_no_sixth(server: WebServer, web: Web) -> None:
    """A loop ends with a sentence."""
    for hop in range(5):
        server.pages[f"/{hop}"] = redirect(f"/{hop + 1}")
    server.pages["/5"] = answer(b"here")
    assert (await web.get(server.url("/0"))).body == b"here"
    server.pages["/5"] = redirect("/0")
    server.asked.clear()
    with pytest.raises(SourceRefused, match="more than 5 times"):
        await web.get(server.url("/0"))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location", ["http://10.0.0.5/", "http://inside.example/", "//169.254.169.254/", "file:///etc"]
)
async def test_a_redirect_to_an_internal_address_is_refused(
    server: WebServer, clock: FakeClock, connects: Connects, location: str
) -> None:
    """Each hop passes the same gate; the only connection is the one to the public server."""
    names = Names({"public.example": [["93.184.216.34"]], "inside.example": [["10.0.0.5"]]})
    web = Web(clock=clock, resolver=names)
    server.pages["/feed"] = redirect(location, 301)
    with pytest.raises(SourceRefused, match="refused"):
        await web.get("http://public.example/feed")
    await web.close()
    assert connects == [("93.184.216.34", 80)]


async def test_a_redirect_without_an_address_is_malformed(server: WebServer, web: Web) -> None:
    """There is no content, and nowhere to go."""
    server.pages["/"] = answer(status=302)
    with pytest.raises(SourceMalformed, match="HTTP 302"):
        await web.get(server.url())


# ---------------------------------------------------------------- addresses


async def test_no_attack_leads_to_a_connection(clock: FakeClock, connects: Connects) -> None:
    """Links of every kind, and every internal address as what a name leads to, alone and behind a public one."""
    names: dict[str, list[Sequence[str]]] = {name: [addresses] for name, addresses in attacks.NAMES.items()}
    for number, address in enumerate(attacks.INTERNAL):
        names[f"alone{number}.example"] = [[address]]
        names[f"mixed{number}.example"] = [["93.184.216.34", address]]
    links = [*attacks.ATTACKS, *(f"https://{name}/feed" for name in names)]
    assert len(links) > 400
    web = Web(clock=clock, resolver=Names(names))
    for link in links:
        with pytest.raises(SourceRefused):
            await web.get(link)
    await web.close()
    assert connects == []


async def test_public_addresses_are_reached(server: WebServer, clock: FakeClock, connects: Connects) -> None:
    """As a literal and behind a name, and at exactly the address that was checked."""
    server.pages["/feed"] = answer(b"news")
    names: dict[str, list[Sequence[str]]] = {f"n{n}.example": [[ip]] for n, ip in enumerate(attacks.PUBLIC)}
    web = Web(clock=clock, resolver=Names(names))
    links = zip(attacks.PUBLIC, names, strict=True)
    for address, link in [(ip, attacks.in_link(ip)) for ip in attacks.PUBLIC] + [
        (ip, f"http://{name}/feed") for ip, name in links
    ]:
        if ":" not in address:
            assert (await web.get(link)).body == b"news"
        else:
            with pytest.raises(SourceUnavailable, match="Connection refused"):
                await web.get(link)
    await web.close()
    assert connects == [(address, 80) for address in (*attacks.PUBLIC, *attacks.PUBLIC)]


async def test_a_name_that_changes_its_mind_is_caught(server: WebServer, clock: FakeClock, connects: Connects) -> None:
    """One look-up a connection: what was checked is what is connected to, and the next connection is checked again."""
    server.pages["/feed"] = raw(OK + b"Connection: close\r\nContent-Length: 4\r\n\r\nnews")
    names = Names({"rebind.example": [["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34"], ["169.254.169.254"]]})
    web = Web(clock=clock, resolver=names)
    for _ in range(2):
        assert (await web.get("http://rebind.example/feed")).body == b"news"
        with pytest.raises(SourceRefused, match=r"rebind\.example leads to"):
            await web.get("http://rebind.example/feed")
    await web.close()
    assert connects == [("93.184.216.34", 80), ("93.184.216.34", 80)]
    assert names.asked == ["rebind.example"] * 4


async def test_loopback_is_refused_unless_allowed(server: WebServer, clock: FakeClock) -> None:
    """The server is there, and it hears nothing."""
    web = Web(clock=clock)
    with pytest.raises(SourceRefused, match=r"refused: 127\.0\.0\.1 is a loopback address"):
        await web.get(server.url())
    with pytest.raises(SourceRefused, match=r"localhost leads to .*, a loopback address"):
        await web.get(server.url(host="localhost"))
    await web.close()
    assert server.connections == 0


# ---------------------------------------------------------------- refusals and troubles in words


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, SourceRefused, "asks for a password"),
        (403, SourceRefused, "does not let us in"),
        (404, SourceRefused, "has nothing under this address"),
        (410, SourceRefused, "gone for good"),
        (418, SourceRefused, "does not accept our request"),
        (451, SourceRefused, "legal reasons"),
        (408, SourceUnavailable, "took too long"),
        (429, SourceUnavailable, "too often"),
        (500, SourceUnavailable, "a fault of its own"),
        (503, SourceUnavailable, "overloaded"),
        (599, SourceUnavailable, "a fault of its own"),
        (204, SourceMalformed, "without content"),
        (206, SourceMalformed, "without content"),
        (300, SourceMalformed, "without content"),
    ],
)
async def test_a_status_becomes_a_sentence(
    server: WebServer, web: Web, status: int, kind: type[SourceError], words: str
) -> None:
    """With the number in brackets for those who want it."""
    server.pages["/"] = answer(b"" if status == 204 else b"page", status=status)
    with pytest.raises(kind, match=rf"^127\.0\.0\.1 .*{words}.* \(HTTP {status}\)$"):
        await web.get(server.url())


@pytest.mark.parametrize(
    ("spelling", "seconds"),
    [
        ("120", 120),
        ("  120  ", 120),
        ("0", 0),
        ("1.5", 1.5),
        ("00060", 60),
        ("86400", 86400),
        ("99999999", 86400),
        ("Sat, 21 Nov 2026 08:02:00 GMT", 120),
        ("Sat, 21 Nov 2026 09:02:00 +0100", 120),
        ("Saturday, 21-Nov-26 08:02:00 GMT", 120),
        ("Sat Nov 21 08:02:00 2026", 120),
        ("21 Nov 2026 08:02:00 -0000", 120),
        ("Sat, 21 Nov 2026 07:00:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86400),
        ("", None),
        ("-5", None),
        ("+5", None),
        ("soon", None),
        ("1e9", None),
        ("١٢٠".encode().decode("latin-1"), None),
        ("9" * 5000, None),
        ("Sat, 99 Nov 2026 08:02:00 GMT", None),
        ("120, 240", None),
    ],
)
async def test_retry_after_is_understood_in_every_spelling(
    server: WebServer, web: Web, spelling: str, seconds: float | None
) -> None:
    """Seconds and the three forms of HTTP dates; never negative, never past a day; junk is ignored."""
    server.pages["/"] = answer(status=429, headers={"Retry-After": spelling})
    with pytest.raises(SourceUnavailable) as caught:
        await web.get(server.url())
    assert caught.value.retry_after == (None if seconds is None else timedelta(seconds=seconds))


async def test_a_date_is_measured_on_the_servers_own_clock(server: WebServer, web: Web) -> None:
    """Its clock may be wrong by years; the difference is right."""
    headers = {"Date": "Mon, 01 Jan 2001 00:00:00 GMT", "Retry-After": "Mon, 01 Jan 2001 00:01:00 GMT"}
    server.pages["/"] = answer(status=503, headers=headers)
    with pytest.raises(SourceUnavailable) as caught:
        await web.get(server.url())
    assert caught.value.retry_after == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "60"}, 60),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "junk"}, None),
    ],
)
async def test_a_spent_quota_is_no_refusal(
    server: WebServer, web: Web, headers: dict[str, str], seconds: float | None
) -> None:
    """Some servers answer 403 where they mean 429."""
    server.pages["/"] = answer(status=403, headers=headers)
    with pytest.raises(SourceUnavailable, match="too often") as caught:
        await web.get(server.url())
    assert caught.value.retry_after == (None if seconds is None else timedelta(seconds=seconds))


BROKEN: dict[str, tuple[Script, type[SourceError], str]] = {
    "silence": (raw(), SourceUnavailable, "closed the connection without an answer"),
    "short body": (raw(OK + b"Content-Length: 9\r\n\r\nabc"), SourceUnavailable, "broke off in the middle"),
    "short chunk": (raw(CHUNKED + b"5\r\nabc"), SourceUnavailable, "broke off in the middle"),
    "no last chunk": (raw(CHUNKED + b"3\r\nabc\r\n"), SourceUnavailable, "broke off in the middle"),
    "bad chunk size": (raw(CHUNKED + b"zz\r\nabc"), SourceMalformed, "does not speak HTTP"),
    "not HTTP": (raw(b"SSH-2.0-Server\r\n\r\n"), SourceMalformed, "does not speak HTTP"),
    "two lengths": (raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), SourceMalformed, "does not speak"),
    "negative length": (raw(OK + b"Content-Length: -1\r\n\r\nab"), SourceMalformed, "does not speak HTTP"),
    "long header": (raw(OK + b"X: " + b"a" * 40_000 + b"\r\n\r\n"), SourceMalformed, "headers are too large"),
    "endless headers": (endless(OK, b"X: a\r\n"), SourceMalformed, "headers are too large"),
    "other protocol": (
        raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        SourceMalformed,
        "101",
    ),
    "plain as gzip": (answer(b"plain", headers={"Content-Encoding": "gzip"}), SourceMalformed, "cannot be unpacked"),
    "plain as deflate": (answer(b"plain", headers={"Content-Encoding": "deflate"}), SourceMalformed, "unpacked"),
    "plain as zstd": (answer(b"plain", headers={"Content-Encoding": "zstd"}), SourceMalformed, "unpacked"),
    "unknown packing": (answer(b"?", headers={"Content-Encoding": "lzma"}), SourceMalformed, "do not know: 'lzma'"),
    "packed twice": (answer(b"?", headers={"Content-Encoding": "gzip, br"}), SourceMalformed, "do not know"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_answer_becomes_a_sentence(server: WebServer, web: Web, name: str) -> None:
    """And the next fetch from the same server works."""
    script, kind, words = BROKEN[name]
    server.pages |= {"/": script, "/good": answer(b"good")}
    with pytest.raises(kind, match=words):
        await web.get(server.url())
    assert (await web.get(server.url("/good"))).body == b"good"


async def test_a_name_that_leads_nowhere_is_said(clock: FakeClock) -> None:
    """DNS knows nothing of it."""
    web = Web(clock=clock, resolver=Names({}))
    with pytest.raises(SourceUnavailable, match=r"there is no address for nowhere\.example"):
        await web.get("https://nowhere.example/feed")
    await web.close()


async def test_a_closed_port_is_said(server: WebServer, web: Web, clock: FakeClock) -> None:
    """Nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        nobody = Web(clock=clock, allow=["127.0.0.0/8"])
        with pytest.raises(SourceUnavailable, match=r"127\.0\.0\.1 cannot be reached: "):
            await nobody.get(f"http://127.0.0.1:{port}/")
        await nobody.close()


async def test_a_server_without_encryption_cannot_be_asked_with_it(clock: FakeClock) -> None:
    """TLS fails, and there is no falling back."""

    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail server ready\r\n")
        writer.close()

    listener = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    web = Web(clock=clock, allow=["127.0.0.0/8"])
    with pytest.raises(SourceUnavailable, match=r"no secure connection to 127\.0\.0\.1 could be made"):
        await web.get(f"https://127.0.0.1:{port}/")
    await web.close()
    listener.close()
    await listener.wait_closed()


def test_a_certificate_that_cannot_be_trusted_is_explained() -> None:
    """With the reason that the library found."""
    problem = ssl.SSLCertVerificationError(1, "certificate verify failed")
    problem.verify_message = "certificate has expired"
    key = aiohttp.client_reqrep.ConnectionKey("old.example", 443, True, True, None, None, None)
    error = broken_connection("old.example", aiohttp.ClientConnectorCertificateError(key, problem))
    assert isinstance(error, SourceUnavailable)
    assert str(error) == "old.example shows a certificate we cannot trust: certificate has expired"


def test_a_host_that_the_library_does_not_accept_is_refused() -> None:
    """Our own check comes first; should the two ever disagree, nothing is fetched."""
    assert isinstance(broken_connection("127.1", aiohttp.InvalidURL("http://127.1/")), SourceRefused)


# ---------------------------------------------------------------- time and size


@pytest.mark.parametrize(
    "script",
    [
        raw(hang=True),
        raw(b"HTTP/1.1 200", hang=True),
        raw(OK, hang=True),
        raw(OK + b"Content-Length: 9\r\n\r\nabc", hang=True),
        raw(CHUNKED + b"3\r\nabc\r\n", hang=True),
        endless(CHUNKED, b"1\r\nx\r\n"),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        redirect("/hang"),
    ],
)
async def test_the_whole_fetch_has_a_deadline(server: WebServer, clock: FakeClock, script: Script) -> None:
    """However it is dragged out: before the headers, inside them, between pieces, drop by drop, after a redirect."""
    server.pages |= {"/": script, "/hang": raw(hang=True), "/good": answer(b"good")}
    web = Web(clock=clock, allow=["127.0.0.0/8"], limit=timedelta(seconds=0.2))
    with pytest.raises(SourceUnavailable, match=r"did not answer in full within 0\.2 seconds"):
        await web.get(server.url())
    await web.close()


async def test_the_largest_body_allowed_passes_and_one_byte_more_does_not(server: WebServer, web: Web) -> None:
    """Announced or not."""
    for size, chunked in ((1000, False), (1000, True), (1001, False), (1001, True)):
        server.pages["/"] = answer(b"x" * size, chunked=chunked)
        if size == 1000:
            assert len((await web.get(server.url(), most_bytes=1000)).body) == 1000
        else:
            with pytest.raises(SourceRefused, match="sends more than 1,000 bytes"):
                await web.get(server.url(), most_bytes=1000)


async def test_a_body_announced_as_too_large_is_not_even_read(server: WebServer, web: Web) -> None:
    """The announcement is enough: the server sends nothing more, and there is no waiting for it."""
    server.pages["/"] = raw(OK + b"Content-Length: 6000000\r\n\r\n", hang=True)
    with pytest.raises(SourceRefused, match="sends more than 5 MiB"):
        await web.get(server.url())


TEXT = b"some text " * 50


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("GZip", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstd.compress(TEXT)),
        ("identity", TEXT),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
async def test_every_usual_packing_is_unpacked(
    server: WebServer, web: Web, packing: str, body: bytes, chunked: bool
) -> None:
    """Also gzip in several members, and deflate without its wrapping, as some servers send it."""
    server.pages["/"] = answer(body, headers={"Content-Encoding": packing}, chunked=chunked)
    assert (await web.get(server.url())).body == TEXT


def packed_zeros(packing: str) -> tuple[str, bytes]:
    """About a gigabyte of zeros, packed small: one packed mebibyte again and again, which takes no time to make."""
    zeros, times = bytes(MIB), 1024
    if packing == "br":
        press = brotli.Compressor(quality=1)
        return packing, press.process(zeros) + press.flush() + (press.process(zeros) + press.flush()) * times
    if packing.startswith("zstd"):
        options = {int(zstd.CompressionParameter.window_log): 27} if packing == "zstd wide" else {}
        wide = zstd.ZstdCompressor(options=options)
        first = wide.compress(zeros, wide.FLUSH_BLOCK)
        return "zstd", first + wide.compress(zeros, wide.FLUSH_BLOCK) * times
    if packing == "gzip members":
        return "gzip", gzip.compress(zeros, mtime=0) * times
    raw_deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = raw_deflate.compress(zeros) + raw_deflate.flush(zlib.Z_FULL_FLUSH)
    head = {"gzip": b"\x1f\x8b\x08\0\0\0\0\0\0\xff", "deflate": b"\x78\x9c", "deflate bare": b""}[packing]
    return packing.split(" ")[0], head + block * times


def reset_peak() -> int:
    """Begin to measure this process's memory anew; gives its present size in bytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> int:
    """The largest size since the last reset."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("packing", ["gzip", "gzip members", "deflate", "deflate bare", "br", "zstd", "zstd wide"])
async def test_a_bomb_is_let_go_of_early(server: WebServer, web: Web, packing: str, chunked: bool) -> None:
    """Memory grows by 64 MB at the most, server included, where the content would be a gigabyte."""
    encoding, body = packed_zeros(packing)
    server.pages["/"] = answer(body, headers={"Content-Encoding": encoding}, chunked=chunked)
    before = reset_peak()
    with pytest.raises(SourceRefused, match="sends more than 5 MiB"):
        await web.get(server.url(), most_bytes=5 * MIB)
    assert peak() - before < 64_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("piece", [b"10000\r\n" + b"x" * 0x10000 + b"\r\n", b"1\r\nx\r\n" * 10_000])
async def test_an_endless_body_is_let_go_of_early(server: WebServer, web: Web, piece: bytes) -> None:
    """In large pieces and in tiny ones."""
    server.pages["/"] = endless(CHUNKED, piece)
    before = reset_peak()
    with pytest.raises(SourceRefused, match="sends more than 1 MiB"):
        await web.get(server.url(), most_bytes=MIB)
    assert peak() - before < 64_000_000


# ---------------------------------------------------------------- manners


async def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(
    server: WebServer, web: Web, clock: FakeClock
) -> None:
    """However many sources it has; a failure is followed by a pause too."""
    server.pages["/good"] = answer(b"good")
    paths = ["/good", "/bad"] * 10
    await asyncio.gather(*(web.get(server.url(path)) for path in paths), return_exceptions=True)
    assert len(server.asked) == 20
    assert server.most_at_once == 1
    assert clock.slept == [timedelta(seconds=1)] * 19


async def test_redirects_on_one_host_are_paced_too(server: WebServer, web: Web, clock: FakeClock) -> None:
    """They are requests like any other."""
    server.pages |= {"/": redirect("/there"), "/there": answer(b"here")}
    await web.get(server.url())
    assert clock.slept == [timedelta(seconds=1)]


async def test_no_pause_when_time_has_passed_or_the_clock_was_set_back(
    server: WebServer, web: Web, clock: FakeClock
) -> None:
    """The pause is at most the gap, and nothing when the last request is long over."""
    server.pages["/"] = answer(b"text")
    for step in (timedelta(), timedelta(seconds=2), timedelta(days=-1), timedelta(seconds=0.4)):
        clock.advance(step)
        await web.get(server.url())
    assert clock.slept == [timedelta(seconds=1), timedelta(seconds=0.6)]


async def meet(server: WebServer, web: Web, hosts: int) -> None:
    """Ask `hosts` hosts at once, each of which answers when all are asking."""
    together = asyncio.Barrier(hosts)

    async def wait_for_all(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await together.wait()
        await answer(b"met")(asked, writer)

    server.pages["/"] = wait_for_all
    await asyncio.gather(*(web.get(f"http://h{number}.example/") for number in range(hosts)))


async def test_different_hosts_are_asked_at_the_same_time(
    server: WebServer, clock: FakeClock, connects: Connects
) -> None:
    """Two hundred slow ones hold up nobody."""
    names = Names({f"h{number}.example": [["93.184.216.34"]] for number in range(200)})
    web = Web(clock=clock, resolver=names)
    await meet(server, web, 200)
    await web.close()
    assert server.most_at_once == 200
    assert clock.slept == []


async def test_all_requests_together_have_a_limit(server: WebServer, clock: FakeClock, connects: Connects) -> None:
    """No more than `at_once`."""
    server.pages["/"] = answer(b"text")
    names = Names({f"h{number}.example": [["93.184.216.34"]] for number in range(20)})
    web = Web(clock=clock, resolver=names, at_once=3)
    await asyncio.gather(*(web.get(f"http://h{number}.example/") for number in range(20)))
    await web.close()
    assert server.most_at_once <= 3


async def test_a_thousand_hosts_later_the_old_lanes_are_forgotten(
    server: WebServer, clock: FakeClock, connects: Connects
) -> None:
    """And hosts asked a moment ago still get their pause."""
    server.pages["/"] = answer(b"text")
    web = Web(clock=clock, resolver=Names({"a.example": [["93.184.216.34"]], "b.example": [["93.184.216.34"]]}))
    await web.get("http://a.example/")
    clock.advance(timedelta(seconds=5))
    for number in range(1000):
        with pytest.raises(SourceUnavailable):
            await web.get(f"http://unknown{number}.example/")
    await web.get("http://b.example/")
    await web.get("http://a.example/")
    await web.get("http://b.example/")
    assert clock.slept == [timedelta(seconds=1)]
    await web.close()


# ---------------------------------------------------------------- stopping


async def test_a_cancelled_fetch_frees_its_host(server: WebServer, web: Web) -> None:
    """Under way or waiting for its turn; the next one goes through."""
    server.pages |= {"/slow": raw(hang=True), "/good": answer(b"good")}
    slow = asyncio.create_task(web.get(server.url("/slow")))
    waiting = asyncio.create_task(web.get(server.url("/slow")))
    while not server.asked:  # noqa: ASYNC110  # the server's side of it has no event to wait for
        await asyncio.sleep(0)
    slow.cancel()
    waiting.cancel()
    assert [type(end) for end in await asyncio.gather(slow, waiting, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2
    assert (await web.get(server.url("/good"))).body == b"good"


async def test_closing_ends_fetches_under_way_and_refuses_later_ones(server: WebServer, web: Web) -> None:
    """Both with a sentence; closing twice is harmless."""
    server.pages["/slow"] = raw(OK, hang=True)
    slow = asyncio.create_task(web.get(server.url("/slow")))
    while not server.asked:  # noqa: ASYNC110  # the server's side of it has no event to wait for
        await asyncio.sleep(0)
    await web.close()
    with pytest.raises(SourceUnavailable):
        await slow
    with pytest.raises(SourceUnavailable, match="has been stopped"):
        await web.get(server.url())
    await web.close()


async def test_a_connection_is_kept_for_the_next_request(server: WebServer, web: Web) -> None:
    """One conversation, several questions."""
    server.pages["/"] = answer(b"text")
    for _ in range(3):
        await web.get(server.url())
    assert server.connections == 1

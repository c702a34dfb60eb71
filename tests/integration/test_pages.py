"""The pages for machines: alive, ready, metrics; over HTTP, down to what comes in wrong."""

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.watch.everyone import Everyone
from adapters.watch.journal import Journal
from adapters.watch.metrics import Metrics
from adapters.watch.pages import Watched, pages
from bot.domain.report import Figures
from bot.errors import ConfigError, StoreUnavailable
from bot.services.pulse import Pulse
from tests.fakes.clock import FakeClock

LOOPS = ("timetable", "work", "platform console", "platform discord", "platform slack", "pages")
CANARY = "canary-4f1d"


@dataclass
class Bot:
    """What the pages look at, as a test sets it."""

    seconds: float = 0.0
    up: set[str] = field(default_factory=lambda: {"console"})
    broken: Exception | None = None
    stuck: bool = False
    asked: int = 0
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        self.pulse = Pulse(lambda: self.seconds)
        for loop in LOOPS:
            self.pulse.beat(loop)

    async def figures(self) -> Figures:
        self.asked += 1
        if self.stuck:
            await asyncio.Event().wait()
        if self.broken:
            raise self.broken
        return Figures({"sent": 2, "parked": 1}, {"sent": 9}, {"ok": 1}, 1, 0, 5, 2)

    def watched(self, **changes: float) -> Watched:
        return Watched(self.pulse.ages, lambda: self.up, self.figures, self.metrics, **changes)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Asks the pages at an address, in any words."""

    address: str

    async def send(self, text: str) -> Answer:
        host, _, port = self.address.removeprefix("http://").rpartition(":")
        here = host.strip("[]").replace("0.0.0.0", "127.0.0.1")
        reader, writer = await asyncio.open_connection(here, int(port))
        writer.write(text.encode("latin-1"))
        answered = (await reader.read()).decode("utf-8")
        writer.close()
        head, _, body = answered.partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        return Answer(int(first.split(" ")[1]), dict(line.split(": ", 1) for line in lines), body)

    async def __call__(self, path: str, *, host: str = "localhost", method: str = "GET") -> Answer:
        return await self.send(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")


@asynccontextmanager
async def served(bot: Bot, listen: str = "127.0.0.1:0", **changes: float):
    """The pages of a bot, and somebody who asks them."""
    async with pages(listen, bot.watched(**changes)) as address:
        yield Client(address)


async def test_alive_while_every_loop_beats():
    """The body names the loops and how long ago each of them beat."""
    bot = Bot()
    bot.seconds = 30.0
    async with served(bot) as get:
        answer = await get("/healthz")
    assert answer.status == 200
    assert answer.json == {"live": True, "loops": dict.fromkeys(sorted(LOOPS), 30.0)}
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("dead", LOOPS)
async def test_dead_thirty_seconds_after_any_loop_has_stopped(dead):
    """All others go on; a beat brings it back."""
    bot = Bot()
    async with served(bot) as get:
        for _ in range(31):
            bot.seconds += 1
            for loop in LOOPS:
                if loop != dead:
                    bot.pulse.beat(loop)
            if bot.seconds == 30:
                assert (await get("/healthz")).status == 200
        answer = await get("/healthz")
        assert answer.status == 503
        assert answer.json["live"] is False
        assert [loop for loop, age in answer.json["loops"].items() if age > 30] == [dead]
        bot.pulse.beat(dead)
        assert (await get("/healthz")).status == 200


async def test_ready_when_the_database_answers_and_a_platform_is_up():
    """One of two platforms is enough."""
    bot = Bot()
    bot.up = {"slack"}
    async with served(bot) as get:
        answer = await get("/readyz")
    assert (answer.status, answer.json) == (200, {"ready": True, "missing": []})


async def test_not_ready_without_any_platform():
    """A sentence says so."""
    bot = Bot()
    bot.up = set()
    async with served(bot) as get:
        answer = await get("/readyz")
    assert (answer.status, answer.json["missing"]) == (503, ["No platform is connected."])


@pytest.mark.parametrize("how", ["broken", "stuck"])
async def test_not_ready_while_the_database_fails_or_hangs(how):
    """Its own words stay in the journal: they can name files and machines. The bot is alive all the same."""
    bot = Bot(broken=StoreUnavailable(f"cannot open {CANARY}") if how == "broken" else None, stuck=how == "stuck")
    async with served(bot, patience=0.0) as get:
        ready, live, metrics = await get("/readyz"), await get("/healthz"), await get("/metrics")
    assert (ready.status, ready.json["missing"]) == (503, ["The database does not answer."])
    assert live.status == 200
    assert metrics.status == 200
    assert "counterpoint_database_up 0.0" in metrics.body
    assert CANARY not in ready.body + metrics.body


async def test_metrics_are_those_of_now():
    """In the format of Prometheus."""
    bot = Bot()
    bot.metrics.warn("parked")
    async with served(bot) as get:
        answer = await get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert "\ncounterpoint_parked_total 1.0\n" in answer.body
    assert '\ncounterpoint_postings{state="parked"} 1.0\n' in answer.body
    assert '\ncounterpoint_loop_age_seconds{loop="work"} 0.0\n' in answer.body


async def test_the_database_is_not_asked_as_often_as_we_are():
    """Many askers at once are one question."""
    bot = Bot()
    async with served(bot, fresh=3600.0) as get:
        answers = await asyncio.gather(*(get(path) for path in ("/metrics", "/readyz") * 10))
    assert {answer.status for answer in answers} == {200}
    assert bot.asked == 1


async def test_an_answer_of_the_database_does_not_stay_good():
    """The next question is a new one."""
    bot = Bot()
    async with served(bot, fresh=-1.0) as get:
        assert (await get("/readyz")).status == 200
        bot.broken = StoreUnavailable("gone")
        assert (await get("/readyz")).status == 503


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8321", "127.0.0.1:8321", "127.9.9.9", "[::1]:8321", "localhost."]
)
async def test_this_machine_has_many_names(host):
    """Each is answered."""
    async with served(Bot()) as get:
        assert (await get("/healthz", host=host)).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "10.0.0.7:8321", "localhost.evil.example", "", "[", "a b", ":80", "ü"]
)
@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/nothing"])
async def test_another_name_is_refused(host, path):
    """A web page that lets its name point to this machine reads nothing; odd names are no fault of ours."""
    async with served(Bot()) as get:
        answer = await get(path, host=host)
    assert 400 <= answer.status < 500
    assert "counterpoint_" not in answer.body
    assert "Traceback" not in answer.body


async def test_where_others_may_ask_they_use_any_name():
    """Who listens on all addresses is asked by the name of a service."""
    async with served(Bot(), "0.0.0.0:0") as get:
        assert (await get("/healthz", host="counterpoint:8321")).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"])
async def test_nothing_can_be_changed(method):
    """Other methods are refused."""
    async with served(Bot()) as get:
        for path in ("/healthz", "/metrics"):
            assert 400 <= (await get(path, method=method)).status < 500


async def test_head_is_answered_without_a_body():
    """As probes may ask."""
    async with served(Bot()) as get:
        answer = await get("/healthz", method="HEAD")
    assert (answer.status, answer.body) == (200, "")


@pytest.mark.parametrize(
    "request_text",
    [
        "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET //x/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /%ff%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        f"GET /{'x' * 20000} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
)
async def test_whatever_comes_in_is_never_a_fault_of_ours(request_text):
    """Plain refusals, and the next request is answered."""
    async with served(Bot()) as get:
        assert 400 <= (await get.send(request_text)).status < 500
        assert (await get("/healthz")).status == 200


async def test_a_page_that_is_not_there_is_plain_and_says_nothing_of_its_maker():
    """No version of a library."""
    async with served(Bot()) as get:
        answer = await get("/")
    assert answer.status == 404
    assert answer.headers["Server"] == "counterpoint"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"].startswith("text/plain")


async def test_a_port_in_use_is_a_mistake_with_a_question():
    """Two bots on one machine are the usual reason."""
    async with served(Bot()) as get:
        listen = get.address.removeprefix("http://")
        with pytest.raises(
            ConfigError, match=f"COUNTERPOINT_LISTEN: {listen} is in use. Does another Counterpoint run"
        ):
            async with pages(listen, Bot().watched()):
                pass
    async with pages(listen, Bot().watched()) as again:
        assert again == f"http://{listen}"


async def test_an_address_that_is_not_ours_is_a_mistake():
    """With the reason of the system."""
    listen = "203.0.113.7:8321"
    with pytest.raises(ConfigError, match=f"COUNTERPOINT_LISTEN: {listen} cannot be used"):
        async with pages(listen, Bot().watched()):
            pass


async def test_ipv6_is_an_address_too():
    """In brackets, as in a link."""
    async with served(Bot(), "[::1]:0") as get:
        assert get.address.startswith("http://[::1]:")
        assert (await get("/healthz", host="[::1]")).status == 200


async def test_a_secret_told_to_everyone_is_on_no_page_and_in_no_line():
    """Journal, metrics, pages: a canary that is a secret setting, and stands in errors."""
    bot = Bot(broken=StoreUnavailable(f"password {CANARY} was refused"))
    stream = io.StringIO()
    journal = Journal(stream, terminal=False, clock=FakeClock(), secrets=[CANARY])
    events = Everyone(journal, bot.metrics)
    for event in ("tick_failed", "task_failed", "parked", "platform_down", "build_failed", CANARY):
        facts = {"kind": CANARY, "key": CANARY, "reason": f"x {CANARY}", "error": f"StoreError: {CANARY}"}
        events.warn(event, **facts)
    async with served(bot) as get:
        said = "".join([(await get(path)).body for path in ("/healthz", "/readyz", "/metrics")])
    assert CANARY not in said
    assert CANARY not in stream.getvalue()
    assert "***" in stream.getvalue()

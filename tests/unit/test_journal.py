"""The journal: a line an event, readable by programs and by people, and never a secret."""

import io
import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.watch.everyone import Everyone
from adapters.watch.journal import MOST_CHARACTERS, Journal
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents

NOW = datetime(2026, 11, 22, 4, 0, 0, 123456, tzinfo=UTC)
CANARY = "canary/7f&secret ü"


class Bench:
    """A journal on a stream in memory."""

    def __init__(self, *, terminal: bool = False, secrets=(CANARY,)) -> None:
        self.stream = io.StringIO()
        self.journal = Journal(
            self.stream, terminal=terminal, clock=FakeClock(NOW), secrets=secrets, context={"process": "host-12"}
        )

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture(params=[False, True], ids=["json", "terminal"])
def bench(request) -> Bench:
    return Bench(terminal=request.param)


def test_a_line_is_json_with_when_how_bad_and_what_first():
    """Then the facts as they were told, then the context that every line has."""
    bench = Bench()
    bench.journal.tell("part_sent", posting="abc/2026-11-22/am", part="card", attempt=1, seconds=0.5, found=False)
    bench.journal.warn("skipped", reason=None)
    first, second = bench.lines()
    assert list(first.items()) == [
        ("at", "2026-11-22T04:00:00.123Z"),
        ("level", "info"),
        ("event", "part_sent"),
        ("posting", "abc/2026-11-22/am"),
        ("part", "card"),
        ("attempt", 1),
        ("seconds", 0.5),
        ("found", False),
        ("process", "host-12"),
    ]
    assert second["level"] == "warning"
    assert second["reason"] is None


def test_in_a_terminal_a_line_is_read_by_a_person():
    """No JSON, no colour codes."""
    bench = Bench(terminal=True)
    bench.journal.warn("skipped", posting="abc/2026-11-22/am", reason="missed: the bot was not running")
    (line,) = bench.stream.getvalue().splitlines()
    assert line.startswith("2026-11-22T04:00:00.123Z [warning")
    assert "posting=abc/2026-11-22/am reason='missed: the bot was not running'" in line
    assert line.isprintable()


@pytest.mark.parametrize("name", ["event", "at", "level", "self", "facts", "logger", "_logger"])
def test_a_fact_may_have_any_name(name):
    """It never hides when, how bad or what."""
    bench = Bench()
    bench.journal.tell("tick", **{name: "mine"})
    (line,) = bench.lines()
    assert (line["event"], line["level"], line["at"]) == ("tick", "info", "2026-11-22T04:00:00.123Z")
    assert "mine" in line.values()


def test_text_from_outside_makes_no_lines_of_its_own(bench):
    """Line ends, escape sequences and halves of characters are gone, and it is cut."""
    bench.journal.warn("source_down", reason='x\n{"event": "posted"}\r\x1b[2J\u2028\ud800' + "y" * 5000)
    text = bench.stream.getvalue()
    assert text.endswith("\n")
    assert len(text[:-1].splitlines()) == 1
    assert text[:-1].isprintable()
    assert text.count("y") <= MOST_CHARACTERS


def test_numbers_that_json_has_not_are_words():
    """Every line can be read back by any program."""
    bench = Bench()
    bench.journal.tell("tick", much=float("inf"), none=float("nan"))
    (line,) = bench.lines()
    assert (line["much"], line["none"]) == ("inf", "nan")
    assert "NaN" not in bench.stream.getvalue()


SPELLINGS = [CANARY, "canary%2F7f%26secret%20%C3%BC", "canary%2F7f%26secret+%C3%BC", "canary/7f&secret \\u00fc"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_secret_becomes_stars_wherever_it_stands(bench, spelling):
    """In the event, in a fact, in an address, in JSON, in what a library logs, also in its error."""
    bench.journal.tell(f"odd_{spelling}", error=f"postgresql://u:{spelling}@host/db refused {spelling}")
    with bench.journal.libraries():
        try:
            raise RuntimeError(f"login with {spelling}")
        except RuntimeError:
            logging.getLogger("lib").exception("tried %s", spelling)
    text = bench.stream.getvalue()
    assert "canary" not in text
    assert text.count("***") == 5


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.com/api/v10/webhooks/9911/aW50ZXJh_-Y2FuYXJ5:x==",
        "https://discord.com/api/v10/webhooks/9911/aW50ZXJh_-Y2FuYXJ5%3A/messages/@original",
        "https://discord.com/api/v10/interactions/9911/aW50ZXJhY2FuYXJ5/callback?with_response=true",
        '/Webhooks/9911/Y2FuYXJ5"',
        "next=webhooks%2F9911%2FY2FuYXJ5%2Fmessages",
    ],
)
def test_a_token_in_the_address_of_a_webhook_or_an_interaction_becomes_stars(bench, address):
    """Whoever has it answers in the bot's name, and libraries print it; whose it was can still be read."""
    bench.journal.tell("odd", error=f"PATCH {address} failed")
    with bench.journal.libraries():
        logging.getLogger("discord.http").warning(
            "We are being rate limited. %s %s responded with 429.", "POST", address
        )
    text = bench.stream.getvalue()
    assert "Y2FuYXJ5" not in text
    assert text.count("9911") == text.count("***") == 2
    assert "responded with 429" in text


def test_what_only_looks_like_such_an_address_stays():
    """Other numbers and words are what an operator reads a journal for."""
    bench = Bench()
    bench.journal.tell("tick", route="POST /channels/9911/messages", words="interactions/with others", n=7)
    (line,) = bench.lines()
    assert (line["route"], line["words"]) == ("POST /channels/9911/messages", "interactions/with others")


def test_the_longer_of_two_secrets_goes_first_and_numbers_can_be_secret():
    """The rest of the longer one does not stay; a blank setting is no secret."""
    bench = Bench(secrets=["pass", "password1", "", "  ", "4711"])
    bench.journal.tell("tick", said="password1 pass", number=47110, other=3)
    (line,) = bench.lines()
    assert (line["said"], line["number"], line["other"]) == ("*** ***", "***0", 3)


def test_a_password_as_it_stands_in_an_address_is_known_in_plain_words():
    """Whoever reads it from there need not think of that."""
    bench = Bench(secrets=["p%40ss%20word"])
    bench.journal.tell("tick", said="p@ss word", address="p%40ss%20word")
    (line,) = bench.lines()
    assert (line["said"], line["address"]) == ("***", "***")


@settings(max_examples=60)
@given(middle=st.text(alphabet="Zé%&/+ 9'\"\\\n\u0001", max_size=20), around=st.text(max_size=10), cut=st.booleans())
def test_no_text_around_a_secret_saves_it(middle, around, cut):
    """Whatever it is made of, and also where the text is cut in the middle of it."""
    stream = io.StringIO()
    secret, around = f"Z{middle}Z", around.replace("Z", "z")
    filler = "=" * (MOST_CHARACTERS - 2 if cut else 0)
    Journal(stream, terminal=False, clock=FakeClock(NOW), secrets=[secret]).warn(
        "x", reason=f"{around}{filler}{secret}"
    )
    assert "Z" not in json.loads(stream.getvalue())["reason"]


def test_what_libraries_warn_of_goes_through_the_journal(bench):
    """Warnings and worse; what they chat is left out; afterwards logging is as it was."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:])
    with bench.journal.libraries():
        logging.getLogger("apscheduler.scheduler").warning("the scheduler stopped after %d jobs", 3)
        logging.getLogger("apscheduler.scheduler").info("looking for jobs")
        logging.getLogger("odd").error("%d", "no number")
    assert (root.level, root.handlers) == before
    text = bench.stream.getvalue()
    assert "the scheduler stopped after 3 jobs" in text
    assert "apscheduler.scheduler" in text
    assert "looking for jobs" not in text
    assert "%d" in text


def test_an_error_that_a_library_logs_is_told_with_its_place():
    """Enough to find it."""
    bench = Bench()
    with bench.journal.libraries():
        try:
            dict[str, int]()["missing"]
        except KeyError:
            logging.getLogger("lib").exception("it broke")
    (line,) = bench.lines()
    assert line["error"] == "KeyError: 'missing'"
    assert "test_journal.py:" in str(line["where"])
    assert line["severity"] == "error"


def test_a_stream_that_is_closed_or_full_stops_nobody():
    """Telling never raises."""

    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    closed = io.StringIO()
    closed.close()
    for stream in (Full(), closed):
        Journal(stream, terminal=False, clock=FakeClock(NOW)).warn("parked")


def test_importing_and_making_a_journal_configures_nothing():
    """Two journals in a process do not know of each other."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:])
    one, two = Bench(), Bench()
    one.journal.tell("tick")
    assert two.stream.getvalue() == ""
    assert (root.level, root.handlers) == before
    assert not sys.modules["structlog"].is_configured()


def test_everyone_hears_everything():
    """In the same words."""
    first, second = KeptEvents(), KeptEvents()
    both = Everyone(first, second)
    both.tell("tick", number=1)
    both.warn("parked", reason="x")
    for heard in (first, second):
        assert heard.told == [("tick", {"number": 1})]
        assert heard.warned == [("parked", {"reason": "x"})]

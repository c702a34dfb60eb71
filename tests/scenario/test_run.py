"""`counterpoint run`: the bot as an operator starts it, in a process of its own."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.storage.sql import build
from bot.domain.place import Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import Schedule

SAMPLE = Path(__file__).parents[2] / "adapters" / "roster" / "sample" / "roster.toml"
TERMINAL = Place("console", "terminal")


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """The environment of a bot with a database and a port of its own."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "COUNTERPOINT_ROSTER": str(SAMPLE),
        "COUNTERPOINT_LISTEN": f"127.0.0.1:{_free_port()}",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def subscribe_terminal(url: str) -> None:
    """A terminal whose morning edition was due a minute ago, and which was there yesterday."""
    due = datetime.now(UTC) - timedelta(minutes=1)
    schedule = Schedule("UTC", slots=(("am", due.time().replace(second=0, microsecond=0, tzinfo=None)),))
    since = due - timedelta(days=1, hours=1)
    made = Subscription(subscription_id(TERMINAL, "default"), "console", TERMINAL, "default", schedule, "en", since)
    store = build(url)
    async with store.unit() as unit:
        await unit.subscriptions.put(made)
        await unit.commit()
    await store.close()


@contextmanager
def running(settings: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A bot that runs, killed at the end if it still does."""
    with (folder / "out.txt").open("w") as out, (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def journal(folder: Path) -> list[dict[str, str]]:
    """The lines of the journal so far."""
    lines = (folder / "log.txt").read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


def wait_for(folder: Path, event: str, process: subprocess.Popen[str]) -> None:
    """Until an event stands in the journal; the test's own timeout is the limit."""
    while not any(line["event"] == event for line in journal(folder)):
        assert process.poll() is None, (folder / "log.txt").read_text()
        time.sleep(0.05)


def page(settings: dict[str, str], name: str) -> str:
    """One of the pages for machines."""
    with urllib.request.urlopen(f"http://{settings['COUNTERPOINT_LISTEN']}/{name}") as answer:
        text: str = answer.read().decode()
        return text


def test_an_edition_that_was_missed_is_printed_once_and_the_bot_ends_when_told(settings, tmp_path):
    """Inside the catch-up window it comes at once; after a restart it does not come again; SIGTERM ends with 0."""
    asyncio.run(subscribe_terminal(settings["DATABASE_URL"]))
    with running(settings, tmp_path) as bot:
        wait_for(tmp_path, "posted", bot)
        assert json.loads(page(settings, "healthz"))["live"] is True
        assert json.loads(page(settings, "readyz"))["ready"] is True
        assert 'counterpoint_postings{state="sent"} 1.0' in page(settings, "metrics")
        bot.send_signal(signal.SIGTERM)
        assert bot.wait(25) == 0
    shown = (tmp_path / "out.txt").read_text()
    assert shown.count("━━ Counterpoint · morning") == 1
    assert [line["event"] for line in journal(tmp_path)][-1] == "stopped"
    with running(settings, tmp_path) as bot:
        wait_for(tmp_path, "platform_up", bot)
        bot.send_signal(signal.SIGINT)
        assert bot.wait(25) == 0
    assert (tmp_path / "out.txt").read_text() == ""


def test_a_second_process_on_the_same_port_says_what_is_the_matter(settings, tmp_path):
    """Two started by mistake: the second one ends with a sentence, and the first does not notice."""
    with running(settings, tmp_path) as bot:
        wait_for(tmp_path, "platform_up", bot)
        second = subprocess.run(
            [sys.executable, "-m", "bot", "run"], env=settings, capture_output=True, text=True, check=False
        )
        assert second.returncode == 2
        assert "COUNTERPOINT_LISTEN" in second.stderr
        assert "Traceback" not in second.stderr
        assert bot.poll() is None


def test_a_database_that_cannot_be_used_ends_it_with_a_sentence(settings, tmp_path):
    """Exit 3, and nothing was created."""
    (tmp_path / "locked").write_text("a file, where a folder is needed")
    settings["DATABASE_URL"] = f"sqlite:///{tmp_path}/locked/bot.db"
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=settings, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 3
    assert "locked" in ended.stderr
    assert "Traceback" not in ended.stderr

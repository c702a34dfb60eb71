"""Looking after a bot from the command line: how it is doing, a backup, and the backup put back."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.cli.demonstration import SAMPLE
from adapters.storage.sql import build
from adapters.wire.clock import SystemClock
from bot.domain.health import Health, SourceState
from bot.domain.subscription import FOR_GOOD, Subscription
from tests.fakes.history import History, a_due, a_subscription

MISSED = "missed: the bot was not running"
EDITION = "default-20261121-am-0badcafe"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` and no roster of the working folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def command(capsys):
    """Run a command: its exit code, what it printed as data, what it printed beside it."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return call


@pytest.fixture
def database(tmp_path: Path, monkeypatch) -> Path:
    """Where the database of this test is to be."""
    path = tmp_path / "data" / "counterpoint.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


def written(database: Path, *, subscribed: tuple[Subscription, ...] = (), eventful: bool = True) -> Subscription:
    """A database with a history up to now: one place got its edition, and what went wrong if `eventful`."""
    now = SystemClock().now()
    one = a_subscription("1170000000000000001", now - timedelta(days=30))

    async def write() -> None:
        store = build(f"sqlite:///{database}")
        history = History(store)
        await history.subscribe(one, *subscribed)
        yesterday = a_due((now - timedelta(days=1)).replace(microsecond=0))
        await history.plan(yesterday)
        await history.compose(yesterday, edition=EDITION, seconds=3.2)
        await history.send(one, yesterday, at=yesterday.at + timedelta(seconds=2), late=True)
        await history.run("host-4711")
        if eventful:
            await history.plan(a_due(now - timedelta(hours=1), "pm"), missed=MISSED)
            async with store.unit() as unit:
                key = "file:feeds/ansel-quirke.xml"
                await unit.sources.put(SourceState(key, state=Health.DOWN, reason="no such file", since=now))
                await unit.commit()
        await store.close()

    asyncio.run(write())
    return one


async def subscribed(database: Path, *subscriptions: Subscription) -> None:
    """More places in a database."""
    store = build(f"sqlite:///{database}")
    await History(store).subscribe(*subscriptions)
    await store.close()


def test_status_tells_first_what_needs_attention(command, database, monkeypatch):
    """In words; then what there is, place by place."""
    closed = a_subscription("1170000000000000002", SystemClock().now() - timedelta(minutes=5))
    written(database, subscribed=(replace(closed, paused_until=FOR_GOOD, pause_reason="the place is closed"),))
    monkeypatch.setenv("COLUMNS", "120")
    code, out, _ = command("status", "--roster", SAMPLE)
    assert code == 0
    assert out.splitlines()[:4] == [
        "   needs attention",
        "-  1 edition was skipped: missed: the bot was not running",
        "-  discord:1170000000000000002 is paused until it is resumed: the place is closed",
        "-  1 source is down: Ansel Quirke: no such file",
    ]
    squeezed = " ".join(out.split())
    for said in (
        "running host-4711",
        "slots 1 sent, 1 skipped",
        "default: the last took 3.2 s; begun 1 min before the time",
        f"{EDITION}, due ",
        "UTC, late",
        "no such file (file:feeds/ansel-quirke.xml)",
        "missed: the bot was not running (discord:1170000000000000001, default)",
    ):
        assert said in squeezed


@pytest.mark.parametrize("columns", [80, 120])
def test_status_fits_the_terminal(command, database, monkeypatch, columns):
    """No line is longer than it."""
    written(database)
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = command("status", "--roster", SAMPLE)
    assert max(len(line) for line in out.splitlines()) <= columns


def test_status_of_a_bot_that_is_well_says_so(command, database):
    """One sentence is enough."""
    written(database, eventful=False)
    _, out, _ = command("status", "--roster", SAMPLE)
    assert out.startswith("Nothing needs attention.\n")


def test_status_prints_its_contract(command, database):
    """What programs read."""
    one = written(database)
    code, out, _ = command("status", "--roster", SAMPLE, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert set(told) == {
        *("database", "revision", "at", "attention", "editions", "latest", "items", "sources", "sources_down"),
        *(
            "postings",
            "deliveries",
            "processes",
            "subscriptions",
            "troubled",
            "unexpected",
            "desks",
            "lateness",
            "spend",
        ),
    }
    (subscription,) = told["subscriptions"]
    assert subscription["id"] == one.id
    assert subscription["last"]["edition"] == EDITION
    assert subscription["last"]["late"] is True
    assert set(subscription["next"]) == {"at", "local", "slot"}
    assert told["postings"] == {"sent": 1, "skipped": 1}
    assert told["lateness"]["p50"] == 2.0
    assert told["desks"] == [{"desk": "default", "seconds": [3.2], "lead": 60.0}]
    assert told["troubled"][0]["reason"] == MISSED
    assert told["processes"] == ["host-4711"]


def test_status_lists_twenty_places_and_counts_the_others(command, database):
    """JSON has all."""
    now = SystemClock().now()
    written(database, subscribed=tuple(a_subscription(str(n), now) for n in range(30)), eventful=False)
    _, out, _ = command("status", "--roster", SAMPLE)
    assert "11 more: --format json shows all." in out
    _, out, _ = command("status", "--roster", SAMPLE, "--format", "json")
    assert len(json.loads(out)["subscriptions"]) == 31


def test_status_without_a_database_creates_none(command, database):
    """Looking changes nothing; the sources are those of the roster."""
    code, out, _ = command("status", "--roster", SAMPLE, "--format", "json")
    told = json.loads(out)
    assert (code, told["revision"], told["editions"], told["attention"]) == (0, None, 0, [])
    assert told["sources"] == {"never": 18}
    assert not database.parent.exists()


def test_status_in_markdown_is_tables(command, database):
    """For a report that is sent around."""
    written(database)
    _, out, _ = command("status", "--roster", SAMPLE, "--format", "markdown")
    assert out.startswith("|  | needs attention |\n| --- |")


def test_a_backup_is_a_whole_database_and_says_how_to_restore_it(command, database, tmp_path):
    """While another process has it open and is writing."""
    written(database)
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM postings")
        code, out, _ = command("backup", "kept.db", "--format", "json")
    told = json.loads(out)
    kept = tmp_path / "kept.db"
    assert code == 0
    assert (told["database"], told["file"]) == (str(database), str(kept))
    assert told["bytes"] == kept.stat().st_size > 0
    assert f"{database}-wal" in told["restore"][1]
    with closing(sqlite3.connect(kept)) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copied.execute("SELECT count(*) FROM postings").fetchone() == (2,)
    assert [path.name for path in tmp_path.glob("kept.db*")] == ["kept.db"]


def test_a_backup_says_its_size_and_the_steps_in_words(command, database):
    """For the person who reads it in a hurry."""
    written(database)
    code, out, _ = command("backup", "kept.db")
    assert code == 0
    squeezed = " ".join(out.split())
    assert "MB, complete and checked." in squeezed
    assert "to restore it 1. Stop Counterpoint." in squeezed
    assert "nothing comes twice" in squeezed


def test_a_backup_that_is_put_back_is_the_bot_of_that_day(command, database, tmp_path):
    """By the steps it printed, also with the companions of the newer database lying there."""
    one = written(database)
    command("backup", "kept.db")
    asyncio.run(subscribed(database, a_subscription("1170000000000000009", SystemClock().now())))
    assert len(json.loads(command("status", "--format", "json")[1])["subscriptions"]) == 2
    database.with_name("counterpoint.db-wal").write_bytes(b"what a newer database left behind")
    for companion in ("-wal", "-shm"):
        Path(f"{database}{companion}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "kept.db", database)
    code, out, _ = command("status", "--roster", SAMPLE, "--format", "json")
    assert code == 0
    assert [own["id"] for own in json.loads(out)["subscriptions"]] == [one.id]


def test_a_backup_never_replaces_a_file(command, database, tmp_path):
    """Nor does it make folders."""
    written(database)
    (tmp_path / "kept.db").write_text("mine")
    code, out, err = command("backup", "kept.db")
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert (tmp_path / "kept.db").read_text() == "mine"
    code, _, err = command("backup", "nowhere/kept.db")
    assert code == 2
    assert "there is no folder" in err


def test_without_a_database_there_is_nothing_to_back_up(command, database, tmp_path):
    """And nothing is created."""
    code, out, err = command("backup", "kept.db")
    assert (code, out) == (3, "")
    assert "There is no database at" in err
    assert not database.parent.exists()
    assert not (tmp_path / "kept.db").exists()


def test_a_server_has_its_own_way_and_no_password_is_printed(command, monkeypatch):
    """Nothing is connected to."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:canary-8@localhost/counterpoint")
    code, out, err = command("backup", "kept.db")
    assert (code, out) == (3, "")
    assert "pg_dump" in err
    assert "canary" not in err

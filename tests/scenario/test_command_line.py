"""The command line is a contract: what is printed where, in which format, and how each command ends."""

import asyncio
import contextlib
import io
import json
import os
import pty
import queue
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.cli.demonstration import SAMPLE
from adapters.wire.contract import from_json
from bot.domain.edition import Edition
from bot.domain.reply import Reply
from tests.fakes.web_server import WebServer, answer, web_server

EVENING = "2026-03-05T18:00:00Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` and no roster of the working folder; every test has a database of its own."""
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


@pytest.fixture(scope="module")
def composed(tmp_path_factory) -> Path:
    """A data folder in which the sample was gathered and an edition composed, made once."""
    home: Path = tmp_path_factory.mktemp("composed")
    arguments = ["brief", "--roster", str(SAMPLE), "--now", EVENING, "--slot", "pm", "--format", "json"]
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    (home / "edition.json").write_bytes(done.stdout)
    return home


@pytest.fixture
def kept(composed, monkeypatch, tmp_path) -> Edition:
    """The edition that is kept in this test's database."""
    data = tmp_path / "kept"
    shutil.copytree(composed, data)
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    return from_json(Edition, (data / "edition.json").read_bytes())


# ---------------------------------------------------------------- every command


COMMANDS = [
    "demo",
    "run",
    "gather",
    "brief",
    "episode",
    "ask",
    "check",
    "replay",
    "roster",
    "subscribe",
    "settings",
    "pause",
    "resume",
    "preview",
    "unsubscribe",
    "timetable",
    "doctor",
    "manifest",
    "status",
    "backup",
    "migrate",
    "schema",
]


def test_help_names_every_command(command):
    """And the exit codes, which scripts rely on."""
    code, out, _ = command("--help")
    assert code == 0
    for name in COMMANDS:
        assert name in out
    assert "Exit codes" in out
    assert "..." not in out.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    "arguments",
    [*([name] for name in COMMANDS), *(["roster", name] for name in ("list", "add", "remove", "import", "export"))],
)
def test_each_command_has_help(command, arguments):
    """Asked for, it does nothing but tell."""
    code, out, _ = command(*arguments, "--help")
    assert code == 0
    assert "Usage: counterpoint" in out


@pytest.mark.parametrize(
    "arguments", [["fetch"], ["brief", "--volume", "11"], ["ask", "latest"], ["gather", "--format", "xml"], ["check"]]
)
def test_wrong_use_ends_with_2(command, arguments):
    """The mistake is named on stderr, nothing is printed as data."""
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_a_mistake_in_the_settings_ends_with_2_and_all_are_named(command, monkeypatch):
    """Together with those of the command."""
    monkeypatch.setenv("COUNTERPOINT_ZONE", "Mars/Phobos")
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    code, _, err = command("brief", "--slot", "noon")
    assert code == 2
    assert all(name in err for name in ("COUNTERPOINT_ZONE", "DATABASE_URL", "--slot"))


# ---------------------------------------------------------------- gather


def test_gather_prints_its_contract(command):
    """The health of every source, in the order of the roster."""
    code, out, _ = command("gather", "--roster", SAMPLE, "--format", "json")
    report = json.loads(out)
    keys = ["thinker", "type", "address", "state", "items_seen", "items_new", "reason", "since", "seconds"]
    assert code == 0
    assert list(report) == ["sources", "items_new"]
    assert all(list(source) == keys for source in report["sources"])
    states = {source["thinker"]: source["state"] for source in report["sources"] if source["type"] == "file"}
    assert states.pop("Wim Talloir") == "down"
    assert set(states.values()) == {"ok"}
    assert report["items_new"] == sum(source["items_new"] for source in report["sources"]) == 58


def test_gathering_again_finds_nothing_new(command):
    """Unchanged is a state, not an error; in words what is down stands with its reason."""
    command("gather", "--roster", SAMPLE)
    code, out, _ = command("gather", "--roster", SAMPLE)
    assert code == 0
    assert "unchanged" in out
    assert "down since" in out
    assert "Silent, arxiv: 5 sources, needs an adapter" in out
    assert "0 new items" in out


def test_gather_as_markdown_is_a_table(command):
    """For a report that is sent around."""
    code, out, _ = command("gather", "--roster", SAMPLE, "--format", "markdown")
    assert code == 0
    assert out.startswith("| state | thinker | type | new | reason |\n| --- |")


def test_when_everything_is_down_gather_ends_with_3(command, tmp_path):
    """The report is printed all the same."""
    roster = tmp_path / "roster.toml"
    roster.write_text(one_thinker("nothing-here.xml"))
    code, out, err = command("gather", "--roster", roster, "--format", "json")
    assert code == 3
    assert json.loads(out)["sources"][0]["state"] == "down"
    assert "Nothing could be read" in err


def test_a_roster_of_silent_sources_ends_with_3(command, tmp_path):
    """There is nothing that could be read without a key."""
    roster = tmp_path / "roster.toml"
    roster.write_text(one_thinker("x").replace("file", "x").replace("path", "id"))
    code, _, err = command("gather", "--roster", roster)
    assert code == 3
    assert "without a key" in err


def test_a_roster_with_mistakes_ends_with_2_and_all_are_named(command, tmp_path):
    """With the line of the thinker."""
    roster = tmp_path / "roster.toml"
    roster.write_text(one_thinker("a.xml").replace("person", "robot").replace("path =", "paht ="))
    code, _, err = command("gather", "--roster", roster)
    assert code == 2
    assert "robot" in err
    assert "paht" in err
    assert "line 2" in err


def one_thinker(path: str) -> str:
    return (
        "schema_version = 1\n[[thinkers]]\n"
        f'id = "ada"\nname = "Ada"\nkind = "person"\nsources = [{{ type = "file", path = "{path}" }}]\n'
    )


# ---------------------------------------------------------------- brief


def test_brief_prints_its_contract(kept, composed):
    """The JSON is the edition: it reads back, and the clock stood still."""
    assert kept.id.startswith("default-20260305-pm-")
    assert kept.card.seconds is None
    assert len(kept.stories) >= 3
    document = json.loads((composed / "edition.json").read_text("utf-8"))
    assert set(document) == set(Edition.__dataclass_fields__)


def test_the_same_again_is_the_same_edition(command, kept, composed):
    """The same key gives the same bytes, and does not count itself as memory."""
    code, out, _ = command("brief", "--roster", SAMPLE, "--now", EVENING, "--slot", "pm", "--format", "json")
    assert code == 0
    assert out.encode() == (composed / "edition.json").read_bytes()


def test_brief_as_text_is_the_thread(command, kept):
    """Card, stories, question, as the console prints them; progress is not among the data."""
    code, out, err = command("brief", "--roster", SAMPLE, "--now", EVENING, "--slot", "pm")
    squeezed = " ".join(out.split())
    assert code == 0
    assert all(story.title in squeezed for story in kept.stories)
    assert "sources answered" in err
    assert "sources answered" not in out


def test_brief_as_markdown_links_its_numbers(command, kept):
    """Every number is a link."""
    code, out, _ = command(
        "brief", "--roster", SAMPLE, "--now", EVENING, "--slot", "pm", "--no-gather", "--format", "markdown"
    )
    assert code == 0
    assert f"[[1]]({kept.citation(1).url})" in out


def test_zone_topic_hours_and_language_are_heeded(command, kept):
    """Tomorrow has begun in Auckland; labels are Russian; only what is about the topic is told."""
    code, out, _ = command(
        *("brief", "--roster", SAMPLE, "--no-gather", "--now", EVENING, "--zone", "Pacific/Auckland"),
        *("--topic", "Brackwater", "--hours", "24", "--language", "ru", "--format", "json"),
    )
    edition = from_json(Edition, out)
    assert code == 0
    assert edition.date.isoformat() == "2026-03-06"
    assert (edition.window.end - edition.window.start).total_seconds() == 24 * 3600
    assert edition.language == "ru"
    assert edition.slot == "now"
    assert edition.stories
    assert all("Brackwater" in story.title + story.topic + story.standfirst.text for story in edition.stories)


def test_an_empty_window_is_a_valid_edition(command, kept):
    """A quiet day is no failure."""
    code, out, _ = command(
        "brief", "--roster", SAMPLE, "--no-gather", "--now", "2026-02-01T00:00:00Z", "--format", "json"
    )
    assert code == 0
    assert from_json(Edition, out).stories == ()


def test_a_language_without_labels_is_said(command, kept):
    """The labels are English then, and nobody wonders why."""
    code, _, err = command("brief", "--roster", SAMPLE, "--no-gather", "--now", EVENING, "--language", "de")
    assert code == 0
    assert "no labels in 'de'" in err


def test_every_mistake_of_the_command_is_told_at_once(command):
    """Nobody corrects one to be told the next."""
    code, _, err = command(
        *("brief", "--roster", "nowhere.toml", "--desk", "sport", "--slot", "noon", "--now", "yesterday"),
        *("--hours", "many", "--zone", "Mars/Phobos", "--language", "?", "--model", "quill-9"),
    )
    assert code == 2
    named = ("nowhere.toml", "--desk", "--slot", "--now", "--hours", "--zone", "--language", "--model")
    assert [name for name in named if name not in err] == []


@pytest.mark.parametrize(
    ("option", "value"), [("--hours", "0"), ("--hours", "nan"), ("--hours", "1e9"), ("--now", "2026-03-05T18:00:00")]
)
def test_an_option_that_makes_no_window_is_refused(command, option, value):
    """Also an instant of which nobody can say when it is."""
    code, _, err = command("brief", "--roster", SAMPLE, option, value)
    assert code == 2
    assert option in err


def test_with_nothing_stored_and_everything_down_brief_ends_with_3(command, tmp_path):
    """There is no edition of nothing."""
    roster = tmp_path / "roster.toml"
    roster.write_text(one_thinker("nothing-here.xml"))
    code, out, err = command("brief", "--roster", roster)
    assert (code, out) == (3, "")
    assert "Nothing could be read" in err


def test_without_gathering_there_must_be_something_stored(command):
    """And how to get it."""
    code, out, err = command("brief", "--roster", SAMPLE, "--no-gather")
    assert (code, out) == (3, "")
    assert "counterpoint gather" in err


def test_a_database_that_cannot_be_opened_ends_with_3(command, monkeypatch, tmp_path):
    """A folder is no database; a sentence says so."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}")
    code, out, err = command("brief", "--roster", SAMPLE, "--now", EVENING)
    assert (code, out) == (3, "")
    assert str(tmp_path) in err


def test_an_edition_that_breaks_the_order_of_truth_ends_with_1(command, kept):
    """It is printed, and what is wrong with it is told: here somebody changed it in the database."""
    database = Path(os.environ["XDG_DATA_HOME"]) / "counterpoint" / "counterpoint.db"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        document = json.loads(connection.execute("SELECT document FROM editions").fetchone()[0])
        document["citations"][0]["passages"][0]["text"] = "Nobody ever said these words."
        connection.execute("UPDATE editions SET document = ?", [json.dumps(document)])
        connection.commit()
    code, out, err = command("brief", "--roster", SAMPLE, "--no-gather", "--now", EVENING, "--slot", "pm")
    assert code == 1
    assert kept.stories[0].title in " ".join(out.split())
    assert "quote: " in err


# ---------------------------------------------------------------- ask


@pytest.mark.parametrize("name", ["latest", "id"])
def test_ask_answers_as_a_thread_does(command, kept, name):
    """By id or the latest; the JSON is a reply."""
    code, out, _ = command("ask", kept.id if name == "id" else name, "sources 1", "--format", "json")
    reply = from_json(Reply, out)
    assert code == 0
    assert reply.kind == "sources"
    assert {citation.n for citation in reply.citations} >= set(kept.stories[0].citations)


@pytest.mark.parametrize(
    ("text", "options", "label"),
    [
        ("why 1", [], "voices published"),
        ("why 1", ["--language", "ru"], "Источники:"),
        ("почему 1", [], "Источники:"),
        ("why 1", ["--format", "markdown"], "](https://"),
    ],
)
def test_ask_speaks_the_language_it_is_asked_for_or_in(command, kept, text, options, label):
    """An option, else the language of the question."""
    code, out, _ = command("ask", "latest", text, *options)
    assert code == 0
    assert label in out or label.replace("Источники", "Из этого выпуска") in out


def test_an_edition_that_is_not_there_ends_with_2_and_names_what_is(command, kept):
    """A typing error is easily corrected."""
    code, out, err = command("ask", "default-20260305-xx-1", "list")
    assert (code, out) == (2, "")
    assert kept.id in err


def test_without_any_edition_ask_says_how_to_get_one(command):
    """The first thing a newcomer tries."""
    code, _, err = command("ask", "latest", "list")
    assert code == 2
    assert "counterpoint brief" in err


# ---------------------------------------------------------------- check


def test_check_passes_a_sound_edition(command, composed):
    """From a file, in each format."""
    code, out, _ = command("check", composed / "edition.json", "--format", "json")
    verdict = json.loads(out)
    assert code == 0
    assert verdict["ok"] is True
    assert verdict["faults"] == []
    assert set(verdict) == {"ok", "faults", "notes", "rates"}
    assert command("check", composed / "edition.json")[0] == 0


def test_check_finds_a_sentence_that_nobody_said(command, composed, tmp_path):
    """The words of a quotation are changed: exit 1, with where and what."""
    document = json.loads((composed / "edition.json").read_text("utf-8"))
    document["stories"][0]["standfirst"]["text"] = "“Nobody ever said these very words in any place.”"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document))
    code, out, _ = command("check", broken, "--format", "json")
    assert code == 1
    faults = json.loads(out)["faults"]
    assert any(fault["where"].startswith("stories[0].standfirst") for fault in faults)
    assert all(set(fault) == {"rule", "where", "text"} for fault in faults)
    code, out, _ = command("check", broken)
    assert code == 1
    assert "standfirst" in out


def test_check_reads_what_is_piped_in(command, composed, monkeypatch):
    """`counterpoint brief --format json | counterpoint check -`."""
    monkeypatch.setattr(sys, "stdin", io.StringIO((composed / "edition.json").read_text("utf-8")))
    assert command("check", "-")[0] == 0


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"id": 1}', "\x00\xff"])
def test_what_is_no_edition_ends_with_2(command, tmp_path, content):
    """The first places are named."""
    file = tmp_path / "edition.json"
    file.write_text(content)
    code, out, err = command("check", file)
    assert (code, out) == (2, "")
    assert "is no edition" in err


def test_a_file_that_is_not_there_ends_with_2(command):
    """In words."""
    code, _, err = command("check", "nowhere.json")
    assert code == 2
    assert "cannot be read" in err


# ---------------------------------------------------------------- roster


def test_roster_list_shows_who_is_read(command):
    """Silent sources with what they need."""
    code, out, _ = command("roster", "list", "--roster", SAMPLE)
    assert code == 0
    assert "Imke Dawlish" in out
    assert "Silent, arxiv: needs an adapter" in " ".join(out.split())


def test_roster_list_as_json_is_the_roster(command):
    """Every thinker, every source; a tier by itself."""
    thinkers = json.loads(command("roster", "list", "--roster", SAMPLE, "--format", "json")[1])["thinkers"]
    second = json.loads(command("roster", "list", "--roster", SAMPLE, "--tier", "2", "--format", "json")[1])["thinkers"]
    assert len(thinkers) == 13
    assert [thinker["id"] for thinker in second] == ["wim-talloir"]


def test_without_a_roster_the_first_tier_of_the_shipped_one_is_read(command):
    """And nothing is written by looking at it."""
    code, out, _ = command("roster", "list", "--format", "json")
    thinkers = json.loads(out)["thinkers"]
    assert code == 0
    assert len(thinkers) > 50
    assert {thinker["tier"] for thinker in thinkers} == {1}
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


def test_remove_edits_a_copy_of_the_shipped_roster(command):
    """Start-up never writes; the first change makes the operator's own file, which is read from then on."""
    before = json.loads(command("roster", "list", "--format", "json")[1])["thinkers"]
    code, _, err = command("roster", "remove", before[0]["id"])
    assert code == 0
    assert "Made" in err
    after = json.loads(command("roster", "list", "--format", "json")[1])
    assert after["file"].endswith("counterpoint/roster.toml")
    assert [thinker["id"] for thinker in after["thinkers"]] == [thinker["id"] for thinker in before[1:]]


def test_what_is_not_on_the_roster_cannot_be_removed(command, tmp_path):
    """Exit 2, and the file stays."""
    copy = tmp_path / "roster.toml"
    shutil.copy(SAMPLE, copy)
    code, _, err = command("roster", "remove", "nobody", "--roster", copy)
    assert code == 2
    assert "nobody" in err
    assert copy.read_bytes() == SAMPLE.read_bytes()


def test_import_and_export_bring_a_list_in_and_out(command, tmp_path):
    """What another program exported is read, and ours can be read by another program."""
    listed = tmp_path / "list.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline text="Tove" xmlUrl="https://tove.example/feed.xml"/>'
        '<outline text="Bad" xmlUrl="ftp://bad.example/"/></body></opml>'
    )
    mine = tmp_path / "mine.toml"
    code, _, err = command("roster", "import", listed, "--roster", mine)
    assert code == 0
    assert "ftp://bad.example" in err
    assert "Added 1" in err
    code, out, _ = command("roster", "export", "--roster", mine)
    assert code == 0
    assert 'xmlUrl="https://tove.example/feed.xml"' in out
    code, out, _ = command("roster", "export", "--roster", mine, "--format", "toml")
    assert code == 0
    assert tomllib.loads(out)["thinkers"][0]["name"] == "Tove"


@pytest.mark.parametrize("content", [None, "no list"])
def test_a_list_that_cannot_be_read_ends_with_2(command, tmp_path, content):
    """Nothing is made of it."""
    listed = tmp_path / "list.opml"
    if content:
        listed.write_text(content)
    mine = tmp_path / "mine.toml"
    code, _, _ = command("roster", "import", listed, "--roster", mine)
    assert code == 2
    assert not mine.exists()


FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour notes</title>"
    b"<item><title>Fog</title><link>https://harbour.example/fog</link><guid>fog</guid></item></channel></rss>"
)
PAGE = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><body>Hello</body></html>"


@pytest.fixture
def site(monkeypatch):
    """A site with a home page, a feed, and nothing else, which may be fetched."""
    started: queue.Queue[tuple[WebServer, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def serve() -> None:
        pages = {"/": answer(PAGE, headers={"Content-Type": "text/html"}), "/feed.xml": answer(FEED)}
        async with web_server(pages) as server:
            over = asyncio.Event()
            started.put((server, asyncio.get_running_loop(), over))
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    server, loop, over = started.get(timeout=30)
    monkeypatch.setenv("COUNTERPOINT_ALLOW", f"127.0.0.1:{server.port}")
    yield server
    loop.call_soon_threadsafe(over.set)
    thread.join()


def test_add_finds_the_feed_of_a_home_page(command, site, tmp_path):
    """Named as the feed calls itself; a second time it is on the roster already."""
    mine = tmp_path / "mine.toml"
    code, _, err = command("roster", "add", site.url("/"), "--roster", mine)
    assert code == 0
    assert "Harbour notes" in err
    (thinker,) = tomllib.loads(mine.read_text())["thinkers"]
    assert (thinker["id"], thinker["name"], thinker["kind"]) == ("harbour-notes", "Harbour notes", "person")
    assert thinker["sources"] == [{"type": "feed", "url": site.url("/feed.xml")}]
    code, _, err = command("roster", "add", site.url("/feed.xml"), "--roster", mine)
    assert code == 2
    assert "listed already" in err


def test_add_takes_a_name_and_a_kind(command, site, tmp_path):
    """What a person knows better than the feed."""
    mine = tmp_path / "mine.toml"
    code, _, _ = command(
        "roster", "add", site.url("/feed.xml"), "--name", 'Ada "&" Tove', "--kind", "newsletter", "--roster", mine
    )
    (thinker,) = tomllib.loads(mine.read_text())["thinkers"]
    assert code == 0
    assert (thinker["name"], thinker["kind"]) == ('Ada "&" Tove', "newsletter")


def test_the_first_add_copies_the_shipped_roster(command, site):
    """The operator's own file in the data folder, with everybody who was read so far."""
    before = json.loads(command("roster", "list", "--format", "json")[1])["thinkers"]
    assert command("roster", "add", site.url("/feed.xml"))[0] == 0
    after = json.loads(command("roster", "list", "--format", "json")[1])
    assert [thinker["id"] for thinker in after["thinkers"]] == [*(t["id"] for t in before), "harbour-notes"]


def test_an_address_without_a_feed_ends_with_3_and_changes_nothing(command, site, tmp_path):
    """The network answered, and nothing could be read."""
    mine = tmp_path / "mine.toml"
    code, _, err = command("roster", "add", site.url("/nothing"), "--roster", mine)
    assert code == 3
    assert err
    assert not mine.exists()


def test_doctor_tries_the_network_when_it_is_told_to(command, site, tmp_path):
    """One source that answers is enough; none is a failure."""
    mine = tmp_path / "mine.toml"
    command("roster", "add", site.url("/feed.xml"), "--roster", mine)
    code, out, _ = command("doctor", "--network", "--roster", mine)
    assert code == 0
    assert "reached" in out
    mine.write_text(mine.read_text().replace("feed.xml", "gone.xml"))
    assert command("doctor", "--network", "--roster", mine)[0] == 3


def test_a_feed_on_the_web_is_gathered(command, site, tmp_path):
    """Over HTTP, parsed in a worker, kept."""
    mine = tmp_path / "mine.toml"
    command("roster", "add", site.url("/"), "--roster", mine)
    report = json.loads(command("gather", "--roster", mine, "--format", "json")[1])
    assert [(source["state"], source["items_new"]) for source in report["sources"]] == [("ok", 1)]


# ---------------------------------------------------------------- upkeep


@pytest.mark.parametrize(("name", "key"), [("edition", "stories"), ("reply", "kind")])
def test_schema_prints_a_json_schema(command, name, key):
    """Of what the other commands print."""
    code, out, _ = command("schema", name)
    assert code == 0
    described = json.loads(out)
    assert key in described["properties"]
    assert described["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("name", ["episodes", "weather"])
def test_a_schema_that_does_not_exist_ends_with_2(command, name):
    """With those that do."""
    code, out, err = command("schema", name)
    assert (code, out) == (2, "")
    assert "edition, episode, reply" in err


def test_migrate_makes_the_database_and_says_so_once(command):
    """Again, it has nothing to do."""
    code, out, _ = command("migrate", "--format", "json")
    first = json.loads(out)
    assert code == 0
    assert first["before"] is None
    assert first["revision"]
    assert "newest schema" in " ".join(command("migrate")[1].split())


def test_status_counts_what_is_kept(command, kept):
    """Editions, sources by state, items."""
    code, out, _ = command("status", "--roster", SAMPLE, "--format", "json")
    counted = json.loads(out)
    assert code == 0
    assert counted["editions"] == 1
    assert counted["latest"] == kept.id
    assert counted["sources"] == {"down": 1, "ok": 12, "silent": 5}
    assert counted["items"] == 58


def test_status_creates_nothing(command):
    """Looking changes nothing."""
    code, out, _ = command("status", "--roster", SAMPLE)
    assert code == 0
    assert "not yet created" in " ".join(out.split())
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


def test_doctor_finds_a_usable_program(command, monkeypatch):
    """With every setting, no password, and nothing created."""
    monkeypatch.setenv("COUNTERPOINT_ROSTER", str(SAMPLE))
    code, out, _ = command("doctor", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["ok"] is True
    found = {finding["what"]: finding for finding in report["findings"]}
    assert found["COUNTERPOINT_ROSTER"]["value"] == str(SAMPLE)
    assert found["silent: arxiv"]["verdict"] == "note"
    assert found["schema"]["value"] == "none yet"
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


def test_doctor_finds_a_database_writable(command, kept):
    """Tried, and nothing left of the trial."""
    code, out, _ = command("doctor", "--roster", SAMPLE)
    assert code == 0
    assert "writable" in out
    assert "Everything needed is there." in out


def test_doctor_names_mistakes_and_their_remedy(command, monkeypatch):
    """Exit 2."""
    monkeypatch.setenv("COUNTERPOINT_ZONE", "Mars/Phobos")
    code, out, _ = command("doctor")
    assert code == 2
    assert "COUNTERPOINT_ZONE" in out
    assert "wrong" in out


def test_doctor_names_mistakes_of_the_roster(command, tmp_path):
    """Each with its line."""
    roster = tmp_path / "roster.toml"
    roster.write_text(one_thinker("a.xml").replace("person", "robot"))
    code, out, _ = command("doctor", "--roster", roster)
    assert code == 2
    assert "robot" in out


def test_doctor_finds_a_database_that_fails(command, monkeypatch, tmp_path):
    """Exit 3, in a sentence."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database at all, only some text" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{broken}")
    code, out, _ = command("doctor", "--roster", SAMPLE)
    assert code == 3
    assert "failed" in out


def test_doctor_says_when_the_database_address_cannot_be_used(command, monkeypatch):
    """A configuration mistake, not a failure."""
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    code, out, _ = command("doctor", "--roster", SAMPLE)
    assert code == 2
    assert "DATABASE_URL" in out


def test_doctor_never_prints_a_password(command, monkeypatch):
    """A server that is not there, an address that stays secret."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:hush-hush@127.0.0.1:9/news")
    code, out, err = command("doctor", "--roster", SAMPLE)
    assert code == 3
    assert "hush" not in out + err


# ---------------------------------------------------------------- whole processes


def process(*arguments: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=100,
        check=False,
    )


def test_the_program_starts_and_says_its_help(tmp_path):
    """As a module, without loading what it does not need."""
    done = process("--help", home=tmp_path)
    assert done.returncode == 0
    assert b"Usage: counterpoint" in done.stdout


def test_help_loads_nothing_heavy(tmp_path):
    """The first thing a newcomer waits for."""
    script = (
        "import sys; from adapters.cli.app import run; run(['--help']);"
        "heavy = {'sqlalchemy', 'aiohttp', 'lxml', 'sklearn', 'pydantic_settings', 'pydantic', 'numpy', 'alembic'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_demo_prints_into_a_pipe_in_any_locale(tmp_path):
    """UTF-8 whatever the locale says, no colours, no prompt that waits."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo"], cwd=ROOT, env=environment, capture_output=True, timeout=100, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode()
    assert "\x1b" not in text
    assert "> источники 1" in text


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path):
    """`counterpoint demo | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=writing,
        stderr=subprocess.PIPE,
    ) as running:
        os.close(writing)
        _, err = running.communicate(timeout=100)
    assert running.returncode == 141
    assert err == b""


def at_a_terminal(arguments: list[str], typed: bytes, home: Path) -> tuple[int, str]:
    """Run a command with a terminal for everything, in which this was typed beforehand; its code and what is seen."""
    ours, theirs = pty.openpty()
    os.write(ours, typed)
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    seen = b""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as running:
        os.close(theirs)
        with contextlib.suppress(OSError):  # what a terminal says when the other end has gone
            while piece := os.read(ours, 65_536):
                seen += piece
        code = running.wait(timeout=100)
    os.close(ours)
    return code, re.sub(r"\x1b\]8;[^\x1b]*\x1b\\\\|\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()).replace("\r", "")


def test_in_a_terminal_the_demo_waits_for_what_is_typed(tmp_path):
    """Typed words and questions are answered until somebody leaves."""
    code, seen = at_a_terminal(["demo"], "counter 1\nвозражение 1\nquit\n".encode(), tmp_path)
    assert code == 0
    assert seen.count("> ") >= 3
    assert "Goodbye." in seen
    assert "Наберите:" in seen


def test_in_a_terminal_the_end_of_the_input_ends_the_demo(tmp_path):
    """Control-D."""
    code, seen = at_a_terminal(["demo", "--language", "ru"], b"\x04", tmp_path)
    assert code == 0
    assert "До свидания." in seen


def interruptible() -> None:
    """As a terminal starts it: what a shell has put in the background is started with interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_in_a_terminal_an_interrupt_ends_the_demo_quietly(tmp_path):
    """Control-C at the prompt: no traceback, and the code that shells know."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        preexec_fn=interruptible,  # noqa: PLW1509  # one call, which takes no lock
    ) as running:
        os.close(theirs)
        seen = b""
        while b"> " not in seen.rpartition(b"\n")[2]:
            seen += os.read(ours, 65_536)
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(OSError):  # nobody is behind it any more
            while os.read(ours, 65_536):
                """What it still prints is read: who prints to a full terminal waits for ever."""
        _, err = running.communicate(timeout=100)
    os.close(ours)
    assert running.returncode == 130
    assert b"Traceback" not in err


def test_in_a_terminal_gathering_shows_how_far_it_is(tmp_path):
    """A bar while it reads, a table when it has read."""
    code, seen = at_a_terminal(["gather", "--roster", str(SAMPLE)], b"", tmp_path)
    assert code == 0
    assert "Reading" in seen
    assert "12 of 18 sources answered" in seen


def test_a_desk_of_ones_own_can_be_asked_for(command, tmp_path, monkeypatch):
    """Its language and zone, its roster, its name in the id; a name that no desk has is refused with a hint."""
    desks = tmp_path / "desks.toml"
    desks.write_text('schema_version = 1\n[[desks]]\nid = "evening"\nname = "Evening"\nlanguage = "ru"\n')
    monkeypatch.setenv("COUNTERPOINT_DESKS", str(desks))
    code, out, _ = command("brief", "--roster", SAMPLE, "--now", EVENING, "--desk", "evening", "--format", "json")
    assert code == 0
    edition = json.loads(out)
    assert (edition["desk"], edition["language"]) == ("evening", "ru")
    assert edition["id"].startswith("evening-")
    code, _, err = command("brief", "--roster", SAMPLE, "--now", EVENING, "--desk", "evning")
    assert code == 2
    assert "did you mean evening?" in err


def test_the_doctor_names_the_desks_and_what_is_wrong_with_their_file(command, tmp_path, monkeypatch):
    """With the others of its mistakes, and what to do."""
    desks = tmp_path / "desks.toml"
    desks.write_text('schema_version = 1\n[[desks]]\nid = "evening"\nname = "Evening"\n')
    monkeypatch.setenv("COUNTERPOINT_DESKS", str(desks))
    assert "default, evening" in command("doctor", "--roster", SAMPLE)[1]
    desks.write_text('schema_version = 1\n[[desks]]\nid = "evening"\nname = "Evening"\nzone = "Mars/Phobos"\n')
    code, out, _ = command("doctor", "--roster", SAMPLE)
    assert code == 2
    assert "Mars/Phobos" in out
    assert "Correct the file of desks" in " ".join(out.split())

"""A person subscribes, changes, pauses, previews and ends it, all from the command line."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.cli.app import run
from adapters.cli.demonstration import SAMPLE
from adapters.cli.subscribed import instant_in_words, place_in_words
from adapters.wire.contract import from_json
from bot.domain.edition import Edition
from bot.domain.place import Place

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DESKS = """\
schema_version = 1
[[desks]]
id = "markets"
name = "Markets"
zone = "America/New_York"
language = "ru"
days = "mon-fri"
pm = false
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` of the working folder; every test has a database of its own."""
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
def data(command):
    """Run a command that succeeds: what it printed, as data."""

    def call(*arguments: object) -> Any:
        code, out, _ = command(*arguments, "--format", "json")
        assert code == 0
        return json.loads(out)

    return call


def lines(text: str) -> dict[str, str]:
    """The rows of a table of settings."""
    rows = (line.split("  ", 1) for line in text.splitlines() if "  " in line.strip())
    return {name: value.strip() for name, value in rows}


def database(tmp_path: Path) -> Path:
    """The database of a test."""
    return tmp_path / "home" / "data" / "counterpoint" / "counterpoint.db"


def local(zone: str, day: str) -> str:
    """A local midnight, in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()[:16]


# ---------------------------------------------------------------- subscribing


def test_with_nothing_subscribed_it_says_how_to_begin(command, data):
    """To look is no mistake; to change what is not there is one."""
    code, out, _ = command("settings")
    assert code == 0
    assert "counterpoint subscribe" in " ".join(out.split())
    assert data("settings") == {"subscriptions": []}
    for name in ("pause", "resume", "preview", "unsubscribe"):
        code, out, err = command(name, *(["4f3"] if name == "unsubscribe" else []))
        assert (code, out) == (2, "")
        assert "counterpoint subscribe" in err


def test_this_terminal_is_subscribed_by_one_word(command):
    """What it will get is shown, and what to do next: times are those of UTC until somebody says otherwise."""
    code, out, err = command("subscribe")
    shown = lines(out)
    assert code == 0
    assert (shown["place"], shown["desk"], shown["times"]) == ("console:terminal", "default", "am 07:00, pm 18:00")
    assert (shown["days"], shown["zone"], shown["language"]) == ("every day", "UTC", "en")
    assert shown["next edition"].endswith(("07:00 UTC", "18:00 UTC"))
    assert "counterpoint run" in err
    assert "counterpoint settings --zone" in err


def test_a_place_gets_what_is_asked_for(data, command):
    """Local times with their zone, and the next edition in UTC too."""
    chosen = ["--am", "7:30", "--pm", "off", "--days", "fri-mon", "--zone", "Europe/Berlin", "--language", "ru"]
    made = data("subscribe", "teams:C012", "--tenant", "teams:T1", *chosen)
    assert made["place"] == {"platform": "teams", "id": "C012", "thread": None}
    assert (made["tenant"], made["desk"], made["language"]) == ("teams:T1", "default", "ru")
    assert made["schedule"] == {
        "zone": "Europe/Berlin",
        "days": ["mon", "fri", "sat", "sun"],
        "am": "07:30",
        "pm": None,
    }
    assert (made["paused"], made["notes"]) == (None, [])
    assert made["warnings"] == ["This version does not post to teams yet: nothing comes."]
    at, there = datetime.fromisoformat(made["next"]["at"]), datetime.fromisoformat(made["next"]["local"])
    assert at == there > datetime.fromisoformat(made["since"])
    assert (f"{there:%H:%M}", there.date().isoformat()) == ("07:30", made["next"]["date"])
    assert there.weekday() in {0, 4, 5, 6}
    assert data("settings") == {"subscriptions": [made]}
    _, out, _ = command("settings")
    said = " ".join(out.split())
    assert "fri-mon 07:30 Europe/Berlin, in ru; next " in said.replace(made["id"], "")
    _, out, _ = command("settings", "--format", "markdown")
    assert out.startswith("| id | place | desk | editions |\n| --- | --- | --- | --- |\n| " + made["id"])


def test_a_channel_of_slack_is_named_with_its_workspace(data, command):
    """Which it belongs to, then; without it nobody could post there."""
    made = data("subscribe", "slack:T012/C345")
    assert (made["place"]["id"], made["tenant"], made["warnings"]) == ("T012/C345", "slack:T012", [])
    code, _, err = command("subscribe", "slack:C345")
    assert code == 2
    assert "slack:T0123456789/C0123456789" in err


def test_a_time_that_a_clock_change_skips_is_noted(command, data):
    """It is no mistake."""
    code, out, _ = command("subscribe", "--am", "02:30", "--zone", "Europe/Berlin")
    assert code == 0
    assert "02:30 does not exist in Europe/Berlin: it will be 03:30." in " ".join(out.split())
    assert all("it will be 03:30" in note for note in data("settings", "--language", "ru")["notes"])


def test_every_mistake_is_told_at_once(command, monkeypatch):
    """Those of the settings, too, and nothing is kept."""
    wrong = ["--zone", "Europe/Berlim", "--days", "1-5", "--am", "25:00", "--pm", "noon", "--language", "12"]
    code, out, err = command("subscribe", "slack:", "--desk", "defalt", *wrong)
    assert (code, out) == (2, "")
    for said in (
        "PLACE:",
        "near it: Europe/Berlin",
        "--days:",
        "--am:",
        "--pm:",
        "--language:",
        "did you mean default",
    ):
        assert said in err
    code, _, err = command("subscribe", "--am", "19:00")
    assert (code, err) == (2, "am 19:00 is not before pm 18:00; change one of them or switch it off\n")
    monkeypatch.setenv("COUNTERPOINT_CATCH_UP", "ages")
    code, _, err = command("settings", "--am", "x", "--pm", "off")
    assert code == 2
    assert "COUNTERPOINT_CATCH_UP" in err
    assert "--am" in err
    monkeypatch.delenv("COUNTERPOINT_CATCH_UP")
    assert command("settings")[1].startswith("Nothing is subscribed yet")


def test_a_language_without_labels_is_told(command):
    """The subscription is made."""
    code, _, err = command("subscribe", "--language", "de")
    assert code == 0
    assert "no labels in 'de'" in err
    assert "no labels in 'fr'" in command("settings", "--language", "fr")[2]


# ---------------------------------------------------------------- settings


def test_what_is_given_changes_and_the_rest_stays(data):
    """One subscription needs no id."""
    made = data("subscribe", "--zone", "Europe/Berlin", "--days", "mon-fri")
    changed = data("settings", "--am", "off", "--pm", "20:15")
    assert changed["schedule"] == {**made["schedule"], "am": None, "pm": "20:15"}
    again = data("settings", made["id"][:4], "--am", "06:45")
    assert again["schedule"] == {**changed["schedule"], "am": "06:45"}
    assert data("settings", made["id"]) == again
    assert data("subscribe")["schedule"] == {"zone": "UTC", "days": EVERY_DAY, "am": "07:00", "pm": "18:00"}
    assert len(data("settings")["subscriptions"]) == 1


def test_an_id_may_be_shortened_while_it_is_clear(command, data, tmp_path):
    """Several that may be meant are named; nothing at all names nothing."""
    made = data("subscribe")
    columns = "tenant, platform, place, desk, schedule, language, since, options"
    copy = f"INSERT INTO subscriptions (id, {columns}) SELECT ?, {columns} FROM subscriptions WHERE id = ?"
    with sqlite3.connect(database(tmp_path)) as connection:
        connection.executemany(copy, [(f"zzz{number}", made["id"]) for number in range(1, 7)])
    connection.close()
    assert data("settings", made["id"][:1].upper())["id"] == made["id"]
    code, _, err = command("pause")
    assert code == 2
    assert "and 2 others. Write more of the id." in err
    assert "Several subscriptions may be meant: zzz1, zzz2" in command("settings", "zz")[2]
    for wrong in ("yyy", ""):
        code, _, err = command("unsubscribe", wrong)
        assert code == 2
        assert "counterpoint settings lists them" in err
    assert len(data("settings")["subscriptions"]) == 7


# ---------------------------------------------------------------- pausing


def test_a_pause_until_a_date_ends_at_its_midnight_there(command, data):
    """The next edition is the first of that date; who looks sees why nothing comes."""
    made = data("subscribe", "--zone", "Asia/Tokyo")
    year = datetime.fromisoformat(made["since"]).year + 1
    code, out, err = command("pause", "--until", f"{year}-12-24", "--reason", "winter  sleep")
    said = " ".join(out.split())
    assert code == 0
    assert f"24 Dec {year}, 00:00 Asia/Tokyo (23 Dec, 15:00 UTC): winter sleep" in said
    assert f"24 Dec {year}, 07:00 Asia/Tokyo (23 Dec, 22:00 UTC)" in said
    assert f"counterpoint resume {made['id']}" in err
    (paused,) = data("settings")["subscriptions"]
    assert paused["paused"]["reason"] == "winter sleep"
    assert paused["paused"]["until"].startswith(local("Asia/Tokyo", f"{year}-12-24"))
    assert "paused until" in " ".join(command("settings")[1].split())
    resumed = data("resume")
    assert (resumed["paused"], resumed["next"]["slot"] in {"am", "pm"}) == (None, True)


def test_a_pause_without_an_end_lasts_until_it_is_resumed(command, data):
    """Nothing comes, and nothing of it later."""
    data("subscribe")
    paused = data("pause")
    assert (paused["paused"], paused["next"]) == ({"until": None, "reason": None}, None)
    assert "none while it is paused" in command("settings", paused["id"])[1]
    assert "paused until it is resumed" in " ".join(command("settings")[1].split())
    assert command("resume")[1].startswith("Resumed.")
    assert command("resume")[1].startswith("It was not paused.")
    assert data("settings")["subscriptions"][0]["since"] > paused["since"]


def test_a_pause_until_an_instant_ends_then(data):
    """With the offset that it was written with."""
    made = data("subscribe", "--zone", "Europe/Berlin")
    year = datetime.fromisoformat(made["since"]).year + 1
    assert data("pause", "--until", f"{year}-06-01T12:00:00+02:00")["paused"]["until"] == f"{year}-06-01T10:00:00Z"


def test_a_pause_has_an_end_that_can_be_told(command):
    """Else it does not begin."""
    command("subscribe")
    for until, said in (
        ("soon", "neither a date"),
        ("2999-01-01T10:00", "no offset"),
        ("2001-01-01", "over already"),
        ("9998-01-01", "ten years"),
    ):
        code, _, err = command("pause", "--until", until)
        assert code == 2
        assert said in err
    assert "paused" not in command("settings")[1]


# ---------------------------------------------------------------- preview and the end


def test_a_preview_is_an_edition_of_what_was_gathered(command, monkeypatch):
    """In the subscription's language; before anything was gathered it says what to do."""
    monkeypatch.setenv("COUNTERPOINT_ROSTER", str(SAMPLE))
    command("subscribe", "--language", "ru", "--zone", "Europe/Berlin")
    code, out, err = command("preview")
    assert (code, out) == (3, "")
    assert "counterpoint gather" in err
    assert command("gather")[0] == 0
    code, out, _ = command("preview", "--format", "json")
    edition = from_json(Edition, out)
    assert code == 0
    assert (edition.desk, edition.slot, edition.language) == ("default", "now", "ru")
    assert command("preview", "--format", "markdown")[1].count("Тихое время") == 1


def test_an_ended_subscription_is_gone(command, data):
    """Once."""
    made = data("subscribe")
    assert data("unsubscribe", made["id"][:5]) == {"id": made["id"], "unsubscribed": True}
    assert data("settings") == {"subscriptions": []}
    data("subscribe")
    code, out, _ = command("unsubscribe", made["id"])
    assert code == 0
    assert "console:terminal" in " ".join(out.split())


# ---------------------------------------------------------------- desks


def test_a_desk_of_the_file_has_settings_of_its_own(command, data, tmp_path, monkeypatch):
    """What is not given is as the desk has it; a desk that was taken out of the file is told."""
    path = tmp_path / "desks.toml"
    path.write_text(DESKS)
    monkeypatch.setenv("COUNTERPOINT_DESKS", str(path))
    made = data("subscribe", "--desk", "markets", "--am", "08:00")
    assert (made["desk"], made["language"]) == ("markets", "ru")
    assert made["schedule"] == {"zone": "America/New_York", "days": EVERY_DAY[:5], "am": "08:00", "pm": None}
    path.write_text("schema_version = 1\n")
    assert "The desk markets is no more" in command("settings")[1]
    code, out, err = command("preview")
    assert (code, out) == (2, "")
    assert "there is no desk 'markets'; known: default" in err


def test_a_mistake_in_the_file_is_told_with_those_of_the_command(command, tmp_path, monkeypatch):
    """With its line."""
    path = tmp_path / "desks.toml"
    path.write_text(DESKS.replace("New_York", "New_Yorc"))
    monkeypatch.setenv("COUNTERPOINT_DESKS", str(path))
    code, _, err = command("subscribe", "--days", "1-5")
    assert code == 2
    assert "desks.toml: line 2: desk \"markets\": 'America/New_Yorc' is no time zone" in err
    assert "--days:" in err


def test_a_zone_that_this_machine_does_not_know_is_told(command, data, tmp_path):
    """Nothing comes until it is changed; a pause until a date has no midnight."""
    made = data("subscribe")
    with sqlite3.connect(database(tmp_path)) as connection:
        connection.execute("UPDATE subscriptions SET schedule = replace(schedule, 'UTC', 'Europe/Atlantis')")
    connection.close()
    assert "nothing comes until it is changed" in " ".join(command("settings")[1].split())
    assert data("settings", made["id"])["next"] is None
    assert "nothing comes" in " ".join(command("settings")[1].split())
    code, _, err = command("pause", "--until", "2999-01-01")
    assert code == 2
    assert "'Europe/Atlantis' is no time zone" in err
    assert data("settings", "--zone", "UTC")["warnings"] == []


def test_places_and_instants_are_told_as_people_write_them():
    """The date in UTC only where it is another one."""
    assert place_in_words(Place("slack", "C1", "17.5")) == "slack:C1 in thread 17.5"
    at, york = datetime(2026, 3, 9, 3, 5, tzinfo=UTC), ZoneInfo("America/New_York")
    assert instant_in_words(at, york, "America/New_York") == "Sun 8 Mar 2026, 23:05 America/New_York (9 Mar, 03:05 UTC)"
    assert instant_in_words(at, UTC, "UTC") == "Mon 9 Mar 2026, 03:05 UTC"

"""The settings: safe defaults, every mistake at once, no secrets in print."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings, load
from bot.errors import ConfigError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` of the working folder is read."""
    monkeypatch.chdir(tmp_path)


def test_with_nothing_set_everything_has_a_safe_default(tmp_path):
    """SQLite in the data folder, the shipped roster, English, UTC, nothing allowed that is not public."""
    settings = load()
    data = tmp_path / "home" / "data" / "counterpoint"
    assert settings == Settings(
        database_url=f"sqlite+aiosqlite:///{data / 'counterpoint.db'}",
        roster=None,
        data=data,
        contact=None,
        language="en",
        zone="UTC",
        allow=(),
        desks=None,
        listen="127.0.0.1:8321",
        catch_up=timedelta(hours=3),
    )
    assert not data.exists()


def test_an_empty_variable_counts_as_unset(monkeypatch):
    """A `.env` copied from the example sets many things to nothing."""
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("COUNTERPOINT_ZONE", "")
    assert load().zone == "UTC"
    assert load().database_url.endswith("counterpoint.db")


def test_every_mistake_is_named_at_once_with_its_variable(monkeypatch):
    """Nobody corrects one mistake to be told the next."""
    monkeypatch.setenv("COUNTERPOINT_ROSTER", "/nowhere/roster.toml")
    monkeypatch.setenv("COUNTERPOINT_ZONE", "Mars/Phobos")
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/else")
    monkeypatch.setenv("COUNTERPOINT_DESKS", "/nowhere/desks.toml")
    monkeypatch.setenv("COUNTERPOINT_LISTEN", "8321")
    monkeypatch.setenv("COUNTERPOINT_CATCH_UP", "a while")
    monkeypatch.setenv("COUNTERPOINT_GRACE", "-1")
    monkeypatch.setenv("COUNTERPOINT_LIMITS", "now=many tea=3 question=4")
    monkeypatch.setenv("COUNTERPOINT_DISCORD_CONTENT", "perhaps")
    monkeypatch.setenv("DISCORD_TOKEN", "two words")
    with pytest.raises(ConfigError) as found:
        load()
    assert [mistake.partition(":")[0] for mistake in found.value.mistakes] == [
        "COUNTERPOINT_ROSTER",
        "COUNTERPOINT_DESKS",
        "COUNTERPOINT_LISTEN",
        "COUNTERPOINT_CATCH_UP",
        "COUNTERPOINT_GRACE",
        "COUNTERPOINT_LIMITS",
        "COUNTERPOINT_LIMITS",
        "COUNTERPOINT_DISCORD_CONTENT",
        "DISCORD_TOKEN",
        "COUNTERPOINT_ZONE",
        "DATABASE_URL",
    ]


def test_a_file_named_env_in_the_working_folder_is_read(tmp_path, monkeypatch):
    """The usual place; the environment wins over it."""
    (tmp_path / ".env").write_text("COUNTERPOINT_LANGUAGE=ru\nCOUNTERPOINT_ZONE=Europe/Riga\n")
    monkeypatch.setenv("COUNTERPOINT_ZONE", "Asia/Tokyo")
    assert (load().language, load().zone) == ("ru", "Asia/Tokyo")


def test_an_edited_roster_in_the_data_folder_is_the_roster(tmp_path):
    """What `roster add` made is read from then on; a roster that is named comes first."""
    edited = tmp_path / "home" / "data" / "counterpoint" / "roster.toml"
    edited.parent.mkdir(parents=True)
    edited.write_text("schema_version = 1\n")
    assert load().roster == edited


def test_a_named_roster_comes_before_the_edited_one(tmp_path, monkeypatch):
    """`~` and relative paths are understood."""
    named = tmp_path / "mine.toml"
    named.write_text("schema_version = 1\n")
    monkeypatch.setenv("COUNTERPOINT_ROSTER", "mine.toml")
    assert load().roster == named


def test_hosts_of_ones_own_are_a_list(monkeypatch):
    """Blanks and empty entries fall away."""
    monkeypatch.setenv("COUNTERPOINT_ALLOW", " feeds.lan:8080 , ,10.0.0.0/8")
    assert load().allow == ("feeds.lan:8080", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada:hush@db.example/news", "postgresql://…@db.example/news"),
        ("postgresql://ada:hu@sh@db.example/news", "postgresql://…@db.example/news"),
        ("sqlite:////var/news.db", "sqlite:////var/news.db"),
    ],
)
def test_a_password_is_never_shown(url, shown):
    """People paste what a program prints into public places."""
    assert Settings(url, None, Path("/data"), None, "en", "UTC", ()).database == shown


def test_the_pages_for_machines_can_be_switched_off_and_the_catch_up_set(monkeypatch):
    """Two words of an operator's day."""
    monkeypatch.setenv("COUNTERPOINT_LISTEN", "off")
    monkeypatch.setenv("COUNTERPOINT_CATCH_UP", "1.5")
    assert load().listen is None
    assert load().catch_up == timedelta(minutes=90)


def test_desks_in_the_data_folder_are_found(tmp_path):
    """The usual place for an operator's file."""
    folder = tmp_path / "home" / "data" / "counterpoint"
    folder.mkdir(parents=True)
    (folder / "desks.toml").write_text("schema_version = 1\n")
    assert load().desks == folder / "desks.toml"


def test_discord_and_the_limits_are_read(monkeypatch):
    """A token, an intent, a grace time, and limits of one's own."""
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    monkeypatch.setenv("COUNTERPOINT_DISCORD_CONTENT", "yes")
    monkeypatch.setenv("COUNTERPOINT_GRACE", "1")
    monkeypatch.setenv("COUNTERPOINT_LIMITS", "now=5, question=0")
    settings = load()
    assert (settings.discord_token, settings.discord_reads_all) == ("a.b.c", True)
    assert settings.grace == timedelta(days=1)
    assert settings.limits == {"now": 5, "question": 0}
    assert settings.secrets == ("a.b.c",)


# ---------------------------------------------------------------- Slack

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
MANY = {
    "SLACK_SIGNING_SECRET": "shh",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "quiet",
    "COUNTERPOINT_SLACK_ADDRESS": "https://bot.example.org/",
}


def test_without_a_token_slack_is_left_alone(monkeypatch):
    """Its other settings alone do not switch it on."""
    monkeypatch.setenv("COUNTERPOINT_SLACK_LISTEN", "0.0.0.0:3000")
    assert load().slack is None


@pytest.mark.parametrize(
    ("given", "one_workspace", "by_socket", "listens"),
    [
        (SOCKET, True, True, False),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh"}, True, False, True),
        (MANY, False, False, True),
        ({**MANY, "SLACK_APP_TOKEN": "xapp-1"}, False, True, True),
    ],
)
def test_slack_has_two_ways_in_and_two_ways_to_hear(monkeypatch, given, one_workspace, by_socket, listens):
    """One workspace or many; sockets or signed requests."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    slack = load().slack
    assert slack is not None
    assert (slack.one_workspace, slack.by_socket, slack.listens) == (one_workspace, by_socket, listens)
    assert slack.api == "https://slack.com/api/"
    assert slack.address in {None, "https://bot.example.org"}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is missing"),
        ({**SOCKET, "SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({**SOCKET, "SLACK_APP_TOKEN": "xapp 1"}, "SLACK_APP_TOKEN"),
        ({**MANY, "SLACK_CLIENT_ID": ""}, "SLACK_BOT_TOKEN is missing"),
        ({**MANY, "SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN and SLACK_CLIENT_SECRET"),
        ({**MANY, "COUNTERPOINT_SLACK_ADDRESS": "bot.example.org"}, "COUNTERPOINT_SLACK_ADDRESS"),
        ({**SOCKET, "COUNTERPOINT_SLACK_LISTEN": "3000"}, "COUNTERPOINT_SLACK_LISTEN"),
        ({**SOCKET, "SLACK_API_URL": "ftp://slack"}, "SLACK_API_URL"),
        ({"COUNTERPOINT_KEY": "short"}, "COUNTERPOINT_KEY"),
    ],
)
def test_half_a_slack_is_a_mistake_that_says_what_is_missing(monkeypatch, given, named):
    """Exactly one mistake, which begins with its variable."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as found:
        load()
    assert [mistake.startswith(named) for mistake in found.value.mistakes] == [True]


def test_no_secret_of_slack_is_ever_printed(monkeypatch):
    """They are known as secrets, and not part of how settings look."""
    given = {**SOCKET, "SLACK_SIGNING_SECRET": "shh-secret", "COUNTERPOINT_KEY": "k" * 32}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load()
    assert set(settings.secrets) == set(given.values())
    assert not [value for value in given.values() if value in repr(settings)]

"""What the code knows and what the documents say are the same."""

import re
from pathlib import Path

import pytest

from adapters.catalog import SOURCES, open_source
from adapters.cli.app import run
from adapters.platforms.slack.installing.flow import INSTALL
from adapters.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH, manifest
from adapters.platforms.slack.permissions import OPTIONAL, REQUIRED
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.deps import SourceDeps
from adapters.wire.http import Web
from bot.domain.roster import SourceSpec, SourceType

ROOT = Path(__file__).parents[2]
ADDRESSES = {
    SourceType.YOUTUBE: "UC" + "a" * 22,
    SourceType.GITHUB: "login",
    SourceType.BLUESKY: "name.example",
    SourceType.MASTODON: "@name@host.example",
    SourceType.FILE: "feeds",
}


def test_every_setting_is_in_the_example() -> None:
    """`.env.example` names what `bot/config.py` reads, and nothing else."""
    config = (ROOT / "bot/config.py").read_text(encoding="utf-8")
    read = {name.upper() for name in re.findall(r"^        ([a-z_]+): str = ", config, re.MULTILINE)}
    shown = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert read == shown
    assert read


def test_every_type_of_source_is_described() -> None:
    """`docs/sources.md` has a heading for each type a roster may name."""
    document = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    headings = {word for line in re.findall(r"^## (.+)$", document, re.MULTILINE) for word in line.split(" and ")}
    assert headings == {kind.value for kind in SourceType}


@pytest.mark.parametrize("kind", sorted(SOURCES))
async def test_every_entry_of_the_catalogue_opens(kind: SourceType) -> None:
    """A name in the table that does not load would only show on somebody's roster."""
    web = Web(clock=SystemClock())
    deps = SourceDeps(web, InProcess(), ROOT)
    assert open_source(SourceSpec(kind, ADDRESSES.get(kind, "https://host.example/feed")), deps) is not None
    await web.close()


def test_the_page_about_slack_names_each_scope() -> None:
    """Those that are needed and those that an admin may leave out, once each."""
    document = (ROOT / "docs/slack.md").read_text(encoding="utf-8")
    table = document.partition("## Scopes")[2].partition("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ") and "`" in line]
    named = [(row.startswith("optional: "), scope) for row in rows for scope in re.findall(r"`([^`]+)`", row)]
    assert sorted(scope for optional, scope in named if not optional) == sorted(REQUIRED)
    assert sorted(scope for optional, scope in named if optional) == sorted(OPTIONAL)


def test_the_page_about_slack_says_what_is_there() -> None:
    """Settings, addresses, commands, shortcuts: by the names that they have."""
    document = (ROOT / "docs/slack.md").read_text(encoding="utf-8")
    settings = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`((?:SLACK|COUNTERPOINT)_[A-Z_]+)", document))
    assert named <= settings
    assert {name for name in settings if "SLACK" in name} - named == {"SLACK_API_URL"}
    assert {EVENTS_PATH, REDIRECT_PATH, INSTALL} == set(re.findall(r"/slack/[a-z_]+", document))
    features = manifest()["features"]
    assert all(f"*{one['name']}*" in document for one in features["shortcuts"])
    assert all(f"`{one['command']}`" in document for one in features["slash_commands"])


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Each that the first page names."""
    assert run(["--help"]) == 0
    first = capsys.readouterr().out
    commands = re.findall(r"^  ([a-z]+)  +[A-Z]", first.partition("Commands:")[2], re.MULTILINE)
    assert {"demo", "run", "brief", "subscribe", "status", "backup"} < set(commands)
    for command in commands:
        assert run([command, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out

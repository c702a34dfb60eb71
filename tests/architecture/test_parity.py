"""What the code knows and what the documents say are the same."""

import re
from pathlib import Path

import pytest

from adapters.catalog import SOURCES, open_source
from adapters.cli.app import run
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


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Each that the first page names."""
    assert run(["--help"]) == 0
    first = capsys.readouterr().out
    commands = re.findall(r"^  ([a-z]+)  +[A-Z]", first.partition("Commands:")[2], re.MULTILINE)
    assert {"demo", "run", "brief", "subscribe", "status", "backup"} < set(commands)
    for command in commands:
        assert run([command, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out

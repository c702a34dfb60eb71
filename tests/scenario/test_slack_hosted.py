"""The bot as somebody hosts it: no token of its own, any workspace installs it, Slack sends requests."""

import socket
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.platforms.slack.installing.flow import INSTALL
from adapters.platforms.slack.manifest import EVENTS_PATH
from tests.fakes.slack import FakeSlack, Person, slack_server
from tests.fakes.slack.control import ShiftedClock
from tests.scenario.stages import PATIENCE, Bot

AT = datetime(2026, 3, 5, 21, 40, tzinfo=UTC)
KEY = "a key of thirty-two characters or more"


def free_port() -> int:
    """One that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def files(folder: Path) -> list[Path]:
    """All files of the database."""
    return sorted(folder.glob("bot.db*"))


async def installed(fake: FakeSlack, name: str, address: str) -> Person:
    """An admin of a new workspace, who has clicked through the pages."""
    team = fake.add_team(name)
    fake.add_channel(team, "briefings")
    admin = fake.person("Mira", team, admin=True, zone="Asia/Tokyo")
    admin.patience = PATIENCE
    done = await admin.install(at=address + INSTALL)
    assert done.status == 200, done.page
    return admin


@pytest.mark.timeout(200)
async def test_two_workspaces_install_it_use_it_and_one_leaves(tmp_path: Path) -> None:
    """Each by its own admin; a restart forgets nobody; no token is readable in the database; who leaves is gone."""
    clock = ShiftedClock()
    clock.shift = AT - clock.now()
    async with slack_server(clock) as fake:
        address = f"http://127.0.0.1:{free_port()}"
        environment = {
            "SLACK_SIGNING_SECRET": fake.signing_secret,
            "SLACK_CLIENT_ID": fake.client_id,
            "SLACK_CLIENT_SECRET": fake.client_secret,
            "SLACK_API_URL": fake.api,
            "COUNTERPOINT_SLACK_ADDRESS": address,
            "COUNTERPOINT_SLACK_LISTEN": address.removeprefix("http://"),
            "COUNTERPOINT_KEY": KEY,
        }
        bot = Bot(tmp_path, environment=environment)
        try:
            bot.start(clock.now(), "--no-console")
            await bot.until(lambda: bot.events("slack_listens"), "requests")
            fake.sends_to(address + EVENTS_PATH)
            mira, lev = [await installed(fake, name, address) for name in ("Harbour", "Lantern")]
            await bot.read()

            form = await mira.press(await mira.open_home(), "Set up")
            await mira.choose(form, "Channel", "briefings")
            shown = await mira.submit(form)
            while "Wait for the first" not in shown.text:
                shown = await mira.more(shown)
            assert "Patchwren" in shown.text

            await bot.stop()
            bot.start(clock.now(), "--no-console")
            await bot.until(lambda: bot.events("slack_listens"), "requests")
            card = await lev.command("/brief now 24h")
            while "Go to story" not in card.text:
                card = await lev.more(card)
            assert (await fake.http.with_bad_signature()).status == 401

            tokens = [team.bot_token.encode() for team in fake.world.teams.values()]
            written = b"".join(file.read_bytes() for file in files(tmp_path))
            assert [token for token in tokens if token in written] == []
            await lev.uninstall()
            await bot.until(lambda: bot.events("slack_uninstalled"), "a farewell")
            assert bot.rows("SELECT count(*) FROM grants")[0][0] == 1
            assert bot.rows("SELECT count(*) FROM subscriptions")[0][0] == 1
            await bot.stop()
        finally:
            if bot.process is not None and bot.process.poll() is None:
                bot.kill()
                bot.process.wait()

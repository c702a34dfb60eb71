"""Somebody installs an application from the local Slack's pages: consent, refusal, and everything that can go wrong."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.file import FileInstallationStore
from slack_sdk.oauth.state_store.file import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.contract.slack_bolt import Json, Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ installing


BASIC = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
"""Slack's library asks for tokens in a way that aiohttp warns of."""


@pytest.fixture
async def hosted(stage: Stage, tmp_path: Any) -> AsyncIterator[tuple[Stage, str]]:
    """An application that any workspace can install, at an address."""
    settings = AsyncOAuthSettings(
        client_id=stage.fake.client_id,
        client_secret=stage.fake.client_secret,
        scopes=["chat:write", "commands"],
        installation_store=FileInstallationStore(base_dir=str(tmp_path)),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path)),
        authorization_url="https://slack.com/oauth/v2/authorize",
    )
    client = AsyncWebClient(base_url=stage.fake.api)
    app = AsyncApp(client=client, signing_secret=stage.fake.signing_secret, oauth_settings=settings)
    runner = web.AppRunner(app.web_app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield stage, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/install"
    await runner.cleanup()


@BASIC
async def test_somebody_installs_through_the_pages(hosted: tuple[Stage, str]) -> None:
    """Consent, a code, a token; another workspace than the first."""
    stage, address = hosted
    team = stage.fake.add_team("Lighthouse")
    ann = stage.fake.person("Ann", team, admin=True)
    seen = await ann.install(at=address)
    assert seen.status == 200
    assert team.installed
    assert team.scopes == {"chat:write", "commands"}
    assert team.installer == ann.id


@BASIC
@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"refuse": True}, 200),
        ({"state": "another"}, 400),
        ({"other_browser": True}, 400),
        ({"code": "made-up"}, 401),
    ],
)
async def test_what_is_wrong_on_the_way_installs_nothing(hosted: tuple[Stage, str], how: Json, status: int) -> None:
    """Refused, another state, another browser, a code that Slack never gave."""
    stage, address = hosted
    team = stage.fake.add_team("Lighthouse")
    ann = stage.fake.person("Ann", team, admin=True)
    assert (await ann.install(at=address, **how)).status == status
    assert not team.installed


@BASIC
async def test_an_organization_installs_for_all_its_workspaces(hosted: tuple[Stage, str]) -> None:
    """What is sent afterwards says so."""
    stage, address = hosted
    team = stage.fake.add_team("Lighthouse", enterprise="E0ORG")
    ann = stage.fake.person("Ann", team, admin=True)
    assert (await ann.install(at=address, org_wide=True)).status == 200
    body = stage.fake.events.body(team, {"type": "app_home_opened"})
    assert body["authorizations"][0]["is_enterprise_install"] is True
    assert body["enterprise_id"] == "E0ORG"


async def test_slacks_page_refuses_an_unknown_application(stage: Stage) -> None:
    """The client id is another one's."""
    async with aiohttp.ClientSession() as session:
        page = await session.get(f"{stage.fake.address}/oauth/v2/authorize?client_id=1.1&scope=chat:write")
        assert page.status == 400

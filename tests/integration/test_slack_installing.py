"""Workspaces install us, are remembered, and remove us: over HTTP, against a Slack on this machine."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.access import Served
from adapters.platforms.slack.gateway import SlackPlatform
from adapters.platforms.slack.installing.assembly import App, Surroundings, for_many, for_one
from adapters.platforms.slack.installing.flow import INSTALL
from adapters.platforms.slack.installing.server import LARGEST, door, listening
from adapters.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from adapters.storage.memory import MemoryStore
from bot.config import SlackSettings
from bot.domain.message import Notice
from bot.domain.place import Place
from bot.errors import ConfigError, PlaceClosed
from bot.ports.office import Office
from bot.ports.platform import Inbox
from bot.services.tenancy import Tenancy
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack, Fault, Team, slack_server
from tests.fakes.slack.oauth import Browser
from tests.integration.slack_stage import Heard, Told

CATALOGUE = FluentCatalogue()
KEY, OTHER = "k" * 32, "o" * 32
ADDRESS = "https://counterpoint.example.org"
MINUTE = timedelta(minutes=1)
CSP = "Content-Security-Policy"


@dataclass
class Hosted:
    """The bot as somebody hosts it for many workspaces: its store, what it told, its address while it runs."""

    fake: FakeSlack
    clock: FakeClock
    store: MemoryStore
    told: Told = field(init=False)
    heard: Heard = field(init=False)
    address: str = ""

    def __post_init__(self) -> None:
        self.told, self.heard = Told(self.fake.world.touch), Heard(self.fake.world.touch)

    @property
    def start(self) -> str:
        return self.address + INSTALL

    @property
    def rows(self) -> list[str]:
        return sorted(self.store.contents.grants)

    @property
    def tenants(self) -> list[str]:
        return sorted(key for key, stay in self.store.contents.tenants.items() if stay.left is None)

    def platform(self, *, key: str | None = KEY) -> SlackPlatform:
        given = SlackSettings(
            signing_secret=self.fake.signing_secret,
            client_id=self.fake.client_id,
            client_secret=self.fake.client_secret,
            address=ADDRESS,
            listen="127.0.0.1:0",
            api=self.fake.api,
        )
        tenancy = Tenancy(self.store, self.clock, platforms=["slack"])
        app = App(self.fake.client_id, self.fake.client_secret, ADDRESS)
        around = Surroundings(self.store, key, self.clock, self.told, CATALOGUE, tenancy, "this process")
        installs, opened = for_many(given, app, around)

        @asynccontextmanager
        async def noted(platform: Served) -> AsyncIterator[None]:
            async with opened(platform) as address:
                self.address = str(address)
                yield

        nobody = cast("Any", None)
        return SlackPlatform(
            given,
            office=Office(nobody, nobody, nobody, nobody, nobody, nobody, nobody, tenancy, *[nobody] * 5),
            catalogue=CATALOGUE,
            clock=self.clock,
            events=self.told,
            installs=installs,
            door=noted,
            equip=self.heard.equip,
        )

    @asynccontextmanager
    async def awake(self, **changes: Any) -> AsyncIterator[SlackPlatform]:
        """It runs for the length of the block."""
        platform = self.platform(**changes)
        before = self.told.names.count("slack_listens")

        async def ignore(*_: object) -> None:
            return None

        running = asyncio.create_task(platform.run(cast("Inbox", ignore)))
        running.add_done_callback(lambda _: self.fake.world.touch())
        try:
            await self.fake.world.until(lambda: running.done() or self.told.names.count("slack_listens") > before)
            if running.done():
                await running
            self.fake.sends_to(self.address + EVENTS_PATH)
            yield platform
            await self.fake.world.until(lambda: all(one.settled for one in self.fake.deliver.sent))
        finally:
            self.fake.sends_to(None)
            running.cancel()
            with suppress(asyncio.CancelledError, ConfigError):
                await running

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        """What a browser is answered that goes straight to a path."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.address + path, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status, await answer.text(), answer.headers

    async def says(self, platform: SlackPlatform, team: Team, text: str = "The tide is in.") -> str:
        """Post to the workspace's channel, as by timetable; who said it there."""
        channel = self.fake.add_channel(team, f"keepers-{len(self.fake.world.channels)}")
        self.fake.join(channel)
        await platform.post(Place("slack", f"{team.id}/{channel.id}"), Notice(text), key="0" * 24)
        return self.fake.messages(channel)[-1].user


@pytest.fixture
async def hosted() -> AsyncIterator[Hosted]:
    clock = FakeClock()
    async with slack_server(clock) as fake:
        yield Hosted(fake, clock, MemoryStore(clock.now))


# ---------------------------------------------------------------- installing


async def test_an_admin_installs_it_and_is_greeted(hosted):
    """The page says so, with a way into App Home; the token is kept closed, and opens the workspace."""
    harbour = hosted.fake.add_team("Harbour & Sons")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake() as platform:
        seen = await mira.install(at=hosted.start)
        assert seen.status == 200
        assert "Counterpoint is installed" in seen.page
        assert "Harbour &amp; Sons" in seen.page
        app = hosted.fake.app.id
        assert f'href="slack://app?team={harbour.id}&amp;id={app}&amp;tab=home"' in seen.page
        assert f'href="https://slack.com/app_redirect?app={app}&amp;team={harbour.id}"' in seen.page
        await hosted.fake.world.until(lambda: hosted.heard.greeted)
        assert hosted.heard.greeted == [(harbour.id, mira.id)]
        assert (hosted.rows, hosted.tenants) == ([f"slack/team/{harbour.id}"], [f"slack:{harbour.id}"])
        (grant,) = hosted.store.contents.grants.values()
        assert harbour.bot_token not in grant.sealed
        assert await hosted.says(platform, harbour) == harbour.bot_user
        assert hosted.heard.kit is not None
        workspace = await hosted.heard.kit.workspaces.of(harbour.id)
        assert (workspace.installer, workspace.me) == (mira.id, harbour.bot_user)
    secrets = [harbour.bot_token, hosted.fake.client_secret, *hosted.fake.world.codes]
    assert not [secret for secret in secrets if secret in f"{hosted.told.warned} {seen.page}"]


async def test_workspaces_have_each_their_own_token(hosted):
    """What one of them says is heard as of that one; what is posted to one comes from our user there."""
    teams = [hosted.fake.add_team(name) for name in ("Harbour", "Lighthouse")]
    people = [hosted.fake.person(name, team, admin=True) for name, team in zip(("Mira", "Tom"), teams, strict=True)]
    async with hosted.awake() as platform:
        for person in people:
            assert (await person.install(at=hosted.start)).status == 200
        assert [await hosted.says(platform, team) for team in teams] == [team.bot_user for team in teams]
        for person in people:
            await person.open_home(until="heard")
        assert [one.whence.tenant for one in hosted.heard.all] == [f"slack:{team.id}" for team in teams]
    assert len({team.bot_token for team in teams}) == 2


async def test_after_a_restart_it_is_where_it_was(hosted):
    """Nobody has to install it again, and nobody is greeted again."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        await mira.install(at=hosted.start)
        await hosted.fake.world.until(lambda: hosted.heard.greeted)
    async with hosted.awake() as platform:
        assert await hosted.says(platform, harbour) == harbour.bot_user
        assert (await mira.open_home(until="heard")).error is None
        assert hosted.tenants == [f"slack:{harbour.id}"]
    assert len(hosted.heard.greeted) == 1


async def test_an_organization_installs_it_for_all_its_workspaces(hosted):
    """A workspace of it is known once something came from it; then what is posted by timetable gets there, too."""
    harbour = hosted.fake.add_team("Harbour", enterprise="E0SEA")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake() as platform:
        seen = await mira.install(at=hosted.start, org_wide=True)
        assert (seen.status, "organization" in seen.page, "slack://" in seen.page) == (200, True, False)
        assert hosted.rows == ["slack/org/E0SEA"]
        with pytest.raises(PlaceClosed):
            await platform.post(Place("slack", f"{harbour.id}/C1"), Notice("Too early."), key="0" * 24)
        await mira.open_home(until="heard")
        assert [one.whence.team for one in hosted.heard.all] == [harbour.id]
        assert hosted.rows == ["slack/org/E0SEA", f"slack/team/{harbour.id}"]
        assert await hosted.says(platform, harbour) == harbour.bot_user
    async with hosted.awake() as platform:
        assert await hosted.says(platform, harbour) == harbour.bot_user


async def test_installing_again_renews_what_is_kept(hosted):
    """One row; what an admin now allows is known; nobody is greeted twice."""
    harbour = hosted.fake.add_team("Harbour")
    mira, tom = (hosted.fake.person(name, harbour, admin=True) for name in ("Mira", "Tom"))
    async with hosted.awake():
        await mira.install(at=hosted.start, without=("channels:join", "groups:read"))
        first = hosted.store.contents.grants[f"slack/team/{harbour.id}"]
        assert "channels:join" not in (await hosted.heard.kit.workspaces.of(harbour.id)).scopes
        await tom.install(at=f"{hosted.start}?team={harbour.id}")
        assert "channels:join" in (await hosted.heard.kit.workspaces.of(harbour.id)).scopes
        assert (await hosted.heard.kit.workspaces.of(harbour.id)).installer == tom.id
        assert hosted.rows == [f"slack/team/{harbour.id}"]
        assert hosted.store.contents.grants[hosted.rows[0]] != first
        await hosted.fake.world.until(lambda: hosted.heard.greeted)
    assert hosted.heard.greeted == [(harbour.id, mira.id)]


# ---------------------------------------------------------------- what is no installation


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ({"refuse": True}, 200, "You did not allow it"),
        ({"state": "wrong"}, 401, "This link cannot be used"),
        ({"state": ""}, 401, "This link cannot be used"),
        ({"state": f"{'0' * 48}.99999999999.{'0' * 64}"}, 401, "This link cannot be used"),
        ({"other_browser": True}, 401, "This link cannot be used"),
        ({"code": "wrong"}, 400, "This link cannot be used"),
        ({"code": ""}, 400, "This link cannot be used"),
        ({"code": "x" * 501}, 400, "This link cannot be used"),
    ],
)
async def test_what_did_not_begin_here_or_was_not_allowed_installs_nothing(hosted, how, status, words):
    """A page says what it was, with a way to begin again, which leads to an installation."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        seen = await mira.install(at=hosted.start, **how)
        assert (seen.status, words in seen.page) == (status, True)
        assert f'href="{INSTALL}"' in seen.page
        assert (hosted.rows, hosted.tenants, hosted.heard.greeted) == ([], [], [])
        assert (await mira.install(at=hosted.start)).status == 200
        assert hosted.rows == [f"slack/team/{harbour.id}"]


async def test_a_state_is_good_for_ten_minutes(hosted):
    """Whoever went for a coffee begins again."""
    mira = hosted.fake.person("Mira", hosted.fake.add_team("Harbour"), admin=True)
    async with hosted.awake():
        late = await mira.install(at=hosted.start, meanwhile=lambda: hosted.clock.advance(10 * MINUTE))
        assert (late.status, hosted.rows) == (401, [])
        in_time = await mira.install(at=hosted.start, meanwhile=lambda: hosted.clock.advance(9 * MINUTE))
        assert (in_time.status, len(hosted.rows)) == (200, 1)


async def test_a_way_back_is_gone_once(hosted):
    """The same address in the same browser, opened again or by another process, installs nothing more."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake(), aiohttp.ClientSession() as session:
        browser = Browser(hosted.fake, hosted.address, session)
        _, _, to_slack = await browser.go(hosted.start)
        state = parse_qs(urlsplit(to_slack or "").query)["state"][0]
        form = {"decision": "allow", "user": mira.id, "client_id": hosted.fake.client_id, "scope": "chat:write"}
        form |= {"state": state, "redirect_uri": ADDRESS + REDIRECT_PATH}
        _, _, back = await browser.go(f"{hosted.fake.address}/oauth/v2/authorize", form)
        kept = dict(browser.cookies)
        assert (await browser.go(back or ""))[0] == 200
        assert browser.cookies != kept  # it was taken away
        browser.cookies = kept
        before = hosted.fake.calls("oauth.v2.access")
        status, text, _ = await browser.go(back or "")
        assert (status, "was used before" in text) == (401, True)
        assert hosted.fake.calls("oauth.v2.access") == before


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.FAIL, Fault.RUBBISH])
async def test_where_slack_does_not_answer_a_page_says_so(hosted, fault):
    """Nothing is kept, nothing is asked twice, and nothing is a failure of ours."""
    mira = hosted.fake.person("Mira", hosted.fake.add_team("Harbour"), admin=True)
    async with hosted.awake():
        hosted.fake.faults.next(fault, "oauth.v2.access")
        seen = await mira.install(at=hosted.start)
        assert (seen.status, "did not answer as it should" in seen.page) == (502, True)
        assert (hosted.rows, len(hosted.fake.calls("oauth.v2.access"))) == ([], 1)
        assert hosted.told.warnings == ["slack_install_failed"]


async def test_where_the_database_fails_a_page_says_so(hosted):
    """Beginning and coming back."""
    async with hosted.awake():
        _, _, headers = await hosted.get(INSTALL)
        cookie = headers["Set-Cookie"].partition(";")[0]
        await hosted.store.close()
        path = f"{REDIRECT_PATH}?code=x&state={cookie.partition('=')[2]}"
        status, text, _ = await hosted.get(path, Cookie=cookie)
        assert (status, "did not answer as it should" in text) == (503, True)
        hosted.told.warned.clear()


async def test_a_mistake_in_how_the_app_is_set_up_is_told_to_the_operator(hosted):
    """Slack names it in the address; the page does not repeat what is in an address."""
    async with hosted.awake():
        status, text, _ = await hosted.get(f"{REDIRECT_PATH}?error=invalid_scope<script>")
        assert (status, "script" in text) == (400, False)
        assert hosted.told.warned == [("slack_install_failed", {"error": "refused", "reason": "invalid_scope<script>"})]


# ---------------------------------------------------------------- leaving


async def test_uninstalling_deletes_everything_at_once(hosted):
    """Tokens and rows of that workspace; posting there is refused; installing again begins anew."""
    teams = [hosted.fake.add_team(name) for name in ("Harbour", "Lighthouse")]
    mira, tom = (hosted.fake.person(name, team, admin=True) for name, team in zip(("Mira", "Tom"), teams, strict=True))
    async with hosted.awake() as platform:
        for person in (mira, tom):
            await person.install(at=hosted.start)
        await mira.uninstall()
        await hosted.fake.world.until(lambda: "slack_uninstalled" in hosted.told.names)
        await hosted.fake.world.until(lambda: "slack_removed" in hosted.told.names)
        assert (hosted.rows, hosted.tenants) == ([f"slack/team/{teams[1].id}"], [f"slack:{teams[1].id}"])
        with pytest.raises(PlaceClosed):
            await platform.post(Place("slack", f"{teams[0].id}/C1"), Notice("Gone."), key="0" * 24)
        assert await hosted.says(platform, teams[1]) == teams[1].bot_user
        hosted.clock.advance(MINUTE)
        await mira.install(at=hosted.start)
        await hosted.fake.world.until(lambda: len(hosted.heard.greeted) == 3)
        assert await hosted.says(platform, teams[0]) == teams[0].bot_user


async def test_a_revoked_token_is_dropped_and_the_rows_wait(hosted):
    """It may be a mistake: whoever installs it again within the grace time finds everything as it was."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        await mira.install(at=hosted.start)
        hosted.clock.advance(MINUTE)
        await mira.revoke()
        await hosted.fake.world.until(lambda: "slack_removed" in hosted.told.names)
        assert (hosted.rows, hosted.tenants) == ([], [])
        assert f"slack:{harbour.id}" in hosted.store.contents.tenants


async def test_a_removal_that_slack_tells_again_does_not_undo_a_new_installation(hosted):
    """It says when it happened."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake() as platform:
        await mira.install(at=hosted.start)
        hosted.clock.advance(MINUTE)
        out = await mira.uninstall()
        await hosted.fake.world.until(lambda: {"slack_removed", "slack_uninstalled"} <= set(hosted.told.names))
        hosted.clock.advance(MINUTE)
        await mira.install(at=hosted.start)
        for sending in out.sent:
            await hosted.fake.http.post(
                text := json.dumps(sending.body), hosted.fake.http.signed(text, "application/json")
            )
        await hosted.fake.world.until(lambda: hosted.told.names.count("slack_removal_is_over") == 2)
        assert await hosted.says(platform, harbour) == harbour.bot_user


# ---------------------------------------------------------------- keys


async def test_with_a_wrong_key_it_does_not_start_and_loses_nothing(hosted):
    """The setting is named; with the right one again, everything is there."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        await mira.install(at=hosted.start)
    before = dict(hosted.store.contents.grants)
    for key in (OTHER, None):
        with pytest.raises(ConfigError, match="COUNTERPOINT_KEY"):
            async with hosted.awake(key=key):
                pass
    assert (dict(hosted.store.contents.grants), hosted.tenants) == (before, [f"slack:{harbour.id}"])
    async with hosted.awake(key=f"{OTHER},{KEY}") as platform:
        assert await hosted.says(platform, harbour) == harbour.bot_user
    async with hosted.awake(key=OTHER) as platform:
        assert await hosted.says(platform, harbour) == harbour.bot_user


async def test_a_key_that_is_set_later_seals_what_is_there(hosted):
    """At the next start."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake(key=None):
        await mira.install(at=hosted.start)
    assert harbour.bot_token in hosted.store.contents.grants[f"slack/team/{harbour.id}"].sealed
    async with hosted.awake() as platform:
        assert harbour.bot_token not in hosted.store.contents.grants[f"slack/team/{harbour.id}"].sealed
        assert await hosted.says(platform, harbour) == harbour.bot_user


async def test_a_token_that_is_rotated_is_renewed_and_goes_on(hosted):
    """Half a day later nothing has to be installed again."""
    hosted.fake.app.rotates = True
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake() as platform:
        await mira.install(at=hosted.start)
        first = harbour.bot_token
        for _ in range(3):
            hosted.clock.advance(timedelta(hours=11))
            assert await hosted.says(platform, harbour) == harbour.bot_user
        assert harbour.bot_token != first


# ---------------------------------------------------------------- the pages


@pytest.mark.parametrize(
    ("wish", "language", "words"),
    [
        ("", "en", "Add Counterpoint to Slack"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru", "Добавить Counterpoint в Slack"),
        ("de, fr;q=0.9, ru;q=0.2, en;q=0.5", "en", "Add Counterpoint to Slack"),
        ("ru;q=0, de", "en", "Add Counterpoint to Slack"),
        ("ru;q=x, *;q=0.5", "en", "Add Counterpoint to Slack"),
        ("RU", "ru", "Добавить Counterpoint в Slack"),
    ],
)
async def test_pages_speak_the_browsers_language_and_load_nothing(hosted, wish, language, words):
    """What it is, and how to install it; no script, no picture, nothing of anybody else's."""
    async with hosted.awake():
        for path, status in (("/", 200), ("/nothing", 404), (f"{REDIRECT_PATH}?error=access_denied", 200)):
            found, text, headers = await hosted.get(path, **{"Accept-Language": wish})
            assert (found, f'<html lang="{language}">' in text) == (status, True)
            assert headers["Content-Language"] == language
            assert headers[CSP].startswith("default-src 'none'; style-src 'sha256-")
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "<script" not in text
            assert "src=" not in text
            assert "http" not in text
        assert words in (await hosted.get("/", **{"Accept-Language": wish}))[1]


async def test_the_way_to_slack_names_what_we_ask_for_and_where_to_come_back(hosted):
    """With a cookie that only this address sees, and only in a request that somebody follows."""
    async with hosted.awake():
        status, _, headers = await hosted.get(f"{INSTALL}?team=T0{'%26'}scope=admin")
        location, cookie = headers["Location"], headers["Set-Cookie"]
        assert (status, location.startswith(f"{hosted.fake.address}/oauth/v2/authorize?")) == (302, True)
        assert "scope=chat:write,commands,app_mentions:read" in location
        assert "admin" not in location
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600"))
        assert "team=T0SEA" in (await hosted.get(f"{INSTALL}?team=T0SEA"))[2]["Location"]


async def test_what_a_workspace_is_called_is_no_markup(hosted):
    """Somebody else chooses that name."""
    harbour = hosted.fake.add_team('<img src=x onerror="alert(1)">')
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        page = (await mira.install(at=hosted.start)).page
        assert "<img" not in page
        assert "&lt;img" in page


# ---------------------------------------------------------------- requests


async def test_only_what_slack_signed_in_the_last_minutes_is_taken(hosted):
    """401 for everything else, 400 for what is no request, 413 for what is too large; nothing of it is heard."""
    harbour = hosted.fake.add_team("Harbour")
    mira = hosted.fake.person("Mira", harbour, admin=True)
    async with hosted.awake():
        await mira.install(at=hosted.start)
        http = hosted.fake.http
        assert (await http.verify("a challenge")).text.find("a challenge") >= 0
        assert [(await ask()).status for ask in (http.with_bad_signature, http.unsigned, http.stale)] == [401] * 3
        assert (await http.stale(age=-301.0)).status == 401
        assert (await http.broken()).status == 400
        assert (await http.broken(b"payload=%7B", "application/x-www-form-urlencoded")).status == 400
        assert (await http.broken(b"\xff\xfe")).status in {400, 401}
        text = '{"a": "' + "x" * LARGEST + '"}'
        headers = http.signed(text, "application/json")
        async with aiohttp.ClientSession() as session:
            large = io.BytesIO(text.encode())
            async with session.post(hosted.address + EVENTS_PATH, data=large, headers=headers) as answer:
                assert answer.status == 413
        assert (await hosted.get(EVENTS_PATH))[0] == 405
        assert hosted.heard.all == []
        await mira.open_home(until="heard")
        assert (await http.replayed()).status == 200
        assert hosted.told.warnings == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "event",
                    "team",
                    "team_id",
                    "user",
                    "channel",
                    "view",
                    "actions",
                    "authorizations",
                    "enterprise",
                    "command",
                    "message",
                    "payload",
                    "container",
                    "callback_id",
                    "tokens",
                    "api_app_id",
                    "trigger_id",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "text/plain", "x/y; charset=nothing", ""]
)
TYPES = st.sampled_from(
    [
        "event_callback",
        "block_actions",
        "view_submission",
        "view_closed",
        "shortcut",
        "message_action",
        "url_verification",
        "block_suggestion",
        "app_rate_limited",
    ]
)


@given(
    bodies=st.lists(
        st.tuples(
            st.binary(max_size=60)
            | json_values.map(lambda value: json.dumps(value).encode())
            | st.builds(
                lambda kind, more: json.dumps({"type": kind, **(more if isinstance(more, dict) else {})}).encode(),
                TYPES,
                json_values,
            )
            | json_values.map(lambda value: f"payload={json.dumps(value)}".encode()),
            KINDS,
        ),
        min_size=30,
        max_size=30,
    )
)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_signed_is_never_answered_with_a_failure_of_ours(bodies):
    """Rubbish of every shape: it is taken, or is none; and what comes after it is heard."""

    async def tried() -> None:
        async with AsyncExitStack() as stack:
            clock = FakeClock()
            fake = await stack.enter_async_context(slack_server(clock))
            hosted = Hosted(fake, clock, MemoryStore(clock.now))
            mira = fake.person("Mira", fake.add_team("Harbour"), admin=True)
            await stack.enter_async_context(hosted.awake())
            await mira.install(at=hosted.start)
            for body, kind in bodies:
                assert (await fake.http.broken(body, kind)).status in {200, 400, 401, 404}
            await mira.open_home(until="heard")
            assert len(hosted.heard.all) >= 1

    asyncio.run(tried())


async def test_a_failure_behind_the_door_is_no_500_and_slack_sends_it_again(hosted):
    """Whatever raises or answers so; the operator is told, the words of it stay inside."""

    async def raises(_: web.Request) -> web.StreamResponse:
        raise RuntimeError("canary")

    async def answers(_: web.Request) -> web.StreamResponse:
        return web.Response(status=500, text="canary")

    for number, handle in enumerate((raises, answers), 1):
        app = door(handle, None, catalogue=CATALOGUE, events=hosted.told)
        async with listening(app, "127.0.0.1:0") as address, aiohttp.ClientSession() as session:
            async with session.post(address + EVENTS_PATH, data=b"{}") as answer:
                assert (answer.status, "canary" in await answer.text()) == (503, False)
            async with session.get(f"{address}/") as answer:
                assert answer.status == 404
        assert hosted.told.warnings == ["slack_request_failed"] * number
    assert "canary" not in str(hosted.told.warned)


async def test_an_address_that_is_in_use_is_named(hosted):
    """By its setting."""
    app = [door(None, None, catalogue=CATALOGUE, events=hosted.told) for _ in range(3)]
    async with listening(app[0], "127.0.0.1:0") as address:
        for listen, words in ((address.removeprefix("http://"), "is in use"), ("192.0.2.1:1", "cannot be used")):
            with pytest.raises(ConfigError, match=f"COUNTERPOINT_SLACK_LISTEN: .* {words}"):
                async with listening(app[1 if "use" in words else 2], listen):
                    pass
            app[1] = app[2]
            app[2] = door(None, None, catalogue=CATALOGUE, events=hosted.told)


async def test_one_workspace_has_a_door_with_nothing_to_install(hosted):
    """Requests only."""
    harbour = hosted.fake.install(hosted.fake.add_team("Harbour"))
    given = SlackSettings(
        bot_token=harbour.bot_token,
        signing_secret=hosted.fake.signing_secret,
        listen="127.0.0.1:0",
        api=hosted.fake.api,
    )
    opened = for_one(given, CATALOGUE, hosted.told)
    platform = hosted.platform()
    async with opened(platform) as address:
        hosted.address = str(address)
        assert [(await hosted.get(path))[0] for path in ("/", INSTALL, REDIRECT_PATH)] == [404] * 3
        hosted.fake.sends_to(hosted.address + EVENTS_PATH)
        assert (await hosted.fake.http.unsigned()).status == 503  # nobody listens yet
    assert hosted.told.warnings == ["slack_request_failed"]

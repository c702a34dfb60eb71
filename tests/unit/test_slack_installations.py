"""Where we are installed: many workspaces, organizations, tokens that are renewed in time, and removals."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.oauth.installation_store import Bot, Installation

from adapters.platforms.slack.installing import record
from adapters.platforms.slack.installing.exchange import Exchange
from adapters.platforms.slack.installing.leaving import Leaving
from adapters.platforms.slack.installing.rows import Rows
from adapters.platforms.slack.installing.sealing import Seal
from adapters.platforms.slack.installing.store import Installations
from adapters.platforms.slack.installing.tokens import InstalledTokens
from adapters.storage.memory import MemoryStore
from bot.errors import ConfigError, PlaceClosed, PlatformBusy, PlatformUnavailable, StoreCorrupt
from bot.services.tenancy import Tenancy
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.readings import NOON

KEY, OTHER = "k" * 32, "o" * 32
HOUR = timedelta(hours=1)


def an_installation(team: str | None = "T1", token: str = "xoxb-1", **facts: Any) -> Installation:
    given = {"app_id": "A1", "user_id": "U1", "bot_user_id": "UB", "bot_scopes": ["chat:write", "commands"]}
    return Installation(team_id=team, bot_token=token, installed_at=NOON.timestamp(), **{**given, **facts})


def of_all(enterprise: str = "E1", token: str = "xoxb-org", **facts: Any) -> Installation:
    return an_installation(None, token, enterprise_id=enterprise, is_enterprise_install=True, **facts)


class Registry:
    """Installations on a store in memory, and what is done with them."""

    def __init__(self, store: MemoryStore | None = None, *, key: str | None = KEY) -> None:
        self.clock = FakeClock(NOON)
        self.store = store or MemoryStore(self.clock.now)
        self.sealed = Rows(Seal(key), self.clock)
        self.kept = Installations(self.store, self.sealed)
        self.events = KeptEvents()
        self.forgotten: list[str] = []
        self.tenancy = Tenancy(self.store, self.clock, platforms=["slack"])

    async def save(self, *installations: Installation) -> None:
        for each in installations:
            await self.kept.async_save(each)

    async def token(self, team: str | None, enterprise: str | None = None, *, whole: bool | None = False) -> str | None:
        found = await self.kept.async_find_installation(
            enterprise_id=enterprise, team_id=team, is_enterprise_install=whole
        )
        return found.bot_token if found else None

    @property
    def rows(self) -> list[str]:
        return sorted(self.store.contents.grants)

    def tokens(self, api: str = "http://127.0.0.1:9/api/", holder: str = "one") -> InstalledTokens:
        exchange = Exchange(api, "1.2", "secret")
        return InstalledTokens(self.kept, exchange, self.store, self.clock, self.events, holder=holder)

    async def renew(self) -> int:
        return await self.sealed.renew(self.store)

    def leaving(self, exchange: Exchange | None = None) -> Leaving:
        return Leaving(self.tenancy, self.events, self.forgotten.append, installations=self.kept, exchange=exchange)


# ---------------------------------------------------------------- the store


async def test_an_installation_comes_back_as_it_was_granted() -> None:
    """Everything that is needed; a person's own token, which nobody asked for, is not kept. The row shows nothing."""
    registry = Registry()
    whole = an_installation(
        enterprise_id="E1",
        team_name="Näher",
        bot_refresh_token="xoxe-1",
        bot_token_expires_at=1_800_000_000,
        user_token="xoxp-canary",
        user_scopes=["search:read"],
        incoming_webhook_url="https://hooks.example/canary",
    )
    await registry.save(whole)
    found = await registry.kept.async_find_installation(enterprise_id="E1", team_id="T1")
    assert found is not None
    back = vars(found)
    for name, value in vars(whole).items():
        expected = None if "user_token" in name or "webhook" in name else [] if name == "user_scopes" else value
        assert back[name] == expected, name
    (row,) = registry.store.contents.grants.values()
    assert (row.key, row.tenant) == ("slack/team/T1", "slack:T1")
    for secret in ("xoxb", "xoxe", "canary", "Näher", "chat:write"):
        assert secret not in row.sealed
    assert "canary" not in Seal(KEY).open(row.sealed)


async def test_workspaces_do_not_see_each_others_tokens() -> None:
    """Nor does one that never installed us get any."""
    registry = Registry()
    await registry.save(an_installation("T1", "xoxb-1"), an_installation("T2", "xoxb-2"))
    assert [await registry.token(team) for team in ("T1", "T2", "T3", None, "")] == [
        "xoxb-1",
        "xoxb-2",
        None,
        None,
        None,
    ]
    assert await registry.token("T3", "E1", whole=True) is None
    assert await registry.kept.teams() == ["T1", "T2"]


async def test_installing_again_replaces_what_was_granted() -> None:
    """By whomever; there is one row a workspace."""
    registry = Registry()
    await registry.save(an_installation(), an_installation(token="xoxb-9", user_id="U2", bot_scopes=["chat:write"]))
    found = await registry.kept.by_team("T1")
    assert found is not None
    assert (found.bot_token, found.user_id, found.bot_scopes) == ("xoxb-9", "U2", ["chat:write"])
    assert registry.rows == ["slack/team/T1"]


async def test_an_organizations_installation_holds_in_its_workspaces() -> None:
    """Named by what a workspace sends; a workspace's own comes first, unless it is about the organization."""
    registry = Registry()
    await registry.save(of_all(), an_installation("T1", "xoxb-own", enterprise_id="E1"))
    assert await registry.token("T1", "E1") == "xoxb-own"
    assert await registry.token("T1", "E1", whole=True) == "xoxb-org"
    for whole in (False, True, None):
        assert await registry.token("T2", "E1", whole=whole) == "xoxb-org"
        assert await registry.token(None, "E1", whole=whole) == "xoxb-org"
        assert await registry.token("T2", "E2", whole=whole) is None
    assert await registry.kept.by_team("T2") is None


async def test_a_workspace_of_an_organization_is_remembered_once_it_was_met() -> None:
    """So that what is posted by timetable, which knows the workspace only, finds the token."""
    registry = Registry()
    await registry.save(of_all(), an_installation("T1", "xoxb-own"))
    met = [await registry.kept.meet(*pair) for pair in (("T2", "E1"), ("T2", "E1"), ("T1", "E1"), ("T3", "E9"))]
    assert met == [True, False, False, False]
    assert [await registry.token(team) for team in ("T1", "T2", "T3")] == ["xoxb-own", "xoxb-org", None]
    await registry.save(of_all(token="xoxb-newer"))
    assert await registry.token("T2") == "xoxb-newer"
    assert await registry.kept.members("E1") == ["T2"]
    assert await registry.kept.teams() == ["T1", "T2"]


async def test_a_person_is_found_as_installer_only_if_they_are() -> None:
    """Nobody else has a token of their own with us."""
    registry = Registry()
    await registry.save(an_installation())
    for user, there in (("U1", True), ("U2", False), (None, True)):
        found = await registry.kept.async_find_installation(enterprise_id=None, team_id="T1", user_id=user)
        assert (found is not None) is there
    assert await registry.tokens().installer("T1") == "U1"
    assert await registry.tokens().installer("T2") is None


async def test_a_bots_token_alone_can_be_read_and_replaced() -> None:
    """Who installed it stays; one without an installation is kept, too."""
    registry = Registry()
    await registry.save(an_installation())
    bot = await registry.kept.async_find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    bot.bot_token, bot.bot_token_expires_at = "xoxb-new", 7
    await registry.kept.async_save_bot(bot)
    await registry.kept.async_save_bot(
        Bot(team_id="T2", bot_token="xoxb-2", bot_id="B2", bot_user_id="U", installed_at=1.0)
    )
    found = await registry.kept.by_team("T1")
    assert found is not None
    assert (found.bot_token, found.bot_token_expires_at, found.user_id) == ("xoxb-new", 7, "U1")
    assert await registry.token("T2") == "xoxb-2"
    assert await registry.tokens().installer("T2") is None
    assert await registry.kept.async_find_bot(enterprise_id=None, team_id="T3") is None


@pytest.mark.parametrize(
    ("enterprise", "team", "left"),
    [
        (None, "T1", ["slack/org/E1", "slack/team/T2", "slack/team/T3"]),
        ("E1", "T1", ["slack/org/E1", "slack/team/T2", "slack/team/T3"]),
        ("E1", "T2", ["slack/org/E1", "slack/team/T1", "slack/team/T3"]),
        ("E1", None, ["slack/team/T1", "slack/team/T3"]),
        ("E1", "E1", ["slack/team/T1", "slack/team/T3"]),
        (None, "E1", ["slack/team/T1", "slack/team/T3"]),
        ("E9", None, ["slack/org/E1", "slack/team/T1", "slack/team/T2", "slack/team/T3"]),
    ],
)
async def test_what_is_deleted_is_a_workspace_or_an_organization_with_those_it_holds_for(
    enterprise: str | None, team: str | None, left: list[str]
) -> None:
    """T1 installed us itself, T2 is one of E1's, T3 has nothing to do with it. Deleting the bot is the same."""
    for way in ("async_delete_all", "async_delete_bot"):
        registry = Registry()
        await registry.save(an_installation("T1"), an_installation("T3"), of_all())
        await registry.kept.meet("T2", "E1")
        await getattr(registry.kept, way)(enterprise_id=enterprise, team_id=team)
        assert registry.rows == left


@pytest.mark.parametrize(("user", "rows"), [("U2", ["slack/team/T1"]), ("U1", []), (None, [])])
async def test_a_persons_installation_is_deleted_if_it_is_theirs(user: str | None, rows: list[str]) -> None:
    """Somebody else's removal of their own changes nothing."""
    registry = Registry()
    await registry.save(an_installation())
    await registry.kept.async_delete_installation(enterprise_id=None, team_id="T1", user_id=user)
    assert registry.rows == rows


async def test_a_key_that_is_added_later_seals_what_was_kept_before() -> None:
    """At the next start; it was readable all the time. Again, there is nothing to do."""
    registry = Registry(key=None)
    await registry.save(an_installation(), of_all())
    later = Registry(registry.store, key=KEY)
    assert await later.token("T1") == "xoxb-1"
    assert await later.renew() == 2
    assert all(row.sealed.startswith("v1:") for row in registry.store.contents.grants.values())
    assert [await later.renew(), await later.token("T1"), await later.token(None, "E1")] == [
        0,
        "xoxb-1",
        "xoxb-org",
    ]
    assert await Registry(registry.store, key=f"{OTHER},{KEY}").renew() == 2
    assert await Registry(registry.store, key=OTHER).token("T1") == "xoxb-1"


@pytest.mark.parametrize("key", [None, OTHER])
async def test_a_wrong_key_is_said_and_nothing_is_lost(key: str | None) -> None:
    """At a start, by its name; while running nothing is given up: no place is closed, no token dropped."""
    registry = Registry()
    await registry.save(an_installation())
    before = dict(registry.store.contents.grants)
    wrong = Registry(registry.store, key=key)
    with pytest.raises(ConfigError, match="COUNTERPOINT_KEY"):
        await wrong.renew()
    with pytest.raises(PlatformBusy, match="COUNTERPOINT_KEY"):
        await wrong.tokens().of("T1")
    with pytest.raises(ConfigError):
        await wrong.leaving().uninstalled("T1")
    assert await wrong.kept.teams() == ["T1"]
    assert registry.store.contents.grants == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '"org"', '{"team_id": "T1"}', '{"user_id": "U", "installed_at": {}}']
)
def test_what_was_never_written_is_reported_as_damage(text: str) -> None:
    """Not passed on as if it were a token."""
    with pytest.raises(StoreCorrupt):
        record.read(text)


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": ""},
        {"access_token": 7},
        {"access_token": "x" * 4000},
        {"token_type": "user"},
        {"team": None},
        {"team": "T1"},
        {"team": {"id": None}},
        {"authed_user": {}},
        {"is_enterprise_install": True},
    ],
)
def test_an_answer_that_lacks_what_is_needed_is_no_installation(change: dict[str, Any]) -> None:
    """Whatever Slack, or something before it, makes of one."""
    whole = {"access_token": "xoxb-1", "token_type": "bot", "team": {"id": "T1"}, "authed_user": {"id": "U1"}}
    assert record.granted(whole, now=7.0).team_id == "T1"
    with pytest.raises(PlatformUnavailable):
        record.granted({**whole, **change}, now=7.0)


@pytest.mark.parametrize(
    ("seconds", "ends"),
    [(43_200, 43_207), (None, None), (0, None), (-1, None), ("9", None), (True, None), (10**12, None)],
)
def test_when_a_token_ends_is_a_number_of_seconds_from_now(seconds: object, ends: int | None) -> None:
    """What is none means that it does not end."""
    assert record.expiry({"expires_in": seconds}, now=7.5) == ends


# ---------------------------------------------------------------- tokens that end


class Renewing:
    """Slack, as far as `oauth.v2.access` and `auth.test` go."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.arrived, self.held = asyncio.Event(), asyncio.Event()
        self.held.set()
        self.status = 200
        self.error: str | None = None
        self.dead: set[str] = set()

    async def access(self, request: web.Request) -> web.Response:
        self.asked.append({key: str(value) for key, value in (await request.post()).items()})
        self.arrived.set()
        await self.held.wait()
        number = len(self.asked) + 1
        pair = {"access_token": f"xoxe.xoxb-{number}", "refresh_token": f"xoxe-{number}", "expires_in": 43_200}
        told = {"ok": False, "error": self.error} if self.error else {"ok": True, "token_type": "bot", **pair}
        return web.json_response(told, status=self.status)

    async def test(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return web.json_response({"ok": False, "error": "account_inactive"} if token in self.dead else {"ok": True})


@asynccontextmanager
async def renewing() -> AsyncIterator[tuple[Renewing, str]]:
    slack, app = Renewing(), web.Application()
    app.router.add_post("/api/oauth.v2.access", slack.access)
    app.router.add_post("/api/auth.test", slack.test)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield slack, f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        slack.held.set()
        await runner.cleanup()


def ending(at: datetime, **facts: Any) -> Installation:
    ends = int(at.timestamp())
    return an_installation(token="xoxe.xoxb-1", bot_refresh_token="xoxe-1", bot_token_expires_at=ends, **facts)


async def test_a_token_is_renewed_two_hours_before_it_ends_and_kept_before_it_is_used() -> None:
    """Once; the refresh token that came with it is the next one's."""
    async with renewing() as (slack, api):
        registry = Registry()
        tokens = registry.tokens(api)
        await registry.save(ending(NOON + 3 * HOUR))
        assert await tokens.of("T1") == "xoxe.xoxb-1"
        registry.clock.advance(HOUR)
        assert [await tokens.of("T1") for _ in range(3)] == ["xoxe.xoxb-2"] * 3
        told = {"grant_type": "refresh_token", "client_id": "1.2", "client_secret": "secret"}
        assert slack.asked == [{**told, "refresh_token": "xoxe-1"}]
        kept = await registry.kept.by_team("T1")
        assert kept is not None
        assert (kept.bot_token, kept.bot_refresh_token) == ("xoxe.xoxb-2", "xoxe-2")
        assert kept.bot_token_expires_at == int((NOON + 13 * HOUR).timestamp())
        assert (kept.user_id, kept.installed_at) == ("U1", NOON.timestamp())
        registry.clock.advance(12 * HOUR)
        assert await tokens.of("T1") == "xoxe.xoxb-3"
        assert slack.asked[1]["refresh_token"] == "xoxe-2"


async def test_of_many_who_need_a_new_token_at_once_one_asks_for_it() -> None:
    """In this process all wait for it; another process goes on with the old one, which holds for two hours more."""
    async with renewing() as (slack, api):
        registry = Registry()
        one, other = registry.tokens(api), registry.tokens(api, "two")
        await registry.save(ending(NOON + HOUR))
        slack.held.clear()
        waiting = [asyncio.create_task(one.of("T1")) for _ in range(5)]
        await slack.arrived.wait()
        assert await other.of("T1") == "xoxe.xoxb-1"
        slack.held.set()
        assert await asyncio.gather(*waiting) == ["xoxe.xoxb-2"] * 5
        assert await other.of("T1") == "xoxe.xoxb-2"
        assert len(slack.asked) == 1


async def test_an_organizations_token_is_renewed_once_for_all_its_workspaces() -> None:
    """It is one token."""
    async with renewing() as (slack, api):
        registry = Registry()
        ends = int((NOON + HOUR).timestamp())
        await registry.save(of_all(bot_refresh_token="xoxe-1", bot_token_expires_at=ends))
        await registry.kept.meet("T1", "E1")
        tokens = registry.tokens(api)
        await tokens.meet("T2", "E1")
        await tokens.meet("T3", None)
        assert await asyncio.gather(*(tokens.of(team) for team in ("T1", "T2"))) == ["xoxe.xoxb-2"] * 2
        assert len(slack.asked) == 1
        assert [facts["workspace"] for name, facts in registry.events.told if name == "slack_workspace_met"] == ["T2"]


@pytest.mark.parametrize(
    ("error", "status", "ends"), [(None, 503, PlatformBusy), ("invalid_refresh_token", 200, PlaceClosed)]
)
async def test_while_a_token_cannot_be_renewed_the_old_one_does(
    error: str | None, status: int, ends: type[Exception]
) -> None:
    """It is told each time; when it is over, it may come back later, or is gone for good, by what Slack says."""
    async with renewing() as (slack, api):
        registry = Registry()
        slack.error, slack.status = error, status
        await registry.save(ending(NOON + HOUR))
        tokens = registry.tokens(api)
        assert await tokens.of("T1") == "xoxe.xoxb-1"
        assert [name for name, _ in registry.events.warned] == ["slack_token_not_renewed"]
        registry.clock.advance(HOUR)
        with pytest.raises(ends):
            await tokens.of("T1")
        slack.error, slack.status = None, 200
        assert await tokens.of("T1") == "xoxe.xoxb-4"


async def test_a_new_token_that_cannot_be_kept_is_not_used_and_not_lost() -> None:
    """Its refresh token was good once: it is kept as soon as the database takes it, and not asked for again."""
    async with renewing() as (slack, api):
        registry = Registry()
        await registry.save(ending(NOON + HOUR))
        tokens, put = registry.tokens(api), registry.kept.async_save

        async def failing(installation: Installation) -> None:
            raise StoreCorrupt("the disk is full")

        registry.kept.async_save = failing  # type: ignore[method-assign]
        with pytest.raises(PlatformBusy, match="disk is full"):
            await tokens.of("T1")
        registry.kept.async_save = put  # type: ignore[method-assign]
        assert [await tokens.of("T1"), await tokens.of("T1")] == ["xoxe.xoxb-2"] * 2
        assert len(slack.asked) == 1


async def test_a_workspace_that_did_not_install_us_has_no_token() -> None:
    """Nor one that removed us; that is said as of a closed place."""
    registry = Registry()
    await registry.save(an_installation())
    tokens = registry.tokens()
    assert await tokens.of("T1") == "xoxb-1"
    await registry.leaving().uninstalled("T1")
    for team in ("T1", "T2", ""):
        with pytest.raises(PlaceClosed):
            await tokens.of(team)


async def test_a_database_that_is_gone_closes_no_place() -> None:
    """It will be back."""
    registry = Registry()
    await registry.store.close()
    for asking in (registry.tokens().of("T1"), registry.tokens().installer("T1"), registry.tokens().meet("T1", "E1")):
        with pytest.raises(PlatformBusy):
            await asking


# ---------------------------------------------------------------- removals


async def settled(registry: Registry) -> tuple[list[str], list[str]]:
    """Rows of grants, and the tenants that were left with a grace time."""
    async with registry.store.unit() as unit:
        return registry.rows, await unit.tenants.present("slack", left_by=registry.clock.now())


async def two_workspaces() -> Registry:
    registry = Registry()
    await registry.save(an_installation("T1"), an_installation("T2"))
    for team in ("T1", "T2"):
        await registry.tenancy.arrived(f"slack:{team}")
    return registry


async def test_what_is_uninstalled_is_deleted_at_once() -> None:
    """Tokens and rows, of this workspace only; what is remembered is let go of. Told again, it changes nothing."""
    registry = await two_workspaces()
    for _ in range(2):
        await registry.leaving().uninstalled("T1", at=NOON + HOUR)
        assert await settled(registry) == (["slack/team/T2"], [])
        assert list(registry.store.contents.tenants) == ["slack:T2"]
    assert registry.forgotten == ["T1", "T1"]


async def test_a_revoked_token_is_dropped_and_what_was_set_up_stays_a_while() -> None:
    """Installing again within the grace time, everything is as it was."""
    registry = await two_workspaces()
    await registry.leaving().revoked("T1", at=NOON + HOUR)
    assert await settled(registry) == (["slack/team/T2"], ["slack:T1"])
    await registry.save(an_installation("T1", "xoxb-again"))
    assert await registry.tenancy.arrived("slack:T1")
    assert await settled(registry) == (["slack/team/T1", "slack/team/T2"], [])


async def test_an_uninstallation_that_is_told_both_ways_ends_the_same_in_either_order() -> None:
    """Nothing is left of it when the grace time is over at the latest."""
    for order in ((0, 1), (1, 0)):
        registry = await two_workspaces()
        ways = (registry.leaving().uninstalled, registry.leaving().revoked)
        for number in order:
            await ways[number]("T1", at=NOON + HOUR)
        registry.clock.advance(timedelta(days=8))
        await registry.tenancy.purge(registry.clock.now())
        assert await settled(registry) == (["slack/team/T2"], [])
        assert list(registry.store.contents.tenants) == ["slack:T2"]


async def test_a_removal_that_is_told_late_does_not_undo_a_new_installation() -> None:
    """Slack tells again what we did not take: what is older than the token is believed only if the token is dead."""
    async with renewing() as (slack, api):
        exchange = Exchange(api, "1.2", "secret")
        registry = await two_workspaces()
        for deed in (registry.leaving(exchange).uninstalled, registry.leaving(exchange).revoked):
            await deed("T1", at=NOON - HOUR)
        assert await settled(registry) == (["slack/team/T1", "slack/team/T2"], [])
        assert registry.forgotten == []
        slack.dead.add("xoxb-1")
        await registry.leaving(exchange).uninstalled("T1", at=NOON - HOUR)
        assert registry.rows == ["slack/team/T2"]


async def test_an_organization_that_removes_us_ends_all_that_it_installed_us_in() -> None:
    """A workspace that had installed us by itself stays. Taken out of one, only that one ends."""
    registry = await two_workspaces()
    await registry.save(of_all())
    for team in ("T3", "T4", "T5"):
        await registry.kept.meet(team, "E1")
        await registry.tenancy.arrived(f"slack:{team}")
    await registry.leaving().withdrawn(["T5"])
    assert await registry.kept.members("E1") == ["T3", "T4"]
    await registry.leaving().uninstalled("E1", "E1", at=NOON + HOUR)
    assert await settled(registry) == (["slack/team/T1", "slack/team/T2"], [])
    assert sorted(registry.store.contents.tenants) == ["slack:T1", "slack:T2"]
    assert registry.forgotten == ["T5", "E1", "T3", "T4"]


async def test_with_the_operators_own_token_only_the_rows_go() -> None:
    """There is no token of ours to drop."""
    registry = Registry()
    await registry.tenancy.arrived("slack:T1")
    alone = Leaving(registry.tenancy, registry.events, registry.forgotten.append)
    await alone.revoked("T1")
    assert await settled(registry) == ([], ["slack:T1"])
    await alone.uninstalled("T1")
    assert await settled(registry) == ([], [])
    assert registry.forgotten == ["T1", "T1"]

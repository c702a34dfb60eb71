"""The Slack platform against a Slack on this machine: listening, many workspaces, ending; and the doctor."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from adapters.platforms.slack import client, sockets
from adapters.platforms.slack.access import Installs, Served
from adapters.platforms.slack.arrival import Halted, Pressed, Said, Sent, Typed
from adapters.platforms.slack.doctor import check
from adapters.platforms.slack.gateway import SlackPlatform
from bot.config import SlackSettings
from bot.domain.finding import Finding
from bot.domain.place import Place
from bot.errors import (
    ConfigError,
    PlaceClosed,
    PlatformUnavailable,
)
from tests.fakes.slack import SCOPES, Fault, Team
from tests.integration.slack_stage import CARD, PHRASES, STORY, Stage, key, nobody, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A workspace with a channel, the bot in it, and a platform that is not connected yet."""
    async with staged() as made:
        yield made


# ---------------------------------------------------------------- listening


async def test_what_people_do_reaches_the_ears(stage):
    """Over a socket; each with the workspace, the person and where it was."""
    async with stage.running():
        await stage.mira.say(stage.channel, "And the @Counterpoint tides?", until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.of(Said)) == 2)
        first, second = stage.heard.of(Said)
        assert first.id == second.id
        assert first.whence.person == f"{stage.team.id}/{stage.mira.id}"
        assert first.whence.place == stage.place
        assert first.mentions == (stage.team.bot_user,)
        await stage.mira.direct("Hello", until="heard")
        await stage.mira.command("/brief now tides", stage.channel, until="heard")
        await stage.mira.shortcut("Briefing now", until="heard")
        await stage.mira.open_home(until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.all) == 6)
    assert [type(one).__name__ for one in stage.heard.all[2:]] == ["Said", "Typed", "Called", "Opened"]
    direct, typed, called, opened = stage.heard.all[2:]
    assert (direct.direct, direct.whence.place.id) == (True, f"@{stage.team.id}/{stage.mira.id}")
    assert (typed.text, bool(typed.response_url), typed.whence.trigger) == ("now tides", True, typed.trigger)
    assert (called.callback in {"now", "briefing_now"}, opened.tab) == (True, "home")


async def test_buttons_are_heard_with_the_message_they_stand_in(stage):
    """The whole id stands in the value."""
    async with stage.running():
        card = await stage.post_card()
        story = await stage.platform.post(card.place, STORY, key=key("story-1"))
        message = stage.card_of(story)
        await stage.mira.press(message, "Sources", until="heard")
        (pressed,) = await stage.fake.world.until(lambda: stage.heard.of(Pressed))
    assert pressed.value.startswith("b1:src:")
    assert (pressed.message, pressed.whence.thread) == (story.id, card.id)
    assert pressed.whence.trigger
    assert pressed.response_url


async def test_what_nobody_said_to_us_is_left_alone(stage):
    """Our own messages, edits, deletions, people who come in."""
    async with stage.running():
        await stage.post_card()
        said = await stage.mira.say(stage.channel, "Tides", until="heard")
        await stage.mira.edit(said.said, "Tides!")
        await stage.mira.delete(said.said)
        stage.fake.join(stage.channel, stage.fake.person("Otto", stage.team))
        await stage.mira.say(stage.channel, "Last", until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.all) == 2)
    assert [one.text for one in stage.heard.all] == ["Tides", "Last"]


async def test_slack_is_told_at_once_that_something_arrived_however_long_the_work_takes(stage, monkeypatch):
    """And what hangs is ended with the platform, within a moment."""
    monkeypatch.setattr(client, "_PATIENCE", 0.05)
    stage.heard.held = asyncio.Event()
    async with stage.running():
        await stage.mira.say(stage.channel, "Tides", until="heard")
        assert all(one.settled for one in stage.fake.deliver.of("message"))
        assert len(stage.heard.all) == 1
        others = asyncio.all_tasks()
    assert not any(task.get_name() == "said" for task in asyncio.all_tasks() & others)


async def test_a_failure_of_the_ears_is_told_and_ends_nothing(stage):
    """The next message is heard."""
    stage.heard.fails = True
    async with stage.running():
        await stage.mira.say(stage.channel, "One", until="heard")
        await stage.mira.say(stage.channel, "Two", until="heard")
        await stage.fake.world.until(lambda: len(stage.told.warned) == 2)
    assert [facts["error"] for _, facts in stage.told.warned] == ["RuntimeError", "RuntimeError"]
    assert "full" not in str(stage.told.warned)


async def test_a_socket_that_breaks_is_replaced(stage):
    """Asked to go, the library opens another; what was not acknowledged comes again."""
    async with stage.running():
        sockets = stage.fake.deliver.ways[-1]
        await sockets.ask_to_go()
        await sockets.connected()
        await stage.mira.say(stage.channel, "Still there?", until="heard")
        await stage.fake.world.until(lambda: stage.heard.of(Said))


async def test_two_processes_share_what_arrives(stage):
    """Each event goes to one of them."""
    other = stage.other()
    async with stage.running(), stage.running(other):
        for n in range(4):
            await stage.mira.say(stage.channel, f"Line {n}", until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.all) == 4)
    assert len({one.id for one in stage.heard.all}) == 4


@pytest.mark.parametrize(
    ("which", "words"),
    [({"bot_token": "xoxb-wrong"}, "SLACK_BOT_TOKEN"), ({"app_token": "xapp-wrong"}, "SLACK_APP_TOKEN")],
)
async def test_a_refused_token_ends_it_with_words_for_the_operator(stage, which, words):
    """No patience mends that."""
    with pytest.raises(ConfigError, match=words):
        await stage.other(replace(stage.settings, **which)).run(nobody)


async def test_a_slack_that_cannot_be_reached_is_asked_again_by_the_core(stage):
    """It ends as unavailable."""
    with pytest.raises(PlatformUnavailable):
        await stage.other(replace(stage.settings, api="http://127.0.0.1:9/api/")).run(nobody)
    stage.fake.faults.next(Fault.UNAVAILABLE, "apps.connections.open")
    with pytest.raises(PlatformUnavailable):
        await stage.platform.run(nobody)


async def test_a_start_tells_the_core_where_we_are_and_what_is_missing(stage):
    """One workspace of ours, and the scopes that somebody has to add."""
    token = stage.fake.world.tokens[stage.team.bot_token]
    stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=frozenset(SCOPES) - {"users:read"})
    async with stage.running(), stage.store.unit() as unit:
        assert await unit.tenants.present("slack") == [f"slack:{stage.team.id}"]
    (facts,) = [facts for event, facts in stage.told.warned if event == "slack_scopes_missing"]
    assert facts["scopes"] == "users:read"


async def test_a_workspace_that_throws_us_out_is_left(stage):
    """Its rows are deleted after a grace time; its token is not used again."""
    async with stage.running():
        stage.fake.uninstall(stage.team)
        await stage.fake.world.until(lambda: {"slack_removed", "slack_uninstalled"} & set(stage.told.names))
        async with stage.store.unit() as unit:
            assert await unit.tenants.present("slack") == []


# ---------------------------------------------------------------- modals, menus, Slack's own stop


MODAL = {
    "type": "modal",
    "callback_id": "b1:ask:e-1",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "b1:ask"},
        },
        {
            "type": "input",
            "block_id": "zone",
            "optional": True,
            "label": {"type": "plain_text", "text": "Zone"},
            "element": {"type": "external_select", "action_id": "b1:set:zone", "min_query_length": 1},
        },
    ],
}


async def opened_modal(stage: Stage) -> Any:
    """A modal in front of Mira."""
    asked = await stage.mira.command("/brief ask", stage.channel, until="heard")
    (typed,) = await stage.fake.world.until(lambda: stage.heard.of(Typed))
    line: Any = stage.platform._line
    await line.rest.call(stage.team.id, "views.open", trigger_id=typed.trigger, view=MODAL)
    del asked
    return await stage.fake.world.until(lambda: stage.fake.world.modal(stage.mira.user))


async def test_a_modal_is_judged_in_the_acknowledgement_and_then_worked_on(stage):
    """With errors it stays open and nothing is done."""
    async with stage.running():
        view = await opened_modal(stage)
        stage.heard.verdicts = {"response_action": "errors", "errors": {"question": "Ask something."}}
        await stage.mira.submit(view, question="?", until="heard")
        assert stage.heard.of(Sent) == []
        stage.heard.verdicts = None
        await stage.mira.submit(view, question="Why the tides?", until="heard")
        (sent,) = await stage.fake.world.until(lambda: stage.heard.of(Sent))
        assert sent.callback == "b1:ask:e-1"
        assert sent.view["state"]["values"]["question"]["b1:ask"]["value"] == "Why the tides?"
        assert stage.fake.world.modal(stage.mira.user) is None


async def test_a_menu_that_is_searched_gets_its_options(stage):
    """In the acknowledgement, as everything that must be quick."""
    async with stage.running():
        view = await opened_modal(stage)
        found = await stage.mira.search(view, "Zone", "berl")
    assert "b1:set:zone berl" in str(found)


async def test_slacks_own_stop_reaches_the_ears(stage):
    """With the thread in which we were answering."""
    async with stage.running():
        said = await stage.mira.direct("Tides?", until="heard")
        channel = stage.fake.direct(stage.mira)
        event = {"type": "agent_session_stopped", "user": stage.mira.id, "channel": channel.id}
        stage.fake.world.emit(stage.team, event | {"thread_ts": said.said.ts, "event_ts": stage.fake.world.new_ts()})
        (halted,) = await stage.fake.world.until(lambda: stage.heard.of(Halted))
    assert halted.whence.thread == said.said.ts


# ---------------------------------------------------------------- over HTTP, many workspaces


@asynccontextmanager
async def knocking(stage: Stage, served: Served) -> AsyncIterator[str]:
    """A door without any decoration."""
    app = web.Application()
    app.router.add_post("/slack/events", served.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stage.fake.sends_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield ""
    finally:
        stage.fake.sends_to(None)
        await runner.cleanup()


def over_http(stage: Stage, **more: Any) -> SlackPlatform:
    """A platform that is sent signed requests."""
    settings = replace(stage.settings, app_token=None)
    return stage.other(settings, door=lambda served: knocking(stage, served), **more)


async def test_over_http_the_same_is_heard(stage):
    """Messages, presses, commands; and Slack's check of the address is answered."""
    async with stage.running(over_http(stage)):
        await stage.mira.say(stage.channel, "Tides?", until="heard")
        card = await stage.post_card()
        await stage.mira.press(stage.card_of(card), "Sources", story=1, until="heard")
        await stage.mira.command("/brief", stage.channel, until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.all) == 3)
        answered = await stage.fake.http.verify("a-challenge")
        assert (answered.status, "a-challenge" in answered.text) == (200, True)
    assert [type(one) for one in stage.heard.all] == [Said, Pressed, Typed]


async def test_what_slack_did_not_sign_is_refused_and_never_an_error(stage):
    """401 for a wrong or missing signature and for an old one; rubbish that is signed is 400; all of it unheard."""
    async with stage.running(over_http(stage)):
        http = stage.fake.http
        refused = [await http.with_bad_signature(), await http.unsigned(), await http.stale()]
        refused.append(await http.post("{}", {**http.signed("{}", "x"), "X-Slack-Request-Timestamp": "noon"}))
        assert [one.status for one in refused] == [401] * 4
        broken = [await http.broken(), await http.broken("[1]"), await http.broken("payload=%7B", "a/b")]
        assert [one.status for one in broken] == [400] * 3
    assert stage.heard.all == []


async def test_while_nobody_listens_slack_is_told_to_come_again(stage):
    """It repeats what was not taken."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(knocking(stage, stage.platform))
        assert (await stage.fake.http.verify()).status == 503


class Kept:
    """Tokens of several workspaces, and what happens with them."""

    def __init__(self, *teams: Team) -> None:
        self.teams_ = {team.id: team for team in teams}
        self.met: list[tuple[str, str | None]] = []
        self.gone: list[tuple[str, str]] = []
        self.by: dict[str, str] = {}

    @property
    def installs(self) -> Installs:
        return Installs(self, self.teams, self.installer, self.meet, lambda forget: self)

    async def of(self, team: str) -> str:
        if team not in self.teams_:
            raise PlaceClosed("not installed")
        return self.teams_[team].bot_token

    async def teams(self) -> list[str]:
        return sorted(self.teams_)

    async def installer(self, team: str) -> str | None:
        return self.by.get(team)

    async def meet(self, team: str, enterprise: str | None) -> None:
        self.met.append((team, enterprise))

    async def uninstalled(self, team: str, enterprise: str | None = None, *, at: Any = None) -> None:
        assert at is not None
        self.gone.append(("uninstalled", team))

    async def revoked(self, team: str, enterprise: str | None = None, *, at: Any = None) -> None:
        self.gone.append(("revoked", team))

    async def withdrawn(self, teams: Sequence[str]) -> None:
        self.gone += [("withdrawn", team) for team in teams]


async def test_many_workspaces_are_served_by_one_process_each_with_its_own_token(stage):
    """Who installed us is greeted once, directly, and nobody else."""
    port = stage.fake.add_team("Port", enterprise="E1")
    otto = stage.fake.person("Otto", port)
    quay = stage.fake.add_channel(port, "quay")
    stage.fake.install(port, by=otto)
    stage.fake.join(quay)
    kept = Kept(stage.team, port)
    kept.by = {port.id: otto.id}
    platform = over_http(stage, installs=kept.installs)
    async with stage.running(platform):
        assert stage.heard.greeted == [(port.id, otto.id)]
        await otto.say(quay, "Tides?", until="heard")
        await stage.mira.say(stage.channel, "Tides?", until="heard")
        await stage.fake.world.until(lambda: len(stage.heard.all) == 2)
        assert {one.whence.team for one in stage.heard.all} == {port.id, stage.team.id}
        ref = await platform.post(Place("slack", f"{port.id}/{quay.id}"), CARD, key=key("card"))
        assert stage.fake.world.messages[quay.id, ref.id].team == port.id
        await platform.installed(port.id)
        stage.fake.uninstall(port)
        await stage.fake.world.until(lambda: len(kept.gone) == 2)
    assert set(kept.gone) == {("uninstalled", port.id), ("revoked", port.id)}
    assert stage.heard.greeted == [(port.id, otto.id)]
    assert kept.met == [(port.id, "E1")]


async def test_what_comes_from_a_workspace_that_we_are_not_in_is_left_alone(stage, caplog):
    """Its token was dropped a moment ago: who asks for something is told so, in words of ours; the operator, once."""
    async with stage.running(over_http(stage, installs=Kept().installs)):
        await stage.mira.say(stage.channel, "Tides?", until="heard")
        seen = await stage.mira.command("/brief", stage.channel, until="heard")
        await stage.fake.world.until(lambda: "is not installed" in stage.fake.seen(stage.channel, stage.mira))
        del seen
        for n in range(3):
            await stage.mira.say(stage.channel, f"Line {n}", until="heard")
    assert stage.heard.all == []
    assert stage.told.names.count("slack_not_installed") == 1
    assert stage.told.warnings == []
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


async def test_one_workspace_of_an_organization_is_like_any_other(stage):
    """Nobody has to keep which organization it is of."""
    stage.team.enterprise = "E1"
    async with stage.running():
        await stage.mira.say(stage.channel, "Tides?", until="heard")
        (said,) = await stage.fake.world.until(lambda: stage.heard.of(Said))
    assert said.whence.tenant == f"slack:{stage.team.id}"


async def test_an_organization_that_takes_us_out_of_a_workspace_is_told_of(stage):
    """One event for several workspaces."""
    kept = Kept(stage.team)
    async with stage.running(over_http(stage, installs=kept.installs)):
        stage.fake.deliver.send(
            "events_api",
            {
                "type": "event_callback",
                "team_id": stage.team.id,
                "event": {"type": "team_access_revoked", "team_ids": ["T1", "T2"]},
            },
        )
        await stage.fake.world.until(lambda: len(kept.gone) == 2)
    assert kept.gone == [("withdrawn", "T1"), ("withdrawn", "T2")]


# ---------------------------------------------------------------- the doctor


async def examined(stage: Stage, settings: SlackSettings | None = None, **more: Any) -> dict[str, Finding]:
    """What the doctor finds, by what it looked at."""
    found = await check(settings or stage.settings, clock=stage.clock, phrases=PHRASES, **more)
    return {one.what: one for one in found}


async def test_a_doctor_finds_all_well_and_posts_nothing(stage):
    """Tokens, scopes, socket, each place."""
    direct = Place("slack", f"@{stage.team.id}/{stage.mira.id}")
    found = await examined(stage, places=[stage.place, direct, stage.place])
    assert {one.verdict for one in found.values()} <= {"ok", "note"}
    assert found["bot token"].value == f"valid, for Harbour ({stage.team.id})"
    assert found["#keepers"].value == "all rights are there"
    assert stage.fake.world.journal == []


async def test_a_doctor_names_what_is_missing_and_how_to_mend_it(stage):
    """Scopes by name; channels that are gone, archived, not ours to write in."""
    old = stage.fake.add_channel(stage.team, "old", archived=True)
    cabin = stage.fake.add_channel(stage.team, "cabin", private=True)
    quay = stage.fake.add_channel(stage.team, "quay")
    token = stage.fake.world.tokens[stage.team.bot_token]
    stage.fake.world.tokens[stage.team.bot_token] = replace(
        token, scopes=frozenset(SCOPES) - {"im:write", "groups:history"}
    )
    here = [Place("slack", f"{stage.team.id}/{one.id}") for one in (old, cabin, quay)]
    found = await examined(stage, places=[*here, Place("slack", "T9/C9"), Place("slack", "?")])
    assert found["#old"].verdict == "wrong"
    assert "/invite @Counterpoint" in (found[f"channel {here[1].id}"].remedy or "")
    assert found["#quay"].value == "will be joined with the first edition"
    assert found["channel T9/C9"].verdict == found["channel ?"].verdict == "wrong"
    told = await check(stage.settings, clock=stage.clock, phrases=PHRASES)
    (scopes,) = [one for one in told if one.what == "scopes" and one.verdict == "wrong"]
    assert scopes.value == "missing: im:write"
    assert "OAuth & Permissions" in (scopes.remedy or "")
    (optional,) = [one for one in told if one.what == "scopes" and one.verdict == "note"]
    assert "groups:history" in optional.value


async def test_a_doctor_raises_nothing_whatever_is_refused(stage):
    """Tokens that are wrong, a Slack that does not answer, nobody who has installed us."""
    wrong = replace(stage.settings, bot_token="xoxb-wrong", app_token="xapp-wrong")
    found = await examined(stage, wrong, places=[stage.place])
    assert found["bot token"].verdict == found["app token"].verdict == "wrong"
    away = replace(stage.settings, api="http://127.0.0.1:9/api/")
    assert {one.verdict for one in (await examined(stage, away)).values()} == {"failed"}
    many = SlackSettings(signing_secret="s", address="https://bot.example", api=stage.fake.api)
    found = await examined(stage, many, tokens=Kept())
    assert found["workspaces"].verdict == found["events"].verdict == "note"
    assert (await examined(stage, many, tokens=Kept(), teams=["T9"]))["bot token T9"].verdict == "wrong"
    stage.fake.faults.next(Fault.UNAVAILABLE, "conversations.info", times=3)
    found = await examined(stage, places=[stage.place])
    assert found[f"channel {stage.place.id}"].verdict == "failed"


# ---------------------------------------------------------------- workspaces, people


async def test_people_are_known_for_minutes_and_their_rights_never(stage):
    """A locale, a zone, a name; whether they manage is asked each time."""
    otto = stage.fake.person("Otto", stage.team, locale="ru-RU", zone="Europe/Berlin")
    async with stage.running():
        kit = stage.heard.kit
        profile = await kit.workspaces.profile(stage.team.id, otto.id)
        assert (profile.name, profile.language, profile.zone) == ("Otto", "ru-RU", "Europe/Berlin")
        before = len(stage.fake.calls("users.info"))
        assert await kit.workspaces.profile(stage.team.id, otto.id) == profile
        assert len(stage.fake.calls("users.info")) == before
        assert not await kit.workspaces.may_manage(stage.team.id, otto.id)
        otto.user.admin = True
        assert await kit.workspaces.may_manage(stage.team.id, otto.id)
        assert await kit.workspaces.may_manage(stage.team.id, stage.mira.id)
        stage.fake.faults.next(Fault.UNAVAILABLE, "users.info", times=9)
        with pytest.raises(PlatformUnavailable):
            await kit.workspaces.may_manage(stage.team.id, otto.id)
        stage.clock.advance(timedelta(hours=1))
        assert await kit.workspaces.profile(stage.team.id, otto.id) == profile
        unknown = await kit.workspaces.profile(stage.team.id, "U0NOBODY")
        assert (unknown.name, unknown.language, unknown.zone, unknown.manages) == ("U0NOBODY", "en-US", None, False)


async def test_a_window_that_is_closed_and_an_event_without_use_are_taken(stage):
    """Slack asks once; nobody here has to do anything."""
    async with stage.running():
        channel = {"type": "channel_rename", "channel": {"id": stage.channel.id, "name": "watch"}}
        who = {"id": stage.team.id, "domain": "harbour"}
        kinds = (
            ("events_api", {"type": "event_callback", "team_id": stage.team.id, "event": channel}),
            (
                "interactive",
                {
                    "type": "view_closed",
                    "team": who,
                    "user": {"id": "U1"},
                    "view": {"type": "modal", "callback_id": "b1:ask"},
                },
            ),
            (
                "interactive",
                {
                    "type": "view_submission",
                    "team": who,
                    "user": {"id": "U1"},
                    "view": {"type": "modal", "callback_id": ""},
                },
            ),
        )
        sent = [stage.fake.deliver.send(kind, body) for kind, body in kinds]
        await stage.fake.world.until(lambda: all(one.settled for one in sent))
    assert [one.state for one in sent] == ["arrived"] * 3
    assert stage.heard.all == []


async def test_an_app_token_that_is_taken_away_ends_it(stage):
    """When the connection breaks and cannot come back."""
    task = asyncio.create_task(stage.platform.run(nobody))
    await stage.fake.world.until(lambda: "slack_listens" in stage.told.names)
    del stage.fake.world.tokens[stage.fake.app_token]
    await stage.fake.sockets.ask_to_go()
    with pytest.raises(ConfigError, match="SLACK_APP_TOKEN"):
        await task
    assert all("ticket-" not in str(facts) for _, facts in stage.told.warned)


async def test_a_connection_that_cannot_be_opened_ends_it_for_the_core_to_try_again(stage, monkeypatch):
    """The library would go on with the same address for ever."""
    stage.fake.sockets.refusing = True
    monkeypatch.setattr(sockets, "_OPENING", 0.05)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.run(nobody)
    assert "slack_connection" in stage.told.warnings
    assert all("ticket-" not in str(facts) for _, facts in stage.told.warned)


async def test_a_connection_that_does_not_come_back_ends_it_for_the_core_to_try_again(stage, monkeypatch):
    """Nobody would notice otherwise."""
    monkeypatch.setattr(sockets, "_LOOK", 0.02)
    task = asyncio.create_task(stage.platform.run(nobody))
    await stage.fake.world.until(lambda: "slack_listens" in stage.told.names)
    stage.fake.sockets.refusing = True
    await stage.fake.sockets.drop()
    with pytest.raises(PlatformUnavailable, match="did not come back"):
        await task


async def test_settings_that_the_library_finds_by_itself_are_left_alone(stage, monkeypatch, caplog):
    """Bolt reads the environment; what is in it was read by us already, and nothing is warned of."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "not-this-one")
    async with stage.running():
        await stage.mira.say(stage.channel, "Tides?", until="heard")
        await stage.fake.world.until(lambda: stage.heard.of(Said))
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]

"""What is asked of Slack, and what is remembered of it: once, in turn, or again, as each may be."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.rest import OneToken, SlackRest
from adapters.platforms.slack.turns import PAUSE, Turns
from adapters.platforms.slack.workspaces import SlackWorkspaces
from bot.errors import MessageRefused, PlaceClosed, PlatformBusy, PlatformUnavailable
from tests.fakes.clock import FakeClock
from tests.fakes.slack import SCOPES, FakeSlack, Fault, Person, Team, slack_server


class Asking:
    """The Web API of a workspace on this machine."""

    def __init__(self, fake: FakeSlack, clock: FakeClock) -> None:
        self.fake, self.clock = fake, clock
        self.team: Team = fake.add_team("Harbour")
        self.channel = fake.add_channel(self.team, "keepers")
        self.mira: Person = fake.person("Mira", self.team, admin=True)
        fake.install(self.team, by=self.mira)
        fake.join(self.channel)
        self.rest = self.made()
        self.workspaces = SlackWorkspaces(self.rest, clock, managers=["U0NAMED"])

    def made(self, **more: Any) -> SlackRest:
        """Another one."""
        return SlackRest(self.fake.api, OneToken(self.team.bot_token), self.clock, **more)

    async def say(self, text: str, rest: SlackRest | None = None) -> Any:
        rest = rest or self.rest
        return await rest.post(self.team.id, self.channel.id, "chat.postMessage", text=text, thread_ts=None)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.fake.messages(self.channel)]


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    """A workspace with a channel that we are in."""
    clock = FakeClock()
    async with AsyncExitStack() as stack:
        made = Asking(await stack.enter_async_context(slack_server(clock)), clock)
        stack.push_async_callback(made.rest.close)
        yield made


CHANGING = [
    ("conversations.open", {"users": "U00000004"}),
    ("conversations.join", {"channel": "C00000003"}),
    ("chat.update", {"channel": "C00000003", "ts": "1.0", "text": "x"}),
    ("views.publish", {"user_id": "U00000004", "view": {}}),
]


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.DROP_BEFORE, Fault.FAIL])
@pytest.mark.parametrize(("method", "arguments"), CHANGING)
async def test_what_changes_something_is_asked_for_once(asking, method, arguments, fault):
    """Whoever asked decides what becomes of the doubt."""
    asking.fake.faults.next(fault, method)
    with pytest.raises(PlatformUnavailable):
        await asking.rest.call(asking.team.id, method, **arguments)
    assert asking.clock.slept == []


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.UNAVAILABLE, Fault.RUBBISH, Fault.INTERNAL])
@pytest.mark.parametrize("method", ["users.info", "conversations.info", "conversations.history"])
async def test_what_changes_nothing_is_asked_for_three_times(asking, method, fault):
    """Then it is given up."""
    given = {"user": asking.mira.id} if method == "users.info" else {"channel": asking.channel.id}
    asking.fake.faults.next(fault, method, times=2)
    assert (await asking.rest.look_up(asking.team.id, method, **given))["ok"]
    asking.fake.faults.next(fault, method, times=12)  # aiohttp asks again by itself for what it may
    with pytest.raises(PlatformUnavailable):
        await asking.rest.look_up(asking.team.id, method, **given)


async def test_an_answer_that_takes_too_long_leaves_it_open_whether_it_was_taken(asking):
    """The message comes late, and was not sent again."""
    asking.fake.faults.slow = 0.1
    asking.fake.faults.next(Fault.LATE, "chat.postMessage")
    hasty = asking.made(timeout=0.03)
    with pytest.raises(PlatformUnavailable):
        await asking.say("Tides", hasty)
    await hasty.close()
    await asking.fake.world.until(lambda: asking.texts == ["Tides"])


async def test_a_rate_limit_that_never_ends_is_given_back(asking):
    """After a few short waits."""
    asking.fake.faults.next(Fault.BUSY, "chat.postMessage", times=99)
    with pytest.raises(PlatformBusy):
        await asking.say("Tides")
    assert asking.texts == []


async def test_a_page_of_a_proxy_is_no_answer(asking):
    """Plain text, HTML, a list: it may have been taken."""
    said: list[web.Response] = []

    async def answer(request: web.Request) -> web.Response:
        del request
        return said.pop()

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    rest = SlackRest(f"http://127.0.0.1:{runner.addresses[0][1]}/api/", OneToken("xoxb"), asking.clock)
    try:
        for body, kind in (
            ("Hello.", "text/plain"),
            ("<html>", "text/html"),
            ("[]", "application/json"),
            ("{", "application/json"),
        ):
            said.append(web.Response(text=body, content_type=kind))
            with pytest.raises(PlatformUnavailable):
                await rest.call("T1", "chat.postMessage", text="x")
        said.append(web.json_response({"ok": True}))
        with pytest.raises(PlatformUnavailable):
            await SlackWorkspaces(rest, asking.clock).mine()
        workspaces = SlackWorkspaces(rest, asking.clock)
        unread: Any = None
        places = Places(Kit(rest, workspaces, unread, unread, asking.clock, unread))
        said.append(web.json_response({"ok": True}))
        with pytest.raises(PlatformUnavailable):
            await places.look_up("T1", "C1")
        said += [web.json_response({"ok": True}), web.json_response({"ok": True})]
        for nothing in (SlackWorkspaces(rest, asking.clock).may_manage, SlackWorkspaces(rest, asking.clock).direct):
            with pytest.raises(PlatformUnavailable):
                await nothing("T1", "U1")
    finally:
        await rest.close()
        await runner.cleanup()


async def test_a_command_is_answered_through_its_own_address(asking):
    """Five times; then it is used up. What cannot be shown is refused."""
    url = asking.fake.world.add_response_url(asking.team.id, asking.mira.id, asking.channel.id)
    await asking.rest.respond(url, text="Only you see this.", response_type="ephemeral")
    with pytest.raises(MessageRefused):
        await asking.rest.respond(url)
    for fault, kind in ((Fault.UNAVAILABLE, PlatformUnavailable), (Fault.BUSY, PlatformBusy)):
        asking.fake.faults.next(fault, "response_url")
        with pytest.raises(kind):
            await asking.rest.respond(url, text="x")
    asking.clock.advance(timedelta(hours=1))
    with pytest.raises(PlaceClosed):
        await asking.rest.respond(url, text="x")


async def test_connections_are_shared_and_closed_for_good(asking):
    """One session for everything; what is still at work when we end opens no other."""
    await asking.say("One")
    session: Any = asking.rest._session
    await asking.say("Two")
    assert asking.rest._session is session
    await asking.rest.close()
    assert isinstance(session, aiohttp.ClientSession)
    assert session.closed
    with pytest.raises(PlatformUnavailable):
        await asking.say("Three")
    assert asking.texts == ["One", "Two"]


# ---------------------------------------------------------------- turns, memory


async def test_turns_are_taken_in_order_a_second_apart():
    """Also by those who fail."""
    clock = FakeClock()
    turns, order = Turns(clock), []

    async def take(n: int) -> None:
        async with turns.turn("C1"):
            order.append((n, clock.now()))
            if n == 1:
                raise ValueError("it failed")

    await asyncio.gather(*(take(n) for n in range(4)), return_exceptions=True)
    assert [n for n, _ in order] == [0, 1, 2, 3]
    assert all(later - earlier >= PAUSE for (_, earlier), (_, later) in itertools.pairwise(order))


async def test_a_clock_that_is_set_back_makes_nobody_wait_for_an_hour():
    """A pause at most."""
    clock = FakeClock()
    turns = Turns(clock)
    async with turns.turn("C1"):
        pass
    clock.advance(timedelta(hours=-1))
    async with turns.turn("C1"):
        pass
    assert clock.slept == [PAUSE]


async def test_thousands_of_channels_are_not_remembered():
    """Those whose second is over are forgotten."""
    clock = FakeClock()
    turns = Turns(clock)
    for n in range(2000):
        async with turns.turn(f"C{n}"):
            pass
        clock.advance(timedelta(seconds=1))
    assert len(turns) <= 500


# ---------------------------------------------------------------- workspaces


async def test_a_workspace_is_asked_for_once_in_ten_minutes_and_believed_while_slack_is_away(asking):
    """Events come many a second; a token that is refused is another matter."""
    for _ in range(3):
        found = await asking.workspaces.of(asking.team.id)
    assert len(asking.fake.calls("auth.test")) == 1
    assert (found.team, found.name, found.me) == (asking.team.id, "Harbour", asking.team.bot_user)
    assert found.address.endswith("/")
    assert found.scopes == frozenset(SCOPES)
    asking.clock.advance(timedelta(minutes=11))
    asking.fake.faults.next(Fault.UNAVAILABLE, "auth.test", times=3)
    assert await asking.workspaces.of(asking.team.id) == found
    asking.fake.faults.next(Fault.UNAVAILABLE, "auth.test", times=3)
    with pytest.raises(PlatformUnavailable):
        await asking.workspaces.of("T0OTHER")
    asking.fake.uninstall(asking.team)
    with pytest.raises(PlaceClosed):
        await asking.workspaces.of(asking.team.id)


async def test_who_manages_is_an_admin_or_installed_us_or_was_named_and_is_still_there(asking):
    """Without the scope to ask, only those whom nobody has to ask for."""
    team = asking.team.id
    otto, anna = asking.fake.person("Otto", asking.team), asking.fake.person("Anna", asking.team)

    async def installer(team: str) -> str | None:
        del team
        return str(otto.id)

    people = SlackWorkspaces(asking.rest, asking.clock, managers=[f"{team}/{anna.id}"], installer=installer)
    assert [await people.may_manage(team, one.id) for one in (asking.mira, otto, anna)] == [True, True, True]
    stranger = asking.fake.person("Lou", asking.team)
    assert not await people.may_manage(team, stranger.id)
    asking.mira.user.deleted = True
    assert not await people.may_manage(team, asking.mira.id)
    token = asking.fake.world.tokens[asking.team.bot_token]
    asking.fake.world.tokens[asking.team.bot_token] = replace(token, scopes=frozenset({"chat:write"}))
    assert [await people.may_manage(team, one.id) for one in (asking.mira, otto, anna)] == [False, True, True]
    assert (await people.profile(team, otto.id)).name == otto.id
    before = len(asking.fake.calls("users.info"))
    await people.profile(team, otto.id)
    assert len(asking.fake.calls("users.info")) == before


async def test_a_token_that_is_refused_while_somebody_is_asked_for_is_told(asking):
    """It is no missing scope."""
    asking.fake.faults.next(Fault.REVOKED, "users.info")
    with pytest.raises(PlaceClosed):
        await asking.workspaces.may_manage(asking.team.id, asking.mira.id)

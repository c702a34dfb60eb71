"""A Slack that is steered by requests, as from another process."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from tests.contract.slack_stage import error_of
from tests.fakes.slack import FakeSlack, slack_server
from tests.fakes.slack.control import Control, ShiftedClock


class Steer:
    """Asks, and expects to be answered."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self._address, self._session = address, session

    async def do(self, what: str, /, status: int = 200, **given: Any) -> Any:
        async with self._session.post(f"{self._address}/control/{what}", json=given) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json()

    async def look(self, what: str, /, **query: str) -> Any:
        async with self._session.get(f"{self._address}/control/{what}", params=query) as answer:
            return await answer.json() if answer.content_type == "application/json" else await answer.text()


@asynccontextmanager
async def steered() -> AsyncIterator[tuple[FakeSlack, Steer]]:
    clock = ShiftedClock()
    async with (
        slack_server(clock, control=lambda fake: Control(fake, clock)) as fake,
        aiohttp.ClientSession() as session,
    ):
        yield fake, Steer(fake.address, session)


async def test_everything_can_be_done_from_outside() -> None:
    """A workspace, a channel, people, words; what was taken is in the journal, who would be rung in the state."""
    async with steered() as (fake, steer):
        team = (await steer.do("team", name="Harbour"))["id"]
        mira = (await steer.do("person", name="Mira", team=team, admin=True))["id"]
        token = (await steer.do("install", team=team, by=mira))["token"]
        channel = (await steer.do("channel", team=team, name="keepers", joined=True))["id"]
        client = AsyncWebClient(token, base_url=fake.api)
        root = (await client.chat_postMessage(channel=channel, text="<!here> low water"))["ts"]
        said = await steer.do("say", person=mira, channel=channel, text="When?", thread=root)
        journal = await steer.look("journal")
        assert [(one["ts"], one["deleted"]) for one in journal["taken"]] == [(root, False)]
        assert (await steer.look("journal", after=str(journal["next"])))["taken"] == []
        state = await steer.look("state")
        assert state["pings"] == {f"{channel}/{root}": {"everyone": ["here"], "users": [], "groups": []}}
        assert state["channels"][channel]["messages"] == 2
        assert float(said["ts"]) > float(root)
        assert "low water" in await steer.look("seen", channel=channel, person=mira)
        await steer.do("uninstall", team=team)
        assert await error_of(client.auth_test()) == "account_inactive"


async def test_faults_pace_and_time_are_set_from_outside() -> None:
    """Planned ones, rates, the real pace, the small history, the clock, where requests go; nonsense is refused."""
    async with steered() as (fake, steer):
        team = (await steer.do("team", name="Harbour"))["id"]
        client = AsyncWebClient((await steer.do("install", team=team))["token"], base_url=fake.api)
        await steer.do("faults", next="fail", method="auth.test")
        assert await error_of(client.auth_test()) == "internal_error"
        await steer.do("faults", rates={"busy": 1.0}, routes=["auth.test"], seed=3)
        assert await error_of(client.auth_test()) == "ratelimited"
        assert (await steer.look("state"))["injected"] == {"fail": 1, "busy": 1}
        await steer.do("faults")
        await steer.do("pace", pace="real", history="small")
        assert fake.history == "small"
        before = fake.world.seconds()
        await steer.do("advance", seconds=3600)
        assert fake.world.seconds() - before >= 3600
        await steer.do("hooks", url=f"{fake.address}/nowhere")
        await steer.do("sockets", do="drop")
        assert "error" in await steer.do("pace", status=400, pace="slow")
        assert "error" in await steer.do("nothing", status=400)


async def test_a_process_is_killed_when_a_message_was_taken() -> None:
    """At the one that was ordered; the message stands there."""
    async with steered() as (fake, steer):
        team = (await steer.do("team", name="Harbour"))["id"]
        client = AsyncWebClient((await steer.do("install", team=team))["token"], base_url=fake.api)
        channel = (await steer.do("channel", team=team, name="keepers", joined=True))["id"]
        process = await asyncio.create_subprocess_exec("sleep", "60")
        await steer.do("trap", process=process.pid, accepted=2)
        await client.chat_postMessage(channel=channel, text="one")
        assert process.returncode is None
        await client.chat_postMessage(channel=channel, text="two")
        assert await process.wait() == -signal.SIGKILL
        assert len(fake.world.journal) == 2

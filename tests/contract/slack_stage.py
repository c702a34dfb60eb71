"""What the tests of the local Slack share: a workspace with a channel, and the SDK's client as our application."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Person, Team, slack_server


@dataclass(frozen=True, slots=True)
class Stage:
    """A Slack in which the application is installed and a member of #keepers."""

    fake: FakeSlack
    clock: FakeClock
    team: Team
    channel: Channel
    mira: Person
    client: AsyncWebClient

    def again(self, token: str, **how: Any) -> AsyncWebClient:
        """The SDK's client with another token."""
        return AsyncWebClient(token, base_url=self.fake.api, **how)

    async def post(self, text: str = "Low water at nine", **arguments: Any) -> str:
        """The `ts` of a message of ours."""
        answer = await self.client.chat_postMessage(channel=self.channel.id, text=text, **arguments)
        return str(answer["ts"])


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A stage for the length of the block; nothing in it waits for real time."""
    clock = FakeClock()
    async with slack_server(clock) as fake:
        team = fake.add_team("Harbour")
        channel = fake.add_channel(team, "keepers")
        mira = fake.person("Mira", team, admin=True, locale="ru-RU", zone="Europe/Berlin")
        fake.install(team, mira)
        fake.join(channel)
        yield Stage(fake, clock, team, channel, mira, AsyncWebClient(team.bot_token, base_url=fake.api))


async def refusal(asked: Awaitable[Any]) -> Mapping[str, Any]:
    """What Slack says when it does not do something."""
    with pytest.raises(SlackApiError) as refused:
        await asked
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


async def error_of(asked: Awaitable[Any]) -> str:
    """The word of a refusal."""
    return str((await refusal(asked))["error"])


def section(text: str = "Low water at nine", **more: Any) -> dict[str, Any]:
    """A block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> dict[str, Any]:
    """Something to press."""
    return {"type": "button", "text": plain("Sources"), "action_id": "b1:src", "value": "b1:src:e1:1", **more}


def plain(text: str) -> dict[str, Any]:
    """A text without markup."""
    return {"type": "plain_text", "text": text}


def modal(*blocks: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A modal."""
    return {"type": "modal", "title": plain("Sources"), "blocks": [dict(b) for b in blocks or (section(),)], **more}

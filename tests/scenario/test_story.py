"""The whole story of a server, told once for every platform.

Somebody installs the bot, sets it up, sees a preview; an edition comes on its time; people look things up, argue, come
back a week and a version later; somebody has an edition posted, and the machine fails in the middle of it.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.discord import discord_server
from tests.fakes.slack import slack_server
from tests.scenario.on_slack import OnSlack
from tests.scenario.stages import Bot, OnDiscord, Stage, Terminal

INSTALLED = datetime(2026, 3, 5, 21, 40, tzinfo=UTC)
SOON_SEVEN = datetime(2026, 3, 5, 21, 59, 55, tzinfo=UTC)
"""By the clocks of Tokyo, where this server reads."""
A_WEEK_LATER = datetime(2026, 3, 11, 13, 30, tzinfo=UTC)
AFTER_THE_CRASH = datetime(2026, 3, 11, 13, 45, tzinfo=UTC)
WEEK = 168
_MOST_ACTIONS = 4


@pytest.fixture(params=["console", "discord", "slack"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """Every platform."""
    async with AsyncExitStack() as stack:
        made: Stage = Terminal(Bot(tmp_path))
        if request.param == "discord":
            made = OnDiscord.on(await stack.enter_async_context(discord_server()), tmp_path)
        if request.param == "slack":
            made = OnSlack.on(await stack.enter_async_context(slack_server()), tmp_path)
        yield made
        await made.close()


@pytest.mark.timeout(400)
async def test_from_the_first_minute_to_a_crash_a_week_later(stage):
    """Installed, set up, read, asked, argued with, upgraded, asked for more, killed, and still one of each."""
    assert "Traceback" not in await stage.install(INSTALLED)
    preview, actions = await stage.set_up()
    assert actions <= _MOST_ACTIONS
    assert "Patchwren" in preview

    await stage.restart(SOON_SEVEN)
    messages = await stage.edition()
    assert "morning" in messages[0]
    assert len(messages) >= 4
    assert "The open question" in messages[-1]
    assert [f"Story {n} of" in message for n, message in enumerate(messages[1:-1], 1)] == [True] * (len(messages) - 2)

    sources = await stage.look_up("sources", 1)
    assert "[1]" in sources
    assert "ounter" in await stage.look_up("counter", 1)
    assert "2" in await stage.write("deeper 2")
    assert "Not in this edition" in await stage.ask("Who won the harbour regatta?")

    await stage.restart(A_WEEK_LATER, upgraded=True)
    again = await stage.look_up("sources", 1)
    assert "[1]" in again

    shown = await stage.another("Patchwren", WEEK)
    assert "Patchwren" in shown
    await stage.publish_and_kill()
    published = await stage.published(AFTER_THE_CRASH)
    heads = [message.strip().splitlines()[0] for message in published]
    assert len(heads) == len(set(heads)), heads
    assert len(published) >= 2
    if stage.remembers:
        assert "Reply here to ask" in published[-1]

"""What was received, to be read: as plain text, as a page, and by the journal of a Discord in another process."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from tests.contract.discord_stage import Ear, Stage, card, staged, text
from tests.fakes.discord import ASKED, Permission, Unable, aimed_at
from tests.fakes.discord.away import discord_away
from tests.fakes.discord.world import CV2

Json = dict[str, Any]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


async def test_a_channel_reads_as_plain_text(stage: Stage) -> None:
    """In order, threads below what they began with, everything that can be pressed named."""
    components: list[Json] = [
        {
            "type": 17,
            "components": [
                {
                    "type": 9,
                    "components": [text("## Title\nLede")],
                    "accessory": {
                        "type": 11,
                        "media": {"url": "https://a.example/a.png"},
                        "description": "A lamp",
                    },
                },
                {"type": 14, "divider": True},
                {"type": 14, "divider": False},
                {"type": 12, "items": [{"media": {"url": "https://a.example/b.png"}, "description": "A line"}]},
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "go",
                            "placeholder": "Go to story",
                            "options": [{"label": "One", "value": "1", "description": "New"}],
                        }
                    ],
                },
                {
                    "type": 1,
                    "components": [
                        {"type": 2, "style": 1, "label": "Ask", "custom_id": "ask", "disabled": True},
                        {"type": 2, "style": 5, "label": "Open", "url": "https://a.example"},
                    ],
                },
            ],
        }
    ]
    message = stage.fake.say_as_bot(stage.channel, {"flags": CV2 | 4096, "components": components})
    path = "/channels/{channel}/messages/{message}/threads"
    await stage.client.ask("POST", path, {"name": "Edition"}, channel=stage.channel.id, message=message.id)
    said = await stage.mira.say(message.id, "And?")
    await stage.client.post(message.id, {"content": "Yes.", "message_reference": {"message_id": said.id}})
    await stage.mira.edit(said, "And then?")
    assert (await stage.mira.answer_to(said)).content == "Yes."
    assert stage.fake.seen(stage.channel, stage.mira).splitlines() == [
        "Counterpoint (silent):",
        "  ## Title",
        "  Lede",
        "  [picture] A lamp",
        "  ---",
        "  [picture] A line",
        "  [Go to story: One (New)]",
        "  [Ask (off)]  [Open -> https://a.example]",
        "  thread: Edition",
        "  Mira (edited):",
        "    And then?",
        "  Counterpoint (replying to Mira):",
        "    Yes.",
    ]
    drawn = stage.fake.picture(stage.channel, stage.mira)
    assert drawn.startswith("<!doctype html>")
    assert all(words in drawn for words in ("Lede", "A lamp", "Go to story", "And then?", "Yes."))
    stage.fake.overwrite(stage.channel, stage.mira.id, deny=Permission.VIEW_CHANNEL)
    assert stage.fake.seen(stage.channel, stage.mira) == ""
    with pytest.raises(Unable):
        await stage.mira.say(stage.channel, "Hello?")


# ------------------------------------------------------------ in another process


async def test_a_world_in_a_process_of_its_own_is_steered_and_judged(tmp_path: Any) -> None:
    """Servers, people, faults and time by `/control/…`; the journal tells what was taken."""
    journal = tmp_path / "journal.jsonl"
    async with discord_away(journal) as away:
        guild = (await away.do("guild", name="Harbour"))["id"]
        channel = (await away.do("channel", guild=guild, name="keepers"))["id"]
        mira = (await away.do("person", name="Mira", guild=guild, permissions=["MANAGE_GUILD"]))["id"]
        await away.do("invite", guild=guild)
        client = Ear()
        with aimed_at(away.port, hurry=0.01):
            async with client:
                await client.login("fake-token")
                await client.post(channel, card("# Edition") | {"nonce": "n1", "enforce_nonce": True})
                await away.do("allow", guild=guild, permissions=["VIEW_CHANNEL"])
                with pytest.raises(discord.Forbidden):
                    await client.post(channel, {"content": "a"})
                await away.do("allow", guild=guild, permissions=[p.name for p in ASKED])
                await away.do("faults", next="busy")
                await client.post(channel, {"content": "b"})
                await away.do("faults", rates={"slow": 1.0}, slow=0.001)
                await away.do("portal", nonce_window=0)
                await away.do("advance", seconds=10)
                await client.post(channel, {"content": "c", "nonce": "n1", "enforce_nonce": True})
        await away.do("say", person=mira, channel=channel, text="Good", mention=True)
        await away.do("gateway", do="drop")
        found = await away.look("journal", after="1")
        assert [(one["text"], one["nonce"]) for one in found["taken"]] == [("b", None), ("c", "n1")]
        assert found["next"] == 3
        state = await away.look("state")
        assert state["channels"][channel]["messages"] == 4
        assert state["injected"] == {"busy": 1, "slow": 1}
        assert "Good" in await away.look("seen", channel=channel, person=mira)
        with pytest.raises(RuntimeError, match="Unable"):
            await away.do("press", person=mira, message="1", custom_id="x")
        await away.do("remove", guild=guild)
    assert len(journal.read_text().splitlines()) == 3

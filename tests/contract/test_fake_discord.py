"""discord.py against the local Discord: it logs in, hears, resumes, reads back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import discord
import pytest

from tests.contract.discord_stage import POST, Ear, Stage, card, code_of, staged
from tests.fakes.clock import FakeClock
from tests.fakes.discord import ASKED, Guild, Permission, aimed_at, discord_server


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ logging in


async def test_the_library_logs_in_and_learns_the_server(stage: Stage) -> None:
    """Identity, channels, roles and our own permissions are there."""
    (guild,) = stage.client.guilds
    channel = guild.get_channel(int(stage.channel.id))
    assert isinstance(channel, discord.TextChannel)
    assert guild.me.guild_permissions.send_messages_in_threads
    assert not channel.permissions_for(guild.me).manage_threads
    assert stage.client.application_id == int(stage.fake.world.me.id)


async def test_a_wrong_token_is_refused() -> None:
    """401, which the library calls a failed login."""
    async with discord_server() as fake:
        client = Ear()
        with aimed_at(fake.port), pytest.raises(discord.LoginFailure):
            await client.start("another token")
        await client.close()


async def test_an_intent_that_the_portal_has_off_ends_the_connection() -> None:
    """4014, which the library explains."""
    wanted = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with discord_server() as fake:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with fake.running(Ear(wanted)):
                pass


async def test_joining_leaving_and_an_outage_are_three_things(stage: Stage) -> None:
    """A removal has no `unavailable`, an outage has."""
    seen: list[str] = []
    for name in ("guild_join", "guild_remove", "guild_unavailable", "guild_available"):

        async def note(guild: discord.Guild, name: str = name) -> None:
            seen.append(f"{name} {guild.name}")
            stage.fake.world.touch()

        note.__name__ = f"on_{name}"
        stage.client.event(note)
    other = stage.fake.add_guild("Lighthouse")
    stage.fake.invite(other)
    stage.fake.outage(stage.guild)
    stage.fake.outage(stage.guild, over=True)
    stage.fake.remove(other)
    await stage.fake.world.until(lambda: len(seen) == 4)
    assert seen == [
        "guild_join Lighthouse",
        "guild_unavailable Harbour",
        "guild_available Harbour",
        "guild_remove Lighthouse",
    ]


# ------------------------------------------------------------ connection


async def test_what_was_missed_is_heard_after_a_drop_once_and_in_order(stage: Stage) -> None:
    """The connection dies, people go on talking, the library resumes: nothing lost, nothing double."""
    await stage.mira.say(stage.channel, "one", mentions=[stage.fake.world.me])
    await stage.settled(1)
    await stage.fake.gateway.drop()
    for words in ("two", "three"):
        await stage.mira.say(stage.channel, words, mentions=[stage.fake.world.me])
    await stage.settled(3)
    await stage.mira.say(stage.channel, "four", mentions=[stage.fake.world.me])
    await stage.settled(4)
    assert [said.split()[-1] for said in stage.from_others()] == ["one", "two", "three", "four"]
    assert stage.fake.gateway.sessions[0].resumed == 1


async def test_the_gateway_may_ask_to_reconnect(stage: Stage) -> None:
    """Operation 7: the library comes back and resumes."""
    await stage.fake.gateway.reconnect()
    session = stage.fake.gateway.sessions[0]
    await stage.fake.world.until(lambda: session.resumed == 1)
    await stage.mira.say(stage.channel, "still there?", mentions=[stage.fake.world.me])
    await stage.settled(1)


async def test_an_invalid_session_loses_what_was_missed(stage: Stage) -> None:
    """Operation 9: the library identifies anew; what was said meanwhile is gone."""
    await stage.fake.gateway.invalidate()
    await stage.mira.say(stage.channel, "lost")
    first = stage.fake.gateway
    await stage.fake.world.until(lambda: first.live and first.live[0].id == "session-2")
    await stage.mira.say(stage.channel, "heard", mentions=[stage.fake.world.me])
    await stage.settled(1)
    assert [said.split()[-1] for said in stage.from_others()] == ["heard"]


async def test_a_session_that_is_unknown_cannot_be_resumed(stage: Stage) -> None:
    """As after a restart of theirs: the library is told so, and identifies anew."""
    await stage.fake.gateway.drop()
    stage.fake.gateway.sessions.clear()
    await stage.fake.world.until(lambda: stage.fake.gateway.live)
    assert [one.id for one in stage.fake.gateway.live] == ["session-2"]


async def test_events_may_come_twice_and_out_of_order(stage: Stage) -> None:
    """As a bot must expect."""
    stage.fake.gateway.repeat = 1.0
    await stage.mira.say(stage.channel, "twice", mentions=[stage.fake.world.me])
    await stage.settled(2)
    stage.fake.gateway.repeat = 0.0
    stage.fake.gateway.shuffle()
    for number in range(6):
        await stage.mira.say(stage.channel, str(number), mentions=[stage.fake.world.me])
    stage.fake.gateway.straighten()
    await stage.settled(8)
    order = [said.split()[-1] for said in stage.from_others()[2:]]
    assert sorted(order) == list("012345")
    assert order != sorted(order)


async def test_heartbeats_are_acknowledged() -> None:
    """An interval of the test's choosing; the library does not think the connection dead."""
    async with discord_server() as fake:
        fake.gateway.heartbeat_interval = 100
        client = Ear()
        async with fake.running(client):
            session = fake.gateway.sessions[0]
            await fake.world.until(lambda: session.heartbeats > 1)
            assert client.latency < 1


async def test_two_shards_each_hear_their_servers() -> None:
    """A server's events go to one of them; each resumes on its own."""
    async with discord_server() as fake:
        fake.world.portal.shards = 2
        guilds: list[Guild] = []
        while {int(g.id) >> 22 & 1 for g in guilds} != {0, 1}:
            guilds.append(fake.add_guild(f"Harbour {len(guilds)}"))
            fake.world.clock = FakeClock(fake.world.clock.now() + timedelta(milliseconds=1))
            fake.invite(guilds[-1])
        client = Ear()
        client.world = fake.world
        async with fake.running(client):
            for guild in guilds:
                await fake.person("Mira", guild).say(fake.add_channel(guild, "keepers"), f"<@{fake.world.me.id}>")
            await fake.world.until(lambda: len(client.heard) == len(guilds))
            assert {message.guild.shard_id for message in client.heard if message.guild} == {0, 1}


async def test_members_can_be_asked_for(stage: Stage) -> None:
    """By id, as the library does for those it does not know."""
    guild = stage.client.get_guild(int(stage.guild.id))
    assert guild is not None
    (found,) = await guild.query_members(user_ids=[int(stage.mira.id)])
    assert found.display_name == "Mira"


async def test_a_server_is_described_by_rest_too(stage: Stage) -> None:
    """Itself, its channels, roles, members; what is not there is unknown, where we are not is forbidden."""
    client, guild = stage.client, stage.guild.id
    assert (await client.ask("GET", "/guilds/{guild}", guild=guild))["name"] == "Harbour"
    assert [c["name"] for c in await client.ask("GET", "/guilds/{guild}/channels", guild=guild)] == ["keepers"]
    roles = await client.ask("GET", "/guilds/{guild}/roles", guild=guild)
    assert [r["name"] for r in roles if r["managed"]] == ["Counterpoint"]
    me = await client.ask("GET", "/guilds/{guild}/members/{user}", guild=guild, user=stage.fake.world.me.id)
    assert me["user"]["bot"]
    assert (await client.ask("GET", "/users/{user}", user=stage.mira.id))["global_name"] == "Mira"
    assert [g["id"] for g in await client.ask("GET", "/users/@me/guilds")] == [guild]
    assert (await client.ask("GET", "/gateway"))["url"].startswith("ws://127.0.0.1:")
    for path, code in (("/guilds/1", 10004), (f"/guilds/{guild}/members/1", 10007), ("/users/1", 10013)):
        with pytest.raises(discord.NotFound) as unknown:
            await client.ask("GET", path)
        assert unknown.value.code == code
    with pytest.raises(discord.Forbidden):
        await client.ask("GET", "/guilds/{guild}", guild=stage.fake.add_guild("Elsewhere").id)
    await client.ask("POST", "/channels/{channel}/typing", channel=stage.channel.id)
    await client.ask("DELETE", "/users/@me/guilds/{guild}", guild=guild)
    assert not stage.fake.world.present(guild)


async def test_a_connection_that_says_nothing_sensible_is_closed(stage: Stage) -> None:
    """4003 for anything before IDENTIFY; new connections may be refused altogether."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"ws://127.0.0.1:{stage.fake.port}/gw") as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 3, "d": {}})
        await socket.receive()
        assert socket.close_code == 4003
    stage.fake.gateway.refusing = True
    async with aiohttp.ClientSession() as session, session.ws_connect(f"ws://127.0.0.1:{stage.fake.port}/gw") as socket:
        await socket.receive()
        assert socket.close_code == 1001


# ------------------------------------------------------------ what is read


async def test_without_the_intent_text_is_shown_only_where_the_bot_is_addressed(stage: Stage) -> None:
    """Empty in a channel; there with a mention, in a reply that pings, in a direct message; not after an answer."""
    ours = stage.fake.say_as_bot(stage.channel, {"content": "Morning"})
    from_interaction = stage.fake.say_as_bot(stage.channel, {"content": "An answer"})
    pressed = await stage.mira.press(stage.fake.say_as_bot(stage.channel, card()), "b1:src:x", until="sent")
    from_interaction.interaction = pressed.interaction.id
    me = stage.fake.world.me
    await stage.mira.say(stage.channel, "among ourselves")
    await stage.mira.say(stage.channel, "and you?", mentions=[me])
    await stage.mira.say(stage.channel, "a reply", reply_to=ours)
    await stage.mira.say(stage.channel, "a quiet reply", reply_to=ours, ping=False)
    await stage.mira.say(stage.channel, "a reply to an answer", reply_to=from_interaction)
    await stage.mira.say(stage.fake.dm(stage.mira), "in private")
    await stage.settled(6)
    assert stage.from_others() == ["", f"<@{me.id}> and you?", "a reply", "", "", "in private"]


async def test_with_the_intent_all_text_is_shown() -> None:
    """By the gateway and by REST."""
    wanted = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with discord_server() as fake:
        fake.world.portal.message_content = True
        guild = fake.add_guild("Harbour")
        channel, mira = fake.add_channel(guild, "keepers"), fake.person("Mira", guild)
        fake.invite(guild)
        client = Ear(wanted)
        client.world = fake.world
        async with fake.running(client):
            said = await mira.say(channel, "among ourselves")
            await fake.world.until(lambda: client.heard)
            assert client.heard[0].content == "among ourselves"
            back = await client.ask("GET", POST + "/{message}", channel=channel.id, message=said.id)
            assert back["content"] == "among ourselves"


async def test_messages_are_read_back_in_pages(stage: Stage) -> None:
    """Newest first; `before`, `after`, `around`, `limit`."""
    ids = [stage.fake.say_as_bot(stage.channel, {"content": str(n)}).id for n in range(6)]

    async def page(query: str) -> list[str]:
        found = await stage.client.ask("GET", POST + query, channel=stage.channel.id)
        return [one["content"] for one in found]

    assert await page("?limit=2") == ["5", "4"]
    assert await page(f"?before={ids[2]}&limit=100") == ["1", "0"]
    assert await page(f"?after={ids[1]}&limit=2") == ["3", "2"]
    assert await page(f"?around={ids[3]}&limit=3") == ["4", "3", "2"]
    with pytest.raises(discord.HTTPException) as refused:
        await page("?limit=101")
    assert code_of(refused) == (400, 50035)


async def test_without_history_nothing_is_read_back_and_nothing_replied_to(stage: Stage) -> None:
    """An empty list, 50001 for one message, and no replies."""
    posted = stage.fake.say_as_bot(stage.channel, {"content": "Morning"})
    stage.fake.allow(stage.guild, ASKED & ~Permission.READ_MESSAGE_HISTORY)
    assert await stage.client.ask("GET", POST, channel=stage.channel.id) == []
    with pytest.raises(discord.Forbidden) as refused:
        await stage.client.ask("GET", POST + "/{message}", channel=stage.channel.id, message=posted.id)
    assert code_of(refused) == (403, 50001)
    with pytest.raises(discord.HTTPException) as unread:
        await stage.client.post(stage.channel, {"content": "a", "message_reference": {"message_id": posted.id}})
    assert code_of(unread) == (400, 160002)

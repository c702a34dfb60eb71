"""discord.py against the local Discord: it posts, opens threads, is refused, is made to wait, fails."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import aiohttp
import discord
import pytest

from tests.contract.discord_stage import POST, Ear, Stage, card, code_of, opened, staged, text
from tests.fakes.discord import ASKED, REAL, Fault, Kind, Permission, aimed_at
from tests.fakes.discord.ratelimits import Buckets, Pace
from tests.fakes.discord.world import CV2

Json = dict[str, Any]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ posting


async def test_the_same_nonce_gives_the_same_message_within_the_window(stage: Stage) -> None:
    """Also in another channel; after the window, or without `enforce_nonce`, it is a new one."""
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first = await stage.client.post(stage.channel, body)
    again = await stage.client.post(stage.channel, {"content": "twice", "nonce": "n1", "enforce_nonce": True})
    assert again["id"] == first["id"]
    assert again["content"] == "once"
    free = await stage.client.post(stage.channel, {"content": "free", "nonce": "n1"})
    assert free["id"] != first["id"]
    stage.clock.advance(stage.fake.world.portal.nonce_window + timedelta(seconds=1))
    later = await stage.client.post(stage.channel, body)
    assert later["id"] not in {first["id"], free["id"]}
    assert [taken.nonce for taken in stage.fake.world.journal] == ["n1", "n1", "n1"]


async def test_refusals_arrive_as_the_librarys_exceptions(stage: Stage) -> None:
    """Too long, broken by bytes, nowhere, forbidden, nothing to reply to."""
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(stage.channel, {"flags": CV2, "components": [text("x" * 4000), text("y")]})
    assert code_of(refused) == (400, 50035)
    assert "exceeds the maximum size of 4000" in refused.value.text
    with pytest.raises(discord.NotFound) as missing:
        await stage.client.post("1", {"content": "a"})
    assert code_of(missing) == (404, 10003)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(stage.channel, {"content": "a", "message_reference": {"message_id": "1"}})
    assert "REPLIES_UNKNOWN_MESSAGE" in str(refused.value) or code_of(refused) == (400, 50035)
    kept = {"message_id": "1", "fail_if_not_exists": False}
    assert (await stage.client.post(stage.channel, {"content": "a", "message_reference": kept}))["type"] == 0
    stage.fake.allow(stage.guild, ASKED & ~Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden) as forbidden:
        await stage.client.post(stage.channel, {"content": "a"})
    assert code_of(forbidden) == (403, 50013)
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as forbidden:
        await stage.client.post(stage.channel, {"content": "a"})
    assert code_of(forbidden) == (403, 50001)


async def test_too_many_bytes_are_tried_five_times_by_the_library(stage: Stage) -> None:
    """A 500 is repeated although it will never pass: the sender has to count bytes itself."""
    with pytest.raises(discord.DiscordServerError):
        await stage.client.post(stage.channel, {"flags": CV2, "components": [text("語" * 3500)]})
    assert [one.status for one in stage.fake.calls("POST /channels/{}/messages")] == [500] * 5


async def test_an_edit_keeps_the_flag_and_the_author(stage: Stage) -> None:
    """No content into a CV2 message, the flag not off, nobody else's messages, none in an archived thread."""
    posted = await stage.client.post(stage.channel, card())

    async def edit(message: str, body: Json, channel: str = stage.channel.id) -> Any:
        return await stage.client.ask("PATCH", POST + "/{message}", body, channel=channel, message=message)

    changed = await edit(posted["id"], {"components": [text("new")]})
    assert changed["flags"] & CV2
    assert changed["edited_timestamp"]
    for body in ({"content": "a"}, {"flags": 0, "components": [text("a")]}, {"flags": CV2 | 64}):
        with pytest.raises(discord.HTTPException) as refused:
            await edit(posted["id"], body)
        assert code_of(refused) == (400, 50035)
    theirs = await stage.mira.say(stage.channel, "mine")
    with pytest.raises(discord.Forbidden) as forbidden:
        await edit(theirs.id, {"content": "ours"})
    assert code_of(forbidden) == (403, 50005)
    thread = await opened(stage)
    within = await stage.client.post(thread, {"content": "a"})
    stage.fake.archive(thread)
    with pytest.raises(discord.HTTPException) as refused:
        await edit(within["id"], {"content": "b"}, thread)
    assert code_of(refused) == (400, 50083)


async def test_files_come_with_a_message_and_stay_with_it(stage: Stage) -> None:
    """Multipart; the component's `attachment://` becomes a link; too large is 413."""
    channel = stage.client.get_channel(int(stage.channel.id))
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://shape.png", description="A line")))
    sent = await channel.send(file=discord.File(BytesIO(b"png"), "shape.png", description="A line"), view=view)
    stored = stage.fake.world.messages[str(sent.id)]
    assert [(u.name, u.size, u.description, u.content) for u in stored.uploads] == [("shape.png", 3, "A line", b"png")]
    back = await stage.client.ask("GET", POST + "/{message}", channel=stage.channel.id, message=str(sent.id))
    assert back["components"][0]["items"][0]["media"]["url"] == sent.attachments[0].url
    assert await sent.attachments[0].read() == b"png"
    async with aiohttp.ClientSession() as session, session.get(f"{stage.fake.world.cdn}/1/1/a.png") as answer:
        assert answer.status == 404
    await stage.client.ask(
        "PATCH",
        POST + "/{message}",
        {"components": stored.components, "attachments": [{"id": stored.uploads[0].id}]},
        channel=stage.channel.id,
        message=str(sent.id),
    )
    assert len(stored.uploads) == 1
    gone = {"components": [text("a")], "attachments": [{"id": "77"}]}
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.ask("PATCH", POST + "/{message}", gone, channel=stage.channel.id, message=str(sent.id))
    assert code_of(refused) == (400, 50035)
    stage.fake.world.portal.largest_file = 2
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send(file=discord.File(BytesIO(b"png"), "shape.png"))
    assert code_of(refused) == (413, 40005)
    stage.fake.allow(stage.guild, ASKED & ~Permission.ATTACH_FILES)
    with pytest.raises(discord.Forbidden):
        await channel.send(file=discord.File(BytesIO(b"p"), "a.png"))


async def test_what_would_ping_is_known(stage: Stage) -> None:
    """Without `allowed_mentions` everything is parsed, in TextDisplays too, and a reply pings."""
    role = stage.fake.role(stage.guild, "Watch")
    words = f"@everyone <@{stage.mira.id}> <@&{role.id}>"
    said = await stage.mira.say(stage.channel, "Hello")
    loud = await stage.client.post(stage.channel, {"flags": CV2, "components": [text(words)]})
    reply = await stage.client.post(stage.channel, {"content": "a", "message_reference": {"message_id": said.id}})
    quiet = {"content": words, "allowed_mentions": {"parse": [], "roles": [role.id]}}
    one_role = await stage.client.post(stage.channel, quiet | {"message_reference": {"message_id": said.id}})
    none = await stage.client.post(stage.channel, {"content": words, "allowed_mentions": {"parse": []}})
    pings = stage.fake.world.pings()
    assert (pings[loud["id"]].users, pings[loud["id"]].roles) == ((stage.mira.id,), (role.id,))
    assert not pings[loud["id"]].everyone  # the bot has no MENTION_EVERYONE
    assert pings[reply["id"]].users == (stage.mira.id,)
    assert (pings[one_role["id"]].users, pings[one_role["id"]].roles) == ((), (role.id,))
    assert none["id"] not in pings
    stage.fake.allow(stage.guild, ASKED | Permission.MENTION_EVERYONE)
    loudest = await stage.client.post(stage.channel, {"content": "@here"})
    assert stage.fake.world.pings()[loudest["id"]].everyone


async def test_deleting_is_for_ones_own_messages(stage: Stage) -> None:
    """Another's takes MANAGE_MESSAGES; what is gone is unknown."""
    posted = await stage.client.post(stage.channel, card())
    theirs = await stage.mira.say(stage.channel, "mine")
    with pytest.raises(discord.Forbidden):
        await stage.client.ask("DELETE", POST + "/{message}", channel=stage.channel.id, message=theirs.id)
    await stage.client.ask("DELETE", POST + "/{message}", channel=stage.channel.id, message=posted["id"])
    with pytest.raises(discord.NotFound) as missing:
        await stage.client.ask("GET", POST + "/{message}", channel=stage.channel.id, message=posted["id"])
    assert code_of(missing) == (404, 10008)


async def test_announcements_are_published_once_and_ten_an_hour() -> None:
    """Only in an announcement channel."""
    async with staged() as stage:
        news = stage.fake.add_channel(stage.guild, "news", Kind.NEWS)
        path = POST + "/{message}/crosspost"
        posted = await stage.client.post(news, card())
        assert (await stage.client.ask("POST", path, channel=news.id, message=posted["id"]))["flags"] & 1
        with pytest.raises(discord.HTTPException) as refused:
            await stage.client.ask("POST", path, channel=news.id, message=posted["id"])
        assert code_of(refused) == (400, 40033)
        for _ in range(9):
            one = stage.fake.say_as_bot(news, card())
            await stage.client.ask("POST", path, channel=news.id, message=one.id)
        with pytest.raises(discord.RateLimited):
            await stage.client.ask("POST", path, channel=news.id, message=stage.fake.say_as_bot(news, card()).id)
        plain = await stage.client.post(stage.channel, card())
        with pytest.raises(discord.HTTPException) as refused:
            await stage.client.ask("POST", path, channel=stage.channel.id, message=plain["id"])
        assert code_of(refused) == (400, 50024)


async def test_direct_messages_may_be_closed(stage: Stage) -> None:
    """The channel opens, sending does not work: 50007."""
    opened = await stage.client.ask("POST", "/users/@me/channels", {"recipient_id": stage.mira.id})
    await stage.client.post(opened["id"], {"content": "Good morning"})
    stage.mira.user.dms_open = False
    with pytest.raises(discord.Forbidden) as refused:
        await stage.client.post(opened["id"], {"content": "Good evening"})
    assert code_of(refused) == (403, 50007)
    stranger = stage.fake.person("Stranger")
    away = await stage.client.ask("POST", "/users/@me/channels", {"recipient_id": stranger.id})
    with pytest.raises(discord.Forbidden):
        await stage.client.post(away["id"], {"content": "Hello"})


# ------------------------------------------------------------ threads


async def test_a_thread_has_the_id_of_its_message_and_rights_of_its_own(stage: Stage) -> None:
    """SEND_MESSAGES counts for nothing in it; a second thread on a message is refused."""
    thread = await opened(stage)
    path = "/channels/{channel}/messages/{message}/threads"
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.ask("POST", path, {"name": "Again"}, channel=stage.channel.id, message=thread)
    assert code_of(refused) == (400, 160004)
    stage.fake.allow(stage.guild, ASKED & ~Permission.SEND_MESSAGES_IN_THREADS)
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(discord.Forbidden):
        await stage.client.post(thread, {"content": "a"})
    await stage.client.post(stage.channel, {"content": "a"})
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
    stage.fake.allow(stage.guild, ASKED & ~Permission.CREATE_PUBLIC_THREADS)
    with pytest.raises(discord.Forbidden):
        await opened(stage)


async def test_posting_opens_an_archived_thread_but_not_a_locked_one(stage: Stage) -> None:
    """50083 where a moderator locked it."""
    thread = await opened(stage)
    stage.fake.archive(thread)
    await stage.client.post(thread, {"content": "a"})
    assert not stage.fake.channel(thread).archived
    stage.fake.archive(thread, locked=True)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(thread, {"content": "b"})
    assert code_of(refused) == (400, 50083)


async def test_threads_are_changed_by_who_made_them(stage: Stage) -> None:
    """Archived, renamed, followed; locking takes MANAGE_THREADS."""
    thread = await opened(stage)
    await stage.client.ask("PATCH", "/channels/{channel}", {"archived": True}, channel=thread)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.ask("PATCH", "/channels/{channel}", {"name": "New"}, channel=thread)
    assert code_of(refused) == (400, 50083)
    changed = await stage.client.ask("PATCH", "/channels/{channel}", {"archived": False, "name": "New"}, channel=thread)
    assert changed["name"] == "New"
    with pytest.raises(discord.Forbidden):
        await stage.client.ask("PATCH", "/channels/{channel}", {"locked": True}, channel=thread)
    members = "/channels/{channel}/thread-members"
    await stage.client.ask("PUT", members + "/{user}", channel=thread, user=stage.mira.id)
    assert {one["user_id"] for one in await stage.client.ask("GET", members, channel=thread)} >= {stage.mira.id}
    await stage.client.ask("DELETE", members + "/{user}", channel=thread, user=stage.mira.id)
    assert stage.mira.id not in stage.fake.channel(thread).followers


async def test_a_thread_outlives_the_message_it_began_with(stage: Stage) -> None:
    """Deleting the card leaves the thread; deleting the thread takes all in it."""
    thread = await opened(stage)
    stage.fake.delete(stage.fake.world.messages[thread])
    posted = await stage.client.post(thread, {"content": "still here"})
    assert "still here" in stage.fake.seen(stage.channel, stage.mira)
    stage.fake.delete(stage.fake.channel(thread))
    with pytest.raises(discord.NotFound):
        await stage.client.post(thread, {"content": "a"})
    assert stage.fake.world.messages[posted["id"]].deleted


async def test_a_forum_takes_posts_with_tags_and_knows_no_nonce(stage: Stage) -> None:
    """A post's first message has the post's id; the same nonce twice is two posts; a tag may be required."""
    forum = stage.fake.add_channel(stage.guild, "editions", Kind.FORUM, tags=("am", "pm"))
    forum.require_tag = True
    tag = next(iter(forum.tags))
    body = {"name": "Edition", "message": {**card(), "nonce": "n1", "enforce_nonce": True}, "applied_tags": [tag]}
    path = "/channels/{channel}/threads"
    first = await stage.client.ask("POST", path, body, channel=forum.id)
    second = await stage.client.ask("POST", path, body, channel=forum.id)
    assert first["id"] == first["message"]["id"] != second["id"]
    for wrong, code in (({"applied_tags": []}, 40067), ({"applied_tags": ["1"]}, 50035), ({"message": None}, 50035)):
        with pytest.raises(discord.HTTPException) as refused:
            await stage.client.ask("POST", path, body | wrong, channel=forum.id)
        assert code_of(refused) == (400, code)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(forum, {"content": "a"})
    assert code_of(refused) == (400, 50008)
    assert "#am" in stage.fake.seen(forum, stage.mira)


async def test_a_thread_without_a_message_is_announced_in_the_channel(stage: Stage) -> None:
    """The channel shows a line; the thread has an id of its own."""
    thread = await stage.client.ask("POST", "/channels/{channel}/threads", {"name": "Monday"}, channel=stage.channel.id)
    assert "started a thread: Monday" in stage.fake.seen(stage.channel, stage.mira)
    assert [m.kind for m in stage.fake.world.history(stage.channel)] == [18]
    active = await stage.client.ask("GET", "/guilds/{guild}/threads/active", guild=stage.guild.id)
    assert [one["id"] for one in active["threads"]] == [thread["id"]]
    stage.fake.archive(thread["id"])
    path = "/channels/{channel}/threads/archived/public"
    archived = await stage.client.ask("GET", path, channel=stage.channel.id)
    assert [one["id"] for one in archived["threads"]] == [thread["id"]]


async def test_what_threads_refuse(stage: Stage) -> None:
    """In the wrong place, without the right, of nobody."""
    client, news = stage.client, stage.fake.add_channel(stage.guild, "news", Kind.NEWS)
    thread = await opened(stage)
    first = (await client.post(thread, {"content": "a"}))["id"]
    on_message = "/channels/{channel}/messages/{message}/threads"
    with pytest.raises(discord.HTTPException) as refused:
        await client.ask("POST", on_message, {"name": "In a thread"}, channel=thread, message=first)
    assert code_of(refused) == (400, 50024)
    posted = await client.post(news, card())
    made = await client.ask("POST", on_message, {"name": "News"}, channel=news.id, message=posted["id"])
    assert made["type"] == Kind.NEWS_THREAD
    with pytest.raises(discord.HTTPException) as refused:
        await client.ask("PATCH", "/channels/{channel}", {"name": "n" * 101}, channel=thread)
    assert code_of(refused) == (400, 50035)
    for path, status in (
        (f"/channels/{thread}/thread-members/1", 404),
        (f"/channels/{news.id}/thread-members/@me", 400),
    ):
        with pytest.raises(discord.HTTPException) as refused:
            await client.ask("PUT", path)
        assert refused.value.status == status
    with pytest.raises(discord.Forbidden):
        await client.ask("POST", "/channels/{channel}/threads", {"name": "Private", "type": 12}, channel=news.id)
    with pytest.raises(discord.Forbidden):
        await client.ask("DELETE", "/channels/{channel}", channel=thread)
    stage.fake.allow(stage.guild, ASKED | Permission.MANAGE_THREADS | Permission.MANAGE_CHANNELS)
    await client.ask("PATCH", "/channels/{channel}", {"archived": True, "locked": True}, channel=thread)
    await client.ask("PATCH", "/channels/{channel}", {"archived": False, "locked": False}, channel=thread)
    await client.ask("PATCH", "/channels/{channel}", {"name": "announcements"}, channel=news.id)
    await client.ask("DELETE", "/channels/{channel}", channel=news.id)
    assert made["id"] not in stage.fake.world.channels


async def test_a_body_that_is_no_json_is_said_to_be_none(stage: Stage) -> None:
    """50109; without our token 401; a route that nobody knows is 404."""
    base = f"http://127.0.0.1:{stage.fake.port}/api/v10/channels/{stage.channel.id}/messages"
    async with aiohttp.ClientSession() as session:
        async with session.post(base, data=b"{", headers={"Authorization": "Bot fake-token"}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, 50109)
        async with session.post(base, json={"content": "a"}) as answer:
            assert answer.status == 401
        async with session.post(base, json=[], headers={"Authorization": "Bot fake-token"}) as answer:
            assert (answer.status, answer.headers["Content-Type"]) == (400, "application/json")


# ------------------------------------------------------------ pace and faults


async def test_a_429_with_via_is_waited_for_and_one_without_is_a_ban(stage: Stage) -> None:
    """The library repeats the first and gives up on the second."""
    stage.fake.faults.next(Fault.BUSY)
    await stage.client.post(stage.channel, {"content": "a"})
    stage.fake.faults.next(Fault.BUSY_ALL)
    await stage.client.post(stage.channel, {"content": "b"})
    stage.fake.faults.next(Fault.BANNED)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(stage.channel, {"content": "c"})
    assert refused.value.status == 429
    assert [m.content for m in stage.fake.messages(stage.channel)] == ["a", "b"]


async def test_buckets_are_kept_by_the_library(stage: Stage) -> None:
    """At the third message the library waits by itself, as the headers said; asking all the same is a 429."""
    stage.fake.pace = Pace({"POST /channels/{}/messages": (2, 0.2)}, REAL.other, REAL.a_second)
    with aimed_at(stage.fake.port, hurry=1.0):
        for number in range(5):
            await stage.client.post(stage.channel, {"content": str(number)})
    assert len(stage.fake.messages(stage.channel)) == 5
    assert {one.status for one in stage.fake.calls("POST /channels/{}/messages")} == {200}
    buckets = Buckets(REAL, now=lambda: 0.0)
    verdicts = [buckets.take("POST /channels/{}/messages", "1", counts_globally=True) for _ in range(6)]
    assert [v.retry_after for v in verdicts] == [None] * 5 + [5.0]
    assert [v.headers["X-RateLimit-Remaining"] for v in verdicts] == ["4", "3", "2", "1", "0", "0"]


def test_fifty_requests_a_second_are_the_most_for_all_routes_together() -> None:
    """Interactions do not count."""
    moment = [0.0]
    buckets = Buckets(REAL, now=lambda: moment[0])
    first = [buckets.take("GET /channels/{}", str(n), counts_globally=True) for n in range(51)]
    assert [v.scope for v in first] == [""] * 50 + ["global"]
    assert buckets.take("POST /webhooks/{}/{}", "token", counts_globally=False).retry_after is None
    moment[0] = 1.0
    assert buckets.take("GET /channels/{}", "1", counts_globally=True).retry_after is None
    buckets.note(403)
    assert buckets.invalid == 1
    moment[0] = 601.0
    assert buckets.invalid == 0


async def test_ten_thousand_invalid_requests_are_a_ban(stage: Stage) -> None:
    """401, 403 and 429 count; then nothing is answered any more."""
    stage.fake.world.portal.invalid_requests = 3
    stage.fake.allow(stage.guild, ASKED & ~Permission.SEND_MESSAGES)
    for _ in range(3):
        with pytest.raises(discord.Forbidden):
            await stage.client.post(stage.channel, {"content": "a"})
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.ask("GET", "/users/@me")
    assert refused.value.status == 429


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.RUBBISH])
async def test_a_message_may_be_taken_although_no_answer_says_so(stage: Stage, fault: Fault) -> None:
    """The connection closes, or the answer is a page: the message stands, and its nonce finds it again."""
    stage.fake.faults.next(fault)
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    if fault is Fault.DROP:
        with pytest.raises(aiohttp.ClientError):
            await stage.client.post(stage.channel, body)
    else:
        assert isinstance(await stage.client.post(stage.channel, body), str)
    assert len(stage.fake.messages(stage.channel)) == 1
    again = await stage.client.post(stage.channel, body)
    assert again["id"] == stage.fake.messages(stage.channel)[0].id
    assert len(stage.fake.messages(stage.channel)) == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.FORBIDDEN, 403), (Fault.NO_ACCESS, 403), (Fault.GONE, 404), (Fault.UNAVAILABLE, 503)],
)
async def test_refusals_on_order_take_nothing(stage: Stage, fault: Fault, status: int) -> None:
    """As after a permission or a channel was lost, or while Discord is down."""
    stage.fake.faults.next(fault, times=1)
    with pytest.raises(discord.HTTPException) as refused:
        await stage.client.post(stage.channel, {"content": "a"})
    assert refused.value.status == status
    assert stage.fake.messages(stage.channel) == []


async def test_a_502_after_the_message_was_taken_doubles_it_without_a_nonce(stage: Stage) -> None:
    """The library repeats a 502 by itself: only the nonce keeps it at one message."""
    stage.fake.faults.next(Fault.FAIL_AFTER)
    await stage.client.post(stage.channel, {"content": "double"})
    assert len(stage.fake.messages(stage.channel)) == 2
    stage.fake.faults.next(Fault.FAIL_AFTER)
    await stage.client.post(stage.channel, {"content": "single", "nonce": "n", "enforce_nonce": True})
    assert len(stage.fake.messages(stage.channel)) == 3


async def test_faults_come_at_a_seeded_rate_on_chosen_routes(stage: Stage) -> None:
    """The same seed, the same faults; other routes are left alone."""
    stage.fake.faults.rates = {Fault.SLOW: 0.5, Fault.DROP_BEFORE: 0.2, Fault.LATE: 0.1}
    stage.fake.faults.slow = 0.001
    fates = [stage.fake.faults.draw("POST /channels/{}/messages") for _ in range(50)]
    assert {Fault.SLOW, Fault.DROP_BEFORE, Fault.LATE, None} == set(fates)
    assert stage.fake.faults.draw("GET /users/@me") is None
    for number in range(8):
        try:
            await stage.client.post(stage.channel, {"content": str(number)})
        except aiohttp.ClientError:
            continue
    assert sum(stage.fake.faults.injected.values()) > 0


async def test_the_world_goes_on_when_the_bot_is_started_again(stage: Stage) -> None:
    """A second client finds the messages of the first and hears what is pressed on them."""
    posted = await stage.client.post(stage.channel, card())
    await stage.client.close()
    second = Ear()
    second.world = stage.fake.world
    async with stage.fake.running(second):
        outcome = await stage.mira.press(posted["id"], "b1:src:x", until="sent")
        await stage.fake.world.until(lambda: second.pressed)
        assert str(second.pressed[0].id) == outcome.interaction.id
        message = second.pressed[0].message
        assert message is not None
        assert str(message.id) == posted["id"]

"""The SDK against the local Slack: messages, changes, asides, whom they would ring, files, answers to commands."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.contract.slack_stage import Stage, button, error_of, refusal, section, staged
from tests.fakes.slack import SCOPES, Fault, Pings


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ where


async def test_a_message_stands_where_it_was_sent_and_is_told_of(stage: Stage) -> None:
    """With our ids on it, ids on its blocks, and an event for whoever subscribed."""
    told: list[Any] = []
    stage.fake.world.on_event.append(lambda _, event: told.append(event))
    answer = await stage.client.chat_postMessage(
        channel=stage.channel.id,
        text="Low water at nine",
        blocks=[section(), {"type": "actions", "elements": [button(), button(action_id="b1:ctr")]}],
    )
    (message,) = stage.fake.messages(stage.channel)
    assert (answer["ts"], answer["message"]["bot_id"]) == (message.ts, stage.team.bot_id)
    assert all(block["block_id"] for block in message.blocks)
    assert [event["type"] for event in told] == ["message"]
    assert told[0]["channel_type"] == "channel"
    assert stage.fake.world.journal[0].method == "chat.postMessage"


async def test_places_that_cannot_be_written_in_are_told_apart(stage: Stage) -> None:
    """Unknown, not ours, archived, for admins only."""
    quay = stage.fake.add_channel(stage.team, "quay")
    assert await error_of(stage.client.chat_postMessage(channel="C999", text="x")) == "channel_not_found"
    assert await error_of(stage.client.chat_postMessage(channel=quay.id, text="x")) == "not_in_channel"
    stage.channel.restricted = True
    assert await error_of(stage.post()) == "restricted_action"
    stage.fake.archive(stage.channel)
    assert await error_of(stage.post()) == "is_archived"
    stage.fake.install(stage.team, scopes=(*SCOPES, "chat:write.public"))
    assert (await stage.client.chat_postMessage(channel="#quay", text="x"))["channel"] == quay.id


async def test_a_reply_needs_a_parent(stage: Stage) -> None:
    """None there, deleted, deleted with replies, itself a reply: each is refused."""
    root = await stage.post()
    reply = await stage.post("below", thread_ts=root)
    assert await error_of(stage.post(thread_ts="1.000001")) == "thread_not_found"
    assert await error_of(stage.post(thread_ts=reply)) == "cannot_reply_to_message"
    stage.fake.delete(stage.fake.world.messages[stage.channel.id, root])
    assert await error_of(stage.post(thread_ts=root)) == "cannot_reply_to_message"
    thread = await stage.client.conversations_replies(channel=stage.channel.id, ts=root)
    assert [one.get("subtype") for one in thread["messages"]] == ["tombstone", None]
    await stage.client.chat_delete(channel=stage.channel.id, ts=reply)
    assert await error_of(stage.post(thread_ts=root)) == "thread_not_found"
    assert await error_of(stage.client.conversations_replies(channel=stage.channel.id, ts=root)) == "thread_not_found"
    assert (await stage.client.conversations_history(channel=stage.channel.id))["messages"] == []


async def test_a_broadcast_reply_stands_in_the_channel_too(stage: Stage) -> None:
    """Which ours never are."""
    root = await stage.post()
    quiet = await stage.post("quiet", thread_ts=root)
    loud = await stage.post("loud", thread_ts=root, reply_broadcast=True)
    history = await stage.client.conversations_history(channel=stage.channel.id)
    assert [one["ts"] for one in history["messages"]] == [loud, root]
    assert [one.ts for one in stage.fake.replies(stage.fake.world.messages[stage.channel.id, root])] == [quiet, loud]
    assert history["messages"][1]["reply_count"] == 2


async def test_a_link_leads_to_a_message_and_its_thread(stage: Stage) -> None:
    """As Slack writes them."""
    root = await stage.post()
    reply = await stage.post(thread_ts=root)
    link = await stage.client.chat_getPermalink(channel=stage.channel.id, message_ts=reply)
    known = f"https://harbour.slack.com/archives/{stage.channel.id}/p{reply.replace('.', '')}"
    assert link["permalink"] == f"{known}?thread_ts={root}&cid={stage.channel.id}"
    missing = stage.client.chat_getPermalink(channel=stage.channel.id, message_ts="1.000001")
    assert await error_of(missing) == "message_not_found"


# ------------------------------------------------------------ what


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": "[]x"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("a" * 2999)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": [section("a" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {}, "b": 1}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 16_000}}}, "metadata_too_large"),
    ],
)
async def test_what_is_no_message_is_refused(stage: Stage, arguments: dict[str, Any], error: str) -> None:
    """By the word that Slack has for it; nothing stands there."""
    answer = await refusal(stage.client.api_call("chat.postMessage", json={"channel": stage.channel.id, **arguments}))
    assert answer["error"] == error
    assert stage.fake.messages(stage.channel) == []
    if error == "invalid_blocks":
        assert answer["response_metadata"]["messages"] == [
            "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
        ]


async def test_a_very_long_text_is_cut_without_a_word(stage: Stage) -> None:
    """The trap: at 40,000 characters; chat.update refuses more than 4,000."""
    ts = await stage.post("a" * 40_001)
    assert len(stage.fake.messages(stage.channel)[0].text) == 40_000
    changed = stage.client.chat_update(channel=stage.channel.id, ts=ts, text="a" * 4001)
    assert await error_of(changed) == "msg_too_long"


async def test_a_change_keeps_what_is_not_given(stage: Stage) -> None:
    """Blocks and metadata stay; an empty list removes the blocks."""
    metadata = {"event_type": "a", "event_payload": {"key": "k"}}
    ts = await stage.post(blocks=[section()], metadata=metadata)
    await stage.client.chat_update(channel=stage.channel.id, ts=ts, text="High water")
    (message,) = stage.fake.messages(stage.channel)
    assert (message.text, len(message.blocks), message.metadata, message.edits) == ("High water", 1, metadata, 1)
    await stage.client.chat_update(channel=stage.channel.id, ts=ts, text="High", blocks=[])
    assert stage.fake.messages(stage.channel)[0].blocks == []


async def test_only_our_own_messages_are_changed_and_deleted(stage: Stage) -> None:
    """Others', deleted ones, and those in archived channels are not."""
    said = await stage.mira.say(stage.channel, "Good morning", until="sent")
    assert said.said is not None
    theirs: dict[str, Any] = {"channel": stage.channel.id, "ts": said.said.ts}
    assert await error_of(stage.client.chat_update(**theirs, text="x")) == "cant_update_message"
    assert await error_of(stage.client.chat_delete(**theirs)) == "cant_delete_message"
    ours: dict[str, Any] = {"channel": stage.channel.id, "ts": await stage.post()}
    await stage.client.chat_delete(**ours)
    assert await error_of(stage.client.chat_delete(**ours)) == "message_not_found"
    ours["ts"] = await stage.post()
    stage.fake.archive(stage.channel)
    assert await error_of(stage.client.chat_update(**ours, text="x")) == "is_archived"


async def test_an_aside_is_seen_by_one_person_and_read_back_by_nobody(stage: Stage) -> None:
    """Not changed either; only for members."""
    told = await stage.client.chat_postEphemeral(channel=stage.channel.id, user=stage.mira.id, text="Only you")
    assert [one.text for one in stage.fake.world.asides(stage.channel, stage.mira.id)] == ["Only you"]
    assert (await stage.client.conversations_history(channel=stage.channel.id))["messages"] == []
    changed = stage.client.chat_update(channel=stage.channel.id, ts=told["message_ts"], text="x")
    assert await error_of(changed) == "message_not_found"
    assert await error_of(stage.post(thread_ts=told["message_ts"])) == "cannot_reply_to_message"
    other = stage.fake.add_channel(stage.team, "secret", private=True)
    stage.fake.join(other)
    aside = stage.client.chat_postEphemeral(channel=other.id, user=stage.mira.id, text="x")
    assert await error_of(aside) == "user_not_in_channel"


# ------------------------------------------------------------ whom it rings


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"text": "plain @channel and &lt;!channel&gt;"}, Pings()),
        ({"text": "<!channel> <!here|here>"}, Pings(everyone=("channel", "here"))),
        ({"text": "<@U1> <@U2|mira> <!subteam^S1>"}, Pings(users=("U1", "U2"), groups=("S1",))),
        ({"text": "@mira @everyone", "parse": "full"}, Pings(everyone=("everyone",), users=("MIRA",))),
        ({"text": "@mira", "link_names": True}, Pings(users=("MIRA",))),
        ({"text": "x", "blocks": [section("<@U1>")]}, Pings(users=("U1",))),
        ({"text": "x", "blocks": [section("@here")]}, Pings(everyone=("here",))),
        (
            {"text": "x", "blocks": [section() | {"text": {"type": "mrkdwn", "text": "@here", "verbatim": True}}]},
            Pings(),
        ),
        ({"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]}, Pings()),
        ({"text": "x", "blocks": [{"type": "markdown", "text": "<!here> \\<!channel>"}]}, Pings(everyone=("here",))),
    ],
)
async def test_whom_a_message_would_ring(stage: Stage, arguments: dict[str, Any], expected: Pings) -> None:
    """After Slack's own reading of texts and blocks; MIRA stands for her id."""
    ts = await stage.post(**({"text": ""} | arguments))
    users = tuple(stage.mira.id if user == "MIRA" else user for user in expected.users)
    wanted = Pings(expected.everyone, users, expected.groups)
    assert stage.fake.world.pings() == ({(stage.channel.id, ts): wanted} if wanted else {})


async def test_links_show_pages_unless_both_kinds_are_off(stage: Stage) -> None:
    """In texts, in blocks, in Markdown."""
    links = "see <https://a.example/1|one> and https://b.example/2"
    loud = await stage.post(links, blocks=[{"type": "markdown", "text": "[c](https://c.example/3)"}])
    await stage.post(links, unfurl_links=False, unfurl_media=False)
    half = await stage.post(links, unfurl_links=False)
    found = stage.fake.world.unfurls()
    assert found[stage.channel.id, loud] == ("https://a.example/1", "https://b.example/2", "https://c.example/3")
    assert [ts for _, ts in found] == [loud, half]


# ------------------------------------------------------------ files


async def test_a_file_is_sent_to_a_thread_in_three_steps(stage: Stage) -> None:
    """The answer has ids and no `ts`; the message has words, a file and its description."""
    stage.fake.install(stage.team, scopes=(*SCOPES, "files:write", "files:read"))
    root = await stage.post()
    done = await stage.client.files_upload_v2(
        channel=stage.channel.id,
        thread_ts=root,
        filename="tides.mp3",
        content=b"ID3 tides",
        title="The tides",
        alt_txt="Today's episode",
        initial_comment="Listen",
    )
    (reply,) = stage.fake.replies(stage.fake.world.messages[stage.channel.id, root])
    assert "shares" not in done["files"][0]
    file = stage.fake.world.files[reply.files[0]]
    assert (file.content, file.title, file.alt_txt) == (b"ID3 tides", "The tides", "Today's episode")
    assert (reply.text, reply.subtype, stage.fake.world.journal[-1].method) == (
        "Listen",
        "file_share",
        "files.completeUploadExternal",
    )
    async with aiohttp.ClientSession() as session:
        where = f"{stage.fake.address}/files/{file.id}/tides.mp3"
        async with session.get(where, headers={"Authorization": f"Bearer {stage.team.bot_token}"}) as answer:
            assert await answer.read() == b"ID3 tides"
        async with session.get(where) as answer:
            assert b"Sign in" in await answer.read()
    assert (await stage.client.files_info(file=file.id))["file"]["shares"]["public"]
    await stage.client.files_delete(file=file.id)
    assert await error_of(stage.client.files_info(file=file.id)) == "file_not_found"


async def test_a_file_that_was_not_sent_is_not_complete(stage: Stage) -> None:
    """Nor one of another length, nor twice."""
    stage.fake.install(stage.team, scopes=(*SCOPES, "files:write"))
    told = await stage.client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": told["file_id"]}]
    assert await error_of(stage.client.files_completeUploadExternal(files=files)) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        for raw, status in ((b"abcd", 400), (b"abc", 200), (b"abc", 400)):
            async with session.post(told["upload_url"], data=raw) as answer:
                assert answer.status == status
    assert (await stage.client.files_completeUploadExternal(files=files))["files"][0]["title"] == "a.txt"
    assert await error_of(stage.client.files_completeUploadExternal(files=files)) == "file_update_failed"
    form = await stage.client.files_getUploadURLExternal(filename="b.txt", length=3)
    async with aiohttp.ClientSession() as session:
        async with session.post(form["upload_url"], data={"file": io.BytesIO(b"abc")}) as answer:
            assert await answer.text() == "OK - 3"
        async with session.post(f"{stage.fake.address}/upload/F9", data=b"abc") as answer:
            assert (answer.status, await answer.text()) == (400, "file_not_found")
    stage.fake.world.limits.largest_file = 10
    for wrong, error in (
        ({"length": 0}, "invalid_arguments"),
        ({"length": 11}, "file_upload_size_restricted"),
        ({"length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ):
        asked = stage.client.api_call("files.getUploadURLExternal", params={"filename": "a.txt", **wrong})
        assert await error_of(asked) == error


# ------------------------------------------------------------ answers to presses and commands


async def _answer(url: str, **payload: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=payload) as answer:
        return answer.status, await answer.text()


async def test_an_answer_is_for_one_person_five_times_in_half_an_hour(stage: Stage) -> None:
    """Then the address is used up; a refused one does not count."""
    url = stage.fake.world.add_response_url(stage.team.id, stage.mira.id, stage.channel.id)
    assert await _answer(url) == (400, "no_text")
    assert await _answer(url, text="Only you") == (200, "ok")
    assert await _answer(url, text="All", response_type="in_channel") == (200, "ok")
    assert [one.text for one in stage.fake.world.asides(stage.channel, stage.mira.id)] == ["Only you"]
    assert [one.text for one in stage.fake.messages(stage.channel)] == ["All"]
    late = stage.fake.world.add_response_url(stage.team.id, stage.mira.id, stage.channel.id)
    for _ in range(3):
        await _answer(url, text="again")
    assert await _answer(url, text="too often") == (404, "used_url")
    stage.clock.advance(timedelta(minutes=31))
    assert await _answer(late, text="too late") == (404, "expired_url")


async def test_an_answer_replaces_or_deletes_what_was_pressed(stage: Stage) -> None:
    """Also an aside, which nothing else changes."""
    aside = await stage.client.chat_postEphemeral(channel=stage.channel.id, user=stage.mira.id, text="Sure?")
    ours = await stage.post("Old")
    world = stage.fake.world
    urls = [
        world.add_response_url(stage.team.id, stage.mira.id, stage.channel.id, message=ts)
        for ts in (aside["message_ts"], ours)
    ]
    for url in urls:
        assert (await _answer(url, text="New", replace_original=True))[0] == 200
    assert [one.text for one in world.asides(stage.channel, stage.mira.id)] == ["New"]
    assert [one.text for one in stage.fake.messages(stage.channel)] == ["New"]
    for url in urls:
        assert (await _answer(url, delete_original=True))[0] == 200
    assert world.asides(stage.channel, stage.mira.id) == stage.fake.messages(stage.channel) == []
    assert await _answer(urls[0], delete_original=True) == (404, "message_not_found")


async def test_answers_fail_as_methods_do(stage: Stage) -> None:
    """A fault for `response_url`; a body that is no JSON; an archived channel."""
    url = stage.fake.world.add_response_url(stage.team.id, stage.mira.id, stage.channel.id)
    stage.fake.faults.next(Fault.UNAVAILABLE, "response_url")
    assert (await _answer(url, text="x"))[0] == 503
    async with aiohttp.ClientSession() as session, session.post(url, data="{x") as answer:
        assert (answer.status, await answer.text()) == (400, "invalid_payload")
    stage.fake.archive(stage.channel)
    assert await _answer(url, text="x") == (410, "is_archived")


async def test_a_reaction_is_made_once_and_taken_back(stage: Stage) -> None:
    """`already_reacted`, `no_reaction`."""
    stage.fake.install(stage.team, scopes=(*SCOPES, "reactions:write"))
    where: dict[str, Any] = {"channel": stage.channel.id, "timestamp": await stage.post(), "name": "eyes"}
    await stage.client.reactions_add(**where)
    assert stage.fake.messages(stage.channel)[0].reactions == {"eyes": [stage.team.bot_user]}
    assert await error_of(stage.client.reactions_add(**where)) == "already_reacted"
    await stage.client.reactions_remove(**where)
    assert await error_of(stage.client.reactions_remove(**where)) == "no_reaction"
    assert await error_of(stage.client.reactions_add(**{**where, "timestamp": "1.000001"})) == "message_not_found"
    stage.fake.leave(stage.channel)
    assert await error_of(stage.client.reactions_add(**where)) == "not_in_channel"
    stage.fake.archive(stage.channel)
    assert await error_of(stage.client.reactions_add(**where)) == "is_archived"

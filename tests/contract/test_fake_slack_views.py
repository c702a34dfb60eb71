"""The SDK against the local Slack: modals, App Home, text that grows, and what stands around an answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.slack_stage import Stage, button, error_of, modal, plain, refusal, section, staged

FIELD = {
    "type": "input",
    "block_id": "question",
    "label": plain("Your question"),
    "element": {"type": "plain_text_input", "action_id": "b1:ask"},
}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


def _trigger(stage: Stage, view: str | None = None) -> str:
    return stage.fake.world.add_trigger(stage.team.id, stage.mira.id, view).id


async def _open(stage: Stage, **more: Any) -> Any:
    return (await stage.client.views_open(trigger_id=_trigger(stage), view=modal(**more)))["view"]


# ------------------------------------------------------------ modals


async def test_what_a_person_did_opens_one_modal_within_three_seconds(stage: Stage) -> None:
    """Once, in time, and only what happened."""
    trigger = _trigger(stage)
    late = _trigger(stage)
    view = (await stage.client.views_open(trigger_id=trigger, view=modal()))["view"]
    assert (view["root_view_id"], view["previous_view_id"], view["state"]) == (view["id"], None, {"values": {}})
    assert await error_of(stage.client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await error_of(stage.client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"
    stage.clock.advance(timedelta(seconds=3, milliseconds=1))
    assert await error_of(stage.client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    shown = stage.fake.world.modal(stage.mira.user)
    assert shown is not None
    assert shown.id == view["id"]


async def test_three_modals_lie_on_each_other_at_most(stage: Stage) -> None:
    """One is pushed over the one in which something was pressed; opening anew closes all."""
    first = await _open(stage)
    second = (await stage.client.views_push(trigger_id=_trigger(stage, first["id"]), view=modal()))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    third = (await stage.client.views_push(trigger_id=_trigger(stage, second["id"]), view=modal()))["view"]
    pushed = stage.client.views_push(trigger_id=_trigger(stage, third["id"]), view=modal())
    assert await error_of(pushed) == "push_limit_reached"
    assert await error_of(stage.client.views_push(trigger_id=_trigger(stage), view=modal())) == "not_found"
    await _open(stage)
    assert len(stage.fake.world.modals[stage.team.id, stage.mira.id]) == 1
    assert await error_of(stage.client.views_update(view_id=first["id"], view=modal())) == "not_found"


async def test_a_change_wants_the_hash_of_what_it_changes(stage: Stage) -> None:
    """With an old one nothing happens; what was entered stays where the field does."""
    view = await _open(stage, submit=plain("Ask"), external_id="asking")
    known = stage.fake.world.views[view["id"]]
    known.values = {"question": {"b1:ask": {"type": "plain_text_input", "value": "Why?"}}, "gone": {"b1:x": {}}}
    changed = await stage.client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal(FIELD, submit=plain("Ask"))
    )
    assert changed["view"]["hash"] != view["hash"]
    assert changed["view"]["state"]["values"] == {"question": known.values["question"]}
    old = stage.client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    assert await error_of(old) == "hash_conflict"
    assert await error_of(stage.client.views_update(external_id="asking", view=modal())) == "not_found"
    assert await error_of(stage.client.views_update(view_id="V9", view=modal())) == "not_found"


async def test_an_outer_id_is_good_for_one_view(stage: Stage) -> None:
    """`duplicate_external_id`."""
    view = await _open(stage, external_id="asking")
    pushed = stage.client.views_push(trigger_id=_trigger(stage, view["id"]), view=modal(external_id="asking"))
    assert await error_of(pushed) == "duplicate_external_id"
    assert (await stage.client.views_update(external_id="asking", view=modal(external_id="asking")))["ok"]


WRONG_VIEWS: dict[str, tuple[dict[str, Any], str]] = {
    "a long title": (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    "a long submit": (
        modal(submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "a long close": (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
    "no title": (
        {key: value for key, value in modal().items() if key != "title"},
        "missing required field: title [json-pointer:/view]",
    ),
    "much private": (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "101 blocks": (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "markdown": (
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0]",
    ),
    "a field and no submit": (
        modal(FIELD),
        "missing required field: submit, which blocks of type `input` need [json-pointer:/view]",
    ),
    "no modal": ({"type": "home", "blocks": []}, "must be a valid enum value: modal [json-pointer:/view/type]"),
    "an unknown field": (modal(size="large"), "invalid additional property: size [json-pointer:/view]"),
    "no blocks": ({"type": "modal", "title": plain("x")}, "missing required field: blocks [json-pointer:/view]"),
}


@pytest.mark.parametrize("name", WRONG_VIEWS)
async def test_a_wrong_view_is_refused_and_says_where(stage: Stage, name: str) -> None:
    """The trigger is good still."""
    view, complaint = WRONG_VIEWS[name]
    trigger = _trigger(stage)
    answer = await refusal(stage.client.views_open(trigger_id=trigger, view=view))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {complaint}"]
    assert (await stage.client.views_open(trigger_id=trigger, view=modal()))["ok"]


async def test_a_view_of_more_than_250_kilobytes_is_too_large(stage: Stage) -> None:
    """Even if each part of it is legal."""
    large = modal(*[section("ж" * 3000) for _ in range(45)])
    assert await error_of(stage.client.views_open(trigger_id=_trigger(stage), view=large)) == "view_too_large"


async def test_app_home_is_published_again_and_again(stage: Stage) -> None:
    """One a person; with a hash only over what it was; a modal is none."""
    home = {"type": "home", "blocks": [section(accessory=button())]}
    first = (await stage.client.views_publish(user_id=stage.mira.id, view=home))["view"]
    second = (await stage.client.views_publish(user_id=stage.mira.id, view=home, hash=first["hash"]))["view"]
    assert (second["id"], second["type"]) == (first["id"], "home")
    old = stage.client.views_publish(user_id=stage.mira.id, view=home, hash=first["hash"])
    assert await error_of(old) == "hash_conflict"
    assert await error_of(stage.client.views_publish(user_id=stage.mira.id, view=modal())) == "invalid_arguments"
    assert await error_of(stage.client.views_publish(user_id="U9", view=home)) == "user_not_found"
    assert (await stage.client.views_publish(user_id=stage.mira.id, view={"type": "home", "blocks": []}))["ok"]


# ------------------------------------------------------------ streams


async def _stream(stage: Stage, **more: Any) -> dict[str, Any]:
    """Where a stream has begun."""
    root = await stage.post()
    told = await stage.client.chat_startStream(
        channel=stage.channel.id,
        thread_ts=root,
        recipient_team_id=stage.team.id,
        recipient_user_id=stage.mira.id,
        **more,
    )
    return {"channel": stage.channel.id, "ts": told["ts"]}


async def test_a_stream_grows_and_ends_with_blocks_and_metadata(stage: Stage) -> None:
    """The SDK's helper; the end has the text as a block, then what was given at the end."""
    root = await stage.post()
    stream = await stage.client.chat_stream(
        channel=stage.channel.id,
        thread_ts=root,
        recipient_team_id=stage.team.id,
        recipient_user_id=stage.mira.id,
    )
    await stream.append(markdown_text="The tide **turns** " + "at nine, " * 40)
    await stream.append(markdown_text="said Ada.")
    metadata = {"event_type": "briefing_answer", "event_payload": {"key": "k"}}
    await stream.stop(blocks=[{"type": "actions", "elements": [button()]}], metadata=metadata, session_status="active")
    (answer,) = stage.fake.replies(stage.fake.world.messages[stage.channel.id, root])
    assert answer.stream is not None
    assert not answer.stream.open
    assert answer.text.endswith("said Ada.")
    assert [block["type"] for block in answer.blocks] == ["markdown", "actions"]
    assert answer.metadata == metadata
    assert stage.fake.world.sessions[answer.channel, root] == "active"
    assert [one.method for one in stage.fake.requests] == [
        "chat.postMessage",
        "chat.startStream",
        "chat.stopStream",
    ]


async def test_in_channels_it_is_said_who_reads(stage: Stage) -> None:
    """In direct messages not; a thread is needed in both."""
    root = await stage.post()
    where: dict[str, Any] = {"channel": stage.channel.id, "thread_ts": root}
    assert await error_of(stage.client.chat_startStream(**where)) == "missing_recipient_team_id"
    where["recipient_team_id"] = stage.team.id
    assert await error_of(stage.client.chat_startStream(**where)) == "missing_recipient_user_id"
    assert await error_of(stage.client.chat_startStream(**where, recipient_user_id="U9")) == "user_not_in_channel"
    direct = stage.fake.direct(stage.mira).id
    above = (await stage.client.chat_postMessage(channel=direct, text="x"))["ts"]
    assert (await stage.client.chat_startStream(channel=direct, thread_ts=above))["ok"]
    alone = stage.client.api_call("chat.startStream", json={"channel": direct})
    assert await error_of(alone) == "invalid_arguments"


async def test_slack_ends_a_stream_after_five_minutes(stage: Stage) -> None:
    """What stands there stays and can be changed again; while it runs it cannot."""
    where = await _stream(stage, markdown_text="Begun. ")
    changed = stage.client.chat_update(**where, text="Changed")
    assert await error_of(changed) == "streaming_state_conflict"
    stage.clock.advance(timedelta(minutes=4, seconds=59))
    await stage.client.chat_appendStream(**where, markdown_text="Still. ")
    stage.clock.advance(timedelta(seconds=1))
    late = stage.client.chat_appendStream(**where, markdown_text="Late.")
    assert await error_of(late) == "message_not_in_streaming_state"
    assert await error_of(stage.client.chat_stopStream(**where)) == "message_not_in_streaming_state"
    message = stage.fake.world.messages[where["channel"], where["ts"]]
    assert message.text == "Begun. Still. "
    assert message.stream is not None
    assert message.stream.timed_out
    other = await _stream(stage, markdown_text="Begun.")
    stage.clock.advance(timedelta(minutes=5))
    await stage.client.chat_update(**other, text="Also without having been told")
    await stage.client.chat_update(**where, text="All of it", blocks=[section("All of it")])
    assert [block["type"] for block in message.blocks] == ["section"]


async def test_chunks_show_what_is_being_done(stage: Stage) -> None:
    """Tasks are changed by their id; blocks stand below the text."""
    task = {"type": "task_update", "id": "1", "title": "Reading", "status": "in_progress"}
    source = {"type": "url", "url": "https://a.example", "text": "Tide tables"}
    where = await _stream(
        stage, chunks=[{"type": "plan_update", "title": "Three sources"}, task], task_display_mode="plan"
    )
    await stage.client.chat_appendStream(**where, chunks=[{**task, "status": "complete", "sources": [source]}])
    await stage.client.chat_appendStream(
        **where, chunks=[{"type": "markdown_text", "text": "At nine."}, {"type": "blocks", "blocks": [section()]}]
    )
    message = stage.fake.world.messages[where["channel"], where["ts"]]
    assert message.stream is not None
    assert (message.stream.plan, message.stream.mode) == ("Three sources", "plan")
    assert [(one["title"], one["status"]) for one in message.stream.tasks.values()] == [("Reading", "complete")]
    assert [block["type"] for block in message.blocks] == ["markdown", "section"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"markdown_text": ""}, "no_text"),
        ({"chunks": "what"}, "invalid_chunks"),
        ({"chunks": [{"type": "task_update", "id": "1", "title": "x", "status": "done"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "song", "text": "x"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": [{"type": "input"}]}]}, "invalid_chunks"),
    ],
)
async def test_what_does_not_belong_into_a_stream_is_refused(stage: Stage, more: dict[str, Any], error: str) -> None:
    """Nothing of it is taken."""
    where = await _stream(stage, markdown_text="Begun.")
    assert await error_of(stage.client.api_call("chat.appendStream", json=where | more)) == error
    assert stage.fake.world.messages[where["channel"], where["ts"]].text == "Begun."


async def test_a_message_that_is_no_stream_is_none(stage: Stage) -> None:
    """Ours, or somebody else's; and what is wrong with its blocks stops no stream."""
    ours: dict[str, Any] = {"channel": stage.channel.id, "ts": await stage.post()}
    assert await error_of(stage.client.chat_stopStream(**ours)) == "message_not_in_streaming_state"
    said = await stage.mira.say(stage.channel, "Good morning", until="sent")
    assert said.said is not None
    theirs = stage.client.chat_appendStream(channel=stage.channel.id, ts=said.said.ts, markdown_text="x")
    assert await error_of(theirs) == "message_not_owned_by_app"
    where = await _stream(stage, markdown_text="Begun.")
    assert await error_of(stage.client.chat_stopStream(**where, blocks=[{"type": "input"}])) == "invalid_blocks"
    assert (await stage.client.chat_stopStream(**where))["ok"]


# ------------------------------------------------------------ around an answer


async def test_a_status_stands_until_a_message_does(stage: Stage) -> None:
    """Or until it is taken away."""
    root = await stage.post()
    where: dict[str, Any] = {"channel_id": stage.channel.id, "thread_ts": root}
    await stage.client.assistant_threads_setStatus(**where, status="is reading…", loading_messages=["Tide tables"])
    status = stage.fake.world.statuses[stage.channel.id, root]
    assert (status.text, status.loading) == ("is reading…", ("Tide tables",))
    await stage.post("An answer", thread_ts=root)
    assert stage.fake.world.statuses == {}
    await stage.client.assistant_threads_setStatus(**where, status="is reading…")
    await stage.client.assistant_threads_setStatus(**where, status="")
    assert stage.fake.world.statuses == {}
    many = stage.client.assistant_threads_setStatus(**where, status="x", loading_messages=["x"] * 11)
    assert await error_of(many) == "invalid_arguments"
    quay = stage.fake.add_channel(stage.team, "quay")
    outside = stage.client.assistant_threads_setStatus(channel_id=quay.id, thread_ts=root, status="x")
    assert await error_of(outside) == "not_in_channel"
    lost = stage.client.assistant_threads_setStatus(channel_id=stage.channel.id, thread_ts="1.000001", status="x")
    assert await error_of(lost) == "invalid_thread_ts"


async def test_an_agent_suggests_four_prompts_and_no_thread(stage: Stage) -> None:
    """With a thread it fails without a word; the old panel wants one."""
    direct = stage.fake.direct(stage.mira).id
    prompts = [{"title": f"Question {n}", "message": f"What about {n}?"} for n in range(5)]
    ask = stage.client.assistant_threads_setSuggestedPrompts
    assert await error_of(ask(channel_id=direct, prompts=prompts)) == "invalid_arguments"
    assert await error_of(ask(channel_id=direct, prompts=[{"title": "x", "message": ""}])) == "invalid_arguments"
    await ask(channel_id=direct, prompts=prompts[:4], title="Ask")
    assert len(stage.fake.world.prompts[direct, None]["prompts"]) == 4
    await ask(channel_id=direct, prompts=prompts[:1], thread_ts="1.000001")
    assert list(stage.fake.world.prompts) == [(direct, None)]
    stage.fake.app.agent_view = False
    await ask(channel_id=direct, prompts=prompts[:1], thread_ts="1.000001")
    assert (direct, "1.000001") in stage.fake.world.prompts


async def test_a_session_has_a_state_and_a_title(stage: Stage) -> None:
    """The title is given when it begins, or by renaming."""
    root = await stage.post()
    where: dict[str, Any] = {"channel_id": stage.channel.id, "thread_ts": root}
    assert await error_of(stage.client.agents_sessions_rename(**where, title="x")) == "session_not_found"
    told = await stage.client.agents_sessions_setStatus(**where, status="processing", title="The tides")
    assert (told["status"], told["title"]) == ("processing", "The tides")
    await stage.client.agents_sessions_setStatus(**where, status="closed", title="Another")
    assert stage.fake.world.sessions[stage.channel.id, root] == "closed"
    assert stage.fake.world.titles[stage.channel.id, root] == "The tides"
    await stage.client.agents_sessions_rename(**where, title="Tides")
    await stage.client.assistant_threads_setTitle(**where, title="Tides at nine")
    assert stage.fake.world.titles[stage.channel.id, root] == "Tides at nine"
    assert await error_of(stage.client.agents_sessions_setStatus(**where, status="busy")) == "invalid_arguments"
    long = stage.client.agents_sessions_setStatus(**where, status="active", title="x" * 201)
    assert await error_of(long) == "invalid_arguments"
    stage.fake.app.agent_view = False
    assert await error_of(stage.client.agents_sessions_setStatus(**where, status="active")) == "not_an_agent"

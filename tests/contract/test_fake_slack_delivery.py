"""How the local Slack reaches an application: by sockets and by signed requests, once, twice, late, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck

from tests.contract.slack_bolt import Json, Stage, by_requests, by_socket, staged
from tests.fakes.slack import Unable


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ which events


async def test_a_mention_comes_twice_with_different_ids(stage: Stage) -> None:
    """Once as what was said in the channel, once as a mention: the same `ts`, two event ids."""
    stage.hears("message", "app_mention")
    async with by_socket(stage):
        await stage.mira.say(stage.channel, "@Counterpoint, the tides?", until="heard")
        events = await stage.told(2)
    assert {event["type"] for event in events} == {"message", "app_mention"}
    assert len({event["ts"] for event in events}) == 1
    assert len({body["event_id"] for body in stage.heard}) == 2
    whole = next(event for event in events if event["type"] == "message")
    assert whole["channel_type"] == "channel"
    assert whole["text"] == f"<@{stage.team.bot_user}>, the tides?"
    assert whole["blocks"][0]["elements"][0]["elements"][0] == {"type": "user", "user_id": stage.team.bot_user}


async def test_a_body_says_whose_it_is(stage: Stage) -> None:
    """Team, application, and the authorization that it comes for."""
    stage.hears("message")
    async with by_socket(stage):
        await stage.mira.say(stage.channel, "Any news?", until="heard")
        await stage.told(1)
    body = stage.heard[0]
    assert body["type"] == "event_callback"
    assert body["team_id"] == stage.team.id
    assert body["api_app_id"] == stage.fake.app.id
    given = body["authorizations"][0]
    assert (given["team_id"], given["user_id"], given["is_bot"]) == (stage.team.id, stage.team.bot_user, True)
    assert given["is_enterprise_install"] is False


@pytest.mark.parametrize(
    ("scopes", "events", "expected"),
    [
        (None, None, ["message", "app_mention"]),
        ({"app_mentions:read"}, None, ["app_mention"]),
        ({"channels:history"}, None, ["message"]),
        (None, {"app_mention"}, ["app_mention"]),
        (None, {"message.groups", "message.im"}, []),
    ],
)
async def test_what_was_not_granted_or_not_asked_for_is_not_sent(
    stage: Stage, scopes: set[str] | None, events: set[str] | None, expected: list[str]
) -> None:
    """Messages need the history of their kind of channel, mentions their own scope; both need a subscription."""
    stage.team.scopes = frozenset(scopes) if scopes is not None else stage.team.scopes
    stage.fake.app.events = frozenset(events) if events is not None else stage.fake.app.events
    outcome = await stage.mira.say(stage.channel, "@Counterpoint, hello", until="sent")
    assert [one.name for one in outcome.sent] == expected


async def test_where_the_application_is_not_it_hears_nothing(stage: Stage) -> None:
    """Neither the message nor the mention."""
    other = stage.fake.add_channel(stage.team, "elsewhere")
    outcome = await stage.mira.say(other, "@Counterpoint, hello", until="sent")
    assert outcome.sent == ()


async def test_its_own_messages_come_back(stage: Stage) -> None:
    """With its bot id, by which Bolt leaves them out."""
    stage.post(text="An edition")
    (own,) = stage.fake.deliver.of("message")
    assert own.event["bot_id"] == stage.team.bot_id
    assert "subtype" not in own.event


async def test_changes_and_deletions_are_events_of_their_own(stage: Stage) -> None:
    """With what stood there before, and hidden."""
    said = (await stage.mira.say(stage.channel, "First", until="sent")).said
    assert said is not None
    await stage.mira.edit(said, "Second", until="sent")
    await stage.mira.delete(said, until="sent")
    _, changed, deleted = (one.event for one in stage.fake.deliver.of("message"))
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "Second")
    assert changed["previous_message"]["text"] == "First"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert changed["hidden"] is deleted["hidden"] is True


async def test_replies_files_and_broadcasts_say_what_they_are(stage: Stage) -> None:
    """A reply names the author of its parent; a file and a reply to the channel have subtypes."""
    root = stage.post(text="An edition")
    await stage.mira.say(stage.channel, "Hm", thread=root, until="sent")
    await stage.mira.say(stage.channel, "Look", thread=root, broadcast=True, until="sent")
    await stage.mira.say(stage.channel, "A list", files={"a.opml": b"<opml/>"}, until="sent")
    _, reply, broadcast, file = (one.event for one in stage.fake.deliver.of("message"))
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root.ts, stage.team.bot_user)
    assert (broadcast["subtype"], broadcast["root"]["ts"]) == ("thread_broadcast", root.ts)
    assert (file["subtype"], file["files"][0]["name"]) == ("file_share", "a.opml")


async def test_other_bots_are_heard_as_such(stage: Stage) -> None:
    """With a `bot_id`; those of the first kind as `bot_message` without a user. Their mentions mention."""
    beacon = stage.fake.other_bot("Beacon", stage.team)
    _, new = beacon.say(stage.channel, "@Counterpoint, ping")
    _, old = beacon.say(stage.channel, "pong", old=True)
    assert [one.name for one in new] == ["message", "app_mention"]
    assert new[0].event["bot_id"] == beacon.user.bot_id
    assert (old[0].event["subtype"], "user" in old[0].event) == ("bot_message", False)


async def test_who_comes_into_a_channel_is_told_twice(stage: Stage) -> None:
    """As an event of its own, and as the line that Slack writes."""
    ann = stage.fake.person("Ann", stage.team)
    stage.fake.leave(stage.channel, ann)
    first = len(stage.fake.deliver.sent)
    stage.fake.join(stage.channel, ann)
    told = [(one.name, one.event.get("subtype")) for one in stage.fake.deliver.sent[first:]]
    assert told == [("member_joined_channel", None), ("message", "channel_join")]


# ------------------------------------------------------------ sockets


async def test_each_event_goes_to_one_of_several_sockets(stage: Stage) -> None:
    """Two connections, as of two processes: each hears a part, none the same."""
    stage.hears("message")
    async with by_socket(stage), by_socket(stage):
        for number in range(12):
            await stage.mira.say(stage.channel, f"number {number}", until="heard")
        shares = [len(one.heard) for one in stage.fake.sockets.live]
        events = await stage.told(12)
    assert sum(shares) == 12
    assert all(shares)
    assert len({event["ts"] for event in events}) == 12


async def test_what_a_dead_socket_had_not_acknowledged_comes_again(stage: Stage) -> None:
    """After the connection broke, with the number of the attempt, which Bolt shows as a header."""
    seen: list[Any] = []

    @stage.app.middleware
    async def note(req: Any, next: Any) -> None:  # noqa: A002  # Bolt's name
        if "x-slack-retry-num" in req.headers:
            seen.append((req.headers["x-slack-retry-num"], req.headers["x-slack-retry-reason"]))
        await next()

    stage.hears("message")
    async with by_socket(stage):
        stage.fake.deliver.lose = 1
        await stage.mira.say(stage.channel, "Lost", until="sent")
        assert stage.fake.deliver.retry()
        await stage.told(1)
    assert seen == [(["1"], ["timeout"])]


async def test_what_one_process_did_not_finish_taking_goes_to_another(stage: Stage) -> None:
    """One of two connections dies before it has acknowledged: the other one gets the event, as a second attempt."""
    stage.hears("message")
    entered: list[str] = []

    @stage.app.middleware
    async def hang(req: Any, next: Any) -> None:  # noqa: A002  # Bolt's name
        entered.append(req.headers.get("x-slack-retry-num", ["0"])[0])
        stage.fake.world.touch()
        if len(entered) == 1:
            await asyncio.Event().wait()
        await next()

    async with by_socket(stage), by_socket(stage):
        outcome = await stage.mira.say(stage.channel, "Who takes it?", until="sent")
        await stage.fake.world.until(lambda: entered)
        (holder,) = (one for one in stage.fake.sockets.live if one.given)
        assert holder.request.transport is not None
        holder.request.transport.abort()
        await stage.told(1)
        await stage.fake.deliver.quiet()
    assert entered == ["0", "1"]
    assert (outcome.sent[0].state, outcome.sent[0].attempt) == ("arrived", 1)


async def test_a_socket_that_is_dropped_is_replaced_and_events_wait(stage: Stage) -> None:
    """The library connects anew; what was said meanwhile arrives then."""
    stage.hears("message")
    async with by_socket(stage):
        await stage.fake.sockets.drop(code=1001)
        await stage.mira.say(stage.channel, "While nobody listened", until="sent")
        events = await stage.told(1)
    assert events[0]["text"] == "While nobody listened"


async def test_asked_to_go_the_library_comes_back(stage: Stage) -> None:
    """`refresh_requested`: another address, another connection."""
    stage.hears("message")
    async with by_socket(stage):
        first = stage.fake.sockets.live[0].number
        await stage.fake.sockets.ask_to_go()
        await stage.fake.world.until(lambda: any(s.number != first for s in stage.fake.sockets.live))
        outcome = await stage.mira.say(stage.channel, "Still there?", until="heard")
    assert outcome.sent[0].state == "arrived"


async def test_the_eleventh_connection_is_one_too_many(stage: Stage) -> None:
    """It is told so instead of being greeted."""
    async with aiohttp.ClientSession() as session:
        stage.fake.outgoing._address()  # sets the address
        lines = [await session.ws_connect(stage.fake.sockets.address()) for _ in range(11)]
        first = [(await line.receive_json()) for line in lines]
        for line in lines:
            await line.close()
    assert [one["type"] for one in first] == ["hello"] * 10 + ["disconnect"]
    assert first[-1]["reason"] == "too_many_websockets"


async def test_an_acknowledgement_after_three_seconds_counts_for_nothing(stage: Stage) -> None:
    """The person reads that the application did not respond."""

    @stage.app.command("/brief")
    async def slow(ack: AsyncAck) -> None:
        stage.clock.advance(timedelta(seconds=3.1))
        await ack()

    async with by_socket(stage):
        outcome = await stage.mira.command("/brief now", stage.channel)
    assert outcome.error == "/brief failed because the app did not respond"


async def test_with_nobody_connected_a_press_fails_at_once(stage: Stage) -> None:
    """There is nothing that could take it."""
    outcome = await stage.mira.command("/brief now", stage.channel)
    assert outcome.error is not None


async def test_what_the_application_does_not_take_is_not_acknowledged(stage: Stage) -> None:
    """Bolt answers an event that no listener fits with 404, and says nothing into the socket."""
    async with by_socket(stage):
        outcome = await stage.mira.say(stage.channel, "Anybody?", until="sent")
        await stage.fake.world.until(lambda: outcome.sent[0].state == "under way")
        stage.clock.advance(timedelta(seconds=3.1))
        await stage.fake.world.until(lambda: outcome.sent[0].attempt == 1)
    assert outcome.sent[0].reason == "timeout"


# ------------------------------------------------------------ requests


async def test_requests_are_signed_and_bolt_takes_all_three_kinds(stage: Stage) -> None:
    """JSON for events, a form with `payload` for presses, a plain form for commands."""
    stage.hears("message")
    done: list[str] = []

    @stage.app.action("b1:src")
    async def press(ack: AsyncAck, body: Json) -> None:
        await ack()
        done.append(body["actions"][0]["value"])

    @stage.app.command("/brief")
    async def command(ack: AsyncAck, body: Json) -> None:
        await ack(f"You typed {body['text']!r} & more")

    button = {"type": "button", "text": {"type": "plain_text", "text": "Sources"}, "action_id": "b1:src", "value": "v"}
    message = stage.post({"type": "actions", "elements": [button]})
    async with by_requests(stage):
        await stage.mira.say(stage.channel, "Zeile & <Ende> — ä", until="heard")
        await stage.mira.press(message, "Sources", until="heard")
        outcome = await stage.mira.command("/brief now tides 24h", stage.channel)
        await stage.told(1)
    assert done == ["v"]
    assert outcome.private
    assert outcome.text == "You typed 'now tides 24h' & more"


async def test_an_address_is_verified_by_a_challenge(stage: Stage) -> None:
    """As Slack does when somebody enters it."""
    async with by_requests(stage):
        assert "seagull" in (await stage.fake.http.verify("seagull")).text


async def test_forged_requests_are_refused(stage: Stage) -> None:
    """Wrong signature, none, too old: 401 by Bolt; and the body is never looked at."""
    stage.hears("message")
    http = stage.fake.http
    async with by_requests(stage):
        statuses = [(await send()).status for send in (http.with_bad_signature, http.unsigned, http.stale)]
    assert statuses == [401, 401, 401]
    assert stage.heard == []


async def test_a_replayed_request_is_taken_by_bolt(stage: Stage) -> None:
    """Within five minutes the signature still fits: what comes twice is for the application to notice."""
    stage.hears("message")
    async with by_requests(stage):
        await stage.mira.say(stage.channel, "Once", until="heard")
        assert (await stage.fake.http.replayed()).status == 200
        await stage.told(2)
    assert len({body["event_id"] for body in stage.heard}) == 1


async def test_a_failure_is_tried_again_three_times_with_its_reason(stage: Stage) -> None:
    """At once, after a minute, after five; then it is given up."""
    numbers: list[Any] = []

    @stage.app.middleware
    async def refuse(req: Any, resp: Any) -> Any:
        numbers.append(req.headers.get("x-slack-retry-num", ["0"])[0])
        resp.status = 500
        return resp

    async with by_requests(stage):
        await stage.mira.say(stage.channel, "Hello", until="sent")
        await stage.fake.world.until(lambda: len(numbers) == 2)
        stage.clock.advance(timedelta(seconds=61))
        await stage.fake.world.until(lambda: len(numbers) == 3)
        stage.clock.advance(timedelta(seconds=301))
        (one,) = stage.fake.deliver.of("message")
        await stage.fake.world.until(lambda: one.state == "failed")
    assert numbers == ["0", "1", "2", "3"]
    assert one.reason == "http_error"


# ------------------------------------------------------------ disturbances


async def test_events_come_twice_again_and_in_another_order(stage: Stage) -> None:
    """`duplicate` keeps the id, `again` may take another, `shuffle` holds back until `straighten`."""
    stage.hears("message")
    deliver = stage.fake.deliver
    async with by_socket(stage):
        deliver.duplicate = 1.0
        first = await stage.mira.say(stage.channel, "one", until="heard")
        await stage.told(2)
        deliver.duplicate = 0.0
        deliver.again(first.sent[0], new_id=True)
        await stage.told(3)
        deliver.shuffle()
        for word in ("two", "three"):
            await stage.mira.say(stage.channel, word, until="sent")
        deliver.straighten(lambda held: held[::-1])
        events = await stage.told(5)
    assert [event["text"] for event in events] == ["one", "one", "one", "three", "two"]
    ids = [body["event_id"] for body in stage.heard]
    assert ids[0] == ids[1] != ids[2]


async def test_an_acknowledgement_that_gets_lost_makes_it_come_again(stage: Stage) -> None:
    """What was taken and perhaps done comes once more, the same."""
    stage.hears("message")
    async with by_socket(stage):
        stage.fake.deliver.deaf = 1
        await stage.mira.say(stage.channel, "Once", until="sent")
        await stage.told(1)
        await stage.fake.world.until(lambda: stage.fake.deliver.deaf == 0)
        stage.fake.deliver.retry()
        events = await stage.told(2)
        await stage.fake.deliver.quiet()
    assert events[0] == events[1]


async def test_a_body_that_is_none_is_the_applications_to_refuse(stage: Stage) -> None:
    """Rightly signed, and no JSON: Bolt fails at it, and says so."""
    async with by_requests(stage):
        answered = await stage.fake.http.broken()
    assert answered.status == 500


async def test_what_nobody_can_take_is_given_up(stage: Stage) -> None:
    """The address answers nobody: an event after three more attempts, a press at once."""
    stage.fake.sends_to("http://127.0.0.1:9/slack/events")
    stage.fake.deliver.retries = ()
    outcome = await stage.mira.say(stage.channel, "Hello?", until="heard")
    assert (outcome.sent[0].state, outcome.sent[0].reason) == ("failed", "connection_failed")
    assert (await stage.mira.command("/brief")).error is not None


async def test_removal_is_told_and_nothing_after_it(stage: Stage) -> None:
    """`tokens_revoked` and `app_uninstalled`, even though it is not there any more."""
    outcome = await stage.mira.uninstall(until="sent")
    assert [one.name for one in outcome.sent] == ["tokens_revoked", "app_uninstalled"]
    assert (await stage.mira.say(stage.channel, "@Counterpoint?", until="sent")).sent == ()
    with pytest.raises(Unable, match="not a valid command"):
        await stage.mira.command("/brief", stage.channel)

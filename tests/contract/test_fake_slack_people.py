"""What people do with the local Slack, and what they see: words, presses, menus, forms, commands, pages."""

import re
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.contract.slack_bolt import (
    Json,
    Stage,
    actions,
    button,
    by_socket,
    entry,
    form,
    options,
    plain,
    section,
    staged,
)
from tests.fakes.slack import NothingCame, Unable
from tests.fakes.slack.people_bots import described

QUESTION = entry(
    "Your question", {"type": "plain_text_input", "multiline": True, "max_length": 20, "min_length": 3}, block_id="q"
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


@pytest.fixture
async def live(stage: Stage) -> AsyncIterator[Stage]:
    """The application acknowledges every press, and opens a form at `form`."""

    @stage.app.action({"action_id": re.compile("b1:x.*")})
    async def pressed(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        stage.heard.append(body)
        action = body["actions"][0]
        value = action.get("value") or (action.get("selected_option") or {}).get("value")
        if value == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=form(QUESTION))
        elif value == "ephemeral":
            await client.chat_postEphemeral(channel=stage.channel.id, user=body["user"]["id"], text="Only for *you*")
        else:
            await client.chat_postMessage(channel=stage.channel.id, text=f"{value} of {body['user']['name']}")

    async with by_socket(stage):
        yield stage


# ------------------------------------------------------------ pressing


async def test_a_button_is_pressed_by_what_is_read_on_it(live: Stage) -> None:
    """The body has the message, where it is, an address to answer to, and a trigger."""
    message = live.post(section("Edition"), actions(button("Sources", "b1:src:e:1")))
    seen = await live.mira.press(message, "Sources")
    assert seen.text == "b1:src:e:1 of mira"
    assert not seen.private
    (body,) = live.heard
    assert body["container"]["message_ts"] == body["message"]["ts"] == message.ts
    assert body["response_url"].startswith(live.fake.address)
    assert body["actions"][0]["block_id"] == message.blocks[1]["block_id"]


async def test_entries_of_menus_are_told_apart_by_their_story(live: Stage) -> None:
    """Each line of a card has the same five; a plain button of that name comes before them."""
    lines = [
        section(
            f"{n}. A story",
            accessory={
                "type": "overflow",
                "action_id": f"b1:x:{n}",
                "options": [
                    {"text": plain("Sources"), "value": f"b1:src:e-1:{n}"},
                    {"text": plain("More"), "value": "m"},
                ],
            },
        )
        for n in (1, 2)
    ]
    message = live.post(*lines, actions(button("Sources", "b1:src:e-1")))
    assert (await live.mira.press(message, "Sources", story=2)).text == "b1:src:e-1:2 of mira"
    assert (await live.mira.press(message, "Sources")).text == "b1:src:e-1 of mira"
    assert "[⋯ Sources | More]" in live.fake.seen(message, live.mira)


async def test_what_is_called_alike_has_to_be_told_apart(live: Stage) -> None:
    """The client does not guess."""
    message = live.post(actions(button("Go", "one"), button("Go", "two")))
    with pytest.raises(Unable, match="say which"):
        await live.mira.press(message, "Go")
    assert (await live.mira.press(message, "Go", nth=2)).text == "two of mira"
    with pytest.raises(Unable, match="nothing to press"):
        await live.mira.press(message, "Stop")


async def test_a_dialog_that_asks_first_is_answered(live: Stage) -> None:
    """Denied, nothing reaches the application."""
    sure = {"title": plain("Forget?"), "text": plain("All of it."), "confirm": plain("Forget"), "deny": plain("Keep")}
    message = live.post(actions(button("Forget me", "gone", confirm=sure)))
    denied = await live.mira.press(message, "Forget me", confirm=False)
    assert denied.asked == "Forget?\nAll of it.\n[Forget]  [Keep]"
    assert live.heard == []
    assert (await live.mira.press(message, "Forget me")).text == "gone of mira"


async def test_feedback_buttons_are_two(live: Stage) -> None:
    """Each with its own value, under one action id."""
    useful = {
        "type": "feedback_buttons",
        "action_id": "b1:x",
        "positive_button": {"text": plain("Useful"), "value": "yes"},
        "negative_button": {"text": plain("Not useful"), "value": "no"},
    }
    message = live.post(section("An answer"), {"type": "context_actions", "elements": [useful]})
    assert live.fake.seen(message, live.mira).endswith("[Useful]  [Not useful]")
    assert (await live.mira.press(message, "Not useful")).text == "no of mira"


async def test_a_private_message_is_seen_by_one(live: Stage) -> None:
    """Mira reads it; Tom, in the same channel, does not."""
    message = live.post(actions(button("Show", "ephemeral")))
    seen = await live.mira.press(message, "Show")
    assert (seen.text, seen.private) == ("Only for you", True)
    assert "(only visible to you)" in live.fake.seen(live.channel, live.mira)
    assert "Only for you" not in live.fake.seen(live.channel, live.tom)


async def test_nothing_comes_where_nothing_is_shown(live: Stage) -> None:
    """Who waits for something that does not happen is told so."""

    @live.app.action("silent")
    async def silent(ack: AsyncAck) -> None:
        await ack()

    message = live.post({"type": "actions", "elements": [{**button("Hush", "h"), "action_id": "silent"}]})
    live.mira.patience = 0.1
    with pytest.raises(NothingCame):
        await live.mira.press(message, "Hush")
    assert (await live.mira.press(message, "Hush", until="heard")).changes == ()


# ------------------------------------------------------------ choosing


async def test_a_choice_in_a_message_is_told_with_the_state_of_the_others(live: Stage) -> None:
    """By what is read; what it does not offer cannot be chosen."""
    menu = {"type": "static_select", "placeholder": plain("Go to story"), "options": options("One", "Two")}
    dates = {"type": "datepicker", "initial_date": "2026-11-21"}
    message = live.post(actions(menu, dates))
    assert (await live.mira.choose(message, "Go to story", "Two")).text == "two of mira"
    states = live.heard[0]["state"]["values"][message.blocks[0]["block_id"]]
    assert states["b1:x:0"]["selected_option"]["value"] == "two"
    assert states["b1:x:1"] == {"type": "datepicker", "selected_date": "2026-11-21"}
    with pytest.raises(Unable, match="offers"):
        await live.mira.choose(message, "Go to story", "Three")


async def test_a_menu_that_is_searched_asks_the_application(live: Stage) -> None:
    """What was typed goes there; what it offers can be chosen."""

    @live.app.options("zone")
    async def zones(ack: AsyncAck, body: Json) -> None:
        found = [one for one in ("Europe/Berlin", "Europe/Bern", "Asia/Tokyo") if body["value"] in one.lower()]
        await ack(options=options(*found))

    chosen: list[Json] = []

    @live.app.action("zone")
    async def choose(ack: AsyncAck, body: Json) -> None:
        await ack()
        chosen.append(body["actions"][0])

    element = {"type": "external_select", "action_id": "zone", "placeholder": plain("Zone"), "min_query_length": 2}
    message = live.post({"type": "actions", "elements": [element]})
    assert (await live.mira.search(message, "Zone", "ber")).options == ("Europe/Berlin", "Europe/Bern")
    await live.mira.choose(message, "Zone", "Europe/Bern", typing="ber", until="heard")
    assert chosen[0]["selected_option"]["value"] == "europe/bern"
    with pytest.raises(Unable, match="too short"):
        await live.mira.search(message, "Zone", "b")


async def test_a_menu_of_channels_offers_what_somebody_is_in(stage: Stage) -> None:
    """Of their own workspace, not archived, and of the kinds that the menu asks for."""
    stage.fake.add_channel(stage.fake.add_team("Lighthouse"), "keepers")
    stage.fake.add_channel(stage.team, "hidden", private=True)
    stage.fake.archive(stage.fake.add_channel(stage.team, "old"))
    shown = {"include": ["public"], "exclude_bot_users": True}
    menu = {"type": "conversations_select", "action_id": "c", "placeholder": plain("Channel"), "filter": shown}
    message = stage.post({"type": "actions", "elements": [menu]})
    outcome = await stage.mira.choose(message, "Channel", "keepers", until="sent")
    assert outcome.sent[0].body["actions"][0]["selected_conversation"] == stage.channel.id
    for name in ("hidden", "old", "@Counterpoint"):
        with pytest.raises(Unable, match="not offered"):
            await stage.mira.choose(message, "Channel", name)


# ------------------------------------------------------------ forms


async def opened(stage: Stage, view: Json) -> Any:
    """A form before Mira."""
    trigger = stage.fake.world.add_trigger(stage.team.id, stage.mira.id)
    before = await stage.mira.more(until="sent")
    await stage.client.views_open(trigger_id=trigger.id, view=view)
    return await stage.mira.more(before)


async def test_a_form_is_filled_in_and_sent(live: Stage) -> None:
    """By its labels; what was not touched sends what stood there."""
    sent: list[Json] = []

    @live.app.view("b1:ask")
    async def take(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        sent.append(body["view"]["state"]["values"])
        await client.chat_postMessage(channel=live.channel.id, text="Taken")

    fields = [
        QUESTION,
        entry("Channel", {"type": "conversations_select"}, block_id="where"),
        entry("When", {"type": "timepicker", "initial_time": "07:30"}, block_id="when"),
        entry("Parts", {"type": "checkboxes", "options": options("Card", "Audio")}, block_id="parts", optional=True),
        entry("Why", {"type": "radio_buttons", "options": options("Wrong", "Thin")}, block_id="why"),
    ]
    window = await opened(live, form(*fields))
    await live.mira.choose(window, "Channel", live.channel)
    filled = await live.mira.choose(window, "Parts", ["Card", "Audio"])
    assert filled.changes == ()
    assert "[#keepers ▾]" in live.fake.seen(window, live.mira)
    seen = await live.mira.submit(window, your_question="Why so?", Why="Thin")
    assert (seen.text, seen.closed, seen.front) == ("Taken", True, None)
    (values,) = sent
    assert values["q"]["a"]["value"] == "Why so?"
    assert values["where"]["a"]["selected_conversation"] == live.channel.id
    assert values["when"]["a"]["selected_time"] == "07:30"
    assert [one["value"] for one in values["parts"]["a"]["selected_options"]] == ["card", "audio"]
    assert values["why"]["a"]["selected_option"]["value"] == "thin"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "required"),
        ({"q": "ab"}, "3 to 20 characters"),
        ({"q": "x" * 21}, "3 to 20 characters"),
        ({"other": "x"}, "no fields"),
    ],
)
async def test_what_the_client_does_not_accept_is_not_sent(live: Stage, values: Json, words: str) -> None:
    """Missing, too short, too long, unknown."""
    window = await opened(live, form(QUESTION))
    with pytest.raises(Unable, match=words):
        await live.mira.submit(window, **values)
    assert live.fake.deliver.of("view_submission") == []


async def test_the_answer_to_a_form_says_what_becomes_of_it(live: Stage) -> None:
    """Errors below fields; another content; another window over it; all of them gone."""
    answers: list[Json] = [
        {"response_action": "errors", "errors": {"q": "Not that."}},
        {"response_action": "update", "view": form(QUESTION, section("Second page"))},
        {"response_action": "push", "view": form(section("On top"), entry("Note", {"type": "plain_text_input"}))},
        {"response_action": "clear"},
    ]

    @live.app.view("b1:ask")
    async def take(ack: AsyncAck) -> None:
        await ack(**answers.pop(0))

    window = await opened(live, form(QUESTION))
    wrong = await live.mira.submit(window, q="Why so?")
    assert (wrong.errors, wrong.text.splitlines()[0]) == ({"q": "Not that."}, "Not that.")
    second = await live.mira.submit(window)
    assert "Second page" in second.text
    assert "[write: Why so?]" in second.text
    top = await live.mira.submit(second)
    assert top.text.splitlines()[1] == "  On top"
    assert top.view.previous == second.view.id
    with pytest.raises(Unable, match="not before"):
        await live.mira.submit(second)
    cleared = await live.mira.submit(top, Note="done", until="heard")
    assert (cleared.closed, cleared.front) == (True, None)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_that_makes_no_sense_is_trouble(live: Stage, answer: Json) -> None:
    """The person reads so, and the form stays."""

    @live.app.view("b1:ask")
    async def take(ack: AsyncAck) -> None:
        live.fake.world.touch()
        await ack(**answer)

    window = await opened(live, form(QUESTION))
    trouble = await live.mira.submit(window, q="Why so?")
    assert trouble.error == "We had some trouble connecting. Try again?"
    assert trouble.front is not None


async def test_closing_a_form_is_told_where_it_was_asked_for(live: Stage) -> None:
    """`notify_on_close`; the one below it is before the person again."""
    heard: list[Json] = []

    @live.app.view_closed("b1:ask")
    async def closed(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    window = await opened(live, form(QUESTION, notify_on_close=True))
    seen = await live.mira.close(window)
    assert (seen.closed, heard[0]["view"]["id"], heard[0]["is_cleared"]) == (True, window.view.id, False)
    with pytest.raises(Unable):
        await live.mira.close()


# ------------------------------------------------------------ commands, shortcuts, pages


async def test_a_command_is_answered_for_one_and_not_used_in_threads(live: Stage) -> None:
    """Through its `response_url`; a command that the application has not is none."""

    @live.app.command("/brief")
    async def brief(ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        await ack()
        await respond(f"{body['command']} with {body['text']} in #{body['channel_name']}")

    seen = await live.mira.command("/brief now tides 24h", live.channel)
    assert (seen.text, seen.private) == ("/brief with now tides 24h in #keepers", True)
    assert "directmessage" in (await live.mira.command("/brief help")).text
    with pytest.raises(Unable, match="threads"):
        await live.mira.command("/brief now", live.channel, thread=live.post(text="x"))
    with pytest.raises(Unable, match="not a valid command"):
        await live.mira.command("/remind me", live.channel)


async def test_shortcuts_are_global_or_of_a_message(live: Stage) -> None:
    """Each where it is registered, with what it was used on."""
    bodies: list[Json] = []

    @live.app.shortcut(re.compile(".*"))
    async def called(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        bodies.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form(QUESTION))

    seen = await live.mira.shortcut("Briefing now")
    assert seen.view.callback == "b1:ask"
    said = (await live.tom.say(live.channel, "The tide <is> late", until="sent")).said
    await live.mira.shortcut("Ask about this", said)
    assert [body["type"] for body in bodies] == ["shortcut", "message_action"]
    assert bodies[1]["message"]["text"] == "The tide &lt;is&gt; late"
    with pytest.raises(Unable, match="no such shortcut"):
        await live.mira.shortcut("Ask about this")


async def test_app_home_is_drawn_for_one_person(live: Stage) -> None:
    """Opened: told with the tab; published: seen, pressed; the second time the view comes along."""

    @live.app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        live.heard.append(event)
        if event["tab"] == "home":
            words = "Again" if event.get("view") else "First"
            view = {"type": "home", "blocks": [section(words), actions(button("Set up", "form"))]}
            await client.views_publish(user_id=event["user"], view=view)

    first = await live.mira.open_home()
    assert first.text == "First\n[Set up]"
    assert (await live.mira.open_home()).text.startswith("Again")
    assert live.fake.seen("home", live.tom) == ""
    assert (await live.mira.press(first.view, "Set up")).view.kind == "modal"
    await live.mira.open_chat()
    assert live.heard[-1]["tab"] == "messages"


# ------------------------------------------------------------ words


async def test_an_answer_is_seen_when_it_is_complete(live: Stage) -> None:
    """A status, then a stream that grows, then its end: only that is an answer; `seen` gives the first of them."""

    @live.app.event("app_mention")
    async def answer(event: Json, client: AsyncWebClient) -> None:
        place: Json = {"channel": event["channel"], "thread_ts": event["ts"]}
        await client.assistant_threads_setStatus(
            channel_id=event["channel"], thread_ts=event["ts"], status="is reading", loading_messages=["one", "two"]
        )
        people = {"recipient_team_id": live.team.id, "recipient_user_id": event["user"]}
        started = await client.chat_startStream(**place, **people, markdown_text="The **tides**")
        where: Json = {"channel": event["channel"], "ts": started["ts"]}
        await client.chat_appendStream(
            **where, markdown_text=" are [late](https://a.example). [[1]](https://b.example)"
        )
        await client.chat_stopStream(**where, blocks=[section("Sources: <https://a.example|[1] a.example>")])

    @live.app.event("message")
    async def ignore() -> None:
        return None

    first = await live.mira.say(live.channel, "@Counterpoint, the tides?", until="seen")
    done = await live.mira.more(first) if "late" not in first.text else first
    assert done.text == "The tides are late. [1]\nSources: [1] a.example"
    assert not done.working
    assert first.said is not None
    assert live.fake.seen(first.said.thread, live.mira).splitlines()[0] == "Mira:"


async def test_a_status_is_read_below_its_thread(live: Stage) -> None:
    """As a sentence about the application."""
    root = live.post(text="An edition")
    await live.client.assistant_threads_setStatus(
        channel_id=live.channel.id, thread_ts=root.ts, status="is reading 3 sources"
    )
    assert live.fake.seen(root.thread, live.mira).endswith("Counterpoint is reading 3 sources")


async def test_stop_ends_what_is_streamed(live: Stage) -> None:
    """The application is told which messages ended."""
    live.hears("agent_session_stopped")
    root = live.post(text="An edition")
    people: Json = {"recipient_team_id": live.team.id, "recipient_user_id": live.mira.id}
    begun = await live.client.chat_startStream(
        channel=live.channel.id, thread_ts=root.ts, markdown_text="The tides", **people
    )
    await live.mira.stop(root)
    (event,) = await live.told(1)
    assert event["streaming_message_ts"] == [begun["ts"]]
    assert (event["user"], event["thread_ts"]) == (live.mira.id, root.ts)


async def test_who_is_not_there_cannot_do_it(live: Stage) -> None:
    """Neither see a private channel, nor write in an archived one or below nothing, nor change what others wrote."""
    hidden = live.fake.add_channel(live.team, "hidden", private=True)
    with pytest.raises(Unable, match="no such channel"):
        await live.mira.say(hidden, "hello")
    assert live.fake.seen(hidden, live.mira) == ""
    with pytest.raises(Unable, match="no message"):
        await live.mira.say(live.channel, "hello", thread="1.0")
    said = (await live.tom.say(live.channel, "Mine", until="sent")).said
    assert said is not None
    with pytest.raises(Unable, match="did not write"):
        await live.mira.edit(said, "Yours")
    live.fake.archive(live.channel)
    with pytest.raises(Unable, match="archived"):
        await live.mira.say(live.channel, "hello")


async def test_every_kind_of_menu_has_its_own_state(stage: Stage) -> None:
    """People, dates, times, several at once."""
    kinds = [
        ("users_select", "Tom", "selected_user", stage.tom.id),
        ("datepicker", "2026-12-24", "selected_date", "2026-12-24"),
        ("timepicker", "7:30".zfill(5), "selected_time", "07:30"),
        ("multi_users_select", ["Mira", "Tom"], "selected_users", [stage.mira.id, stage.tom.id]),
        ("channels_select", "#keepers", "selected_channel", stage.channel.id),
    ]
    for kind, value, key, state in kinds:
        menu = {"type": kind, "action_id": "c", "placeholder": plain("Choose")}
        message = stage.post(section("Words", accessory=menu))
        outcome = await stage.mira.choose(message, "Choose", value, until="sent")
        assert outcome.sent[0].body["actions"][0][key] == state


async def test_the_application_is_what_its_manifest_says(stage: Stage) -> None:
    """Events, commands and shortcuts of this fake are those that people get."""
    manifest = yaml.safe_load(files("adapters.platforms.slack").joinpath("manifest.yaml").read_text("utf-8"))
    app = stage.fake.app
    known = (app.events, app.commands, app.shortcuts, app.agent_view)
    described(app, manifest)
    assert (app.events, app.commands, app.shortcuts, app.agent_view) == known

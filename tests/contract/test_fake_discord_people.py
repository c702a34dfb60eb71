"""What people do with the local Discord, and what they see: presses, forms, commands, and every way to answer them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.contract.discord_stage import POST, Stage, card, code_of, opened, staged, text
from tests.fakes.discord import NothingCame, Outcome, Permission, Unable
from tests.fakes.discord.rules_commands import register
from tests.fakes.discord.world import CV2, EPHEMERAL

Json = dict[str, Any]
Answer = Callable[["discord.Interaction[Any]"], Awaitable[None]]
BRIEF: list[Json] = [
    {
        "name": "brief",
        "type": 1,
        "description": "Read",
        "options": [
            {
                "name": "now",
                "name_localizations": {"ru": "сейчас"},
                "type": 1,
                "description": "An edition now",
                "options": [
                    {"name": "topic", "type": 3, "description": "On what", "required": True, "max_length": 20},
                    {"name": "hours", "type": 4, "description": "How far back", "min_value": 1, "max_value": 72},
                    {"name": "place", "type": 7, "description": "Where"},
                    {"name": "list", "type": 11, "description": "A list"},
                    {"name": "tone", "type": 3, "description": "How", "choices": [{"name": "Dry", "value": "dry"}]},
                ],
            }
        ],
    },
    {"name": "setup", "type": 1, "description": "Set up", "default_member_permissions": "32", "contexts": [0]},
    {"name": "Ask about this", "type": 3},
]
FORM: Json = {
    "custom_id": "b1:ask:x",
    "title": "Ask a question",
    "components": [
        text("Anything about this edition."),
        {
            "type": 18,
            "label": "Question",
            "component": {"type": 4, "custom_id": "question", "style": 2, "max_length": 99},
        },
        {
            "type": 18,
            "label": "Place",
            "component": {"type": 8, "custom_id": "place", "required": False, "min_values": 0},
        },
        {
            "type": 18,
            "label": "Tone",
            "component": {
                "type": 3,
                "custom_id": "b1:tone",
                "options": [{"label": "Dry", "value": "dry", "default": True}, {"label": "Warm", "value": "warm"}],
            },
        },
        {"type": 18, "label": "List", "component": {"type": 19, "custom_id": "list", "required": False}},
    ],
}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


def answering(stage: Stage, answer: Answer) -> None:
    """The bot answers every interaction so."""

    async def on_interaction(press: "discord.Interaction[Any]") -> None:
        await answer(press)

    stage.client.event(on_interaction)


def call(stage: Stage, kind: int, data: Json | None = None) -> Answer:
    async def answer(press: "discord.Interaction[Any]") -> None:
        await call_back(stage, press, kind, data)

    return answer


async def call_back(stage: Stage, press: "discord.Interaction[Any]", kind: int, data: Json | None = None) -> Any:
    path = "/interactions/{interaction}/{token}/callback?with_response=1"
    body = {"type": kind, "data": data or {}}
    return await stage.client.ask("POST", path, body, interaction=str(press.id), token=press.token)


async def webhook(stage: Stage, token: str, method: str, body: Json | None = None, message: str = "") -> Any:
    path = "/webhooks/{application}/{token}" + (f"/messages/{message}" if message else "")
    return await stage.client.ask(method, path, body, application=stage.fake.world.me.id, token=token)


def posted(stage: Stage, *names: str) -> str:
    return stage.fake.say_as_bot(stage.channel, card("# Edition", *names)).id


async def sent(stage: Stage) -> tuple[Outcome, str]:
    """A press that the bot has not answered yet, and its token."""
    outcome = await stage.mira.press(posted(stage), "b1:src:x", until="sent")
    return outcome, outcome.interaction.token


# ------------------------------------------------------------ answers


async def test_a_private_answer_is_seen_by_who_pressed_only(stage: Stage) -> None:
    """It is in no history and in no journal, and it pings nobody."""
    words = f"Your sources, <@{stage.mira.id}>"
    answering(stage, call(stage, 4, {"flags": CV2 | EPHEMERAL, "components": [text(words)]}))
    outcome = await stage.mira.press(posted(stage), "Press b1:src:x")
    other = stage.fake.person("Ruan", stage.guild)
    assert (outcome.text, outcome.private) == (words, True)
    assert "only Mira sees this" in stage.fake.seen(stage.channel, stage.mira)
    assert "Your sources" not in stage.fake.seen(stage.channel, other)
    assert len(await stage.client.ask("GET", POST, channel=stage.channel.id)) == 1
    assert not stage.fake.world.pings()
    with pytest.raises(Unable):
        await other.press(outcome.message, "x")


async def test_a_promise_is_no_answer_yet(stage: Stage) -> None:
    """Deferred privately, shown by an edit that brings the CV2 flag, then changed; the person waits for the words."""

    async def answer(press: "discord.Interaction[Any]") -> None:
        said = await call_back(stage, press, 5, {"flags": EPHEMERAL})
        assert said["interaction"]["response_message_loading"]
        assert said["resource"]["message"]["flags"] & 128
        assert "is thinking" in stage.fake.seen(stage.channel, stage.mira)
        body = {"flags": CV2, "components": [text("Here")]}
        await webhook(stage, press.token, "PATCH", body, "@original")

    answering(stage, answer)
    outcome = await stage.mira.press(posted(stage), "b1:src:x")
    assert (outcome.text, outcome.private, outcome.message.edited) == ("Here", True, None)
    await webhook(stage, outcome.interaction.token, "PATCH", {"components": [text("There")]}, "@original")
    assert (await stage.mira.more(outcome, changes=2)).text == "There"
    await webhook(stage, outcome.interaction.token, "DELETE", message="@original")
    assert stage.mira.look(outcome.interaction).messages == ()


async def test_the_first_follow_up_of_a_promise_takes_its_place(stage: Stage) -> None:
    """Private or not as the promise was, whatever it says itself."""

    async def answer(press: "discord.Interaction[Any]") -> None:
        await call_back(stage, press, 5, {})
        await webhook(stage, press.token, "POST", {"content": "Here", "flags": EPHEMERAL})
        await webhook(stage, press.token, "POST", {"content": "More", "flags": EPHEMERAL})

    answering(stage, answer)
    outcome = await stage.mira.press(posted(stage), "b1:src:x")
    assert outcome.messages[0].content == "Here"
    assert outcome.messages[0].only_for is None
    await stage.fake.world.until(lambda: len(outcome.interaction.follow_ups) == 1)
    more = stage.mira.look(outcome.interaction).message
    assert (more.content, more.only_for) == ("More", stage.mira.id)


async def test_the_message_with_the_button_may_change(stage: Stage) -> None:
    """At once (7), or after an acknowledgement that shows nothing (6)."""
    answering(stage, call(stage, 7, {"components": [text("Saved")]}))
    assert (await stage.mira.press(posted(stage), "b1:src:x")).text == "Saved"

    async def later(press: "discord.Interaction[Any]") -> None:
        await call_back(stage, press, 6)
        await webhook(stage, press.token, "PATCH", {"components": [text("Saved later")]}, "@original")

    answering(stage, later)
    outcome = await stage.mira.press(posted(stage), "b1:src:x")
    if not outcome.messages:
        outcome = await stage.mira.more(outcome, changes=1)
    assert outcome.text == "Saved later"


async def test_answers_that_do_not_fit_are_refused(stage: Stage) -> None:
    """Flags in a promise, choices for a press, a form that is none, a message that is none."""
    wrong: list[tuple[int, Json]] = [
        (5, {"flags": EPHEMERAL | CV2}),
        (8, {"choices": []}),
        (9, {"custom_id": "x", "title": "t" * 46, "components": FORM["components"]}),
        (4, {"flags": CV2, "components": [text("x" * 4001)]}),
    ]
    _, token = await sent(stage)
    await stage.fake.world.until(lambda: stage.client.pressed)
    for kind, data in wrong:
        with pytest.raises(discord.HTTPException) as refused:
            await call_back(stage, stage.client.pressed[0], kind, data)
        assert code_of(refused) == (400, 50035)
    assert stage.fake.world.tokens[token].acknowledged is None


async def test_three_seconds_and_once(stage: Stage) -> None:
    """10062 when too late, 40060 when twice, 10015 before, 50027 after fifteen minutes."""
    _, token = await sent(stage)
    await stage.fake.world.until(lambda: stage.client.pressed)
    press = stage.client.pressed[0]
    with pytest.raises(discord.NotFound) as unknown:
        await webhook(stage, token, "POST", {"content": "a"})
    assert code_of(unknown) == (404, 10015)
    await call_back(stage, press, 5)
    with pytest.raises(discord.HTTPException) as refused:
        await call_back(stage, press, 5)
    assert code_of(refused) == (400, 40060)
    stage.clock.advance(timedelta(minutes=14))
    await webhook(stage, token, "PATCH", {"content": "late"}, "@original")
    assert (await webhook(stage, token, "GET", message="@original"))["content"] == "late"
    stage.clock.advance(timedelta(minutes=2))
    with pytest.raises(discord.HTTPException) as refused:
        await webhook(stage, token, "PATCH", {"content": "too late"}, "@original")
    assert code_of(refused) == (401, 50027)
    await sent(stage)
    await stage.fake.world.until(lambda: len(stage.client.pressed) == 2)
    stage.clock.advance(timedelta(seconds=4))
    with pytest.raises(discord.NotFound) as unknown:
        await call_back(stage, stage.client.pressed[1], 5)
    assert code_of(unknown) == (404, 10062)


async def test_nobody_waits_for_ever(stage: Stage) -> None:
    """A bot that does not answer is an error of the test that says what was pressed."""
    stage.mira.patience = 0.05
    with pytest.raises(NothingCame, match="b1:src:x"):
        await stage.mira.press(posted(stage), "b1:src:x")


async def test_a_locked_thread_takes_no_press_and_no_public_answer(stage: Stage) -> None:
    """Grey for everybody; an archived one is opened first, by those who may."""
    thread = await opened(stage)
    within = stage.fake.say_as_bot(thread, card("Story", "b1:ctr:x:1"))
    answering(stage, call(stage, 4, {"content": "Here"}))
    stage.fake.archive(thread)
    assert (await stage.mira.press(within, "b1:ctr:x:1")).text == "Here"
    assert not stage.fake.channel(thread).archived
    stage.fake.archive(thread)
    stage.fake.overwrite(stage.channel, stage.mira.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(Unable, match="never sent"):
        await stage.mira.press(within, "b1:ctr:x:1")
    stage.fake.overwrite(stage.channel, stage.mira.id)
    waiting: list[Any] = []

    async def keep(press: "discord.Interaction[Any]") -> None:
        waiting.append(press)
        stage.fake.world.touch()

    answering(stage, keep)
    await stage.mira.press(within, "b1:ctr:x:1", until="sent")
    await stage.fake.world.until(lambda: waiting)
    stage.fake.archive(thread, locked=True)
    with pytest.raises(Unable, match="grey"):
        await stage.mira.press(within, "b1:ctr:x:1")
    with pytest.raises(discord.HTTPException) as refused:
        await call_back(stage, waiting[0], 4, {"content": "Here"})
    assert code_of(refused) == (400, 50083)
    with pytest.raises(Unable):
        await stage.mira.say(thread, "Hello?")


async def test_only_what_is_offered_can_be_chosen(stage: Stage) -> None:
    """Values of the menu, as many as it takes; channels come with what they are."""
    menu = {"type": 3, "custom_id": "go", "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]}
    where = {"type": 8, "custom_id": "where", "placeholder": "Choose a channel"}
    grey = {"type": 2, "style": 1, "label": "Save", "custom_id": "save", "disabled": True}
    rows = [{"type": 1, "components": [one]} for one in (menu, where, grey)]
    message = stage.fake.say_as_bot(stage.channel, {"flags": CV2, "components": rows})
    seen: list[Any] = []

    async def answer(press: "discord.Interaction[Any]") -> None:
        seen.append(press.data)
        await call_back(stage, press, 4, {"content": "Chosen", "flags": EPHEMERAL})

    answering(stage, answer)
    await stage.mira.choose(message, "go", "2")
    await stage.mira.choose(message, "Choose a channel", [stage.channel.id])
    assert seen[0]["values"] == ["2"]
    assert seen[1]["resolved"]["channels"][stage.channel.id]["name"] == "keepers"
    for wrong in ({"values": "3"}, {"values": ["1", "2"]}):
        with pytest.raises(Unable):
            await stage.mira.choose(message, "go", **wrong)
    with pytest.raises(Unable, match="grey"):
        await stage.mira.press(message, "Save")
    with pytest.raises(Unable, match="nothing to press"):
        await stage.mira.press(message, "Delete")


async def test_a_form_opens_is_filled_and_sent(stage: Stage) -> None:
    """Values by name; what nobody touched is sent as it stood; limits are the client's."""
    sent_forms: list[Any] = []

    async def answer(press: "discord.Interaction[Any]") -> None:
        if press.type is discord.InteractionType.modal_submit:
            sent_forms.append(press.data)
            await call_back(stage, press, 4, {"content": "Thank you", "flags": EPHEMERAL})
        else:
            await call_back(stage, press, 9, FORM)

    answering(stage, answer)
    outcome = await stage.mira.press(posted(stage), "b1:src:x")
    assert outcome.opened
    assert outcome.text.startswith("form: Ask a question\n  Anything about this edition.\n  Question: [write: ]")
    done = await stage.mira.submit(
        outcome.modal, question="Why?", place=[stage.channel.id], list={"a.opml": b"<opml/>"}
    )
    assert done.text == "Thank you"
    fields = {c["component"]["custom_id"]: c["component"] for c in sent_forms[0]["components"] if "component" in c}
    assert fields["question"]["value"] == "Why?"
    assert fields["b1:tone"]["values"] == ["dry"]
    assert [*sent_forms[0]["resolved"]["channels"]] == [stage.channel.id]
    (upload,) = sent_forms[0]["resolved"]["attachments"].values()
    assert upload["filename"] == "a.opml"
    for wrong in ({}, {"question": "x" * 100}, {"question": "a", "b1_tone": "loud"}, {"question": "a", "other": "b"}):
        with pytest.raises(Unable):
            await stage.mira.submit(outcome.modal, **wrong)
    with pytest.raises(NothingCame):
        assert done.modal


# ------------------------------------------------------------ commands


async def put(stage: Stage, commands: Any) -> Any:
    path = "/applications/{application}/commands"
    return await stage.client.ask("PUT", path, commands, application=stage.fake.world.me.id)


async def test_commands_are_registered_whole_and_keep_their_ids(stage: Stage) -> None:
    """Names that were not there count as creations, 200 a day; mistakes come with their path."""
    first = await put(stage, BRIEF)
    again = await put(stage, BRIEF[:1])
    assert again[0]["id"] == first[0]["id"]
    assert len(await stage.client.ask("GET", "/applications/{a}/commands", a=stage.fake.world.me.id)) == 1
    with pytest.raises(discord.HTTPException) as refused:
        await put(stage, [{"name": "Brief", "type": 1, "description": "Read"}])
    assert code_of(refused) == (400, 50035)
    stage.fake.world.portal.creates_a_day = 3
    stage.clock.advance(timedelta(hours=1))
    path = "/applications/{application}/guilds/{guild}/commands"
    ids = {"application": stage.fake.world.me.id, "guild": stage.guild.id}
    assert len(await stage.client.ask("PUT", path, BRIEF, **ids)) == 3
    more = [*BRIEF, {"name": "more", "type": 1, "description": "More"}]
    with pytest.raises(discord.RateLimited) as spent:
        await put(stage, more)
    assert spent.value.retry_after == 3600


async def test_a_command_is_sent_as_it_is_registered(stage: Stage) -> None:
    """Nested, with what its options stand for, in the person's language, within the client's limits."""
    register(stage.fake.world, None, BRIEF)
    stage.mira.user.locale = "ru"
    seen: list[Any] = []

    async def answer(press: "discord.Interaction[Any]") -> None:
        seen.append((press.data, str(press.locale), press.filesize_limit))
        await call_back(stage, press, 4, {"content": "An edition"})

    answering(stage, answer)
    options: Json = {"topic": "tides", "hours": 24, "place": stage.channel, "list": {"a.opml": b"x"}, "tone": "dry"}
    outcome = await stage.mira.command("brief сейчас", **options)
    assert (outcome.text, outcome.private, outcome.message.kind) == ("An edition", False, 20)
    data, language, size = seen[0]
    (verb,) = data["options"]
    assert verb["name"] == "now"
    assert {one["name"]: one["value"] for one in verb["options"]}["hours"] == 24
    assert set(data["resolved"]) == {"channels", "attachments"}
    assert (language, size) == ("ru", 10 * 1024 * 1024)
    wrong: list[tuple[str, Json]] = [
        ("brief now", {}),
        ("brief now", {"topic": "t" * 21}),
        ("brief now", {"topic": "t", "hours": 73}),
        ("brief now", {"topic": "t", "tone": "warm"}),
        ("brief now", {"topic": "t", "colour": "red"}),
        ("brief", {}),
        ("brief later", {}),
        ("setup", {}),
    ]
    for name, given in wrong:
        with pytest.raises(Unable):
            await stage.mira.command(name, **given)
    keeper = stage.fake.person("Keeper", stage.guild, Permission.MANAGE_GUILD)
    assert (await keeper.command("setup", channel=stage.channel)).text == "An edition"
    alone = stage.fake.person("Alone")
    with pytest.raises(Unable, match="context"):
        await alone.command("setup")
    assert (await alone.command("brief now", topic="tides")).message.channel == stage.fake.dm(alone).id


async def test_completion_offers_at_most_25(stage: Stage) -> None:
    """While typing, with the option in focus; nothing is checked yet."""
    register(stage.fake.world, None, BRIEF)
    seen: list[Any] = []

    async def answer(press: "discord.Interaction[Any]") -> None:
        seen.append(press.data)
        if len(seen) == 1:
            with pytest.raises(discord.HTTPException):
                await call_back(stage, press, 8, {"choices": [{"name": str(n), "value": str(n)} for n in range(26)]})
        await call_back(stage, press, 8, {"choices": [{"name": "Tides", "value": "tides"}]})

    answering(stage, answer)
    assert await stage.mira.complete("brief now", topic="ti") == [{"name": "Tides", "value": "tides"}]
    assert seen[0]["options"][0]["options"][0] == {"type": 3, "name": "topic", "value": "ti", "focused": True}


async def test_the_menu_of_a_message_shows_its_text_to_the_bot(stage: Stage) -> None:
    """Without the intent too."""
    register(stage.fake.world, None, BRIEF)
    said = await stage.mira.say(stage.channel, "What of the tides?")
    seen: list[str] = []

    async def answer(press: "discord.Interaction[Any]") -> None:
        data: Any = press.data
        seen.append(data["resolved"]["messages"][data["target_id"]]["content"])
        await call_back(stage, press, 4, {"content": "They rise", "flags": EPHEMERAL})

    answering(stage, answer)
    assert (await stage.mira.message_menu("Ask about this", said)).text == "They rise"
    assert seen == ["What of the tides?"]


async def test_by_ones_own_installation_there_are_five_more_messages(stage: Stage) -> None:
    """In a server where the bot is not, an interaction may be answered, followed up five times, and nothing posted."""
    register(stage.fake.world, None, [{**BRIEF[1], "integration_types": [1], "default_member_permissions": None}])
    away = stage.fake.add_guild("Elsewhere")
    lobby = stage.fake.add_channel(away, "lobby")
    ruan = stage.fake.person("Ruan", away)
    with pytest.raises(Unable, match="not installed"):
        await ruan.command("setup")
    ruan.user.installed = True
    answering(stage, call(stage, 4, {"content": "Here", "flags": EPHEMERAL}))
    outcome = await ruan.command("setup")
    token = outcome.interaction.token
    for number in range(5):
        await webhook(stage, token, "POST", {"content": str(number)})
    with pytest.raises(discord.HTTPException) as refused:
        await webhook(stage, token, "POST", {"content": "6"})
    assert code_of(refused) == (400, 40094)
    with pytest.raises(discord.Forbidden):
        await stage.client.post(lobby, {"content": "a"})


async def test_the_librarys_own_command_tree_works(stage: Stage) -> None:
    """It registers, is called, completes, defers, follows up, through its own classes."""
    tree = discord.app_commands.CommandTree(stage.client)
    group = discord.app_commands.Group(name="brief", description="Read")

    @group.command(name="now", description="An edition now")
    async def now(
        press: "discord.Interaction[Any]", topic: str, hours: discord.app_commands.Range[int, 1, 72] = 12
    ) -> None:
        await press.response.defer(ephemeral=True)
        await press.followup.send(f"{topic} of {hours} h")
        await press.followup.send("More", ephemeral=True)

    @now.autocomplete("topic")
    async def topics(press: "discord.Interaction[Any]", typed: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=f"{typed}des", value="tides")]

    tree.add_command(group)
    (synced,) = await tree.sync()
    assert synced.id == int(stage.fake.world.commands[None][0]["id"])
    outcome = await stage.mira.command("brief now", topic="tides")
    assert (outcome.messages[0].content, outcome.messages[0].only_for) == ("tides of 12 h", stage.mira.id)
    assert await stage.mira.complete("brief now", topic="ti") == [{"name": "tides", "value": "tides"}]

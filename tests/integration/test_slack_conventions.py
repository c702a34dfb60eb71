"""Conventions of a good guest on Slack that no other test holds; `docs/conventions.md` lists all of them."""

import ast
import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.platforms.slack.manifest import text
from adapters.platforms.slack.payloads import message
from adapters.platforms.slack.permissions import SCOPES
from adapters.platforms.slack.rendering.limits import faults
from bot.errors import StoreUnavailable
from tests.fakes.slack import Outcome, Person
from tests.fakes.slack.delivery import ARRIVED
from tests.fakes.slack.wire import Request
from tests.integration.slack_brief import brief, shows
from tests.integration.slack_harbour import HERE, Harbour, harbour, links, read
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam

ROOT = Path(__file__).parents[2]
ADAPTER = ROOT / "adapters/platforms/slack"
ASKED = "What is the fork called?"
WINDOWS = frozenset({"views.open", "views.push", "views.update", "views.publish"})


def pressable(*values: str) -> dict[str, Any]:
    """A message of ours with a button of each id, called by it."""
    buttons = [
        {"type": "button", "text": {"type": "plain_text", "text": f"x{n}"}, "action_id": one, "value": one}
        for n, one in enumerate(values)
    ]
    return message("x", {"type": "actions", "elements": buttons})


# ---------------------------------------------------------------- buttons never die

PRESSED = (
    *("src", "ctr", "list", "help", "aud", "txt", "chap:2", "pas:6", "who:Ilka"),
    *(f"{verb}:2" for verb in ("src", "ctr", "quote", "why", "crux", "find")),
)
"""Look-ups, as a button of an edition names them after its id."""


async def test_every_look_up_of_an_old_message_is_answered_after_a_restart() -> None:
    """Privately, in words that are about it, and with no failure in the journal."""
    ids = [f"b1:{verb}:{HERE}:{rest}".rstrip(":") for verb, _, rest in (one.partition(":") for one in PRESSED)]
    async with harbour() as here:
        old = here.fake.say_as_bot(here.keepers, **pressable(*ids))
        async with here.awake():
            nell = here.person()
            for one in ids:
                seen = await nell.press(old, one)
                assert seen.private, one
                assert len(seen.view.payload["blocks"]) >= 2, one
                assert "no longer kept" not in seen.text, one
                await nell.close()
            await here.hears(lambda: all(one.settled for one in here.fake.deliver.sent))
            assert (here.reports, here.events.warned, here.said()) == ([], [], [])


# ---------------------------------------------------------------- the same in every way


@pytest.mark.parametrize(
    ("label", "typed"), [("Sources", "sources 2"), ("Counter view", "counter 2"), ("Go deeper", "deeper 2")]
)
async def test_a_button_a_typed_word_and_a_command_give_the_same(label: str, typed: str) -> None:
    """The same originals behind each."""
    async with harbour() as here, here.awake(wired=True):
        nell = here.person()
        own = {citation.url for citation in here.edition.citations}
        by_button = await nell.press(here.posted["story-2"], label)
        by_word = await nell.say(here.keepers, typed, thread=here.thread)
        by_command = await nell.command(f"/brief ask {typed}", here.keepers)
        found = [linked(one) & own for one in (by_button, by_word, by_command)]
        assert by_command.private
        assert found[0]
        assert found == [found[0]] * 3


def linked(seen: Outcome) -> set[str]:
    """Every address in what somebody sees."""
    shown = str(seen.view.payload) if seen.opened else "".join(read(one) for one in seen.messages)
    return set(re.findall(r"https?://[^\s)>'\"|\\]+", shown))


# ---------------------------------------------------------------- at once


@pytest.mark.parametrize("way", ["button", "form"])
async def test_a_press_is_acknowledged_and_has_its_window_before_its_answer_is_begun(way: str) -> None:
    """Whatever the answer takes: here it never comes by itself."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.held = asyncio.Event()
        if way == "button":
            seen = await nell.press(here.posted["card"], "Sources", until="seen")
        else:
            form = await nell.press(here.posted["card"], "Ask a question")
            seen = await nell.submit(form, until="seen", question=ASKED)
        await here.hears(lambda: [one.state for one in seen.sent] == [ARRIVED])
        assert "Only you see this." in seen.text
        assert seen.working
        assert not any("called Nib" in read(one) for one in here.said())
        here.discuss.held.set()
        await here.hears(lambda: "15 sources" in here.fake.seen(seen.view, nell) or len(here.said()) > 1)
        assert here.reports == []


async def test_every_command_and_press_has_a_window_that_says_that_something_comes() -> None:
    """It is opened by what was done, and by nothing else; within our limits, as all that it shows then."""
    words = ("", "now", "sources", "settings", "help")
    async with brief() as space:
        await kept(space.bench.store, dam())
        await space.subscribed()
        async with space.awake():
            for word in words:
                before = len(space.fake.requests)
                await space.mira.command(f"/brief {word}", space.keepers)
                shown = [one for one in space.fake.requests[before:] if one.method in WINDOWS]
                assert [one.method for one in shown][:2] == ["views.open", "views.update"], word
                assert "One moment" in str(shown[0].arguments["view"]), word
                await space.mira.close()
            home = await space.mira.open_home()
            await shows(space.mira, await space.mira.press(home, "What is kept about me"), "Export")
        assert {one.method for one in space.fake.requests if one.method in WINDOWS} >= {"views.open", "views.publish"}
        views = [one.arguments["view"] for one in space.fake.requests if one.method in WINDOWS]
        assert [faults(view) for view in views if faults(view)] == []
        assert [one.error for one in space.fake.requests if one.error] == []


async def test_what_is_pressed_or_sent_comes_again_and_is_done_once() -> None:
    """Slack repeats what it believes lost: one message for all, one report, one count of what was useful."""
    async with harbour() as here, here.awake():
        nell = here.person()
        answer = await nell.say(here.keepers, ASKED, thread=here.thread)
        await twice(here, await nell.press(answer, "Useful", until="heard"))
        await twice(here, await nell.press(here.posted["story-2"], "Go deeper"))
        sources = await nell.press(here.posted["story-2"], "Sources")
        form = await nell.press(sources, "Report a mistake")
        await twice(here, await nell.submit(form, mistake="It was 95 seconds, not 96."))
        await nell.close()
        await twice(here, await nell.submit(sources))
        await settle(here, nell)
        assert [len(here.said()), here.events.names().count("answer_marked")] == [3, 1]
        assert [event for event, _ in here.events.warned] == ["mistake_reported"]
        assert here.reports == []


async def twice(here: Harbour, seen: Outcome) -> None:
    """What was sent for this arrives again."""
    for one in list(seen.sent):
        here.fake.deliver.again(one)


async def settle(here: Harbour, who: Person) -> None:
    """Wait until everything that was sent has arrived, and what came last is answered."""
    await here.hears(lambda: all(one.settled for one in here.fake.deliver.sent))
    await answered(here, await who.direct("list", until="heard"))
    await here.hears(lambda: not here.fake.world.statuses)


async def answered(here: Harbour, asked: Outcome) -> None:
    """Wait until there is an answer below what was said."""
    assert asked.said is not None
    thread = asked.said.thread
    await here.hears(lambda: here.said(thread))


# ---------------------------------------------------------------- what leaves us


async def everything_in_a_day(here: Harbour) -> None:
    """A person uses all that an edition offers."""
    nell = here.person()
    for label in ("Counter view", "Sources"):
        sources = await nell.press(here.posted["story-2"], label)
    await nell.submit(sources)
    await nell.press(here.posted["story-2"], "Go deeper")
    form = await nell.press(here.posted["card"], "Ask a question")
    await nell.submit(form, question=ASKED)
    await here.hears(lambda: len(here.said()) == 4)
    answer = await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread)
    form = await nell.press(answer, "Not useful")
    await nell.submit(form, reason="It is too long", until="heard")
    await here.hears(lambda: answer.message.edits)
    await answered(here, await nell.say(here.keepers, "@Counterpoint sources 2", until="heard"))
    await answered(here, await nell.direct("Who won the harbour regatta?", until="heard"))
    await nell.open_chat()
    await settle(here, nell)


async def test_whatever_leaves_us_stands_in_a_thread_in_words_and_rings_nobody() -> None:
    """Top-level text and metadata on each, no page unfolded, nothing broadcast or unasked, nothing above a limit."""
    async with harbour() as here, here.awake():
        await everything_in_a_day(here)
        sent = list(bodies(here.fake.requests, "chat.postMessage", "chat.update"))
        assert len(sent) == 5
        for body in sent:
            assert len(body["text"]) > 8
            assert faults(body) == []
            assert body["metadata"]["event_type"] in {"briefing_part", "briefing_answer"}
            assert "reply_broadcast" not in body
        for body in bodies(here.fake.requests, "chat.postMessage"):
            assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)
            assert body["thread_ts"]
        streams = list(bodies(here.fake.requests, "chat.startStream"))
        assert streams
        assert all(body["thread_ts"] for body in streams)
        views = [body["view"] for body in bodies(here.fake.requests, *WINDOWS)]
        assert [fault for view in views for fault in faults(view)] == []
        assert {one.method for one in here.fake.requests} & {"chat.postEphemeral", "conversations.open"} == set()
        assert here.fake.world.unfurls() == {}
        assert not here.fake.world.pings()
        assert [one.error for one in here.fake.requests if one.error] == []
        assert here.said(here.keepers) == []


def bodies(requests: list[Request], *methods: str) -> Iterator[Mapping[str, Any]]:
    """What was given to these methods."""
    return (one.arguments for one in requests if one.method in methods)


async def test_an_answer_is_a_status_then_a_stream_to_its_asker_then_its_sources_and_feedback() -> None:
    """With lines to read meanwhile; the message says all in the end, and the status is gone."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread)
        await here.hears(lambda: not here.fake.world.statuses)
        asked = here.fake.requests
        order = [one.method for one in asked]
        first = next(bodies(asked, "assistant.threads.setStatus"))
        assert first["loading_messages"]
        assert order.index("assistant.threads.setStatus") < order.index("chat.startStream")
        (start,) = bodies(asked, "chat.startStream")
        assert (start["recipient_team_id"], start["recipient_user_id"]) == (here.team.id, nell.id)
        (stop,) = bodies(asked, "chat.stopStream")
        assert [block["type"] for block in stop["blocks"]] == ["context", "actions", "context_actions"]
        assert stop["metadata"]["event_type"] == "briefing_answer"
        assert links(seen.message) <= {citation.url for citation in here.edition.citations}


async def test_no_words_of_a_person_are_in_the_journal() -> None:
    """Neither of questions that were answered, nor of those that failed; a reported mistake is meant for it."""
    word = "periwinkles"
    async with harbour() as here, here.awake(wired=True):
        nell = here.person(f"{word} by name")
        for error in (None, RuntimeError("a bug"), StoreUnavailable("gone")):
            here.discuss.error = error
            await nell.say(here.keepers, f"@Counterpoint who counts the {word}?", thread=here.thread)
            form = await nell.press(here.posted["card"], "Ask a question")
            await nell.submit(form, question=f"And who counts {word} at night?")
            await nell.command(f"/brief ask who counts {word} here?", here.keepers)
            await nell.close()
        here.archive.error = StoreUnavailable("gone")
        await nell.command(f"/brief search {word}", here.keepers)
        assert here.events.warned
        assert word not in str(here.events.told) + str(here.events.warned)
        assert word not in str([(identity, str(error)) for identity, error in here.reports])


# ---------------------------------------------------------------- three languages


async def test_the_frame_speaks_the_readers_language_and_the_edition_its_own() -> None:
    """Labels are Russian for who reads Russian, titles and quotations stay; what all see is in the edition's."""
    async with harbour() as here, here.awake():
        vera = here.person("Vera", locale="ru-RU")
        seen = await vera.press(here.posted["story-2"], "Sources")
        assert "Видите только вы." in seen.text
        assert "Paying for compilers" in seen.text
        await vera.submit(seen)
        (shared,) = await here.hears(here.said)
        assert "Sources of story 2" in read(shared)
        asked = await vera.say(here.keepers, "@Counterpoint Как называется форк?", thread=here.thread)
        assert re.search("[а-я]{4}", read(asked.message))


# ---------------------------------------------------------------- how the library is used


def test_the_library_posts_nothing_by_itself() -> None:
    """It would repeat a lost message, answer in the old panel, or leave a stream without an end of ours."""
    for path in sorted(ADAPTER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                assert not names & {"AsyncAssistant", "AsyncSay", "AsyncSayStream", "AsyncRespond"}, path
                assert path.name in {"rest.py", "exchange.py"} or "AsyncWebClient" not in names, path
            assert not (isinstance(node, ast.Attribute) and re.match(r"chat_|views_|files_upload", node.attr)), path


NEEDED = {
    "chat:write": ("chat.postMessage", "chat.update", "chat.startStream", "chat.postEphemeral"),
    "commands": ("slash_commands", "shortcuts"),
    "app_mentions:read": ("- app_mention\n",),
    "channels:read": ("conversations.info",),
    "channels:history": ("message.channels", "conversations.history", "conversations.replies"),
    "im:history": ("message.im",),
    "im:write": ("conversations.open",),
    "users:read": ("users.info",),
    "assistant:write": ("assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts"),
    "groups:read": ("conversations.info",),
    "groups:history": ("message.groups", "conversations.history"),
    "channels:join": ("conversations.join",),
    "files:write": ("files.getUploadURLExternal", "files.completeUploadExternal"),
}
"""What a scope is asked for: each is a question to an admin."""


def test_nothing_is_asked_for_that_is_not_used() -> None:
    """Each scope has a method in the code of the adapter, or an event or a command in the manifest."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ADAPTER.rglob("*.py"))) + text()
    assert {scope.name for scope in SCOPES} == set(NEEDED)
    for scope, methods in NEEDED.items():
        assert [method for method in methods if method not in code] == [], scope

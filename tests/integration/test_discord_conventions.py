"""Conventions of a good guest on Discord that no other test holds; `docs/conventions.md` lists all of them."""

import ast
import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.platforms.discord.rendering import Where, render
from bot.domain.message import StoryPart
from bot.domain.place import Place
from bot.errors import StoreUnavailable
from tests.contract.timetable_samples import a_subscription
from tests.fakes.discord import Message, Outcome, Permission
from tests.fakes.discord.wire import Request
from tests.fakes.talk import sample
from tests.integration.discord_brief import CATALOGUE, Brief, brief
from tests.integration.discord_harbour import HERE, Harbour, harbour, links

ROOT = Path(__file__).parents[2]
ADAPTER = ROOT / "adapters/platforms/discord"
CV2 = 1 << 15
VERBS = {
    "Add", "Ask", "Change", "Check", "End", "Get", "List", "Pause", "Propose", "Read", "Resume", "Search", "See",
    "Set", "Stop", "Subscribe", "Try",
}  # fmt: skip
"""What a command does is the first word about it."""

# ---------------------------------------------------------------- buttons never die

PRESSED = (
    *("src", "ctr", "list", "help", "aud", "txt", "chap:2", "pas:6"),
    *(f"{verb}:2" for verb in ("src", "ctr", "quote", "why", "crux", "find")),
)
"""Look-ups, as a button of an edition names them after its id."""


@pytest.mark.parametrize("what", PRESSED)
async def test_every_look_up_of_an_old_message_is_answered_after_a_restart(what: str) -> None:
    """Privately, in words that are about it, and with no failure in the journal."""
    verb, _, rest = what.partition(":")
    custom_id = f"b1:{verb}:{HERE}:{rest}".rstrip(":")
    pressable = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id}
    async with harbour() as here:
        payload = {"flags": CV2, "components": [{"type": 1, "components": [pressable]}]}
        message = here.fake.say_as_bot(here.keepers, payload)
        async with here.awake():
            seen = await here.person().press(message, custom_id)
    assert seen.private
    assert len(seen.text) > 10
    assert "no longer kept" not in seen.text
    assert (here.reports, here.events.warned) == ([], [])


# ---------------------------------------------------------------- the same in every way


@pytest.mark.parametrize(
    ("label", "typed"), [("Sources", "sources 2"), ("Counter view", "counter 2"), ("Go deeper", "deeper 2")]
)
async def test_a_button_a_typed_word_and_a_command_give_the_same(label: str, typed: str) -> None:
    """The same originals behind each."""
    edition = sample()
    async with brief() as server:
        await server.bench.kept(edition)
        phrases = CATALOGUE.speak("en")
        (payload,) = render(StoryPart(edition, edition.stories[1]), phrases, Where(guild=server.guild.id))
        story = server.fake.say_as_bot(server.keepers, payload)
        async with server.awake():
            by_button = await server.nell.press(story, label)
            me = server.fake.world.me.id
            asked = await server.nell.say(server.keepers, typed, mentions=[me])
            by_word = await server.nell.answer_to(asked)
            by_command = await server.nell.command("brief ask", question=typed, edition=edition.id)
    originals = [originals_of(*by_button.messages), originals_of(by_word), originals_of(*by_command.messages)]
    assert originals[0]
    assert originals == [originals[0]] * 3


def originals_of(*messages: Message) -> set[str]:
    """The addresses outside of Discord that these messages link to."""
    return {url for message in messages for url in links(message) if "discord.com" not in url}


# ---------------------------------------------------------------- at once


@pytest.mark.parametrize("way", ["button", "form"])
async def test_a_press_is_acknowledged_before_its_answer_is_begun(way: str) -> None:
    """Whatever the answer takes: here it never comes by itself."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.held = asyncio.Event()
        card = here.posted["card"]
        if way == "button":
            seen = await nell.press(card, f"b1:src:{HERE}", until="acknowledged")
        else:
            form = await nell.press(card, f"b1:ask:{HERE}")
            seen = await nell.submit(form, text="What is the fork called?", until="acknowledged")
        words = "15 sources" if way == "button" else "asks"
        assert not any("called Nib" in str(one.components) for one in here.said())
        here.discuss.held.set()
        await here.hears(lambda: words in nell.look(seen.interaction).text or len(here.said()) > 1)
    assert here.reports == []


# ---------------------------------------------------------------- what leaves us


async def everything_in_a_day(here: Harbour) -> list[Outcome]:
    """A person uses all that an edition offers."""
    nell = here.person()
    shown = [await nell.press(here.posted["story-2"], f"b1:{verb}:{HERE}:2") for verb in ("src", "ctr")]
    shown.append(await nell.press(shown[0].message, "Share in thread"))
    await nell.press(here.posted["story-2"], f"b1:deep:{HERE}:2", until="acknowledged")
    form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
    shown.append(await nell.submit(form, text="What is the fork called?"))
    asked = await nell.say(here.thread, "Who won the harbour regatta?", mentions=[here.fake.world.me.id])
    await nell.answer_to(asked)
    await here.hears(lambda: len(here.said()) >= 5)
    return shown


async def test_nothing_that_leaves_us_shows_a_preview_pings_or_writes_to_somebody_alone() -> None:
    """Messages of components have no link previews; no thread is ever locked; no direct message is opened unasked."""
    async with harbour() as here, here.awake():
        await everything_in_a_day(here)
        shown = list(bodies(here.fake.requests))
        assert len(shown) >= 8
        for body in shown:
            assert body["flags"] & CV2
            assert "content" not in body
            assert (body["allowed_mentions"]["parse"], body["allowed_mentions"].get("replied_user")) in [
                ([], False),
                ([], None),
            ]
        assert not any(isinstance(one.body, dict) and one.body.get("locked") for one in here.fake.requests)
        assert here.fake.calls("POST /users/@me/channels") == []
        assert not here.fake.world.pings()


def bodies(requests: list[Request]) -> Iterator[Mapping[str, Any]]:
    """Every message that was sent or changed, also as the answer to a press."""
    for request in requests:
        body = request.body.get("data", request.body) if isinstance(request.body, dict) else {}
        if "components" in body and "custom_id" not in body:
            yield body


async def test_no_words_of_a_person_are_in_the_journal() -> None:
    """Neither of questions that were answered, nor of those that failed; a reported mistake is meant for it."""
    word = "periwinkles"
    async with harbour() as here, here.awake():
        nell = here.person(f"{word} by name")
        me = here.fake.world.me.id
        for error in (None, RuntimeError("a bug"), StoreUnavailable("gone")):
            here.discuss.error = error
            asked = await nell.say(here.thread, f"Who counts the {word}?", mentions=[me])
            await nell.answer_to(asked)
            form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
            await nell.submit(form, text=f"And who counts {word} at night?")
        here.archive.error = StoreUnavailable("gone")
        find = {"type": 2, "style": 2, "label": "Press", "custom_id": f"b1:find:{HERE}:r{asked.id}.{nell.id}"}
        row = {"type": 1, "components": [find]}
        message = here.fake.say_as_bot(here.thread, {"flags": CV2, "components": [row]})
        await nell.press(message, "Press")
        assert here.events.warned
        assert word not in str(here.events.told) + str(here.events.warned)
        assert word not in str([(identity, str(error)) for identity, error in here.reports])


async def test_who_manages_a_server_pauses_its_editions_by_a_word_in_the_thread() -> None:
    """Without the intent, too; who does not is told so, and nothing is paused."""
    async with harbour() as here:
        nell, mira = here.person(), here.person("Mira", Permission.MANAGE_GUILD)
        place = Place("discord", here.keepers.id)
        async with here.store.unit() as unit:
            await unit.subscriptions.put(a_subscription(tenant=f"discord:{here.guild.id}", place=place))
            await unit.commit()
        me = here.fake.world.me.id
        async with here.awake(reads_all=False):
            refused = await nell.answer_to(await nell.say(here.thread, "pause", mentions=[me]))
            assert "Only people who manage" in str(refused.components)
            assert here.paused == []
            told = await mira.answer_to(await mira.say(here.thread, "pause", mentions=[me]))
            assert "paused here" in str(told.components)
        assert here.paused == ["one"]


# ---------------------------------------------------------------- three languages


async def test_the_frame_speaks_the_readers_language_and_the_edition_its_own() -> None:
    """Labels are Russian for who reads Russian, titles and quotations stay; what all see is in the edition's."""
    async with harbour() as here, here.awake():
        vera = here.person("Vera", locale="ru")
        seen = await vera.press(here.posted["story-2"], f"b1:src:{HERE}:2")
        assert "Источники" in seen.text
        assert "Paying for compilers" in seen.text
        await vera.press(seen.message, "Показать в ветке")
        (shared,) = here.said()
        assert "Sources of story 2" in str(shared.components)
        asked = await vera.say(here.thread, "Как называется форк?", mentions=[here.fake.world.me.id])
        assert re.search("[а-я]{4}", str((await vera.answer_to(asked)).components))


@pytest.mark.parametrize(
    ("language", "pointing"),
    [("en", r"\b(above|see below|to the (left|right)|on the (left|right))\b"), ("ru", r"\b(выше|справа|слева)\b")],
)
def test_no_words_of_ours_point_at_a_place_on_the_screen(language: str, pointing: str) -> None:
    """Who hears a message has no above and no right."""
    words = (ROOT / f"adapters/locale/{language}.ftl").read_text(encoding="utf-8")
    assert not [line for line in words.splitlines() if re.search(pointing, line.partition("=")[2], re.IGNORECASE)]


# ---------------------------------------------------------------- how the library is used


def test_no_view_of_the_library_is_kept() -> None:
    """A view that ends takes buttons of other messages with it: ours are plain data, whose presses are read by id."""
    for path in sorted(ADAPTER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            assert not any(name.startswith("discord.ui") or (module, name) == ("discord", "ui") for name in names), path
            assert not module.startswith("discord.ui"), path
            assert not (isinstance(node, ast.Attribute) and node.attr in {"ui", "add_view", "add_dynamic_items"}), path


def described(commands: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Commands and groups, without what can be given to them."""
    for one in commands:
        if one.get("type", 1) in {1, 2} and one.get("description"):
            yield one
            yield from described(one.get("options", []))


async def test_what_a_command_does_is_the_first_word_about_it() -> None:
    """A verb; at most a hundred characters; who may use it is said."""
    async with brief() as server, server.awake():
        found = list(described(server.fake.world.commands[None]))
    assert len(found) > 15
    for one in found:
        assert re.findall(r"\w+", one["description"])[0] in VERBS, one["name"]
        assert len(one["description"]) <= 100
        if one["name"] in {"setup", "settings", "pause", "resume", "unsubscribe", "doctor"}:
            assert "Manage Server" in one["description"]


async def test_who_installed_us_for_themselves_can_ask_anywhere_and_set_up_nowhere() -> None:
    """In a server that has not invited us, as in a direct message."""
    async with brief() as server:
        await server.bench.kept(sample())
        async with server.awake():
            ruan = elsewhere(server)
            answer = await ruan.command("brief ask", question="sources 2")
            assert answer.private
            assert "Paying for compilers" in answer.text
            card = await ruan.command("brief now")
            assert card.private
            assert "b1:post" not in str(card.message.components)
            assert "This works in a server" in (await ruan.command("brief setup")).text


def elsewhere(server: Brief) -> Any:
    """Somebody who has installed us, in a server that has not."""
    away = server.fake.add_guild("Elsewhere")
    server.fake.add_channel(away, "lobby")
    ruan = server.fake.person("Ruan", away)
    ruan.user.installed = True
    return ruan

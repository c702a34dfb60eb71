"""Answers of a model on Discord: one message that grows, in the thread or for one person alone."""

import asyncio

from tests.fakes.discord import Message
from tests.fakes.held import HeldDiscuss
from tests.fakes.speaking import MODEL, SpokenModel, answering
from tests.integration.discord_harbour import CATALOGUE, HERE, Harbour, harbour, links

WHY = "Why did the Petrel stop in the channel?"
LINES = (
    "The Petrel stopped in the channel. [2.2]",
    "@everyone see https://evil.example now. [2.2]",
    "A sensor iced over. [2.2]",
)


def read(message: Message) -> str:
    """All texts of a message."""
    return str(message.components)


def button(custom_id: str) -> dict[str, object]:
    """A message of ours with one button."""
    pressable = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id}
    components = [{"type": 10, "content": "Here"}, {"type": 1, "components": [pressable]}]
    return {"flags": 1 << 15, "allowed_mentions": {"parse": []}, "components": components}


def spoken(here: Harbour, *lines: str, shown: int | None = None) -> SpokenModel:
    """A model answers there; so many of its lines until a test lets it go on."""
    model = SpokenModel(lines, held=None if shown is None else asyncio.Semaphore(shown))
    asked = answering(model, here.store, here.clock, events=here.events)
    here.discuss = HeldDiscuss(here.store, CATALOGUE, answering=asked)
    return model


async def test_an_answer_grows_in_one_message_until_it_is_complete() -> None:
    """With Stop while it does; then with its sources, who wrote it, and what to press. Nothing hostile gets through."""
    async with harbour() as here:
        model = spoken(here, *LINES, shown=1)
        async with here.awake():
            nell = here.person()
            asked = await nell.say(here.thread, WHY)
            answer = await nell.answer_to(asked)
            assert "The Petrel stopped in the channel." in read(answer)
            assert f"b1:stop:{HERE}:r{asked.id}.{nell.id}" in read(answer)
            assert model.held is not None
            model.held.release()
            model.held.release()
            await here.hears(lambda: "Written by" in read(answer))
            assert "A sensor iced over." in read(answer)
            assert f"Written by {MODEL}, checked." in read(answer)
            assert "b1:stop" not in read(answer)
            assert "b1:src" in read(answer)
            assert (here.said(), here.reports) == ([answer], [])
            assert "evil" not in read(answer)
            assert links(answer) <= {citation.url for citation in here.edition.citations}


async def test_an_answer_that_is_stopped_keeps_what_was_shown() -> None:
    """It says so, and has nothing left to press."""
    async with harbour() as here:
        model = spoken(here, *LINES, shown=1)
        async with here.awake():
            nell = here.person()
            answer = await nell.answer_to(await nell.say(here.thread, WHY))
            await nell.press(answer, "Stop", until="acknowledged")
            await here.hears(lambda: "Stopped." in read(answer))
            assert "The Petrel stopped in the channel." in read(answer)
            assert "b1:" not in read(answer)
            assert (model.closed, here.said()) == (1, [answer])


async def test_a_press_shows_one_person_what_grows() -> None:
    """In the message that only they see; the thread stays as it is."""
    async with harbour() as here:
        model = spoken(here, "CLAIMED", *LINES, shown=2)
        async with here.awake():
            pressable = here.fake.say_as_bot(here.keepers, button(f"b1:deep:{HERE}:1"))
            pressed = await here.person().press(pressable, f"b1:deep:{HERE}:1", until="acknowledged")
            shown = await here.hears(lambda: here.fake.world.messages.get(pressed.interaction.original or ""))
            await here.hears(lambda: "The Petrel stopped in the channel." in read(shown))
            assert model.held is not None
            model.held.release()
            model.held.release()
            await here.hears(lambda: "Written by" in read(shown))
            assert (shown.only_for is not None, here.said()) == (True, [])
            assert here.reports == []

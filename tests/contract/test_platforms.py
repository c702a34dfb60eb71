"""What every platform promises: posting, finding, revising, listening, answering."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from io import StringIO

import pytest
from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import PLACE, ConsolePlatform
from adapters.wire.clock import StillClock
from bot.domain.edition import Sentence
from bot.domain.message import Answer, EditionCard, Notice, thread_of
from bot.domain.place import Inbound
from bot.domain.reply import Reply
from bot.ports.platform import Ref, ReplyHandle
from tests.fakes.talk import NOON, sample


@dataclass
class Stage:
    """A platform, what people type on it, and what is seen on it."""

    platform: ConsolePlatform
    screen: StringIO

    @property
    def seen(self) -> str:
        """Everything shown so far."""
        return self.screen.getvalue()


def typing(lines: Sequence[str]) -> Callable[[], Awaitable[str | None]]:
    """Somebody who types these lines and then ends the input."""
    left = iter(lines)

    async def read() -> str | None:
        return next(left, None)

    return read


def console(lines: Sequence[str] = (), language: str = "en") -> Stage:
    """The terminal."""
    screen = StringIO()
    shown = Console(file=screen, width=100)
    edition = sample().id
    platform = ConsolePlatform(shown, FluentCatalogue(), StillClock(NOON), language, typing(lines), edition)
    return Stage(platform, screen)


@pytest.fixture(params=[console], ids=["console"])
def stage(request):
    """Every platform."""
    return request.param


async def test_a_message_is_absent_until_it_is_posted_and_found_afterwards(stage):
    """The ledger asks before it ever posts again."""
    platform = stage().platform
    assert await platform.find(PLACE, key="a/1") == "absent"
    ref = await platform.post(PLACE, EditionCard(sample()), key="a/1")
    assert isinstance(ref, Ref)
    assert await platform.find(PLACE, key="a/1") == ref
    assert await platform.find(PLACE, key="a/2") == "absent"


async def test_each_part_of_a_thread_is_shown(stage):
    """Card, stories, question: what is posted can be read."""
    there = stage()
    edition = sample()
    for number, part in enumerate(thread_of(edition)):
        await there.platform.post(PLACE, part, key=f"{number}")
    for story in edition.stories:
        assert story.title in there.seen


async def test_a_revised_message_shows_its_new_content(stage):
    """A progress message becomes the answer."""
    there = stage()
    ref = await there.platform.post(PLACE, Notice("Reading."), key="1")
    await there.platform.revise(ref, Notice("Done reading."))
    assert "Done reading." in there.seen


async def test_each_line_reaches_the_inbox_once_and_blank_ones_do_not(stage):
    """Ids differ, the edition is known, and the clock gives the time."""
    heard: list[Inbound] = []

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        heard.append(inbound)

    await stage(["sources 1", "   ", "why?"]).platform.run(inbox)
    assert [inbound.text for inbound in heard] == ["sources 1", "why?"]
    assert len({inbound.id for inbound in heard}) == 2
    assert {inbound.edition for inbound in heard} == {sample().id}
    assert {inbound.at for inbound in heard} == {NOON}


async def test_an_answer_through_the_handle_is_seen(stage):
    """Whoever asked sees the answer, in the language it was given in."""
    there = stage(["list"])

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        reply = Reply("list", (Sentence("Пять сюжетов.", ("1.1",)),), sample().citations)
        await handle.answer(Answer(reply, "ru"), private=True)

    await there.platform.run(inbox)
    assert "Пять сюжетов. [1]" in there.seen
    assert re.search("[А-Я][а-я ]+:\n", there.seen)


@pytest.mark.parametrize("word", ["quit", "Exit ", "выход"])
async def test_somebody_can_leave_the_console(word):
    """What comes after is not heard."""
    heard: list[str] = []

    async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
        heard.append(inbound.text)

    await console(["help", word, "list"]).platform.run(inbox)
    assert heard == ["help"]


def test_the_console_has_room_for_an_edition():
    """A terminal scrolls: nothing has to be split."""
    limits = console().platform.limits
    assert limits.characters > 100_000
    assert limits.parts > 100

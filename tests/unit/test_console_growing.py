"""An answer that grows, on a terminal, which takes nothing back."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import ConsolePlatform
from bot.domain.edition import Sentence
from bot.domain.message import Answer, Progress
from bot.domain.reply import Action, Reply
from tests.fakes.clock import FakeClock
from tests.fakes.talk import sample

SAID = (
    Sentence("What is claimed:", ()),
    Sentence("The Petrel stopped.", ("2.2",)),
    Sentence("A sensor iced over.", ("2.2",)),
    Sentence("The council voted.", ("4.1",)),
)
CITED = (sample().citations[1], sample().citations[3])


def answer(sentences: int, **changes: object) -> Answer:
    actions = (Action("stop", "stop"),)
    reply = Reply("deeper", SAID[:sentences], CITED, False, actions, 1, "quill-7b", state="growing")
    return Answer(replace(reply, **changes), "en", edition=sample())  # type: ignore[arg-type]  # fields of Reply


async def nobody() -> str | None:
    return None


def terminal() -> tuple[ConsolePlatform, StringIO]:
    screen = StringIO()
    console = Console(file=screen, width=100)
    return ConsolePlatform(console, FluentCatalogue(), FakeClock(), "en", nobody), screen


async def test_every_sentence_is_printed_once_as_it_comes() -> None:
    """The heading before the first; sources, who wrote it and what to type after the last."""
    platform, screen = terminal()
    await platform.progress(Progress(15, "en", sample().id))
    await platform.progress(answer(2))
    first = screen.getvalue()
    assert "The Petrel stopped. [2]" in first
    assert "pilots-union.example" not in first
    await platform.progress(answer(2))
    await platform.progress(answer(3))
    final = answer(4, state="whole", note="Written by quill-7b, checked.", actions=(Action("sources", "sources 1"),))
    await platform.answer(final, private=False)
    shown = screen.getvalue()
    assert shown.startswith(first)
    for once in (
        *(line.text for line in SAID),
        "━━ ",
        "Written by quill-7b, checked.",
        "https://pilots-union.example/2",
    ):
        assert shown.count(once) == 1, once
    assert shown.rstrip().endswith("sources 1")


async def test_an_answer_that_did_not_grow_is_printed_whole() -> None:
    """As the next one after one that did."""
    platform, screen = terminal()
    await platform.progress(answer(2))
    await platform.answer(answer(4, state="whole"), private=False)
    before = len(screen.getvalue())
    await platform.answer(answer(4, state="whole"), private=False)
    assert all(line.text in screen.getvalue()[before:] for line in SAID)

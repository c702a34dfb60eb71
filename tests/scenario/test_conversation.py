"""Talking with an edition in a terminal: everything by text alone, in two languages."""

import asyncio
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from adapters.cli.demonstration import ISSUES, SAMPLE, compose
from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import ConsolePlatform
from adapters.storage.memory import MemoryStore
from adapters.wire.clock import StillClock
from bot.bootstrap import Application, application
from bot.config import Settings
from bot.domain.edition import Edition

END = ISSUES[-1][1]
SETTINGS = Settings("", SAMPLE, Path(), None, "en", "UTC", ())


class Terminal:
    """Somebody at a terminal with the demo's edition."""

    def __init__(self, parts: Application, edition: Edition) -> None:
        self.parts = parts
        self.edition = edition
        self.sessions = 0

    async def says(self, *lines: str, language: str = "en") -> str:
        """What is printed when somebody types these lines, with single blanks."""
        screen = StringIO()
        left = iter(lines)
        self.sessions += 1
        clock = StillClock(END + timedelta(minutes=self.sessions))

        async def read() -> str | None:
            return next(left, None)

        def report(identity: str, error: BaseException) -> None:
            raise AssertionError(identity) from error

        console = Console(file=screen, width=100)
        platform = ConsolePlatform(console, FluentCatalogue(), clock, language, read, self.edition.id)
        await platform.run(self.parts.inbox(clock, report))
        return " ".join(screen.getvalue().split())


def copied(store: MemoryStore) -> MemoryStore:
    """Another store with the same contents."""
    copy = MemoryStore()
    copy.contents = store.contents.copy()
    return copy


@pytest.fixture(scope="module")
def composed() -> tuple[MemoryStore, Edition]:
    """The editions of the demo and what they were made of, composed once."""

    async def make() -> tuple[MemoryStore, Edition]:
        store = MemoryStore()
        async with application(SETTINGS, now=END, roster_folder=SAMPLE.parent, store=store) as parts:
            edition = await compose(parts, SAMPLE, "en")
            return copied(store), edition

    return asyncio.run(make())


@pytest.fixture
async def terminal(composed):
    """The edition of the demo, in a terminal."""
    made, edition = composed
    async with application(SETTINGS, now=END, roster_folder=SAMPLE.parent, store=copied(made)) as parts:
        yield Terminal(parts, edition)


@pytest.mark.parametrize("line", ["sources 1", "Sources 1.", "/sources #1", "источники 1", "Источники сюжета 1"])
async def test_the_sources_of_a_story_are_named_with_their_addresses(terminal, line):
    """However it is typed, in either language."""
    said = await terminal.says(line)
    story = terminal.edition.stories[0]
    for number in story.citations:
        assert f"[{number}] {terminal.edition.citation(number).url}" in said


@pytest.mark.parametrize(("word", "label"), [("counter", "counter"), ("возражение", "возражение")])
async def test_the_counter_view_of_a_story_is_its_own(terminal, word, label):
    """The words of whoever disagrees, or plainly none."""
    for story in terminal.edition.stories:
        said = await terminal.says(f"{word} {story.number}")
        if story.counter.standing == "person":
            assert story.counter.thinker in said
            assert f"[{story.counter.evidence[0].partition('.')[0]}]" in said


async def test_why_gives_the_arithmetic(terminal):
    """Counts, not adjectives."""
    signal = terminal.edition.stories[0].signal
    said = await terminal.says("why 1")
    assert f"{signal.voices} voices" in said
    assert f"{signal.items} items" in said


async def test_a_list_shows_every_story(terminal):
    """Where one is lost."""
    said = await terminal.says("list")
    for story in terminal.edition.stories:
        assert story.title in said


async def test_a_question_is_answered_from_the_edition_with_numbers(terminal):
    """The words of a cited item, with its link."""
    said = await terminal.says("What did Imke Dawlish say about Patchwren?")
    assert "[" in said
    assert any(citation.url in said for citation in terminal.edition.citations if citation.thinker == "Imke Dawlish")


async def test_a_question_that_nothing_answers_is_refused_with_what_comes_near(terminal):
    """No answer is better than an invented one."""
    said = await terminal.says("Who won the harbour regatta in Oslo?")
    assert "Not in this edition." in said


async def test_help_says_what_can_be_typed(terminal):
    """In the language of whoever asks."""
    assert "sources 2" in await terminal.says("help")
    assert "источники 2" in await terminal.says("помощь", language="ru")


async def test_a_russian_question_gets_russian_labels(terminal):
    """The interface follows the reader; the words stay original."""
    said = await terminal.says("почему 1")
    assert re.search("[а-я]{4}", said)


async def test_an_unknown_number_is_answered_with_those_that_exist(terminal):
    """Never silence."""
    assert f"stories 1 to {len(terminal.edition.stories)}" in await terminal.says("sources 99")


async def test_nothing_is_said_to_silence(terminal):
    """Blank lines and leaving need no words."""
    assert await terminal.says("", "   ", "quit", "help") == ""


async def test_hostile_input_does_no_harm(terminal):
    """Control characters, endless text, markup: an answer in words, nothing repeated raw."""
    said = await terminal.says("\x1b[31m[bold]sources[/bold] 1\x00", "a" * 100_000 + "?", '{$x} { "" }?', "@everyone?")
    assert "\x1b" not in said
    assert "\x00" not in said

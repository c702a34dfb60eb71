"""A terminal shows episodes, and what is typed there is about the one whose overview stands last."""

import io

from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import PLACE, ConsolePlatform
from adapters.platforms.console.rendering import Rendered, markdown
from adapters.storage.memory import MemoryStore
from bot.domain.layout import lay_out
from bot.domain.message import EpisodeContents, EpisodeOverview
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox
from tests.fakes.clock import FakeClock
from tests.fakes.episodes import episode, kept
from tests.fakes.talk import NOON


async def test_an_overview_can_be_talked_about_in_a_terminal() -> None:
    """Typed words work under it; they are shown in the reader's language."""
    store, clock, catalogue = MemoryStore(), FakeClock(NOON), FluentCatalogue()
    async with store.unit() as unit:
        await unit.episodes.put(kept())
        await unit.commit()
    out = io.StringIO()
    lines = iter(["chapter 4", "transcript 20:40", "Who pays for the ten minutes?", "quit"])

    async def read() -> str | None:
        return next(lines)

    terminal = ConsolePlatform(Console(file=out, width=100), catalogue, clock, "en", read)
    await terminal.post(PLACE, EpisodeOverview(episode()), key="k1")
    await terminal.post(PLACE, EpisodeContents(episode()), key="k2")
    assert terminal.edition == episode().id
    inbox = Inbox(store, Discuss(store, catalogue), catalogue, clock, report=lambda _, error: None)
    await terminal.run(inbox)
    shown = out.getvalue()
    assert "Time line of the episode: 8 chapters over 40:00" in shown
    assert "Type: quote · people · audio" in shown
    assert "What a cheap sensor gets wrong" in shown
    assert "Type: chapter 3 · chapter 6 · audio" in shown
    assert "The transcript stays with the publisher" in shown
    assert "Nobody does. We call it the spring walk" in shown


def test_a_word_that_is_pressed_is_shown_as_it_is_typed() -> None:
    """In Russian, too."""
    out = io.StringIO()
    phrases = FluentCatalogue().speak("ru")
    Console(file=out, width=100).print(Rendered(lay_out(EpisodeOverview(episode()), phrases), phrases))
    assert "цитата · люди · аудио" in out.getvalue()


def test_an_overview_as_markdown_has_its_times_as_links() -> None:
    """And what its picture shows, in words."""
    text = markdown(lay_out(EpisodeOverview(episode()), FluentCatalogue().speak("en")))
    assert "[8:53](https://saltroad.example/12#t=533) [10:12](https://saltroad.example/12#t=612)" in text
    assert "*Time line of the episode: 8 chapters over 40:00" in text

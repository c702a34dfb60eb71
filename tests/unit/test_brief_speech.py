"""Editions cite what was said in an episode, with the moment, where there is an overview of it."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.rendering import markdown
from bot.domain.checks import check
from bot.domain.edition import Edition
from bot.domain.episode import Episode
from bot.domain.episodes.speech import with_speech
from bot.domain.item import MAX_TEXT, Item, ItemKind
from bot.domain.layout import lay_out
from bot.domain.message import StoryPart
from bot.domain.roster import Roster
from bot.ports.episodes import KeptEpisode
from bot.services.brief import Request
from tests.fakes.episodes import episode as sample_overview
from tests.fakes.office import MEMBER
from tests.fakes.readings import NOON, item
from tests.unit.test_brief_service import composed, kept
from tests.unit.test_listening import Room
from tests.unit.writing_samples import BROOK, FROST, PIER

NOTEBOOK = (
    "I keep a notebook of every broken bell I have seen, and of two hundred and twelve cracked bells only nine "
    "had a flaw in the bronze."
)
MORNING = Request(Roster((PIER, BROOK, FROST)), slot="am", hours=24)


async def overview() -> Episode:
    """Of our sample: seven chapters with quotations."""
    room = Room()
    return await room.listening.overview(MEMBER, "https://longwatch.example/88")


def press() -> list[Item]:
    """An episode with a thin blurb, and two who write about the same."""
    return [
        item(
            PIER,
            "Nora talks with Tobin Harrow about cracked bells.",
            title="Why cracked bells are welded in Saint Oda",
            hours=5,
            kind=ItemKind.EPISODE,
            slug="88",
        ),
        item(
            BROOK,
            "Cracked bells should not be welded: the cracked bell of Saint Oda was a document, and welding the bronze "
            "took it away. The clapper of a cracked bell says what the founder got wrong.",
            title="Do not weld the cracked bells of Saint Oda",
            hours=4,
        ),
        item(
            FROST,
            "The cracked bell of Saint Oda rings again after eleven days of welding its bronze. Cracked bells are "
            "welded because villages want to hear them.",
            title="The cracked bell of Saint Oda rings again",
            hours=3,
        ),
    ]


async def edition(*, heard: bool, tenant: str | None = None) -> Edition:
    """A morning; `heard`: there is an overview of the episode."""
    room, items = Room(), press()
    store = await kept(room.store, items)
    if heard:
        made = replace(await overview(), id=items[0].id)
        async with store.unit() as unit:
            await unit.episodes.put(KeptEpisode(made, room.spoken, NOON, 1, tenant))
            await unit.commit()
    return await composed(store, MORNING)


def printed(made: Edition) -> str:
    """Its stories, as Markdown."""
    phrases = FluentCatalogue().speak("en")
    return "\n".join(markdown(lay_out(StoryPart(made, story), phrases)) for story in made.stories)


async def test_a_story_names_the_show_and_leads_to_the_moment() -> None:
    """What is cited of the episode was said in it, word for word."""
    made = await edition(heard=True)
    assert check(made).ok
    (cited,) = [one for one in made.citations if one.thinker == PIER.name]
    said = {passage.text: passage.at for passage in cited.passages}
    assert said[NOTEBOOK] == pytest.approx(60.4)
    story = printed(made)
    assert f"Pier Talk: “{NOTEBOOK}” [[{cited.n}]]({cited.url}#t=60)" in story
    assert f"[[{cited.n}]\u00a0pier-talk.example at 1:00]({cited.url}#t=60)" in story


async def test_every_passage_leads_to_its_own_moment() -> None:
    """The number behind a sentence is of that sentence, not of the first that is cited."""
    made = await edition(heard=True)
    (cited,) = [one for one in made.citations if one.thinker == PIER.name]
    story = printed(made)
    later = [passage for passage in cited.passages if passage.at is not None and passage.text != NOTEBOOK]
    assert later
    assert all(f"“{one.text}” [[{cited.n}]]({cited.url}#t={int(one.at or 0)})" in story for one in later)


@pytest.mark.parametrize("facts", [{"heard": False}, {"heard": True, "tenant": "discord:1"}], ids=["none", "theirs"])
async def test_without_an_overview_for_all_there_is_the_blurb(facts: dict[str, Any]) -> None:
    """Nothing was heard; and what somebody gave us is in nobody else's edition."""
    made = await edition(**facts)
    assert all(passage.at is None for one in made.citations for passage in one.passages)
    assert NOTEBOOK not in printed(made)


async def test_quotations_stand_before_the_blurb_and_clips_do_not() -> None:
    """As they were said, whatever language they are shown in; an opening clip is said again later."""
    made = await overview()
    first, (number, quote) = press()[0], next((c, q) for c in made.chapters for q in c.quotes if c.kind == "topic")
    shown = replace(quote, text="Übersetzt.", original=quote.text, status="translated")
    chapters = tuple(replace(c, quotes=(shown, *c.quotes[1:])) if c == number else c for c in made.chapters)
    item_ = with_speech(first, replace(made, chapters=chapters))
    assert item_.text.startswith(quote.text)
    assert item_.text.endswith(first.text)
    assert item_.said_at(quote.text) == quote.at
    assert item_.said_at("Nobody said so.") is None
    clips = {q.text for c in made.chapters for q in c.quotes if c.kind != "topic"}
    assert clips
    assert not clips & {each.text for each in item_.spoken}


def test_a_long_blurb_stays_within_what_is_kept() -> None:
    """The words of the episode come first."""
    long = replace(press()[0], text="x" * MAX_TEXT)
    heard = with_speech(long, sample_overview())
    assert len(heard.text) == MAX_TEXT
    assert heard.text.startswith(heard.spoken[0].text)

"""Shows that are read, and their episodes: found by name, counted, and only those that concern a server."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.desk import Desks, OpenDesk
from bot.domain.episode import EpisodeLink
from bot.domain.follow import Follow
from bot.domain.item import Item, ItemKind, Recording, item_id
from bot.domain.recording import NamedPerson, TranscriptLink
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import NotFoundError
from bot.services.shows import ShowRoom
from tests.fakes.episodes import kept
from tests.fakes.office import DESKS, OTHER, TENANT
from tests.fakes.readings import NOON

POD = SourceSpec(SourceType.PODCAST, "https://longwatch.example/feed")
TUBE = SourceSpec(SourceType.YOUTUBE, "UC" + "a" * 22)
OWN = SourceSpec(SourceType.PODCAST, "https://ours.example/feed")
BLOG = SourceSpec(SourceType.FEED, "https://blog.example/feed")
WATCH = Thinker("long-watch", "Long Watch", ThinkerKind.PODCAST, (POD, BLOG))
QUIET = Thinker("quiet-hour", "Quiet Hour", ThinkerKind.PODCAST, (TUBE,))
OURS = Thinker("our-harbour", "Our Harbour", ThinkerKind.PODCAST, (OWN,))
WRITER = Thinker("writer", "A Writer", ThinkerKind.PERSON, (BLOG,))
HOUR = timedelta(hours=1)


def episode(title: str, *, source: SourceSpec = POD, hours: int = 1, url: str | None = "", **known: Any) -> Item:
    """One that was published so many hours before noon; `known` is of its recording."""
    link = f"https://longwatch.example/{len(title)}-{hours}" if url == "" else url
    at = NOON - hours * HOUR
    return Item(
        item_id(link or title),
        source.key,
        title,
        link,
        title,
        "About it.",
        ItemKind.EPISODE,
        at,
        at,
        False,
        recording=Recording(**known) if known else None,
    )


async def room(items: Sequence[Item], *, desks: dict[str, OpenDesk] | None = None) -> ShowRoom:
    """Shows on a store; one server has added a show of its own."""
    default = replace(DESKS["default"], roster=Roster((WATCH, QUIET, WRITER)))
    live = Desks(desks or {"default": default})
    live.learn([Follow(TENANT, OURS.id, "added", OURS.name, OURS, "discord:1", NOON)])
    store = MemoryStore()
    async with store.unit() as unit:
        await unit.items.add(items)
        await unit.commit()
    return ShowRoom(store, live)


async def test_shows_are_listed_with_the_newest_first() -> None:
    """Whose language is that of most episodes; who publishes nothing that can be heard is no show."""
    offered = (TranscriptLink("https://longwatch.example/1.vtt", "text/vtt"),)
    shows = await room(
        [
            episode("One", hours=9, language="de"),
            episode("Two", hours=8, language="en", transcripts=offered),
            episode("Three", hours=7, language="en"),
            episode("Four", hours=2, source=TUBE),
        ]
    )
    first, second = await shows.shows(None)
    assert (first.name, first.episodes, first.language, first.transcripts) == ("Quiet Hour", 1, None, 0)
    assert first.latest == NOON - 2 * HOUR
    assert (second.name, second.episodes, second.language, second.transcripts) == ("Long Watch", 3, "en", 1)


async def test_a_show_without_episodes_is_there_and_last() -> None:
    """It was added a minute ago."""
    shows = await room([episode("One", source=TUBE)])
    assert [(one.name, one.episodes, one.latest) for one in await shows.shows(None)] == [
        ("Quiet Hour", 1, NOON - HOUR),
        ("Long Watch", 0, None),
    ]


async def test_what_a_server_added_is_shown_to_that_server_only() -> None:
    """In lists, by name and by link."""
    ours = episode("Tides of our own", source=OWN)
    shows = await room([ours, episode("One")])
    assert "Our Harbour" in [one.name for one in await shows.shows(TENANT)]
    assert "Our Harbour" not in [one.name for one in await shows.shows(OTHER)]
    assert await shows.called(TENANT, "tides of our own") == (ours, OWN.key)
    assert await shows.known(TENANT, ours.id) == (ours, OWN.key)
    assert await shows.known(OTHER, ours.id) == (None, None)
    with pytest.raises(NotFoundError):
        await shows.called(OTHER, "tides of our own")
    with pytest.raises(NotFoundError, match="Long Watch"):
        await shows.episodes(OTHER, "our-harbour")
    assert (shows.is_everybodys(POD.key), shows.is_everybodys(OWN.key)) == (True, False)


async def test_of_one_person_on_two_desks_every_show_is_read() -> None:
    """Each desk reads another of their sources."""
    desks = {
        "default": replace(DESKS["default"], roster=Roster((WATCH,))),
        "other": replace(DESKS["default"], roster=Roster((replace(WATCH, sources=(TUBE,)),))),
    }
    shows = await room([episode("One"), episode("Two", source=TUBE, hours=3)], desks=desks)
    (show,) = await shows.shows(None)
    assert show.episodes == 2
    _, listed = await shows.episodes(None, "long-watch")
    assert [one.title for one in listed] == ["One", "Two"]


async def test_of_two_episodes_of_a_name_the_newest_is_meant() -> None:
    """And one without a page cannot be opened."""
    shows = await room(
        [
            episode("Questions of listeners", hours=30),
            newest := episode("Questions of listeners", hours=3),
            episode("Questions of listeners", hours=1, url=None),
        ]
    )
    assert (await shows.called(None, "questions of listeners"))[0] == newest


@pytest.mark.parametrize("asked", ["why old bells crack", "Why old bells crack?", "old bells", "  WHY   OLD bells"])
async def test_a_part_of_a_title_will_do(asked: str) -> None:
    """As people name things."""
    shows = await room([wanted := episode("Why old bells crack"), episode("Roads over ice", hours=2)])
    assert (await shows.called(None, asked))[0] == wanted


@pytest.mark.parametrize("asked", ["the bell that nobody could hear", "x" * 5_000, "???"])
async def test_a_short_title_in_a_long_name_is_chance(asked: str) -> None:
    """The nearest are named instead."""
    shows = await room([episode("Bell"), episode("Roads over ice", hours=2)])
    with pytest.raises(NotFoundError, match="No episode is called") as raised:
        await shows.called(None, asked)
    assert len(str(raised.value)) < 500


async def test_where_nothing_is_known_it_says_so() -> None:
    """No list of nothing."""
    with pytest.raises(NotFoundError, match="none is known yet"):
        await (await room([])).called(None, "anything at all")


async def test_what_is_kept_is_told_apart_from_what_is_offered() -> None:
    """An overview with a transcript counts as one, whatever the feed says."""
    made = kept()
    item = replace(episode(made.episode.title, url=made.episode.url, duration=2400.0), id=made.episode.id)
    shows = await room([item, episode("Two", hours=5)])
    async with shows._store.unit() as unit:
        await unit.episodes.put(made)
        await unit.commit()
    show, (first, second) = await shows.episodes(None, "Long Watch")
    assert show.transcripts == 1
    assert (first.transcript, first.overview, first.duration) == (True, True, 2400.0)
    assert (second.transcript, second.overview, second.duration) == (False, False, None)


async def test_what_a_feed_said_becomes_facts() -> None:
    """The show's name from the feed, else from the roster; a video by its id."""
    shows = await room([])
    people = (NamedPerson("Nora Quell", "host"),)
    item = replace(episode("One", show="The Long Watch", people=people), links=("https://a.example/1",))
    facts = shows.facts(item)
    assert (facts.show, facts.people, facts.video) == ("The Long Watch", people, None)
    assert facts.links == (EpisodeLink("https://a.example/1", "https://a.example/1"),)
    video = episode("Two", source=TUBE, url="https://www.youtube.com/watch?v=hum-bridge1")
    assert (shows.facts(video).show, shows.facts(video).video) == ("Quiet Hour", "hum-bridge1")
    assert shows.facts(episode("Three", source=OWN)).show == "Our Harbour"
    stranger = replace(episode("Four"), source="podcast:nobody")
    assert shows.facts(stranger).show is None

"""What every store promises of overviews of episodes: in memory, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.episode import Chapter, Entity, Episode, EpisodeCard, EpisodePerson, EpisodeQuote, Mention, Share, Told
from bot.domain.item import Item, ItemKind, Recording
from bot.domain.recording import NamedPerson, TranscriptLink
from bot.domain.transcript import Transcript, Utterance
from bot.ports.episodes import KeptEpisode
from bot.ports.store import Store
from tests.contract import ledger_samples, timetable_samples
from tests.contract.ledger_samples import DUE
from tests.contract.timetable_samples import KOLKATA

opened = ledger_samples.opened
store = timetable_samples.store


def kept(name: str = "a", **changes: object) -> KeptEpisode:
    """An overview that only its id tells from others."""
    quote = EpisodeQuote(12.5, "The lamp “answers” – näher: 🦉", "Ada", "exact")
    chapter = Chapter(
        1, "topic", 0.0, 60.0, "Lamps", "They talk.", (quote,), "transcript", (Told("They talk.", (3.0,)),)
    )
    episode = Episode(
        id=name,
        show="Long Watch",
        series=None,
        title="Lamps",
        url="https://longwatch.example/1",
        published=DUE,
        duration=60.0,
        language="en",
        people=(EpisodePerson("Ada", "host"),),
        overview="They talk.",
        links=(),
        chapters=(replace(chapter, shares=(Share("Ada", 40),)),),
        entities=(Entity("lamp", "concept", "", (Mention(1.0, "the lamp"),), (1.0, 2.0)),),
        card=EpisodeCard("publisher", "given", "en", "selected"),
        told=(Told("They talk."),),
    )
    transcript = Transcript((Utterance(0.0, 60.0, "Ada", "The lamp “answers” – näher: 🦉"),), "en", "publisher")
    return replace(KeptEpisode(episode, transcript, DUE, 1), **changes)  # type: ignore[arg-type]  # fields of it


async def put(store: Store, *several: KeptEpisode) -> None:
    async with store.unit() as unit:
        for one in several:
            await unit.episodes.put(one)
        await unit.commit()


async def test_an_overview_comes_back_as_it_was_kept(store: Store) -> None:
    """To the letter, with its transcript or without; the instant in UTC, and only an aware one."""
    await put(store, kept(made=DUE.astimezone(KOLKATA)), kept("b", transcript=None, source="podcast:x"))
    async with store.unit() as unit:
        back = await unit.episodes.get(["a", "b", "c"])
        assert await unit.episodes.which(["a", "b", "c"]) == {"a": True, "b": False}
    assert back == {"a": kept(), "b": kept("b", transcript=None, source="podcast:x")}
    assert back["a"].made.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="no time zone"):
        await put(store, kept("c", made=DUE.replace(tzinfo=None)))


async def test_a_later_overview_takes_the_place_of_an_earlier_one(store: Store) -> None:
    """By its id, with everything that is kept beside it."""
    await put(store, kept())
    await put(store, kept(rules=2, transcript=None))
    async with store.unit() as unit:
        assert await unit.episodes.get(["a"]) == {"a": kept(rules=2, transcript=None)}


async def test_what_a_tenant_gave_us_is_its_own(store: Store) -> None:
    """Nobody else sees it, and it goes when the tenant goes."""
    await put(store, kept(tenant="discord:1"), kept("b"))
    async with store.unit() as unit:
        assert set(await unit.episodes.get(["a", "b"])) == {"b"}
        assert await unit.episodes.which(["a", "b"]) == {"b": True}
        assert set(await unit.episodes.get(["a", "b"], tenant="discord:2")) == {"b"}
        assert set(await unit.episodes.get(["a", "b"], tenant="discord:1")) == {"a", "b"}
    async with store.unit() as unit:
        await unit.tenants.erase("discord:1")
        await unit.commit()
    async with store.unit() as unit:
        assert set(await unit.episodes.get(["a", "b"], tenant="discord:1")) == {"b"}


async def test_episodes_of_shows_come_newest_first(store: Store) -> None:
    """Episodes and videos only, of these sources only, each once, with what their feed says of them."""
    recording = Recording(61.5, (TranscriptLink("https://x.example/1.vtt", "text/vtt"),), None, (NamedPerson("Ada"),))

    def item(name: str, source: str, hours: int, kind: ItemKind = ItemKind.EPISODE) -> Item:
        at = DUE - timedelta(hours=hours)
        return Item(name, source, name, None, name, "words", kind, at, at, False, recording=recording)

    items = [
        item("old", "podcast:x", 9),
        item("new", "podcast:x", 1, ItemKind.VIDEO),
        item("post", "podcast:x", 2, ItemKind.POST),
        item("new", "podcast:y", 1),
        item("other", "podcast:z", 1),
    ]
    async with store.unit() as unit:
        await unit.items.add(items)
        await unit.commit()
    async with store.unit() as unit:
        found = await unit.episodes.of(["podcast:x", "podcast:y"])
        assert [one.id for one in found] == ["new", "old"]
        assert found[1] == items[0]
        assert await unit.episodes.of(["podcast:x"], most=1) == [items[1]]


async def test_what_a_feed_says_of_a_recording_is_renewed(store: Store) -> None:
    """A transcript is often published days after the sound."""
    first = Item("one", "podcast:x", "one", None, "One", "words", ItemKind.EPISODE, DUE, DUE, False)
    later = replace(first, recording=Recording(transcripts=(TranscriptLink("https://x.example/1.srt"),)))
    async with store.unit() as unit:
        assert await unit.items.add([first]) == 1
        assert await unit.items.add([later]) == 0
        await unit.commit()
    async with store.unit() as unit:
        assert await unit.items.get(["one"]) == [later]

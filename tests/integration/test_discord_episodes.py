"""Episodes on a Discord that enforces its limits: the card and its picture, chapters for all, commands, files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.platforms.discord.commands.pressed import Forms
from adapters.platforms.discord.gateway import DiscordPlatform
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.talk.listening import Ears
from bot.domain.message import EpisodeContents, EpisodeOverview
from bot.domain.place import Inbound, Place
from bot.domain.show import Listed, Show
from bot.domain.transcript import MOST_BYTES
from bot.errors import (
    ConfigError,
    CoresError,
    LimitReached,
    NotFoundError,
    PlatformUnavailable,
    SourceRefused,
    SpeechError,
)
from bot.ports.platform import ReplyHandle
from bot.ports.recordings import Upload
from tests.fakes.discord import Fault, Kind, Message, Permission, aimed_at
from tests.fakes.episodes import URL, episode, kept
from tests.fakes.recordings import PIXEL
from tests.integration.discord_brief import CATALOGUE, Brief, brief, shows
from tests.integration.discord_harbour import Harbour, Listener, harbour

KEY, OTHER_KEY = "ab" * 12, "cd" * 12
SEND = "POST /channels/{}/messages"
DAY = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
SHOW = Show("salt-road", "Salt Road", "en", 2, DAY, 1)
LISTED = (
    Listed(episode().id, episode().title, URL, DAY, 2400.0, transcript=True, overview=True),
    Listed("0" * 16, "An older one", None, None, None, transcript=False, overview=False),
)
CARD, CONTENTS = EpisodeOverview(episode()), EpisodeContents(episode())


@asynccontextmanager
async def posting(server: Brief) -> AsyncIterator[DiscordPlatform]:
    """What posts, beside and before any connection."""
    with aimed_at(server.fake.port, hurry=0.01):
        platform = DiscordPlatform(
            server.fake.world.token,
            office=server.bench.office,
            catalogue=CATALOGUE,
            clock=server.bench.clock,
            events=server.events,
            reads_all=False,
        )
        try:
            yield platform
        finally:
            await platform.close()


def pictures(message: Message) -> list[bytes]:
    """The files of a message, as they arrived."""
    return [upload.content for upload in message.uploads]


# ---------------------------------------------------------------- posting


async def test_a_card_opens_a_thread_and_its_contents_follow_silently() -> None:
    """The picture comes with the card, with words for who cannot see it; it is drawn once for all places."""
    async with brief() as server, posting(server) as platform:
        place = Place("discord", server.keepers.id)
        card = await platform.post(place, CARD, key=KEY)
        await platform.post(card.place, CONTENTS, key=OTHER_KEY)
        (message,) = server.fake.messages(server.keepers)
        thread = server.fake.thread(card.id)
        assert thread.name == "Salt Road: Nine hundred thermometers"
        assert pictures(message) == [PIXEL]
        assert "[picture] Time line" in server.fake.seen(server.keepers, server.nell)
        assert all(one.silent for one in server.fake.messages(thread))
        assert not message.silent
        assert server.fake.world.pings() == {}
        await platform.post(Place("discord", server.lounge.id), CARD, key="ef" * 12)
        assert len(server.bench.pictures.drawn) == 1


@pytest.mark.parametrize("why", ["the pen broke", "no right", "too large"])
async def test_without_its_picture_the_card_stands_all_the_same(why: str) -> None:
    """Not drawn, not allowed, not taken: everything else is there."""
    async with brief() as server, posting(server) as platform:
        if why == "the pen broke":
            server.bench.pictures.broken = True
        elif why == "no right":
            server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.ATTACH_FILES)
        else:
            server.fake.world.portal.largest_file = len(PIXEL) - 1
        card = await platform.post(Place("discord", server.keepers.id), CARD, key=KEY)
        (message,) = server.fake.messages(server.keepers)
        assert (message.id, pictures(message)) == (card.id, [])
        seen = server.fake.seen(server.keepers, server.nell)
        assert "Nine hundred thermometers" in seen
        assert "[picture]" not in seen
        assert server.fake.thread(card.id).name.startswith("Salt Road")


async def test_a_card_that_was_taken_without_an_answer_stands_once() -> None:
    """It is found again by its key, and the same key again gives the card that stands."""
    async with brief() as server, posting(server) as platform:
        place = Place("discord", server.keepers.id)
        server.fake.faults.next(Fault.DROP, SEND)
        with pytest.raises(PlatformUnavailable):
            await platform.post(place, CARD, key=KEY)
        found = await platform.find(place, key=KEY)
        assert not isinstance(found, str)
        assert (await platform.post(place, CARD, key=KEY)).id == found.id
        assert len(server.fake.messages(server.keepers)) == 1


async def test_in_a_forum_a_card_is_a_post_with_its_tags() -> None:
    """And its picture; the contents follow in it."""
    async with brief() as server, posting(server) as platform:
        forum = server.fake.add_channel(server.guild, "talks", Kind.FORUM, tags=("Salt Road", "episode", "other"))
        card = await platform.post(Place("discord", forum.id), CARD, key=KEY)
        await platform.post(card.place, CONTENTS, key=OTHER_KEY)
        thread = server.fake.thread(card.id)
        first, *_ = server.fake.messages(thread)
        assert {forum.tags[tag] for tag in thread.applied} == {"Salt Road", "episode"}
        assert pictures(first) == [PIXEL]
        assert await platform.find(Place("discord", forum.id), key=KEY) == card


async def test_in_direct_messages_card_and_contents_follow_each_other() -> None:
    """There are no threads."""
    async with brief() as server, posting(server) as platform:
        place = Place("discord", f"@{server.nell.id}")
        card = await platform.post(place, CARD, key=KEY)
        await platform.post(card.place, CONTENTS, key=OTHER_KEY)
        first, *rest = server.fake.messages(server.fake.world.dm_with(server.nell.user))
        assert pictures(first) == [PIXEL]
        assert rest


async def test_a_card_that_is_revised_keeps_its_key_and_has_its_picture_anew() -> None:
    """One picture, not two."""
    async with brief() as server, posting(server) as platform:
        place = Place("discord", server.keepers.id)
        card = await platform.post(place, CARD, key=KEY)
        await platform.revise(card, EpisodeOverview(replace(episode(), title="Ten thermometers")))
        (message,) = server.fake.messages(server.keepers)
        assert pictures(message) == [PIXEL]
        assert "Ten thermometers" in server.fake.seen(server.keepers, server.nell)
        assert await platform.find(place, key=KEY) == card
        server.bench.pictures.broken = True
        await platform.revise(card, EpisodeOverview(replace(episode(), title="No thermometers", duration=9999.0)))
        assert pictures(message) == []


# ---------------------------------------------------------------- chapters


def chapters(here: Harbour) -> list[Message]:
    """What the bot has said in the thread."""
    return here.said(here.thread)


async def test_a_chapter_chosen_on_the_card_stands_in_the_thread_for_all_once() -> None:
    """Who chose it is led there; the second who chooses it, too, and nothing is posted again."""
    async with harbour(episode()) as here, here.awake():
        nell, mira = here.person(), here.person("Mira")
        seen = await nell.choose(here.posted["card"], "Read a chapter", "4")
        await here.hears(lambda: "in the thread now" in nell.look(seen.interaction).text)
        (chapter,) = chapters(here)
        assert "chapter 4 of 8" in here.fake.seen(here.thread, mira)
        assert "shared" not in here.fake.seen(here.thread, mira)
        assert chapter.id in nell.look(seen.interaction).text
        again = await mira.choose(here.posted["card"], "Read a chapter", "4")
        await here.hears(lambda: "in the thread already" in mira.look(again.interaction).text)
        assert again.private
        assert chapters(here) == [chapter]
        assert here.reports == []


async def test_next_leads_on_in_the_thread() -> None:
    """For all; who presses what stands there gets the way to it, and can have it alone."""
    async with harbour(episode()) as here, here.awake():
        nell, mira = here.person(), here.person("Mira")
        await nell.choose(here.posted["card"], "Read a chapter", "2")
        (second,) = await here.hears(lambda: chapters(here))
        await nell.press(second, "Next: 3", until="acknowledged")
        third = (await here.hears(lambda: chapters(here)[1:]))[0]
        assert not third.only_for
        before = len(chapters(here))
        led = await mira.press(second, "Next: 3")
        await here.hears(lambda: "in the thread already" in here.fake.seen(here.thread, mira))
        assert "in the thread already" not in here.fake.seen(here.thread, nell)
        assert len(chapters(here)) == before
        del led


@pytest.mark.parametrize("label", ["Quotes", "People and terms"])
async def test_quotes_and_people_are_for_one_and_can_be_shared(label: str) -> None:
    """As sources of a story are."""
    async with harbour(episode()) as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["card"], label)
        assert seen.private
        assert chapters(here) == []
        await nell.press(seen.message, "Share in thread")
        (shared,) = await here.hears(lambda: chapters(here))
        assert "Nell" in str(shared.components)


async def test_a_chapter_of_what_is_gone_is_told_in_words() -> None:
    """The message that was pressed stays as it is."""
    async with harbour(episode()) as here, here.awake():
        nell = here.person()
        async with here.store.unit() as unit:
            await unit.episodes.put(replace(kept("discord:other"), episode=episode()))
            await unit.commit()
        seen = await nell.choose(here.posted["card"], "Read a chapter", "4")
        await here.hears(lambda: "no longer kept" in nell.look(seen.interaction).text)
        assert chapters(here) == []


# ---------------------------------------------------------------- commands


async def test_an_overview_is_published_where_it_was_asked_for() -> None:
    """Once; who asked is told so, and where it stands."""
    async with brief() as server, server.awake():
        server.bench.listening.behind[URL] = kept()
        server.bench.listening.stages = ("finding", "reading", "composing")
        seen = await server.nell.command("brief episode", episode=URL, channel=server.keepers)
        seen = await shows(server.nell, seen, "The overview appears in")
        assert seen.private
        place = Place("discord", server.keepers.id)
        assert server.bench.listening.published == [(episode().id, place, server.tenant)]
        again = await server.nell.command("brief episode", episode=URL, channel=server.keepers)
        await shows(server.nell, again, "already, or on its way")
        assert len(server.bench.listening.published) == 1


async def test_where_somebody_may_not_post_they_alone_see_it() -> None:
    """With its picture; and they are told why."""
    async with brief() as server, server.awake():
        server.bench.listening.behind[URL] = kept()
        server.fake.overwrite(server.keepers, server.nell.id, deny=Permission.SEND_MESSAGES)
        seen = await server.nell.command("brief episode", episode=URL, channel=server.keepers)
        seen = await shows(server.nell, seen, "Nine hundred thermometers")
        assert seen.private
        assert "[picture] Time line" in seen.text
        await server.fake.world.until(
            lambda: "You cannot post in this channel" in server.fake.seen(server.keepers, server.nell)
        )
        assert server.bench.listening.published == []


async def test_where_we_may_not_post_they_alone_see_it() -> None:
    """It is not published, and nobody has to wonder why."""
    async with brief() as server, server.awake():
        server.bench.listening.behind[URL] = kept()
        server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
        await server.nell.command("brief episode", episode=URL, channel=server.keepers)
        await server.fake.world.until(
            lambda: "I cannot post in this channel" in server.fake.seen(server.keepers, server.nell)
        )
        assert server.bench.listening.published == []


async def test_a_transcript_is_taken_as_a_file() -> None:
    """Read where Discord keeps it; what it is, its content says."""
    async with brief() as server, server.awake():
        server.bench.listening.behind["talk.vtt"] = kept()
        seen = await server.nell.command("brief episode", file={"talk.vtt": b"WEBVTT\n"}, channel=server.keepers)
        await shows(server.nell, seen, "The overview appears in")
        (upload,) = server.bench.listening.asked
        assert upload == Upload("talk.vtt", b"WEBVTT\n")


async def test_what_cannot_be_asked_for_is_told_before_anything_is_read() -> None:
    """Nothing, both, too large."""
    async with brief() as server, server.awake():
        file = {"talk.vtt": b"WEBVTT\n"}
        both: dict[str, Any] = {"episode": URL, "file": file}
        large: dict[str, Any] = {"file": {"talk.vtt": b"x" * (MOST_BYTES + 1)}}
        for options, words in (({}, "Name an episode"), (both, "not both"), (large, "may have 20 MB")):
            seen = await server.nell.command("brief episode", **options)
            await shows(server.nell, seen, words)
        assert server.bench.listening.asked == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConfigError(["This is a playlist of 40 videos."]), "This is a playlist of 40 videos."),
        (SourceRefused("The video is private."), "The video is private."),
        (SpeechError("The sound could not be heard."), "The sound could not be heard."),
        (NotFoundError("No episode is called that."), "No episode is called that."),
        (LimitReached(most=3, until=DAY), "Those were your 3 for today"),
        (CoresError("worker"), "["),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_what_goes_wrong_is_told_in_words(error: Exception, words: str) -> None:
    """To who asked, and nobody else."""
    async with brief() as server, server.awake(server.failing(error)):
        seen = await server.nell.command("brief episode", episode=URL)
        assert seen.private
        if not isinstance(error, CoresError):
            await shows(server.nell, seen, words)


async def test_shows_lead_to_episodes_and_episodes_to_overviews() -> None:
    """By their menus; the lists are for who asked."""
    async with brief() as server, server.awake():
        server.bench.shows.listed["salt-road"] = (SHOW, LISTED)
        server.bench.listening.behind |= {URL: kept(), "An older one": kept()}
        seen = await server.nell.command("brief shows", channel=server.keepers)
        seen = await shows(server.nell, seen, "2 episodes")
        assert seen.private
        listed = await server.nell.choose(seen.message, "See the episodes of a show", "salt-road")
        listed = await shows(server.nell, listed, "no transcript")
        assert "40:00" in listed.text
        opened = await server.nell.choose(listed.message, "Open an overview", episode().id)
        await shows(server.nell, opened, "The overview appears in")
        older = await server.nell.choose(listed.message, "Open an overview", "0" * 16)
        await shows(server.nell, older, "already, or on its way")
        assert server.bench.listening.asked == [URL, "An older one"]
        server.bench.shows.listed["salt-road"] = (SHOW, ())
        gone = await server.nell.choose(listed.message, "Open an overview", "0" * 16)
        await shows(server.nell, gone, "No episode of this show is known yet")
        named = await server.nell.command("brief episodes", show="Salt Road")
        await shows(server.nell, named, "No episode of this show is known yet")
        unknown = await server.nell.command("brief episodes", show="Pepper Road")
        await shows(server.nell, unknown, "No show of this name is read")


async def test_shows_and_their_newest_episodes_are_offered() -> None:
    """By name; an episode stands for its link, else for its title."""
    async with brief() as server, server.awake():
        server.bench.shows.listed["salt-road"] = (SHOW, LISTED)
        offered = await server.nell.complete("brief episode", episode="thermo")
        assert offered == [{"name": "Salt Road: Nine hundred thermometers", "value": URL}]
        offered = await server.nell.complete("brief episode", episode="older")
        assert [one["value"] for one in offered] == ["An older one"]
        offered = await server.nell.complete("brief episodes", show="salt")
        assert offered == [{"name": "Salt Road", "value": "salt-road"}]


async def test_files_in_a_message_that_turns_to_us_reach_the_core() -> None:
    """By name, address and size, as Discord says."""
    async with brief() as server:
        heard: list[Inbound] = []

        async def inbox(inbound: Inbound, handle: ReplyHandle) -> None:
            del handle
            heard.append(inbound)
            server.fake.world.touch()

        client = Listener(reads_all=False)
        kit = Kit(client.rest, server.bench.office, CATALOGUE, server.bench.clock, server.events, client.me, False)
        client.ears = Ears(kit, inbox, Forms(kit))
        async with server.fake.running(client):
            await server.nell.say(
                server.keepers, "this one?", mentions=[server.fake.world.me], attachments={"a.vtt": b"WEBVTT"}
            )
            await server.fake.world.until(lambda: heard)
        (file,) = heard[0].attachments
        assert (file.name, file.size, heard[0].text) == ("a.vtt", 6, "this one?")
        assert "/a.vtt?" in file.url

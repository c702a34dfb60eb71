"""Episodes on a Slack that enforces its limits: the card and its picture, chapters for all, commands, files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.platforms.slack.gateway import SlackPlatform
from bot.config import SlackSettings
from bot.domain.message import EpisodeContents, EpisodeOverview
from bot.domain.place import Place
from bot.domain.show import Listed, Show
from bot.errors import (
    ConfigError,
    LimitReached,
    NotFoundError,
    PlatformUnavailable,
    SourceRefused,
    SpeechError,
)
from tests.fakes.episodes import URL, episode, kept
from tests.fakes.recordings import PIXEL
from tests.fakes.slack import SCOPES, Fault, Message
from tests.integration.slack_brief import CATALOGUE, Brief, brief, shows
from tests.integration.slack_harbour import Harbour, harbour, read

KEY, OTHER_KEY, THIRD_KEY = "ab" * 12, "cd" * 12, "ef" * 12
DAY = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
SHOW = Show("salt-road", "Salt Road", "en", 2, DAY, 1)
LISTED = (
    Listed(episode().id, episode().title, URL, DAY, 2400.0, transcript=True, overview=True),
    Listed("0" * 16, "An older one", None, None, None, transcript=False, overview=False),
)
CARD, CONTENTS = EpisodeOverview(episode()), EpisodeContents(episode())


@asynccontextmanager
async def posting(space: Brief) -> AsyncIterator[SlackPlatform]:
    """What posts, beside and before any connection."""
    platform = SlackPlatform(
        SlackSettings(bot_token=space.team.bot_token, app_token=space.fake.app.app_token, api=space.fake.api),
        office=space.bench.office,
        catalogue=CATALOGUE,
        clock=space.bench.clock,
        events=space.events,
    )
    try:
        yield platform
    finally:
        await platform.close()


def shown(space: Brief, message: Message) -> list[bytes | None]:
    """The pictures of a message, as they arrived."""
    ids = [block["slack_file"]["id"] for block in message.blocks if "slack_file" in block]
    return [space.fake.world.files[one].content for one in ids]


# ---------------------------------------------------------------- posting


async def test_a_card_begins_a_thread_and_its_contents_follow() -> None:
    """The picture was put there before; a file is put there once, whatever shows it."""
    async with brief() as space, posting(space) as platform:
        card = await platform.post(space.place(space.keepers), CARD, key=KEY)
        assert card.place.thread == card.id
        await platform.post(card.place, CONTENTS, key=OTHER_KEY)
        (message,) = space.fake.messages(space.keepers)
        assert shown(space, message) == [PIXEL]
        assert "[picture] Time line" in space.fake.seen(space.keepers, space.nell)
        assert message.metadata is not None
        assert message.metadata["event_payload"]["edition"] == episode().id
        await platform.post(space.place(space.keepers), CARD, key=THIRD_KEY)
        assert len(space.fake.world.files) == 1
        assert len(space.bench.pictures.drawn) == 1


@pytest.mark.parametrize("why", ["the pen broke", "no scope", "not taken", "never looked at"])
async def test_without_its_picture_the_card_stands_all_the_same(why: str) -> None:
    """Not drawn, not allowed, not put there, not ready in time: everything else is there."""
    scopes = set(SCOPES) - {"files:write"} if why == "no scope" else set(SCOPES)
    async with brief(scopes=frozenset(scopes)) as space, posting(space) as platform:
        space.bench.pictures.broken = why == "the pen broke"
        if why == "not taken":
            space.fake.faults.next(Fault.FAIL, "upload")
        if why == "never looked at":
            space.fake.world.limits.looks = 99
        card = await platform.post(space.place(space.keepers), CARD, key=KEY)
        (message,) = space.fake.messages(space.keepers)
        assert (message.ts, shown(space, message)) == (card.id, [])
        assert "Nine hundred thermometers" in read(message)


async def test_a_card_that_was_taken_without_an_answer_stands_once() -> None:
    """It is found again by its key; the picture was put there once for both attempts."""
    async with brief() as space, posting(space) as platform:
        space.fake.world.limits.looks = 0
        space.fake.faults.next(Fault.DROP, "chat.postMessage")
        with pytest.raises(PlatformUnavailable):
            await platform.post(space.place(space.keepers), CARD, key=KEY)
        found = await platform.find(space.place(space.keepers), key=KEY)
        assert not isinstance(found, str)
        assert found.place.thread == found.id
        assert len(space.fake.messages(space.keepers)) == 1
        space.fake.faults.next(Fault.DROP_BEFORE, "chat.postMessage")
        with pytest.raises(PlatformUnavailable):
            await platform.post(space.place(space.keepers), CARD, key=OTHER_KEY)
        await platform.post(space.place(space.keepers), CARD, key=OTHER_KEY)
        assert len(space.fake.world.files) == 1


async def test_a_card_can_be_revised() -> None:
    """With the picture that goes with it now."""
    async with brief() as space, posting(space) as platform:
        card = await platform.post(space.place(space.keepers), CARD, key=KEY)
        await platform.revise(card, EpisodeOverview(replace(episode(), title="Ten thermometers")))
        (message,) = space.fake.messages(space.keepers)
        assert "Ten thermometers" in read(message)
        assert shown(space, message) == [PIXEL]


# ---------------------------------------------------------------- chapters


def chapters(here: Harbour) -> list[Message]:
    """What the bot has said in the thread."""
    return here.said(here.thread)


async def test_a_chapter_chosen_on_the_card_stands_in_the_thread_for_all_once() -> None:
    """Who chose it is led there; the second who chooses it, too, and nothing is posted again."""
    async with harbour(episode()) as here, here.awake():
        nell, mira = here.person(), here.person("Mira")
        seen = await nell.choose(here.posted["card"], "Read a chapter", "4. What a cheap sensor gets wrong")
        await shows(nell, seen, "in the thread now")
        (chapter,) = chapters(here)
        assert "chapter 4 of 8" in read(chapter)
        seen = await mira.choose(here.posted["card"], "Read a chapter", "4. What a cheap sensor gets wrong")
        await shows(mira, seen, "in the thread already")
        assert chapters(here) == [chapter]
        assert here.reports == []


async def test_next_leads_on_in_the_thread() -> None:
    """For all; who presses what stands there is told so beside it."""
    async with harbour(episode()) as here, here.awake():
        nell, mira = here.person(), here.person("Mira")
        seen = await nell.choose(here.posted["card"], "Read a chapter", "2. Nine hundred roofs")
        await shows(nell, seen, "in the thread now")
        (second,) = chapters(here)
        await nell.press(second, "Next: 3")
        await here.hears(lambda: len(chapters(here)) > 1)
        before = len(chapters(here))
        told = await mira.press(second, "Next: 3")
        await shows(mira, told, "in the thread already")
        assert len(chapters(here)) == before


@pytest.mark.parametrize("label", ["Quotes", "People and terms"])
async def test_quotes_and_people_are_for_one_and_can_be_posted(label: str) -> None:
    """As sources of a story are."""
    async with harbour(episode()) as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["card"], label)
        seen = await shows(nell, seen, "Only you see this.")
        assert seen.private
        assert chapters(here) == []
        await nell.submit(seen.view)
        (posted,) = await here.hears(lambda: chapters(here))
        assert "Nell" in read(posted)


async def test_a_chapter_of_what_is_gone_is_told_in_words() -> None:
    """To who asked for it."""
    async with harbour(episode()) as here, here.awake():
        nell = here.person()
        await here.listening.keep(kept("slack:other"))
        seen = await nell.choose(here.posted["card"], "Read a chapter", "4. What a cheap sensor gets wrong")
        await shows(nell, seen, "no longer kept")
        assert chapters(here) == []


# ---------------------------------------------------------------- commands


async def test_an_overview_is_published_where_it_was_asked_for() -> None:
    """Once; who asked is told so, in the window that opened at once."""
    async with brief() as space, space.awake():
        space.bench.listening.behind[URL] = kept()
        space.bench.listening.stages = ("finding", "reading", "composing")
        seen = await space.nell.command(f"/brief episode {URL}", space.keepers)
        seen = await shows(space.nell, seen, "The overview appears in")
        assert seen.private
        assert space.bench.listening.published == [(episode().id, space.place(space.keepers), space.tenant)]
        await space.nell.close()
        seen = await space.nell.command(f"/brief episode {URL}", space.keepers)
        await shows(space.nell, seen, "already, or on its way")


async def test_in_the_conversation_with_us_it_goes_there() -> None:
    """Where it can be talked about."""
    async with brief() as space, space.awake():
        space.bench.listening.behind[URL] = kept()
        direct = space.fake.world.direct(space.nell.id)
        seen = await space.nell.command(f"/brief episode {URL}", direct)
        await shows(space.nell, seen, "The overview appears in")
        ((_, place, _),) = space.bench.listening.published
        assert place == Place("slack", f"@{space.team.id}/{space.nell.id}")


async def test_where_we_may_not_post_they_alone_see_it() -> None:
    """With its picture; the first line says why."""
    async with brief() as space, space.awake():
        private = space.fake.add_channel(space.team, "cellar", private=True)
        space.fake.world.add_member(private, space.nell.id)
        space.bench.listening.behind[URL] = kept()
        seen = await space.nell.command(f"/brief episode {URL}", private)
        seen = await shows(space.nell, seen, "I cannot post in this channel")
        assert "Nine hundred thermometers" in seen.text
        assert "[picture] Time line" in seen.text
        assert space.bench.listening.published == []


async def test_without_a_link_a_form_asks_for_one() -> None:
    """An empty one is told so beside its field."""
    async with brief() as space, space.awake():
        space.bench.listening.behind[URL] = kept()
        seen = await space.nell.command("/brief episode", space.keepers)
        seen = await shows(space.nell, seen, "Link or name")
        wrong = await space.nell.submit(seen.view, episode="  ")
        assert wrong.errors == {"episode": "Paste a link, or write the name of an episode."}
        sent = await space.nell.submit(seen.view, episode=URL)
        await shows(space.nell, sent, "The overview appears in")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConfigError(["This is a playlist of 40 videos."]), "This is a playlist of 40 videos."),
        (SourceRefused("The video is private."), "The video is private."),
        (SpeechError("The sound could not be heard."), "The sound could not be heard."),
        (NotFoundError("No episode is called that."), "No episode is called that."),
        (LimitReached(most=3, until=DAY), "Those were your 3 for today"),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_what_goes_wrong_is_told_in_words(error: Exception, words: str) -> None:
    """To who asked, in the window."""
    async with brief() as space, space.awake(space.failing(error)):
        seen = await space.nell.command(f"/brief episode {URL}", space.keepers)
        await shows(space.nell, seen, words)


async def test_shows_lead_to_episodes_and_episodes_to_overviews() -> None:
    """By their menus, in one window."""
    async with brief() as space, space.awake():
        space.bench.shows.listed["salt-road"] = (SHOW, LISTED)
        space.bench.listening.behind |= {URL: kept(), "An older one": kept()}
        seen = await space.nell.command("/brief shows", space.keepers)
        seen = await shows(space.nell, seen, "2 episodes")
        seen = await space.nell.choose(seen.view, "See the episodes of a show", "Salt Road")
        seen = await shows(space.nell, seen, "no transcript")
        seen = await space.nell.choose(seen.view, "Open an overview", "An older one")
        await shows(space.nell, seen, "The overview appears in")
        await space.nell.close()
        seen = await space.nell.command("/brief episodes", space.keepers)
        await shows(space.nell, seen, "2 episodes")
        await space.nell.close()
        seen = await space.nell.command("/brief episodes Salt Road", space.keepers)
        seen = await shows(space.nell, seen, "40:00")
        space.bench.shows.listed["salt-road"] = (SHOW, ())
        seen = await space.nell.choose(seen.view, "Open an overview", "An older one")
        await shows(space.nell, seen, "No episode of this show is known yet")


async def test_a_file_without_a_word_is_answered_with_the_way_to_do_it() -> None:
    """We open no files on Slack: that would need the right to read everybody's."""
    async with brief() as space, space.awake():
        direct = space.fake.world.direct(space.nell.id)
        seen = await space.nell.say(direct, "", files={"talk.vtt": b"WEBVTT"})
        await shows(space.nell, seen, "I do not open files on Slack")
